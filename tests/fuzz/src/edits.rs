//! Edits that generation makes in any document: each changes what it says it changes, and no other byte.

use std::sync::Arc;

use documents::ItemKind;
use fixture::Fixture;
use generate::{Position, Step, Unwritable};
use ide::{ActionKind, Analysis};
use rules::Locale;
use text::{Edit, FileId, TextRange, TextSize};
use trace::{Graph, ItemRef};

use crate::bytes;
use crate::workspaces::{files_with, workspace};

type Files = [(String, String)];

fn texts(files: &Files) -> impl Fn(FileId) -> Result<Arc<str>, Unwritable> {
    |file: FileId| Ok(files[file.0 as usize].1.as_str().into())
}

/// All texts after edits. Panics where edits do not fit.
fn applied(files: &Files, edits: &[(FileId, Edit)]) -> Vec<(String, String)> {
    let mut after = files.to_vec();
    for (at, (_, text)) in after.iter_mut().enumerate() {
        let own = edits.iter().filter(|(file, _)| file.0 as usize == at);
        let own: Vec<Edit> = own.map(|(_, edit)| edit.clone()).collect();
        match text::apply(text, &own) {
            Ok(edited) => *text = edited,
            Err(error) => panic!("{error}: {own:?} in {text:?}"),
        }
    }
    after
}

/// A box is ticked by one character, and unticked by the same one.
fn ticks(files: &Files, analysis: &Analysis, file: FileId) {
    let document = analysis.graph.inputs().documents.get(&file);
    let Some(document) = document else { return };
    for item in document.facts.items.iter().take(6) {
        let at = TextRange::empty(item.title_range.start());
        let Some(action) = analysis.ticking(file, at, Locale::English) else {
            continue;
        };
        let ActionKind::SetTask { at, .. } = action.kind else {
            panic!("{action:?} ticks nothing");
        };
        let Some(edits) = analysis.resolve(&action.kind) else {
            panic!("{action:?} cannot be done");
        };
        let [(edited, edit)] = &edits[..] else {
            panic!("{action:?} is {edits:?}");
        };
        assert_eq!((*edited, edit.range.start()), (file, at));
        let text = &files[file.0 as usize].1;
        let after = applied(files, &edits);
        let ticked = &after[file.0 as usize].1;
        assert_eq!(edit.insert.chars().count(), 1, "{edit:?}");
        assert_eq!(text::slice(text, edit.range).chars().count(), 1, "{edit:?}");
        // The other characters, one by one.
        let place = usize::from(at);
        assert_eq!(text[..place], ticked[..place]);
        assert_eq!(
            text[usize::from(edit.range.end())..],
            ticked[place + edit.insert.len()..]
        );
    }
}

fn items(graph: &Graph, file: FileId) -> Vec<ItemRef> {
    let Some(feature) = graph.feature_of(file) else {
        return Vec::new();
    };
    let documents = feature.documents.iter();
    let all = documents.flat_map(|document| {
        (0..)
            .zip(&document.facts().items)
            .filter(|(_, item)| !item.id.is_empty())
            .map(|(at, _)| ItemRef {
                feature: feature.id,
                file: document.file,
                item: at,
            })
    });
    all.collect()
}

/// How many items of every kind the documents define.
fn counted(graph: &Graph) -> Vec<(ItemKind, usize)> {
    let mut counts: Vec<(ItemKind, usize)> = Vec::new();
    let documents = graph.inputs().documents.values();
    for kind in documents.flat_map(|document| document.facts.items.iter().map(|it| it.kind)) {
        match counts.iter_mut().find(|(each, _)| *each == kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((kind, 1)),
        }
    }
    counts.sort();
    counts
}

/// A renamed item is called so afterwards, and nothing but names was touched.
fn renames(files: &Files, graph: &Graph, item: ItemRef) {
    let Some((_, old)) = graph.item(item) else {
        return;
    };
    let new = match old.kind {
        ItemKind::Story => "US77".to_owned(),
        ItemKind::Task
        | ItemKind::Requirement
        | ItemKind::SuccessCriterion
        | ItemKind::ChecklistItem => {
            let stem = old.id.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
            let letters: String = old
                .id
                .chars()
                .take_while(char::is_ascii_alphabetic)
                .collect();
            if stem.is_empty() {
                format!("{letters}977")
            } else {
                format!("{stem}977")
            }
        }
        _ => "Another name".to_owned(),
    };
    let Ok(group) = generate::group(graph, &[item]) else {
        return;
    };
    let Ok(renaming) = generate::rename(graph, &group, &new, &texts(files)) else {
        return;
    };
    assert!(!renaming.edits.is_empty(), "{} -> {new}: nothing", old.id);
    for left in &renaming.left {
        let text = &files[left.file.0 as usize].1;
        assert!(!text::slice(text, left.range).is_empty(), "{left:?}");
    }
    let after = applied(files, &renaming.edits);
    let there = Graph::new(fixture::inputs(&after));
    assert_eq!(
        counted(graph),
        counted(&there),
        "{} -> {new}: {files:?}",
        old.id
    );
    let Some((_, item)) = there.item(item) else {
        panic!("{} -> {new}: the item is gone", old.id);
    };
    let named = renaming.ids.iter().any(|(_, id)| *id == item.id);
    assert!(named, "{} -> {new} is {}: {files:?}", old.id, item.id);
}

/// Places are counted anew, or nothing is done.
fn recounts(files: &Files, graph: &Graph, file: FileId, choice: usize) {
    let place = |at: usize| Position {
        requirement: at % 3,
        criterion: (!at.is_multiple_of(5)).then_some(at / 3 % 4),
    };
    let step = match choice % 3 {
        0 => Step::Insert(
            place(choice / 3),
            "WHEN new, THE App SHALL greet".to_owned(),
        ),
        1 => Step::Delete(place(choice / 3)),
        _ => Step::Move(place(choice / 3), place(choice / 7)),
    };
    if let Ok(done) = generate::recount(graph, file, &step, &texts(files)) {
        let after = applied(files, &done.edits);
        let there = Graph::new(fixture::inputs(&after));
        let criteria = |graph: &Graph| {
            let counts = counted(graph);
            counts
                .iter()
                .find(|(kind, _)| *kind == ItemKind::Criterion)
                .map_or(0, |it| it.1)
        };
        let (was, is) = (criteria(graph), criteria(&there));
        let whole = |at: Position| at.criterion.is_none();
        let expected = match step {
            Step::Insert(at, _) if whole(at) => is,
            Step::Delete(at) if whole(at) => is.min(was),
            Step::Insert(..) => was + 1,
            Step::Delete(_) => was - 1,
            Step::Move(..) => was,
        };
        assert_eq!(is, expected, "{step:?} of {files:?}");
    }
}

/// A document is any text; one kind of edit is tried on it.
pub fn edits(data: &[u8]) {
    let (choice, rest) = bytes::choice(data);
    let (how, rest) = bytes::choice(rest);
    let (fixture, _, file): (Fixture, _, _) = workspace(choice);
    let text = bytes::text(rest);
    let files = files_with(&fixture, file, &text);
    let graph = Graph::new(fixture::inputs(&files));
    match how % 4 {
        0 => {
            let analysis = Analysis::new(Arc::new(graph));
            ticks(&files, &analysis, file);
        }
        1 => {
            let all = items(&graph, file);
            let step = all.len() / 3 + 1;
            for item in all.into_iter().skip(how / 4 % step).step_by(step) {
                renames(&files, &graph, item);
            }
        }
        2 => recounts(&files, &graph, file, how / 4 + choice),
        _ => {
            let series = generate::series_in(&graph, file);
            if let Ok(done) = generate::renumber(&graph, &series, &texts(&files)) {
                let after = applied(&files, &done.edits);
                let there = Graph::new(fixture::inputs(&after));
                assert_eq!(counted(&graph), counted(&there), "{files:?}");
            }
            if let Some(feature) = graph.feature_of(file) {
                let generated = generate::tasks_for_all_uncovered(&graph, feature.id, &[]);
                if let Some(generated) = generated {
                    let after = applied(&files, &generated.edits);
                    let there = Graph::new(fixture::inputs(&after));
                    let again = generate::tasks_for_all_uncovered(&there, feature.id, &[]);
                    assert!(again.is_none(), "generated twice: {files:?} {again:?}");
                }
            }
            let at = TextSize::new((how / 4 * text.len() / 64) as u32);
            let _ = generate::renamable(&graph, file, at);
        }
    }
}
