//! Findings that say that code and documents have parted, as tasks of a list of Spec Kit.

use documents::{GapKind, ItemKind};
use generate::{Generated, Parted};
use rules::{Finding, Locale, Template};
use text::FileId;
use trace::{Feature, FeatureDocument};

use crate::Analysis;

const CONVERGE: Template = Template {
    en: "Write tasks for where code and documents have parted (from code facts, no AI)",
    ja: "コードと文書が食い違う箇所のタスクを書く (コードの事実から、AI なし)",
};

impl Analysis {
    /// A phase of tasks for findings that say that the code lacks or contradicts what documents say; `None` where there is
    /// none that the list of the document's feature does not tell already.
    #[must_use]
    pub fn convergence(&self, file: FileId) -> Option<Generated> {
        let feature = self.graph.feature_of(file)?;
        generate::convergence(&self.graph, feature.id, &self.gaps(feature))
    }

    /// What the action at the title of a list is called, if there is something for it to write.
    pub(crate) fn offers_convergence(&self, file: FileId) -> Option<Template> {
        self.convergence(file).map(|_| CONVERGE)
    }

    fn gaps(&self, feature: &Feature) -> Vec<Parted> {
        let documents = feature.documents.iter();
        let findings = documents.flat_map(|document| {
            let findings = self.checked.in_file(&self.graph, document.file);
            findings.map(move |finding| (document, finding))
        });
        let gaps = findings.filter_map(|(document, finding)| {
            Some(Parted {
                kind: kind(finding)?,
                source: source(feature, document, finding)?,
                evidence: finding.message.text(Locale::English),
            })
        });
        gaps.collect()
    }
}

/// Which way the code and the documents have parted, of findings that say so.
fn kind(finding: &Finding) -> Option<GapKind> {
    match finding.code {
        "phantom-task" | "operation-without-route" => Some(GapKind::Missing),
        // A field of another name is offered where one is near.
        "entity-drift" if finding.fixes.is_empty() => Some(GapKind::Partial),
        "test-drift" => Some(GapKind::Partial),
        "entity-drift" | "constant-drift" | "values-drift" => Some(GapKind::Contradicts),
        _ => None,
    }
}

/// What asks for it: the item where Spec Kit has an id for it, else the document.
fn source(feature: &Feature, document: &FeatureDocument, finding: &Finding) -> Option<String> {
    let item = finding.item.as_ref();
    let cited = item.filter(|item| {
        matches!(
            item.kind,
            ItemKind::Requirement
                | ItemKind::SuccessCriterion
                | ItemKind::Scenario
                | ItemKind::Story
        )
    });
    if let Some(item) = cited {
        return Some(item.key.join("/"));
    }
    if document.kind.is_tasks() {
        let facts = document.facts();
        let mut tasks = facts.items_of(ItemKind::Task);
        let (at, task) = tasks.find(|(_, item)| item.range.contains_range(finding.range))?;
        let mentions = facts.mentions_in(task.range).iter();
        let mut own =
            mentions.filter(|it| it.kind == grammar::IdKind::Requirement && it.qualifier.is_none());
        if let Some(mention) = own.next() {
            return Some(mention.key.to_string());
        }
        let links = feature.tasks.iter().find(|links| links.item == at);
        let story = links.and_then(|links| links.stories.first());
        if let Some(story) = story {
            return Some(story.to_string());
        }
    }
    let path = document.path.strip_prefix(feature.path.as_str())?;
    Some(format!("plan: {}", path.trim_start_matches('/')))
}
