//! What the commands write as JSON is what the schema says.

use jsonschema::Validator;
use serde_json::Value;

use crate::sample::sample;
use crate::sandbox::{Sandbox, run_in};

/// The schema of a command, as the program prints it.
fn schema(command: &str) -> Validator {
    let sandbox = Sandbox::new();
    let schema = run_in(sandbox.path(), &["schema", command]);
    assert_eq!(schema.code, 0, "{}", schema.err);
    jsonschema::validator_for(&schema.json()).unwrap()
}

fn wrong(schema: &Validator, json: &Value) -> Vec<String> {
    schema
        .iter_errors(json)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn real_reports_are_as_the_schema_says() {
    let sandbox = sample();
    sandbox.write(
        "parcels/spec-analyzer.toml",
        "[[suppress]]\naddress = \"specs/001-parcel-intake\"\ncode = \"broken-path\"\nreason = \"known\"\n",
    );
    let reports: &[(&str, &[&str])] = &[
        ("check", &["check", "--all"]),
        ("check", &["check", "--all", "--show-suppressed"]),
        ("check", &["check", "--all", "--since", "HEAD~1"]),
        ("check", &["check", "--phase", "tasks"]),
        ("trace", &["trace", "001/US1"]),
        ("trace", &["trace", "002/T012"]),
        ("trace", &["trace", "FR-003"]),
        ("trace", &["trace", "services"]),
        (
            "trace",
            &["trace", "services/intake/parcels/domain/parcel.py:34"],
        ),
        ("coverage", &["coverage", "--all"]),
        ("coverage", &["coverage"]),
        ("matrix", &["matrix", "--all"]),
        ("matrix", &["coverage", "--all", "--matrix"]),
        ("status", &["status"]),
        ("suggest", &["suggest", "--all"]),
    ];
    for (command, arguments) in reports {
        let format: &[&str] = &["--format", "json"];
        let arguments = [&["-C", "parcels"], *arguments, format].concat();
        let ran = sandbox.run(&arguments);
        let json = ran.json();
        assert_eq!(json["schema"], 1, "{arguments:?}");
        let wrong = wrong(&schema(command), &json);
        assert!(wrong.is_empty(), "{arguments:?}: {wrong:#?}");
    }
}

#[test]
fn a_report_that_lacks_a_key_is_refused() {
    let sandbox = sample();
    let schema = schema("matrix");
    let json = sandbox
        .run(&["-C", "parcels", "matrix", "--all", "--format", "json"])
        .json();
    assert!(wrong(&schema, &json).is_empty());
    for key in ["address", "title", "range", "path"] {
        let mut spoilt = json.clone();
        let item = spoilt.pointer_mut("/rows/0/item").unwrap();
        item.as_object_mut().unwrap().remove(key).unwrap();
        assert!(!wrong(&schema, &spoilt).is_empty(), "{key}");
    }
    let mut spoilt = json.clone();
    spoilt["rows"][0]["columns"]["tested"]["answer"] = "perhaps".into();
    assert!(!wrong(&schema, &spoilt).is_empty());
    let mut spoilt = json;
    spoilt["schema"] = 0.into();
    assert!(!wrong(&schema, &spoilt).is_empty());
}

#[test]
fn the_whole_schema_and_what_is_no_report() {
    let sandbox = Sandbox::new();
    let whole = sandbox.run(&["schema"]);
    assert_eq!(whole.code, 0);
    jsonschema::validator_for(&whole.json()).unwrap();
    let wrong = sandbox.run(&["schema", "lsp"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("trace"), "{}", wrong.err);
}
