//! No offset of any file makes any answer panic, and every range lies in its text.

use rules::Locale;
use text::{FileId, TextRange, TextSize};

use crate::workspaces::{all, analysis};

fn assert_inside(fixture: &fixture::Fixture, file: FileId, range: TextRange) {
    let text = fixture.text(file);
    let (start, end) = (usize::from(range.start()), usize::from(range.end()));
    assert!(text.get(start..end).is_some(), "{range:?} of file {file:?}");
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
                if let Some(hover) = analysis.hover(file, offset) {
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
                let found = analysis.completions(file, offset, Some(text));
                for item in found.items {
                    assert_inside(&fixture, file, item.replace);
                    assert!(item.replace.contains_inclusive(offset));
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
            for lens in analysis.code_lenses(FileId(at)) {
                assert_inside(&fixture, FileId(at), lens.range);
                assert!(!lens.title.is_empty());
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
                || std::path::Path::new(path)
                    .extension()
                    .is_none_or(|it| it != "md")
            {
                continue;
            }
            let file = FileId(at);
            assert!(analysis.document_symbols(file).is_empty());
            assert!(analysis.code_lenses(file).is_empty());
            for offset in (0..text.len() as u32).map(TextSize::new) {
                assert_eq!(analysis.hover(file, offset), None);
                assert!(
                    analysis
                        .completions(file, offset, Some(text))
                        .items
                        .is_empty()
                );
            }
        }
    }
}
