//! What is to be tested: scenarios, criteria and what can be measured, by the story or requirement they belong to.

use documents::{DocumentKind, Format, Item, ItemKind};
use grammar::Dimension;
use text::TextRange;
use trace::{Feature, FeatureDocument, Graph, ItemRef};

use super::naming::clean;
use super::steps::{self, Step};

/// One test to be written.
#[derive(Debug, Clone)]
pub(super) struct Case {
    /// What it tests.
    pub(super) item: ItemRef,
    /// How the item is named behind its feature: `US1/AC2`, `FR-003`, `2.3`; the name of a scenario.
    pub(super) id: String,
    /// What it says, on one line.
    pub(super) title: String,
    /// Its steps, a line each.
    pub(super) steps: Vec<String>,
}

/// Cases that stand together.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The story or requirement; of success criteria none.
    pub(super) item: Option<ItemRef>,
    /// What it is called, on one line.
    pub(super) title: String,
    /// `US1`, `Requirement 2`
    pub(super) id: String,
    pub(super) cases: Vec<Case>,
}

/// All that is to be tested of a feature, or of one item of it: of a story, of a requirement of Kiro or `OpenSpec` what stands
/// in it.
pub(super) fn groups(feature: &Feature, wanted: Option<ItemRef>) -> Vec<Group> {
    let mut groups = Vec::new();
    for document in feature.documents.iter().filter(|it| it.kind.is_spec()) {
        let of = Of { feature, document };
        for (item, it) in of.items() {
            if is_outer(feature.format(), it.kind) && !of.is_left_out(it) {
                groups.extend(of.group(item, it, wanted));
            }
        }
        if feature.format() == Format::SpecKit {
            groups.extend(of.measured(wanted));
        }
    }
    groups
}

fn is_outer(format: Format, kind: ItemKind) -> bool {
    match format {
        Format::SpecKit => matches!(kind, ItemKind::Story | ItemKind::Requirement),
        Format::Kiro | Format::OpenSpec => kind == ItemKind::Requirement,
    }
}

struct Of<'a> {
    feature: &'a Feature,
    document: &'a FeatureDocument,
}

impl<'a> Of<'a> {
    fn items(&self) -> impl Iterator<Item = (ItemRef, &'a Item)> {
        let (feature, file) = (self.feature.id, self.document.file);
        (0..)
            .zip(&self.document.facts().items)
            .map(move |(item, it)| {
                let item = ItemRef {
                    feature,
                    file,
                    item,
                };
                (item, it)
            })
    }

    /// Text of the template, and what a change takes away.
    fn is_left_out(&self, item: &Item) -> bool {
        let facts = self.document.facts();
        let title = item.id_range.cover(item.title_range);
        let template = facts
            .placeholders
            .iter()
            .any(|it| it.range.intersect(title).is_some());
        let mut section = item.section;
        while let Some(at) = section.and_then(|at| facts.sections.get(at as usize)) {
            if self.document.kind == DocumentKind::OpenSpecDelta
                && ["REMOVED", "RENAMED"]
                    .iter()
                    .any(|word| at.title.to_uppercase().starts_with(word))
            {
                return true;
            }
            section = at.parent;
        }
        template
    }

    fn group(&self, item: ItemRef, outer: &Item, wanted: Option<ItemRef>) -> Option<Group> {
        let whole = wanted.is_none_or(|wanted| wanted == item);
        let mut cases: Vec<Case> = self
            .items()
            .filter(|(at, it)| {
                matches!(it.kind, ItemKind::Scenario | ItemKind::Criterion)
                    && it.parent == Some(item.item)
                    && (whole || wanted == Some(*at))
                    && !self.is_left_out(it)
            })
            .filter_map(|(at, it)| self.case(at, it, Some(outer)))
            .collect();
        // A requirement by itself is tested where it is asked for.
        if cases.is_empty() && outer.kind == ItemKind::Requirement && wanted == Some(item) {
            cases.extend(self.case(item, outer, None));
        }
        let title = clean(&self.document.slice(outer.title_range).replace("**", ""));
        let of_requirement =
            self.feature.format() == Format::SpecKit && outer.kind == ItemKind::Requirement;
        (!cases.is_empty()).then(|| Group {
            item: Some(item),
            title: match self.feature.format() {
                Format::OpenSpec => clean(&outer.id),
                _ if of_requirement => outer.id.to_string(),
                _ => title,
            },
            id: match self.feature.format() {
                Format::SpecKit => outer.id.to_string(),
                Format::Kiro => format!("Requirement {}", outer.id),
                Format::OpenSpec => String::new(),
            },
            cases,
        })
    }

    /// Success criteria that a program can measure.
    fn measured(&self, wanted: Option<ItemRef>) -> Option<Group> {
        let cases: Vec<Case> = self
            .items()
            .filter(|(at, it)| {
                it.kind == ItemKind::SuccessCriterion
                    && !self.is_left_out(it)
                    && match wanted {
                        Some(wanted) => wanted == *at,
                        None => is_measurable(self.document.slice(it.range)),
                    }
            })
            .filter_map(|(at, it)| self.case(at, it, None))
            .collect();
        (!cases.is_empty()).then(|| Group {
            item: None,
            title: "Success criteria".to_owned(),
            id: String::new(),
            cases,
        })
    }

    fn case(&self, at: ItemRef, item: &Item, outer: Option<&Item>) -> Option<Case> {
        let facts = self.document.facts();
        let whole = self.document.slice(own_text(facts, item));
        let (text, name) = if self.feature.format() == Format::OpenSpec {
            // The heading is the name.
            (
                whole.split_once('\n').map_or("", |(_, rest)| rest),
                Some(item.id.as_str()),
            )
        } else {
            (whole, None)
        };
        let is_scenario = matches!(item.kind, ItemKind::Scenario | ItemKind::Criterion);
        let found: Vec<Step> = if is_scenario {
            steps::steps(text)
        } else {
            let plain = clean(&text.replace("**", ""));
            let plain = plain.trim_start_matches([':', '：', ' ', '-']);
            let rest = plain.to_owned();
            vec![Step {
                word: String::new(),
                rest,
            }]
        };
        let title = match name {
            Some(name) => clean(name),
            None => clean(&steps::title(&found)),
        };
        let id = match (item.kind, outer) {
            (ItemKind::Scenario, Some(outer)) if name.is_none() => {
                format!("{}/{}", outer.id, item.id)
            }
            _ => item.id.to_string(),
        };
        (!title.is_empty() && !item.id.is_empty()).then(|| Case {
            item: at,
            id,
            title,
            steps: found.iter().map(Step::line).collect(),
        })
    }
}

/// The text of an item, up to the first item in it.
fn own_text(facts: &documents::Document, item: &Item) -> TextRange {
    let start = item.title_range.start();
    let inner = facts.items.iter().map(|it| it.range);
    let inner = inner
        .filter(|range| range.start() > item.range.start() && item.range.contains_range(*range));
    let end = inner
        .map(TextRange::start)
        .min()
        .unwrap_or(item.range.end());
    TextRange::new(start.min(end), end)
}

/// Whether a program tells: a time or a size, of what it does itself.
fn is_measurable(text: &str) -> bool {
    let people = [
        "user",
        "customer",
        "people",
        "survey",
        "satisf",
        "support",
        "team",
        "developer",
        "adopt",
        "operator",
        "admin",
        "stakeholder",
        "reader",
        "reviewer",
        "maintainer",
        "engineer",
        "month",
        "week",
        "利用者",
        "ユーザー",
        "用户",
        "使用者",
        "사용자",
    ];
    let said = text.to_lowercase();
    let units = grammar::quantities(text);
    let mut units = units.iter().filter_map(|it| it.quantity.unit);
    units.any(|unit| matches!(unit.dimension(), Dimension::Time | Dimension::Data))
        && !people.iter().any(|word| said.contains(word))
}

/// Whether a test names the item already, whatever it is worth.
pub(super) fn is_tested(graph: &Graph, item: ItemRef) -> bool {
    graph
        .code_mentions(item)
        .into_iter()
        .any(|(file, mention, _)| {
            let found = graph
                .source(file)
                .and_then(|source| source.facts.mentions.get(mention as usize));
            found.is_some_and(|found| found.test.is_some() || found.group.is_some())
        })
}

/// What may stand above a test so that it is read as meaning the item, the shortest first. Each is some lines.
pub(super) fn links(graph: &Graph, feature: &Feature, case: &Case) -> Vec<Vec<String>> {
    let (path, name, id) = (&feature.path, &feature.name, &case.id);
    let one = |line: String| vec![line];
    match feature.format() {
        Format::SpecKit => vec![
            one(format!(" {path}#{id}")),
            one(format!(" {path} {id}")),
            one(format!(" {path}/spec.md {id}")),
            one(format!(" {name}/{id}")),
        ],
        Format::Kiro => vec![
            one(format!(" {path} Requirements: {id}")),
            one(format!(" Feature: {name}, Validates: Requirements {id}")),
        ],
        Format::OpenSpec => {
            let document = graph.inputs().tree.path_str(case.item.file);
            let found = feature.document(case.item.file);
            let heading = feature
                .item(case.item)
                .zip(found)
                .and_then(|(item, document)| {
                    let facts = document.facts();
                    let own = facts
                        .sections
                        .iter()
                        .find(|it| it.heading.start() == item.range.start())?;
                    Some(trace::anchor(document.slice(own.title_range)))
                });
            heading
                .map(|heading| vec![format!("= {document}#{heading}"), "= type=test".to_owned()])
                .into_iter()
                .collect()
        }
    }
}
