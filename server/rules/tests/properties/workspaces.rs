//! Workspaces the properties are tried on: the projects of `tests/fixtures/spec-kit` and one with every defect, each
//! with Unix and Windows line breaks and with a byte order mark.

use std::path::Path;
use std::sync::Arc;

use fixture::Fixture;
use rules::{Checked, Finding};
use trace::{Accepting, Change, Fate, Graph, History, LOCK_FILE, WordPast};

/// Files by path, as [`fixture::inputs`] takes them.
pub(crate) type Files = Vec<(String, String)>;

const DEFECTS: &str = include_str!("defects.txt");
const OPENSPEC: &str = include_str!("openspec.txt");
const BOUND: &str = include_str!("bound.txt");
const CONTRACTS: &str = include_str!("contracts.txt");

/// Every workspace in every form.
pub(crate) fn all() -> Vec<Files> {
    let mut plain: Vec<Files> = vec![
        Fixture::parse(DEFECTS).files,
        Fixture::parse(OPENSPEC).files,
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/spec-kit");
    for name in ["gen1", "gen2", "japanese", "chinese"] {
        let mut files = Fixture::directory(&root.join(name)).files;
        files.push((
            ".specify/templates/spec-template.md".to_owned(),
            TEMPLATE.to_owned(),
        ));
        plain.push(files);
    }
    plain.push(Fixture::parse(BOUND).files);
    let mut forms = Vec::new();
    for files in plain {
        forms.push(with(&files, |text| {
            text.replace("\r\n", "\n").replace('\n', "\r\n")
        }));
        forms.push(with(&files, |text| {
            format!("\u{feff}{}", text.trim_start_matches('\u{feff}'))
        }));
        forms.push(files);
    }
    forms
}

/// The same, and one with contracts, with locks in which all of it was accepted.
pub(crate) fn accepted() -> Vec<Files> {
    let mut all = all();
    all.push(Fixture::parse(CONTRACTS).files);
    for files in &mut all {
        let lock = lock(files);
        files.push((LOCK_FILE.to_owned(), lock));
    }
    all
}

/// A lock in which all of it was accepted.
fn lock(files: &Files) -> String {
    let graph = Graph::new(fixture::inputs(files));
    let features = graph.features().iter();
    let items: Vec<_> = features
        .flat_map(|feature| graph.acceptable_items(feature))
        .collect();
    let plans = graph.accept(Accepting {
        items: &items,
        reason: "read",
        prune: false,
    });
    let own = plans.iter().find(|plan| plan.path == LOCK_FILE);
    let own = own.map(|plan| text::apply("", &plan.edits));
    own.and_then(Result::ok).unwrap_or_default()
}

const TEMPLATE: &str = "# Feature Specification: [FEATURE NAME]\n\n## User Scenarios & Testing *(mandatory)*\n\n## Requirements *(mandatory)*\n\n## Success Criteria *(mandatory)*\n";

fn with(files: &Files, change: impl Fn(&str) -> String) -> Files {
    files
        .iter()
        .map(|(path, text)| (path.clone(), change(text)))
        .collect()
}

/// What git says in these workspaces: of each path something, by its text alone.
pub(crate) fn history(graph: &Graph) -> History {
    let mut history = History::default();
    for question in graph.questions().paths {
        let path = question.path.as_str();
        let fate = if path.contains("old") {
            Fate::Moved {
                was: question.path.clone(),
                to: "src/real.py".into(),
                commit: "abc1234".into(),
            }
        } else if path.contains("gone") {
            Fate::Deleted {
                was: question.path.clone(),
                commit: "abc1234".into(),
            }
        } else if path.contains("maybe") {
            Fate::Unknown("the clone is shallow".into())
        } else {
            Fate::Never {
                name_existed: false,
                alike: false,
            }
        };
        history.fates.insert(question, fate);
    }
    history
}

/// The graph of these files, all questions answered.
pub(crate) fn graph(files: &Files) -> Graph {
    let graph = Graph::new(fixture::inputs(files));
    let mut answers = history(&graph);
    let graph = graph.apply(vec![Change::History(Arc::new(answers.clone()))]);
    for question in graph.questions().words {
        answers.words.insert(question, false);
    }
    let graph = graph.apply(vec![Change::History(Arc::new(answers.clone()))]);
    for question in graph.questions().word_pasts {
        answers.word_pasts.insert(question, WordPast::NotRemoved);
    }
    graph.apply(vec![Change::History(Arc::new(answers))])
}

/// All findings of these files.
pub(crate) fn findings(files: &Files) -> Vec<Finding> {
    let checked = Checked::new(&graph(files));
    checked
        .features()
        .flat_map(|(_, found)| found.findings.clone())
        .collect()
}
