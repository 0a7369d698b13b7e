//! Takes each story's phase out of every task list below the given directories, writes its tasks anew, and counts
//! what the rules then find: `cargo run -p generate --example hide_and_recover -- [--show] DIR...`
#![expect(clippy::print_stdout, reason = "a command-line tool")]

use std::path::Path;

use documents::ItemKind;
use fixture::Fixture;
use rules::{Checked, Locale};
use trace::{Change, FeatureId, Graph};

#[derive(Default, Debug)]
struct Count {
    hidden: usize,
    written: usize,
    refused: usize,
    new_findings: usize,
    not_settled: usize,
    questions: usize,
    grounded: usize,
    /// Existing files the new tasks claim, and how many of them the hidden tasks named.
    claimed: usize,
    claimed_right: usize,
    /// The same of files a question asks about.
    asked: usize,
    asked_right: usize,
    /// Directories that questions and new files name, and how many of them held files of the hidden tasks.
    dirs: usize,
    dirs_right: usize,
}

fn main() {
    let show = std::env::args().any(|arg| arg == "--show");
    for dir in std::env::args().skip(1).filter(|arg| arg != "--show") {
        let fixture = Fixture::directory(Path::new(&dir));
        let mut count = Count::default();
        let checked = Checked::new(&fixture.graph);
        for feature in fixture.graph.features() {
            stories(&fixture.graph, &checked, feature.id, show, &mut count);
        }
        println!("{dir}: {count:?}");
    }
}

fn stories(graph: &Graph, checked: &Checked, id: FeatureId, show: bool, count: &mut Count) {
    let Some(feature) = graph.feature(id) else {
        return;
    };
    let (Some(spec), Some(tasks)) = (feature.spec(), feature.tasks_document()) else {
        return;
    };
    for (_, story) in spec.facts().items_of(ItemKind::Story) {
        let facts = tasks.facts();
        let phase = facts
            .items_of(ItemKind::Phase)
            .find(|(_, phase)| phase.story.as_ref().is_some_and(|it| it.id == story.id));
        let section = phase.and_then(|(_, phase)| facts.sections.get(phase.section? as usize));
        let Some(section) = section else {
            continue;
        };
        count.hidden += 1;
        let mut text = tasks.doc.text.to_string();
        text.replace_range(std::ops::Range::<usize>::from(section.range), "");
        let with = |graph: &Graph, text: &str| {
            let doc = fixture::document(&tasks.path, text);
            graph.apply(vec![Change::Document(tasks.file, doc)])
        };
        let hidden = with(graph, &text);
        let Some(generated) = generate::tasks_for_story(&hidden, id, &story.id) else {
            count.refused += 1;
            if show {
                println!("--- {} {}: nothing written", feature.path, story.id);
            }
            continue;
        };
        count.written += 1;
        count.questions += generated.questions.len();
        count.grounded += usize::from(generated.questions.is_empty());
        let edits: Vec<text::Edit> = generated.edits.into_iter().map(|(_, edit)| edit).collect();
        let Ok(text) = text::apply(&text, &edits) else {
            continue;
        };
        let written = with(&hidden, &text);
        if generate::tasks_for_story(&written, id, &story.id).is_some() {
            count.not_settled += 1;
        }
        recovered(graph, &written, id, &story.id, count);
        let before = findings(checked, &hidden, id);
        let new: Vec<(String, String)> = findings(checked, &written, id)
            .into_iter()
            .filter(|(print, _)| !before.iter().any(|(known, _)| known == print))
            .collect();
        count.new_findings += new.len();
        if show || !new.is_empty() {
            println!("--- {} {}\n{}\n", feature.path, story.id, generated.preview);
            for (_, message) in new {
                println!("!!! {message}");
            }
        }
    }
}

/// Compares the paths of the new tasks with those of the hidden ones.
fn recovered(graph: &Graph, written: &Graph, id: FeatureId, story: &str, count: &mut Count) {
    let hidden = named(graph, id, story).into_iter().map(|(path, _)| path);
    let hidden: Vec<String> = hidden.collect();
    for (path, asked) in named(written, id, story) {
        let is_dir = path.ends_with('/');
        let exists = graph.inputs().tree.files().any(|(.., each)| *each == path);
        if exists && !is_dir {
            let right = usize::from(hidden.contains(&path));
            if asked {
                count.asked += 1;
                count.asked_right += right;
            } else {
                count.claimed += 1;
                count.claimed_right += right;
            }
        } else if !hidden.is_empty() {
            let dir = path.rfind('/').map_or("", |at| &path[..=at]);
            count.dirs += 1;
            count.dirs_right += usize::from(hidden.iter().any(|each| each.starts_with(dir)));
        }
    }
}

/// Paths that the tasks of a story name, and whether a question does.
fn named(graph: &Graph, id: FeatureId, story: &str) -> Vec<(String, bool)> {
    let mut paths = Vec::new();
    for task in graph.tasks_of_story(id, story) {
        let Some((feature, item)) = graph.item(task) else {
            continue;
        };
        let Some(document) = feature.document(task.file) else {
            continue;
        };
        for link in feature.paths_in(task.file, item.range) {
            let path = &document.facts().paths[link.mention as usize];
            let mut questions = document.facts().clarifications.iter();
            let asked = questions.any(|it| it.range.contains_range(path.range));
            if let [file] = link.resolution.files() {
                paths.push((graph.inputs().tree.path_str(*file).to_owned(), asked));
                continue;
            }
            let slash = if path.directory { "/" } else { "" };
            let path = format!("{}{slash}", path.path.trim_end_matches('/'));
            paths.push((path, asked));
        }
    }
    paths
}

/// Fingerprint and message of each finding of a feature.
fn findings(base: &Checked, graph: &Graph, id: FeatureId) -> Vec<(String, String)> {
    let checked = base.update(graph);
    let (Some(feature), Some(found)) = (graph.feature(id), checked.of(id)) else {
        return Vec::new();
    };
    let all = found.findings.iter();
    all.map(|it| {
        let message = format!("{}: {}", it.code, it.message.text(Locale::English));
        (it.fingerprint(&feature.path), message)
    })
    .collect()
}
