//! Places of a Kiro spec are counted anew, and every reference still means the text it meant.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fixture::Fixture;
use generate::{Position, Recounted, Step, Uncounted, recount};
use proptest::prelude::*;
use trace::{Basis, Target};

const SPEC: &str = ".kiro/specs/login/requirements.md";

fn position(requirement: usize, criterion: Option<usize>) -> Position {
    Position {
        requirement,
        criterion,
    }
}

fn carried_out(
    fixture: &Fixture,
    step: &Step,
) -> Result<(Recounted, BTreeMap<String, String>), Uncounted> {
    let texts = |file| Ok(fixture.text(file).into());
    let done = recount(&fixture.graph, fixture.file(SPEC), step, &texts)?;
    let mut edits: BTreeMap<String, Vec<text::Edit>> = BTreeMap::new();
    for (file, edit) in &done.edits {
        let path = fixture.graph.inputs().tree.path_str(*file).to_owned();
        edits.entry(path).or_default().push(edit.clone());
    }
    let texts = edits
        .into_iter()
        .map(|(path, edits)| {
            let text = text::apply(fixture.text(fixture.file(&path)), &edits);
            let text = text.unwrap_or_else(|error| panic!("{error}"));
            (path, text)
        })
        .collect();
    Ok((done, texts))
}

const SMALL: &str = "//- /.kiro/specs/login/requirements.md
# Requirements Document

## Requirements

### Requirement 1: Login

#### Acceptance Criteria

1. WHEN asked, THE App SHALL answer
2. WHEN locked, THE App SHALL say so as 1.1 has it
3. WHEN tired, THE App SHALL wait

### Requirement 2: Logout

#### Acceptance Criteria

1. WHEN done, THE App SHALL close
//- /.kiro/specs/login/tasks.md
# Implementation Plan

- [ ] 1. Answer
  - _Requirements: 1.1, 1.3_
- [ ] 2. Wait
  - _Requirements: 1.1-1.3, 2.1_
//- /src/app.rs
// Feature: login, Requirement 1.3: waits
fn wait() {}
";

#[test]
fn an_insertion_moves_what_stands_behind_and_its_references() {
    let fixture = Fixture::parse(SMALL);
    let step = Step::Insert(
        position(0, Some(1)),
        "WHEN new, THE App SHALL greet".to_owned(),
    );
    let (done, texts) = carried_out(&fixture, &step).unwrap();
    assert_eq!(
        done.numbers,
        [("1.2".into(), "1.3".into()), ("1.3".into(), "1.4".into())]
    );
    assert!(texts[SPEC].contains(
        "1. WHEN asked, THE App SHALL answer\n2. WHEN new, THE App SHALL greet\n3. WHEN locked, THE App SHALL say so as 1.1 has it\n4. WHEN tired"
    ));
    let tasks = &texts[".kiro/specs/login/tasks.md"];
    assert!(
        tasks.contains("_Requirements: 1.1, 1.4_")
            && tasks.contains("_Requirements: 1.1, 1.3, 1.4, 2.1_")
    );
    assert!(texts["src/app.rs"].contains("Requirement 1.4: waits"));
    assert_eq!(done.references, 4);
}

#[test]
fn a_requirement_moves_with_its_criteria() {
    let fixture = Fixture::parse(SMALL);
    let step = Step::Move(position(1, None), position(0, None));
    let (_, texts) = carried_out(&fixture, &step).unwrap();
    assert!(texts[SPEC].contains("## Requirements\n\n### Requirement 1: Logout"));
    assert!(
        texts[SPEC].contains("say so as 1.1 has it"),
        "a bare number is no reference"
    );
    assert!(texts[".kiro/specs/login/tasks.md"].contains("_Requirements: 2.1-2.3, 1.1_"));
    assert!(texts["src/app.rs"].contains("Requirement 2.3: waits"));
}

#[test]
fn what_cannot_be_done_is_refused() {
    let fixture = Fixture::parse(SMALL);
    let refused = |step: &Step| carried_out(&fixture, step).unwrap_err();
    // The source cites only this one.
    let source = fixture.file("src/app.rs");
    let delete = Step::Delete(position(0, Some(2)));
    assert!(matches!(refused(&delete), Uncounted::Reference(file, _) if file == source));
    assert_eq!(
        refused(&Step::Delete(position(1, Some(0)))),
        Uncounted::Last
    );
    assert_eq!(
        refused(&Step::Delete(position(4, None))),
        Uncounted::NoSuchPlace
    );
    let disputed = Fixture::parse(&SMALL.replace("2. WHEN locked", "4. WHEN locked"));
    let insert = Step::Insert(
        position(0, Some(0)),
        "WHEN new, THE App SHALL greet".to_owned(),
    );
    assert_eq!(
        carried_out(&disputed, &insert).unwrap_err(),
        Uncounted::Disputed("1".into())
    );
    let dangling = Fixture::parse(&SMALL.replace("1.1, 1.3_", "1.1, 1.4_"));
    assert!(matches!(
        carried_out(&dangling, &insert).unwrap_err(),
        Uncounted::Captured(..)
    ));
}

/// How the criteria of a generated spec are written.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Numbered,
    Loose,
    Lazy,
    Bullets,
    Stated,
}

#[derive(Debug, Clone)]
struct Sample {
    text: String,
    /// Criteria by requirement.
    counts: Vec<usize>,
}

fn reference() -> impl Strategy<
    Value = (
        prop::sample::Index,
        prop::sample::Index,
        Option<prop::sample::Index>,
    ),
> {
    any::<(
        prop::sample::Index,
        prop::sample::Index,
        Option<prop::sample::Index>,
    )>()
}

fn sample() -> impl Strategy<Value = Sample> {
    let shape = proptest::sample::select(vec![
        Shape::Numbered,
        Shape::Loose,
        Shape::Lazy,
        Shape::Bullets,
        Shape::Stated,
    ]);
    let lists = proptest::collection::vec(proptest::collection::vec(reference(), 1..5), 1..6);
    let joint = proptest::sample::select(vec![", ", "、", "; "]);
    (proptest::collection::vec(1_usize..12, 1..5), shape, lists, joint, any::<bool>(), any::<bool>()).prop_map(
        |(counts, shape, lists, joint, crlf, bom)| {
            let mut spec = String::from("# Requirements Document\n\n## Requirements\n");
            for (at, count) in (1..).zip(&counts) {
                let _ = write!(spec, "\n### Requirement {at}: Title {}\n\n**User Story:** As a user 🦀\n\n#### Acceptance Criteria\n\n", name(at, 0));
                for nth in 1..=*count {
                    let words = format!("WHEN {}, THE App SHALL act", name(at, nth));
                    let _ = match shape {
                        Shape::Numbered => writeln!(spec, "{nth}. {words}"),
                        Shape::Loose => writeln!(spec, "{nth}. {words}\n   日本語 goes on\n"),
                        Shape::Lazy => writeln!(spec, "1. {words}"),
                        Shape::Bullets => writeln!(spec, "- {words}"),
                        Shape::Stated => writeln!(spec, "- {at}.{nth} {words}"),
                    };
                }
            }
            spec += "\n## Notes\n\nNothing else.\n";
            let mut tasks = String::from("# Implementation Plan\n\n");
            for (nth, list) in (1..).zip(&lists) {
                let parts: Vec<String> = list
                    .iter()
                    .map(|(requirement, criterion, to)| {
                        let at = requirement.index(counts.len());
                        let from = 1 + criterion.index(counts[at]);
                        let end = to.map_or(from, |to| from + to.index(counts[at] - from + 1));
                        if end > from {
                            format!("{0}.{from}-{0}.{end}", at + 1)
                        } else {
                            format!("{}.{from}", at + 1)
                        }
                    })
                    .collect();
                let _ = writeln!(tasks, "- [ ] {nth}. Do it\n  - _Requirements: {}_", parts.join(joint));
            }
            let source = "// Feature: login\n// Validates: Requirements 1.1\nfn work() {}\n";
            let end = |text: String| if crlf { text.replace('\n', "\r\n") } else { text };
            let mark = if bom { "\u{feff}" } else { "" };
            let text = format!(
                "//- /{SPEC}\n{mark}{}//- /.kiro/specs/login/tasks.md\n{}//- /src/app.rs\n{source}",
                end(spec),
                end(tasks)
            );
            Sample { text, counts }
        },
    )
}

/// A word that only one criterion has.
fn name(requirement: usize, criterion: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n).unwrap_or(25));
    format!("{}{}x", letter(requirement), letter(criterion))
}

/// What each reference of a document means, as words: the texts of the items.
fn meant(fixture: &Fixture, path: &str) -> Vec<String> {
    let file = fixture.file(path);
    let feature = &fixture.graph.features()[0];
    let word = |item: &trace::ItemRef| {
        let range = feature.item(*item).map(|it| it.title_range);
        let text = text::slice(fixture.text(item.file), range.unwrap_or_default());
        text.split(|c: char| !c.is_ascii_lowercase())
            .find(|word| word.len() == 3 && word.ends_with('x'))
            .unwrap_or("?")
            .to_owned()
    };
    let references = feature
        .references
        .iter()
        .filter(|reference| reference.file == file);
    let mut words: Vec<String> = references
        .filter_map(|reference| match &reference.target {
            Target::Items(items, Basis::Declared) => {
                Some(items.iter().map(word).collect::<Vec<_>>().concat())
            }
            _ => None,
        })
        .collect();
    words.sort();
    words.dedup();
    words
}

/// Lines without numbers, in no order.
fn bare_lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text
        .split('\n')
        .map(|line| line.chars().filter(|c| !c.is_ascii_digit()).collect())
        .filter(|line: &String| !line.trim().is_empty())
        .collect();
    lines.sort();
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn references_keep_their_texts(sample in sample(), what in 0..3, whole in proptest::bool::weighted(0.3), places in any::<[prop::sample::Index; 4]>()) {
        let fixture = Fixture::parse(&sample.text);
        let counts = &sample.counts;
        let at = places[0].index(counts.len());
        let to = places[1].index(counts.len());
        let place = |at: usize, more: usize, index: &prop::sample::Index| {
            position(at, (!whole).then(|| index.index(counts[at] + more)))
        };
        let step = match what {
            0 if whole => Step::Insert(place(at, 0, &places[2]), "### Requirement {number}: New\n\n#### Acceptance Criteria\n\n1. WHEN new, THE App SHALL greet".to_owned()),
            0 => Step::Insert(place(at, 1, &places[2]), "WHEN new, THE App SHALL greet".to_owned()),
            1 => Step::Delete(place(at, 0, &places[2])),
            _ => Step::Move(place(at, 0, &places[2]), place(to, usize::from(!whole && at != to), &places[3])),
        };
        let before = meant(&fixture, ".kiro/specs/login/tasks.md");
        let (done, texts) = match carried_out(&fixture, &step) {
            Ok(done) => done,
            Err(refused) => {
                let fair = matches!(
                    (&step, &refused),
                    (_, Uncounted::Last | Uncounted::NoSuchPlace)
                        | (Step::Delete(_), Uncounted::Reference(..))
                );
                prop_assert!(fair, "{:?} {:?}\n{}", step, refused, sample.text);
                return Ok(());
            }
        };
        let mut now = String::new();
        for (path, text) in [SPEC, ".kiro/specs/login/tasks.md", "src/app.rs"].map(|path| {
            (path, texts.get(path).cloned().unwrap_or_else(|| fixture.text(fixture.file(path)).to_owned()))
        }) {
            let _ = write!(now, "//- /{path}
{text}");
        }
        let after = Fixture::parse(&now);
        let gone = match step {
            Step::Delete(Position { requirement, criterion }) => Some(name(requirement + 1, criterion.map_or(0, |at| at + 1))),
            _ => None,
        };
        let stays = |word: &String| gone.as_ref().is_none_or(|gone| match step {
            Step::Delete(Position { criterion: None, .. }) => word[..1] != gone[..1],
            _ => word != gone,
        });
        let wanted: Vec<String> = before.into_iter().filter(stays).collect();
        prop_assert_eq!(meant(&after, ".kiro/specs/login/tasks.md"), wanted, "{:?}\n{}\n{}", step, sample.text, now);
        // What is written anew is numbers, and the lines that come, go or move.
        let (old, new) = (bare_lines(fixture.text(fixture.file(SPEC))), bare_lines(after.text(after.file(SPEC))));
        match step {
            Step::Move(..) => prop_assert_eq!(old, new),
            Step::Insert(..) => prop_assert!(old.iter().all(|line| new.contains(line))),
            Step::Delete(_) => prop_assert!(new.iter().all(|line| old.contains(line))),
        }
        prop_assert!(done.edits.windows(2).all(|pair| pair[0].0 != pair[1].0 || pair[0].1.range.end() <= pair[1].1.range.start()));
    }
}
