//! A session runs nothing that a repository names.

use serde_json::json;
use tower_lsp::gen_lsp_types::{
    DidChangeWatchedFilesNotification, DocumentDiagnosticRequest, DocumentSymbolRequest,
    HoverRequest, RenameRequest, WorkspaceSymbolRequest,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, git, write};
use crate::trap::Trap;

const SPEC: &str = "specs/001-a/spec.md";
const TASKS: &str = "specs/001-a/tasks.md";

#[test]
fn no_request_runs_what_a_repository_names() {
    let workspace = tempfile::tempdir().unwrap();
    let top = workspace.path();
    write(
        &top.join(SPEC),
        b"# Feature\n\n- **FR-001**: System MUST answer.\n",
    );
    git(top, &["init", "-q", "-b", "main"]);
    git(top, &["add", "-A"]);
    git(top, &["commit", "-q", "-m", "first"]);
    write(&top.join(TASKS), b"- [x] T001 Do FR-001 in `src/gone.rs`\n");
    git(top, &["add", "-A"]);
    git(top, &["commit", "-q", "-m", "second"]);
    let aside = tempfile::tempdir().unwrap();
    let trap = Trap::set(top, aside.path());
    let setup = Setup {
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = ready(setup.start_in(workspace));
    let document = json!({"textDocument": {"uri": server.uri(TASKS)}});
    server.open_from_disk(TASKS);
    server.open_from_disk(SPEC);
    // What only history can tell: that the file never was.
    server.eventually(|server| {
        let report = server.ask::<DocumentDiagnosticRequest>(document.clone());
        let report = serde_json::to_string(&report).unwrap();
        report.contains("phantom-task").then_some(())
    });
    let place = server.place(TASKS, "FR-0|01");
    assert!(server.ask::<HoverRequest>(place.clone()).is_some());
    let mut rename = place;
    rename["newName"] = json!("FR-007");
    // Sources are read beside history.
    let edits = server.eventually(|server| {
        let asked = server.request::<RenameRequest>(rename.clone());
        server.answer(asked).ok()
    });
    assert!(edits.is_object(), "{edits}");
    let outline = server.ask::<DocumentSymbolRequest>(document);
    assert!(outline.is_some());
    assert!(
        server
            .ask::<WorkspaceSymbolRequest>(json!({"query": "FR-001"}))
            .is_some()
    );
    let head = server.uri(".git/HEAD");
    server.notify::<DidChangeWatchedFilesNotification>(
        json!({"changes": [{"uri": head, "type": 2}]}),
    );
    drop(server);
    assert_eq!(trap.sprung(), [""; 0]);
}
