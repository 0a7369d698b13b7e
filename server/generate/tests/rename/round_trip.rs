//! Every id of every fixture: there, held against the whole workspace, and back to the byte.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use documents::ItemKind;
use generate::{Refusal, Renaming};
use proptest::prelude::*;
use text::{FileId, LineIndex};
use trace::{Change, Graph, ItemRef, SourceFile};

use super::held::{Meaning, Named, Names, edits_of, holds, names};
use super::literals::{files_of, literals};
use super::{applied, texts};

/// How the renames of a workspace went.
#[derive(Debug, Default)]
pub(crate) struct Count {
    pub(crate) renamed: usize,
    pub(crate) places: usize,
    pub(crate) split: usize,
    pub(crate) left: usize,
    pub(crate) captured: usize,
    pub(crate) twice: usize,
    pub(crate) odd: usize,
    pub(crate) unwritable: usize,
    /// What could not be written, and where.
    pub(crate) said: Vec<String>,
}

impl Count {
    pub(crate) fn add(&mut self, other: &Self) {
        self.renamed += other.renamed;
        self.places += other.places;
        self.split += other.split;
        self.left += other.left;
        self.captured += other.captured;
        self.twice += other.twice;
        self.odd += other.odd;
        self.unwritable += other.unwritable;
        self.said.extend_from_slice(&other.said);
    }
}

/// Items with an id, those that are asked about by any mention.
fn items(graph: &Graph) -> Vec<ItemRef> {
    let mut items = Vec::new();
    let features = graph.features().iter();
    for feature in features.filter(|it| it.format() == documents::Format::SpecKit) {
        for document in &feature.documents {
            for (at, item) in (0..).zip(&document.facts().items) {
                let explicit = matches!(
                    item.kind,
                    ItemKind::Story
                        | ItemKind::Requirement
                        | ItemKind::SuccessCriterion
                        | ItemKind::Task
                        | ItemKind::ChecklistItem
                );
                if explicit && !item.id.is_empty() {
                    items.push(ItemRef {
                        feature: feature.id,
                        file: document.file,
                        item: at,
                    });
                }
            }
        }
    }
    items
}

/// An id of the same shape that nothing in the workspace is called or names.
fn free(id: &str, taken: &BTreeSet<String>) -> String {
    let body = id.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    // `T076-I`
    let body = body.trim_end_matches('-');
    let stem = body.trim_end_matches(|c: char| c.is_ascii_digit());
    if body == stem {
        return format!("{id}9");
    }
    let (width, suffix) = (body.len() - stem.len(), &id[body.len()..]);
    let candidates = (1..100_000_u32).map(|n| {
        let n = if width >= 3 {
            10_u32.pow(width as u32) - n.min(900)
        } else {
            n
        };
        format!("{stem}{n:0width$}{suffix}")
    });
    let mut candidates = candidates.filter(|id| !taken.contains(id));
    candidates.next().unwrap()
}

/// How a workspace is gone through.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    /// Every which item.
    pub(crate) step: usize,
    pub(crate) rebuild: Rebuild,
    /// Back is back to the byte unless a range fell apart; else only the items must be the same.
    pub(crate) exact: bool,
}

/// Every item, everything read again, back to the byte.
const WHOLE: Way = Way {
    step: 1,
    rebuild: from_scratch,
    exact: true,
};

/// The graph after a rename of a workspace.
pub(crate) type Rebuild = fn(&Graph, &[(String, String)], &Renaming) -> Graph;

/// Reads everything again.
fn from_scratch(_: &Graph, files: &[(String, String)], _: &Renaming) -> Graph {
    Graph::new(fixture::inputs(files))
}

/// Reads what was edited again; equal to reading everything by a property of the graph that is tested elsewhere.
pub(crate) fn by_difference(
    graph: &Graph,
    files: &[(String, String)],
    renaming: &Renaming,
) -> Graph {
    let mut edited: Vec<FileId> = renaming.edits.iter().map(|(file, _)| *file).collect();
    edited.dedup();
    let change = |file: FileId| {
        let (path, text) = &files[file.0 as usize];
        if let Some(document) = fixture::document(path, text) {
            return Change::Document(file, Some(document));
        }
        let facts = code::read_path(path, text, &|| false).unwrap();
        let lines = LineIndex::new(text);
        Change::Source(file, Some(Arc::new(SourceFile { lines, facts })))
    };
    graph.apply(edited.into_iter().map(change).collect())
}

/// Renames items there and back.
pub(crate) fn every_id(files: &[(String, String)], way: Way) -> Count {
    let graph = Graph::new(fixture::inputs(files));
    let before = names(&graph);
    let mut taken: BTreeSet<String> = before.values().flatten().map(|it| it.key.clone()).collect();
    for item in items(&graph) {
        taken.insert(graph.item(item).unwrap().1.id.to_string());
    }
    let mut count = Count::default();
    for item in items(&graph).into_iter().step_by(way.step) {
        let old = graph.item(item).unwrap().1.id.to_string();
        let new = free(&old, &taken);
        let group = match generate::group(&graph, &[item]) {
            Ok(group) => group,
            Err(Refusal::OddStory(_)) => {
                count.odd += 1;
                continue;
            }
            Err(refusal) => panic!("{old}: {refusal:?}"),
        };
        let (feature, it) = graph.item(item).unwrap();
        let defined = feature.defined(&old).len();
        let alone = it.kind == ItemKind::ChecklistItem || defined == group.len();
        match generate::rename(&graph, &group, &new, &texts(files)) {
            Ok(renaming) => {
                count.renamed += 1;
                count.places += renaming.edits.len();
                count.left += renaming.left.len();
                if !alone {
                    // Which of two is meant is open: the mentions stay with the other.
                    assert_eq!(renaming.edits.len(), 1, "{old}");
                    count.twice += 1;
                    continue;
                }
                let there = applied(files, &renaming);
                let graph_there = (way.rebuild)(&graph, &there, &renaming);
                if group.len() == 1 {
                    holds(&before, &names(&graph_there), &renaming, item, (&old, &new));
                }
                let was = (files, &before);
                let done = (&group[..], old.as_str(), new.as_str(), &renaming);
                let split = back(was, (&there, &graph_there), done, way);
                count.split += usize::from(split);
            }
            Err(Refusal::Captured(..)) => count.captured += 1,
            Err(Refusal::Unreadable(file, range)) => {
                count.unwritable += 1;
                let (path, text) = &files[file.0 as usize];
                let before = &text[..usize::from(range.start())];
                let line = text.lines().nth(before.matches('\n').count()).unwrap();
                count.said.push(format!("{old} -> {new}: {path}: {line}"));
            }
            Err(refusal) => panic!("{old} -> {new}: {refusal:?}"),
        }
    }
    count
}

/// The way back gives every byte, or, where a range fell apart, the same items everywhere. Whether one did.
fn back(
    (files, names_before): (&[(String, String)], &Names),
    (there, graph): (&[(String, String)], &Graph),
    (group, old, new, renaming): (&[ItemRef], &str, &str, &Renaming),
    way: Way,
) -> bool {
    let again = match generate::rename(graph, group, old, &texts(there)) {
        Ok(again) => again,
        Err(Refusal::Captured(file, _)) => {
            // A place that could mean two items means the other one since this one is called otherwise.
            let told = renaming.left.iter().any(|left| left.file == file);
            assert!(
                told || !way.exact,
                "{new} back to {old}: refused for a place that was not told"
            );
            return false;
        }
        Err(Refusal::Unreadable(..)) if !way.exact => return false,
        Err(refusal) => panic!("{new} back to {old}: {refusal:?}"),
    };
    let home = applied(there, &again);
    let mut split = false;
    for (at, ((path, was), (_, is))) in files.iter().zip(&home).enumerate() {
        if was == is {
            continue;
        }
        // A range is one edit for several ids; a member of a list may have been given its letters.
        let letters = |text: &str| {
            let all = text.chars().map(grammar::folded);
            all.filter(char::is_ascii_alphabetic).count()
        };
        let fell = edits_of(renaming, at as u32).iter().any(|edit| {
            let own = names_before.get(&(at as u32)).into_iter().flatten();
            let ids = own.filter(|it| {
                it.range
                    .intersect(edit.range)
                    .is_some_and(|it| !it.is_empty())
            });
            ids.count() > 1 || letters(&edit.insert) > letters(text::slice(was, edit.range))
        });
        assert!(
            fell || !way.exact,
            "{path}: {old} -> {new} and back is\n{}",
            difference(was, is)
        );
        split = true;
    }
    if split {
        let resolved = |names: &Names| -> Vec<(u32, Vec<Meaning>)> {
            let certain = |it: &Named| matches!(it.meaning, Meaning::Certain(_));
            let of = |(file, list): (&u32, &Vec<Named>)| {
                let own = list.iter().filter(|it| certain(it));
                let mut all: Vec<Meaning> = own.map(|it| it.meaning.clone()).collect();
                all.sort();
                (*file, all)
            };
            names.iter().map(of).collect()
        };
        let names_home = names(&(way.rebuild)(graph, &home, &again));
        assert_eq!(
            resolved(names_before),
            resolved(&names_home),
            "{old} -> {new} and back"
        );
    }
    split
}

/// The first line that is different.
fn difference(was: &str, is: &str) -> String {
    let mut lines = was.lines().zip(is.lines()).filter(|(a, b)| a != b);
    lines
        .next()
        .map_or_else(String::new, |(a, b)| format!("- {a}\n+ {b}"))
}

/// Directories of the repository that are workspaces.
fn workspaces() -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let mut found = Vec::new();
    for kind in ["workspaces", "fixtures/spec-kit"] {
        let entries = std::fs::read_dir(tests.join(kind)).unwrap();
        found.extend(
            entries
                .map(|it| it.unwrap().path())
                .filter(|it| it.is_dir()),
        );
    }
    assert!(found.len() > 4, "{found:?}");
    found
}

#[test]
fn every_id_of_the_repositorys_workspaces() {
    let mut all = Count::default();
    for root in workspaces() {
        let files = fixture::Fixture::directory(&root).files;
        let count = every_id(&files, WHOLE);
        assert_eq!(count.said, [""; 0], "{}", root.display());
        assert_eq!(count.captured, 0, "{}", root.display());
        all.add(&count);
    }
    assert!(all.renamed > 100 && all.places > 200, "{all:?}");
}

#[test]
fn every_id_of_every_fixture_in_a_test() {
    let mut all = Count::default();
    let literals = literals();
    for literal in &literals {
        let mut files = files_of(literal);
        let mut seen = BTreeSet::new();
        files.retain(|(path, _)| seen.insert(path.clone()));
        all.add(&every_id(&files, WHOLE));
    }
    assert_eq!(all.said, [""; 0]);
    assert!(
        literals.len() > 20 && all.renamed > 100,
        "{} {all:?}",
        literals.len()
    );
}

const SPELLINGS: [&str; 14] = [
    "FR-001",
    "FR–002",
    "FR-００３",
    "`FR-004`",
    "**FR-001**",
    "US1",
    "[US2]",
    "User Story 3",
    "ユーザーストーリー１",
    "US-2/AC1",
    "T001",
    "T-001",
    "CHK001",
    "FR-016f",
];
/// What lists ids or parts them; then signs of ranges.
const JOINTS: [&str; 16] = [
    ", ",
    " and ",
    "/",
    "、",
    "と",
    " ",
    " は🎉 ",
    "; ",
    ", 002 and ",
    "/003/",
    "-T",
    "-",
    "–",
    " to ",
    "〜",
    "..",
];
const LISTING: usize = 11;
const SHAPES: [&str; 12] = [
    "FR-001/002/003",
    "T001-T004",
    "T001–004",
    "FR-001〜FR-003",
    "FR-001 to FR-004",
    "User Stories 1, 2 and 3",
    "User Stories 1-3",
    "[US1-US3]",
    "Spec 002 US1, FR-001",
    "002/FR-001-FR-003",
    "FR-001, 002 and 003",
    "US1-AC1..AC2",
];

fn line(joints: usize) -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(SPELLINGS.to_vec()),
        prop::sample::select(SHAPES.to_vec()),
    ];
    let joint = prop::sample::select(JOINTS[..joints].to_vec());
    prop::collection::vec((word, joint), 1..5).prop_map(|words| {
        words
            .into_iter()
            .flat_map(|(word, joint)| [word, joint])
            .collect()
    })
}

fn generated(joints: usize) -> impl Strategy<Value = Vec<(String, String)>> {
    let lines = move || prop::collection::vec(line(joints), 0..4);
    (
        lines(),
        lines(),
        lines(),
        any::<bool>(),
        any::<bool>(),
        2..5_usize,
    )
        .prop_map(|(spec, tasks, code, crlf, bom, len)| {
            let mut one = String::from("# Feature Specification: A 🎉\n\n");
            let mut list = String::from("# Tasks\n\n## Phase 1: User Story 1 - One\n\n");
            for n in 1..=len {
                let scenarios =
                    "**Acceptance Scenarios**:\n\n1. **Given** a, **When** b, **Then** c.";
                let _ = write!(
                    one,
                    "### User Story {n} - 物語 (Priority: P1)\n\n{scenarios}\n\n"
                );
                let _ = writeln!(list, "- [ ] T{n:03} [US{n}] Do (FR-{n:03})");
            }
            one += "## Requirements\n\n";
            for n in 1..=len {
                let _ = writeln!(one, "- **FR-{n:03}**: é");
            }
            one += "- **FR-016f**: f\n\n## Notes\n\n";
            one += &spec.join("\n");
            list += "\n## Notes\n\n";
            list += &tasks.join("\n");
            let two = "## Requirements\n\n- **FR-001**: a\n- **FR-002**: b\n";
            let source = code.iter().fold(String::new(), |text, line| {
                text + "# Spec 001: " + line + "\n"
            });
            let ends = |text: String| {
                let text = if crlf {
                    text.replace('\n', "\r\n")
                } else {
                    text
                };
                if bom { format!("\u{feff}{text}") } else { text }
            };
            [
                (".specify/memory/constitution.md", String::new()),
                ("specs/001-a/spec.md", ends(one)),
                ("specs/001-a/tasks.md", ends(list)),
                ("specs/002-b/spec.md", two.to_owned()),
                ("src/a.py", ends(source)),
            ]
            .map(|(path, text)| (path.to_owned(), text))
            .to_vec()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_id_of_generated_workspaces(files in generated(LISTING)) {
        let count = every_id(&files, WHOLE);
        prop_assert_eq!(count.said, [""; 0]);
    }

    /// Here a new number can make a range out of what was none (`US2-US1`): that is refused, and only that.
    #[test]
    fn every_id_among_signs_of_ranges(files in generated(JOINTS.len())) {
        let count = every_id(&files, Way { exact: false, ..WHOLE });
        prop_assert!(count.said.len() <= count.renamed, "{:?}", count.said);
    }
}
