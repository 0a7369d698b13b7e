//! A task that is named and stands nowhere.

use std::cell::LazyCell;

use documents::{DocumentKind, ItemKind};
use grammar::{IdKind, Mention};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{Edit, TextSize};
use trace::{Feature, FeatureDocument, Target};

use super::unknown_reference::excused;
use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::lost::{Parts, Said, Sentences, Series, lost_ids};
use crate::message::{Message, Template};
use crate::numbering::split;
use crate::wording;

const UNDEFINED: Template = Template {
    en: "{id} is no task of tasks.md, which ends at {last}.",
    ja: "{id} は tasks.md にありません (最後は {last} です)。",
};
const BEFORE: Template = Template {
    en: "{id} is no task of tasks.md, which begins at {first}.",
    ja: "{id} は tasks.md にありません (最初は {first} です)。",
};
const GAP: Template = Template {
    en: "{id} is no task of tasks.md, which goes from {before} to {after}.",
    ja: "{id} は tasks.md にありません ({before} の次は {after} です)。",
};
const PLAIN: Template = Template {
    en: "{id} is no task of tasks.md, which has other tasks.",
    ja: "{id} は tasks.md にありません (別のタスクはあります)。",
};
const MEANT: Template = Template {
    en: "{id} is no task of tasks.md, which has {meant}.",
    ja: "{id} は tasks.md にありません (あるのは {meant} です)。",
};
const MANY: Template = Template {
    en: "{id} and {count} other ids that are named here are no tasks of tasks.md.",
    ja: "{id} ほか {count} 件の ID は tasks.md にありません。",
};
const ALSO: Template = Template {
    en: "{id} is named here too.",
    ja: "{id} はここでも参照されています。",
};
const REPLACE: Template = Template {
    en: "Replace {id} by {meant}",
    ja: "{id} を {meant} に置き換え",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "unknown-task",
    group: Group::Reference,
    severity: Severity::Warning,
    summary: "A task that is named in the task list or a checklist, and that no line defines.",
    explanation: "Lists of dependencies, ranges (`T009-T021`) and checklists keep naming tasks that were deleted or \
                  renumbered, and whoever follows them does the wrong work. Said once for each id and document; more than five ids of a document are one finding.\n\nOf \
                  a range only the two ends count. Ids that a line or section calls removed, deferred or \
                  renumbered may be gone, and an id that another feature qualifies is not judged.",
    bad: "- [ ] T004 Send the notice in src/send.rs (depends on T014)\n- [ ] T005 Read the store in src/store.rs   (the last task)",
    good: "- [ ] T004 Read the store in src/store.rs\n- [ ] T005 Send the notice in src/send.rs (depends on T004)",
    messages: &[UNDEFINED, BEFORE, GAP, PLAIN, MEANT, MANY, ALSO],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 13,
        right: 9,
        seeded: 35,
        found: 35,
    }),
};

/// What is said of an id by where it would stand.
const SENTENCES: Sentences = Sentences {
    behind: UNDEFINED,
    before: BEFORE,
    between: GAP,
    plain: PLAIN,
    many: MANY,
    also: ALSO,
};

pub(crate) struct UnknownTask;

impl Rule for UnknownTask {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(tasks) = feature.tasks_document() else {
            return;
        };
        let numbered = |(_, item): (_, &documents::Item)| !item.id.is_empty();
        if !tasks.facts().items_of(ItemKind::Task).any(numbered) {
            return;
        }
        let listed = listed(tasks);
        // Most features have nothing lost and need neither.
        let series = LazyCell::new(|| Series::of(feature));
        let parts = LazyCell::new(|| Parts::of(feature));
        for document in feature.documents.iter().filter(|each| reads(each.kind)) {
            let mut lost: Vec<&Mention> = Vec::new();
            for reference in feature
                .references
                .iter()
                .filter(|each| each.file == document.file)
            {
                let Some(mention) = document.facts().mentions.get(reference.mention as usize)
                else {
                    continue;
                };
                if mention.kind != IdKind::Task || !mention.written || mention.qualifier.is_some() {
                    continue;
                }
                match &reference.target {
                    Target::Items(..) => sink.clean(),
                    Target::Undefined(of) if *of == feature.id => {
                        if !is_of_the_list(feature, tasks, document, mention) {
                            continue;
                        }
                        if listed.contains(&mention.key)
                            || went(document, mention)
                            || parts.has(&mention.key)
                            || excused(document, mention)
                            || is_beside_a_feature(feature, document, mention)
                        {
                            sink.clean();
                        } else {
                            lost.push(mention);
                        }
                    }
                    _ => {}
                }
            }
            if !lost.is_empty() {
                report(feature, &series, document, &lost, sink);
            }
        }
    }
}

/// Ids that a line begins with though it is not read as a task: `- [x] T009-T017 All schemas`, `- ✅ T002 Add a field`,
/// `### T168 [X] Create it`, `-[X]T001[P]Create`.
fn listed(tasks: &FeatureDocument) -> FxHashSet<&SmolStr> {
    let text = tasks.doc.text.as_ref();
    let begins = |mention: &&Mention| {
        let at = usize::from(mention.range.start());
        // Of a line that begins far away, nothing is said.
        let from = usize::from(wording::near(text, mention.range).start());
        let Some(start) = text[from..at]
            .rfind(['\n', '\r'])
            .map(|found| from + found + 1)
            .or((from == 0).then_some(0))
        else {
            return false;
        };
        let line = grammar::line_start(&text[start..at], TextSize::new(0));
        let before = &text[start + usize::from(line.content).min(at - start)..at];
        let behind = text[usize::from(mention.range.end())..]
            .trim_start_matches([' ', '*', '_', '`', ':', '-', '–', '—']);
        let says_what = behind
            .starts_with(|c: char| c == '[' || (c.is_alphabetic() && !c.is_lowercase()))
            && grammar::leading_id(behind, TextSize::new(0)).is_none();
        let odd = |c: char| {
            matches!(
                c,
                '#' | '-' | '*' | '+' | '[' | ']' | 'x' | 'X' | ' ' | '\t'
            )
        };
        let whole = &text[start..at];
        let broken =
            whole.chars().all(odd) && (whole.contains(['#', '[', ']']) || behind.starts_with('['));
        broken && !behind.is_empty()
            || line.marker.is_some()
                && !before.contains(char::is_lowercase)
                && (line.checkbox.is_some() || says_what)
    };
    let mentions = tasks.facts().mentions.iter();
    mentions
        .filter(|mention| mention.kind == IdKind::Task)
        .filter(begins)
        .map(|mention| &mention.key)
        .collect()
}

/// Words of a line that says where a task went.
const WENT: &[&str] = &[
    "folded",
    "absorbed",
    "consolidated",
    "merged",
    "formerly",
    "originally",
    "prior pass",
    "reverted",
    "became",
    "was t",
    "old t",
    "now t",
];

/// Whether its line says that it is a task of earlier days.
fn went(document: &FeatureDocument, mention: &Mention) -> bool {
    let line = wording::line(&document.doc.text, mention.range);
    let words = document.slice(line).to_lowercase();
    WENT.iter().any(|word| words.contains(word))
}

/// Words of lines that may count something else than tasks by a `T`.
const COUNTED_ELSEWHERE: [&str; 6] = ["finding", "audit", "threat", "test case", "ticket", "指摘"];

/// Whether an id is counted as those of the list are: `T1.3` is none of `T001`, and `T14` is one only where the same
/// line names one of them (`T011-T14`).
fn is_of_the_list(
    feature: &Feature,
    tasks: &FeatureDocument,
    document: &FeatureDocument,
    mention: &Mention,
) -> bool {
    let shape = |id: &str| {
        let digits = id.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let dotted = digits.contains('.');
        (
            dotted,
            id.contains('-'),
            if dotted { 0 } else { digits.len() },
        )
    };
    let wanted = shape(&mention.key);
    let alike = |id: &str| {
        let own = shape(id);
        // Behind T999 comes T1000.
        own == wanted || (own.0, own.1) == (wanted.0, wanted.1) && own.2.max(wanted.2) > 4
    };
    let mut ids = tasks
        .facts()
        .items_of(ItemKind::Task)
        .map(|(_, item)| item.id.as_str());
    if ids.any(alike) {
        return true;
    }
    let line = wording::line(&document.doc.text, mention.range);
    // `Audit findings T22 and T35`: numbered in another list.
    let words = document.slice(line).to_lowercase();
    if COUNTED_ELSEWHERE.iter().any(|word| words.contains(word)) {
        return false;
    }
    let mut beside = document.facts().mentions_in(line).iter();
    spelled(feature, &mention.key).is_some()
        && beside.any(|each| each.kind == IdKind::Task && !feature.defined(&each.key).is_empty())
}

/// The task of the same number in another spelling.
fn spelled(feature: &Feature, id: &str) -> Option<String> {
    let plain = |id: &str| {
        let (prefix, number) = split(id)?;
        Some((prefix.trim_end_matches('-').to_owned(), number))
    };
    let wanted = plain(id)?;
    let mut alike = feature
        .defined_ids()
        .filter(|(each, _)| plain(each).as_ref() == Some(&wanted));
    match (alike.next(), alike.next()) {
        (Some((only, _)), None) => Some(only.to_string()),
        _ => None,
    }
}

/// Whether the line names another feature by its bare number: `020 T015, T043`.
fn is_beside_a_feature(feature: &Feature, document: &FeatureDocument, mention: &Mention) -> bool {
    let line = wording::line(&document.doc.text, mention.range);
    document
        .slice(line)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() == 3 && word.starts_with('0'))
        .filter_map(|word| word.parse::<u64>().ok())
        .any(|number| Some(number) != feature.number)
}

/// Documents that speak of the list as it is: a plan counts the tasks it expects, and research those of others.
fn reads(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::Tasks | DocumentKind::Checklist)
}

/// The lost ids of one line: both ends of a range went in one step.
fn on_one_line(
    feature: &Feature,
    document: &FeatureDocument,
    lost: &[&Mention],
    mention: &Mention,
) -> String {
    let line = wording::line(&document.doc.text, mention.range);
    let ids = lost
        .iter()
        .filter(|each| line.contains_range(each.range) && spelled(feature, &each.key).is_none())
        .map(|each| each.key.as_str());
    ids.collect::<Vec<_>>().join(" ")
}

fn report(
    feature: &Feature,
    series: &Series<'_>,
    document: &FeatureDocument,
    lost: &[&Mention],
    sink: &mut Sink<'_>,
) {
    let said = Said {
        series,
        document,
        sentences: &SENTENCES,
    };
    let ids = lost_ids(lost);
    if said.report_many(&ids, sink) {
        return;
    }
    for id in ids {
        let Some(meant) = spelled(feature, id.name) else {
            let line = on_one_line(feature, document, lost, id.first);
            drop(said.report(&id, sink).group(line));
            continue;
        };
        let facts = [("id", id.name), ("meant", meant.as_str())];
        let mut draft = said.report_as(&id, Message::new(MEANT, &facts), sink);
        if id
            .mentions
            .iter()
            .all(|each| document.slice(each.range) == id.name)
        {
            let edit = |each: &&Mention| (document.file, Edit::replace(each.range, meant.as_str()));
            draft = draft.fix(Fix {
                title: Message::new(REPLACE, &facts),
                preferred: true,
                edits: id.mentions.iter().map(edit).collect(),
            });
        }
        drop(draft);
    }
}
