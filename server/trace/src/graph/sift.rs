//! Which sources findings can depend on, told from what is skimmed of them: the others need no parser where nothing but
//! findings is asked for.
//!
//! What is told is safe, not exact: a source that is left out cannot change a finding, one that is kept may change none.

use code::SourceMention;
use documents::Format;
use grammar::{Dialect, IdKind, Role};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::FileId;

use super::link::task_files;
use super::tags::{is_certain, is_part};
use super::{Graph, Mark};
use crate::RequirementWork;
use crate::claims::{Standing, SymbolClaim};
use crate::history::WordQuestion;
use crate::inputs::SourceFile;
use crate::mentions::{Resolved, SourcePlace, Tested, in_source, without_zeros};
use crate::sure::Beside;

/// Whether what a source mentions may be mentioned by a test.
fn may_test(path: &str, text: &str) -> bool {
    code::is_test_path(path) || code::may_hold_tests(text)
}

/// Ids that tests may mention, by source, as they are compared.
#[derive(Debug, Clone, Default)]
pub struct Skimmed {
    keys: FxHashMap<FileId, FxHashSet<SmolStr>>,
}

impl Skimmed {
    /// Whether nothing that was skimmed of a source is asked for.
    #[must_use]
    pub fn is_nothing(facts: &code::SourceFacts) -> bool {
        facts.declared.is_empty() && !facts.mentions.iter().any(is_counted)
    }

    /// Adds what was skimmed of a source, if tests may be in it or it says that it verifies something.
    pub fn add(&mut self, file: FileId, path: &str, text: &str, facts: &code::SourceFacts) {
        let verifies = |each: &SourceMention| {
            let role = each.tag.as_ref().and_then(|tag| tag.role);
            role == Some(Role::Verifies)
        };
        if !may_test(path, text) && !facts.mentions.iter().any(verifies) {
            return;
        }
        let counted = facts
            .mentions
            .iter()
            .filter(|each| each.mention.key.contains('-'));
        let keys = counted.map(|each| plain(&each.mention.key));
        self.keys.entry(file).or_default().extend(keys);
    }

    /// Sources that name one of these ids, or a part or the whole of one.
    pub(super) fn naming(&self, ids: &FxHashSet<SmolStr>) -> FxHashSet<FileId> {
        let ids: FxHashSet<SmolStr> = ids.iter().map(|id| plain(whole(id))).collect();
        let names = |keys: &FxHashSet<SmolStr>| {
            let mut keys = keys.iter();
            keys.any(|key| ids.contains(key) || ids.contains(&plain(whole(key))))
        };
        let files = self.keys.iter().filter(|(_, keys)| names(keys));
        files.map(|(file, _)| *file).collect()
    }
}

/// The id that an id is a part of: `FR-016` of `FR-016b`, else itself.
fn whole(key: &str) -> &str {
    let whole = key.trim_end_matches(|c: char| c.is_ascii_lowercase());
    whole.split('.').next().unwrap_or(whole)
}

/// An id without leading zeros.
fn plain(key: &str) -> SmolStr {
    match without_zeros(key) {
        Some((letters, digits)) => smol_str::format_smolstr!("{letters}-{digits}"),
        None => key.into(),
    }
}

/// Whether rules ask for such a mention in a source.
fn is_counted(found: &SourceMention) -> bool {
    let mention = &found.mention;
    mention.key.contains('-')
        || matches!(
            mention.kind,
            IdKind::Requirement | IdKind::Success | IdKind::Other
        )
}

impl Graph {
    /// Files that documents bind values to.
    pub fn bound_files(&self) -> impl Iterator<Item = FileId> + '_ {
        let bound = self.marked(Mark::Bound).flat_map(|feature| &feature.bound);
        bound.filter_map(|bound| bound.holder)
    }

    /// Claims of which nothing is known, as no parser read the files beside them.
    fn unread_claims(&self) -> impl Iterator<Item = (&SymbolClaim, &WordQuestion)> {
        let claims = self.features.iter().flat_map(|feature| &feature.claims);
        claims.filter_map(|claim| match &claim.standing {
            Standing::Unread(question) => Some((claim, question)),
            _ => None,
        })
    }

    /// Names that documents claim for files that were not read, and these files: a name that stands in one of them needs
    /// no parser.
    #[must_use]
    pub fn claimed_words(&self) -> (Vec<WordQuestion>, FxHashSet<FileId>) {
        let mut words: Vec<WordQuestion> = self
            .unread_claims()
            .map(|(_, question)| question.clone())
            .collect();
        words.sort_unstable();
        words.dedup();
        let files = self.unread_claims();
        let files = files.flat_map(|(claim, _)| claim.within.iter().copied());
        (words, files.collect())
    }

    /// Sources whose symbols documents claim, where a parser has to tell, and somebody accepted or bound a value to.
    #[must_use]
    pub fn claimed_sources(&self) -> FxHashSet<FileId> {
        self.unread_claims()
            .flat_map(|(claim, _)| claim.within.iter().copied())
            .chain(self.accepted_sources())
            .chain(self.bound_files())
            .collect()
    }

    /// Whether a source can say something by itself that rules judge: an id that is not there, a property with its title, a
    /// place of a Kiro spec. `skimmed`: as [`code::skim`] reads it.
    #[must_use]
    pub fn may_say(&self, file: FileId, skimmed: &SourceFile) -> bool {
        let facts = &skimmed.facts;
        let Some((root, path)) = self.inputs.tree.path(file) else {
            return false;
        };
        let names = |slug: &SmolStr| {
            let mut all = self.candidates.iter();
            all.any(|each| each.project.format == Format::Kiro && each.name == *slug)
        };
        if facts.declared.iter().any(names) {
            return true;
        }
        let project = self.project_of(root, path);
        let place = SourcePlace {
            root,
            project,
            head: Vec::new(),
            at_home: false,
            named_by: Vec::new(),
            tasks: Vec::new(),
            slugs: Vec::new(),
            declared_at: None,
            beside: Beside::default(),
        };
        facts
            .mentions
            .iter()
            .filter(|each| is_certain(each))
            .any(|found| {
                let tag = found.tag.as_deref();
                let quoting = tag.filter(|tag| tag.dialect == Dialect::Duvet);
                // The head of the file may say of which feature it is.
                if quoting.is_none() && found.mention.qualifier.is_none() {
                    return true;
                }
                let resolved = match quoting {
                    Some(tag) => self.quoted(root, project, &found.mention.key, tag),
                    None => in_source(&self.candidates, &place, found),
                };
                match resolved {
                    Some(Resolved::Undefined(feature)) => {
                        let of = &self.candidates[feature.0 as usize];
                        !is_part(&of.definitions, &found.mention.key)
                    }
                    _ => false,
                }
            })
    }

    /// Whether findings need no more of a source than what its comments say, given that `skimmed` holds all it can mention:
    /// every requirement it mentions stands in a comment with its feature, and whether it is tested there is plain, too. What
    /// its tests show only a parser tells.
    #[must_use]
    pub fn comments_suffice(
        &self,
        file: FileId,
        text: &str,
        skimmed: &code::SourceFacts,
        said: &code::SourceFacts,
    ) -> bool {
        let path = self.inputs.tree.path_str(file);
        let plain = code::is_test_path(path) || !code::may_hold_tests(text);
        // A quotation names a section, and by that no test is judged.
        let names_ids = || {
            skimmed
                .mentions
                .iter()
                .any(|it| !it.mention.key.contains('#'))
        };
        skimmed.declared.is_empty()
            && !(names_ids() && may_test(path, text) && self.judges_tests())
            && skimmed
                .mentions
                .iter()
                .filter(|each| is_counted(each))
                .all(|each| {
                    let tag = each.tag.as_deref();
                    let told = tag.is_some_and(|tag| {
                        tag.dialect.is_exact() || tag.role == Some(Role::Verifies)
                    });
                    let quoted = tag.is_some_and(|tag| tag.dialect == Dialect::Duvet);
                    let same = |other: &SourceMention| {
                        other.mention == each.mention && other.tag == each.tag
                    };
                    is_certain(each)
                        && (quoted || each.mention.qualifier.is_some())
                        && (told || plain)
                        && said.mentions.iter().any(same)
                })
    }

    /// Sources that tasks name, of the features whose tests may mention so many requirements that one without a test
    /// stands out.
    #[must_use]
    pub fn perhaps_usual(&self, skimmed: &Skimmed) -> FxHashSet<FileId> {
        let mut wanted = FxHashSet::default();
        for feature in self.features.iter() {
            if !feature.may_lack_tests() {
                continue;
            }
            let files: FxHashSet<FileId> = task_files(feature).collect();
            let own: FxHashSet<SmolStr> = feature
                .definitions
                .keys()
                .filter(|id| id.contains('-'))
                .map(|id| plain(id))
                .collect();
            let mut mentioned: FxHashSet<SmolStr> = FxHashSet::default();
            let mut mentioning = Vec::new();
            for file in files {
                if let Some(source) = self.inputs.sources.get(&file) {
                    let keys = source.facts.mentions.iter();
                    let keys = keys.map(|each| plain(&each.mention.key));
                    mentioned.extend(keys.filter(|key| own.contains(key)));
                } else if let Some(keys) = skimmed.keys.get(&file) {
                    let mut keys = keys.intersection(&own).peekable();
                    if keys.peek().is_some() {
                        mentioning.push(file);
                    }
                    mentioned.extend(keys.cloned());
                }
            }
            if mentioned.len() >= Tested::USUAL {
                wanted.extend(mentioning);
            }
        }
        wanted
    }

    /// Sources that may mention a requirement whose work is done and that no test is known to mention yet; `all`: or any
    /// other requirement of its feature, since the rule looks at how many have one.
    #[must_use]
    pub fn perhaps_testing(&self, skimmed: &Skimmed, all: bool) -> FxHashSet<FileId> {
        let mut wanted = FxHashSet::default();
        for feature in self.features.iter().filter(|each| each.tested.is_usual()) {
            let work = feature.requirement_work();
            let mentioned = |id: &SmolStr| {
                feature.tested.surely.contains(id) || feature.tested.perhaps.contains(id)
            };
            let is_open = |each: &&RequirementWork| each.is_untested() && !mentioned(&each.id);
            if !work.iter().any(|each| is_open(&each)) {
                continue;
            }
            let ids: FxHashSet<SmolStr> = work
                .iter()
                .filter(|each| all || is_open(each))
                .map(|each| plain(&each.id))
                .collect();
            let files = skimmed.keys.iter();
            let files = files.filter(|(_, keys)| ids.iter().any(|id| keys.contains(id)));
            wanted.extend(files.map(|(file, _)| *file));
        }
        wanted
    }
}
