//! Questions that no rule could answer: how many of which rule and why, and where.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::human::plural;
use super::load::Loaded;
use super::markup::one_line;
use super::scope::Chosen;

/// Lines of the count; the rest is counted together.
const SHOWN: usize = 6;

/// How many questions of each rule had which reason.
fn counts<'a>(chosen: &[Chosen<'a>]) -> BTreeMap<(&'static str, &'a str), u32> {
    let mut counts = BTreeMap::new();
    for (unknown, count) in chosen.iter().flat_map(|(_, all)| &all.unknown) {
        *counts
            .entry((unknown.code, unknown.why.as_str()))
            .or_default() += count;
    }
    counts
}

/// One line per rule and reason, most first; empty where everything was answered.
pub(crate) fn counted(chosen: &[Chosen<'_>]) -> String {
    let mut counts: Vec<_> = counts(chosen).into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let all: u32 = counts.iter().map(|(_, count)| count).sum();
    let mut out = String::new();
    if all == 0 {
        return out;
    }
    let questions = plural(all as usize, "question");
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{all} {questions} could not be answered (`check --unknown` says where):"
    );
    for ((code, why), count) in counts.iter().take(SHOWN) {
        let _ = writeln!(out, "  {code}: {count}, {}", one_line(why));
    }
    let rest: u32 = counts.iter().skip(SHOWN).map(|(_, count)| count).sum();
    if rest > 0 {
        let _ = writeln!(out, "  for other reasons: {rest}");
    }
    out
}

/// Every question with its place, by rule; those whose rule gives no place are counted.
pub(crate) fn listed(loaded: &Loaded, chosen: &[Chosen<'_>]) -> String {
    let mut out = String::new();
    for ((code, why), count) in counts(chosen) {
        let mut places = Vec::new();
        for (feature, all) in chosen {
            let asked = all.unanswered.iter();
            for each in asked.filter(|it| it.question.code == code && it.question.why == why) {
                let shown = loaded.shown(each.file);
                places.push(match feature.document(each.file) {
                    Some(document) => {
                        let line = document.doc.lines.line(each.range.start()) + 1;
                        let about = document.slice(each.range);
                        let about = about.lines().next().unwrap_or_default().trim();
                        let about: String = about.chars().take(60).collect();
                        format!("{shown}:{line} {}", one_line(&about))
                    }
                    None => shown,
                });
            }
        }
        let _ = writeln!(out, "\n{code}: {}", one_line(why));
        for place in &places {
            let _ = writeln!(out, "  {}", place.trim_end());
        }
        let rest = (count as usize).saturating_sub(places.len());
        if rest > 0 {
            let _ = writeln!(out, "  {rest} without a place");
        }
    }
    out
}
