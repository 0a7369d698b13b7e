//! Citations and mentions that make a link declared: in the document's own style, with every other byte as it was.
#![expect(clippy::unwrap_used, reason = "a test may stop here")]

use std::sync::Arc;

use expect_test::{Expect, expect};
use fixture::Fixture;
use generate::{cite, mention_above};
use proptest::prelude::*;
use rules::{Checked, Locale};
use text::{Edit, FileId};
use trace::{Change, Graph, ItemRef};

const SPEC: &str = "\
//- /.specify/feature.json
{}
//- /specs/001-login/spec.md
# Feature Specification: Login

## Requirements

- **FR-001**: The system MUST hash passwords.
- **FR-002**: The system MUST expire sessions.
- **FR-003**: The system MUST greet people.
//- /specs/001-login/tasks.md
";

const KIRO: &str = "\
//- /.kiro/specs/login/requirements.md
# Requirements Document

### Requirement 1: Passwords

#### Acceptance Criteria

1. WHEN a password is stored THEN the system SHALL hash it
2. WHEN a password is wrong THEN the system SHALL reject it
//- /.kiro/specs/login/tasks.md
";

fn item(graph: &Graph, key: &str) -> ItemRef {
    let mut all = graph
        .features()
        .iter()
        .flat_map(|feature| feature.defined(key));
    *all.next().unwrap_or_else(|| panic!("{key}"))
}

/// The graph with a document edited.
fn edited(fixture: &Fixture, edits: &[(FileId, Edit)]) -> (Graph, String) {
    let file = edits[0].0;
    let (path, text) = &fixture.files[file.0 as usize];
    let edits: Vec<Edit> = edits.iter().map(|(_, edit)| edit.clone()).collect();
    let text = text::apply(text, &edits).unwrap();
    let document = Change::Document(file, fixture::document(path, &text));
    (fixture.graph.apply(vec![document]), text)
}

fn findings(graph: &Graph) -> Vec<String> {
    let checked = Checked::new(graph);
    let all = checked
        .features()
        .flat_map(|(_, found)| found.findings.clone());
    all.map(|it| format!("{} {}", it.code, it.message.text(Locale::English)))
        .collect()
}

/// Cites, checks what must always hold, and compares the lines that are new.
fn check(tasks: &str, links: &[(&str, &str)], expected: &Expect) {
    let head = if links[0].1.starts_with("task/") {
        KIRO
    } else {
        SPEC
    };
    let fixture = Fixture::parse(&format!("{head}{tasks}"));
    let of = |graph: &Graph| -> Vec<(ItemRef, ItemRef)> {
        links
            .iter()
            .map(|(from, to)| (item(graph, from), item(graph, to)))
            .collect()
    };
    let wanted = of(&fixture.graph);
    let edits = cite(&fixture.graph, &wanted).unwrap_or_default();
    if edits.is_empty() {
        expected.assert_eq("nothing\n");
        return;
    }
    let (after, text) = edited(&fixture, &edits);
    assert!(
        edits.iter().all(|(_, edit)| edit.range.is_empty()),
        "only insertions"
    );
    assert_eq!(
        cite(&after, &of(&after)),
        None,
        "applying twice changes nothing"
    );
    for (from, to) in of(&after) {
        assert!(after.tasks_citing(from).contains(&to), "declared");
    }
    let before = findings(&fixture.graph);
    let new: Vec<String> = findings(&after)
        .into_iter()
        .filter(|it| !before.contains(it))
        .collect();
    assert_eq!(new, [""; 0], "no finding appears");
    let old = &fixture.files[edits[0].0.0 as usize].1;
    let lines = text
        .lines()
        .filter(|line| !old.lines().any(|other| other == *line));
    let shown = lines.fold(String::new(), |shown, line| shown + "|" + line + "\n");
    expected.assert_eq(&shown);
}

#[test]
fn the_style_of_the_list_is_kept() {
    check(
        "- [ ] T001 Hash them\n",
        &[("FR-001", "T001")],
        &expect![[r"
            |- [ ] T001 Hash them (FR-001)
        "]],
    );
    check(
        "- [ ] T001 Hash them.\n- [ ] T002 Greet [FR-003]\n",
        &[("FR-001", "T001")],
        &expect![[r"
            |- [ ] T001 Hash them [FR-001].
        "]],
    );
    check(
        "- [ ] T001 Hash them  \n- [ ] T002 Greet per FR-003\n",
        &[("FR-001", "T001"), ("FR-002", "T001")],
        &expect![[r"
            |- [ ] T001 Hash them per FR-001, FR-002  
        "]],
    );
    check(
        "- [ ] T001 Hash them (FR-003) in `src/a.rs`\n",
        &[("FR-001", "T001")],
        &expect![[r"
            |- [ ] T001 Hash them (FR-003, FR-001) in `src/a.rs`
        "]],
    );
    check(
        "- [ ] T001 Hash them (see FR-003 for more) now\n",
        &[("FR-001", "T001")],
        &expect![[r"
            |- [ ] T001 Hash them (see FR-003 for more) now (FR-001)
        "]],
    );
    check(
        "- [ ] T001 Hash them (**FR-003**)\n",
        &[("FR-001", "T001")],
        &expect![[r"
            |- [ ] T001 Hash them (**FR-003, FR-001**)
        "]],
    );
    check(
        "- [x] T001 Hash them (FR-001)\n",
        &[("FR-001", "T001")],
        &expect![[r"
            nothing
        "]],
    );
}

#[test]
fn wrapped_and_nested_tasks_are_cited_in_their_own_lines() {
    check(
        "- [ ] T001 Hash them\n  with bcrypt\n  - a detail\n  - [ ] T002 Greet\n",
        &[("FR-001", "T001"), ("FR-003", "T002")],
        &expect![[r"
            |  with bcrypt (FR-001)
            |  - [ ] T002 Greet (FR-003)
        "]],
    );
}

#[test]
fn kiro_cites_in_a_line_below_the_task() {
    check(
        "- [ ] 1. Passwords\n  - [ ] 1.1 Hash\n    - with bcrypt\n    - _Requirements: 1.1_\n  - [ ] 1.2 Reject\n",
        &[("1.2", "task/1.1"), ("1.2", "task/1.2")],
        &expect![[r"
            |    - _Requirements: 1.1, 1.2_
            |    - _Requirements: 1.2_
        "]],
    );
    check(
        "- [ ] 1. Reject\n- [ ] 2. Other\n",
        &[("1.2", "task/1")],
        &expect![[r"
            |  - _Requirements: 1.2_
        "]],
    );
    check(
        "- [ ] 1. Reject\n  - _Requirements:_ 1.1\n- [ ] 2. Other\n",
        &[("1.2", "task/2")],
        &expect![[r"
            |  - _Requirements:_ 1.2
        "]],
    );
}

#[test]
fn line_breaks_and_a_byte_order_mark_stay() {
    let tasks = "\u{feff}# Tasks\r\n\r\n- [ ] 1. 😀 Reject\r\n- [ ] 2. Other\r\n";
    let fixture = Fixture::parse(&format!("{KIRO}{tasks}"));
    let link = (item(&fixture.graph, "1.2"), item(&fixture.graph, "task/1"));
    let edits = cite(&fixture.graph, &[link]).unwrap();
    let (_, text) = edited(&fixture, &edits);
    assert_eq!(
        text,
        "\u{feff}# Tasks\r\n\r\n- [ ] 1. 😀 Reject\r\n  - _Requirements: 1.2_\r\n- [ ] 2. Other\r\n"
    );
}

const SOURCES: &str = "\
//- /src/login.rs
/// Hashes.
#[inline]
pub fn hash_password() {}

impl Login {
    pub fn reject(&self) {}
}
//- /src/login.py
def hash_password():
    pass
";

/// The lines of a source that are new once it mentions an item above a symbol.
fn mentioned(fixture: &str, key: &str, path: &str, symbol: &str) -> String {
    let fixture = Fixture::parse(&format!("{fixture}{SOURCES}"));
    let graph = &fixture.graph;
    let file = fixture.file(path);
    let symbols = &graph.source(file).unwrap().facts.symbols;
    let at = symbols
        .iter()
        .find(|it| it.name == symbol)
        .unwrap()
        .range
        .start();
    let old = &fixture.files[file.0 as usize].1;
    let texts = |_| Ok(Arc::from(old.as_str()));
    let wanted = item(graph, key);
    let Some(edit) = mention_above(graph, wanted, (file, at), &texts) else {
        return "nothing\n".to_owned();
    };
    let text = text::apply(old, &[edit]).unwrap();
    let again = Fixture::parse(&fixture_with(&fixture, path, &text));
    assert!(
        again
            .graph
            .code_mentions(item(&again.graph, key))
            .iter()
            .any(|(.., basis)| *basis == trace::Basis::Declared)
    );
    let texts = |_| Ok(Arc::from(text.as_str()));
    let symbols = &again.graph.source(file).unwrap().facts.symbols;
    let at = symbols
        .iter()
        .find(|it| it.name == symbol)
        .unwrap()
        .range
        .start();
    assert_eq!(
        mention_above(&again.graph, item(&again.graph, key), (file, at), &texts),
        None
    );
    let lines = text
        .lines()
        .filter(|line| !old.lines().any(|other| other == *line));
    lines.fold(String::new(), |shown, line| shown + "|" + line + "\n")
}

fn fixture_with(fixture: &Fixture, path: &str, text: &str) -> String {
    let files = fixture.files.iter().map(|(each, old)| {
        let text = if each == path { text } else { old };
        format!("//- /{each}\n{text}")
    });
    files.collect()
}

#[test]
fn a_mention_names_the_feature_in_the_comments_of_the_language() {
    let tasks = "- [ ] T001 Hash them in `src/login.rs` and `src/login.py`\n";
    let spec = format!("{SPEC}{tasks}");
    expect![[r"
        |// specs/001-login#FR-001
    "]]
    .assert_eq(&mentioned(&spec, "FR-001", "src/login.rs", "hash_password"));
    expect![[r"
        |    // specs/001-login#FR-002
    "]]
    .assert_eq(&mentioned(&spec, "FR-002", "src/login.rs", "reject"));
    expect![[r"
        |# specs/001-login#FR-001
    "]]
    .assert_eq(&mentioned(&spec, "FR-001", "src/login.py", "hash_password"));
    let kiro = format!("{KIRO}- [ ] 1. Hash in `src/login.rs` and `src/login.py`\n");
    expect![[r"
        |    // .kiro/specs/login Requirements: 1.2
    "]]
    .assert_eq(&mentioned(&kiro, "1.2", "src/login.rs", "reject"));
}

/// File, text with a tilde where the line goes, name of what is mentioned for.
const PLACES: &[(&str, &str, &str)] = &[
    (
        "src/a.rs",
        "fn b() {}\n\n~/// Hashes.\n/// Twice.\n#[inline]\npub fn a() {}\n",
        "a",
    ),
    ("src/a.rs", "// Not documentation.\n~fn a() {}\n", "a"),
    ("src/a.rs", "/// Of nothing.\n\n~fn a() {}\n", "a"),
    (
        "src/a.rs",
        "mod tests {\n~    #[test]\n    fn a() {}\n}\n",
        "a",
    ),
    (
        "src/a.py",
        "class B:\n~    @cached\n    @other(1)\n    def a(self):\n        \"\"\"Hashes.\"\"\"\n",
        "a",
    ),
    ("src/a.py", "# Hashes.\n~async def a():\n    pass\n", "a"),
    (
        "src/a.ts",
        "~/**\n * Hashes.\n */\n@Injectable()\nexport class a {}\n",
        "a",
    ),
    (
        "src/a.ts",
        "class B {\n~  /** Hashes. */\n  async a() {}\n}\n",
        "a",
    ),
    ("src/a.ts", "~export const a = () => 1;\n", "a"),
    (
        "src/a.test.ts",
        "describe('b', () => {\n~  it('a', () => { expect(1); });\n});\n",
        "a",
    ),
    ("src/a.go", "package b\n\n// a hashes.\n~func a() {}\n", "a"),
    (
        "src/A.java",
        "class B {\n~    /** Hashes. */\n    @Override\n    void a() {}\n}\n",
        "a",
    ),
    (
        "src/A.kt",
        "class B {\n~    /** Hashes. */\n    override fun a() {}\n}\n",
        "a",
    ),
    (
        "src/A.cs",
        "class B {\r\n~    /// <summary>Hashes.</summary>\r\n    [Fact]\r\n    public void a() {}\r\n}\r\n",
        "a",
    ),
    (
        "src/a.swift",
        "struct B {\n~    /// Hashes.\n    @inlinable\n    func a() {}\n}\n",
        "a",
    ),
    (
        "src/a.php",
        "<?php\nclass B {\n~    /** Hashes. */\n    #[Test]\n    public function a() {}\n}\n",
        "a",
    ),
    (
        "src/a.scala",
        "object B {\n~  /** Hashes. */\n  def a = 1\n}\n",
        "a",
    ),
    (
        "src/a.rb",
        "class B\n  # Hashes.\n~  def a; end\nend\n",
        "a",
    ),
    (
        "src/a.c",
        "~/** Hashes. */\nint a(void) { return 1; }\n",
        "a",
    ),
    (
        "src/a.cpp",
        "~/// Hashes.\ntemplate <class T>\nint a(T) { return 1; }\n",
        "a",
    ),
    ("src/a.sh", "~a() {\n  true\n}\n", "a"),
    ("src/a.sql", "~CREATE TABLE a (b int);\n", "a"),
    ("src/a.tf", "~resource \"b\" \"a\" {\n}\n", "a"),
];

#[test]
fn a_mention_stands_above_attributes_and_documentation() {
    for (path, marked, name) in PLACES {
        let old = marked.replacen('~', "", 1);
        let spec = format!("{SPEC}- [ ] T001 Hash them in `{path}`\n//- /{path}\n{old}");
        let fixture = Fixture::parse(&spec);
        let file = fixture.file(path);
        let facts = &fixture.graph.source(file).unwrap().facts;
        let symbols = facts.symbols.iter().map(|it| (&it.name, it.range));
        let tests = facts.tests.iter().map(|it| (&it.name, it.range));
        let (_, range) = symbols
            .chain(tests)
            .find(|(each, _)| each == name)
            .unwrap_or_else(|| panic!("{path}"));
        let texts = |_| Ok(Arc::from(old.as_str()));
        let wanted = item(&fixture.graph, "FR-001");
        let edit = mention_above(&fixture.graph, wanted, (file, range.start()), &texts);
        let edit = edit.unwrap_or_else(|| panic!("{path}: {old}"));
        let line = edit.insert.trim_matches([' ', '\t', '\r', '\n']);
        assert!(line.ends_with("specs/001-login#FR-001"), "{path}: {line}");
        let below = &marked[marked.find('~').unwrap() + 1..];
        let indent = &below[..below.len() - below.trim_start_matches([' ', '\t']).len()];
        let end = if old.contains('\r') { "\r\n" } else { "\n" };
        let expected = marked.replacen('~', &format!("{indent}{line}{end}"), 1);
        assert_eq!(text::apply(&old, &[edit]).unwrap(), expected, "{path}");
    }
}

fn task_text() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("Hash them"),
        Just("Hash them."),
        Just("Hash them (FR-003)"),
        Just("Hash 😀 them (FR-002, FR-003) in `src/a.rs`"),
        Just("Hash them [FR-003]  "),
        Just("Hash per FR-003, then rest"),
        Just("会話を隠す（FR-003）"),
        Just("Hash FR-001..FR-002"),
        Just("Hash\n  more (FR-003)\n  - detail FR-002"),
        Just("See (FR-003"),
        Just("`(FR-003)`"),
        Just("<!-- FR-003 -->"),
        Just(""),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn an_edit_only_inserts_and_makes_exactly_its_links(
        texts in prop::collection::vec(task_text(), 1..6),
        crlf in any::<bool>(),
        links in prop::collection::vec((1..4_usize, 0..6_usize), 1..4),
    ) {
        let lines = (1..).zip(&texts).map(|(number, text)| format!("- [ ] T00{number} {text}\n"));
        let mut tasks: String = lines.collect();
        if crlf {
            tasks = tasks.replace('\n', "\r\n");
        }
        let fixture = Fixture::parse(&format!("{SPEC}{tasks}"));
        let of = |graph: &Graph| -> Vec<(ItemRef, ItemRef)> {
            let link = |(from, to): &(usize, usize)| {
                let task = item(graph, &format!("T00{}", 1 + to % texts.len()));
                (item(graph, &format!("FR-00{from}")), task)
            };
            links.iter().map(link).collect()
        };
        if let Some(edits) = cite(&fixture.graph, &of(&fixture.graph)) {
            prop_assert!(edits.iter().all(|(_, edit)| edit.range.is_empty()));
            let (after, _) = edited(&fixture, &edits);
            for (from, to) in of(&after) {
                prop_assert!(after.tasks_citing(from).contains(&to));
            }
            prop_assert_eq!(cite(&after, &of(&after)), None);
            let known = findings(&fixture.graph);
            let new: Vec<String> = findings(&after).into_iter().filter(|it| !known.contains(it)).collect();
            prop_assert_eq!(new, Vec::<String>::new());
        }
    }
}
