//! Gates of a plan's Constitution Check: table rows, list items and headings that name a principle and say how the
//! plan stands to it (speckit-format section 1.2: free form; a table in more than half of the plans).

use super::blocks::{Block, BlockKind, line_end, next_line};
use super::words::{self, Words};
use super::{Reading, cells, complexity, heads, principles, sections, verdicts};
use crate::model::{Gate, GateState, Item, ItemIndex, ItemKind};
use std::ops::Range;
use text::TextRange;

/// Parts of the section's title.
static CHECK: Words = Words::new(&[
    "constitution",
    "憲法",
    "憲章",
    "コンスティテューション",
    "宪法",
    "宪章",
    "章程",
    "헌법",
    "헌장",
    "constitución",
    "constituição",
    "verfassung",
    "konstitution",
]);

/// Parts of the title of a second look.
static AGAIN: Words = Words::new(&[
    "re-check",
    "recheck",
    "re-eval",
    "re-valid",
    "post-design",
    "post design",
    "post-phase",
    "after phase 1",
    "after design",
    "再チェック",
    "再確認",
    "再評価",
    "設計後",
    "复查",
    "重新检查",
    "设计后",
    "재검토",
    "재확인",
    "설계 후",
    "reverificación",
    "post-diseño",
    "reverificação",
    "pós-design",
    "erneute prüfung",
    "nach dem design",
    "revérification",
    "après conception",
]);

/// Heads of the column that says how a gate stands.
static STATE: Words = Words::new(&[
    "status",
    "state",
    "result",
    "verdict",
    "compliance",
    "compliant",
    "pass",
    "ステータス",
    "状態",
    "判定",
    "結果",
    "適合",
    "状态",
    "结果",
    "合规",
    "符合",
    "상태",
    "결과",
    "준수",
    "estado",
    "resultado",
    "cumple",
    "situação",
    "ergebnis",
    "statut",
    "état",
    "résultat",
]);

/// Heads of a column that only counts.
const COUNT: [&str; 5] = ["#", "no", "no.", "nr", "n°"];

/// Reads the gates; gives what only they have.
pub(super) fn read(reading: &mut Reading<'_>) -> Vec<Gate> {
    let places = places(reading);
    let mut found: Vec<(Item, Gate)> = Vec::new();
    let mut columns = Columns::default();
    for block in &reading.blocks.list {
        let Some(place) = block.section.map(|index| places[index as usize]) else {
            continue;
        };
        if !place.inside || block.quoted {
            continue;
        }
        match block.kind {
            BlockKind::Heading(_) if place.gate => found.extend(heading(reading, block)),
            BlockKind::Head => columns = Columns::of(reading.text, block),
            BlockKind::Row if !place.gate => found.extend(row(reading.text, block, &columns)),
            BlockKind::Item if block.depth == 1 && !place.gate => {
                found.extend(item(reading.text, block));
            }
            BlockKind::Paragraph if block.depth == 0 && !place.gate => {
                lines(reading.text, block, &mut found);
            }
            _ => {}
        }
    }
    let first = reading.items.len() as ItemIndex;
    let mut gates = Vec::with_capacity(found.len());
    for (at, (item, mut gate)) in (first..).zip(found) {
        gate.item = at;
        gate.again |= item
            .section
            .is_some_and(|index| places[index as usize].again);
        reading.items.push(item);
        gates.push(gate);
    }
    gates
}

/// What a section is to the check.
#[derive(Clone, Copy, Default)]
struct Place {
    /// It is the check, or part of it.
    inside: bool,
    /// It is a second look.
    again: bool,
    /// Its heading is a gate; what stands below is evidence.
    gate: bool,
}

fn places(reading: &Reading<'_>) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(reading.sections.len());
    for section in &reading.sections {
        let around = section
            .parent
            .map_or(Place::default(), |parent| places[parent as usize]);
        let own = section.level > 1 && words::any(&section.title, &CHECK);
        let inside = (own || around.inside) && !words::any(&section.title, &complexity::COMPLEXITY);
        let written: Range<usize> = section.title_range.into();
        let named = principles::name(reading.text, &written);
        let gate = around.inside
            && !own
            && (named.sure || ends_with_state(reading.text, &written).is_some());
        let again = inside && words::any(&section.title, &AGAIN);
        places.push(Place {
            inside,
            again: again || around.again,
            // `### Post-Design Re-check — PASS` speaks of all gates.
            gate: (gate && !again) || around.gate,
        });
    }
    places
}

/// `### I. Test-First — PASS`: where the name of a heading ends, and the state behind it.
fn ends_with_state(text: &str, written: &Range<usize>) -> Option<(usize, GateState, Range<usize>)> {
    let title = &text[written.clone()];
    let mut last = ' ';
    for (at, c) in title.char_indices().skip(1) {
        let behind = match c {
            _ if is_sign(c) => at,
            '—' | '–' | ':' | '：' | '(' | '（' => at + c.len_utf8(),
            '-' if last == ' ' => at + 1,
            _ => {
                last = c;
                continue;
            }
        };
        last = c;
        let rest = sections::trim(text, written.start + behind..written.end);
        if let Some((state, range)) = verdicts::leading(text, rest) {
            return Some((written.start + at, state, range));
        }
    }
    None
}

fn is_sign(c: char) -> bool {
    verdicts::sign(c).is_some()
}

/// Which columns of a table say what.
#[derive(Default)]
struct Columns {
    name: usize,
    state: Option<usize>,
}

impl Columns {
    fn of(text: &str, head: &Block) -> Self {
        let heads: Vec<&str> = cells::cells(text, &head.range)
            .into_iter()
            .map(|cell| &text[cells::bare(text, &cell)])
            .collect();
        let counts = |head: &&str| COUNT.contains(&head.to_lowercase().as_str());
        let name = usize::from(heads.first().is_some_and(counts) && heads.len() > 2);
        let mut states = (name + 1..heads.len()).filter(|&at| words::any(heads[at], &STATE));
        Self {
            name,
            state: states.next_back(),
        }
    }
}

fn row(text: &str, block: &Block, columns: &Columns) -> Option<(Item, Gate)> {
    let cells = cells::cells(text, &block.range);
    let name = cells.get(columns.name)?;
    if cells.len() <= columns.name + 1 || cells::says_nothing(&text[name.clone()]) {
        return None;
    }
    let stated = columns
        .state
        .and_then(|at| cells.get(at))
        .and_then(|cell| verdicts::cell(text, cell.clone()));
    let others = || {
        let mut other = cells.iter().skip(columns.name + 1);
        other.find_map(|cell| verdicts::strict(text, cell.clone()))
    };
    let behind = cells.get(columns.name + 1)?;
    let title = behind.start..cells.last()?.end;
    let mut gate = gate(
        text,
        block,
        name,
        title,
        block.range.clone(),
        stated.or_else(others),
    )?;
    gate.0.in_table = true;
    Some(gate)
}

/// `- [x] **Simplicity**: text`, `- ✅ **I. Simplicity** text`, `- **I. Simplicity**: PASS`
fn item(text: &str, block: &Block) -> Option<(Item, Gate)> {
    let head = heads::item(text, &block.range);
    let boxed = head.checkbox.as_ref().map(|checkbox| {
        let state = if checkbox.done() {
            GateState::Passed
        } else if checkbox.state.is_whitespace() {
            GateState::Open
        } else {
            GateState::Unstated
        };
        (state, Range::<usize>::from(checkbox.range))
    });
    let signed = verdicts::leading_sign(text, head.content..head.end);
    let content = signed.as_ref().map_or(head.content, |(_, range)| {
        heads::blanks(text, range.end, head.end)
    });
    let name = bold(text, content, head.end);
    if name.is_none() && boxed.is_none() && signed.is_none() {
        return None;
    }
    // `[-]` says nothing of the gate; its words may.
    let boxed = boxed.filter(|(state, _)| *state != GateState::Unstated);
    let (name, behind) = name.unwrap_or_else(|| {
        let end = text[content..head.end]
            .find([':', '：', '—'])
            .map_or(head.end, |colon| content + colon);
        (sections::trim(text, content..end), end)
    });
    let title = heads::words(text, behind, head.end);
    let said = verdicts::strict(text, title..head.end);
    // `- [x] **Rules**: N/A` is not applicable, `- [x] ... FAIL` is whatever its words say.
    let state = match (boxed, signed, said) {
        (Some((GateState::Passed, _)), _, Some(said)) if said.0 != GateState::Passed => Some(said),
        (Some(boxed), _, _) => Some(boxed),
        (None, Some(signed), _) => Some(signed),
        (None, None, said) => said,
    };
    gate(
        text,
        block,
        &name,
        title..head.end,
        head.start..block.range.end,
        state,
    )
}

/// The bold words at `start`, and where they end.
fn bold(text: &str, start: usize, end: usize) -> Option<(Range<usize>, usize)> {
    let rest = &text[start..end];
    let mark = ["**", "__"]
        .into_iter()
        .find(|mark| rest.starts_with(mark))?;
    let close = start + 2 + rest[2..].find(mark)?;
    let inner = sections::trim(text, start + 2..close);
    let bare = text[inner.clone()].trim_end_matches([':', '：', '.']).len();
    (bare > 0).then_some((inner.start..inner.start + bare, close + 2))
}

/// Lines of a paragraph that begin with a bold name and say a state: `**I. Simplicity**: PASS`.
fn lines(text: &str, block: &Block, found: &mut Vec<(Item, Gate)>) {
    let mut at = block.range.start;
    while at < block.range.end {
        let end = line_end(text, at).min(block.range.end);
        let line = sections::trim(text, at..end);
        at = next_line(text, end);
        let signed = verdicts::leading_sign(text, line.clone());
        let start = signed.as_ref().map_or(line.start, |(_, range)| {
            heads::blanks(text, range.end, line.end)
        });
        let Some((name, behind)) = bold(text, start, line.end) else {
            continue;
        };
        let title = heads::words(text, behind, line.end);
        let named = principles::name(text, &name);
        let said = signed.or_else(|| verdicts::strict(text, title..line.end));
        if named.sure && said.is_some() {
            found.extend(gate(
                text,
                block,
                &name,
                title..line.end,
                line.clone(),
                said,
            ));
        }
    }
}

fn heading(reading: &Reading<'_>, block: &Block) -> Option<(Item, Gate)> {
    let text = reading.text;
    let index = block.section?;
    let written: Range<usize> = reading.sections[index as usize].title_range.into();
    let (end, state) = match ends_with_state(text, &written) {
        Some((end, state, range)) => (end, Some((state, range))),
        None => (written.end, None),
    };
    let named = principles::name(text, &written);
    // Headings below a gate are its evidence.
    if !named.sure && state.is_none() {
        return None;
    }
    let leading = verdicts::leading_sign(text, written.clone());
    let start = leading
        .as_ref()
        .map_or(written.start, |(_, range)| range.end);
    let end = start
        + text[start.min(end)..end]
            .trim_end_matches([' ', '-', '–', '—', ':', '：', '(', '（'])
            .len();
    let name = sections::trim(text, start..end);
    let range = reading.section_range(index);
    gate(
        text,
        block,
        &name,
        name.end..name.end,
        range,
        state.or(leading),
    )
}

fn gate(
    text: &str,
    block: &Block,
    name: &Range<usize>,
    title: Range<usize>,
    range: Range<usize>,
    state: Option<(GateState, Range<usize>)>,
) -> Option<(Item, Gate)> {
    let bare = cells::bare(text, name);
    let written = &text[bare.clone()];
    // The template's own words are in brackets; `**PASS**: all of them` names nothing.
    let nameless = written.starts_with('[') && written.ends_with(']')
        || verdicts::leading(text, bare.clone()).is_some_and(|(_, said)| said.end == bare.end);
    if bare.is_empty() || nameless || written.contains(['\n', '\r']) {
        return None;
    }
    let named = principles::name(text, &bare);
    let (state, state_range) = match state {
        Some((state, range)) => (state, Some(span(&range))),
        None => (GateState::Unstated, None),
    };
    let item = Item {
        kind: ItemKind::Gate,
        id: cells::name(&text[bare.clone()]),
        id_range: span(&bare),
        title_range: span(&(title.start.max(bare.end)..title.end.max(bare.end))),
        range: span(&range),
        section: block.section,
        parent: None,
        in_table: false,
        task: None,
        story: None,
    };
    let gate = Gate {
        item: 0,
        number: named.number,
        name: named.text(text),
        state,
        state_range,
        again: false,
    };
    Some((item, gate))
}

fn span(range: &Range<usize>) -> TextRange {
    text::span(range.start, range.end)
}
