//! Exit codes and machine formats.

use sha2::{Digest as _, Sha256};

use crate::sandbox::Sandbox;

#[test]
fn nothing_to_check_is_no_success() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no spec documents"), "{}", ran.err);
    assert!(ran.err.contains("doctor"), "{}", ran.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_no_success() {
    use std::process::{Command, Stdio};
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    for arguments in [
        &["check", "--format", "sarif"][..],
        &["check"],
        &["status"],
        &["coverage", "--format", "json"],
        &["explain"],
    ] {
        let run = |out: Stdio| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_spec-analyzer"));
            command.args(arguments).current_dir(sandbox.path());
            command.env("SPEC_ANALYZER_CACHE", "off").stdout(out);
            command.output().unwrap()
        };
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
        let ran = run(full.unwrap().into());
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8(ran.stderr).unwrap();
        assert!(said.contains("could not be written"), "{said}");
        // A reader that has seen enough is no error.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ran = run(writer.into());
        assert_eq!(ran.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn the_exit_code_follows_the_loudest_finding() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    let told = ["check", "--fail-on", "information"];
    assert_eq!(sandbox.run(&told).code, 1);
    assert_eq!(sandbox.run(&["check"]).code, 0);
    assert_eq!(
        sandbox
            .run(&["check", "--fail-on", "information", "--feature", "001"])
            .code,
        1
    );
    let wrong = sandbox.run(&["check", "--feature", "009"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("001-login"), "{}", wrong.err);
}

#[test]
fn edits_are_for_the_bytes_whose_hash_is_given() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    let tasks = "specs/001-login/tasks.md";
    let text = std::fs::read_to_string(sandbox.path().join(tasks)).unwrap();
    // A byte order mark, CRLF and an emoji: offsets count every byte, columns count characters.
    let text = format!(
        "\u{feff}{}",
        text.replace("Create the session", "🎉 Create the session")
            .replace('\n', "\r\n")
    );
    sandbox.write(tasks, &text);
    sandbox.commit("all");
    let json = sandbox.check().json();
    let finding = &json["findings"][0];
    assert_eq!(finding["code"], "phantom-task");
    assert!(
        json["decided"]["phantom-task"].as_u64() >= Some(1),
        "{}",
        json["decided"]
    );
    let edit = &finding["fixes"][0]["edits"][0];
    let hash = Sha256::digest(text.as_bytes());
    assert_eq!(edit["sha256"], format!("{hash:x}"));
    let at = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
    let fixed = [
        &text[..at("start")],
        edit["text"].as_str().unwrap(),
        &text[at("end")..],
    ]
    .concat();
    assert_eq!(fixed, text.replace("[x] T002", "[ ] T002"));
    sandbox.write(tasks, &fixed);
    assert!(sandbox.check().findings().is_empty());
}

#[test]
fn unreadable_and_broken_files_stop_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    let whole = sandbox.check().findings();
    std::fs::create_dir_all(sandbox.path().join("specs/002-bytes")).unwrap();
    std::fs::write(
        sandbox.path().join("specs/002-bytes/spec.md"),
        b"# Feature\n\xff\xfe\x00 - **FR-001**: \xc3\x28\n",
    )
    .unwrap();
    sandbox.write("specs/003-long/spec.md", &"- **FR-001**: ".repeat(200_000));
    std::fs::create_dir_all(sandbox.path().join("specs/004-dir/spec.md")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("missing", sandbox.path().join("specs/001-login/plan.md")).unwrap();
    sandbox.write(
        ".specify/templates/spec-template.md",
        "## Broken *(mandatory\n```\n",
    );
    let ran = sandbox.check();
    assert!(
        whole.iter().all(|finding| ran.findings().contains(finding)),
        "{}",
        ran.out
    );
    assert_eq!(sandbox.run(&["doctor"]).code, 0);
}

#[test]
fn standard_error_is_silent_where_nothing_is_wrong_and_says_times_when_asked() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    assert_eq!(sandbox.run(&["check", "--all"]).err, "");
    let timed = sandbox.run(&["check", "--since", "HEAD", "--timings"]);
    let parts = [
        "walk and documents: ",
        "git history: ",
        "rules: ",
        "merge base: ",
    ];
    assert_eq!(timed.err.lines().count(), parts.len(), "{}", timed.err);
    for (line, part) in timed.err.lines().zip(parts) {
        assert!(line.starts_with(part) && line.ends_with(" ms"), "{line}");
    }
}

#[test]
fn rules_explain_themselves() {
    let sandbox = Sandbox::new();
    let list = sandbox.run(&["explain"]);
    let codes: Vec<&str> = list
        .out
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(codes.len() >= 10, "{}", list.out);
    for code in codes {
        let page = sandbox.run(&["explain", code]);
        assert_eq!(page.code, 0);
        assert!(page.out.contains(code), "{}", page.out);
    }
    let wrong = sandbox.run(&["explain", "phantom"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("phantom-task"), "{}", wrong.err);
}
