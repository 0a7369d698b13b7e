//! What a change reaches, as plain values: the command line and the editor show the same.

use std::collections::BTreeMap;

use serde::Serialize;
use trace::Graph;
use trace::impact::{Edge, Impact, Node, Reached, Why};

use crate::cli::links::{Links, role};

/// All that is reached.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Found {
    /// What changes.
    pub(crate) seeds: Vec<Seed>,
    /// What that reaches, near first.
    pub(crate) reached: Vec<Told>,
    /// What the things that change use themselves, by file and place: nothing of it breaks, but it may have to change, too.
    pub(crate) uses: Vec<Told>,
    /// The files of what is reached, near first; files of what changes are left out.
    pub(crate) files: Vec<FileOf>,
    /// The directories that are built by themselves, with a file of it.
    pub(crate) packages: Vec<PackageOf>,
    /// Services whose containers need one that changes, by path.
    pub(crate) consumers: Vec<ConsumerOf>,
    /// Things that were found and are not told, since there are too many.
    pub(crate) left_out: usize,
    /// Sources that could not be read: what they use is not known.
    pub(crate) unread: usize,
    /// Sources that name something of it, and whose symbols are not known.
    pub(crate) unparsed: usize,
    /// Files that are gone since the revision: who used them is not told.
    pub(crate) gone: Vec<String>,
}

/// Something that changes or is reached.
#[derive(Debug, Clone, Default, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Thing {
    /// `symbol`, `test`, `file`, `gone` (a symbol), `part` (of a contract), `elsewhere` (a file of a repository that is not checked out), or the kind
    /// of an item: `requirement`, `task`, `operation` ...
    pub(crate) what: &'static str,
    /// Its name with the names around it; the address of an item.
    pub(crate) name: String,
    /// Name of the workspace folder; of the repository.
    pub(crate) root: String,
    /// Path from the folder, with `/`.
    pub(crate) path: String,
    /// Its line, from 1; 0 where it has none.
    pub(crate) line: u32,
    /// `code`, `test` or `other`.
    pub(crate) role: &'static str,
}

/// Something that changes.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Seed {
    #[serde(flatten)]
    pub(crate) thing: Thing,
    /// `signature`, `body`, `gone` or `reworded`; only with `--since`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) change: Option<&'static str>,
    /// Which others of the list reach it, too, by their places.
    pub(crate) seeds: Vec<u32>,
}

/// Something that is reached.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Told {
    #[serde(flatten)]
    pub(crate) thing: Thing,
    /// Steps from the nearest thing that changes.
    pub(crate) distance: u32,
    /// What changes and leads here, as places in `seeds`.
    pub(crate) seeds: Vec<u32>,
    /// The steps that lead here; a dozen at most.
    pub(crate) because: Vec<Step>,
}

/// One step, with its evidence.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Step {
    /// `uses`, `imports`, `names`, `implements`, `tests`, `calls`, `answers`, `task`, `mentions` or `linked`; among what is used
    /// itself `used`.
    pub(crate) how: &'static str,
    /// The name, import, path or id that is written there; may be empty.
    pub(crate) word: String,
    /// What leads here.
    pub(crate) from: Thing,
    /// Where it is written: the path, from its folder; empty where nothing is.
    pub(crate) path: String,
    /// From 1; 0 where nothing is written.
    pub(crate) line: u32,
}

/// A file that is reached.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct FileOf {
    pub(crate) root: String,
    pub(crate) path: String,
    /// `code`, `test` or `other`.
    pub(crate) role: &'static str,
    /// Of the nearest thing in it.
    pub(crate) distance: u32,
    /// What changes and leads into it, as places in `seeds`.
    pub(crate) seeds: Vec<u32>,
}

/// A directory that is built by itself.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct PackageOf {
    pub(crate) root: String,
    /// Empty: the folder itself.
    pub(crate) path: String,
    /// Files of it that are reached.
    pub(crate) files: usize,
    /// Of the nearest.
    pub(crate) distance: u32,
}

/// A service whose container needs one that changes.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ConsumerOf {
    pub(crate) root: String,
    /// Empty: the folder itself.
    pub(crate) path: String,
    /// What people call it.
    pub(crate) name: String,
    /// The service that changes.
    pub(crate) needs: String,
    /// The name that is written there.
    pub(crate) word: String,
    /// Where it is written: a compose file, an object of Kubernetes; behind its folder's name, where there are several.
    pub(crate) at: String,
}

impl ConsumerOf {
    /// ``needs `api` (compose.yaml)``
    pub(crate) fn said(&self, code: fn(&str) -> String) -> String {
        format!("needs {} ({})", code(&self.word), self.at)
    }
}

impl Found {
    pub(crate) fn of(graph: &Graph, impact: &Impact) -> Self {
        let view = View { graph, impact };
        let reached: Vec<Told> = impact.reached.iter().map(|each| view.told(each)).collect();
        let seeds: Vec<Seed> = impact
            .seeds
            .iter()
            .map(|each| Seed {
                thing: view.thing(&each.node),
                change: None,
                seeds: each.seeds.clone(),
            })
            .collect();
        let mut uses: Vec<Told> = impact.uses.iter().map(|each| view.told(each)).collect();
        for step in uses.iter_mut().flat_map(|told| &mut told.because) {
            step.how = "used";
        }
        uses.sort_by(|a, b| {
            (&a.thing.root, &a.thing.path, a.thing.line).cmp(&(
                &b.thing.root,
                &b.thing.path,
                b.thing.line,
            ))
        });
        let mut files: BTreeMap<(String, String), FileOf> = BTreeMap::new();
        let mut packages: BTreeMap<(String, String), PackageOf> = BTreeMap::new();
        for (each, node) in reached.iter().zip(&impact.reached) {
            let Some(file) = node.node.file() else {
                continue;
            };
            let own = |seed: &Seed| {
                (&seed.thing.root, &seed.thing.path) == (&each.thing.root, &each.thing.path)
            };
            if seeds.iter().any(own) {
                continue;
            }
            let key = (each.thing.root.clone(), each.thing.path.clone());
            let is_new = !files.contains_key(&key);
            let of = files.entry(key).or_insert_with(|| FileOf {
                root: each.thing.root.clone(),
                path: each.thing.path.clone(),
                role: each.thing.role,
                distance: each.distance,
                seeds: Vec::new(),
            });
            of.distance = of.distance.min(each.distance);
            of.seeds.extend(each.seeds.iter().copied());
            of.seeds.sort_unstable();
            of.seeds.dedup();
            if is_new && each.thing.role != "other" {
                let (_, path) = graph.service_of(file);
                let key = (each.thing.root.clone(), path.to_string());
                let package = packages.entry(key).or_insert_with(|| PackageOf {
                    root: each.thing.root.clone(),
                    path: path.to_string(),
                    files: 0,
                    distance: each.distance,
                });
                package.files += 1;
                package.distance = package.distance.min(each.distance);
            }
        }
        let mut files: Vec<FileOf> = files.into_values().collect();
        files.sort_by(|a, b| (a.distance, &a.root, &a.path).cmp(&(b.distance, &b.root, &b.path)));
        let mut packages: Vec<PackageOf> = packages.into_values().collect();
        packages
            .sort_by(|a, b| (a.distance, &a.root, &a.path).cmp(&(b.distance, &b.root, &b.path)));
        Self {
            seeds,
            reached,
            uses,
            files,
            packages,
            consumers: impact
                .consumers
                .iter()
                .map(|each| ConsumerOf {
                    root: graph.inputs().tree.root_name(each.root).to_string(),
                    path: each.path.to_string(),
                    name: each.name.to_string(),
                    needs: each.of.to_string(),
                    word: each.what.to_string(),
                    at: each.at.to_string(),
                })
                .collect(),
            left_out: impact.left_out,
            unread: impact.unread,
            unparsed: impact.unparsed,
            gone: Vec::new(),
        }
    }
}

struct View<'v> {
    graph: &'v Graph,
    impact: &'v Impact,
}

impl View<'_> {
    fn told(&self, reached: &Reached) -> Told {
        Told {
            thing: self.thing(&reached.node),
            distance: reached.distance,
            seeds: reached.seeds.clone(),
            because: reached.edges.iter().map(|edge| self.step(edge)).collect(),
        }
    }

    fn step(&self, edge: &Edge) -> Step {
        let (how, word) = match &edge.why {
            Why::Uses(word) => ("uses", word.to_string()),
            Why::Imports(path) => ("imports", path.to_string()),
            Why::Names(word) => ("names", word.to_string()),
            Why::Implements(name) => ("implements", name.to_string()),
            Why::Tests(file) => ("tests", file.to_string()),
            Why::Calls(path) => ("calls", path.to_string()),
            Why::Answers(path) => ("answers", path.to_string()),
            Why::Task => ("task", String::new()),
            Why::Mentions(id) => ("mentions", id.to_string()),
            Why::Linked => ("linked", String::new()),
        };
        Step {
            how,
            word,
            from: self.thing(&edge.from),
            path: edge
                .at
                .as_ref()
                .map_or_else(String::new, |at| at.path.to_string()),
            line: edge.at.as_ref().map_or(0, |at| at.line),
        }
    }

    fn thing(&self, node: &Node) -> Thing {
        let graph = self.graph;
        let links = Links { graph };
        if let Node::Elsewhere(repository, path) = node {
            return Thing {
                what: "elsewhere",
                name: format!("{repository}/{path}"),
                root: repository.to_string(),
                path: path.to_string(),
                line: 0,
                role: "code",
            };
        }
        if let Node::Item(item) = node {
            let link = links.item(*item, None);
            let kind = link.as_ref().map_or("item", |link| link.kind);
            let name = link
                .as_ref()
                .map_or_else(String::new, |link| link.shown().to_owned());
            let place = link.map(|link| link.place).unwrap_or_default();
            return Thing {
                what: kind,
                name,
                root: place.root,
                path: place.path,
                line: place.range.start.line,
                role: "other",
            };
        }
        let Some(file) = node.file() else {
            return Thing::default();
        };
        let place = links.place(file, text::TextRange::default());
        let source = self.impact.source(graph, file);
        let line = |range: text::TextRange| {
            source.map_or(0, |source| source.lines.line(range.start()) + 1)
        };
        let (what, name, line) = match node {
            Node::Symbol(_, symbol) => {
                let symbol = source.and_then(|source| source.facts.symbols.get(*symbol as usize));
                let name = symbol.map(|it| (it.qualified_name(), line(it.name_range)));
                let (name, line) = name.unwrap_or_default();
                ("symbol", name, line)
            }
            Node::Test(_, test) => {
                let test = source.and_then(|source| source.facts.tests.get(*test as usize));
                let name = test.map_or_else(String::new, |it| it.full_name.clone());
                ("test", name, test.map_or(0, |it| line(it.name_range)))
            }
            Node::Gone(_, name) => ("gone", name.to_string(), 0),
            Node::Part(_, name) => ("part", name.to_string(), 0),
            _ => ("file", place.path.clone(), 0),
        };
        Thing {
            what,
            name,
            root: place.root,
            path: place.path,
            line,
            role: role(graph.role(file)),
        }
    }
}

impl Thing {
    /// `path:line`, behind the folder's name where there are several.
    pub(crate) fn place(&self, several: bool) -> String {
        let line = if self.line == 0 {
            String::new()
        } else {
            format!(":{}", self.line)
        };
        if several && self.what != "elsewhere" {
            format!("{}/{}{line}", self.root, self.path)
        } else {
            format!("{}{line}", self.path)
        }
    }

    /// Whether it is an item of a spec.
    pub(crate) fn is_item(&self) -> bool {
        !matches!(
            self.what,
            "symbol" | "test" | "file" | "gone" | "part" | "elsewhere"
        )
    }

    /// Whether it is a test, or help for tests.
    pub(crate) fn is_test(&self) -> bool {
        self.what == "test" || self.role == "test"
    }
}

impl Step {
    /// What is written, in words: ``uses `total` at src/cart.ts:12``.
    pub(crate) fn said(&self, code: fn(&str) -> String) -> String {
        let word = code(&self.word);
        let from = code(&self.from.name);
        let what = match self.how {
            "uses" => format!("uses {word}"),
            "imports" => format!("imports {word}"),
            "used" => format!("{from} uses {word}"),
            "names" => format!("names {word}, which nothing else declares,"),
            "implements" => format!("a member of {word}, too,"),
            "tests" => format!("called after the file of {from}"),
            "calls" => format!("calls {word}"),
            "answers" => format!("a route for {word}"),
            "task" => format!("by a task, for {from},"),
            "mentions" => format!("{word} is written"),
            _ => format!("linked to {from}"),
        };
        if self.line == 0 {
            what
        } else {
            format!("{what} at {}:{}", self.path, self.line)
        }
    }
}
