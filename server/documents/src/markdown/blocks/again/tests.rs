//! Read again or read anew: the same blocks, whatever is typed.

use super::KnownBlocks;
use crate::markdown::blocks;
use proptest::prelude::*;

/// Lines and pieces of lines that open, close or break something.
const PIECES: [&str; 41] = [
    "# One\n",
    "## Two\n",
    "### Three `x`\n",
    "#",
    "  # Four\n",
    "#no\n",
    "text\n",
    "more text\n",
    "\n",
    "\n\n",
    "- item\n",
    "  - inner\n",
    "    deep\n",
    "1. first\n",
    "> quoted\n",
    "```\n",
    "~~~\n",
    "``` rust\n",
    "<!-- ",
    "-->\n",
    "<div>\n",
    "</div>\n",
    "<script>\n",
    "| a | b |\n",
    "|---|---|\n",
    "---\n",
    "===\n",
    "\r\n",
    "\r",
    "`code`",
    "`",
    "[a](b.md)",
    "[a]: b.md\n",
    "[^1]: note\n",
    "[^1]",
    "[x] ",
    "* * *\n",
    "日本語 🦀\n",
    "\t",
    "\u{feff}",
    "key: value\n",
];

fn piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(&PIECES[..])
}

#[derive(Debug, Clone)]
struct Edit {
    at: prop::sample::Index,
    gone: usize,
    new: Vec<&'static str>,
}

fn edit() -> impl Strategy<Value = Edit> {
    let new = proptest::collection::vec(piece(), 0..4);
    (any::<prop::sample::Index>(), 0_usize..24, new).prop_map(|(at, gone, new)| Edit {
        at,
        gone,
        new,
    })
}

fn edited(text: &str, edit: &Edit) -> String {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(edit.at.index(text.len() + 1));
    let end = boundary((start + edit.gone).min(text.len())).max(start);
    [&text[..start], &edit.new.concat(), &text[end..]].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, ..ProptestConfig::default() })]

    #[test]
    fn a_state_read_again_is_as_read_anew(
        pieces in proptest::collection::vec(piece(), 0..60),
        edits in proptest::collection::vec(edit(), 1..12),
    ) {
        let mut text = pieces.concat();
        let mut known = KnownBlocks::default();
        known.keep(&text, blocks::read(&text));
        for edit in &edits {
            let old = std::mem::take(&mut text);
            text = edited(&old, edit);
            let again = known.read(&text);
            prop_assert_eq!(&again, &blocks::read(&text), "{:?} -> {:?}", old, text);
            known.keep(&text, again);
        }
    }
}

#[test]
fn a_section_is_read_by_itself() {
    let text = "# A\n\ntext\n\n## B\n\n- item\n\n## C\n\n`code` [d](e.md)\n";
    let other = text.replace("item", "item\n- another");
    let mut known = KnownBlocks::default();
    known.keep(text, blocks::read(text));
    let old = blocks::read(text);
    let section = super::Section::between(text, &other, &old);
    assert_eq!(
        section.map(|section| &text[section.old]),
        Some("## B\n\n- item\n\n")
    );
    assert_eq!(known.read(&other), blocks::read(&other));
}

/// Found by `tests/fuzz`.
#[test]
fn front_matter_is_closed_below_a_heading() {
    let open = "---\nkey: value\n\n## Inside\n\ntext\n\n## Behind\n\ntext\n";
    let closed = open.replace("text\n\n## Behind", "text\n---\n\n## Behind");
    for (old, new) in [(open, closed.as_str()), (closed.as_str(), open)] {
        let mut known = KnownBlocks::default();
        known.keep(old, blocks::read(old));
        assert_eq!(known.read(new), blocks::read(new), "{old:?} -> {new:?}");
    }
}
