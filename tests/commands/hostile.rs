//! File names that try to break out of the formats, from the disk to the reader.

use serde_json::Value;

use crate::sandbox::Sandbox;

/// A directory name that means something to every format: lines, commands, percent, tables, code, XML.
const NAME: &str = "001-a\n::error ::x%0A|`b` ]]> <i>&\"'\u{1b}[31m,é";

#[cfg(unix)]
#[test]
fn every_format_keeps_a_hostile_name_in_its_place() {
    let sandbox = Sandbox::new();
    sandbox.write_feature();
    std::fs::rename(
        sandbox.path().join("specs/001-login"),
        sandbox.path().join("specs").join(NAME),
    )
    .unwrap();
    sandbox.commit("all");
    let path = format!("specs/{NAME}/tasks.md");
    let run = |format: &str| {
        let ran = sandbox.run(&["check", "--all", "--format", format]);
        assert_eq!(ran.code, 0, "{format}: {}", ran.err);
        ran.out
    };
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(json["findings"][0]["path"], path);
    let sarif: Value = serde_json::from_str(&run("sarif")).unwrap();
    let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    let uri = location["artifactLocation"]["uri"].as_str().unwrap();
    assert!(
        uri.starts_with("specs/001-a%0A%3A%3Aerror%20%3A%3Ax%250A%7C"),
        "{uri}"
    );
    let junit = run("junit");
    let xml = roxmltree::Document::parse(&junit).unwrap();
    let suite = xml
        .descendants()
        .find(|node| node.has_tag_name("testsuite"))
        .unwrap();
    let held = format!("specs/{NAME}").replace('\u{1b}', "\u{fffd}");
    assert_eq!(suite.attribute("name"), Some(held.as_str()));
    let github = run("github");
    assert_eq!(github.lines().count(), 1, "{github}");
    assert!(
        github.starts_with("::notice file=specs/001-a%0A%3A%3Aerror %3A%3Ax%250A|"),
        "{github}"
    );
    for format in ["markdown", "analyze"] {
        let text = run(format);
        assert!(!text.contains('\u{1b}'), "{text}");
        assert!(
            !text.lines().any(|line| line.starts_with("::error")),
            "{text}"
        );
    }
    let human = run("human");
    assert!(!human.contains('\u{1b}'), "{human:?}");
    assert!(
        !human.lines().any(|line| line.starts_with("::error")),
        "{human}"
    );
}
