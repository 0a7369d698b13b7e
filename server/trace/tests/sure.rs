//! Which ids in source files are sure: something speaks for what they mean, and nothing in the file against it.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use fixture::Fixture;
use trace::Resolved;

/// Two features that number alike. Tasks of both name `src/cart.ts`; of the first also `src/shop.ts` and `src/list.ts`.
const WORKSPACE: &str = "
//- /.specify/memory/constitution.md
# Constitution
//- /specs/001-cart/spec.md
### User Story 1 - Fill the cart (Priority: P1)
## Requirements
- **FR-001**: Add a thing.
- **FR-002**: Remove a thing.
- **FR-003**: Empty the cart.
- **FR-011**: Keep the cart.
//- /specs/001-cart/tasks.md
- [ ] T001 Make `src/cart.ts` and `src/shop.ts`
- [ ] T002 Test the cart in `src/list.ts`
- [ ] T003 Think about it
//- /specs/002-sort/spec.md
### User Story 1 - Sort (Priority: P1)
## Requirements
- **FR-001**: Sort by name.
- **FR-002**: Sort by date.
- **FR-009**: Remember the order.
//- /specs/002-sort/tasks.md
- [ ] T001 Make `src/sort.ts`
- [ ] T002 Change `src/cart.ts`
- [ ] T004 Look at `src/sort.ts`
//- /src/sort.ts
export const a = 1;
//- /src/list.ts
export const a = 1;
";

/// More lines than a file's head has.
fn code() -> String {
    "export const c = 1;\n".repeat(45)
}

/// What every mention of `path` means there: `FR-001 001 sure`.
fn meanings_of(workspace: &str, path: &str, source: &str) -> Vec<String> {
    let fixture = Fixture::parse(&format!("{workspace}//- /{path}\n{source}\n"));
    let graph = &fixture.graph;
    let file = fixture.file(path);
    let mentions = &graph.inputs().sources[&file].facts.mentions;
    let links = graph.code_links(file).iter();
    links
        .map(|link| {
            let id = &mentions[link.mention as usize].mention.key;
            match &link.resolved {
                Resolved::Items(items, basis) => {
                    let name = &graph.feature(items[0].feature).unwrap().name;
                    let number = name.split('-').next().unwrap();
                    format!("{id} {number} {}", basis.as_str())
                }
                Resolved::Undefined(_) => format!("{id} undefined"),
                Resolved::Ambiguous(_) => format!("{id} ambiguous"),
            }
        })
        .collect()
}

fn meanings(path: &str, source: &str) -> Vec<String> {
    meanings_of(WORKSPACE, path, source)
}

#[test]
fn a_head_is_not_enough_where_tasks_of_another_feature_name_the_file() {
    let source = "// Feature: 001-cart\n\n// FR-001, FR-003\nexport const a = 1;\n";
    assert_eq!(
        meanings("src/cart.ts", source),
        ["FR-001 001 inferred", "FR-003 001 declared"]
    );
    // Only tasks of the one name this file.
    assert_eq!(
        meanings("src/shop.ts", source),
        ["FR-001 001 declared", "FR-003 001 declared"]
    );
    // The very task names it, and the other's T001 does not; of both T002 only the other's does.
    let tasks =
        "// Feature: 001-cart\n\n// T001\nexport const a = 1;\n// T002\nexport const b = 1;\n";
    assert_eq!(
        meanings("src/cart.ts", tasks),
        ["T001 001 declared", "T002 001 inferred"]
    );
}

#[test]
fn a_head_is_not_enough_where_the_file_names_another_feature() {
    let source = |more: &str| format!("// Feature: 001-cart\n\n// FR-001\n{}\n{more}\n", code());
    let first = |more: &str| meanings("src/shop.ts", &source(more))[0].clone();
    assert_eq!(first("// Nothing of note"), "FR-001 001 declared");
    assert_eq!(first("// Again feature 001"), "FR-001 001 declared");
    assert_eq!(first("// The order (feature 002)"), "FR-001 001 inferred");
    assert_eq!(
        first("// See specs/002-sort/plan.md"),
        "FR-001 001 inferred"
    );
    // Gone, or another repository's.
    assert_eq!(first("// Also feature 042"), "FR-001 001 inferred");
    // A contract is cited by those who use it.
    assert_eq!(
        first("// Form of specs/002-sort/contracts/order.md"),
        "FR-001 001 declared"
    );
    // What the task itself says stays.
    let task = &source("// Not feature 002").replace("FR-001", "T001");
    assert_eq!(meanings("src/shop.ts", task), ["T001 001 declared"]);
}

#[test]
fn a_head_is_not_enough_where_ids_stand_in_the_file_that_its_feature_lacks() {
    let source = "// Feature: 001-cart\n\n// FR-001, FR-012\n";
    assert_eq!(meanings("src/new.ts", source), ["FR-001 001 inferred"]);
    // Its tasks name the file.
    assert_eq!(meanings("src/shop.ts", source), ["FR-001 001 declared"]);
    // With its feature beside it, an id speaks against nothing; nor does sample data.
    assert_eq!(
        meanings(
            "src/new.ts",
            "// Feature: 001-cart\n\n// FR-001; 002/FR-009\nlog(\"FR-012 is done\");\n"
        ),
        ["FR-001 001 declared", "FR-009 002 declared"]
    );
}

#[test]
fn a_section_of_the_head_speaks_for_itself() {
    let section = " * Feature 001: Cart\n * - Adds (FR-001)\n";
    assert_eq!(
        meanings(
            "src/shop.ts",
            &format!(
                "/**\n * The list\n *\n{section} *\n * Rules:\n * - FR-002\n */\n\n// FR-003\nexport const a = 1;\n"
            )
        ),
        [
            "FR-001 001 declared",
            "FR-002 001 inferred",
            "FR-003 001 inferred"
        ]
    );
}

#[test]
fn a_source_in_the_directory_of_a_feature_is_that_features() {
    let source = "// Form of feature 001\n// FR-001, FR-777\nexport const a = 1;\n";
    assert_eq!(
        meanings("specs/002-sort/contracts/order.ts", source),
        ["FR-001 002 declared"]
    );
}

#[test]
fn a_head_that_names_a_sibling_is_none() {
    assert_eq!(
        meanings(
            "src/new.ts",
            "// The order (owned by sibling spec 002)\n\n// FR-001, FR-009\n"
        ),
        ["FR-001 ambiguous", "FR-009 002 inferred"]
    );
}

#[test]
fn a_task_that_works_on_other_files_is_hardly_meant() {
    let source = |id: &str| format!("// Feature: 001-cart\n\n// {id}\nexport const a = 1;\n");
    // T002 names another file, T003 none; the feature's tasks name this one.
    assert_eq!(
        meanings("src/shop.ts", &source("T002")),
        ["T002 001 inferred"]
    );
    assert_eq!(
        meanings("src/shop.ts", &source("T003")),
        ["T003 001 declared"]
    );
    // They name nothing here: who knows how they are kept.
    assert_eq!(
        meanings("src/new.ts", &source("T002")),
        ["T002 001 declared"]
    );
}

#[test]
fn tasks_that_name_the_file_are_not_enough_where_something_speaks_against_it() {
    let first = |source: &str| meanings("src/shop.ts", source)[0].clone();
    assert_eq!(
        first("// FR-011\nexport const a = 1;\n"),
        "FR-011 001 declared"
    );
    assert_eq!(
        first(&format!("// FR-011\n{}// of feature 002\n", code())),
        "FR-011 001 inferred"
    );
    assert_eq!(
        first("// Feature: 002-sort\n\n// FR-011\nexport const a = 1;\n"),
        "FR-011 001 inferred"
    );
    // An id beside it that nobody has is no reason: the tasks name this file.
    assert_eq!(
        first("// FR-011, FR-777\nexport const a = 1;\n"),
        "FR-011 001 declared"
    );
}

#[test]
fn a_word_before_an_id_says_what_it_is_for_and_not_whose_it_is() {
    assert_eq!(
        meanings("src/new.ts", "// Implements FR-009\nexport const a = 1;\n"),
        ["FR-009 002 inferred"]
    );
    assert_eq!(
        meanings("src/new.ts", "// r[impl FR-009]\nexport const a = 1;\n"),
        ["FR-009 002 declared"]
    );
}

#[test]
fn a_task_with_letters_behind_its_number_is_one_of_its_own() {
    let workspace = "
//- /specs/001-cart/tasks.md
- [ ] T001 Make `src/shop.ts`
- [ ] T001-I Test `src/shop.ts`
";
    let fixture = Fixture::parse(&format!(
        "{workspace}//- /src/shop.ts\n// T001-I\nexport const a = 1;\n// T001-I.1\nexport const b = 1;\n"
    ));
    let links = fixture.graph.code_links(fixture.file("src/shop.ts"));
    let [link] = links else { panic!("{links:?}") };
    let [item] = link.resolved.items() else {
        panic!("{link:?}")
    };
    let feature = fixture.graph.feature(item.feature).unwrap();
    assert_eq!(
        feature.key(*item).unwrap().to_string(),
        "specs/001-cart#T001-I"
    );
}

/// What a task names elsewhere decides here: an edit of it is seen.
#[test]
fn an_edit_of_a_task_reaches_the_files_that_mention_it() {
    let source = "// Feature: 001-cart\n\n// T003\nexport const a = 1;\n";
    let before = "- [ ] T003 Think about it";
    // Of a file that was never there, or is.
    for after in [
        "- [ ] T003 Think about `src/gone.ts`",
        "- [ ] T003 Think about `src/list.ts`",
    ] {
        let text =
            |task: &str| format!("{WORKSPACE}//- /src/shop.ts\n{source}").replace(before, task);
        let old = Fixture::parse(&text(before));
        let new = Fixture::parse(&text(after));
        let file = old.file("specs/001-cart/tasks.md");
        let edited = new.graph.inputs().documents[&new.file("specs/001-cart/tasks.md")].clone();
        let graph = old
            .graph
            .apply(vec![trace::Change::Document(file, Some(edited))]);
        assert!(graph == trace::Graph::new(graph.inputs().clone()));
        let link = &graph.code_links(old.file("src/shop.ts"))[0];
        assert!(
            matches!(&link.resolved, Resolved::Items(_, basis) if basis.as_str() == "inferred")
        );
    }
}
