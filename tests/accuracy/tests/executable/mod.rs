//! Programs that tests write and run.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

/// Writes a program. Another process copies it: while this one has a file open for writing, any thread that starts a
/// program hands the open file to it, and then the file itself cannot be started ("Text file busy").
pub(crate) fn write(path: &Path, text: impl AsRef<[u8]>) {
    let draft = path.with_extension("draft");
    std::fs::write(&draft, text).unwrap();
    std::fs::set_permissions(&draft, std::fs::Permissions::from_mode(0o755)).unwrap();
    let copied = Command::new("cp").arg("-p").arg(&draft).arg(path).status();
    assert!(copied.unwrap().success(), "{}", path.display());
    std::fs::remove_file(&draft).unwrap();
}
