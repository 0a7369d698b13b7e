//! Operations of contracts against the routes that serve them, and what a changed contract breaks: for whom.
//!
//! Three-valued: a route that is written out serves an operation or does not; whatever is mounted, built or computed
//! elsewhere makes it unknown. What other repositories do comes from their roots or from the facts they published.

mod between;
mod breaks;
mod by_files;
mod clients;
mod consumers;
mod endpoints;
mod mounts;
mod paths;
mod serving;

pub(crate) use between::crossings;
pub use breaks::{Break, BreakKind};
pub use clients::{At, CallUse, Client, NameUse, TypeUse, Use};
pub use consumers::Consumer;
pub(crate) use endpoints::Endpoints;
pub(crate) use paths::meets;
pub use serving::{Excess, OperationLink, RoutePlace, Serving};

use documents::ItemKind;
use rustc_hash::FxHashSet;
use text::FileId;

use crate::feature::{Feature, FeatureDocument};
use crate::graph::Mark;
use crate::inputs::SourceFile;
use crate::{FeatureState, Graph};

/// What a feature's contracts come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contracts {
    /// Its operations, by document and place.
    pub operations: Vec<OperationLink>,
    /// Routes of a service that its contract covers, and that no contract has.
    pub excess: Vec<Excess>,
    /// What its contracts promised at the base and do not any more.
    pub breaks: Vec<Break>,
    /// Contracts whose base cannot be told, and why.
    pub uncompared: Vec<(FileId, &'static str)>,
}

/// Whether a feature's operations are looked for.
pub(crate) fn is_asked(feature: &Feature) -> bool {
    feature.state != FeatureState::Archived && has_operations(feature)
}

fn has_operations(feature: &Feature) -> bool {
    feature.documents.iter().any(is_contract)
}

/// Whether a document has operations.
pub(crate) fn is_contract(document: &FeatureDocument) -> bool {
    let mut items = document.facts().items.iter();
    items.any(|item| item.kind == ItemKind::Operation)
}

/// Whether a source says anything that contracts are held against.
pub(crate) fn matters(source: &SourceFile) -> bool {
    let facts = &source.facts;
    !facts.routes.is_empty()
        || !facts.mounts.is_empty()
        || !facts.http_calls.is_empty()
        || !facts.reads.is_empty()
}

impl Graph {
    /// Whether any feature has operations, so that routes and calls of sources are asked for.
    #[must_use]
    pub fn has_operations(&self) -> bool {
        self.has(Mark::Operations)
    }

    /// Whether a contract is not what it was at the base: then who relies on it is asked for, with all that links say.
    #[must_use]
    pub fn has_breaks(&self) -> bool {
        self.has(Mark::Breaks)
    }

    /// Sources that calling code imports: types that are read from answers may be declared there.
    #[must_use]
    pub fn wanted_by_clients(&self) -> FxHashSet<FileId> {
        let calling = self.inputs().sources.iter();
        let calling = calling.filter(|(_, source)| clients::calls(&source.facts));
        calling
            .flat_map(|(file, source)| {
                let imports = source.facts.imports.iter();
                imports.filter_map(|import| self.imported(*file, source, import, None))
            })
            .collect()
    }

    /// Works out anew what the contracts of all features come to. `changed`: contracts, or what they are held against;
    /// else only who relies on what is broken may be another.
    pub(crate) fn find_contracts(&mut self, changed: bool) {
        if !self.has_operations() {
            self.forget_contracts();
            return;
        }
        let compared = self.has(Mark::Base);
        if !changed && !compared {
            return;
        }
        let broken: Vec<_> = self
            .features()
            .iter()
            .map(|feature| is_asked(feature).then(|| breaks::of_feature(self, feature)))
            .collect();
        let any = broken
            .iter()
            .flatten()
            .any(|(breaks, _)| !breaks.is_empty());
        let clients = if any { self.all_clients() } else { Vec::new() };
        let endpoints = changed.then(|| Endpoints::of(self));
        let alone = self.inputs().tree.roots().len() < 2;
        let features = self.features().iter().zip(broken);
        let found: Vec<Contracts> = features
            .map(|(feature, broken)| {
                let Some((mut breaks, uncompared)) = broken else {
                    return Contracts::default();
                };
                let (operations, excess) = if let Some(endpoints) = &endpoints {
                    let operations = serving::of_feature(self, feature, endpoints);
                    let excess = serving::excess(self, feature, endpoints, &operations);
                    (operations, excess)
                } else {
                    let before = &feature.contracts;
                    (before.operations.clone(), before.excess.clone())
                };
                for each in &mut breaks {
                    each.consumers = consumers::of(alone, feature, each, &operations, &clients);
                }
                Contracts {
                    operations,
                    excess,
                    breaks,
                    uncompared,
                }
            })
            .collect();
        self.put_contracts(&found);
    }

    fn forget_contracts(&mut self) {
        let none = Contracts::default();
        if self
            .features()
            .iter()
            .all(|feature| *feature.contracts == none)
        {
            return;
        }
        let none = vec![none; self.features().len()];
        self.put_contracts(&none);
    }

    /// The links of an operation to the routes that serve it.
    #[must_use]
    pub fn routes_of(&self, item: crate::ItemRef) -> &[RoutePlace] {
        let feature = self.feature(item.feature);
        let link = feature.and_then(|feature| {
            let mut links = feature.contracts.operations.iter();
            links.find(|link| link.file == item.file && link.item == item.item)
        });
        link.map_or(&[], |link| link.serving.routes())
    }

    /// Who calls an operation, by its path or its name: here, and where only facts are.
    pub(crate) fn callers_of(&self, feature: &Feature, item: crate::ItemRef) -> Vec<Consumer> {
        let (Some(document), Some(it)) = (feature.document(item.file), feature.item(item)) else {
            return Vec::new();
        };
        let Some(contract) = document.facts().contract.as_deref() else {
            return Vec::new();
        };
        if it.kind != ItemKind::Operation {
            return Vec::new();
        }
        let serving: Vec<FileId> = self
            .routes_of(item)
            .iter()
            .map(|route| route.file)
            .collect();
        let alone = self.inputs().tree.roots().len() < 2;
        consumers::of_operation(alone, contract, &it.id, &serving, &self.all_clients())
    }

    /// Symbols that answer an operation.
    pub(crate) fn handlers_of(&self, item: crate::ItemRef) -> Vec<crate::SymbolRef> {
        let feature = self.feature(item.feature);
        let mut links = feature
            .iter()
            .flat_map(|feature| &feature.contracts.operations);
        let link = links.find(|link| link.file == item.file && link.item == item.item);
        let Some(link) = link else { return Vec::new() };
        let basis = match &link.serving {
            Serving::Served(_) => crate::Basis::Contract,
            _ => crate::Basis::Inferred,
        };
        let routes = link.serving.routes().iter();
        let handlers = routes.filter_map(|route| Some((route.file, route.symbol?)));
        handlers
            .map(|(file, symbol)| crate::SymbolRef {
                file,
                symbol,
                basis,
            })
            .collect()
    }
}
