//! What an editor asks about half-written documents: every answer fits its text, and a state that is reached by
//! changes says what the same state says that is read anew.

use std::sync::Arc;

use fixture::Fixture;
use ide::Analysis;
use rules::Locale;
use text::{Edit, FileId, LineIndex, TextRange, TextSize};
use trace::{Change, Graph, SourceFile};

use crate::bytes;
use crate::workspaces::{files_with, workspace};

/// A workspace as an editor has it: its texts, and what was analysed.
struct Opened<'a> {
    files: &'a [(String, String)],
    analysis: Analysis,
}

impl Opened<'_> {
    fn text(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].1
    }

    fn inside(&self, file: FileId, range: TextRange) -> &str {
        let text = self.text(file);
        text.get(usize::from(range.start())..usize::from(range.end()))
            .unwrap_or_else(|| panic!("{range:?} does not fit {text:?}"))
    }

    fn edits_fit(&self, edits: &[(FileId, Edit)]) {
        for at in 0..self.files.len() as u32 {
            let own = edits.iter().filter(|(file, _)| file.0 == at);
            let own: Vec<Edit> = own.map(|(_, edit)| edit.clone()).collect();
            let text = self.text(FileId(at));
            assert!(text::apply(text, &own).is_ok(), "{own:?} in {text:?}");
        }
    }

    /// What is asked where a cursor stands.
    fn at_a_cursor(&self, file: FileId, offset: TextSize) {
        let text = self.text(file);
        let analysis = &self.analysis;
        if let Some(hover) = analysis.hover(file, offset, Locale::English) {
            self.inside(file, hover.range);
            assert!(
                hover.range.contains_inclusive(offset),
                "{text:?} {offset:?}"
            );
        }
        let jumps = [
            analysis.definition(file, offset),
            analysis.implementation(file, offset),
        ];
        for jump in jumps.into_iter().flatten() {
            self.inside(file, jump.origin);
            assert!(jump.origin.contains_inclusive(offset), "{text:?}");
            for place in jump.places {
                self.inside(place.file, place.range);
                assert!(place.range.contains_range(place.focus), "{text:?}");
            }
        }
        let mut around = TextRange::empty(offset);
        for range in analysis.selection_ranges(file, offset) {
            self.inside(file, range);
            assert!(
                range.contains_range(around) || around.is_empty(),
                "{text:?}"
            );
            around = range;
        }
        let found = analysis.completions(file, offset, Some(text), Locale::Japanese);
        for item in found.items {
            self.inside(file, item.replace);
            assert!(
                item.replace.contains_inclusive(offset),
                "{text:?} {offset:?}"
            );
            for stop in item.stops {
                let range = usize::from(stop.start())..usize::from(stop.end());
                assert!(item.insert.get(range).is_some(), "{:?}", item.insert);
            }
        }
        for (place, range) in analysis.references(file, offset, true) {
            assert!(!self.inside(place, range).is_empty(), "{text:?}");
        }
        for range in analysis.highlights(file, offset) {
            self.inside(file, range);
        }
        for action in analysis.code_actions(file, TextRange::empty(offset), Locale::English) {
            assert!(!action.title.is_empty());
            if let Some((_, range)) = action.finding {
                self.inside(file, range);
            }
            self.edits_fit(&analysis.resolve(&action.kind).unwrap_or_default());
        }
        for item in analysis.call_items_at(file, offset, Locale::English) {
            let _ = analysis.incoming_calls(file, &item.key, Locale::English);
            let _ = analysis.outgoing_calls(file, &item.key, Locale::English);
        }
    }

    /// What is asked of a whole document.
    fn of_a_document(&self, file: FileId) {
        fn outline(
            items: &[ide::OutlineItem],
            around: Option<TextRange>,
            out: &mut Vec<TextRange>,
        ) {
            for item in items {
                assert!(!item.name.is_empty());
                assert!(item.range.contains_range(item.selection), "{item:?}");
                assert!(
                    around.is_none_or(|it| it.contains_range(item.range)),
                    "{item:?}"
                );
                out.push(item.range);
                outline(&item.children, Some(item.range), out);
            }
        }
        let text = self.text(file);
        let analysis = &self.analysis;
        let mut ranges = Vec::new();
        outline(&analysis.document_symbols(file), None, &mut ranges);
        for lens in analysis.code_lenses(file, Locale::Japanese) {
            assert!(!lens.title.is_empty());
            ranges.push(lens.range);
        }
        ranges.extend(analysis.folding_ranges(file).iter().map(|it| it.range));
        for link in analysis.document_links(file, Locale::English) {
            ranges.push(link.range);
            self.inside(link.target.file, link.target.range);
        }
        let whole = TextRange::up_to(TextSize::of(text));
        for hint in analysis.inlay_hints(file, whole, Locale::English) {
            ranges.push(TextRange::empty(hint.at));
        }
        for range in ranges {
            self.inside(file, range);
        }
        let mut end = TextSize::new(0);
        for token in analysis.semantic_tokens(file, whole) {
            let written = self.inside(file, token.range);
            assert!(
                !written.is_empty() && !written.contains(['\n', '\r']),
                "{token:?} {text:?}"
            );
            assert!(end <= token.range.start(), "{token:?} {text:?}");
            end = token.range.end();
        }
        for finding in analysis.checked.in_file(&analysis.graph, file) {
            self.inside(file, finding.range);
            for fix in &finding.fixes {
                self.edits_fit(&fix.edits);
            }
        }
    }
}

fn change(path: &str, file: FileId, text: &str) -> Change {
    if let Some(document) = fixture::document(path, text) {
        return Change::Document(file, Some(document));
    }
    let facts = code::read_path(path, text, &|| false);
    let lines = LineIndex::new(text);
    Change::Source(
        file,
        facts.map(|facts| Arc::new(SourceFile { lines, facts })),
    )
}

/// Findings of a workspace, as they are shown.
fn said(analysis: &Analysis, files: usize) -> Vec<String> {
    let all = (0..files as u32).map(FileId).flat_map(|file| {
        let found = analysis.checked.in_file(&analysis.graph, file);
        found.map(move |finding| format!("{file:?} {finding:?}"))
    });
    all.collect()
}

/// One document is typed in several steps; it is asked about in its last state.
pub fn answers(data: &[u8]) {
    let (choice, rest) = bytes::choice(data);
    let (fixture, path, file): (Fixture, _, _) = workspace(choice);
    let states = bytes::states(rest);
    let mut analysis = Analysis::new(Arc::new(fixture.graph.clone()));
    for text in &states {
        let graph = analysis.graph.apply(vec![change(path, file, text)]);
        analysis = analysis.update(Arc::new(graph));
    }
    let Some(text) = states.last() else { return };
    let files = files_with(&fixture, file, text);
    if choice >= 128 {
        // History of a fixture is asked for and answered: the same for both.
        let history = analysis.graph.inputs().history.clone();
        let anew = Graph::new(fixture::inputs(&files)).apply(vec![Change::History(history)]);
        let anew = Analysis::new(Arc::new(anew));
        assert_eq!(
            said(&analysis, files.len()),
            said(&anew, files.len()),
            "{path}: {states:?}"
        );
        return;
    }
    let opened = Opened {
        files: &files,
        analysis,
    };
    opened.of_a_document(file);
    // Every place of a short text; some of a longer one, inside of characters and behind the end, too.
    let step = text.len() / 24 + 1;
    let first = rest.last().map_or(0, |byte| usize::from(*byte) % step);
    for offset in (first..=text.len() + 1).step_by(step) {
        opened.at_a_cursor(file, TextSize::new(offset as u32));
    }
}
