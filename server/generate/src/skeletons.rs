//! Tests that are still to be written, from acceptance scenarios, criteria and what can be measured: placed and named as the
//! project's other tests are, with the steps as comments, each read as the test of its scenario, and skipped, so that
//! nobody takes one for a proof.
//!
//! One file per framework; each is a line in [`FRAMEWORKS`].

mod cargo;
mod case;
mod framework;
mod go;
mod jest;
mod junit;
mod naming;
mod package;
mod place;
mod proof;
mod pytest;
mod steps;

use std::sync::Arc;

use text::{Edit, FileId};
use trace::{Feature, FeatureId, Graph, ItemRef, RootId};

use crate::Texts;
use case::{Case, Group};
use framework::{Framework, Part, Written};
use place::Site;

static FRAMEWORKS: &[&dyn Framework] = &[
    &pytest::Pytest,
    &jest::Jest,
    &junit::JUnit,
    &go::Go,
    &cargo::Cargo,
];

/// What each test says of itself until somebody writes it.
pub const NOT_WRITTEN: &str = "not written yet";

/// Tests of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skeleton {
    /// Workspace folder.
    pub root: RootId,
    /// Its path from there.
    pub path: String,
    /// The file, where it is there; a new one has one edit, its whole text.
    pub file: Option<FileId>,
    /// What is written, by position.
    pub edits: Vec<Edit>,
    /// What tests it: `pytest`.
    pub framework: &'static str,
    /// What is tested, in the order of the file.
    pub items: Vec<ItemRef>,
}

/// Tests that were written, and items for which none could be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Skeletons {
    /// By file.
    pub files: Vec<Skeleton>,
    /// Items that a test names already.
    pub tested: usize,
    /// What stands in the way of others, a sentence each.
    pub left: Vec<String>,
}

/// Tests for a feature, or for one item of it: a story, a scenario, a requirement, a criterion. What a test names already is
/// left out.
#[must_use]
pub fn skeletons(
    graph: &Graph,
    feature: FeatureId,
    item: Option<ItemRef>,
    texts: &Texts<'_>,
) -> Skeletons {
    let mut done = Skeletons::default();
    let Some(feature) = graph.feature(feature) else {
        return done;
    };
    let (groups, tested) = missing(graph, feature, item);
    done.tested = tested;
    let mut sites: Vec<(Site, Vec<Group>)> = Vec::new();
    for group in groups {
        match place::site(graph, feature, &group, &sites, texts) {
            Ok(site) => {
                let known = sites.iter_mut().find(|(known, _)| known.path == site.path);
                match known {
                    Some((_, groups)) => groups.push(group),
                    None => sites.push((site, vec![group])),
                }
            }
            Err(why) => done.leave(why),
        }
    }
    for (site, groups) in &sites {
        match write(graph, feature, site, groups) {
            Some(file) => done.files.push(file),
            None => done.leave(format!(
                "`{}` cannot take tests that are read as those of {}.",
                site.path, feature.path
            )),
        }
    }
    done
}

impl Skeletons {
    fn leave(&mut self, why: String) {
        if !self.left.contains(&why) {
            self.left.push(why);
        }
    }
}

/// Whether something of an item is there to be tested that no test names, and a place for it; cheaper than writing it.
#[must_use]
pub fn lacks_tests(graph: &Graph, item: ItemRef, texts: &Texts<'_>) -> bool {
    let Some(feature) = graph.feature(item.feature) else {
        return false;
    };
    let (groups, _) = missing(graph, feature, Some(item));
    let mut groups = groups.iter();
    groups.any(|group| place::site(graph, feature, group, &[], texts).is_ok())
}

/// What no test names, and how much a test does.
fn missing(graph: &Graph, feature: &Feature, item: Option<ItemRef>) -> (Vec<Group>, usize) {
    let mut groups = case::groups(feature, item);
    let mut tested = 0;
    for group in &mut groups {
        group.cases.retain(|case| {
            let known = case::is_tested(graph, case.item);
            tested += usize::from(known);
            !known
        });
    }
    groups.retain(|group| !group.cases.is_empty());
    (groups, tested)
}

/// The tests of a file, linked in the shortest way that is read as meaning each item for sure.
fn write(graph: &Graph, feature: &Feature, site: &Site, groups: &[Group]) -> Option<Skeleton> {
    let cases: Vec<&Case> = groups.iter().flat_map(|group| &group.cases).collect();
    let ways: Vec<Vec<Vec<String>>> = cases
        .iter()
        .map(|case| case::links(graph, feature, case))
        .collect();
    let most = ways.iter().map(Vec::len).max()?;
    // Words of a step may be read as ids; where they are in the way, the test says less.
    for (way, plain) in (0..most).flat_map(|way| [(way, false), (way, true)]) {
        let mut links = ways.iter();
        let parts: Vec<Part<'_>> = groups
            .iter()
            .map(|group| Part {
                group,
                tests: group
                    .cases
                    .iter()
                    .filter_map(|case| {
                        let ways = links.next()?;
                        let link = ways.get(way).or(ways.last())?;
                        Some(Written { case, link, plain })
                    })
                    .collect(),
            })
            .collect();
        if let Some(edits) = framework::edits(site, feature, &parts)
            && proof::holds(graph, site, &edits, &cases)
        {
            return Some(Skeleton {
                root: site.root,
                path: site.path.clone(),
                file: site.there.as_ref().map(|there| there.0),
                edits,
                framework: site.framework.name(),
                items: cases.iter().map(|case| case.item).collect(),
            });
        }
    }
    None
}

/// The text of a file as the edits find it.
fn text_of(texts: &Texts<'_>, file: FileId) -> Option<Arc<str>> {
    texts(file).ok()
}
