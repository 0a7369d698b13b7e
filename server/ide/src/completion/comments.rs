//! Ids in comments of source files: of the feature that is named before them, else of those the file is linked to, and
//! for want of any of those in work. Written so that they are read as meaning that feature for sure.

use std::collections::BTreeSet;

use documents::ItemKind;
use text::FileId;
use trace::{Basis, CodeLink, Feature, FeatureId, Graph, ItemRef, Resolved};

use super::context::{self, Line};
use super::ids::{Named, defined, described, natural};
use super::{Completion, LIMIT};

/// Candidates at a place of a source file whose text is `text`.
pub(super) fn candidates(
    graph: &Graph,
    file: FileId,
    line: &Line<'_>,
    text: &str,
) -> Option<Vec<Completion>> {
    let (qualifier, typed) = context::comment_id(line)?;
    let place = Place::of(graph, file)?;
    let found = match qualifier {
        Some(qualifier) => place.qualified(graph, qualifier, typed),
        None => place.linked(graph, typed),
    };
    let at = text::TextSize::new(u32::try_from(line.cursor).ok()?);
    // Reading the file comes last: it is what costs.
    let inside = !found.is_empty() && code::is_in_comment(place.path, text, at);
    inside.then(|| described(graph, line, typed, found))
}

/// Where a source file stands.
struct Place<'a> {
    path: &'a str,
    /// Features of its project.
    near: Vec<&'a Feature>,
    /// Features its head names.
    head: Vec<FeatureId>,
    /// Tasks that name it.
    tasks: Vec<ItemRef>,
    /// Its head is not the title of a list, and its comments name no other feature.
    plain: bool,
    /// Every id in it means something for sure.
    sure: bool,
    /// Features that it mentions for sure.
    mentioned: BTreeSet<FeatureId>,
}

impl<'a> Place<'a> {
    fn of(graph: &'a Graph, file: FileId) -> Option<Self> {
        let (root, path) = graph.inputs().tree.path(file)?;
        let project = graph.project_of(root, path)?.id;
        let near: Vec<&Feature> = graph
            .features()
            .iter()
            .map(AsRef::as_ref)
            .filter(|feature| feature.root == root && feature.project.id == project)
            .collect();
        let head = graph.source(file).map_or_else(Vec::new, |source| {
            let head = source.facts.head.iter();
            let named =
                head.flat_map(|named| near.iter().filter(|it| is_named(it, &named.feature)));
            let mut named: Vec<FeatureId> = named.map(|feature| feature.id).collect();
            named.sort_unstable();
            named.dedup();
            named
        });
        let mentioned = graph
            .code_links(file)
            .iter()
            .filter_map(|link| match &link.resolved {
                Resolved::Items(items, Basis::Declared) => Some(items.first()?.feature),
                _ => None,
            });
        let facts = graph.source(file).map(|source| &source.facts);
        let plain = facts.is_some_and(|facts| {
            facts.named.is_empty() && facts.head.iter().all(|named| named.section.is_none())
        });
        let links = graph.code_links(file);
        let is_sure =
            |link: &CodeLink| matches!(link.resolved, Resolved::Items(_, Basis::Declared));
        let sure = facts.is_some_and(|facts| links.len() == facts.mentions.len())
            && links.iter().all(is_sure);
        Some(Self {
            path,
            head,
            plain,
            sure,
            tasks: graph.tasks_naming(file),
            mentioned: mentioned.collect(),
            near,
        })
    }

    /// Ids of the feature that is named before them.
    fn qualified(&self, graph: &Graph, qualifier: &str, typed: &str) -> Vec<Named> {
        let named = self.near.iter().filter(|it| is_named(it, qualifier));
        named
            .flat_map(|feature| ids(graph, feature, typed))
            .map(|(item, id)| Named {
                sort: natural(&id),
                insert: id.clone(),
                item,
                id,
            })
            .collect()
    }

    /// Ids of the features the file is linked to, those its head names first.
    fn linked(&self, graph: &Graph, typed: &str) -> Vec<Named> {
        let rank = |feature: &Feature| {
            if self.head.contains(&feature.id) {
                Some(0)
            } else if self.mentioned.contains(&feature.id)
                || self.tasks.iter().any(|task| task.feature == feature.id)
            {
                Some(1)
            } else {
                None
            }
        };
        let mut ranked: Vec<(u8, &Feature)> = self
            .near
            .iter()
            .filter_map(|feature| Some((rank(feature)?, *feature)))
            .collect();
        if ranked.is_empty() {
            let active = self.near.iter().filter(|it| it.state.is_active());
            ranked.extend(active.map(|feature| (2, *feature)));
        }
        let mut found = Vec::new();
        for (order, feature) in ranked {
            for (item, id) in ids(graph, feature, typed) {
                found.push((format!("{order}{}", natural(&id)), feature, item, id));
            }
        }
        found.sort_by(|a, b| (&a.0, a.2.feature).cmp(&(&b.0, b.2.feature)));
        found.truncate(LIMIT + 1);
        let named = found.into_iter().map(|(sort, feature, item, id)| Named {
            insert: if self.means(graph, feature, item, &id) {
                id.clone()
            } else {
                format!("{}/{id}", self.name(feature))
            },
            sort,
            item,
            id,
        });
        named.collect()
    }

    /// Whether the id alone would be read as meaning this item for sure.
    fn means(&self, graph: &Graph, feature: &Feature, item: ItemRef, id: &str) -> bool {
        let defining = self.near.iter().filter(|it| !it.defined(id).is_empty());
        let is_task = graph
            .item(item)
            .is_some_and(|(_, it)| it.kind == ItemKind::Task);
        let worked_on = self.tasks.iter().any(|task| {
            if is_task {
                *task == item
            } else {
                task.feature == feature.id
            }
        });
        if self.head.is_empty() {
            return worked_on && defining.count() == 1;
        }
        // Tasks of another feature that has the id may name the file, too.
        let mut others = defining.filter(|it| it.id != feature.id);
        let rival = others.any(|it| self.tasks.iter().any(|task| task.feature == it.id));
        let own_task = is_task && worked_on;
        self.head == [feature.id]
            && !rival
            && (own_task || !is_task && self.plain && (worked_on || self.sure))
    }

    /// What a feature is called before an id: its number, where no other has it.
    fn name(&self, feature: &'a Feature) -> &'a str {
        let alone = |number| {
            let mut others = self.near.iter().filter(|it| it.id != feature.id);
            others.all(|it| it.number != Some(number))
        };
        match feature.name.split_once('-') {
            Some((number, _)) if feature.number.is_some_and(alone) => number,
            _ => &feature.name,
        }
    }
}

/// Whether `001`, `001-login` or `specs/001-login` names a feature.
fn is_named(feature: &Feature, name: &str) -> bool {
    let name = name.trim_end_matches('/');
    let last = name.rsplit('/').next().unwrap_or(name);
    feature.path == name
        || feature.name == last
        || last.len() >= 3
            && last
                .parse::<u64>()
                .is_ok_and(|number| feature.number == Some(number))
}

/// Ids of a feature that are written as ids, with a number; titles and terms are prose in a comment.
fn ids<'a>(
    graph: &'a Graph,
    feature: &'a Feature,
    typed: &'a str,
) -> impl Iterator<Item = (ItemRef, String)> + 'a {
    defined(graph, feature, typed).filter(|(_, id)| {
        id.starts_with(|c: char| c.is_ascii_uppercase())
            && id.contains(|c: char| c.is_ascii_digit())
            && !id.contains(|c: char| c.is_whitespace() || c == '/')
    })
}
