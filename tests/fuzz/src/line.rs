//! The spec language: one line, or the text of one comment.

use grammar::{
    Cited, Mention, TextRange, TextSize, annotations, citations, cited_list, feature_named,
    leading_id, lex_line, line_start, mentions, mentions_in_identifier, paths, priority,
    property_title, repository_before, tag_before, tags,
};

use crate::bytes;

/// Ranges are counted from here, as of a line inside a document.
const BASE: u32 = 77;

/// The text of a range that is counted from [`BASE`].
fn at(text: &str, range: TextRange) -> &str {
    let range = range - TextSize::new(BASE);
    text.get(usize::from(range.start())..usize::from(range.end()))
        .unwrap_or_else(|| panic!("{range:?} does not fit {text:?}"))
}

/// What stands between tokens.
fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}'))
}

/// Tokens and what is between them are the line, byte for byte.
fn tokens_tile(text: &str) {
    let mut end = 0;
    for token in lex_line(text) {
        let (start, stop) = (
            usize::from(token.range.start()),
            usize::from(token.range.end()),
        );
        assert!(start >= end && stop > start, "{text:?} {token:?}");
        let gap = text.get(end..start);
        let gap = gap.unwrap_or_else(|| panic!("{token:?} cuts a character of {text:?}"));
        assert!(is_blank(gap), "{gap:?} is no token in {text:?}");
        assert!(text.is_char_boundary(stop), "{text:?} {token:?}");
        end = stop;
    }
    let rest = text.get(end..);
    let rest = rest.unwrap_or_else(|| panic!("the last token cuts a character of {text:?}"));
    assert!(is_blank(rest), "{rest:?} is no token in {text:?}");
}

fn mentions_hold(text: &str, found: &[Mention]) {
    let mut end = TextSize::new(0);
    for mention in found {
        assert!(!at(text, mention.range).is_empty(), "{text:?} {mention:?}");
        assert!(mention.key.is_ascii(), "{text:?} {mention:?}");
        assert!(mention.written || mention.in_range, "{text:?} {mention:?}");
        if let Some((key, range)) = &mention.story {
            at(text, *range);
            assert!(key.starts_with("US"), "{text:?} {mention:?}");
        }
        if let Some(qualifier) = &mention.qualifier {
            assert!(
                !at(text, qualifier.range).is_empty(),
                "{text:?} {mention:?}"
            );
        }
        if mention.written {
            assert!(end <= mention.range.start(), "{text:?} {mention:?}");
            end = mention.range.end();
        }
    }
}

fn named(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    mentions(text, TextSize::new(BASE), &mut found);
    found
}

fn ids_hold(text: &str) {
    let found = named(text);
    mentions_hold(text, &found);
    let mut both = Vec::new();
    mentions("FR-900 (US9", TextSize::new(0), &mut both);
    let before = both.clone();
    mentions(text, TextSize::new(BASE), &mut both);
    assert_eq!(both[..before.len()], before[..], "{text:?}");
    assert_eq!(both[before.len()..], found[..], "{text:?}");

    let mut found = Vec::new();
    mentions_in_identifier(text, TextSize::new(BASE), &mut found);
    mentions_hold(text, &found);
}

fn paths_hold(text: &str) {
    let mut found = Vec::new();
    paths(text, TextSize::new(BASE), &mut found);
    for path in &found {
        let written = at(text, path.range);
        assert!(
            !written.is_empty() && !path.path.is_empty(),
            "{text:?} {path:?}"
        );
        assert_eq!(path.directory, path.path.ends_with('/'), "{text:?}");
        if let Some((symbol, range)) = &path.symbol {
            assert_eq!(at(text, *range), symbol.as_str(), "{text:?}");
            assert!(path.range.end() <= range.start(), "{text:?} {path:?}");
        }
        if !written.contains(['\\', '{', '%', '*', '.']) {
            assert_eq!(written, path.path.as_str(), "{text:?}");
        }
    }
    for pair in found.windows(2) {
        let (one, other) = (pair[0].range, pair[1].range);
        assert!(one == other || one.end() <= other.start(), "{text:?}");
    }
}

fn marks_hold(text: &str) {
    let base = TextSize::new(BASE);
    let start = line_start(text, base);
    assert!(text.is_char_boundary(start.content.into()), "{text:?}");
    let mut ranges: Vec<TextRange> = Vec::new();
    ranges.extend(start.heading.map(|(_, range)| range));
    ranges.extend(start.marker.map(|(_, range)| range));
    ranges.extend(start.checkbox.iter().flat_map(|c| [c.range, c.state_range]));
    ranges.extend(start.star);
    ranges.extend(priority(text, base).map(|p| p.range));
    ranges.extend(leading_id(text, base).map(|id| id.range));
    for range in ranges {
        at(text, range);
    }
    if let Some(checkbox) = &start.checkbox {
        assert!(
            checkbox.range.contains_range(checkbox.state_range),
            "{text:?}"
        );
    }
}

/// Numbers that are cited: `_Requirements: 1.2, 2.3-2.5_`.
fn citations_hold(text: &str) {
    let mut found = Vec::new();
    let cited = citations(text, TextSize::new(BASE), &mut found);
    for mention in &found {
        at(text, mention.range);
    }
    for each in &cited {
        assert!(!format!("{each:?}").is_empty());
    }
    let mut found = Vec::new();
    let end = cited_list(text, TextSize::new(BASE), Cited::Requirements, &mut found);
    assert!(
        text.is_char_boundary(end),
        "{text:?}: a list ends at byte {end}"
    );
    for mention in &found {
        at(text, mention.range);
    }
    for (place, _) in text.char_indices().take(40) {
        if let Some(range) = property_title(text, place) {
            assert!(text.get(range.clone()).is_some(), "{text:?} {range:?}");
        }
        if let Some((range, end)) = feature_named(text, place) {
            assert!(text.get(range.clone()).is_some(), "{text:?} {range:?}");
            assert!(text.is_char_boundary(end), "{text:?} {end}");
        }
        let _ = repository_before(text, place);
    }
}

/// One line of a document.
pub fn line(data: &[u8]) {
    let text = bytes::text(data);
    // A line has no line break; whoever reads a wrapped paragraph gives it as one.
    tokens_tile(&text);
    ids_hold(&text);
    paths_hold(&text);
    marks_hold(&text);
    citations_hold(&text);
}

/// The text of one comment: tags of tools, annotations, ids.
pub fn comment(data: &[u8]) {
    let text = bytes::text(data);
    for read in [tags, annotations] {
        let mut found = Vec::new();
        read(&text, TextSize::new(BASE), &mut found);
        for tagged in &found {
            assert!(!at(&text, tagged.mention.range).is_empty(), "{tagged:?}");
            if let Some(qualifier) = &tagged.mention.qualifier {
                at(&text, qualifier.range);
            }
        }
    }
    for (place, _) in text.char_indices().take(60) {
        let _ = tag_before(&text, place);
    }
    ids_hold(&text);
}
