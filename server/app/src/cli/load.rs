//! From roots to an analysis, for every command.

mod elsewhere;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ide::{Analysis, Unwritable};
use workspace::{Host, Members, Options, ReadOutcome, Releases, Snapshot};

use super::markup::one_line;
use super::progress::Progress;
use super::{decisions, human};

/// How much a command needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Documents, git history, the sources that findings depend on.
    Findings,
    /// Every source file as well: all that links need.
    Links,
    /// Documents and every source file, no git history: what is there.
    Present,
}

/// A loaded workspace.
pub(crate) struct Loaded {
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) analysis: Analysis,
    /// Which release has what; tags are read when it is asked.
    pub(crate) releases: Releases,
    /// What took how long, in order.
    pub(crate) timings: Vec<(&'static str, Duration)>,
}

/// Loads `roots` (the current directory if there are none). Settings that cannot be read stop it. The error is a text for
/// people.
pub(crate) fn load(roots: &[PathBuf], depth: Depth) -> Result<Loaded, String> {
    load_with(&mut host(roots)?, depth)
}

/// A host for `roots`, which has not looked at anything yet.
pub(crate) fn host(roots: &[PathBuf]) -> Result<Host, String> {
    Ok(Host::new(options(resolve(roots)?)))
}

/// As [`load`], with a host.
pub(crate) fn load_with(host: &mut Host, depth: Depth) -> Result<Loaded, String> {
    let loaded = look(host, depth);
    match decisions::broken(&loaded.snapshot, &human::renderer(&std::io::stderr())) {
        Some(excerpts) => Err(format!("the settings cannot be read.\n\n{excerpts}")),
        None => Ok(loaded),
    }
}

/// The same with the settings that can be read.
pub(crate) fn load_anyway(roots: &[PathBuf], depth: Depth) -> Result<Loaded, String> {
    Ok(look(&mut host(roots)?, depth))
}

fn look(host: &mut Host, depth: Depth) -> Loaded {
    let mut timings = Vec::new();
    let mut clock = Instant::now();
    let mut lap = |what| {
        timings.push((what, clock.elapsed()));
        clock = Instant::now();
    };
    let progress = Progress::new(3);
    let second = match depth {
        Depth::Links => "sources and git history",
        Depth::Findings => "git history",
        Depth::Present => "sources",
    };
    let names = ["walk and documents", second, "rules"];
    progress.part(names[0]);
    match depth {
        Depth::Findings => host.scan_documents(),
        Depth::Links | Depth::Present => host.scan(),
    }
    lap(names[0]);
    progress.part(names[1]);
    let snapshot = match depth {
        Depth::Present => host.finish_links(),
        _ => host.finish(depth == Depth::Links),
    };
    lap(names[1]);
    progress.part(names[2]);
    let policy = crate::decisions::policy(&snapshot);
    let analysis = Analysis::new(Arc::clone(&snapshot.graph)).with_policy(policy);
    lap(names[2]);
    Loaded {
        releases: host.releases(),
        snapshot,
        analysis,
        timings,
    }
}

/// How the command line sets up a host.
pub(crate) fn options(members: Members) -> Options {
    Options {
        roots: members.roots,
        names: members.names,
        facts: members.facts,
        active: active_by_environment(),
        codes: crate::decisions::codes(),
        unheard: Some(rules::unheard),
        cache: crate::cache::chosen(),
        still: std::time::Duration::ZERO,
    }
}

/// The folders and facts files of the command line. A folder is a directory, facts are a file.
pub(crate) fn resolve(given: &[PathBuf]) -> Result<Members, String> {
    let mut folders: Vec<PathBuf> = Vec::new();
    let mut facts = Vec::new();
    for path in given {
        let full = path
            .canonicalize()
            .map_err(|error| format!("{} cannot be opened: {error}.", path.display()))?;
        if full.is_dir() {
            if !folders.contains(&full) {
                folders.push(full);
            }
        } else if full.extension().is_some_and(|end| end == "json") {
            facts.push((None, full));
        } else {
            return Err(format!("{} is not a directory.", path.display()));
        }
    }
    if folders.is_empty() {
        let here = PathBuf::from(".").canonicalize();
        folders.push(here.map_err(|error| format!("this directory cannot be opened: {error}."))?);
    }
    let mut members = Members::of(&folders);
    members.facts.extend(facts);
    Ok(members)
}

/// Spec Kit's own variables (speckit-format section 2.5).
pub(crate) fn active_by_environment() -> Vec<String> {
    ["SPECIFY_FEATURE_DIRECTORY", "SPECIFY_FEATURE"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .filter(|value| !value.is_empty())
        .collect()
}

/// What was read, if it can be written again without a loss: its text and the hash of its bytes.
pub(crate) fn writable(read: ReadOutcome) -> Result<(Arc<str>, u128), Unwritable> {
    match read {
        ReadOutcome::Text(read) if read.invalid == 0 => Ok((read.text.into(), read.hash)),
        ReadOutcome::Text(_) => Err(Unwritable::NotUtf8),
        ReadOutcome::TooLarge { .. } => Err(Unwritable::TooLarge),
        ReadOutcome::Missing | ReadOutcome::Unreadable(_) => Err(Unwritable::Missing),
    }
}

impl Loaded {
    /// Fails with a helpful text where no spec documents were found.
    pub(crate) fn require_documents(&self) -> Result<(), String> {
        let graph = &self.analysis.graph;
        if !graph.features().is_empty() || !graph.inputs().published.is_empty() {
            return Ok(());
        }
        let roots: Vec<String> = self
            .snapshot
            .roots
            .iter()
            .map(|root| root.display().to_string())
            .collect();
        let hint = self
            .snapshot
            .roots
            .iter()
            .find_map(|root| elsewhere::above(root))
            .or_else(|| {
                let tree = &self.analysis.graph.inputs().tree;
                tree.is_sparse().then(|| elsewhere::SPARSE.to_owned())
            });
        Err(format!(
            "no spec documents found below {}.\n{}",
            roots.join(", "),
            hint.unwrap_or_else(|| elsewhere::LOOKED_FOR.to_owned())
        ))
    }

    /// The path of a file from its root, and the root's name.
    pub(crate) fn place(&self, file: text::FileId) -> (&str, &str) {
        let tree = &self.analysis.graph.inputs().tree;
        let root = tree
            .path(file)
            .and_then(|(root, _)| tree.roots().get(root.0 as usize));
        (
            root.map_or("", |root| root.name.as_str()),
            tree.path_str(file),
        )
    }

    /// How a path is shown to people: with the root's name where there are several roots.
    pub(crate) fn shown(&self, file: text::FileId) -> String {
        let (root, path) = self.place(file);
        if self.snapshot.roots.len() > 1 {
            one_line(&format!("{root}/{path}"))
        } else {
            one_line(path)
        }
    }
}
