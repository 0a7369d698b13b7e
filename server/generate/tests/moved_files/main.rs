//! Moved files and folders: documents name them where they are, and every other byte stays.
#![expect(clippy::unwrap_used, reason = "a test may stop here")]

mod round_trip;

use std::sync::Arc;

use fixture::Fixture;
use generate::{Move, MovedFiles, Unwritable, move_files};
use smol_str::SmolStr;
use text::{Edit, FileId};
use trace::RootId;

/// Files as a fixture has them: `api:/src/lib.rs` in another repository.
pub(crate) type Files = Vec<(String, String)>;

/// Root and path of a fixture's path.
pub(crate) fn place(graph: &trace::Graph, path: &str) -> (RootId, SmolStr) {
    let (name, path) = path.split_once(":/").unwrap_or(("workspace", path));
    let roots = graph.inputs().tree.roots();
    let root = roots.iter().position(|root| root.name == name).unwrap();
    (RootId(root as u16), path.into())
}

pub(crate) fn moves(graph: &trace::Graph, pairs: &[(&str, &str)]) -> Vec<Move> {
    let one = |(from, to): &(&str, &str)| {
        let (root, from) = place(graph, from);
        let to = (!to.is_empty()).then(|| place(graph, to));
        Move { root, from, to }
    };
    pairs.iter().map(one).collect()
}

pub(crate) fn plan(graph: &trace::Graph, files: &Files, pairs: &[(&str, &str)]) -> MovedFiles {
    let texts = |file: FileId| {
        let text = files.get(file.0 as usize).ok_or(Unwritable::Missing)?;
        Ok(Arc::from(text.1.as_str()))
    };
    move_files(graph, &moves(graph, pairs), &texts)
}

/// The files after edits and moves.
pub(crate) fn moved(files: &Files, done: &MovedFiles, pairs: &[(&str, &str)]) -> Files {
    let mut after = Files::new();
    for (at, (path, text)) in files.iter().enumerate() {
        let edits = done.edits.iter().filter(|(file, _)| file.0 as usize == at);
        let edits: Vec<Edit> = edits.map(|(_, edit)| edit.clone()).collect();
        let text = text::apply(text, &edits).unwrap();
        let below = |from: &str| {
            let rest = path.strip_prefix(from)?;
            (rest.is_empty() || rest.starts_with('/')).then_some(rest)
        };
        let to = pairs
            .iter()
            .filter_map(|(from, to)| Some((from.len(), format!("{to}{}", below(from)?))))
            .max();
        after.push((to.map_or_else(|| path.clone(), |(_, to)| to), text));
    }
    after
}

/// One document of a workspace before and after.
fn rewritten(workspace: &str, document: &str, pairs: &[(&str, &str)]) -> (String, String, usize) {
    let fixture = Fixture::parse(workspace);
    let done = plan(&fixture.graph, &fixture.files, pairs);
    let at = fixture.file(document).0 as usize;
    let after = moved(&fixture.files, &done, pairs);
    (
        fixture.files[at].1.clone(),
        after[at].1.clone(),
        done.left.len(),
    )
}

const FILES: &str = "//- /src/auth/session.rs
pub fn open() {}
//- /src/auth/token.rs
pub fn issue() {}
//- /src/lib.rs
//- /tests/session.rs
//- /docs/guide.md
//- /specs/001-login/spec.md
# Feature Specification: Login

- **FR-001**: System MUST log in
//- /specs/001-login/contracts/api.md
# API
//- /specs/001-login/tasks.md
";

/// `line` of a task list when files move.
fn line(line: &str, pairs: &[(&str, &str)], expected: &str) {
    let workspace = format!("{FILES}{line}\n");
    let (before, after, _) = rewritten(&workspace, "specs/001-login/tasks.md", pairs);
    assert_eq!(before, format!("{line}\n"));
    assert_eq!(after, format!("{expected}\n"), "{line}");
}

#[test]
fn a_path_is_written_from_where_it_was_written() {
    let renamed = &[("src/auth/session.rs", "src/auth/sessions.rs")];
    for (before, after) in [
        ("`src/auth/session.rs`", "`src/auth/sessions.rs`"),
        ("`./src/auth/session.rs`", "`./src/auth/sessions.rs`"),
        ("src/auth/session.rs, and", "src/auth/sessions.rs, and"),
        ("(src/auth/session.rs)", "(src/auth/sessions.rs)"),
        ("at /src/auth/session.rs,", "at /src/auth/sessions.rs,"),
        (
            "`../../src/auth/session.rs`",
            "`../../src/auth/sessions.rs`",
        ),
        ("`auth/session.rs`", "`auth/sessions.rs`"),
        ("`src/auth/session.rs:12`", "`src/auth/sessions.rs:12`"),
        (
            "`src/auth/session.rs::open`",
            "`src/auth/sessions.rs::open`",
        ),
        ("`src/auth/session.rs#L3`", "`src/auth/sessions.rs#L3`"),
        (
            "- [ ] T001 Do **src/auth/session.rs** 🎉",
            "- [ ] T001 Do **src/auth/sessions.rs** 🎉",
        ),
        (
            "[it](../../src/auth/session.rs#L3 \"a title\")",
            "[it](../../src/auth/sessions.rs#L3 \"a title\")",
        ),
        (
            "[src/auth/session.rs](<../../src/auth/session.rs>)",
            "[src/auth/sessions.rs](<../../src/auth/sessions.rs>)",
        ),
        // Two files end in it.
        ("`session.rs`", "`session.rs`"),
        ("`src/auth/token.rs`", "`src/auth/token.rs`"),
        ("`src/auth/`", "`src/auth/`"),
        ("`src/auth/session.rst`", "`src/auth/session.rst`"),
        ("`xsrc/auth/session.rs`", "`xsrc/auth/session.rs`"),
    ] {
        line(before, renamed, after);
    }
}

#[test]
fn a_folder_takes_all_below_with_it() {
    let renamed = &[("src/auth", "src/identity/core")];
    for (before, after) in [
        ("`src/auth/session.rs`", "`src/identity/core/session.rs`"),
        ("`src/auth/`", "`src/identity/core/`"),
        ("`src/auth`", "`src/identity/core`"),
        ("`src/`", "`src/`"),
        // It still says which one.
        ("`token.rs`", "`token.rs`"),
        ("`auth/token.rs`", "`core/token.rs`"),
        ("[a](../../src/auth/)", "[a](../../src/identity/core/)"),
        // Not written yet, but in a folder that is there.
        (
            "- [ ] T001 Write `src/auth/store.rs`",
            "- [ ] T001 Write `src/identity/core/store.rs`",
        ),
        ("`src/{auth,lib}/a.rs`", "`src/{auth,lib}/a.rs`"),
        ("`src/auth/*.rs`", "`src/auth/*.rs`"),
    ] {
        line(before, renamed, after);
    }
}

#[test]
fn a_short_name_that_would_mean_two_gets_longer() {
    line(
        "`token.rs` and `lib.rs`",
        &[("src/auth/token.rs", "src/auth/key.rs")],
        "`key.rs` and `lib.rs`",
    );
    line(
        "`token.rs`",
        &[("src/auth/token.rs", "src/keys/lib.rs")],
        "`keys/lib.rs`",
    );
}

#[test]
fn what_is_not_where_it_was_named_from_goes_up_as_far_as_it_must() {
    line(
        "`contracts/api.md`, [api](contracts/api.md#top), [api](./contracts/api.md)",
        &[("specs/001-login/contracts/api.md", "docs/api v2.md")],
        "`contracts/api.md`, [api](../../docs/api%20v2.md#top), [api](./../../docs/api%20v2.md)",
    );
    line(
        "`contracts/api.md`, [api](contracts/api.md#top)",
        &[("specs/001-login/contracts/api.md", "docs/api.md")],
        "`../../docs/api.md`, [api](../../docs/api.md#top)",
    );
    line(
        "[guide](../../docs/guide.md)",
        &[("docs/guide.md", "docs/login guide.md")],
        "[guide](../../docs/login%20guide.md)",
    );
}

#[test]
fn a_document_that_moves_keeps_what_it_names() {
    let fixture = "//- /src/a.rs
//- /.specify/feature.json
{\"feature_directory\": \"specs/001-login\"}
//- /specs/001-login/spec.md
# Feature Specification: Login

**Feature Branch**: `001-login`

See [the plan](plan.md), [code](../../src/a.rs) and `src/a.rs`.
//- /specs/001-login/plan.md
# Plan

**Spec**: [specs/001-login/spec.md](./spec.md), `specs/001-login/spec.md`

**Input**: from `/specs/001-login/`, `/specs/001-login/spec.md`
//- /specs/002-pay/spec.md
# Feature Specification: Pay

After [login](../001-login/spec.md#login), `specs/001-login/plan.md`, `001-login`.
";
    let pairs = &[("specs/001-login", "specs/001-sign-in")];
    let changed = |document: &str| rewritten(fixture, document, pairs).1;
    assert_eq!(
        changed(".specify/feature.json"),
        "{\"feature_directory\": \"specs/001-sign-in\"}\n"
    );
    // A branch is not renamed with its directory.
    assert_eq!(
        changed("specs/001-login/spec.md"),
        "# Feature Specification: Login\n\n**Feature Branch**: `001-login`\n\n\
         See [the plan](plan.md), [code](../../src/a.rs) and `src/a.rs`.\n"
    );
    assert_eq!(
        changed("specs/001-login/plan.md"),
        "# Plan\n\n**Spec**: [specs/001-sign-in/spec.md](./spec.md), `specs/001-sign-in/spec.md`\n\n\
         **Input**: from `/specs/001-sign-in/`, `/specs/001-sign-in/spec.md`\n"
    );
    assert_eq!(
        changed("specs/002-pay/spec.md"),
        "# Feature Specification: Pay\n\nAfter [login](../001-sign-in/spec.md#login), \
         `specs/001-sign-in/plan.md`, `001-login`.\n"
    );
    // Deeper, its links have a longer way.
    let pairs = &[("specs/001-login/spec.md", "specs/001-login/old/spec.md")];
    let after = rewritten(fixture, "specs/001-login/spec.md", pairs).1;
    assert!(
        after.contains("[the plan](../plan.md), [code](../../../src/a.rs) and `src/a.rs`"),
        "{after}"
    );
    let after = rewritten(fixture, "specs/001-login/plan.md", pairs).1;
    assert!(after.contains("(./old/spec.md)"), "{after}");
}

#[test]
fn several_repositories_are_one_workspace() {
    let fixture = "//- /src/a.ts
//- api:/src/serve.ts
//- api:/lib/x.ts
//- /specs/001-a/spec.md
# Feature Specification: A
//- /specs/001-a/tasks.md
- [x] T001 Do `api/src/serve.ts`, `../api/src/serve.ts` and `src/a.ts`
";
    for (pairs, expected) in [
        (
            [("api:/src/serve.ts", "api:/src/server.ts")],
            "- [x] T001 Do `api/src/server.ts`, `../api/src/server.ts` and `src/a.ts`\n",
        ),
        (
            [("src/a.ts", "api:/lib/a.ts")],
            "- [x] T001 Do `api/src/serve.ts`, `../api/src/serve.ts` and `api/lib/a.ts`\n",
        ),
        (
            [("api:/src/serve.ts", "src/serve.ts")],
            "- [x] T001 Do `src/serve.ts`, `src/serve.ts` and `src/a.ts`\n",
        ),
        // Nobody can name what is not in the workspace.
        (
            [("src/a.ts", "")],
            "- [x] T001 Do `api/src/serve.ts`, `../api/src/serve.ts` and `src/a.ts`\n",
        ),
    ] {
        let (_, after, left) = rewritten(fixture, "specs/001-a/tasks.md", &pairs);
        assert_eq!(after, expected);
        assert_eq!(left, usize::from(pairs[0].1.is_empty()));
    }
}

#[test]
fn kiro_and_openspec_documents_follow() {
    let fixture = "//- /src/store.py
//- /docs/api.md
//- /.kiro/specs/login/requirements.md
# Requirements Document

#[[file:docs/api.md]]
//- /.kiro/specs/login/tasks.md
- [ ] 1. Build `src/store.py`
//- /openspec/specs/auth/spec.md
# Auth

See `src/store.py`.
//- /openspec/changes/add/tasks.md
- [ ] 1.1 Build src/store.py
";
    let pairs = &[
        ("src/store.py", "app/store.py"),
        ("docs/api.md", "docs/v2/api.md"),
    ];
    let after = |document: &str| rewritten(fixture, document, pairs).1;
    assert_eq!(
        after(".kiro/specs/login/requirements.md"),
        "# Requirements Document\n\n#[[file:docs/v2/api.md]]\n"
    );
    assert_eq!(
        after(".kiro/specs/login/tasks.md"),
        "- [ ] 1. Build `app/store.py`\n"
    );
    assert_eq!(
        after("openspec/specs/auth/spec.md"),
        "# Auth\n\nSee `app/store.py`.\n"
    );
    assert_eq!(
        after("openspec/changes/add/tasks.md"),
        "- [ ] 1.1 Build app/store.py\n"
    );
}

#[test]
fn line_breaks_byte_order_mark_and_emoji_stay() {
    let list = "\u{feff}# タスク\r\n\r\n- [x] T001 🎉 `src/lib.rs`、`lib.rs`\r\n\tsrc/lib.rs\r\n";
    let workspace = format!("{FILES}{list}");
    let pairs = &[("src/lib.rs", "源/本体.rs")];
    let (before, after, left) = rewritten(&workspace, "specs/001-login/tasks.md", pairs);
    assert_eq!(before, list);
    let expected = list
        .replace("`src/lib.rs`", "`源/本体.rs`")
        .replace("`lib.rs`", "`本体.rs`");
    // In running text such a name would not be read as a path.
    assert_eq!((after, left), (expected, 1));
}

#[test]
fn two_files_may_change_places() {
    line(
        "`src/auth/session.rs` and `src/auth/token.rs`",
        &[
            ("src/auth/session.rs", "src/auth/token.rs"),
            ("src/auth/token.rs", "src/auth/session.rs"),
        ],
        "`src/auth/token.rs` and `src/auth/session.rs`",
    );
}

#[test]
fn what_would_not_be_read_again_is_left() {
    let workspace = format!("{FILES}Do src/lib.rs and `src/lib.rs`.\n");
    let pairs = &[("src/lib.rs", "src/my lib")];
    let (before, after, left) = rewritten(&workspace, "specs/001-login/tasks.md", pairs);
    assert_eq!(before, after);
    assert_eq!(left, 2);
}

#[test]
fn a_text_that_is_another_by_now_is_not_touched() {
    let fixture = Fixture::parse(&format!("{FILES}See `src/lib.rs`.\n"));
    let pairs = [("src/lib.rs", "src/main.rs")];
    let texts = |_: FileId| Ok(Arc::from("See `src/lib.rs`.\nMore.\n"));
    let done = move_files(&fixture.graph, &moves(&fixture.graph, &pairs), &texts);
    assert_eq!(done.edits, []);
}
