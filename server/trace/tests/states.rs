//! Which features people work on, judged from what is named, the branch and what changed.

use std::sync::Arc;

use trace::{FeatureState, GitState, Graph, Inputs, RootId};

/// Two features that are done, a third with an open task, and one that was put away.
fn states(change: impl FnOnce(&mut Inputs)) -> Vec<(String, FeatureState)> {
    let done = "# Tasks\n\n- [x] T001 One\n";
    let files = [
        ("specs/001-login/tasks.md", done),
        ("specs/002-pay/tasks.md", done),
        ("specs/003-mail/tasks.md", "# Tasks\n\n- [ ] T001 One\n"),
        ("specs/archive/000-old/tasks.md", done),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()));
    let mut inputs = fixture::inputs(&files);
    change(&mut inputs);
    let graph = Graph::new(inputs);
    let mut states: Vec<_> = graph
        .features()
        .iter()
        .map(|feature| (feature.name.to_string(), feature.state))
        .collect();
    states.sort_by(|a, b| a.0.cmp(&b.0));
    states
}

/// The features that are not as they would be without the change.
fn changed(change: impl FnOnce(&mut Inputs)) -> Vec<(String, FeatureState)> {
    let plain = states(|_| {});
    let mut states = states(change);
    states.retain(|each| !plain.contains(each));
    states
}

#[test]
fn nothing_but_open_tasks_tells() {
    let names: Vec<_> = states(|_| {});
    let states: Vec<FeatureState> = names.iter().map(|(_, state)| *state).collect();
    assert_eq!(
        states,
        [
            FeatureState::Archived,
            FeatureState::History,
            FeatureState::History,
            FeatureState::Open
        ],
        "{names:?}"
    );
}

#[test]
fn a_feature_is_named_by_its_path_or_name() {
    let named = |name: &str, root: u16| {
        changed(|inputs| inputs.named_active = Arc::new(vec![(RootId(root), name.into())]))
    };
    let login = [("001-login".to_owned(), FeatureState::Named)];
    for name in ["specs/001-login", "specs/001-login/", "001-login"] {
        assert_eq!(named(name, 0), login, "{name}");
        assert_eq!(named(name, 1), [], "{name} of another root");
    }
    assert_eq!(named("specs/004-none", 0), []);
    assert_eq!(named("archive/000-old", 0), []);
}

#[test]
fn a_branch_names_a_feature_and_a_commit_touches_one() {
    let git = |branch: Option<&str>, touched: &[&str]| {
        let state = GitState {
            branch: branch.map(Into::into),
            changed: Some(Arc::new(touched.iter().map(|&path| path.into()).collect())),
            added: None,
        };
        changed(|inputs| inputs.git = Arc::new(vec![state]))
    };
    let is = |name: &str, state: FeatureState| [(name.to_owned(), state)];
    assert_eq!(
        git(Some("002-pay"), &[]),
        is("002-pay", FeatureState::Named)
    );
    assert_eq!(git(Some("main"), &[]), []);
    assert_eq!(
        git(Some("main"), &["specs/002-pay/tasks.md"]),
        is("002-pay", FeatureState::Changed)
    );
    assert_eq!(git(Some("main"), &["specs/002-payments/tasks.md"]), []);
    assert_eq!(git(None, &["specs/archive/000-old/tasks.md"]), []);
}
