//! The figures of impact against git, as tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Named, Tried};

/// How many sources one way names, and how many of them changed.
type Counted<'t> = &'t dyn Fn(&Tried) -> (usize, usize);

/// What every row of things tells.
const HEAD: &str = "| | things | recall | could be found | sources named: median | p90 | of those named, changed | none named |\n\
                    |---|---:|---:|---:|---:|---:|---:|---:|\n";

/// All tables.
#[must_use]
pub fn text(all: &[Tried]) -> String {
    let rows: Vec<&Tried> = all.iter().filter(|it| !it.together.is_empty()).collect();
    let symbols = of(&rows, |it| it.kind != "contract");
    let mut out = String::new();
    by_commit(&mut out, &rows);
    out.push_str("\nEach thing by itself, all lists together:\n\n");
    out.push_str(HEAD);
    let kinds = [
        ("declarations", "declaration"),
        ("bodies", "body"),
        ("contracts", "contract"),
    ];
    for (name, kind) in kinds {
        row(&mut out, name, &of(&rows, |it| it.kind == kind), &whole);
    }
    out.push_str("\nEach symbol, list by list, beside what is simpler:\n\n");
    out.push_str(HEAD);
    let list = |name: &'static str| move |it: &Tried| it.counted(|named| named.list == name);
    let near = |it: &Tried| it.counted(|named| named.list == "breaks" && named.distance == 1);
    let sets: [(&str, Counted<'_>); 6] = [
        ("all lists", &whole),
        ("who uses it, one step", &near),
        ("who uses it", &list("breaks")),
        ("what it uses itself", &list("uses")),
        ("sources of the same directory", &|it| it.directory),
        ("sources that hold the name", &|it| it.text),
    ];
    for (name, set) in sets {
        row(&mut out, name, &symbols, set);
    }
    same_size(&mut out, &symbols);
    out.push_str("\nSymbols, by language:\n\n");
    out.push_str(HEAD);
    let languages: BTreeSet<&str> = symbols.iter().map(|it| language(it)).collect();
    for name in languages {
        let of_language = of(&symbols, |it| language(it) == name);
        row(&mut out, name, &of_language, &whole);
    }
    out.push_str("\nSymbols, by repository:\n\n");
    out.push_str(HEAD);
    let names: BTreeSet<&str> = rows.iter().map(|it| it.repository.as_str()).collect();
    for name in names {
        row(
            &mut out,
            name,
            &of(&symbols, |it| it.repository == name),
            &whole,
        );
    }
    out
}

fn whole(tried: &Tried) -> (usize, usize) {
    tried.counted(|_: &Named| true)
}

fn of<'t>(rows: &[&'t Tried], kept: impl Fn(&Tried) -> bool) -> Vec<&'t Tried> {
    rows.iter().copied().filter(|it| kept(it)).collect()
}

/// What a commit changed, all its things together.
fn by_commit(out: &mut String, rows: &[&Tried]) {
    let mut commits: BTreeMap<(&str, &str), Vec<&Tried>> = BTreeMap::new();
    for it in rows {
        let key = (it.repository.as_str(), it.commit.as_str());
        commits.entry(key).or_default().push(it);
    }
    let union = |things: &[&Tried], paths: fn(&Tried) -> Vec<&str>| {
        things
            .iter()
            .flat_map(|it| paths(it))
            .map(str::to_owned)
            .collect::<BTreeSet<String>>()
            .len()
    };
    let share_of = |things: &Vec<&Tried>, paths: fn(&Tried) -> Vec<&str>| {
        share(
            union(things, paths),
            union(things, |it| {
                it.together.iter().map(String::as_str).collect()
            }),
        )
    };
    let hits = mean(commits.values().map(|it| {
        share_of(it, |it| {
            it.together
                .iter()
                .filter(|path| it.named.contains_key(*path))
                .map(String::as_str)
                .collect()
        })
    }));
    let reachable = mean(
        commits
            .values()
            .map(|it| share_of(it, |it| it.reachable.iter().map(String::as_str).collect())),
    );
    let sizes: Vec<usize> = commits
        .values()
        .map(|it| union(it, |it| it.named.keys().map(String::as_str).collect()))
        .collect();
    let repositories: BTreeSet<&str> = commits.keys().map(|(name, _)| *name).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{} commits of {} repositories, {} things. By commit: recall {}, could be found {}; sources named: median {}, p90 {}.",
        commits.len(),
        repositories.len(),
        rows.len(),
        percent(hits),
        percent(reachable),
        quantile(&sizes, 50),
        quantile(&sizes, 90)
    );
}

fn row(out: &mut String, name: &str, rows: &[&Tried], set: Counted<'_>) {
    if rows.is_empty() {
        return;
    }
    let counted: Vec<(usize, usize)> = rows.iter().map(|it| set(it)).collect();
    let sizes: Vec<usize> = counted.iter().map(|(size, _)| *size).collect();
    let (named, hits) = counted
        .iter()
        .fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    let both = || counted.iter().zip(rows);
    let _ = writeln!(
        out,
        "| {name} | {} | {} | {} | {} | {} | {} | {} |",
        rows.len(),
        percent(mean(
            both().map(|((_, hits), it)| share(*hits, it.together.len()))
        )),
        percent(mean(
            rows.iter()
                .map(|it| share(it.reachable.len(), it.together.len()))
        )),
        quantile(&sizes, 50),
        quantile(&sizes, 90),
        percent(share(hits, named)),
        sizes.iter().filter(|size| **size == 0).count(),
    );
}

/// What simpler ways would find with no more sources than the program names: drawn by chance, on the average.
fn same_size(out: &mut String, rows: &[&Tried]) {
    let drawn = |it: &Tried, (size, hits): (usize, usize)| {
        let (named, _) = whole(it);
        let part = if size > named {
            share(named, size)
        } else {
            1.0
        };
        part * share(hits, it.together.len())
    };
    let directory = mean(rows.iter().map(|it| drawn(it, it.directory)));
    let text = mean(rows.iter().map(|it| drawn(it, it.text)));
    let own = mean(rows.iter().map(|it| share(whole(it).1, it.together.len())));
    let known = rows.iter().filter(|it| !it.reachable.is_empty());
    let reachable = mean(known.map(|it| {
        let named = it
            .reachable
            .iter()
            .filter(|path| it.named.contains_key(*path));
        share(named.count(), it.reachable.len())
    }));
    let _ = writeln!(
        out,
        "\nOf what could be found, all lists name {}.\n\nRecall with as many sources as all lists name, thing by thing: all lists {}, as many of the same directory {}, as many \
         that hold the name {}.",
        percent(reachable),
        percent(own),
        percent(directory),
        percent(text)
    );
}

fn language(tried: &Tried) -> &'static str {
    let path = tried.what.split('#').next().unwrap_or_default();
    match path.rsplit('.').next().unwrap_or_default() {
        "ts" | "tsx" | "js" | "jsx" | "mjs" => "JavaScript, TypeScript",
        "rs" => "Rust",
        "go" => "Go",
        "py" => "Python",
        "java" => "Java",
        "kt" => "Kotlin",
        "cs" => "C#",
        _ => "others",
    }
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
