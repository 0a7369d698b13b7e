//! Whether a route serves an operation.

use code::{Framework, Methods};
use documents::{Contract, ContractStyle, ItemIndex, ItemKind};
use smol_str::SmolStr;
use text::{FileId, TextRange};

use super::endpoints::{Endpoint, Endpoints};
use super::paths::{has_words, http, join, may_be, may_hold, segments};
use crate::feature::{Feature, FeatureDocument};
use crate::{Graph, RootId};

/// An operation of a contract, and what serves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationLink {
    /// The contract.
    pub file: FileId,
    /// Which of its items.
    pub item: ItemIndex,
    /// Whether it is served.
    pub serving: Serving,
}

/// Whether an operation is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Serving {
    /// By these routes.
    Served(Vec<RoutePlace>),
    /// Perhaps by these; why that is not certain.
    Perhaps(Vec<RoutePlace>, &'static str),
    /// No route of the service that serves the rest of the contract.
    Absent {
        /// Routes of the same path for other methods.
        others: Vec<RoutePlace>,
        /// A route of that service.
        service: Vec<RoutePlace>,
    },
    /// Cannot be told; the words say why.
    Unknown(&'static str),
}

impl Serving {
    /// The routes that serve it, or may.
    #[must_use]
    pub fn routes(&self) -> &[RoutePlace] {
        match self {
            Self::Served(routes) | Self::Perhaps(routes, _) => routes,
            Self::Absent { .. } | Self::Unknown(_) => &[],
        }
    }
}

/// A route in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutePlace {
    /// The source.
    pub file: FileId,
    /// The bytes of its path, or of what stands for it.
    pub range: TextRange,
    /// `GET`, `GET, POST`; `any`.
    pub methods: SmolStr,
    /// With all that is known to stand before it.
    pub path: SmolStr,
    /// The source's path from its root.
    pub source: SmolStr,
    /// The handler among the source's symbols.
    pub symbol: Option<u32>,
}

/// A route that no contract has, of a service whose contract has most of its routes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excess {
    /// The contract that has the others.
    pub file: FileId,
    /// The bytes in it that hold its operations.
    pub range: TextRange,
    /// The route.
    pub route: RoutePlace,
    /// Routes of the service that the contracts have, of how many.
    pub covered: (u32, u32),
}

/// An operation by method and path.
#[derive(Debug)]
pub(super) struct Wanted {
    method: SmolStr,
    /// Its paths with each base, and by itself.
    pub(super) whole: Vec<Vec<SmolStr>>,
    /// The path by itself.
    pub(super) own: Vec<SmolStr>,
}

impl Wanted {
    pub(super) fn of(id: &str, contract: Option<&Contract>) -> Option<Self> {
        let (method, path) = http(id)?;
        let own = segments(path);
        let mut whole = vec![own.clone()];
        for base in contract
            .iter()
            .flat_map(|contract| &contract.bases)
            .flatten()
        {
            whole.push(segments(&join(base, path)));
        }
        whole.sort_unstable();
        whole.dedup();
        Some(Self {
            method: method.into(),
            whole,
            own,
        })
    }
}

pub(super) fn answers(methods: &Methods, method: &str) -> Option<bool> {
    match methods {
        Methods::Any => Some(true),
        Methods::Only(all) => Some(
            all.iter().any(|each| each == method)
                // A route for GET answers HEAD.
                || method == "HEAD" && all.iter().any(|each| each == "GET"),
        ),
        Methods::Unknown => None,
    }
}

pub(super) fn of_feature(
    graph: &Graph,
    feature: &Feature,
    endpoints: &Endpoints,
) -> Vec<OperationLink> {
    let mut links = Vec::new();
    for document in &feature.documents {
        if super::is_contract(document) {
            of_document(graph, feature, document, endpoints, &mut links);
        }
    }
    links
}

fn of_document(
    graph: &Graph,
    feature: &Feature,
    document: &FeatureDocument,
    endpoints: &Endpoints,
    links: &mut Vec<OperationLink>,
) {
    let contract = document.facts().contract.as_deref();
    let first = links.len();
    let mut found: Vec<Found> = Vec::new();
    for (at, item) in document.facts().items_of(ItemKind::Operation) {
        let wanted = Wanted::of(&item.id, contract);
        let one = match &wanted {
            Some(_) if !endpoints.known => Found::Unknown("the sources are still being read"),
            Some(wanted) => find(feature.root, wanted, endpoints),
            None if contract.is_some_and(|it| it.style == ContractStyle::Rpc) => {
                Found::Unknown("which code implements a call of a service is not looked for")
            }
            None => Found::Unknown("it is no operation of an HTTP interface"),
        };
        found.push(one);
        links.push(OperationLink {
            file: document.file,
            item: at,
            serving: Serving::Unknown(""),
        });
    }
    // Where the others are served, the rest is looked for.
    let served = found.iter().filter_map(|one| match one {
        Found::Served(routes) => routes.first(),
        _ => None,
    });
    let mut services: Vec<&(RootId, SmolStr)> = served.map(|each| &each.service).collect();
    let count = services.len();
    services.sort_unstable();
    services.dedup();
    let home = match services.as_slice() {
        [one] if count * 2 >= found.len() => Ok(*one),
        [] => Err("no operation of its contract has a route in code"),
        [_] => Err("most of its contract has no route that is certain"),
        _ => Err("its contract is served by several services"),
    };
    for (link, one) in links[first..].iter_mut().zip(found.iter()) {
        link.serving = match one {
            Found::Served(routes) => Serving::Served(places(graph, routes)),
            Found::Perhaps(routes, why) => Serving::Perhaps(places(graph, routes), why),
            Found::Unknown(why) => Serving::Unknown(why),
            Found::Nowhere(others) => match home.and_then(|home| literal(endpoints, home)) {
                Err(why) => Serving::Unknown(why),
                Ok(rest) => Serving::Absent {
                    others: places(graph, others),
                    service: places(graph, &rest[..1.min(rest.len())]),
                },
            },
        };
    }
}

enum Found<'e> {
    Served(Vec<&'e Endpoint>),
    Perhaps(Vec<&'e Endpoint>, &'static str),
    /// No route; those of the same path for other methods.
    Nowhere(Vec<&'e Endpoint>),
    Unknown(&'static str),
}

fn find<'e>(root: RootId, wanted: &Wanted, endpoints: &'e Endpoints) -> Found<'e> {
    let exact = |one: &&Endpoint| one.path.is_some() && wanted.whole.contains(&one.segments);
    let same: Vec<&Endpoint> = endpoints.all.iter().filter(exact).collect();
    let serving = |sure: bool| {
        let mut all: Vec<&Endpoint> = same
            .iter()
            .copied()
            .filter(|one| {
                one.complete == sure && answers(&one.methods, &wanted.method) == Some(true)
            })
            .collect();
        // Its own repository comes first.
        if all.iter().any(|one| one.service.0 == root) {
            all.retain(|one| one.service.0 == root);
        }
        all
    };
    let certain = serving(true);
    if !certain.is_empty() {
        return Found::Served(certain);
    }
    // What is written is all of the path already.
    let unmounted = serving(false);
    if !unmounted.is_empty() && has_words(&wanted.own) {
        return Found::Served(unmounted);
    }
    // Under a prefix that the contract does not say.
    if has_words(&wanted.own) {
        let behind = |one: &&Endpoint| {
            one.service.0 == root
                && one.path.is_some()
                && one.segments.len() > wanted.own.len()
                && one.segments.ends_with(&wanted.own)
                && answers(&one.methods, &wanted.method) == Some(true)
        };
        let behind: Vec<&Endpoint> = endpoints.all.iter().filter(behind).collect();
        match behind.as_slice() {
            [] => {}
            [_] => return Found::Served(behind),
            _ => return Found::Perhaps(behind, "several routes end in its path"),
        }
    }
    let open = |one: &&Endpoint| {
        one.service.0 == root
            && one.path.is_some()
            && !one.complete
            && has_words(&one.segments)
            && answers(&one.methods, &wanted.method) == Some(true)
            && wanted
                .whole
                .iter()
                .any(|whole| whole.ends_with(&one.segments))
    };
    let open: Vec<&Endpoint> = endpoints.all.iter().filter(open).collect();
    if !open.is_empty() {
        return Found::Perhaps(open, "a router is mounted in a way that is not plain");
    }
    let like = |one: &&Endpoint| {
        if one.service.0 != root || answers(&one.methods, &wanted.method) == Some(false) {
            return false;
        }
        wanted.whole.iter().any(|whole| {
            let tail = whole.len().min(one.segments.len());
            may_be(&one.segments, whole)
                || may_hold(&one.segments, whole)
                // Beside its prefix.
                || tail > 0
                    && (!one.complete || whole.len() < one.segments.len())
                    && may_be(
                        &one.segments[one.segments.len() - tail..],
                        &whole[whole.len() - tail..],
                    )
        })
    };
    let mut written = endpoints.all.iter().filter(|one| one.path.is_some());
    if written.any(|one| like(&one)) {
        return Found::Perhaps(Vec::new(), "a route may have its path, and does not say so");
    }
    Found::Nowhere(same)
}

/// The routes of a service, if every one is written out.
fn literal<'e>(
    endpoints: &'e Endpoints,
    home: &(RootId, SmolStr),
) -> Result<Vec<&'e Endpoint>, &'static str> {
    if endpoints.lost.contains(home) {
        return Err("a router is mounted in a way that is not plain");
    }
    let own = endpoints.all.iter().filter(|one| one.service == *home);
    let own: Vec<&Endpoint> = own.collect();
    if own.iter().any(|one| one.path.is_none()) {
        return Err("a route of its service has a path that is not plain text");
    }
    if own.iter().any(|one| one.methods == Methods::Unknown) {
        return Err("a route of its service has methods that are not plain text");
    }
    if own
        .iter()
        .any(|one| !one.complete && one.framework != Some(Framework::Spring))
    {
        return Err("a router is mounted in a way that is not plain");
    }
    Ok(own)
}

fn places(graph: &Graph, endpoints: &[&Endpoint]) -> Vec<RoutePlace> {
    let place = |one: &&Endpoint| RoutePlace {
        file: one.file,
        range: one.range,
        methods: match &one.methods {
            Methods::Only(all) => all.join(", ").into(),
            Methods::Any | Methods::Unknown => "any".into(),
        },
        path: one.path.clone().unwrap_or_default(),
        source: graph.inputs().tree.path_str(one.file).into(),
        symbol: one.symbol,
    };
    let mut found: Vec<RoutePlace> = endpoints.iter().map(place).take(8).collect();
    found.dedup();
    found
}

/// Routes of the service that a feature's contract covers, and that no contract of any feature has.
pub(super) fn excess(
    graph: &Graph,
    feature: &Feature,
    endpoints: &Endpoints,
    operations: &[OperationLink],
) -> Vec<Excess> {
    let mut found = Vec::new();
    for document in &feature.documents {
        let Some(contract) = document.facts().contract.as_deref() else {
            continue;
        };
        if contract.style != ContractStyle::Http || !endpoints.known || !contract.whole {
            continue;
        }
        let own: Vec<&OperationLink> = operations
            .iter()
            .filter(|link| link.file == document.file)
            .collect();
        let served = own.iter().filter_map(|link| match &link.serving {
            Serving::Served(routes) => Some(routes.first()?.file),
            _ => None,
        });
        let mut homes: Vec<(RootId, SmolStr)> = served.map(|file| graph.service_of(file)).collect();
        homes.sort_unstable();
        homes.dedup();
        let [home] = homes.as_slice() else {
            continue;
        };
        let Ok(routes) = literal(endpoints, home) else {
            continue;
        };
        let covered: Vec<&&Endpoint> = routes
            .iter()
            .filter(|one| {
                let mut all = endpoints.wanted.iter();
                all.any(|(file, wanted)| *file == document.file && may_serve(one, wanted))
            })
            .collect();
        let (all, with) = (routes.len() as u32, covered.len() as u32);
        // Few routes say little; and a contract that has half of them was not written for all.
        if with < 4 || with * 5 < all * 4 {
            continue;
        }
        let others: Vec<&Endpoint> = routes
            .iter()
            .copied()
            .filter(|one| {
                let mut all = endpoints.wanted.iter();
                !all.any(|(_, wanted)| may_serve(one, wanted))
            })
            .collect();
        for route in places(graph, &others) {
            found.push(Excess {
                file: document.file,
                range: contract.place,
                route,
                covered: (with, all),
            });
        }
    }
    found
}

/// Whether a route may serve an operation.
fn may_serve(endpoint: &Endpoint, wanted: &Wanted) -> bool {
    answers(&endpoint.methods, &wanted.method) != Some(false)
        && (wanted
            .whole
            .iter()
            .any(|whole| may_be(whole, &endpoint.segments))
            || endpoint.segments.ends_with(&wanted.own) && has_words(&wanted.own))
}
