//! Properties of Kiro designs that source files name with their titles, by file and by feature.

use std::sync::Arc;

use grammar::IdKind;
use imbl::HashMap;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::FileId;

use super::Graph;
use crate::feature::{FeatureId, PropertyTag};
use crate::mentions::{CodeLink, Resolved};

/// Tags by the file they stand in, each with the feature it means.
pub(super) type Tags = HashMap<FileId, Arc<[(FeatureId, PropertyTag)]>>;

impl Graph {
    /// Keeps the tags of one source file.
    pub(super) fn tag_source(&mut self, file: FileId, links: &[CodeLink]) {
        let tags = self.tags_of_source(file, links);
        if tags.is_empty() {
            self.tags.remove(&file);
        } else {
            self.tags.insert(file, tags.into());
        }
    }

    fn tags_of_source(&self, file: FileId, links: &[CodeLink]) -> Vec<(FeatureId, PropertyTag)> {
        let Some(source) = self.inputs.sources.get(&file) else {
            return Vec::new();
        };
        let facts = &source.facts;
        let tag = |link: &CodeLink| {
            let mention = &facts.mentions.get(link.mention as usize)?.mention;
            let title = facts
                .properties
                .binary_search_by_key(&mention.range.start(), |each| each.number.start());
            let title = facts.properties.get(title.ok()?)?;
            let feature = match &link.resolved {
                Resolved::Items(items, _) => items.first()?.feature,
                Resolved::Undefined(feature) => *feature,
                Resolved::Ambiguous(_) => return None,
            };
            let number = mention.key.strip_prefix("property/")?;
            (mention.kind == IdKind::Property).then(|| {
                let tag = PropertyTag {
                    file,
                    number: SmolStr::new(number),
                    range: mention.range,
                    title: title.title,
                    said: title.said.clone(),
                };
                (feature, tag)
            })
        };
        links.iter().filter_map(tag).collect()
    }

    /// Gives every feature its tags; those that have them already stay the same object.
    pub(super) fn tag_features(&mut self) {
        let mut by_feature: FxHashMap<FeatureId, Vec<PropertyTag>> = FxHashMap::default();
        for (feature, tag) in self.tags.values().flat_map(|tags| tags.iter()) {
            by_feature.entry(*feature).or_default().push(tag.clone());
        }
        let mut changed = Vec::new();
        for feature in self.features.iter() {
            let mut tags = by_feature.remove(&feature.id).unwrap_or_default();
            tags.sort_unstable_by_key(|tag| (tag.file, tag.range.start()));
            if feature.tags != tags {
                changed.push((feature.id, tags));
            }
        }
        if changed.is_empty() {
            return;
        }
        let features = Arc::make_mut(&mut self.features);
        for (id, tags) in changed {
            if let Some(feature) = features.get_mut(id.0 as usize) {
                Arc::make_mut(feature).tags = tags;
            }
        }
    }
}
