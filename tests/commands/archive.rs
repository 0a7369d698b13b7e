//! `archive --dry-run` where symbolic links are: what lies behind one is not known, and no new file is invented.

use crate::sandbox::Sandbox;

const BLOCK: &str = "### Requirement: Open a locker\nThe system SHALL open.\n\n#### Scenario: s\n- **WHEN** a\n- **THEN** b\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let close = BLOCK.replace("Open", "Close");
    sandbox.write(
        "openspec/changes/keys/specs/lockers/spec.md",
        &format!("## ADDED Requirements\n\n{close}"),
    );
    sandbox
}

#[test]
fn a_new_capability_is_a_patch() {
    let ran = sandbox().run(&["archive", "keys", "--dry-run"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out
            .starts_with("--- /dev/null\n+++ b/openspec/specs/lockers/spec.md\n"),
        "{}",
        ran.out
    );
}

#[cfg(unix)]
#[test]
fn a_main_spec_behind_a_link_is_not_taken_for_a_new_one() {
    let main = format!("## Purpose\nLockers.\n\n## Requirements\n\n{BLOCK}");
    for link in ["openspec/specs/lockers", "openspec/specs/lockers/spec.md"] {
        let sandbox = sandbox();
        sandbox.write("shared/lockers/spec.md", &main);
        let link_at = sandbox.path().join(link);
        std::fs::create_dir_all(link_at.parent().unwrap()).unwrap();
        let behind = link.replace("openspec/specs", "shared");
        std::os::unix::fs::symlink(sandbox.path().join(behind), link_at).unwrap();
        let ran = sandbox.run(&["archive", "keys", "--dry-run"]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert_eq!(ran.out, "");
        assert!(
            ran.err.contains(&format!("`{link}` is a symbolic link")),
            "{}",
            ran.err
        );
    }
}
