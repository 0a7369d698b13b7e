//! Edits that put a defect in. One file per rule; each says where the rule is defined to speak.

mod ambiguous_reference;
mod broken_link;
mod broken_path;
mod broken_symbol;
mod checklist_open;
mod constitution_placeholder;
mod criterion_number_shifted;
mod criterion_without_task;
mod delta_base_moved;
mod delta_target_missing;
mod dependency_cycle;
mod dependency_order;
mod duplicate_feature_number;
mod duplicate_id;
mod empty_section;
mod gate_violation_unjustified;
mod glossary_term_undefined;
mod kiro;
mod layout_drift;
mod leftover_placeholder;
mod malformed_id;
mod merge_conflict;
mod missing_document;
mod missing_section;
mod parallel_conflict;
mod parent_done_child_open;
mod phantom_task;
mod principle_without_gate;
mod property_title_mismatch;
mod requirement_without_task;
mod requirement_without_test;
mod scenario_incomplete;
mod scenario_without_then;
mod stack_drift;
mod stale_checklist_reference;
mod story_label_misplaced;
mod story_without_scenario;
mod story_without_task;
mod task_format;
mod task_not_startable;
mod task_without_path;
mod tasks_stale;
mod unknown_criterion;
mod unknown_reference;
mod unknown_story;
mod unknown_task;
mod unresolved_clarification;
mod wave_conflict;

use std::sync::LazyLock;

use regex::Regex;

use crate::checkout::{Change, Step};
use crate::document::Document;
use crate::judge::Meant;
use crate::seed::Kind;

/// Every kind of defect, by rule.
pub(crate) fn all() -> impl Iterator<Item = &'static Kind> {
    [
        missing_section::KINDS,
        duplicate_id::KINDS,
        leftover_placeholder::KINDS,
        empty_section::KINDS,
        malformed_id::KINDS,
        merge_conflict::KINDS,
        unresolved_clarification::KINDS,
        story_without_scenario::KINDS,
        scenario_incomplete::KINDS,
        missing_document::KINDS,
        duplicate_feature_number::KINDS,
        constitution_placeholder::KINDS,
        principle_without_gate::KINDS,
        gate_violation_unjustified::KINDS,
        checklist_open::KINDS,
        stale_checklist_reference::KINDS,
        unknown_reference::KINDS,
        ambiguous_reference::KINDS,
        unknown_story::KINDS,
        unknown_task::KINDS,
        broken_path::KINDS,
        broken_link::KINDS,
        unknown_criterion::KINDS,
        property_title_mismatch::KINDS,
        broken_symbol::KINDS,
        story_without_task::KINDS,
        requirement_without_task::KINDS,
        requirement_without_test::KINDS,
        task_without_path::KINDS,
        parallel_conflict::KINDS,
        dependency_cycle::KINDS,
        dependency_order::KINDS,
        phantom_task::KINDS,
        parent_done_child_open::KINDS,
        story_label_misplaced::KINDS,
        task_format::KINDS,
        scenario_without_then::KINDS,
        delta_target_missing::KINDS,
        delta_base_moved::KINDS,
        wave_conflict::KINDS,
        criterion_number_shifted::KINDS,
        glossary_term_undefined::KINDS,
        criterion_without_task::KINDS,
        task_not_startable::KINDS,
        tasks_stale::KINDS,
        stack_drift::KINDS,
        layout_drift::KINDS,
    ]
    .into_iter()
    .flatten()
}

/// Words that say that something goes or went away, so that its absence is meant.
static GOING: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        r"(?i)remov|delet|drop|renam|mov(?:e|ed|ing)\b|migrat|replac|obsolete|deprecat|supersed|defer|cancel|withdrawn|out of scope|no longer|merged into|split|~~|→|->|⇒|=>",
    )
});

pub(crate) fn expression(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| unreachable!("{error}"))
}

/// Whether a text speaks of something that goes away.
pub(crate) fn speaks_of_going(text: &str) -> bool {
    GOING.is_match(text)
}

/// A new text for a document, left in the working tree.
pub(crate) fn write(document: &Document, text: String) -> Change {
    Change {
        steps: vec![Step::Write(document.path.clone(), text.into_bytes())],
        commit: false,
    }
}

/// A place of one line (from 1) whose finding covers `text`.
pub(crate) fn meant(path: &str, line: usize, text: Option<&str>) -> Meant {
    Meant {
        path: path.to_owned(),
        lines: (line, line),
        text: text.map(str::to_owned),
        says: None,
    }
}

/// The number behind the highest `T` number anywhere in a task list, as `T042`.
pub(crate) fn free_task_id(tasks: &Document) -> String {
    static ID: LazyLock<Regex> = LazyLock::new(|| expression(r"\bT(\d{3,4})"));
    let highest = ID
        .captures_iter(&tasks.text)
        .filter_map(|parts| parts[1].parse::<u32>().ok())
        .max()
        .unwrap_or(0);
    format!("T{:03}", highest + 1)
}

/// At most 60 characters of a line, for people.
pub(crate) fn shown(line: &str) -> String {
    let line = line.trim();
    if line.chars().count() <= 60 {
        line.to_owned()
    } else {
        format!("{}…", line.chars().take(59).collect::<String>())
    }
}

/// Open tasks on one line each that no other line names: one can be made to wait for another.
pub(crate) fn unnamed_open_tasks(list: &Document) -> Vec<crate::document::Task> {
    let tasks = list.tasks();
    let named = |task: &crate::document::Task| {
        let id = &list.text[task.id.clone()];
        list.text.matches(id).count()
    };
    let whole = |task: &crate::document::Task| {
        let next = list.line(task.line + 1);
        next.trim().is_empty() || next.starts_with("- ") || next.starts_with("* ")
    };
    let mut free = tasks;
    free.retain(|task| !task.ticked && !task.indented && named(task) == 1 && whole(task));
    free
}
