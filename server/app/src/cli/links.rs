//! What is linked to what, as plain values: `trace`, `coverage` and the matrix show the same, to people and machines.

mod elsewhere;

use documents::TaskState;
use serde::Serialize;
use text::{Encoding, FileId, LineIndex, TextRange, TextSize};
use trace::{Basis, CodePlace, FeatureDocument, FileRole, Graph, ItemRef, SymbolRef, TestRef, Via};

use super::columns::Cell;
use super::json::{Point, Range, kind_name};
pub(crate) use elsewhere::{ElsewhereItem, ElsewhereLink};

/// A place in a file. Lines and columns count from 1, columns in Unicode characters; bytes from the start of the file.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Place {
    /// Name of the workspace folder.
    pub(crate) root: String,
    /// Path from the folder, with `/`.
    pub(crate) path: String,
    pub(crate) range: Range,
}

/// An item of a spec, and where it is a link, why we believe it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ItemLink {
    /// `specs/003-auth#FR-008`
    pub(crate) address: String,
    /// The address behind the name of its root, as every command takes it; only where there are several roots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) qualified: Option<String>,
    /// The id as its document has it; may be empty.
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    /// The words of its first line.
    pub(crate) title: String,
    /// `open`, `done` or `other`; only of a task or checklist item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<&'static str>,
    /// Its id, or its title where it has no id.
    #[serde(flatten)]
    pub(crate) place: Place,
    /// Why we believe the link; null for the item that was asked for.
    pub(crate) basis: Option<&'static str>,
}

impl ItemLink {
    /// What it is called to people: what they may type to ask for it.
    pub(crate) fn shown(&self) -> &str {
        self.qualified.as_deref().unwrap_or(&self.address)
    }
}

/// A file that a task names.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct FileLink {
    pub(crate) root: String,
    pub(crate) path: String,
    /// `code`, `test` or `other`.
    pub(crate) role: &'static str,
    pub(crate) basis: &'static str,
    /// Where the first of its tasks names it.
    pub(crate) named_at: Place,
    /// Addresses of the tasks that name it.
    pub(crate) through: Vec<String>,
}

/// A symbol of a source file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct SymbolLink {
    /// With the names around it, joined by dots.
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    /// Its name.
    #[serde(flatten)]
    pub(crate) place: Place,
    /// Whether a line of it ran, by a report of coverage that is newer than its file.
    pub(crate) covered: Option<bool>,
    pub(crate) basis: &'static str,
    /// Addresses of the tasks that lead to it; none where it mentions the item itself.
    pub(crate) through: Vec<String>,
}

/// A test of a source file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TestLink {
    /// With the names of its groups.
    pub(crate) name: String,
    pub(crate) skipped: bool,
    /// False: it holds no assertion, as far as can be seen.
    pub(crate) asserts: bool,
    /// What the newest report of tests says of it.
    pub(crate) run: Option<RunLink>,
    /// Its name.
    #[serde(flatten)]
    pub(crate) place: Place,
    pub(crate) basis: &'static str,
    /// Addresses of the tasks that lead to it; none where it mentions the item itself.
    pub(crate) through: Vec<String>,
}

/// What the newest report of tests says of a test.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct RunLink {
    /// `passed`, `failed` or `skipped`.
    pub(crate) outcome: &'static str,
    /// Whether the report is `newer` or `older` than the file of the test, or `unknown`.
    pub(crate) age: &'static str,
}

fn run_of(run: &trace::TestRun) -> RunLink {
    RunLink {
        outcome: match run.outcome {
            trace::Outcome::Passed => "passed",
            trace::Outcome::Failed => "failed",
            trace::Outcome::Skipped => "skipped",
        },
        age: match run.age {
            trace::Age::Newer => "newer",
            trace::Age::Older => "older",
            trace::Age::Unknown => "unknown",
        },
    }
}

/// A place that names an item.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct MentionLink {
    /// `code` or `document`.
    pub(crate) r#in: &'static str,
    /// What the code does for the item, where the mention says so: `implements`, `verifies`, `depends` or `related`.
    pub(crate) role: Option<&'static str>,
    /// The id as written.
    #[serde(flatten)]
    pub(crate) place: Place,
    pub(crate) basis: &'static str,
}

/// An item with all that is linked to it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ChainOf {
    pub(crate) item: ItemLink,
    /// What it works for: the stories it belongs to; of a task what it is labelled with and cites.
    pub(crate) serves: Vec<ItemLink>,
    pub(crate) tasks: Vec<ItemLink>,
    pub(crate) files: Vec<FileLink>,
    pub(crate) symbols: Vec<SymbolLink>,
    pub(crate) tests: Vec<TestLink>,
    pub(crate) mentions: Vec<MentionLink>,
    /// Places in repositories that are not checked out, by the facts they published.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) elsewhere: Vec<ElsewhereLink>,
    /// Whether a release has it, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) released: Option<Cell>,
}

/// A source file, or a symbol or test of it, with the items it serves.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct SourceOf {
    pub(crate) root: String,
    pub(crate) path: String,
    /// `code`, `test` or `other`.
    pub(crate) role: &'static str,
    /// The symbol that was asked for.
    pub(crate) symbol: Option<NamedPlace>,
    /// The test that was asked for.
    pub(crate) test: Option<NamedPlace>,
    pub(crate) items: Vec<ServedLink>,
    /// Ids that several features define; nothing says which is meant.
    pub(crate) ambiguous: Vec<AmbiguousLink>,
}

/// A symbol or test and where its name stands.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct NamedPlace {
    pub(crate) name: String,
    #[serde(flatten)]
    pub(crate) place: Place,
}

/// An item that code serves.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ServedLink {
    #[serde(flatten)]
    pub(crate) item: ItemLink,
    /// All that leads to it, strongest first.
    pub(crate) via: Vec<ViaLink>,
}

/// What leads from code to an item.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ViaLink {
    /// `mention` or `task`.
    pub(crate) by: &'static str,
    /// The task's address; of a mention nothing.
    pub(crate) address: Option<String>,
    /// The same behind the name of its root; only where there are several roots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) qualified: Option<String>,
    #[serde(flatten)]
    pub(crate) place: Place,
    pub(crate) basis: &'static str,
}

/// An id in code that may mean several items.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct AmbiguousLink {
    #[serde(flatten)]
    pub(crate) place: Place,
    /// Addresses of the items it may mean.
    pub(crate) candidates: Vec<String>,
    /// The same behind the names of their roots; only where there are several roots.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) qualified: Vec<String>,
}

/// Reads links off a graph.
#[derive(Clone, Copy)]
pub(crate) struct Links<'a> {
    pub(crate) graph: &'a Graph,
}

impl Links<'_> {
    /// The name of a file's workspace folder, and its path from there.
    fn file(self, file: FileId) -> (String, String) {
        let tree = &self.graph.inputs().tree;
        let root = tree.path(file);
        let root = root.and_then(|(root, _)| tree.roots().get(usize::from(root.0)));
        (
            root.map_or_else(String::new, |root| root.name.to_string()),
            tree.path_str(file).to_owned(),
        )
    }

    pub(crate) fn place(self, file: FileId, range: TextRange) -> Place {
        let inputs = self.graph.inputs();
        let document = inputs.documents.get(&file).map(|it| &it.lines);
        let lines = document.or_else(|| inputs.sources.get(&file).map(|it| &it.lines));
        let (root, path) = self.file(file);
        Place {
            root,
            path,
            range: lines.map_or_else(Range::default, |lines| points(lines, range)),
        }
    }

    /// The address of an item.
    pub(crate) fn address(self, item: ItemRef) -> String {
        let feature = self.graph.feature(item.feature);
        let key = feature.and_then(|feature| feature.key(item));
        key.map(|key| key.to_string()).unwrap_or_default()
    }

    /// The address behind the name of its root, where there are several.
    fn qualified(self, item: ItemRef) -> Option<String> {
        let root = self.graph.feature(item.feature)?.root;
        let tree = &self.graph.inputs().tree;
        tree.qualified(root, &self.address(item))
    }

    /// An item, and why we believe the link to it.
    pub(crate) fn item(self, item: ItemRef, basis: Option<Basis>) -> Option<ItemLink> {
        let (feature, it) = self.graph.item(item)?;
        let range = if it.id_range.is_empty() {
            it.title_range
        } else {
            it.id_range
        };
        Some(ItemLink {
            address: self.address(item),
            qualified: self.qualified(item),
            id: it.id.to_string(),
            kind: kind_name(it.kind),
            title: feature
                .document(item.file)
                .map_or("", |document| document.slice(it.title_range))
                .to_owned(),
            state: it.task.as_ref().map(|task| match task.state {
                TaskState::Open => "open",
                TaskState::Done => "done",
                TaskState::Other(_) => "other",
            }),
            place: self.place(item.file, range),
            basis: basis.map(Basis::as_str),
        })
    }

    /// An item with all that is linked to it.
    pub(crate) fn chain(self, item: ItemRef) -> Option<ChainOf> {
        let graph = self.graph;
        let chain = graph.chain(item);
        let is_task = chain.tasks == [item];
        let addresses: Vec<String> = chain.tasks.iter().map(|it| self.address(*it)).collect();
        let through = |leads: &dyn Fn(ItemRef) -> bool| -> Vec<String> {
            let tasks = chain.tasks.iter().zip(&addresses);
            let leading = tasks.filter(|(task, _)| leads(**task));
            leading.map(|(_, address)| address.clone()).collect()
        };
        // Asked of every file and symbol: read once.
        let named: Vec<_> = chain
            .tasks
            .iter()
            .map(|task| {
                (
                    *task,
                    graph.files_of_task(*task),
                    graph.symbols_of_task(*task),
                )
            })
            .collect();
        let names_file = |task: ItemRef, file: FileId| {
            named.iter().any(|(each, files, _)| {
                *each == task && files.iter().any(|linked| linked.file == file)
            })
        };
        let serves = if is_task {
            graph.items_of_task(item)
        } else {
            graph.stories_of(item)
        };
        let inside = graph.item(item).and_then(|(_, it)| it.parent);
        let declared = |other: &ItemRef| is_task || inside == Some(other.item);
        Some(ChainOf {
            item: self.item(item, None)?,
            serves: serves
                .iter()
                .filter_map(|other| {
                    let basis = if declared(other) {
                        Basis::Declared
                    } else {
                        Basis::Task
                    };
                    self.item(*other, Some(basis))
                })
                .collect(),
            tasks: chain
                .tasks
                .iter()
                .filter(|_| !is_task)
                .filter_map(|task| self.item(*task, Some(Basis::Declared)))
                .collect(),
            files: chain
                .files
                .iter()
                .map(|linked| {
                    let (root, path) = self.file(linked.file);
                    let in_tasks = chain.tasks.first().map_or(item.file, |task| task.file);
                    FileLink {
                        root,
                        path,
                        role: role(linked.role),
                        basis: Basis::Task.as_str(),
                        named_at: self.place(in_tasks, linked.named_at),
                        through: through(&|task| names_file(task, linked.file)),
                    }
                })
                .collect(),
            symbols: chain
                .symbols
                .iter()
                .filter_map(|symbol| {
                    let leads = |task: ItemRef| {
                        named.iter().any(|(each, _, symbols)| {
                            let same = |other: &SymbolRef| {
                                (other.file, other.symbol) == (symbol.file, symbol.symbol)
                            };
                            *each == task && symbols.iter().any(same)
                        })
                    };
                    self.symbol(*symbol, through(&leads))
                })
                .collect(),
            tests: chain
                .tests
                .iter()
                .filter_map(|test| {
                    let leads = |task| names_file(task, test.file);
                    self.test(*test, through(&leads))
                })
                .collect(),
            mentions: self.mentions(item, &chain.mentions),
            elsewhere: self.named_elsewhere(item),
            released: None,
        })
    }

    fn symbol(self, symbol: SymbolRef, through: Vec<String>) -> Option<SymbolLink> {
        let source = self.graph.source(symbol.file)?;
        let it = source.facts.symbols.get(symbol.symbol as usize)?;
        Some(SymbolLink {
            name: it.qualified_name(),
            kind: ide::symbol_kind(it.kind),
            place: self.place(symbol.file, it.name_range),
            covered: self.graph.covered(&symbol),
            basis: symbol.basis.as_str(),
            through,
        })
    }

    fn test(self, test: TestRef, through: Vec<String>) -> Option<TestLink> {
        let source = self.graph.source(test.file)?;
        let it = source.facts.tests.get(test.test as usize)?;
        Some(TestLink {
            name: it.full_name.clone(),
            skipped: it.skipped,
            asserts: it.asserts,
            run: self.graph.test_run(&test).map(run_of),
            place: self.place(test.file, it.name_range),
            basis: test.basis.as_str(),
            through,
        })
    }

    fn mentions(self, item: ItemRef, in_code: &[(FileId, u32, Basis)]) -> Vec<MentionLink> {
        let graph = self.graph;
        let in_code = in_code.iter().filter_map(|&(file, mention, basis)| {
            let mention = graph.source(file)?.facts.mentions.get(mention as usize)?;
            Some(MentionLink {
                r#in: "code",
                role: mention.role().map(trace::Role::as_str),
                place: self.place(file, mention.mention.range),
                basis: basis.as_str(),
            })
        });
        let in_documents = graph.document_mentions(item).into_iter();
        let in_documents = in_documents.map(|(file, range)| MentionLink {
            r#in: "document",
            role: None,
            place: self.place(file, range),
            basis: Basis::Declared.as_str(),
        });
        in_code.chain(in_documents).collect()
    }

    /// A place in a source file with the items it serves.
    pub(crate) fn source(self, file: FileId, place: CodePlace) -> SourceOf {
        let graph = self.graph;
        let (root, path) = self.file(file);
        let facts = graph.source(file).map(|source| &source.facts);
        let symbol = place.symbol.and_then(|at| {
            let it = facts?.symbols.get(at as usize)?;
            Some((it.qualified_name(), it.name_range))
        });
        let test = place.test.and_then(|at| {
            let it = facts?.tests.get(at as usize)?;
            Some((it.full_name.clone(), it.name_range))
        });
        let named = |it: Option<(String, TextRange)>| {
            it.map(|(name, range)| NamedPlace {
                name,
                place: self.place(file, range),
            })
        };
        let serves = graph.serves(file, place);
        let via = |&(basis, via): &(Basis, Via)| {
            let (by, address, qualified, place) = match via {
                Via::Task(task) => {
                    let item = self.item(task, None)?;
                    ("task", Some(item.address), item.qualified, item.place)
                }
                Via::Mention(at) => {
                    let mention = facts?.mentions.get(at as usize)?;
                    let place = self.place(file, mention.mention.range);
                    ("mention", None, None, place)
                }
            };
            Some(ViaLink {
                by,
                address,
                qualified,
                place,
                basis: basis.as_str(),
            })
        };
        let ambiguous = serves.ambiguous.iter().filter_map(|at| {
            let mention = facts?.mentions.get(*at as usize)?;
            let links = graph.code_links(file).iter();
            let meant = links.filter(|link| link.mention == *at);
            let candidates: Vec<&ItemRef> = meant.flat_map(|link| link.resolved.items()).collect();
            Some(AmbiguousLink {
                place: self.place(file, mention.mention.range),
                qualified: candidates
                    .iter()
                    .filter_map(|item| self.qualified(**item))
                    .collect(),
                candidates: candidates.iter().map(|item| self.address(**item)).collect(),
            })
        });
        SourceOf {
            root,
            path,
            role: role(graph.role(file)),
            symbol: named(symbol),
            test: named(test),
            items: serves
                .items
                .iter()
                .filter_map(|served| {
                    Some(ServedLink {
                        item: self.item(served.item, Some(served.basis))?,
                        via: served.via.iter().filter_map(via).collect(),
                    })
                })
                .collect(),
            ambiguous: ambiguous.collect(),
        }
    }
}

/// The innermost item of a document that covers some line; one that begins there comes first.
pub(crate) fn item_at(
    feature: &trace::Feature,
    document: &FeatureDocument,
    line: TextRange,
) -> Option<ItemRef> {
    let items = (0..).zip(&document.facts().items);
    let covering = items.filter(|(_, item)| {
        item.range.contains_inclusive(line.end()) || item.range.contains_inclusive(line.start())
    });
    let innermost =
        covering.min_by_key(|(_, item)| (!line.contains_range(item.title_range), item.range.len()));
    innermost.map(|(at, _)| ItemRef {
        feature: feature.id,
        file: document.file,
        item: at,
    })
}

fn role(role: FileRole) -> &'static str {
    match role {
        FileRole::Code => "code",
        FileRole::Test => "test",
        FileRole::Other => "other",
    }
}

/// A range in people's units.
pub(crate) fn points(lines: &LineIndex, range: TextRange) -> Range {
    let point = |offset: TextSize| {
        let at = lines.position(offset, Encoding::Utf32);
        Point {
            line: at.line + 1,
            column: at.character + 1,
            byte: offset.into(),
        }
    };
    Range {
        start: point(range.start()),
        end: point(range.end()),
    }
}

#[cfg(test)]
impl ChainOf {
    /// An item of this id, title and address, with one link of every sort that has this name.
    pub(crate) fn of_one(name: &str) -> Self {
        let place = || Place {
            root: name.to_owned(),
            path: name.to_owned(),
            range: Range::default(),
        };
        let item = |basis, state| ItemLink {
            address: name.to_owned(),
            qualified: None,
            id: name.to_owned(),
            kind: "requirement",
            title: name.to_owned(),
            state,
            place: place(),
            basis,
        };
        let basis = Basis::Declared.as_str();
        let through = vec![name.to_owned()];
        Self {
            item: item(None, None),
            serves: vec![item(Some(basis), None)],
            tasks: vec![item(Some(basis), Some("open"))],
            files: vec![FileLink {
                root: name.to_owned(),
                path: name.to_owned(),
                role: "code",
                basis,
                named_at: place(),
                through: through.clone(),
            }],
            symbols: vec![SymbolLink {
                name: name.to_owned(),
                kind: "function",
                place: place(),
                covered: Some(true),
                basis,
                through: through.clone(),
            }],
            tests: vec![TestLink {
                name: name.to_owned(),
                skipped: false,
                asserts: true,
                run: None,
                place: place(),
                basis,
                through,
            }],
            mentions: vec![MentionLink {
                r#in: "code",
                role: None,
                place: place(),
                basis,
            }],
            elsewhere: Vec::new(),
            released: None,
        }
    }
}
