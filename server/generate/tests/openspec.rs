//! Archiving a change is tried on the main specs, and requirements that are known by name are called otherwise.
#![expect(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a fixture without its parts fails the test; expect! is made where it is given"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use fixture::Fixture;
use generate::{Archived, Objection, Refusal, Refused, archive, renamable, rename};
use proptest::prelude::*;
use text::{FileId, TextSize};

const MAIN: &str = "openspec/specs/lockers/spec.md";
const DELTA: &str = "openspec/changes/keys/specs/lockers/spec.md";

const SPEC: &str = "# lockers Specification

## Purpose
Who may use the lockers of the building, and how they show who they are.

## Requirements
### Requirement: Open
The system SHALL open a locker.

#### Scenario: Right card
- **WHEN** the card is right
- **THEN** it opens

#### Scenario: Wrong card
- **WHEN** the card is wrong
- **THEN** it stays shut

### Requirement: Close
The system SHALL close a locker.

#### Scenario: Shut
- **WHEN** it is shut
- **THEN** it is closed

## Notes
Kept.
";

fn tried(spec: &str, delta: &str) -> (Fixture, Result<Archived, Vec<Refused>>) {
    let fixture = Fixture::parse(&format!("//- /{MAIN}\n{spec}//- /{DELTA}\n{delta}"));
    let file = fixture.file(DELTA);
    let change = fixture.graph.feature_of(file).unwrap().id;
    let done = archive(&fixture.graph, change, None);
    (fixture, done)
}

fn becomes(delta: &str, expected: Expect) {
    let (_, done) = tried(SPEC, delta);
    let done = done.unwrap();
    let [spec] = done.specs.as_slice() else {
        panic!("{done:?}")
    };
    expected.assert_eq(spec.after.as_deref().unwrap_or("(gone)"));
}

fn refused(spec: &str, delta: &str) -> Vec<String> {
    let (fixture, done) = tried(spec, delta);
    let said = done.unwrap_err().into_iter().map(|refused| {
        let place = refused.place.map_or(String::new(), |(file, range)| {
            let text = text::slice(fixture.text(file), range);
            let name = if file == fixture.file(MAIN) {
                "main"
            } else {
                "delta"
            };
            format!("{name} {text:?}: ")
        });
        format!("{place}{:?}", refused.why)
    });
    said.collect()
}

const CLOSE: &str = "### Requirement: Close
The system SHALL close a locker at night.

#### Scenario: Shut
- **WHEN** it is shut
- **THEN** it is closed
";

const NEW: &str = "### Requirement: Lend
The system SHALL lend a locker.

#### Scenario: Lent
- **WHEN** it is lent
- **THEN** it is taken
";

#[test]
fn operations_are_applied_in_the_order_of_the_tool() {
    let delta = format!(
        "## ADDED Requirements\n\n{NEW}\n## MODIFIED Requirements\n\n{CLOSE}\n## RENAMED Requirements\n\n- FROM: `### Requirement: Open`\n- TO: `### Requirement: Unlock`\n"
    );
    becomes(
        &delta,
        expect![[r"
            # lockers Specification

            ## Purpose
            Who may use the lockers of the building, and how they show who they are.

            ## Requirements

            ### Requirement: Unlock
            The system SHALL open a locker.

            #### Scenario: Right card
            - **WHEN** the card is right
            - **THEN** it opens

            #### Scenario: Wrong card
            - **WHEN** the card is wrong
            - **THEN** it stays shut

            ### Requirement: Close
            The system SHALL close a locker at night.

            #### Scenario: Shut
            - **WHEN** it is shut
            - **THEN** it is closed

            ### Requirement: Lend
            The system SHALL lend a locker.

            #### Scenario: Lent
            - **WHEN** it is lent
            - **THEN** it is taken

            ## Notes
            Kept.
        "]],
    );
}

#[test]
fn a_new_capability_gets_the_purpose_of_its_delta_or_a_placeholder() {
    for (purpose, said) in [
        ("## Purpose\nWho may lend.\n\n", "Who may lend."),
        (
            "",
            "TBD - created by archiving change keys. Update Purpose after archive.",
        ),
        (
            "## Purpose\nSee <!-- ## Requirements -->.\n\n",
            "TBD - created by archiving change keys. Update Purpose after archive.",
        ),
    ] {
        let path = "openspec/changes/keys/specs/lending/spec.md";
        let delta = format!("//- /{path}\n{purpose}## ADDED Requirements\n\n{NEW}");
        let fixture = Fixture::parse(&delta);
        let change = fixture.graph.feature_of(fixture.file(path)).unwrap().id;
        let done = archive(&fixture.graph, change, None).unwrap();
        assert_eq!(done.specs[0].path, "openspec/specs/lending/spec.md");
        assert_eq!(done.specs[0].file, None);
        let after = done.specs[0].after.as_deref().unwrap();
        let head = format!("# lending Specification\n\n## Purpose\n{said}\n\n## Requirements\n\n");
        assert_eq!(after, head + NEW);
    }
}

#[test]
fn line_breaks_stay_as_they_are() {
    let spec = SPEC.replace('\n', "\r\n");
    let (_, done) = tried(&spec, &format!("## MODIFIED Requirements\n\n{CLOSE}"));
    let done = done.unwrap();
    let after = done.specs[0].after.as_deref().unwrap();
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    assert!(after.contains("at night.\r\n"), "{after}");
}

#[test]
fn what_was_applied_before_changes_nothing() {
    let open = SPEC.find("### Requirement: Close").unwrap();
    let close = &SPEC[open..SPEC.find("## Notes").unwrap()];
    let delta = format!(
        "## ADDED Requirements\n\n{close}\n## REMOVED Requirements\n\n### Requirement: Gone\n**Reason**: x\n"
    );
    let (_, done) = tried(SPEC, &delta);
    let done = done.unwrap();
    assert_eq!(done.specs, []);
    assert_eq!(done.remarks.len(), 1);
}

#[test]
fn a_capability_goes_only_where_the_change_says_so_and_nothing_else_stands_there() {
    let spec = SPEC.split("## Notes").next().unwrap();
    let delta = "## REMOVED Requirements\n\n### Requirement: Open\n\n### Requirement: Close\n";
    assert_eq!(
        refused(spec, delta),
        ["delta \"Open\": Emptied(\"lockers\")"]
    );
    assert_eq!(
        refused(SPEC, delta),
        ["delta \"Open\": MoreThere(\"## Notes\")"]
    );
    let retired = |spec: &str| {
        let metadata = "//- /openspec/changes/keys/.openspec.yaml\nschema: spec-driven\nretire_capabilities: true\n";
        let fixture = Fixture::parse(&format!(
            "//- /{MAIN}\n{spec}//- /{DELTA}\n{delta}{metadata}"
        ));
        let change = fixture.graph.feature_of(fixture.file(DELTA)).unwrap().id;
        archive(&fixture.graph, change, None)
    };
    assert_eq!(retired(spec).unwrap().specs[0].after, None);
    assert!(retired(SPEC).is_err());
}

#[test]
fn what_the_tool_refuses_is_refused_at_its_place() {
    let modified = |text: &str| format!("## MODIFIED Requirements\n\n{text}");
    let renamed = |from: &str, to: &str| {
        format!(
            "## RENAMED Requirements\n\n- FROM: `### Requirement: {from}`\n- TO: `### Requirement: {to}`\n"
        )
    };
    let mut found = String::new();
    for delta in [
        modified(&CLOSE.replace("Close", "Shut")),
        modified(&CLOSE.replace("Close", "close")),
        modified(&CLOSE.replace("Close", "Open")),
        modified(&CLOSE.replace("The system SHALL close a locker at night.\n", "")),
        modified("### Requirement: Close\nThe system SHALL.\n"),
        modified(&format!("{CLOSE}\n{CLOSE}")),
        modified(&format!(
            "{CLOSE}\n## REMOVED Requirements\n\n### Requirement: Close\n"
        )),
        format!("## ADDED Requirements\n\n{CLOSE}"),
        format!("## ADDED Requirements\n\n{}", NEW.replace("Lend", "OPEN")),
        renamed("Shut", "Lock"),
        renamed("Open", "Close"),
        renamed("Open", "CLOSE"),
        "## RENAMED Requirements\n\n- FROM: `### Requirement: Open`\n".to_owned(),
        format!("{}\n{}", renamed("Close", "Lock"), modified(CLOSE)),
        "Nothing.\n".to_owned(),
    ] {
        for each in refused(SPEC, &delta) {
            let _ = writeln!(found, "{each}");
        }
    }
    expect![[r###"
        delta "Shut": Missing(Modified, "Shut", None)
        delta "close": Missing(Modified, "close", Some("Close"))
        delta "Open": Dropped("Open", ["Right card", "Wrong card"])
        delta "Close": NoText("Close")
        delta "Close": NoScenario("Close")
        delta "Close": Twice(Modified, "Close")
        delta "Close": Both(Modified, Removed, "Close")
        delta "Close": There(Added, "Close", "Close")
        delta "OPEN": There(Added, "OPEN", "Open")
        delta "Shut": Missing(Renamed, "Shut", None)
        delta "Close": There(Renamed, "Close", "Close")
        delta "CLOSE": There(Renamed, "CLOSE", "Close")
        delta "Open": Unpaired(From, "Open")
        delta "## RENAMED Requirements": Empty
        delta "Close": OldName("Lock")
        delta "Nothing.": Empty
    "###]]
    .assert_eq(&found);
    let broken = SPEC.replace("## Notes", "## ADDED Requirements");
    assert_eq!(
        refused(&broken, &modified(CLOSE)),
        ["main \"## ADDED Requirements\": Disordered"]
    );
}

#[test]
fn a_change_that_is_put_away_is_none_in_the_making() {
    let path = "openspec/changes/archive/2026-01-02-keys/specs/lockers/spec.md";
    let fixture = Fixture::parse(&format!("//- /{path}\n## ADDED Requirements\n\n{NEW}"));
    let change = fixture.graph.feature_of(fixture.file(path)).unwrap().id;
    let refused = archive(&fixture.graph, change, None).unwrap_err();
    assert_eq!(refused[0].why, Objection::NoChange);
}

/// All texts after the requirement `old` in a file is renamed.
fn renamed(
    fixture: &Fixture,
    path: &str,
    old: &str,
    new: &str,
) -> Result<BTreeMap<String, String>, Refusal> {
    let file = fixture.file(path);
    let heading = format!("\n### Requirement: {old}");
    let at = fixture.text(file).find(&heading).unwrap() + heading.len();
    renamed_at(fixture, file, at, old, new)
}

/// The same at a place.
fn renamed_at(
    fixture: &Fixture,
    file: FileId,
    at: usize,
    old: &str,
    new: &str,
) -> Result<BTreeMap<String, String>, Refusal> {
    let found = renamable(&fixture.graph, file, TextSize::new(at as u32))?;
    let found = found.ok_or(Refusal::NoId)?;
    assert_eq!(found.id, old);
    let texts = |file| Ok(fixture.text(file).into());
    let done = rename(&fixture.graph, &found.items, new, &texts)?;
    let mut all = BTreeMap::new();
    for path in [MAIN, DELTA] {
        let file = fixture.file(path);
        let own = done.edits.iter().filter(|(each, _)| *each == file);
        let own: Vec<text::Edit> = own.map(|(_, edit)| edit.clone()).collect();
        all.insert(
            path.to_owned(),
            text::apply(fixture.text(file), &own).unwrap(),
        );
    }
    Ok(all)
}

fn pair(delta: &str) -> Fixture {
    Fixture::parse(&format!("//- /{MAIN}\n{SPEC}//- /{DELTA}\n{delta}"))
}

#[test]
fn a_modified_requirement_gets_a_new_name_by_a_pair() {
    let delta = format!("# Delta\n\n## Modified Requirements\n\n{CLOSE}");
    let after = renamed(&pair(&delta), DELTA, "Close", "Lock").unwrap();
    assert_eq!(after[MAIN], SPEC);
    let wanted = delta.replace("Requirement: Close", "Requirement: Lock")
        + "\n## Renamed Requirements\n\n- FROM: `### Requirement: Close`\n- TO: `### Requirement: Lock`\n";
    assert_eq!(after[DELTA], wanted);
    // Another name: FROM stays the main spec's. The first one: no pair is needed.
    let again = renamed(&pair(&wanted), DELTA, "Lock", "Bolt").unwrap();
    assert_eq!(again[DELTA], wanted.replace("Lock", "Bolt"));
    let back = renamed(&pair(&wanted), DELTA, "Lock", "Close").unwrap();
    assert_eq!(back[DELTA], delta);
    let (_, done) = tried(SPEC, &wanted);
    let text = done.unwrap().specs.remove(0).after.unwrap();
    assert!(text.contains("### Requirement: Lock\nThe system SHALL close a locker at night."));
}

#[test]
fn names_on_the_lines_of_a_pair_are_renamed_where_they_stand() {
    let delta = format!(
        "## RENAMED Requirements\n- FROM: `### Requirement: Close`\n- TO: `### Requirement: Lock`\n\n## MODIFIED Requirements\n\n{}",
        CLOSE.replace("Requirement: Close", "Requirement: Lock")
    );
    let fixture = pair(&delta);
    let file = fixture.file(DELTA);
    let from = delta.find("Close").unwrap();
    let after = renamed_at(&fixture, file, from, "Close", "Shut").unwrap();
    assert_eq!(
        after[MAIN],
        SPEC.replace("Requirement: Close", "Requirement: Shut")
    );
    assert_eq!(after[DELTA], delta.replacen("Close", "Shut", 1));
    let to = delta.find("Lock").unwrap();
    let after = renamed_at(&fixture, file, to, "Lock", "Bolt").unwrap();
    assert_eq!(after[MAIN], SPEC);
    assert_eq!(after[DELTA], delta.replace("Lock", "Bolt"));
    // Nothing stands below the new name.
    let only = "## RENAMED Requirements\n- FROM: `### Requirement: Close`\n- TO: `### Requirement: Lock`\n";
    let fixture = pair(only);
    let at = TextSize::new(only.find("Lock").unwrap() as u32);
    assert!(
        renamable(&fixture.graph, fixture.file(DELTA), at)
            .unwrap()
            .is_none()
    );
}

#[test]
fn open_tasks_are_said_and_a_name_of_the_archive_is_taken() {
    let delta = format!("## MODIFIED Requirements\n\n{CLOSE}").replace("at night", "at dusk");
    let folder = DELTA.split_once("/specs/").unwrap().0;
    let name = folder.rsplit('/').next().unwrap();
    let text = format!(
        "//- /{MAIN}\n{SPEC}//- /{DELTA}\n{delta}//- /{folder}/tasks.md\n## 1. Do\n\n- [x] 1.1 A\n- [ ] 1.2 B\n//- /openspec/changes/archive/2026-08-21-{name}/proposal.md\n# Old\n"
    );
    let fixture = Fixture::parse(&text);
    let change = fixture.graph.feature_of(fixture.file(DELTA)).unwrap().id;
    let done = archive(&fixture.graph, change, Some("2026-08-22")).unwrap();
    let remark = &done.remarks[0];
    assert_eq!(remark.what, generate::Passed::OpenTasks(1, 2));
    let list = fixture.text(remark.file);
    assert_eq!(text::slice(list, remark.range), "- [ ] 1.2 B");
    let refused = archive(&fixture.graph, change, Some("2026-08-21")).unwrap_err();
    let taken = Objection::Taken(format!("2026-08-21-{name}").into());
    assert_eq!(refused[0].why, taken);
}

#[test]
fn a_pair_is_written_as_the_last_one_is() {
    let delta = format!(
        "## RENAMED Requirements\n* FROM: ### Requirement: Open\n* TO: ### Requirement: Unlock\n\n## MODIFIED Requirements\n\n{CLOSE}"
    );
    let after = renamed(&pair(&delta), DELTA, "Close", "Lock").unwrap();
    assert!(
        after[DELTA].starts_with(
            "## RENAMED Requirements\n* FROM: ### Requirement: Open\n* TO: ### Requirement: Unlock\n* FROM: ### Requirement: Close\n* TO: ### Requirement: Lock\n\n## MODIFIED"
        ),
        "{}",
        after[DELTA]
    );
}

#[test]
fn an_added_requirement_is_only_called_otherwise() {
    let delta = format!("## ADDED Requirements\n\n{NEW}");
    let after = renamed(&pair(&delta), DELTA, "Lend", "Hire").unwrap();
    assert_eq!(
        after[DELTA],
        delta.replace("Requirement: Lend", "Requirement: Hire")
    );
    assert_eq!(after[MAIN], SPEC);
}

#[test]
fn deltas_follow_the_main_spec() {
    let delta = format!(
        "## MODIFIED Requirements\n\n{CLOSE}\n## REMOVED Requirements\n\n- `### Requirement: Open`\n"
    );
    let after = renamed(&pair(&delta), MAIN, "Open", "Unlock").unwrap();
    assert_eq!(
        after[MAIN],
        SPEC.replace("Requirement: Open", "Requirement: Unlock")
    );
    assert_eq!(
        after[DELTA],
        delta.replace("Requirement: Open", "Requirement: Unlock")
    );
    let after = renamed(&pair(&delta), MAIN, "Close", "Lock").unwrap();
    assert_eq!(
        after[DELTA],
        delta.replace("Requirement: Close", "Requirement: Lock")
    );
}

#[test]
fn a_name_that_is_there_or_cannot_be_read_is_refused() {
    let delta = format!("## ADDED Requirements\n\n{NEW}\n## MODIFIED Requirements\n\n{CLOSE}");
    let fixture = pair(&delta);
    for (path, old, new) in [
        (DELTA, "Lend", "Open"),
        (DELTA, "Lend", "close"),
        (DELTA, "Close", "Open"),
        (DELTA, "Close", "lend"),
        (MAIN, "Open", "close"),
        (MAIN, "Open", "Lend"),
    ] {
        let refused = renamed(&fixture, path, old, new);
        assert!(
            matches!(refused, Err(Refusal::Taken { .. })),
            "{old} {new}: {refused:?}"
        );
    }
    for new in ["", "  ", "a\nb", "a `b`"] {
        let refused = renamed(&fixture, DELTA, "Close", new);
        assert!(matches!(refused, Err(Refusal::Malformed(_))), "{new:?}");
    }
    let refused = renamed(&fixture, DELTA, "Close", "Lock #");
    assert!(
        matches!(refused, Err(Refusal::Unreadable(..))),
        "{refused:?}"
    );
    let removed = "## REMOVED Requirements\n\n### Requirement: Open\n";
    assert_eq!(
        renamed(&pair(removed), DELTA, "Open", "Shut"),
        Err(Refusal::NoId)
    );
}

fn name() -> impl Strategy<Value = String> {
    "[A-Za-zé漢🦀][ A-Za-z0-9é漢🦀#().-]{0,8}[A-Za-z0-9漢]"
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("\n".to_owned()),
        Just("```\n## MODIFIED Requirements\n### Requirement: Close\n```\n".to_owned()),
        Just("Text `### Requirement: Close` 🦀\n".to_owned()),
        Just("## Notes\nClose\n".to_owned()),
        Just(format!("## ADDED Requirements\n\n{NEW}")),
        Just("## RENAMED Requirements\n\n- FROM: `### Requirement: Open`\n- TO: `### Requirement: Unlock`\n".to_owned()),
        Just("## REMOVED Requirements\n* `### Requirement: Gone`\n".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn there_and_back_is_the_same_text(
        before in proptest::collection::vec(piece(), 0..4),
        after in proptest::collection::vec(piece(), 0..4),
        new in name(),
        crlf: bool,
        modified: bool,
    ) {
        let (heading, own) = if modified { ("MODIFIED", CLOSE) } else { ("ADDED", NEW) };
        let old = if modified { "Close" } else { "Lend" };
        let other = NEW.replace("Lend", "Other");
        let pieces: String = before.concat().replace(NEW, &other)
            + &format!("## {heading} Requirements\n\n{own}\n")
            + &after.concat().replace(NEW, &other);
        let delta = if crlf { pieces.replace('\n', "\r\n") } else { pieces };
        let fixture = pair(&delta);
        prop_assume!(fixture.text(fixture.file(DELTA)) == delta);
        if let Ok(there) = renamed(&fixture, DELTA, old, &new) {
            prop_assert_eq!(&there[MAIN], SPEC);
            let other = pair(&there[DELTA]);
            let back = renamed(&other, DELTA, &new, old);
            prop_assert_eq!(back.map(|mut it| it.remove(DELTA)), Ok(Some(delta)));
        }
    }

    #[test]
    fn any_change_is_archived_or_refused(
        delta in proptest::collection::vec(piece(), 0..6),
        spec in proptest::collection::vec(piece(), 0..6),
    ) {
        let spec = SPEC.to_owned() + &spec.concat();
        let (_, done) = tried(&spec, &delta.concat());
        if let Ok(done) = done {
            for spec in &done.specs {
                let after = spec.after.as_deref().unwrap_or_default();
                // Once applied, it is not applied again. A fence that holds headings of a delta reads otherwise in a
                // main spec, and is refused there.
                let (_, again) = tried(after, &delta.concat());
                prop_assert!(again.map_or(true, |again| again.specs.is_empty()));
            }
        }
    }
}
