//! Every client has its own way of writing a path; it is answered in it. What stands here was written by the clients
//! themselves, or by the library they write with, for one directory.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    DefinitionRequest, DidOpenTextDocumentNotification, DocumentSymbolRequest,
    PublishDiagnosticsNotification, RenameRequest, WorkspaceSymbolRequest,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const FEATURE: &str = "specs/001-a (b) + c#d?e 指é[x]{y}!$&',;=@:^|~`<z>";
const SPEC: &str = "- **FR-001**: System MUST be named.\n";
const TASKS: &str = "- [ ] T001 Name it (FR-001, FR-009)\n";

/// A client's name, if it says one, and how it writes [`FEATURE`].
const CLIENTS: &[(Option<&str>, &str)] = &[
    (
        Some("Visual Studio Code"),
        "specs/001-a%20%28b%29%20%2B%20c%23d%3Fe%20%E6%8C%87%C3%A9%5Bx%5D%7By%7D%21%24%26%27%2C%3B%3D%40%3A%5E%7C~%60%3Cz%3E",
    ),
    (
        Some("Neovim"),
        "specs/001-a%20(b)%20+%20c%23d%3fe%20%e6%8c%87%c3%a9%5bx%5d%7by%7d!$&',;=@:%5e%7c~%60%3cz%3e",
    ),
    (
        Some("helix"),
        "specs/001-a%20(b)%20+%20c%23d%3Fe%20%E6%8C%87%C3%A9%5Bx%5D%7By%7D!$&',;=@:%5E%7C~%60%3Cz%3E",
    ),
    (
        Some("Eglot"),
        "specs/001-a%20(b)%20+%20c%23d%3Fe%20%E6%8C%87%C3%A9%5Bx%5D%7By%7D!$&',;=@%3A%5E%7C~%60%3Cz%3E",
    ),
    // ALE, then programs that run in Node, then libraries that write URLs as browsers do.
    (
        None,
        "specs/001-a%20(b)%20%2b%20c%23d%3fe%20%e6%8c%87%c3%a9%5bx%5d%7by%7d!$%26',%3b%3d%40%3a%5e%7c%7e%60%3cz%3e",
    ),
    (
        None,
        "specs/001-a%20(b)%20+%20c%23d%3Fe%20%E6%8C%87%C3%A9%5Bx%5D%7By%7D!$&',;=@:%5E%7C%7E%60%3Cz%3E",
    ),
    (
        None,
        "specs/001-a%20(b)%20+%20c%23d%3Fe%20%E6%8C%87%C3%A9[x]%7By%7D!$&',;=@:^|~%60%3Cz%3E",
    ),
    (
        Some("IntelliJ IDEA 2026.2"),
        "specs/001-a%20(b)%20+%20c%23d%3Fe%20%E6%8C%87%C3%A9%5Bx%5D%7By%7D!$&',;=@:%5E%7C~%60%3Cz%3E",
    ),
];

fn start(name: Option<&str>, capabilities: Value) -> TestServer {
    let setup = Setup {
        files: &[
            (&format!("{FEATURE}/spec.md"), SPEC),
            (&format!("{FEATURE}/tasks.md"), TASKS),
        ],
        client: name,
        capabilities,
        ..Setup::default()
    };
    setup.start()
}

/// A file of the feature, written this way.
fn written(server: &TestServer, feature: &str, file: &str) -> String {
    format!("{}{feature}/{file}", server.uri(""))
}

fn open(server: &mut TestServer, uri: &str, text: &str) {
    server.notify::<DidOpenTextDocumentNotification>(json!({"textDocument": {
        "uri": uri, "languageId": "markdown", "version": 1, "text": text}}));
}

/// The first mention in the task list.
fn mention(tasks: &str) -> Value {
    let character = TASKS.find("FR-001").unwrap() + 1;
    json!({"textDocument": {"uri": tasks}, "position": {"line": 0, "character": character}})
}

#[test]
fn files_that_were_never_opened_are_called_as_the_client_would() {
    for (name, feature) in CLIENTS {
        let mut server = ready(start(*name, able()));
        let spec = written(&server, feature, "spec.md");
        let tasks = written(&server, feature, "tasks.md");
        open(&mut server, &tasks, TASKS);
        let found = server.ask::<DefinitionRequest>(mention(&tasks));
        let found = serde_json::to_value(found).unwrap();
        assert_eq!(found[0]["targetUri"], json!(spec), "{name:?}");
        let mut rename = mention(&tasks);
        rename["newName"] = json!("FR-050");
        let edit = server.eventually(|server| {
            let id = server.request::<RenameRequest>(rename.clone());
            server.answer(id).ok()
        });
        let mut keys: Vec<&Value> = edit["documentChanges"]
            .as_array()
            .unwrap()
            .iter()
            .map(|change| &change["textDocument"]["uri"])
            .collect();
        keys.sort_by_key(|key| key.as_str());
        assert_eq!(keys, [&json!(spec), &json!(tasks)], "{name:?}");
    }
}

#[test]
fn a_client_known_by_name_is_answered_so_from_the_start() {
    for (name, feature) in &CLIENTS[..4] {
        let mut server = ready(start(*name, able()));
        let spec = written(&server, feature, "spec.md");
        let found = server.ask::<WorkspaceSymbolRequest>(json!({"query": "FR-001"}));
        let found = serde_json::to_value(found).unwrap();
        let places: Vec<&Value> = found
            .as_array()
            .unwrap()
            .iter()
            .map(|symbol| &symbol["location"]["uri"])
            .collect();
        assert!(places.contains(&&json!(spec)), "{name:?}: {places:?}");
    }
}

#[test]
fn findings_are_told_under_the_name_the_client_uses() {
    for (name, feature) in CLIENTS {
        let mut server = start(*name, json!({}));
        let tasks = written(&server, feature, "tasks.md");
        open(&mut server, &tasks, TASKS);
        let told = server.notification_where::<PublishDiagnosticsNotification>(|params| {
            params["uri"] == json!(tasks) && params["diagnostics"][0]["code"] == "unknown-reference"
        });
        assert_eq!(told.version, Some(1));
        ready(server);
    }
}

#[test]
fn all_spellings_are_one_document() {
    for (name, feature) in CLIENTS {
        let mut server = ready(start(*name, able()));
        let own = written(&server, feature, "spec.md");
        open(&mut server, &own, "- **FR-002**: System MUST be typed.\n");
        for (_, feature) in CLIENTS {
            let other = written(&server, feature, "spec.md");
            // The host of this machine may be named.
            for uri in [other.replacen("file:///", "file://localhost/", 1), other] {
                let asked = json!({"textDocument": {"uri": uri}});
                let outline = server.ask::<DocumentSymbolRequest>(asked);
                let outline = serde_json::to_string(&outline).unwrap();
                assert!(outline.contains("FR-002"), "{uri}: {outline}");
            }
        }
    }
}
