//! All routes of a workspace with their full paths.

use std::sync::Arc;

use code::{Framework, Methods, Route};
use documents::ItemKind;
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::by_files;
use super::mounts::Mounts;
use super::paths::{join, segments};
use super::serving::Wanted;
use crate::inputs::SourceFile;
use crate::published::{PublishedContract, PublishedRoute};
use crate::{Graph, RootId};

/// A route with all that stands before it.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(super) file: FileId,
    /// The bytes that register it.
    pub(super) range: TextRange,
    /// Its handler among the file's symbols.
    pub(super) symbol: Option<u32>,
    /// `None`: by the name of its file.
    pub(super) framework: Option<Framework>,
    pub(super) methods: Methods,
    /// `/api/users/{id}`; `None` where it is not written.
    pub(super) path: Option<SmolStr>,
    pub(super) segments: Vec<SmolStr>,
    /// Nothing is before it that is not written.
    pub(super) complete: bool,
    pub(super) service: (RootId, SmolStr),
}

/// All routes.
#[derive(Debug, Default)]
pub(crate) struct Endpoints {
    pub(super) all: Vec<Endpoint>,
    /// Services in which a router is mounted that is not found.
    pub(super) lost: Vec<(RootId, SmolStr)>,
    /// Every operation of an HTTP interface that a feature's contract has.
    pub(super) wanted: Vec<(FileId, Wanted)>,
    /// All sources were looked into.
    pub(super) known: bool,
}

impl Endpoints {
    pub(crate) fn of(graph: &Graph) -> Self {
        let mounts = Mounts::of(graph);
        let sources = graph.inputs().sources.iter();
        let mut files: Vec<(&FileId, &Arc<SourceFile>)> = sources
            .filter(|(file, source)| !source.facts.routes.is_empty() && graph.is_program(**file))
            .collect();
        files.sort_unstable_by_key(|(file, _)| **file);
        let mut all = Vec::new();
        for (file, source) in files {
            let service = graph.service_of(*file);
            for route in &source.facts.routes {
                for (before, complete) in mounts.before(*file, route) {
                    all.push(endpoint(*file, route, &before, complete, &service));
                }
            }
        }
        by_files::routes(graph, &mut all);
        let mut lost: Vec<(RootId, SmolStr)> = mounts
            .lost
            .iter()
            .map(|file| graph.service_of(*file))
            .collect();
        lost.sort_unstable();
        lost.dedup();
        let documents = graph.features().iter().flat_map(|each| &each.documents);
        let wanted = documents.flat_map(|document| {
            let contract = document.facts().contract.as_deref();
            let operations = document.facts().items_of(ItemKind::Operation);
            operations
                .filter_map(move |(_, item)| Some((document.file, Wanted::of(&item.id, contract)?)))
        });
        Self {
            wanted: wanted.collect(),
            all,
            lost,
            known: graph.inputs().endpoints_read,
        }
    }

    /// The full paths of one route.
    pub(crate) fn paths_of(&self, file: FileId, route: TextRange) -> Vec<SmolStr> {
        let own = self
            .all
            .iter()
            .filter(|one| one.file == file && one.range == route);
        own.filter_map(|one| one.path.clone()).collect()
    }
}

fn endpoint(
    file: FileId,
    route: &Route,
    before: &str,
    complete: bool,
    service: &(RootId, SmolStr),
) -> Endpoint {
    let path = route.template.as_ref().map(|path| {
        let full = join(before, path);
        SmolStr::new(if full.is_empty() { "/" } else { &full })
    });
    Endpoint {
        file,
        range: route.range,
        symbol: route.symbol,
        framework: Some(route.framework),
        methods: route.methods.clone(),
        segments: path.as_deref().map(segments).unwrap_or_default(),
        path,
        complete,
        service: service.clone(),
    }
}

impl Graph {
    /// The routes of one root that are written out.
    pub(crate) fn published_routes(&self, root: RootId) -> Vec<PublishedRoute> {
        let endpoints = Endpoints::of(self);
        let own = endpoints.all.iter().filter(|one| one.service.0 == root);
        let told = own.filter_map(|one| {
            let methods = match &one.methods {
                Methods::Only(all) => all.iter().map(ToString::to_string).collect(),
                Methods::Any => vec!["*".to_owned()],
                Methods::Unknown => return None,
            };
            let source = self.source(one.file)?;
            Some(PublishedRoute {
                methods,
                route: one.path.as_ref()?.to_string(),
                complete: one.complete,
                path: self.inputs().tree.path_str(one.file).to_owned(),
                line: source.lines.line(one.range.start()) + 1,
            })
        });
        let mut told: Vec<PublishedRoute> = told.collect();
        told.sort_by(|a, b| (&a.path, a.line, &a.route).cmp(&(&b.path, b.line, &b.route)));
        told
    }

    /// The contracts of one root, with their operations.
    pub(crate) fn published_contracts(&self, root: RootId) -> Vec<PublishedContract> {
        let features = self.features().iter().filter(|each| each.root == root);
        let documents = features.flat_map(|feature| &feature.documents);
        let contracts = documents.filter(|document| super::is_contract(document));
        let mut told: Vec<PublishedContract> = contracts
            .map(|document| {
                let operations = document.facts().items_of(ItemKind::Operation);
                PublishedContract {
                    path: document.path.to_string(),
                    operations: operations.map(|(_, item)| item.id.to_string()).collect(),
                }
            })
            .collect();
        told.sort_by(|a, b| a.path.cmp(&b.path));
        told
    }
}
