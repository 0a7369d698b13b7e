//! Links for people: one item in full, several in a line each.

use std::fmt::Write as _;

use super::Report;
use crate::cli::human::plural;
use crate::cli::links::{
    ChainOf, ElsewhereItem, FileLink, ItemLink, MentionLink, Place, ServedLink, SourceOf,
    SymbolLink, TestLink,
};
use crate::cli::markup::one_line;
use crate::cli::paint::Paint;

/// Lines of one list that are shown; the rest is counted.
const SHOWN: usize = 20;

/// Characters of a title that are shown.
const TITLE: usize = 100;

/// How things are shown.
#[derive(Clone, Copy)]
struct Shown {
    /// Names of workspace folders stand before paths.
    roots: bool,
    paint: Paint,
}

/// The whole report.
pub(super) fn report(report: &Report, roots: bool, paint: Paint) -> String {
    let shown = Shown { roots, paint };
    let mut out = String::new();
    let alone = report.items.len() == 1 && report.sources.is_empty();
    for chain in &report.items {
        if alone {
            shown.chain(chain, &mut out);
        } else {
            shown.summary(chain, &mut out);
        }
    }
    if !report.items.is_empty() && !report.sources.is_empty() {
        out.push('\n');
    }
    for source in &report.sources {
        shown.source(source, &mut out);
    }
    for item in &report.elsewhere {
        shown.elsewhere(item, &mut out);
    }
    if out.is_empty() && report.candidates.is_empty() {
        out.push_str("no spec item stands here or is linked to what is here\n");
    }
    out
}

/// What an ambiguous id may mean.
pub(super) fn ambiguous(asked: &str, candidates: &[ItemLink]) -> String {
    let mut out = format!(
        "spec-analyzer: `{}` may mean any of these:",
        one_line(asked)
    );
    for item in candidates {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n  {}  {}", one_line(item.shown()), title(item));
    }
    out
}

fn title(item: &ItemLink) -> String {
    let line = one_line(item.title.trim());
    if line.chars().count() <= TITLE {
        return line;
    }
    let cut: String = line.chars().take(TITLE - 1).collect();
    format!("{cut}…")
}

fn state(item: &ItemLink) -> &'static str {
    match item.state {
        Some("done") => "[x] ",
        Some("open") => "[ ] ",
        Some(_) => "[-] ",
        None => "",
    }
}

impl Shown {
    fn path(self, root: &str, path: &str) -> String {
        if self.roots {
            one_line(&format!("{root}/{path}"))
        } else {
            one_line(path)
        }
    }

    fn at(self, place: &Place) -> String {
        let path = self.path(&place.root, &place.path);
        self.paint
            .faint(format!("{path}:{}", place.range.start.line))
    }

    /// `(task)`; what is inferred is said to be a guess.
    fn basis(self, basis: &str) -> String {
        if basis == "inferred" {
            self.paint.doubtful("(inferred: a guess)")
        } else {
            self.paint.faint(format!("({basis})"))
        }
    }

    fn head(self, item: &ItemLink, out: &mut String) {
        let address = self.paint.strong(one_line(item.shown()));
        let _ = writeln!(out, "{address} {}{}", state(item), title(item));
        let _ = writeln!(out, "  {} at {}", item.kind, self.at(&item.place));
    }

    fn elsewhere(self, item: &ElsewhereItem, out: &mut String) {
        let repository = one_line(&item.repository);
        let commit = item.commit.as_deref().map(one_line).unwrap_or_default();
        let address = self.paint.strong(one_line(&item.address));
        let place = one_line(&format!("{}:{}", item.path, item.line));
        let _ = writeln!(out, "{address} in {repository}, by its facts {commit}");
        let _ = writeln!(out, "  {} at {}", item.kind, self.paint.faint(place));
        for code in &item.code {
            let line = code
                .line
                .map_or_else(String::new, |line| format!(":{line}"));
            let name = code.name.as_deref().map(one_line).unwrap_or_default();
            let place = self.paint.faint(one_line(&code.path) + &line);
            let _ = writeln!(
                out,
                "  {} {}{}{place} {}",
                code.what,
                self.paint.good(&name),
                if name.is_empty() { "" } else { " at " },
                self.basis(&code.basis)
            );
        }
        if item.code.is_empty() {
            out.push_str("  no code or test is linked to it there\n");
        }
    }

    fn item(self, word: &str, item: &ItemLink, out: &mut String) {
        let address = one_line(item.shown());
        let basis = item
            .basis
            .map(|basis| self.basis(basis))
            .unwrap_or_default();
        let _ = writeln!(
            out,
            "  {word} {}{address} {} {basis}",
            state(item),
            title(item)
        );
    }

    fn chain(self, chain: &ChainOf, out: &mut String) {
        self.head(&chain.item, out);
        for item in &chain.serves {
            self.item("for", item, out);
        }
        let is_task = chain.tasks.is_empty();
        let of = |through: &[String], task: &str| through.iter().any(|each| each == task);
        for task in &chain.tasks {
            self.item("task", task, out);
            let files = chain.files.iter();
            self.files(files.filter(|it| of(&it.through, &task.address)), out);
            let symbols = chain.symbols.iter();
            self.symbols(
                symbols.filter(|it| of(&it.through, &task.address)),
                "    ",
                out,
            );
        }
        if is_task {
            self.files(chain.files.iter(), out);
        }
        let direct = chain.symbols.iter();
        self.symbols(
            direct.filter(|it| is_task || it.through.is_empty()),
            "  ",
            out,
        );
        self.tests(&chain.tests, out);
        let (in_code, in_documents): (Vec<&MentionLink>, Vec<&MentionLink>) =
            chain.mentions.iter().partition(|it| it.r#in == "code");
        for (word, mentions) in [("mentioned in code", in_code), ("mentioned", in_documents)] {
            for mention in mentions.iter().take(SHOWN) {
                let basis = self.basis(mention.basis);
                let _ = writeln!(out, "  {word} at {} {basis}", self.at(&mention.place));
            }
            more(mentions.len(), "  ", out);
        }
        for each in chain.elsewhere.iter().take(SHOWN) {
            let place = one_line(&format!("{}/{}:{}", each.repository, each.path, each.line));
            let known = match &each.commit {
                Some(commit) => format!("by its facts of {}", one_line(commit)),
                None => "by its facts".to_owned(),
            };
            let word = if each.test { "tested" } else { "mentioned" };
            let _ = writeln!(
                out,
                "  {word} in another repository at {} {}",
                self.paint.faint(place),
                self.paint.faint(format!("({}, {known})", each.basis))
            );
        }
        more(chain.elsewhere.len(), "  ", out);
        if let Some(tag) = chain.released.as_ref().and_then(|cell| cell.tag.as_ref()) {
            let name = self.paint.good(one_line(&tag.name));
            let _ = writeln!(out, "  released in {name} ({})", one_line(&tag.commit));
        }
        if chain.elsewhere.is_empty()
            && chain.tasks.is_empty()
            && chain.files.is_empty()
            && chain.symbols.is_empty()
            && chain.tests.is_empty()
            && chain.mentions.is_empty()
        {
            out.push_str("  no task, code or test is linked to it\n");
        }
    }

    fn files<'a>(self, files: impl Iterator<Item = &'a FileLink>, out: &mut String) {
        for file in files {
            let path = self.path(&file.root, &file.path);
            let _ = writeln!(out, "    file {path} {}", self.basis(file.basis));
        }
    }

    fn symbols<'a>(
        self,
        symbols: impl Iterator<Item = &'a SymbolLink>,
        indent: &str,
        out: &mut String,
    ) {
        let symbols: Vec<&SymbolLink> = symbols.collect();
        for symbol in symbols.iter().take(SHOWN) {
            let _ = writeln!(
                out,
                "{indent}symbol {} {} {}",
                self.paint.good(one_line(&symbol.name)),
                self.at(&symbol.place),
                self.basis(symbol.basis)
            );
        }
        more(symbols.len(), indent, out);
    }

    fn tests(self, tests: &[TestLink], out: &mut String) {
        for test in tests.iter().take(SHOWN) {
            let skipped = if test.skipped { " skipped" } else { "" };
            let run = test
                .run
                .as_ref()
                .map_or(String::new(), |run| match run.age {
                    "newer" => format!(" {}", run.outcome),
                    "older" => format!(" {} before its file changed", run.outcome),
                    _ => format!(" {} at some time", run.outcome),
                });
            let _ = writeln!(
                out,
                "  test {} {} {}{}{run}",
                self.paint.good(one_line(&test.name)),
                self.at(&test.place),
                self.basis(test.basis),
                self.paint.doubtful(skipped)
            );
        }
        more(tests.len(), "  ", out);
    }

    fn summary(self, chain: &ChainOf, out: &mut String) {
        let item = &chain.item;
        let count = |count: usize, one: &str| format!("{count} {}", plural(count, one));
        let mut parts = Vec::new();
        if !chain.tasks.is_empty() {
            let done = chain.tasks.iter().filter(|task| task.state == Some("done"));
            let (all, done) = (chain.tasks.len(), done.count());
            parts.push(format!("{}, {done} done", count(all, "task")));
        }
        for (length, word) in [
            (chain.files.len(), "file"),
            (chain.symbols.len(), "symbol"),
            (chain.tests.len(), "test"),
        ] {
            if length > 0 {
                parts.push(count(length, word));
            }
        }
        let parts = if parts.is_empty() {
            self.paint.faint("nothing linked")
        } else {
            parts.join("; ")
        };
        let address = self.paint.strong(one_line(item.shown()));
        let _ = writeln!(out, "{address} {}{}", state(item), title(item));
        let _ = writeln!(out, "  {parts}");
    }

    fn source(self, source: &SourceOf, out: &mut String) {
        let path = self.path(&source.root, &source.path);
        let mut named = Vec::new();
        if let Some(symbol) = &source.symbol {
            let line = symbol.place.range.start.line;
            named.push(format!("{} (line {line})", one_line(&symbol.name)));
        }
        if let Some(test) = &source.test {
            named.push(format!("test {}", one_line(&test.name)));
        }
        let named = if named.is_empty() {
            String::new()
        } else {
            format!(" {}", named.join(", "))
        };
        let _ = writeln!(out, "{}{named}", self.paint.strong(path));
        for served in &source.items {
            self.served(served, out);
        }
        for ambiguous in &source.ambiguous {
            let line = ambiguous.place.range.start.line;
            let shown = if ambiguous.qualified.is_empty() {
                &ambiguous.candidates
            } else {
                &ambiguous.qualified
            };
            let candidates: Vec<String> = shown.iter().map(|it| one_line(it)).collect();
            let _ = writeln!(
                out,
                "  line {line} {} {}",
                self.paint.doubtful("may mean"),
                candidates.join(" or ")
            );
        }
        if source.items.is_empty() && source.ambiguous.is_empty() {
            out.push_str("  no spec item is linked to it\n");
        }
    }

    fn served(self, served: &ServedLink, out: &mut String) {
        self.item("for", &served.item, out);
        for via in served.via.iter().take(3) {
            let by = match &via.address {
                Some(address) if *address == served.item.address => continue,
                Some(address) => {
                    let shown = via.qualified.as_ref().unwrap_or(address);
                    format!("by task {}", one_line(shown))
                }
                None => "mentioned".to_owned(),
            };
            let basis = self.basis(via.basis);
            let _ = writeln!(out, "    {by} at {} {basis}", self.at(&via.place));
        }
    }
}

fn more(length: usize, indent: &str, out: &mut String) {
    if length > SHOWN {
        let _ = writeln!(
            out,
            "{indent}and {} more (--format json has all)",
            length - SHOWN
        );
    }
}
