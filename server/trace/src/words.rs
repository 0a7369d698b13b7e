//! Words by which the work of a task could be found though its files never existed.

use documents::{Item, ItemKind, TaskState};
use grammar::PathMention;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{FileId, TextRange, TextSize};

use crate::RootId;
use crate::feature::{FeatureDocument, PathLink};
use crate::history::{Fate, WordQuestion};
use crate::paths::Resolution;
use crate::tree::{Tree, file_name, join, parent};

/// Words asked for one task.
const MOST: usize = 64;

/// Files looked into beside one that never existed.
const NEIGHBOURS: usize = 24;

/// Files that stand for their directory: what is declared there is part of the module.
const MODULES: [&str; 5] = ["mod.rs", "lib.rs", "index.ts", "index.tsx", "__init__.py"];

/// Names of products that are written like a symbol and stand in any sources.
const PRODUCTS: &[&str] = &[
    "CloudFormation",
    "DynamoDB",
    "ElasticSearch",
    "FastAPI",
    "GraphQL",
    "JavaScript",
    "LocalStorage",
    "MongoDB",
    "OpenAPI",
    "OpenTelemetry",
    "PostgreSQL",
    "RabbitMQ",
    "TailwindCSS",
    "TypeScript",
    "WebSocket",
    "WebSockets",
];

/// What to look for in the sources for a ticked task whose files all never existed; nothing for any other task.
pub(crate) fn of_task(
    tree: &Tree,
    root: RootId,
    document: &FeatureDocument,
    item: &Item,
    links: &[PathLink],
) -> Vec<WordQuestion> {
    let facts = document.facts();
    let ticked = item
        .task
        .as_ref()
        .is_some_and(|task| task.state == TaskState::Done);
    if !ticked {
        return Vec::new();
    }
    let nested: Vec<TextRange> = facts
        .items_of(ItemKind::Task)
        .map(|(_, other)| other.range)
        .filter(|range| *range != item.range && item.range.contains_range(*range))
        .collect();
    let own = |range: TextRange| !nested.iter().any(|inner| inner.contains_range(range));
    let mut paths: Vec<&PathMention> = Vec::new();
    for link in links {
        let Some(path) = facts.paths.get(link.mention as usize) else {
            continue;
        };
        match &link.resolution {
            _ if !own(path.range) => {}
            Resolution::Outside => {}
            Resolution::Missing(Fate::Never { .. }) => paths.push(path),
            _ => return Vec::new(),
        }
    }
    if paths.is_empty() {
        return Vec::new();
    }
    let mut words = Words::new(root);
    for span in facts.code_spans_in(item.range) {
        if own(span.range) {
            words.ask(last_name(&span.text));
        }
    }
    for path in &paths {
        if let Some((symbol, _)) = &path.symbol {
            words.ask(last_name(symbol));
        }
        let stem = stem(&path.path);
        words.ask(stem);
        // Tests are often written into the file of another one, and named after their task.
        if item.id.len() >= 4 && code::is_test_path(&path.path) {
            for file in tests_beside(tree, root, &path.path) {
                words.ask_within(&item.id, file);
            }
        }
        if !path.directory && stem.len() >= 4 && !code::is_test_path(&path.path) {
            for file in neighbours(tree, root, &path.path) {
                words.ask_within(stem, file);
            }
        }
    }
    // The thing under test and the thing described are there without the test and the description.
    let program =
        |path: &&PathMention| code::is_source_path(&path.path) && !code::is_test_path(&path.path);
    if paths.iter().filter(|path| !path.directory).all(program) {
        for (range, word) in prose_words(document, item.range) {
            let in_path = facts
                .paths_in(item.range)
                .iter()
                .any(|path| path.range.contains_range(range));
            if own(range) && !in_path && !PRODUCTS.contains(&word) {
                words.ask(word);
            }
        }
    }
    words.questions
}

/// Questions without repeats.
struct Words {
    root: RootId,
    questions: Vec<WordQuestion>,
    asked: FxHashSet<(SmolStr, Option<FileId>)>,
}

impl Words {
    fn new(root: RootId) -> Self {
        Self {
            root,
            questions: Vec::new(),
            asked: FxHashSet::default(),
        }
    }

    fn ask(&mut self, word: &str) {
        if is_distinctive(word) {
            self.push(word, None);
        }
    }

    fn ask_within(&mut self, word: &str, file: FileId) {
        self.push(word, Some(file));
    }

    fn push(&mut self, word: &str, within: Option<FileId>) {
        let word = SmolStr::from(word);
        if self.questions.len() < MOST && self.asked.insert((word.clone(), within)) {
            self.questions.push(WordQuestion {
                root: self.root,
                word,
                within,
            });
        }
    }
}

/// The files beside a path and the module files of its directory: what it was to hold may be declared there.
fn neighbours(tree: &Tree, root: RootId, path: &str) -> Vec<FileId> {
    let Some(directory) = join("", parent(path)).filter(|directory| !directory.is_empty()) else {
        return Vec::new();
    };
    let mut found: Vec<FileId> = MODULES
        .iter()
        .map(|name| format!("{directory}/{name}"))
        .chain([format!("{directory}.rs")])
        .flat_map(|module| tree.ending_with(root, &module))
        .collect();
    for place in tree.dirs_ending_with(root, &directory) {
        let beside = tree.below(root, place).filter(|(_, file)| {
            parent(file) == place && code::is_source_path(file) && !code::is_test_path(file)
        });
        found.extend(beside.map(|(file, _)| file).take(NEIGHBOURS));
    }
    found
}

/// The test files of the directory of a path.
fn tests_beside(tree: &Tree, root: RootId, path: &str) -> Vec<FileId> {
    let Some(directory) = join("", parent(path)).filter(|directory| !directory.is_empty()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for place in tree.dirs_ending_with(root, &directory) {
        let beside = tree
            .below(root, place)
            .filter(|(_, file)| parent(file) == place && code::is_test_path(file));
        found.extend(beside.map(|(file, _)| file).take(NEIGHBOURS));
    }
    found
}

/// Identifiers of the text with where they stand.
fn prose_words(document: &FeatureDocument, range: TextRange) -> Vec<(TextRange, &str)> {
    let text = document.slice(range);
    let mut words = Vec::new();
    let mut start = 0;
    for part in text.split(|c: char| !c.is_alphanumeric() && c != '_') {
        let end = start + part.len();
        let place = |at: usize| range.start() + TextSize::from(at as u32);
        words.push((TextRange::new(place(start), place(end)), part));
        start = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

pub(crate) fn stem(path: &str) -> &str {
    let name = file_name(path.trim_end_matches('/'));
    name.split('.').next().unwrap_or(name)
}

/// `new` of `Session::new`; the name itself when it has one part.
fn last_name(name: &str) -> &str {
    let name: &str = name.trim_end_matches(['(', ')', '!', ';']);
    name.rsplit([':', '.', '#', '/']).next().unwrap_or(name)
}

/// Whether a word is a name somebody made up, and not one that stands in any program: `DiffViewer`,
/// `gerrit_comment`, not `service`.
fn is_distinctive(word: &str) -> bool {
    let identifier = word.chars().all(|c| c.is_alphanumeric() || c == '_');
    let humps = word
        .as_bytes()
        .windows(2)
        .any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    // `MCPSession`
    let acronym = word.as_bytes().windows(4).any(|run| {
        run[..2].iter().all(u8::is_ascii_uppercase) && run[2..].iter().all(u8::is_ascii_lowercase)
    });
    let parts = word.split('_').filter(|part| !part.is_empty()).count();
    identifier && word.len() >= 7 && (humps || acronym || parts >= 2)
}

#[cfg(test)]
mod tests {
    use super::{is_distinctive, last_name};

    #[test]
    fn made_up_names_are_distinctive() {
        for word in [
            "DiffViewer",
            "gerrit_comment",
            "TestHandle_Injects",
            "MCPSession",
        ] {
            assert!(is_distinctive(word), "{word}");
        }
        for word in ["service", "SERVICE", "a_b", "APIs", "x y_zzzzz", ""] {
            assert!(!is_distinctive(word), "{word}");
        }
        assert_eq!(last_name("Session::create_new()"), "create_new");
    }
}
