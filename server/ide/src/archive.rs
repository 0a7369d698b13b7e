//! What archiving an `OpenSpec` change would do, in words: why it would be refused, and what it would pass over.

mod words;

use generate::{Archived, Refused, Remark};
use rules::Locale;
use text::FileId;
use trace::{Feature, FeatureId, UnitKind};

use crate::Analysis;
use crate::rename::words::place;

impl Analysis {
    /// The main specs as archiving a change would leave them. The error is a list of sentences for people, each with
    /// its place before it.
    pub fn archive(&self, change: FeatureId, locale: Locale) -> Result<Archived, Vec<String>> {
        generate::archive(&self.graph, change).map_err(|refused| {
            let said = refused.iter().map(|each| self.objection(each, locale));
            said.collect()
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
