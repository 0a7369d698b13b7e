//! What the server needs from the engine, and nothing more. Byte offsets and paths only, so that the writer, the
//! publisher and the tests' own engines meet here.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rules::Locale;
pub use rules::Severity;
use settings::Scope;
use text::{LineIndex, TextRange};

/// Owns the state. Only the writer's thread calls it.
pub trait Engine: Send + 'static {
    /// What readers see.
    type Snapshot: Snapshot;

    /// The folder that a document opened without any belongs to.
    fn home(&self, path: &Path) -> Option<PathBuf>;
    /// Starts over with these workspace folders. Overlays set before are gone.
    fn open(&mut self, roots: &[PathBuf]);
    /// The editor holds this text for `path`; it wins over the disk.
    fn set_overlay(&mut self, path: &Path, text: &Arc<str>, version: i32);
    /// The disk holds `path` again.
    fn close_overlay(&mut self, path: &Path);
    /// Which features the user of the editor wants to hear of; `None`: as settings say.
    fn set_scope(&mut self, scope: Option<Scope>) {
        let _ = scope;
    }
    /// Takes what slow work has found; whether [`apply`](Self::apply) may say something else now.
    fn take_work(&mut self) -> bool {
        true
    }
    /// Whether the workspace is still read for the first time, so that [`apply`](Self::apply) gives a state that is not
    /// [whole](Extent::Whole).
    fn is_reading(&self) -> bool {
        false
    }
    /// These files were made, changed or deleted on disk.
    fn files_changed(&mut self, paths: &[PathBuf]);
    /// Those among them, or among what slow work was told, that look as if their writer was not done: they are to be told
    /// again. Each is said once.
    fn half_written(&mut self) -> Vec<PathBuf> {
        Vec::new()
    }
    /// Brings everything up to date and says how the world looks now.
    fn apply(&mut self) -> Arc<Self::Snapshot>;
}

/// What a state of the workspace was made of. All else is unknown then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// What lies around the documents that are open. No rule has looked at it.
    Around,
    /// All documents, and which files there are. What rules find stays when more is known.
    Documents,
    /// The sources that documents name as well.
    Whole,
}

/// A state of the world that does not change any more.
pub trait Snapshot: Send + Sync + 'static {
    /// What it was made of.
    fn extent(&self) -> Extent {
        Extent::Whole
    }
    /// Files with findings to show, each once.
    fn diagnosed(&self) -> Vec<PathBuf>;
    /// The findings of one file, in a stable order.
    fn findings(&self, path: &Path, locale: Locale) -> Vec<Finding>;
    /// Whether the findings of `path` and all they point at are surely those of `before`.
    fn says_the_same(&self, before: &Self, path: &Path) -> bool;
    /// Whether what lenses count in `path`, and where that is, is as `before`.
    fn counts_the_same(&self, before: &Self, path: &Path) -> bool;
    /// Line structure of the text that the ranges of `path` speak of.
    fn lines(&self, path: &Path) -> Option<&LineIndex>;
}

/// A finding in the engine's terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Rule code, e.g. `unknown-reference`.
    pub code: String,
    /// Weight.
    pub severity: Severity,
    /// Bytes the finding speaks of.
    pub range: TextRange,
    /// One sentence.
    pub message: String,
    /// Page that explains the rule.
    pub docs: Option<String>,
    /// Stable name across edits elsewhere; comes back with code actions.
    pub fingerprint: String,
    /// The other facts.
    pub related: Vec<Related>,
}

/// A second place a finding speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub path: PathBuf,
    /// Bytes there.
    pub range: TextRange,
    /// What is there.
    pub message: String,
}
