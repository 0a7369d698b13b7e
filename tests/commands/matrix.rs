//! `coverage` and `matrix`: three answers to six questions, in every format.

use serde_json::{Value, json};

use crate::sample::sample;
use crate::sandbox::Sandbox;

fn cell<'a>(report: &'a Value, address: &str, column: &str) -> &'a Value {
    let rows = report["rows"].as_array().unwrap();
    let row = rows
        .iter()
        .find(|row| row["item"]["address"] == address)
        .unwrap_or_else(|| panic!("{address} is not there"));
    &row["columns"][column]
}

#[test]
fn unknown_is_told_from_missing_with_the_reason() {
    let sandbox = sample();
    let report = sandbox
        .run(&["-C", "parcels", "matrix", "--all", "--format", "json"])
        .json();
    let yes = |basis: &str| json!({"answer": "yes", "basis": basis, "why": null});
    let no = |why: &str| json!({"answer": "no", "basis": null, "why": why});
    let unknown = |why: &str| json!({"answer": "unknown", "basis": null, "why": why});
    let first = "specs/001-parcel-intake#US1";
    assert_eq!(cell(&report, first, "specified"), &yes("declared"));
    assert_eq!(cell(&report, first, "planned"), &yes("declared"));
    assert_eq!(cell(&report, first, "implemented"), &yes("task"));
    // Nobody ran anything and said so: not missing.
    assert_eq!(
        cell(&report, first, "verified"),
        &unknown("no test report was found")
    );
    // Other stories of the feature have tasks, this one has none.
    let third = "specs/002-delivery-notices#US3";
    assert_eq!(cell(&report, third, "planned"), &no("no task names it"));
    assert_eq!(
        cell(&report, third, "implemented"),
        &unknown("no task or mention leads to code")
    );
    assert_eq!(
        cell(&report, "specs/002-delivery-notices#US2", "implemented")["answer"],
        "no"
    );
}

#[test]
fn what_is_usual_nowhere_is_missing_nowhere() {
    let sandbox = Sandbox::new();
    sandbox.write(".specify/memory/constitution.md", "# Constitution\n");
    sandbox.write(
        "specs/001-a/spec.md",
        "# Feature Specification: A\n\n## Requirements\n\n- **FR-001**: System MUST a.\n\
         - **FR-002**: System MUST b [NEEDS CLARIFICATION: which b?].\n",
    );
    sandbox.write(
        "specs/001-a/tasks.md",
        "# Tasks\n\n- [ ] T001 Do it in `src/a.rs`\n",
    );
    sandbox.commit("all");
    let report = |sandbox: &Sandbox| sandbox.run(&["matrix", "--all", "--format", "json"]).json();
    let one = report(&sandbox);
    for column in ["planned", "implemented", "tested"] {
        let cell = cell(&one, "specs/001-a#FR-001", column);
        assert_eq!(cell["answer"], "unknown", "{column}: {cell}");
    }
    assert_eq!(
        cell(&one, "specs/001-a#FR-002", "specified")["why"],
        "1 open question in its text"
    );
    // As soon as one requirement is cited, the other one is not planned.
    sandbox.write(
        "specs/001-a/tasks.md",
        "# Tasks\n\n- [x] T001 Do it in `src/a.rs` (FR-001)\n",
    );
    sandbox.write("src/a.rs", "pub fn a() {}\n");
    let two = report(&sandbox);
    assert_eq!(cell(&two, "specs/001-a#FR-002", "planned")["answer"], "no");
    assert_eq!(
        cell(&two, "specs/001-a#FR-001", "implemented")["basis"],
        "task"
    );
    // A test that is skipped is no test.
    sandbox.write(
        "tests/a.rs",
        "// Feature: 001-a\n/// FR-001\n#[test]\n#[ignore]\nfn a() { assert!(true); }\n\
         /// FR-002\n#[test]\nfn b() { assert!(true); }\n",
    );
    let three = report(&sandbox);
    assert_eq!(
        cell(&three, "specs/001-a#FR-001", "tested")["why"],
        "all of its tests are skipped"
    );
    assert_eq!(
        cell(&three, "specs/001-a#FR-002", "tested")["basis"],
        "declared"
    );
}

#[test]
fn every_format_has_every_item() {
    let sandbox = sample();
    let run = |arguments: &[&str]| {
        let ran = sandbox.run(&[&["-C", "parcels"], arguments].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran
    };
    let json = run(&["matrix", "--all", "--format", "json"]).json();
    let rows = json["rows"].as_array().unwrap();
    let csv = run(&["matrix", "--all", "--format", "csv"]).out;
    assert_eq!(csv.lines().count(), rows.len() + 1);
    let html = run(&["matrix", "--all", "--format", "html"]).out;
    assert_eq!(html.matches("<tr data-kind=").count(), rows.len());
    let markdown = run(&["matrix", "--all"]).out;
    for row in rows {
        let address = row["item"]["address"].as_str().unwrap();
        let key = address.split_once('#').unwrap().1;
        assert!(markdown.contains(&format!("| `{key}` ")), "{key}");
    }
    assert_eq!(run(&["coverage", "--all", "--matrix"]).out, markdown);
    let coverage = run(&["coverage", "--all", "--format", "json"]).json();
    let total: u64 = coverage["total"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| kind["total"].as_u64().unwrap())
        .sum();
    assert_eq!(total, rows.len() as u64);
    for kind in coverage["total"].as_array().unwrap() {
        for (column, count) in kind["columns"].as_object().unwrap() {
            let sum = ["yes", "no", "unknown"].map(|key| count[key].as_u64().unwrap());
            assert_eq!(kind["total"], sum.iter().sum::<u64>(), "{column}");
        }
    }
    let human = run(&["coverage", "--all"]).out;
    assert!(human.contains("no test report was found"), "{human}");
}

#[test]
fn what_a_change_takes_away_or_an_archive_holds_is_no_row() {
    let sandbox = Sandbox::new();
    let block = |name: &str| {
        format!(
            "### Requirement: {name}\nThe system SHALL.\n\n#### Scenario: s\n- **WHEN** a\n- **THEN** b\n\n"
        )
    };
    let main = format!(
        "## Purpose\np\n\n## Requirements\n\n{}{}",
        block("Keep"),
        block("Go")
    );
    sandbox.write("openspec/specs/a/spec.md", &main);
    let delta = format!(
        "## ADDED Requirements\n\n{}## REMOVED Requirements\n\n### Requirement: Go\n**Reason**: r\n**Migration**: m\n",
        block("Come")
    );
    sandbox.write("openspec/changes/c/specs/a/spec.md", &delta);
    let old = format!("## ADDED Requirements\n\n{}", block("Old"));
    let archived = "openspec/changes/archive/2026-01-02-old";
    sandbox.write(&format!("{archived}/specs/a/spec.md"), &old);
    sandbox.commit("all");
    let rows = |arguments: &[&str]| {
        let json = sandbox
            .run(&[arguments, &["--format", "json"]].concat())
            .json();
        let rows = json["rows"].as_array().unwrap().iter();
        let mut rows: Vec<String> = rows
            .map(|row| row["item"]["address"].as_str().unwrap().to_owned())
            .collect();
        rows.sort();
        rows
    };
    assert_eq!(
        rows(&["matrix", "--all"]),
        [
            "openspec/changes/c#Come",
            "openspec/specs/a#Go",
            "openspec/specs/a#Keep"
        ]
    );
    assert_eq!(rows(&["matrix", "--feature", archived]).len(), 1);
}

#[test]
fn a_test_report_verifies_what_its_tests_are_for() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.write("pyproject.toml", "");
    let test = "# Feature: 001-login, FR-001\ndef test_in():\n    assert True\n";
    sandbox.write("tests/test_login.py", test);
    sandbox.commit("all");
    let verified = |case: &str| {
        let report = format!(
            "<testsuite><testcase classname=\"tests.test_login\" name=\"test_in\">{case}</testcase></testsuite>"
        );
        sandbox.write("junit.xml", &report);
        let json = sandbox.run(&["matrix", "--all", "--format", "json"]).json();
        cell(&json, "specs/001-login#FR-001", "verified").clone()
    };
    let passed = verified("");
    assert_eq!(passed["answer"], "yes", "{passed}");
    assert_eq!(passed["basis"], "declared");
    let failed = verified("<failure/>");
    assert_eq!(failed["why"], "1 of 1 test failed", "{failed}");
    let left_out = verified("<skipped/>");
    assert_eq!(left_out["why"], "its tests were left out of the run");
}

#[test]
fn the_first_release_stands_in_every_format() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.write("src/form.rs", "// 001/FR-001\npub fn form() {}\n");
    sandbox.commit("form");
    let released = |sandbox: &Sandbox, address: &str| {
        let report = sandbox.run(&["matrix", "--all", "--format", "json"]).json();
        cell(&report, address, "released").clone()
    };
    let address = "specs/001-login#FR-001";
    assert_eq!(
        released(&sandbox, address)["why"],
        "no tag of this repository names a version"
    );
    sandbox.git(&["tag", "latest"]);
    sandbox.git(&["tag", "v1.0.0"]);
    let told = released(&sandbox, address);
    let commit = told["tag"]["commit"].as_str().unwrap().to_owned();
    assert_eq!(commit.len(), 7);
    assert_eq!(
        told,
        json!({"answer": "yes", "basis": null, "why": null,
            "tag": {"name": "v1.0.0", "commit": commit}})
    );
    let story = released(&sandbox, "specs/001-login#US1");
    assert_eq!(story["answer"], "no");
    assert_eq!(story["why"], "1 of 3 tasks is not done");
    for (format, said) in [
        ("markdown", "released in `v1.0.0`"),
        ("html", "released in <bdi>v1.0.0</bdi>"),
        ("csv", ",v1.0.0\n"),
    ] {
        let out = sandbox.run(&["matrix", "--all", "--format", format]).out;
        assert_eq!(out.matches(said).count(), 1, "{format}: {out}");
    }
    let traced = sandbox.run(&["trace", address]).out;
    let line = format!("  released in v1.0.0 ({commit})\n");
    assert!(traced.contains(&line), "{traced}");
    let traced = sandbox.run(&["trace", address, "--format", "json"]).json();
    assert_eq!(traced["items"][0]["released"]["tag"]["name"], "v1.0.0");
    let counted = sandbox
        .run(&["coverage", "--all", "--format", "json"])
        .json();
    let kinds = counted["total"].as_array().unwrap();
    let requirements = kinds.iter().find(|it| it["kind"] == "requirement").unwrap();
    assert_eq!(
        requirements["columns"]["released"],
        json!({"yes": 1, "no": 0, "unknown": 0})
    );
}
