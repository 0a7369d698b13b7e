//! What is reached, as a document: lists and the graph.

use std::fmt::Write as _;

use super::found::Found;
use super::{mermaid, picture};
use crate::cli::markup::{code, plain};

/// Lines of one list.
const SHOWN: usize = 60;

pub(crate) fn text(found: &Found, several: bool) -> String {
    let mut out = String::from("# Impact\n\n");
    for seed in &found.seeds {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "- {}{} at {}",
            code(&seed.thing.name),
            seed.change
                .map_or_else(String::new, |change| format!(" ({change})")),
            code(&seed.thing.place(several))
        );
    }
    if found.seeds.is_empty() {
        out.push_str("Nothing changes that anything could rest on.\n");
    }
    let _ = writeln!(out, "\nIt {}.", found.counted());
    for list in found.lists() {
        let mut letters = list.title.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        let _ = write!(
            out,
            "\n## {}{}\n\n",
            first.unwrap_or_default(),
            letters.as_str()
        );
        for told in list.told.iter().take(SHOWN) {
            let why = told.because.first().map(|step| step.said(code));
            let _ = writeln!(
                out,
                "- {} in {}{}",
                code(&told.thing.name),
                code(&told.thing.place(several)),
                why.map_or_else(String::new, |why| format!(": {why}"))
            );
        }
        if list.told.len() > SHOWN {
            let _ = writeln!(out, "- and {} more", list.told.len() - SHOWN);
        }
    }
    if found.packages.len() > 1 {
        out.push_str("\n## Packages\n\n");
        for package in &found.packages {
            let path = if package.path.is_empty() {
                &package.root
            } else {
                &package.path
            };
            let _ = writeln!(out, "- {}: {} of its files", code(path), package.files);
        }
    }
    if !found.consumers.is_empty() {
        out.push_str("\n## Runs beside what changes\n\n");
        for each in &found.consumers {
            let _ = writeln!(
                out,
                "- {}: needs {} in {}",
                code(&each.name),
                code(&each.word),
                code(&each.at)
            );
        }
    }
    for unknown in found.unknown() {
        let _ = writeln!(out, "\n{}", plain(&unknown));
    }
    if !found.reached.is_empty() {
        let graph = mermaid::text(&picture::of(found, several));
        let _ = write!(out, "\n## Graph\n\n```mermaid\n{graph}```\n");
    }
    out
}
