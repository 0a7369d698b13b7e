//! An agent at work: it empties files to write them anew, deletes and makes them, checks out, merges, ticks. Nothing may be
//! said in the middle that is not so at the end.
//!
//! Pauses here are the agent's, between two writes; nothing waits for the server by sleeping.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use tower_lsp::gen_lsp_types::{
    DidChangeWatchedFilesNotification, PublishDiagnosticsNotification, PublishDiagnosticsParams,
};

use crate::real::{Setup, TestServer, git, write};

const SPEC: &str = "specs/001-press/spec.md";
const TASKS: &str = "specs/001-press/tasks.md";
const PARTS: usize = 40;

fn spec() -> String {
    let mut text = "# Feature Specification: Press\n\n## Requirements\n\n".to_owned();
    for number in 1..=PARTS {
        let _ = writeln!(
            text,
            "- **FR-{number:03}**: The press MUST print sheet {number}."
        );
    }
    text
}

/// The list with so many tasks ticked, and what comes behind it.
fn tasks(ticked: usize, rest: &str) -> String {
    let mut text = "# Tasks: Press\n\n## Phase 1: All\n\n".to_owned();
    for number in 1..=PARTS {
        let mark = if number <= ticked { "x" } else { " " };
        let path = source(number);
        let _ = writeln!(
            text,
            "- [{mark}] T{number:03} Print it in {path} per FR-{number:03}"
        );
    }
    text + rest
}

fn source(number: usize) -> String {
    format!("src/part_{number:02}.rs")
}

fn code(number: usize, what: &str) -> String {
    format!("// FR-{number:03}\npub fn part_{number}() -> &'static str {{\n    \"{what}\"\n}}\n")
}

/// A finding as its reader meets it.
type Said = (String, String, String);

struct Agent {
    server: TestServer,
    pace: Duration,
}

impl Agent {
    /// At work in a repository, with a server that waits for so many milliseconds of silence; what is said at first.
    fn starts(quiet: &str) -> (Self, BTreeSet<Said>) {
        let mut files = vec![
            (SPEC.to_owned(), spec()),
            (
                TASKS.to_owned(),
                tasks(0, "\n- [ ] T090 Clean up per FR-900\n"),
            ),
        ];
        files.extend((1..=PARTS).map(|number| (source(number), code(number, "sheet"))));
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (&**path, &**text))
            .collect();
        let setup = Setup {
            files: &files,
            commit: true,
            capabilities: json!({}),
            environment: &[("SPEC_ANALYZER_QUIET", quiet)],
            ..Setup::default()
        };
        let mut agent = Self {
            server: setup.start(),
            pace: Duration::from_millis(2),
        };
        let first = agent.hears_until("FR-900");
        (agent, first)
    }

    fn tells(&mut self, paths: &[&str]) {
        let uris = paths.iter().map(|path| self.server.uri(path));
        let changes: Vec<_> = uris.map(|uri| json!({"uri": uri, "type": 2})).collect();
        self.server
            .notify::<DidChangeWatchedFilesNotification>(json!({"changes": changes}));
        std::thread::sleep(self.pace);
    }

    fn puts(&mut self, path: &str, text: &str) {
        write(&self.server.path(path), text.as_bytes());
        self.tells(&[path]);
    }

    /// As most programs write: the file is emptied first, and filled in pieces.
    fn writes(&mut self, path: &str, text: &str) {
        let half = text.char_indices().nth(text.chars().count() / 2).unwrap().0;
        for state in ["", &text[..half], text] {
            self.puts(path, state);
        }
    }

    /// As `sed -i` does: another file takes its place.
    fn replaces(&mut self, path: &str, text: &str) {
        let other = self.server.path("sedXYZ");
        write(&other, text.as_bytes());
        std::fs::rename(&other, self.server.path(path)).unwrap();
        self.tells(&["sedXYZ", path]);
    }

    fn git(&mut self, arguments: &[&str]) {
        git(self.server.path("").as_path(), arguments);
        self.tells(&[".git/HEAD", SPEC, TASKS]);
    }

    /// All that is said until a finding says `last`.
    fn hears_until(&mut self, last: &str) -> BTreeSet<Said> {
        let mut heard = BTreeSet::new();
        loop {
            let told = self.server.notification::<PublishDiagnosticsNotification>();
            let said = findings(told);
            let done = said.iter().any(|(_, _, message)| message.contains(last));
            heard.extend(said);
            if done {
                return heard;
            }
        }
    }

    /// Adds a citation of nothing to the tasks, and gives what is said up to the finding that this is.
    fn ends(&mut self, ticked: usize) -> BTreeSet<Said> {
        let rest = "\n- [ ] T090 Clean up per FR-900\n- [ ] T091 End per FR-901\n";
        self.writes(TASKS, &tasks(ticked, rest));
        self.hears_until("FR-901")
    }
}

fn findings(told: PublishDiagnosticsParams) -> BTreeSet<Said> {
    let told = serde_json::to_value(told).unwrap();
    let uri = told["uri"].as_str().unwrap();
    let path = Path::new(uri).file_name().unwrap().to_string_lossy();
    let all = told["diagnostics"].as_array().unwrap().iter();
    let said = all.map(|it| {
        let text = |name: &str| it[name].as_str().unwrap().to_owned();
        (path.clone().into_owned(), text("code"), text("message"))
    });
    said.collect()
}

/// The findings that were there before, and the one that is meant.
fn meant(first: &BTreeSet<Said>, heard: &BTreeSet<Said>) {
    let more: Vec<_> = heard.difference(first).collect();
    assert!(
        more.len() == 1 && more[0].2.contains("FR-901"),
        "said in the middle: {more:#?}"
    );
}

#[test]
fn nothing_is_said_in_the_middle_of_an_agents_work() {
    let (mut agent, first) = Agent::starts("2500");
    // 200 writes.
    for round in 0..5 {
        for number in 1..=PARTS {
            let path = source(number);
            agent.writes(&path, &code(number, &format!("sheet {round}")));
        }
        agent.writes(SPEC, &format!("{}\nRound {round}.\n", spec()));
    }
    for number in 1..=PARTS {
        agent.replaces(&source(number), &code(number, "page"));
    }
    agent.replaces(SPEC, &spec().replace("sheet", "page"));
    // Deleted and made again.
    for path in [SPEC, TASKS, "src/part_07.rs"] {
        let text = std::fs::read(agent.server.path(path)).unwrap();
        std::fs::remove_file(agent.server.path(path)).unwrap();
        agent.tells(&[path]);
        write(&agent.server.path(path), &text);
        agent.tells(&[path]);
    }
    // Other requirements on another branch; there and back, and a merge that is given up.
    agent.git(&["commit", "-qam", "pages"]);
    agent.git(&["checkout", "-q", "-b", "other"]);
    let others = |text: String| text.replace("FR-0", "FR-1").replace("sheet", "leaf");
    agent.writes(SPEC, &others(spec()));
    agent.writes(TASKS, &others(tasks(3, "")));
    agent.git(&["commit", "-qam", "other"]);
    agent.git(&["checkout", "-q", "main"]);
    agent.writes(TASKS, &tasks(1, ""));
    agent.git(&["commit", "-qam", "one"]);
    let merge = ["merge", "--no-commit", "-q", "-X", "find-renames", "other"];
    let conflict = std::process::Command::new("git")
        .args(merge)
        .current_dir(agent.server.path(""))
        .output();
    assert!(!conflict.unwrap().status.success(), "the branches agree");
    agent.tells(&[SPEC, TASKS]);
    agent.git(&["merge", "--abort"]);
    // 40 ticks.
    for ticked in 1..=PARTS {
        agent.writes(TASKS, &tasks(ticked, ""));
    }
    let heard = agent.ends(PARTS);
    meant(&first, &heard);
}

/// The pause is longer than the silence that is waited for.
#[test]
fn a_file_that_is_written_slowly_is_waited_for() {
    let (mut agent, first) = Agent::starts("200");
    agent.pace = Duration::from_millis(700);
    agent.writes(SPEC, &format!("{}\nOnce more.\n", spec()));
    agent.writes(&source(7), &code(7, "once more"));
    agent.pace = Duration::ZERO;
    let heard = agent.ends(0);
    meant(&first, &heard);
    // What stays as it is is meant so.
    let whole = spec();
    agent.puts(SPEC, &whole[..whole.find("- **FR-030**").unwrap()]);
    agent.hears_until("FR-030");
}

/// Somebody writes without a pause for longer than changes are kept waiting.
#[test]
fn whoever_does_not_pause_is_waited_for() {
    let (mut agent, first) = Agent::starts("1000");
    agent.pace = Duration::from_millis(60);
    agent.puts(SPEC, &spec().replace("FR-002", "FR-202"));
    for round in 0..110 {
        let number = 1 + round % PARTS;
        agent.puts(&source(number), &code(number, &format!("sheet {round}")));
    }
    agent.puts(SPEC, &spec());
    let heard = agent.ends(0);
    meant(&first, &heard);
}
