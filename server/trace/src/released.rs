//! Whether another version of the repository, a release, has the implementation that an item has now.
//!
//! A version has it where all tasks of the item are ticked, in the words they have now, and some of its code is there
//! under the names it has now. Without tasks, where the item is defined and the code mentions it. What comes close, with
//! other words or names, is *perhaps*: nobody can tell it from something else.

use std::sync::Arc;

use documents::{DocumentKind, ItemKind, TaskState};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use text::FileId;

use crate::chain::FileRole;
use crate::feature::ItemRef;
use crate::inputs::{DocumentFile, SourceFile};
use crate::{Basis, Graph, RootId};

/// What a version must have for an item to be in it. Paths are from the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Implementation {
    /// The workspace folder of the item's documents.
    pub root: RootId,
    /// The item itself, where no task works for it.
    defined: Option<Line>,
    tasks: Vec<Line>,
    code: Vec<Code>,
}

/// An item of a document, to be found again in another version of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    path: SmolStr,
    document: DocumentKind,
    kind: ItemKind,
    id: SmolStr,
    title: String,
}

/// Something that counts as code of the item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Code {
    /// A file that a task names.
    File(SmolStr),
    /// A symbol of a file.
    Symbol(SmolStr, SmolStr),
    /// A file that mentions an id.
    Mention(SmolStr, SmolStr),
}

/// Something of a version.
#[derive(Debug, Clone)]
pub enum Seen<T> {
    /// It is there.
    There(T),
    /// It is not.
    Missing,
    /// It cannot be read.
    Unreadable,
}

/// A version of one root.
pub trait Version {
    /// Whether there is a file.
    fn has(&self, path: &str) -> Seen<()>;
    /// A document.
    fn document(&self, path: &str, kind: DocumentKind) -> Seen<Arc<DocumentFile>>;
    /// A source file.
    fn source(&self, path: &str) -> Seen<Arc<SourceFile>>;
}

/// How much of an implementation a version has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// All that is asked for.
    Whole,
    /// It may, in other words or under other names.
    Perhaps,
    /// It has not.
    No,
    /// Something that decides cannot be read.
    Unknown,
}

/// The first release that has the implementation of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Released {
    /// It is in this one.
    In {
        /// The name of the tag.
        tag: String,
        /// Its commit, shortened.
        commit: String,
        /// An earlier release that may have it, in other words or under other names.
        perhaps: Option<String>,
    },
    /// It is in none of so many.
    No {
        /// How many releases there are.
        tags: usize,
    },
    /// Nobody can tell, because ...
    Unknown(String),
}

impl Graph {
    /// What a version must have for an item to be in it; `None`: nothing known of the item is in its own repository.
    #[must_use]
    pub fn implementation(&self, item: ItemRef) -> Option<Implementation> {
        let tree = &self.inputs().tree;
        let chain = self.chain(item);
        let (root, _) = tree.path(item.file)?;
        let own = |file: FileId| {
            let (of, path) = tree.path(file)?;
            (of == root).then(|| path.clone())
        };
        let is_code = |file: FileId| self.role(file) == FileRole::Code;
        let mut code: Vec<Code> = Vec::new();
        code.extend(
            chain
                .files
                .iter()
                .filter(|linked| linked.role == FileRole::Code)
                .filter_map(|linked| own(linked.file))
                .map(Code::File),
        );
        for symbol in &chain.symbols {
            let facts = self.source(symbol.file).map(|source| &source.facts);
            let it = facts.and_then(|facts| facts.symbols.get(symbol.symbol as usize));
            if let (Some(path), Some(it), true) = (
                own(symbol.file),
                it,
                symbol.basis == Basis::Name && is_code(symbol.file),
            ) {
                code.push(Code::Symbol(path, it.name.clone()));
            }
        }
        for &(file, mention, basis) in &chain.mentions {
            let facts = self.source(file).map(|source| &source.facts);
            let it = facts.and_then(|facts| facts.mentions.get(mention as usize));
            let known =
                it.filter(|it| basis != Basis::Inferred && it.test.is_none() && it.group.is_none());
            if let (Some(path), Some(it)) = (own(file), known) {
                code.push(Code::Mention(path, it.mention.key.clone()));
            }
        }
        code.sort_unstable();
        code.dedup();
        let tasks: Option<Vec<Line>> = chain.tasks.iter().map(|task| self.line_of(*task)).collect();
        let tasks = tasks?;
        let defined = if tasks.is_empty() {
            Some(self.line_of(item)?)
        } else {
            None
        };
        (!code.is_empty()).then_some(Implementation {
            root,
            defined,
            tasks,
            code,
        })
    }

    fn line_of(&self, item: ItemRef) -> Option<Line> {
        let (feature, it) = self.item(item)?;
        let document = feature.document(item.file)?;
        let (_, path) = self.inputs().tree.path(item.file)?;
        Some(Line {
            path: path.clone(),
            document: document.kind,
            kind: it.kind,
            id: it.id.clone(),
            title: words(document.slice(it.title_range)),
        })
    }
}

/// A title, whatever its line breaks and blanks.
fn words(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    words.join(" ")
}

impl Implementation {
    /// How much of it a version has.
    #[must_use]
    pub fn held(&self, version: &dyn Version) -> Held {
        let mut held = Held::Whole;
        for line in self.tasks.iter().chain(&self.defined) {
            held = held.and(line.held(version));
            if held == Held::No {
                return held;
            }
        }
        let mut code = Held::No;
        for piece in &self.code {
            code = code.or(piece.held(version));
            if code == Held::Whole {
                break;
            }
        }
        match (held, code) {
            // Ticked in the same words, and the code is elsewhere: it may have moved since. An item that is only
            // defined has no code yet.
            (Held::Whole | Held::Perhaps, Held::No) if self.defined.is_none() => Held::Perhaps,
            (held, code) => held.and(code),
        }
    }

    /// Everything it asks for, as a key of answers that are kept.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{:?} {:?} {:?}", self.defined, self.tasks, self.code)
    }
}

impl Held {
    /// Of two things that are both needed.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Perhaps, _) | (_, Self::Perhaps) => Self::Perhaps,
            (Self::Whole, Self::Whole) => Self::Whole,
        }
    }

    /// Of two things of which one will do.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Whole, _) | (_, Self::Whole) => Self::Whole,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Perhaps, _) | (_, Self::Perhaps) => Self::Perhaps,
            (Self::No, Self::No) => Self::No,
        }
    }
}

impl Line {
    /// Whether a version has this line; of a task, ticked.
    fn held(&self, version: &dyn Version) -> Held {
        let document = match version.document(&self.path, self.document) {
            Seen::There(document) => document,
            Seen::Missing => return Held::No,
            Seen::Unreadable => return Held::Unknown,
        };
        let said = |it: &documents::Item| words(text::slice(&document.text, it.title_range));
        let there = |it: &documents::Item| {
            let state = it.task.as_ref().map(|task| task.state);
            self.kind != ItemKind::Task || state == Some(TaskState::Done)
        };
        let same_kind = || {
            document
                .facts
                .items
                .iter()
                .filter(|it| it.kind == self.kind)
        };
        // In the same words, whatever its number is now; the one of the same number first.
        let mut same: Vec<&documents::Item> =
            same_kind().filter(|it| said(it) == self.title).collect();
        if same.iter().any(|it| it.id == self.id) {
            same.retain(|it| it.id == self.id);
        }
        if !same.is_empty() {
            let whole = same.iter().all(|it| there(it));
            return if whole { Held::Whole } else { Held::No };
        }
        let mut numbered = same_kind().filter(|it| !self.id.is_empty() && it.id == self.id);
        match numbered.next() {
            Some(it) if there(it) => Held::Perhaps,
            _ => Held::No,
        }
    }
}

impl Code {
    fn held(&self, version: &dyn Version) -> Held {
        let (path, has): (_, &dyn Fn(&SourceFile) -> bool) = match self {
            Self::File(path) => {
                return match version.has(path) {
                    Seen::There(()) => Held::Whole,
                    Seen::Missing => Held::No,
                    Seen::Unreadable => Held::Unknown,
                };
            }
            Self::Symbol(path, name) => (path, &|source| {
                source.facts.symbols.iter().any(|it| it.name == *name)
            }),
            Self::Mention(path, key) => (path, &|source| {
                let mut mentions = source.facts.mentions.iter();
                mentions.any(|it| it.mention.key == *key)
            }),
        };
        match version.source(path) {
            Seen::There(source) if has(&source) => Held::Whole,
            Seen::There(_) | Seen::Missing => Held::No,
            Seen::Unreadable => Held::Unknown,
        }
    }
}

/// The first of some versions, in order, that has an implementation. `names` are their tags and commits.
#[must_use]
pub fn first_release<'v>(
    implementation: &Implementation,
    versions: impl IntoIterator<Item = (&'v str, &'v str, &'v dyn Version)>,
) -> Released {
    let mut perhaps: Option<String> = None;
    let mut tags = 0;
    for (tag, commit, version) in versions {
        tags += 1;
        match implementation.held(version) {
            Held::Whole => {
                return Released::In {
                    tag: tag.to_owned(),
                    commit: commit.to_owned(),
                    perhaps,
                };
            }
            Held::Perhaps => {
                perhaps.get_or_insert_with(|| tag.to_owned());
            }
            Held::Unknown => {
                return Released::Unknown(format!("git objects of {tag} cannot be read"));
            }
            Held::No => {}
        }
    }
    match perhaps {
        Some(tag) => Released::Unknown(format!(
            "{tag} has its tasks ticked in other words, or its code under other names"
        )),
        None => Released::No { tags },
    }
}
