//! What is reached, as lines to read: what changes, who breaks first, what follows, tests to run, requirements to reread.

use std::fmt::Write as _;

use super::found::{Found, Thing, Told};
use crate::cli::human::plural;
use crate::cli::markup::one_line;

/// Lines of one list.
const SHOWN: usize = 15;

pub(super) fn text(found: &Found, several: bool) -> String {
    let mut out = String::new();
    if found.seeds.is_empty() {
        out.push_str("nothing changes that anything could rest on\n");
    }
    for seed in found.seeds.iter().take(SHOWN) {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}{}  at {}",
            one_line(&seed.thing.name),
            seed.change
                .map_or_else(String::new, |change| format!(" ({change})")),
            one_line(&seed.thing.place(several))
        );
    }
    more(found.seeds.len(), &mut out);
    let _ = writeln!(out, "{}", found.counted());
    for list in found.lists() {
        let _ = writeln!(out, "\n{}", list.title);
        for told in list.told.iter().take(SHOWN) {
            line(told, several, &mut out);
        }
        more(list.told.len(), &mut out);
    }
    if found.packages.len() > 1 {
        out.push_str("\npackages\n");
        for package in found.packages.iter().take(SHOWN) {
            let path = match package.path.as_str() {
                "" => package.root.clone(),
                path if several => format!("{}/{path}", package.root),
                path => path.to_owned(),
            };
            let files = package.files;
            let _ = writeln!(
                out,
                "  {}  {files} {}",
                one_line(&path),
                plural(files, "file")
            );
        }
        more(found.packages.len(), &mut out);
    }
    if !found.consumers.is_empty() {
        out.push_str("\nruns beside what changes\n");
        for each in found.consumers.iter().take(SHOWN) {
            let said = each.said(|word| format!("`{word}`"));
            let _ = writeln!(out, "  {}  {}", one_line(&each.name), one_line(&said));
        }
        more(found.consumers.len(), &mut out);
    }
    for unknown in found.unknown() {
        let _ = writeln!(out, "\n{unknown}");
    }
    out
}

fn line(told: &Told, several: bool, out: &mut String) {
    let because = told.because.first();
    let why = because.map_or_else(String::new, |step| step.said(|word| format!("`{word}`")));
    let _ = writeln!(
        out,
        "  {}  {}  {}",
        one_line(&told.thing.name),
        one_line(&told.thing.place(several)),
        one_line(&why)
    );
}

fn more(all: usize, out: &mut String) {
    if all > SHOWN {
        let _ = writeln!(out, "  and {} more", all - SHOWN);
    }
}

/// A list with its title.
pub(super) struct List<'f> {
    pub(super) title: &'static str,
    pub(super) told: Vec<&'f Told>,
}

impl Found {
    /// `reaches 4 files in 2 packages, 3 tests, 2 items of specs`
    pub(super) fn counted(&self) -> String {
        let files = self
            .files
            .iter()
            .filter(|file| file.role != "other")
            .count();
        let tests = self
            .reached
            .iter()
            .filter(|told| told.thing.what == "test")
            .count();
        let items = self
            .reached
            .iter()
            .filter(|told| told.thing.is_item())
            .count();
        let packages = self.packages.len();
        format!(
            "reaches {files} {} in {packages} {}, {tests} {}, {items} {} of specs",
            plural(files, "file"),
            plural(packages, "package"),
            plural(tests, "test"),
            plural(items, "item"),
        )
    }

    /// What is reached, by what is to be done about it. Empty lists are left out.
    pub(super) fn lists(&self) -> Vec<List<'_>> {
        let code =
            |thing: &Thing| !thing.is_item() && !thing.is_test() && thing.what != "elsewhere";
        let of = |title, keep: &dyn Fn(&Told) -> bool| List {
            title,
            told: self.reached.iter().filter(|told| keep(told)).collect(),
        };
        let mut lists = vec![
            of("breaks first", &|told| {
                told.distance == 1 && code(&told.thing)
            }),
            of("reached through these", &|told| {
                told.distance > 1 && code(&told.thing)
            }),
            of("in other repositories", &|told| {
                told.thing.what == "elsewhere"
            }),
            of("tests to run", &|told| told.thing.is_test()),
            of("to reread", &|told| {
                told.thing.is_item() && told.thing.what != "task"
            }),
            of("tasks", &|told| told.thing.what == "task"),
            List {
                title: "what it uses itself",
                told: self.uses.iter().collect(),
            },
        ];
        lists.retain(|list| !list.told.is_empty());
        lists
    }

    /// What is not known, in sentences.
    pub(super) fn unknown(&self) -> Vec<String> {
        let mut said = Vec::new();
        if self.left_out > 0 {
            said.push(format!(
                "{} more are reached and not told (`--most`).",
                self.left_out
            ));
        }
        if self.unread > 0 {
            let sources = plural(self.unread, "source");
            said.push(format!(
                "{} {sources} could not be read: what they use is not known.",
                self.unread
            ));
        }
        if self.unparsed > 0 {
            let sources = plural(self.unparsed, "source");
            said.push(format!(
                "Of {} {sources} the symbols are not known: names that stand there are told with the file.",
                self.unparsed
            ));
        }
        if !self.gone.is_empty() {
            let files = plural(self.gone.len(), "file");
            said.push(format!(
                "{} {files} are gone; who used them is not told.",
                self.gone.len()
            ));
        }
        said
    }
}
