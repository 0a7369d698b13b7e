//! What a change may reach, worked out when somebody asks: looks into all sources for the words of each level, and parses
//! those in which one stands.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use code::GateWords;
use documents::DocumentKind;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::{FileId, LineIndex, TextRange};
use trace::impact::{
    Asked, Bounds, Impact, Node, Packages, Sighting, Uses, Walk, consumers, passes_on, places_of,
};
use trace::{Services, SourceFile};

use crate::read::{ReadFile, ReadOutcome, SOURCE_LIMIT, bytes, decode_bytes};
use crate::snapshot::Snapshot;
use crate::sources::with_readers;

/// Sources with their facts.
type Sources = FxHashMap<FileId, Arc<SourceFile>>;

impl Snapshot {
    /// A source: as the graph has it, else read now.
    #[must_use]
    pub fn source(&self, file: FileId) -> Option<Arc<SourceFile>> {
        if let Some(known) = self.graph.source(file) {
            return Some(Arc::clone(known));
        }
        let path = self.graph.inputs().tree.path_str(file);
        if !code::is_source_path(path) {
            return None;
        }
        parse(path, &self.text(file)?)
    }

    /// What stands at a place: the innermost item or symbol there, one that is named there first; else the file. `place`
    /// may be a whole line.
    #[must_use]
    pub fn thing_at(&self, file: FileId, place: TextRange) -> Node {
        let there = |range: TextRange, name: TextRange| {
            range.contains_inclusive(place.start()) || place.contains_range(name)
        };
        let rank = |range: TextRange, name: TextRange| (!place.contains_range(name), range.len());
        if let Some(feature) = self.graph.feature_of(file) {
            let items = feature
                .items()
                .filter(|(at, it)| at.file == file && there(it.range, it.title_range));
            let innermost = items.min_by_key(|(_, it)| rank(it.range, it.title_range));
            return innermost.map_or(Node::File(file), |(item, _)| Node::Item(item));
        }
        let source = self.source(file);
        let symbols = source.iter().flat_map(|source| &source.facts.symbols);
        let symbols = (0..)
            .zip(symbols)
            .filter(|(_, it)| there(it.range, it.name_range));
        let innermost = symbols.min_by_key(|(_, it)| rank(it.range, it.name_range));
        innermost.map_or(Node::File(file), |(at, _)| Node::Symbol(file, at))
    }

    /// What changes of these reach. `None` once `cancelled` says so.
    #[must_use]
    pub fn impact(
        &self,
        seeds: Vec<Node>,
        bounds: Bounds,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Impact> {
        let packages = self.packages();
        let files = seeds.iter().filter_map(Node::file);
        let mut known: Sources = files
            .filter_map(|file| Some((file, self.source(file)?)))
            .collect();
        let said = seeds.iter().filter_map(|seed| match seed {
            Node::File(file) if !known.contains_key(file) => Some((*file, self.said(*file))),
            _ => None,
        });
        let said = said.collect();
        let mut walk = Walk::new(&self.graph, &packages, seeds, known.clone(), said, bounds);
        while let Some(asked) = walk.asks() {
            let (found, unread) = self.look(asked, &known, cancelled);
            if cancelled() {
                return None;
            }
            for each in &found {
                known
                    .entry(each.file)
                    .or_insert_with(|| Arc::clone(&each.source));
            }
            walk.take(found, unread);
        }
        let mut impact = walk.end();
        self.used(&mut impact, &packages);
        let tree = &self.graph.inputs().tree;
        let mut files = impact.seeds.iter().filter_map(|seed| seed.node.file());
        // Descriptions of containers are many files: they are read where code changes.
        if files.any(|file| code::is_source_path(tree.path_str(file))) {
            let services = Services::of(&self.graph, &self.manifests());
            impact.consumers = consumers(&self.graph, &services, &impact.seeds);
        }
        Some(impact)
    }

    /// Names that a contract stands for, whose text is no source: those of its operations and of its shapes.
    fn said(&self, file: FileId) -> Vec<SmolStr> {
        let path = self.graph.inputs().tree.path_str(file);
        let (Some(kind), Some(text)) = (contract_kind(path), self.text(file)) else {
            return Vec::new();
        };
        let facts = documents::read(kind, &text);
        let operations = facts
            .items
            .iter()
            .filter(|it| it.kind == documents::ItemKind::Operation);
        let mut names: Vec<SmolStr> = operations
            .filter(|it| !it.id.contains(['/', ' ']))
            .filter_map(|it| Some(SmolStr::new(it.id.rsplit('.').next()?)))
            .collect();
        if let Some(contract) = &facts.contract {
            names.extend(
                contract
                    .operations
                    .iter()
                    .filter_map(|it| it.operation_id.clone()),
            );
            // `config.Config` is the code's own type, written down by a generator: whoever uses it need not know the contract.
            let named = contract
                .schemas
                .iter()
                .filter(|it| it.named && !it.name.contains('.'));
            names.extend(named.map(|it| it.name.clone()));
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What the packages of the workspace are called.
    fn packages(&self) -> Packages {
        let tree = &self.graph.inputs().tree;
        let named = ["package.json", "Cargo.toml", "go.mod"];
        let manifests = self.manifests_of(|path| {
            let name = path.rsplit('/').next().unwrap_or(path);
            named.contains(&name)
        });
        let read = manifests.iter().filter_map(|(file, manifest)| {
            let (root, path) = tree.path(*file)?;
            Some((root, path.as_str(), manifest))
        });
        let settings = self.read_of(code::may_alias, code::aliases);
        let settings = settings.iter().filter_map(|(file, aliases)| {
            let (root, path) = tree.path(*file)?;
            Some((root, path.as_str(), aliases))
        });
        Packages::of(read)
            .with_name_spaces(tree)
            .with_aliases(settings)
    }

    /// What the symbols that change use themselves.
    fn used(&self, impact: &mut Impact, packages: &Packages) {
        let mut by_file: FxHashMap<FileId, Vec<(u32, u32)>> = FxHashMap::default();
        for (seed, each) in (0..).zip(&impact.seeds) {
            if let Node::Symbol(file, symbol) = each.node {
                by_file.entry(file).or_default().push((seed, symbol));
            }
        }
        let mut all = Vec::new();
        for (file, symbols) in by_file {
            let (Some(source), Some(text)) = (self.source(file), self.text(file)) else {
                continue;
            };
            let mut uses = Uses::of(&self.graph, packages, file, source, text);
            let mut sources = Sources::default();
            // What an `index.ts` passes on may be passed on once more.
            for _ in 0..3 {
                let asked: Vec<FileId> = uses
                    .asks()
                    .filter(|file| !sources.contains_key(file))
                    .collect();
                let read = |file: FileId| {
                    Some((
                        file,
                        impact
                            .source(&self.graph, file)
                            .cloned()
                            .or_else(|| self.source(file))?,
                    ))
                };
                let read: Vec<_> =
                    with_readers(|| asked.into_par_iter().filter_map(read).collect());
                sources.extend(read);
                uses.passed(&sources);
            }
            all.extend(
                symbols
                    .into_iter()
                    .map(|(seed, symbol)| (seed, uses.by(symbol, &sources))),
            );
            let used = all
                .iter()
                .flat_map(|(_, used)| used)
                .filter_map(|each| each.node.file());
            let used: Vec<FileId> = used.collect();
            impact.know(
                used.iter()
                    .filter_map(|file| Some((*file, Arc::clone(sources.get(file)?)))),
            );
        }
        all.sort_by_key(|(seed, _)| *seed);
        impact.take_uses(all);
    }

    /// Where the words stand, over all sources, and how many of these could not be read.
    fn look(
        &self,
        asked: &[Asked],
        known: &Sources,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> (Vec<Sighting>, usize) {
        let tree = &self.graph.inputs().tree;
        let files: Vec<(FileId, &SmolStr)> = tree
            .files()
            .filter(|(_, _, path)| code::is_source_path(path))
            .map(|(file, _, path)| (file, path))
            .collect();
        let words: Vec<SmolStr> = asked.iter().map(|each| each.word.clone()).collect();
        let gate = GateWords::new(&[], &words);
        let unread = AtomicUsize::new(0);
        let look = |(file, path): (FileId, &SmolStr)| {
            if cancelled() {
                return None;
            }
            let open = self
                .open
                .get(&file)
                .map(|(text, _)| text.as_bytes().to_vec());
            let read = match open {
                Some(open) => Ok(open),
                None => bytes(&self.path(file)?, SOURCE_LIMIT),
            };
            let Ok(read) = read else {
                unread.fetch_add(1, Ordering::Relaxed);
                return None;
            };
            let (mut found, _) = code::named_words(&read, &gate);
            let passes = passes_on(path);
            found.retain(|word| passes || !asked[*word as usize].passing);
            if found.is_empty() {
                return None;
            }
            let ReadOutcome::Text(ReadFile { text, .. }) = decode_bytes(read) else {
                unread.fetch_add(1, Ordering::Relaxed);
                return None;
            };
            let source = known.get(&file).or_else(|| self.graph.source(file));
            let source = source.map(Arc::clone).or_else(|| parse(path, &text))?;
            let places = found.into_iter().map(|word| {
                let asked = &asked[word as usize];
                (word, places_of(&text, &asked.word, asked.member))
            });
            let words: Vec<_> = places.filter(|(_, places)| !places.is_empty()).collect();
            (!words.is_empty()).then(|| Sighting {
                file,
                source,
                text: text.into(),
                words,
            })
        };
        let found = with_readers(|| files.into_par_iter().filter_map(look).collect());
        (found, unread.into_inner())
    }
}

/// How a contract is read, by its name.
pub(crate) fn contract_kind(path: &str) -> Option<DocumentKind> {
    match path.rsplit('.').next()? {
        "yaml" | "yml" | "json" => Some(DocumentKind::ContractData),
        "graphql" | "gql" => Some(DocumentKind::ContractGraphql),
        "proto" => Some(DocumentKind::ContractProto),
        _ => None,
    }
}

fn parse(path: &str, text: &str) -> Option<Arc<SourceFile>> {
    let facts = code::read_path(path, text, &|| false)?;
    Some(Arc::new(SourceFile {
        lines: LineIndex::new(text),
        facts,
    }))
}
