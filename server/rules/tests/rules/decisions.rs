//! What a team's decisions leave of what the rules say, and what is to be said of the decisions themselves.

use std::sync::Arc;

use fixture::Fixture;
use rules::{Checked, Locale, Policy};
use settings::{Baseline, Date, Entry};
use trace::Topic;

/// Two slips of one rule, in a folder and in a second one.
const WORKSPACE: &str = "//- /specs/001-a/spec.md
# Feature Specification: A

## Requirements

- **FR-001**: One.
- **FR-001**: Two.
- **FR-002**: Three.
- **FR-002**: Four.
//- web:/specs/001-a/spec.md
# Feature Specification: A

## Requirements

- **FR-001**: One.
- **FR-001**: Two.
";

fn suppressing(address: &str) -> String {
    format!("[[suppress]]\naddress = \"{address}\"\ncode = \"duplicate-id\"\nreason = \"known\"\n")
}

/// The workspace under settings and a baseline of its first folder.
fn decided(settings: &str, baseline: Baseline) -> Checked {
    let read = settings::read(settings, &["duplicate-id"]);
    assert_eq!(read.problems, []);
    let folder = (Arc::new(read.settings), Arc::new(baseline));
    Checked::new(&Fixture::parse(WORKSPACE).graph).with_policy(Arc::new(Policy {
        folders: vec![folder],
        today: Date::default(),
    }))
}

/// Of each folder: how many findings of the rule are shown, suppressed and off.
fn left(checked: &Checked) -> Vec<(usize, usize, u32)> {
    let count = |found: &rules::FeatureFindings| {
        let shown = found.findings.iter();
        let shown = shown.filter(|each| each.code == "duplicate-id").count();
        (shown, found.suppressed.len(), found.off)
    };
    checked.features().map(|(_, found)| count(found)).collect()
}

#[test]
fn nothing_is_left_out_without_a_decision() {
    let plain = decided("", Baseline::default());
    assert_eq!(left(&plain), [(2, 0, 0), (1, 0, 0)]);
}

#[test]
fn a_rule_that_is_off_says_how_often() {
    let off = decided("[severity]\nduplicate-id = \"off\"\n", Baseline::default());
    assert_eq!(left(&off), [(0, 0, 2), (1, 0, 0)]);
}

#[test]
fn a_rule_that_is_too_often_wrong_speaks_only_where_it_is_asked() {
    let is_off = |code: &str| rules::rule(code).is_some_and(|rule| rule.descriptor().is_off());
    let code = "requirement-without-task";
    assert!(is_off(code) && !is_off("duplicate-id"));
    let requirements = (1..=7).map(|at| format!("- **FR-00{at}**: Text {at}."));
    let requirements = requirements.collect::<Vec<_>>().join("\n");
    let workspace = Fixture::parse(&format!(
        "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n## Requirements\n\n{requirements}\n//- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n- [ ] T001 Do FR-001 to FR-006\n",
    ));
    let said = |settings: &str| {
        let settings = settings::read(settings, &[code]).settings;
        let checked = Checked::new(&workspace.graph).with_policy(Arc::new(Policy {
            folders: vec![(Arc::new(settings), Arc::default())],
            today: Date::default(),
        }));
        let found = checked.features().next().map(|(_, found)| {
            let own = found.findings.iter().filter(|each| each.code == code);
            (own.count(), found.off)
        });
        found.unwrap_or_default()
    };
    assert_eq!(said(""), (0, 1));
    assert_eq!(
        said("[severity]\nrequirement-without-task = \"hint\"\n"),
        (1, 0)
    );
}

#[test]
fn what_only_silent_rules_speak_of_is_not_asked_of_git() {
    for (topic, code) in [
        (Topic::Outdated, "stale-code"),
        (Topic::TasksPast, "tasks-stale"),
    ] {
        let unheard = |level: &str| {
            let written = format!("[severity]\n{code} = \"{level}\"\n");
            rules::unheard(&settings::read(&written, &[code]).settings).contains(&topic)
        };
        assert!(!unheard("hint") && !unheard("error"), "{code}");
        assert!(unheard("off"), "{code}");
        let rule = rules::rule(code).map(|rule| rule.descriptor().is_off());
        let undecided = rules::unheard(&settings::Settings::default()).contains(&topic);
        assert_eq!(Some(undecided), rule, "{code}");
    }
}

#[test]
fn what_a_rule_that_is_off_could_not_tell_is_not_told() {
    let workspace = Fixture::parse(
        "//- /.specify/memory/constitution.md\n# A Constitution\n\n## Core Principles\n\n### I. Tests Come First\n\nText.\n\n### II. Boring Storage\n\nText.\n\n### III. Old Records\n\nText.\n\n### IV. TDD\n\nText.\n//- /specs/001-a/spec.md\n# Feature Specification: A\n//- /specs/001-a/plan.md\n# Implementation Plan: A\n\n## Constitution Check\n\n- ✅ **I. Tests Come First**\n",
    );
    let unknown = |settings: &str| {
        let settings = settings::read(settings, &["principle-without-gate"]).settings;
        let checked = Checked::new(&workspace.graph).with_policy(Arc::new(Policy {
            folders: vec![(Arc::new(settings), Arc::default())],
            today: Date::default(),
        }));
        let all = checked
            .features()
            .flat_map(|(_, found)| found.unknown.clone());
        let own = all.filter(|(each, _)| each.code == "principle-without-gate");
        own.count()
    };
    assert_eq!(unknown(""), 0);
    assert_eq!(
        unknown("[severity]\nprinciple-without-gate = \"hint\"\n"),
        1
    );
    assert_eq!(unknown("[severity]\nprinciple-without-gate = \"off\"\n"), 0);
}

#[test]
fn a_suppression_counts_without_a_baseline() {
    let one = decided(&suppressing("specs/001-a#FR-001~2"), Baseline::default());
    assert_eq!(left(&one), [(1, 1, 0), (1, 0, 0)]);
    let all = decided(&suppressing("specs/001-a"), Baseline::default());
    assert_eq!(left(&all), [(0, 2, 0), (1, 0, 0)]);
}

#[test]
fn a_baseline_counts_without_settings() {
    let plain = decided("", Baseline::default());
    let baseline = || -> Baseline {
        let first = plain.features().next();
        let first = first.into_iter().flat_map(|(feature, found)| {
            let found = found.findings.iter().filter(|it| it.code == "duplicate-id");
            found.map(|finding| Entry {
                address: finding.address(&feature.path),
                code: finding.code.to_owned(),
                fingerprint: finding.fingerprint(&feature.path),
            })
        });
        first.collect()
    };
    assert_eq!(left(&decided("", baseline())), [(0, 2, 0), (1, 0, 0)]);
}

#[test]
fn a_suppression_that_meets_nothing_is_told() {
    let told = |address: &str| -> Vec<String> {
        let notices = decided(&suppressing(address), Baseline::default()).notices();
        let said = notices.iter().map(|it| it.message.text(Locale::English));
        said.collect()
    };
    for met in ["specs/001-a", "specs/001-a#FR-001~2"] {
        assert!(told(met).is_empty(), "{met}");
    }
    for unmet in ["specs/001-a#FR-003", "specs/002-b", "specs/002-b#FR-001"] {
        assert_eq!(
            told(unmet),
            [format!("No duplicate-id finding is at `{unmet}`.")]
        );
    }
}

#[test]
fn under_flow_forward_what_is_finished_raises_no_drift() {
    let workspace = |tick: &str| {
        Fixture::parse(&format!(
            "//- /specs/001-a/spec.md\n# Feature Specification: A\n\n## Requirements\n\n- **FR-001**: One.\n- **FR-001**: Two.\n\
             //- /specs/001-a/tasks.md\n# Tasks: A\n\n## Phase 1: Work\n\n- [x] T001 Do FR-001\n- [{tick}] T002 Do more\n\
             //- /tests/test_a.py\n# Feature: specs/001-a/spec.md\nimport pytest\n\n@pytest.mark.skip\ndef test_fr_001():\n    assert a()\n"
        ))
    };
    let left = |settings: &str, tick: &str| {
        let read = settings::read(settings, &["test-drift"]);
        assert_eq!(read.problems, []);
        let checked = Checked::new(&workspace(tick).graph).with_policy(Arc::new(Policy {
            folders: vec![(Arc::new(read.settings), Arc::default())],
            today: Date::default(),
        }));
        let count = |found: &rules::FeatureFindings, code: &str| {
            let own = found.findings.iter().filter(|each| each.code == code);
            own.count()
        };
        let found = checked.features().next().map(|(_, found)| {
            (
                count(found, "test-drift"),
                count(found, "duplicate-id"),
                found.finished,
            )
        });
        found.unwrap_or_default()
    };
    assert_eq!(left("", "x"), (1, 1, 0));
    for same in ["flow-back", "living-spec"] {
        assert_eq!(left(&format!("persistence = \"{same}\"\n"), "x"), (1, 1, 0));
    }
    let forward = "persistence = \"flow-forward\"\n";
    assert_eq!(left(forward, "x"), (0, 1, 1));
    assert_eq!(left(forward, " "), (1, 1, 0), "work goes on");
}
