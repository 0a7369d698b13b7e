//! One defect never hides the rest, and no file ends the session.

use serde_json::json;
use tempfile::TempDir;
use tower_lsp::gen_lsp_types::{DocumentSymbolRequest, HoverRequest};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer, write};

const GOOD: &str = "- **FR-001**: System MUST answer.\n";

/// A good feature beside whatever else is in the workspace.
fn start(lay_out: impl FnOnce(&TempDir)) -> TestServer {
    let workspace = tempfile::tempdir().unwrap();
    write(
        &workspace.path().join("specs/001-good/spec.md"),
        GOOD.as_bytes(),
    );
    lay_out(&workspace);
    let setup = Setup {
        capabilities: able(),
        ..Setup::default()
    };
    ready(setup.start_in(workspace))
}

fn still_answers(server: &mut TestServer) {
    let place = server.place("specs/001-good/spec.md", "**FR|-001**");
    let hover = server.ask::<HoverRequest>(place).unwrap();
    assert!(
        serde_json::to_string(&hover)
            .unwrap()
            .contains("MUST answer")
    );
}

/// Lays out one file and asks about the good feature.
fn beside(path: &str, bytes: &[u8]) -> TestServer {
    let mut server = start(|workspace| write(&workspace.path().join(path), bytes));
    still_answers(&mut server);
    server
}

#[test]
fn a_duplicate_id_stops_nothing() {
    let twice = "- **FR-001**: one\n- **FR-001**: two\n- **FR-002**: three\n";
    let mut server = beside("specs/002-bad/spec.md", twice.as_bytes());
    let place = server.place("specs/002-bad/spec.md", "**FR|-002**");
    assert!(server.ask::<HoverRequest>(place).is_some());
}

#[test]
fn tasks_that_wait_for_each_other_stop_nothing() {
    let tasks = "- [ ] T001 One (depends on T002)\n- [ ] T002 Two (depends on T001)\n- [ ] T003 Three (depends on T003)\n";
    beside("specs/002-bad/tasks.md", tasks.as_bytes());
}

#[test]
fn a_broken_template_stops_nothing() {
    beside(
        ".specify/templates/spec-template.md",
        b"# [\n## *(mandatory)*\n<!-- \n```\n\xff",
    );
    beside(".specify/templates/tasks-template.md", b"");
}

#[test]
fn broken_settings_of_spec_kit_stop_nothing() {
    beside(".specify/feature.json", b"{\"feature_directory\": ");
    beside(".specify/feature.json", b"[1]\xff\xfe");
}

#[test]
fn bytes_that_are_no_text_stop_nothing() {
    let mut server = beside(
        "specs/002-bad/spec.md",
        b"- **FR-002**: a \xff\xfe\x80 b\n- **FR-003**: c\n",
    );
    let uri = server.uri("specs/002-bad/spec.md");
    let outline = server.ask::<DocumentSymbolRequest>(json!({"textDocument": {"uri": uri}}));
    let outline = serde_json::to_string(&outline).unwrap();
    assert!(outline.contains("FR-003"), "{outline}");
    beside("specs/002-bad/spec.md", b"\xff\xfe#\0 \0a\0");
    beside("specs/002-bad/tasks.md", &[0; 4096]);
}

#[test]
fn a_file_that_cannot_be_read_stops_nothing() {
    // A directory where a document belongs is unreadable for every user, root included.
    let mut server = start(|workspace| {
        std::fs::create_dir_all(workspace.path().join("specs/002-bad/spec.md")).unwrap();
        write(
            &workspace.path().join("specs/002-bad/tasks.md"),
            b"- [ ] T001 Do\n",
        );
    });
    still_answers(&mut server);
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_in_circles_stop_nothing() {
    use std::os::unix::fs::symlink;
    let mut server = start(|workspace| {
        let at = |path: &str| workspace.path().join(path);
        write(&at("specs/002-bad/tasks.md"), b"- [ ] T001 Do\n");
        symlink(at("nowhere"), at("specs/002-bad/spec.md")).unwrap();
        symlink(at("specs"), at("specs/002-bad/again")).unwrap();
    });
    still_answers(&mut server);
}

#[test]
fn five_megabytes_in_one_line_stop_nothing() {
    let mut line = b"- **FR-002**: ".to_vec();
    while line.len() < 5 << 20 {
        line.extend_from_slice("FR-001 `src/a.rs` [x] **あ** T001-T999 ".as_bytes());
        line.extend_from_slice(
            "words that mean nothing and go on and on "
                .repeat(25)
                .as_bytes(),
        );
    }
    let mut server = beside("specs/002-bad/spec.md", &line);
    // Opened and edited it stays harmless.
    server.open_from_disk("specs/002-bad/spec.md");
    let top = json!({"line": 0, "character": 0});
    let change = json!([{"range": {"start": top, "end": top}, "text": "\n"}]);
    server.change("specs/002-bad/spec.md", 2, &change);
    still_answers(&mut server);
}

#[test]
fn deep_nesting_stops_nothing() {
    let nested = format!("{}- **FR-002**: deep\n", "> ".repeat(20_000));
    beside("specs/002-bad/spec.md", nested.as_bytes());
    let lists: Vec<String> = (0..2_000)
        .map(|depth| format!("{}- a\n", "  ".repeat(depth)))
        .collect();
    beside("specs/002-bad/tasks.md", lists.concat().as_bytes());
}
