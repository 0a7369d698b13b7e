//! Who relies on what a contract does not promise any more.

use smol_str::{SmolStr, format_smolstr};

use super::breaks::Break;
use super::clients::{At, Client, Use};
use super::paths::{has_words, http, join, plain, segments};
use super::serving::{OperationLink, Serving};
use crate::feature::Feature;

/// A file that relies on a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consumer {
    /// The repository it is in.
    pub repository: SmolStr,
    /// Where.
    pub at: At,
    /// The same for people: `storefront/src/track.ts:14`; the repository is left out where there is one.
    pub place: SmolStr,
    /// How.
    pub how: Use,
    /// The name as it is used there; the path of a call.
    pub name: SmolStr,
    /// Ids of requirements and stories behind it: `002/FR-001`.
    pub requirements: Vec<SmolStr>,
    /// Their tests: path and line.
    pub tests: Vec<SmolStr>,
}

/// `alone`: there is no other repository.
fn place(client: &Client, at: &At, alone: bool) -> SmolStr {
    if alone && at.here.is_some() {
        format_smolstr!("{}:{}", at.path, at.line)
    } else {
        format_smolstr!("{}/{}:{}", client.repository, at.path, at.line)
    }
}

pub(super) fn of(
    alone: bool,
    feature: &Feature,
    broken: &Break,
    operations: &[OperationLink],
    clients: &[Client],
) -> Vec<Consumer> {
    // What serves the contract does not consume it.
    let serving: Vec<_> = operations
        .iter()
        .flat_map(|link| match &link.serving {
            Serving::Served(routes) => routes.as_slice(),
            _ => &[],
        })
        .map(|route| route.file)
        .collect();
    let base = feature.base.iter().find(|base| base.file == broken.file);
    let contract = base.and_then(|base| base.facts().contract.as_deref());
    let Some(contract) = contract else {
        return Vec::new();
    };
    let mut found: Vec<Consumer> = Vec::new();
    for client in clients {
        if client.file.is_some_and(|file| serving.contains(&file)) {
            continue;
        }
        let Some((how, name, at)) = broken.operations.iter().find_map(|id| {
            let operation = contract.operation(id)?;
            used(client, id, operation.operation_id.as_deref(), contract)
        }) else {
            continue;
        };
        let places = if broken.kind.is_of_property() {
            uses(client, broken)
        } else {
            vec![(how, name, at)]
        };
        for (how, name, at) in places {
            let consumer = consumer(client, alone, (how, name, at));
            let known = |each: &Consumer| {
                each.repository == consumer.repository
                    && each.at.path == consumer.at.path
                    && each.at.line == consumer.at.line
            };
            if !found.iter().any(known) {
                found.push(consumer);
            }
        }
    }
    found
}

/// Who calls one operation of a contract. What serves it (`serving`) does not consume it.
pub(super) fn of_operation(
    alone: bool,
    contract: &documents::Contract,
    id: &str,
    serving: &[text::FileId],
    clients: &[Client],
) -> Vec<Consumer> {
    let wanted = contract
        .operation(id)
        .and_then(|it| it.operation_id.clone());
    let calling = clients.iter().filter_map(|client| {
        if client.file.is_some_and(|file| serving.contains(&file)) {
            return None;
        }
        let by_name = || named(client, wanted.as_ref()?);
        let found = calls(client, id, contract).or_else(by_name)?;
        Some(consumer(client, alone, found))
    });
    calling.collect()
}

type Place = (Use, SmolStr, At);

/// A client that uses something there.
fn consumer(client: &Client, alone: bool, (how, name, at): Place) -> Consumer {
    Consumer {
        repository: client.repository.clone(),
        place: place(client, &at, alone),
        at,
        how,
        name,
        requirements: client.requirements.clone(),
        tests: client.tests.clone(),
    }
}

/// Whether a client calls an operation of a contract.
pub(super) fn relies(client: &Client, id: &str, contract: &documents::Contract) -> bool {
    let name = contract
        .operation(id)
        .and_then(|it| it.operation_id.as_deref());
    used(client, id, name, contract).is_some()
}

/// Where a client calls an operation.
fn used(
    client: &Client,
    id: &str,
    name: Option<&str>,
    contract: &documents::Contract,
) -> Option<Place> {
    calls(client, id, contract).or_else(|| named(client, name?))
}

/// Where a client calls an operation by its path.
fn calls(client: &Client, id: &str, contract: &documents::Contract) -> Option<Place> {
    let (method, path) = http(id)?;
    let own = segments(path);
    let mut whole = vec![own.clone()];
    for base in contract.bases.iter().flatten() {
        whole.push(segments(&join(base, path)));
    }
    client.calls.iter().find_map(|call| {
        if !call.methods.iter().any(|each| each == method || each == "*") {
            return None;
        }
        let called = segments(&call.path);
        let same = whole.contains(&called)
            // The base that is put in holds the rest.
            || !call.complete && has_words(&called) && whole.iter().any(|it| it.ends_with(&called) && called.len() >= own.len())
            // A prefix that the contract does not say.
            || has_words(&own) && own.len() > 1 && called.ends_with(&own);
        same.then(|| (Use::Calls, call.path.clone(), call.at.clone()))
    })
}

/// Where a client calls an operation by its name.
fn named(client: &Client, operation: &str) -> Option<Place> {
    let wanted = plain(operation);
    // A word alone is the name of many things.
    if wanted.len() < 6 || operation.chars().skip(1).all(char::is_lowercase) {
        return None;
    }
    let used = client
        .names
        .iter()
        .find(|used| used.how == Use::Named && plain(&used.name) == wanted)?;
    Some((Use::Named, used.name.clone(), used.at.clone()))
}

/// Where a client uses a property: a type of the shape has it, or the code names it.
fn uses(client: &Client, broken: &Break) -> Vec<Place> {
    let wanted = plain(&broken.name);
    let shape = plain(&broken.owner);
    let beside: Vec<String> = broken.beside.iter().map(|name| plain(name)).collect();
    let mut places: Vec<Place> = Vec::new();
    for each in &client.types {
        let field = each
            .fields
            .iter()
            .find(|field| plain(&field.name) == wanted);
        let Some(field) = field else { continue };
        let shared = each
            .fields
            .iter()
            .filter(|field| beside.contains(&plain(&field.name)))
            .count();
        let is_shape = plain(&each.name) == shape;
        if is_shape || shared > 0 && (shared + 1) * 2 >= each.fields.len() {
            places.push((Use::Field, field.name.clone(), field.at.clone()));
        }
    }
    let used = client.names.iter().filter(|used| match used.how {
        Use::Key => used.name == broken.name,
        Use::Member => plain(&used.name) == wanted,
        _ => false,
    });
    places.extend(used.map(|used| (used.how, used.name.clone(), used.at.clone())));
    places
}
