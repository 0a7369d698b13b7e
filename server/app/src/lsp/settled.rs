//! What was said last while nobody was writing on disk: until they are done nothing new is said, as it may be of the
//! middle of what they do.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rules::Locale;

use super::engine::{Finding, Snapshot};
use super::open::OpenDocuments;
use super::server::World;

/// The state then.
#[derive(Debug)]
pub struct Settled<S> {
    snapshot: Arc<S>,
    open: OpenDocuments,
}

impl<S> Settled<S> {
    /// What a world says, as what was said last.
    pub fn of(world: &World<S>) -> Self {
        Self {
            snapshot: Arc::clone(&world.snapshot),
            open: Arc::clone(&world.open),
        }
    }
}

impl<S: Snapshot> Settled<S> {
    /// What was said of a file; `None` where the editor has changed it since, so that new findings are of its own words.
    pub fn findings(
        &self,
        path: &Path,
        locale: Locale,
        open: &OpenDocuments,
    ) -> Option<Vec<Finding>> {
        let version = |open: &OpenDocuments| open.get(path).map(|document| document.version);
        (version(&self.open) == version(open)).then(|| self.snapshot.findings(path, locale))
    }
}

impl<S> Clone for Settled<S> {
    fn clone(&self) -> Self {
        Self {
            snapshot: Arc::clone(&self.snapshot),
            open: Arc::clone(&self.open),
        }
    }
}

/// Those of the findings that were there before, in the words of then: what they say of other places may be of the middle,
/// too. Of several with one name each keeps its own words where it can, and no more stay than there were.
pub fn known(findings: Vec<Finding>, before: Vec<Finding>) -> Vec<Finding> {
    type Name = (String, String);
    let name = |finding: &Finding| -> Name { (finding.code.clone(), finding.fingerprint.clone()) };
    let mut said: HashMap<Name, Vec<String>> = HashMap::new();
    for finding in before {
        said.entry(name(&finding))
            .or_default()
            .push(finding.message);
    }
    let mut unchanged = vec![false; findings.len()];
    for (finding, unchanged) in findings.iter().zip(&mut unchanged) {
        if let Some(words) = said.get_mut(&name(finding))
            && let Some(at) = words.iter().position(|words| *words == finding.message)
        {
            words.remove(at);
            *unchanged = true;
        }
    }
    let each = findings.into_iter().zip(unchanged);
    each.filter_map(|(mut finding, unchanged)| {
        if !unchanged {
            let words = said.get_mut(&name(&finding))?;
            if words.is_empty() {
                return None;
            }
            finding.message = words.remove(0);
        }
        Some(finding)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::known;
    use crate::lsp::engine::{Finding, Severity};
    use text::{TextRange, TextSize};

    fn findings(all: &[(&str, u32, &str)]) -> Vec<Finding> {
        let finding = |&(fingerprint, at, message): &(&str, u32, &str)| Finding {
            code: "unknown-reference".to_owned(),
            severity: Severity::Warning,
            range: TextRange::empty(TextSize::from(at)),
            message: message.to_owned(),
            docs: None,
            fingerprint: fingerprint.to_owned(),
            related: Vec::new(),
        };
        all.iter().map(finding).collect()
    }

    #[test]
    fn two_of_one_name_keep_each_its_own_words() {
        let before = findings(&[("a", 1, "one"), ("a", 9, "two")]);
        let now = findings(&[("a", 3, "two"), ("a", 5, "one")]);
        assert_eq!(known(now.clone(), before), now);
    }

    #[test]
    fn what_others_changed_is_said_as_before() {
        let before = findings(&[("a", 1, "one of 3"), ("a", 9, "two")]);
        let now = findings(&[("a", 1, "one of 2"), ("a", 9, "two")]);
        assert_eq!(
            known(now, before),
            findings(&[("a", 1, "one of 3"), ("a", 9, "two")])
        );
    }

    #[test]
    fn nothing_new_is_said_not_even_under_a_name_that_was_there() {
        let before = findings(&[("a", 1, "one")]);
        let now = findings(&[("a", 0, "new"), ("a", 1, "one"), ("b", 2, "other")]);
        assert_eq!(known(now, before), findings(&[("a", 1, "one")]));
        assert_eq!(known(findings(&[("b", 1, "one")]), Vec::new()), Vec::new());
    }
}
