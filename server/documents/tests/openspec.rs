//! `OpenSpec`'s line grammar, version by version; and what holds of it for every text.

#[path = "holds/openspec.rs"]
mod holds;

use documents::openspec::{self, Delta, Edition, Fault, Keyword, Operation, Side, TaskList};
use documents::{DocumentKind, ItemKind, Marker, TaskState, read};
use holds::{EDITIONS, capability, delta, holds};
use proptest::prelude::*;

#[test]
fn a_main_spec_is_read_as_written() {
    let text = "# Auth\n\n## Purpose\nWho may come in.\n\n## Requirements\n\n### Requirement: Login \nThe system SHALL let\nusers in.\n\n#### Scenario: Wrong password\n- **GIVEN** a user\n- **WHEN** it is wrong\n- **THEN** no\n- **AND** a word of it\n\n### Notes\nprose\n";
    for line_break in ["\n", "\r\n", "\r"] {
        for mark in ["", "\u{feff}"] {
            let text = format!("{mark}{}", text.replace('\n', line_break));
            let spec = capability(&text, Edition::NEWEST);
            let purpose = spec.purpose.unwrap();
            assert_eq!(text::slice(&text, purpose.range), "Who may come in.");
            assert_eq!(purpose.length, 16);
            assert_eq!(spec.listed.len(), 2);
            let [login] = &spec.blocks[..] else {
                panic!("{:?}", spec.blocks)
            };
            assert_eq!(login.name, "Login");
            assert_eq!(text::slice(&text, login.name_range), "Login");
            let body = login.body.as_ref().unwrap();
            assert!(body.normative);
            assert_eq!(body.length, "The system SHALL let\nusers in.".len());
            let keywords: Vec<Keyword> = login.scenarios[0]
                .steps
                .iter()
                .map(|step| step.keyword)
                .collect();
            assert_eq!(
                keywords,
                [Keyword::Given, Keyword::When, Keyword::Then, Keyword::And]
            );
            let facts = read(DocumentKind::OpenSpecCapability, &text);
            let items: Vec<_> = facts
                .items
                .iter()
                .map(|item| (item.kind, item.id.as_str()))
                .collect();
            assert_eq!(
                items,
                [
                    (ItemKind::Requirement, "Login"),
                    (ItemKind::Scenario, "Wrong password")
                ]
            );
        }
    }
}

#[test]
fn fences_are_the_tools_own() {
    // Markdown ends the inner fence in the list; the tool does not.
    let text = "## Requirements\n````md\n```\n### Requirement: Not this\n````\n### Requirement: This\n  ~~~\n### Requirement: Nor this\n  ~~~~\n";
    let spec = capability(text, Edition::NEWEST);
    let names: Vec<&str> = spec
        .blocks
        .iter()
        .map(|block| block.name.as_str())
        .collect();
    assert_eq!(names, ["This"]);
}

#[test]
fn headings_of_main_specs_have_their_places() {
    let text = "## Purpose\nx\n### Requirement: Early\n## Requirements\n### Requirement: A\n### Requirement: A ##\n## ADDED Requirements\n### Requirement: Late\n";
    let faults = |edition| -> Vec<(String, bool)> {
        capability(text, edition)
            .misplaced
            .iter()
            .map(|each| {
                let twice = matches!(each.fault, Fault::Twice(_));
                (text::slice(text, each.range).to_owned(), twice)
            })
            .collect()
    };
    let newest = faults(Edition::NEWEST);
    let written: Vec<&str> = newest.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(
        written,
        [
            "### Requirement: Early",
            "### Requirement: A ##",
            "## ADDED Requirements",
            "### Requirement: Late"
        ]
    );
    assert!(newest[1].1);
    assert_eq!(faults(Edition::OLDEST).len(), 3);
}

#[test]
fn a_delta_is_read_by_version() {
    let text = "## ADDED Requirements\n### Requirement: One\nSHALL\n#### Edge\n### Stray\n## ADDED Requirements\n### Requirement: Two\n## REMOVED Requirements\n* `### Requirement: Three`\n- ### Requirement: Four\n## RENAMED Requirements\n- FROM: `### Requirement: A`\n- FROM: `### Requirement: B`\n- TO: `### Requirement: C`\n- TO: D\n## Notes\n### Requirement: Lost\n";
    let names = |delta: &Delta| -> Vec<Vec<String>> {
        vec![
            delta
                .added
                .iter()
                .map(|each| each.name.to_string())
                .collect(),
            delta
                .removed
                .iter()
                .map(|each| each.name.to_string())
                .collect(),
            delta
                .renamed
                .iter()
                .map(|(a, b)| format!("{}>{}", a.name, b.name))
                .collect(),
        ]
    };
    let newest = delta(text, Edition::NEWEST);
    assert_eq!(
        names(&newest),
        [vec!["One", "Two"], vec!["Three", "Four"], vec!["B>C"]]
    );
    assert_eq!(newest.unpaired.len(), 1);
    assert_eq!(newest.unpaired[0].0, Side::From);
    assert_eq!(newest.orphans[0].0.name, "Lost");
    assert_eq!(newest.skipped[0].0, "Stray");
    assert_eq!(newest.skipped[0].2, Operation::Added);
    let oldest = delta(text, Edition::OLDEST);
    assert_eq!(names(&oldest), [vec!["Two"], vec!["Four"], vec!["B>C"]]);
    assert!(oldest.unpaired.is_empty() && oldest.orphans.is_empty());
    // A bare heading was counted as a scenario once.
    assert_eq!(newest.added[0].counted(Edition::NEWEST).count(), 0);
    assert_eq!(newest.added[0].counted(Edition::OLDEST).count(), 1);
    assert_eq!(newest.added[0].compared(Edition::OLDEST).count(), 0);
}

#[test]
fn placeholders_of_purposes() {
    let placeholder = |purpose: &str, edition| {
        let text = format!("## Purpose\n{purpose}\n\n## Requirements\n");
        let found = capability(&text, edition).purpose.unwrap().placeholder?;
        Some(text::slice(&text, found).to_owned())
    };
    let newest = |purpose: &str| placeholder(purpose, Edition::NEWEST);
    let sentence = "TBD - created by archiving change x. Update Purpose after archive.";
    assert_eq!(newest(sentence).as_deref(), Some(sentence));
    assert_eq!(
        newest(&format!("Real text.\n{sentence}")).as_deref(),
        Some(sentence)
    );
    assert_eq!(newest("TODO write this").as_deref(), Some("TODO"));
    assert_eq!(newest("tbd.").as_deref(), Some("tbd"));
    for written in [
        "Todo el sistema",
        "TBDs are listed",
        "TODO_LIST",
        "What is TBD",
    ] {
        assert_eq!(newest(written), None, "{written}");
    }
    assert!(placeholder("Todo el sistema", Edition::new(1, 13, 1)).is_some());
    assert_eq!(placeholder("TBD", Edition::new(1, 10, 0)), None);
}

#[test]
fn checkboxes_by_version() {
    let tasks = |text: &str, edition| -> TaskList { openspec::task_list(text, edition) };
    let counted = |text: &str| {
        (
            tasks(text, Edition::OLDEST).tasks.len(),
            tasks(text, Edition::NEWEST).tasks.len(),
        )
    };
    assert_eq!(counted("- [x] 1.1 a"), (1, 1));
    assert_eq!(counted("* [ ] a"), (1, 1));
    assert_eq!(
        counted("1. [ ] a\n+ [ ] b\n- [~] c\n- [] d\n- [ x ] e"),
        (0, 5)
    );
    assert_eq!(counted("- [A](x)\n- [1][2]\n- [WIP] x"), (0, 0));
    assert_eq!(counted("- [ ](x)"), (1, 1));
    assert_eq!(counted("```\n- [ ] in a fence\n```"), (1, 1));
    let list = tasks("## 2. Group\n- [X] 3.1b Do\r\n", Edition::NEWEST);
    let task = &list.tasks[0];
    assert!(task.done);
    assert_eq!(task.id.as_ref().unwrap().0, "3.1b");
    assert_eq!(task.group.as_ref().unwrap().0, "2");
    for (heading, number) in [
        ("## 12. Group", Some("12")),
        ("##\t7.", Some("7")),
        ("## Group", None),
        ("## . Group", None),
        ("## 2.1 Group", None),
        ("## 2 Group", None),
    ] {
        let list = tasks(
            &format!("## 1. First\n{heading}\n- [ ] a\n"),
            Edition::NEWEST,
        );
        let group = list.tasks[0].group.as_ref();
        assert_eq!(
            group.map(|(number, _)| number.as_str()),
            number,
            "{heading}"
        );
    }
    let bare = "---\ntags:\n- a\n---\n<!--\n- b\n-->\n    - c\n- d\n";
    let list = tasks(bare, Edition::NEWEST);
    assert_eq!(text::slice(bare, list.unchecked.unwrap()), "- d");
}

#[test]
fn tasks_are_items() {
    let text = "## 1. Set up\n- [ ] 1.1 Do it\n  in `src/a.rs`\n  - [-] 1.1.1 Part\n\n## Notes\n- [x] loose\n";
    let facts = read(DocumentKind::OpenSpecTasks, text);
    let items: Vec<_> = facts
        .items
        .iter()
        .map(|item| (item.kind, item.id.as_str(), text::slice(text, item.range)))
        .collect();
    assert_eq!(
        items,
        [
            (
                ItemKind::Phase,
                "1",
                "## 1. Set up\n- [ ] 1.1 Do it\n  in `src/a.rs`\n  - [-] 1.1.1 Part"
            ),
            (ItemKind::Task, "1.1", "- [ ] 1.1 Do it\n  in `src/a.rs`"),
            (ItemKind::Task, "1.1.1", "- [-] 1.1.1 Part"),
            (ItemKind::Task, "", "- [x] loose"),
        ]
    );
    assert_eq!(facts.items[1].parent, Some(0));
    assert_eq!(facts.items[3].parent, None);
    let states: Vec<_> = facts
        .items
        .iter()
        .filter_map(|item| item.task.as_ref())
        .map(|task| task.state)
        .collect();
    assert_eq!(
        states,
        [TaskState::Open, TaskState::Other('-'), TaskState::Done]
    );
}

#[test]
fn metadata_says_what_the_tool_would_take() {
    let change = |text: &str| read(DocumentKind::OpenSpecChange, text).change.unwrap();
    let good = "schema: spec-driven\ncreated: 2026-03-01\nskip_specs: true\n";
    let read_good = change(good);
    assert!(read_good.valid);
    assert_eq!(read_good.schema.unwrap().name, "spec-driven");
    assert!(
        matches!(read_good.skip_specs, Marker::Set(range) if text::slice(good, range) == "true")
    );
    for (text, marker) in [
        ("skip_specs: true\n", false),
        ("schema: x\nskip_specs: \"yes\"\n", false),
        ("schema: x\ncreated: March\nskip_specs: true\n", false),
        ("schema: [\nskip_specs: true\n", false),
        ("schema: x\nskip_specs: false\n", true),
        ("# skip_specs: true\n", true),
    ] {
        let found = change(text).skip_specs;
        assert_eq!(found == Marker::Unset, marker, "{text} {found:?}");
        assert!(!matches!(found, Marker::Set(_)), "{text}");
    }
    // With nothing behind it there is only the key to point at.
    let bare = "schema: x\nskip_specs:\ncreated: 2026-03-01\n";
    assert!(
        matches!(change(bare).skip_specs, Marker::Unreadable(range) if text::slice(bare, range) == "skip_specs")
    );
    let config = read(
        DocumentKind::OpenSpecConfig,
        "schema: my-flow\ncontext: |\n  x\n",
    );
    assert_eq!(config.schema.unwrap().name, "my-flow");
    let workflow = "artifacts:\n  - id: tasks\n    generates: todo.md\napply:\n  tracks: todo.md\n";
    let workflow = read(DocumentKind::OpenSpecSchema, workflow)
        .workflow
        .unwrap();
    assert_eq!(workflow.tasks.as_deref(), Some("todo.md"));
}

#[test]
fn versions_are_read() {
    assert_eq!(Edition::read("1.13.2"), Some(Edition::NEWEST));
    assert_eq!(Edition::read("v1.9"), Some(Edition::new(1, 9, 0)));
    assert_eq!(
        Edition::read("^1.14.0-beta.1"),
        Some(Edition::new(1, 14, 0))
    );
    assert_eq!(Edition::read("latest"), None);
    assert!(Edition::new(1, 9, 10) < Edition::new(1, 10, 0));
}

const PIECES: &[&str] = &[
    "## Purpose\n",
    "TBD",
    "Todo ",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "#",
    "##",
    "### ",
    "#### ",
    "####Scenario: x\n",
    "## Requirements\n",
    "# Requirements\n",
    "### Requirement: ",
    "###Requirement:",
    "Name",
    "名 😀",
    " ###\n",
    "The system SHALL x.\n",
    "**Meta**: y\n",
    "```\n",
    "~~~~\n",
    "  ````md\n",
    "#### Scenario: A\n",
    "- **WHEN** x\n",
    "THEN y\n",
    "## ADDED Requirements\n",
    "## Added Requirements\n",
    "## MODIFIED  Requirements\n",
    "## REMOVED Requirements\n",
    "## RENAMED Requirements\n",
    "- FROM: `### Requirement: A`\n",
    "TO: ### Requirement: B`\n",
    "* `### Requirement: C`\n",
    "- [ ] 1.1 a\n",
    "[x]",
    "- [~]",
    "12) [ ] ",
    "## 2. G\n",
    "1.2.3b ",
    "<!--",
    "-->",
    "---\n",
    "- item\n",
];

proptest! {
    #[test]
    fn every_version_reads_every_text(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..50)) {
        let text = pieces.concat();
        for edition in EDITIONS {
            holds(&text, edition);
        }
    }
}
