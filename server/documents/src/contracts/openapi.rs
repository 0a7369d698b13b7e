//! `OpenAPI` and Swagger, `AsyncAPI`, JSON Schema, in YAML or JSON.

use super::shape::Contract;
use super::{Found, field, openapi_shape};
use crate::model::Field;
use smol_str::format_smolstr;
use std::ops::Range;
use text::data::{self, Node};

pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "patch", "head", "options", "trace",
];

/// Reads operations and entities; gives what an API promises.
pub(super) fn read(text: &str, start: usize, found: &mut Found) -> Option<Contract> {
    let root = data::read(text, start)?;
    let mut contract = None;
    let at = |keys: &[&str]| {
        let mut node = Some(&root);
        for key in keys {
            node = node.and_then(|node| node.get(text, key));
        }
        node
    };
    if at(&["openapi"]).is_some() || at(&["swagger"]).is_some() {
        paths(text, at(&["paths"]), found);
        schemas(text, at(&["components", "schemas"]), found);
        schemas(text, at(&["definitions"]), found);
        contract = openapi_shape::read(text, start, &root);
    } else if at(&["asyncapi"]).is_some() {
        channels(text, at(&["channels"]), found);
        schemas(text, at(&["components", "schemas"]), found);
    } else if at(&["paths"]).is_some_and(|node| is_paths(text, node)) {
        // A part that is to be put into a document says no version.
        paths(text, at(&["paths"]), found);
        schemas(text, at(&["components", "schemas"]), found);
        contract = openapi_shape::read(text, start, &root);
    } else if at(&["$schema"]).is_some() || at(&["properties"]).is_some() && at(&["type"]).is_some()
    {
        if let Some(title) = at(&["title"]).and_then(Node::text) {
            found.entity(text, title, &root.range, properties(text, &root));
        }
        schemas(text, at(&["definitions"]), found);
        schemas(text, at(&["$defs"]), found);
    }
    contract
}

/// Whether a map can be nothing but the paths of an API: every key is one, and some operation has responses.
fn is_paths(text: &str, paths: &Node) -> bool {
    let route = |key: &Node| {
        key.text()
            .is_some_and(|range| text[range.clone()].starts_with('/'))
    };
    let answers = |item: &Node| {
        let mut operations = item.entries().iter();
        operations.any(|(_, operation)| operation.get(text, "responses").is_some())
    };
    let entries = paths.entries();
    entries.iter().all(|(key, _)| route(key)) && entries.iter().any(|(_, item)| answers(item))
}

/// `/users/{id}: get: ...`
fn paths(text: &str, paths: Option<&Node>, found: &mut Found) {
    for (path, item) in paths.map_or(&[][..], Node::entries) {
        let Some(route) = path
            .text()
            .filter(|range| text[(*range).clone()].starts_with('/'))
        else {
            continue;
        };
        for (method, operation) in item.entries() {
            let Some(name) = method.text() else { continue };
            let word = text[name.clone()].to_ascii_lowercase();
            if !METHODS.contains(&word.as_str()) {
                continue;
            }
            let title = ["summary", "operationId"]
                .iter()
                .find_map(|key| operation.get(text, key)?.text().cloned());
            found.operation(
                format_smolstr!("{} {}", word.to_ascii_uppercase(), &text[route.clone()]),
                name,
                title,
                &data::entry(method, operation),
            );
        }
    }
}

/// Channels of `AsyncAPI` 2 (`publish`, `subscribe`) and 3 (the channel itself).
fn channels(text: &str, channels: Option<&Node>, found: &mut Found) {
    for (channel, item) in channels.map_or(&[][..], Node::entries) {
        let Some(name) = channel.text() else { continue };
        let called = &text[name.clone()];
        let mut directions = 0;
        for (direction, operation) in item.entries() {
            let Some(word) = direction.text() else {
                continue;
            };
            let written = &text[word.clone()];
            if matches!(written, "publish" | "subscribe") {
                directions += 1;
                let title = operation.get(text, "operationId").and_then(Node::text);
                found.operation(
                    format_smolstr!("{written} {called}"),
                    word,
                    title.cloned(),
                    &data::entry(direction, operation),
                );
            }
        }
        if directions == 0 {
            found.operation(called.into(), name, None, &data::entry(channel, item));
        }
    }
}

fn schemas(text: &str, schemas: Option<&Node>, found: &mut Found) {
    for (name, schema) in schemas.map_or(&[][..], Node::entries) {
        if let Some(written) = name.text() {
            let fields = properties(text, schema);
            found.entity(text, written, &data::entry(name, schema), fields);
        }
    }
}

/// The fields of a schema, with those of the parts it is composed of.
fn properties(text: &str, schema: &Node) -> Vec<Field> {
    let mut fields = Vec::new();
    let parts = match schema.get(text, "allOf").map(|all| &all.kind) {
        Some(data::Kind::List(parts)) => parts.as_slice(),
        _ => &[],
    };
    for part in std::iter::once(schema).chain(parts) {
        for (name, value) in part.get(text, "properties").map_or(&[][..], Node::entries) {
            let Some(written) = name.text() else { continue };
            let types: Option<&Range<usize>> = ["type", "$ref"]
                .iter()
                .find_map(|key| value.get(text, key)?.text());
            fields.extend(field(text, written, types, &data::entry(name, value)));
        }
    }
    fields
}
