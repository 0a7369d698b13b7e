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

/// `web` has a feature of the same path with an item of the same id.
fn twins() -> Sandbox {
    let sandbox = three();
    sandbox.write("web/.specify/memory/constitution.md", "# Constitution\n");
    sandbox.write(
        "web/specs/003-auth/spec.md",
        "# Feature Specification: Auth\n\n## Requirements\n\n- **FR-008**: Pages MUST close.\n",
    );
    sandbox.write(
        "web/specs/003-auth/tasks.md",
        "# Tasks: Auth\n\n- [x] T001 Close them in src/gone.ts (FR-008)\n",
    );
    sandbox
}

#[test]
fn what_is_printed_can_be_asked_for() {
    let sandbox = twins();
    let ran = in_hub(&sandbox, &["trace", "specs/003-auth#FR-008"]);
    assert_eq!(ran.code, 2);
    let printed: Vec<&str> = ran
        .err
        .lines()
        .filter_map(|line| line.trim().split("  ").next())
        .filter(|word| word.contains("#FR-008"))
        .filter(|word| !word.starts_with("spec-analyzer"))
        .collect();
    assert_eq!(
        printed,
        ["api/specs/003-auth#FR-008", "web/specs/003-auth#FR-008"]
    );
    for (address, text) in printed
        .iter()
        .zip(["Sessions MUST end.", "Pages MUST close."])
    {
        let ran = in_hub(&sandbox, &["trace", address]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let first = ran.out.lines().next().unwrap();
        assert_eq!(first, format!("{address} {text}"));
        // `requirement at api/specs/003-auth/spec.md:9`
        let place = ran.out.lines().nth(1).unwrap().rsplit(' ').next().unwrap();
        let again = in_hub(&sandbox, &["trace", place]);
        assert_eq!(again.out, ran.out, "{place}");
        let json = in_hub(&sandbox, &["trace", address, "--format", "json"]).json();
        let item = &json["items"][0]["item"];
        assert_eq!(item["address"], "specs/003-auth#FR-008");
        assert_eq!(item["qualified"], **address);
        assert_eq!(item["root"], address[..3]);
    }
    let source = in_hub(&sandbox, &["trace", "web/src/shop.ts:1"]);
    assert!(
        source.out.contains("for api/specs/003-auth#FR-008"),
        "{}",
        source.out
    );
    let below = in_hub(&sandbox, &["trace", "web/specs"]);
    assert!(
        below.out.contains("web/specs/003-auth#FR-008"),
        "{}",
        below.out
    );
    assert!(!below.out.contains("api/specs"), "{}", below.out);
}

#[test]
fn a_feature_is_chosen_by_its_repository() {
    let sandbox = twins();
    let matrix = |feature: &str| {
        let arguments = ["matrix", "--feature", feature, "--format", "json"];
        let json = in_hub(&sandbox, &arguments).json();
        let rows = json["rows"].as_array().unwrap();
        let addresses = rows
            .iter()
            .map(|row| row["item"]["qualified"].as_str().unwrap().to_owned());
        addresses.collect::<Vec<_>>()
    };
    assert_eq!(matrix("web/specs/003-auth"), ["web/specs/003-auth#FR-008"]);
    assert_eq!(matrix("api/003-auth").len(), 2);
    assert_eq!(matrix("003-auth").len(), 3);
    let ran = in_hub(&sandbox, &["rename", "specs/003-auth#FR-008", "FR-010"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err
            .contains("api/specs/003-auth#FR-008, web/specs/003-auth#FR-008"),
        "{}",
        ran.err
    );
    let ran = in_hub(&sandbox, &["rename", "web/specs/003-auth#FR-008", "FR-010"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = read(&sandbox.path().join("web/specs/003-auth/spec.md"));
    assert!(text.contains("**FR-010**: Pages"), "{text}");
    let text = read(&sandbox.path().join("api/specs/003-auth/spec.md"));
    assert!(text.contains("**FR-008**: Sessions"), "{text}");
}

#[test]
fn a_finding_is_suppressed_by_the_address_it_is_printed_with() {
    let sandbox = twins();
    sandbox.write(
        "web/specs/003-auth/spec.md",
        "# Feature Specification: Auth\n\n## Requirements\n\n- **FR-008**: Pages MUST close.\n\
         - **FR-008**: Pages MUST open.\n",
    );
    let check = || in_hub(&sandbox, &["check", "--all", "--format", "json"]).json();
    let json = check();
    let findings = json["findings"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|finding| finding["root"] == "web" && finding["item"]["qualified"].is_string())
        .unwrap_or_else(|| panic!("{json}"));
    let address = finding["item"]["qualified"].as_str().unwrap();
    assert!(address.starts_with("web/specs/003-auth#"), "{address}");
    let code = finding["code"].as_str().unwrap();
    let ran = in_hub(
        &sandbox,
        &["suppress", address, "--code", code, "--reason", "known"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let settings = read(&sandbox.path().join("web/spec-analyzer.toml"));
    assert!(settings.contains("\"specs/003-auth#"), "{settings}");
    assert_eq!(
        check()["findings"].as_array().unwrap().len(),
        findings.len() - 1
    );
}
