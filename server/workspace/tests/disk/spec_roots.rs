//! Features in directories that were configured or named.

use std::fs;
use std::path::Path;

use workspace::{Host, Options};

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn features(host: &mut Host) -> Vec<String> {
    let snapshot = host.apply();
    let features = snapshot.graph.features().iter();
    features
        .map(|feature| format!("{} {}", feature.path, feature.documents.len()))
        .collect()
}

/// Settings that name these spec roots, told to the host.
fn name(host: &mut Host, root: &Path, spec_roots: &str) {
    write(
        root,
        "spec-analyzer.toml",
        &format!("spec-roots = [{spec_roots}]\n"),
    );
    host.files_changed(&[root.join("spec-analyzer.toml")]);
}

#[test]
fn a_configured_root_is_read_when_it_is_set() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap();
    write(&root, ".specify/memory/constitution.md", "# C\n");
    write(&root, "specs/001-a/spec.md", "# A\n");
    write(&root, "ledger/002-b/spec.md", "- **FR-001**: B\n");
    write(&root, "ledger/002-b/notes.txt", "n\n");
    let mut host = Host::new(Options {
        roots: vec![root.clone()],
        ..Options::default()
    });
    host.scan();
    assert_eq!(features(&mut host), ["specs/001-a 1"]);
    name(&mut host, &root, "'ledger/'");
    assert_eq!(features(&mut host), ["ledger/002-b 1", "specs/001-a 1"]);
    write(&root, "ledger/002-b/plan.md", "# P\n");
    host.files_changed(&[root.join("ledger/002-b/plan.md")]);
    assert_eq!(features(&mut host), ["ledger/002-b 2", "specs/001-a 1"]);
    // Walking anew gives the same.
    host.scan();
    assert_eq!(features(&mut host), ["ledger/002-b 2", "specs/001-a 1"]);
    // A fault changes nothing.
    name(&mut host, &root, "'ledger");
    assert_eq!(features(&mut host), ["ledger/002-b 2", "specs/001-a 1"]);
    name(&mut host, &root, "");
    assert_eq!(features(&mut host), ["specs/001-a 1"]);
}

#[test]
fn a_hidden_or_ignored_root_needs_another_walk() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap();
    write(&root, ".ignore", "ledger/\n");
    write(&root, ".specify/memory/constitution.md", "# C\n");
    write(&root, "ledger/002-b/spec.md", "- **FR-001**: B\n");
    write(&root, ".hidden/specs-of-us/003-c/spec.md", "# C\n");
    let mut host = Host::new(Options {
        roots: vec![root.clone()],
        ..Options::default()
    });
    host.scan();
    assert!(!host.needs_scan());
    name(&mut host, &root, "'ledger', '.hidden/specs-of-us', 'gone'");
    assert!(host.needs_scan());
    host.scan();
    assert!(!host.needs_scan());
    assert_eq!(
        features(&mut host),
        [".hidden/specs-of-us/003-c 1", "ledger/002-b 1"]
    );
}

#[test]
fn feature_json_may_name_any_directory() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap();
    let json = |path: &str| format!("{{\"feature_directory\": \"{path}\"}}");
    write(&root, ".specify/feature.json", &json("work/login"));
    write(&root, "work/login/spec.md", "# Login\n");
    write(&root, "work/login/research.md", "# R\n");
    write(&root, "work/other/spec.md", "# Other\n");
    let mut host = Host::new(Options {
        roots: vec![root.clone()],
        ..Options::default()
    });
    host.scan();
    assert_eq!(features(&mut host), ["work/login 2"]);
    assert!(host.snapshot().graph.features()[0].state.is_active());
    write(&root, ".specify/feature.json", &json("work/other"));
    host.files_changed(&[root.join(".specify/feature.json")]);
    assert_eq!(features(&mut host), ["work/other 1"]);
}
