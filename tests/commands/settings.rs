//! `spec-analyzer.toml`: what it changes, and what is said of its mistakes.

use crate::sandbox::Sandbox;

const ADDRESS: &str = "specs/001-login#T002";

/// A sandbox whose only finding is `phantom-task` at [`ADDRESS`].
fn one_finding() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    let json = sandbox.check().json();
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0]["code"], "phantom-task");
    assert_eq!(findings[0]["item"]["address"], ADDRESS);
    sandbox
}

fn suppression(address: &str, more: &str) -> String {
    format!(
        "[[suppress]]\naddress = \"{address}\"\ncode = \"phantom-task\"\nreason = \"It was merged elsewhere.\"\n{more}"
    )
}

#[test]
fn severities_are_as_the_team_says() {
    let sandbox = one_finding();
    let set = |level: &str| {
        sandbox.write(
            "spec-analyzer.toml",
            &format!("[severity]\nphantom-task = \"{level}\"\n"),
        )
    };
    for (level, exit) in [
        ("error", 1),
        ("warning", 1),
        ("information", 0),
        ("hint", 0),
    ] {
        set(level);
        let ran = sandbox.check();
        let json = ran.json();
        assert_eq!(json["findings"][0]["severity"], level);
        assert_eq!(json["summary"][level], 1);
        assert_eq!(ran.code, exit, "{level}");
    }
    set("off");
    let json = sandbox.check().json();
    assert_eq!(json["findings"].as_array().unwrap().len(), 0);
    assert_eq!(json["summary"]["suppressed"], 0);
}

#[test]
fn suppressed_findings_are_counted_and_shown_on_request() {
    let sandbox = one_finding();
    for address in [ADDRESS, "specs/001-login"] {
        sandbox.write(
            "spec-analyzer.toml",
            &suppression(address, "until = \"9999-12-31\"\n"),
        );
        let ran = sandbox.check();
        let json = ran.json();
        assert_eq!(json["findings"].as_array().unwrap().len(), 0, "{address}");
        assert_eq!(json["summary"]["suppressed"], 1);
        assert_eq!(json["notices"].as_array().unwrap().len(), 0);
        assert_eq!(json.get("suppressed"), None);
        let strict = ["check", "--fail-on", "information"];
        let people = sandbox.run(&strict);
        assert_eq!(people.code, 0, "{}", people.out);
        assert!(
            people
                .out
                .contains("Not shown: 1 suppressed (`--show-suppressed`)."),
            "{}",
            people.out
        );
        let shown = sandbox.run(&["check", "--show-suppressed", "--format", "json"]);
        let shown = &shown.json()["suppressed"][0];
        assert_eq!(shown["by"], "settings");
        assert_eq!(shown["reason"], "It was merged elsewhere.");
        assert_eq!(shown["until"], "9999-12-31");
        assert_eq!(shown["finding"]["code"], "phantom-task");
        let shown = sandbox.run(&["check", "--show-suppressed"]);
        assert_eq!(shown.code, 0);
        assert!(
            shown
                .out
                .contains("Suppressed until 9999-12-31: It was merged elsewhere."),
            "{}",
            shown.out
        );
    }
}

#[test]
fn a_suppression_that_ended_hides_nothing_and_is_named_once() {
    let sandbox = one_finding();
    let text = suppression(ADDRESS, "until = 2020-01-31\n");
    sandbox.write("spec-analyzer.toml", &text);
    let json = sandbox.check().json();
    assert_eq!(json["findings"].as_array().unwrap().len(), 1);
    let notices = json["notices"].as_array().unwrap();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0]["code"], "suppression-ended");
    let at =
        |end: &str| usize::try_from(notices[0]["range"][end]["byte"].as_u64().unwrap()).unwrap();
    assert_eq!(&text[at("start")..at("end")], format!("\"{ADDRESS}\""));
    let people = sandbox.run(&["check"]).out;
    assert!(
        people.contains("spec-analyzer.toml:2: The suppression of phantom-task at"),
        "{people}"
    );
}

#[test]
fn a_suppression_that_meets_nothing_is_named_and_fails_nothing() {
    let sandbox = one_finding();
    for address in ["specs/001-login#T003", "specs/009-gone"] {
        sandbox.write("spec-analyzer.toml", &suppression(address, ""));
        let ran = sandbox.run(&["check", "--format", "json"]);
        assert_eq!(ran.code, 0);
        let json = ran.json();
        assert_eq!(json["findings"].as_array().unwrap().len(), 1);
        assert_eq!(json["notices"][0]["code"], "suppression-unmatched");
    }
}

#[test]
fn what_cannot_be_told_now_is_not_called_unmatched() {
    let sandbox = one_finding();
    sandbox.write("spec-analyzer.toml", &suppression(ADDRESS, ""));
    // Without its repository nobody knows whether the file ever was.
    std::fs::remove_dir_all(sandbox.path().join(".git")).unwrap();
    let json = sandbox.check().json();
    assert_eq!(json["findings"].as_array().unwrap().len(), 0);
    assert!(!json["unknown"].as_array().unwrap().is_empty());
    assert_eq!(json["notices"].as_array().unwrap().len(), 0, "{json}");
}

#[test]
fn broken_settings_stop_every_report_with_an_excerpt() {
    let sandbox = one_finding();
    sandbox.write(
        "spec-analyzer.toml",
        "scope = \"all\"\n\n[sevrity] # 重大度 🎉\nphantom-task = \"off\"\n",
    );
    for command in [&["check"][..], &["check", "--format", "json"], &[]] {
        let ran = sandbox.run(command);
        assert_eq!(ran.code, 2);
        assert_eq!(ran.out, "");
        assert!(
            ran.err
                .contains("Nothing here is called `sevrity`; did you mean `severity`?"),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("spec-analyzer.toml:3:2"), "{}", ran.err);
        assert!(ran.err.contains("[sevrity] # 重大度 🎉"), "{}", ran.err);
        assert!(ran.err.contains(" ^^^^^^^"), "{}", ran.err);
    }
    sandbox.write("spec-analyzer.toml", "");
    sandbox.write("spec-analyzer.baseline", "<<<<<<< ours\n");
    let ran = sandbox.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("spec-analyzer.baseline:1:1"),
        "{}",
        ran.err
    );
}

#[test]
fn finished_features_are_checked_where_settings_ask_for_it() {
    let sandbox = one_finding();
    let tasks = "specs/001-login/tasks.md";
    let text = std::fs::read_to_string(sandbox.path().join(tasks)).unwrap();
    sandbox.write(tasks, &text.replace("- [ ]", "- [x]"));
    sandbox.write("src/greeting.rs", "pub fn greet() {}\n");
    sandbox.commit("done");
    let active = ["check", "--format", "json"];
    assert!(sandbox.run(&active).findings().is_empty());
    sandbox.write("spec-analyzer.toml", "scope = \"all\"\n");
    assert_eq!(sandbox.run(&active).findings().len(), 1);
}
