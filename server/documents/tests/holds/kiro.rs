//! What holds for every document of Kiro and cc-sdd. Also what `tests/fuzz` asserts.

use documents::{Document, DocumentKind, Item, ItemKind};
use text::TextRange;

/// All kinds of Kiro.
pub(crate) const KIRO: [DocumentKind; 6] = [
    DocumentKind::KiroRequirements,
    DocumentKind::KiroBugfix,
    DocumentKind::KiroDesign,
    DocumentKind::KiroTasks,
    DocumentKind::KiroConfig,
    DocumentKind::Steering,
];

/// The text of a range.
fn cut(text: &str, range: TextRange) -> &str {
    text.get(usize::from(range.start())..usize::from(range.end()))
        .unwrap_or_else(|| panic!("{range:?} does not lie in the text"))
}

fn digits(written: &str) -> String {
    written
        .chars()
        .map(grammar::folded)
        .filter(|c| c.is_ascii_digit() || *c == '.')
        .collect()
}

fn item_holds(document: &Document, item: &Item, text: &str) {
    let whole = cut(text, item.range);
    assert!(!whole.is_empty() && whole.trim_end() == whole, "{item:?}");
    assert!(item.range.contains_range(item.id_range), "{item:?}");
    assert!(item.range.contains_range(item.title_range), "{item:?}");
    assert!(item.id_range.end() <= item.title_range.start(), "{item:?}");
    assert!(!cut(text, item.title_range).contains(['\n', '\r']));
    let id = cut(text, item.id_range);
    match item.kind {
        ItemKind::Task => assert_eq!(digits(id), digits(&item.id)),
        ItemKind::Property => assert!(digits(id).ends_with(&digits(&item.id))),
        ItemKind::Term => assert_eq!(id, item.id.as_str()),
        ItemKind::Requirement | ItemKind::Criterion => assert!(!item.id.is_empty()),
        _ => panic!("{:?} in a Kiro document", item.kind),
    }
    if let Some(parent) = item.parent {
        let parent = &document.items[parent as usize];
        let kinds = (parent.kind, item.kind);
        assert!(matches!(
            kinds,
            (ItemKind::Requirement, ItemKind::Criterion) | (ItemKind::Task, ItemKind::Task)
        ));
    }
    if let Some(task) = &item.task {
        cut(text, task.state_range);
        let checkbox = cut(text, task.checkbox_range);
        assert!(task.missing_checkbox || checkbox.ends_with([']', '］']));
        if let Some(parallel) = task.parallel {
            assert!(cut(text, parallel).ends_with([')', '）']));
        }
    }
}

/// Every range lies in the text, on character boundaries, and covers what it claims. Panics where one does not.
pub(crate) fn holds(document: &Document, text: &str) {
    for item in &document.items {
        item_holds(document, item, text);
    }
    let mentions = &document.mentions;
    assert!(mentions.is_sorted_by_key(|each| each.range.start()));
    for each in mentions {
        let written = cut(text, each.range);
        assert!(!written.is_empty());
        if each.kind == grammar::IdKind::Criterion && each.written && !each.in_range {
            assert_eq!(digits(written), digits(&each.key));
        }
    }
    let kiro = &document.kiro;
    for field in &kiro.fields {
        assert!(cut(text, field.range).contains(|c| grammar::folded(c).is_ascii_digit()));
    }
    for each in &kiro.term_uses {
        assert_eq!(cut(text, each.range), each.term.as_str());
    }
    for each in &kiro.labels {
        cut(text, each.range.cover(each.title));
    }
    for each in &kiro.optional {
        assert_eq!(cut(text, each.range), "*");
        assert_eq!(document.items[each.item as usize].kind, ItemKind::Task);
    }
    for each in &kiro.boundaries {
        assert_eq!(cut(text, each.name.range), each.name.text.as_str());
    }
    for task in kiro.waves.iter().flat_map(|wave| &wave.tasks) {
        assert!(cut(text, task.range).starts_with(task.id.as_str()));
    }
    for link in &document.hyperlinks {
        cut(text, link.range);
    }
    for each in &document.dependencies {
        assert!(each.task != each.on);
        cut(text, each.range);
    }
}

/// What a document says, wherever it stands.
pub(crate) fn said(document: &Document, text: &str) -> Vec<String> {
    let items = document.items.iter().map(|item| {
        let title = text::slice(text, item.title_range);
        format!("{:?} {} {title} {:?}", item.kind, item.id, item.parent)
    });
    let mentions = document.mentions.iter().map(|each| each.key.to_string());
    let kiro = &document.kiro;
    let counts = format!(
        "{:?} {} {} {} {:?} {:?}",
        kiro.disputed,
        kiro.fields.len(),
        kiro.optional.len(),
        kiro.boundaries.len(),
        kiro.waves
            .iter()
            .map(|wave| wave.tasks.len())
            .collect::<Vec<_>>(),
        kiro.inclusion,
    );
    items.chain(mentions).chain([counts]).collect()
}
