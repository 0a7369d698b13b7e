//! Several repositories as one workspace, by `spec-workspace.toml`.

use std::path::Path;

use crate::sandbox::{Ran, Sandbox, run_in};

const SHOP: &str = "// Ends the session: api/specs/003-auth FR-008\nexport function leave() {}\n";

/// A hub with nothing but its workspace file, the service `api` with a spec, its client `web`.
fn three() -> Sandbox {
    let sandbox = Sandbox::new();
    for name in ["hub", "api", "web"] {
        std::fs::create_dir_all(sandbox.path().join(name)).unwrap();
        let ran = std::process::Command::new("git")
            .args(["init", "-q", "-b", "main"])
            .current_dir(sandbox.path().join(name))
            .status()
            .unwrap();
        assert!(ran.success());
    }
    sandbox.write(
        "hub/spec-workspace.toml",
        "[[repository]]\npath = \"../api\"\n\n[[repository]]\npath = \"../web\"\n",
    );
    sandbox.write("api/.specify/memory/constitution.md", "# Constitution\n");
    sandbox.write(
        "api/specs/003-auth/spec.md",
        "# Feature Specification: Auth\n\n### User Story 1 - Leave (Priority: P1)\n\n\
         1. **Given** a session, **When** its member leaves, **Then** it ends.\n\n\
         ## Requirements\n\n- **FR-008**: Sessions MUST end.\n",
    );
    sandbox.write(
        "api/specs/003-auth/tasks.md",
        "# Tasks: Auth\n\n## Phase 1: User Story 1 - Leave (Priority: P1)\n\n\
         - [x] T001 [US1] End sessions in src/session.ts (FR-008)\n\
         - [x] T002 [US1] Call it in web/src/shop.ts\n",
    );
    sandbox.write("api/src/session.ts", "export function end() {}\n");
    sandbox.write("web/src/shop.ts", SHOP);
    sandbox
}

fn in_hub(sandbox: &Sandbox, arguments: &[&str]) -> Ran {
    run_in(&sandbox.path().join("hub"), arguments)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_requirement_knows_the_code_of_other_repositories() {
    let sandbox = three();
    let ran = in_hub(&sandbox, &["trace", "specs/003-auth#FR-008"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for known in ["api/src/session.ts", "web/src/shop.ts:1"] {
        assert!(ran.out.contains(known), "{}", ran.out);
    }
    let ran = in_hub(&sandbox, &["check", "--all", "--format", "json"]);
    assert_eq!(ran.findings(), Vec::<String>::new());
    let json = ran.json();
    let roots = json["roots"].as_array().unwrap();
    let names: Vec<&str> = roots
        .iter()
        .map(|root| root["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["hub", "api", "web"]);
}

#[test]
fn a_rename_reaches_every_repository_and_comes_back() {
    let sandbox = three();
    let shop = sandbox.path().join("web/src/shop.ts");
    let spec = sandbox.path().join("api/specs/003-auth/spec.md");
    let before = read(&spec);
    let ran = in_hub(&sandbox, &["rename", "specs/003-auth#FR-008", "FR-010"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(read(&shop), SHOP.replace("FR-008", "FR-010"));
    assert_eq!(read(&spec), before.replace("FR-008", "FR-010"));
    let ran = in_hub(&sandbox, &["rename", "specs/003-auth#FR-010", "FR-008"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!((read(&shop), read(&spec)), (SHOP.to_owned(), before));
}

#[test]
fn a_repository_that_is_not_there_is_unknown_and_said_so() {
    let sandbox = three();
    std::fs::remove_dir_all(sandbox.path().join("web")).unwrap();
    let ran = in_hub(&sandbox, &["check", "--all", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.findings(), Vec::<String>::new());
    let ran = in_hub(&sandbox, &["doctor"]);
    assert!(
        ran.out.contains("web") && ran.out.contains("not checked out"),
        "{}",
        ran.out
    );
}

#[test]
fn a_workspace_file_that_cannot_be_read_stops_with_its_place() {
    let sandbox = three();
    sandbox.write(
        "hub/spec-workspace.toml",
        "[[repositry]]\npath = \"../api\"\n",
    );
    let ran = in_hub(&sandbox, &["check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("spec-workspace.toml:1:3"), "{}", ran.err);
    assert!(
        ran.err.contains("did you mean `repository`?"),
        "{}",
        ran.err
    );
}

#[test]
fn a_workspace_file_of_a_named_repository_says_nothing() {
    let sandbox = three();
    sandbox.write(
        "hub/spec-workspace.toml",
        "[[repository]]\npath = \"../api\"\n",
    );
    sandbox.write(
        "api/spec-workspace.toml",
        "[[repository]]\npath = \"../web\"\n",
    );
    let ran = in_hub(&sandbox, &["check", "--all", "--format", "json"]);
    let json = ran.json();
    assert_eq!(json["roots"].as_array().unwrap().len(), 2);
}

/// The facts of `web` and `api`, then both away but for the one that is asked.
fn facts(sandbox: &Sandbox, name: &str) -> String {
    let ran = run_in(
        &sandbox.path().join(name),
        &["index", "--export", "facts", "-o", "../facts.json"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    read(&sandbox.path().join("facts.json"))
}

#[test]
fn a_provider_sees_its_clients_by_their_facts_alone() {
    let sandbox = three();
    let written = facts(&sandbox, "web");
    assert!(!written.contains("Ends the session"), "no text: {written}");
    std::fs::remove_dir_all(sandbox.path().join("web")).unwrap();
    let api = sandbox.path().join("api");
    let ran = run_in(&api, &["trace", "FR-008", "--with", "../facts.json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out
            .contains("mentioned in another repository at web/src/shop.ts:1"),
        "{}",
        ran.out
    );
    let arguments = [
        "trace",
        "FR-008",
        "--with",
        "../facts.json",
        "--format",
        "json",
    ];
    let json = run_in(&api, &arguments).json();
    assert_eq!(json["items"][0]["elsewhere"][0]["path"], "src/shop.ts");
    // By the workspace file, under the name it gives.
    sandbox.write(
        "hub/spec-workspace.toml",
        "[[repository]]\npath = \"../api\"\n\n\
         [[repository]]\npath = \"../web\"\nname = \"shop\"\nfacts = \"../facts.json\"\n",
    );
    let ran = in_hub(&sandbox, &["trace", "specs/003-auth#FR-008"]);
    assert!(ran.out.contains("shop/src/shop.ts:1"), "{}", ran.out);
}

#[test]
fn a_client_sees_the_provider_by_its_facts_alone() {
    let sandbox = three();
    facts(&sandbox, "api");
    std::fs::remove_dir_all(sandbox.path().join("api")).unwrap();
    let web = sandbox.path().join("web");
    let what = "api/specs/003-auth#FR-008";
    let ran = run_in(&web, &["trace", what, "--with", "../facts.json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for known in [
        "specs/003-auth#FR-008 in api",
        "requirement at specs/003-auth/spec.md:9",
        "file src/session.ts (task)",
    ] {
        assert!(ran.out.contains(known), "{known}: {}", ran.out);
    }
}

#[test]
fn facts_that_cannot_be_read_are_told_and_stop_nothing() {
    let sandbox = three();
    let api = sandbox.path().join("api");
    for text in [
        "{",
        "[]",
        "{\"schema\": 99, \"repository\": \"x\"}",
        "\u{0}",
    ] {
        sandbox.write("facts.json", text);
        let ran = run_in(&api, &["doctor", "--with", "../facts.json"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("facts.json: "), "{text}: {}", ran.out);
        let ran = run_in(&api, &["trace", "FR-008", "--with", "../facts.json"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
}
