//! Offsets and the positions of editors, there and back; edits; bytes that are no text.

use text::{Edit, Encoding, LineIndex, Position, TextRange, TextSize, apply, decode};

use crate::bytes;

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

/// How an editor counts the characters of a line, without our tables.
fn width(text: &str, encoding: Encoding) -> u32 {
    let count = match encoding {
        Encoding::Utf8 => text.len(),
        Encoding::Utf16 => text.encode_utf16().count(),
        Encoding::Utf32 => text.chars().count(),
    };
    count as u32
}

fn lines_tile(text: &str, index: &LineIndex) {
    assert_eq!(index.len(), TextSize::of(text));
    let mut end = TextSize::new(0);
    for line in 0..index.line_count() {
        let (own, full) = (index.line_range(line), index.full_line_range(line));
        let (Some(own), Some(full)) = (own, full) else {
            panic!("line {line} of {text:?} has no range");
        };
        assert_eq!(full.start(), end, "{text:?}");
        assert_eq!(own.start(), end, "{text:?}");
        let written = text.get(own.start().into()..own.end().into());
        let written = written.unwrap_or_else(|| panic!("{own:?} of {text:?}"));
        assert!(!written.contains(['\n', '\r']), "{text:?}");
        let end_of_line = text.get(own.end().into()..full.end().into());
        assert!(
            matches!(end_of_line, Some("\n" | "\r\n" | "\r" | "")),
            "{text:?}"
        );
        end = full.end();
    }
    assert_eq!(end, TextSize::of(text));
    assert_eq!(index.line_range(index.line_count()), None);
}

fn there_and_back(text: &str, index: &LineIndex) {
    let marked = text.starts_with('\u{feff}');
    for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
        let offset = TextSize::new(at as u32);
        let in_break = text[..at].ends_with('\r') && text[at..].starts_with('\n');
        if in_break || (marked && at == 0) {
            continue;
        }
        let line = index.line(offset);
        let start = usize::from(index.line_range(line).unwrap_or_default().start());
        let before =
            text[start..at].trim_start_matches(|c| start == 0 && marked && c == '\u{feff}');
        let skipped = if start == 0 && marked { 3 } else { 0 };
        let before = if start == 0 && marked {
            &text[skipped..at]
        } else {
            before
        };
        for encoding in ENCODINGS {
            let position = index.position(offset, encoding);
            assert_eq!(position.line, line, "{text:?} byte {at}");
            assert_eq!(
                position.character,
                width(before, encoding),
                "{text:?} byte {at} {encoding:?}"
            );
            assert_eq!(
                index.offset(position, encoding),
                Some(offset),
                "{text:?} {encoding:?}"
            );
        }
    }
}

/// Any position leads to a character or to nowhere, never to a line it does not name.
fn any_position(text: &str, index: &LineIndex, data: &[u8]) {
    for place in data.chunks_exact(2).take(16) {
        let position = Position {
            line: u32::from(place[0]) % (index.line_count() + 2),
            character: if place[1] == 255 {
                u32::MAX
            } else {
                u32::from(place[1])
            },
        };
        for encoding in ENCODINGS {
            let Some(offset) = index.offset(position, encoding) else {
                assert!(position.line >= index.line_count(), "{text:?} {position:?}");
                continue;
            };
            assert!(
                text.is_char_boundary(offset.into()),
                "{text:?} {position:?}"
            );
            let line = index.line_range(position.line).unwrap_or_default();
            assert!(line.contains_inclusive(offset), "{text:?} {position:?}");
        }
    }
}

/// Edits change their own bytes and no other, in whatever order they are given.
fn edits_hold(text: &str, data: &[u8]) {
    let mut edits: Vec<Edit> = data
        .chunks_exact(3)
        .take(6)
        .map(|part| {
            let start = u32::from(part[0]);
            let range = TextRange::at(start.into(), u32::from(part[1] % 8).into());
            Edit::replace(
                range,
                ["", "x", "あ", "\r\n", "🎉"][usize::from(part[2] % 5)],
            )
        })
        .collect();
    let Ok(edited) = apply(text, &edits) else {
        edits.reverse();
        assert!(apply(text, &edits).is_err() || edits.iter().any(|it| it.range.is_empty()));
        return;
    };
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    let (mut old, mut new) = (0, 0);
    for edit in sorted {
        let (start, end) = (
            usize::from(edit.range.start()),
            usize::from(edit.range.end()),
        );
        let kept = &text[old..start];
        assert!(edited[new..].starts_with(kept), "{text:?} {edits:?}");
        new += kept.len();
        assert!(
            edited[new..].starts_with(&edit.insert),
            "{text:?} {edits:?}"
        );
        new += edit.insert.len();
        old = end;
    }
    assert_eq!(edited[new..], text[old..], "{text:?} {edits:?}");
}

/// The first part is a text, the second says places in it.
pub fn positions(data: &[u8]) {
    let (first, places) = match data.iter().position(|byte| *byte == 0xff) {
        Some(at) => (&data[..at], &data[at + 1..]),
        None => (data, data),
    };
    let decoded = decode(data.to_vec());
    assert_eq!(decoded.text.len(), data.len());
    assert_eq!(decoded.invalid == 0, std::str::from_utf8(data).is_ok());
    let kept = decoded.text.bytes().zip(data);
    assert!(
        kept.filter(|(one, other)| one != *other)
            .all(|(one, _)| one == b'?')
    );

    let text = bytes::text(first);
    let index = LineIndex::new(&text);
    lines_tile(&text, &index);
    there_and_back(&text, &index);
    any_position(&text, &index, places);
    edits_hold(&text, places);
}
