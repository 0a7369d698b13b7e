//! Whole task lists of the formats that count tasks in groups: Kiro's and `OpenSpec`'s. A group for each thing that is
//! wanted, its tasks by the files that the documents name.

pub(super) mod added;
mod kiro;
mod openspec;

use documents::{DocumentKind, Format, ItemKind};
use rustc_hash::FxHashSet;
use trace::{Feature, FeatureDocument, FeatureState, Graph};

use super::list::NewDocument;
use super::list::telling::{self, words};
use super::words::Language;
use super::{ground, section::one_line};

/// A group of tasks while it is put together.
struct Group {
    title: String,
    wanted: Vec<Wanted>,
}

/// What somebody asked for.
struct Wanted {
    /// How tasks cite it.
    cite: String,
    words: FxHashSet<String>,
}

/// A file that documents name.
struct Place {
    path: String,
    words: FxHashSet<String>,
    exists: bool,
}

/// What is done in one file, or where nobody knows.
struct Job<'a> {
    place: Option<&'a Place>,
    cites: Vec<String>,
}

/// A list while it is written. What its lines look like says `shape`.
struct Lines<S> {
    shape: S,
    language: Language,
    written: Vec<String>,
    questions: Vec<String>,
    /// Numbers of the tasks.
    ids: Vec<String>,
    /// The number of the last group.
    top: u64,
    /// That of the last task in it.
    below: u64,
}

impl<S> Lines<S> {
    /// Behind the group `top`.
    fn new(shape: S, language: Language, top: u64) -> Self {
        Self {
            shape,
            language,
            written: Vec::new(),
            questions: Vec::new(),
            ids: Vec::new(),
            top,
            below: 0,
        }
    }

    /// The number of the next group.
    fn next_group(&mut self) -> u64 {
        self.top += 1;
        self.below = 0;
        self.top
    }

    /// The number of the next task in the group.
    fn next_task(&mut self) -> String {
        self.below += 1;
        format!("{}.{}", self.top, self.below)
    }
}

/// Whether there is a list to write, and what it is written from.
pub(super) fn is_able(feature: &Feature) -> bool {
    let has_list = feature.present.iter().any(|kind| kind.is_tasks());
    if has_list || feature.state == FeatureState::Archived {
        return false;
    }
    match feature.format() {
        Format::Kiro => {
            let items = feature
                .spec()
                .map(|spec| spec.facts().items_of(ItemKind::Criterion));
            feature.plan().is_some() && items.is_some_and(|mut items| items.next().is_some())
        }
        Format::OpenSpec => {
            let has = |kind| feature.document_of(kind).is_some();
            has(DocumentKind::OpenSpecProposal) && has(DocumentKind::OpenSpecDelta)
        }
        Format::SpecKit => false,
    }
}

/// The whole `tasks.md`; `None` where [`is_able`] says so, or where it would not read back as meant.
pub(super) fn list(graph: &Graph, feature: &Feature) -> Option<NewDocument> {
    if !is_able(feature) {
        return None;
    }
    let places = places(graph, feature);
    let (text, questions) = match feature.format() {
        Format::Kiro => kiro::write(graph, feature, &places)?,
        _ => openspec::write(graph, feature, &places)?,
    };
    Some(NewDocument {
        root: feature.root,
        path: format!("{}/tasks.md", feature.path),
        text,
        questions,
    })
}

/// Source files that the documents of a feature name with their directories, or that only one file is called like.
fn places(graph: &Graph, feature: &Feature) -> Vec<Place> {
    let tree = &graph.inputs().tree;
    let mut places: Vec<Place> = Vec::new();
    for document in &feature.documents {
        for mention in &document.facts().paths {
            let path = mention.path.trim_start_matches('/');
            let plain = !mention.directory
                && !mention.glob
                && !mention.home
                && !path.starts_with("..")
                && code::is_source_path(path)
                && !path
                    .split('/')
                    .any(|name| matches!(name, "specs" | ".kiro" | "openspec"));
            if !plain {
                continue;
            }
            let (path, exists) = match tree.ending_with(feature.root, path).as_slice() {
                [] if path.contains('/') => (path.to_owned(), false),
                [file] => match ground::from_project(feature, tree.path_str(*file)) {
                    Some(path) => (path, true),
                    None => continue,
                },
                _ => continue,
            };
            let around = ground::line_around(document, mention.range);
            match places.iter_mut().find(|place| place.path == path) {
                Some(place) => place.words.extend(words("", around)),
                None => places.push(Place {
                    words: words(&path, around),
                    path,
                    exists,
                }),
            }
        }
    }
    places
}

/// The jobs of a group: each thing wanted goes into the file whose words it shares most; what shares none goes with the
/// others, and only where no file is known by itself.
fn jobs<'a>(group: &Group, places: &'a [Place]) -> Vec<Job<'a>> {
    let codes: Vec<&Place> = places
        .iter()
        .filter(|it| !code::is_test_path(&it.path))
        .collect();
    let mut jobs: Vec<Job<'a>> = Vec::new();
    let mut homeless: Vec<String> = Vec::new();
    for wanted in &group.wanted {
        let best = nearest(&codes, &wanted.words, 3);
        let Some(place) = best else {
            homeless.push(wanted.cite.clone());
            continue;
        };
        let same = |job: &&mut Job<'a>| job.place.is_some_and(|it| it.path == place.path);
        match jobs.iter_mut().find(same) {
            Some(job) => job.cites.push(wanted.cite.clone()),
            None => jobs.push(Job {
                place: Some(place),
                cites: vec![wanted.cite.clone()],
            }),
        }
    }
    if homeless.is_empty() {
        return jobs;
    }
    if let Some(job) = jobs.iter_mut().max_by_key(|job| job.cites.len()) {
        job.cites.extend(homeless);
    } else {
        let title = words("", &group.title);
        jobs.push(Job {
            place: nearest(&codes, &title, 2),
            cites: homeless,
        });
    }
    jobs
}

/// The file whose words are nearest, if one is.
fn nearest<'a>(places: &[&'a Place], words: &FxHashSet<String>, least: usize) -> Option<&'a Place> {
    let paths = places.iter().map(|it| (it.path.as_str(), &it.words));
    let path = telling::nearest(paths, words, least)?;
    places.iter().copied().find(|it| it.path == path)
}

/// The words of one job.
fn says(job: &Job<'_>, title: &str, language: Language, questions: &mut Vec<String>) -> String {
    if let Some(place) = job.place {
        let path = format!("`{}`", place.path);
        return language.implement(title, &path);
    }
    let question = language.which_file(title, None);
    let words = format!(
        "{} [NEEDS CLARIFICATION: {question}]",
        language.implement_somewhere(title)
    );
    questions.push(question);
    words
}

/// Files that are to be new and that no job has.
fn left<'a>(places: &'a [Place], taken: &FxHashSet<String>) -> Vec<&'a Place> {
    let free = |place: &&Place| !place.exists && !taken.contains(&place.path);
    places.iter().filter(free).collect()
}

/// The language of titles: that of their script; where letters are not plain, words of our own are left out.
fn language(titles: &[String]) -> Language {
    let wide = |title: &String| title.chars().any(|c| c >= '\u{3040}');
    let foreign = |title: &&String| !title.is_ascii() && !wide(title);
    let told = Language::of("user story", titles.iter().map(String::as_str));
    let others = titles.iter().filter(foreign).count();
    if told == Language::English && others * 2 > titles.len() {
        Language::Other
    } else {
        told
    }
}

/// The newest list of another feature of the project, in its own text.
fn newest<'g>(graph: &'g Graph, feature: &Feature) -> Option<&'g FeatureDocument> {
    let others = graph
        .features()
        .iter()
        .filter(|other| other.project.id == feature.project.id && other.id != feature.id);
    let mut lists: Vec<(bool, &str, &FeatureDocument)> = others
        .filter_map(|other| {
            let list = other.tasks_document()?;
            Some((
                other.state != FeatureState::Archived,
                other.name.as_str(),
                list,
            ))
        })
        .collect();
    lists.sort_by_key(|(is_live, name, _)| (*is_live, *name));
    lists.pop().map(|(.., list)| list)
}

/// The end of lines of a document.
fn newline(list: Option<&FeatureDocument>) -> &'static str {
    match list {
        Some(list) if list.facts().style.crlf => "\r\n",
        _ => "\n",
    }
}

fn bullet(list: Option<&FeatureDocument>) -> char {
    list.and_then(|list| list.facts().style.bullet)
        .unwrap_or('-')
}

fn title_of(document: &FeatureDocument, range: text::TextRange) -> String {
    one_line(document.slice(range))
}

/// Whether a text reads back as this many open tasks.
fn holds(kind: DocumentKind, text: &str, tasks: usize) -> bool {
    let facts = documents::read(kind, text);
    facts.items_of(ItemKind::Task).count() == tasks
}
