//! The workspaces that the tests of all rooms are written with, read out of the programs.

use std::path::{Path, PathBuf};

/// Texts in string literals of programs that are workspaces: whatever all rooms test with.
pub(crate) fn literals() -> Vec<String> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut open: Vec<PathBuf> = ["server", "tests"].iter().map(|it| top.join(it)).collect();
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                std::fs::read_dir(&path)
                    .unwrap()
                    .flatten()
                    .map(|it| it.path()),
            );
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let strings = strings_of(&text).into_iter();
            found.extend(strings.filter(|it| it.contains("//- /")));
        }
    }
    found
}

/// The string literals of a program, near enough.
fn strings_of(program: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let mut rest = program;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (head, tail) = rest.split_at(at);
        if let Some(comment) = tail.strip_prefix("//") {
            rest = comment.split_once('\n').map_or("", |(_, rest)| rest);
        } else if let Some(body) = tail.strip_prefix('"') {
            let raw = head.ends_with("r#") || head.ends_with('r');
            let close = if head.ends_with("r#") { "\"#" } else { "\"" };
            let mut end = body.find(close).unwrap_or(body.len());
            while !raw && (end - body[..end].trim_end_matches('\\').len()) & 1 == 1 {
                end += 1 + body[end + 1..].find('"').unwrap_or(body.len() - end - 1);
            }
            strings.push(if raw {
                body[..end].to_owned()
            } else {
                unescaped(&body[..end])
            });
            rest = body.get(end + close.len()..).unwrap_or("");
        } else {
            rest = tail.strip_prefix("'\"'").unwrap_or(&tail[1..]);
        }
    }
    strings
}

fn unescaped(literal: &str) -> String {
    let mut out = String::new();
    let mut rest = literal;
    while let Some((head, tail)) = rest.split_once('\\') {
        out += head;
        let mut chars = tail.chars();
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('\n') => {
                rest = tail.trim_start();
                continue;
            }
            Some(c) => out.push(c),
            None => {}
        }
        rest = chars.as_str();
    }
    out + rest
}

/// Files of a literal; headers that tell of history are no files.
pub(crate) fn files_of(literal: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in literal.split_inclusive('\n') {
        match line.strip_prefix("//- ") {
            Some(header) if header.starts_with('/') => {
                files.push((header.trim()[1..].to_owned(), String::new()));
            }
            Some(_) => {}
            None => {
                if let Some((_, text)) = files.last_mut() {
                    text.push_str(&line.replace("$0", ""));
                }
            }
        }
    }
    files
}
