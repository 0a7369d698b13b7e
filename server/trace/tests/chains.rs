//! The chain of an item, the way back from code, and what people type, over small workspaces.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use fixture::Fixture;
use text::FileId;
use trace::{CodePlace, Graph, ItemRef};

/// What the tasks of each requirement do: its tasks, and what is finished, code and test.
fn work(tasks: &str) -> Vec<String> {
    let fixture = Fixture::parse(&format!(
        "//- /specs/001-a/spec.md\n## Requirements\n- **FR-001**: One.\n//- /specs/001-a/tasks.md\n## Phase 1\n{tasks}//- /src/a.rs\nfn a() {{}}\n"
    ));
    let work = fixture.graph.features()[0].requirement_work();
    let told = work.iter().map(|it| {
        let marks = [
            (it.finished, "finished"),
            (it.code, "code"),
            (it.test, "test"),
        ];
        let marks: Vec<&str> = marks
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, it)| *it)
            .collect();
        format!("{} of {}: {}", it.id, it.tasks.len(), marks.join(" "))
    });
    told.collect()
}

#[test]
fn what_the_tasks_do_for_a_requirement() {
    for (tasks, expected) in [
        ("- [x] T001 Write it\n", "FR-001 of 0: "),
        ("- [x] T001 Write it (FR-001)\n", "FR-001 of 1: finished"),
        (
            "- [ ] T001 Write `src/a.rs` (FR-001)\n",
            "FR-001 of 1: code",
        ),
        (
            "- [x] T001 Write `src/gone.rs` (FR-001)\n",
            "FR-001 of 1: finished",
        ),
        (
            "- [x] T001 Try `tests/b.rs` and write `src/a.rs` (FR-001)\n",
            "FR-001 of 1: finished code test",
        ),
        (
            "- [x] T001 Write `src/a.rs` (FR-001)\n- [ ] T002 Try all in `tests/` (FR-001)\n",
            "FR-001 of 2: code test",
        ),
    ] {
        assert_eq!(work(tasks), [expected], "{tasks}");
    }
}

const WORKSPACE: &str = "
//- /.specify/memory/constitution.md
# Constitution
//- /specs/001-login/spec.md
### User Story 1 - Sign in (Priority: P1)
1. **Given** a, **When** b, **Then** c.
### User Story 2 - Sign out (Priority: P2)
1. **Given** a, **When** b, **Then** c.
## Requirements
- **FR-001**: Sign in.
- **FR-002**: Sign out.
- **FR-002**: Sign out again.
//- /specs/001-login/tasks.md
## Phase 1: User Story 1 - Sign in (Priority: P1)
- [x] T001 [US1] Make `Session` in `src/session.rs` (FR-001)
- [ ] T002 [US1] Test in `tests/session.rs`
- [ ] T003 [US2] End it with `end` in `src/session.rs`
//- /specs/002-pay/spec.md
## Requirements
- **FR-001**: Pay.
- **PAY-a/b**: Slash.
//- /src/session.rs
pub struct Session { pub id: u32 }

impl Session {
    /// 001/FR-002
    pub fn end(&self) {}
    pub fn other(&self) {}
}

pub fn free() {}
//- /tests/session.rs
// FR-001
#[test]
fn signs_in() { assert!(true); }
#[test]
fn both() { assert!(true); }
//- /openspec/specs/auth/spec.md
# auth
## Requirements
### Requirement: Session expires/ends
The system SHALL end it.
#### Scenario: After an hour
- **WHEN** a
- **THEN** b
//- /.kiro/specs/mail/requirements.md
### Requirement 2: Send
#### Acceptance Criteria
1. WHEN a THEN b
2. WHEN c THEN d
//- /.kiro/specs/mail/tasks.md
- [ ] 1. Send
- [ ] 1.1 Send it
";

fn address(graph: &Graph, item: ItemRef) -> String {
    let feature = graph.feature(item.feature).unwrap();
    feature.key(item).unwrap().to_string()
}

fn looked_up(what: &str, feature: Option<&str>) -> Vec<String> {
    let fixture = Fixture::parse(WORKSPACE);
    let items = fixture.graph.look_up(what, feature);
    let shown = items.iter().map(|item| address(&fixture.graph, *item));
    shown.collect()
}

#[test]
fn what_people_type_is_found() {
    let cases: &[(&str, &[&str])] = &[
        ("specs/001-login#FR-001", &["specs/001-login#FR-001"]),
        ("specs/001-login#US1/AC1", &["specs/001-login#US1/AC1"]),
        // An address is one item: the first of two, or the second.
        ("specs/001-login#FR-002", &["specs/001-login#FR-002"]),
        ("specs/001-login#FR-002~2", &["specs/001-login#FR-002~2"]),
        // An id is as many as it may be.
        (
            "001/FR-002",
            &["specs/001-login#FR-002", "specs/001-login#FR-002~2"],
        ),
        (
            "FR-001",
            &["specs/001-login#FR-001", "specs/002-pay#FR-001"],
        ),
        (
            "fr-001",
            &["specs/001-login#FR-001", "specs/002-pay#FR-001"],
        ),
        ("001/US1", &["specs/001-login#US1"]),
        ("1/US1", &["specs/001-login#US1"]),
        ("login/US1", &["specs/001-login#US1"]),
        ("001-login#US1", &["specs/001-login#US1"]),
        ("US1/AC1", &["specs/001-login#US1/AC1"]),
        ("2.2", &[".kiro/specs/mail#2.2"]),
        ("mail/2.2", &[".kiro/specs/mail#2.2"]),
        ("task/1.1", &[".kiro/specs/mail#task/1.1"]),
        ("mail/1.1", &[".kiro/specs/mail#task/1.1"]),
        (
            "Session expires/ends",
            &["openspec/specs/auth#Session expires%2Fends"],
        ),
        (
            "auth/Session expires/ends",
            &["openspec/specs/auth#Session expires%2Fends"],
        ),
        (
            "openspec/specs/auth#Session expires%2Fends/After an hour",
            &["openspec/specs/auth#Session expires%2Fends/After an hour"],
        ),
        ("FR-077", &[]),
        ("003/FR-001", &[]),
        ("", &[]),
    ];
    for (what, wanted) in cases {
        assert_eq!(looked_up(what, None), *wanted, "{what}");
    }
    assert_eq!(
        looked_up("FR-001", Some("002-pay")),
        ["specs/002-pay#FR-001"]
    );
    assert!(looked_up("FR-001", Some("009")).is_empty());
}

#[test]
fn a_chain_counts_each_thing_once() {
    let fixture = Fixture::parse(WORKSPACE);
    let graph = &fixture.graph;
    let story = graph.look_up("001/US1", None)[0];
    let chain = graph.chain(story);
    assert_eq!((chain.tasks.len(), chain.done), (2, 1));
    assert_eq!(chain.files.len(), 2);
    assert_eq!(chain.symbols.len(), 1, "{:?}", chain.symbols);
    assert_eq!(chain.tests.len(), 2);
    assert!(graph.stories_of(story).is_empty());
    let requirement = graph.look_up("specs/001-login#FR-001", None)[0];
    let stories = graph.stories_of(requirement);
    assert_eq!(address(graph, stories[0]), "specs/001-login#US1");
    let scenario = graph.look_up("specs/001-login#US2/AC1", None)[0];
    let stories = graph.stories_of(scenario);
    assert_eq!(address(graph, stories[0]), "specs/001-login#US2");
    assert!(!chain.is_empty());
    let of = |what: &str| graph.chain(graph.look_up(what, None)[0]);
    let mentioned = of("001/FR-002");
    assert!(mentioned.tasks.is_empty() && !mentioned.is_empty());
    assert!(of("002/FR-001").is_empty());
}

/// What is linked to FR-001: tasks, symbols, tests, files, mentions.
fn linked(more: &str) -> ([usize; 5], bool) {
    let fixture = Fixture::parse(&format!(
        "//- /specs/001-a/spec.md\n## Requirements\n- **FR-001**: One.\n//- /specs/001-a/plan.md\n# Plan\n\nSee `src/plan.rs`, `src/other.rs`.\n{more}"
    ));
    let graph = &fixture.graph;
    let chain = graph.chain(graph.look_up("001/FR-001", None)[0]);
    let counts = [
        chain.tasks.len(),
        chain.symbols.len(),
        chain.tests.len(),
        chain.files.len(),
        chain.mentions.len(),
    ];
    (counts, chain.is_empty())
}

#[test]
fn a_chain_is_empty_only_where_nothing_at_all_is_linked() {
    let task = "//- /specs/001-a/tasks.md\n- [ ] T001 Do it (FR-001)\n";
    let file =
        "//- /specs/001-a/tasks.md\n- [ ] T001 Do `src/b.rs` (FR-001)\n//- /src/b.rs\nfn b() {}\n";
    let mention = "//- /src/b.py\n# 001/FR-001\n";
    let test = "//- /tests/test_b.py\ndef test_b():\n    \"\"\"001/FR-001\"\"\"\n    assert True\n";
    for (more, expected) in [
        ("", [0, 0, 0, 0, 0]),
        (task, [1, 0, 0, 0, 0]),
        // Only what the task itself names: the paths of the plan are others.
        (file, [1, 0, 0, 1, 0]),
        (mention, [0, 0, 0, 0, 1]),
        (test, [0, 0, 1, 0, 1]),
    ] {
        assert_eq!(linked(more), (expected, more.is_empty()), "{more}");
    }
}

/// The items that line `line` of a file serves, with the basis of each.
fn served(fixture: &Fixture, file: FileId, line: Option<u32>) -> Vec<String> {
    let graph = &fixture.graph;
    let place = line.map_or_else(CodePlace::default, |line| {
        let bytes = graph.source(file).unwrap().lines.line_range(line).unwrap();
        graph.code_place(file, bytes)
    });
    let serves = graph.serves(file, place);
    let items = serves.items.iter();
    items
        .map(|it| format!("{} {}", address(graph, it.item), it.basis.as_str()))
        .collect()
}

#[test]
fn code_leads_back_to_what_it_serves() {
    let fixture = Fixture::parse(WORKSPACE);
    let file = fixture.file("src/session.rs");
    let at = |line| served(&fixture, file, Some(line));
    // The struct and what is in it: the task names it.
    let session = [
        "specs/001-login#US1 task",
        "specs/001-login#FR-001 task",
        "specs/001-login#T001 task",
    ];
    assert_eq!(at(0), session);
    // The method: a task names it, and its comment says a requirement. The comment's line means the method.
    let end = [
        "specs/001-login#US2 task",
        "specs/001-login#FR-002 declared",
        "specs/001-login#FR-002~2 declared",
        "specs/001-login#T003 task",
    ];
    assert_eq!(at(4), end);
    assert_eq!(at(3), end);
    // Nothing says whose this is: what the file's tasks are for is a guess.
    assert!(
        at(8).iter().all(|it| it.ends_with(" inferred")) && !at(8).is_empty(),
        "{:?}",
        at(8)
    );
    let whole = served(&fixture, file, None);
    assert!(
        whole.contains(&"specs/001-login#US2 task".to_owned()),
        "{whole:?}"
    );
}

#[test]
fn a_test_serves_what_its_file_is_for_and_an_ambiguous_id_is_shown_as_such() {
    let fixture = Fixture::parse(WORKSPACE);
    let graph = &fixture.graph;
    let file = fixture.file("tests/session.rs");
    let second = served(&fixture, file, Some(4));
    assert_eq!(
        second,
        ["specs/001-login#US1 task", "specs/001-login#T002 task"]
    );
    // FR-001 above the first test is of the feature whose tasks name the file, which is an inference.
    let first = served(&fixture, file, Some(2));
    assert!(
        first.contains(&"specs/001-login#FR-001 inferred".to_owned()),
        "{first:?}"
    );
    let other = Fixture::parse(&WORKSPACE.replace("`tests/session.rs`", "a test"));
    let serves = other
        .graph
        .serves(other.file("tests/session.rs"), CodePlace::default());
    assert_eq!(serves.ambiguous.len(), 1);
    assert!(serves.items.is_empty(), "{:?}", serves.items);
    assert_eq!(graph.serves(file, CodePlace::default()).ambiguous.len(), 0);
}

#[test]
fn what_a_spec_tags_is_linked() {
    let fixture = Fixture::parse(
        "
//- /specs/001-add/spec.md
## Requirements
- **FR-001**: Adds two numbers. [@test](../../tests/test_add.py)
- **FR-002**: Throws. [@test] ../../tests/test_throw.py
  [@generate](../../src/add.py)
- **FR-003**: See [@test2](../../tests/test_add.py).
//- /tests/test_add.py
def test_a():
    assert 1
//- /tests/test_throw.py
def test_b():
    assert 1
//- /src/add.py
def add():
    pass
",
    );
    let graph = &fixture.graph;
    let feature = &graph.features()[0];
    let linked = |id: &str| {
        let item = *feature.defined(id).first().unwrap();
        let chain = graph.chain(item);
        let name = |file: FileId| graph.inputs().tree.path_str(file).to_owned();
        let tests: Vec<String> = chain.tests.iter().map(|test| name(test.file)).collect();
        let files: Vec<String> = chain.files.iter().map(|linked| name(linked.file)).collect();
        (tests.join(" "), files.join(" "))
    };
    assert_eq!(
        linked("FR-001"),
        (
            "tests/test_add.py".to_owned(),
            "tests/test_add.py".to_owned()
        )
    );
    assert_eq!(
        linked("FR-002"),
        (
            "tests/test_throw.py".to_owned(),
            "src/add.py tests/test_throw.py".to_owned()
        )
    );
    assert_eq!(linked("FR-003"), (String::new(), String::new()));
}
