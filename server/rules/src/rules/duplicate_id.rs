//! An id that one document defines twice.

use documents::{Document, Format, Item, ItemIndex, ItemKind, PlaceholderKind};
use rustc_hash::FxHashMap;
use text::{Edit, TextRange, TextSize};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template};
use crate::numbering::{next_free, with_number};
use crate::tasks::line_of;
use crate::tasks::named;

const TWICE: Template = Template {
    en: "{id} is defined in line {first} and again in line {second} of {document}.",
    ja: "{id} は {document} の {first} 行目と {second} 行目で二度定義されています。",
};
const FIRST: Template = Template {
    en: "{id} is defined here first.",
    ja: "{id} の最初の定義です。",
};
const AGAIN: Template = Template {
    en: "{id} is defined here too.",
    ja: "{id} はここでも定義されています。",
};
const RENUMBER: Template = Template {
    en: "Renumber this {id} to {free}",
    ja: "この {id} を {free} に変更",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "duplicate-id",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "An id that one document defines twice.",
    explanation: "Whatever cites the id may mean either definition, so every link to it is in doubt.\n\nA table only \
                  lists again what a list or a heading defines; twice in tables is a warning. What speaks \
                  about a defined id is no definition: `**SC-001 verification intent**`, a heading with words behind the \
                  id, `T002~T006: see above`. Tasks one after another may carry the id of one slice \
                  (`T102-S1`). Task numbers that begin anew in each phase are unknown: such a list has another notion of an id. Several numbers \
                  that two phases share, or that begin anew in one list, are one finding. A new \
                  number is offered only where nothing in the feature cites the id.",
    bad: "- **FR-006**: The service MUST keep a parcel for 30 days.\n- **FR-006**: Staff MUST be able to print a label.",
    good: "- **FR-006**: The service MUST keep a parcel for 30 days.\n- **FR-007**: Staff MUST be able to print a label.",
    messages: &[TWICE, FIRST, AGAIN],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 15,
        right: 11,
        seeded: 40,
        found: 40,
    }),
};

const BLANKS: [char; 2] = [' ', '\t'];
const RANGE_SIGNS: [&str; 10] = ["~", "〜", "～", "–", "—", "-", "..", "…", "to ", "through "];
/// Words of an item that only points to where its id is defined.
const POINTING_BACK: [&str; 8] = [
    "see above",
    "see earlier",
    "見上方",
    "见上方",
    "見上文",
    "见上文",
    "上記参照",
    "上記を参照",
];

pub(crate) struct DuplicateId;

impl Rule for DuplicateId {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        if let Some(spec) = feature.spec() {
            let kinds = [
                ItemKind::Story,
                ItemKind::Requirement,
                ItemKind::SuccessCriterion,
            ];
            let groups = defined(spec, &kinds);
            for (places, run) in groups.iter().zip(runs(&groups)) {
                judge(feature, spec, places, run, sink);
            }
        }
        if let Some(tasks) = feature.tasks_document() {
            let groups = defined(tasks, &[ItemKind::Task]);
            let twice: Vec<&Vec<Place<'_>>> =
                groups.iter().filter(|places| places.len() > 1).collect();
            let anew = twice.len() > 3 && twice.len() * 2 > groups.len();
            for (places, run) in groups.iter().zip(runs(&groups)) {
                let together = |other: &&&Vec<Place<'_>>| phases(other) == phases(places);
                if places.len() > 1 && (anew || begins_anew(tasks, places)) {
                    sink.unknown_at(
                        tasks.file,
                        places[1].1.id_range,
                        "tasks are numbered anew in each phase",
                    );
                } else if let Some(both) =
                    phases(places).filter(|_| twice.iter().filter(together).count() > 1)
                {
                    judge(feature, tasks, places, Some(format!("{both:?}")), sink);
                } else {
                    judge(feature, tasks, places, run, sink);
                }
            }
        }
    }
}

/// For each id, the restart of the numbers that its second definition is part of: ids defined one after another that
/// are defined again one after another. Nothing for a second definition of its own.
fn runs(groups: &[Vec<Place<'_>>]) -> Vec<Option<String>> {
    let seconds = groups.iter().map(|places| places.get(1).map(|(at, _)| *at));
    let mut seconds: Vec<(usize, ItemIndex)> = seconds
        .enumerate()
        .filter_map(|(group, at)| Some((group, at?)))
        .collect();
    seconds.sort_unstable();
    let mut runs = vec![None; groups.len()];
    for next_to in seconds.chunk_by(|one, other| other.1 == one.1 + 1) {
        if let [(first, _), _, ..] = next_to {
            for (group, _) in next_to {
                runs[*group] = Some(groups[*first][0].1.id.to_string());
            }
        }
    }
    runs
}

/// The two phases that use one number, where they differ.
type Phases = (Option<ItemIndex>, Option<ItemIndex>);

fn phases(places: &[Place<'_>]) -> Option<Phases> {
    let [(_, first), (_, second), ..] = places else {
        return None;
    };
    (first.parent != second.parent).then_some((first.parent, second.parent))
}

type Place<'a> = (ItemIndex, &'a Item);

/// Items by id, ids in the order of their first definition.
fn defined<'a>(document: &'a FeatureDocument, kinds: &[ItemKind]) -> Vec<Vec<Place<'a>>> {
    let counted = |item: &Item| {
        !item.id.is_empty() && !item.id_range.is_empty() && kinds.contains(&item.kind)
    };
    let items = &document.facts().items;
    let mut times: FxHashMap<&str, u32> = FxHashMap::default();
    for item in items.iter().filter(|item| counted(item)) {
        *times.entry(&item.id).or_default() += 1;
    }
    let mut groups: Vec<Vec<Place<'_>>> = Vec::with_capacity(times.len());
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, item) in (0..).zip(items).filter(|(_, item)| counted(item)) {
        // Most ids stand once: what they are is no question.
        if times[item.id.as_str()] == 1 {
            groups.push(vec![(at, item)]);
            continue;
        }
        if is_longer(document, item)
            || is_of_another_feature(document, item)
            || begins_a_range(document, item)
            || is_template(document.facts(), item)
        {
            continue;
        }
        let group = *known.entry(&item.id).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        let places = &mut groups[group];
        if let Some((_, first)) = places.first()
            && tells_more(document, first, item)
        {
            continue;
        }
        if let Some((last, _)) = places.last()
            && is_slice(&item.id)
            && is_next_task(items, *last, at)
        {
            continue;
        }
        places.push((at, item));
    }
    for places in groups.iter_mut().filter(|places| places.len() > 1) {
        // A table lists again what a list or a heading defines.
        keep_where_any(places, |item| !item.in_table);
        keep_where_any(places, |item| {
            item.kind != ItemKind::Story || is_titled(document, item)
        });
        keep_where_any(places, |item| {
            item.kind != ItemKind::Story || !groups_requirements(document, item)
        });
    }
    groups
}

/// Whether an id names a slice of a feature: `T102-S1`. Each of its steps may carry it.
fn is_slice(id: &str) -> bool {
    let behind = id.strip_prefix('T').and_then(|id| id.split_once('-'));
    behind.is_some_and(|(number, slice)| {
        !number.is_empty()
            && slice.starts_with(char::is_alphabetic)
            && slice.contains(char::is_numeric)
    })
}

/// Whether nothing but steps of that slice stands between two tasks.
fn is_next_task(items: &[Item], last: ItemIndex, at: ItemIndex) -> bool {
    let id = &items[at as usize].id;
    let between = items
        .get(last as usize + 1..at as usize)
        .unwrap_or_default();
    between
        .iter()
        .filter(|item| item.kind == ItemKind::Task)
        .all(|item| item.id == *id)
}

/// Drops the places that are not as wanted, if any place is.
fn keep_where_any(places: &mut Vec<Place<'_>>, wanted: impl Fn(&Item) -> bool) {
    if places.iter().any(|(_, item)| wanted(item)) {
        places.retain(|(_, item)| wanted(item));
    }
}

/// Whether a story's heading has a priority, or a title parted from its number: `User Story 2 Completion (2025-11-18)`
/// reports on a story.
fn is_titled(document: &FeatureDocument, story: &Item) -> bool {
    let behind = &document.doc.text[usize::from(story.id_range.end())..];
    let has_priority = story
        .story
        .as_ref()
        .is_some_and(|story| story.priority.is_some());
    has_priority
        || behind
            .trim_start_matches(BLANKS)
            .starts_with(['-', '–', '—', ':', '：', '.', '|', '·'])
}

/// Whether a story's heading only holds the requirements of that story: `### US1 - Login` below *Requirements*, without
/// a priority and without scenarios.
fn groups_requirements(document: &FeatureDocument, story: &Item) -> bool {
    let has_priority = story
        .story
        .as_ref()
        .is_some_and(|story| story.priority.is_some());
    let holds = |kind: ItemKind| {
        let mut items = document.facts().items_of(kind);
        items.any(|(_, item)| story.range.contains_range(item.range))
    };
    !has_priority && holds(ItemKind::Requirement) && !holds(ItemKind::Scenario)
}

/// Whether the id goes on behind what was read of it: `T058-EDGE` is not `T058`.
fn is_longer(document: &FeatureDocument, item: &Item) -> bool {
    let behind = &document.doc.text[usize::from(item.id_range.end())..];
    behind
        .strip_prefix(['-', '_'])
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Whether the number of a feature stands behind the id: `**FR-022 (344)** asks for ...` speaks of another feature's.
fn is_of_another_feature(document: &FeatureDocument, item: &Item) -> bool {
    let behind = &document.doc.text[usize::from(item.id_range.end())..];
    let number = behind
        .strip_prefix(" (")
        .and_then(|rest| rest.split_once(')'));
    number.is_some_and(|(number, _)| {
        number.len() >= 3 && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether the id only opens a range: `T030.2~T030.6: see above` names tasks and defines none.
fn begins_a_range(document: &FeatureDocument, item: &Item) -> bool {
    let behind = document.doc.text[usize::from(item.id_range.end())..].trim_start_matches(BLANKS);
    let sign = RANGE_SIGNS.iter().find(|sign| behind.starts_with(**sign));
    sign.is_some_and(|sign| {
        let next = behind[sign.len()..].trim_start_matches(BLANKS);
        // An id with another prefix is the start of a title: `FR-001 - T4 lymphocytes`.
        grammar::leading_id(next, TextSize::new(0)).is_some_and(|other| {
            other.range.start() == TextSize::new(0)
                && letters(&other.key) == letters(&item.id)
                && other.standard
        })
    })
}

fn letters(id: &str) -> &str {
    &id[..id.find(|c: char| c.is_ascii_digit()).unwrap_or(id.len())]
}

/// Whether a later item speaks about what `first` defines: it points back to it, or gives the id a heading or a bold
/// phrase of its own (`**SC-001 verification intent**: ...`), where the first has the id alone.
fn tells_more(document: &FeatureDocument, first: &Item, later: &Item) -> bool {
    let words = document.slice(later.title_range).to_lowercase();
    if POINTING_BACK
        .iter()
        .any(|pointing| words.contains(pointing))
    {
        return true;
    }
    let listed = !first.in_table && heading_words(document, first).is_none();
    match heading_words(document, later) {
        Some(words) => listed && words.contains(char::is_alphanumeric),
        None => has_phrase(document, later) && listed && !has_phrase(document, first),
    }
}

/// What a heading says behind the id; nothing for an item that is no heading.
fn heading_words<'a>(document: &'a FeatureDocument, item: &Item) -> Option<&'a str> {
    let section = document.facts().sections.get(item.section? as usize)?;
    let heading = section.title_range;
    heading
        .contains_range(item.id_range)
        .then(|| document.slice(TextRange::new(item.id_range.end(), heading.end())))
}

/// Whether words follow the id within its bold span, with nothing that parts them from it.
fn has_phrase(document: &FeatureDocument, item: &Item) -> bool {
    let text = &document.doc.text;
    let (before, behind) = (
        &text[..usize::from(item.id_range.start())],
        &text[usize::from(item.id_range.end())..],
    );
    let line = behind.split(['\n', '\r']).next().unwrap_or_default();
    let marks = ["**", "__"]
        .into_iter()
        .find(|marks| before.ends_with(marks));
    let span = marks.and_then(|marks| line.split_once(marks));
    span.is_some_and(|(inside, _)| {
        let words = inside.trim_start_matches(BLANKS);
        words.len() < inside.len() && words.starts_with(char::is_alphanumeric)
    })
}

/// Whether the item is the template's own, left in place: that is `leftover-placeholder`.
fn is_template(facts: &Document, item: &Item) -> bool {
    facts.placeholders.iter().any(|placeholder| {
        placeholder.kind == PlaceholderKind::Text && item.range.contains_range(placeholder.range)
    })
}

/// Whether the second task stands in a phase that begins with the number that the first phase of the list begins with.
fn begins_anew(tasks: &FeatureDocument, places: &[Place<'_>]) -> bool {
    let all = || tasks.facts().items_of(ItemKind::Task).map(|(_, task)| task);
    let Some((_, second)) = phases(places) else {
        return false;
    };
    let begins = all().find(|task| task.parent == second);
    let (Some(list), Some(phase)) = (all().next(), begins) else {
        return false;
    };
    list.parent != second && list.id == phase.id
}

/// One finding for an id; the ids of one `run` are one finding together.
fn judge(
    feature: &Feature,
    document: &FeatureDocument,
    places: &[Place<'_>],
    run: Option<String>,
    sink: &mut Sink<'_>,
) {
    let [(_, first), (at, second), rest @ ..] = places else {
        sink.clean();
        return;
    };
    let id = &named(document, first);
    let name = document.path.rsplit('/').next().unwrap_or_default();
    let message = Message::new(
        TWICE,
        &[
            ("id", id),
            ("first", &line_of(document, first.id_range).to_string()),
            ("second", &line_of(document, second.id_range).to_string()),
            ("document", name),
        ],
    );
    let mut draft = sink
        .report(document.file, second.id_range, message)
        .item(*at)
        .related(
            document.file,
            first.id_range,
            Message::new(FIRST, &[("id", id)]),
        );
    if second.in_table || first.in_table {
        draft = draft.severity(Severity::Warning);
    }
    for (_, again) in rest {
        draft = draft.related(
            document.file,
            again.id_range,
            Message::new(AGAIN, &[("id", id)]),
        );
    }
    if let Some(run) = run {
        draft = draft.group(run);
    } else if let Some(fix) = renumber(feature, document, second).filter(|_| rest.is_empty()) {
        draft = draft.fix(fix);
    }
    drop(draft);
}

/// The next free number for the second definition, where nothing that cites the id would be left in doubt.
fn renumber(feature: &Feature, document: &FeatureDocument, second: &Item) -> Option<Fix> {
    // Bare numbers are cited by their places.
    let by_place = feature.format() == Format::Kiro;
    if by_place || second.in_table || second.kind == ItemKind::Story || cited(feature, &second.id) {
        return None;
    }
    let (digits, free) = with_number(document, second.id_range, next_free(feature, &second.id)?)?;
    let title = Message::new(RENUMBER, &[("id", &second.id), ("free", &free.id)]);
    Some(Fix {
        title,
        preferred: false,
        edits: vec![(document.file, Edit::replace(digits, free.digits))],
    })
}

fn cited(feature: &Feature, id: &str) -> bool {
    feature.references.iter().any(|reference| {
        let document = feature.document(reference.file);
        let mention = document.and_then(|doc| doc.facts().mentions.get(reference.mention as usize));
        mention.is_some_and(|mention| mention.key == id)
    })
}
