//! What the words that were looked for mean where they stand: which sources see the thing that is meant, and what in them uses
//! it.

use code::{Language, SymbolKind};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::seen::{Sight, without_import};
use super::targets::{Name, Target, is_outermost, is_telling};
use super::words::is_asked;
use super::{Asked, Edge, Node, Sighting, Why, at, kinship, passes_on};
use crate::{Graph, RootId};

/// Bytes between a route's path and the name of what answers it.
const STATEMENT: u32 = 400;

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
    sightings: &'l [Sighting],
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
            sightings,
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
                self.kin(sighting, target, name, steps);
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
            // A name space is imported for many types: of a member with a plain name its own has to be named.
            let wide = facts.language == Some(Language::CSharp)
                && name.is_some_and(|it| !is_telling(&it.word) && !self.names_type(sighting, it));
            return (!wide).then_some(How::Import(import));
        }
        let name = name?;
        // Its own is meant.
        let mut own = facts.symbols.iter();
        if own.any(|it| it.name == name.word && is_outermost(&sighting.source, it)) {
            return None;
        }
        // Of a member the type that has it is seen, where nothing else is called so.
        if let Some(container) = &name.container {
            let stands = self.names_type(sighting, name);
            let files = self.declared.get(container.as_str());
            let alone = files.is_some_and(|files| files == &[target.file]);
            if stands && alone && related(facts.language, target.language) {
                return Some(How::Package);
            }
            if !stands && !is_telling(&name.word) {
                return None;
            }
        }
        if without_import(self.graph, sighting.file, target.file, facts.language) {
            return Some(How::Package);
        }
        if name.container.is_some() && !is_telling(&name.word) {
            return None;
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

    /// The member that an interface declares, and those that implement it.
    fn kin(&self, sighting: &Sighting, target: &Target, name: &Name, steps: &mut Vec<Step>) {
        let facts = &sighting.source.facts;
        if target.whole || facts.language.is_none() || !related(facts.language, target.language) {
            return;
        }
        let own = kinship::own(self.sightings, target.file);
        let declared = self.declared.get(name.word.as_str());
        let alone = declared.is_some_and(|it| it.len() <= 2);
        for kin in kinship::kin(target, name, own, sighting, alone) {
            steps.push(Step {
                to: Node::Symbol(sighting.file, kin.symbol),
                edge: self.edge(sighting, target, kin.why, kin.at),
                file: sighting.file,
                route: None,
            });
        }
    }

    /// Whether the type that has a member is named in a source; what is no member needs none.
    fn names_type(&self, sighting: &Sighting, name: &Name) -> bool {
        let Some(container) = &name.container else {
            return true;
        };
        sighting.words.iter().any(|(at, _)| {
            let asked = self.asked.get(*at as usize);
            asked.is_some_and(|asked| asked.word == *container)
        })
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
        let plain = name.container.is_some() && !is_telling(&name.word);
        for place in places {
            if same && (target.whole || name.own.is_some_and(|own| own.contains_range(*place))) {
                continue;
            }
            let declares = facts
                .symbols
                .iter()
                .find(|symbol| symbol.name_range == *place);
            // A member of the same name beside what is seen is written for it; another symbol of the name is another's. Of C#
            // the base is written, so that it tells.
            if declares.is_some_and(|it| {
                same || name.container.is_none()
                    || facts.language == Some(Language::CSharp)
                    || is_outermost(&sighting.source, it)
            }) {
                continue;
            }
            if plain && declares.is_none() && !is_asked(&sighting.text, *place) {
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
