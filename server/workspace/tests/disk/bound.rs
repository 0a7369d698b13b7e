//! Values that documents bind to constants and to keys of settings: on disk, in buffers, and with few sources read.

use std::sync::Arc;

use crate::support::Repo;
use trace::{BoundStanding, BoundValue};
use workspace::{Host, Options, Snapshot};

const SETTINGS: &str = "config/app.yaml";
const SPEC: &str = "# Feature Specification: Login\n\n## Requirements\n\n- **FR-001**: Login MUST end after 30 s (`src/login.rs#TIMEOUT`).\n- **FR-002**: Codes MUST live 5 min (`config/app.yaml#codes.ttl`).\n";

fn repo() -> Repo {
    let repo = Repo::new();
    repo.write(".specify/memory/constitution.md", "# Constitution\n")
        .write("specs/001-login/spec.md", SPEC)
        .write(
            "src/login.rs",
            "pub const TIMEOUT: Duration = Duration::from_secs(30);\n",
        )
        .write(SETTINGS, "codes:\n  ttl: 5m\n");
    repo.commit("Begin");
    repo
}

fn sparing(repo: &Repo) -> Arc<Snapshot> {
    let mut host = Host::new(Options {
        roots: vec![repo.path.clone()],
        ..Options::default()
    });
    host.scan_documents();
    host.finish(false)
}

fn bound(snapshot: &Snapshot) -> &[BoundValue] {
    &snapshot.graph.features()[0].bound
}

/// Whether each value is what it is bound to; `None`: unknown.
fn told(snapshot: &Snapshot) -> Vec<Option<bool>> {
    let all = bound(snapshot).iter().map(|bound| match bound.standing {
        BoundStanding::Agrees(_) => Some(true),
        BoundStanding::Unknown(_) => None,
        _ => Some(false),
    });
    all.collect()
}

#[test]
fn few_sources_tell_what_all_of_them_tell() {
    let repo = repo();
    for (change, expected) in [
        ("codes:\n  ttl: 5m\n", [Some(true), Some(true)]),
        ("codes:\n  ttl: 600s\n", [Some(true), Some(false)]),
        ("codes:\n  ttl: soon\n", [Some(true), None]),
    ] {
        repo.write(SETTINGS, change);
        let few = sparing(&repo);
        let all = repo.scanned().finish(true);
        assert_eq!(bound(&few), bound(&all));
        assert_eq!(told(&few), expected, "{change}");
    }
}

#[test]
fn a_buffer_of_settings_wins_over_the_disk() {
    let repo = repo();
    let mut host = repo.scanned();
    let settings = repo.path.join(SETTINGS);
    assert_eq!(told(&host.apply()), [Some(true), Some(true)]);
    host.set_overlay(&settings, "codes:\n  ttl: 6m\n", 1);
    assert_eq!(told(&host.apply()), [Some(true), Some(false)]);
    host.close_overlay(&settings);
    assert_eq!(told(&host.apply()), [Some(true), Some(true)]);
    repo.write(SETTINGS, "codes:\n  ttl: 7m\n");
    host.files_changed(std::slice::from_ref(&settings));
    assert_eq!(told(&host.apply()), [Some(true), Some(false)]);
    repo.remove(SETTINGS);
    host.files_changed(std::slice::from_ref(&settings));
    assert_eq!(told(&host.apply()), [Some(true), None]);
    repo.write(SETTINGS, "codes:\n  ttl: 5m\n");
    host.files_changed(&[settings]);
    assert_eq!(told(&host.apply()), [Some(true), Some(true)]);
}

#[test]
fn a_buffer_counts_from_the_moment_a_value_is_bound_to_it() {
    let repo = repo();
    let spec = repo.path.join("specs/001-login/spec.md");
    let unbound = SPEC.replace(" (`config/app.yaml#codes.ttl`)", "");
    repo.write("specs/001-login/spec.md", &unbound);
    let mut host = repo.scanned();
    host.set_overlay(&repo.path.join(SETTINGS), "codes:\n  ttl: 6m\n", 1);
    assert_eq!(told(&host.apply()), [Some(true)]);
    // Of settings that nothing is bound to nothing is read.
    let graph = &host.snapshot().graph;
    assert_eq!(graph.inputs().sources.len(), 1);
    host.set_overlay(&spec, SPEC, 1);
    assert_eq!(told(&host.apply()), [Some(true), Some(false)]);
}
