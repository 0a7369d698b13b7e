//! What holds for every text: no panic, ranges that fit, tokens that tile the line.

use grammar::{
    Mention, TextRange, TextSize, leading_id, lex_line, line_start, mentions,
    mentions_in_identifier, paths, priority,
};
use proptest::prelude::*;

/// Fragments that the readers know, between any characters at all.
fn line() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        Just("FR-001"),
        Just("FR－００１"),
        Just("US2"),
        Just("AC1"),
        Just("T004"),
        Just("T007"),
        Just("083/"),
        Just("Spec 083 "),
        Just("018-foo"),
        Just("specs/018-foo/"),
        Just("-"),
        Just(".."),
        Just("–"),
        Just("〜"),
        Just("/006"),
        Just(", 002"),
        Just("a"),
        Just("User Story 1"),
        Just(" and "),
        Just(" to "),
        Just("`"),
        Just("**"),
        Just("_"),
        Just("["),
        Just("]"),
        Just("("),
        Just(")"),
        Just("［"),
        Just("］"),
        Just("{a,b}"),
        Just("{"),
        Just("}"),
        Just("src/a.ts"),
        Just("**init**.py"),
        Just("./"),
        Just("..."),
        Just("\\"),
        Just("::x"),
        Just("#L1"),
        Just(":12"),
        Just("- [ ] "),
        Just("# "),
        Just("> "),
        Just("［x］"),
        Just("[P]"),
        Just("[NEEDS CLARIFICATION"),
        Just(" "),
        Just("\t"),
        Just("\u{3000}"),
        Just("\u{A0}"),
        Just("\0"),
        Just("\u{FEFF}"),
        Just("\r"),
        Just("é"),
        Just("は"),
        Just("👍🏽"),
        Just("e\u{301}"),
        Just("…"),
        Just("％"),
        Just("file"),
        Just("Makefile"),
        Just("~/"),
        Just("<x>/"),
        Just("%20"),
        Just("(P1)"),
        Just("999999"),
    ];
    let piece = prop_oneof![4 => fragment.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// The text at a range counted from `base`; fails off the text or off a character's edge.
fn at(text: &str, base: TextSize, range: TextRange) -> &str {
    let range = range - base;
    text.get(usize::from(range.start())..usize::from(range.end()))
        .unwrap_or_else(|| panic!("{range:?} does not fit {text:?}"))
}

fn check_mentions(text: &str, base: TextSize, found: &[Mention]) {
    for mention in found {
        assert!(!at(text, base, mention.range).is_empty());
        assert!(mention.key.is_ascii());
        assert!(mention.written || mention.in_range);
        if let Some((key, range)) = &mention.story {
            at(text, base, *range);
            assert!(key.starts_with("US"));
        }
        if let Some(qualifier) = &mention.qualifier {
            assert!(!at(text, base, qualifier.range).is_empty());
        }
    }
    let written: Vec<_> = found
        .iter()
        .filter(|m| m.written)
        .map(|m| m.range)
        .collect();
    assert!(
        written
            .windows(2)
            .all(|pair| pair[0].end() <= pair[1].start()),
        "{text:?} {written:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mentions_fit(text in line(), base in 0_u32..1000) {
        let base = TextSize::new(base);
        let mut found = Vec::new();
        mentions(&text, base, &mut found);
        check_mentions(&text, base, &found);
        for mention in found.iter().filter(|m| m.written && m.range.len() > 6.into() && m.key.contains('-')) {
            // An id written in full reads back as itself.
            let mut again = Vec::new();
            mentions(at(&text, base, mention.range), TextSize::new(0), &mut again);
            prop_assert_eq!(again.first().map(|m| m.key.clone()), Some(mention.key.clone()), "{:?}", text);
        }
        let mut found = Vec::new();
        mentions_in_identifier(&text, base, &mut found);
        check_mentions(&text, base, &found);
    }

    #[test]
    fn mentions_are_appended(text in line()) {
        let mut alone = Vec::new();
        mentions(&text, TextSize::new(0), &mut alone);
        let mut both = Vec::new();
        mentions("FR-900 (US9", TextSize::new(0), &mut both);
        let before = both.clone();
        mentions(&text, TextSize::new(0), &mut both);
        prop_assert_eq!(&both[..before.len()], &before[..]);
        prop_assert_eq!(&both[before.len()..], &alone[..]);
    }

    #[test]
    fn paths_fit(text in line(), base in 0_u32..1000) {
        let base = TextSize::new(base);
        let mut found = Vec::new();
        paths(&text, base, &mut found);
        for path in &found {
            let written = at(&text, base, path.range);
            prop_assert!(!written.is_empty() && !path.path.is_empty());
            prop_assert_eq!(path.directory, path.path.ends_with('/'));
            if let Some((symbol, range)) = &path.symbol {
                prop_assert_eq!(at(&text, base, *range), symbol.as_str());
                prop_assert!(path.range.end() <= range.start());
            }
            let plain = !written.contains(['\\', '{', '%', '*', '.']);
            if plain {
                prop_assert_eq!(written, path.path.as_str());
            }
        }
        prop_assert!(found.windows(2).all(|p| p[0].range == p[1].range || p[0].range.end() <= p[1].range.start()));
    }

    #[test]
    fn tokens_tile_the_line(text in line()) {
        let mut end = 0;
        for token in lex_line(&text) {
            let (start, stop) = (usize::from(token.range.start()), usize::from(token.range.end()));
            prop_assert!(start >= end && stop > start);
            let gap = text.get(end..start).expect("a token begins at a character");
            prop_assert!(gap.chars().all(|c| matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}')), "{:?}", gap);
            prop_assert!(text.is_char_boundary(stop));
            end = stop;
        }
        let rest = text.get(end..).expect("the last token ends at a character");
        prop_assert!(rest.chars().all(|c| matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}')), "{:?}", rest);
    }

    /// The two readers of ids agree: what the lexer calls an id is mentioned, whole.
    #[test]
    fn every_id_token_is_a_mention(text in line()) {
        for token in lex_line(&text).filter(|token| token.kind.name() == "id") {
            let id = &text[token.range];
            // The table cannot count: a longer number makes no id.
            if id.chars().filter(|c| c.is_numeric()).count() > 3 {
                continue;
            }
            let mut found = Vec::new();
            mentions(id, TextSize::new(0), &mut found);
            prop_assert_eq!(found.len(), 1, "{:?}", id);
            prop_assert_eq!(&id[found[0].range], id);
        }
    }

    #[test]
    fn marks_fit(text in line(), base in 0_u32..1000) {
        let base = TextSize::new(base);
        let start = line_start(&text, base);
        prop_assert!(text.is_char_boundary(start.content.into()));
        let mut ranges: Vec<TextRange> = Vec::new();
        ranges.extend(start.heading.map(|(_, range)| range));
        ranges.extend(start.marker.map(|(_, range)| range));
        ranges.extend(start.checkbox.iter().flat_map(|c| [c.range, c.state_range]));
        ranges.extend(start.star);
        ranges.extend(priority(&text, base).map(|p| p.range));
        ranges.extend(leading_id(&text, base).map(|id| id.range));
        for range in ranges {
            at(&text, base, range);
        }
    }
}
