//! Which files call what other files serve: by the operations of contracts, and by routes that are written out.

use code::Methods;
use documents::ItemKind;
use smol_str::{SmolStr, format_smolstr};

use super::clients::Client;
use super::consumers::relies;
use super::paths::{has_words, segments};
use super::{Endpoints, is_contract};
use crate::{Graph, RootId};

/// A call, from the file that makes it to the file that answers it. Paths are from the roots.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Crossing {
    pub(crate) from: (RootId, SmolStr),
    pub(crate) to: (RootId, SmolStr),
    /// `GET /parcels/{id}`
    pub(crate) what: SmolStr,
}

/// All calls of which both ends are known, sorted. A path that several files serve is no call of any.
pub(crate) fn crossings(graph: &Graph) -> Vec<Crossing> {
    let clients = graph.all_clients();
    if clients.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    by_operation(graph, &clients, &mut found);
    by_route(graph, &clients, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// Where a client is.
fn place(graph: &Graph, client: &Client) -> Option<(RootId, SmolStr)> {
    let tree = &graph.inputs().tree;
    if let Some(file) = client.file {
        return tree.path(file).map(|(root, path)| (root, path.clone()));
    }
    let mut roots = (0..).zip(tree.roots());
    let (at, _) = roots.find(|(_, root)| root.name == client.repository)?;
    Some((RootId(at), client.path.clone()))
}

fn by_operation(graph: &Graph, clients: &[Client], found: &mut Vec<Crossing>) {
    for feature in graph.features() {
        for document in feature.documents.iter().filter(|it| is_contract(it)) {
            let Some(contract) = document.facts().contract.as_deref() else {
                continue;
            };
            for (at, item) in document.facts().items_of(ItemKind::Operation) {
                let mut links = feature.contracts.operations.iter();
                let link = links.find(|link| link.file == document.file && link.item == at);
                let routes = link.map_or(&[][..], |link| link.serving.routes());
                let Some(route) = routes.first() else {
                    continue;
                };
                let Some((root, path)) = graph.inputs().tree.path(route.file) else {
                    continue;
                };
                for client in clients {
                    let own = routes.iter().any(|route| client.file == Some(route.file));
                    if own || !relies(client, &item.id, contract) {
                        continue;
                    }
                    found.extend(place(graph, client).map(|from| Crossing {
                        from,
                        to: (root, path.clone()),
                        what: item.id.clone(),
                    }));
                }
            }
        }
    }
}

/// A route with where it is registered.
struct Served {
    at: (RootId, SmolStr),
    methods: Option<Vec<SmolStr>>,
    segments: Vec<SmolStr>,
}

fn by_route(graph: &Graph, clients: &[Client], found: &mut Vec<Crossing>) {
    let tree = &graph.inputs().tree;
    let endpoints = Endpoints::of(graph);
    let mut served: Vec<Served> = Vec::new();
    for one in &endpoints.all {
        let methods = match &one.methods {
            Methods::Only(all) => Some(all.clone()),
            Methods::Any => None,
            Methods::Unknown => continue,
        };
        if one.path.is_some()
            && let Some((root, path)) = tree.path(one.file)
        {
            served.push(Served {
                at: (root, path.clone()),
                methods,
                segments: one.segments.clone(),
            });
        }
    }
    for repository in &*graph.inputs().published {
        let mut roots = (0..).zip(tree.roots());
        let named = |root: &crate::Root| root.name == repository.repository && root.absent;
        let Some((root, _)) = roots.find(|(_, root)| named(root)) else {
            continue;
        };
        for route in &repository.routes {
            let any = route.methods.iter().any(|method| method == "*");
            served.push(Served {
                at: (RootId(root), route.path.as_str().into()),
                methods: (!any).then(|| route.methods.iter().map(SmolStr::new).collect()),
                segments: segments(&route.route),
            });
        }
    }
    for client in clients {
        let Some(from) = place(graph, client) else {
            continue;
        };
        for call in &client.calls {
            let called = segments(&call.path);
            if !has_words(&called) {
                continue;
            }
            let may_ask = |one: &&Served| {
                let method =
                    |known: &SmolStr| call.methods.iter().any(|it| it == known || it == "*");
                one.methods
                    .as_ref()
                    .is_none_or(|all| all.iter().any(method))
            };
            let answers = served
                .iter()
                .filter(|one| one.segments == called && one.at != from)
                .filter(may_ask);
            let mut places: Vec<&(RootId, SmolStr)> = answers.map(|one| &one.at).collect();
            places.sort_unstable();
            places.dedup();
            if let [to] = places.as_slice() {
                let method = call.methods.first().map_or("*", SmolStr::as_str);
                found.push(Crossing {
                    from: from.clone(),
                    to: (*to).clone(),
                    what: format_smolstr!("{method} {}", call.path),
                });
            }
        }
    }
}
