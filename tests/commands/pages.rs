//! Every command line on a page of ours is one that the program takes: the command is there, and its options are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::completions::commands;
use crate::sandbox::{Sandbox, run_in};

const PROGRAM: &str = "spec-analyzer";

fn pages(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "md") {
            found.push(path);
        }
    }
}

/// Lines of code blocks and code spans, as they stand.
fn code(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut block: Option<String> = None;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => block = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => {
                let text = block.take().unwrap_or_default();
                found.extend(text.lines().map(str::to_owned));
            }
            Event::Text(words) => {
                if let Some(block) = &mut block {
                    block.push_str(&words);
                }
            }
            Event::Code(words) => found.push(words.into_string()),
            _ => {}
        }
    }
    found
}

/// The words behind the program's name, up to what belongs to the shell.
fn arguments(line: &str) -> Option<Vec<&str>> {
    // `-p spec-analyzer` is the package.
    if line.contains("cargo ") {
        return None;
    }
    let mut words = line.split_whitespace();
    words.find(|word| *word == PROGRAM)?;
    let shell = |word: &str| {
        word.starts_with(['#', '|', '>', '&', ';', ')', '…']) || matches!(word, "..." | "2>&1")
    };
    Some(words.take_while(|word| !shell(word)).collect())
}

/// What is wrong with a command line.
fn wrong(
    arguments: &[&str],
    known: &[String],
    help: &mut impl FnMut(&[&str]) -> String,
) -> Option<String> {
    let at = arguments.iter().position(|word| !word.starts_with('-'));
    let command = at.map(|at| arguments[at]);
    let named = known.iter().find(|each| command == Some(each.as_str()));
    // A path behind `-C`, a placeholder.
    if let (Some(0), Some(name), None) = (at, command, named)
        && name.bytes().all(|byte| byte.is_ascii_lowercase())
        && name != "help"
    {
        return Some(format!("there is no command {name}"));
    }
    let mut takes = help(&named.map(String::as_str).into_iter().collect::<Vec<_>>());
    // `generate plan` has options of its own; anything else behind a command is a value, and has no help.
    if let (Some(name), Some(what)) = (named, at.and_then(|at| arguments.get(at + 1)))
        && matches!(name.as_str(), "generate" | "new")
    {
        takes.push_str(&help(&[name, what]));
    }
    let options = arguments.iter().filter(|word| word.starts_with("--"));
    options
        .map(|word| word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()))
        .map(|word| word.split('=').next().unwrap_or(word))
        .find(|option| {
            !takes
                .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
                .any(|word| word == *option)
        })
        .map(|option| format!("no {option}"))
}

#[test]
fn command_lines_of_pages_are_taken() {
    let sandbox = Sandbox::new();
    let known = commands(&sandbox);
    let mut helps: BTreeMap<Vec<String>, String> = BTreeMap::new();
    let mut help = |command: &[&str]| {
        let key: Vec<String> = command.iter().map(|&word| word.to_owned()).collect();
        helps
            .entry(key)
            .or_insert_with(|| run_in(sandbox.path(), &[command, &["--help"]].concat()).out)
            .clone()
    };
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = vec![top.join("README.md")];
    pages(&top.join("docs"), &mut all);
    all.sort();
    let (mut seen, mut broken) = (0, Vec::new());
    for page in &all {
        for line in code(&std::fs::read_to_string(page).unwrap()) {
            if let Some(arguments) = arguments(&line) {
                seen += 1;
                let why = wrong(&arguments, &known, &mut help);
                broken.extend(why.map(|why| format!("{}: {why}: {line}", page.display())));
            }
        }
    }
    assert!(seen > 100, "only {seen} command lines");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
