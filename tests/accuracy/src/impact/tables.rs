//! The figures of impact against git, as tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::Tried;

/// How many sources one way names, and how many of them changed.
type Counted = fn(&Tried) -> (usize, usize);

/// One commit: all that changed in it.
struct Commit<'t> {
    repository: &'t str,
    things: Vec<&'t Tried>,
    /// Sources that changed together, those of the things among them.
    changed: BTreeSet<&'t str>,
    /// Those of them to which a thing in another file leads.
    hits: BTreeSet<&'t str>,
    /// All that one of the things leads to.
    named: BTreeSet<&'t str>,
}

fn commits(all: &[Tried]) -> Vec<Commit<'_>> {
    let mut by: BTreeMap<(&str, &str), Vec<&Tried>> = BTreeMap::new();
    for each in all.iter().filter(|each| !each.together.is_empty()) {
        by.entry((&each.repository, &each.commit))
            .or_default()
            .push(each);
    }
    by.into_iter()
        .map(|((repository, _), things)| commit(repository, things))
        .collect()
}

fn commit<'t>(repository: &'t str, things: Vec<&'t Tried>) -> Commit<'t> {
    let mut changed: BTreeSet<&str> = BTreeSet::new();
    let mut hits: BTreeSet<&str> = BTreeSet::new();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for thing in &things {
        changed.extend(thing.together.iter().map(String::as_str));
        hits.extend(thing.hits.iter().map(String::as_str));
        named.extend(thing.named.iter().map(String::as_str));
    }
    Commit {
        repository,
        things,
        changed,
        hits,
        named,
    }
}

/// All tables.
#[must_use]
pub fn text(all: &[Tried]) -> String {
    let commits = commits(all);
    let whole: Vec<&Commit<'_>> = commits.iter().collect();
    let contracts: Vec<&Commit<'_>> = commits
        .iter()
        .filter(|it| it.things.iter().any(|thing| thing.kind == "contract"))
        .collect();
    let mut out = String::from(
        "| | commits | things that changed | recall | sources named: median | p90 | share of the sources | of those named, changed |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    row(&mut out, "all", &whole);
    row(&mut out, "with a contract", &contracts);
    out.push_str("\nEach thing by itself, beside what is simpler:\n\n| | recall | sources named: median | p90 |\n|---|---:|---:|---:|\n");
    let sets: [(&str, Counted); 4] = [
        ("impact", |it| (it.size, it.hits.len())),
        ("impact, one step", |it| it.near),
        ("sources of the same directory", |it| it.directory),
        ("sources that hold the name", |it| it.text),
    ];
    let rows: Vec<&Tried> = all.iter().filter(|it| !it.together.is_empty()).collect();
    for (name, set) in sets {
        let sizes: Vec<usize> = rows.iter().map(|it| set(it).0).collect();
        let recall = mean(rows.iter().map(|it| share(set(it).1, it.together.len())));
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {} |",
            percent(recall),
            quantile(&sizes, 50),
            quantile(&sizes, 90)
        );
    }
    let naming: Vec<&Tried> = rows
        .iter()
        .copied()
        .filter(|it| !it.naming.is_empty())
        .collect();
    let recall = mean(naming.iter().map(|it| {
        let hits = it
            .naming
            .iter()
            .filter(|path| it.hits.contains(path))
            .count();
        share(hits, it.naming.len())
    }));
    let _ = write!(
        out,
        "\nOf files whose changed lines have the name of the thing ({} things): recall {}.\n\n",
        naming.len(),
        percent(recall)
    );
    out.push_str("| repository | commits | things that changed | recall | sources named: median | p90 | share of the sources | of those named, changed |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
    let names: BTreeSet<&str> = commits.iter().map(|it| it.repository).collect();
    for name in names {
        let rows: Vec<&Commit<'_>> = commits.iter().filter(|it| it.repository == name).collect();
        row(&mut out, name, &rows);
    }
    out
}

fn row(out: &mut String, name: &str, rows: &[&Commit<'_>]) {
    let sizes: Vec<usize> = rows.iter().map(|it| it.named.len()).collect();
    let things: usize = rows.iter().map(|it| it.things.len()).sum();
    let sources = |it: &Commit<'_>| it.things.first().map_or(0, |thing| thing.sources);
    let _ = writeln!(
        out,
        "| {name} | {} | {things} | {} | {} | {} | {} | {} |",
        rows.len(),
        percent(mean(rows.iter().map(|it| share(
            it.hits.intersection(&it.changed).count(),
            it.changed.len()
        )))),
        quantile(&sizes, 50),
        quantile(&sizes, 90),
        percent(mean(
            rows.iter().map(|it| share(it.named.len(), sources(it)))
        )),
        percent(mean(
            rows.iter()
                .filter(|it| !it.named.is_empty())
                .map(|it| share(it.hits.len(), it.named.len()))
        ))
    );
}

fn mean(all: impl Iterator<Item = f64>) -> f64 {
    let all: Vec<f64> = all.collect();
    if all.is_empty() {
        0.0
    } else {
        all.iter().sum::<f64>() / float(all.len())
    }
}

fn share(part: usize, all: usize) -> f64 {
    if all == 0 {
        0.0
    } else {
        float(part) / float(all)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of files")]
fn float(count: usize) -> f64 {
    count as f64
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn quantile(all: &[usize], percent: usize) -> usize {
    let mut all = all.to_vec();
    all.sort_unstable();
    let at = (all.len() * percent / 100).min(all.len().saturating_sub(1));
    all.get(at).copied().unwrap_or_default()
}
