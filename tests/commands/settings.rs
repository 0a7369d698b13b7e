//! `spec-analyzer.toml`: what it changes, and what is said of its mistakes.

use crate::sandbox::Sandbox;

const ADDRESS: &str = "specs/001-login#T002";

/// What makes the finding of [`one_finding`] fail a check.
const LOUD: &str = "[severity]\nphantom-task = \"error\"\n";

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
            &format!("{LOUD}{}", suppression(address, "until = \"9999-12-31\"\n")),
        );
        let ran = sandbox.check();
        let json = ran.json();
        assert_eq!(json["findings"].as_array().unwrap().len(), 0, "{address}");
        assert_eq!(json["summary"]["suppressed"], 1);
        assert_eq!(json["notices"].as_array().unwrap().len(), 0);
        assert_eq!(json.get("suppressed"), None);
        let people = sandbox.run(&["check"]);
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
    let status = sandbox.run(&[]).out;
    assert!(
        status.starts_with("0 active features, 1 finished, in 1 project\n"),
        "{status}"
    );
    // An edit that is not committed makes it active.
    let done = std::fs::read_to_string(sandbox.path().join(tasks)).unwrap();
    sandbox.write(tasks, &done.replace("the form", "a form"));
    assert_eq!(sandbox.run(&active).findings().len(), 1);
    sandbox.write(tasks, &done);
    assert!(sandbox.run(&active).findings().is_empty());
    sandbox.write("spec-analyzer.toml", "scope = \"all\"\n");
    assert_eq!(sandbox.run(&active).findings().len(), 1);
}

#[test]
fn a_finding_is_suppressed_by_command() {
    let sandbox = one_finding();
    let kept = "# 決まり 🎉\r\nscope = 'all' # kept\r\n";
    let file = sandbox.write("spec-analyzer.toml", kept);
    let asked = ["suppress", ADDRESS, "--code", "phantom-task"];
    let with = |more: &[&str]| sandbox.run(&[&asked[..], more].concat());
    for (more, why) in [
        (&["--reason", " "][..], "`reason` is empty."),
        (
            &["--reason", "r", "--until", "2027-02-30"],
            "is no day of the form",
        ),
        (
            &["--reason", "r", "--fingerprint", "1"],
            "is no fingerprint",
        ),
        (
            &["--reason", "r", "--fingerprint", "0123456789abcdef"],
            "no phantom-task finding is at",
        ),
    ] {
        let ran = with(more);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(why), "{}", ran.err);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), kept);
    }
    let other = |address: &str, code: &str| {
        let ran = sandbox.run(&["suppress", address, "--code", code, "--reason", "r"]);
        assert_eq!(ran.code, 2);
        ran.err
    };
    assert!(
        other("specs/001-login#T02", "phantom-task")
            .contains(&format!("Did you mean `{ADDRESS}`?"))
    );
    assert!(other(ADDRESS, "phantm-task").contains("did you mean `phantom-task`?"));
    assert!(other("specs/001-login/", "phantom-task").contains("is no address"));

    let ran = with(&[
        "--reason",
        "It was \"merged\" elsewhere.",
        "--until",
        "9999-12-31",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with(kept), "{text}");
    let json = sandbox.check().json();
    assert_eq!(json["findings"].as_array().unwrap().len(), 0);
    assert_eq!(json["summary"]["suppressed"], 1);
    let again = with(&["--reason", "r"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("not shown already"), "{}", again.err);

    std::fs::remove_file(&file).unwrap();
    assert_eq!(with(&["--reason", "r"]).code, 0);
    assert_eq!(sandbox.check().json()["summary"]["suppressed"], 1);
}

#[test]
fn a_baseline_hides_what_was_there_and_nothing_new() {
    let sandbox = one_finding();
    let file = sandbox.path().join("spec-analyzer.baseline");
    sandbox.write("spec-analyzer.toml", LOUD);
    assert_eq!(sandbox.run(&["check"]).code, 1);
    let ran = sandbox.run(&["baseline"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("1 entry, 1 added, 0 removed."),
        "{}",
        ran.out
    );
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.ends_with(&format!(" phantom-task {ADDRESS}\n")),
        "{text}"
    );
    let ran = sandbox.run(&["check"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out.contains("Not shown: 1 in the baseline"),
        "{}",
        ran.out
    );
    let json = sandbox
        .run(&["check", "--show-suppressed", "--format", "json"])
        .json();
    assert_eq!(json["summary"]["baseline"], 1);
    assert_eq!(json["summary"]["suppressed"], 0);
    assert_eq!(json["suppressed"][0]["by"], "baseline");

    let tasks = "specs/001-login/tasks.md";
    let before = std::fs::read_to_string(sandbox.path().join(tasks)).unwrap();
    sandbox.write(
        tasks,
        &format!("{before}- [x] T004 [US1] Create the mailer in tests/test_mailer.py\n"),
    );
    sandbox.commit("more");
    assert_eq!(sandbox.run(&["check"]).code, 1);
    assert_eq!(sandbox.check().findings().len(), 1);
    // Pruning adds nothing.
    sandbox.run(&["baseline", "--prune"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);

    // What no longer occurs is said, and goes.
    sandbox.write(tasks, &before.replace("- [x] T002", "- [ ] T002"));
    let ran = sandbox.run(&["check"]);
    assert!(
        ran.out
            .contains("spec-analyzer.baseline: 1 entry no longer occurs"),
        "{}",
        ran.out
    );
    let ran = sandbox.run(&["baseline", "--prune"]);
    assert!(
        ran.out.contains(&format!("- phantom-task {ADDRESS}\n")),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("0 entries, 0 added, 1 removed."),
        "{}",
        ran.out
    );
    assert!(!std::fs::read_to_string(&file).unwrap().contains(ADDRESS));
}

#[test]
fn a_baseline_keeps_what_cannot_be_told_now() {
    let sandbox = one_finding();
    sandbox.run(&["baseline"]);
    let file = sandbox.path().join("spec-analyzer.baseline");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_dir_all(sandbox.path().join(".git")).unwrap();
    let ran = sandbox.run(&["baseline"]);
    assert!(
        ran.out.contains("1 entry, 0 added, 0 removed."),
        "{}",
        ran.out
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn nothing_to_freeze_makes_no_file() {
    let sandbox = one_finding();
    sandbox.write("spec-analyzer.toml", "[severity]\nphantom-task = \"off\"\n");
    assert_eq!(sandbox.run(&["baseline"]).code, 0);
    assert!(!sandbox.path().join("spec-analyzer.baseline").exists());
}

#[test]
fn features_in_spec_roots_of_settings_are_checked() {
    let sandbox = one_finding();
    let from = sandbox.path().join("specs/001-login");
    crate::sandbox::copy_tree(&from, &sandbox.path().join("ledger/002-login"));
    sandbox.write(".gitignore", "/ledger/\n");
    assert_eq!(sandbox.check().findings().len(), 1);
    sandbox.write("spec-analyzer.toml", "spec-roots = [\"ledger\"]\n");
    let found = sandbox.check().findings();
    assert!(
        found.contains(&"ledger/002-login/tasks.md:6 phantom-task".to_owned()),
        "{found:?}"
    );
}

#[test]
fn the_doctor_says_what_is_in_force_and_why() {
    let sandbox = one_finding();
    let told = sandbox.run(&["doctor"]);
    assert_eq!(told.code, 0);
    assert!(told.out.contains("no spec-analyzer.toml"), "{}", told.out);
    sandbox.run(&["baseline"]);
    sandbox.write("sub/spec-analyzer.toml", "");
    sandbox.write(
        "spec-analyzer.toml",
        &format!(
            "spec-roots = ['ledger']\nscope = 'all'\nseverity = {{ phantom-task = 'error', task-format = 'off' }}\n{}",
            suppression("specs/009-gone", "")
        ),
    );
    let told = sandbox.run(&["doctor"]).out;
    for line in [
        "settings from spec-analyzer.toml",
        "  scope all",
        "  spec root ledger (not there)",
        "  phantom-task is error (by itself ",
        "louder than measured precision allows)",
        "  task-format is off (by itself ",
        "  1 suppression, 1 without effect",
        "  baseline spec-analyzer.baseline: 1 entry, 0 of them no longer there",
        "settings below a folder's top, which are not read: 1\n  sub/spec-analyzer.toml",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    sandbox.write("spec-analyzer.toml", "\ncolour = 1\n");
    let told = sandbox.run(&["doctor"]);
    assert_eq!(told.code, 0);
    assert!(
        told.out
            .contains("  spec-analyzer.toml:2: Nothing here is called `colour`."),
        "{}",
        told.out
    );
}
