//! What the argument of `trace` means: a path that is there before an id, an id before a directory, a directory before the name
//! of a feature.

use std::path::Path;

use documents::ItemKind;
use text::FileId;
use trace::{CodePlace, Feature, ItemRef, RootId};

use crate::cli::links::item_at;
use crate::cli::load::Loaded;
use crate::cli::scope::is_named;

/// What is to be traced.
pub(in crate::cli) enum Asked {
    /// Nobody knows it.
    Nothing,
    /// One item, or all of a document.
    Items(Vec<ItemRef>),
    /// One of these items, and nothing says which.
    Ambiguous(Vec<ItemRef>),
    /// A source file or a place in it.
    Source(FileId, CodePlace),
    /// The items of the documents below a directory, and the other files below it.
    Directory {
        documents: Vec<ItemRef>,
        sources: Vec<FileId>,
    },
}

/// Reads the argument.
pub(in crate::cli) fn read(loaded: &Loaded, what: &str, feature: Option<&str>) -> Asked {
    let (path, line) = match what.rsplit_once(':') {
        Some((path, line)) if line.parse::<u32>().is_ok() => (path, line.parse::<u32>().ok()),
        _ => (what, None),
    };
    if let Some(file) = file_of(loaded, what) {
        return in_file(loaded, file, None);
    }
    if let Some(file) = file_of(loaded, path) {
        return in_file(loaded, file, line);
    }
    let mut items = loaded.analysis.graph.look_up(what, feature);
    match items.len() {
        0 => match directory(loaded, what) {
            Asked::Nothing => of_feature(loaded, what),
            asked => asked,
        },
        1 => Asked::Items(items),
        _ => {
            items.sort_unstable();
            Asked::Ambiguous(items)
        }
    }
}

fn in_file(loaded: &Loaded, file: FileId, line: Option<u32>) -> Asked {
    let graph = &loaded.analysis.graph;
    if let Some(feature) = graph.feature_of(file)
        && let Some(document) = feature.document(file)
    {
        let Some(line) = line else {
            return Asked::Items(items_of(feature, file));
        };
        let bytes = document.doc.lines.line_range(line.saturating_sub(1));
        let item = bytes.and_then(|bytes| item_at(feature, document, bytes));
        return Asked::Items(item.into_iter().collect());
    }
    let bytes = line.and_then(|line| {
        let source = graph.source(file)?;
        source.lines.line_range(line.saturating_sub(1))
    });
    let place = bytes.map(|bytes| graph.code_place(file, bytes));
    Asked::Source(file, place.unwrap_or_default())
}

/// The items of a document that may lead to code.
fn items_of(feature: &Feature, file: FileId) -> Vec<ItemRef> {
    let led = |kind| {
        matches!(
            kind,
            ItemKind::Story
                | ItemKind::Requirement
                | ItemKind::Criterion
                | ItemKind::SuccessCriterion
                | ItemKind::Task
        )
    };
    let items = feature.items();
    items
        .filter(|(item, it)| item.file == file && led(it.kind))
        .map(|(item, _)| item)
        .collect()
}

/// The file that a path names: as the system has it, else from a root.
pub(in crate::cli) fn file_of(loaded: &Loaded, path: &str) -> Option<FileId> {
    let full = Path::new(path).canonicalize().ok();
    if let Some(file) = full.and_then(|full| loaded.snapshot.file(&full)) {
        return Some(file);
    }
    let tree = &loaded.analysis.graph.inputs().tree;
    let relative = path.trim_start_matches("./");
    let printed = tree.behind_root(relative);
    if let Some(file) = printed.and_then(|(root, path)| tree.file(root, path)) {
        return Some(file);
    }
    (0..tree.roots().len() as u16).find_map(|root| tree.file(RootId(root), relative))
}

/// All items of the features of this name or number.
fn of_feature(loaded: &Loaded, name: &str) -> Asked {
    let features = loaded.analysis.graph.features().iter();
    let mut documents = Vec::new();
    for feature in features.filter(|feature| is_named(feature, name)) {
        for document in &feature.documents {
            documents.extend(items_of(feature, document.file));
        }
    }
    if documents.is_empty() {
        return Asked::Nothing;
    }
    Asked::Directory {
        documents,
        sources: Vec::new(),
    }
}

/// All that is below a directory.
fn directory(loaded: &Loaded, path: &str) -> Asked {
    let graph = &loaded.analysis.graph;
    let tree = &graph.inputs().tree;
    let full = Path::new(path)
        .canonicalize()
        .ok()
        .filter(|full| full.is_dir());
    let relative = full.as_ref().and_then(|full| {
        (0..)
            .zip(loaded.snapshot.roots.iter())
            .find_map(|(root, folder)| {
                let below = full.strip_prefix(folder).ok()?;
                let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                Some((RootId(root), parts.join("/")))
            })
    });
    let of_root = || {
        let relative = path.trim_start_matches("./").trim_end_matches('/');
        let has = |(root, path): &(RootId, &str)| tree.below(*root, path).next().is_some();
        if let Some((root, path)) = tree.behind_root(relative).filter(has) {
            return Some((root, path.to_owned()));
        }
        let mut roots = (0..tree.roots().len() as u16).map(RootId);
        let root = roots.find(|root| tree.below(*root, relative).next().is_some())?;
        Some((root, relative.to_owned()))
    };
    let Some((root, below)) = relative.or_else(of_root) else {
        return Asked::Nothing;
    };
    let mut documents = Vec::new();
    let mut sources = Vec::new();
    for (file, _) in tree.below(root, &below) {
        match graph.feature_of(file) {
            Some(feature) => {
                documents.extend(items_of(feature, file));
            }
            None => sources.push(file),
        }
    }
    Asked::Directory { documents, sources }
}
