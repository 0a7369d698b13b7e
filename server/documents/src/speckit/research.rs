//! Decisions of a research document (speckit-format section 1.2): what was chosen, why, and what else was looked at.

use super::blocks::{BlockKind, line_end};
use super::words::{self, Words};
use super::{Reading, cells, heads, sections};
use crate::model::{Decision, Item, ItemIndex, ItemKind};
use smol_str::SmolStr;
use std::ops::Range;
use text::TextRange;

static DECISION: Words = Words::new(&[
    "decision",
    "決定",
    "决定",
    "决策",
    "決策",
    "결정",
    "decisión",
    "decisão",
    "entscheidung",
    "décision",
]);

static RATIONALE: Words = Words::new(&[
    "rationale",
    "根拠",
    "理由",
    "依据",
    "근거",
    "이유",
    "justificación",
    "justificativa",
    "fundamento",
    "begründung",
    "justification",
    "raison",
]);

static ALTERNATIVES: Words = Words::new(&[
    "alternative",
    "rejected",
    "代替案",
    "検討した代替",
    "替代方案",
    "备选",
    "備選",
    "考虑的替代",
    "대안",
    "고려한 대안",
    "검토한 대안",
    "考慮した代替",
    "被考虑的替代",
    "考慮的替代",
    "alternativa",
]);

/// What a label asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Decision,
    Rationale,
    Alternatives,
}

/// A label and where the words behind it stand.
struct Labelled {
    part: Part,
    /// The section that the label speaks about.
    section: u32,
    /// Where its line begins.
    start: usize,
    words: Range<usize>,
}

/// Reads the decisions: sections that say `Decision` in a label, in a subheading, or in their own title.
pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Decision> {
    let text = reading.text;
    let labels = labels(reading);
    let first = reading.items.len() as ItemIndex;
    let mut decisions: Vec<Decision> = Vec::new();
    let mut items = Vec::new();
    for (index, section) in (0_u32..).zip(&reading.sections) {
        let written: Range<usize> = section.title_range.into();
        let name = name(text, &written);
        let of = |part: Part| {
            let mut own = labels
                .iter()
                .filter(|label| label.part == part && label.section == index);
            own.next().map(|label| span(&label.words))
        };
        let decision = of(Part::Decision);
        let inside_of_one = labels.iter().any(|label| {
            label.part == Part::Decision
                && usize::from(section.heading.start()) < label.words.start
                && Some(label.section) == section.parent
                && named_label(text, &written)
        });
        if section.level < 2
            || inside_of_one
            || !(decision.is_some() || name.titled && of(Part::Rationale).is_some())
        {
            continue;
        }
        let range = reading.section_range(index);
        let title = name.title;
        let (id, id_range, title) = match name.id {
            Some(id) => (SmolStr::new(&text[id.clone()]), id, title),
            None if title.is_empty() => continue,
            None => (
                cells::name(&text[title.clone()]),
                title.clone(),
                title.end..title.end,
            ),
        };
        decisions.push(Decision {
            item: first + items.len() as ItemIndex,
            decision,
            rationale: of(Part::Rationale),
            alternatives: of(Part::Alternatives),
        });
        items.push(Item {
            kind: ItemKind::Decision,
            id,
            id_range: span(&id_range),
            title_range: span(&title),
            range: span(&range),
            section: Some(index),
            parent: None,
            in_table: false,
            task: None,
            story: None,
        });
    }
    reading.items.extend(items);
    decisions
}

fn span(range: &Range<usize>) -> TextRange {
    text::span(range.start, range.end)
}

/// The number and the words of a decision's heading.
struct Name {
    id: Option<Range<usize>>,
    title: Range<usize>,
    /// `Decision 2: ...`
    titled: bool,
}

/// `R1: Storage`, `Decision 2 — Storage`, `3. Storage`, `D-4`, `Topic`.
fn name(text: &str, written: &Range<usize>) -> Name {
    let bare = cells::bare(text, written);
    let start = bare.end - sections::plain_start(&text[bare.clone()]).len();
    let word = words::prefix(&text[start..bare.end], &DECISION).unwrap_or(0);
    let at = heads::blanks(text, start + word, bare.end);
    let rest = &text[at..bare.end];
    let letters = rest
        .bytes()
        .take_while(u8::is_ascii_uppercase)
        .count()
        .min(4);
    let dash = usize::from(letters > 0 && rest[letters..].starts_with('-'));
    let digits = rest[letters + dash..]
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b'.')
        .count();
    let number = rest[letters + dash..letters + dash + digits].trim_end_matches('.');
    let len = letters + dash + number.len();
    let behind = rest[len..].chars().next();
    let ends = behind.is_none_or(|c| !c.is_alphanumeric());
    let separated = heads::separator(rest[len..].trim_start()).is_some() || behind.is_none();
    if !number.is_empty() && len <= 10 && ends && (separated || word > 0) {
        let title = heads::words(text, at + len, bare.end);
        return Name {
            id: Some(at..at + len),
            title: title..bare.end,
            titled: word > 0,
        };
    }
    let title = if word > 0 {
        heads::words(text, start + word, bare.end)
    } else {
        start
    };
    Name {
        id: None,
        title: title..bare.end,
        titled: word > 0 && title > start + word,
    }
}

/// Whether a heading is a label itself: `### Decision`, `### Rationale`.
fn named_label(text: &str, written: &Range<usize>) -> bool {
    let title = text[cells::bare(text, written)].trim_end_matches([':', '：']);
    part(title).is_some_and(|(_, len)| len == title.len() || title.len() < 28)
}

/// The part that a label's words name, and how long they are.
fn part(label: &str) -> Option<(Part, usize)> {
    [
        (Part::Decision, &DECISION),
        (Part::Rationale, &RATIONALE),
        (Part::Alternatives, &ALTERNATIVES),
    ]
    .into_iter()
    .find_map(|(part, words)| Some((part, words::prefix(label, words)?)))
}

fn labels(reading: &Reading<'_>) -> Vec<Labelled> {
    let text = reading.text;
    let mut found = Vec::new();
    for block in &reading.blocks.list {
        let Some(section) = block.section.filter(|_| !block.quoted) else {
            continue;
        };
        match block.kind {
            BlockKind::Heading(level) if level > 2 => {
                let written: Range<usize> = reading.sections[section as usize].title_range.into();
                let Some(parent) = reading.sections[section as usize].parent else {
                    continue;
                };
                let bare = cells::bare(text, &written);
                let title = &text[bare.clone()];
                let Some((part, len)) = part(title) else {
                    continue;
                };
                let behind = bare.start + len;
                let said = heads::words(text, behind, bare.end);
                let colon = text[behind..bare.end].trim_start().starts_with([':', '：']);
                // `### Decision`, `### Decision: Use X`, `### Alternatives considered`; `### Decision 2` is one itself.
                let said = sections::trim(text, said..written.end);
                let words = if behind == bare.end || part != Part::Decision && !colon {
                    let whole = reading.section_range(section);
                    let start = usize::from(reading.sections[section as usize].heading.end());
                    sections::trim(text, start.min(whole.end)..whole.end)
                } else if colon {
                    said
                } else {
                    continue;
                };
                found.push(Labelled {
                    part,
                    section: parent,
                    start: block.range.start,
                    words,
                });
            }
            BlockKind::Paragraph | BlockKind::Item => {
                let start = match block.kind {
                    BlockKind::Item => heads::item(text, &block.range).content,
                    _ => block.range.start,
                };
                let own = found.len();
                let mut at = start;
                while at < block.range.end {
                    let end = line_end(text, at).min(block.range.end);
                    if let Some((part, words)) = label(text, at..end) {
                        found.push(Labelled {
                            part,
                            section,
                            start: at,
                            words,
                        });
                    }
                    at = super::blocks::next_line(text, end);
                }
                // What follows a label in the same paragraph is said by it.
                for place in own..found.len() {
                    let next = found
                        .get(place + 1)
                        .map_or(block.range.end, |next| next.start);
                    let words = found[place].words.clone();
                    if words.start < words.end {
                        found[place].words = sections::trim(text, words.start..next.max(words.end));
                    }
                }
            }
            _ => {}
        }
    }
    fill(reading, &mut found);
    found
}

/// A label with nothing behind it speaks of what follows, up to the next label or heading.
fn fill(reading: &Reading<'_>, labels: &mut [Labelled]) {
    for at in 0..labels.len() {
        let from = labels[at].words.end;
        if !labels[at].words.is_empty() {
            continue;
        }
        let next = labels
            .get(at + 1)
            .map_or(reading.text.len(), |next| next.start);
        let behind = reading
            .sections
            .partition_point(|section| usize::from(section.heading.start()) < from);
        let heading = reading
            .sections
            .get(behind)
            .map_or(reading.text.len(), |section| section.heading.start().into());
        let end = next.min(heading).max(from);
        let end = from
            + reading.text[from..end]
                .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '+'))
                .len();
        labels[at].words = sections::trim(reading.text, from..end);
    }
}

/// `**Decision**: words`, `Decision: words`, `**Alternatives considered:** words`.
fn label(text: &str, line: Range<usize>) -> Option<(Part, Range<usize>)> {
    let start = heads::marks(text, heads::blanks(text, line.start, line.end), line.end);
    let (part, len) = part(&text[start..line.end])?;
    let rest = &text[start + len..line.end];
    let colon = rest.find([':', '：'])?;
    // The label ends soon, and in the same clause.
    let between = &rest[..colon];
    if between.len() > 32 || between.contains(['.', ',', '(', '`', '。']) {
        return None;
    }
    let behind = start + len + colon;
    let behind = behind + text[behind..].chars().next().map_or(0, char::len_utf8);
    let words = heads::blanks(text, heads::marks(text, behind, line.end), line.end);
    let words = sections::trim(text, words..line.end);
    Some((part, words))
}
