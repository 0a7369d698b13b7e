//! Tasks whose criteria were reworded after the tasks were written.
//!
//! A task cites a criterion by its number, and the number stays when the text changes: nothing else tells that the task
//! was derived from older text. Git does.

use documents::{DocumentKind, Format, ItemKind};
use grammar::{IdKind, Mention};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::TextRange;
use trace::{DocumentFile, Feature, FeatureDocument, Past, unticked};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::three_way::Words;

const ONE: Template = Template {
    en: "Criterion {id} says something else since {commit}, when these tasks were last written.",
    ja: "基準 {id} は、これらのタスクが最後に書かれた {commit} より後に書き換えられています。",
};
const MANY: Template = Template {
    en: "{count} criteria, {id} first, say something else since {commit}, when these tasks were last written.",
    ja: "{id} など {count} 件の基準は、これらのタスクが最後に書かれた {commit} より後に書き換えられています。",
};
const HERE: Template = Template {
    en: "Criterion {id} was reworded since.",
    ja: "その後に書き換えられた基準 {id} です。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "tasks-stale",
    group: Group::Tasks,
    severity: Severity::Hint,
    summary: "Tasks that cite criteria whose text changed in git after the tasks were last written.",
    explanation: "A task keeps its number of a criterion when the criterion is reworded, and what is built is what the \
                  task says.\n\nThe text of each criterion at the last commit that changed the tasks is compared with \
                  the text now. Ticking boxes is no change of tasks; emphasis, wrapping and punctuation are no change \
                  of a criterion. Only criteria that tasks cite count, and only those that kept their place: \
                  criterion-number-shifted tells of the others. Said once per task list, and only while somebody works \
                  on the spec; edits that are not committed are left alone.",
    bad: "(in tasks.md, last written in May)\n\n- [ ] 3. End the session after 30 minutes\n  - _Requirements: 2.1_\n\n(in requirements.md, since June)\n\n1. WHEN nobody types for 60 minutes, THE system SHALL end the session",
    good: "The same with `60 minutes` in the task",
    messages: &[ONE, MANY, HERE],
    measured: Some(Measured {
        judged: 10,
        right: 5,
        seeded: 24,
        found: 23,
    }),
};

pub(crate) struct TasksStale;

impl Rule for TasksStale {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::Kiro]
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::KiroRequirements, DocumentKind::KiroTasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let (Some(spec), Some(tasks)) = (
            feature.document_of(DocumentKind::KiroRequirements),
            feature.document_of(DocumentKind::KiroTasks),
        ) else {
            return;
        };
        let mut pasts = feature.pasts.iter();
        let Some((_, past)) = pasts.find(|(asked, _)| asked.document.0 == tasks.path) else {
            return;
        };
        let moments = match past.as_deref() {
            Some(Past::Known(moments)) => moments,
            Some(Past::Unknown(why)) => return sink.unknown_in(tasks.file, why),
            None => return sink.unknown_in(tasks.file, "git history is still being read"),
        };
        let Some(moment) = moments.last() else {
            return;
        };
        // Somebody writes the tasks just now.
        if unticked(&moment.document.text) != unticked(&tasks.doc.text) {
            return;
        }
        let Some(then) = &moment.source else {
            return;
        };
        let mut reworded = reworded(then, &spec.doc);
        if let Some(head) = feature.committed.iter().find(|each| each.file == spec.file) {
            let committed = self::reworded(then, &head.doc);
            reworded.retain(|(id, _)| committed.iter().any(|(other, _)| other == id));
        }
        let cited = citations(tasks);
        reworded.retain(|(id, _)| cites(&cited, id).is_some());
        let Some((id, _)) = reworded.first() else {
            sink.clean();
            return;
        };
        let Some(first) = cites(&cited, id) else {
            return;
        };
        let count = reworded.len().to_string();
        let facts = [
            ("id", id.as_str()),
            ("commit", &moment.commit),
            ("count", &count),
        ];
        let template = if reworded.len() == 1 { ONE } else { MANY };
        let mut draft = sink.report(tasks.file, first.range, Message::new(template, &facts));
        for (id, range) in &reworded {
            let here = Message::new(HERE, &[("id", id.as_str())]);
            draft = draft.fact(id.as_str()).related(spec.file, *range, here);
        }
        drop(draft);
    }
}

/// Citations of criteria and requirements in the fields of tasks.
fn citations(tasks: &FeatureDocument) -> Vec<&Mention> {
    let facts = tasks.facts();
    let mentions = facts.mentions.iter();
    mentions
        .filter(|mention| mention.kind == IdKind::Criterion && mention.qualifier.is_none())
        .collect()
}

/// The first citation of a criterion, or of its requirement.
fn cites<'a>(citations: &[&'a Mention], id: &str) -> Option<&'a Mention> {
    let requirement = id.split('.').next().unwrap_or(id);
    let of = |wanted: &str| citations.iter().find(|each| each.key == wanted).copied();
    of(id).or_else(|| of(requirement))
}

/// Number, place and words of each criterion.
fn criteria(document: &DocumentFile) -> Vec<(&SmolStr, TextRange, Words<'_>)> {
    let items = document.facts.items_of(ItemKind::Criterion);
    items
        .map(|(_, item)| {
            let range = TextRange::new(
                item.title_range.start().min(item.range.end()),
                item.range.end(),
            );
            (&item.id, range, Words::of(&document.text, range))
        })
        .collect()
}

/// Criteria of the same place with other words: neither text stands at another place in the other state.
fn reworded(then: &DocumentFile, now: &DocumentFile) -> Vec<(SmolStr, TextRange)> {
    let (old, new) = (criteria(then), criteria(now));
    let before: FxHashMap<&SmolStr, &Words<'_>> =
        old.iter().map(|(id, _, words)| (*id, words)).collect();
    let old_texts: FxHashSet<String> = old.iter().map(|(_, _, words)| words.joined()).collect();
    let new_texts: FxHashSet<String> = new.iter().map(|(_, _, words)| words.joined()).collect();
    new.iter()
        .filter_map(|(id, range, words)| {
            let old = before.get(id)?;
            let moved = old_texts.contains(&words.joined()) || new_texts.contains(&old.joined());
            (!moved).then(|| ((*id).clone(), *range))
        })
        .collect()
}
