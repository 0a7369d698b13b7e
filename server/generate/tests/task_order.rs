//! What comes before what in a task list, and which story brings it.
#![expect(clippy::unwrap_used, reason = "a test's own text")]

use fixture::Fixture;
use generate::task_list;

const SPEC: &str = "\
//- /specs/004-lockers/spec.md
# Feature Specification: Parcel Lockers

### User Story 1 - Deposit a parcel (Priority: P1)

A courier puts a parcel into a compartment.

### User Story 2 - Open a door (Priority: P2)

A recipient types a code, and the door opens.

## Requirements

- **FR-001**: System MUST choose a compartment that fits when a courier deposits a parcel.
";

/// Of a plan with a tree, beside other files: the label and the path of each task that names a file, in order; `web/door.ts`, which is there for the second
/// story, is left out.
fn listed(tree: &str, others: &str) -> Vec<String> {
    let text = format!(
        "{SPEC}//- /specs/004-lockers/plan.md\n# Implementation Plan: Parcel Lockers\n\n## Project Structure\n\n### Source Code\n\n```text\n{tree}```\n{others}"
    );
    let graph = Fixture::parse(&text).graph;
    let features = graph.features().iter();
    let feature = features.clone().find(|it| it.name == "004-lockers");
    let new = task_list(&graph, feature.unwrap().id).unwrap();
    let tasks = new.text.lines().filter(|line| line.starts_with("- [ ] T"));
    let named = tasks.filter_map(|line| {
        let path = line
            .split('`')
            .nth(1)
            .filter(|path| !path.starts_with("specs/"))?;
        let label = ["US1", "US2"].into_iter();
        let mut label = label.filter(|id| line.contains(&format!("[{id}]")));
        Some(format!("{} {path}", label.next().unwrap_or("all")))
    });
    let named = named.filter(|it| !it.ends_with("web/door.ts"));
    named.collect()
}

/// Files of code that import one each: `FROM IMPORTED`.
fn importing(pairs: &[(&str, &str)]) -> String {
    let file = |(from, needed): &(&str, &str)| {
        format!("//- /{from}.ts\nimport {{ x }} from \"{needed}\";\n\nexport function y() {{}}\n")
    };
    pairs.iter().map(file).collect()
}

const TREE: &str = "web/\n├── deeds/\n│   └── depositDeed.ts\n└── feats/\n    └── depositFeat.ts\n";

const FEATS: &[(&str, &str)] = &[
    ("web/feats/a", "../deeds/x"),
    ("web/feats/b", "../deeds/x"),
    ("web/feats/c", "../deeds/x"),
    ("web/deeds/x", "../other/x"),
    ("web/other/x", "node:fs"),
];

const DEEDS: &[(&str, &str)] = &[
    ("web/deeds/a", "../feats/x"),
    ("web/deeds/b", "../feats/x"),
    ("web/deeds/c", "../feats/x"),
    ("web/feats/x", "../other/x"),
    ("web/other/x", "node:fs"),
];

#[test]
fn new_files_follow_each_other_as_the_code_imports() {
    let (deed, feat) = (
        "US1 web/deeds/depositDeed.ts",
        "US1 web/feats/depositFeat.ts",
    );
    assert_eq!(listed(TREE, &importing(FEATS)), [deed, feat]);
    assert_eq!(listed(TREE, &importing(DEEDS)), [feat, deed]);
    // The names of directories tell it, too, where the directories themselves are new.
    let moved = |pairs: &[(&str, &str)]| importing(pairs).replace("/web/", "/web/shop/");
    assert_eq!(listed(TREE, &moved(FEATS)), [deed, feat]);
    assert_eq!(listed(TREE, &moved(DEEDS)), [feat, deed]);
}

#[test]
fn two_imports_are_no_habit() {
    let none = listed(TREE, "");
    assert_eq!(listed(TREE, &importing(&FEATS[1..])), none);
    assert_eq!(listed(TREE, &importing(&DEEDS[1..])), none);
}

#[test]
fn what_tests_import_counts_for_nothing() {
    let tests = |pairs: &[(&str, &str)]| importing(pairs).replace(".ts\n", ".test.ts\n");
    let none = listed(TREE, "");
    assert_eq!(listed(TREE, &tests(FEATS)), none);
    assert_eq!(listed(TREE, &tests(DEEDS)), none);
}

#[test]
fn a_tree_that_is_drawn_by_hand_has_the_whole_before_its_parts() {
    let by_hand =
        "web/\n├── door.ts\n└── deposit/\n    ├── Panel.tsx\n    ├── Slot.tsx\n    └── Label.tsx\n";
    assert_eq!(
        listed(by_hand, ""),
        [
            "US1 web/deposit/Label.tsx",
            "US1 web/deposit/Slot.tsx",
            "US1 web/deposit/Panel.tsx"
        ]
    );
    let sorted =
        "web/\n├── door.ts\n└── deposit/\n    ├── Label.tsx\n    ├── Panel.tsx\n    └── Slot.tsx\n";
    assert_eq!(
        listed(sorted, ""),
        [
            "US1 web/deposit/Label.tsx",
            "US1 web/deposit/Panel.tsx",
            "US1 web/deposit/Slot.tsx"
        ]
    );
}

#[test]
fn a_part_comes_with_the_file_that_is_called_like_it() {
    // The words of the remark are those of the second story.
    let tree = |note: &str| {
        format!(
            "web/\n├── door.ts\n├── api/\n│   └── parcel/\n│       └── route.ts\n└── lib/\n    └── parcel/\n        └── service.ts   # {note}the recipient types a code, the door opens\n"
        )
    };
    assert_eq!(
        listed(&tree(""), ""),
        [
            "US1 web/lib/parcel/service.ts",
            "US1 web/api/parcel/route.ts"
        ]
    );
    // What a document says stands.
    assert_eq!(
        listed(&tree("US2: "), ""),
        [
            "US1 web/api/parcel/route.ts",
            "US2 web/lib/parcel/service.ts"
        ]
    );
}

#[test]
fn what_many_directories_import_comes_with_the_first_that_does() {
    let tree = "web/\n├── door.ts\n├── courier/\n│   └── deposit.ts\n└── lib/\n    └── code.ts   # the recipient types a code\n";
    let used = [
        ("web/courier/a", "../lib/x"),
        ("web/courier/b", "../lib/x"),
        ("web/courier/c", "../lib/x"),
        ("web/two/a", "../lib/x"),
        ("web/three/a", "../lib/x"),
        ("web/lib/x", "node:fs"),
    ];
    assert_eq!(
        listed(tree, &importing(&used)),
        ["US1 web/lib/code.ts", "US1 web/courier/deposit.ts"]
    );
    assert_eq!(
        listed(tree, ""),
        ["US1 web/courier/deposit.ts", "US2 web/lib/code.ts"]
    );
}

#[test]
fn a_story_with_new_components_changes_the_page_that_shows_them() {
    let tree = "web/\n├── pages/\n│   └── DepositPage.tsx\n└── components/\n    ├── DepositPanel.tsx\n    └── DoorPanel.tsx\n";
    assert_eq!(
        listed(tree, ""),
        [
            "US1 web/components/DepositPanel.tsx",
            "US1 web/pages/DepositPage.tsx",
            "US2 web/components/DoorPanel.tsx",
            "US2 web/pages/DepositPage.tsx"
        ]
    );
    // Which of two pages is not told, or the story has one of its own.
    let two = tree.replace("pages/\n", "pages/\n│   ├── CourierPage.tsx\n");
    assert!(
        !listed(&two, "")
            .iter()
            .any(|it| it.starts_with("US2 web/pages"))
    );
    let own = tree.replace("pages/\n", "pages/\n│   ├── DoorPage.tsx\n");
    assert!(!listed(&own, "").contains(&"US2 web/pages/DepositPage.tsx".to_owned()));
}

#[test]
fn a_page_among_the_components_comes_before_what_shows_it() {
    let tree = "web/\n├── app/\n│   └── deposit/\n│       └── page.tsx\n└── components/\n    └── DepositPage.tsx\n";
    assert_eq!(
        listed(tree, ""),
        [
            "US1 web/components/DepositPage.tsx",
            "US1 web/app/deposit/page.tsx"
        ]
    );
}
