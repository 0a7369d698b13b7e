//! Files and folders are moved: what documents name them by leads to them again.
//!
//! A path is written as it was written: from the same directory, with or without `./`, percent-encoded or not, with what
//! stands behind it. Only what leads to one file or one directory for certain is touched; short names that several files
//! end in stay. Whatever is written is read again ([`proof`]) before it is given out: an edit whose path would lead
//! elsewhere is not made, and the place is told as left.

mod feature_json;
mod heads;
mod moves;
mod proof;
mod spelling;
mod ways;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;
use text::{Edit, FileId, LineIndex, TextRange};
use trace::{Change, DocumentFile, End, Fate, Feature, FeatureDocument, Graph, Resolution, RootId};

use crate::Texts;
use crate::planned::writable;
use moves::Moves;
use ways::{Bases, Named};

/// A file or directory that is moved, with all below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Its root.
    pub root: RootId,
    /// Its path from there.
    pub from: SmolStr,
    /// Where it goes; `None`: out of the workspace.
    pub to: Option<(RootId, SmolStr)>,
}

/// What follows of a move.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MovedFiles {
    /// Edits by file, where the files are before the move; by position within a file.
    pub edits: Vec<(FileId, Edit)>,
    /// Paths that lead to what is moved, and stay as they are.
    pub left: Vec<(FileId, TextRange)>,
}

/// A place in a document that is written anew.
#[derive(Debug, Clone)]
struct Rewrite {
    edit: Edit,
    /// What it must lead to.
    goal: Named,
    how: How,
}

/// What a rewritten place is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// A Markdown link.
    Link,
    /// A path.
    Path,
    /// Text at the head of a document.
    Head,
}

/// A document with its rewrites.
struct Planned {
    /// The file before the move.
    file: FileId,
    /// Its text.
    text: Arc<str>,
    /// By position.
    rewrites: Vec<Rewrite>,
}

/// The edits that keep documents true while `moves` are made. Documents whose text is not the graph's are left.
#[must_use]
pub fn move_files(graph: &Graph, moves: &[Move], texts: &Texts<'_>) -> MovedFiles {
    let moves = Moves::new(moves);
    let mut done = MovedFiles::default();
    let moved = moves.files(graph);
    if moved.is_empty() {
        return done;
    }
    let concerned: Vec<(&Feature, &FeatureDocument)> = graph
        .features()
        .iter()
        .flat_map(|feature| feature.documents.iter().map(move |it| (&**feature, it)))
        .filter(|(feature, document)| concerns(graph, &moves, &moved, feature, document))
        .collect();
    if !concerned.is_empty() {
        let (after, new_ids) = moved_graph(graph, &moves, &moved);
        let mut planned = Vec::new();
        for (feature, document) in concerned {
            let Ok(text) = writable(graph, document.file, texts) else {
                continue;
            };
            let at = new_ids
                .get(&document.file)
                .copied()
                .unwrap_or(document.file);
            let walk = Walk {
                graph,
                after: &after,
                moves: &moves,
                feature,
                document,
                at,
            };
            let (rewrites, left) = walk.rewrites();
            done.left
                .extend(left.into_iter().map(|range| (document.file, range)));
            if !rewrites.is_empty() {
                planned.push(Planned {
                    file: document.file,
                    text,
                    rewrites,
                });
            }
        }
        done.left
            .extend(proof::hold(&after, &new_ids, &mut planned));
        for document in planned {
            let edits = document.rewrites.into_iter().map(|it| it.edit);
            done.edits.extend(edits.map(|edit| (document.file, edit)));
        }
    }
    done.edits.extend(feature_json::edits(graph, &moves, texts));
    done.edits
        .sort_by_key(|(file, edit)| (*file, edit.range.start()));
    done.left
        .sort_unstable_by_key(|(file, range)| (*file, range.start(), range.end()));
    done.left.dedup();
    done
}

/// Whether anything a document names, or the document itself, is moved.
fn concerns(
    graph: &Graph,
    moves: &Moves<'_>,
    moved: &BTreeSet<FileId>,
    feature: &Feature,
    document: &FeatureDocument,
) -> bool {
    if moved.contains(&document.file) {
        return true;
    }
    let own = |file: FileId| file == document.file;
    let mut paths = feature.paths.iter().filter(|link| own(link.file));
    let named = paths.any(|link| match &link.resolution {
        Resolution::Directory(directory) => moves.has(feature.root, directory),
        Resolution::Missing(Fate::Never { .. }) => {
            let path = document.facts().paths.get(link.mention as usize);
            path.is_some_and(|path| {
                let bases = Bases::of(feature, &document.path);
                ways::planned(&bases, moves, path).is_some()
            })
        }
        resolution => resolution.files().iter().any(|file| moved.contains(file)),
    });
    let mut links = feature.hyperlinks.iter().filter(|link| own(link.file));
    named
        || !heads::spans(graph, moves, feature, document).is_empty()
        || links.any(|link| match link.end {
            End::File(file) => moved.contains(&file),
            End::Directory => {
                let link = document.facts().hyperlinks.get(link.link as usize);
                link.and_then(|link| ways::linked(feature, document, link))
                    .is_some_and(|(_, path)| moves.has(feature.root, &path))
            }
            _ => false,
        })
}

/// The graph with everything in its new place, and the new ids of what was moved.
fn moved_graph(
    graph: &Graph,
    moves: &Moves<'_>,
    moved: &BTreeSet<FileId>,
) -> (Graph, BTreeMap<FileId, FileId>) {
    let inputs = graph.inputs();
    let mut tree = inputs.tree.clone();
    let mut places = Vec::new();
    for file in moved {
        let place = tree
            .path(*file)
            .and_then(|(root, path)| moves.of(root, path).place((root, path)));
        tree.remove(*file);
        places.push((*file, place));
    }
    let mut new_ids = BTreeMap::new();
    let mut changes = Vec::new();
    for (file, place) in places {
        let known = inputs.documents.get(&file);
        if known.is_some() {
            changes.push(Change::Document(file, None));
        }
        let Some((root, path)) = place else { continue };
        let new = tree.insert(root, &path);
        new_ids.insert(file, new);
        let kind = inputs.spec_roots.document_kind(root, &path);
        let Some((known, kind)) = known.zip(kind) else {
            continue;
        };
        let read = if known.facts.kind == Some(kind) {
            Arc::clone(known)
        } else {
            Arc::new(DocumentFile {
                text: Arc::clone(&known.text),
                lines: LineIndex::new(&known.text),
                facts: documents::read(kind, &known.text),
            })
        };
        changes.push(Change::Document(new, Some(read)));
    }
    changes.insert(0, Change::Tree(tree));
    (graph.apply(changes), new_ids)
}

/// How a path is written after the move.
enum Way {
    /// As it is.
    Same,
    /// So.
    New(String),
    /// In no way.
    None,
}

/// One document on its way.
struct Walk<'a> {
    graph: &'a Graph,
    after: &'a Graph,
    moves: &'a Moves<'a>,
    feature: &'a Feature,
    document: &'a FeatureDocument,
    /// The document after the move.
    at: FileId,
}

impl Walk<'_> {
    /// What is written anew, by position, and what stays although it leads to what is moved.
    fn rewrites(&self) -> (Vec<Rewrite>, Vec<TextRange>) {
        let (mut rewrites, mut left) = (Vec::new(), Vec::new());
        let links = self.links(&mut rewrites, &mut left);
        self.paths(&links, &mut rewrites, &mut left);
        for (range, new) in heads::spans(self.graph, self.moves, self.feature, self.document) {
            match new {
                Some((insert, goal)) => rewrites.push(Rewrite {
                    edit: Edit::replace(range, insert),
                    goal,
                    how: How::Head,
                }),
                None => left.push(range),
            }
        }
        rewrites.sort_by_key(|it: &Rewrite| it.edit.range.start());
        (rewrites, left)
    }

    /// The directories paths may be written from, after the move; `None` where nobody will read them any more.
    fn bases(&self) -> Option<Bases> {
        let feature = self.after.feature_of(self.at)?;
        let document = feature.document(self.at)?;
        Some(Bases::of(feature, &document.path))
    }

    /// Markdown links; gives the ranges of those that lead somewhere by themselves.
    fn links(&self, rewrites: &mut Vec<Rewrite>, left: &mut Vec<TextRange>) -> Vec<TextRange> {
        let mut seen = Vec::new();
        let facts = self.document.facts();
        let (new_root, new_path) = match self.after.inputs().tree.path(self.at) {
            Some((root, path)) => (root, path.as_str()),
            None => return seen,
        };
        let own = self.feature.hyperlinks.iter();
        for end in own.filter(|link| link.file == self.document.file) {
            let Some(link) = facts.hyperlinks.get(end.link as usize) else {
                continue;
            };
            if !matches!(end.end, End::File(_) | End::Directory) || link.path.is_empty() {
                continue;
            }
            seen.push(link.range);
            let Some((from, full)) = ways::linked(self.feature, self.document, link) else {
                continue;
            };
            let here = (self.feature.root, full.as_str());
            let goal = self.moves.of(here.0, here.1).place(here);
            let Some(goal) = goal.filter(|(root, _)| *root == new_root) else {
                // It stays, if the document does; else it leads nowhere from there.
                left.push(link.range);
                continue;
            };
            // From the project's directory, which stays, or from the document's own.
            let base = if from == trace::parent(&self.document.path) {
                trace::parent(new_path).to_owned()
            } else {
                from
            };
            let old = link.path.trim_start_matches("./");
            let new = if old.starts_with('/') {
                format!("/{}", goal.1)
            } else {
                ways::relative(&base, &goal.1, old)
            };
            let new = ways::with_tail(new, old);
            if ways::same_way(&new, old) {
                continue;
            }
            let written = self.document.slice(link.range);
            let before = self.document.doc.text.as_bytes();
            let angled = usize::from(link.range.start())
                .checked_sub(1)
                .is_some_and(|at| before[at] == b'<');
            let goal = match end.end {
                End::File(_) => Named::File(goal.0, goal.1),
                _ => Named::Directory(goal.0, goal.1),
            };
            match spelling::link(written, old, &new, angled) {
                Some(insert) => rewrites.push(Rewrite {
                    edit: Edit::replace(link.range, insert),
                    goal,
                    how: How::Link,
                }),
                None => left.push(link.range),
            }
        }
        seen
    }

    /// Paths that are written as such.
    fn paths(&self, links: &[TextRange], rewrites: &mut Vec<Rewrite>, left: &mut Vec<TextRange>) {
        let facts = self.document.facts();
        let own = self.feature.paths.iter();
        let own: Vec<_> = own
            .filter(|link| link.file == self.document.file)
            .filter_map(|link| Some((link, facts.paths.get(link.mention as usize)?)))
            .filter(|(_, path)| !links.contains(&path.range))
            .collect();
        let Some(bases) = self.bases() else { return };
        let stays = self.at == self.document.file;
        for (link, path) in &own {
            let goal = self.goal(&link.resolution, path);
            let Some((old, goal)) = goal else {
                let files = link.resolution.files();
                if files.len() > 1 && files.iter().any(|file| self.moves.moves(self.graph, *file)) {
                    left.push(path.range);
                }
                continue;
            };
            if stays && goal.as_ref() == Some(&old) {
                continue;
            }
            // Paths out of one brace group share their bytes.
            let alone = own.iter().filter(|(_, it)| it.range == path.range).count() == 1;
            let Some(goal) = goal.filter(|_| alone) else {
                left.push(path.range);
                continue;
            };
            match self.way(&bases, path, &goal) {
                Way::New(insert) => rewrites.push(Rewrite {
                    edit: Edit::replace(path.range, insert),
                    goal,
                    how: How::Path,
                }),
                Way::Same => {}
                Way::None => left.push(path.range),
            }
        }
    }

    /// What a path names, and what it is to name; the second is `None` where that leaves the workspace. Nothing for
    /// paths that are not certain.
    fn goal(
        &self,
        resolution: &Resolution,
        path: &grammar::PathMention,
    ) -> Option<(Named, Option<Named>)> {
        let tree = &self.graph.inputs().tree;
        let (root, at) = match resolution {
            Resolution::File(file) => {
                let (root, path) = tree.path(*file)?;
                (root, path.clone())
            }
            Resolution::Directory(directory) => (self.feature.root, directory.clone()),
            Resolution::Missing(Fate::Never { .. }) => {
                let bases = Bases::of(self.feature, &self.document.path);
                (self.feature.root, ways::planned(&bases, self.moves, path)?)
            }
            _ => return None,
        };
        let named = |root: RootId, path: SmolStr| match resolution {
            Resolution::File(_) => Named::File(root, path),
            Resolution::Directory(_) => Named::Directory(root, path),
            _ => Named::Planned(root, path),
        };
        let to = self.moves.of(root, &at).place((root, &at));
        Some((named(root, at), to.map(|(root, path)| named(root, path))))
    }

    /// How a path is written that leads to `goal`.
    fn way(&self, bases: &Bases, path: &grammar::PathMention, goal: &Named) -> Way {
        self.likest(bases, path, goal).unwrap_or(Way::None)
    }

    fn likest(&self, bases: &Bases, path: &grammar::PathMention, goal: &Named) -> Option<Way> {
        let written = self.document.slice(path.range);
        let anchored = written.starts_with("./");
        let after = self.after.feature_of(self.at)?;
        let document = &after.document(self.at)?.path;
        let leads = |candidate: &str| {
            let found = self.after.path_from(after, document, candidate, anchored);
            goal.is(self.after, found.as_ref().map(|(resolution, _)| resolution))
        };
        let old = Bases::of(self.feature, &self.document.path);
        let from = ways::base_of(self.graph, self.feature, self.document, self.moves, path)?;
        let candidates = ways::candidates(from, &old, bases, &path.path, goal, |root| {
            self.after.inputs().tree.root_name(root)
        });
        let new = candidates.into_iter().find(|candidate| leads(candidate))?;
        if ways::same_way(&new, &path.path) {
            return Some(Way::Same);
        }
        let style = path.style;
        let insert = if style == grammar::PathStyle::Link {
            spelling::link(written, &path.path, &new, false)
        } else {
            spelling::path(written, &path.path, &new)
        };
        insert.map(Way::New)
    }
}
