//! Code lens: what is linked to a story, requirement or phase, and which task is next. Quiet where nothing is linked.

use documents::{DocumentKind, Item, ItemKind, TaskState};
use rules::Locale;
use text::{FileId, TextRange};
use trace::{FeatureDocument, ItemRef};

use crate::Analysis;
use crate::definition::Place;
use crate::deltas;
use crate::test_runs;
use crate::wording::{self, Noun};

/// A line above an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// The id or heading it stands above.
    pub range: TextRange,
    /// What it says: `3 tasks, 2 done · 4 symbols · 2 tests · next T010`.
    pub title: String,
    /// What it counts: tasks, then symbols.
    pub places: Vec<Place>,
    /// The first task that is not done.
    pub next: Option<Place>,
}

impl Analysis {
    /// The lenses of a document.
    #[must_use]
    pub fn code_lenses(&self, file: FileId, locale: Locale) -> Vec<Lens> {
        let Some(feature) = self.graph.feature_of(file) else {
            return Vec::new();
        };
        let Some(document) = feature.document(file) else {
            return Vec::new();
        };
        let mut lenses = Vec::new();
        if matches!(document.kind, DocumentKind::Tasks | DocumentKind::KiroTasks) {
            lenses.extend(self.whole_list(document, locale));
        }
        for (at, item) in (0..).zip(&document.facts().items) {
            let this = ItemRef {
                feature: feature.id,
                file,
                item: at,
            };
            lenses.extend(match item.kind {
                ItemKind::Story
                | ItemKind::Requirement
                | ItemKind::SuccessCriterion
                | ItemKind::Criterion
                    if feature.defined(&item.id).first() == Some(&this) =>
                {
                    self.linked(item, this, locale)
                }
                ItemKind::Property => self.linked(item, this, locale),
                ItemKind::Phase => self.phase(document, item, this, locale),
                _ => None,
            });
        }
        lenses.sort_by_key(|lens| lens.range.start());
        lenses
    }

    fn linked(&self, item: &Item, this: ItemRef, locale: Locale) -> Option<Lens> {
        if let Some((title, places)) = deltas::changes(&self.graph, this, locale) {
            return Some(Lens {
                range: item.id_range,
                title,
                places,
                next: None,
            });
        }
        let chain = self.graph.chain(this);
        if chain.is_empty() {
            return None;
        }
        let mut parts = Vec::new();
        if !chain.tasks.is_empty() {
            parts.push(progress(chain.tasks.len(), chain.done, locale));
        }
        if !chain.symbols.is_empty() {
            parts.push(wording::count(chain.symbols.len(), Noun::Symbol, locale));
        }
        if !chain.tests.is_empty() {
            parts.push(test_runs::count(&self.graph, &chain.tests, locale));
        }
        if parts.is_empty() {
            let places = wording::count(chain.mentions.len(), Noun::Place, locale);
            parts.push(match locale {
                Locale::English => format!("{places} in code"),
                Locale::Japanese => format!("コード内 {places}"),
            });
        }
        parts.extend(self.acceptance(this, locale).map(str::to_owned));
        let symbols = chain.symbols.iter();
        let symbols = symbols.filter_map(|&symbol| Place::symbol(&self.graph, symbol));
        let symbols: Vec<Place> = symbols.collect();
        Some(self.lens(item.id_range, parts, &chain.tasks, symbols, locale))
    }

    fn phase(
        &self,
        document: &FeatureDocument,
        item: &Item,
        this: ItemRef,
        locale: Locale,
    ) -> Option<Lens> {
        let tasks = document.facts().items_of(ItemKind::Task);
        let tasks: Vec<ItemRef> = tasks
            .filter(|(_, task)| task.parent == Some(this.item))
            .map(|(at, _)| ItemRef { item: at, ..this })
            .collect();
        let parts = vec![progress(tasks.len(), self.done(&tasks), locale)];
        let range = if item.id_range.is_empty() {
            item.title_range
        } else {
            item.id_range
        };
        (!tasks.is_empty()).then(|| self.lens(range, parts, &tasks, Vec::new(), locale))
    }

    fn whole_list(&self, document: &FeatureDocument, locale: Locale) -> Option<Lens> {
        let facts = document.facts();
        let heading = facts
            .sections
            .first()
            .filter(|section| section.level == 1)?;
        let feature = self.graph.feature_of(document.file)?;
        let tasks: Vec<ItemRef> = facts
            .items_of(ItemKind::Task)
            .map(|(item, _)| ItemRef {
                feature: feature.id,
                file: document.file,
                item,
            })
            .collect();
        let parts = vec![progress(tasks.len(), self.done(&tasks), locale)];
        (!tasks.is_empty())
            .then(|| self.lens(heading.title_range, parts, &tasks, Vec::new(), locale))
    }

    fn done(&self, tasks: &[ItemRef]) -> usize {
        let states = tasks.iter().map(|&task| self.graph.task_state(task));
        states
            .filter(|state| *state == Some(TaskState::Done))
            .count()
    }

    fn lens(
        &self,
        range: TextRange,
        mut parts: Vec<String>,
        tasks: &[ItemRef],
        symbols: Vec<Place>,
        locale: Locale,
    ) -> Lens {
        let next = tasks
            .iter()
            .find(|&&task| self.graph.task_state(task) != Some(TaskState::Done));
        if let Some(&next) = next {
            let name = wording::name(&self.graph, next);
            if !name.is_empty() {
                let next = wording::say(locale, "next", "次");
                parts.push(format!("{next} {name}"));
            }
        }
        let place = |&task: &ItemRef| Place::item(&self.graph, task);
        Lens {
            range,
            title: parts.join(" · "),
            places: tasks.iter().filter_map(place).chain(symbols).collect(),
            next: next.and_then(place),
        }
    }
}

fn progress(tasks: usize, done: usize, locale: Locale) -> String {
    let tasks = wording::count(tasks, Noun::Task, locale);
    match locale {
        Locale::English => format!("{tasks}, {done} done"),
        Locale::Japanese => format!("{tasks}中 {done} 件完了"),
    }
}
