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
    /// Whether its files are no more than an idea. The only option that is left is the one that was chosen, and a hole in
    /// the name of one directory says nothing of the others.
    pub(super) is_idea: bool,
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
            sketch.is_idea = true;
        }
        Some(sketch)
    });
    blocks.collect()
}

const IDEA: &str = "the words beside the tree say that it is an idea, or goes away";
const HOLES: &str = "names of the tree are to be filled in";

fn is_idea(words: &str) -> bool {
    let words = words.to_lowercase();
    IDEAS.iter().any(|word| begins(&words, word))
}

/// Whether a word begins with these letters: `scaffold engine` says nothing of what is `old `.
fn begins(words: &str, letters: &str) -> bool {
    let mut places = words.match_indices(letters).map(|(at, _)| at);
    places.any(|at| {
        let before = words[..at].chars().next_back();
        !letters.is_ascii() || before.is_none_or(|c| !c.is_ascii_alphanumeric())
    })
}

/// A name on its line.
struct Entry {
    /// Characters before it.
    column: usize,
    /// `None` for what is no directory; nothing below it is one.
    path: Option<String>,
    /// The same for the files below it, which may stand in directories that routes name: `[id]/`.
    around: Option<String>,
}

/// The tree of a fenced block that begins at byte `start`; `None` where it draws none, or that of the documents.
fn read(block: &str, start: usize) -> Option<Sketch> {
    let mut sketch = Sketch {
        range: span(start, start),
        doubt: None,
        directories: Vec::new(),
        files: Vec::new(),
        is_idea: false,
    };
    let mut options = 0;
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
            if is_idea(rest) {
                sketch.doubt = sketch.doubt.or(Some(IDEA));
                options += 1;
                let is_option = begins(&rest.to_lowercase(), "option");
                sketch.is_idea |= !is_option || options > 1;
            }
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
        let around = above
            .last()
            .map_or(Some(""), |entry| entry.around.as_deref());
        let below = |base: &str, name: &str| {
            if base.is_empty() {
                name.to_owned()
            } else {
                format!("{base}/{name}")
            }
        };
        let step = |base: Option<&str>, is_known: &dyn Fn(&str) -> bool| {
            base.and_then(|base| match bare {
                "" | "." if directory || name == "." => Some(base.to_owned()),
                _ if directory && is_known(bare) => Some(below(base, bare)),
                _ => None,
            })
        };
        let path = step(base, &is_plain);
        let inside = step(around, &is_routed);
        for bare in spread(bare) {
            let is_file = !directory && is_routed(&bare) && is_file_name(&bare);
            if let Some(around) = around.filter(|_| is_file) {
                sketch.files.push(Sketched {
                    range: span(from + indent, from + indent + name.len()),
                    note: span(from + indent + name.len(), from + line.len()),
                    path: below(around, &bare).into(),
                });
            }
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
        above.push(Entry {
            column,
            path,
            around: inside,
        });
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

/// `a-{b,c}.ts` as `a-b.ts` and `a-c.ts`.
fn spread(name: &str) -> Vec<String> {
    let parts = name
        .split_once('{')
        .and_then(|(head, rest)| Some((head, rest.split_once('}')?)));
    match parts {
        Some((head, (inner, tail))) if inner.contains(',') => inner
            .split(',')
            .map(|each| format!("{head}{}{tail}", each.trim()))
            .collect(),
        _ => vec![name.to_owned()],
    }
}

/// Whether this is plain but for names of routes: `[id]`, `[...rest]`, `[id].tsx`.
fn is_routed(path: &str) -> bool {
    path.split('/').all(|name| {
        let (inner, behind) = match name
            .strip_prefix('[')
            .and_then(|name| name.rsplit_once(']'))
        {
            Some((inner, behind)) => (inner.trim_matches(['[', ']']), behind),
            None => return is_plain(name),
        };
        let inner = inner.trim_start_matches('.');
        let begins = inner.starts_with(|c: char| c.is_ascii_lowercase());
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        begins && inner.chars().all(plain) && (behind.is_empty() || behind.starts_with('.'))
    })
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
