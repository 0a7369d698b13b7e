//! `--since REV`: which findings are new between the merge base of a revision and the working tree.
//!
//! The merge base is checked as the working tree is, every feature of it, before any decision of the team; a finding is
//! old if one with its fingerprint was there. So an old finding that a change makes visible is not new.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ide::Analysis;
use rules::Finding;
use settings::{Baseline, Level, Settings, Weakening};
use trace::{Feature, RootId};
use workspace::{Commit, Host, Members, Options, ReadOutcome, Repository, SOURCE_LIMIT};

use super::load::{Depth, Loaded, options};
use super::progress::Progress;

/// The merge base of every root, and the findings there.
pub(crate) struct Since {
    /// The revision as it was given.
    pub(crate) revision: String,
    /// The merge base of each root, shortened.
    pub(crate) bases: Vec<String>,
    /// Documents, sources and links there.
    pub(crate) graph: Arc<trace::Graph>,
    /// How often each finding was there.
    known: HashMap<(RootId, String), u32>,
    /// What the team had decided there, by root.
    decided: Vec<(Settings, Baseline)>,
    /// How long it took to find out.
    pub(crate) took: Duration,
}

/// Checks the merge base of `revision` and HEAD; with [`Depth::Links`] all sources are read there, too. The error is a sentence for people.
pub(crate) fn since(loaded: &Loaded, revision: &str, depth: Depth) -> Result<Since, String> {
    let clock = Instant::now();
    let (options, commits) = bases_of(loaded, revision)?;
    let bases = commits.iter().map(Commit::short_id).collect();
    let mut host = host_at(options, Arc::clone(&commits), loaded);
    let progress = Progress::new(2);
    progress.part("documents and git history at the merge base");
    host.scan();
    let snapshot = host.finish(depth == Depth::Links);
    if let Some(commit) = commits.iter().find(|commit| commit.missing() > 0) {
        return Err(format!(
            "{} of the files at {} could not be read: {}.",
            commit.missing(),
            commit.short_id(),
            commit.why_missing()
        ));
    }
    let mut known: HashMap<(RootId, String), u32> = HashMap::new();
    progress.part("rules at the merge base");
    let before = Analysis::new(Arc::clone(&snapshot.graph));
    for (feature, all) in before.checked.features() {
        for finding in &all.findings {
            *known.entry(key(feature, finding)).or_default() += 1;
        }
    }
    Ok(Since {
        revision: revision.to_owned(),
        bases,
        graph: Arc::clone(&snapshot.graph),
        known,
        decided: commits.iter().map(decided).collect(),
        took: clock.elapsed(),
    })
}

/// The merge base of a revision and HEAD in each root, and how a host over them is set up.
pub(crate) fn bases_of(
    loaded: &Loaded,
    revision: &str,
) -> Result<(Options, Arc<[Commit]>), String> {
    // Repositories that are not checked out come last; nothing is said of them, then or now.
    let there = loaded.analysis.graph.inputs().tree.roots();
    let (roots, names): (Vec<PathBuf>, Vec<_>) = there
        .iter()
        .zip(loaded.snapshot.roots.iter())
        .take_while(|(root, _)| !root.absent)
        .map(|(root, path)| (path.clone(), root.name.clone()))
        .unzip();
    let commits: Vec<Commit> = roots
        .iter()
        .map(|root| merge_base(root, revision))
        .collect::<Result<_, _>>()?;
    let options = options(Members {
        roots,
        names,
        ..Members::default()
    });
    Ok((options, commits.into()))
}

/// A host over commits, which has not looked at anything yet.
pub(crate) fn host_at(options: Options, commits: Arc<[Commit]>, loaded: &Loaded) -> Host {
    Host::at(options, commits, &loaded.snapshot)
}

fn merge_base(root: &Path, revision: &str) -> Result<Commit, String> {
    let repository = Repository::discover(root).ok_or_else(|| {
        format!(
            "`--since` compares with a commit, and {} is not in a git repository.",
            root.display()
        )
    })?;
    repository.merge_base(revision)
}

/// Settings and baseline of a commit, as far as they can be read.
fn decided(commit: &Commit) -> (Settings, Baseline) {
    let text = |path: &str| match commit.text(path, SOURCE_LIMIT) {
        ReadOutcome::Text(read) => read.text,
        _ => String::new(),
    };
    let settings = settings::read(&text(settings::FILE), &crate::decisions::codes()).settings;
    let (baseline, _) = Baseline::read(&text(settings.baseline_path()));
    (settings, baseline)
}

fn key(feature: &Feature, finding: &Finding) -> (RootId, String) {
    (feature.root, finding.fingerprint(&feature.path))
}

impl Since {
    /// The findings that are new, and how many are not. Of several alike as many are old as there were.
    pub(crate) fn new_of<'a>(
        &self,
        findings: Vec<(&'a Arc<Feature>, &'a Finding)>,
    ) -> (Vec<(&'a Arc<Feature>, &'a Finding)>, usize) {
        let mut left = self.known.clone();
        let before = findings.len();
        let new: Vec<_> = findings
            .into_iter()
            .filter(
                |(feature, finding)| match left.get_mut(&key(feature, finding)) {
                    Some(count) if *count > 0 => {
                        *count -= 1;
                        false
                    }
                    _ => true,
                },
            )
            .collect();
        let older = before - new.len();
        (new, older)
    }

    /// What the team's decisions let pass now that they did not at the merge base, by index of the root.
    pub(crate) fn weakened(&self, loaded: &Loaded) -> Vec<(usize, Weakening)> {
        let now = loaded.snapshot.settings.iter();
        let pairs = self.decided.iter().zip(now).enumerate();
        let weakened = pairs.map(|(at, ((settings, baseline), now))| {
            let after = (&*now.settings, &*now.baseline);
            let shown = |code: &str| {
                let rule = rules::rule(code);
                rule.map_or(Level::Off, |rule| rule.descriptor().shown())
            };
            (at, settings::weakening((settings, baseline), after, &shown))
        });
        weakened.filter(|(_, it)| !it.is_empty()).collect()
    }

    /// `main (merge base 1a2b3c4)`.
    pub(crate) fn shown(&self) -> String {
        let mut bases = self.bases.clone();
        bases.dedup();
        format!("{} (merge base {})", self.revision, bases.join(", "))
    }
}
