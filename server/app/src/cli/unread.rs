//! What was not read, or read and not understood: said wherever silence could be taken for good news.

use std::sync::Arc;

use rules::FeatureFindings;
use text::LineIndex;
use trace::Feature;

use super::load::Loaded;
use super::markup::one_line;

/// Places named in one line; the rest is counted.
const SHOWN: usize = 4;

/// A file or directory of which something was not read.
pub(crate) struct NotRead {
    /// The name of its root; nothing where it is not known.
    pub(crate) root: Option<String>,
    /// From the root, with `/`.
    pub(crate) path: String,
    /// Where, counted from 1.
    pub(crate) line: Option<u32>,
    /// Why, in plain words.
    pub(crate) why: String,
}

/// Everything that was not read of the workspace, and not understood of some features.
pub(crate) fn list<'a>(
    loaded: &Loaded,
    features: impl IntoIterator<Item = &'a Feature>,
) -> Vec<NotRead> {
    let unreadable = loaded.snapshot.report.unreadable.iter();
    let mut all: Vec<NotRead> = unreadable
        .map(|each| NotRead {
            root: None,
            path: each.path.clone(),
            line: None,
            why: each.why.clone(),
        })
        .collect();
    for feature in features {
        for (document, why) in feature.unread() {
            let (root, path) = loaded.place(document.file);
            let lines: &LineIndex = &document.doc.lines;
            all.push(NotRead {
                root: Some(root.to_owned()),
                path: path.to_owned(),
                line: Some(lines.line(document.unread_at().start()) + 1),
                why: why.as_str().to_owned(),
            });
        }
    }
    all
}

/// One line that names them; empty where all was read.
pub(crate) fn line(loaded: &Loaded, features: &[&Feature]) -> String {
    let all = list(loaded, features.iter().copied());
    if all.is_empty() {
        return String::new();
    }
    let several = loaded.snapshot.roots.len() > 1;
    let shown: Vec<String> = all
        .iter()
        .take(SHOWN)
        .map(|each| each.shown(several))
        .collect();
    let more = match all.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("; and {more} more (`spec-analyzer doctor`)"),
    };
    format!("Not read: {}{more}\n", shown.join("; "))
}

/// The same for features with their findings.
pub(crate) fn line_of(
    loaded: &Loaded,
    chosen: &[(&Arc<Feature>, &Arc<FeatureFindings>)],
) -> String {
    let features: Vec<&Feature> = chosen.iter().map(|(feature, _)| &***feature).collect();
    line(loaded, &features)
}

impl NotRead {
    /// `specs/a/tasks.md:3 (why)`.
    pub(crate) fn shown(&self, with_root: bool) -> String {
        let root = self.root.as_ref().filter(|_| with_root);
        let root = root.map_or(String::new(), |root| format!("{root}/"));
        let line = self.line.map_or(String::new(), |line| format!(":{line}"));
        one_line(&format!("{root}{}{line} ({})", self.path, self.why))
    }
}
