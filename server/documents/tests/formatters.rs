//! A formatter changes how a document looks, never what it says.
//!
//! `formatted/written` holds our own documents; the directories beside it hold what prettier 2 and 3 and
//! `markdownlint --fix` made of them.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use documents::{Document, DocumentKind, ItemKind, TaskState, read};
use std::fs;
use std::path::Path;

const FORMATTERS: [&str; 7] = [
    "prettier2-always",
    "prettier2-never",
    "prettier2-preserve",
    "prettier3-always",
    "prettier3-never",
    "prettier3-preserve",
    "markdownlint",
];

/// What must survive: everything but ranges and the looks of a title.
#[derive(Debug, PartialEq)]
struct Said {
    sections: Vec<(u8, String, bool)>,
    metas: Vec<(String, String)>,
    items: Vec<SaidItem>,
    mentions: Vec<(String, Option<String>, bool)>,
    paths: Vec<(String, Option<String>)>,
    symbols: Vec<String>,
    placeholders: Vec<String>,
    questions: Vec<String>,
}

#[derive(Debug, PartialEq)]
struct SaidItem {
    kind: ItemKind,
    id: String,
    parent: Option<u32>,
    section: Option<u32>,
    in_table: bool,
    state: Option<TaskState>,
    parallel: bool,
    stories: Vec<String>,
    missing_checkbox: bool,
    mentions: Vec<String>,
    paths: Vec<String>,
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn said(document: &Document, text: &str) -> Said {
    let cut = |range| words(text::slice(text, range));
    let items = document
        .items
        .iter()
        .map(|item| {
            let task = item.task.as_ref();
            SaidItem {
                kind: item.kind,
                id: item.id.to_string(),
                parent: item.parent,
                section: item.section,
                in_table: item.in_table,
                state: task.map(|task| task.state),
                parallel: task.is_some_and(|task| task.parallel.is_some()),
                stories: task.map_or(Vec::new(), |task| {
                    task.stories
                        .iter()
                        .map(|label| label.text.to_string())
                        .collect()
                }),
                missing_checkbox: task.is_some_and(|task| task.missing_checkbox),
                mentions: document
                    .mentions_in(item.range)
                    .iter()
                    .map(|mention| mention.key.to_string())
                    .collect(),
                paths: document
                    .paths_in(item.range)
                    .iter()
                    .map(|path| path.path.to_string())
                    .collect(),
            }
        })
        .collect();
    Said {
        sections: document
            .sections
            .iter()
            .map(|section| (section.level, section.title.to_string(), section.empty))
            .collect(),
        metas: document
            .metas
            .iter()
            .map(|meta| (meta.key.to_string(), cut(meta.value_range)))
            .collect(),
        items,
        mentions: document
            .mentions
            .iter()
            .map(|mention| {
                (
                    mention.key.to_string(),
                    mention.qualifier.as_ref().map(|q| q.feature.to_string()),
                    mention.in_range,
                )
            })
            .collect(),
        paths: document
            .paths
            .iter()
            .map(|path| {
                (
                    path.path.to_string(),
                    path.symbol.as_ref().map(|(name, _)| name.to_string()),
                )
            })
            .collect(),
        symbols: document
            .code_spans
            .iter()
            .map(|span| span.text.to_string())
            .collect(),
        placeholders: document
            .placeholders
            .iter()
            .map(|placeholder| cut(placeholder.range))
            .collect(),
        questions: document
            .clarifications
            .iter()
            .map(|clarification| cut(clarification.question))
            .collect(),
    }
}

fn survives(name: &str, kind: DocumentKind) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formatted");
    let load = |directory: &str| fs::read_to_string(root.join(directory).join(name)).unwrap();
    let written = load("written");
    let expected = said(&read(kind, &written), &written);
    assert!(!expected.items.is_empty() && !expected.mentions.is_empty());
    for formatter in FORMATTERS {
        let formatted = load(formatter);
        let found = said(&read(kind, &formatted), &formatted);
        let lines = |said: &Said| {
            format!("{said:#?}")
                .lines()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let differing = lines(&found)
            .into_iter()
            .zip(lines(&expected))
            .find(|(found, expected)| found != expected);
        assert_eq!(
            differing, None,
            "{name} after {formatter}: (found, expected)"
        );
        assert_eq!(found, expected, "{name} after {formatter}");
    }
}

#[test]
fn a_spec_survives() {
    survives("spec.md", DocumentKind::Spec);
}

#[test]
fn a_task_list_survives() {
    survives("tasks.md", DocumentKind::Tasks);
}

#[test]
fn a_checklist_survives() {
    survives("checklist.md", DocumentKind::Checklist);
}
