//! Mutations of sources and documents after everything was accepted: what is told of them, and of those that mean nothing.
//!
//! What is linked is what the program itself wrote into `spec.lock`. The mutations are small edits of text ([`source`]) that
//! share no code with the program.

mod harm;
pub mod links;
mod neutral;
pub mod source;
pub mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::check::{Finding, Report, check, silent};
use crate::checkout::{Change, Checkout, called};
use crate::judge::difference;
use crate::random::Random;
use links::{Link, decoded};
use neutral::format::Formatted;
use source::{Case, Symbol};

/// Findings about files that are named where they are not any more: true after a move, and not about what was accepted.
const OF_PLACES: &[&str] = &[
    "broken-path",
    "broken-link",
    "phantom-task",
    "ambiguous-path",
];

/// Kinds whose rule is off by its figures: they are run with it on, and count for themselves.
const APART: &[&str] = &["dependency-removed"];

/// What to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program.
    pub binary: PathBuf,
    /// Mutations of each kind for each repository.
    pub per_kind: usize,
    /// Chooses the places.
    pub seed: u64,
    /// Only these kinds; empty: all.
    pub kinds: Vec<String>,
}

/// A kind of mutation.
pub struct Kind {
    /// Its name: `parameter-changed`.
    pub name: &'static str,
    /// Codes of which one has to appear; none: it means nothing, and nothing may appear.
    pub codes: &'static [&'static str],
    /// The mutation in words.
    pub about: &'static str,
    /// All mutations of this kind, in any order.
    pub mutations: fn(&Scene) -> Vec<Mutation>,
}

/// One mutation, ready to be made.
#[derive(Debug, Clone)]
pub struct Mutation {
    /// The bytes and files.
    pub change: Change,
    /// The file it is in.
    pub path: String,
    /// The edit in words.
    pub what: String,
}

/// A repository in which everything is accepted.
#[derive(Debug)]
pub struct Scene {
    root: PathBuf,
    /// What was accepted.
    pub links: Vec<Link>,
    /// Linked symbols that the small reader finds, each once.
    pub symbols: Vec<Symbol>,
    /// Linked tests that are calls with a title, found likewise.
    pub cases: Vec<Case>,
    /// Tracked files.
    pub files: BTreeSet<String>,
    formatted: OnceLock<Formatted>,
}

impl Scene {
    /// The text of a file; nothing if it is missing or no UTF-8.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.root.join(path)).ok()
    }

    /// Files with accepted code, each once.
    pub fn sources(&self) -> BTreeSet<&str> {
        let symbols = self.symbols.iter().map(|symbol| symbol.path.as_str());
        let cases = self.cases.iter().map(|case| case.path.as_str());
        symbols.chain(cases).collect()
    }

    /// What formatters make of the files with accepted code and of the documents.
    fn formatted(&self) -> &Formatted {
        self.formatted.get_or_init(|| Formatted::of(self))
    }
}

/// What came of a mutation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// A finding of the right code names the file.
    Found,
    /// None does, and the program counts more that it cannot tell.
    Unknown,
    /// None does.
    Missed,
    /// It means nothing, and nothing is said.
    Quiet,
    /// It means nothing, and something is said.
    False,
    /// The program did not answer.
    Failed,
}

/// One mutation and its outcome.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tried {
    /// The repository.
    pub repository: String,
    /// The kind.
    pub kind: String,
    /// What came of it.
    pub verdict: Verdict,
    /// The file.
    pub path: String,
    /// The edit in words.
    pub what: String,
    /// What the program says about it.
    pub said: Vec<String>,
}

/// What one repository gave.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Drifted {
    /// The repository.
    pub repository: String,
    /// Accepted pairs of an item and code.
    pub accepted: usize,
    /// Linked symbols that could be mutated.
    pub symbols: usize,
    /// Accepted symbols and tests by the ending of their files.
    pub languages: BTreeMap<String, usize>,
    /// What could not be formatted, and why.
    pub left_out: Vec<String>,
    /// Every mutation.
    pub tried: Vec<Tried>,
}

/// All kinds, those that mean something first.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    harm::all().chain(neutral::all())
}

/// Accepts everything in a copy of a repository, and mutates it.
///
/// # Errors
/// The repository cannot be copied, accepted or checked, or is not as it was at the end.
pub fn drift(repository: &Path, options: &Options) -> Outcome<Drifted> {
    let name = called(repository);
    let mut checkout = Checkout::of(repository, None)?;
    accept(&options.binary, checkout.path())?;
    checkout.commit("Accepted")?;
    let scene = scene(&checkout)?;
    let mut drifted = Drifted {
        repository: name.clone(),
        accepted: scene.links.len(),
        symbols: scene.symbols.len() + scene.cases.len(),
        ..Drifted::default()
    };
    let parts = scene
        .links
        .iter()
        .filter(|link| link.symbol.is_some() || link.test.is_some());
    for link in parts {
        let ending = source::extension(&link.path).to_owned();
        *drifted.languages.entry(ending).or_default() += 1;
    }
    // Kinds of rules that are off come last: they are switched on, and so the findings of the start are others.
    let silent = silent(&options.binary)?;
    for off in [false, true] {
        let wanted = kinds().filter(|kind| {
            let named = options.kinds.iter().any(|wanted| wanted == kind.name);
            let mut codes = kind.codes.iter();
            let is_off = !kind.codes.is_empty()
                && codes.all(|code| silent.iter().any(|silent| silent == code));
            is_off == off && (options.kinds.is_empty() || named)
        });
        let wanted: Vec<&Kind> = wanted.collect();
        if off {
            let codes = wanted.iter().flat_map(|kind| kind.codes);
            let codes: Vec<String> = codes.map(|code| (*code).to_owned()).collect();
            checkout.let_all_speak(&codes)?;
        }
        if !wanted.is_empty() {
            mutate(&checkout, &scene, &wanted, options, &mut drifted)?;
        }
    }
    if let Some(formatted) = scene.formatted.get() {
        drifted.left_out.clone_from(&formatted.left_out);
    }
    Ok(drifted)
}

/// Makes mutations of these kinds, one at a time.
fn mutate(
    checkout: &Checkout,
    scene: &Scene,
    wanted: &[&'static Kind],
    options: &Options,
    drifted: &mut Drifted,
) -> Outcome<()> {
    let baseline = check(&options.binary, checkout.path(), true)?.report;
    for kind in wanted {
        let mut mutations = (kind.mutations)(scene);
        Random::new(options.seed, kind.name).shuffle(&mut mutations);
        // Spread over the files.
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        mutations.sort_by_cached_key(|mutation| {
            let round = taken.entry(mutation.path.clone()).or_default();
            *round += 1;
            *round
        });
        for mutation in mutations.into_iter().take(options.per_kind) {
            checkout
                .apply(&mutation.change)
                .map_err(|error| format!("{} in {}: {error}", kind.name, mutation.path))?;
            let (verdict, said) = match check(&options.binary, checkout.path(), true) {
                Ok(run) => judged(kind, &mutation, scene, &baseline, &run.report),
                Err(error) => (Verdict::Failed, vec![error]),
            };
            checkout.restore()?;
            drifted.tried.push(Tried {
                repository: drifted.repository.clone(),
                kind: kind.name.to_owned(),
                verdict,
                path: mutation.path,
                what: mutation.what,
                said,
            });
        }
    }
    let again = check(&options.binary, checkout.path(), true)?.report;
    let (fresh, gone) = difference(&baseline, &again);
    if fresh.is_empty() && gone.is_empty() {
        Ok(())
    } else {
        let name = &drifted.repository;
        Err(format!(
            "{name}: other findings at the end than at the start"
        ))
    }
}

/// Runs `accept --all`, without asking.
fn accept(binary: &Path, root: &Path) -> Outcome<()> {
    let output = Command::new(binary)
        .args(["accept", "--all", "--yes", "--reason", "read"])
        .arg("-C")
        .arg(root)
        .env("SPEC_ANALYZER_CACHE", "off")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{}: {error}", binary.display()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(format!("accept --all: {}: {said}", output.status))
}

fn scene(checkout: &Checkout) -> Outcome<Scene> {
    let files: BTreeSet<String> = checkout.files()?.into_iter().collect();
    let root = checkout.path().to_owned();
    let mut links = Vec::new();
    for path in &files {
        if path == "spec.lock" || path.ends_with("/spec.lock") {
            let text = std::fs::read_to_string(root.join(path)).unwrap_or_default();
            links.extend(links::read(&text, path));
        }
    }
    let mut named: Vec<(&str, &str)> = links
        .iter()
        .filter_map(|link| Some((link.path.as_str(), link.symbol.as_deref()?)))
        .collect();
    named.sort_unstable();
    named.dedup();
    let text = |path: &str| std::fs::read_to_string(root.join(path)).unwrap_or_default();
    let mut symbols = Vec::new();
    for (path, symbol) in named {
        symbols.extend(Symbol::find(path, symbol, &text(path)));
    }
    let tests: BTreeSet<(&str, &str)> = links
        .iter()
        .filter_map(|link| Some((link.path.as_str(), link.test.as_deref()?)))
        .collect();
    let mut cases = Vec::new();
    for (path, test) in tests {
        cases.extend(Case::find(path, test, &text(path)));
    }
    Ok(Scene {
        root,
        links,
        symbols,
        cases,
        files,
        formatted: OnceLock::new(),
    })
}

fn judged(
    kind: &Kind,
    mutation: &Mutation,
    scene: &Scene,
    before: &Report,
    after: &Report,
) -> (Verdict, Vec<String>) {
    let (fresh, _) = difference(before, after);
    let shown = |finding: &Finding| {
        format!(
            "{} {}:{} {}",
            finding.code, finding.path, finding.range.start.line, finding.message
        )
    };
    if kind.codes.is_empty() {
        let moves = mutation.change.commit;
        let loud: Vec<String> = fresh
            .into_iter()
            .filter(|finding| !moves || !OF_PLACES.contains(&finding.code.as_str()))
            .map(shown)
            .collect();
        return if loud.is_empty() {
            (Verdict::Quiet, loud)
        } else {
            (Verdict::False, loud)
        };
    }
    // Everything else is as it was: what is new of an item that was accepted with the file is of this mutation.
    let served: BTreeSet<&str> = scene
        .links
        .iter()
        .filter(|link| link.path == mutation.path)
        .map(|link| link.address.as_str())
        .collect();
    let names = |finding: &&Finding| {
        let related = finding.related.iter();
        let file = mutation.path.rsplit('/').next().unwrap_or_default();
        let item = finding.item.as_ref();
        let is_served = item.is_some_and(|it| served.contains(decoded(&it.address).as_str()));
        kind.codes.contains(&finding.code.as_str())
            && (finding.path == mutation.path
                || finding.message.contains(file)
                || is_served
                || related.into_iter().any(|other| other.path == mutation.path))
    };
    let found: Vec<String> = fresh.iter().copied().filter(names).map(shown).collect();
    if !found.is_empty() {
        return (Verdict::Found, found);
    }
    let (old, new) = (before.unknown_by_code(), after.unknown_by_code());
    let more = kind.codes.iter().any(|code| new.get(code) > old.get(code));
    let verdict = if more {
        Verdict::Unknown
    } else {
        Verdict::Missed
    };
    (verdict, fresh.into_iter().map(shown).collect())
}
