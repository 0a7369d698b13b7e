//! A citation by place whose text now stands at another place.
//!
//! `2.3` of a Kiro spec is the third criterion of requirement 2, whatever it says: an insertion above makes every
//! reference behind it mean another text. What HEAD has tells for which text a reference was written.

use documents::{Document, DocumentKind, Format, ItemKind};
use grammar::{IdKind, Mention};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::{Edit, FileId, TextRange};
use trace::{Feature, FeatureDocument, ItemRef};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template};

const SHIFTED: Template = Template {
    en: "{old} was written for what is criterion {new} since the last commit.",
    ja: "{old} が指していた基準は、直前のコミット以降 {new} になっています。",
};
const NOW: Template = Template {
    en: "The criterion that {old} was written for.",
    ja: "{old} が指していた基準です。",
};
const RENUMBER: Template = Template {
    en: "Renumber {count} references to the criteria they were written for",
    ja: "{count} 件の参照を元の基準に合わせて番号を直す",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "criterion-number-shifted",
    group: Group::Reference,
    severity: Severity::Warning,
    summary: "A reference by number whose criterion has another number since the last commit.",
    explanation: "Criteria of a Kiro spec are counted: one inserted, deleted or moved gives all behind it another \
                  number, and every reference to them silently means another text.\n\nA reference counts as written \
                  for the old numbers where its line is as the last commit has it. A criterion is known again by its \
                  text; one that was reworded too, or that stands there twice, is unknown.",
    bad: "(criterion 2.1 was inserted after the last commit)\n\n- [ ] 3. Show the error\n  - _Requirements: 2.1_",
    good: "(criterion 2.1 was inserted after the last commit)\n\n- [ ] 3. Show the error\n  - _Requirements: 2.2_",
    messages: &[SHIFTED, NOW],
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 32,
        found: 32,
    }),
};

pub(crate) struct CriterionNumberShifted;

impl Rule for CriterionNumberShifted {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::Kiro]
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[
            DocumentKind::KiroRequirements,
            DocumentKind::KiroDesign,
            DocumentKind::KiroTasks,
        ]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some((spec, then)) = requirements(feature) else {
            return;
        };
        let moves = Moves::between(then, spec);
        if moves.to.is_empty() && moves.unsure.is_empty() {
            return;
        }
        let stale: Vec<(&FeatureDocument, Vec<&Mention>)> = feature
            .documents
            .iter()
            .filter_map(|document| {
                let before = feature
                    .committed
                    .iter()
                    .find(|then| then.file == document.file)?;
                Some((document, unchanged(document, before)))
            })
            .collect();
        let fix = fix(&stale, &moves);
        for (document, mentions) in &stale {
            let mut first = true;
            for mention in mentions {
                if moves.unsure.contains(&mention.key) {
                    sink.unknown_at(
                        document.file,
                        mention.range,
                        "the criterion was reworded, or its text stands there twice",
                    );
                    continue;
                }
                let Some((new, at)) = moves.to.get(&mention.key) else {
                    sink.clean();
                    continue;
                };
                report(
                    sink,
                    feature,
                    (spec, *at),
                    (document, mention, new),
                    first.then(|| fix.clone()).flatten(),
                );
                first = false;
            }
        }
    }
}

fn report(
    sink: &mut Sink<'_>,
    feature: &Feature,
    (spec, at): (&FeatureDocument, u32),
    (document, mention, new): (&FeatureDocument, &Mention, &SmolStr),
    fix: Option<Fix>,
) {
    let facts = [("old", mention.key.as_str()), ("new", new.as_str())];
    let place = ItemRef {
        feature: feature.id,
        file: spec.file,
        item: at,
    };
    let mut draft = sink
        .report(document.file, mention.range, Message::new(SHIFTED, &facts))
        .fact(format!("{}>{new}", mention.key))
        .group("shifted");
    if let Some(item) = feature.item(place) {
        draft = draft.related(spec.file, item.title_range, Message::new(NOW, &facts));
    }
    match fix {
        Some(fix) => drop(draft.fix(fix)),
        None => drop(draft),
    }
}

/// The requirements as they are and as they were, where that is known.
fn requirements(feature: &Feature) -> Option<(&FeatureDocument, &FeatureDocument)> {
    let spec = feature.document_of(DocumentKind::KiroRequirements)?;
    let then = feature
        .committed
        .iter()
        .find(|then| then.file == spec.file)?;
    (then.doc.text != spec.doc.text).then_some((spec, then))
}

/// Where criteria went.
#[derive(Default)]
struct Moves {
    /// By the old number: the new one, and which item of the document has it.
    to: FxHashMap<SmolStr, (SmolStr, u32)>,
    /// Old numbers of which nothing is known.
    unsure: FxHashSet<SmolStr>,
}

impl Moves {
    fn between(then: &FeatureDocument, now: &FeatureDocument) -> Self {
        let (old, new) = (criteria(then), criteria(now));
        let by_text = |list: &[(SmolStr, u32, String)]| {
            let mut places: FxHashMap<String, Vec<usize>> = FxHashMap::default();
            for (at, (_, _, text)) in list.iter().enumerate() {
                places.entry(text.clone()).or_default().push(at);
            }
            places
        };
        let (then_places, now_places) = (by_text(&old), by_text(&new));
        let same_place: FxHashSet<(&SmolStr, &str)> = new
            .iter()
            .map(|(id, _, text)| (id, text.as_str()))
            .collect();
        let ids: FxHashSet<&SmolStr> = new.iter().map(|(id, _, _)| id).collect();
        let disputed = |id: &SmolStr| {
            let of = |document: &Document| {
                let requirement = id.split('.').next().unwrap_or_default();
                document
                    .kiro
                    .disputed
                    .iter()
                    .any(|(number, _)| number == requirement)
            };
            of(then.facts()) || of(now.facts())
        };
        let mut moves = Self::default();
        for (id, _, text) in &old {
            if same_place.contains(&(id, text.as_str())) {
                continue;
            }
            match (
                then_places[text].as_slice(),
                now_places.get(text).map(Vec::as_slice),
            ) {
                ([_], Some([at])) if !disputed(id) && !disputed(&new[*at].0) => {
                    let (to, item, _) = &new[*at];
                    moves.to.insert(id.clone(), (to.clone(), *item));
                }
                // Reworded in its place, most likely; or gone, and the number with it.
                (_, None) if !ids.contains(id) => {}
                _ => {
                    moves.unsure.insert(id.clone());
                }
            }
        }
        // Where nothing moved, rewording is all that happened.
        if moves.to.is_empty() {
            moves.unsure.clear();
        }
        moves
    }
}

/// Number, item and text of each criterion; blanks do not count.
fn criteria(document: &FeatureDocument) -> Vec<(SmolStr, u32, String)> {
    let facts = document.facts();
    facts
        .items_of(ItemKind::Criterion)
        .map(|(at, item)| {
            let range = TextRange::new(item.title_range.start(), item.range.end());
            let words: Vec<&str> = document.slice(range).split_whitespace().collect();
            (item.id.clone(), at, words.join(" "))
        })
        .collect()
}

/// Citations of the spec's own criteria that stand on a line that the last commit has too.
fn unchanged<'a>(document: &'a FeatureDocument, before: &FeatureDocument) -> Vec<&'a Mention> {
    let lines: FxHashSet<&str> = before.doc.text.lines().map(str::trim).collect();
    let text = document.doc.text.as_ref();
    let is_old = |mention: &&Mention| {
        let at = usize::from(mention.range.start());
        let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let end = text[at..]
            .find(['\n', '\r'])
            .map_or(text.len(), |end| at + end);
        lines.contains(text[start..end].trim())
    };
    document
        .facts()
        .mentions
        .iter()
        .filter(|mention| mention.kind == IdKind::Criterion && mention.qualifier.is_none())
        .filter(is_old)
        .collect()
}

/// Every old reference written anew; nothing where one of them cannot be.
fn fix(stale: &[(&FeatureDocument, Vec<&Mention>)], moves: &Moves) -> Option<Fix> {
    let becomes = |key: &str| {
        Some(
            moves
                .to
                .get(key)
                .map_or_else(|| key.into(), |(new, _)| new.clone()),
        )
    };
    let mut edits: Vec<(FileId, Edit)> = Vec::new();
    for (document, mentions) in stale {
        let fields: Vec<TextRange> = document
            .facts()
            .kiro
            .fields
            .iter()
            .map(|field| field.range)
            .collect();
        let new = trace::recited(&document.doc.text, mentions, &fields, &becomes).ok()?;
        edits.extend(new.into_iter().map(|edit| (document.file, edit)));
    }
    let shifted = |mention: &&&Mention| moves.to.contains_key(&mention.key);
    let count: usize = stale
        .iter()
        .map(|(_, mentions)| mentions.iter().filter(shifted).count())
        .sum();
    (!edits.is_empty()).then(|| Fix {
        title: Message::new(RENUMBER, &[("count", count.to_string().as_str())]),
        preferred: true,
        edits,
    })
}
