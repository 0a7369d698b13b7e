//! What is to be said of the decisions themselves: suppressions whose time is over or that meet no finding, and
//! baseline entries that no longer occur.

use settings::{Entry, Suppression};
use text::TextRange;
use trace::{Feature, FeatureState, RootId};

use crate::engine::{Checked, FeatureFindings};
use crate::message::{Message, Template};

const EXPIRED: Template = Template {
    en: "The suppression of {code} at `{address}` ended on {until}.",
    ja: "`{address}` の {code} の抑制は {until} に終わりました。",
};
const UNMATCHED: Template = Template {
    en: "No {code} finding is at `{address}`.",
    ja: "`{address}` に {code} の指摘はありません。",
};

/// A suppression that does nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// `suppression-ended` or `suppression-unmatched`.
    pub code: &'static str,
    /// Folder of the settings file.
    pub root: RootId,
    /// Where the address is written in it.
    pub range: TextRange,
    /// One sentence.
    pub message: Message,
}

impl Checked {
    /// Suppressions that do nothing, each once, in the order of the files. Not said while a rule could not tell.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        for (root, (settings, _)) in (0..).map(RootId).zip(&self.policy().folders) {
            for suppression in &settings.suppressions {
                notices.extend(self.notice(root, suppression));
            }
        }
        notices
    }

    fn notice(&self, root: RootId, suppression: &Suppression) -> Option<Notice> {
        let mut facts = vec![
            ("code", suppression.code.as_str()),
            ("address", suppression.address.as_str()),
        ];
        let until = suppression.until.map(|until| until.to_string());
        let (code, template) = if suppression.is_expired(self.policy().today) {
            facts.push(("until", until.as_deref().unwrap_or_default()));
            ("suppression-ended", EXPIRED)
        } else if self.may_meet(root, suppression) {
            return None;
        } else {
            ("suppression-unmatched", UNMATCHED)
        };
        Some(Notice {
            code,
            root,
            range: suppression.range,
            message: Message::new(template, &facts),
        })
    }

    /// Whether a finding is there that the suppression speaks of, or its rule could not tell.
    fn may_meet(&self, root: RootId, suppression: &Suppression) -> bool {
        self.said().any(|(feature, said)| {
            feature.root == root
                && feature.path == suppression.address.unit()
                && (cannot_tell(feature, said, &suppression.code)
                    || said.findings.iter().any(|finding| {
                        let address = finding.address(&feature.path);
                        let fingerprint = finding.fingerprint(&feature.path);
                        suppression.matches(finding.code, &address, &fingerprint)
                    }))
        })
    }

    /// Entries of a folder's baseline whose findings are gone. Those of a rule that could not tell are kept.
    #[must_use]
    pub fn gone_from_baseline(&self, root: RootId) -> Vec<&Entry> {
        let Some(baseline) = self.policy().baseline(root) else {
            return Vec::new();
        };
        let mut entries = baseline.entries();
        for (feature, said) in self.said().filter(|(feature, _)| feature.root == root) {
            let there: Vec<String> = said
                .findings
                .iter()
                .map(|finding| finding.fingerprint(&feature.path))
                .collect();
            entries.retain(|entry| {
                let unit = entry.address.split('#').next().unwrap_or_default();
                let unsure = unit == feature.path && cannot_tell(feature, said, &entry.code);
                !unsure && !there.contains(&entry.fingerprint)
            });
        }
        entries
    }
}

fn cannot_tell(feature: &Feature, said: &FeatureFindings, code: &str) -> bool {
    feature.state == FeatureState::Archived
        || said.unknown.iter().any(|(unknown, _)| unknown.code == code)
}
