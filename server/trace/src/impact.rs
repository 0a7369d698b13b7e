//! What a change may reach: from items, symbols and files to all that names, imports, calls, serves or tests them, level by
//! level, each step with its evidence.
//!
//! Pure: which words it wants to be looked for in the sources it says ([`Walk::asks`]), somebody else looks, and what
//! stands where is given back ([`Walk::take`]). It never knows how a node is shown. What could not be read is counted.

mod aliases;
mod consumers;
mod contract;
mod kinship;
mod look;
mod named_tests;
mod packages;
mod seen;
mod specs;
mod targets;
mod uses;
mod wire;
mod words;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::{FileId, TextRange};

pub use consumers::{Consumer, consumers};
pub use contract::changed_parts;
pub use packages::Packages;
pub use uses::Uses;
pub use words::places_of;

use crate::contracts::At;
use crate::feature::ItemRef;
use crate::inputs::SourceFile;
use crate::{CodePlace, Graph, RootId};
use seen::Sight;
use targets::Target;

/// Edges kept of one node.
const EDGES: usize = 12;

/// Something that a change touches or reaches.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// A symbol of a source, by its place among the symbols.
    Symbol(FileId, u32),
    /// A test of a source, by its place among the tests.
    Test(FileId, u32),
    /// What stands in a file outside of every symbol, or a file of which no symbols are known.
    File(FileId),
    /// A name that a file declared before the change and does not any more.
    Gone(FileId, SmolStr),
    /// An operation or a shape of a contract, by its name.
    Part(FileId, SmolStr),
    /// A requirement, story, criterion, task, operation ...
    Item(ItemRef),
    /// A file of a repository that is not checked out: the repository and the path in it.
    Elsewhere(SmolStr, SmolStr),
}

impl Node {
    /// The file, where it is here.
    #[must_use]
    pub fn file(&self) -> Option<FileId> {
        match self {
            Self::Symbol(file, _)
            | Self::Test(file, _)
            | Self::Gone(file, _)
            | Self::Part(file, _)
            | Self::File(file) => Some(*file),
            Self::Item(item) => Some(item.file),
            Self::Elsewhere(..) => None,
        }
    }
}

/// How one node leads to the next.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// It names the symbol, and sees it: by an import, by its package, in the same file.
    Uses(SmolStr),
    /// It imports the file or a name of it, and uses it nowhere that is known.
    Imports(SmolStr),
    /// A type has the member because the other declares it, or declares it for the other: the interface, trait or base.
    Implements(SmolStr),
    /// It is a file of tests that is called after the file: by its name.
    Tests(SmolStr),
    /// It names what only one file declares, or the file itself; no import leads there.
    Names(SmolStr),
    /// It calls a route or an operation: method and path, or the operation's name.
    Calls(SmolStr),
    /// It answers an operation, or is the operation that is answered.
    Answers(SmolStr),
    /// A task names it, or works for it.
    Task,
    /// An id is written there.
    Mentions(SmolStr),
    /// Code or a test that is linked to an item, or an item that the code is linked to.
    Linked,
}

/// One step, with where it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// What leads here.
    pub from: Node,
    /// How.
    pub why: Why,
    /// Where it is written.
    pub at: Option<At>,
}

/// A node that is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// What is reached.
    pub node: Node,
    /// Steps from the nearest thing that changes; from 1.
    pub distance: u32,
    /// The steps that lead here, the nearest first; a dozen at most.
    pub edges: Vec<Edge>,
    /// Which of the things that change lead here within the depth, as places in [`Impact::seeds`].
    pub seeds: Vec<u32>,
}

/// All that is reached.
#[derive(Debug, Clone, Default)]
pub struct Impact {
    /// What changes, as it was given; the distance of each is 0, and its edges come from the others.
    pub seeds: Vec<Reached>,
    /// What is reached, near first, then by file and place.
    pub reached: Vec<Reached>,
    /// What the things that change use themselves: they may have to change with them, but nothing of it breaks.
    pub uses: Vec<Reached>,
    /// Services whose containers need one that changes.
    pub consumers: Vec<Consumer>,
    /// Nodes that were found and are not told, since there are too many.
    pub left_out: usize,
    /// Sources that could not be read.
    pub unread: usize,
    /// Sources in which one of the words stands and whose symbols are not known: where in them it stands is told, what it
    /// belongs to is not.
    pub unparsed: usize,
    sources: FxHashMap<FileId, Arc<SourceFile>>,
}

impl Impact {
    /// A source that was looked into.
    #[must_use]
    pub fn source<'a>(&'a self, graph: &'a Graph, file: FileId) -> Option<&'a Arc<SourceFile>> {
        self.sources.get(&file).or_else(|| graph.source(file))
    }

    /// Keeps sources that were read besides.
    pub fn know(&mut self, sources: impl IntoIterator<Item = (FileId, Arc<SourceFile>)>) {
        for (file, source) in sources {
            self.sources.entry(file).or_insert(source);
        }
    }

    /// Takes what each seed uses itself, by its place; what changes or is reached anyway is left out.
    pub fn take_uses(&mut self, all: Vec<(u32, Vec<Reached>)>) {
        let told = self.seeds.iter().chain(&self.reached);
        let told: FxHashSet<Node> = told.map(|each| each.node.clone()).collect();
        self.uses = uses::joined(all, &told);
    }
}

/// How far and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Steps from what changes.
    pub depth: u32,
    /// Nodes.
    pub most: usize,
}

/// A word to look for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Asked {
    /// As whole word.
    pub word: SmolStr,
    /// Only in files that pass on what others declare ([`passes_on`]).
    pub passing: bool,
    /// Only as a member of something: it is a plain word.
    pub member: bool,
}

/// A source in which some of the words stand.
#[derive(Debug, Clone)]
pub struct Sighting {
    /// The file.
    pub file: FileId,
    /// What it holds.
    pub source: Arc<SourceFile>,
    /// Its text.
    pub text: Arc<str>,
    /// Each word, as a place in what was asked, with its places outside of comments.
    pub words: Vec<(u32, Vec<TextRange>)>,
}

/// Whether a file is one whose imports are exports: `index.ts`, `__init__.py`, `mod.rs`, `lib.rs`.
#[must_use]
pub fn passes_on(path: &str) -> bool {
    let name = crate::tree::file_name(path);
    let stem = name.split('.').next().unwrap_or(name);
    matches!(
        stem,
        "index" | "__init__" | "mod" | "lib" | "main" | "public-api" | "exports"
    )
}

/// A walk from what changes to what that reaches.
pub struct Walk<'g> {
    graph: &'g Graph,
    packages: &'g Packages,
    bounds: Bounds,
    seeds: Vec<Node>,
    reached: FxHashMap<Node, (u32, Vec<Edge>)>,
    /// Steps to what was left out: there were too many nodes.
    left_out: FxHashSet<Node>,
    frontier: Vec<Node>,
    level: u32,
    targets: Vec<Target>,
    asked: Vec<Asked>,
    sources: FxHashMap<FileId, Arc<SourceFile>>,
    sights: FxHashMap<FileId, Sight>,
    unparsed: FxHashSet<FileId>,
    unread: usize,
    endpoints: wire::Wire,
    /// Names that a seed which is no source stands for: of a contract its operations and shapes.
    said: FxHashMap<FileId, Vec<SmolStr>>,
}

impl<'g> Walk<'g> {
    /// A walk that has not begun. `sources`: those of the seeds, where the graph does not have them. `said`: names that stand
    /// for seeds that are no sources.
    #[must_use]
    pub fn new(
        graph: &'g Graph,
        packages: &'g Packages,
        seeds: Vec<Node>,
        sources: FxHashMap<FileId, Arc<SourceFile>>,
        said: FxHashMap<FileId, Vec<SmolStr>>,
        bounds: Bounds,
    ) -> Self {
        let mut walk = Self {
            graph,
            packages,
            bounds,
            seeds: Vec::new(),
            reached: FxHashMap::default(),
            left_out: FxHashSet::default(),
            frontier: Vec::new(),
            level: 0,
            targets: Vec::new(),
            asked: Vec::new(),
            sources,
            sights: FxHashMap::default(),
            unparsed: FxHashSet::default(),
            unread: 0,
            endpoints: wire::Wire::default(),
            said,
        };
        for seed in seeds {
            if !walk.reached.contains_key(&seed) {
                walk.reached.insert(seed.clone(), (0, Vec::new()));
                walk.frontier.push(seed.clone());
                walk.seeds.push(seed);
            }
        }
        walk
    }

    /// The words to look for next; `None` when there is nothing more to find out.
    pub fn asks(&mut self) -> Option<&[Asked]> {
        while self.level < self.bounds.depth && !self.frontier.is_empty() {
            self.level += 1;
            let mut nodes = std::mem::take(&mut self.frontier);
            nodes.sort_unstable();
            self.targets.clear();
            for node in nodes {
                self.expand(&node);
            }
            self.asked = targets::asked(&self.targets);
            if !self.asked.is_empty() {
                return Some(&self.asked);
            }
        }
        None
    }

    /// What one node leads to without a look into the sources, and what to look for because of it.
    fn expand(&mut self, node: &Node) {
        match node {
            Node::Item(item) => {
                for (to, edge) in specs::of_item(self.graph, *item) {
                    self.reach(to, edge);
                }
            }
            Node::Symbol(file, symbol) => {
                let place = CodePlace {
                    symbol: Some(*symbol),
                    test: None,
                };
                self.served(node, *file, place);
                self.calls(node, *file, |source, route| {
                    wire::answers(source, route, *symbol)
                });
                self.tests_of(node, *file);
                let source = self.source(*file);
                self.targets.extend(
                    source
                        .and_then(|source| Target::of_symbol(self.graph, *file, &source, *symbol)),
                );
            }
            Node::Test(file, test) => {
                let place = CodePlace {
                    symbol: None,
                    test: Some(*test),
                };
                self.served(node, *file, place);
            }
            Node::File(file) => {
                self.served(node, *file, CodePlace::default());
                // What is reached outside of symbols is used by nobody; what changes as a whole, by all who use a part of it.
                if !self.seeds.contains(node) {
                    return;
                }
                self.tests_of(node, *file);
                for (to, edge) in specs::of_contract(self.graph, *file) {
                    self.reach(to, edge);
                }
                self.calls(node, *file, |_, _| true);
                let said = self.said.remove(file).unwrap_or_default();
                let source = self.source(*file);
                let of_file = Target::of_file(self.graph, *file, source.as_deref(), &said);
                self.targets.push(of_file);
            }
            Node::Gone(file, name) => {
                let source = self.source(*file);
                let language = source.and_then(|source| source.facts.language);
                self.targets
                    .push(Target::of_name(self.graph, node, *file, language, name));
            }
            Node::Part(file, name) => {
                for (to, edge) in specs::of_part(self.graph, node, *file, name) {
                    self.reach(to, edge);
                }
                if !name.contains(['/', ' ']) {
                    self.targets
                        .push(Target::of_name(self.graph, node, *file, None, name));
                }
            }
            Node::Elsewhere(..) => {}
        }
    }

    /// Files of tests that are called after the file of what changes.
    fn tests_of(&mut self, node: &Node, file: FileId) {
        if !self.seeds.contains(node) {
            return;
        }
        for test in named_tests::of(self.graph, file) {
            let name = crate::tree::file_name(self.graph.inputs().tree.path_str(test));
            let edge = Edge {
                from: node.clone(),
                why: Why::Tests(name.into()),
                at: None,
            };
            self.reach_last(&Node::File(test), edge);
        }
    }

    fn source(&self, file: FileId) -> Option<Arc<SourceFile>> {
        let known = self.sources.get(&file).or_else(|| self.graph.source(file));
        known.cloned()
    }

    /// Items behind a place in code: nothing follows from them, else every change would reach all that a requirement has.
    fn served(&mut self, node: &Node, file: FileId, place: CodePlace) {
        for (item, edge) in specs::served(self.graph, node, file, place) {
            self.reach_last(&Node::Item(item), edge);
        }
    }

    /// Who calls the routes of a file.
    fn calls(
        &mut self,
        node: &Node,
        file: FileId,
        meant: impl Fn(&SourceFile, &code::Route) -> bool,
    ) {
        let Some(source) = self.source(file) else {
            return;
        };
        let routes: Vec<TextRange> = source
            .facts
            .routes
            .iter()
            .filter(|route| meant(&source, route))
            .map(|route| route.range)
            .collect();
        for route in routes {
            self.called(node, file, &source, route);
        }
    }

    fn called(&mut self, node: &Node, file: FileId, source: &SourceFile, route: TextRange) {
        let found = self
            .endpoints
            .callers(self.graph, node, file, source, route);
        for (to, edge, last) in found {
            if last {
                self.reach_last(&to, edge);
            } else {
                self.reach(to, edge);
            }
        }
    }

    fn reach(&mut self, to: Node, edge: Edge) {
        if self.arrive(&to, edge) && !matches!(to, Node::Test(..)) {
            self.frontier.push(to);
        }
    }

    fn reach_last(&mut self, to: &Node, edge: Edge) {
        self.arrive(to, edge);
    }

    /// Notes a step; gives whether the node is new.
    fn arrive(&mut self, to: &Node, edge: Edge) -> bool {
        if edge.from == *to {
            return false;
        }
        if let Some((_, edges)) = self.reached.get_mut(to) {
            let known = |each: &Edge| each.from == edge.from && each.why == edge.why;
            if edges.len() < EDGES && !edges.iter().any(known) {
                edges.push(edge);
            }
            return false;
        }
        if self.reached.len() >= self.bounds.most + self.seeds.len() {
            self.left_out.insert(to.clone());
            return false;
        }
        self.reached.insert(to.clone(), (self.level, vec![edge]));
        true
    }

    /// Takes what stands where; `unread` sources could not be looked into.
    pub fn take(&mut self, mut sightings: Vec<Sighting>, unread: usize) {
        self.unread = self.unread.max(unread);
        sightings.sort_by_key(|each| each.file);
        let targets = std::mem::take(&mut self.targets);
        let asked = std::mem::take(&mut self.asked);
        for each in &sightings {
            let sight = Sight::of(self.graph, self.packages, each.file, &each.source);
            self.sights.entry(each.file).or_insert(sight);
            if !each.source.facts.symbols_known {
                self.unparsed.insert(each.file);
            }
        }
        let look = look::Look::new(self.graph, &targets, &asked, &sightings, &self.sights);
        let mut steps = Vec::new();
        for each in &sightings {
            look.steps(each, &mut steps);
        }
        let mut kept: FxHashMap<FileId, Arc<SourceFile>> = FxHashMap::default();
        for each in sightings {
            kept.insert(each.file, each.source);
        }
        for step in steps {
            let Some(source) = step.to.file().and_then(|file| kept.get(&file)) else {
                continue;
            };
            let file = step.file;
            self.sources
                .entry(file)
                .or_insert_with(|| Arc::clone(source));
            let source = Arc::clone(source);
            let route = step.route;
            let to = step.to.clone();
            self.reach(step.to, step.edge);
            if let Some(route) = route {
                self.called(&to, file, &source, route);
            }
        }
    }

    /// What was found.
    #[must_use]
    pub fn end(self) -> Impact {
        let depth = self.bounds.depth;
        let by_seed = self.by_seed(depth);
        let order = |node: &Node| {
            let tree = &self.graph.inputs().tree;
            let path = node.file().and_then(|file| tree.path(file));
            let path = path.map(|(root, path)| (root, path.clone()));
            (
                path.is_none(),
                path.unwrap_or((RootId(u16::MAX), SmolStr::default())),
            )
        };
        let told = |node: &Node| {
            let (distance, edges) = self.reached.get(node).cloned().unwrap_or_default();
            Reached {
                node: node.clone(),
                distance,
                edges,
                seeds: by_seed.get(node).cloned().unwrap_or_default(),
            }
        };
        let mut reached: Vec<Reached> = self.reached.keys().map(told).collect();
        // Where tests of a file are told, the file is not told by its name, too.
        let tested: FxHashSet<FileId> = reached
            .iter()
            .filter_map(|each| match each.node {
                Node::Test(file, _) => Some(file),
                _ => None,
            })
            .collect();
        let by_name = |each: &Reached| {
            each.edges
                .iter()
                .all(|edge| matches!(edge.why, Why::Tests(_)))
        };
        reached.retain(|each| {
            let twice =
                matches!(each.node, Node::File(file) if tested.contains(&file) && by_name(each));
            each.distance > 0 && !twice
        });
        reached.sort_by_cached_key(|each| (each.distance, order(&each.node), each.node.clone()));
        Impact {
            seeds: self.seeds.iter().map(told).collect(),
            reached,
            uses: Vec::new(),
            consumers: Vec::new(),
            left_out: self.left_out.len(),
            unread: self.unread,
            unparsed: self.unparsed.len(),
            sources: self.sources,
        }
    }

    /// Which seeds lead to each node, by the steps that are known.
    fn by_seed(&self, depth: u32) -> FxHashMap<Node, Vec<u32>> {
        let mut onward: FxHashMap<&Node, Vec<&Node>> = FxHashMap::default();
        for (to, (_, edges)) in &self.reached {
            for edge in edges {
                onward.entry(&edge.from).or_default().push(to);
            }
        }
        let mut by_seed: FxHashMap<Node, Vec<u32>> = FxHashMap::default();
        for (at, seed) in (0..).zip(&self.seeds) {
            let mut seen: FxHashSet<&Node> = FxHashSet::default();
            let mut now = vec![seed];
            for _ in 0..depth {
                let mut next = Vec::new();
                for to in now.iter().filter_map(|from| onward.get(from)).flatten() {
                    if seen.insert(to) {
                        next.push(*to);
                    }
                }
                now = next;
            }
            for node in seen {
                by_seed.entry(node.clone()).or_default().push(at);
            }
        }
        by_seed
    }
}

/// A place as evidence.
fn at(
    graph: &Graph,
    lines: Option<&text::LineIndex>,
    file: FileId,
    range: TextRange,
) -> Option<At> {
    let inputs = graph.inputs();
    let document = || inputs.documents.get(&file).map(|it| &it.lines);
    let lines = lines
        .or_else(document)
        .or_else(|| graph.source(file).map(|it| &it.lines))?;
    Some(At {
        path: inputs.tree.path_str(file).into(),
        line: lines.line(range.start()) + 1,
        here: Some((file, range)),
    })
}
