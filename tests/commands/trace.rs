//! `trace`: from an item to code and back, and what is said where nothing is certain.

use serde_json::Value;

use crate::sample::sample;
use crate::sandbox::{Ran, Sandbox};

fn trace(sandbox: &Sandbox, what: &str) -> Ran {
    sandbox.run(&["-C", "parcels", "trace", what, "--format", "json"])
}

/// The bytes of a place.
fn text(sandbox: &Sandbox, place: &Value) -> String {
    let path = sandbox
        .path()
        .join("parcels")
        .join(place["path"].as_str().unwrap());
    let bytes = std::fs::read(&path).unwrap();
    let at = |end: &str| usize::try_from(place["range"][end]["byte"].as_u64().unwrap()).unwrap();
    String::from_utf8(bytes[at("start")..at("end")].to_vec()).unwrap()
}

fn names(list: &Value, key: &str) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    list.map(|each| each[key].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_requirement_leads_to_tasks_files_symbols_and_tests_with_exact_ranges() {
    let sandbox = sample();
    let json = trace(&sandbox, "specs/001-parcel-intake#FR-003").json();
    assert_eq!(json["schema"], 1);
    let chain = &json["items"][0];
    assert_eq!(chain["item"]["address"], "specs/001-parcel-intake#FR-003");
    assert_eq!(text(&sandbox, &chain["item"]), "FR-003");
    assert_eq!(
        names(&chain["serves"], "address"),
        ["specs/001-parcel-intake#US1"]
    );
    let task = &chain["tasks"][0];
    assert_eq!(
        (&task["id"], &task["state"]),
        (&"T007".into(), &"done".into())
    );
    assert_eq!(text(&sandbox, task), "T007");
    let file = &chain["files"][0];
    assert_eq!(file["path"], "services/intake/parcels/domain/parcel.py");
    assert_eq!(file["basis"], "task");
    assert_eq!(
        text(&sandbox, &file["named_at"]),
        file["path"].as_str().unwrap()
    );
    let symbol = &chain["symbols"][0];
    assert_eq!(text(&sandbox, symbol), "validate_parcel");
    // The task names it, and its own comment says the requirement: the stronger one counts.
    assert_eq!(symbol["basis"], "declared");
    assert_eq!(names(&chain["symbols"], "name"), ["validate_parcel"]);
    let test = &chain["tests"][0];
    assert_eq!(
        text(&sandbox, test),
        "test_fr003_a_parcel_over_thirty_kilograms_is_refused"
    );
    for mention in chain["mentions"].as_array().unwrap() {
        assert!(
            text(&sandbox, mention).to_lowercase().contains("fr"),
            "{mention}"
        );
    }
}

#[test]
fn a_line_of_code_leads_back_to_its_requirement() {
    let sandbox = sample();
    let json = trace(&sandbox, "services/intake/parcels/domain/parcel.py:34").json();
    let source = &json["sources"][0];
    assert_eq!(source["symbol"]["name"], "validate_parcel");
    let served = source["items"].as_array().unwrap();
    let requirement = served
        .iter()
        .find(|item| item["address"] == "specs/001-parcel-intake#FR-003")
        .unwrap();
    assert_eq!(requirement["basis"], "declared");
    let by = names(&requirement["via"], "by");
    assert!(
        by.contains(&"mention".to_owned()) && by.contains(&"task".to_owned()),
        "{by:?}"
    );
    let mention = &requirement["via"][0];
    assert!(text(&sandbox, mention).contains("FR-003"), "{mention}");
    // The way there and the way back agree.
    for item in served {
        let there = trace(&sandbox, item["address"].as_str().unwrap()).json();
        let chain = &there["items"][0];
        let symbols = names(&chain["symbols"], "name");
        assert!(symbols.contains(&"validate_parcel".to_owned()), "{chain}");
    }
}

#[test]
fn an_ambiguous_id_lists_its_candidates_and_fails() {
    let sandbox = sample();
    let ran = trace(&sandbox, "FR-003");
    assert_eq!(ran.code, 2);
    let candidates = [
        "specs/001-parcel-intake#FR-003",
        "specs/002-delivery-notices#FR-003",
    ];
    assert_eq!(names(&ran.json()["candidates"], "address"), candidates);
    assert!(
        candidates.iter().all(|it| ran.err.contains(it)),
        "{}",
        ran.err
    );
    let chosen = sandbox.run(&["-C", "parcels", "trace", "FR-003", "--feature", "2"]);
    assert_eq!(chosen.code, 0);
    assert!(chosen.out.starts_with(candidates[1]), "{}", chosen.out);
    assert!(!chosen.out.contains('\u{1b}'));
}

#[test]
fn documents_lines_and_directories_are_traced() {
    let sandbox = sample();
    let line = trace(&sandbox, "specs/002-delivery-notices/tasks.md:46").json();
    assert_eq!(
        line["items"][0]["item"]["address"],
        "specs/002-delivery-notices#T009"
    );
    let document = trace(&sandbox, "specs/001-parcel-intake/spec.md").json();
    assert!(document["items"].as_array().unwrap().len() >= 10);
    let directory = trace(&sandbox, "services/notifier/src").json();
    let paths = names(&directory["sources"], "path");
    assert!(
        paths.len() > 1
            && paths
                .iter()
                .all(|path| path.starts_with("services/notifier/src/")),
        "{paths:?}"
    );
    let nothing = trace(&sandbox, "services/nowhere");
    assert_eq!(nothing.code, 2);
}

#[test]
fn what_is_guessed_is_called_a_guess() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    let out = sandbox.run(&["trace", "src/form.rs:1"]).out;
    assert!(out.contains("specs/001-login#US1"), "{out}");
    assert!(out.contains("a guess"), "{out}");
    let item = sandbox.run(&["trace", "FR-001"]).out;
    assert!(!item.contains("a guess"), "{item}");
}
