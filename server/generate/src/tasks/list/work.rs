//! What is to be built for a feature, gathered from its documents: files that the plan draws, entities, operations and
//! requirements, each with the story it is for.
//!
//! Which story a file or a requirement belongs to is told by what names it, else by words that few stories have. Where no
//! words tell, it belongs to all of them.

use documents::{DocumentKind, Item, ItemKind};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use trace::{Feature, FeatureDocument, Graph, planned_files};

use crate::tasks::ground;

/// A file that is to be written or changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    /// Its path as the plan has it; `None` where no document names one.
    pub(super) path: Option<String>,
    pub(super) exists: bool,
    /// What the plan says of it.
    pub(super) note: String,
    /// Entities and operations that it holds.
    pub(super) things: Vec<String>,
    /// Whose it is, by its place in [`Work::stories`]; nobody's alone where every story needs it.
    pub(super) story: Option<usize>,
    pub(super) cites: Vec<SmolStr>,
    pub(super) layer: Layer,
    words: FxHashSet<String>,
    /// It is there, and the plan only draws it for orientation: no work by itself.
    is_drawn_only: bool,
}

/// What must be there before what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Layer {
    Settings,
    Data,
    Store,
    #[default]
    Logic,
    Surface,
    View,
}

/// Everything that is to be done.
pub(super) struct Work<'a> {
    /// By priority, then by their place.
    pub(super) stories: Vec<&'a Item>,
    pub(super) pieces: Vec<Piece>,
    /// Files of tests that the plan draws, with the words of their names.
    pub(super) tests: Vec<(String, FxHashSet<String>)>,
    /// Every file of code that the plan draws.
    pub(super) places: Vec<String>,
    /// The words of each story.
    texts: Vec<FxHashSet<String>>,
    /// How much a word tells of a story.
    weights: Vec<FxHashMap<String, f64>>,
}

impl<'a> Work<'a> {
    pub(super) fn of(graph: &Graph, feature: &'a Feature, spec: &'a FeatureDocument) -> Self {
        let stories = stories(spec);
        let texts: Vec<FxHashSet<String>> = stories
            .iter()
            .map(|story| words("", spec.slice(story.range)))
            .collect();
        let weights = weights(spec, &stories, &texts);
        let mut work = Work {
            stories,
            pieces: Vec::new(),
            tests: Vec::new(),
            places: Vec::new(),
            texts,
            weights,
        };
        work.take_files(graph, feature);
        work.take_entities(graph, feature, spec);
        work.take_operations(feature);
        let pieces = std::mem::take(&mut work.pieces);
        let is_work = |piece: &Piece| !piece.is_drawn_only || !piece.things.is_empty();
        work.places = pieces
            .iter()
            .filter_map(|piece| piece.path.clone())
            .collect();
        work.pieces = pieces.into_iter().filter(is_work).collect();
        work.take_requirements(feature, spec);
        for story in 0..work.stories.len() {
            if work.pieces.iter().all(|piece| piece.story != Some(story)) {
                work.pieces.push(Piece {
                    story: Some(story),
                    ..Piece::default()
                });
            }
        }
        work.pieces
            .sort_by_key(|piece| (piece.story, piece.layer, piece.path.is_none()));
        work
    }

    /// Files of the plan's trees.
    fn take_files(&mut self, graph: &Graph, feature: &Feature) {
        let Some(plan) = feature.plan() else {
            return;
        };
        for file in planned_files(feature, graph.inputs()) {
            let note = note(plan.slice(file.note));
            let words = words(&file.path, &note);
            if code::is_test_path(&file.path) {
                let name = file.path.rsplit('/').next().unwrap_or(&file.path);
                if is_test(name) {
                    if !file.exists || !note.is_empty() {
                        self.tests.push((file.path.to_string(), words));
                    }
                    continue;
                }
            }
            let layer = Layer::of(&file.path);
            let story = self.told(&words).filter(|_| layer != Layer::Settings);
            self.pieces.push(Piece {
                path: Some(file.path.to_string()),
                exists: file.exists,
                is_drawn_only: file.exists && note.is_empty(),
                note,
                story,
                layer,
                words,
                ..Piece::default()
            });
        }
    }

    /// Entities of the data model, else those of the spec. One goes into the file that is called like it, else into the only
    /// one for data.
    fn take_entities(&mut self, graph: &Graph, feature: &Feature, spec: &FeatureDocument) {
        let models = feature.documents.iter();
        let mut documents: Vec<&FeatureDocument> = models
            .filter(|document| document.kind == DocumentKind::DataModel)
            .collect();
        documents.push(spec);
        let Some(document) = documents
            .into_iter()
            .find(|document| document.facts().items_of(ItemKind::Entity).next().is_some())
        else {
            return;
        };
        for (_, entity) in document.facts().items_of(ItemKind::Entity) {
            let name = entity.id.trim_matches(['`', '*', ' ']);
            let words = words(name, "");
            if name.is_empty() || words.is_empty() || is_open(document, entity) {
                continue;
            }
            let joined: String = squeezed(name);
            let called = |piece: &Piece| {
                let stem = piece.path.as_deref().map(stem).unwrap_or_default();
                let stem = squeezed(stem);
                stem == joined || stem == format!("{joined}s")
            };
            let at = self
                .pieces
                .iter()
                .position(called)
                .or_else(|| self.only(|piece| piece.layer == Layer::Data));
            let at = at.or_else(|| self.declared(graph, feature, name));
            // One word of a name is soon said; a story that needs the entity says all of them.
            let mut naming = (0..self.texts.len()).filter(|at| words.is_subset(&self.texts[*at]));
            let told = naming.next().filter(|_| naming.next().is_none());
            self.put(at, name.to_owned(), words, Layer::Data, told);
        }
    }

    /// The piece of the only file that declares a type of this name.
    fn declared(&mut self, graph: &Graph, feature: &Feature, name: &str) -> Option<usize> {
        let mut found: Vec<String> = graph
            .symbols_of_span(&[], name)
            .into_iter()
            .filter_map(|it| ground::from_project(feature, graph.inputs().tree.path_str(it.file)))
            .filter(|path| !code::is_test_path(path))
            .collect();
        found.dedup();
        let [path] = found.as_slice() else {
            return None;
        };
        let known = self
            .pieces
            .iter()
            .position(|piece| piece.path.as_ref() == Some(path));
        Some(known.unwrap_or_else(|| {
            self.pieces.push(Piece {
                path: Some(path.clone()),
                exists: true,
                layer: Layer::of(path),
                words: words(path, ""),
                is_drawn_only: true,
                ..Piece::default()
            });
            self.pieces.len() - 1
        }))
    }

    /// Operations of the contracts. One goes into the file of the surface whose words it shares, else into the only one.
    fn take_operations(&mut self, feature: &Feature) {
        for document in &feature.documents {
            let Some(contract) = &document.facts().contract else {
                continue;
            };
            for operation in &contract.operations {
                let name = operation.operation_id.as_deref().unwrap_or_default();
                let words = words(&operation.id, name);
                let surface: Vec<usize> = self
                    .pieces
                    .iter()
                    .enumerate()
                    .filter(|(_, piece)| piece.layer == Layer::Surface && piece.path.is_some())
                    .map(|(at, _)| at)
                    .collect();
                let shared = |at: &usize| self.pieces[*at].words.intersection(&words).count();
                let most = surface.iter().map(shared).max().unwrap_or(0);
                let mut best = surface.iter().filter(|at| shared(at) == most);
                let at = best.next().copied().filter(|_| best.next().is_none());
                let told = self.told(&words);
                self.put(
                    at,
                    format!("`{}`", operation.id),
                    words,
                    Layer::Surface,
                    told,
                );
            }
        }
    }

    /// Puts a thing into a file, as work for the story that its words tell of; what no file holds stands by itself.
    fn put(
        &mut self,
        at: Option<usize>,
        thing: String,
        words: FxHashSet<String>,
        layer: Layer,
        told: Option<usize>,
    ) {
        let file = at.and_then(|at| self.pieces.get(at)).cloned();
        let story = told.or(file.as_ref().and_then(|file| file.story));
        let path = file.as_ref().and_then(|file| file.path.clone());
        let same = |piece: &Piece| {
            piece.path == path && piece.story == story && (path.is_some() || piece.layer == layer)
        };
        let known = self.pieces.iter().position(same).or_else(|| {
            // A file that nobody claims yet is this story's.
            at.filter(|at| self.pieces[*at].story.is_none() && self.pieces[*at].things.is_empty())
        });
        let at = known.unwrap_or_else(|| {
            let file = file.unwrap_or_default();
            self.pieces.push(Piece {
                layer: if path.is_some() { file.layer } else { layer },
                exists: file.exists || path.is_some(),
                path,
                ..Piece::default()
            });
            self.pieces.len() - 1
        });
        let Some(piece) = self.pieces.get_mut(at) else {
            return;
        };
        piece.story = story;
        if !piece.things.contains(&thing) {
            piece.things.push(thing);
        }
        piece.words.extend(words);
    }

    /// Each requirement once: with the piece of its story that shares most words with it, else with the last.
    fn take_requirements(&mut self, feature: &Feature, spec: &FeatureDocument) {
        let said: Vec<Vec<SmolStr>> = self
            .stories
            .iter()
            .map(|story| ground::requirements(feature, spec, story))
            .collect();
        let mut seen: FxHashSet<&SmolStr> = FxHashSet::default();
        for (_, item) in spec.facts().items_of(ItemKind::Requirement) {
            if item.id.is_empty() || is_open(spec, item) || !seen.insert(&item.id) {
                continue;
            }
            let words = words("", spec.slice(item.range));
            let story = said
                .iter()
                .position(|ids| ids.contains(&item.id))
                .or_else(|| self.told(&words));
            let mine = |piece: &Piece| story.is_none() || piece.story == story;
            let common = |piece: &Piece| piece.words.intersection(&words).count();
            let best = self
                .pieces
                .iter()
                .enumerate()
                .filter(|(_, piece)| mine(piece))
                .max_by_key(|(at, piece)| {
                    (
                        common(piece),
                        piece.layer <= Layer::Logic,
                        std::cmp::Reverse(*at),
                    )
                })
                .filter(|(_, piece)| story.is_some() || common(piece) > 0)
                .map(|(at, _)| at);
            if let Some(piece) = best.and_then(|at| self.pieces.get_mut(at)) {
                piece.cites.push(item.id.clone());
            } else {
                let homeless = |piece: &Piece| {
                    piece.path.is_none() && piece.things.is_empty() && piece.story == story
                };
                if let Some(piece) = self.pieces.iter_mut().find(|piece| homeless(piece)) {
                    piece.cites.push(item.id.clone());
                } else {
                    self.pieces.push(Piece {
                        story,
                        cites: vec![item.id.clone()],
                        ..Piece::default()
                    });
                }
            }
        }
    }

    /// The story that words tell of: the one with the most telling ones, if no other has nearly as many.
    pub(super) fn told(&self, words: &FxHashSet<String>) -> Option<usize> {
        if self.stories.len() < 2 {
            return (!self.stories.is_empty()).then_some(0);
        }
        let mut scores: Vec<(usize, f64)> = self
            .weights
            .iter()
            .map(|weights| words.iter().filter_map(|word| weights.get(word)).sum())
            .enumerate()
            .collect();
        scores.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (first, second) = (scores.first()?, scores.get(1)?);
        (first.1 > 0.0 && first.1 >= second.1 * 1.2).then_some(first.0)
    }

    fn only(&self, is: impl Fn(&Piece) -> bool) -> Option<usize> {
        let mut found = (0..self.pieces.len()).filter(|at| is(&self.pieces[*at]));
        found.next().filter(|_| found.next().is_none())
    }
}

impl Layer {
    /// By the names of directories and files that frameworks have in common.
    fn of(path: &str) -> Self {
        let path = path.to_lowercase();
        let mut names = path.split(['/', '.', '_', '-']);
        let any = |known: &[&str]| {
            path.split(['/', '.', '_', '-'])
                .any(|name| known.contains(&name))
        };
        let code = code::is_source_path(&path);
        if any(&[
            "migrations",
            "migration",
            "models",
            "model",
            "entities",
            "entity",
            "domain",
            "types",
            "schema",
            "schemas",
            "dto",
            "dtos",
        ]) {
            Self::Data
        } else if any(&[
            "db",
            "database",
            "repository",
            "repositories",
            "store",
            "stores",
            "storage",
            "dao",
        ]) {
            Self::Store
        } else if any(&[
            "components",
            "pages",
            "views",
            "screens",
            "ui",
            "templates",
            "styles",
            "css",
            "html",
            "hooks",
            "widgets",
        ]) {
            Self::View
        } else if any(&[
            "api",
            "routes",
            "router",
            "handlers",
            "handler",
            "controllers",
            "controller",
            "endpoints",
            "cli",
            "cmd",
            "commands",
            "http",
            "server",
            "rest",
            "graphql",
            "rpc",
        ]) {
            Self::Surface
        } else if !code || names.any(|name| matches!(name, "config" | "settings" | "constants")) {
            Self::Settings
        } else {
            Self::Logic
        }
    }
}

/// Stories by priority; what the template left in is none.
fn stories(spec: &FeatureDocument) -> Vec<&Item> {
    let mut stories: Vec<&Item> = Vec::new();
    for (_, story) in spec.facts().items_of(ItemKind::Story) {
        let is_known = stories.iter().any(|known| known.id == story.id);
        if !is_known && !story.id.is_empty() && !is_open(spec, story) {
            stories.push(story);
        }
    }
    let priority = |story: &&Item| {
        let label = story.story.as_ref().and_then(|it| it.priority.as_ref());
        label.map_or_else(|| "~".to_owned(), |label| label.text.to_string())
    };
    stories.sort_by_key(priority);
    stories
}

/// Whether the template's own words still stand in an item's name.
fn is_open(document: &FeatureDocument, item: &Item) -> bool {
    let named = item.id_range.cover(item.title_range);
    let mut placeholders = document.facts().placeholders.iter();
    placeholders.any(|it| named.intersect(it.range).is_some())
}

/// What each word says of each story: nothing if all have it. A title says most.
fn weights(
    spec: &FeatureDocument,
    stories: &[&Item],
    texts: &[FxHashSet<String>],
) -> Vec<FxHashMap<String, f64>> {
    let titles: Vec<FxHashSet<String>> = stories
        .iter()
        .map(|story| words("", spec.slice(story.title_range)))
        .collect();
    let (in_texts, in_titles) = (rarity(texts), rarity(&titles));
    let both = texts.iter().zip(&titles);
    both.map(|(words, title)| {
        let weigh = |word: &String| {
            let text = in_texts.get(word).copied().unwrap_or(0.0);
            let title = in_titles.get(word).filter(|_| title.contains(word));
            (word.clone(), text + 2.0 * title.copied().unwrap_or(0.0))
        };
        words.iter().map(weigh).collect()
    })
    .collect()
}

/// How few of the texts have each word: nothing for what stands in all of them.
fn rarity(texts: &[FxHashSet<String>]) -> FxHashMap<&String, f64> {
    let mut having: FxHashMap<&String, f64> = FxHashMap::default();
    for word in texts.iter().flatten() {
        *having.entry(word).or_default() += 1.0;
    }
    let all = f64::from(u32::try_from(texts.len()).unwrap_or(u32::MAX));
    for weight in having.values_mut() {
        *weight = (all / *weight).ln();
    }
    having
}

/// The words of a path or name and of a text, English plurals as one, without those of fewer than three letters.
fn words(name: &str, text: &str) -> FxHashSet<String> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut words = ground::words_of(stem);
    words.extend(ground::words_of(text));
    let one = |word: String| match word.strip_suffix('s') {
        Some(one) if one.len() > 3 => one.to_owned(),
        _ => word,
    };
    words
        .into_iter()
        .filter(|word| word.chars().count() > 2 || !word.is_ascii())
        .map(one)
        .collect()
}

/// Whether the name of a file among tests says that it tests something, and does not only help others.
fn is_test(name: &str) -> bool {
    let helps = [
        "__init__", "conftest", "fixture", "helper", "setup", "mock", "common", "util",
    ];
    let lower = name.to_lowercase();
    ground::test_name(name).is_some() && !helps.iter().any(|word| lower.contains(word))
}

/// The name of a file without what stands behind its first dot.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

/// Letters and digits alone, in lower case.
fn squeezed(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What a line of a tree says behind the name: `# NEW: checks of a parcel` is `checks of a parcel`.
fn note(behind: &str) -> String {
    let mut note = behind
        .trim()
        .trim_start_matches(['#', '/', '-', '–', '—', '←', '<', ' ']);
    for mark in [
        "NEW", "ADD", "CREATE", "MODIFY", "MODIFIED", "UPDATE", "UPDATED", "EXTEND", "EXISTING",
    ] {
        let marked = note.trim_start_matches(['(', '[', '*']);
        if let Some(head) = marked.get(..mark.len())
            && head.eq_ignore_ascii_case(mark)
        {
            let rest = &marked[mark.len()..];
            if rest.is_empty() || rest.starts_with([':', ')', ']', '*', ' ', '-', '—']) {
                note = rest.trim_start_matches([':', ')', ']', '*', ' ', '-', '—', '–']);
                if mark == "EXISTING" {
                    return String::new();
                }
                if note.is_empty() {
                    return mark.to_lowercase();
                }
                break;
            }
        }
    }
    note.split_whitespace().collect::<Vec<_>>().join(" ")
}
