//! Edits a copy of a repository, one place at a time, and compares what is said with what was said before.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::Outcome;
use crate::check::{Report, Run, check};
use crate::checkout::{Change, Checkout, called};
use crate::judge::{Expected, Judgement, Verdict, difference, judge};
use crate::random::Random;
use crate::world::World;
use crate::{defects, neutral};

/// A place that an edit can be made at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// In [`World::documents`].
    pub document: usize,
    /// From 0.
    pub line: usize,
}

/// One edit, ready to be made.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The bytes and files.
    pub change: Change,
    /// `path:line`, in the edited file.
    pub place: String,
    /// The edit in words.
    pub what: String,
    /// What it has to bring.
    pub expected: Expected,
}

/// A kind of edit.
pub struct Kind {
    /// Its name: `story-label`.
    pub name: &'static str,
    /// The rule that has to speak; none for neutral edits.
    pub rule: Option<&'static str>,
    /// The edit, and where the rule is defined to speak about it.
    pub about: &'static str,
    /// Every place in a repository.
    pub spots: fn(&World) -> Vec<Spot>,
    /// The edit at a place; nothing where a closer look says no.
    pub edit: fn(&World, Spot, &mut Random) -> Option<Edit>,
}

/// What to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program.
    pub binary: PathBuf,
    /// Only these rules or kinds, `neutral` for all neutral edits; empty: everything.
    pub rules: Vec<String>,
    /// Seeds for each rule and repository.
    pub per_rule: usize,
    /// Neutral edits of each kind for each repository.
    pub per_neutral: usize,
    /// Chooses the places.
    pub seed: u64,
    /// Copies that are worked on at once.
    pub jobs: usize,
}

/// One edit and its outcome.
#[derive(Debug, Clone, Serialize)]
pub struct Tried {
    /// The repository.
    pub repository: String,
    /// The kind of edit.
    pub kind: &'static str,
    /// The rule that had to speak.
    pub rule: Option<&'static str>,
    /// `path:line` in the edited file.
    pub place: String,
    /// The edit in words.
    pub what: String,
    /// What came of it.
    #[serde(flatten)]
    pub judgement: Judgement,
}

/// A kind that a repository has no place for.
#[derive(Debug, Clone, Serialize)]
pub struct Skipped {
    /// The repository.
    pub repository: String,
    /// The kind of edit.
    pub kind: &'static str,
}

/// What one repository gave.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Seeded {
    /// Every edit, in a stable order.
    pub tried: Vec<Tried>,
    /// Kinds without a place.
    pub skipped: Vec<Skipped>,
    /// Findings before any edit, by code.
    pub baseline: BTreeMap<String, usize>,
}

/// All kinds, defects first.
#[must_use]
pub fn kinds() -> Vec<&'static Kind> {
    defects::all().chain(neutral::all()).collect()
}

/// Seeds one repository.
///
/// # Errors
/// The repository cannot be copied or checked, or the same text was judged otherwise at the end than at the start.
pub fn seed(repository: &Path, options: &Options) -> Outcome<Seeded> {
    let name = called(repository);
    let silent = crate::check::silent(&options.binary)?;
    let copy = || {
        let mut copy = Checkout::of(repository, None)?;
        copy.let_all_speak(&silent)?;
        Ok::<_, String>(copy)
    };
    let first = copy()?;
    let Run {
        report: baseline, ..
    } = check(&options.binary, first.path(), true)?;
    let world = World::read(&first, &baseline)?;
    let mut plan: Vec<(&'static Kind, Edit)> = Vec::new();
    let mut skipped = Vec::new();
    for (kind, count) in wanted(options) {
        let edits = chosen(kind, &world, options.seed, count);
        if edits.is_empty() && count > 0 {
            skipped.push(Skipped {
                repository: name.clone(),
                kind: kind.name,
            });
        }
        plan.extend(edits.into_iter().map(|edit| (kind, edit)));
    }
    let mut checkouts = vec![first];
    while checkouts.len() < options.jobs.min(plan.len()) {
        checkouts.push(copy()?);
    }
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, Outcome<Tried>)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for checkout in &checkouts {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some((kind, edit)) = plan.get(at) else {
                        break;
                    };
                    let tried =
                        attempt(checkout, options, &baseline, kind, edit).map(|judgement| Tried {
                            repository: name.clone(),
                            kind: kind.name,
                            rule: kind.rule,
                            place: edit.place.clone(),
                            what: edit.what.clone(),
                            judgement,
                        });
                    let stop = tried.is_err();
                    results
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((at, tried));
                    if stop {
                        break;
                    }
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(at, _)| *at);
    let tried = results
        .into_iter()
        .map(|(_, tried)| tried)
        .collect::<Outcome<Vec<_>>>()?;
    for checkout in &checkouts {
        let Run { report: again, .. } = check(&options.binary, checkout.path(), true)?;
        let (fresh, gone) = difference(&baseline, &again);
        if !fresh.is_empty() || !gone.is_empty() {
            return Err(format!(
                "{name}: the untouched copy has other findings at the end than at the start"
            ));
        }
    }
    let mut before = BTreeMap::new();
    for finding in &baseline.findings {
        *before.entry(finding.code.clone()).or_default() += 1;
    }
    Ok(Seeded {
        tried,
        skipped,
        baseline: before,
    })
}

/// Kinds with how many edits of each; a rule's seeds are spread over its kinds.
fn wanted(options: &Options) -> Vec<(&'static Kind, usize)> {
    let kinds = kinds();
    let named = |name: &str| options.rules.iter().any(|each| each == name);
    let mut wanted = Vec::new();
    for kind in &kinds {
        if named(kind.name) {
            let count = if kind.rule.is_some() {
                options.per_rule
            } else {
                options.per_neutral
            };
            wanted.push((*kind, count));
            continue;
        }
        let Some(rule) = kind.rule else {
            if options.rules.is_empty() || named("neutral") {
                wanted.push((*kind, options.per_neutral));
            }
            continue;
        };
        if !options.rules.is_empty() && !named(rule) {
            continue;
        }
        let alike: Vec<&str> = kinds
            .iter()
            .filter(|each| each.rule == Some(rule))
            .map(|each| each.name)
            .collect();
        let at = alike
            .iter()
            .position(|name| *name == kind.name)
            .unwrap_or(0);
        let share =
            options.per_rule / alike.len() + usize::from(at < options.per_rule % alike.len());
        wanted.push((*kind, share));
    }
    wanted
}

/// Up to `count` edits, spread over the documents.
fn chosen(kind: &Kind, world: &World, seed: u64, count: usize) -> Vec<Edit> {
    let mut random = Random::new(seed, kind.name);
    let mut spots = (kind.spots)(world);
    random.shuffle(&mut spots);
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut rounds: Vec<(usize, Spot)> = spots
        .into_iter()
        .map(|spot| {
            let round = taken.entry(spot.document).or_default();
            *round += 1;
            (*round, spot)
        })
        .collect();
    rounds.sort_by_key(|(round, _)| *round);
    let mut edits = Vec::new();
    for (_, spot) in rounds {
        if edits.len() == count {
            break;
        }
        edits.extend((kind.edit)(world, spot, &mut random));
    }
    edits
}

/// Makes an edit, looks, and puts everything back.
fn attempt(
    checkout: &Checkout,
    options: &Options,
    baseline: &Report,
    kind: &Kind,
    edit: &Edit,
) -> Outcome<Judgement> {
    checkout
        .apply(&edit.change)
        .map_err(|error| format!("{} at {}: {error}", kind.name, edit.place))?;
    let judgement = match check(&options.binary, checkout.path(), true) {
        Ok(run) => judge(baseline, &run.report, &edit.expected, |path| {
            std::fs::read_to_string(checkout.path().join(path)).ok()
        }),
        Err(error) => Judgement {
            verdict: Verdict::Failed,
            exact: false,
            said: Some(error),
            elsewhere: Vec::new(),
            crooked: Vec::new(),
            gone: Vec::new(),
        },
    };
    checkout.restore()?;
    Ok(judgement)
}
