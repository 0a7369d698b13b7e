//! The first tag that has the implementation of an item.

use crate::support::Repo;
use trace::{Graph, ItemRef, Released};
use workspace::{CacheOptions, Host, Options};

const SPEC: &str = "# Feature Specification: Intake

## User Scenarios & Testing

### User Story 1 - Register (Priority: P1)

**Acceptance Scenarios**:

1. **Given** a, **When** b, **Then** c

## Requirements

### Functional Requirements

- **FR-001**: System MUST register parcels.
- **FR-002**: System MUST refuse parcels.
";

const OPEN: &str = "# Tasks: Intake

## Phase 1: User Story 1

- [ ] T001 [US1] Register parcels in src/intake.rs
";

const DONE: &str = "# Tasks: Intake

## Phase 1: User Story 1

- [x] T001 [US1] Register parcels in src/intake.rs
";

fn repo() -> Repo {
    let repo = Repo::new();
    repo.write(".specify/memory/constitution.md", "# Constitution\n")
        .write("specs/001-intake/spec.md", SPEC)
        .write("specs/001-intake/tasks.md", OPEN)
        .write("src/intake.rs", "pub fn register() {}\n");
    repo.commit("plan");
    repo
}

fn host(repo: &Repo, cache: Option<CacheOptions>) -> Host {
    let mut host = Host::new(Options {
        roots: vec![repo.path.clone()],
        cache,
        ..Options::default()
    });
    host.scan();
    host.finish(true);
    host
}

fn item(graph: &Graph, id: &str) -> ItemRef {
    let feature = &graph.features()[0];
    let found = feature.items().find(|(_, item)| item.id == id);
    found.unwrap().0
}

fn released(repo: &Repo, id: &str) -> Released {
    let host = host(repo, None);
    let graph = &host.snapshot().graph;
    host.releases().first(graph, item(graph, id))
}

fn in_tag(tag: &str, commit: &str) -> Released {
    Released::In {
        tag: tag.to_owned(),
        commit: commit.to_owned(),
        perhaps: None,
    }
}

#[test]
fn the_first_tag_with_ticked_tasks_and_their_code() {
    let repo = repo();
    repo.git(&["tag", "v0.9.0"]);
    repo.write("specs/001-intake/tasks.md", DONE);
    let first = repo.commit("register");
    repo.git(&["tag", "v0.10.0"]);
    repo.write("other.txt", "x");
    repo.commit("other");
    repo.git(&["tag", "-a", "-m", "next", "v1.0.0"]);
    assert_eq!(released(&repo, "US1"), in_tag("v0.10.0", &first));
    repo.git(&["pack-refs", "--all"]);
    assert_eq!(released(&repo, "US1"), in_tag("v0.10.0", &first));
    // Only the annotated one is left.
    repo.git(&["tag", "-d", "v0.10.0"]);
    let last = repo.git(&["rev-parse", "HEAD"])[..7].to_owned();
    assert_eq!(released(&repo, "US1"), in_tag("v1.0.0", &last));
}

#[test]
fn code_that_mentions_the_item_needs_no_task() {
    let repo = repo();
    repo.git(&["tag", "v1.0.0"]);
    repo.write("src/intake.rs", "// 001/FR-001\npub fn register() {}\n");
    let commit = repo.commit("register");
    repo.git(&["tag", "v1.1.0"]);
    assert_eq!(released(&repo, "FR-001"), in_tag("v1.1.0", &commit));
}

#[test]
fn no_tag_has_it() {
    let repo = repo();
    repo.git(&["tag", "v1.0.0"]);
    repo.git(&["tag", "v1.0.1"]);
    repo.write("specs/001-intake/tasks.md", DONE);
    repo.commit("register");
    assert_eq!(released(&repo, "US1"), Released::No { tags: 2 });
}

#[test]
fn a_release_on_another_branch_counts() {
    let repo = repo();
    repo.write("specs/001-intake/tasks.md", DONE);
    repo.commit("register");
    repo.git(&["checkout", "-q", "-b", "release"]);
    repo.write("VERSION", "2.0.0");
    let commit = repo.commit("release");
    repo.git(&["tag", "v2.0.0"]);
    repo.git(&["checkout", "-q", "main"]);
    // A hot fix of an old line is tagged later.
    repo.git(&["checkout", "-q", "-b", "old", "HEAD~1"]);
    repo.write("VERSION", "1.0.1");
    repo.commit("mend");
    repo.git(&["tag", "v1.0.1"]);
    repo.git(&["checkout", "-q", "main"]);
    assert_eq!(released(&repo, "US1"), in_tag("v2.0.0", &commit));
}

#[test]
fn an_earlier_tag_with_other_words_is_told() {
    let repo = repo();
    let other = DONE.replace("Register parcels", "Take parcels in");
    repo.write("specs/001-intake/tasks.md", &other);
    repo.commit("register");
    repo.git(&["tag", "v1.0.0"]);
    repo.write("specs/001-intake/tasks.md", DONE);
    let commit = repo.commit("reword");
    let why = match released(&repo, "US1") {
        Released::Unknown(why) => why,
        told => panic!("{told:?}"),
    };
    assert!(why.contains("v1.0.0"), "{why}");
    repo.git(&["tag", "v1.1.0"]);
    assert_eq!(
        released(&repo, "US1"),
        Released::In {
            tag: "v1.1.0".to_owned(),
            commit,
            perhaps: Some("v1.0.0".to_owned())
        }
    );
}

#[test]
fn what_cannot_be_told_is_unknown() {
    let why = |repo: &Repo| match released(repo, "US1") {
        Released::Unknown(why) => why,
        told => panic!("{told:?}"),
    };
    let repo = repo();
    repo.write("specs/001-intake/tasks.md", DONE);
    repo.commit("register");
    repo.git(&["tag", "latest"]);
    assert_eq!(why(&repo), "no tag of this repository names a version");
    repo.git(&["tag", "v1.0.0"]);
    let dir = tempfile::tempdir().unwrap();
    let from = format!("file://{}", repo.path.display());
    let to = dir.path().join("shallow");
    repo.git(&["clone", "-q", "--depth", "1", &from, to.to_str().unwrap()]);
    let mut host = Host::new(Options {
        roots: vec![to],
        ..Options::default()
    });
    host.scan();
    host.finish(true);
    let graph = &host.snapshot().graph;
    let told = host.releases().first(graph, item(graph, "US1"));
    let shallow = "this is a shallow clone, its tags may be missing";
    assert_eq!(told, Released::Unknown(shallow.to_owned()));
}

#[test]
fn answers_are_kept_and_a_new_tag_is_seen() {
    let repo = repo();
    repo.git(&["tag", "v0.1.0"]);
    repo.write("specs/001-intake/tasks.md", DONE);
    let commit = repo.commit("register");
    let kept = tempfile::tempdir().unwrap();
    let ask = || {
        let cache = CacheOptions::new(kept.path().to_owned(), "test");
        let host = host(&repo, Some(cache));
        let graph = &host.snapshot().graph;
        let releases = host.releases();
        releases.first(graph, item(graph, "US1"))
    };
    assert_eq!(ask(), Released::No { tags: 1 });
    assert_eq!(ask(), Released::No { tags: 1 });
    repo.git(&["tag", "v0.2.0"]);
    assert_eq!(ask(), in_tag("v0.2.0", &commit));
    assert_eq!(ask(), in_tag("v0.2.0", &commit));
}
