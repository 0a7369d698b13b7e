//! A requirement or criterion that is cited and not defined.

use std::cell::LazyCell;

use documents::{Document, DocumentKind};
use grammar::{IdKind, Mention};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::{FileId, TextRange, TextSize};
use trace::{Feature, FeatureDocument, PathLink, Target};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::inheriting::inherits;
use crate::lost::{Parts, Said, Sentences, Series, lost_ids};
use crate::message::Template;
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
const MANY: Template = Template {
    en: "{id} and {count} other ids that are cited here are not defined in spec.md.",
    ja: "{id} ほか {count} 件の ID は spec.md で定義されていません。",
};
const ALSO: Template = Template {
    en: "{id} is cited here too.",
    ja: "{id} はここでも参照されています。",
};
static DESCRIPTOR: Descriptor = Descriptor {
    code: "unknown-reference",
    group: Group::Reference,
    severity: Severity::Warning,
    summary: "A requirement or success criterion that is cited and not defined.",
    explanation: "The id was dropped, renumbered or mistyped, and what cites it has lost its reason. Said once for each \
                  id and document; more than five ids of a document are one finding.\n\nOf a range only the two ends count. Ids that a line or section calls removed, \
                  deferred or out of scope may be gone, and an id that another feature \
                  qualifies is not judged. Unknown where the words say that it is an existing or unchanged one and other \
                  features define it, where the line names a document of the feature that defines it, and where the \
                  sentence names another feature by its path, or a feature that defines them is named on the line, in the document or in the spec. `SC-1` is `SC-001`. Ids with a prefix that the spec does \
                  not use are no ids of it.",
    bad: "- **FR-005**: The service MUST remember sent notices.   (spec.md, the last FR)\n- [ ] T014 Remember sent notices in src/store.rs (FR-005, FR-014)   (tasks.md)",
    good: "- **FR-005**: The service MUST remember sent notices.   (spec.md, the last FR)\n- [ ] T014 Remember sent notices in src/store.rs (FR-005)   (tasks.md)",
    messages: &[UNDEFINED, BEFORE, GAP, PLAIN, MANY, ALSO],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 21,
        right: 17,
        seeded: 22,
        found: 20,
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

pub(crate) struct UnknownReference;

impl Rule for UnknownReference {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let retired = retired(feature);
        // Most features have nothing lost and need neither.
        let series = LazyCell::new(|| Series::of(feature));
        let parts = LazyCell::new(|| Parts::of(feature));
        let inherited = inherited(feature);
        for document in feature.documents.iter().filter(|each| reads(each.kind)) {
            let mut lost: Vec<&Mention> = Vec::new();
            let mut definers = Definers::beside(feature, document);
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
                            || parts.has(&mention.key)
                            || excused(document, mention)
                        {
                            sink.clean();
                        } else if inherited.contains(&mention.key) {
                            sink.unknown_at(document.file, mention.range, "the document calls it a requirement that exists in another feature");
                        } else if reference.told {
                            sink.unknown_at(
                                document.file,
                                mention.range,
                                "another feature that is named there defines it",
                            );
                        } else if is_pattern(&mention.key) {
                            sink.clean();
                        } else if is_shorter(feature, &mention.key) {
                            sink.unknown_at(
                                document.file,
                                mention.range,
                                "all ids of its kind have more digits: it may be no id",
                            );
                        } else if definers.has(mention) {
                            sink.unknown_at(
                                document.file,
                                mention.range,
                                "a document that the line names defines it, or cannot be read",
                            );
                        } else if names_other_feature(feature, document, mention) {
                            sink.unknown_at(
                                document.file,
                                mention.range,
                                "the sentence names another feature by its path",
                            );
                        } else {
                            lost.push(mention);
                        }
                    }
                    _ => {}
                }
            }
            let said = Said {
                series: &series,
                document,
                sentences: &SENTENCES,
            };
            if lost.is_empty() {
                continue;
            }
            let ids = lost_ids(&lost);
            if !said.report_many(&ids, sink) {
                for id in &ids {
                    drop(said.report(id, sink));
                }
            }
        }
    }
}

/// Whether an id stands for several: `FR-11x` for FR-110 to FR-119.
fn is_pattern(key: &str) -> bool {
    let digits = key.strip_suffix(['x', 'X']);
    digits.is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether every id with its letters has more digits than this one, and none has its number: `SC-55` beside `SC-001`.
fn is_shorter(feature: &Feature, key: &str) -> bool {
    let split = |id: &str| -> Option<(SmolStr, SmolStr)> {
        let at = id.find(|c: char| c.is_ascii_digit())?;
        let counted = id[at..].bytes().all(|byte| byte.is_ascii_digit());
        counted.then(|| (id[..at].into(), id[at..].into()))
    };
    let Some((letters, number)) = split(key) else {
        return false;
    };
    let known = feature.defined_ids().filter_map(|(id, _)| split(id));
    let mut known = known.filter(|(others, _)| *others == letters).peekable();
    known.peek().is_some()
        && known.all(|(_, other)| {
            let same = other.trim_start_matches('0') == number.trim_start_matches('0');
            other.len() > number.len() && !same
        })
}

/// Documents whose citations are meant to hold.
fn reads(kind: DocumentKind) -> bool {
    !matches!(kind, DocumentKind::Other | DocumentKind::Constitution)
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

/// Ids that other features define, and that a document of this one calls existing, unchanged or somebody else's.
fn inherited(feature: &Feature) -> FxHashSet<SmolStr> {
    let cited = feature.references.iter().filter(|each| each.elsewhere);
    let cited = cited.filter_map(|reference| {
        let document = feature.document(reference.file)?;
        let mention = document.facts().mentions.get(reference.mention as usize)?;
        let line = wording::line(&document.doc.text, mention.range);
        let before = document.slice(TextRange::new(line.start(), mention.range.start()));
        let behind = document.slice(TextRange::new(mention.range.end(), line.end()));
        inherits(before, behind).then(|| mention.key.clone())
    });
    cited.collect()
}

/// Documents of a feature other than the spec that define ids, each looked at once for an id.
struct Definers<'a> {
    feature: &'a Feature,
    document: &'a FeatureDocument,
    /// Where the document's paths lead, in their order.
    links: Vec<&'a PathLink>,
    known: FxHashMap<(FileId, SmolStr), bool>,
}

impl<'a> Definers<'a> {
    fn beside(feature: &'a Feature, document: &'a FeatureDocument) -> Self {
        let links = feature.paths.iter();
        Self {
            feature,
            document,
            links: links.filter(|link| link.file == document.file).collect(),
            known: FxHashMap::default(),
        }
    }

    /// Whether a contract defines the id itself, or the line names a document of the feature, not the spec, that does.
    /// One that is no Markdown is not read, and may.
    fn has(&mut self, mention: &Mention) -> bool {
        let (feature, document) = (self.feature, self.document);
        if document.kind == DocumentKind::Contract && self.defines(document, &mention.key) {
            return true;
        }
        let line = wording::line(&document.doc.text, mention.range);
        let below = format!("{}/", feature.name);
        let paths = &document.facts().paths;
        let first = paths.partition_point(|path| path.range.start() < line.start());
        let named = document.facts().paths_in(line);
        (first..).zip(named).any(|(at, path)| {
            let files = self
                .links
                .get(at)
                .map_or(&[][..], |link| link.resolution.files());
            let own = files.iter().find_map(|file| feature.document(*file));
            if let Some(named) = own {
                return named.kind != DocumentKind::Spec && self.defines(named, &mention.key);
            }
            let path = path.path.trim_start_matches("./");
            !files.is_empty() && (path.starts_with("contracts/") || path.contains(&below))
        })
    }

    fn defines(&mut self, document: &FeatureDocument, id: &SmolStr) -> bool {
        *self
            .known
            .entry((document.file, id.clone()))
            .or_insert_with(|| begins_a_line(document, id))
    }
}

/// Whether a line of the document begins with the id, marks left out: how a document defines one.
fn begins_a_line(document: &FeatureDocument, id: &str) -> bool {
    document.doc.text.lines().any(|line| {
        let words = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        words
            .strip_prefix(id)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

/// Whether the sentence around an id has a path into the directory of another feature.
fn names_other_feature(feature: &Feature, document: &FeatureDocument, mention: &Mention) -> bool {
    let line = wording::line(&document.doc.text, mention.range);
    let before = document.slice(TextRange::new(line.start(), mention.range.start()));
    let behind = document.slice(TextRange::new(mention.range.end(), line.end()));
    // Across a semicolon, too: what is told of that feature goes on.
    let stops = |text: &'_ str| -> Vec<usize> {
        let ends = text.match_indices(['.', '。']);
        ends.filter(|(at, mark)| *mark == "。" || text[at + 1..].starts_with(char::is_whitespace))
            .map(|(at, _)| at)
            .collect()
    };
    let start = line.start() + offset(stops(before).last().copied().unwrap_or(0));
    let end = mention.range.end() + offset(stops(behind).first().copied().unwrap_or(behind.len()));
    let Some((features, name)) = feature.path.rsplit_once('/') else {
        return false;
    };
    let features = features.rsplit('/').next().unwrap_or(features);
    let paths = document.facts().paths_in(TextRange::new(start, end));
    paths.iter().any(|path| {
        let mut parts = path.path.split('/').skip_while(|part| *part != features);
        parts.next().is_some()
            && parts
                .next()
                .is_some_and(|other| other != name && !other.contains('.'))
    })
}

fn offset(at: usize) -> TextSize {
    TextSize::new(at as u32)
}

/// Whether its line or a section around it says that the id may be gone.
pub(super) fn excused(document: &FeatureDocument, mention: &Mention) -> bool {
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
