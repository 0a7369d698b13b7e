//! A main spec's edits as a delta: applied again, the delta makes of the old text the edited one, byte for byte.
#![expect(
    clippy::unwrap_used,
    reason = "a fixture without its parts fails the test"
)]

use generate::{Undrafted, Unlike, archive, draft};
use proptest::prelude::*;
use rules::Checked;
use trace::{Graph, RootId};

const MAIN: &str = "openspec/specs/lockers/spec.md";
const DELTA: &str = "openspec/changes/keys/specs/lockers/spec.md";

/// A requirement in a main spec: a name, what is said of it, its scenarios.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    name: String,
    body: u8,
    scenarios: Vec<u8>,
}

impl Entry {
    fn text(&self) -> String {
        let scenarios: Vec<String> = self
            .scenarios
            .iter()
            .map(|it| {
                format!("#### Scenario: 場面 {it}\n- **WHEN** it is {it}\n- **THEN** 🔑 opens")
            })
            .collect();
        format!(
            "### Requirement: {}\nThe system SHALL do {} of {}.\n\n{}",
            self.name,
            self.body,
            self.name.len(),
            scenarios.join("\n\n")
        )
    }
}

fn spec(entries: &[Entry], notes: &str, crlf: bool) -> String {
    let all: Vec<String> = entries.iter().map(Entry::text).collect();
    let text = format!(
        "# lockers Specification\n\n## Purpose\n{notes} Who may use the lockers of the building.\n\n\
         ## Requirements\n\n{}\n\n## Notes\n{notes}\n",
        all.join("\n\n")
    );
    if crlf {
        text.replace('\n', "\r\n")
    } else {
        text
    }
}

#[derive(Debug, Clone)]
enum Step {
    Body(usize, u8),
    Scenario(usize, u8),
    Rename(usize),
    Remove(usize),
    Add(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..6_usize, any::<u8>()).prop_map(|(at, to)| Step::Body(at, to)),
        (0..6_usize, 100..200_u8).prop_map(|(at, to)| Step::Scenario(at, to)),
        (0..6_usize).prop_map(Step::Rename),
        (0..6_usize).prop_map(Step::Remove),
        any::<u8>().prop_map(Step::Add),
    ]
}

fn edited(before: &[Entry], steps: &[Step]) -> Vec<Entry> {
    let mut after = before.to_vec();
    for (nth, step) in steps.iter().enumerate() {
        let len = after.len();
        match step {
            Step::Body(at, to) => after[at % len].body = *to,
            Step::Scenario(at, new) => {
                let scenarios = &mut after[at % len].scenarios;
                if !scenarios.contains(new) {
                    scenarios.push(*new);
                }
            }
            Step::Rename(at) => {
                let name = &mut after[at % len].name;
                *name = format!("{name} 新 {nth}");
            }
            Step::Remove(at) if len > 1 => drop(after.remove(at % len)),
            Step::Remove(_) => {}
            Step::Add(body) => after.push(Entry {
                name: format!("Added {nth}"),
                body: *body,
                scenarios: vec![*body],
            }),
        }
    }
    after
}

fn graph(main: &str, delta: &str) -> Graph {
    let files = [(MAIN, main), (DELTA, delta)].map(|(path, text)| (path.into(), text.into()));
    Graph::new(fixture::inputs(&files))
}

/// What archiving the drafted delta makes of the spec that was put back.
fn archived(main: &str, delta: &str) -> String {
    let graph = graph(main, delta);
    let file = graph.inputs().tree.file(RootId(0), DELTA).unwrap();
    let change = graph.feature_of(file).unwrap().id;
    let done = archive(&graph, change, None).unwrap();
    let [spec] = done.specs.as_slice() else {
        panic!("{done:?}")
    };
    spec.after.clone().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn there_and_back_is_the_same_text(
        bodies in proptest::collection::vec((any::<u8>(), proptest::collection::vec(0..90_u8, 1..3)), 1..5),
        steps in proptest::collection::vec(step(), 1..6),
        crlf in any::<bool>(),
        noted in any::<bool>(),
    ) {
        let before: Vec<Entry> = bodies
            .into_iter()
            .enumerate()
            .map(|(nth, (body, mut scenarios))| {
                scenarios.dedup();
                Entry { name: format!("Open {nth}"), body, scenarios }
            })
            .collect();
        let after = edited(&before, &steps);
        let notes = if noted { "Other." } else { "Kept." };
        let (old, new) = (spec(&before, "Kept.", crlf), spec(&after, notes, crlf));
        match draft(&old, &new) {
            Err(why) => prop_assert!(why == Undrafted::Same && before == after, "{:?}", why),
            Ok(drafted) => {
                let text = archived(&drafted.main, &drafted.delta);
                // A new one that took the place of a renamed one is told of, everything else is byte for byte.
                if drafted.unlike.is_empty() {
                    prop_assert_eq!(&text, &new);
                } else {
                    prop_assert_eq!(&drafted.unlike, &[Unlike::Order]);
                    prop_assert_eq!(text.len(), new.len());
                }
                if !noted {
                    prop_assert_eq!(&drafted.main, &old);
                }
                prop_assert_eq!(draft(&drafted.main, &drafted.main), Err(Undrafted::Same));
            }
        }
    }
}

fn entry(name: &str, scenarios: &[u8]) -> Entry {
    Entry {
        name: name.to_owned(),
        body: 1,
        scenarios: scenarios.to_vec(),
    }
}

#[test]
fn each_operation_is_said_once_and_raises_no_finding() {
    let before = [
        entry("Open", &[1]),
        entry("Close", &[2]),
        entry("Lend", &[3]),
        entry("Sell", &[4]),
    ];
    let mut after = before.to_vec();
    after[0].scenarios.push(9);
    after[1].name = "Shut".to_owned();
    after[1].body = 1;
    after.remove(3);
    after.push(entry("Clean", &[7]));
    let drafted = draft(
        &spec(&before, "Kept.", false),
        &spec(&after, "Kept.", false),
    )
    .unwrap();
    let heads: Vec<&str> = drafted
        .delta
        .lines()
        .filter(|line| {
            line.starts_with("##") && !line.starts_with("####")
                || line.starts_with("- FROM")
                || line.starts_with("- TO")
        })
        .collect();
    assert_eq!(
        heads,
        [
            "## ADDED Requirements",
            "### Requirement: Clean",
            "## MODIFIED Requirements",
            "### Requirement: Open",
            "### Requirement: Shut",
            "## REMOVED Requirements",
            "### Requirement: Sell",
            "## RENAMED Requirements",
            "- FROM: `### Requirement: Close`",
            "- TO: `### Requirement: Shut`",
        ]
    );
    assert_eq!(drafted.questions, 2);
    let graph = graph(&drafted.main, &drafted.delta);
    let checked = Checked::new(&graph);
    let file = graph.inputs().tree.file(RootId(0), DELTA).unwrap();
    let found = checked.in_file(&graph, file);
    let found: Vec<&str> = found.map(|it| it.code).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_a_delta_cannot_say_is_refused_or_told() {
    let before = [entry("Open", &[1, 2]), entry("Close", &[2])];
    let text = |entries: &[Entry]| spec(entries, "Kept.", false);
    let mut less = before.to_vec();
    less[0].scenarios.pop();
    assert!(matches!(
        draft(&text(&before), &text(&less)),
        Err(Undrafted::Refused(Some(_)))
    ));
    let mut first = before.to_vec();
    first.insert(0, entry("Lend", &[5]));
    let drafted = draft(&text(&before), &text(&first)).unwrap();
    assert_eq!(drafted.unlike, [Unlike::Order]);
    let spaced = text(&first[1..]).replace("\n\n#### ", "\n\n\n#### ");
    let drafted = draft(&text(&before), &spaced).unwrap();
    assert_eq!(drafted.unlike, [Unlike::Blanks]);
    assert_eq!(
        draft(&text(&before), "# lockers\n"),
        Err(Undrafted::Unreadable)
    );
    let twice = [entry("Open", &[1]), entry("open", &[1])];
    assert!(matches!(
        draft(&text(&before), &text(&twice)),
        Err(Undrafted::Twice(_))
    ));
}
