//! Trees in the fenced blocks of a plan: `src/`, `├── models/`, with the names that stand below each other.

use std::sync::Arc;

use documents::DocumentKind;
use smol_str::SmolStr;
use text::{TextRange, span};

use crate::feature::FeatureDocument;
use crate::tree::{ends_with_path, parent};

/// A tree as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sketch {
    /// Bytes of its first name.
    pub(crate) range: TextRange,
    /// Why it is no more than an idea.
    pub(crate) doubt: Option<&'static str>,
    /// In the order of the lines.
    pub(super) directories: Vec<Sketched>,
    /// Files below them, in that order.
    pub(super) files: Vec<Sketched>,
}

/// A directory or file of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sketched {
    /// Bytes of its name.
    pub(super) range: TextRange,
    /// Bytes of what stands behind it.
    pub(super) note: TextRange,
    /// From the top of the tree.
    pub(super) path: SmolStr,
}

impl Sketch {
    /// Whether it draws this directory, or the one around it.
    pub(crate) fn speaks_of(&self, path: &str) -> bool {
        let around = parent(path);
        around.is_empty() && !self.directories.is_empty()
            || self.directories.iter().any(|each| {
                let is = |path: &str| {
                    ends_with_path(&each.path, path) || ends_with_path(path, &each.path)
                };
                is(path) || is(around)
            })
    }

    /// Whether both draw the same directories.
    pub(crate) fn is_same_tree(&self, other: &Self) -> bool {
        let paths = |sketch: &'_ Self| -> Vec<SmolStr> {
            let all = sketch.directories.iter();
            all.map(|each| each.path.clone()).collect()
        };
        paths(self) == paths(other)
    }

    /// Whether everything in it is below one name.
    pub(super) fn has_one_top(&self) -> bool {
        let Some(first) = self.directories.first() else {
            return false;
        };
        let top = first.path.as_str();
        let rest = self.directories.iter().skip(1);
        !top.contains('/')
            && !top.starts_with('.')
            && rest
                .map(|each| each.path.strip_prefix(top))
                .all(|rest| rest.is_some_and(|rest| rest.starts_with('/')))
    }
}

/// Words of headings that say what is below them is the tree of the sources, in lower case.
const HEADINGS: [&str; 18] = [
    "structure",
    "source code",
    "layout",
    "estructura",
    "código fuente",
    "estrutura",
    "código-fonte",
    "struktur",
    "quellcode",
    "構造",
    "構成",
    "ソースコード",
    "结构",
    "源代码",
    "源码",
    "結構",
    "구조",
    "структура",
];

/// Words beside a tree that say it is not what was chosen, or not what is to be, in lower case.
const IDEAS: [&str; 29] = [
    "new repo",
    "example",
    "e.g.",
    "option",
    "alternative",
    "legacy",
    "deprecated",
    "remove",
    "delete",
    "current",
    "before",
    "old ",
    "future",
    "hypothetical",
    "opción",
    "ejemplo",
    "opção",
    "exemplo",
    "beispiel",
    "例",
    "選択肢",
    "オプション",
    "旧",
    "削除",
    "現在",
    "选项",
    "当前",
    "删除",
    "将来",
];

/// The trees of a plan's sources.
pub(crate) fn sketched(plan: &FeatureDocument) -> Arc<[Sketch]> {
    if plan.kind != DocumentKind::Plan {
        return Arc::default();
    }
    let facts = plan.facts();
    let blocks = facts.opaque.iter().filter_map(|block| {
        let written = plan.slice(*block);
        if !written.starts_with("```") && !written.starts_with("~~~") {
            return None;
        }
        let mut around = facts
            .sections
            .iter()
            .filter(|section| section.range.contains_range(*block))
            .map(|section| section.title.to_lowercase());
        if !around.any(|title| HEADINGS.iter().any(|word| title.contains(word))) {
            return None;
        }
        let mut sketch = read(written, usize::from(block.start()))?;
        let before = plan.doc.text.get(..usize::from(block.start()))?;
        let line = before.trim_end().rsplit('\n').next().unwrap_or_default();
        if is_idea(line) {
            sketch.doubt = Some(IDEA);
        }
        Some(sketch)
    });
    blocks.collect()
}

const IDEA: &str = "the words beside the tree say that it is an idea, or goes away";
const HOLES: &str = "names of the tree are to be filled in";

fn is_idea(words: &str) -> bool {
    let words = words.to_lowercase();
    IDEAS.iter().any(|word| words.contains(word))
}

/// A name on its line.
struct Entry {
    /// Characters before it.
    column: usize,
    /// `None` for what is no directory; nothing below it is one.
    path: Option<String>,
}

/// The tree of a fenced block that begins at byte `start`; `None` where it draws none, or that of the documents.
fn read(block: &str, start: usize) -> Option<Sketch> {
    let mut sketch = Sketch {
        range: span(start, start),
        doubt: None,
        directories: Vec::new(),
        files: Vec::new(),
    };
    let mut above: Vec<Entry> = Vec::new();
    let (mut at, mut branches) = (start, false);
    for (number, whole) in block.split_inclusive('\n').enumerate() {
        let line = whole.trim_end();
        let from = at;
        at += whole.len();
        let (indent, branch) = indent(line);
        let rest = &line[indent..];
        if number == 0 || rest.is_empty() || rest.starts_with("```") || rest.starts_with("~~~") {
            continue;
        }
        if rest.starts_with(['#', '/']) && rest.contains(' ') {
            sketch.doubt = sketch.doubt.or(is_idea(rest).then_some(IDEA));
            continue;
        }
        branches |= branch;
        let name = rest.split_whitespace().next().unwrap_or_default();
        let column = line[..indent].chars().count();
        while above.last().is_some_and(|entry| entry.column >= column) {
            above.pop();
        }
        let directory = name.ends_with('/');
        if directory && has_hole(name) {
            sketch.doubt = Some(HOLES);
        }
        let bare = name.trim_start_matches("./").trim_matches('/');
        let base = above.last().map_or(Some(""), |entry| entry.path.as_deref());
        let below = |base: &str| {
            if base.is_empty() {
                bare.to_owned()
            } else {
                format!("{base}/{bare}")
            }
        };
        let path = base.and_then(|base| match bare {
            "" | "." if directory || name == "." => Some(base.to_owned()),
            _ if directory && is_plain(bare) => Some(below(base)),
            _ => None,
        });
        let is_file = !directory && is_plain(bare) && is_file_name(bare);
        if let Some(base) = base.filter(|_| is_file) {
            sketch.files.push(Sketched {
                range: span(from + indent, from + indent + name.len()),
                note: span(from + indent + name.len(), from + line.len()),
                path: below(base).into(),
            });
        }
        if let Some(path) = path.as_deref().filter(|path| !path.is_empty()) {
            let range = span(from + indent, from + indent + name.len());
            if sketch.directories.is_empty() {
                // The other tree of a plan is that of its documents.
                if path
                    .split('/')
                    .any(|segment| matches!(segment, "specs" | ".specify"))
                {
                    return None;
                }
                sketch.range = range;
            }
            sketch.directories.push(Sketched {
                range,
                note: span(from + indent + name.len(), from + line.len()),
                path: path.into(),
            });
        }
        above.push(Entry { column, path });
    }
    (branches && !sketch.directories.is_empty()).then_some(sketch)
}

/// Bytes before the name on a line of a tree, and whether a branch leads to it.
fn indent(line: &str) -> (usize, bool) {
    let mut branch = false;
    let mut chars = line.char_indices().peekable();
    while let Some(&(at, c)) = chars.peek() {
        let ascii = || {
            line[at..].starts_with("|--")
                || line[at..].starts_with("+--")
                || line[at..].starts_with("`--")
        };
        match c {
            '├' | '└' | '╰' | '┣' | '┗' => branch = true,
            '|' | '+' | '`' if ascii() => branch = true,
            '│' | '┃' | '|' | '─' | '━' => {}
            '-' if branch => {}
            c if c.is_whitespace() => {}
            _ => return (at, branch),
        }
        chars.next();
    }
    (line.len(), branch)
}

/// Whether somebody is to fill in a part of the name.
fn has_hole(name: &str) -> bool {
    name.contains(['[', ']', '{', '}', '<', '>', '*', '$', '…', '#']) || name.contains("...")
}

/// Whether a name without a slash at its end is a file's: it has an extension, or is one of the few that have none.
fn is_file_name(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    matches!(name, "Dockerfile" | "Makefile" | "Justfile" | "Gemfile")
        || name
            .rsplit_once('.')
            .is_some_and(|(stem, extension)| !stem.is_empty() && !extension.is_empty())
}

/// Whether this can be nothing but the name of a directory, or some below each other.
fn is_plain(name: &str) -> bool {
    let allowed =
        |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '@' | '(' | ')' | '+');
    name.chars().all(allowed)
        && name.matches('(').count() == name.matches(')').count()
        && name
            .split('/')
            .all(|segment| !matches!(segment, "" | "." | ".."))
}
