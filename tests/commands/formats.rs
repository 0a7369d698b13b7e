//! What other programs read: SARIF, `JUnit` XML, annotations.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::sandbox::Sandbox;

/// A feature with a finding that has a fix, in a file with a byte order mark, CRLF and an emoji before the finding.
fn defect() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    let tasks = "specs/001-login/tasks.md";
    let text = std::fs::read_to_string(sandbox.path().join(tasks)).unwrap();
    let text = format!(
        "\u{feff}{}",
        text.replace("Create the session in", "🎉 Create the session in")
            .replace('\n', "\r\n")
    );
    sandbox.write(tasks, &text);
    sandbox.commit("all");
    sandbox
}

/// An object of SARIF 2.1.0: what it must have and what else it may have. The parts we write, restated from the
/// standard, which allows no other properties.
struct Shape {
    name: &'static str,
    required: &'static [(&'static str, Kind)],
    optional: &'static [(&'static str, Kind)],
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Uri,
    /// At least this.
    Number(i64),
    True,
    False,
    One(&'static str),
    Many(&'static str),
    Named(&'static str),
    Texts,
    Choice(&'static [&'static str]),
    /// A property bag: anything.
    Bag,
}

const LEVELS: Kind = Kind::Choice(&["none", "note", "warning", "error"]);

const SHAPES: &[Shape] = &[
    Shape {
        name: "log",
        required: &[
            ("version", Kind::Choice(&["2.1.0"])),
            ("runs", Kind::Many("run")),
        ],
        optional: &[("$schema", Kind::Uri)],
    },
    Shape {
        name: "run",
        required: &[("tool", Kind::One("tool"))],
        optional: &[
            ("automationDetails", Kind::One("automation")),
            ("invocations", Kind::Many("invocation")),
            (
                "columnKind",
                Kind::Choice(&["utf16CodeUnits", "unicodeCodePoints"]),
            ),
            ("originalUriBaseIds", Kind::Named("artifact")),
            ("results", Kind::Many("result")),
        ],
    },
    Shape {
        name: "tool",
        required: &[("driver", Kind::One("driver"))],
        optional: &[],
    },
    Shape {
        name: "driver",
        required: &[("name", Kind::Text)],
        optional: &[
            ("version", Kind::Text),
            ("semanticVersion", Kind::Text),
            ("informationUri", Kind::Uri),
            ("rules", Kind::Many("rule")),
        ],
    },
    Shape {
        name: "rule",
        required: &[("id", Kind::Text)],
        optional: &[
            ("shortDescription", Kind::One("message")),
            ("fullDescription", Kind::One("message")),
            ("helpUri", Kind::Uri),
            ("help", Kind::One("message")),
            ("defaultConfiguration", Kind::One("configuration")),
            ("properties", Kind::Bag),
        ],
    },
    Shape {
        name: "configuration",
        required: &[],
        optional: &[("level", LEVELS), ("enabled", Kind::False)],
    },
    Shape {
        name: "automation",
        required: &[],
        optional: &[("id", Kind::Text)],
    },
    Shape {
        name: "invocation",
        required: &[("executionSuccessful", Kind::True)],
        optional: &[("toolExecutionNotifications", Kind::Many("notification"))],
    },
    Shape {
        name: "notification",
        required: &[("message", Kind::One("message"))],
        optional: &[
            ("level", LEVELS),
            ("associatedRule", Kind::One("rule-reference")),
        ],
    },
    Shape {
        name: "rule-reference",
        required: &[("id", Kind::Text)],
        optional: &[("index", Kind::Number(0))],
    },
    Shape {
        name: "message",
        required: &[("text", Kind::Text)],
        optional: &[("markdown", Kind::Text)],
    },
    Shape {
        name: "result",
        required: &[("message", Kind::One("message"))],
        optional: &[
            ("ruleId", Kind::Text),
            ("ruleIndex", Kind::Number(0)),
            ("level", LEVELS),
            ("locations", Kind::Many("location")),
            ("relatedLocations", Kind::Many("location")),
            ("partialFingerprints", Kind::Texts),
            ("fixes", Kind::Many("fix")),
            ("suppressions", Kind::Many("suppression")),
            (
                "baselineState",
                Kind::Choice(&["new", "unchanged", "updated", "absent"]),
            ),
            ("properties", Kind::Bag),
        ],
    },
    Shape {
        name: "suppression",
        required: &[("kind", Kind::Choice(&["inSource", "external"]))],
        optional: &[
            (
                "status",
                Kind::Choice(&["accepted", "underReview", "rejected"]),
            ),
            ("justification", Kind::Text),
        ],
    },
    Shape {
        name: "location",
        required: &[],
        optional: &[
            ("id", Kind::Number(0)),
            ("physicalLocation", Kind::One("physical")),
            ("logicalLocations", Kind::Many("logical")),
            ("message", Kind::One("message")),
        ],
    },
    Shape {
        name: "logical",
        required: &[],
        optional: &[("fullyQualifiedName", Kind::Text)],
    },
    Shape {
        name: "physical",
        required: &[("artifactLocation", Kind::One("artifact"))],
        optional: &[("region", Kind::One("region"))],
    },
    Shape {
        name: "artifact",
        required: &[("uri", Kind::Uri)],
        optional: &[("uriBaseId", Kind::Text)],
    },
    Shape {
        name: "region",
        required: &[],
        optional: &[
            ("startLine", Kind::Number(1)),
            ("startColumn", Kind::Number(1)),
            ("endLine", Kind::Number(1)),
            ("endColumn", Kind::Number(1)),
            ("byteOffset", Kind::Number(0)),
            ("byteLength", Kind::Number(0)),
        ],
    },
    Shape {
        name: "fix",
        required: &[("artifactChanges", Kind::Many("change"))],
        optional: &[("description", Kind::One("message"))],
    },
    Shape {
        name: "change",
        required: &[
            ("artifactLocation", Kind::One("artifact")),
            ("replacements", Kind::Many("replacement")),
        ],
        optional: &[],
    },
    Shape {
        name: "replacement",
        required: &[("deletedRegion", Kind::One("region"))],
        optional: &[("insertedContent", Kind::One("content"))],
    },
    Shape {
        name: "content",
        required: &[],
        optional: &[("text", Kind::Text)],
    },
];

/// Checks a value against a shape; `seen` takes the names of the shapes met.
fn conforms(value: &Value, name: &'static str, at: &str, seen: &mut BTreeSet<&'static str>) {
    let shape = SHAPES.iter().find(|shape| shape.name == name).unwrap();
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("{at} is no object"));
    seen.insert(name);
    for (key, _) in shape.required {
        assert!(object.contains_key(*key), "{at} lacks {key}");
    }
    for (key, value) in object {
        let known = shape
            .required
            .iter()
            .chain(shape.optional)
            .find(|(known, _)| known == key);
        let Some((_, kind)) = known else {
            panic!("{at} must not have {key}");
        };
        let at = format!("{at}/{key}");
        match kind {
            Kind::Text => assert!(value.is_string(), "{at}"),
            Kind::Uri => {
                let uri = value.as_str().unwrap_or_else(|| panic!("{at}"));
                assert!(!uri.contains([' ', '\\', '\n', '"', '<']), "{at}: {uri}");
            }
            Kind::Number(least) => assert!(value.as_i64().is_some_and(|n| n >= *least), "{at}"),
            Kind::True => assert_eq!(value, true, "{at}"),
            Kind::False => assert_eq!(value, false, "{at}"),
            Kind::One(name) => conforms(value, name, &at, seen),
            Kind::Many(name) => {
                for (n, each) in value
                    .as_array()
                    .unwrap_or_else(|| panic!("{at}"))
                    .iter()
                    .enumerate()
                {
                    conforms(each, name, &format!("{at}/{n}"), seen);
                }
            }
            Kind::Named(name) => {
                for each in value.as_object().unwrap_or_else(|| panic!("{at}")).values() {
                    conforms(each, name, &at, seen);
                }
            }
            Kind::Texts => {
                let all = value.as_object().unwrap_or_else(|| panic!("{at}"));
                assert!(all.values().all(Value::is_string), "{at}");
            }
            Kind::Choice(words) => {
                assert!(
                    value.as_str().is_some_and(|word| words.contains(&word)),
                    "{at}: {value}"
                );
            }
            Kind::Bag => assert!(value.is_object(), "{at}"),
        }
    }
}

#[test]
fn sarif_is_what_the_standard_allows() {
    let sandbox = defect();
    let ran = sandbox.run(&["check", "--all", "--format", "sarif"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let log = ran.json();
    let mut seen = BTreeSet::new();
    conforms(&log, "log", "", &mut seen);
    for name in ["fix", "replacement", "region", "rule", "logical"] {
        assert!(seen.contains(name), "no {name} was checked");
    }
}

#[test]
fn sarif_points_at_the_same_text_in_lines_columns_and_bytes() {
    let sandbox = defect();
    let log = sandbox.run(&["check", "--all", "--format", "sarif"]).json();
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "phantom-task");
    let places = ["locations", "relatedLocations"].map(|key| result[key].as_array().unwrap());
    let mut behind_emoji = 0;
    for place in places.into_iter().flatten() {
        let physical = &place["physicalLocation"];
        let base = physical["artifactLocation"]["uriBaseId"].as_str().unwrap();
        let base = run["originalUriBaseIds"][base]["uri"].as_str().unwrap();
        assert!(
            base.starts_with("file:///") && base.ends_with('/'),
            "{base}"
        );
        let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
        let text = std::fs::read_to_string(sandbox.path().join(uri)).unwrap();
        let region = &physical["region"];
        let at = |key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap();
        let by_bytes = &text[at("byteOffset")..at("byteOffset") + at("byteLength")];
        let unmarked = text.trim_start_matches('\u{feff}');
        let line = unmarked.split("\r\n").nth(at("startLine") - 1).unwrap();
        let units: Vec<u16> = line.encode_utf16().collect();
        assert_eq!(at("startLine"), at("endLine"));
        let range = at("startColumn") - 1..at("endColumn") - 1;
        assert_eq!(by_bytes, String::from_utf16(&units[range]).unwrap());
        behind_emoji += usize::from(by_bytes == "tests/test_gone.py" && line.contains('🎉'));
    }
    assert_eq!(behind_emoji, 1, "{result}");
    let json = sandbox.check().json();
    let ours = &json["findings"][0]["fingerprint"];
    let prints = result["partialFingerprints"].as_object().unwrap();
    assert_eq!(prints.values().collect::<Vec<_>>(), [ours]);
}

#[test]
fn junit_fails_where_the_exit_code_does() {
    let sandbox = defect();
    let counted = |fail_on: &str| {
        let ran = sandbox.run(&["check", "--all", "--format", "junit", "--fail-on", fail_on]);
        let xml = roxmltree::Document::parse(&ran.out).unwrap();
        let count = |name: &str| {
            xml.descendants()
                .filter(|node| node.has_tag_name(name))
                .count()
        };
        (ran.code, count("failure"), count("system-out"))
    };
    assert_eq!(counted("information"), (1, 1, 0));
    assert_eq!(counted("warning"), (0, 0, 1));
}

#[test]
fn annotations_name_files_from_the_directory_the_build_runs_in() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    let wanted = "file=specs/001-login/tasks.md,line=6,";
    let here = sandbox.run(&["check", "--all", "--format", "github"]);
    assert!(
        here.out.starts_with("::notice ") && here.out.contains(wanted),
        "{}",
        here.out
    );
    let above = crate::sandbox::run_in(
        sandbox.path().parent().unwrap(),
        &[
            "-C",
            sandbox.path().to_str().unwrap(),
            "check",
            "--all",
            "--format",
            "github",
        ],
    );
    let name = sandbox.path().file_name().unwrap().to_str().unwrap();
    let wanted = wanted.replace("specs", &format!("{name}/specs"));
    assert!(above.out.contains(&wanted), "{}", above.out);
}

#[test]
fn the_comment_begins_with_a_hidden_marker_and_the_verdict() {
    let sandbox = defect();
    let all = sandbox.run(&["check", "--all", "--format", "markdown"]);
    let lines: Vec<&str> = all.out.lines().collect();
    assert_eq!(lines[0], "<!-- spec-analyzer -->");
    assert_eq!(lines[1], "**spec-analyzer: 1 information in 1 feature.**");
    assert!(all.out.contains("#### `specs/001-login`"), "{}", all.out);
    assert!(!all.out.contains("weakened"), "{}", all.out);
    let new = sandbox.run(&["check", "--all", "--format", "markdown", "--since", "HEAD"]);
    assert!(
        new.out
            .contains("no new findings in 1 feature, compared with HEAD"),
        "{}",
        new.out
    );
    assert!(
        new.out.contains("1 older finding is not shown"),
        "{}",
        new.out
    );
}

#[test]
fn a_new_tick_without_evidence_is_in_the_verdict() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    let tasks = "specs/001-login/tasks.md";
    let text = std::fs::read_to_string(sandbox.path().join(tasks)).unwrap();
    sandbox.write(
        tasks,
        &text.replace(
            "- [ ] T003 [US1] Write the greeting in src/greeting.rs",
            "- [x] T003 [US1] Write the greeting in tests/test_greeting.py",
        ),
    );
    let ran = sandbox.run(&["check", "--all", "--format", "markdown", "--since", "HEAD"]);
    let verdict = ran.out.lines().nth(1).unwrap();
    assert!(
        verdict.contains("weakened: 1 tick without evidence"),
        "{verdict}"
    );
    assert!(
        ran.out
            .contains("- tick without evidence: `specs/001-login/tasks.md:7`"),
        "{}",
        ran.out
    );
}

#[test]
fn a_branch_that_only_adds_a_suppression_says_so_in_the_first_line() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    sandbox.commit("all");
    sandbox.write(
        "spec-analyzer.toml",
        "[[suppress]]\naddress = \"specs/001-login#T002\"\ncode = \"phantom-task\"\nreason = \"it lives in `vendor` | elsewhere\"\n",
    );
    sandbox.commit("silence");
    let ran = sandbox.run(&[
        "check", "--all", "--format", "markdown", "--since", "HEAD~1",
    ]);
    let first = ran
        .out
        .lines()
        .find(|line| !line.starts_with("<!--"))
        .unwrap();
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(first.contains("no new findings"), "{first}");
    assert!(first.contains("weakened: 1 suppression added"), "{first}");
    assert!(
        ran.out
            .contains("- suppression added: `phantom-task` at `specs/001-login#T002`"),
        "{}",
        ran.out
    );
    let before = sandbox.run(&["check", "--all", "--format", "markdown", "--since", "HEAD"]);
    assert!(!before.out.contains("weakened"), "{}", before.out);
    // An old finding that a change makes visible again is not new.
    sandbox.write("spec-analyzer.toml", "");
    let visible = sandbox.run(&["check", "--all", "--format", "json", "--since", "HEAD"]);
    assert!(visible.findings().is_empty(), "{}", visible.out);
}

#[test]
fn sarif_lists_suppressed_findings_as_such_when_asked() {
    let sandbox = defect();
    sandbox.write(
        "spec-analyzer.toml",
        "[[suppress]]\naddress = \"specs/001-login#T002\"\ncode = \"phantom-task\"\nreason = \"known\"\n",
    );
    let arguments = ["check", "--all", "--format", "sarif"];
    let silent = sandbox.run(&arguments).json();
    assert_eq!(silent["runs"][0]["results"].as_array().unwrap().len(), 0);
    let told = sandbox
        .run(&[&arguments[..], &["--show-suppressed", "--since", "HEAD"]].concat())
        .json();
    let result = &told["runs"][0]["results"][0];
    assert_eq!(result["suppressions"][0]["kind"], "external");
    assert!(
        result["suppressions"][0]["justification"]
            .as_str()
            .unwrap()
            .contains("known")
    );
    conforms(&told, "log", "", &mut BTreeSet::new());
}
