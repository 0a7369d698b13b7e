//! What source files say that rules judge: properties with their titles, places of Kiro specs that are not there, and ids
//! that a feature named with them does not define. By file and by feature.

use std::sync::Arc;

use grammar::IdKind;
use imbl::HashMap;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::Graph;
use crate::feature::{CodeCitation, Definitions, FeatureId, PropertyTag};
use crate::inputs::SourceFile;
use crate::mentions::{CodeLink, Resolved, is_spoken_of};

/// What a source file says of one spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Title(PropertyTag),
    Dangling(CodeCitation),
    Stray(CodeCitation),
}

/// What is said, by the file it stands in, each with the feature it means.
pub(super) type Tags = HashMap<FileId, Arc<[(FeatureId, Said)]>>;

impl Graph {
    /// Keeps what one source file says.
    pub(super) fn tag_source(&mut self, file: FileId, links: &[CodeLink]) {
        let source = self.inputs.sources.get(&file);
        let said: Vec<_> = source
            .into_iter()
            .flat_map(|source| links.iter().filter_map(|link| said(file, source, link)))
            .filter(|(feature, said)| {
                // A path to a file of a spec is no promise that all ids are of that spec.
                let of = &self.candidates[feature.0 as usize];
                match said {
                    Said::Title(_) => true,
                    Said::Stray(cited) => !is_part(&of.definitions, &cited.key),
                    Said::Dangling(_) => {
                        source.is_some_and(|source| source.facts.declared.contains(&of.name))
                    }
                }
            })
            .collect();
        if said.is_empty() {
            self.tags.remove(&file);
        } else {
            self.tags.insert(file, said.into());
        }
    }

    /// Gives every feature what is said of it; those that have it already stay the same object.
    pub(super) fn tag_features(&mut self) {
        type All = (Vec<PropertyTag>, Vec<CodeCitation>, Vec<CodeCitation>);
        let mut by_feature: FxHashMap<FeatureId, All> = FxHashMap::default();
        for (feature, said) in self.tags.values().flat_map(|all| all.iter()) {
            let (tags, dangling, strays) = by_feature.entry(*feature).or_default();
            match said {
                Said::Title(tag) => tags.push(tag.clone()),
                Said::Dangling(cited) => dangling.push(cited.clone()),
                Said::Stray(cited) => strays.push(cited.clone()),
            }
        }
        let mut changed = Vec::new();
        for feature in self.features.iter() {
            let (mut tags, mut dangling, mut strays) =
                by_feature.remove(&feature.id).unwrap_or_default();
            tags.sort_unstable_by_key(|tag| (tag.file, tag.range.start()));
            dangling.sort_unstable_by_key(|cited| (cited.file, cited.range.start()));
            strays.sort_unstable_by_key(|cited| (cited.file, cited.range.start()));
            if feature.tags != tags || feature.dangling != dangling || feature.strays != strays {
                changed.push((feature.id, tags, dangling, strays));
            }
        }
        if changed.is_empty() {
            return;
        }
        let features = Arc::make_mut(&mut self.features);
        for (id, tags, dangling, strays) in changed {
            if let Some(feature) = features.get_mut(id.0 as usize) {
                let feature = Arc::make_mut(feature);
                feature.tags = tags;
                feature.dangling = dangling;
                feature.strays = strays;
            }
        }
    }
}

fn said(file: FileId, source: &SourceFile, link: &CodeLink) -> Option<(FeatureId, Said)> {
    let facts = &source.facts;
    let found = facts.mentions.get(link.mention as usize)?;
    let mention = &found.mention;
    match (&link.resolved, mention.kind) {
        (Resolved::Undefined(feature), IdKind::Criterion)
            if mention.written && is_listed(&facts.cited_lists, mention.range) =>
        {
            let cited = CodeCitation {
                file,
                key: mention.key.clone(),
                range: mention.range,
            };
            Some((*feature, Said::Dangling(cited)))
        }
        (Resolved::Undefined(feature), _) if is_certain(found) => {
            let cited = CodeCitation {
                file,
                key: mention.key.clone(),
                range: mention.range,
            };
            Some((*feature, Said::Stray(cited)))
        }
        (Resolved::Items(items, _), IdKind::Property) => {
            let title = facts
                .properties
                .binary_search_by_key(&mention.range.start(), |each| each.number.start());
            let title = facts.properties.get(title.ok()?)?;
            if !title.tagged {
                return None;
            }
            let tag = PropertyTag {
                file,
                number: SmolStr::new(mention.key.strip_prefix("property/")?),
                range: mention.range,
                title: title.title,
                said: title.said.clone(),
                validates: title.validates.clone(),
            };
            Some((items.first()?.feature, Said::Title(tag)))
        }
        _ => None,
    }
}

/// Whether a mention says beyond doubt which feature it speaks of: in a tag made for citing, or with the feature right
/// before the id (`083/FR-008`).
pub(super) fn is_certain(found: &code::SourceMention) -> bool {
    let mention = &found.mention;
    let exact = found.tag.as_ref().is_some_and(|tag| tag.dialect.is_exact());
    let beside = mention.qualifier.as_ref().is_some_and(|qualifier| {
        let gap = mention.range.start().checked_sub(qualifier.range.end());
        !qualifier.path && gap.is_some_and(|gap| gap <= text::TextSize::new(1))
    });
    let counted = matches!(
        mention.kind,
        IdKind::Requirement | IdKind::Success | IdKind::Other
    );
    (exact || (mention.written && beside)) && counted
}

/// Whether `FR-011b` can be the second clause of FR-011: the feature has the whole, and no id with a letter of its own; or
/// the id is spoken of otherwise.
pub(super) fn is_part(definitions: &Definitions, key: &str) -> bool {
    let whole = key.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let lettered = |id: &SmolStr| {
        id.strip_prefix(whole)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    is_spoken_of(definitions, key)
        || whole.len() < key.len()
            && definitions.contains_key(whole)
            && !definitions.keys().any(lettered)
}

/// Whether a place stands in one of these lists.
fn is_listed(lists: &[TextRange], place: TextRange) -> bool {
    let at = lists.partition_point(|list| list.end() < place.end());
    lists.get(at).is_some_and(|list| list.contains_range(place))
}
