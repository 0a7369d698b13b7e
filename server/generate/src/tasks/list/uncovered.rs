//! What a list that is there names nowhere: requirements it misses among those it cites, entities and operations where it
//! names most others.
//!
//! Only what is certainly not named: a word of its own in any task, or the document that defines it, and it counts as
//! covered; so does what the code has already.

use documents::{DocumentKind, Item, ItemKind};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use trace::{Feature, FeatureDocument, Graph, Serving};

use super::telling::{nearest, squeezed, words};
use super::work::{Work, is_open};
use crate::tasks::section::Section;
use crate::tasks::style::Style;

/// What no task names.
pub(in crate::tasks) struct Uncovered<'a> {
    requirements: Vec<&'a Item>,
    /// Entities and operations, as [`Piece::things`] has them.
    things: Vec<String>,
}

/// What a task may name: an entity, an operation, a requirement by its title.
pub(in crate::tasks) struct Thing {
    shown: String,
    /// As it may be written into a task, without marks.
    name: String,
    words: FxHashSet<String>,
    /// No work: the code has it, or it stays as it is.
    is_there: bool,
}

/// The tasks of a list, read for names.
pub(in crate::tasks) struct Said {
    /// Of each task.
    words: Vec<FxHashSet<String>>,
    /// Of each task, in lower case.
    texts: Vec<String>,
    /// Letters and digits of the whole list.
    letters: String,
}

/// Words by which a task means all entities.
const ALL_ENTITIES: [&str; 6] = [
    "data-model",
    "data model",
    "entities",
    "实体",
    "数据模型",
    "エンティティ",
];

/// Words by which a task means all operations.
const ALL_OPERATIONS: [&str; 5] = ["contracts/", "endpoints", "接口", "端点", "エンドポイント"];

/// Words of an entity that is there and stays.
const STAYS: [&str; 4] = ["existing", "already", "unchanged", "out of scope"];

impl<'a> Uncovered<'a> {
    /// `missed`: ids of requirements that the list is known to leave out.
    pub(in crate::tasks) fn of(
        graph: &Graph,
        feature: &Feature,
        spec: &'a FeatureDocument,
        list: &FeatureDocument,
        missed: &[SmolStr],
    ) -> Self {
        let mut requirements: Vec<&Item> = Vec::new();
        for (_, item) in spec.facts().items_of(ItemKind::Requirement) {
            let is_known = requirements.iter().any(|known| known.id == item.id);
            if missed.contains(&item.id) && !is_known && !is_open(spec, item) {
                requirements.push(item);
            }
        }
        let said = Said::of(list);
        let mut things = said.lacking(&entities(graph, feature, spec), &ALL_ENTITIES);
        for document in &feature.documents {
            let name = document.path.rsplit('/').next().unwrap_or_default();
            let mut all = ALL_OPERATIONS.to_vec();
            let name = name.to_lowercase();
            all.push(&name);
            things.extend(said.lacking(&operations(feature, document), &all));
        }
        Self {
            requirements,
            things,
        }
    }

    pub(in crate::tasks) fn is_empty(&self) -> bool {
        self.requirements.is_empty() && self.things.is_empty()
    }

    /// A phase of its own: what is built in one file is one task, each requirement is one.
    pub(in crate::tasks) fn write(
        &self,
        graph: &Graph,
        feature: &Feature,
        spec: &FeatureDocument,
        style: &mut Style<'_>,
    ) -> Section {
        let language = style.language;
        let mut section = Section::new(style.plain_heading(language.unnamed()));
        section.open(None);
        let work = Work::of(graph, feature, spec);
        for piece in &work.pieces {
            let mine = piece
                .things
                .iter()
                .filter(|thing| self.things.contains(thing));
            let mine: Vec<&str> = mine.map(String::as_str).collect();
            let Some(first) = mine.first() else {
                continue;
            };
            let things = mine.join(language.comma());
            let text = match piece.path.as_ref().filter(|_| !piece.is_gone) {
                Some(path) => (false, language.build(&things, &style.path(path)), None),
                None => (
                    false,
                    language.build_somewhere(&things),
                    Some(language.which_file(first, None)),
                ),
            };
            section.add(style, "", text);
        }
        for item in &self.requirements {
            let pieces = work.pieces.iter().filter(|piece| !piece.is_gone);
            let paths = pieces.filter_map(|piece| Some((piece.path.as_deref()?, &piece.words)));
            let text = match nearest(paths, &words("", spec.slice(item.range)), 3) {
                Some(path) => (false, language.meet_in(&item.id, &style.path(path)), None),
                None => (
                    false,
                    language.meet(&item.id),
                    Some(language.which_file(&item.id, None)),
                ),
            };
            section.add(style, "", text);
        }
        section
    }
}

/// Entities of the data model and of the spec, each name once.
fn entities(graph: &Graph, feature: &Feature, spec: &FeatureDocument) -> Vec<Thing> {
    let models = feature.documents.iter();
    let models = models.filter(|document| document.kind == DocumentKind::DataModel);
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut things = Vec::new();
    for document in models.chain([spec]) {
        for (_, entity) in document.facts().items_of(ItemKind::Entity) {
            let name = entity.id.trim_matches(['`', '*', ' ']);
            let words = words("", name);
            let is_new = seen.insert(squeezed(name).trim_end_matches('s').to_owned());
            if words.is_empty() || !is_new || is_open(document, entity) {
                continue;
            }
            let text = document.slice(entity.range).to_lowercase();
            things.push(Thing {
                shown: name.to_owned(),
                name: name.to_owned(),
                words,
                is_there: STAYS.iter().any(|word| text.contains(word))
                    || !graph.symbols_of_span(&[], name).is_empty(),
            });
        }
    }
    things
}

fn operations(feature: &Feature, document: &FeatureDocument) -> Vec<Thing> {
    let Some(contract) = &document.facts().contract else {
        return Vec::new();
    };
    let links = &feature.contracts.operations;
    let served = links.iter().filter(|link| {
        link.file == document.file
            && matches!(link.serving, Serving::Served(_) | Serving::Perhaps(..))
    });
    let items = &document.facts().items;
    let served: Vec<&SmolStr> = served
        .filter_map(|link| Some(&items.get(link.item as usize)?.id))
        .collect();
    let things = contract.operations.iter().map(|operation| {
        // Neither method nor parameters name an operation.
        let parts = operation.id.split(['/', ' ', '.']).filter(|part| {
            !part.starts_with(['{', ':']) && !part.bytes().all(|b| b.is_ascii_uppercase())
        });
        let mut told = parts.collect::<Vec<_>>().join(" ");
        let name = operation.operation_id.as_deref().unwrap_or_default();
        told.push(' ');
        told.push_str(name);
        Thing {
            shown: format!("`{}`", operation.id),
            name: operation.id.to_string(),
            words: words("", &told),
            is_there: served.contains(&&operation.id),
        }
    });
    things.filter(|thing| !thing.words.is_empty()).collect()
}

impl Thing {
    /// Something that is called so.
    pub(in crate::tasks) fn named(title: &str) -> Self {
        Self {
            shown: title.to_owned(),
            name: title.to_owned(),
            words: words("", title),
            is_there: false,
        }
    }
}

impl Said {
    pub(in crate::tasks) fn of(list: &FeatureDocument) -> Self {
        let tasks = list.facts().items_of(ItemKind::Task);
        let texts: Vec<String> = tasks
            .map(|(_, item)| list.slice(item.range).to_owned())
            .collect();
        Self {
            words: texts.iter().map(|text| words("", text)).collect(),
            texts: texts.iter().map(|text| text.to_lowercase()).collect(),
            letters: squeezed(&list.doc.text),
        }
    }

    /// Those of some things that are not named, if the list names two of three: one that names few speaks of its work in
    /// other words.
    pub(in crate::tasks) fn lacking(&self, things: &[Thing], all: &[&str]) -> Vec<String> {
        if self
            .texts
            .iter()
            .any(|text| all.iter().any(|word| text.contains(word)))
        {
            return Vec::new();
        }
        let (named, lacking): (Vec<&Thing>, Vec<&Thing>) =
            things.iter().partition(|thing| self.names(thing, things));
        if named.len() < 2 || named.len() * 3 < things.len() * 2 {
            return Vec::new();
        }
        let work = lacking.iter().filter(|thing| !thing.is_there);
        work.map(|thing| thing.shown.clone()).collect()
    }

    /// Whether one task says three of five of the words that nothing else has.
    pub(in crate::tasks) fn speaks_of(
        &self,
        told: &FxHashSet<String>,
        taken: &FxHashSet<&String>,
    ) -> bool {
        let own: Vec<&String> = told.iter().filter(|word| !taken.contains(word)).collect();
        self.words.iter().any(|task| {
            let said = own.iter().filter(|word| says(task, word)).count();
            said > 0 && said * 5 >= own.len() * 3
        })
    }

    /// Whether a task may mean a thing: by its name, by a word that no other thing has, else by all of its words.
    fn names(&self, thing: &Thing, things: &[Thing]) -> bool {
        if self
            .letters
            .contains(squeezed(&thing.name).trim_end_matches('s'))
        {
            return true;
        }
        let others = things.iter().filter(|other| other.shown != thing.shown);
        let taken: FxHashSet<&String> = others.flat_map(|other| &other.words).collect();
        let mut own = thing
            .words
            .iter()
            .filter(|word| !taken.contains(word))
            .peekable();
        if own.peek().is_none() {
            return (self.words.iter()).any(|task| thing.words.iter().all(|word| says(task, word)));
        }
        own.any(|word| self.words.iter().any(|task| says(task, word)))
    }
}

/// Whether a task has a word, or one that begins as it does.
fn says(task: &FxHashSet<String>, word: &str) -> bool {
    let cut = word.char_indices().nth(5).map_or(word.len(), |(at, _)| at);
    let begins = |said: &String| said.starts_with(&word[..cut]);
    task.contains(word) || task.iter().any(begins)
}
