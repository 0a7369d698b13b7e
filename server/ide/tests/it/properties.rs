//! No offset of any file makes any answer panic, and every range lies in its text.

use std::sync::Arc;

use fixture::Fixture;
use ide::Analysis;
use proptest::prelude::*;
use rules::Locale;
use text::{FileId, TextRange, TextSize};
use trace::Change;

use crate::workspaces::{LOGIN, all, analysis};

fn assert_inside(fixture: &fixture::Fixture, file: FileId, range: TextRange) {
    let text = fixture.text(file);
    let (start, end) = (usize::from(range.start()), usize::from(range.end()));
    assert!(text.get(start..end).is_some(), "{range:?} of file {file:?}");
}

/// Every range lies in the next one and is another.
fn grows(fixture: &fixture::Fixture, file: FileId, ranges: &[TextRange]) {
    for range in ranges {
        assert_inside(fixture, file, *range);
    }
    for pair in ranges.windows(2) {
        assert!(
            pair[1].contains_range(pair[0]) && pair[0] != pair[1],
            "{pair:?}"
        );
    }
}

/// Places to fill in are in order and in the text.
fn stops(insert: &str, stops: &[TextRange]) {
    let mut end = 0;
    for stop in stops {
        let (from, to) = (usize::from(stop.start()), usize::from(stop.end()));
        assert!(end <= from && insert.get(from..to).is_some(), "{insert:?}");
        end = to;
    }
}

#[test]
fn every_answer_at_every_offset() {
    for fixture in all() {
        let analysis = analysis(&fixture);
        let mut answers = 0;
        for at in 0..fixture.files.len() as u32 {
            let file = FileId(at);
            let text = fixture.text(file);
            // One byte behind the end and inside characters too.
            for offset in 0..=text.len() as u32 + 1 {
                let offset = TextSize::new(offset);
                if let Some(hover) = analysis.hover(file, offset, Locale::Japanese) {
                    answers += 1;
                    assert_inside(&fixture, file, hover.range);
                    assert!(hover.range.contains_inclusive(offset));
                }
                for jump in [
                    analysis.definition(file, offset),
                    analysis.implementation(file, offset),
                ]
                .into_iter()
                .flatten()
                {
                    assert!(jump.origin.contains_inclusive(offset));
                    for place in jump.places {
                        assert_inside(&fixture, place.file, place.range);
                        assert!(place.range.contains_range(place.focus));
                    }
                }
                grows(&fixture, file, &analysis.selection_ranges(file, offset));
                let found = analysis.completions(file, offset, Some(text), rules::Locale::English);
                for item in found.items {
                    assert_inside(&fixture, file, item.replace);
                    assert!(item.replace.contains_inclusive(offset));
                    stops(&item.insert, &item.stops);
                }
            }
        }
        assert!(answers > 0);
    }
}

#[test]
fn references_and_actions_at_every_word() {
    for fixture in all() {
        let analysis = analysis(&fixture);
        for at in 0..fixture.files.len() as u32 {
            let file = FileId(at);
            let text = fixture.text(file);
            let words = text.char_indices().filter(|(at, c)| {
                c.is_alphanumeric() && !text[..*at].ends_with(char::is_alphanumeric)
            });
            for (offset, _) in words {
                let offset = TextSize::new(offset as u32);
                for (file, range) in analysis.references(file, offset, true) {
                    assert_inside(&fixture, file, range);
                    assert!(!range.is_empty());
                }
                let range = TextRange::empty(offset);
                for action in analysis.code_actions(file, range, Locale::English) {
                    let edits = analysis.resolve(&action.kind);
                    for (file, edit) in edits.into_iter().flatten() {
                        assert_inside(&fixture, file, edit.range);
                    }
                }
            }
        }
    }
}

#[test]
fn outlines_hold_what_stands_in_them() {
    fn walk(items: &[ide::OutlineItem], around: Option<TextRange>) {
        for item in items {
            assert!(!item.name.is_empty());
            assert!(item.range.contains_range(item.selection));
            assert!(around.is_none_or(|around| around.contains_range(item.range)));
            walk(&item.children, Some(item.range));
        }
    }
    for fixture in all() {
        let analysis = analysis(&fixture);
        for at in 0..fixture.files.len() as u32 {
            walk(&analysis.document_symbols(FileId(at)), None);
            for lens in analysis.code_lenses(FileId(at), Locale::English) {
                assert_inside(&fixture, FileId(at), lens.range);
                assert!(!lens.title.is_empty());
            }
        }
    }
}

#[test]
fn tokens_are_in_order_and_on_one_line() {
    for fixture in all() {
        let analysis = analysis(&fixture);
        for file in (0..fixture.files.len() as u32).map(FileId) {
            let text = fixture.text(file);
            let whole = TextRange::up_to(TextSize::of(text));
            let mut end = TextSize::new(0);
            for token in analysis.semantic_tokens(file, whole) {
                assert_inside(&fixture, file, token.range);
                let written = text::slice(text, token.range);
                assert!(!written.is_empty() && !written.contains(['\n', '\r']));
                assert!(end <= token.range.start(), "{token:?}");
                end = token.range.end();
            }
            for fold in analysis.folding_ranges(file) {
                assert_inside(&fixture, file, fold.range);
                assert!(text::slice(text, fold.range).lines().count() > 1);
            }
            for link in analysis.document_links(file, Locale::English) {
                assert_inside(&fixture, file, link.range);
                assert_inside(&fixture, link.target.file, link.target.range);
            }
            for hint in analysis.inlay_hints(file, whole, Locale::English) {
                assert_inside(&fixture, file, TextRange::empty(hint.at));
            }
        }
    }
}

#[test]
fn files_that_are_not_ours_get_nothing() {
    for fixture in all() {
        let analysis = analysis(&fixture);
        for (at, (path, text)) in (0..).zip(&fixture.files) {
            if path.contains("specs/")
                || path.starts_with("openspec/")
                || std::path::Path::new(path)
                    .extension()
                    .is_none_or(|it| it != "md")
            {
                continue;
            }
            let file = FileId(at);
            assert!(analysis.document_symbols(file).is_empty());
            assert!(analysis.code_lenses(file, Locale::Japanese).is_empty());
            assert!(analysis.folding_ranges(file).is_empty());
            let whole = TextRange::up_to(TextSize::of(text.as_str()));
            assert!(analysis.semantic_tokens(file, whole).is_empty());
            assert!(
                analysis
                    .inlay_hints(file, whole, Locale::English)
                    .is_empty()
            );
            assert!(analysis.document_links(file, Locale::English).is_empty());
            for offset in (0..text.len() as u32).map(TextSize::new) {
                assert_eq!(analysis.hover(file, offset, Locale::Japanese), None);
                assert!(analysis.selection_ranges(file, offset).is_empty());
                assert!(
                    analysis
                        .completions(file, offset, Some(text), rules::Locale::English)
                        .items
                        .is_empty()
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Half-written documents: any cut and any insertion, asked at every place around it.
    #[test]
    fn while_somebody_types(document in 0usize..3, at in 0usize..900, cut in 0usize..30, typed in "[FRTUSP0-9\\-/\\[\\]`*# 【ｘ用🎯\r\n]{0,12}") {
        let fixture = Fixture::parse(LOGIN);
        let path = ["specs/001-login/spec.md", "specs/001-login/plan.md", "specs/001-login/tasks.md"][document];
        let file = fixture.file(path);
        let old = fixture.text(file);
        let floor = |at: usize| old.floor_char_boundary(at.min(old.len()));
        let (from, to) = (floor(at), floor(at + cut));
        let text = format!("{}{typed}{}", &old[..from], &old[to..]);
        let change = Change::Document(file, fixture::document(path, &text));
        let analysis = Analysis::new(Arc::new(fixture.graph.apply(vec![change])));
        let inside = |range: TextRange| {
            text.get(usize::from(range.start())..usize::from(range.end())).is_some()
        };
        for offset in from.saturating_sub(3)..=from + typed.len() + 3 {
            let offset = TextSize::new(offset as u32);
            if let Some(hover) = analysis.hover(file, offset, Locale::Japanese) {
                prop_assert!(inside(hover.range));
            }
            for range in analysis.selection_ranges(file, offset) {
                prop_assert!(inside(range));
            }
            for (place, range) in analysis.references(file, offset, true) {
                prop_assert!(place != file || inside(range));
            }
            for item in analysis.completions(file, offset, None, rules::Locale::English).items {
                prop_assert!(inside(item.replace));
            }
            for action in analysis.code_actions(file, TextRange::empty(offset), Locale::English) {
                for (place, edit) in analysis.resolve(&action.kind).into_iter().flatten() {
                    prop_assert!(place != file || inside(edit.range));
                }
            }
        }
        for lens in analysis.code_lenses(file, Locale::Japanese) {
            prop_assert!(inside(lens.range));
        }
        let whole = TextRange::up_to(TextSize::of(text.as_str()));
        for token in analysis.semantic_tokens(file, whole) {
            prop_assert!(inside(token.range) && !text::slice(&text, token.range).contains(['\n', '\r']));
        }
        for fold in analysis.folding_ranges(file) {
            prop_assert!(inside(fold.range));
        }
        for link in analysis.document_links(file, Locale::English) {
            prop_assert!(inside(link.range));
        }
        for hint in analysis.inlay_hints(file, whole, Locale::English) {
            prop_assert!(inside(TextRange::empty(hint.at)));
        }
        prop_assert!(analysis.document_symbols(file).iter().all(|it| inside(it.range)));
    }
}
