//! In a source file: mention what the symbol or test under the cursor is for, and say of an id whose it is. Offered from what tasks say of it and its
//! file, and from the words both have; worked out when somebody asks.

use code::SymbolKind;
use documents::ItemKind;
use generate::Texts;
use rules::{Locale, Message, Template};
use smol_str::SmolStr;
use text::{Edit, FileId, TextRange, TextSize};
use trace::{Basis, FeatureId, ItemRef, Reason, Resolved};

use crate::Analysis;
use crate::code_actions::{Action, ActionKind, touches};
use crate::suggest::key;
use crate::wording;

const SYMBOL: Template = Template {
    en: "Add a mention of {id} above `{name}`: {why}{words}",
    ja: "`{name}` の上に {id} を書く: {why}{words}",
};
const TEST: Template = Template {
    en: "Add a mention of {id} above the test \u{201c}{name}\u{201d}: {why}{words}",
    ja: "テスト「{name}」の上に {id} を書く: {why}{words}",
};
const QUALIFY: Template = Template {
    en: "Write {feature} before {id}: {words}",
    ja: "{id} の前に {feature} を書く: {words}",
};

/// Actions for one place, and items tried for it.
const MOST: usize = 3;
const TRIED: usize = 6;

/// Characters of a title, and the fewest words in it are worth.
const TITLE: usize = 120;
const LEAST: usize = 16;

/// A symbol or a test.
struct Place {
    range: TextRange,
    name: SmolStr,
    symbol: Option<u32>,
    test: Option<u32>,
}

impl Analysis {
    /// Mentions that may be added for the symbol or test that is named in `range` of a source file, or on its first
    /// lines; only those that can be written.
    #[must_use]
    pub fn mentioning(
        &self,
        file: FileId,
        range: TextRange,
        texts: &Texts<'_>,
        locale: Locale,
    ) -> Vec<Action> {
        let Some(place) = self.named_at(file, range) else {
            return Vec::new();
        };
        let mut actions = Vec::new();
        for (item, reasons) in self.items_for(file, &place).into_iter().take(TRIED) {
            if actions.len() >= MOST {
                break;
            }
            let at = place.range.start();
            let Some((feature, it)) = self.graph.item(item) else {
                continue;
            };
            let Some(key) = key(feature, item) else {
                continue;
            };
            if generate::mention_above(&self.graph, item, (file, at), texts).is_none() {
                continue;
            }
            let template = if place.test.is_some() { TEST } else { SYMBOL };
            let why = Self::reasons(&reasons, locale);
            let titled = |words: &str| {
                let (id, name) = (&*it.id, &*place.name);
                let said = [("id", id), ("name", name), ("why", &*why), ("words", words)];
                Message::new(template, &said).text(locale)
            };
            // The beginning of its words, where there is room for more than two or three.
            let room = TITLE.saturating_sub(titled("").chars().count() + 3);
            let words = wording::words_of(feature, item);
            let words = format!(" ({})", wording::shortened(&words, room));
            let title = titled(if room < LEAST { "" } else { &words });
            actions.push(Action {
                title,
                kind: ActionKind::MentionHere {
                    file,
                    at,
                    spec: item.file,
                    item: key,
                },
                finding: None,
                preferred: false,
            });
        }
        actions
    }

    /// What an id in `range` of a source file may mean, to be written so that it does: the item that is inferred; of several
    /// those of features whose tasks name the file.
    #[must_use]
    pub fn qualifying(
        &self,
        file: FileId,
        range: TextRange,
        texts: &Texts<'_>,
        locale: Locale,
    ) -> Vec<Action> {
        let graph = &self.graph;
        let Some(source) = graph.source(file) else {
            return Vec::new();
        };
        let mut actions = Vec::new();
        for link in graph.code_links(file) {
            let said = source.facts.mentions.get(link.mention as usize);
            let Some(id) = said
                .map(|it| it.mention.range)
                .filter(|it| touches(*it, range))
            else {
                continue;
            };
            let items: Vec<ItemRef> = match &link.resolved {
                Resolved::Items(items, Basis::Inferred) => items.clone(),
                Resolved::Ambiguous(items) => {
                    let by = graph.tasks_naming(file);
                    let named = |item: &&ItemRef| by.iter().any(|it| it.feature == item.feature);
                    items.iter().filter(named).copied().collect()
                }
                _ => Vec::new(),
            };
            for item in items.into_iter().take(MOST) {
                let edit = generate::qualify(graph, item, (file, link.mention), texts);
                let found = graph.item(item).zip(edit);
                let Some(((feature, it), edit)) = found else {
                    continue;
                };
                let Some(key) = key(feature, item) else {
                    continue;
                };
                let words = wording::shortened(&wording::words_of(feature, item), TITLE / 2);
                let said = [
                    ("feature", &*edit.insert),
                    ("id", &it.id),
                    ("words", &words),
                ];
                actions.push(Action {
                    title: Message::new(QUALIFY, &said).text(locale),
                    kind: ActionKind::Qualify {
                        file,
                        at: id.start(),
                        spec: item.file,
                        item: key,
                    },
                    finding: None,
                    preferred: false,
                });
            }
        }
        actions
    }

    /// The edit that puts the feature of an item before the id at a byte of a source file.
    #[must_use]
    pub fn qualify(
        &self,
        (spec, item): (FileId, &str),
        (file, at): (FileId, TextSize),
        texts: &Texts<'_>,
    ) -> Option<Edit> {
        let [item] = self.graph.feature_of(spec)?.defined(item) else {
            return None;
        };
        let facts = &self.graph.source(file)?.facts;
        let mut mentions = (0..).zip(&facts.mentions);
        let (mention, _) = mentions.find(|(_, it)| it.mention.range.start() == at)?;
        generate::qualify(&self.graph, *item, (file, mention), texts)
    }

    /// The edit that mentions an item of a spec above what begins at a byte of a source file.
    #[must_use]
    pub fn mention_here(
        &self,
        (spec, item): (FileId, &str),
        (file, at): (FileId, TextSize),
        texts: &Texts<'_>,
    ) -> Option<Edit> {
        let [item] = self.graph.feature_of(spec)?.defined(item) else {
            return None;
        };
        generate::mention_above(&self.graph, *item, (file, at), texts)
    }

    /// The innermost symbol or test whose lines up to its name are touched.
    fn named_at(&self, file: FileId, range: TextRange) -> Option<Place> {
        let source = self.graph.source(file)?;
        let (facts, lines) = (&source.facts, &source.lines);
        let here = (lines.line(range.start()), lines.line(range.end()));
        let head = |all: TextRange, name: TextRange| {
            lines.line(all.start()) <= here.1 && here.0 <= lines.line(name.end())
        };
        let whole = |kind| !matches!(kind, SymbolKind::Field | SymbolKind::Variant);
        let symbols = (0..).zip(&facts.symbols);
        let symbols = symbols
            .filter(|(_, it)| whole(it.kind) && head(it.range, it.name_range))
            .map(|(at, it)| Place {
                range: it.range,
                name: it.qualified_name().into(),
                symbol: Some(at),
                test: None,
            });
        let tests = (0..).zip(&facts.tests);
        let tests = tests
            .filter(|(_, it)| head(it.range, it.name_range))
            .map(|(at, it)| Place {
                range: it.range,
                name: it.name.clone(),
                symbol: None,
                test: Some(at),
            });
        // A test function is a symbol too: it is asked about as a test.
        let all = symbols.chain(tests);
        all.min_by_key(|it| (it.range.len(), it.test.is_none()))
    }

    /// What may be meant, what is surest first: cited by a task that names the symbol, alike in words, cited by a task
    /// that names the file.
    fn items_for(&self, file: FileId, place: &Place) -> Vec<(ItemRef, Vec<Reason>)> {
        let graph = &self.graph;
        let mut found: Vec<(ItemRef, Vec<Reason>)> = Vec::new();
        let mut offer = |item: ItemRef, reasons: Vec<Reason>| {
            if !found.iter().any(|(known, _)| *known == item) {
                found.push((item, reasons));
            }
        };
        let cited = |task: ItemRef| {
            let items = graph.items_of_task(task).into_iter();
            items.filter(|item| graph.item(*item).is_some_and(|(_, it)| is_cited(it.kind)))
        };
        let id = |task: ItemRef| {
            graph
                .item(task)
                .map_or_else(SmolStr::default, |(_, it)| it.id.clone())
        };
        let naming = place
            .symbol
            .map_or_else(Vec::new, |at| graph.tasks_naming_symbol(file, at));
        for (task, _) in naming {
            for item in cited(task) {
                offer(item, vec![Reason::NamedBy(id(task))]);
            }
        }
        let by_file = graph.tasks_naming(file);
        let mut features: Vec<FeatureId> = by_file.iter().map(|task| task.feature).collect();
        features.sort_unstable();
        features.dedup();
        for feature in features {
            for suggestion in graph.suggestions(feature) {
                // The best of each requirement, no more: the next ones are guesses.
                let symbol = suggestion
                    .symbols
                    .first()
                    .filter(|it| it.target.file == file && Some(it.target.symbol) == place.symbol);
                let test = suggestion
                    .tests
                    .first()
                    .filter(|it| it.target.file == file && Some(it.target.test) == place.test);
                let reasons = symbol.map(|it| &it.reasons).or(test.map(|it| &it.reasons));
                if let Some(reasons) = reasons {
                    offer(suggestion.item, reasons.clone());
                }
            }
        }
        for task in by_file {
            for item in cited(task) {
                offer(item, vec![Reason::FileOf(id(task))]);
            }
        }
        found
    }
}

/// What is mentioned in code: a story is too large to be done by a function.
fn is_cited(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Requirement | ItemKind::SuccessCriterion | ItemKind::Criterion
    )
}
