//! Reads what was written: every test is found, skipped, and means its item for sure; all else means what it meant.

use std::sync::Arc;

use documents::ItemKind;
use text::{Edit, FileId, LineIndex, TextRange};
use trace::{Basis, Change, Graph, Resolved, SourceFile};

use super::case::Case;
use super::place::Site;

pub(super) fn holds(graph: &Graph, site: &Site, edits: &[Edit], cases: &[&Case]) -> bool {
    let before = site.there.as_ref().map_or("", |(_, sample)| &*sample.text);
    let Ok(text) = text::apply(before, edits) else {
        return false;
    };
    let Some(facts) = code::read_path(&site.path, &text, &|| false) else {
        return false;
    };
    if !facts.symbols_known || facts.truncated {
        return false;
    }
    let read = |text: &str, facts: code::SourceFacts| {
        let lines = LineIndex::new(text);
        Some(Arc::new(SourceFile { lines, facts }))
    };
    let (file, old) = if let Some((file, sample)) = &site.there {
        let known = Change::Source(*file, read(before, sample.facts.clone()));
        (*file, graph.apply(vec![known]))
    } else {
        let mut tree = graph.inputs().tree.clone();
        let file = tree.insert(site.root, &site.path);
        (file, graph.apply(vec![Change::Tree(tree)]))
    };
    let new = old.apply(vec![Change::Source(file, read(&text, facts.clone()))]);
    let written = ranges(edits);
    let is_new = |range: TextRange| written.iter().any(|own| own.contains_range(range));
    let mut kept: Vec<&Resolved> = Vec::new();
    let mut linked: Vec<(u32, &Resolved)> = Vec::new();
    for link in new.code_links(file) {
        let Some(found) = facts.mentions.get(link.mention as usize) else {
            return false;
        };
        if is_new(found.mention.range) {
            if matches!(link.resolved, Resolved::Undefined(_)) {
                return false;
            }
            linked.extend(found.test.map(|test| (test, &link.resolved)));
        } else {
            kept.push(&link.resolved);
        }
    }
    let tests: Vec<u32> = (0_u32..)
        .zip(&facts.tests)
        .filter(|(_, test)| is_new(test.name_range))
        .map(|(at, _)| at)
        .collect();
    let means = |(test, case): (&u32, &&Case)| {
        facts.tests.get(*test as usize).is_some_and(|it| it.skipped)
            && linked.iter().any(|(at, resolved)| {
                at == test
                    && matches!(resolved, Resolved::Items(items, Basis::Declared) if items.as_slice() == [case.item])
            })
    };
    // A test of one scenario is none of another.
    let is_others = |(test, resolved): &(u32, &Resolved)| {
        let own = tests
            .iter()
            .position(|it| it == test)
            .and_then(|at| cases.get(at));
        resolved.items().iter().any(|item| {
            let alike = graph
                .item(*item)
                .is_some_and(|(_, it)| matches!(it.kind, ItemKind::Scenario | ItemKind::Criterion));
            alike && own.is_none_or(|own| own.item != *item)
        })
    };
    if linked.iter().any(is_others) {
        return false;
    }
    let then = old.code_links(file).iter().map(|link| &link.resolved);
    tests.len() == cases.len()
        && tests.iter().zip(cases).all(means)
        && then.eq(kept)
        && same_tests(site, &facts, &is_new)
        && finds(&new, file, cases)
}

/// Whether the tests that were there are still there.
fn same_tests(site: &Site, now: &code::SourceFacts, is_new: &dyn Fn(TextRange) -> bool) -> bool {
    let Some((_, sample)) = &site.there else {
        return true;
    };
    let before = sample
        .facts
        .tests
        .iter()
        .map(|it| (&it.full_name, it.skipped));
    let after = now.tests.iter().filter(|it| !is_new(it.name_range));
    before.eq(after.map(|it| (&it.full_name, it.skipped)))
}

/// Whether each item has a test of this file.
fn finds(graph: &Graph, file: FileId, cases: &[&Case]) -> bool {
    cases.iter().all(|case| {
        graph
            .tests_of(case.item)
            .iter()
            .any(|test| test.file == file)
    })
}

/// Bytes of what edits insert, in the text behind them.
fn ranges(edits: &[Edit]) -> Vec<TextRange> {
    let mut ranges = Vec::new();
    // Nothing is taken out.
    let mut grown = 0;
    for edit in edits {
        let start = usize::from(edit.range.start()) + grown;
        ranges.push(text::span(start, start + edit.insert.len()));
        grown += edit.insert.len();
    }
    ranges
}
