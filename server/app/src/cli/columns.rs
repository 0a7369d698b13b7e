//! Six questions about an item: is it specified, planned, implemented, tested, verified, released? Each has three
//! answers: what cannot be told is unknown, with the reason, and never counted as missing.

use documents::ItemKind;
use serde::Serialize;
use trace::{Basis, Feature, FileRole, Graph, ItemRef, Released};
use workspace::Releases;

use super::human::plural;
use super::json::kind_name;
use super::links::ChainOf;

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Answer {
    Yes,
    No,
    Unknown,
}

impl Answer {
    /// The word for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// An answer about one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Cell {
    pub(crate) answer: Answer,
    /// Of a yes: the strongest reason to believe it.
    pub(crate) basis: Option<&'static str>,
    /// Of a no or an unknown: why. Of a yes: what is doubtful about it.
    pub(crate) why: Option<String>,
    /// Of what is released: the first tag that contains it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tag: Option<Tag>,
}

/// A tag that names a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Tag {
    pub(crate) name: String,
    /// Its commit, shortened.
    pub(crate) commit: String,
}

impl Cell {
    fn yes(basis: Option<Basis>) -> Self {
        Self {
            answer: Answer::Yes,
            basis: basis.map(Basis::as_str),
            why: None,
            tag: None,
        }
    }

    fn no(why: impl Into<String>) -> Self {
        Self {
            answer: Answer::No,
            basis: None,
            why: Some(why.into()),
            tag: None,
        }
    }

    fn unknown(why: impl Into<String>) -> Self {
        Self {
            answer: Answer::Unknown,
            basis: None,
            why: Some(why.into()),
            tag: None,
        }
    }
}

/// How many items have each answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Count {
    pub(crate) yes: u32,
    pub(crate) no: u32,
    pub(crate) unknown: u32,
}

/// Something for each question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ColumnsOf{T}"))]
pub(crate) struct Columns<T> {
    /// It is written down, without an open question, and with scenarios or criteria where its kind has such.
    pub(crate) specified: T,
    /// A task works for it.
    pub(crate) planned: T,
    /// There is code for it, and all of its tasks are done.
    pub(crate) implemented: T,
    /// There is a test for it that is not skipped.
    pub(crate) tested: T,
    /// Such a test ran and passed, in an imported report.
    pub(crate) verified: T,
    /// A git tag contains it.
    pub(crate) released: T,
}

/// The names of the questions, in order.
pub(crate) const NAMES: [&str; 6] = [
    "specified",
    "planned",
    "implemented",
    "tested",
    "verified",
    "released",
];

impl<T> Columns<T> {
    /// In the order of [`NAMES`].
    pub(crate) fn each(&self) -> [&T; 6] {
        [
            &self.specified,
            &self.planned,
            &self.implemented,
            &self.tested,
            &self.verified,
            &self.released,
        ]
    }
}

impl Columns<Count> {
    /// Counts one more item.
    pub(crate) fn add(&mut self, item: &Columns<Cell>) {
        let counts = [
            &mut self.specified,
            &mut self.planned,
            &mut self.implemented,
            &mut self.tested,
            &mut self.verified,
            &mut self.released,
        ];
        for (count, cell) in counts.into_iter().zip(item.each()) {
            *match cell.answer {
                Answer::Yes => &mut count.yes,
                Answer::No => &mut count.no,
                Answer::Unknown => &mut count.unknown,
            } += 1;
        }
    }
}

/// The strongest reasons to believe that there is code for an item, and that there is a test.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reasons {
    pub(crate) code: Option<Basis>,
    pub(crate) test: Option<Basis>,
}

/// An item with what is needed to answer.
pub(crate) struct Asked<'a> {
    pub(crate) item: ItemRef,
    pub(crate) kind: ItemKind,
    pub(crate) chain: &'a ChainOf,
    pub(crate) reasons: Reasons,
}

/// The answers for all items of a feature. What is missing for one item is only said to be missing where another item
/// of its kind has it: a team that cites no ids in tests has not left out its tests.
/// Without `releases` nothing is said of what is released.
pub(crate) fn answers(
    graph: &Graph,
    feature: &Feature,
    items: &[Asked<'_>],
    releases: Option<&Releases>,
) -> Vec<Columns<Cell>> {
    let usual = |kind: ItemKind, has: &dyn Fn(&Asked<'_>) -> bool| {
        items.iter().any(|item| item.kind == kind && has(item))
    };
    let answer = |asked: &Asked<'_>| {
        let kind = kind_name(asked.kind).replace('-', " ");
        Columns {
            specified: specified(feature, asked),
            planned: if !asked.chain.tasks.is_empty() {
                Cell::yes(Some(Basis::Declared))
            } else if feature.tasks_document().is_none() {
                Cell::unknown("there is no task list")
            } else if usual(asked.kind, &|other| !other.chain.tasks.is_empty()) {
                Cell::no("no task names it")
            } else {
                Cell::unknown(format!("no task names any {kind} of this feature"))
            },
            implemented: implemented(asked),
            tested: tested(graph, asked, &|| {
                usual(asked.kind, &|other| is_known(other.reasons.test))
            }),
            verified: verified(graph, asked),
            released: match releases {
                Some(releases) => released(graph, asked, releases),
                None => Cell::unknown("no release tags were read"),
            },
        }
    };
    items.iter().map(answer).collect()
}

/// Whether it is more than a guess.
fn is_known(basis: Option<Basis>) -> bool {
    basis.is_some_and(|basis| basis != Basis::Inferred)
}

fn specified(feature: &Feature, asked: &Asked<'_>) -> Cell {
    let document = feature.document(asked.item.file);
    let (Some(document), Some(item)) = (document, feature.item(asked.item)) else {
        return Cell::unknown("its document was not read");
    };
    let facts = document.facts();
    let questions = facts.clarifications.iter();
    let open = questions
        .filter(|question| item.range.contains_range(question.range))
        .count();
    if open > 0 {
        let questions = plural(open, "question");
        return Cell::no(format!("{open} open {questions} in its text"));
    }
    let parts: &[ItemKind] = match asked.kind {
        ItemKind::Story => &[ItemKind::Scenario],
        // Kiro's requirements have criteria, those of OpenSpec scenarios, those of Spec Kit neither.
        ItemKind::Requirement => match feature.format() {
            documents::Format::SpecKit => &[],
            _ => &[ItemKind::Criterion, ItemKind::Scenario],
        },
        _ => &[],
    };
    let has_part = facts
        .items
        .iter()
        .any(|part| part.parent == Some(asked.item.item) && parts.contains(&part.kind));
    if parts.is_empty() || has_part {
        return Cell::yes(Some(Basis::Declared));
    }
    Cell::no("it has no acceptance scenario or criterion")
}

fn implemented(asked: &Asked<'_>) -> Cell {
    let tasks = &asked.chain.tasks;
    let open = tasks.iter().filter(|it| it.state != Some("done")).count();
    if open > 0 {
        let tasks = tasks.len();
        let are = if open == 1 { "is" } else { "are" };
        let noun = plural(tasks, "task");
        return Cell::no(format!("{open} of {tasks} {noun} {are} not done"));
    }
    if is_known(asked.reasons.code) {
        return Cell::yes(asked.reasons.code);
    }
    Cell::unknown(if tasks.is_empty() {
        "no task or mention leads to code"
    } else {
        "its tasks name no code that is there"
    })
}

/// Which release has it first: what is not whole now cannot be in one.
pub(crate) fn released(graph: &Graph, asked: &Asked<'_>, releases: &Releases) -> Cell {
    if let Some(why) = releases.untold(graph, asked.item) {
        return Cell::unknown(why);
    }
    let whole = implemented(asked);
    if whole.answer != Answer::Yes {
        return Cell {
            basis: None,
            ..whole
        };
    }
    match releases.first(graph, asked.item) {
        Released::In {
            tag,
            commit,
            perhaps,
        } => Cell {
            why: perhaps.map(|tag| format!("{tag} may have it, in other words or names")),
            tag: Some(Tag { name: tag, commit }),
            ..Cell::yes(None)
        },
        Released::No { tags } => {
            let noun = plural(tags, "tag");
            Cell::no(format!("none of {tags} release {noun} has it"))
        }
        Released::Unknown(why) => Cell::unknown(why),
    }
}

fn tested(graph: &Graph, asked: &Asked<'_>, usual: &dyn Fn() -> bool) -> Cell {
    let tests = &asked.chain.tests;
    if is_known(asked.reasons.test) {
        if !tests.is_empty() && tests.iter().all(|test| test.skipped) {
            return Cell::no("all of its tests are skipped");
        }
        return Cell::yes(asked.reasons.test);
    }
    if !graph.inputs().sources_read {
        Cell::unknown("not all sources were read")
    } else if usual() {
        Cell::no("no test is linked to it")
    } else {
        let kind = kind_name(asked.kind).replace('-', " ");
        Cell::unknown(format!("no test is linked to any {kind} of this feature"))
    }
}

/// Whether its tests passed, by the newest report that names them. A report of other code than there is now says nothing.
fn verified(graph: &Graph, asked: &Asked<'_>) -> Cell {
    if graph.inputs().evidence.reports.is_empty() {
        return Cell::unknown("no test report was found");
    }
    let tests = asked.chain.tests.iter();
    let known = tests.filter(|test| test.basis != Basis::Inferred.as_str());
    let tests: Vec<_> = known.collect();
    let runs: Vec<_> = tests.iter().filter_map(|test| test.run.as_ref()).collect();
    let ended = |outcome: &str| {
        let of_now = runs.iter().filter(|run| run.age == "newer");
        of_now.filter(|run| run.outcome == outcome).count()
    };
    match (ended("failed"), ended("passed")) {
        (0, 1..) => Cell::yes(asked.reasons.test),
        (0, 0) if tests.is_empty() => Cell::unknown("no test is linked to it"),
        (0, 0) if runs.is_empty() => Cell::unknown("no test report names its tests"),
        (0, 0) if runs.iter().any(|run| run.age != "newer") => {
            Cell::unknown("the test report may be older than its tests")
        }
        (0, 0) => Cell::no("its tests were left out of the run"),
        (failed, _) => {
            let noun = plural(tests.len(), "test");
            Cell::no(format!("{failed} of {} {noun} failed", tests.len()))
        }
    }
}

/// The strongest reasons to believe that there is code, and that there is a test.
pub(crate) fn reasons(graph: &Graph, item: ItemRef) -> Reasons {
    let (mut code, mut test) = (None, None);
    let stronger = |known: &mut Option<Basis>, basis: Basis| {
        *known = Some(known.map_or(basis, |known: Basis| known.min(basis)));
    };
    let chain = graph.chain(item);
    for linked in &chain.files {
        match linked.role {
            FileRole::Code => stronger(&mut code, Basis::Task),
            FileRole::Test => stronger(&mut test, Basis::Task),
            FileRole::Other => {}
        }
    }
    for symbol in &chain.symbols {
        if graph.role(symbol.file) == FileRole::Code {
            stronger(&mut code, symbol.basis);
        }
    }
    for found in &chain.tests {
        stronger(&mut test, found.basis);
    }
    for &(file, mention, basis) in &chain.mentions {
        let by_test = graph
            .source(file)
            .and_then(|source| source.facts.mentions.get(mention as usize))
            .is_some_and(|mention| mention.test.is_some() || mention.group.is_some());
        if by_test || graph.role(file) == FileRole::Test {
            stronger(&mut test, basis);
        } else {
            stronger(&mut code, basis);
        }
    }
    Reasons { code, test }
}

#[cfg(test)]
impl Columns<Cell> {
    /// Every answer is unknown.
    pub(crate) fn of_nothing() -> Self {
        let cell = || Cell::unknown("nobody asked");
        Self {
            specified: cell(),
            planned: cell(),
            implemented: cell(),
            tested: cell(),
            verified: cell(),
            released: cell(),
        }
    }
}
