//! The fixture projects of all languages, read whole: how much of each thing they say.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use documents::{DocumentKind, ItemKind, read};
use expect_test::expect;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const FEATURES: [&str; 5] = [
    "gen1/specs/001-share-recipe",
    "gen2/specs/001-lending-desk",
    "gen2/specs/002-late-fees",
    "japanese/specs/001-reservation",
    "chinese/specs/001-vote",
];

#[test]
fn every_item_of_the_fixture_projects_is_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/spec-kit");
    let mut shown = String::new();
    for feature in FEATURES {
        for (name, kind) in [
            ("spec.md", DocumentKind::Spec),
            ("plan.md", DocumentKind::Plan),
            ("tasks.md", DocumentKind::Tasks),
        ] {
            let text = fs::read_to_string(root.join(feature).join(name)).unwrap();
            let document = read(kind, &text);
            write!(shown, "{feature}/{name} {:?}:", document.generation).unwrap();
            for (kind, label) in [
                (ItemKind::Story, "stories"),
                (ItemKind::Scenario, "scenarios"),
                (ItemKind::Requirement, "requirements"),
                (ItemKind::SuccessCriterion, "criteria"),
                (ItemKind::Entity, "entities"),
                (ItemKind::Phase, "phases"),
                (ItemKind::Task, "tasks"),
            ] {
                let count = document.items_of(kind).count();
                if count > 0 {
                    write!(shown, " {count} {label}").unwrap();
                }
            }
            writeln!(
                shown,
                ", {} mentions, {} paths",
                document.mentions.len(),
                document.paths.len()
            )
            .unwrap();
            assert!(document.placeholders.is_empty(), "{feature}/{name}");
        }
    }
    expect![[r#"
        gen1/specs/001-share-recipe/spec.md Some(First): 3 scenarios 4 requirements 2 entities, 0 mentions, 0 paths
        gen1/specs/001-share-recipe/plan.md Some(First):, 6 mentions, 4 paths
        gen1/specs/001-share-recipe/tasks.md Some(First): 5 phases 10 tasks, 16 mentions, 13 paths
        gen2/specs/001-lending-desk/spec.md Some(Second): 3 stories 4 scenarios 7 requirements 1 criteria 2 entities, 5 mentions, 0 paths
        gen2/specs/001-lending-desk/plan.md Some(Second):, 5 mentions, 5 paths
        gen2/specs/001-lending-desk/tasks.md Some(Second): 5 phases 11 tasks, 35 mentions, 11 paths
        gen2/specs/002-late-fees/spec.md Some(Second): 2 stories 2 scenarios 6 requirements 1 criteria, 2 mentions, 0 paths
        gen2/specs/002-late-fees/plan.md Some(Second):, 4 mentions, 2 paths
        gen2/specs/002-late-fees/tasks.md Some(Second): 4 phases 8 tasks, 29 mentions, 11 paths
        japanese/specs/001-reservation/spec.md Some(Second): 3 stories 4 scenarios 5 requirements 1 criteria 1 entities, 1 mentions, 0 paths
        japanese/specs/001-reservation/plan.md Some(Second):, 7 mentions, 3 paths
        japanese/specs/001-reservation/tasks.md Some(Second): 5 phases 9 tasks, 29 mentions, 11 paths
        chinese/specs/001-vote/spec.md Some(Second): 2 stories 3 scenarios 5 requirements 1 criteria 1 entities, 0 mentions, 0 paths
        chinese/specs/001-vote/plan.md Some(Second):, 4 mentions, 3 paths
        chinese/specs/001-vote/tasks.md Some(Second): 4 phases 8 tasks, 22 mentions, 10 paths
    "#]].assert_eq(&shown);
}
