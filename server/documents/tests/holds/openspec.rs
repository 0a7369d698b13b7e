//! What holds for every text read with the line grammar of `OpenSpec`. Also what `tests/fuzz` asserts.

use documents::openspec::{self, Capability, Delta, Edition};
use documents::{DocumentKind, read};

/// Versions between which the line grammar changed.
pub(crate) const EDITIONS: [Edition; 7] = [
    Edition::new(1, 8, 0),
    Edition::new(1, 9, 0),
    Edition::new(1, 11, 0),
    Edition::new(1, 12, 0),
    Edition::new(1, 13, 0),
    Edition::new(1, 13, 1),
    Edition::NEWEST,
];

pub(crate) fn capability(text: &str, edition: Edition) -> Capability {
    let facts = read(DocumentKind::OpenSpecCapability, text);
    openspec::capability(text, &facts.spec_lines, edition)
}

pub(crate) fn delta(text: &str, edition: Edition) -> Delta {
    let facts = read(DocumentKind::OpenSpecDelta, text);
    openspec::delta(text, &facts.spec_lines, edition)
}

/// Every range lies in the text, on character boundaries, and covers what it claims. Panics where one does not.
pub(crate) fn holds(text: &str, edition: Edition) {
    let cut =
        |range: text::TextRange| text.get(usize::from(range.start())..usize::from(range.end()));
    let spec = capability(text, edition);
    let delta = delta(text, edition);
    let blocks = spec
        .blocks
        .iter()
        .chain(&delta.added)
        .chain(&delta.modified);
    for block in blocks {
        assert_eq!(cut(block.name_range), Some(block.name.as_str()));
        assert!(block.heading.contains_range(block.name_range));
        assert!(block.range.contains_range(block.name_range));
        if let Some(body) = &block.body {
            assert!(cut(body.range).is_some_and(|body| !body.trim().is_empty()));
            assert!(block.range.contains_range(body.range));
        }
        for scenario in &block.scenarios {
            assert_eq!(cut(scenario.name_range), Some(scenario.name.as_str()));
            assert!(block.range.contains_range(scenario.range));
            for step in &scenario.steps {
                assert!(cut(step.range).is_some() && scenario.range.contains_range(step.range));
            }
        }
    }
    let names = delta
        .removed
        .iter()
        .chain(delta.renamed.iter().flat_map(|(from, to)| [from, to]));
    let names = names.chain(delta.unpaired.iter().map(|(_, named)| named));
    for named in names.chain(delta.orphans.iter().map(|(named, _)| named)) {
        assert_eq!(cut(named.range), Some(named.name.as_str()));
        assert!(named.line.contains_range(named.range));
    }
    for each in &spec.misplaced {
        assert!(cut(each.range).is_some_and(|line| line.starts_with("##")));
    }
    if let Some(purpose) = &spec.purpose {
        assert!(cut(purpose.range).is_some_and(|text| !text.is_empty()));
        if let Some(range) = purpose.placeholder {
            assert!(purpose.range.contains_range(range));
        }
    }
    for task in openspec::task_list(text, edition).tasks {
        assert!(cut(task.checkbox).is_some_and(|text| text.ends_with(']')));
        assert!(
            task.range.contains_range(task.checkbox) && task.checkbox.contains_range(task.mark)
        );
        assert!(task.range.contains_range(task.title), "{task:?}");
    }
}
