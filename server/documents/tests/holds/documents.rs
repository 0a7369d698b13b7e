//! What holds for every document of Spec Kit and OpenSpec. Also what `tests/fuzz` asserts.

use documents::{Document, DocumentKind, GateState, Item, ItemKind};
use text::TextRange;

/// All kinds of Spec Kit, and those of no format.
pub(crate) const SPECKIT: [DocumentKind; 16] = [
    DocumentKind::Spec,
    DocumentKind::Plan,
    DocumentKind::Tasks,
    DocumentKind::Research,
    DocumentKind::DataModel,
    DocumentKind::Quickstart,
    DocumentKind::Checklist,
    DocumentKind::Contract,
    DocumentKind::ContractData,
    DocumentKind::ContractGraphql,
    DocumentKind::ContractProto,
    DocumentKind::AgentContext,
    DocumentKind::Registry,
    DocumentKind::Preset,
    DocumentKind::Constitution,
    DocumentKind::Other,
];

/// All kinds of OpenSpec.
pub(crate) const OPENSPEC: [DocumentKind; 8] = [
    DocumentKind::OpenSpecCapability,
    DocumentKind::OpenSpecDelta,
    DocumentKind::OpenSpecProposal,
    DocumentKind::OpenSpecDesign,
    DocumentKind::OpenSpecTasks,
    DocumentKind::OpenSpecChange,
    DocumentKind::OpenSpecConfig,
    DocumentKind::OpenSpecSchema,
];

/// The text of a range.
fn cut(text: &str, range: TextRange) -> &str {
    text.get(usize::from(range.start())..usize::from(range.end()))
        .unwrap_or_else(|| panic!("{range:?} does not lie in the text"))
}

fn ascending(ranges: impl Iterator<Item = TextRange>) -> bool {
    let starts: Vec<_> = ranges.map(TextRange::start).collect();
    starts.is_sorted()
}

/// Every range lies in the text, on character boundaries, and covers what it claims. Panics where one does not.
pub(crate) fn holds(document: &Document, text: &str) {
    for section in &document.sections {
        cut(text, section.title_range);
        let heading = cut(text, section.heading);
        assert!(!heading.ends_with(['\n', '\r']));
        assert!(cut(text, section.range).starts_with(heading));
        if let Some(parent) = section.parent {
            let parent = &document.sections[parent as usize];
            assert!(parent.level < section.level && parent.range.contains_range(section.range));
        }
    }
    for meta in &document.metas {
        assert_eq!(cut(text, meta.key_range), meta.key.as_str());
        let value = cut(text, meta.value_range);
        assert_eq!(value.trim(), value);
    }
    for item in &document.items {
        item_holds(document, item, text);
    }
    for mention in &document.mentions {
        assert!(!cut(text, mention.range).is_empty());
        let inside = |range: &TextRange| {
            range
                .intersect(mention.range)
                .is_some_and(|both| !both.is_empty())
        };
        assert!(!document.opaque.iter().any(inside));
    }
    for path in &document.paths {
        assert!(!cut(text, path.range).is_empty());
    }
    for span in &document.code_spans {
        assert_eq!(cut(text, span.range), span.text.as_str());
    }
    for placeholder in &document.placeholders {
        assert!(!cut(text, placeholder.range).is_empty());
    }
    for clarification in &document.clarifications {
        assert!(cut(text, clarification.range).contains("CLARIFICATION"));
        cut(text, clarification.question);
        assert!(clarification.range.contains_range(clarification.question));
    }
    for range in &document.opaque {
        assert!(!cut(text, *range).is_empty());
    }
    governance_holds(document, text);
    sessions_hold(document, text);
    assert!(ascending(document.sections.iter().map(|each| each.heading)));
    assert!(ascending(document.items.iter().map(|each| each.range)));
    assert!(ascending(document.mentions.iter().map(|each| each.range)));
    assert!(ascending(document.paths.iter().map(|each| each.range)));
    assert!(ascending(document.code_spans.iter().map(|each| each.range)));
    assert!(ascending(
        document.placeholders.iter().map(|each| each.range)
    ));
    assert!(ascending(
        document.clarifications.iter().map(|each| each.range)
    ));
    assert!(ascending(document.opaque.iter().copied()));
}

/// What only items of one kind have stands in them, and every such item has it.
fn governance_holds(document: &Document, text: &str) {
    let item = |index: u32, kind: ItemKind| -> &Item {
        let item = &document.items[index as usize];
        assert_eq!(item.kind, kind);
        assert!(!item.id.is_empty() || kind == ItemKind::ChecklistItem);
        item
    };
    let many = |kind: ItemKind| document.items_of(kind).count();
    assert_eq!(document.principles.len(), many(ItemKind::Principle));
    assert_eq!(document.gates.len(), many(ItemKind::Gate));
    assert_eq!(document.violations.len(), many(ItemKind::Violation));
    for each in &document.principles {
        let item = item(each.item, ItemKind::Principle);
        assert!(!each.name.is_empty());
        if let Some(firm) = each.non_negotiable {
            assert!(item.range.contains_range(firm));
            assert!(cut(text, firm).ends_with([')', '）', ']']));
        }
    }
    for each in &document.gates {
        let item = item(each.item, ItemKind::Gate);
        assert_eq!(
            each.state == GateState::Unstated,
            each.state_range.is_none()
        );
        if let Some(range) = each.state_range {
            assert!(!cut(text, range).is_empty());
            assert!(item.range.contains_range(range), "{item:?} {each:?}");
        }
    }
    for each in &document.violations {
        let item = item(each.item, ItemKind::Violation);
        for range in [each.why, each.rejected] {
            assert_eq!(cut(text, range).trim(), cut(text, range));
            assert!(item.range.contains_range(range));
        }
    }
    assert_eq!(document.decisions.len(), many(ItemKind::Decision));
    for each in &document.decisions {
        let item = item(each.item, ItemKind::Decision);
        for range in [each.decision, each.rationale, each.alternatives]
            .into_iter()
            .flatten()
        {
            assert_eq!(cut(text, range).trim(), cut(text, range));
            assert!(
                item.range.contains_range(range) || range.is_empty(),
                "{item:?} {each:?}"
            );
        }
    }
    for each in &document.entities {
        let item = item(each.item, ItemKind::Entity);
        for field in &each.fields {
            assert_eq!(cut(text, field.name_range), field.name.as_str());
            assert!(item.range.contains_range(field.range));
            assert!(field.range.contains_range(field.name_range));
            if let Some(range) = field.type_range {
                assert!(!cut(text, range).is_empty() && field.range.contains_range(range));
            }
        }
        for range in each.relationships.iter().chain(&each.states) {
            assert!(!cut(text, *range).is_empty() && item.range.contains_range(*range));
        }
    }
    for each in &document.checks {
        let item = item(each.item, ItemKind::ChecklistItem);
        assert!(!each.marks.is_empty());
        for range in &each.marks {
            assert!(!cut(text, *range).is_empty() && item.range.contains_range(*range));
        }
    }
    if let Some(version) = &document.version {
        for meta in [
            Some(&version.version),
            version.ratified.as_ref(),
            version.amended.as_ref(),
        ]
        .into_iter()
        .flatten()
        {
            assert_eq!(cut(text, meta.key_range), meta.key.as_str());
            cut(text, meta.value_range);
        }
    }
}

/// Answers and gaps stand where they say.
fn sessions_hold(document: &Document, text: &str) {
    for each in &document.answered {
        assert!(!cut(text, each.question).is_empty() && !cut(text, each.answer).is_empty());
        assert!(each.range.contains_range(each.question.cover(each.answer)));
        assert!(each.question.end() < each.answer.start());
    }
    for each in &document.gaps {
        let item = &document.items[each.item as usize];
        assert_eq!(item.kind, ItemKind::Task);
        assert!(!cut(text, each.source).is_empty());
        assert!(
            item.range
                .contains_range(each.source.cover(each.kind_range)),
            "{item:?} {each:?}"
        );
    }
}

fn item_holds(document: &Document, item: &Item, text: &str) {
    let whole = cut(text, item.range);
    assert!(!whole.is_empty());
    // U+0085 is a blank to Unicode and none to OpenSpec's tool.
    let blank = |c: char| c.is_whitespace() && c != '\u{85}';
    assert_eq!(whole.trim_end_matches(blank), whole);
    assert!(item.range.contains_range(item.id_range), "{item:?}");
    assert!(item.range.contains_range(item.title_range), "{item:?}");
    assert!(item.id_range.end() <= item.title_range.start(), "{item:?}");
    let title = cut(text, item.title_range);
    assert!(!title.contains(['\n', '\r']));
    let id = cut(text, item.id_range);
    let is_openspec = document
        .kind
        .is_some_and(|kind| kind >= DocumentKind::OpenSpecCapability);
    match item.kind {
        _ if is_openspec => assert_eq!(id, item.id.as_str()),
        ItemKind::Requirement
        | ItemKind::SuccessCriterion
        | ItemKind::Task
        | ItemKind::ChecklistItem
            if !item.id.is_empty() =>
        {
            let read = grammar::leading_id(id, text::TextSize::new(0))
                .map(|read| (read.key, read.range.len()));
            assert_eq!(read, Some((item.id.clone(), item.id_range.len())));
        }
        ItemKind::Entity => assert_eq!(
            id.split_whitespace().collect::<Vec<_>>().join(" "),
            item.id.as_str()
        ),
        ItemKind::Story => {
            let last = item.id.chars().last().unwrap_or(' ');
            assert!(item.id.starts_with("US") && (id.ends_with(last) || !id.is_ascii()));
        }
        ItemKind::Scenario => assert!(item.id.starts_with("AC")),
        _ => {}
    }
    if let Some(parent) = item.parent {
        let parent = &document.items[parent as usize];
        assert!(
            parent.range.contains_range(item.range),
            "{item:?} in {parent:?}"
        );
        assert!(matches!(
            parent.kind,
            ItemKind::Story | ItemKind::Phase | ItemKind::Requirement
        ));
    }
    if let Some(task) = &item.task {
        cut(text, task.state_range);
        let checkbox = cut(text, task.checkbox_range);
        if !task.missing_checkbox {
            assert!(checkbox.ends_with([']', '］']) && whole.starts_with(checkbox));
            assert!(task.checkbox_range.contains_range(task.state_range));
        }
        if let Some(parallel) = task.parallel {
            let written = cut(text, parallel);
            assert!(written.contains(['P', 'Ｐ']) && written.ends_with([']', '］', '】']));
        }
        for label in &task.stories {
            assert!(cut(text, label.range).ends_with([']', '］', '】']));
        }
    }
}

/// What an item says, wherever it stands.
pub(crate) fn said(
    document: &Document,
    text: &str,
) -> Vec<(ItemKind, String, String, Option<u32>)> {
    let item = |item: &Item| {
        (
            item.kind,
            item.id.to_string(),
            text::slice(text, item.title_range).to_owned(),
            item.parent,
        )
    };
    document.items.iter().map(item).collect()
}
