//! What is looked for in the sources because of one node, and what it means where it stands.

use code::{Language, SymbolKind};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::seen::{Sight, without_import};
use super::{Asked, Edge, Node, Sighting, Why, at, passes_on};
use crate::inputs::SourceFile;
use crate::{Graph, RootId};

/// Bytes between a route's path and the name of what answers it.
const STATEMENT: u32 = 400;

/// Names of one file that are looked for; a file that declares more is a table.
const NAMES: usize = 400;

/// A node whose users are looked for.
pub(super) struct Target {
    node: Node,
    file: FileId,
    language: Option<Language>,
    names: Vec<Name>,
    /// The word by which imports name the file.
    stem: Option<SmolStr>,
    /// An import alone is a use.
    whole: bool,
}

/// A name that is looked for.
struct Name {
    word: SmolStr,
    /// The innermost name around it, of a member.
    container: Option<SmolStr>,
    /// Where it is declared.
    own: Option<TextRange>,
}

impl Target {
    /// The users of one symbol.
    pub(super) fn of_symbol(
        graph: &Graph,
        file: FileId,
        source: &SourceFile,
        symbol: u32,
    ) -> Option<Self> {
        let it = source.facts.symbols.get(symbol as usize)?;
        Some(Self {
            node: Node::Symbol(file, symbol),
            file,
            language: source.facts.language,
            names: vec![name_of(source, it)],
            stem: stem(graph, file),
            whole: false,
        })
    }

    /// Who still uses a name that a file declared.
    pub(super) fn of_name(
        graph: &Graph,
        node: &Node,
        file: FileId,
        language: Option<Language>,
        name: &str,
    ) -> Self {
        let (container, word) = crate::chain::split_name(name);
        let container = crate::chain::split_name(container).1;
        Self {
            node: node.clone(),
            file,
            language,
            names: vec![Name {
                word: word.into(),
                container: (!container.is_empty()).then(|| container.into()),
                own: None,
            }],
            stem: stem(graph, file),
            whole: false,
        }
    }

    /// The users of a file. `said`: names that stand for it, where it is no source.
    pub(super) fn of_file(
        graph: &Graph,
        file: FileId,
        source: Option<&SourceFile>,
        said: &[SmolStr],
    ) -> Self {
        let mut names: Vec<Name> = said
            .iter()
            .map(|word| Name {
                word: word.clone(),
                container: None,
                own: None,
            })
            .collect();
        let symbols = source.iter().flat_map(|source| {
            let outer = source
                .facts
                .symbols
                .iter()
                .filter(|it| it.kind != SymbolKind::Module && is_outermost(source, it));
            outer.map(|it| name_of(source, it))
        });
        names.extend(symbols.take(NAMES));
        let path = graph.inputs().tree.path_str(file);
        let stem = match source {
            Some(_) => stem(graph, file),
            None => Some(crate::tree::file_name(path).into()),
        };
        Self {
            node: Node::File(file),
            file,
            language: source.and_then(|source| source.facts.language),
            names,
            stem,
            whole: true,
        }
    }
}

fn name_of(source: &SourceFile, symbol: &code::Symbol) -> Name {
    let member = !is_outermost(source, symbol);
    let container = symbol.container.as_deref().filter(|_| member);
    Name {
        word: symbol.name.clone(),
        container: container.map(|it| crate::chain::split_name(it).1.into()),
        own: Some(symbol.range),
    }
}

/// Whether a symbol stands in no other but modules.
fn is_outermost(source: &SourceFile, symbol: &code::Symbol) -> bool {
    let Some(container) = &symbol.container else {
        return true;
    };
    let last = crate::chain::split_name(container).1;
    let mut modules = source.facts.symbols.iter();
    modules.any(|it| it.kind == SymbolKind::Module && it.name == last)
}

/// The word by which imports name a file: that of its directory where it stands for it.
fn stem(graph: &Graph, file: FileId) -> Option<SmolStr> {
    let path = graph.inputs().tree.path_str(file);
    let name = crate::tree::file_name(path);
    let stem = name.split('.').next().unwrap_or(name);
    let of_directory = matches!(stem, "index" | "__init__" | "mod" | "lib" | "main");
    let word = if of_directory {
        crate::tree::file_name(crate::tree::parent(path))
    } else {
        stem
    };
    (!word.is_empty()).then(|| word.into())
}

/// The words of all targets, each once.
pub(super) fn asked(targets: &[Target]) -> Vec<Asked> {
    let mut words: FxHashMap<SmolStr, (bool, bool)> = FxHashMap::default();
    let mut ask = |word: &SmolStr, passing: bool, member: bool| {
        if word.chars().count() > 1 {
            let known = words.entry(word.clone()).or_insert((passing, member));
            known.0 &= passing;
            known.1 &= member;
        }
    };
    for target in targets {
        for name in &target.names {
            let member = name.container.is_some() && !is_telling(&name.word);
            ask(&name.word, false, member);
            if let Some(container) = &name.container {
                ask(container, false, false);
            }
        }
        if let Some(stem) = &target.stem {
            ask(stem, !target.whole, false);
        }
    }
    let mut asked: Vec<Asked> = words
        .into_iter()
        .map(|(word, (passing, member))| Asked {
            word,
            passing,
            member,
        })
        .collect();
    asked.sort_unstable();
    asked
}

/// Whether a name is written as only symbols are, and long enough not to be met by chance.
fn is_telling(name: &str) -> bool {
    let inner = name.chars().skip(1);
    let marked = name.trim_matches('_').contains('_')
        || inner.clone().any(char::is_uppercase) && inner.clone().any(char::is_lowercase);
    name.len() >= 6 && marked
}

/// How a source sees what is looked for.
enum How {
    Same,
    Import(u32),
    Package,
    Name,
}

/// A step that was found.
pub(super) struct Step {
    pub(super) to: Node,
    pub(super) edge: Edge,
    pub(super) file: FileId,
    /// The route whose statement names what is looked for.
    pub(super) route: Option<TextRange>,
}

/// What is needed to tell what a word means where it stands.
pub(super) struct Look<'l> {
    graph: &'l Graph,
    targets: &'l [Target],
    asked: &'l [Asked],
    sights: &'l FxHashMap<FileId, Sight>,
    /// Targets by the words of their names: place of the target, place of the name.
    by_word: FxHashMap<&'l str, Vec<(usize, usize)>>,
    by_stem: FxHashMap<&'l str, Vec<usize>>,
    /// Files that declare a word, tests left out.
    declared: FxHashMap<&'l str, Vec<FileId>>,
    /// Files that pass on what another declares.
    passing: FxHashMap<FileId, Vec<FileId>>,
    crates: FxHashMap<FileId, (RootId, SmolStr)>,
}

impl<'l> Look<'l> {
    pub(super) fn new(
        graph: &'l Graph,
        targets: &'l [Target],
        asked: &'l [Asked],
        sightings: &'l [Sighting],
        sights: &'l FxHashMap<FileId, Sight>,
    ) -> Self {
        let mut by_word: FxHashMap<&str, Vec<(usize, usize)>> = FxHashMap::default();
        let mut by_stem: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, target) in targets.iter().enumerate() {
            for (which, name) in target.names.iter().enumerate() {
                by_word
                    .entry(name.word.as_str())
                    .or_default()
                    .push((at, which));
            }
            if let Some(stem) = &target.stem {
                by_stem.entry(stem.as_str()).or_default().push(at);
            }
        }
        let mut declared: FxHashMap<&str, Vec<FileId>> = FxHashMap::default();
        let mut crates = FxHashMap::default();
        let own = targets.iter().map(|target| (target.file, target.language));
        let seen = sightings
            .iter()
            .map(|each| (each.file, each.source.facts.language));
        for (file, language) in own.chain(seen) {
            if language == Some(Language::Rust) {
                crates.entry(file).or_insert_with(|| graph.service_of(file));
            }
        }
        for target in targets {
            for name in &target.names {
                declared
                    .entry(name.word.as_str())
                    .or_default()
                    .push(target.file);
            }
        }
        // The types that have the members, too: a member is told by its type only where that has no namesake.
        let mut wanted: FxHashSet<&str> = by_word.keys().copied().collect();
        let names = targets.iter().flat_map(|target| &target.names);
        wanted.extend(names.filter_map(|name| name.container.as_deref()));
        for each in sightings {
            if code::is_test_path(graph.inputs().tree.path_str(each.file)) {
                continue;
            }
            for symbol in &each.source.facts.symbols {
                if wanted.contains(symbol.name.as_str()) {
                    declared
                        .entry(symbol.name.as_str())
                        .or_default()
                        .push(each.file);
                }
            }
        }
        for files in declared.values_mut() {
            files.sort_unstable();
            files.dedup();
        }
        let mut look = Self {
            graph,
            targets,
            asked,
            sights,
            by_word,
            by_stem,
            declared,
            passing: FxHashMap::default(),
            crates,
        };
        look.find_passing(sightings);
        look
    }

    /// Files that pass on a target's file, and those that pass on these.
    fn find_passing(&mut self, sightings: &[Sighting]) {
        let passing: Vec<FileId> = sightings
            .iter()
            .map(|each| each.file)
            .filter(|file| passes_on(self.graph.inputs().tree.path_str(*file)))
            .collect();
        let files: FxHashSet<FileId> = self.targets.iter().map(|target| target.file).collect();
        for file in files {
            let mut known: Vec<FileId> = vec![file];
            loop {
                let more = passing.iter().copied().find(|each| {
                    !known.contains(each)
                        && self.sights.get(each).is_some_and(|sight| {
                            let mut known = known.iter();
                            known.any(|other| sight.import_of(self.graph, *other).is_some())
                        })
                });
                match more {
                    Some(more) => known.push(more),
                    None => break,
                }
            }
            known.remove(0);
            self.passing.insert(file, known);
        }
    }

    /// The steps that one source gives.
    pub(super) fn steps(&self, sighting: &Sighting, steps: &mut Vec<Step>) {
        let mut importing: Vec<usize> = Vec::new();
        for (word, places) in &sighting.words {
            let Some(asked) = self.asked.get(*word as usize) else {
                continue;
            };
            for (target, name) in self.by_word.get(asked.word.as_str()).into_iter().flatten() {
                let target = &self.targets[*target];
                let name = &target.names[*name];
                if let Some(how) = self.sees(sighting, target, Some(name)) {
                    self.uses(sighting, target, name, &how, places, steps);
                }
            }
            let stems = self.by_stem.get(asked.word.as_str()).into_iter().flatten();
            importing.extend(stems.filter(|target| self.targets[**target].whole));
        }
        for target in importing {
            let target = &self.targets[target];
            if sighting.file == target.file {
                continue;
            }
            let step = |why: Why, range: TextRange| Step {
                to: Node::File(sighting.file),
                edge: self.edge(sighting, target, why, range),
                file: sighting.file,
                route: None,
            };
            match self.sees(sighting, target, None) {
                Some(How::Import(import)) => {
                    if let Some(import) = sighting.source.facts.imports.get(import as usize) {
                        steps.push(step(Why::Imports(import.path.clone()), import.range));
                    }
                }
                // What is no source is read by its name.
                None if target.language.is_none() => {
                    let places = sighting.words.iter().find(|(word, _)| {
                        let asked = self.asked.get(*word as usize);
                        asked.map(|asked| &asked.word) == target.stem.as_ref()
                    });
                    if let (Some((_, places)), Some(stem)) = (places, &target.stem)
                        && let Some(first) = places.first()
                        && stem.contains('.')
                    {
                        steps.push(step(Why::Names(stem.clone()), *first));
                    }
                }
                _ => {}
            }
        }
    }

    fn sees(&self, sighting: &Sighting, target: &Target, name: Option<&Name>) -> Option<How> {
        if sighting.file == target.file {
            return Some(How::Same);
        }
        let sight = self.sights.get(&sighting.file)?;
        let facts = &sighting.source.facts;
        let passing = self.passing.get(&target.file).into_iter().flatten();
        let import = [target.file]
            .iter()
            .chain(passing)
            .find_map(|file| sight.import_of(self.graph, *file));
        if let Some(import) = import {
            return Some(How::Import(import));
        }
        let name = name?;
        // Its own is meant.
        let mut own = facts.symbols.iter();
        if own.any(|symbol| symbol.name == name.word && symbol.container.is_none()) {
            return None;
        }
        // Of a member the type that has it is seen, where nothing else is called so.
        if let Some(container) = &name.container {
            let stands = sighting.words.iter().any(|(at, _)| {
                let asked = self.asked.get(*at as usize);
                asked.is_some_and(|asked| asked.word == *container)
            });
            let files = self.declared.get(container.as_str());
            let alone = files.is_some_and(|files| files == &[target.file]);
            if stands && alone && related(facts.language, target.language) {
                return Some(How::Package);
            }
            if !is_telling(&name.word) {
                return None;
            }
        }
        if without_import(self.graph, sighting.file, target.file, facts.language) {
            return Some(How::Package);
        }
        let declared = self
            .declared
            .get(name.word.as_str())
            .map_or(&[][..], Vec::as_slice);
        let bound = sight.open.iter().copied().find(|import| {
            let import = facts.imports.get(*import as usize);
            import.is_some_and(|import| import.names.contains(&name.word))
        });
        let alone = declared == [target.file];
        if facts.language == Some(Language::Rust) && target.language == facts.language {
            let home = self.crates.get(&target.file);
            if self.crates.get(&sighting.file) == home {
                let mut rivals = declared.iter().filter(|file| **file != target.file);
                if !rivals.any(|file| self.crates.get(file) == home) {
                    return Some(How::Package);
                }
                let stem = target.stem.as_deref()?;
                let named = facts.imports.iter().position(|import| {
                    import.names.contains(&name.word)
                        && import
                            .path
                            .split([':', '{', ',', ' ', '}', '\n'])
                            .any(|part| part == stem)
                });
                return named.map(|import| How::Import(import as u32));
            }
        }
        match bound {
            Some(import) if alone => Some(How::Import(import)),
            _ => (alone && is_telling(&name.word) && related(facts.language, target.language))
                .then_some(How::Name),
        }
    }

    fn edge(&self, sighting: &Sighting, target: &Target, why: Why, range: TextRange) -> Edge {
        Edge {
            from: target.node.clone(),
            why,
            at: at(
                self.graph,
                Some(&sighting.source.lines),
                sighting.file,
                range,
            ),
        }
    }

    fn uses(
        &self,
        sighting: &Sighting,
        target: &Target,
        name: &Name,
        how: &How,
        places: &[TextRange],
        steps: &mut Vec<Step>,
    ) {
        let facts = &sighting.source.facts;
        let same = matches!(how, How::Same);
        let why = || match how {
            How::Name => Why::Names(name.word.clone()),
            _ => Why::Uses(name.word.clone()),
        };
        let bound = facts
            .imports
            .iter()
            .any(|import| import.names.contains(&name.word));
        let mut outside: Option<TextRange> = None;
        let mut inside = false;
        for place in places {
            if same && (target.whole || name.own.is_some_and(|own| own.contains_range(*place))) {
                continue;
            }
            let declares = facts
                .symbols
                .iter()
                .find(|symbol| symbol.name_range == *place);
            // A member of the same name beside what is seen is written for it; another symbol of the name is another's.
            if declares.is_some_and(|it| same || it.container.is_none() || name.container.is_none())
            {
                continue;
            }
            let Some(to) = around(sighting, *place) else {
                let route = facts
                    .routes
                    .iter()
                    .rev()
                    .find(|route| route.range.end() <= place.start());
                let near =
                    route.filter(|route| u32::from(place.start() - route.range.end()) < STATEMENT);
                if let Some(route) = near {
                    steps.push(Step {
                        to: Node::File(sighting.file),
                        edge: self.edge(sighting, target, why(), *place),
                        file: sighting.file,
                        route: Some(route.range),
                    });
                    inside = true;
                } else if !same && (outside.is_none() || bound) {
                    // What an import binds stands there first.
                    outside = Some(*place);
                }
                continue;
            };
            if to == target.node {
                continue;
            }
            inside = true;
            steps.push(Step {
                edge: self.edge(sighting, target, why(), *place),
                to,
                file: sighting.file,
                route: None,
            });
        }
        if let Some(place) = outside.filter(|_| !inside) {
            let why = match how {
                How::Import(import) if bound => facts
                    .imports
                    .get(*import as usize)
                    .map_or_else(why, |import| Why::Imports(import.path.clone())),
                _ => why(),
            };
            steps.push(Step {
                to: Node::File(sighting.file),
                edge: self.edge(sighting, target, why, place),
                file: sighting.file,
                route: None,
            });
        }
    }
}

/// The test or symbol around a place; of a field or a value the type.
fn around(sighting: &Sighting, place: TextRange) -> Option<Node> {
    let facts = &sighting.source.facts;
    let tests = (0..)
        .zip(&facts.tests)
        .filter(|(_, test)| test.range.contains_range(place));
    if let Some((test, _)) = tests.min_by_key(|(_, test)| test.range.len()) {
        return Some(Node::Test(sighting.file, test));
    }
    let plain = |kind| {
        matches!(
            kind,
            SymbolKind::Field | SymbolKind::Variant | SymbolKind::Module
        )
    };
    let symbols = (0..)
        .zip(&facts.symbols)
        .filter(|(_, it)| !plain(it.kind) && it.range.contains_range(place));
    let innermost = symbols.min_by_key(|(_, it)| it.range.len());
    innermost.map(|(symbol, _)| Node::Symbol(sighting.file, symbol))
}

/// Whether one language may use what the other declares.
fn related(one: Option<Language>, other: Option<Language>) -> bool {
    use Language as L;
    let family = |language: L| match language {
        L::JavaScript | L::TypeScript | L::Tsx => 0,
        L::Java | L::Kotlin | L::Scala => 1,
        L::C | L::Cpp | L::Swift => 2,
        other => 10 + other as u32,
    };
    match (one, other) {
        (Some(one), Some(other)) => family(one) == family(other),
        // Of a language that is not read (Svelte, Vue ...), or of a contract, the name alone tells.
        _ => true,
    }
}
