//! Files whose writer is not done: emptied to be written anew, or written up to some place. What was known of them stays
//! until they have stood still for a while, so that nothing is said of a state that was none.

use std::path::{Path, PathBuf};
use std::time::Duration;

use text::FileId;

use super::Host;
use crate::read::ReadOutcome;

impl Host {
    /// Files that looked half-written when they were told to have changed, each said once: they are to be told again, until
    /// they look otherwise or have stood still.
    pub fn half_written(&mut self) -> Vec<PathBuf> {
        std::mem::take(&mut self.half_written)
    }

    /// Whether a file on disk looks half-written. It is remembered as such.
    pub(super) fn is_half_written(&mut self, file: FileId) -> bool {
        if !self.files.is_disk() {
            return false;
        }
        let still = self.options.still;
        let fresh = |path: &PathBuf| was_written_within(path, still);
        let Some(path) = self.disk_path(file).filter(fresh) else {
            return false;
        };
        let known = self.graph.inputs();
        let half = if let Some(before) = known.documents.get(&file) {
            let ReadOutcome::Text(now) = self.files.document(&path) else {
                return false;
            };
            is_a_beginning(&now.text, &before.text)
        } else {
            // Of a source its text is not known any more; one that is cut short has a syntax error, and is unknown.
            let said = known.sources.get(&file).is_some_and(|before| {
                let facts = &before.facts;
                !(facts.symbols.is_empty() && facts.tests.is_empty() && facts.mentions.is_empty())
            });
            said && matches!(self.files.source(&path), ReadOutcome::Text(now) if now.text.trim().is_empty())
        };
        if half {
            self.half_written.push(path);
        }
        half
    }
}

/// Whether a text is what stands at the beginning of another one, and not all that it says.
fn is_a_beginning(now: &str, before: &str) -> bool {
    let said = before.trim_end();
    now.len() < said.len() && (now.trim().is_empty() || said.starts_with(now))
}

/// A time of the future is no sign of anything.
fn was_written_within(path: &Path, still: Duration) -> bool {
    let written = std::fs::metadata(path).and_then(|data| data.modified());
    written.is_ok_and(|at| at.elapsed().is_ok_and(|since| since < still))
}

#[cfg(test)]
mod tests {
    use super::is_a_beginning;

    #[test]
    fn a_beginning_says_less() {
        let before = "# Spec\n\n- **FR-001**: One\n";
        for now in ["", "\n", "# Spec\n", "# Spec\n\n- **FR-001**: On"] {
            assert!(is_a_beginning(now, before), "{now:?}");
        }
        for now in [
            before,
            before.trim_end(),
            "# Spec\n- x\n",
            "- **FR-001**: One\n",
        ] {
            assert!(!is_a_beginning(now, before), "{now:?}");
        }
        assert!(!is_a_beginning("", "\n"));
    }
}
