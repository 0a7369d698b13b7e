//! What holds for every finding, whatever was written: ranges, fixes, and that a change gives what a new start gives.

mod fingerprints;
mod fixes;
mod incremental;
mod ranges;
mod workspaces;

use std::ops::Range;

/// Numbers in no order, the same in every run (xorshift).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Below `limit`, or 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        if limit == 0 {
            0
        } else {
            (self.roll() % limit as u64) as usize
        }
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// An offset between two characters.
    pub(crate) fn offset(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// A piece of at most `most` bytes.
    fn piece(&mut self, text: &str, most: usize) -> Range<usize> {
        let start = self.offset(text);
        let mut end = (start + self.below(most)).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }

    /// One edit as a person, a merge or an agent makes it.
    pub(crate) fn edit(&mut self, text: &mut String) {
        let lines: Vec<Range<usize>> = line_ranges(text);
        match self.below(8) {
            0 => {
                let piece = self.piece(text, 12);
                text.replace_range(piece, "");
            }
            1 | 2 => {
                let at = self.offset(text);
                text.insert_str(at, self.pick::<&str>(SNIPPETS));
            }
            3 if !lines.is_empty() => {
                let line = self.pick(&lines).clone();
                text.replace_range(line, "");
            }
            4 if !lines.is_empty() => {
                let line = text[self.pick(&lines).clone()].to_owned();
                let at = self.pick(&lines).start;
                text.insert_str(at, &line);
            }
            5 if !lines.is_empty() => {
                let at = self.pick(&lines).start;
                text.insert_str(at, self.pick::<&str>(LINES));
            }
            6 => toggle(text, self.below(40)),
            _ => {
                let piece = self.piece(text, 4);
                text.replace_range(piece, self.pick::<&str>(SNIPPETS));
            }
        }
    }
}

/// Changes the state of the n-th checkbox.
fn toggle(text: &mut String, nth: usize) {
    let boxes: Vec<usize> = text.match_indices("- [").map(|(at, _)| at + 3).collect();
    let Some(&at) = boxes.get(nth % boxes.len().max(1)) else {
        return;
    };
    match text[at..].chars().next() {
        Some(' ') => text.replace_range(at..=at, "x"),
        Some('x' | 'X') => text.replace_range(at..=at, " "),
        _ => {}
    }
}

/// Lines with their breaks.
fn line_ranges(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            at += line.len();
            at - line.len()..at
        })
        .collect()
}

const SNIPPETS: &[&str] = &[
    "x", " ", "\n", "\n\n", "*", "`", "#", "]", "[", "FR-001", "FR-9", "FR-014", "US9", "[P] ",
    "[US2] ", "🎉", "あ", "（", "|", "T001", "\t", "<!--", "-->", "```\n", "~~", "\r\n", "0",
    "\u{feff}", "[DATE]", "_", "\\",
];

const LINES: &[&str] = &[
    "## MODIFIED Requirements\n",
    "## REMOVED Requirements\n",
    "### Requirement: Login\n",
    "#### Scenario: Right password\n",
    "- FROM: `### Requirement: Login`\n",
    "- TO: `### Requirement: Logout`\n",
    "- [ ] T901 [P] [US9] Do it in `src/new.py`\n",
    "- [x] T902 Write `src/never.py` (FR-777)\n",
    "- [x] T903 Write `src/old.py`\n",
    "- [ ] [US1] Write a test in `tests/t.py`\n",
    "- T904 [P] Write `src/new.py`\n",
    "- [ ] T9 Short\n",
    "- **FR-001**: Again.\n",
    "- [ ] T905 Wait (depends on T003)\n",
    "- T003 depends on T905, T012\n",
    "  - [ ] open\n",
    "- [ ] T906 [US3] Label\n",
    "- T001, T03 and T099 first\n",
    "See [it](old/spec.md#あ), [that](<src/real.py>) and ![there](#nowhere)\n",
    "## Requirements\n",
    "## Success Criteria *(mandatory)*\n",
    "### User Story 7 - Later (Priority: P3) 🎉\n",
    "## Phase 9: User Story 8 - None\n",
    "<!-- ACTION REQUIRED: Replace this. -->\n",
    "  <!--\n  ACTION REQUIRED: Replace\n  this.\n-->\n",
    "| FR-002 | Two |\n",
    "**Date**: [DATE]\n",
    "```text\n",
    "> quoted FR-500\n",
    "\n",
    "---\n",
];
