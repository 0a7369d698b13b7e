//! Counts what `OpenSpec` main specs and changes hold, one line of JSON for each repository: `cargo run --release -p
//! workspace --example deltas -- ROOT...`. `tests/accuracy/criteria.md` has the figures beside those of others.
#![expect(clippy::print_stdout, reason = "a command line tool")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use documents::openspec::{Delta, Edition, Fault, Misplaced, capability, delta};
use documents::{DocumentKind, Format};
use trace::{Feature, FeatureState, UnitKind};
use workspace::{Host, Options};

type Counts = BTreeMap<&'static str, usize>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for argument in std::env::args().skip(1) {
        let root = PathBuf::from(argument).canonicalize()?;
        let mut host = Host::new(Options {
            roots: vec![root.clone()],
            ..Options::default()
        });
        host.scan();
        let snapshot = host.finish(false);
        let mut projects: BTreeMap<String, Counts> = BTreeMap::new();
        for feature in snapshot.graph.features() {
            if feature.format() == Format::OpenSpec {
                let counts = projects.entry(feature.project.path.to_string());
                of_unit(feature, counts.or_default());
            }
        }
        let name = root
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        println!(
            "{}",
            serde_json::json!({"root": name, "projects": projects})
        );
    }
    Ok(())
}

fn add(counts: &mut Counts, key: &'static str, count: usize) {
    *counts.entry(key).or_default() += count;
}

fn of_unit(feature: &Feature, counts: &mut Counts) {
    let archived = feature.state == FeatureState::Archived;
    let unit = match (feature.unit, archived) {
        (UnitKind::Capability, _) => "capabilities",
        (UnitKind::Feature, true) => "changes archived",
        (UnitKind::Feature, false) => "changes",
    };
    add(counts, unit, 1);
    for document in &feature.documents {
        let lines = &document.facts().spec_lines;
        let text: &str = &document.doc.text;
        match document.kind {
            DocumentKind::OpenSpecCapability => {
                let read = capability(text, lines, Edition::NEWEST);
                add(counts, "requirements", read.blocks.len());
                let scenarios = read.blocks.iter().map(|block| block.scenarios.len()).sum();
                add(counts, "scenarios", scenarios);
                add(
                    counts,
                    "requirements as the tool lists them",
                    read.listed.len(),
                );
                let listed = read
                    .listed
                    .iter()
                    .map(|listed| listed.scenarios as usize)
                    .sum();
                add(counts, "their scenarios with something in them", listed);
                let outside = |one: &&Misplaced| matches!(one.fault, Fault::Outside);
                let outside = read.misplaced.iter().filter(outside).count();
                add(counts, "requirements outside their section", outside);
                let long = read.listed.iter().filter(|listed| listed.length > 500);
                add(counts, "requirements over 500 characters", long.count());
            }
            DocumentKind::OpenSpecDelta => {
                of_delta(&delta(text, lines, Edition::NEWEST), archived, counts);
            }
            _ => {}
        }
    }
}

fn of_delta(read: &Delta, archived: bool, counts: &mut Counts) {
    let keys = if archived {
        [
            "archived ADDED",
            "archived MODIFIED",
            "archived REMOVED",
            "archived RENAMED",
        ]
    } else {
        ["ADDED", "MODIFIED", "REMOVED", "RENAMED"]
    };
    let sizes = [
        read.added.len(),
        read.modified.len(),
        read.removed.len(),
        read.renamed.len(),
    ];
    for (key, size) in keys.into_iter().zip(sizes) {
        add(counts, key, size);
    }
}
