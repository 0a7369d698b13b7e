//! Tasks for what an existing list leaves out. Which requirements it leaves out is what the rules find, unless the words of
//! one of its tasks make it likely that only the citation is missing.

use documents::{DocumentKind, Format, ItemKind};
use generate::Generated;
use rules::Template;
use smol_str::SmolStr;
use text::{FileId, TextRange};
use trace::Feature;

use crate::Analysis;

const WRITE_ALL_TASKS: Template = Template {
    en: "Write the tasks of all stories that have none (from code facts, no AI)",
    ja: "タスクのない全ストーリーのタスクを書く (コードの事実から、AI なし)",
};

const WRITE_UNCOVERED: Template = Template {
    en: "Write tasks for what no task covers (from code facts, no AI)",
    ja: "どのタスクにもない項目のタスクを書く (コードの事実から、AI なし)",
};

/// From here on a task is more likely than not to do what a requirement asks for.
const LIKELY: f64 = 0.5;

impl Analysis {
    /// Tasks for all that the list of a document's feature leaves out; `None` where nothing is certain to be left out.
    #[must_use]
    pub fn uncovered_tasks(&self, file: FileId) -> Option<Generated> {
        let feature = self.graph.feature_of(file)?;
        generate::tasks_for_all_uncovered(&self.graph, feature.id, &self.missed(feature))
    }

    /// What the action at the title of a list is called, if there is something for it to write.
    pub(crate) fn offers_uncovered(&self, feature: &Feature) -> Option<Template> {
        if generate::lacks_others(&self.graph, feature.id, &self.missed(feature)) {
            return Some(WRITE_UNCOVERED);
        }
        generate::lacks_tasks(&self.graph, feature.id, None).then_some(WRITE_ALL_TASKS)
    }

    /// Requirements and criteria that the list cites nowhere though it cites nearly all, and that no task is likely to mean.
    fn missed(&self, feature: &Feature) -> Vec<SmolStr> {
        match feature.format() {
            Format::SpecKit => self.missed_requirements(feature),
            Format::Kiro => self.missed_criteria(feature),
            Format::OpenSpec => Vec::new(),
        }
    }

    fn missed_criteria(&self, feature: &Feature) -> Vec<SmolStr> {
        let Some(spec) = feature.spec() else {
            return Vec::new();
        };
        let findings = self.checked.in_file(&self.graph, spec.file);
        let findings = findings.filter(|finding| finding.code == "criterion-without-task");
        // Those of one requirement are one finding.
        let places: Vec<TextRange> = findings
            .flat_map(|finding| {
                let others = finding.related.iter().map(|other| other.range);
                std::iter::once(finding.range).chain(others)
            })
            .collect();
        let criteria = spec.facts().items_of(ItemKind::Criterion);
        let missed = criteria.filter(|(_, item)| places.contains(&item.id_range));
        missed.map(|(_, item)| item.id.clone()).collect()
    }

    fn missed_requirements(&self, feature: &Feature) -> Vec<SmolStr> {
        let Some(spec) = feature.document_of(DocumentKind::Spec) else {
            return Vec::new();
        };
        let findings = self.checked.in_file(&self.graph, spec.file);
        let findings = findings.filter(|finding| finding.code == "requirement-without-task");
        let ids = findings.map(|finding| SmolStr::new(spec.slice(finding.range)));
        ids.filter(|id| {
            let defined = feature.defined(id).first();
            let suggestion = defined.and_then(|item| self.graph.suggestion_for(*item));
            let task = suggestion.as_ref().and_then(|it| it.tasks.first());
            defined.is_some() && task.is_none_or(|task| task.confidence < LIKELY)
        })
        .collect()
    }
}
