use rules::{Finding, Locale};
use text::{FileId, TextRange};

use super::Dice;
use super::workspaces::{Files, all, findings};

const EDITS: u64 = 25;

#[test]
fn every_range_covers_whole_characters() {
    let mut seen = 0;
    for (seed, files) in (1..).zip(all()) {
        let mut dice = Dice::new(seed);
        let mut files = files;
        for _ in 0..=EDITS {
            for finding in findings(&files) {
                seen += 1;
                judge(&files, &finding);
            }
            let at = dice.below(files.len());
            dice.edit(&mut files[at].1);
        }
    }
    assert!(seen > 1000, "{seen} findings are too few to say anything");
}

fn judge(files: &Files, finding: &Finding) {
    covers(files, finding.file, finding.range, finding);
    for related in &finding.related {
        covers(files, related.file, related.range, finding);
    }
    for (file, edit) in finding.fixes.iter().flat_map(|fix| &fix.edits) {
        let text = &files[file.0 as usize].1;
        assert!(
            text.get(std::ops::Range::<usize>::from(edit.range))
                .is_some(),
            "{finding:?}"
        );
    }
    for locale in [Locale::English, Locale::Japanese] {
        assert!(!finding.message.text(locale).is_empty());
    }
}

fn covers(files: &Files, file: FileId, range: TextRange, finding: &Finding) {
    let text = &files[file.0 as usize].1;
    let covered = text.get(std::ops::Range::<usize>::from(range));
    assert!(
        covered.is_some_and(|covered| !covered.trim().is_empty()),
        "{range:?} covers {covered:?}: {finding:#?}"
    );
}
