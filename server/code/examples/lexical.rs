//! Comments by their characters against comments by the parser: `lexical DIRECTORY...` prints the files where both are
//! known and differ in what they mention, and files with tests that [`code::may_hold_tests`] denies.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use code::{Place, SourceFacts};

#[derive(Default)]
struct Count {
    files: usize,
    sure: usize,
    mentions: usize,
    differing: usize,
    tests_denied: usize,
}

fn said(facts: &SourceFacts) -> Vec<String> {
    let spoken = facts
        .mentions
        .iter()
        .filter(|each| matches!(each.place, Place::Comment | Place::DocComment));
    let spoken = spoken.map(|each| {
        let mention = &each.mention;
        format!(
            "{:?} {} {:?} {:?}",
            mention.range, mention.key, mention.qualifier, each.tag
        )
    });
    spoken.collect()
}

fn look(path: &Path, count: &mut Count, out: &mut impl std::io::Write) -> std::io::Result<()> {
    let Some(name) = path.to_str() else {
        return Ok(());
    };
    if path.is_symlink() {
        return Ok(());
    }
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(path)?
            .flatten()
            .map(|it| it.path())
            .collect();
        entries.sort();
        return entries.iter().try_for_each(|entry| look(entry, count, out));
    }
    if code::Language::of_path(name).is_none() {
        return Ok(());
    }
    let Ok(text) = std::fs::read_to_string(path) else {
        return Ok(());
    };
    count.files += 1;
    let Some(sure) = code::read_comments(name, &text) else {
        return Ok(());
    };
    count.sure += 1;
    let Some(parsed) = code::read_path(name, &text, &|| false).filter(|it| it.symbols_known) else {
        return Ok(());
    };
    // Docstrings are strings to who looks at characters.
    let (by_characters, by_parser) = (said(&sure), said(&parsed));
    count.mentions += by_characters.len();
    if by_characters.iter().any(|each| !by_parser.contains(each)) {
        count.differing += 1;
        writeln!(out, "differs: {name}")?;
    }
    let has_tests = !parsed.tests.is_empty() || !parsed.groups.is_empty();
    if has_tests && !code::may_hold_tests(&text) {
        count.tests_denied += 1;
        writeln!(out, "tests denied: {name}")?;
    }
    Ok(())
}

fn main() -> std::io::Result<()> {
    let mut count = Count::default();
    let mut out = std::io::stdout().lock();
    for directory in std::env::args_os().skip(1) {
        look(Path::new(&directory), &mut count, &mut out)?;
    }
    writeln!(
        out,
        "{} files; certain {}; mentions in their comments {}; differing files {}; tests denied {}",
        count.files, count.sure, count.mentions, count.differing, count.tests_denied
    )
}
