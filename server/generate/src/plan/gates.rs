//! The Constitution Check: a gate for each principle, pending; and in a check that is there, those it leaves out.

use documents::{Gate, GateState, Principle};
use rustc_hash::FxHashSet;
use text::{Edit, TextRange, TextSize};
use trace::{Feature, FeatureDocument};

use crate::tasks::telling_words as words;

/// What nobody has looked at yet.
pub(super) const PENDING: &str = "PENDING";

/// The principles that are filled in, as a plan calls them: `I. Test First`.
pub(super) fn principles(feature: &Feature) -> Vec<(String, &Principle)> {
    let Some(constitution) = &feature.constitution else {
        return Vec::new();
    };
    let read = constitution.facts();
    let named = read.principles.iter().filter_map(|principle| {
        let item = read.items.get(principle.item as usize)?;
        let head = item.id_range.cover(item.title_range);
        let unfilled = item.title_range.is_empty() && item.id.is_empty()
            || constitution.slice(head).contains(['[', '{']);
        let name = if principle.number.is_some() && item.id != principle.name {
            format!("{}. {}", item.id, principle.name)
        } else {
            principle.name.to_string()
        };
        (!unfilled).then_some((name, principle))
    });
    named.collect()
}

/// Gates for the principles that a Constitution Check leaves out though it names most of them; in the shape of its last
/// gate, behind it.
pub(super) fn missing(feature: &Feature, plan: &FeatureDocument) -> Option<Edit> {
    let gates = plan.facts().gates.iter().filter(|gate| !gate.again);
    let gates: Vec<&Gate> = gates.collect();
    let around = |gate: &&Gate| section_of(plan, range_of(plan, gate)?);
    let sections: Vec<TextRange> = gates.iter().filter_map(around).collect();
    // A table of principles that change may be read as gates, too: the check is where most of them are.
    let most = |section: &&TextRange| sections.iter().filter(|it| it == section).count();
    let section = *sections.iter().rev().max_by_key(most)?;
    let mut inside = gates.iter().rev();
    let last = *inside.find(|gate| around(gate) == Some(section))?;
    let all = principles(feature);
    let mut said: FxHashSet<String> = FxHashSet::default();
    for section in &sections {
        said.extend(words("", plan.slice(*section)));
    }
    let own = |at: usize| {
        let (name, principle) = &all[at];
        let mut taken: FxHashSet<String> = FxHashSet::default();
        for (other, _) in all
            .iter()
            .enumerate()
            .filter(|(it, _)| *it != at)
            .map(|(_, it)| it)
        {
            taken.extend(words("", other));
        }
        let mut own = words("", name)
            .into_iter()
            .filter(|word| !taken.contains(word));
        let numbered = |gate: &&Gate| gate.number.is_some() && gate.number == principle.number;
        // A name may have no word of its own.
        let whole = |section: &TextRange| plan.slice(*section).contains(name.as_str());
        gates.iter().copied().any(|gate| numbered(&gate))
            || own.any(|word| said.contains(&word))
            || sections.iter().any(whole)
    };
    let (named, lost): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|at| own(*at));
    // A check that names few of them lists what matters to the feature.
    if lost.is_empty() || named.len() < 2 || named.len() < 2 * lost.len() {
        return None;
    }
    let (line, end) = line_of(plan, last)?;
    let mut insert = String::new();
    let newline = if plan.facts().style.crlf {
        "\r\n"
    } else {
        "\n"
    };
    for at in lost {
        insert.push_str(newline);
        insert.push_str(&like(line, plan, last, &all[at].0)?);
    }
    Some(Edit::insert(end, insert))
}

fn range_of(plan: &FeatureDocument, gate: &Gate) -> Option<TextRange> {
    Some(plan.facts().items.get(gate.item as usize)?.range)
}

/// The section of the second level that holds a place.
fn section_of(plan: &FeatureDocument, place: TextRange) -> Option<TextRange> {
    let sections = plan.facts().sections.iter();
    let mut around = sections.filter(|it| it.level == 2 && it.range.contains_range(place));
    around.next().map(|section| section.range)
}

/// The first line of a gate, and where the lines of the gate end.
fn line_of<'a>(plan: &'a FeatureDocument, gate: &Gate) -> Option<(&'a str, TextSize)> {
    let range = range_of(plan, gate)?;
    let text = &plan.doc.text;
    let start = usize::from(range.start());
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let whole = text[..usize::from(range.end())].trim_end().len().max(start);
    let end = text[whole..]
        .find(['\r', '\n'])
        .map_or(text.len(), |at| whole + at);
    let line = text[from..to].trim_end_matches('\r');
    Some((line, u32::try_from(end).ok()?.into()))
}

/// A gate for a principle, as another one is written; `None` where that is neither a row nor an item of a list.
fn like(line: &str, plan: &FeatureDocument, gate: &Gate, name: &str) -> Option<String> {
    let blank = line.len() - line.trim_start().len();
    let (indent, shown) = line.split_at(blank);
    if let Some(cells) = shown.trim_end().strip_prefix('|') {
        let cells: Vec<&str> = cells.strip_suffix('|')?.split('|').collect();
        let state = gate.state_range.map(|range| plan.slice(range));
        let named = cells
            .iter()
            .position(|cell| cell.contains(gate.name.as_str()))?;
        let stated = cells
            .iter()
            .enumerate()
            .position(|(at, cell)| at != named && state.is_some_and(|state| cell.contains(state)));
        let stated = stated.unwrap_or(named + 1);
        let row = cells.iter().enumerate().map(|(at, cell)| {
            let words = match at {
                at if at == named && cell.contains("**") => format!("**{name}**"),
                at if at == named => name.to_owned(),
                at if at == stated => PENDING.to_owned(),
                _ => "-".to_owned(),
            };
            let wide = cell.chars().count().saturating_sub(2);
            format!(" {words:<wide$} ")
        });
        return Some(format!("{indent}|{}|", row.collect::<Vec<_>>().join("|")));
    }
    let (bullet, rest) = shown.split_at_checked(2)?;
    if !matches!(bullet, "- " | "* " | "+ ") {
        return None;
    }
    let boxed =
        matches!(gate.state, GateState::Open) || rest.starts_with("[x]") || rest.starts_with("[X]");
    if boxed && rest.starts_with('[') {
        return Some(format!("{indent}{bullet}[ ] **{name}**"));
    }
    Some(format!("{indent}{bullet}**{name}**: {PENDING}"))
}
