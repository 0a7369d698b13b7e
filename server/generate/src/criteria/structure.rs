//! The edits of the requirements themselves: something comes in, goes away or moves, and the numbers that are written
//! follow. Everything else stays as it is, blank lines between criteria included.

use documents::{Item, ItemKind};
use smol_str::SmolStr;
use text::{Edit, TextRange, TextSize};
use trace::FeatureDocument;

use super::Uncounted;
use super::order::{Order, Position, Step};

/// The bytes of what goes away for good.
pub(super) fn removed(document: &FeatureDocument, order: &Order, step: &Step) -> Option<TextRange> {
    let Step::Delete(at) = step else { return None };
    slots(document, order, *at).get(index(*at)).copied()
}

/// All edits of the document; `small` are those of its references.
pub(super) fn edits(
    document: &FeatureDocument,
    order: &Order,
    step: &Step,
    mut small: Vec<Edit>,
) -> Result<Vec<Edit>, Uncounted> {
    let text = document.doc.text.as_ref();
    small.extend(numbers(document, order));
    small.sort_by_key(|edit| edit.range.start());
    match step {
        Step::Insert(at, new) => {
            let slots = slots(document, order, *at);
            let new = numbered(document, order, *at, new);
            small.push(inserted(text, &slots, index(*at), &new).ok_or(Uncounted::NoSuchPlace)?);
        }
        Step::Delete(at) => {
            let slots = slots(document, order, *at);
            let gone = taken_out(text, &slots, index(*at)).ok_or(Uncounted::NoSuchPlace)?;
            small.retain(|edit| edit.range.intersect(gone).is_none_or(TextRange::is_empty));
            small.push(Edit::delete(gone));
        }
        Step::Move(from, to) => {
            let mut slots_to = slots(document, order, *to);
            let slots = slots(document, order, *from);
            let gone = taken_out(text, &slots, index(*from)).ok_or(Uncounted::NoSuchPlace)?;
            let moved = slots[index(*from)];
            let inside = |edit: &Edit| moved.contains_range(edit.range);
            let (own, others): (Vec<Edit>, Vec<Edit>) = small.into_iter().partition(inside);
            let own: Vec<Edit> = own
                .into_iter()
                .map(|edit| Edit::replace(edit.range - moved.start(), edit.insert))
                .collect();
            let written = text::apply(&text[moved], &own).map_err(|_| Uncounted::Unreadable)?;
            small = others;
            small.push(Edit::delete(gone));
            if from.requirement == to.requirement || from.criterion.is_none() {
                slots_to.remove(index(*from));
            }
            small.push(
                inserted(text, &slots_to, index(*to), &written).ok_or(Uncounted::NoSuchPlace)?,
            );
        }
    }
    Ok(small)
}

fn index(at: Position) -> usize {
    at.criterion.unwrap_or(at.requirement)
}

/// The bytes of the requirements, or of the criteria of one.
fn slots(document: &FeatureDocument, order: &Order, at: Position) -> Vec<TextRange> {
    let items = &document.facts().items;
    let range = |item: &u32| items[*item as usize].range;
    match at.criterion {
        Some(_) => order
            .requirements
            .get(at.requirement)
            .map(|requirement| requirement.criteria.iter().map(range).collect())
            .unwrap_or_default(),
        None => order
            .requirements
            .iter()
            .map(|each| range(&each.item))
            .collect(),
    }
}

/// What stands between two neighbours, if nothing but blanks does.
fn gap<'a>(text: &'a str, slots: &[TextRange], before: Option<usize>) -> Option<&'a str> {
    let before = before?;
    let (one, other) = (slots.get(before)?, slots.get(before + 1)?);
    let gap = text.get(usize::from(one.end())..usize::from(other.start()))?;
    gap.trim().is_empty().then_some(gap)
}

/// A line break as the document has them, and the blanks in front of a slot; before a heading an empty line, too.
fn fresh_line(text: &str, slot: TextRange) -> String {
    let start = usize::from(slot.start());
    let line = text[..start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let indent = &text[line..start];
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let indent = if indent.trim().is_empty() { indent } else { "" };
    let end = end.repeat(if text[start..].starts_with('#') { 2 } else { 1 });
    format!("{end}{indent}")
}

fn inserted(text: &str, slots: &[TextRange], at: usize, new: &str) -> Option<Edit> {
    let last = slots.len().checked_sub(1)?;
    let near = at.min(last);
    let gap = gap(text, slots, at.checked_sub(1))
        .or_else(|| gap(text, slots, Some(near)))
        .or_else(|| gap(text, slots, near.checked_sub(1)))
        .map_or_else(|| fresh_line(text, slots[near]), str::to_owned);
    Some(match slots.get(at) {
        Some(slot) => Edit::insert(slot.start(), format!("{new}{gap}")),
        None => Edit::insert(slots[last].end(), format!("{gap}{new}")),
    })
}

/// The bytes to delete so that a slot is gone with the blanks on one side of it.
fn taken_out(text: &str, slots: &[TextRange], at: usize) -> Option<TextRange> {
    let slot = *slots.get(at)?;
    if gap(text, slots, Some(at)).is_some() {
        return Some(TextRange::new(slot.start(), slots[at + 1].start()));
    }
    if gap(text, slots, at.checked_sub(1)).is_some() {
        return Some(TextRange::new(slots[at - 1].end(), slot.end()));
    }
    // Alone between other things: with its line break.
    let start = usize::from(slot.start());
    let line = text[..start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let behind = usize::from(slot.end());
    let rest = &text[behind..];
    let end = if rest.starts_with("\r\n") {
        behind + 2
    } else {
        behind + usize::from(!rest.is_empty())
    };
    text[line..start]
        .trim()
        .is_empty()
        .then(|| text::span(line, end))
}

/// The written numbers of what has another one afterwards.
fn numbers(document: &FeatureDocument, order: &Order) -> Vec<Edit> {
    let items = &document.facts().items;
    let changed = order.items().filter_map(|(at, old, new)| {
        let new = new.filter(|new| *new != old)?;
        let item = &items[at as usize];
        let (range, number) = written(document, item)?;
        let number = renumbered(number, old, new)?;
        Some(Edit::replace(range, number))
    });
    changed.collect()
}

/// The number that an item shows: `2` of `Requirement 2`, `3` of `3.`, `2.3`.
fn written<'a>(document: &'a FeatureDocument, item: &Item) -> Option<(TextRange, &'a str)> {
    let id = document.slice(item.id_range);
    let wide = |c: char| grammar::folded(c).is_ascii_digit();
    let end = id.trim_end_matches(|c: char| !wide(c)).len();
    let start = if item.kind == ItemKind::Requirement {
        id[..end].trim_end_matches(wide).len()
    } else {
        id.len() - id.trim_start_matches(|c: char| !wide(c)).len()
    };
    if start >= end {
        return None;
    }
    let base = item.id_range.start();
    let offset = |at: usize| base + TextSize::new(at as u32);
    Some((TextRange::new(offset(start), offset(end)), &id[start..end]))
}

/// A written number as it is to be; nothing where it does not say the old one (lists that are `1.` throughout).
fn renumbered(written: &str, old: &SmolStr, new: &SmolStr) -> Option<String> {
    let folded: String = written.chars().map(grammar::folded).collect();
    let last = |key: &str| key.rsplit('.').next().unwrap_or(key).to_owned();
    let number = if folded == *old {
        new.to_string()
    } else if folded == last(old) {
        last(new)
    } else {
        return None;
    };
    let wide = !written.is_ascii();
    let digit = |c: char| match c.to_digit(10) {
        Some(value) if wide => char::from_u32(0xFF10 + value).unwrap_or(c),
        _ => c,
    };
    Some(number.chars().map(digit).collect())
}

/// New text with the number of its place, in the style of its neighbours.
fn numbered(document: &FeatureDocument, order: &Order, at: Position, new: &str) -> String {
    let facts = document.facts();
    let Some(criterion) = at.criterion else {
        return new.replace("{number}", &(at.requirement + 1).to_string());
    };
    let Some(requirement) = order.requirements.get(at.requirement) else {
        return new.to_owned();
    };
    let near = criterion.min(requirement.criteria.len().saturating_sub(1));
    let Some(item) = requirement
        .criteria
        .get(near)
        .map(|at| &facts.items[*at as usize])
    else {
        return new.to_owned();
    };
    // Marker, number and the blanks behind them as the neighbour has them.
    let lead = TextRange::new(item.range.start(), item.title_range.start());
    let lead = document.slice(lead);
    let old = format!("{}.{}", requirement.number, near + 1);
    let key = SmolStr::from(format!("{}.{}", requirement.number, criterion + 1));
    let lead = match written(document, item) {
        Some((range, number)) => {
            let start = usize::from(range.start() - item.range.start());
            let end = usize::from(range.end() - item.range.start());
            let number = renumbered(number, &old.into(), &key).unwrap_or_else(|| number.to_owned());
            format!("{}{number}{}", &lead[..start], &lead[end..])
        }
        None => lead.to_owned(),
    };
    format!("{lead}{new}")
}
