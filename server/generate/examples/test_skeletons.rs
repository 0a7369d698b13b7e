//! Writes the tests that features lack, as the graph of each directory tells them, writes them again, and says what the
//! rules then find that they did not find before: `cargo run -p generate --example test_skeletons -- [--show] DIR...`
#![expect(clippy::print_stdout, reason = "a command-line tool")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use fixture::Fixture;
use generate::{Skeletons, Unwritable, skeletons};
use rules::{Checked, Locale};
use text::{FileId, LineIndex};
use trace::{Change, FeatureId, Graph, SourceFile};

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let show = args.iter().any(|arg| arg == "--show");
    args.retain(|arg| arg != "--show");
    for dir in &args {
        directory(Path::new(dir), show);
    }
}

/// The tests of a feature, with texts from disk, or as they were written before.
fn tests(
    dir: &Path,
    graph: &Graph,
    new: &BTreeMap<FileId, String>,
    feature: FeatureId,
) -> Skeletons {
    let texts = |file: FileId| {
        if let Some(text) = new.get(&file) {
            return Ok(Arc::from(text.as_str()));
        }
        let path = dir.join(graph.inputs().tree.path_str(file));
        let text = std::fs::read_to_string(path).map_err(|_| Unwritable::NotUtf8)?;
        Ok(Arc::from(text.as_str()))
    };
    skeletons(graph, feature, None, &texts)
}

fn directory(dir: &Path, show: bool) {
    let mut graph = Fixture::directory(dir).graph;
    let before = messages(&graph);
    let mut new: BTreeMap<FileId, String> = BTreeMap::new();
    let (mut asked, mut written, mut again, mut count) = (0, 0, 0, 0);
    let mut frameworks: BTreeMap<&str, usize> = BTreeMap::new();
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    let ids: Vec<FeatureId> = graph.features().iter().map(|it| it.id).collect();
    for id in ids {
        let done = tests(dir, &graph, &new, id);
        if done.files.is_empty() && done.left.is_empty() {
            continue;
        }
        asked += 1;
        for why in &done.left {
            *left.entry(why.clone()).or_default() += 1;
        }
        if done.files.is_empty() {
            continue;
        }
        written += 1;
        let mut tree = graph.inputs().tree.clone();
        let mut changes = Vec::new();
        for made in &done.files {
            let old = made.file.map(|file| {
                let known = new.get(&file).cloned();
                let path = dir.join(&made.path);
                known.unwrap_or_else(|| std::fs::read_to_string(path).unwrap_or_default())
            });
            let Ok(text) = text::apply(&old.unwrap_or_default(), &made.edits) else {
                println!("!!! {}: the edits do not fit", made.path);
                continue;
            };
            let file = tree.insert(made.root, &made.path);
            if let Some(facts) = code::read_path(&made.path, &text, &|| false) {
                let lines = LineIndex::new(&text);
                changes.push(Change::Source(
                    file,
                    Some(Arc::new(SourceFile { lines, facts })),
                ));
            }
            if show {
                println!("== {}", made.path);
                for edit in &made.edits {
                    println!("{}", edit.insert);
                }
            }
            new.insert(file, text);
            count += made.items.len();
            *frameworks.entry(made.framework).or_default() += made.items.len();
        }
        changes.insert(0, Change::Tree(tree));
        graph = graph.apply(changes);
        again += usize::from(!tests(dir, &graph, &new, id).files.is_empty());
    }
    println!(
        "{}: {asked} features lack tests, {written} got {count} {frameworks:?}; {again} changed again",
        dir.display()
    );
    for (why, count) in left {
        println!("  left {count}: {why}");
    }
    for message in messages(&graph) {
        if !before.contains(&message) {
            println!("  new: {message}");
        }
    }
}

fn messages(graph: &Graph) -> Vec<String> {
    let checked = Checked::new(graph);
    let all = checked.features().flat_map(|(feature, found)| {
        let findings = found.findings.iter();
        let said = findings.map(|it| {
            format!(
                "{} {} {}",
                feature.path,
                it.code,
                it.message.text(Locale::English)
            )
        });
        said.collect::<Vec<_>>()
    });
    all.collect()
}
