//! Lists written anew name what is meant, and nothing else changes.

use grammar::{Cited, Mention, TextSize, citations, cited_list, recite};
use proptest::prelude::*;
use smol_str::SmolStr;

/// The line after `becomes`; nothing where it cannot be written.
fn recited(line: &str, becomes: &dyn Fn(&str) -> Option<SmolStr>) -> Option<String> {
    let mut found: Vec<Mention> = Vec::new();
    let lists = citations(line, TextSize::new(0), &mut found);
    let mut out = line.to_owned();
    for list in lists.iter().rev() {
        let edits = recite(
            line,
            TextSize::new(0),
            &found[list.mentions.clone()],
            becomes,
        )?;
        for (range, new) in edits.into_iter().rev() {
            out.replace_range(std::ops::Range::<usize>::from(range), &new);
        }
    }
    Some(out)
}

/// Something came in as 1.3.
#[expect(clippy::unnecessary_wraps, reason = "what recite takes")]
fn inserted(key: &str) -> Option<SmolStr> {
    Some(match key {
        "1.3" => "1.4".into(),
        "1.4" => "1.5".into(),
        "1.5" => "1.6".into(),
        other => other.into(),
    })
}

/// 1.3 went away.
fn deleted(key: &str) -> Option<SmolStr> {
    match key {
        "1.3" => None,
        "1.4" => Some("1.3".into()),
        "1.5" => Some("1.4".into()),
        other => Some(other.into()),
    }
}

#[test]
fn what_stands_behind_moves_on() {
    for (line, then) in [
        (
            "- _Requirements: 1.1, 1.3, 2.1_",
            "- _Requirements: 1.1, 1.4, 2.1_",
        ),
        ("_Requirements: 1.1-1.2_", "_Requirements: 1.1-1.2_"),
        ("_Requirements: 1.3-1.5_", "_Requirements: 1.4-1.6_"),
        (
            "_Requirements: 1.1-1.5, 2.1_",
            "_Requirements: 1.1, 1.2, 1.4-1.6, 2.1_",
        ),
        ("_Requirements: 1.2-1.4_", "_Requirements: 1.2, 1.4, 1.5_"),
        ("_Requirements: 1.3-5_", "_Requirements: 1.4-6_"),
        ("_要件: １.３〜１.５_", "_要件: １.４〜１.６_"),
        (
            "_Requirements:_ `1.3`, `1.4`",
            "_Requirements:_ `1.4`, `1.5`",
        ),
        (
            "**Validates: Requirements 1.3, 1 and 2.3**",
            "**Validates: Requirements 1.4, 1 and 2.3**",
        ),
    ] {
        assert_eq!(recited(line, &inserted).as_deref(), Some(then));
    }
}

#[test]
fn what_is_gone_goes_out_of_its_list() {
    for (line, then) in [
        (
            "- _Requirements: 1.1, 1.3, 2.1_",
            Some("- _Requirements: 1.1, 2.1_"),
        ),
        ("- _Requirements: 1.3, 1.4_", Some("- _Requirements: 1.3_")),
        ("- _Requirements: 1.1, 1.3_", Some("- _Requirements: 1.1_")),
        ("_Requirements: 1.2-1.4_", Some("_Requirements: 1.2-1.3_")),
        (
            "_Requirements: `1.1`, `1.3`_",
            Some("_Requirements: `1.1`_"),
        ),
        (
            "_Requirements: 1.1 (in part), 1.3_",
            Some("_Requirements: 1.1 (in part)_"),
        ),
        ("_Requirements: 1.3_", None),
        ("_Requirements: 1.1, 1.3 (in part)_", None),
    ] {
        assert_eq!(recited(line, &deleted).as_deref(), then, "{line}");
    }
}

proptest! {
    #[test]
    fn a_list_names_what_each_number_became(
        parts in proptest::collection::vec((1_u32..4, 1_u32..9, 0_u32..5), 1..6),
        map in proptest::collection::vec(proptest::option::weighted(0.9, (1_u32..4, 1_u32..12)), 40),
        joint in proptest::sample::select(vec![", ", "、", " and ", "/", "; "]),
        sign in proptest::sample::select(vec!["-", "–", "〜", " to "]),
    ) {
        let part = |(stem, from, more): &(u32, u32, u32)| match more {
            0 => format!("{stem}.{from}"),
            more => format!("{stem}.{from}{sign}{stem}.{}", from + more),
        };
        let line: Vec<String> = parts.iter().map(part).collect();
        let line = line.join(joint);
        let becomes = |key: &str| -> Option<SmolStr> {
            let (stem, last) = key.split_once('.')?;
            let place = stem.parse::<usize>().ok()? * 13 + last.parse::<usize>().ok()?;
            let (stem, last) = map[place % map.len()]?;
            Some(format!("{stem}.{last}").into())
        };
        let read = |line: &str| {
            let mut found = Vec::new();
            let end = cited_list(line, TextSize::new(0), Cited::Requirements, &mut found);
            (end, found)
        };
        let (end, found) = read(&line);
        if end != line.len() {
            return Ok(());
        }
        let Some(edits) = recite(&line, TextSize::new(0), &found, &becomes) else {
            prop_assert!(found.iter().all(|each| becomes(&each.key).is_none()));
            return Ok(());
        };
        let mut out = line.clone();
        for (range, new) in edits.into_iter().rev() {
            out.replace_range(std::ops::Range::<usize>::from(range), &new);
        }
        let (end, again) = read(&out);
        prop_assert_eq!(end, out.len(), "{} -> {}", line, out);
        let mut wanted: Vec<SmolStr> = found.iter().filter_map(|each| becomes(&each.key)).collect();
        let mut named: Vec<SmolStr> = again.into_iter().map(|each| each.key).collect();
        wanted.sort();
        wanted.dedup();
        named.sort();
        named.dedup();
        prop_assert_eq!(named, wanted, "{} -> {}", line, out);
    }
}
