//! `JUnit` XML: surefire, pytest, Jest, Vitest, gotestsum, nextest and all who write the same.

use roxmltree::{Document, Node};
use smol_str::SmolStr;

use super::{Case, MAX_ENTRIES, Outcome, Report};

pub(super) fn read(document: &Document<'_>) -> Report {
    let cases = document
        .descendants()
        .filter(|node| node.has_tag_name("testcase"))
        .take(MAX_ENTRIES)
        .filter_map(case)
        .collect();
    Report {
        cases,
        files: Vec::new(),
    }
}

fn case(node: Node<'_, '_>) -> Option<Case> {
    let name = SmolStr::new(node.attribute("name")?.trim());
    let suite = node.parent_element();
    let of = |names: &[&str]| {
        let own = names.iter().find_map(|name| node.attribute(*name));
        own.map(str::trim).filter(|value| !value.is_empty())
    };
    let of_suite = |name: &str| suite.and_then(|suite| suite.attribute(name)).map(str::trim);
    let class = of(&["classname", "class"]).or_else(|| of_suite("name"));
    let file = of(&["file", "filepath", "filename"])
        .or_else(|| of_suite("file"))
        .or_else(|| of_suite("filepath"))
        .filter(|file| !file.is_empty());
    let has = |names: &[&str]| {
        node.children()
            .any(|child| names.contains(&child.tag_name().name()))
    };
    let outcome = if has(&["failure", "error"]) {
        Outcome::Failed
    } else if has(&["skipped"])
        || matches!(
            node.attribute("status"),
            Some("skipped" | "notrun" | "disabled" | "todo" | "pending")
        )
    {
        Outcome::Skipped
    } else {
        Outcome::Passed
    };
    Some(Case {
        class: SmolStr::new(class.unwrap_or_default()),
        name,
        file: file.map(SmolStr::new),
        outcome,
    })
}
