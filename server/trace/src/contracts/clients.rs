//! Who calls others: files with HTTP calls or stubs, the names they use, the requirements and tests behind them. In one
//! form for files of this workspace and for those that other repositories published.

use code::{Methods, SourceFacts, SymbolKind};
use documents::ItemKind;
use rustc_hash::FxHashSet;
use smol_str::{SmolStr, ToSmolStr};
use text::{FileId, TextRange};

use crate::chain::CodePlace;
use crate::feature::ItemRef;
use crate::inputs::SourceFile;
use crate::published::{PublishedCall, PublishedClient, PublishedName, PublishedType};
use crate::{Basis, Graph, Published, RootId};

/// Most tests and requirements that are told of one file.
const MOST: usize = 8;

/// A place in a source, here or elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// From the repository's root.
    pub path: SmolStr,
    /// From 1.
    pub line: u32,
    /// The file and bytes, where the repository is here.
    pub here: Option<(FileId, TextRange)>,
}

/// A call of another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallUse {
    /// Upper case; `*` for all.
    pub methods: Vec<SmolStr>,
    /// `/parcels/{code}`
    pub path: SmolStr,
    /// Nothing can stand before the path.
    pub complete: bool,
    /// Where.
    pub at: At,
}

/// How a name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Use {
    /// The operation is called by its path.
    Calls,
    /// The operation is called by its name.
    Named,
    /// The name is read or written as a member.
    Member,
    /// The name is written as a string.
    Key,
    /// A field of a type has it.
    Field,
}

/// A name that is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameUse {
    /// As written, on the wire where that is said.
    pub name: SmolStr,
    /// How.
    pub how: Use,
    /// Where.
    pub at: At,
}

/// A type that is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeUse {
    /// Its name.
    pub name: SmolStr,
    /// Its fields.
    pub fields: Vec<NameUse>,
}

/// A file that calls other programs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Client {
    /// The repository it is in.
    pub repository: SmolStr,
    /// The file, where the repository is here.
    pub file: Option<FileId>,
    /// From the repository's root.
    pub path: SmolStr,
    /// Its calls.
    pub calls: Vec<CallUse>,
    /// Names that it uses.
    pub names: Vec<NameUse>,
    /// Types that it declares or imports.
    pub types: Vec<TypeUse>,
    /// Ids of requirements and stories that it serves.
    pub requirements: Vec<SmolStr>,
    /// Tests of them, and those that import it: path and line.
    pub tests: Vec<SmolStr>,
}

/// Whether a source calls others.
pub(super) fn calls(facts: &SourceFacts) -> bool {
    facts.http_calls.iter().any(|call| call.path.is_some())
        || facts.reads.iter().any(|read| read.called)
}

impl Graph {
    /// All that call others: here, and where only facts are.
    pub(super) fn all_clients(&self) -> Vec<Client> {
        let mut clients: Vec<Client> = self.clients_of(None);
        let published = self.inputs().published.iter();
        let here: Vec<SmolStr> = self
            .inputs()
            .tree
            .roots()
            .iter()
            .filter(|root| !root.absent)
            .map(|root| root.name.clone())
            .collect();
        for repository in published {
            // What is checked out says it itself.
            if !here.iter().any(|name| *name == repository.repository) {
                clients.extend(
                    repository
                        .clients
                        .iter()
                        .map(|each| of_published(repository, each)),
                );
            }
        }
        clients
    }

    fn clients_of(&self, root: Option<RootId>) -> Vec<Client> {
        let tree = &self.inputs().tree;
        let mut files: Vec<(RootId, &SmolStr, FileId, &SourceFile)> = self
            .inputs()
            .sources
            .iter()
            .filter(|(file, source)| calls(&source.facts) && self.is_program(**file))
            .filter_map(|(file, source)| {
                let (of, path) = tree.path(*file)?;
                root.is_none_or(|root| root == of)
                    .then_some((of, path, *file, &**source))
            })
            .collect();
        files.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        files
            .into_iter()
            .map(|(root, path, file, source)| self.client(root, path, file, source))
            .collect()
    }

    fn client(&self, root: RootId, path: &SmolStr, file: FileId, source: &SourceFile) -> Client {
        let facts = &source.facts;
        let calls = facts.http_calls.iter().filter_map(|call| {
            let methods = match &call.methods {
                Methods::Any => vec!["*".into()],
                Methods::Only(all) => all.clone(),
                Methods::Unknown => return None,
            };
            Some(CallUse {
                methods,
                path: call.path.clone()?,
                complete: call.complete,
                at: at(path, source, file, call.range),
            })
        });
        let names = facts.reads.iter().map(|read| NameUse {
            name: read.name.clone(),
            how: match (read.called, read.key) {
                (true, _) => Use::Named,
                (_, true) => Use::Key,
                _ => Use::Member,
            },
            at: at(path, source, file, read.range),
        });
        let mut types = self.types_of(file, source);
        let mut seen: FxHashSet<FileId> = FxHashSet::default();
        for import in &facts.imports {
            if let Some(other) = self.imported(file, source, import, None)
                && other != file
                && seen.insert(other)
                && let Some(source) = self.source(other)
            {
                types.extend(self.types_of(other, source));
            }
        }
        // What is in one package is seen without an import.
        if matches!(facts.language, Some(code::Language::Go)) {
            let directory = crate::tree::parent(path);
            let beside = self.inputs().sources.iter().filter(|(other, source)| {
                **other != file
                    && source.facts.language == Some(code::Language::Go)
                    && self.inputs().tree.path(**other).is_some_and(|(of, path)| {
                        of == root && crate::tree::parent(path) == directory
                    })
            });
            let mut beside: Vec<_> = beside.collect();
            beside.sort_unstable_by_key(|(file, _)| **file);
            types.extend(
                beside
                    .into_iter()
                    .flat_map(|(other, source)| self.types_of(*other, source)),
            );
        }
        let (requirements, tests) = self.behind(file, facts);
        Client {
            repository: self.inputs().tree.root_name(root),
            file: Some(file),
            path: path.clone(),
            calls: calls.collect(),
            names: names.collect(),
            types,
            requirements,
            tests,
        }
    }

    fn types_of(&self, file: FileId, source: &SourceFile) -> Vec<TypeUse> {
        let path = SmolStr::new(self.inputs().tree.path_str(file));
        let facts = &source.facts;
        let mut types: Vec<TypeUse> = Vec::new();
        for (index, symbol) in (0..).zip(&facts.symbols) {
            if symbol.kind != SymbolKind::Field {
                continue;
            }
            let Some(container) = symbol.container.as_deref() else {
                continue;
            };
            let name = container.rsplit('.').next().unwrap_or(container);
            let field = facts.fields.iter().find(|field| field.symbol == index);
            let wire = field.and_then(|field| field.wire.clone());
            let used = NameUse {
                name: wire.unwrap_or_else(|| symbol.name.clone()),
                how: Use::Field,
                at: at(&path, source, file, symbol.name_range),
            };
            match types.iter_mut().find(|each| each.name == name) {
                Some(known) => known.fields.push(used),
                None => types.push(TypeUse {
                    name: name.into(),
                    fields: vec![used],
                }),
            }
        }
        types
    }

    /// Requirements and stories that a file serves, and their tests with those that import it.
    fn behind(&self, file: FileId, facts: &SourceFacts) -> (Vec<SmolStr>, Vec<SmolStr>) {
        let mut items: Vec<ItemRef> = Vec::new();
        let whole = [CodePlace::default()];
        let calling = facts.http_calls.iter().filter_map(|call| call.symbol);
        let mut symbols: Vec<u32> = calling.collect();
        symbols.dedup();
        let places = symbols.into_iter().map(|symbol| CodePlace {
            symbol: Some(symbol),
            test: None,
        });
        for place in places.chain(whole) {
            let served = self.serves(file, place).items.into_iter();
            let sure = served.filter(|served| served.basis <= Basis::Task);
            items.extend(sure.map(|served| served.item));
        }
        items.sort_unstable();
        items.dedup();
        let wanted = |item: &ItemRef, stories: bool| {
            self.item(*item).is_some_and(|(_, it)| match it.kind {
                ItemKind::Requirement | ItemKind::SuccessCriterion | ItemKind::Criterion => true,
                ItemKind::Story => stories,
                _ => false,
            })
        };
        let requirements: Vec<ItemRef> = {
            let exact: Vec<ItemRef> = items
                .iter()
                .copied()
                .filter(|it| wanted(it, false))
                .collect();
            if exact.is_empty() {
                items
                    .iter()
                    .copied()
                    .filter(|it| wanted(it, true))
                    .collect()
            } else {
                exact
            }
        };
        let names = requirements.iter().filter_map(|item| {
            let (feature, it) = self.item(*item)?;
            let unit = feature.number.map_or_else(
                || feature.name.to_string(),
                |_| {
                    feature
                        .name
                        .split(['-', '_'])
                        .next()
                        .unwrap_or_default()
                        .to_owned()
                },
            );
            Some(smol_str::format_smolstr!("{unit}/{}", it.id))
        });
        let mut names: Vec<SmolStr> = names.collect();
        names.dedup();
        names.truncate(MOST);
        (names, self.tests_behind(file, &requirements))
    }

    fn tests_behind(&self, file: FileId, requirements: &[ItemRef]) -> Vec<SmolStr> {
        let tree = &self.inputs().tree;
        let root = tree.path(file).map(|(root, _)| root);
        let mut importing: Vec<SmolStr> = Vec::new();
        let mut others: Vec<SmolStr> = Vec::new();
        let mut sources: Vec<_> = self
            .inputs()
            .sources
            .iter()
            .filter(|(other, source)| {
                !source.facts.tests.is_empty()
                    && !self.is_program(**other)
                    && tree.path(**other).map(|(root, _)| root) == root
            })
            .collect();
        sources.sort_unstable_by_key(|(file, _)| **file);
        for (other, source) in sources {
            let mut imports = source.facts.imports.iter();
            let imports_it = imports.any(|import| {
                self.imported(*other, source, import, None) == Some(file)
                    || import
                        .names
                        .iter()
                        .any(|name| self.imported(*other, source, import, Some(name)) == Some(file))
            });
            if imports_it && let Some(test) = source.facts.tests.first() {
                let line = source.lines.line(test.name_range.start()) + 1;
                importing.push(smol_str::format_smolstr!(
                    "{}:{line}",
                    tree.path_str(*other)
                ));
            }
        }
        for item in requirements {
            for test in self.tests_of(*item) {
                if tree.path(test.file).map(|(root, _)| root) != root {
                    continue;
                }
                let Some(source) = self.source(test.file) else {
                    continue;
                };
                if let Some(found) = source.facts.tests.get(test.test as usize) {
                    let line = source.lines.line(found.name_range.start()) + 1;
                    let place = smol_str::format_smolstr!("{}:{line}", tree.path_str(test.file));
                    if !others.contains(&place) {
                        others.push(place);
                    }
                }
            }
        }
        importing.extend(others);
        let mut seen = FxHashSet::default();
        importing.retain(|place| seen.insert(place.clone()));
        importing.truncate(MOST);
        importing
    }

    /// What one root tells others of whom it calls.
    pub(crate) fn published_clients(&self, root: RootId) -> Vec<PublishedClient> {
        let clients = self.clients_of(Some(root)).into_iter();
        let told = clients.filter(|client| !client.calls.is_empty() || !client.names.is_empty());
        told.map(|client| PublishedClient {
            path: client.path.to_string(),
            calls: client
                .calls
                .iter()
                .map(|call| PublishedCall {
                    methods: call.methods.iter().map(ToString::to_string).collect(),
                    path: call.path.to_string(),
                    complete: call.complete,
                    line: call.at.line,
                })
                .collect(),
            names: client
                .names
                .iter()
                .map(|name| told_name(name, &client.path))
                .collect(),
            types: client
                .types
                .iter()
                .map(|each| PublishedType {
                    name: each.name.to_string(),
                    fields: each
                        .fields
                        .iter()
                        .map(|name| told_name(name, &client.path))
                        .collect(),
                })
                .collect(),
            requirements: client
                .requirements
                .iter()
                .map(ToString::to_string)
                .collect(),
            tests: client.tests.iter().map(ToString::to_string).collect(),
        })
        .collect()
    }
}

fn at(path: &SmolStr, source: &SourceFile, file: FileId, range: TextRange) -> At {
    At {
        path: path.clone(),
        line: source.lines.line(range.start()) + 1,
        here: Some((file, range)),
    }
}

fn told_name(used: &NameUse, home: &str) -> PublishedName {
    PublishedName {
        name: used.name.to_string(),
        how: match used.how {
            Use::Calls | Use::Named => "called",
            Use::Member => "member",
            Use::Key => "key",
            Use::Field => "field",
        }
        .to_owned(),
        path: (used.at.path != home).then(|| used.at.path.to_string()),
        line: used.at.line,
    }
}

fn of_published(repository: &Published, client: &PublishedClient) -> Client {
    let there = |path: &str, line: u32| At {
        path: path.into(),
        line,
        here: None,
    };
    let name = |each: &PublishedName| NameUse {
        name: each.name.as_str().into(),
        how: match each.how.as_str() {
            "called" => Use::Named,
            "key" => Use::Key,
            "field" => Use::Field,
            _ => Use::Member,
        },
        at: there(each.path.as_deref().unwrap_or(&client.path), each.line),
    };
    let calls = client.calls.iter().map(|call| CallUse {
        methods: call.methods.iter().map(ToSmolStr::to_smolstr).collect(),
        path: call.path.as_str().into(),
        complete: call.complete,
        at: there(&client.path, call.line),
    });
    let types = client.types.iter().map(|each| TypeUse {
        name: each.name.as_str().into(),
        fields: each.fields.iter().map(name).collect(),
    });
    Client {
        repository: repository.repository.as_str().into(),
        file: None,
        path: client.path.as_str().into(),
        calls: calls.collect(),
        names: client.names.iter().map(name).collect(),
        types: types.collect(),
        requirements: client
            .requirements
            .iter()
            .map(ToSmolStr::to_smolstr)
            .collect(),
        tests: client.tests.iter().map(ToSmolStr::to_smolstr).collect(),
    }
}
