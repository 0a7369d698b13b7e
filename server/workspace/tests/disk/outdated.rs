//! What was reworded after it was done, as git tells it; `check` finds of it what an editor finds.

use std::sync::Arc;

use crate::support::Repo;
use trace::Topic;
use workspace::{Host, Options, Snapshot};

const SPEC: &str = "# Feature Specification: Login\n\n## Requirements\n\n- **FR-001**: Codes MUST live for 30 minutes.\n- **FR-002**: Codes MUST be kept.\n";
const TASKS: &str = "# Tasks\n\n## Phase 1: All\n\n- [ ] T001 Add `send_code` in src/send.py (FR-001)\n- [ ] T002 Keep them in src/kept.py (FR-002)\n";

fn snapshot(repo: &Repo, all: bool) -> Arc<Snapshot> {
    let mut host = Host::new(Options {
        roots: vec![repo.path.clone()],
        ..Options::default()
    });
    if all {
        host.scan();
    } else {
        host.scan_documents();
    }
    host.finish(all)
}

/// Items that were left behind: words then and now, the commit, who ticked the first task.
fn left_behind(repo: &Repo) -> Vec<String> {
    let told = |all: bool| -> Vec<String> {
        let snapshot = snapshot(repo, all);
        let features = snapshot.graph.features().iter();
        let items = features.flat_map(|feature| &feature.outdated.items);
        let items = items.filter(|item| item.is_left_behind() == Some(true));
        let text = |item: &trace::OutdatedItem| {
            let ticked = item.tasks[0].1.clone().unwrap_or_default();
            let change = &item.change;
            format!(
                "{} -> {} in {}, {ticked}",
                change.was, change.now, item.commit
            )
        };
        items.map(text).collect()
    };
    let few = told(false);
    assert_eq!(few, told(true), "few sources tell what all tell");
    few
}

fn repo() -> (Repo, String) {
    let repo = Repo::new();
    repo.write(".specify/memory/constitution.md", "# Constitution\n")
        .write("specs/001-login/spec.md", SPEC)
        .write("specs/001-login/tasks.md", TASKS)
        .write("src/kept.py", "kept = 1\n")
        .write("src/send.py", "def send_code(user):\n    return user\n");
    repo.commit("Begin");
    repo.write("specs/001-login/tasks.md", &TASKS.replace("[ ]", "[x]"));
    let ticked = repo.commit("Tick")[..7].to_owned();
    (repo, ticked)
}

#[test]
fn git_tells_what_was_reworded_after_its_tasks_were_ticked() {
    let (repo, ticked) = repo();
    assert_eq!(left_behind(&repo), Vec::<String>::new());
    let spec = SPEC.replace("30 minutes", "45 minutes");
    repo.write("specs/001-login/spec.md", &spec);
    assert_eq!(left_behind(&repo), Vec::<String>::new(), "not committed");
    let reworded = repo.commit("Reword")[..7].to_owned();
    let told = [format!("30 -> 45 in {reworded}, {ticked}")];
    assert_eq!(left_behind(&repo), told);
    repo.write("src/kept.py", "kept = 2\n");
    repo.commit("Something else");
    assert_eq!(left_behind(&repo), told);

    // A file that only mentions it counts as well, in the editor and in `check`.
    repo.write(
        "test/test_codes.py",
        "def test_codes():\n    # FR-001 of specs/001-login\n    assert 45\n",
    );
    repo.commit("Test it");
    assert_eq!(left_behind(&repo), Vec::<String>::new());
}

#[test]
fn a_change_on_another_branch_counts() {
    let (repo, _) = repo();
    let main = repo.git(&["branch", "--show-current"]).trim().to_owned();
    repo.git(&["checkout", "-q", "-b", "code"]);
    repo.write("src/send.py", "def send_code(user):\n    return user, 45\n");
    repo.commit("Code");
    repo.git(&["checkout", "-q", &main]);
    repo.write(
        "specs/001-login/spec.md",
        &SPEC.replace("30 minutes", "45 minutes"),
    );
    repo.commit("Reword");
    assert_eq!(left_behind(&repo).len(), 1);
    repo.git(&["merge", "-q", "--no-edit", "code"]);
    assert_eq!(left_behind(&repo), Vec::<String>::new());
}

#[test]
fn where_nobody_wants_to_hear_of_it_git_is_not_asked() {
    let (repo, _) = repo();
    repo.write(
        "specs/001-login/spec.md",
        &SPEC.replace("30 minutes", "45 minutes"),
    );
    repo.commit("Reword");
    let settings = repo.path.join("spec-analyzer.toml");
    let mut host = Host::new(Options {
        roots: vec![repo.path.clone()],
        codes: vec!["stale-code"],
        unheard: Some(|settings| match settings.severity.get("stale-code") {
            Some(_) => Vec::new(),
            None => vec![Topic::Outdated],
        }),
        ..Options::default()
    });
    host.scan();
    let items = |host: &mut Host| {
        let snapshot = host.finish(true);
        let features = snapshot.graph.features().iter();
        let items: usize = features.map(|each| each.outdated.items.len()).sum();
        (items, snapshot.graph.questions().reworded.len())
    };
    assert_eq!(items(&mut host), (0, 0));
    repo.write("spec-analyzer.toml", "[severity]\nstale-code = \"hint\"\n");
    host.files_changed(std::slice::from_ref(&settings));
    assert_eq!(items(&mut host), (1, 1), "the settings ask for it now");
    repo.remove("spec-analyzer.toml");
    host.files_changed(&[settings]);
    assert_eq!(items(&mut host), (0, 0), "and no more");
}
