//! Monday morning: one field of a contract is renamed on a branch, and everybody who reads it is listed, in two other
//! repositories and three languages, before anything is merged; checked out, and from facts files alone.

use std::path::Path;

use crate::sandbox::{Ran, Sandbox, copy_tree, run_in};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/workspaces");
const CONTRACT: &str = "parcels/specs/001-parcel-intake/contracts/parcels.openapi.yaml";

fn git(dir: &Path, arguments: &[&str]) {
    let ran = std::process::Command::new("git")
        .args(["-c", "user.name=t", "-c", "user.email=t@example.invalid"])
        .args(["-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(dir)
        .status()
        .unwrap();
    assert!(ran.success(), "git {arguments:?}");
}

/// The sample's three repositories side by side, each with one commit.
fn side_by_side() -> Sandbox {
    let sandbox = Sandbox::new();
    for name in ["parcels", "storefront", "desk"] {
        let home = sandbox.path().join(name);
        copy_tree(&Path::new(SAMPLES).join(name), &home);
        git(&home, &["init", "-q", "-b", "main"]);
        git(&home, &["add", "-A", "-f"]);
        git(&home, &["commit", "-q", "-m", "first"]);
    }
    sandbox
}

/// Renames one field of what intake answers, on a branch.
fn rename_a_field(sandbox: &Sandbox) {
    let parcels = sandbox.path().join("parcels");
    git(&parcels, &["switch", "-q", "-c", "shorter-names"]);
    let contract = sandbox.path().join(CONTRACT);
    let text = std::fs::read_to_string(&contract).unwrap();
    let was = "        recipient_email: { type: string }\n        weight_grams: { type: integer }\n        created_at";
    assert!(text.contains(was));
    let now = was.replace("recipient_email", "recipient");
    let text = text
        .replace(was, &now)
        .replace("[code, recipient_email, weight", "[code, recipient, weight");
    std::fs::write(&contract, text).unwrap();
    git(&parcels, &["commit", "-q", "-am", "Shorter names"]);
}

fn check(sandbox: &Sandbox, more: &[&str]) -> Ran {
    let mut arguments = vec!["check", "--format", "json"];
    arguments.extend(more);
    run_in(&sandbox.path().join("parcels"), &arguments)
}

/// Sentence of the one finding, and what it says of each consumer: place of it, and sentence.
fn broken(ran: &Ran) -> (String, Vec<(String, String)>) {
    let json = ran.json();
    let findings = json["findings"].as_array().unwrap();
    let mut of_rule = findings
        .iter()
        .filter(|each| each["code"] == "contract-breaking-change");
    let finding = of_rule.next().unwrap_or_else(|| panic!("{}", ran.out));
    assert!(of_rule.next().is_none(), "{}", ran.out);
    let related = finding["related"].as_array().unwrap();
    let told = related.iter().map(|each| {
        let root = each["root"].as_str().unwrap_or_default();
        let path = each["path"].as_str().unwrap();
        let line = &each["range"]["start"]["line"];
        (
            format!("{root}/{path}:{line}"),
            each["message"].as_str().unwrap().to_owned(),
        )
    });
    (
        finding["message"].as_str().unwrap().to_owned(),
        told.collect(),
    )
}

const SENTENCE: &str = "`recipient_email` of `Parcel` is `recipient` since the merge base; used by storefront (1), desk (2).";

const CONSUMERS: [&str; 4] = [
    "storefront/src/tracking.ts:6 uses `recipient_email` (001/FR-001, 001/FR-002; tests test/tracking.test.ts:6).",
    "storefront/src/tracking.ts:17 uses `recipient_email` (001/FR-001, 001/FR-002; tests test/tracking.test.ts:6).",
    "desk/desk/lookup.py:15 uses `recipient_email` (001/FR-001; tests tests/test_lookup.py:9).",
    "desk/labels/label.go:13 uses `recipient_email` (001/FR-002; tests labels/label_test.go:7).",
];

#[test]
fn a_renamed_field_lists_its_readers_in_other_repositories() {
    let sandbox = side_by_side();
    let all = ["-C", ".", "-C", "../storefront", "-C", "../desk"];
    let before = check(&sandbox, &all);
    let found = before.findings();
    assert!(
        !found.iter().any(|each| each.contains("contract-")),
        "{found:?}"
    );
    rename_a_field(&sandbox);
    let (sentence, told) = broken(&check(&sandbox, &all));
    assert_eq!(sentence, SENTENCE);
    let said: Vec<&str> = told.iter().map(|(_, said)| said.as_str()).collect();
    assert_eq!(said, CONSUMERS);
    // Each is told where it stands.
    for (place, said) in &told {
        assert!(said.starts_with(place.as_str()), "{place}: {said}");
    }
}

#[test]
fn the_same_from_facts_files_alone() {
    let sandbox = side_by_side();
    for name in ["storefront", "desk"] {
        let home = sandbox.path().join(name);
        let ran = run_in(
            &home,
            &["index", "--export", "facts", "--output", "../facts.json"],
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        let facts = std::fs::read_to_string(sandbox.path().join("facts.json")).unwrap();
        // No text of the source.
        assert!(!facts.contains("encodeURIComponent(code)") && !facts.contains("Sprintf("));
        sandbox.write(&format!("parcels/facts/{name}.json"), &facts);
        std::fs::remove_dir_all(&home).unwrap();
    }
    rename_a_field(&sandbox);
    let (sentence, told) = broken(&check(
        &sandbox,
        &[
            "--with",
            "facts/storefront.json",
            "--with",
            "facts/desk.json",
        ],
    ));
    assert_eq!(sentence, SENTENCE);
    let said: Vec<&str> = told.iter().map(|(_, said)| said.as_str()).collect();
    assert_eq!(said, CONSUMERS);
}
