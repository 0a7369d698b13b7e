//! A requirement or criterion of a Kiro spec that is cited and stands nowhere.

use documents::{Format, ItemKind, KiroField};
use grammar::{Cited, IdKind, Mention};
use rustc_hash::{FxHashMap, FxHashSet};
use text::{FileId, TextRange, TextSize};
use trace::{Feature, FeatureDocument, Reference, Target};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template};
use crate::wording;

const BEYOND: Template = Template {
    en: "{id} is no criterion: requirement {requirement} of {document} has {count}.",
    ja: "{id} という受け入れ基準はありません ({document} の要件 {requirement} は {count} 件です)。",
};
const EMPTY: Template = Template {
    en: "{id} is no criterion: requirement {requirement} of {document} lists none.",
    ja: "{id} という受け入れ基準はありません ({document} の要件 {requirement} には基準がありません)。",
};
const NO_REQUIREMENT: Template = Template {
    en: "{id} is cited, and {document} has no requirement {requirement}.",
    ja: "{id} が参照されていますが、{document} に要件 {requirement} はありません。",
};
const NO_CLAUSE: Template = Template {
    en: "{id} is no clause of {document}, which has {count}.",
    ja: "{id} は {document} の項目にありません (全 {count} 件です)。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "unknown-criterion",
    group: Group::Reference,
    severity: Severity::Warning,
    summary: "A Kiro requirement or criterion that is cited and stands nowhere.",
    explanation: "Criteria have no ids in the text: `2.3` is the third item below requirement 2. Whoever deletes an item \
                  or writes a requirement anew leaves citations behind that lead nowhere.\n\nRead are the places made \
                  for citing: `_Requirements: 1.1, 2.3_` and its translations, `**Validates: Requirements 2.3**`, the \
                  requirement column of a table; in code, `Validates: Requirements 2.3` in a comment or file that names its spec. Of a \
                  range only the ends count. Where the numbers an author wrote disagree with the places, what they \
                  could mean is unknown; so it is where most of what a document cites stands nowhere. Ids of one requirement that lists no criteria are one finding.",
    bad: "1. WHEN ... THE System SHALL ...   (requirements.md, the only criterion of requirement 2)\n- _Requirements: 2.4_   (tasks.md)",
    good: "1. WHEN ... THE System SHALL ...   (requirements.md, the only criterion of requirement 2)\n- _Requirements: 2.1_   (tasks.md)",
    messages: &[BEYOND, EMPTY, NO_REQUIREMENT, NO_CLAUSE],
    // Judged in six public repositories, after the rule was written with these at hand.
    measured: Some(Measured {
        judged: 21,
        right: 18,
        seeded: 32,
        found: 32,
    }),
};

/// Ids that stand nowhere, from which on a document may be read wrongly.
const MANY: usize = 4;

/// Why nothing is said where no requirement was found.
pub(super) const NOT_UNDERSTOOD: &str = "the requirements were not understood";

pub(crate) struct UnknownCriterion;

impl Rule for UnknownCriterion {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::Kiro]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(spec) = feature.spec() else {
            return;
        };
        let known = Known::of(spec);
        if known.is_empty() && spec.unread().is_none() {
            return;
        }
        let doubtful = misread(feature, &known);
        for reference in &feature.references {
            let Some((document, mention)) = cited(feature, reference) else {
                continue;
            };
            if spec.unread().is_some() {
                sink.unknown(NOT_UNDERSTOOD);
                continue;
            }
            if is_template(document.facts()) || is_template(spec.facts()) {
                sink.unknown_at(
                    document.file,
                    mention.range,
                    "the document holds examples of its template",
                );
                continue;
            }
            match &reference.target {
                Target::Undefined(_) if doubtful.contains(&document.file) => {
                    sink.unknown(
                        "most of what a document cites stands nowhere: it may be read wrongly",
                    );
                }
                Target::Items(..) => sink.clean(),
                Target::Undefined(_) => {
                    known.report(&mention.key, document.file, mention.range, sink);
                }
                _ => {}
            }
        }
        for cited in &feature.dangling {
            if spec.unread().is_some() || !doubtful.is_empty() {
                sink.unknown(NOT_UNDERSTOOD);
                continue;
            }
            known.report(&cited.key, cited.file, cited.range, sink);
        }
    }
}

/// The document and the mention of a reference to a requirement or criterion, in a list that is there for citing.
fn cited<'a>(
    feature: &'a Feature,
    reference: &Reference,
) -> Option<(&'a FeatureDocument, &'a Mention)> {
    let document = feature.document(reference.file)?;
    let facts = document.facts();
    let mention = facts.mentions.get(reference.mention as usize)?;
    let wanted = mention.kind == IdKind::Criterion
        && mention.written
        && mention.qualifier.is_none()
        && is_field(&facts.kiro.fields, mention);
    wanted.then_some((document, mention))
}

/// The documents most of whose cited ids stand nowhere: that is rather our reading than so many slips. Requirements
/// below which there is no list at all were read as they are.
fn misread(feature: &Feature, known: &Known<'_>) -> FxHashSet<FileId> {
    let mut by_file: FxHashMap<FileId, FxHashMap<&str, bool>> = FxHashMap::default();
    for reference in &feature.references {
        if let Some((document, mention)) = cited(feature, reference)
            && !known.lists_nothing(&mention.key)
        {
            let lost = matches!(&reference.target, Target::Undefined(_));
            let ids = by_file.entry(document.file).or_default();
            ids.insert(mention.key.as_str(), lost);
        }
    }
    let most_lost = by_file.into_iter().filter(|(_, ids)| {
        let lost = ids.values().filter(|lost| **lost).count();
        lost >= MANY && lost * 2 > ids.len()
    });
    most_lost.map(|(file, _)| file).collect()
}

/// Whether a document still holds text to be filled in: then its numbers may be examples.
fn is_template(facts: &documents::Document) -> bool {
    !facts.placeholders.is_empty()
}

/// Whether a mention stands in a list that is there for citing.
fn is_field(fields: &[KiroField], mention: &Mention) -> bool {
    fields.iter().any(|field| {
        field.cited == Cited::Requirements && field.range.contains_range(mention.range)
    })
}

/// What the spec defines.
struct Known<'a> {
    /// The document that is named.
    document: &'a str,
    spec: &'a FeatureDocument,
    clauses: usize,
}

impl<'a> Known<'a> {
    fn of(spec: &'a FeatureDocument) -> Self {
        Self {
            document: spec.path.rsplit('/').next().unwrap_or_default(),
            spec,
            clauses: spec.facts().items_of(ItemKind::Criterion).count(),
        }
    }

    fn is_empty(&self) -> bool {
        let requirements = self.spec.facts().items_of(ItemKind::Requirement);
        self.clauses == 0 && requirements.count() == 0
    }

    /// The criteria of a requirement; nothing if there is no such requirement.
    fn criteria(&self, requirement: &str) -> Option<usize> {
        let facts = self.spec.facts();
        let (at, _) = facts
            .items_of(ItemKind::Requirement)
            .find(|(_, item)| item.id == requirement)?;
        let own = facts.items_of(ItemKind::Criterion);
        Some(own.filter(|(_, item)| item.parent == Some(at)).count())
    }

    fn report(&self, id: &str, file: text::FileId, range: TextRange, sink: &mut Sink<'_>) {
        let requirement = id.split('.').next().unwrap_or(id);
        let nth: Option<u32> = id.rsplit_once('.').and_then(|(_, nth)| nth.parse().ok());
        let disputed = &self.spec.facts().kiro.disputed;
        let doubtful = disputed
            .iter()
            .any(|(of, highest)| of == requirement && nth.is_some_and(|nth| nth <= *highest));
        if doubtful {
            sink.unknown_at(
                file,
                range,
                "the criteria are numbered otherwise than they stand",
            );
            return;
        }
        if id.ends_with(|c: char| c.is_ascii_lowercase()) {
            sink.unknown_at(file, range, "an id with a letter of its own has no place");
            return;
        }
        if self.is_given_up(requirement) || (nth.is_none() && self.has_clauses(requirement)) {
            sink.clean();
            return;
        }
        let is_bugfix = nth.is_some() && self.has_clauses("");
        let count = if is_bugfix {
            Some(self.clauses)
        } else {
            self.criteria(requirement)
        };
        let shown = count.unwrap_or_default().to_string();
        let facts = [
            ("id", id),
            ("requirement", requirement),
            ("document", self.document),
            ("count", shown.as_str()),
        ];
        let (template, group) = match count {
            _ if is_bugfix => (NO_CLAUSE, id.to_owned()),
            None => (NO_REQUIREMENT, requirement.to_owned()),
            Some(0) => (EMPTY, self.condensed(requirement)),
            Some(_) => (BEYOND, id.to_owned()),
        };
        drop(
            sink.report(file, range, Message::new(template, &facts))
                .group(group),
        );
    }

    /// Whether the requirement of a criterion is there without any list below it.
    fn lists_nothing(&self, id: &str) -> bool {
        let Some((requirement, _)) = id.split_once('.') else {
            return false;
        };
        let mut all = self.spec.facts().items_of(ItemKind::Requirement);
        all.any(|(_, item)| {
            let mut lines = self.spec.slice(item.range).lines().skip(1);
            item.id == requirement
                && lines.all(|line| grammar::line_start(line, TextSize::new(0)).marker.is_none())
        })
    }

    /// Whether clauses with ids of their own begin with a number.
    fn has_clauses(&self, group: &str) -> bool {
        let clauses = self.spec.facts().items_of(ItemKind::Criterion);
        clauses.into_iter().any(|(_, item)| {
            let first = item.id.split('.').next().unwrap_or_default();
            item.parent.is_none() && (group.is_empty() || first == group)
        })
    }

    /// Whether the requirement's heading says that it was removed.
    fn is_given_up(&self, requirement: &str) -> bool {
        let mut all = self.spec.facts().items_of(ItemKind::Requirement);
        all.any(|(_, item)| {
            item.id == requirement
                && wording::gone(&self.spec.slice(item.title_range).to_lowercase())
        })
    }

    /// Where no requirement lists criteria, they were written anew as a whole: one finding.
    fn condensed(&self, requirement: &str) -> String {
        if self.clauses == 0 {
            "no criteria".to_owned()
        } else {
            format!("no criteria {requirement}")
        }
    }
}
