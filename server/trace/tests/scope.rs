//! Which features count as put away.

use fixture::Fixture;
use trace::FeatureState;

fn states(paths: &[&str]) -> Vec<String> {
    let document = |path: &&str| format!("//- /{path}\n# A\n\n- [ ] T001 Work\n");
    let fixture = Fixture::parse(&paths.iter().map(document).collect::<String>());
    let features = fixture.graph.features();
    features
        .iter()
        .map(|each| {
            let away = each.state == FeatureState::Archived;
            format!("{} {}", each.path, if away { "away" } else { "here" })
        })
        .collect()
}

#[test]
fn what_stands_between_the_project_and_the_feature_counts() {
    assert_eq!(
        states(&[
            "packages/archive/.specify/memory/constitution.md",
            "packages/archive/specs/001-archive/tasks.md",
            "packages/archive/specs/_archive_/002-b/tasks.md",
        ]),
        [
            "packages/archive/specs/001-archive here",
            "packages/archive/specs/_archive_/002-b away",
        ]
    );
    assert_eq!(
        states(&[
            "archive/.kiro/specs/login/tasks.md",
            "archive/.kiro/specs/archive/pay/tasks.md",
            "archive/openspec/changes/send/tasks.md",
            "archive/openspec/changes/archive/2026-01-02-send/tasks.md",
        ]),
        [
            "archive/.kiro/specs/archive/pay away",
            "archive/.kiro/specs/login here",
            "archive/openspec/changes/archive/2026-01-02-send away",
            "archive/openspec/changes/send here",
        ]
    );
}

#[test]
fn a_project_that_was_put_away_beside_one_that_lives() {
    assert_eq!(
        states(&[
            "archive/openspec/changes/send/tasks.md",
            "openspec/changes/pay/tasks.md",
        ]),
        [
            "archive/openspec/changes/send away",
            "openspec/changes/pay here",
        ]
    );
}
