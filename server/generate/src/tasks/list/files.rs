//! Files that the documents of a feature name: those that its plan's trees draw, and those that contracts, data model and
//! quickstart spell out.

use code::is_source_path;
use documents::DocumentKind;
use rustc_hash::FxHashSet;
use trace::{Feature, Graph, planned_files};

use super::layer::Layer;
use super::telling::{stem, words};
use super::work::{Piece, TestFile, Work, only_one};
use crate::tasks::ground;

/// A tree of more files that are all there shows the project, not the work.
const FEW: usize = 20;

/// A word at the beginning of what a plan remarks of a file, and what it means.
const MARKS: &[(&str, Fate)] = &[
    ("NEW", Fate::Written),
    ("ADDED", Fate::Written),
    ("ADD", Fate::Written),
    ("CREATED", Fate::Written),
    ("CREATE", Fate::Written),
    ("MODIFIED", Fate::Written),
    ("MODIFY", Fate::Written),
    ("UPDATED", Fate::Written),
    ("UPDATE", Fate::Written),
    ("EXTENDED", Fate::Written),
    ("EXTEND", Fate::Written),
    ("DELETED", Fate::Gone),
    ("DELETE", Fate::Gone),
    ("REMOVED", Fate::Gone),
    ("REMOVE", Fate::Gone),
    ("DEPRECATED", Fate::Gone),
    ("EXISTING", Fate::Left),
    ("UNCHANGED", Fate::Left),
    ("NO CHANGES", Fate::Left),
    ("NO CHANGE", Fate::Left),
    ("NOT CHANGED", Fate::Left),
    ("REFERENCE", Fate::Left),
];

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Written,
    Gone,
    Left,
}

impl Work<'_> {
    /// Files of the plan's trees.
    pub(super) fn take_files(&mut self, graph: &Graph, feature: &Feature) {
        let Some(plan) = feature.plan() else {
            return;
        };
        for file in planned_files(feature, graph.inputs()) {
            let (note, fate) = note(plan.slice(file.note));
            let words = words(&file.path, &note);
            let is_left = fate == Some(Fate::Left);
            let idle = is_left || file.exists && note.is_empty() && fate.is_none();
            if code::is_test_path(&file.path) {
                let name = file.path.rsplit('/').next().unwrap_or(&file.path);
                if is_test(name) {
                    if !idle {
                        self.tests.push(TestFile {
                            path: file.path.to_string(),
                            words,
                            story: None,
                            is_shared: false,
                        });
                    }
                    continue;
                }
            }
            let layer = Layer::of(&file.path);
            let named = self.named(feature, &file.path, &note);
            let story = named.filter(|_| layer != Layer::Settings);
            let story = story.or_else(|| self.owner(layer, &file.path, &note, &words));
            self.pieces.push(Piece {
                path: Some(file.path.to_string()),
                exists: file.exists,
                is_gone: fate == Some(Fate::Gone),
                is_drawn_only: idle,
                is_left,
                note,
                story,
                is_named: named.is_some(),
                layer,
                words,
                ..Piece::default()
            });
        }
        // Where no file is new and none is remarked upon, those that are drawn are what is worked on.
        let quiet = self.tests.is_empty() && self.pieces.iter().all(|piece| piece.is_drawn_only);
        if quiet && self.pieces.len() <= FEW {
            for piece in &mut self.pieces {
                piece.is_drawn_only = piece.is_left;
            }
        }
    }

    /// Source files that contracts, data model and quickstart name with their directories. What quickstart and data model show
    /// and what is there already may be no more than an example.
    pub(super) fn take_named(&mut self, graph: &Graph, feature: &Feature) {
        let tree = &graph.inputs().tree;
        for document in &feature.documents {
            let wanted = match document.kind {
                DocumentKind::Contract | DocumentKind::Quickstart => [true, true],
                DocumentKind::DataModel => [true, false],
                _ => continue,
            };
            for mention in &document.facts().paths {
                let path = mention.path.trim_start_matches('/');
                let is_plain = path.contains('/')
                    && !mention.directory
                    && !mention.glob
                    && !mention.home
                    && !path.starts_with("..")
                    && !path
                        .split('/')
                        .any(|name| matches!(name, "specs" | ".specify"));
                if !is_plain || !is_source_path(path) || code::is_test_path(path) {
                    continue;
                }
                let there = tree.ending_with(feature.root, path);
                // From the root of somebody's machine.
                if there.is_empty() && mention.path.starts_with('/') {
                    continue;
                }
                let path = match there.as_slice() {
                    [] => path.to_owned(),
                    [file] => match ground::from_project(feature, tree.path_str(*file)) {
                        Some(path) => path,
                        None => continue,
                    },
                    _ => continue,
                };
                let exists = !there.is_empty();
                if !wanted[usize::from(exists)] {
                    continue;
                }
                let is_known = |piece: &Piece| {
                    let known = piece.path.as_deref().unwrap_or_default();
                    known.ends_with(&path) || path.ends_with(known) && known.contains('/')
                };
                if let Some(piece) = self.pieces.iter_mut().find(|piece| is_known(piece)) {
                    piece.is_drawn_only &= !piece.is_left;
                    continue;
                }
                let words = words(&path, "");
                let layer = Layer::of(&path);
                let named = self.named(feature, &path, "");
                let story = named.filter(|_| layer != Layer::Settings);
                let story = story.or_else(|| self.owner(layer, &path, "", &words));
                self.pieces.push(Piece {
                    path: Some(path),
                    exists,
                    story,
                    is_named: named.is_some(),
                    layer,
                    words,
                    ..Piece::default()
                });
            }
        }
    }

    /// The story a file is written for, where no document names one beside it: the one that its words tell of; nobody's alone
    /// where it is of a layer that all build upon.
    fn owner(
        &self,
        layer: Layer,
        path: &str,
        note: &str,
        words_of_file: &FxHashSet<String>,
    ) -> Option<usize> {
        if layer == Layer::Settings {
            return None;
        }
        if layer.is_shared() || is_for_all(path, note) {
            return None;
        }
        let is_seen = matches!(
            layer,
            Layer::Surface | Layer::Hook | Layer::View | Layer::Page
        );
        let name = words(name_of(path), "");
        let told = self.told_by(&name, words_of_file, if is_seen { 1.0 } else { 1.2 });
        // What is shown is shown to somebody: that of no story is right less often than that of the first.
        let is_one = matches!(layer, Layer::View | Layer::Page) && code::is_source_path(path);
        told.or_else(|| is_one.then_some(0))
    }

    /// The only story that stands on a line with a file, or above it as a heading, in a document other than the spec.
    fn named(&self, feature: &Feature, path: &str, note: &str) -> Option<usize> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut beside: FxHashSet<usize> = FxHashSet::default();
        let mut above: FxHashSet<usize> = FxHashSet::default();
        beside.extend(self.ids_in(note));
        let documents = feature.documents.iter();
        for document in documents.filter(|document| {
            matches!(
                document.kind,
                DocumentKind::Plan
                    | DocumentKind::Research
                    | DocumentKind::DataModel
                    | DocumentKind::Quickstart
                    | DocumentKind::Contract
            )
        }) {
            let facts = document.facts();
            for mention in &facts.paths {
                let said = mention.path.as_str();
                let same = path == said
                    || path
                        .strip_suffix(said)
                        .is_some_and(|head| head.ends_with('/'))
                    || said
                        .strip_suffix(path)
                        .is_some_and(|head| head.ends_with('/'));
                if !same || !said.ends_with(name) {
                    continue;
                }
                beside.extend(self.ids_in(ground::line_around(document, mention.range)));
                let sections = facts.sections.iter().rev();
                let mut around =
                    sections.filter(|section| section.range.contains_range(mention.range));
                above
                    .extend(around.find_map(|section| {
                        only_one(self.ids_in(document.slice(section.heading)))
                    }));
            }
        }
        only_one(beside.into_iter()).or_else(|| only_one(above.into_iter()))
    }
}

/// Whether the directory of a file, or the first word of what the plan says of it, is that it is for all.
fn is_for_all(path: &str, note: &str) -> bool {
    let first = note.split_whitespace().next().unwrap_or_default();
    if matches!(first.to_lowercase().as_str(), "shared" | "common") {
        return true;
    }
    let dir = path.rsplit('/').nth(1).unwrap_or_default().to_lowercase();
    matches!(dir.as_str(), "shared" | "common")
}

/// What a file is called: `cart` for `cart.ts`, and for `cart/page.tsx`, too.
pub(super) fn name_of(path: &str) -> &str {
    let own = stem(path);
    let is_open = |name: &str| name.starts_with(['[', '(', ':', '_', '$']);
    if !matches!(own, "page" | "+page" | "route" | "index" | "layout") {
        return own;
    }
    let mut dirs = path.rsplit('/').skip(1);
    dirs.find(|dir| !is_open(dir)).unwrap_or(own)
}

/// Whether the name of a file among tests says that it tests something, and does not only help others.
fn is_test(name: &str) -> bool {
    let helps = [
        "__init__", "conftest", "fixture", "helper", "setup", "mock", "common", "util",
    ];
    let lower = name.to_lowercase();
    ground::test_name(name).is_some() && !helps.iter().any(|word| lower.contains(word))
}

/// What a line of a tree says behind the name, and what it means: `# NEW: checks of a parcel` is `checks of a parcel`.
fn note(behind: &str) -> (String, Option<Fate>) {
    let note = behind
        .trim()
        .trim_start_matches(['#', '/', '-', '–', '—', '←', '<', ' ']);
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let marked = note.trim_start_matches(['(', '[', '*']);
    for (mark, fate) in MARKS {
        let Some(head) = marked.get(..mark.len()) else {
            continue;
        };
        let rest = &marked[mark.len()..];
        let ends =
            rest.is_empty() || rest.starts_with([':', ',', ';', ')', ']', '*', ' ', '-', '—']);
        if head.eq_ignore_ascii_case(mark) && ends {
            let rest = rest.trim_start_matches([':', ',', ';', ')', ']', '*', ' ', '-', '—', '–']);
            return (one_line(rest), Some(*fate));
        }
    }
    (one_line(note), None)
}
