//! Files that are made, changed, moved and deleted beside the editor.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    DefinitionRequest, DidChangeWatchedFilesNotification, DidCloseTextDocumentNotification,
    DidRenameFilesNotification, DidSaveTextDocumentNotification, HoverRequest, RegistrationRequest,
    WorkspaceSymbolRequest,
};

use crate::parcels::{SPEC, TASKS, able, ready, start_with};
use crate::real::{Setup, TestServer, git, write};

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

fn start() -> TestServer {
    let setup = Setup {
        files: FILES,
        capabilities: able(),
        ..Setup::default()
    };
    ready(setup.start())
}

/// What hovering over the second mention says, as soon as it says `wanted`.
fn becomes(server: &mut TestServer, wanted: &str) {
    let place = server.place("specs/001-a/tasks.md", "FR-|002");
    server.eventually(|server| {
        let hover = server.ask::<HoverRequest>(place.clone());
        let text = serde_json::to_string(&hover).unwrap();
        text.contains(wanted).then_some(())
    });
}

fn changed(server: &mut TestServer, changes: &[(&str, u32)]) {
    let list = changes.iter();
    let list: Vec<Value> = list
        .map(|(path, kind)| json!({"uri": server.uri(path), "type": kind}))
        .collect();
    server.notify::<DidChangeWatchedFilesNotification>(json!({"changes": list}));
}

#[test]
fn a_document_changed_on_disk_is_read_again() {
    let mut server = start();
    becomes(&mut server, "Not defined");
    let path = server.path("specs/001-a/spec.md");
    write(
        &path,
        b"- **FR-001**: one\n- **FR-002**: System MUST be second.\n",
    );
    changed(&mut server, &[("specs/001-a/spec.md", 2)]);
    becomes(&mut server, "MUST be second");
}

#[test]
fn documents_come_and_go() {
    let mut server = start();
    let spec = "specs/001-a/spec.md";
    let place = server.place("specs/001-a/tasks.md", "FR-|001");
    server.eventually(|server| server.ask::<HoverRequest>(place.clone()));
    std::fs::remove_file(server.path(spec)).unwrap();
    changed(&mut server, &[(spec, 3)]);
    server.eventually(|server| {
        let hover = server.ask::<HoverRequest>(place.clone());
        hover.is_none().then_some(())
    });
    write(&server.path(spec), b"- **FR-002**: System MUST be back.\n");
    changed(&mut server, &[(spec, 1)]);
    becomes(&mut server, "MUST be back");
}

#[test]
fn a_directory_that_was_moved_is_understood() {
    let mut server = start();
    let from = server.path("specs/001-a");
    write(&from.join("spec.md"), b"- **FR-002**: System MUST move.\n");
    std::fs::rename(&from, server.path("specs/002-b")).unwrap();
    let (old, new) = (server.uri("specs/001-a"), server.uri("specs/002-b"));
    server.notify::<DidRenameFilesNotification>(json!({"files": [{"oldUri": old, "newUri": new}]}));
    let place = server.place("specs/002-b/tasks.md", "FR-|002");
    server.eventually(|server| {
        let hover = server.ask::<HoverRequest>(place.clone())?;
        let text = serde_json::to_string(&hover).unwrap();
        (text.contains("MUST move") && text.contains("002-b")).then_some(())
    });
}

#[test]
fn an_open_document_wins_over_the_disk() {
    let mut server = start();
    server.open(
        "specs/001-a/spec.md",
        "- **FR-002**: System MUST be typed.\n",
    );
    becomes(&mut server, "MUST be typed");
    let path = server.path("specs/001-a/spec.md");
    write(&path, b"- **FR-002**: System MUST be written.\n");
    // The other file tells when the disk was looked at.
    let tasks = server.path("specs/001-a/tasks.md");
    write(
        &tasks,
        b"- [ ] T001 Do it (FR-001, FR-002)\n- [ ] T002 More (FR-001)\n",
    );
    changed(
        &mut server,
        &[("specs/001-a/spec.md", 2), ("specs/001-a/tasks.md", 2)],
    );
    let place = server.place("specs/001-a/tasks.md", "T00|2");
    server.eventually(|server| server.ask::<HoverRequest>(place.clone()));
    becomes(&mut server, "MUST be typed");
}

#[test]
fn another_active_feature_is_noticed() {
    let setup = Setup {
        sample: Some("parcels"),
        capabilities: json!({}),
        commit: true,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let old = "specs/001-parcel-intake/spec.md";
    let path = ".specify/feature.json";
    write(
        &server.path(path),
        b"{\"feature_directory\": \"specs/001-parcel-intake\"}",
    );
    changed(&mut server, &[(path, 2)]);
    server.pushed(old, &["duplicate-id"]);
}

#[test]
fn another_branch_is_walked_again() {
    let setup = Setup {
        sample: Some("parcels"),
        capabilities: json!({}),
        commit: true,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    server.pushed(SPEC, &["missing-section", "story-without-task"]);
    let root = server.path("");
    git(&root, &["checkout", "-q", "-b", "other"]);
    git(&root, &["rm", "-q", "-r", "specs/002-delivery-notices"]);
    git(&root, &["commit", "-q", "-m", "gone"]);
    changed(&mut server, &[(".git/HEAD", 2)]);
    server.pushed(SPEC, &[]);
    server.pushed(TASKS, &[]);
}

#[test]
fn a_commit_on_the_same_branch_is_noticed() {
    let setup = Setup {
        files: &[
            FILES[0],
            (
                "specs/001-a/tasks.md",
                "- [ ] T001 Do it in `src/old.py` (FR-001)\n",
            ),
        ],
        capabilities: able(),
        commit: true,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let place = server.place("specs/001-a/tasks.md", "src/o|ld.py");
    let says = |server: &mut TestServer, words: &str| {
        server.eventually(|server| {
            let hover = server.ask::<HoverRequest>(place.clone());
            let text = serde_json::to_string(&hover).unwrap();
            text.contains(words).then_some(())
        });
    };
    says(&mut server, "Does not exist yet");
    let root = server.path("");
    write(&server.path("src/old.py"), b"def run():\n    pass\n");
    git(&root, &["add", "-A"]);
    git(&root, &["commit", "-q", "-m", "made"]);
    git(&root, &["rm", "-q", "src/old.py"]);
    git(&root, &["commit", "-q", "-m", "gone"]);
    changed(&mut server, &[(".git/logs/HEAD", 2)]);
    says(&mut server, "Deleted");
}

#[test]
fn a_saved_source_file_is_read_again() {
    let mut server = start();
    let source = "src/a.py";
    write(
        &server.path(source),
        b"# Feature: 001-a, see FR-001\ndef run():\n    pass\n",
    );
    let uri = server.uri(source);
    server.notify::<DidSaveTextDocumentNotification>(json!({"textDocument": {"uri": uri}}));
    let place = server.place(source, "see FR|-001");
    server.eventually(|server| server.ask::<HoverRequest>(place.clone()));
}

#[test]
fn a_client_that_watches_is_asked_for_few_things() {
    let mut capabilities = able();
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": true});
    let mut server = start_with(capabilities);
    let (question, params) = server.asked::<RegistrationRequest>();
    server.reply(&question, &json!(null));
    let globs = serde_json::to_string(&params).unwrap();
    assert!(
        globs.contains("**/specs/**/*") && globs.contains("**/.git/HEAD"),
        "{globs}"
    );
    assert!(!globs.contains("\"**/*\""), "{globs}");
}

#[test]
fn a_repository_outside_of_the_opened_folder_is_watched_where_it_lies() {
    let mut capabilities = able();
    capabilities["workspace"]["didChangeWatchedFiles"] =
        json!({"dynamicRegistration": true, "relativePatternSupport": true});
    let setup = Setup {
        files: &[
            (
                "hub/spec-workspace.toml",
                "[[repository]]\npath = \"../api\"\n",
            ),
            ("api/.specify/memory/constitution.md", "# Constitution\n"),
            ("api/specs/001-a/spec.md", FILES[0].1),
            ("api/specs/001-a/tasks.md", FILES[1].1),
        ],
        folders: &["hub"],
        capabilities,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let mut watched = Vec::new();
    while !watched.contains(&format!("file://{}", server.path("api").display())) {
        let (question, params) = server.asked::<RegistrationRequest>();
        server.reply(&question, &json!(null));
        let params = serde_json::to_value(params).unwrap();
        for registration in params["registrations"].as_array().unwrap() {
            let watchers = &registration["registerOptions"]["watchers"];
            for watcher in watchers.as_array().into_iter().flatten() {
                let pattern = &watcher["globPattern"];
                if pattern["pattern"] == "**/specs/**/*" {
                    watched.push(pattern["baseUri"].as_str().unwrap().to_owned());
                }
            }
        }
    }
    assert_eq!(
        watched.len(),
        1,
        "the hub is watched as it was: {watched:?}"
    );
    let place = server.place("api/specs/001-a/tasks.md", "FR-|002");
    let says = |server: &mut TestServer, words: &str| {
        server.eventually(|server| {
            let hover = server.ask::<HoverRequest>(place.clone());
            let text = serde_json::to_string(&hover).unwrap();
            text.contains(words).then_some(())
        });
    };
    says(&mut server, "Not defined");
    let spec = "api/specs/001-a/spec.md";
    write(&server.path(spec), b"- **FR-002**: System MUST be far.\n");
    changed(&mut server, &[(spec, 2)]);
    says(&mut server, "MUST be far");
}

#[test]
fn a_name_that_changes_only_its_case_is_followed_in_either_order() {
    // Created, deleted.
    for kinds in [[1, 3], [3, 1]] {
        let mut server = start();
        let (old, new) = ("specs/001-a", "specs/001-A");
        server.open_from_disk(&format!("{old}/spec.md"));
        let place = server.place(&format!("{old}/tasks.md"), "FR-|001");
        server.eventually(|server| server.ask::<HoverRequest>(place.clone()));
        std::fs::rename(server.path(old), server.path(new)).unwrap();
        let uri = server.uri(&format!("{old}/spec.md"));
        server.notify::<DidCloseTextDocumentNotification>(json!({"textDocument": {"uri": uri}}));
        let (spec, tasks) = ("spec.md", "tasks.md");
        let paths = kinds.map(|kind| (if kind == 1 { new } else { old }, kind));
        for (directory, kind) in paths {
            for file in [spec, tasks] {
                changed(&mut server, &[(&format!("{directory}/{file}"), kind)]);
            }
        }
        let place = server.place(&format!("{new}/tasks.md"), "FR-|001");
        let target = server.uri(&format!("{new}/spec.md"));
        server.eventually(|server| {
            let found = server.ask::<DefinitionRequest>(place.clone())?;
            let found = serde_json::to_string(&found).unwrap();
            assert!(!found.contains("001-a"), "{found}");
            found.contains(&target).then_some(())
        });
        let found = server.ask::<WorkspaceSymbolRequest>(json!({"query": "FR-001"}));
        let found = serde_json::to_string(&found).unwrap();
        assert!(!found.contains("001-a"), "{found}");
    }
}
