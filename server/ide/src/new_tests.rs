//! Tests to be filled in, offered at stories, scenarios, requirements and criteria that no test names.

use documents::{Item, ItemKind};
use generate::{Skeletons, Texts};
use rules::{Locale, Message, Template};
use text::{FileId, TextRange};
use trace::{Feature, ItemRef};

use crate::code_actions::touches;
use crate::{Action, ActionKind, Analysis};

const WRITE: Template = Template {
    en: "Write test skeletons for {id} (from code facts, no AI)",
    ja: "{id} のテストの骨組みを書く (コードの事実から、AI なし)",
};

impl Analysis {
    /// What is offered on the first line of an item that no test names, where the project tests with something that is
    /// known. Reads tests that are there: asked for on its own.
    #[must_use]
    pub fn testing(
        &self,
        file: FileId,
        range: TextRange,
        texts: &Texts<'_>,
        locale: Locale,
    ) -> Vec<Action> {
        let Some((feature, document)) =
            self.spec_document(file).filter(|(_, it)| it.kind.is_spec())
        else {
            return Vec::new();
        };
        let items = (0..).zip(&document.facts().items);
        let here = |item: &Item| {
            let first = item.id_range.cover(item.title_range);
            is_tested_alone(item.kind) && !item.id.is_empty() && touches(first, range)
        };
        items
            .filter(|(_, item)| here(item))
            .filter_map(|(at, item)| {
                let it = ItemRef {
                    feature: feature.id,
                    file: document.file,
                    item: at,
                };
                let key = feature.key(it)?.to_string();
                let lacking = generate::lacks_tests(&self.graph, it, texts);
                let mut findings = self.checked.in_file(&self.graph, document.file);
                let finding = findings
                    .find(|it| it.code == "requirement-without-test" && it.range == item.id_range);
                lacking.then(|| Action {
                    title: Message::new(WRITE, &[("id", &shown(feature, it, item))]).text(locale),
                    kind: ActionKind::WriteTests {
                        file: document.file,
                        item: key.into(),
                    },
                    finding: finding.map(|finding| (finding.code, finding.range)),
                    preferred: false,
                })
            })
            .collect()
    }

    /// Tests for an item of a document, by its address; nothing where it is gone.
    #[must_use]
    pub fn skeletons(&self, file: FileId, item: &str, texts: &Texts<'_>) -> Option<Skeletons> {
        let feature = self.graph.feature_of(file)?;
        let (at, _) = feature.items().find(|(at, _)| {
            at.file == file && feature.key(*at).is_some_and(|key| key.to_string() == item)
        })?;
        let done = generate::skeletons(&self.graph, feature.id, Some(at), texts);
        Some(done)
    }
}

fn is_tested_alone(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Story
            | ItemKind::Scenario
            | ItemKind::Requirement
            | ItemKind::Criterion
            | ItemKind::SuccessCriterion
    )
}

/// What people call an item in its feature: `US1/AC2`.
fn shown(feature: &Feature, at: ItemRef, item: &Item) -> String {
    let story = item.parent.and_then(|parent| {
        let parent = ItemRef { item: parent, ..at };
        feature.item(parent).filter(|it| it.kind == ItemKind::Story)
    });
    match story {
        Some(story) if item.kind == ItemKind::Scenario => format!("{}/{}", story.id, item.id),
        _ => item.id.to_string(),
    }
}
