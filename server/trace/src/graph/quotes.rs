//! What a source file means that names a section of a document, or quotes it: `//= specs/login/spec.md#sign-in` and
//! `//# The system MUST ...` (duvet).

use std::sync::Arc;

use grammar::Dialect;
use text::FileId;

use super::Graph;
use crate::feature::{FeatureDocument, FeatureId, ItemRef};
use crate::layout::Project;
use crate::mentions::Resolved;
use crate::tree::join;
use crate::{Basis, RootId};

impl Graph {
    /// The items that `path#section` and the quote of a tag mean; `None` where the path is no document of a feature, or
    /// where a section is named that holds no item of its own.
    pub(super) fn quoted(
        &self,
        root: RootId,
        project: Option<&Project>,
        target: &str,
        tag: &grammar::Tag,
    ) -> Option<Resolved> {
        let (path, section) = target.split_once('#')?;
        let tree = &self.inputs.tree;
        let base = project.map_or("", |project| project.path.as_str());
        let file = [join(base, path), join("", path)]
            .into_iter()
            .flatten()
            .find_map(|path| tree.file(root, &path))?;
        let feature = self.feature_of(file)?;
        let document = feature.document(file)?;
        let found = meant(feature.id, document, section, tag.quote.as_deref());
        match found {
            Some(items) if items.is_empty() => None,
            Some(items) => Some(Resolved::Items(items, Basis::Declared)),
            None => Some(Resolved::Undefined(feature.id)),
        }
    }

    /// Remembers whether a source quotes documents.
    pub(super) fn note_quotes(&mut self, file: FileId) {
        let quotes = self.inputs.sources.get(&file).is_some_and(|source| {
            let mut tags = source
                .facts
                .mentions
                .iter()
                .filter_map(|it| it.tag.as_ref());
            tags.any(|tag| tag.dialect == Dialect::Duvet)
        });
        if quotes != self.quoting.contains(&file) {
            let quoting = Arc::make_mut(&mut self.quoting);
            if quotes {
                quoting.insert(file);
            } else {
                quoting.remove(&file);
            }
        }
    }
}

/// The items of a section that hold the quote; without a quote, those whose heading it is. `None` without such a section.
fn meant(
    feature: FeatureId,
    document: &FeatureDocument,
    section: &str,
    quote: Option<&str>,
) -> Option<Vec<ItemRef>> {
    let facts = document.facts();
    let mut sections = facts
        .sections
        .iter()
        .filter(|each| anchor(document.slice(each.title_range)) == section);
    let section = sections.next()?;
    let inside = (0..)
        .zip(&facts.items)
        .filter(|(_, item)| section.range.contains_range(item.range));
    let items: Vec<u32> = match quote {
        Some(quote) => {
            let quote = words(quote);
            let holding: Vec<_> = inside
                .filter(|(_, item)| words(document.slice(item.range)).contains(&quote))
                .collect();
            // Of nested items, the innermost.
            let least = holding.iter().map(|(_, item)| item.range.len()).min();
            let inner = holding
                .into_iter()
                .filter(|(_, item)| Some(item.range.len()) == least);
            inner.map(|(at, _)| at).collect()
        }
        None => inside
            .filter(|(_, item)| item.range.start() == section.heading.start())
            .map(|(at, _)| at)
            .collect(),
    };
    let file = document.file;
    let items = items.into_iter().map(|item| ItemRef {
        feature,
        file,
        item,
    });
    Some(items.collect())
}

/// A heading as the end of a link: lower case, dashes for blanks, nothing but letters, digits, dashes and underscores.
#[must_use]
pub fn anchor(title: &str) -> String {
    title
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Words parted by one blank, without the marks of emphasis.
fn words(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '*' | '`' | '_'))
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
