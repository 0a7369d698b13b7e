//! What tests show of requirements, put into the features once sources are linked.
//!
//! A test is judged by its own file and by what reports say of that file, never by which other sources were read: `check`
//! reads few of them.

use std::sync::Arc;

use code::{Language, Outcome};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::FileId;

use super::tested::{is_among, is_in_test, speaks_of};
use super::{Graph, Skimmed};
use crate::Basis;
use crate::feature::{Feature, FeatureId, ItemRef};
use crate::inputs::SourceFile;
use crate::mentions::Resolved;
use crate::proofs::{Proof, ProofStanding, Proofs};

/// Languages whose assertions and calls are known well enough to say that a test asserts nothing.
const ASSERTING: &[Language] = &[
    Language::Python,
    Language::Rust,
    Language::Go,
    Language::JavaScript,
    Language::TypeScript,
    Language::Tsx,
    Language::Java,
    Language::CSharp,
];

/// Tests of one requirement, each once.
type Tests = FxHashSet<(FileId, u32)>;

impl Graph {
    /// Finds anew what tests show of the requirements of these features, or of each.
    pub(super) fn find_proofs(&mut self, some: Option<&FxHashSet<FeatureId>>) {
        let mut found: FxHashMap<FeatureId, FxHashMap<SmolStr, Tests>> = FxHashMap::default();
        for (file, links) in &self.code {
            let Some(source) = self.inputs.sources.get(file) else {
                continue;
            };
            if source.facts.tests.is_empty() {
                continue;
            }
            let mut links = links.iter().filter(|link| speaks_of(link, some)).peekable();
            if links.peek().is_none() {
                continue;
            }
            let in_tests = code::is_test_path(self.inputs.tree.path_str(*file));
            for link in links {
                let (Some(mention), Resolved::Items(items, Basis::Declared)) = (
                    source.facts.mentions.get(link.mention as usize),
                    &link.resolved,
                ) else {
                    continue;
                };
                if !is_in_test(mention, in_tests) {
                    continue;
                }
                let tests = self.tests_meant(*file, source, mention);
                for item in items.iter().filter(|item| is_among(item.feature, some)) {
                    if let Some(id) = self.requirement_id(*item) {
                        let of = found.entry(item.feature).or_default();
                        let of = of.entry(id).or_default();
                        of.extend(tests.iter().map(|test| (*file, *test)));
                    }
                }
            }
        }
        let mut now: Vec<(usize, Proofs)> = Vec::new();
        let features = self.features.iter().enumerate();
        for (at, feature) in features.filter(|(_, it)| is_among(it.id, some)) {
            let proofs = found
                .remove(&feature.id)
                .map_or_else(Proofs::default, |of| self.proofs(of));
            if *feature.proofs != proofs {
                now.push((at, proofs));
            }
        }
        if now.is_empty() {
            return;
        }
        let features = Arc::make_mut(&mut self.features);
        for (at, proofs) in now {
            Arc::make_mut(&mut features[at]).proofs = Arc::new(proofs);
        }
    }

    /// The tests a mention speaks of: the one around or below it, those of its group, else all of the file.
    fn tests_meant(
        &self,
        file: FileId,
        source: &SourceFile,
        mention: &code::SourceMention,
    ) -> Vec<u32> {
        if let Some(test) = mention.test {
            return vec![test];
        }
        let group = mention
            .group
            .and_then(|group| source.facts.groups.get(group as usize));
        let tests = (0_u32..).zip(&source.facts.tests);
        let mut tests: Vec<u32> = tests
            .filter(|(_, test)| group.is_none_or(|group| group.range.contains_range(test.range)))
            .map(|(at, _)| at)
            .collect();
        // An id above several tests names none of them: some may be of something else.
        let proves = |test: &u32| {
            let proof = self.proof(file, *test);
            proof.is_some_and(|it| it.standing == ProofStanding::Proves)
        };
        if tests.iter().any(proves) {
            tests.retain(proves);
        }
        tests
    }

    /// Tasks, stories and their criteria have no dash.
    fn requirement_id(&self, item: ItemRef) -> Option<SmolStr> {
        let feature = self.features.get(item.feature.0 as usize)?;
        let id = &feature.item(item)?.id;
        id.contains('-').then(|| id.clone())
    }

    fn proofs(&self, of: FxHashMap<SmolStr, Tests>) -> Proofs {
        let all = of.into_iter().map(|(id, tests)| {
            let proofs = tests.into_iter();
            let mut proofs: Vec<Proof> = proofs
                .filter_map(|(file, test)| self.proof(file, test))
                .collect();
            proofs.sort_unstable_by_key(|proof| (proof.file, proof.range.start()));
            (id, proofs)
        });
        Proofs {
            of: all.collect(),
            complete: self.inputs.sources_read && !self.inputs.tree.is_sparse(),
        }
    }

    fn proof(&self, file: FileId, test: u32) -> Option<Proof> {
        let source = self.inputs.sources.get(&file)?;
        let facts = source.facts.tests.get(test as usize)?;
        let known = source.facts.symbols_known && !source.facts.truncated;
        let judged = source
            .facts
            .language
            .is_some_and(|language| ASSERTING.contains(&language));
        let mut alike = source.facts.tests.iter();
        // Which of two with one name runs may hang on a condition.
        let is_one = alike.all(|it| it.range == facts.range || it.full_name != facts.full_name);
        let run = self.certain_run(file, test);
        let standing = match run {
            Some((Outcome::Failed, report)) => ProofStanding::Fails(report),
            _ if facts.skipped && is_one && known => ProofStanding::Skipped,
            _ if facts.asserts => ProofStanding::Proves,
            _ if known && judged && is_one && !facts.may_assert => ProofStanding::Empty,
            _ => ProofStanding::Unknown,
        };
        Some(Proof {
            file,
            range: facts.name_range,
            name: facts.full_name.as_str().into(),
            standing,
        })
    }

    /// Whether a test of a requirement whose work is done surely shows nothing.
    #[must_use]
    pub fn has_hollow_tests(&self) -> bool {
        let mut features = self.features.iter();
        features.any(|it| it.may_have_finished() && it.proofs.has_hollow())
    }

    /// Whether tests name requirements whose work may be done, so that reports of tests can matter to findings.
    #[must_use]
    pub fn awaits_reports(&self) -> bool {
        let mut features = self.features.iter();
        features.any(|it| it.may_have_finished() && !it.proofs.of.is_empty())
    }

    /// Sources that may have tests of requirements whose work is done.
    #[must_use]
    pub fn perhaps_proving(&self, skimmed: &Skimmed) -> FxHashSet<FileId> {
        let work = self.features.iter().flat_map(|it| it.finished_work());
        let ids: FxHashSet<SmolStr> = work.map(|work| work.id).collect();
        if ids.is_empty() {
            return FxHashSet::default();
        }
        skimmed.naming(&ids)
    }

    /// Whether tests may matter to findings beyond what they mention.
    pub(super) fn judges_tests(&self) -> bool {
        self.features
            .iter()
            .any(|it: &Arc<Feature>| it.may_have_finished())
    }
}
