//! What archiving an `OpenSpec` change would do, in words: why it would be refused, and what it would pass over.

pub(crate) mod words;

use generate::{Archived, Refused, Remark};
use rules::{Locale, Message, Template};
use text::{FileId, TextRange};
use trace::{Feature, FeatureId, UnitKind};

use crate::code_actions::touches;
use crate::rename::words::place;
use crate::{Action, ActionKind, Analysis};

const PREVIEW: Template = Template {
    en: "Preview what archiving \"{change}\" makes of the main specs",
    ja: "「{change}」をアーカイブした後のメイン仕様をプレビュー",
};

impl Analysis {
    /// The main specs as archiving a change would leave them. The error is a list of sentences for people, each with
    /// its place before it.
    pub fn archive(&self, change: FeatureId, locale: Locale) -> Result<Archived, Vec<String>> {
        generate::archive(&self.graph, change, self.today.as_deref()).map_err(|refused| {
            let said = refused.iter().map(|each| self.objection(each, locale));
            said.collect()
        })
    }

    /// The preview, offered on the first line of a change's documents.
    pub(crate) fn archiving(
        &self,
        file: FileId,
        range: TextRange,
        locale: Locale,
    ) -> Option<Action> {
        let change = self.change_of(file)?;
        let document = change.document(file)?;
        touches(trace::openspec::head(document), range).then(|| Action {
            title: Message::new(PREVIEW, &[("change", &change.name)]).text(locale),
            kind: ActionKind::PreviewArchive { file },
            finding: None,
            preferred: false,
        })
    }

    /// The change in the making that a document belongs to.
    #[must_use]
    pub fn change_of(&self, file: FileId) -> Option<&Feature> {
        let feature = self.graph.feature_of(file)?;
        generate::is_archivable(feature).then_some(feature)
    }

    /// Changes in the making that are called so, by name or path.
    pub fn changes_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Feature> {
        let name = name.trim_end_matches('/');
        self.graph
            .features()
            .iter()
            .map(|feature| &**feature)
            .filter(move |feature| {
                feature.unit == UnitKind::Feature
                    && generate::is_archivable(feature)
                    && (feature.name == name || feature.path == name)
            })
    }

    /// Why archive refuses, as a sentence with its place.
    fn objection(&self, refused: &Refused, locale: Locale) -> String {
        let said = words::objection(&refused.why, locale);
        match refused.place {
            Some((file, range)) => format!("{}: {said}", place(&self.graph, file, range)),
            None => said,
        }
    }

    /// What archiving passes over, as a sentence with its place.
    #[must_use]
    pub fn remark(&self, remark: &Remark, locale: Locale) -> String {
        let at = place(&self.graph, remark.file, remark.range);
        format!("{at}: {}", words::passed(&remark.what, locale))
    }
}
