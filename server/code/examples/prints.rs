//! Prints before and after a formatter, and what they cost.
//!
//! `prints compare BEFORE AFTER`: two trees of the same files; symbols and tests whose prints differ are listed.
//! `prints cost DIRECTORY...`: how long reading takes; build it once with and once without the prints to compare.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use code::{Prints, SourceFacts};

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_symlink() {
        return;
    }
    if path.is_dir() {
        let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
        let mut entries: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        entries.sort();
        for entry in &entries {
            files(entry, found);
        }
    } else if path
        .to_str()
        .is_some_and(|name| code::Language::of_path(name).is_some())
    {
        found.push(path.to_owned());
    }
}

fn read(path: &Path) -> Option<SourceFacts> {
    let text = std::fs::read_to_string(path).ok()?;
    code::read_path(path.to_str()?, &text, &|| false).filter(|facts| facts.symbols_known)
}

/// Prints by name; of equal names in the order of the text.
fn named(facts: &SourceFacts) -> BTreeMap<(String, usize), Prints> {
    let mut found = BTreeMap::new();
    let symbols = facts.symbols.iter();
    let symbols = symbols.map(|symbol| (symbol.qualified_name(), symbol.prints));
    let tests = facts.tests.iter();
    let tests = tests.map(|test| (format!("test {}", test.full_name), test.prints));
    for (name, prints) in symbols.chain(tests) {
        let mut nth = 0;
        while found.contains_key(&(name.clone(), nth)) {
            nth += 1;
        }
        found.insert((name, nth), prints);
    }
    found
}

fn compare(before: &Path, after: &Path) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let mut paths = Vec::new();
    files(before, &mut paths);
    let (mut read_files, mut changed, mut all, mut differ, mut gone) = (0, 0, 0, 0, 0);
    for path in paths {
        let other = after.join(path.strip_prefix(before).unwrap_or(&path));
        let (Some(old), Some(new)) = (read(&path), read(&other)) else {
            continue;
        };
        read_files += 1;
        changed += usize::from(std::fs::read(&path)? != std::fs::read(&other)?);
        let new = named(&new);
        for (key, old) in named(&old) {
            all += 1;
            let Some(new) = new.get(&key) else {
                gone += 1;
                continue;
            };
            let what = match (old.signature == new.signature, old.body == new.body) {
                (true, true) => continue,
                (false, true) => "signature",
                (true, false) => "body",
                (false, false) => "both",
            };
            differ += 1;
            writeln!(out, "{what}: {} {}", path.display(), key.0)?;
        }
    }
    writeln!(
        out,
        "{read_files} files read, {changed} changed; {all} symbols and tests, {differ} with other prints, {gone} gone"
    )
}

fn cost(directories: &[String]) -> std::io::Result<()> {
    let mut paths = Vec::new();
    for directory in directories {
        files(Path::new(directory), &mut paths);
    }
    let texts: Vec<(String, String)> = paths
        .iter()
        .filter_map(|path| {
            let text = std::fs::read_to_string(path).ok()?;
            Some((path.to_str()?.to_owned(), text))
        })
        .collect();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let mut best = f64::MAX;
    let mut prints = 0;
    for _ in 0..5 {
        let start = Instant::now();
        for (path, text) in &texts {
            let facts = code::read_path(path, text, &|| false);
            prints += facts.map_or(0, |facts| facts.symbols.len());
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    writeln!(
        std::io::stdout().lock(),
        "{} files, {bytes} bytes, {} symbols: {best:.3} s",
        texts.len(),
        prints / 5
    )
}

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [word, before, after] if word == "compare" => compare(Path::new(before), Path::new(after)),
        [word, rest @ ..] if word == "cost" => cost(rest),
        _ => writeln!(
            std::io::stdout().lock(),
            "usage: prints compare BEFORE AFTER | prints cost DIRECTORY..."
        ),
    }
}
