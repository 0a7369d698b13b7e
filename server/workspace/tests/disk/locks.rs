//! `spec.lock` on disk and in a buffer; what `check` finds of it is what an editor finds.

use std::sync::Arc;

use crate::support::Repo;
use trace::{AcceptedLink, Accepting, LOCK_FILE};
use workspace::{Host, Options, Snapshot};

const SEND: &str = "def send_code(user):\n    return user + 1234567890\n";

fn repo() -> Repo {
    let repo = Repo::new();
    repo.write(".specify/memory/constitution.md", "# Constitution\n")
        .write(
            "specs/001-login/spec.md",
            "# Feature Specification: Login\n\n## Requirements\n\n- **FR-001**: Codes MUST be sent.\n- **FR-002**: Codes MUST be kept.\n",
        )
        .write(
            "specs/001-login/tasks.md",
            "# Tasks\n\n## Phase 1: All\n\n- [x] T001 Add `send_code` in src/send.py (FR-001)\n- [x] T002 Write data/kept.txt (FR-002)\n",
        )
        .write("data/kept.txt", "kept\n")
        .write("src/send.py", SEND)
        .write("src/far.py", "y = 1\n");
    let snapshot = reading_all(&repo);
    let graph = &snapshot.graph;
    let items = graph.acceptable_items(&graph.features()[0]);
    let plans = graph.accept(Accepting {
        items: &items,
        reason: "read",
        prune: false,
    });
    repo.write(LOCK_FILE, &text::apply("", &plans[0].edits).unwrap());
    repo.commit("Begin");
    repo
}

fn host(repo: &Repo) -> Host {
    Host::new(Options {
        roots: vec![repo.path.clone()],
        ..Options::default()
    })
}

fn sparing(repo: &Repo) -> Arc<Snapshot> {
    let mut host = host(repo);
    host.scan_documents();
    host.finish(false)
}

fn reading_all(repo: &Repo) -> Arc<Snapshot> {
    let mut host = host(repo);
    host.scan();
    host.finish(true)
}

fn told(snapshot: &Snapshot) -> Vec<String> {
    let features = snapshot.graph.features().iter();
    let links =
        features.flat_map(|feature| feature.accepted.items.iter().flat_map(|item| &item.links));
    let text = |link: &AcceptedLink| format!("{} {} {:?}", link.target, link.text, link.code);
    links.map(text).collect()
}

fn fresh(snapshot: &Snapshot) -> Vec<bool> {
    let features = snapshot.graph.features().iter();
    let links =
        features.flat_map(|feature| feature.accepted.items.iter().flat_map(|item| &item.links));
    links.map(AcceptedLink::is_fresh).collect()
}

/// Changes, and which of the two links are fresh afterwards.
type Case = (&'static str, fn(&Repo) -> &Repo, [bool; 2]);

#[test]
fn few_sources_tell_what_all_of_them_tell() {
    let cases: &[Case] = &[
        ("nothing", |repo| repo, [true, true]),
        (
            "out of its file",
            |repo| {
                repo.write("src/send.py", "x = 1\n")
                    .write("src/far.py", SEND)
            },
            [true, true],
        ),
        (
            "with its file",
            |repo| repo.rename("src/send.py", "lib/send.py"),
            [true, true],
        ),
        (
            "into another file",
            |repo| repo.rename("src/send.py", "lib/deliver.py"),
            [true, true],
        ),
        (
            "gone",
            |repo| repo.remove("src/send.py").remove("data/kept.txt"),
            [false, false],
        ),
        (
            "renamed",
            |repo| repo.write("src/send.py", &SEND.replace("send_code", "post_code")),
            [false, true],
        ),
        (
            "broken",
            |repo| repo.write("src/send.py", "def send_code(((:\n  return\n"),
            [false, true],
        ),
        (
            "another body",
            |repo| repo.write("src/send.py", &SEND.replace('1', "2")),
            [false, true],
        ),
    ];
    for (what, change, expected) in cases {
        let repo = repo();
        change(&repo);
        for committed in [false, true] {
            if committed {
                repo.commit("Change");
            }
            let (few, all) = (sparing(&repo), reading_all(&repo));
            assert_eq!(told(&few), told(&all), "{what}, committed: {committed}");
            let found = fresh(&few);
            assert_eq!(
                found,
                expected,
                "{what}, committed: {committed}: {:?}",
                told(&few)
            );
        }
    }
}

#[test]
fn a_buffer_of_the_lock_counts_and_so_does_the_disk() {
    let repo = repo();
    let path = repo.path.join(LOCK_FILE);
    let own = std::fs::read_to_string(&path).unwrap();
    let mut host = host(&repo);
    host.scan();
    let links = |host: &mut Host| host.finish(true).graph.features()[0].accepted.items.len();
    assert_eq!(links(&mut host), 2);
    let half: String = own
        .split_inclusive('\n')
        .filter(|line| !line.contains("FR-002"))
        .collect();
    host.set_overlay(&path, half.as_str(), 1);
    let snapshot = host.apply();
    assert_eq!(snapshot.graph.features()[0].accepted.items.len(), 1);
    let file = snapshot.file(&path).unwrap();
    assert_eq!(snapshot.text(file).as_deref(), Some(half.as_str()));
    host.close_overlay(&path);
    assert_eq!(links(&mut host), 2);
    std::fs::write(&path, &half).unwrap();
    host.files_changed(std::slice::from_ref(&path));
    assert_eq!(links(&mut host), 1);
    std::fs::remove_file(&path).unwrap();
    host.files_changed(std::slice::from_ref(&path));
    assert_eq!(links(&mut host), 0);
    host.set_overlay(&path, own.as_str(), 1);
    assert_eq!(links(&mut host), 2, "a buffer that was never saved");
}

/// What is told of changed code: commit, was, now, line.
fn altered(snapshot: &Snapshot) -> Vec<(Option<String>, String, String, u32)> {
    let features = snapshot.graph.features().iter();
    let links =
        features.flat_map(|feature| feature.accepted.items.iter().flat_map(|item| &item.links));
    let altered = links.filter_map(|link| link.altered.as_ref());
    let told = |it: &trace::Altered| {
        let commit = it.commit.as_ref().map(ToString::to_string);
        (commit, it.was.clone(), it.now.clone(), it.line)
    };
    altered.map(told).collect()
}

#[test]
fn git_tells_which_line_of_accepted_code_changed() {
    let repo = repo();
    let was = "return user + 1234567890".to_owned();
    let now = "return user + 77".to_owned();
    repo.write("src/send.py", &SEND.replace("1234567890", "77"));
    let uncommitted = vec![(None, was.clone(), now.clone(), 2)];
    assert_eq!(altered(&sparing(&repo)), uncommitted);
    assert_eq!(altered(&reading_all(&repo)), uncommitted);

    // A comment before it, and another file between: the first commit that changed it tells.
    let commit = repo.commit("Change")[..7].to_owned();
    repo.write(
        "src/send.py",
        &format!("# Codes.\n{}", SEND.replace("1234567890", "77")),
    );
    repo.commit("Comment");
    repo.git(&["mv", "src/send.py", "src/codes.py"]);
    repo.write(
        "specs/001-login/tasks.md",
        "# Tasks\n\n## Phase 1: All\n\n- [x] T001 Add `send_code` in src/codes.py (FR-001)\n",
    );
    repo.commit("Move");
    assert_eq!(
        altered(&reading_all(&repo)),
        [(Some(commit), was.clone(), now.clone(), 3)]
    );

    // What stands in a buffer is what is compared.
    let mut host = host(&repo);
    host.scan();
    host.finish(true);
    let text = format!("\n\n{}", SEND.replace("1234567890", "user.scope"));
    host.set_overlay(&repo.path.join("src/codes.py"), text, 1);
    host.apply();
    for job in host.jobs() {
        let answer = job.run(&|| false).unwrap();
        host.post(answer);
    }
    let told = altered(&host.apply());
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].2.as_str(), told[0].3),
        ("return user + user.scope", 4)
    );
}
