//! More than one server, and more news than anybody needs.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{DidChangeWatchedFilesNotification, HoverRequest};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer, write};

const FILES: &[(&str, &str)] = &[
    (
        "specs/001-a/spec.md",
        "- **FR-001**: System MUST be first.\n",
    ),
    (
        "specs/001-a/tasks.md",
        "- [ ] T001 Do it (FR-001, FR-002)\n",
    ),
];
const SECOND: &[u8] = b"- **FR-001**: one\n- **FR-002**: System MUST be second.\n";

fn start(folders: &[&str]) -> TestServer {
    let setup = Setup {
        files: FILES,
        folders,
        capabilities: able(),
        ..Setup::default()
    };
    ready(setup.start())
}

/// Waits until hovering says `wanted`.
fn becomes(server: &mut TestServer, place: &Value, wanted: &str) {
    server.eventually(|server| {
        let hover = server.ask::<HoverRequest>(place.clone());
        let text = serde_json::to_string(&hover).unwrap();
        text.contains(wanted).then_some(())
    });
}

#[test]
fn two_servers_of_one_workspace_say_the_same() {
    let mut first = start(&[]);
    let here = first.path("").display().to_string();
    let mut second = start(&[&here]);
    let place = first.place("specs/001-a/tasks.md", "FR-|002");
    for server in [&mut first, &mut second] {
        becomes(server, &place, "Not defined");
    }
    let spec = first.uri("specs/001-a/spec.md");
    write(&first.path("specs/001-a/spec.md"), SECOND);
    for server in [&mut first, &mut second] {
        let change = json!({"uri": spec, "type": 2});
        server.notify::<DidChangeWatchedFilesNotification>(json!({"changes": [change]}));
        becomes(server, &place, "MUST be second");
    }
}

#[test]
fn a_hundred_thousand_changes_at_once_are_taken_in() {
    let mut server = start(&[]);
    let place = server.place("specs/001-a/tasks.md", "FR-|002");
    becomes(&mut server, &place, "Not defined");
    write(&server.path("specs/001-a/spec.md"), SECOND);
    let passing = (0..100_000).map(|number| format!("out/{}/{number}.py", number % 100));
    let paths = passing.chain(["specs/001-a/spec.md".to_owned()]);
    let changes: Vec<Value> = paths
        .map(|path| json!({"uri": server.uri(&path), "type": 2}))
        .collect();
    server.notify::<DidChangeWatchedFilesNotification>(json!({"changes": changes}));
    becomes(&mut server, &place, "MUST be second");
}
