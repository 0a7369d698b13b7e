//! The corpus of the benchmarks, smaller: in every dialect exactly the seeded defects.

#[path = "../benchmarks/src/peer_corpus.rs"]
mod peer_corpus;

use std::collections::BTreeSet;

use crate::sandbox::Sandbox;
use peer_corpus::{Corpus, DIALECTS, corpus};
use serde_json::Value;

fn found<T: Ord>(json: &Value, code: &str, place: impl Fn(&Value) -> T) -> BTreeSet<T> {
    let findings = json["findings"].as_array().unwrap();
    let own = findings.iter().filter(|finding| finding["code"] == code);
    own.map(place).collect()
}

fn address(finding: &Value) -> String {
    finding["item"]["address"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn line(finding: &Value) -> (String, usize) {
    let line = finding["range"]["start"]["line"]
        .as_u64()
        .unwrap_or_default();
    let path = finding["path"].as_str().unwrap_or_default();
    (path.to_owned(), line as usize)
}

#[test]
fn exactly_the_seeded_defects_are_found() {
    for dialect in DIALECTS {
        let sandbox = Sandbox::new();
        let Corpus {
            files,
            uncovered,
            untested,
            broken,
            markers,
        } = corpus(dialect, 500, 400);
        for (path, text) in &files {
            sandbox.write(path, text);
        }
        assert_eq!(markers, 800);
        sandbox.write(
            "spec-analyzer.toml",
            "[severity]\nrequirement-without-task = \"hint\"\n",
        );
        assert_eq!(
            (uncovered.len(), untested.len(), broken.len()),
            (20, 20, 20)
        );
        let json = sandbox.run(&["check", "--all", "--format", "json"]).json();
        assert_eq!(
            found(&json, "requirement-without-task", address),
            uncovered,
            "{dialect:?}"
        );
        assert_eq!(
            found(&json, "requirement-without-test", address),
            untested,
            "{dialect:?}"
        );
        assert_eq!(
            found(&json, "dangling-mention", line),
            broken,
            "{dialect:?}"
        );
        let codes: Vec<&str> = json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|it| it["code"].as_str())
            .collect();
        assert_eq!(codes.len(), 60, "{dialect:?}: {codes:?}");
        assert_eq!(json["unknown"], serde_json::json!([]), "{dialect:?}");
    }
}
