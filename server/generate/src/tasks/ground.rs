//! Where a story's code and tests belong: only paths and symbols that other facts already name.

use code::SymbolKind;
use documents::{Item, ItemKind};
use smol_str::SmolStr;
use trace::{Feature, FeatureDocument, Graph, Resolution, SymbolRef};

/// What is known of the places for one story. Paths are written from the project's root.
pub(super) struct Ground {
    /// Files the story itself names, or that hold the symbols it names.
    pub(super) files: Vec<String>,
    /// Symbols of the story's entities, with their file.
    pub(super) symbols: Vec<(String, String)>,
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
        let test_dir = most_common(&tests);
        let test_file = test_dir
            .as_ref()
            .and_then(|dir| new_test(graph, feature, dir, &tests, title));
        Self {
            files: files_of_story(graph, feature, spec, story),
            symbols: symbols_of_entities(graph, feature, spec, story),
            code_dir: most_common(&code),
            test_file,
            test_dir,
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
fn from_project(feature: &Feature, path: &str) -> Option<String> {
    let project = feature.project.path.as_str();
    if project.is_empty() {
        return Some(path.to_owned());
    }
    path.strip_prefix(project)?
        .strip_prefix('/')
        .map(str::to_owned)
}

/// The directory most of the paths are in; of equals the one named first.
fn most_common(paths: &[String]) -> Option<String> {
    let mut dirs: Vec<(&str, usize)> = Vec::new();
    for path in paths {
        let Some((dir, _)) = path.rsplit_once('/') else {
            continue;
        };
        match dirs.iter_mut().find(|(known, _)| *known == dir) {
            Some((_, count)) => *count += 1,
            None => dirs.push((dir, 1)),
        }
    }
    let most = dirs.iter().map(|(_, count)| *count).max()?;
    dirs.iter()
        .find(|(_, count)| *count == most)
        .map(|(dir, _)| format!("{dir}/"))
}

/// A path for a new test file: the title's words, named as its neighbours are.
fn new_test(
    graph: &Graph,
    feature: &Feature,
    dir: &str,
    tests: &[String],
    title: &str,
) -> Option<String> {
    let words = slug(title)?;
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
    let project = feature.project.path.as_str();
    let around = dir.trim_end_matches('/');
    let above = around.rsplit_once('/').map_or("", |(above, _)| above);
    let full = [project, above]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("/");
    for (_, path) in graph.inputs().tree.below(feature.root, &full).take(2_000) {
        let name = path.rsplit('/').next().unwrap_or(path);
        if let Some((stem, ext)) = name.split_once('.')
            && ext == extension
            && !stem.starts_with('_')
        {
            stems.push(stem.to_owned());
        }
    }
    let stem = join(&words, &stems)?;
    Some(format!("{dir}{prefix}{stem}{suffix}"))
}

/// `test_`, `follow`, `.py` out of `test_follow.py`.
fn test_name(name: &str) -> Option<(&str, &str, &str)> {
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
    Some(("", stem, rest))
}

/// Up to five words of a title that is plain ASCII, articles left out.
fn slug(title: &str) -> Option<Vec<String>> {
    if !title.is_ascii() {
        return None;
    }
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(str::to_ascii_lowercase)
        .filter(|word| !matches!(word.as_str(), "" | "a" | "an" | "the"))
        .take(5)
        .collect();
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

/// Files that the story's text names, or that hold the one symbol a code span of it names.
fn files_of_story(
    graph: &Graph,
    feature: &Feature,
    spec: &FeatureDocument,
    story: &Item,
) -> Vec<String> {
    let tree = &graph.inputs().tree;
    let mut files = Vec::new();
    for link in feature.paths_in(spec.file, story.range) {
        if let Resolution::File(file) = link.resolution {
            files.push(file);
        }
    }
    for span in spec.facts().code_spans_in(story.range) {
        let found = graph.symbols_of_span(&[], &span.text);
        files.extend(found.iter().map(|symbol| symbol.file));
    }
    let mut paths: Vec<String> = Vec::new();
    for path in files
        .iter()
        .filter_map(|&file| from_project(feature, tree.path_str(file)))
    {
        if !code::is_test_path(&path) && code::is_source_path(&path) && !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths.truncate(3);
    paths
}

/// Types of the code that are called like an entity the story speaks of.
fn symbols_of_entities(
    graph: &Graph,
    feature: &Feature,
    spec: &FeatureDocument,
    story: &Item,
) -> Vec<(String, String)> {
    let words = spec.slice(story.range).to_lowercase();
    let mut found: Vec<(String, String)> = Vec::new();
    for (_, entity) in spec.facts().items_of(ItemKind::Entity) {
        if !speaks_of(&words, &entity.id.to_lowercase()) {
            continue;
        }
        let name: String = entity.id.split_whitespace().collect();
        let types: Vec<SymbolRef> = graph
            .inputs()
            .sources
            .keys()
            .flat_map(|&file| graph.symbols_in(file, &name))
            .filter(|symbol| is_type(graph, feature, *symbol))
            .collect();
        if let [only] = types.as_slice()
            && let Some(path) = from_project(feature, graph.inputs().tree.path_str(only.file))
        {
            found.push((name, path));
        }
    }
    found.sort();
    found.dedup();
    found.truncate(3);
    found
}

fn is_type(graph: &Graph, feature: &Feature, symbol: SymbolRef) -> bool {
    let tree = &graph.inputs().tree;
    let kind = graph
        .source(symbol.file)
        .and_then(|source| source.facts.symbols.get(symbol.symbol as usize))
        .map(|symbol| symbol.kind);
    let path = tree.path_str(symbol.file);
    tree.path(symbol.file)
        .is_some_and(|(root, _)| root == feature.root)
        && !code::is_test_path(path)
        && matches!(
            kind,
            Some(
                SymbolKind::Class
                    | SymbolKind::Struct
                    | SymbolKind::Enum
                    | SymbolKind::Trait
                    | SymbolKind::Interface
                    | SymbolKind::TypeAlias
            )
        )
}

/// Whether `words` hold `name` as a word, a plural `s` allowed; within words where a script has no blanks.
fn speaks_of(words: &str, name: &str) -> bool {
    if name.chars().count() < if name.is_ascii() { 3 } else { 2 } {
        return false;
    }
    words.match_indices(name).any(|(at, _)| {
        let before = words[..at].chars().next_back();
        let behind = words[at + name.len()..]
            .trim_start_matches('s')
            .chars()
            .next();
        !name.is_ascii()
            || !before.is_some_and(|c| c.is_ascii_alphanumeric())
                && !behind.is_some_and(|c| c.is_ascii_alphanumeric())
    })
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
