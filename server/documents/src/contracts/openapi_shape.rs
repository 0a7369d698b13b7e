//! What an `OpenAPI` or Swagger document promises.

use super::openapi::METHODS;
use super::shape::{Contract, Operation, Parameter, Property, Schema, Style};
use smol_str::{SmolStr, ToSmolStr, format_smolstr};
use std::ops::Range;
use text::data::{self, Kind, Node};

/// Deepest nesting of shapes that is read.
const DEEPEST: u32 = 12;

/// Most shapes of one contract.
const MOST: usize = 5_000;

/// Reads a document with `paths`, whose tree is `root`.
pub(super) fn read(text: &str, start: usize, root: &Node) -> Option<Contract> {
    let (key, paths) = entry(text, root, "paths")?;
    let mut reader = Reader {
        text,
        root,
        contract: Contract {
            style: Style::Http,
            whole: data::is_whole(text, start),
            bases: bases(text, root),
            place: text::span(key.start, key.end),
            ..Contract::default()
        },
    };
    let components = root.get(text, "components");
    let schemas = [
        components.and_then(|node| node.get(text, "schemas")),
        root.get(text, "definitions"),
    ];
    for (name, schema) in schemas.into_iter().flatten().flat_map(Node::entries) {
        if let Some(written) = name.text() {
            reader.schema(
                &SmolStr::new(&text[written.clone()]),
                written,
                true,
                schema,
                0,
            );
        }
    }
    reader.paths(paths);
    Some(reader.contract)
}

fn entry<'n>(text: &str, node: &'n Node, key: &str) -> Option<(&'n Range<usize>, &'n Node)> {
    let mut entries = node.entries().iter();
    entries.find_map(|(name, value)| {
        let range = name.text().filter(|range| &text[(*range).clone()] == key)?;
        Some((range, value))
    })
}

/// The paths of `servers`, and `basePath`.
fn bases(text: &str, root: &Node) -> Vec<Option<SmolStr>> {
    let written = |node: &Node| node.text().map(|range| &text[range.clone()]);
    if let Some(base) = root.get(text, "basePath") {
        return vec![written(base).map(SmolStr::new)];
    }
    let servers = root.get(text, "servers").and_then(Node::items);
    let mut bases: Vec<Option<SmolStr>> = servers
        .unwrap_or_default()
        .iter()
        .map(|server| path_of(written(server.get(text, "url")?)?))
        .collect();
    bases.dedup();
    bases
}

/// The path of an address; `None` if something is put into it.
fn path_of(url: &str) -> Option<SmolStr> {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        // What is put in first is where the service is.
        None if url.starts_with('{') => url.find('}').map_or("", |at| &url[at + 1..]),
        None => url,
    };
    (!path.contains('{')).then(|| path.trim_end_matches('/').to_smolstr())
}

struct Reader<'a> {
    text: &'a str,
    root: &'a Node,
    contract: Contract,
}

impl<'a> Reader<'a> {
    fn written(&self, node: &Node) -> Option<&'a str> {
        node.text().map(|range| &self.text[range.clone()])
    }

    fn said(&self, node: &Node, key: &str) -> Option<&'a str> {
        self.written(node.get(self.text, key)?)
    }

    fn paths(&mut self, paths: &'a Node) {
        let text = self.text;
        for (path, item) in paths.entries() {
            let Some(route) = path.text().map(|range| &text[range.clone()]) else {
                continue;
            };
            if !route.starts_with('/') {
                continue;
            }
            let shared = item.get(text, "parameters").and_then(Node::items);
            for (method, operation) in item.entries() {
                let Some(name) = method.text() else { continue };
                let word = text[name.clone()].to_ascii_lowercase();
                if METHODS.contains(&word.as_str()) {
                    let id = format_smolstr!("{} {route}", word.to_ascii_uppercase());
                    self.operation(id, name, operation, shared.unwrap_or_default());
                }
            }
        }
    }

    fn operation(&mut self, id: SmolStr, name: &Range<usize>, node: &'a Node, shared: &'a [Node]) {
        let text = self.text;
        let mut takes = Vec::new();
        let mut gives = Vec::new();
        let own = node.get(text, "parameters").and_then(Node::items);
        let mut parameters: Vec<Parameter> = Vec::new();
        for parameter in own.unwrap_or_default().iter().chain(shared) {
            let Some(parameter) = self.resolved(parameter) else {
                continue;
            };
            let place = self.said(parameter, "in").unwrap_or_default();
            if place == "body" {
                if let Some(schema) = parameter.get(text, "schema") {
                    self.types(
                        &format_smolstr!("request of {id}"),
                        name,
                        schema,
                        &mut takes,
                        0,
                    );
                }
                continue;
            }
            let Some((range, called)) = parameter
                .get(text, "name")
                .and_then(|node| Some((node.text()?, self.written(node)?)))
            else {
                continue;
            };
            let known = |each: &Parameter| each.name == called && each.place == place;
            if parameters.iter().any(known) {
                continue;
            }
            let schema = parameter.get(text, "schema").unwrap_or(parameter);
            let types = self.types(
                &format_smolstr!("{id} {called}"),
                range,
                schema,
                &mut takes,
                0,
            );
            parameters.push(Parameter {
                name: called.into(),
                name_range: text::span(range.start, range.end),
                place: place.into(),
                required: self.said(parameter, "required") == Some("true"),
                types,
            });
        }
        if let Some(body) = node
            .get(text, "requestBody")
            .and_then(|body| self.resolved(body))
        {
            self.content(&format_smolstr!("request of {id}"), name, body, &mut takes);
        }
        let responses = node.get(text, "responses").map_or(&[][..], Node::entries);
        for (status, response) in responses {
            let status = self.written(status).unwrap_or_default();
            if let Some(response) = self.resolved(response) {
                let called = format_smolstr!("{status} of {id}");
                self.content(&called, name, response, &mut gives);
            }
        }
        self.contract.operations.push(Operation {
            operation_id: self.said(node, "operationId").map(SmolStr::new),
            id,
            name_range: text::span(name.start, name.end),
            parameters,
            takes,
            gives,
        });
    }

    /// Shapes of a body in its media types; in Swagger, of itself.
    fn content(
        &mut self,
        called: &SmolStr,
        at: &Range<usize>,
        body: &'a Node,
        into: &mut Vec<SmolStr>,
    ) {
        let text = self.text;
        let media = body.get(text, "content").map_or(&[][..], Node::entries);
        let schemas = media
            .iter()
            .filter_map(|(_, media)| media.get(text, "schema"));
        for schema in schemas.chain(body.get(text, "schema")) {
            self.types(called, at, schema, into, 0);
        }
    }

    /// What a reference to a part of this document leads to.
    fn resolved(&self, node: &'a Node) -> Option<&'a Node> {
        let Some(path) = self.said(node, "$ref") else {
            return Some(node);
        };
        let mut found = self.root;
        for key in path.strip_prefix("#/")?.split('/') {
            found = found.get(self.text, key)?;
        }
        Some(found)
    }

    /// The type of a value; what it is made of goes to `parts`.
    fn types(
        &mut self,
        called: &SmolStr,
        at: &Range<usize>,
        node: &'a Node,
        parts: &mut Vec<SmolStr>,
        deep: u32,
    ) -> Option<SmolStr> {
        let text = self.text;
        if deep > DEEPEST {
            return None;
        }
        if let Some(path) = self.said(node, "$ref") {
            let name = SmolStr::new(path.rsplit('/').next()?);
            let local =
                path.starts_with("#/components/schemas/") || path.starts_with("#/definitions/");
            if !local {
                return None;
            }
            parts.push(name.clone());
            return Some(name);
        }
        if let Some(items) = node.get(text, "items") {
            let inner = self.types(called, at, items, parts, deep + 1);
            return inner.map(|inner| format_smolstr!("list of {inner}"));
        }
        if node.get(text, "properties").is_some() || node.get(text, "allOf").is_some() {
            self.schema(called, at, false, node, deep + 1);
            parts.push(called.clone());
            return Some("object".into());
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(all) = node.get(text, key).and_then(Node::items) {
                for each in all {
                    self.types(called, at, each, parts, deep + 1);
                }
                return None;
            }
        }
        let types = node.get(text, "type")?;
        if let Some(all) = types.items() {
            let mut words: Vec<&str> = all.iter().filter_map(|each| self.written(each)).collect();
            words.retain(|word| *word != "null");
            words.sort_unstable();
            return Some(words.join(" or ").into());
        }
        self.written(types).map(SmolStr::new)
    }

    /// The values that are listed.
    fn values(&self, node: &Node) -> Option<Vec<SmolStr>> {
        let values = node.get(self.text, "enum")?.items()?;
        let words = values
            .iter()
            .map(|value| self.written(value).map(SmolStr::new));
        words.collect()
    }

    fn schema(
        &mut self,
        name: &SmolStr,
        at: &Range<usize>,
        named: bool,
        node: &'a Node,
        deep: u32,
    ) {
        let text = self.text;
        if self.contract.schemas.len() >= MOST || self.contract.schema(name).is_some() {
            return;
        }
        let place = self.contract.schemas.len();
        self.contract.schemas.push(Schema {
            name: name.clone(),
            name_range: text::span(at.start, at.end),
            named,
            properties: Vec::new(),
            values: self.values(node),
            parts: Vec::new(),
            complete: true,
        });
        let mut parts = Vec::new();
        let mut complete = true;
        let mut properties: Vec<Property> = Vec::new();
        let all = match node.get(text, "allOf").map(|all| &all.kind) {
            Some(Kind::List(all)) => all.as_slice(),
            _ => &[],
        };
        for key in ["oneOf", "anyOf", "$ref"] {
            complete &= node.get(text, key).is_none();
        }
        for part in std::iter::once(node).chain(all) {
            let required: Vec<&str> = part
                .get(text, "required")
                .and_then(Node::items)
                .unwrap_or_default()
                .iter()
                .filter_map(|each| self.written(each))
                .collect();
            if part.get(text, "$ref").is_some() || part.get(text, "items").is_some() {
                complete &= self.types(name, at, part, &mut parts, deep + 1).is_some();
            }
            for (key, value) in part.get(text, "properties").map_or(&[][..], Node::entries) {
                let Some(range) = key.text() else {
                    complete = false;
                    continue;
                };
                let called = SmolStr::new(&text[range.clone()]);
                let inner = format_smolstr!("{name}.{called}");
                let types = self.types(&inner, range, value, &mut parts, deep + 1);
                properties.push(Property {
                    required: required.contains(&called.as_str()),
                    name: called,
                    name_range: text::span(range.start, range.end),
                    types,
                    values: self.values(value),
                });
            }
        }
        if let Some(schema) = self.contract.schemas.get_mut(place) {
            schema.properties = properties;
            schema.parts = parts;
            schema.complete = complete;
        }
    }
}
