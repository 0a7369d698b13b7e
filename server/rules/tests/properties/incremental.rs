use std::sync::Arc;

use fixture::document;
use rules::{Checked, Policy};
use settings::{Baseline, Date, Settings};
use text::LineIndex;
use trace::{
    Change, Evidence, Graph, LOCK_FILE, LockFile, ManifestFile, ReportFile, RootId, SourceFile,
    WordPast,
};

use super::Dice;
use super::workspaces::{accepted, history};

const EDITS: usize = 10_000;

/// A workspace that is changed step by step, and what was learnt of it step by step.
struct Live {
    graph: Graph,
    checked: Checked,
}

#[test]
fn a_change_gives_what_a_new_start_gives() {
    let workspaces = accepted();
    let each = EDITS / workspaces.len() + 1;
    for (seed, files) in (1..).zip(workspaces) {
        let graph = Graph::new(fixture::inputs(&files));
        let plain = Checked::new(&graph);
        let checked = plain.with_policy(policy(&plain));
        let mut live = Live { graph, checked };
        let mut dice = Dice::new(seed + 2000);
        let mut files: Vec<(String, Option<String>)> = files
            .into_iter()
            .map(|(path, text)| (path, Some(text)))
            .collect();
        for step in 0..each {
            let changes = change(&mut dice, &mut files, &live.graph);
            live.graph = live.graph.apply(changes);
            live.checked = live.checked.update(&live.graph);
            // A long document takes milliseconds to read anew; every third state is enough to catch a stale one.
            if step % 3 == 0 || step + 1 == each {
                compare(&live, seed, step);
            }
        }
    }
}

/// Decisions that touch what is found first: a rule that is off, one that is an error, a suppression, a baseline.
fn policy(checked: &Checked) -> Arc<Policy> {
    let mut settings = Settings::default();
    let mut entries = Vec::new();
    let all = checked
        .features()
        .flat_map(|(feature, found)| found.findings.iter().map(move |it| (feature, it)));
    for (at, (feature, finding)) in all.enumerate() {
        match at % 4 {
            0 => {
                let code = finding.code.to_owned();
                settings.severity.insert(code, settings::Level::Error);
            }
            1 => settings.suppressions.extend(finding.suppression(
                &feature.path,
                "r".to_owned(),
                None,
            )),
            2 => entries.push(settings::Entry {
                address: finding.address(&feature.path),
                code: finding.code.to_owned(),
                fingerprint: finding.fingerprint(&feature.path),
            }),
            _ => {}
        }
    }
    let baseline: Baseline = entries.into_iter().collect();
    Arc::new(Policy {
        folders: vec![(Arc::new(settings), Arc::new(baseline))],
        today: Date::default(),
    })
}

fn compare(live: &Live, seed: u64, step: usize) {
    let graph = Graph::new(live.graph.inputs().clone());
    assert!(
        graph == live.graph,
        "the graphs differ: seed {seed}, step {step}"
    );
    let plain = Checked::new(&graph);
    let checked = plain.with_policy(Arc::clone(live.checked.policy()));
    // Nothing is lost: what is not left is suppressed or off.
    for ((_, said), (_, left)) in plain.features().zip(checked.features()) {
        let kept =
            left.findings.len() + left.suppressed.len() + (left.off + left.finished) as usize;
        assert_eq!(said.findings.len(), kept, "seed {seed}, step {step}");
    }
    assert_eq!(live.checked.notices(), checked.notices());
    let mut fresh = checked.features();
    for (feature, found) in live.checked.features() {
        let Some((also, wanted)) = fresh.next() else {
            panic!("a feature too many: {}", feature.path);
        };
        assert_eq!(feature.path, also.path);
        assert_eq!(found, wanted, "seed {seed}, step {step}, {}", feature.path);
    }
    assert!(fresh.next().is_none());
}

/// One change of one file, of the tree, or an answer of git.
fn change(dice: &mut Dice, files: &mut [(String, Option<String>)], graph: &Graph) -> Vec<Change> {
    let at = dice.below(files.len());
    let (path, text) = &mut files[at];
    let mut tree = graph.inputs().tree.clone();
    match (dice.below(20), text.as_mut()) {
        (0, Some(_)) => {
            let Some(file) = tree.file(RootId(0), path) else {
                return Vec::new();
            };
            *text = None;
            tree.remove(file);
            vec![
                manifest(graph, path, None, file),
                Change::Tree(tree),
                Change::Document(file, None),
                Change::Source(file, None),
                Change::Lock(file, None),
            ]
        }
        (_, None) => {
            let again = "# New\n\n- [x] T001 Write `src/real.py` (FR-001)\n".to_owned();
            let file = tree.insert(RootId(0), path);
            let manifests = manifest(graph, path, Some(&again), file);
            let change = read(path, &again, file);
            *text = Some(again);
            vec![Change::Tree(tree), manifests, change]
        }
        (1, _) => {
            let mut answers = history(graph);
            for question in graph.questions().words {
                answers.words.insert(question, dice.below(2) == 0);
            }
            for question in graph.questions().word_pasts {
                let past = match dice.below(3) {
                    0 => WordPast::NotRemoved,
                    1 => WordPast::Removed("abc1234".into()),
                    _ => WordPast::Unknown("shallow".into()),
                };
                answers.word_pasts.insert(question, past);
            }
            vec![Change::History(Arc::new(answers))]
        }
        (2, _) => vec![Change::SourcesRead(dice.below(3) > 0)],
        (3, _) => vec![Change::EndpointsRead(dice.below(4) > 0)],
        // A report in which some tests fail.
        (6, _) => vec![failing(dice, graph)],
        // What it is now is what it was at the base, until it is edited.
        (4 | 5, Some(text)) if document(path, text).is_some() => {
            let base = document(path, text).filter(|_| dice.below(4) > 0);
            let file = tree.file(RootId(0), path);
            file.map(|file| Change::Base(file, base))
                .into_iter()
                .collect()
        }
        (die, Some(text)) => {
            match die {
                7 | 8 => merge(dice, text),
                _ => dice.edit(text),
            }
            let Some(file) = tree.file(RootId(0), path) else {
                return Vec::new();
            };
            vec![
                manifest(graph, path, Some(text), file),
                read(path, text, file),
            ]
        }
    }
}

/// A merge that is undecided between two lines, or the marks of one are taken away.
fn merge(dice: &mut Dice, text: &mut String) {
    const MARKS: [&str; 3] = ["<<<<<<< HEAD\n", "=======\n", ">>>>>>> other\n"];
    if MARKS.iter().all(|mark| text.contains(mark)) {
        for mark in MARKS {
            *text = text.replacen(mark, "", 1);
        }
        return;
    }
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let mut places = MARKS.map(|_| starts[dice.below(starts.len())]);
    places.sort_unstable();
    for (place, mark) in places.into_iter().zip(MARKS).rev() {
        text.insert_str(place, mark);
    }
}

/// A report of which the first tests of each source fail, newer than the source or not.
fn failing(dice: &mut Dice, graph: &Graph) -> Change {
    let sources = &graph.inputs().sources;
    let mut cases = Vec::new();
    for (file, source) in sources {
        let path = graph.inputs().tree.path_str(*file);
        cases.extend(source.facts.tests.iter().take(2).map(|test| code::Case {
            class: "".into(),
            name: test.name.clone(),
            file: Some(path.into()),
            outcome: code::Outcome::Failed,
        }));
    }
    let report = ReportFile {
        root: RootId(0),
        path: "junit.xml".into(),
        written: 5,
        report: Arc::new(code::Report {
            cases,
            files: Vec::new(),
        }),
    };
    let shift = dice.below(9) as u64;
    let ages = sources
        .keys()
        .map(|file| (*file, 1 + (u64::from(file.0) + shift) % 9));
    Change::Evidence(Arc::new(Evidence {
        reports: vec![report],
        changed: ages.collect(),
    }))
}

/// The manifests with this state of a file, which may be none of them.
fn manifest(graph: &Graph, path: &str, text: Option<&str>, file: text::FileId) -> Change {
    let known = graph.inputs().manifests.as_deref();
    let mut manifests = known.cloned().unwrap_or_default();
    match text.and_then(|text| ManifestFile::read(path, Some(text))) {
        Some(manifest) => manifests.insert(file, Arc::new(manifest)),
        None => manifests.remove(&file),
    };
    Change::Manifests(Arc::new(manifests))
}

fn read(path: &str, text: &str, file: text::FileId) -> Change {
    if let Some(doc) = document(path, text) {
        return Change::Document(file, Some(doc));
    }
    if path == LOCK_FILE {
        return Change::Lock(file, Some(Arc::new(LockFile::read(text))));
    }
    let facts = code::read_path(path, text, &|| false);
    let facts = facts.or_else(|| code::read_settings(path, text));
    let source = facts.map(|facts| {
        Arc::new(SourceFile {
            lines: LineIndex::new(text),
            facts,
        })
    });
    Change::Source(file, source)
}
