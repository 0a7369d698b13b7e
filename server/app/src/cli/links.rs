//! What is linked to what, as plain values: `trace`, `coverage` and the matrix show the same, to people and machines.

mod elsewhere;
mod shape;

use documents::TaskState;
use text::{Encoding, FileId, LineIndex, TextRange, TextSize};
use trace::{Basis, CodePlace, FeatureDocument, FileRole, Graph, ItemRef, SymbolRef, TestRef, Via};

use super::json::{Point, Range, kind_name};
pub(crate) use elsewhere::{ElsewhereItem, ElsewhereLink};
pub(crate) use shape::{
    AmbiguousLink, ChainOf, FileLink, ItemLink, MentionLink, NamedPlace, Place, RunLink,
    ServedLink, SourceOf, SymbolLink, TestLink, ViaLink,
};

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

pub(crate) fn role(role: FileRole) -> &'static str {
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
