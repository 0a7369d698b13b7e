//! Files that the editor renames: documents follow, in the versions the editor holds.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    DefinitionRequest, DidDeleteFilesNotification, DidRenameFilesNotification, DocumentChange,
    DocumentLinkRequest, Edit, TextEdit, WillRenameFilesRequest, WorkspaceEdit,
};

use crate::code_actions::applied;
use crate::parcels::{COMPOSE, TASKS, able, ready, start, start_with};
use crate::real::{Setup, TestServer, covered};

fn asked(server: &mut TestServer, pairs: &[(&str, &str)]) -> Option<WorkspaceEdit> {
    let files: Vec<Value> = pairs
        .iter()
        .map(|(from, to)| json!({"oldUri": server.uri(from), "newUri": server.uri(to)}))
        .collect();
    server.ask::<WillRenameFilesRequest>(json!({"files": files}))
}

/// Edits by document, with the version they are for.
fn edits(edit: WorkspaceEdit) -> BTreeMap<String, (Option<i32>, Vec<TextEdit>)> {
    let changes = edit.document_changes.expect("versioned changes");
    let of = |change: DocumentChange| {
        let DocumentChange::TextDocumentEdit(change) = change else {
            panic!("not a text edit");
        };
        let plain = |edit: Edit| match edit {
            Edit::TextEdit(edit) => edit,
            other => panic!("{other:?}"),
        };
        let document = change.text_document;
        let uri = document.text_document_identifier.uri.as_ref().to_owned();
        (
            uri,
            (
                document.version,
                change.edits.into_iter().map(plain).collect(),
            ),
        )
    };
    changes.into_iter().map(of).collect()
}

#[test]
fn it_is_asked_about_files_and_folders_and_not_before_they_are_deleted() {
    let server = start();
    let offered = serde_json::to_value(&server.initialized.capabilities).unwrap();
    let operations = &offered["workspace"]["fileOperations"];
    for operation in ["willRename", "didRename", "didDelete", "didCreate"] {
        let filters = operations[operation]["filters"].as_array().unwrap();
        let kinds: Vec<&Value> = filters.iter().map(|it| &it["pattern"]["matches"]).collect();
        assert_eq!(kinds, ["file", "folder"], "{operation}");
    }
    assert_eq!(operations.get("willDelete"), None);
}

#[test]
fn a_renamed_file_is_called_so_in_every_document() {
    let mut server = start();
    let renamed = "services/notifier/src/notice_text.ts";
    let edit = asked(&mut server, &[(COMPOSE, renamed)]).unwrap();
    let files = edits(edit);
    for (uri, (version, edits)) in &files {
        assert_eq!(*version, None);
        for edit in edits {
            assert_eq!(covered(uri, edit.range), COMPOSE);
            assert_eq!(edit.new_text, renamed);
        }
    }
    let (_, in_tasks) = &files[&server.uri(TASKS)];
    let text = std::fs::read_to_string(server.path(TASKS)).unwrap();
    assert_eq!(in_tasks.len(), text.matches(COMPOSE).count());
    assert_eq!(
        applied(&text, in_tasks),
        text.replace(COMPOSE, renamed),
        "and nothing else"
    );
}

#[test]
fn a_buffer_that_is_not_saved_is_what_is_edited_and_then_understood() {
    let mut server = start();
    let text = server.open_from_disk(TASKS);
    let typed = format!("🎉 See `{COMPOSE}:3` and `./{COMPOSE}`.\n\n{text}");
    server.change(TASKS, 2, &json!([{"text": typed}]));
    let renamed = "services/notifier/lib/compose.ts";
    let files = edits(asked(&mut server, &[(COMPOSE, renamed)]).unwrap());
    let (version, edits) = &files[&server.uri(TASKS)];
    assert_eq!(*version, Some(2));
    let after = applied(&typed, edits);
    assert_eq!(after, typed.replace(COMPOSE, renamed));
    // What the editor does then, in its order.
    server.change(TASKS, 3, &json!([{"text": after}]));
    let (old, new) = (server.path(COMPOSE), server.path(renamed));
    std::fs::create_dir_all(new.parent().unwrap()).unwrap();
    std::fs::rename(old, new).unwrap();
    let pair = json!({"oldUri": server.uri(COMPOSE), "newUri": server.uri(renamed)});
    server.notify::<DidRenameFilesNotification>(json!({"files": [pair]}));
    // At once: nobody waits for the disk to be quiet.
    let document = json!({"textDocument": {"uri": server.uri(TASKS)}});
    let links = server.ask::<DocumentLinkRequest>(document).unwrap();
    let uri = server.uri(renamed);
    let to_it = |target: &str| target == uri || target.starts_with(&format!("{uri}#"));
    let found = links.iter().filter(|link| {
        let target = link.target.as_ref();
        target.is_some_and(|target| to_it(target.as_ref()))
    });
    assert_eq!(found.count(), after.matches(renamed).count());
    // Back, byte for byte.
    let files = self::edits(asked(&mut server, &[(renamed, COMPOSE)]).unwrap());
    let (version, edits) = &files[&server.uri(TASKS)];
    assert_eq!(*version, Some(3));
    assert_eq!(applied(&after, edits), typed);
}

#[test]
fn a_folder_takes_its_paths_with_it() {
    let setup = Setup {
        sample: Some("parcels"),
        capabilities: able(),
        commit: true,
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let pairs = &[("services/notifier", "services/messenger")];
    // That a file never was there, git says.
    let planned = "services/messenger/src/mail_gateway.ts";
    let files = server.eventually(|server| {
        let files = edits(asked(server, pairs)?);
        let (_, edits) = files.get(&server.uri(TASKS))?;
        let all = edits.iter().any(|edit| edit.new_text == planned);
        all.then_some(files)
    });
    let (_, edits) = &files[&server.uri(TASKS)];
    let text = std::fs::read_to_string(server.path(TASKS)).unwrap();
    let after = applied(&text, edits);
    assert_eq!(
        after,
        text.replace("services/notifier/", "services/messenger/")
    );
}

#[test]
fn a_feature_that_is_renamed_stays_the_one_that_is_worked_on() {
    let mut server = start();
    let pairs = &[("specs/002-delivery-notices", "specs/002-notices")];
    let files = edits(asked(&mut server, pairs).unwrap());
    let json = ".specify/feature.json";
    let (_, edits) = &files[&server.uri(json)];
    let text = std::fs::read_to_string(server.path(json)).unwrap();
    let after = applied(&text, edits);
    assert_eq!(after, text.replace("002-delivery-notices", "002-notices"));
    let (_, edits) = &files[&server.uri(TASKS)];
    let text = std::fs::read_to_string(server.path(TASKS)).unwrap();
    let after = applied(&text, edits);
    assert!(after.contains("from `/specs/002-notices/`"), "{after}");
}

#[test]
fn folders_of_a_workspace_know_each_other() {
    let setup = Setup {
        files: &[
            ("web/specs/001-a/spec.md", "# Feature Specification: A\n"),
            (
                "web/specs/001-a/tasks.md",
                "- [x] T001 Do `api/src/serve.ts` and `src/a.ts`\n",
            ),
            ("web/src/a.ts", "export {};\n"),
            ("api/src/serve.ts", "export {};\n"),
        ],
        folders: &["web", "api"],
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    let tasks = "web/specs/001-a/tasks.md";
    for (pair, expected) in [
        (
            ("api/src/serve.ts", "api/src/server.ts"),
            "- [x] T001 Do `api/src/server.ts` and `src/a.ts`\n",
        ),
        (
            ("web/src/a.ts", "api/src/a.ts"),
            "- [x] T001 Do `api/src/serve.ts` and `api/src/a.ts`\n",
        ),
    ] {
        let files = edits(asked(&mut server, &[pair]).unwrap());
        let text = std::fs::read_to_string(server.path(tasks)).unwrap();
        assert_eq!(applied(&text, &files[&server.uri(tasks)].1), expected);
    }
}

#[test]
fn what_nobody_names_changes_nothing() {
    let mut server = start();
    for pair in [
        ("services/notifier/src/nothing.ts", "services/a.ts"),
        (".gitignore", ".ignore"),
        ("../elsewhere/a.ts", "../elsewhere/b.ts"),
        (COMPOSE, COMPOSE),
    ] {
        assert_eq!(asked(&mut server, &[pair]), None, "{pair:?}");
    }
    let other = json!({"files": [{"oldUri": "untitled:a.ts", "newUri": "untitled:b.ts"}]});
    assert_eq!(server.ask::<WillRenameFilesRequest>(other), None);
}

#[test]
fn a_client_that_checks_no_versions_gets_plain_changes() {
    let mut client = able();
    client["workspace"]["workspaceEdit"] = json!({});
    let mut server = start_with(client);
    let edit = asked(&mut server, &[(COMPOSE, "services/notifier/src/text.ts")]).unwrap();
    assert_eq!(edit.document_changes, None);
    let changes = edit.changes.unwrap();
    assert!(changes.keys().any(|uri| uri.as_ref().ends_with(TASKS)));
}

#[test]
fn a_file_that_was_deleted_is_gone_at_once() {
    let mut server = start();
    let place = server.place(
        TASKS,
        "`composeNotice` in `services/notifier/src/com|pose.ts`",
    );
    assert!(server.ask::<DefinitionRequest>(place.clone()).is_some());
    std::fs::remove_file(server.path(COMPOSE)).unwrap();
    let uri = server.uri(COMPOSE);
    server.notify::<DidDeleteFilesNotification>(json!({"files": [{"uri": uri}]}));
    assert_eq!(server.ask::<DefinitionRequest>(place), None);
}
