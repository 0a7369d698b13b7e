//! The sample workspace says exactly what its README says it says.

use std::path::Path;

use crate::sandbox::{Sandbox, copy_tree};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/workspaces");

/// The sample with the past its README describes: a file that was moved.
pub(crate) fn sample() -> Sandbox {
    let sandbox = Sandbox::new();
    copy_tree(Path::new(SAMPLES), sandbox.path());
    let domain = sandbox
        .path()
        .join("parcels/services/intake/parcels/domain/tracking_code.py");
    let before = sandbox
        .path()
        .join("parcels/services/intake/parcels/tracking_code.py");
    std::fs::rename(&domain, &before).unwrap();
    sandbox.commit("before");
    std::fs::rename(&before, &domain).unwrap();
    sandbox.commit("move");
    sandbox
}

/// Rows of the README's table: file, line, code, text.
fn expected() -> Vec<[String; 4]> {
    let readme = std::fs::read_to_string(Path::new(SAMPLES).join("README.md")).unwrap();
    let rows = readme.lines().filter(|line| line.starts_with("| `"));
    let mut rows: Vec<[String; 4]> = rows
        .map(|row| {
            let cells: Vec<String> = row
                .trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().trim_matches('`').to_owned())
                .collect();
            cells.try_into().unwrap()
        })
        .collect();
    rows.sort();
    assert!(rows.len() >= 10, "the table was not found");
    rows
}

#[test]
fn every_deliberate_defect_and_nothing_else() {
    let sandbox = sample();
    let json = sandbox.check().json();
    let mut found: Vec<[String; 4]> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let path = finding["path"].as_str().unwrap();
            let bytes = std::fs::read(sandbox.path().join(path)).unwrap();
            let at = |end: &str| {
                usize::try_from(finding["range"][end]["byte"].as_u64().unwrap()).unwrap()
            };
            [
                path.to_owned(),
                finding["range"]["start"]["line"].to_string(),
                finding["code"].as_str().unwrap().to_owned(),
                String::from_utf8(bytes[at("start")..at("end")].to_vec()).unwrap(),
            ]
        })
        .collect();
    found.sort();
    assert_eq!(found, expected());
}

#[test]
fn one_chain_from_story_to_test() {
    let sandbox = sample();
    let status = sandbox.run(&["-C", "parcels"]);
    assert_eq!(status.code, 0, "{}", status.err);
    assert!(status.out.lines().count() <= 15, "{}", status.out);
    let chain = status
        .out
        .lines()
        .find(|line| line.starts_with("Chain: "))
        .unwrap();
    assert!(
        chain.contains("US1 -> T") && chain.contains("-> test "),
        "{chain}"
    );
}

#[test]
fn a_story_leads_to_its_symbols_and_tests_and_a_file_back_to_its_story() {
    let sandbox = sample();
    let story = sandbox.run(&["-C", "parcels", "trace", "001/US1"]);
    assert!(story.out.contains("symbol "), "{}", story.out);
    assert!(story.out.contains("test "), "{}", story.out);
    let file = sandbox.run(&["-C", "parcels", "trace", "services/notifier/src/compose.ts"]);
    assert!(
        file.out.contains("for specs/002-delivery-notices#US"),
        "{}",
        file.out
    );
    let nothing = sandbox.run(&["-C", "parcels", "trace", "FR-777"]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("FR-777"), "{}", nothing.err);
}
