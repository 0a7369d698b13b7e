//! Suggestions: which tasks, symbols and tests a requirement without links may belong to, by the words they share and
//! by what is known of the feature. Never a finding; computed only when somebody asks.

mod code_names;
mod material;
mod rank;
mod words;

use documents::ItemKind;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::FileId;

use self::material::Gathered;
use self::rank::{Ranked, Role, WEIGHTS};
use crate::feature::{FeatureId, ItemRef};
use crate::{Graph, SymbolRef, TestRef};

/// From this confidence on a suggestion is called confident: of those, nine of ten were right where it was
/// measured (`tests/accuracy/README.md`).
pub const CONFIDENT: f64 = 0.85;

/// The confidence of what no name, quotation or phrase backs, at most: likely, and not to be cited unseen.
const UNBACKED: f64 = 0.8;

/// Candidates of each sort for one requirement.
const MOST: usize = 5;

/// Tasks of one requirement among which a task counts as one of its first.
const FIRST: usize = 3;

/// What a requirement without links may belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The requirement, criterion or success criterion.
    pub item: ItemRef,
    /// Tasks, best first; empty where tasks cite it already.
    pub tasks: Vec<Candidate<ItemRef>>,
    /// Symbols, best first; empty where sources mention it already.
    pub symbols: Vec<Candidate<SymbolRef>>,
    /// Tests, best first; empty where sources mention it already.
    pub tests: Vec<Candidate<TestRef>>,
}

impl Suggestion {
    /// The task that it belongs to with some confidence.
    #[must_use]
    pub fn confident_task(&self) -> Option<&Candidate<ItemRef>> {
        self.tasks.first().filter(|task| task.is_confident())
    }
}

/// Something a requirement may belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<T> {
    /// The task, symbol or test.
    pub target: T,
    /// How likely it is the right one, from 0 to 1: of suggestions with 0.8, eight of ten were right in the repositories
    /// this was fitted to. Known for the best task only, else 0.
    pub confidence: f64,
    /// Why, what counts most first.
    pub reasons: Vec<Reason>,
}

impl<T> Candidate<T> {
    /// Whether it is safe enough to be offered together with others.
    #[must_use]
    pub fn is_confident(&self) -> bool {
        self.confidence >= CONFIDENT
    }
}

/// Why something is suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Both have the same text in quotation marks.
    Quotes(SmolStr),
    /// Both name these, as the requirement writes them.
    Names(Vec<SmolStr>),
    /// Both have these words, as the requirement writes them.
    Shares(Vec<SmolStr>),
    /// Both belong to this story.
    SameStory(SmolStr),
    /// This task names it.
    NamedBy(SmolStr),
    /// Stands in a file that this task names.
    FileOf(SmolStr),
    /// Goes with the requirements beside this one, and says nothing of its own.
    Beside,
}

/// Words of one reason.
const WORDS: usize = 4;

impl Graph {
    /// Suggestions for what has no links yet, in the order of the documents. An item for which nothing is found is left
    /// out.
    #[must_use]
    pub fn suggestions(&self, feature: FeatureId) -> Vec<Suggestion> {
        self.suggestions_where(feature, |_| true)
    }

    /// The suggestion for one item.
    #[must_use]
    pub fn suggestion_for(&self, item: ItemRef) -> Option<Suggestion> {
        let (_, it) = self.item(item)?;
        if !material::is_asked(it.kind) {
            return None;
        }
        self.suggestions_where(item.feature, |each| each == item)
            .pop()
    }

    /// Requirements that no task cites yet and for which this task is among the first, best first. By the words of
    /// requirements and tasks alone: quick enough to be asked while somebody types.
    #[must_use]
    pub fn suggested_in(&self, task: ItemRef) -> Vec<Candidate<ItemRef>> {
        let Some(feature) = self.feature(task.feature) else {
            return Vec::new();
        };
        let gathered = material::of(feature);
        let Some(offered) = gathered.offered.iter().position(|it| *it == task) else {
            return Vec::new();
        };
        let by_task = rank::rank(&gathered.material, &WEIGHTS, FIRST);
        let citing = self.citing(&gathered);
        let mut found: Vec<(usize, Candidate<ItemRef>)> = Vec::new();
        for (item, ranked) in gathered.asked.iter().zip(&by_task) {
            let place = ranked.iter().position(|it| it.offered == offered);
            if let Some(place) = place
                && self.tasks_of(*item).is_empty()
            {
                let candidate = Candidate {
                    target: *item,
                    confidence: self.confidence(&gathered, &citing, *item, &ranked[place]),
                    reasons: reasons(&ranked[place], &gathered.stories),
                };
                found.push((place, candidate));
            }
        }
        // Those whose best task this is come first, the surest of them before the others.
        found.sort_by(|(a, one), (b, other)| {
            let sure = other.confidence.total_cmp(&one.confidence);
            a.cmp(b).then(sure).then(one.target.cmp(&other.target))
        });
        found.into_iter().map(|(_, candidate)| candidate).collect()
    }

    fn suggestions_where(
        &self,
        feature: FeatureId,
        wanted: impl Fn(ItemRef) -> bool,
    ) -> Vec<Suggestion> {
        let Some(feature) = self.feature(feature) else {
            return Vec::new();
        };
        let gathered = material::of(feature);
        let lacking: Vec<(usize, bool, bool)> = gathered
            .asked
            .iter()
            .enumerate()
            .filter(|(_, item)| wanted(**item))
            .map(|(at, item)| {
                (
                    at,
                    self.tasks_of(*item).is_empty(),
                    self.code_mentions(*item).is_empty(),
                )
            })
            .filter(|(_, task, code)| *task || *code)
            .collect();
        if lacking.is_empty() {
            return Vec::new();
        }
        let by_task = rank::rank(&gathered.material, &WEIGHTS, MOST);
        let citing = self.citing(&gathered);
        let names = code_names::CodeNames::of(self, feature, &gathered);
        let mut suggestions = Vec::new();
        for (at, task, code) in lacking {
            let item = gathered.asked[at];
            let tasks = by_task[at].iter().filter(|_| task).map(|ranked| Candidate {
                target: gathered.offered[ranked.offered],
                confidence: self.confidence(&gathered, &citing, item, ranked),
                reasons: reasons(ranked, &gathered.stories),
            });
            let suggestion = Suggestion {
                item,
                tasks: tasks.collect(),
                symbols: if code { names.symbols(at) } else { Vec::new() },
                tests: if code { names.tests(at) } else { Vec::new() },
            };
            let nothing = suggestion.tasks.is_empty()
                && suggestion.symbols.is_empty()
                && suggestion.tests.is_empty();
            if !nothing {
                suggestions.push(suggestion);
            }
        }
        suggestions
    }

    /// Documents of which tasks cite more than a third of what is asked for.
    fn citing(&self, gathered: &Gathered) -> FxHashSet<FileId> {
        let mut counts: FxHashMap<FileId, (usize, usize)> = FxHashMap::default();
        for item in &gathered.asked {
            let (cited, all) = counts.entry(item.file).or_default();
            *cited += usize::from(!self.tasks_of(*item).is_empty());
            *all += 1;
        }
        let most = counts
            .into_iter()
            .filter(|(_, (cited, all))| 3 * cited > *all);
        most.map(|(file, _)| file).collect()
    }

    /// The confidence of a ranking, as far as what both say backs it. What is left uncited in a list that cites the rest
    /// mostly has no task at all, and the nearest one is near by chance: there an ordinary word or two are not enough.
    fn confidence(
        &self,
        gathered: &Gathered,
        citing: &FxHashSet<FileId>,
        item: ItemRef,
        ranked: &Ranked,
    ) -> f64 {
        let named = !ranked.quoted.is_empty() || !ranked.names.is_empty();
        let phrase = ranked.shared.iter().any(|words| words.contains(' '));
        let backed = named
            || if citing.contains(&item.file) {
                phrase && ranked.shared.len() > 2
            } else {
                phrase || ranked.shared.len() > 2
            };
        let work = gathered.material.offered[ranked.offered].role == Role::Work;
        if backed && work && !self.is_in_criteria(item) {
            ranked.confidence
        } else {
            ranked.confidence.min(UNBACKED)
        }
    }

    /// Whether an item is a requirement whose criteria are cited one by one.
    fn is_in_criteria(&self, item: ItemRef) -> bool {
        let document = self
            .feature(item.feature)
            .and_then(|feature| feature.document(item.file));
        document.is_some_and(|document| {
            let mut criteria = document.facts().items_of(ItemKind::Criterion);
            criteria.any(|(_, criterion)| criterion.parent == Some(item.item))
        })
    }
}

/// What a ranking says for a candidate.
fn reasons(ranked: &Ranked, stories: &[String]) -> Vec<Reason> {
    let few = |words: &[String]| -> Vec<SmolStr> {
        words.iter().take(WORDS).map(SmolStr::from).collect()
    };
    let mut reasons: Vec<Reason> = ranked
        .quoted
        .iter()
        .take(1)
        .map(|text| Reason::Quotes(text.into()))
        .collect();
    if !ranked.names.is_empty() {
        reasons.push(Reason::Names(few(&ranked.names)));
    }
    // A letter alone says nothing to people.
    let shared: Vec<String> = ranked
        .shared
        .iter()
        .filter(|it| it.len() > 1)
        .cloned()
        .collect();
    if !shared.is_empty() {
        reasons.push(Reason::Shares(few(&shared)));
    }
    if let Some(id) = ranked.story.and_then(|story| stories.get(story)) {
        reasons.push(Reason::SameStory(id.into()));
    }
    if reasons.is_empty() {
        reasons.push(Reason::Beside);
    }
    reasons
}
