//! A requirement or criterion that is cited and not defined.

use documents::{Document, DocumentKind};
use grammar::{IdKind, Mention};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{Edit, TextRange};
use trace::{Feature, FeatureDocument, Target};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template};
use crate::numbering::split;
use crate::wording;

const UNDEFINED: Template = Template {
    en: "{id} is not defined in spec.md, which ends at {last}.",
    ja: "{id} は spec.md で定義されていません (最後は {last} です)。",
};
const BEFORE: Template = Template {
    en: "{id} is not defined in spec.md, which begins at {first}.",
    ja: "{id} は spec.md で定義されていません (最初は {first} です)。",
};
const GAP: Template = Template {
    en: "{id} is not defined in spec.md, which goes from {before} to {after}.",
    ja: "{id} は spec.md で定義されていません ({before} の次は {after} です)。",
};
const PLAIN: Template = Template {
    en: "{id} is not defined in spec.md, which defines other ids of its kind.",
    ja: "{id} は spec.md で定義されていません (同じ種類の別の ID は定義されています)。",
};
const MEANT: Template = Template {
    en: "{id} is not defined in spec.md, which defines {meant}.",
    ja: "{id} は spec.md で定義されていません (定義されているのは {meant} です)。",
};
const ALSO: Template = Template {
    en: "{id} is cited here too.",
    ja: "{id} はここでも参照されています。",
};
const REPLACE: Template = Template {
    en: "Replace {id} by {meant}",
    ja: "{id} を {meant} に置き換え",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "unknown-reference",
    group: Group::Reference,
    severity: Severity::Warning,
    summary: "A requirement or success criterion that is cited and not defined.",
    explanation: "The id was dropped, renumbered or mistyped, and what cites it has lost its reason. Said once for each \
                  id and document.\n\nOf a range only the two ends count. Ids that a line or section calls removed, \
                  deferred or out of scope may be gone, and an id that another feature \
                  qualifies is not judged. Ids with a prefix that the spec does not use are no ids of it.",
    bad: "- **FR-005**: The service MUST remember sent notices.   (spec.md, the last FR)\n- [ ] T014 Remember sent notices in src/store.rs (FR-005, FR-014)   (tasks.md)",
    good: "- **FR-005**: The service MUST remember sent notices.   (spec.md, the last FR)\n- [ ] T014 Remember sent notices in src/store.rs (FR-005)   (tasks.md)",
    messages: &[UNDEFINED, BEFORE, GAP, PLAIN, MEANT, ALSO],
    measured: Some(Measured {
        judged: 3,
        right: 3,
        seeded: 19,
        found: 18,
    }),
};

pub(crate) struct UnknownReference;

impl Rule for UnknownReference {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let retired = retired(feature);
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
                let counted = matches!(mention.kind, IdKind::Requirement | IdKind::Success);
                if !counted || !mention.standard || !mention.written {
                    continue;
                }
                match &reference.target {
                    Target::Items(..) => sink.clean(),
                    Target::Undefined(of) if *of == feature.id && mention.qualifier.is_none() => {
                        if retired.contains(&mention.key)
                            || is_part(feature, &mention.key)
                            || excused(document, mention)
                        {
                            sink.clean();
                        } else {
                            lost.push(mention);
                        }
                    }
                    _ => {}
                }
            }
            report(feature, document, &lost, sink);
        }
    }
}

/// Documents whose citations are meant to hold.
fn reads(kind: DocumentKind) -> bool {
    !matches!(kind, DocumentKind::Other | DocumentKind::Constitution)
}

/// Whether parts are lettered or numbered and only the whole is defined, or the other way round: `FR-002` beside
/// `FR-002a`, `FR-017A` or `FR-017.1`, `FR-003b` as the clause (b) of `FR-003`.
fn is_part(feature: &Feature, id: &str) -> bool {
    let whole = id.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let part = |each: &str| {
        each.strip_prefix(whole).is_some_and(|rest| {
            let letters = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphabetic());
            letters || rest.starts_with('.')
        })
    };
    let parts = feature.defined_ids().any(|(each, _)| part(each));
    if whole == id {
        parts
    } else {
        !parts && !feature.defined(whole).is_empty()
    }
}

fn report(feature: &Feature, document: &FeatureDocument, lost: &[&Mention], sink: &mut Sink<'_>) {
    let name = document.path.rsplit('/').next().unwrap_or_default();
    let mut seen = FxHashSet::default();
    for &mention in lost {
        if !seen.insert(&mention.key) {
            continue;
        }
        let id = mention.key.as_str();
        let same: Vec<&Mention> = lost
            .iter()
            .copied()
            .filter(|each| each.key == mention.key)
            .collect();
        let meant = meant(feature, id);
        let message = match (&meant, neighbours(feature, id)) {
            (Some(meant), _) => Message::new(MEANT, &[("id", id), ("meant", meant)]),
            (None, (Some(before), Some(after))) => {
                Message::new(GAP, &[("id", id), ("before", &before), ("after", &after)])
            }
            (None, (Some(last), None)) => Message::new(UNDEFINED, &[("id", id), ("last", &last)]),
            (None, (None, Some(first))) => Message::new(BEFORE, &[("id", id), ("first", &first)]),
            (None, (None, None)) => Message::new(PLAIN, &[("id", id)]),
        };
        let mut draft = sink
            .report(document.file, mention.range, message)
            .fact(format!("{name} {id}"));
        for other in same.iter().skip(1) {
            draft = draft.related(
                document.file,
                other.range,
                Message::new(ALSO, &[("id", id)]),
            );
        }
        let whole = same.iter().all(|each| document.slice(each.range) == id);
        if let Some(meant) = meant.filter(|_| whole) {
            let edit = |each: &&Mention| (document.file, Edit::replace(each.range, meant.as_str()));
            draft = draft.fix(Fix {
                title: Message::new(REPLACE, &[("id", id), ("meant", &meant)]),
                preferred: split(id) == split(&meant),
                edits: same.iter().map(edit).collect(),
            });
        }
        drop(draft);
    }
}

/// The defined ids of the same series right below and above `id`. A series is the letters before the last number:
/// `FR-`, `FR-B`.
fn neighbours(feature: &Feature, id: &str) -> (Option<String>, Option<String>) {
    let plain = |id: &str| {
        id.trim_end_matches(|c: char| c.is_ascii_lowercase())
            .to_owned()
    };
    let id = plain(id);
    let Some((series, number)) = split(&id) else {
        return (None, None);
    };
    let mut below: Option<(u64, &str)> = None;
    let mut above: Option<(u64, &str)> = None;
    for (each, _) in feature.defined_ids() {
        let own = plain(each);
        let Some((_, value)) = split(&own).filter(|(own, _)| *own == series) else {
            continue;
        };
        let each = (value, each.as_str());
        if value <= number {
            below = below.max(Some(each));
        } else if above.is_none_or(|best| each < best) {
            above = Some(each);
        }
    }
    let name = |found: Option<(u64, &str)>| found.map(|(_, id)| id.to_owned());
    (name(below), name(above))
}

/// The one defined id that `id` was likely meant to be: the same number padded otherwise, or two digits swapped.
fn meant(feature: &Feature, id: &str) -> Option<String> {
    let (prefix, number) = split(id)?;
    let mut alike: Vec<&str> = Vec::new();
    let mut swapped: Vec<&str> = Vec::new();
    for (each, _) in feature.defined_ids() {
        let Some((own, value)) = split(each) else {
            continue;
        };
        if own.trim_end_matches('-') != prefix.trim_end_matches('-') {
            continue;
        }
        if value == number {
            alike.push(each);
        } else if is_swap(each.as_bytes(), id.as_bytes()) {
            swapped.push(each);
        }
    }
    match (alike.as_slice(), swapped.as_slice()) {
        ([only], _) | ([], [only]) => Some((*only).to_owned()),
        _ => None,
    }
}

/// Whether exactly two neighbouring bytes change places.
fn is_swap(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let Some(at) = one.iter().zip(other).position(|(a, b)| a != b) else {
        return false;
    };
    at + 1 < one.len()
        && one[at] == other[at + 1]
        && one[at + 1] == other[at]
        && one[at + 2..] == other[at + 2..]
}

/// Ids that the spec itself says it gave up: a paragraph names them and says they were descoped or removed. Other
/// documents may go on naming them.
fn retired(feature: &Feature) -> FxHashSet<SmolStr> {
    let Some(spec) = feature.spec() else {
        return FxHashSet::default();
    };
    let mentions = spec.facts().mentions.iter();
    mentions
        .filter(|mention| feature.defined(&mention.key).is_empty())
        .filter(|mention| {
            let paragraph = wording::paragraph(&spec.doc.text, mention.range);
            wording::gone(spec.slice(paragraph)) || in_gone_section(spec.facts(), mention.range)
        })
        .map(|mention| mention.key.clone())
        .collect()
}

/// Whether its line or a section around it says that the id may be gone.
fn excused(document: &FeatureDocument, mention: &Mention) -> bool {
    let line = wording::line(&document.doc.text, mention.range);
    wording::gone(document.slice(line))
        || struck(document, line, mention.range)
        || in_gone_section(document.facts(), mention.range)
}

fn in_gone_section(facts: &Document, range: TextRange) -> bool {
    facts.sections.iter().any(|section| {
        section.level > 1
            && section.range.contains_range(range)
            && wording::gone_section(&section.title)
    })
}

/// Whether it stands between `~~` and `~~` on its line.
fn struck(document: &FeatureDocument, line: TextRange, range: TextRange) -> bool {
    let before = document.slice(TextRange::new(line.start(), range.start()));
    let behind = document.slice(TextRange::new(range.end(), line.end()));
    before.matches("~~").count() % 2 == 1 && behind.contains("~~")
}
