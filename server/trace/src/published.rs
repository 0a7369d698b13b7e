//! What a repository tells others of itself, for where it is not checked out: the addresses of its items with the code
//! that is linked to them, and the items of other repositories that its code and documents name. No text of either.

use documents::ItemKind;
use serde::{Deserialize, Serialize};
use text::FileId;

use crate::feature::ItemRef;
use crate::mentions::{Named, defined, lookup_key, qualified};
use crate::{Basis, FileRole, Graph, Resolved, RootId, Target};

/// Version of the form below. It only grows.
pub const PUBLISHED_SCHEMA: u32 = 1;

/// The facts of one repository.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Published {
    /// [`PUBLISHED_SCHEMA`] of who wrote it.
    pub schema: u32,
    /// What the repository is called.
    pub repository: String,
    /// The commit that was checked out; its working tree may have been changed.
    #[serde(default)]
    pub commit: Option<String>,
    /// Its features and capabilities, by path.
    #[serde(default)]
    pub features: Vec<PublishedFeature>,
    /// What its files name of other repositories, by path and line.
    #[serde(default)]
    pub mentions: Vec<PublishedMention>,
    /// HTTP routes that its code registers and that are written out, by path.
    #[serde(default)]
    pub routes: Vec<PublishedRoute>,
    /// Files that call other programs, by path.
    #[serde(default)]
    pub clients: Vec<PublishedClient>,
    /// Its contracts, by path.
    #[serde(default)]
    pub contracts: Vec<PublishedContract>,
}

/// A route that is registered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PublishedRoute {
    /// Upper case; `*` for all.
    pub methods: Vec<String>,
    /// `/parcels/{code}`, as far as it is known.
    pub route: String,
    /// Nothing stands before it that is not known.
    pub complete: bool,
    /// The file.
    pub path: String,
    /// From 1.
    pub line: u32,
}

/// A file that calls other programs: what it calls, the names it uses, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PublishedClient {
    /// The file.
    pub path: String,
    /// Its HTTP calls.
    #[serde(default)]
    pub calls: Vec<PublishedCall>,
    /// Names of members and keys that it uses, and of what it calls.
    #[serde(default)]
    pub names: Vec<PublishedName>,
    /// Types with fields that it declares or imports.
    #[serde(default)]
    pub types: Vec<PublishedType>,
    /// Ids of the requirements that it serves: `002/FR-001`.
    #[serde(default)]
    pub requirements: Vec<String>,
    /// Their tests: path and line.
    #[serde(default)]
    pub tests: Vec<String>,
}

/// An HTTP call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PublishedCall {
    /// Upper case; `*` for all.
    pub methods: Vec<String>,
    /// `/parcels/{code}`, without host and query.
    pub path: String,
    /// Nothing can stand before the path.
    #[serde(default)]
    pub complete: bool,
    /// From 1.
    pub line: u32,
}

/// A name that a client uses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PublishedName {
    /// The name.
    pub name: String,
    /// `member`, `key`, `called`, `field`.
    pub how: String,
    /// Its file, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// From 1.
    pub line: u32,
}

/// A type with fields.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PublishedType {
    /// Its name.
    pub name: String,
    /// Its fields, by their names on the wire.
    pub fields: Vec<PublishedName>,
}

/// A contract.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PublishedContract {
    /// The document.
    pub path: String,
    /// Its operations: `GET /parcels/{code}`, `Parcels.Find`.
    pub operations: Vec<String>,
}

/// A feature or capability.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PublishedFeature {
    /// From the repository's root.
    pub path: String,
    /// `spec-kit`, `kiro`, `openspec`.
    pub format: String,
    /// In the order of its documents.
    pub items: Vec<PublishedItem>,
}

/// An item that others may name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PublishedItem {
    /// `specs/003-auth#FR-008`
    pub address: String,
    /// Its id, as a mention has it; an `OpenSpec` requirement's name.
    pub id: String,
    /// `requirement`, `story` ...
    pub kind: String,
    /// Its document.
    pub path: String,
    /// From 1.
    pub line: u32,
    /// The code that serves it.
    #[serde(default)]
    pub code: Vec<PublishedCode>,
}

/// A file, or a symbol or test in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PublishedCode {
    /// `file`, `symbol` or `test`.
    pub what: String,
    /// Its file.
    pub path: String,
    /// Of its name, from 1; of a file nothing.
    #[serde(default)]
    pub line: Option<u32>,
    /// With the names around it; of a file nothing.
    #[serde(default)]
    pub name: Option<String>,
    /// Why the link is believed.
    pub basis: String,
}

/// A place that names an item of another repository.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PublishedMention {
    /// The file.
    pub path: String,
    /// From 1.
    pub line: u32,
    /// The repository as it is named there: the first directory of a path.
    #[serde(default)]
    pub repository: Option<String>,
    /// The feature as it is named there.
    pub feature: String,
    /// The id as it is named there.
    pub id: String,
    /// It stands in a test, or in a file of tests.
    #[serde(default)]
    pub test: bool,
}

/// Which mention of which repository's facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere<'a> {
    /// Who published it.
    pub repository: &'a Published,
    /// What it names.
    pub mention: &'a PublishedMention,
}

/// Kinds of items that others may name.
fn is_public(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Story
            | ItemKind::Scenario
            | ItemKind::Requirement
            | ItemKind::SuccessCriterion
            | ItemKind::Criterion
            | ItemKind::Property
            | ItemKind::Entity
            | ItemKind::Operation
    )
}

impl Graph {
    /// What one root of this workspace has to tell others. `commit` is what is checked out there, `kind_name` the word of
    /// machine formats for a kind of item.
    #[must_use]
    pub fn publish(
        &self,
        root: RootId,
        commit: Option<String>,
        kind_name: fn(ItemKind) -> &'static str,
    ) -> Published {
        let features = self.features().iter().filter(|each| each.root == root);
        let features = features.map(|feature| PublishedFeature {
            path: feature.path.to_string(),
            format: feature.format().as_str().to_owned(),
            items: feature
                .items()
                .filter(|(_, item)| is_public(item.kind) && !item.id.is_empty())
                .filter_map(|(at, item)| {
                    Some(PublishedItem {
                        address: feature.key(at)?.to_string(),
                        id: item.id.to_string(),
                        kind: kind_name(item.kind).to_owned(),
                        path: self.inputs().tree.path_str(at.file).to_owned(),
                        line: self.line(at.file, item.range.start())?,
                        code: self.published_code(root, at),
                    })
                })
                .collect(),
        });
        let mut features: Vec<PublishedFeature> = features.collect();
        features.sort_by(|a, b| a.path.cmp(&b.path));
        let mut mentions = self.outward_mentions(root);
        mentions.sort_by(|a, b| (&a.path, a.line, &a.id).cmp(&(&b.path, b.line, &b.id)));
        mentions.dedup();
        let repository = self.inputs().tree.root_name(root);
        Published {
            routes: self.published_routes(root),
            clients: self.published_clients(root),
            contracts: self.published_contracts(root),
            schema: PUBLISHED_SCHEMA,
            repository: repository.to_string(),
            commit,
            features,
            mentions,
        }
    }

    /// A line from 1.
    fn line(&self, file: FileId, at: text::TextSize) -> Option<u32> {
        let inputs = self.inputs();
        let document = inputs.documents.get(&file).map(|it| &it.lines);
        let lines = document.or_else(|| inputs.sources.get(&file).map(|it| &it.lines))?;
        Some(lines.line(at) + 1)
    }

    fn published_code(&self, root: RootId, item: ItemRef) -> Vec<PublishedCode> {
        let tree = &self.inputs().tree;
        let own = |file: FileId| tree.path(file).is_some_and(|(of, _)| of == root);
        let chain = self.chain(item);
        let files = chain.files.iter().map(|linked| PublishedCode {
            what: "file".to_owned(),
            path: tree.path_str(linked.file).to_owned(),
            basis: Basis::Task.as_str().to_owned(),
            ..PublishedCode::default()
        });
        let named = |what: &str, file: FileId, name: &str, at, basis: Basis| PublishedCode {
            what: what.to_owned(),
            path: tree.path_str(file).to_owned(),
            line: self.line(file, at),
            name: Some(name.to_owned()),
            basis: basis.as_str().to_owned(),
        };
        let symbols = chain.symbols.iter().filter(|it| own(it.file));
        let symbols = symbols.filter_map(|it| {
            let found = self.source(it.file)?;
            let symbol = found.facts.symbols.get(it.symbol as usize)?;
            let at = symbol.name_range.start();
            Some(named(
                "symbol",
                it.file,
                &symbol.qualified_name(),
                at,
                it.basis,
            ))
        });
        let tests = chain.tests.iter().filter(|it| own(it.file));
        let tests = tests.filter_map(|it| {
            let found = self.source(it.file)?;
            let test = found.facts.tests.get(it.test as usize)?;
            let at = test.name_range.start();
            Some(named("test", it.file, &test.full_name, at, it.basis))
        });
        files
            .zip(chain.files.iter())
            .filter(|(_, linked)| own(linked.file))
            .map(|(code, _)| code)
            .chain(symbols)
            .chain(tests)
            .collect()
    }

    /// Mentions with a feature that is none of this root.
    fn outward_mentions(&self, root: RootId) -> Vec<PublishedMention> {
        let inputs = self.inputs();
        let here = |feature: crate::FeatureId| {
            self.feature(feature)
                .is_some_and(|feature| feature.root == root)
        };
        let mut found = Vec::new();
        for (file, source) in &inputs.sources {
            let Some((_, path)) = inputs.tree.path(*file).filter(|(of, _)| *of == root) else {
                continue;
            };
            let links = self.code_links(*file);
            for (at, each) in (0..).zip(&source.facts.mentions) {
                let home = links.iter().find(|link| link.mention == at);
                let at_home = home.is_some_and(|link| match &link.resolved {
                    Resolved::Undefined(feature) => here(*feature),
                    resolved => resolved.items().iter().any(|item| here(item.feature)),
                });
                let named = match (&each.mention.qualifier, source.facts.head.as_slice()) {
                    (Some(qualifier), _) => Named::from(qualifier),
                    (None, [head]) => Named::from(head),
                    _ => continue,
                };
                if at_home {
                    continue;
                }
                found.push(PublishedMention {
                    path: path.to_string(),
                    line: source.lines.line(each.mention.range.start()) + 1,
                    repository: named.repository.map(str::to_owned),
                    feature: named.feature.to_owned(),
                    id: lookup_key(&each.mention).to_string(),
                    test: each.test.is_some() || self.role(*file) == FileRole::Test,
                });
            }
        }
        for feature in self.features().iter().filter(|each| each.root == root) {
            for reference in &feature.references {
                let outward = match &reference.target {
                    Target::Foreign => true,
                    Target::Undefined(feature) => !here(*feature),
                    target => {
                        let items = target.items();
                        !items.is_empty() && !items.iter().any(|item| here(item.feature))
                    }
                };
                let document = feature.document(reference.file);
                let mention =
                    document.and_then(|it| it.facts().mentions.get(reference.mention as usize));
                let Some((mention, document)) = mention.zip(document).filter(|_| outward) else {
                    continue;
                };
                let Some(qualifier) = &mention.qualifier else {
                    continue;
                };
                found.push(PublishedMention {
                    path: document.path.to_string(),
                    line: document.doc.lines.line(mention.range.start()) + 1,
                    repository: qualifier.repository.as_ref().map(ToString::to_string),
                    feature: qualifier.feature.to_string(),
                    id: lookup_key(mention).to_string(),
                    test: false,
                });
            }
        }
        found
    }

    /// Places in repositories that are not checked out which name an item of this workspace, as far as they have
    /// published them.
    #[must_use]
    pub fn named_elsewhere(&self, item: ItemRef) -> Vec<Elsewhere<'_>> {
        let published = self.inputs().published.iter();
        let all = published.flat_map(|repository| {
            let mentions = repository.mentions.iter();
            mentions.map(move |mention| Elsewhere {
                repository,
                mention,
            })
        });
        all.filter(|each| self.is_meant(each.mention, item))
            .collect()
    }

    /// Whether a place elsewhere means this item and no other: its repository is named, or its feature's name is the only
    /// one. A number alone means a feature of the place's own repository.
    fn is_meant(&self, mention: &PublishedMention, item: ItemRef) -> bool {
        let named = Named {
            feature: &mention.feature,
            repository: mention.repository.as_deref(),
        };
        let candidates = self.candidates();
        let meant = match named.repository {
            Some(repository) if self.has_root(repository) => {
                qualified(candidates, RootId(u16::MAX), None, named)
                    .into_iter()
                    .filter(|each| each.repository == repository)
                    .collect()
            }
            _ if named.feature.parse::<u64>().is_ok() => Vec::new(),
            _ => qualified(candidates, RootId(u16::MAX), None, named),
        };
        matches!(meant.as_slice(), [one] if one.id == item.feature
            && defined(one, &mention.id).contains(&item))
    }

    fn has_root(&self, name: &str) -> bool {
        let roots = self.inputs().tree.roots();
        roots.iter().any(|root| root.name == name)
    }

    /// Items of repositories that are not checked out, by address, or by feature and id: `billing/specs/002-pay#FR-001`,
    /// `002-pay/FR-001`.
    #[must_use]
    pub fn published_items(&self, what: &str) -> Vec<(&Published, &PublishedItem)> {
        let published = self.inputs().published.iter();
        let all = published.flat_map(|repository| {
            let features = repository.features.iter();
            features.flat_map(move |feature| {
                let items = feature.items.iter();
                items.map(move |item| (repository, feature, item))
            })
        });
        let (unit, id) = what
            .rsplit_once('#')
            .or_else(|| what.rsplit_once('/'))
            .unwrap_or(("", what));
        let called = |repository: &Published, feature: &PublishedFeature| {
            let own = unit
                .strip_prefix(repository.repository.as_str())
                .and_then(|rest| rest.strip_prefix('/'));
            [Some(unit), own]
                .into_iter()
                .flatten()
                .any(|unit| feature.path == unit || feature.path.rsplit('/').next() == Some(unit))
        };
        all.filter(|(repository, feature, item)| {
            item.address == what || item.id == id && called(repository, feature)
        })
        .map(|(repository, _, item)| (repository, item))
        .collect()
    }
}
