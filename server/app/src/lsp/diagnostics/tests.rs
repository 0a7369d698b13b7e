use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rules::Locale;
use text::{Encoding, LineIndex, span};
use tower_lsp::gen_lsp_types::InitializeParams;

use super::super::client::ClientFacts;
use super::super::engine::{Finding, Severity, Snapshot};
use super::super::open::Document;
use super::super::server::World;
use super::super::settled::Settled;
use super::super::spelling::Spelling;
use super::{Differences, Held, of_file};

const TEXT: &str = "# あ\nFR-001 x\n";

struct Fixed {
    findings: HashMap<PathBuf, Vec<Finding>>,
    lines: LineIndex,
}

impl Snapshot for Fixed {
    fn diagnosed(&self) -> Vec<PathBuf> {
        self.findings.keys().cloned().collect()
    }
    fn findings(&self, path: &Path, _: Locale) -> Vec<Finding> {
        self.findings.get(path).cloned().unwrap_or_default()
    }
    fn says_the_same(&self, before: &Self, path: &Path) -> bool {
        self.findings.get(path) == before.findings.get(path)
    }
    fn counts_the_same(&self, _: &Self, _: &Path) -> bool {
        true
    }
    fn lines(&self, _: &Path) -> Option<&LineIndex> {
        Some(&self.lines)
    }
}

fn finding(start: usize, end: usize) -> Finding {
    Finding {
        code: "unknown-reference".to_owned(),
        severity: Severity::Warning,
        range: span(start, end),
        message: "FR-001 is not defined.".to_owned(),
        docs: None,
        fingerprint: "f".to_owned(),
        related: Vec::new(),
    }
}

fn world(findings: &[(&str, Vec<Finding>)], open: &[(&str, &str, i32)]) -> World<Fixed> {
    let findings = findings
        .iter()
        .map(|(path, f)| (PathBuf::from(path), f.clone()));
    let open = open.iter().map(|(path, uri, version)| {
        let document = Document {
            uri: (*uri).into(),
            version: *version,
            text: TEXT.into(),
            lines: Arc::new(LineIndex::new(TEXT)),
        };
        (PathBuf::from(path), Arc::new(document))
    });
    World {
        seen: 0,
        outside: 0,
        snapshot: Arc::new(Fixed {
            findings: findings.collect(),
            lines: LineIndex::new(TEXT),
        }),
        open: Arc::new(open.collect()),
        lost: Arc::default(),
        folders: Arc::new([]),
        settled: None,
        spelling: Spelling::default(),
    }
}

fn client() -> ClientFacts {
    let mut facts = ClientFacts::new(&InitializeParams::default());
    facts.encoding = Encoding::Utf16;
    facts
}

/// URI, version and number of diagnostics of each message.
fn told(
    differences: &mut Differences<Fixed>,
    world: &World<Fixed>,
) -> Vec<(String, Option<i32>, usize)> {
    let publications = differences.to(world, &client());
    let told = publications.into_iter();
    told.map(|p| (p.uri.0, p.version, p.diagnostics.len()))
        .collect()
}

#[test]
fn a_document_whose_text_is_lost_has_no_diagnostics_until_it_is_known_again() {
    let mut differences = Differences::default();
    let known = || {
        world(
            &[("/a.md", vec![finding(6, 12)])],
            &[("/a.md", "file:///a.md", 3)],
        )
    };
    assert_eq!(told(&mut differences, &known()).len(), 1);
    let lost = World {
        lost: Arc::new([PathBuf::from("/a.md")].into()),
        ..known()
    };
    let gone = told(&mut differences, &lost);
    assert_eq!(gone, [("file:///a.md".to_owned(), None, 0)]);
    assert_eq!(told(&mut differences, &lost), []);
    let back = told(&mut differences, &known());
    assert_eq!(back, [("file:///a.md".to_owned(), Some(3), 1)]);
}

#[test]
fn only_changed_sets_are_told() {
    let mut differences = Differences::default();
    let both = [
        ("/a.md", vec![finding(6, 12)]),
        ("/b.md", vec![finding(6, 12)]),
    ];
    let first = told(&mut differences, &world(&both, &[]));
    assert_eq!(first.len(), 2);
    assert_eq!(told(&mut differences, &world(&both, &[])), []);
    let one = [("/a.md", vec![finding(6, 12)])];
    let gone = told(&mut differences, &world(&one, &[]));
    assert_eq!(gone, [("file:///b.md".to_owned(), None, 0)]);
    assert_eq!(told(&mut differences, &world(&one, &[])), []);
}

#[test]
fn while_others_write_nothing_new_is_told_but_of_what_is_typed() {
    let mut differences = Differences::default();
    let open = |version| [("/c.md", "file:///c.md", version)];
    let before = [("/a.md", vec![finding(6, 12)])];
    let calm = world(&before, &open(1));
    assert_eq!(told(&mut differences, &calm).len(), 1);
    let other = Finding {
        code: "other".to_owned(),
        ..finding(0, 5)
    };
    let more = [
        ("/a.md", vec![other.clone(), finding(6, 12)]),
        ("/b.md", vec![finding(6, 12)]),
        ("/c.md", vec![other]),
    ];
    let restless = |version| World {
        settled: Some(Settled::of(&calm)),
        ..world(&more, &open(version))
    };
    assert_eq!(told(&mut differences, &restless(1)), []);
    let typed = told(&mut differences, &restless(2));
    assert_eq!(typed, [("file:///c.md".to_owned(), Some(2), 1)]);
    let done = told(&mut differences, &world(&more, &open(2)));
    assert_eq!(
        done,
        [
            ("file:///a.md".to_owned(), None, 2),
            ("file:///b.md".to_owned(), None, 1)
        ]
    );
}

#[test]
fn a_clean_document_is_never_mentioned() {
    let mut differences = Differences::default();
    let clean = world(&[("/a.md", Vec::new())], &[("/a.md", "file:///a.md", 1)]);
    assert_eq!(told(&mut differences, &clean), []);
}

#[test]
fn what_was_told_of_a_closed_document_is_told_again_when_it_is_opened() {
    let mut differences = Differences::default();
    let set = [("/a.md", vec![finding(6, 12)])];
    let open = [("/a.md", "file:///a.md", 1)];
    assert_eq!(told(&mut differences, &world(&set, &[])).len(), 1);
    let opened = [("file:///a.md".to_owned(), Some(1), 1)];
    assert_eq!(told(&mut differences, &world(&set, &open)), opened);
    assert_eq!(told(&mut differences, &world(&set, &open)), []);
    assert_eq!(told(&mut differences, &world(&set, &[])), [], "closed");
    assert_eq!(told(&mut differences, &world(&set, &open)), opened);
}

#[test]
fn another_spelling_takes_its_diagnostics_along() {
    let mut differences = Differences::default();
    let set = [("/a.md", vec![finding(6, 12)])];
    told(&mut differences, &world(&set, &[]));
    let opened = told(
        &mut differences,
        &world(&set, &[("/a.md", "file:///%61.md", 7)]),
    );
    assert_eq!(
        opened,
        [
            ("file:///a.md".to_owned(), None, 0),
            ("file:///%61.md".to_owned(), Some(7), 1),
        ]
    );
}

#[test]
fn ranges_are_counted_as_the_client_counts() {
    let world = world(&[("/a.md", vec![finding(0, 5)])], &[]);
    let set = of_file(&world, &client(), Path::new("/a.md"));
    assert_eq!(set.diagnostics[0].range.end.character, 3);
}

#[test]
fn a_client_that_pulls_is_told_of_documents_that_an_edit_elsewhere_changed() {
    let (mut differences, mut held) = (Differences::default(), Held::default());
    let documents = |a: i32| [("/a.md", "file:///a.md", a), ("/b.md", "file:///b.md", 1)];
    let mut stale = |world: &World<Fixed>| {
        let changed = differences.to(world, &client());
        held.is_stale(world, &changed, false)
    };
    let both = [
        ("/a.md", vec![finding(6, 12)]),
        ("/b.md", vec![finding(6, 12)]),
    ];
    assert!(
        !stale(&world(&both, &documents(1))),
        "it asks for what it opens"
    );
    let only_b = [("/a.md", Vec::new()), ("/b.md", vec![finding(6, 12)])];
    assert!(
        !stale(&world(&only_b, &documents(2))),
        "it asks for what it edits"
    );
    assert!(!stale(&world(&only_b, &documents(3))), "nothing changed");
    let none = [("/a.md", Vec::new()), ("/b.md", Vec::new())];
    assert!(stale(&world(&none, &documents(4))), "only /a.md was edited");
}
