//! The task list of a feature that has none, offered at the titles of what it is written from.

use documents::{DocumentKind, Format};
use generate::NewDocument;
use rules::{Locale, Message, Template};
use text::{FileId, TextRange};
use trace::{Feature, FeatureDocument};

use crate::code_actions::touches;
use crate::{Action, ActionKind, Analysis};

const WRITE: Template = Template {
    en: "Write tasks.md from spec and plan (from code facts, no AI)",
    ja: "spec と plan から tasks.md を書く (コードの事実から、AI なし)",
};

const WRITE_BESIDE: Template = Template {
    en: "Write tasks.md from these documents (from code facts, no AI)",
    ja: "これらの文書から tasks.md を書く (コードの事実から、AI なし)",
};

impl Analysis {
    /// What is offered at the title of a spec or plan without a task list.
    pub(crate) fn new_tasks(
        &self,
        feature: &Feature,
        document: &FeatureDocument,
        range: TextRange,
        locale: Locale,
    ) -> Option<Action> {
        let kind = document.kind;
        let is_source = kind.is_spec() || kind.is_plan() || kind == DocumentKind::OpenSpecProposal;
        let title_of = match feature.format() {
            Format::SpecKit => WRITE,
            Format::Kiro | Format::OpenSpec => WRITE_BESIDE,
        };
        let title = document.facts().sections.first()?;
        let offered = is_source
            && touches(title.heading, range)
            && generate::lacks_list(&self.graph, feature.id);
        offered.then(|| Action {
            title: Message::new(title_of, &[]).text(locale),
            kind: ActionKind::NewTasks {
                file: document.file,
            },
            finding: None,
            preferred: false,
        })
    }

    /// The whole task list of the feature of a document; `None` where it has one, or where there is nothing to write it from.
    #[must_use]
    pub fn task_list(&self, file: FileId) -> Option<NewDocument> {
        generate::task_list(&self.graph, self.graph.feature_of(file)?.id)
    }
}
