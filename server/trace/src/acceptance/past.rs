//! Which words of an accepted text are others now: git has the text, if it was committed.

use documents::{Document, ItemIndex, ItemKind};

use super::{Accepted, TextChange, wording};
use crate::feature::{Feature, FeatureDocument};
use crate::history::{History, Moment, Past, PastQuestion, Wanted};

/// Asks for what documents said whose items read differently now, and takes the answers that are there.
pub(crate) fn look_back(feature: &Feature, accepted: &mut Accepted, history: &History) {
    for document in &feature.documents {
        let differs = accepted
            .items
            .iter()
            .any(|item| item.item.file == document.file && !item.text);
        if !differs {
            continue;
        }
        let place = (document.path.clone(), document.kind);
        let question = PastQuestion {
            root: feature.root,
            document: place.clone(),
            source: place,
            wanted: Wanted::All,
        };
        if let Some(Past::Known(moments)) = history.pasts.get(&question).map(AsRef::as_ref) {
            let items = accepted.items.iter_mut();
            for item in items.filter(|item| item.item.file == document.file && !item.text) {
                item.change = change(document, item.item.item, item.accepted_text, moments);
            }
        }
        accepted.pasts.push(question);
    }
}

fn change(
    document: &FeatureDocument,
    at: ItemIndex,
    accepted: u64,
    moments: &[Moment],
) -> Option<TextChange> {
    let then = moments.iter().rev().find_map(|moment| {
        let (facts, text) = (&moment.document.facts, &moment.document.text);
        let items = (0..).zip(&facts.items);
        let mut own = items.filter(|(_, item)| wording::is_acceptable(document.kind, item.kind));
        let (found, _) = own.find(|(at, _)| wording::print(facts, text, *at) == Some(accepted))?;
        Some(all_words(facts, text, found))
    })?;
    let now = all_words(document.facts(), &document.doc.text, at);
    differ(&then, &now)
}

/// In which words an item says something else than at another time.
pub(crate) fn word_change(
    (old, before, then): (&Document, &str, ItemIndex),
    (new, after, now): (&Document, &str, ItemIndex),
) -> Option<TextChange> {
    differ(&all_words(old, before, then), &all_words(new, after, now))
}

fn differ(then: &[String], now: &[String]) -> Option<TextChange> {
    let same = |pair: &(&String, &String)| pair.0 == pair.1;
    let before = then.iter().zip(now).take_while(same).count();
    let (left, right) = (&then[before..], &now[before..]);
    let behind = left.iter().rev().zip(right.iter().rev());
    let behind = behind.take_while(same).count();
    let was = sentence(&left[..left.len() - behind]);
    let now = sentence(&right[..right.len() - behind]);
    // The order of scenarios alone makes no other print.
    (was != now).then_some(TextChange { was, now })
}

/// The words of an item and of its scenarios.
fn all_words(facts: &Document, text: &str, at: ItemIndex) -> Vec<String> {
    let item = facts.items.get(at as usize);
    let below = (0..)
        .zip(&facts.items)
        .filter(|(_, each)| each.parent == Some(at) && each.kind == ItemKind::Scenario);
    let all = item.into_iter().map(|item| (at, item)).chain(below);
    all.flat_map(|(at, item)| wording::words(facts, text, item, at))
        .collect()
}

/// Words as they are read; scripts without blanks have none.
fn sentence(words: &[String]) -> String {
    let mut out = String::new();
    for word in words {
        let word = word.strip_prefix('`').unwrap_or(word);
        let joined = out.ends_with(wording::is_wide) && word.starts_with(wording::is_wide);
        if !out.is_empty() && !joined {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
