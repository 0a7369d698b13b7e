//! Any file or folder of any workspace, moved anywhere and back: what was named is named, and the bytes are the same.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use fixture::Fixture;
use proptest::prelude::*;
use smol_str::SmolStr;
use text::TextRange;
use trace::{End, Graph, Resolution, RootId};

use super::{Files, moved, plan};

/// What moves of a workspace did.
#[derive(Debug, Default)]
struct Count {
    moves: usize,
    named: usize,
    rewritten: usize,
    /// Paths that led to one thing which is moved, and stay.
    left: usize,
    /// Places that stay, paths that may mean several things among them.
    left_in_all: usize,
    /// Documents that are written otherwise after the way back.
    otherwise: usize,
}

/// Where the paths and links of a document lead for certain, by their place among all of the document.
type Leads = BTreeMap<(String, bool, usize), (RootId, SmolStr)>;

fn leads(graph: &Graph, files: &Files) -> (Leads, BTreeMap<(String, bool, usize), TextRange>) {
    let (mut leads, mut ranges) = (Leads::new(), BTreeMap::new());
    let tree = &graph.inputs().tree;
    let full = |file: text::FileId| files[file.0 as usize].0.clone();
    for feature in graph.features() {
        for document in &feature.documents {
            let name = full(document.file);
            let own = feature.paths.iter().filter(|it| it.file == document.file);
            for (nth, link) in own.enumerate() {
                let range = document.facts().paths[link.mention as usize].range;
                let key = (name.clone(), false, nth);
                ranges.insert(key.clone(), range);
                match &link.resolution {
                    Resolution::File(file) => {
                        let (root, path) = tree.path(*file).unwrap();
                        leads.insert(key, (root, path.clone()));
                    }
                    Resolution::Directory(path) => {
                        leads.insert(key, (feature.root, path.clone()));
                    }
                    _ => {}
                }
            }
            let own = feature.hyperlinks.iter();
            let own = own.filter(|it| it.file == document.file);
            for (nth, link) in own.enumerate() {
                let key = (name.clone(), true, nth);
                let range = document.facts().hyperlinks[link.link as usize].range;
                ranges.insert(key.clone(), range);
                if let End::File(file) = link.end {
                    let (root, path) = tree.path(file).unwrap();
                    leads.insert(key, (root, path.clone()));
                }
            }
        }
    }
    (leads, ranges)
}

/// Moves, holds every path against where it led, and moves back.
fn there_and_back(files: &Files, from: &str, to: &str, lenient: bool, count: &mut Count) {
    let graph = Graph::new(fixture::inputs(files));
    let pairs = [(from, to)];
    let done = plan(&graph, files, &pairs);
    let after = moved(files, &done, &pairs);
    let graph_after = Graph::new(fixture::inputs(&after));
    let (before_leads, ranges) = leads(&graph, files);
    let (after_leads, _) = leads(&graph_after, &after);
    let goes = |path: &str| match path.strip_prefix(from) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => Some(format!("{to}{rest}")),
        _ => None,
    };
    count.moves += 1;
    count.rewritten += done.edits.len();
    count.left_in_all += done.left.len();
    for (key @ (document, link, nth), (root, path)) in &before_leads {
        let Some(new) = goes(path) else { continue };
        count.named += 1;
        let document_after = goes(document).unwrap_or_else(|| document.clone());
        let at = files.iter().position(|(path, _)| path == document).unwrap();
        let left = done
            .left
            .iter()
            .any(|(file, range)| file.0 as usize == at && *range == ranges[key]);
        let now = after_leads.get(&(document_after.clone(), *link, *nth));
        let same = now == Some(&(*root, SmolStr::new(&new)));
        // A link's text is read as a path as well, from other directories than a renderer does.
        let twice = !link
            && ranges.iter().any(|((doc, is_link, _), range)| {
                doc == document && *is_link && *range == ranges[key]
            });
        let unread = trace::document_kind(&document_after) != trace::document_kind(document);
        count.left += usize::from(left);
        assert!(
            same || left || twice || unread,
            "{document}: {path} -> {new}, but {now:?} ({from} -> {to})"
        );
    }
    // Whatever was not rewritten is byte for byte what it was.
    let back = [(to, from)];
    let done = plan(&graph_after, &after, &back);
    let again = moved(&after, &done, &back);
    for ((path, text), (path_again, again)) in files.iter().zip(&again) {
        assert_eq!(path, path_again);
        let mut lines = text.lines().zip(again.lines());
        if let Some((line, now)) = lines.find(|(line, now)| line != now) {
            count.otherwise += 1;
            let said = format!("{path}: {line}\n{now} ({from} -> {to} and back)");
            // The end of a path that became shorter says less than it did.
            assert!(lenient, "{said}");
        }
        assert_eq!(text.lines().count(), again.lines().count());
    }
}

fn workspaces() -> &'static [Files] {
    static ALL: OnceLock<Vec<Files>> = OnceLock::new();
    ALL.get_or_init(read_workspaces)
}

fn read_workspaces() -> Vec<Files> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let mut all = vec![Fixture::directory(&tests.join("workspaces/parcels")).files];
    for name in ["gen1", "gen2", "chinese", "japanese"] {
        let directory = tests.join(format!("fixtures/spec-kit/{name}"));
        all.push(Fixture::directory(&directory).files);
    }
    all
}

/// Files that documents name, and their directories.
fn named(files: &Files) -> Vec<String> {
    let graph = Graph::new(fixture::inputs(files));
    let (leads, _) = leads(&graph, files);
    let mut named: Vec<String> = leads.into_values().map(|(_, path)| path.into()).collect();
    let parents: Vec<String> = named
        .iter()
        .filter_map(|path| Some(path.rsplit_once('/')?.0.to_owned()))
        .collect();
    named.extend(parents);
    named.sort();
    named.dedup();
    named
}

/// A new place: beside the old one, deeper, at the top, elsewhere. Its last name is nobody else's.
fn new_place(old: &str, kind: usize, name: &str) -> String {
    let (directory, last) = old.rsplit_once('/').unwrap_or(("", old));
    let ending = last
        .rfind('.')
        .filter(|at| *at > 0)
        .map_or("", |at| &last[at..]);
    let name = format!("{name}{ending}");
    let below = |directory: &str, name: &str| match directory {
        "" => name.to_owned(),
        directory => format!("{directory}/{name}"),
    };
    match kind {
        0 => below(directory, &name),
        1 => below(directory, &format!("deep/er/{name}")),
        2 => name,
        _ => below(directory.split('/').next().unwrap_or_default(), &name),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn there_and_back_is_the_same(
        workspace in 0..5_usize,
        which in any::<prop::sample::Index>(),
        kind in 0..4_usize,
        name in "[a-z][a-z_-]{2,8}zq",
    ) {
        let files = &workspaces()[workspace];
        let named = named(files);
        prop_assume!(!named.is_empty());
        let from = which.get(&named);
        let to = new_place(from, kind, &name);
        // A document under another name may be of another kind, and is read as that.
        prop_assume!(files.iter().all(|(path, _)| path != &to));
        let document = trace::document_kind(from).is_some()
            || files.iter().any(|(path, _)| {
                path.starts_with(&format!("{from}/")) && trace::document_kind(path).is_some()
            });
        prop_assume!(!document || (kind == 0 && !from.contains('.')));
        there_and_back(files, from, &to, false, &mut Count::default());
    }
}

#[test]
fn moves_of_a_corpus() {
    let Ok(corpus) = std::env::var("SPEC_ANALYZER_CORPUS") else {
        return;
    };
    let mut all = Count::default();
    let mut roots: Vec<_> = std::fs::read_dir(Path::new(&corpus))
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.is_dir())
        .collect();
    roots.sort();
    for root in roots {
        let files = Fixture::directory(&root).files;
        let files: Files = files
            .into_iter()
            .map(|(path, text)| {
                // Only documents are read; sources are there.
                let keeps = trace::document_kind(&path).is_some();
                (path, if keeps { text } else { String::new() })
            })
            .collect();
        let named = named(&files);
        let mut count = Count::default();
        let step = (named.len() / 10).max(1);
        for (nth, from) in named.iter().step_by(step).enumerate() {
            let to = new_place(from, nth % 4, "movedzq");
            let document = files.iter().any(|(path, _)| {
                (path == from || path.starts_with(&format!("{from}/")))
                    && trace::document_kind(path).is_some()
            });
            if !document && files.iter().all(|(path, _)| *path != to) {
                there_and_back(&files, from, &to, true, &mut count);
            }
        }
        eprintln!("{}: {count:?}", root.display());
        all.moves += count.moves;
        all.named += count.named;
        all.rewritten += count.rewritten;
        all.left += count.left;
        all.left_in_all += count.left_in_all;
        all.otherwise += count.otherwise;
    }
    eprintln!("all: {all:?}");
}
