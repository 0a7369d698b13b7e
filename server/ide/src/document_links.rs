//! Document links: paths that lead to a file which is there, also where it has been moved to.

use std::collections::BTreeMap;

use rules::{Locale, Message, Template};
use text::{FileId, TextRange, TextSize};
use trace::{Fate, Resolution};

use crate::Analysis;
use crate::definition::Place;

const MOVED: Template = Template {
    en: "moved to {path}",
    ja: "{path} に移動",
};

/// A path and the file it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Exactly the path.
    pub range: TextRange,
    /// The file; the symbol or heading named with it, else its start.
    pub target: Place,
    /// Path of the file, or where it has been moved to.
    pub tooltip: String,
}

impl Analysis {
    /// Paths of a document that lead to exactly one file, in order.
    #[must_use]
    pub fn document_links(&self, file: FileId, locale: Locale) -> Vec<Link> {
        let Some((feature, document)) = self.spec_document(file) else {
            return Vec::new();
        };
        let tree = &self.graph.inputs().tree;
        // Paths out of one brace group share their bytes: those lead to several files.
        let mut links: BTreeMap<(TextSize, TextSize), Option<Link>> = BTreeMap::new();
        for link in feature.paths.iter().filter(|link| link.file == file) {
            let Some(path) = document.facts().paths.get(link.mention as usize) else {
                continue;
            };
            let target = match &link.resolution {
                Resolution::File(file) => Some((*file, tree.path_str(*file).to_owned())),
                Resolution::Missing(Fate::Moved { to, .. }) => {
                    let moved = tree.file(feature.root, to);
                    moved.map(|file| (file, Message::new(MOVED, &[("path", to)]).text(locale)))
                }
                _ => None,
            };
            let link = target.filter(|(target, _)| *target != file);
            let link = link.map(|(target, tooltip)| Link {
                range: path.range,
                target: path
                    .symbol
                    .as_ref()
                    .and_then(|(name, _)| self.inside(target, name))
                    .unwrap_or(Place::file(target)),
                tooltip,
            });
            links
                .entry((path.range.start(), path.range.end()))
                .and_modify(|known| {
                    if *known != link {
                        *known = None;
                    }
                })
                .or_insert(link);
        }
        links.into_values().flatten().collect()
    }

    /// The symbol of a source file or the heading of a document that is named behind its path.
    fn inside(&self, file: FileId, name: &str) -> Option<Place> {
        if let Some((_, document)) = self.spec_document(file) {
            let sections = &document.facts().sections;
            let section = sections
                .iter()
                .find(|section| anchor(document.slice(section.title_range)) == name)?;
            return Some(Place {
                file,
                range: section.range.cover(section.title_range),
                focus: section.title_range,
            });
        }
        let mut symbols = self.graph.symbols_in(file, name).into_iter();
        let symbol = symbols.next()?;
        Place::symbol(&self.graph, symbol).filter(|_| symbols.next().is_none())
    }
}

/// The anchor that Markdown renderers give a heading.
fn anchor(title: &str) -> String {
    title
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            _ => c.is_alphanumeric().then_some(c),
        })
        .collect()
}
