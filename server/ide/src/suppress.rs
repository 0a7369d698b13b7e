//! The action that accepts a finding: it is offered beside every finding; what it writes is no document of ours.

use rules::{Finding, Locale, Message, Template};
use text::{FileId, TextRange};
use trace::{Feature, RootId};

use crate::code_actions::touches;
use crate::{Action, ActionKind, Analysis};

const SUPPRESS: Template = Template {
    en: "Suppress {code} at {address}, with a reason",
    ja: "{address} の {code} を理由を書いて抑制する",
};

impl Analysis {
    pub(crate) fn suppressing(
        &self,
        feature: &Feature,
        file: FileId,
        range: TextRange,
        locale: Locale,
    ) -> Vec<Action> {
        let findings = self.checked.in_file(&self.graph, file);
        let offer = |finding: &Finding| {
            let address = finding.address(&feature.path);
            let facts = [("code", finding.code), ("address", address.as_str())];
            Action {
                title: Message::new(SUPPRESS, &facts).text(locale),
                kind: ActionKind::Suppress {
                    file,
                    fingerprint: finding.fingerprint(&feature.path),
                },
                finding: Some((finding.code, finding.range)),
                preferred: false,
            }
        };
        let touched = findings.filter(|finding| touches(finding.range, range));
        touched.map(offer).collect()
    }

    /// The finding of a document with this fingerprint, the folder it is in and the path of its feature.
    #[must_use]
    pub fn finding(&self, file: FileId, fingerprint: &str) -> Option<(RootId, &str, &Finding)> {
        let feature = self.graph.feature_of(file)?;
        let mut findings = self.checked.in_file(&self.graph, file);
        let finding = findings.find(|it| it.fingerprint(&feature.path) == fingerprint)?;
        Some((feature.root, &feature.path, finding))
    }
}
