//! Where a story's code and tests belong: only paths and symbols that other facts already name.

use code::SymbolKind;
use documents::{Item, ItemKind};
use smol_str::SmolStr;
use trace::{Feature, FeatureDocument, Graph, Resolution, RootId};

/// What is known of the places for one story. Paths are written from the project's root.
pub(super) struct Ground {
    /// Source files the story itself names.
    pub(super) files: Vec<String>,
    /// A file that holds a symbol the story names, or is called like it. Right in less than half of the cases
    /// measured (`examples/hide_and_recover`), so it is only asked about.
    pub(super) likely: Option<String>,
    /// The directory sibling stories put code into.
    pub(super) code_dir: Option<String>,
    /// The directory sibling stories put tests into.
    pub(super) test_dir: Option<String>,
    /// Name of a new test file, after those in `test_dir`.
    pub(super) test_file: Option<String>,
    /// Sibling stories have tests.
    pub(super) tested: bool,
}

impl Ground {
    pub(super) fn of(
        graph: &Graph,
        feature: &Feature,
        spec: &FeatureDocument,
        tasks: &FeatureDocument,
        story: &Item,
        title: &str,
    ) -> Self {
        let named = named_by_stories(graph, feature, tasks);
        let (tests, code): (Vec<String>, Vec<String>) =
            named.into_iter().partition(|path| code::is_test_path(path));
        let code: Vec<String> = code
            .into_iter()
            .filter(|path| code::is_source_path(path))
            .collect();
        let marked: Vec<String> = tests
            .iter()
            .filter(|path| test_name(path.rsplit('/').next().unwrap_or(path)).is_some())
            .cloned()
            .collect();
        let here = |dir: &String| !elsewhere(graph, feature, title, dir);
        let test_file = main_dir(&marked)
            .filter(here)
            .and_then(|dir| new_test(graph, feature, &dir, &marked, title));
        let dir_of = |paths: &[String]| main_dir(paths).or_else(|| common_dir(paths)).filter(here);
        Self {
            files: files_of_story(graph, feature, spec, story),
            likely: file_of_symbol(graph, feature, spec, story)
                .or_else(|| file_named_like(graph, feature, title)),
            code_dir: dir_of(&code),
            test_file,
            test_dir: dir_of(&tests),
            tested: !tests.is_empty(),
        }
    }
}

/// Paths that tasks of stories name, as from the project's root.
fn named_by_stories(graph: &Graph, feature: &Feature, tasks: &FeatureDocument) -> Vec<String> {
    let mut paths = Vec::new();
    for task in feature.tasks.iter().filter(|task| !task.stories.is_empty()) {
        let links = &feature.paths[task.paths.start as usize..task.paths.end as usize];
        for link in links {
            match &link.resolution {
                Resolution::File(file) => {
                    paths.extend(from_project(feature, graph.inputs().tree.path_str(*file)));
                }
                Resolution::Missing(_) => {
                    let path = tasks.facts().paths.get(link.mention as usize);
                    let path = path.filter(|it| !it.directory && !it.path.starts_with('.'));
                    paths.extend(path.map(|it| it.path.to_string()));
                }
                _ => {}
            }
        }
    }
    paths
}

/// A path of the tree as written from the project's root.
pub(super) fn from_project(feature: &Feature, path: &str) -> Option<String> {
    let project = feature.project.path.as_str();
    if project.is_empty() {
        return Some(path.to_owned());
    }
    path.strip_prefix(project)?
        .strip_prefix('/')
        .map(str::to_owned)
}

/// The directories of paths, each with a trailing `/`.
fn dirs(paths: &[String]) -> Vec<&str> {
    let dirs = paths
        .iter()
        .filter_map(|path| path.rfind('/').map(|at| &path[..=at]));
    dirs.collect()
}

/// The directory that holds most of the paths, where one clearly does.
pub(super) fn main_dir(paths: &[String]) -> Option<String> {
    let dirs = dirs(paths);
    let holds = |dir: &str| dirs.iter().filter(|each| **each == dir).count();
    let main = dirs.iter().find(|dir| holds(dir) * 3 >= paths.len() * 2)?;
    Some((*main).to_owned())
}

/// The directory around all of the paths; `None` if that is the project itself.
fn common_dir(paths: &[String]) -> Option<String> {
    let dirs = dirs(paths);
    let first = dirs.first()?;
    let ends = first.match_indices('/').map(|(at, _)| &first[..=at]);
    let mut common = ends.filter(|dir| dirs.iter().all(|each| each.starts_with(dir)));
    if dirs.len() < paths.len() {
        return None;
    }
    common.next_back().map(str::to_owned)
}

/// Whether the title names another part of the project than a directory is in: `Frontend set-up` and `backend/src/`.
fn elsewhere(graph: &Graph, feature: &Feature, title: &str, dir: &str) -> bool {
    let project = feature.project.path.as_str();
    let own = dir.split('/').next().unwrap_or_default();
    let mut words = title
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase);
    words.any(|word| {
        let full = if project.is_empty() {
            word.clone()
        } else {
            format!("{project}/{word}")
        };
        !word.is_empty() && word != own && graph.inputs().tree.has_dir(feature.root, &full)
    })
}

/// A path for a new test file: the title's words, named as its neighbours are.
pub(super) fn new_test(
    graph: &Graph,
    feature: &Feature,
    dir: &str,
    tests: &[String],
    title: &str,
) -> Option<String> {
    let project = feature.project.path.as_str();
    named_as(graph, (feature.root, project), dir, tests, &slug(title)?)
}

/// The same for a name of these words. All paths are written from `project`, itself from the root.
pub(crate) fn named_as(
    graph: &Graph,
    (root, project): (RootId, &str),
    dir: &str,
    tests: &[String],
    words: &[String],
) -> Option<String> {
    let neighbour = tests
        .iter()
        .filter_map(|path| path.strip_prefix(dir))
        .find(|name| !name.contains('/'))?;
    let (prefix, stem, suffix) = test_name(neighbour)?;
    let mut stems: Vec<String> = tests
        .iter()
        .filter_map(|path| path.strip_prefix(dir))
        .filter_map(|name| test_name(name))
        .map(|(_, stem, _)| stem.to_owned())
        .collect();
    stems.push(stem.to_owned());
    // Names of one word do not tell how words are joined; other files of the directory and its siblings may.
    let extension = suffix.rsplit('.').next().unwrap_or_default();
    let around = dir.trim_end_matches('/');
    let above = around.rsplit_once('/').map_or("", |(above, _)| above);
    let full = [project, above]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("/");
    for (_, path) in graph.inputs().tree.below(root, &full).take(2_000) {
        let name = path.rsplit('/').next().unwrap_or(path);
        if let Some((stem, ext)) = name.split_once('.')
            && ext == extension
            && !stem.starts_with('_')
        {
            stems.push(stem.to_owned());
        }
    }
    let stem = join(words, &stems)?;
    let path = format!("{dir}{prefix}{stem}{suffix}");
    code::is_test_path(&path).then_some(path)
}

/// `test_`, `follow`, `.py` out of `test_follow.py`.
pub(crate) fn test_name(name: &str) -> Option<(&str, &str, &str)> {
    let dot = name.find('.').filter(|at| *at > 0)?;
    let (stem, rest) = name.split_at(dot);
    if rest.starts_with(".test.") || rest.starts_with(".spec.") {
        return Some(("", stem, rest));
    }
    if let Some(bare) = stem.strip_prefix("test_") {
        return Some((&stem[..5], bare, rest));
    }
    for end in ["_test", "_spec", "Tests", "Test", "Spec"] {
        if let Some(bare) = stem.strip_suffix(end).filter(|bare| !bare.is_empty()) {
            return Some(("", bare, &name[bare.len()..]));
        }
    }
    // Cargo's `tests/session.rs` needs no mark in its name.
    (rest == ".rs").then_some(("", stem, rest))
}

/// Words that begin a phrase.
const HALF: &[&str] = &[
    "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "to", "via", "with",
];

/// Up to five words of a title that is plain ASCII, articles left out.
fn slug(title: &str) -> Option<Vec<String>> {
    if !title.is_ascii() {
        return None;
    }
    let mut words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(str::to_ascii_lowercase)
        .filter(|word| !matches!(word.as_str(), "" | "a" | "an" | "the"))
        .take(5)
        .collect();
    // A cut-off title does not end in half a phrase.
    while words
        .last()
        .is_some_and(|word| HALF.contains(&word.as_str()))
    {
        words.pop();
    }
    (!words.is_empty()).then_some(words)
}

/// Joins words as most of `stems` do.
fn join(words: &[String], stems: &[String]) -> Option<String> {
    let count = |keep: &dyn Fn(&str) -> bool| stems.iter().filter(|stem| keep(stem)).count();
    let capital = |word: &String| {
        let (first, rest) = word.split_at(1);
        format!("{}{rest}", first.to_ascii_uppercase())
    };
    let upper = |stem: &str| stem.starts_with(|c: char| c.is_ascii_uppercase());
    let inner = |stem: &str| stem.contains(|c: char| c.is_ascii_uppercase());
    let ways = [
        (count(&|stem| stem.contains('_')), 0),
        (count(&|stem| stem.contains('-')), 1),
        (count(&|stem| upper(stem)), 2),
        (count(&|stem| !upper(stem) && inner(stem)), 3),
    ];
    let (most, way) = ways.into_iter().max_by_key(|(count, way)| (*count, -way))?;
    if most == 0 && words.len() > 1 {
        return None;
    }
    Some(match way {
        _ if most == 0 => words.concat(),
        0 => words.join("_"),
        1 => words.join("-"),
        2 => words.iter().map(capital).collect(),
        _ => {
            let (first, rest) = words.split_first()?;
            rest.iter()
                .map(capital)
                .fold(first.clone(), |all, word| all + &word)
        }
    })
}

/// Source files that the story's text names.
fn files_of_story(
    graph: &Graph,
    feature: &Feature,
    spec: &FeatureDocument,
    story: &Item,
) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    for link in feature.paths_in(spec.file, story.range) {
        if let Resolution::File(file) = link.resolution
            && let Some(path) = from_project(feature, graph.inputs().tree.path_str(file))
            && !code::is_test_path(&path)
            && code::is_source_path(&path)
            && !paths.contains(&path)
        {
            paths.push(path);
        }
    }
    paths.truncate(3);
    paths
}

/// The file of the first type or function that a code span of the story names and that is there exactly once.
fn file_of_symbol(
    graph: &Graph,
    feature: &Feature,
    spec: &FeatureDocument,
    story: &Item,
) -> Option<String> {
    let spans = spec.facts().code_spans_in(story.range).iter();
    let symbols = spans.flat_map(|span| graph.symbols_of_span(&[], &span.text));
    symbols
        .filter(|it| {
            let source = graph.source(it.file);
            let symbol = source.and_then(|source| source.facts.symbols.get(it.symbol as usize));
            // Names of fields and the like are everyday words.
            symbol.is_some_and(|symbol| {
                !matches!(
                    symbol.kind,
                    SymbolKind::Field
                        | SymbolKind::Variant
                        | SymbolKind::Constant
                        | SymbolKind::Module
                )
            })
        })
        .filter_map(|it| from_project(feature, graph.inputs().tree.path_str(it.file)))
        .find(|path| !code::is_test_path(path))
}

/// The one source file whose name is two or more words of the title: `parent_login.go` for "Parent login via Google".
fn file_named_like(graph: &Graph, feature: &Feature, title: &str) -> Option<String> {
    let title: Vec<String> = words_of(title);
    let mut found = None;
    let project = feature.project.path.as_str();
    for (_, path) in graph.inputs().tree.below(feature.root, project) {
        if !code::is_source_path(path) || code::is_test_path(path) {
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let words = words_of(name.split('.').next().unwrap_or(name));
        if words.len() < 2 || !words.iter().all(|word| title.contains(word)) {
            continue;
        }
        if found.is_some() {
            return None;
        }
        found = Some(path);
    }
    from_project(feature, found?)
}

/// The line that a range begins on, up to the end of the line it ends on.
pub(super) fn line_around(document: &FeatureDocument, range: text::TextRange) -> &str {
    let text = &document.doc.text;
    let (start, end) = (usize::from(range.start()), usize::from(range.end()));
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[end..].find('\n').map_or(text.len(), |at| end + at);
    &text[from..to]
}

/// Whether a text has a word, and not only as a part of another one.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + word.len()..].chars().next();
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        !is_part(before) && !is_part(behind)
    })
}

/// Words of a title or of a name in any style, in lower case.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.chars() {
        if !c.is_alphanumeric() {
            last = ' ';
            continue;
        }
        let begins = last == ' ' || c.is_uppercase() && last.is_lowercase();
        match words.last_mut().filter(|_| !begins) {
            Some(word) => word.extend(c.to_lowercase()),
            None => words.push(c.to_lowercase().collect()),
        }
        last = c;
    }
    words
}

/// Requirements that speak of a story or that it speaks of, in the order of the spec.
pub(super) fn requirements(
    feature: &Feature,
    spec: &FeatureDocument,
    story: &Item,
) -> Vec<SmolStr> {
    let facts = spec.facts();
    let points = |from: &Item, to: &dyn Fn(&Item) -> bool| {
        feature.references.iter().any(|reference| {
            reference.file == spec.file
                && facts
                    .mentions
                    .get(reference.mention as usize)
                    .is_some_and(|mention| from.range.contains_range(mention.range))
                && reference
                    .target
                    .items()
                    .iter()
                    .any(|item| item.file == spec.file && feature.item(*item).is_some_and(to))
        })
    };
    let mut ids: Vec<SmolStr> = Vec::new();
    for (_, item) in facts.items_of(ItemKind::Requirement) {
        let inside = item.parent.and_then(|at| facts.items.get(at as usize));
        let related = inside.is_some_and(|around| around.id == story.id)
            || points(story, &|to| {
                to.kind == ItemKind::Requirement && to.id == item.id
            })
            || points(item, &|to| story.range.contains_range(to.range));
        if related && !ids.contains(&item.id) {
            ids.push(item.id.clone());
        }
    }
    ids.truncate(12);
    ids
}

/// Whether another task of the list names this path.
pub(super) fn is_named(tasks: &FeatureDocument, path: &str) -> bool {
    tasks.facts().paths.iter().any(|it| it.path == path)
}
