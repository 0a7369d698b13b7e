//! Several folders, several projects.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    DefinitionRequest, DidChangeWatchedFilesNotification, DidChangeWorkspaceFoldersNotification,
    HoverRequest, WorkspaceSymbolRequest,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const ALPHA: &str = "- **FR-001**: System MUST speak of alpha.\n";
const BETA: &str = "- **FR-001**: System MUST speak of beta.\n";
const TASKS: &str = "- [ ] T001 Do it in `src/a.py` (FR-001)\n";
const FILES: &[(&str, &str)] = &[
    ("alpha/specs/001-a/spec.md", ALPHA),
    ("alpha/specs/001-a/tasks.md", TASKS),
    ("beta/.specify/memory/constitution.md", "# Constitution\n"),
    ("beta/specs/001-b/spec.md", BETA),
    ("beta/specs/001-b/tasks.md", TASKS),
];

fn start(folders: &[&str]) -> TestServer {
    let setup = Setup {
        files: FILES,
        folders,
        capabilities: able(),
        ..Setup::default()
    };
    ready(setup.start())
}

fn hovered(server: &mut TestServer, path: &str) -> Option<String> {
    let place = server.place(path, "(FR-|001)");
    let hover = server.ask::<HoverRequest>(place)?;
    Some(serde_json::to_string(&hover).unwrap())
}

fn found(server: &mut TestServer) -> Vec<Value> {
    let found = server.ask::<WorkspaceSymbolRequest>(json!({"query": "FR-001"}));
    let found = serde_json::to_value(found).unwrap();
    // Tasks whose text speaks of the id are found as well.
    let own = |it: &&Value| it["name"].as_str().unwrap().starts_with("FR-001");
    let uris = found.as_array().into_iter().flatten().filter(own);
    let mut uris: Vec<Value> = uris.map(|it| it["location"]["uri"].clone()).collect();
    uris.sort_by_key(ToString::to_string);
    uris
}

#[test]
fn each_folder_has_its_own_ids() {
    let mut server = start(&["alpha", "beta"]);
    for (folder, word, feature) in [("alpha", "alpha", "001-a"), ("beta", "beta", "001-b")] {
        let tasks = format!("{folder}/specs/{feature}/tasks.md");
        let text = hovered(&mut server, &tasks).unwrap();
        assert!(text.contains(&format!("speak of {word}")), "{text}");
        let place = server.place(&tasks, "(FR-|001)");
        let links = server.ask::<DefinitionRequest>(place).unwrap();
        let links = serde_json::to_value(links).unwrap();
        let spec = server.uri(&format!("{folder}/specs/{feature}/spec.md"));
        assert_eq!(links[0]["targetUri"], json!(spec));
        assert_eq!(links.as_array().unwrap().len(), 1);
    }
    let both = [
        server.uri("alpha/specs/001-a/spec.md"),
        server.uri("beta/specs/001-b/spec.md"),
    ];
    assert_eq!(found(&mut server), both.map(Value::from));
}

#[test]
fn folders_come_and_go() {
    let mut server = start(&["alpha"]);
    let uri = |server: &TestServer, name| format!("file://{}", server.path(name).display());
    let (alpha, beta) = (uri(&server, "alpha"), uri(&server, "beta"));
    let specs = [
        server.uri("alpha/specs/001-a/spec.md"),
        server.uri("beta/specs/001-b/spec.md"),
    ];
    assert_eq!(found(&mut server), [json!(specs[0])]);
    // An open document outlives the change.
    server.open(
        "alpha/specs/001-a/spec.md",
        "- **FR-001**: System MUST speak of something else.\n",
    );
    server.notify::<DidChangeWorkspaceFoldersNotification>(json!({"event": {
        "added": [{"uri": beta, "name": "beta"}], "removed": []}}));
    assert_eq!(found(&mut server).len(), 2);
    let text = hovered(&mut server, "alpha/specs/001-a/tasks.md").unwrap();
    assert!(text.contains("something else"), "{text}");
    server.notify::<DidChangeWorkspaceFoldersNotification>(json!({"event": {
        "added": [], "removed": [{"uri": alpha, "name": "alpha"}]}}));
    assert_eq!(found(&mut server), [json!(specs[1])]);
    assert_eq!(hovered(&mut server, "alpha/specs/001-a/tasks.md"), None);
}

#[test]
fn without_a_folder_nothing_is_ours() {
    let workspace = tempfile::tempdir().unwrap();
    std::fs::create_dir(workspace.path().join("empty")).unwrap();
    let setup = Setup {
        folders: &["empty"],
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = ready(setup.start_in(workspace));
    assert!(found(&mut server).is_empty());
    server.open("other/specs/001-a/spec.md", ALPHA);
    let uri = server.uri("other/specs/001-a/spec.md");
    let place = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 5}});
    assert_eq!(server.ask::<HoverRequest>(place), None);
}

#[test]
fn a_document_opened_alone_finds_its_project() {
    let setup = Setup {
        files: FILES,
        alone: true,
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    // In no project and no repository there is nothing to read.
    server.open("alpha/specs/001-a/tasks.md", TASKS);
    assert_eq!(hovered(&mut server, "alpha/specs/001-a/tasks.md"), None);
    server.open("beta/specs/001-b/tasks.md", TASKS);
    let text = hovered(&mut server, "beta/specs/001-b/tasks.md").unwrap();
    assert!(text.contains("speak of beta"), "{text}");
    assert_eq!(
        found(&mut server),
        [json!(server.uri("beta/specs/001-b/spec.md"))]
    );
    // A folder that the client names takes the place of what was guessed.
    let (uri, name) = (server.uri("alpha"), "alpha");
    server.notify::<DidChangeWorkspaceFoldersNotification>(json!({
        "event": {"added": [{"uri": uri, "name": name}], "removed": []}}));
    assert_eq!(
        found(&mut server),
        [json!(server.uri("alpha/specs/001-a/spec.md"))]
    );
}

#[test]
fn a_workspace_file_brings_other_repositories_in_and_lets_them_go() {
    const NAMES: &str = "spec-workspace.toml";
    let hub = "[[repository]]\npath = \"../beta\"\n";
    let setup = Setup {
        files: &[
            FILES[2],
            FILES[3],
            FILES[4],
            ("beta/src/a.py", "# FR-001\ndef a():\n    pass\n"),
            (
                "hub/spec-workspace.toml",
                "[[repository]]\npath = \"../beta\"\n",
            ),
            (
                "hub/src/b.py",
                "# beta/specs/001-b FR-001\ndef b():\n    pass\n",
            ),
        ],
        folders: &["hub"],
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let spec = json!([server.uri("beta/specs/001-b/spec.md")]);
    assert_eq!(json!(found(&mut server)), spec);
    let place = server.place("hub/src/b.py", "FR-|001");
    let links = server.eventually(|server| server.ask::<DefinitionRequest>(place.clone()));
    let links = serde_json::to_value(links).unwrap();
    assert_eq!(links[0]["targetUri"], spec[0]);

    let file = server.path("hub").join(NAMES);
    for (text, left) in [("", json!([])), (hub, spec)] {
        std::fs::write(&file, text).unwrap();
        let uri = server.uri("hub/spec-workspace.toml");
        server.notify::<DidChangeWatchedFilesNotification>(
            json!({"changes": [{"uri": uri, "type": 2}]}),
        );
        server.eventually(|server| (json!(found(server)) == left).then_some(()));
    }
}
