use std::collections::BTreeMap;

use rules::Finding;
use text::Edit;

use super::Dice;
use super::workspaces::{Files, all, findings};

const EDITS: u64 = 12;

#[test]
fn a_fix_removes_its_finding_and_nothing_else_changes() {
    let mut tried: BTreeMap<&str, u32> = BTreeMap::new();
    for (seed, files) in (1..).zip(all()) {
        let mut dice = Dice::new(seed + 1000);
        let mut files = files;
        for _ in 0..=EDITS {
            let before = findings(&files);
            for finding in &before {
                for fix in &finding.fixes {
                    *tried.entry(finding.code).or_default() += 1;
                    let after = findings(&applied(&files, &fix.edits));
                    judge(finding, &before, &after, &files);
                }
            }
            let at = dice.below(files.len());
            dice.edit(&mut files[at].1);
        }
    }
    for code in [
        "missing-section",
        "duplicate-id",
        "leftover-placeholder",
        "broken-path",
        "phantom-task",
        "parallel-conflict",
        "task-format",
        "empty-section",
        "malformed-id",
        "unknown-task",
        "broken-link",
        "broken-symbol",
        "parent-done-child-open",
        "story-label-misplaced",
    ] {
        assert!(
            tried.get(code).is_some_and(|count| *count > 3),
            "{code} was not tried: {tried:?}"
        );
    }
}

/// The files after the edits; every byte outside them as before.
fn applied(files: &Files, edits: &[(text::FileId, Edit)]) -> Files {
    let mut files = files.clone();
    for (at, (_, text)) in files.iter_mut().enumerate() {
        let own: Vec<Edit> = edits
            .iter()
            .filter(|(file, _)| file.0 as usize == at)
            .map(|(_, edit)| edit.clone())
            .collect();
        if !own.is_empty() {
            *text = text::apply(text, &own).unwrap_or_else(|error| panic!("{error}"));
        }
    }
    files
}

type Identity = (&'static str, Option<String>, String);

fn identity(finding: &Finding) -> Identity {
    (
        finding.code,
        finding.item.as_ref().map(ToString::to_string),
        finding.fact.clone(),
    )
}

fn judge(fixed: &Finding, before: &[Finding], after: &[Finding], files: &Files) {
    let wanted = identity(fixed);
    let same = |list: &[Finding]| list.iter().filter(|each| identity(each) == wanted).count();
    let text = &files[fixed.file.0 as usize].1;
    // Of two with the same text the second takes the first one's place.
    let of_its_code = |list: &[Finding]| list.iter().filter(|each| each.code == fixed.code).count();
    assert!(
        same(after) < same(before) || of_its_code(after) < of_its_code(before),
        "the fix leaves {fixed:#?}\nin\n{text}\nwhich has {after:#?}"
    );
    let known: Vec<Identity> = before.iter().map(identity).collect();
    // What stood behind the fixed finding as related information of the same item or group may come forward.
    let hidden = |each: &Finding| {
        each.code == fixed.code
            && (each.item.is_some() && each.item == fixed.item
                || each.group.is_some() && each.group == fixed.group && each.file == fixed.file)
    };
    // What was said of the second of two tasks with one id is said of a task with a new id.
    let renumbered = |each: &&Finding| {
        let same = |other: &Finding| {
            (other.code, &other.item, &other.fact) == (each.code, &fixed.item, &each.fact)
        };
        fixed.code == "duplicate-id" && before.iter().any(same)
    };
    // The heading of a section that was missing is there to be filled, and that it is empty is said from then on.
    let inserted = |each: &&Finding| {
        fixed.code == "missing-section"
            && each.code == "empty-section"
            && !known.contains(&identity(each))
    };
    // A task that is open again is so below a parent that is ticked.
    let opened =
        |each: &&Finding| fixed.code == "phantom-task" && each.code == "parent-done-child-open";
    let after: Vec<&Finding> = after
        .iter()
        .filter(|each| !inserted(each) && !opened(each))
        .collect();
    for each in &after {
        assert!(
            known.contains(&identity(each)) || hidden(each) || renumbered(each),
            "the fix of {fixed:#?}\nin\n{text}\nbrings {each:#?}"
        );
    }
    assert!(
        after.len() <= before.len(),
        "the fix of {fixed:#?}\nin\n{text}\nbrings more"
    );
}
