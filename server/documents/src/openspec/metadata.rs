//! `.openspec.yaml` of a change, `config.yaml` of a project and `schema.yaml` of a workflow.

use smol_str::SmolStr;

use crate::model::{ChangeMetadata, Marker, SchemaName, Workflow};
use text::data::{self, Node};

/// Reads `.openspec.yaml`.
pub(super) fn change(text: &str) -> ChangeMetadata {
    let root = data::read(text, text::bom_len(text)).filter(|root| !root.entries().is_empty());
    let whole = data::is_whole(text, text::bom_len(text));
    let Some(root) = root.filter(|_| whole) else {
        return ChangeMetadata {
            schema: None,
            valid: text.trim().is_empty(),
            skip_specs: mentioned(text, "skip_specs"),
            retire_capabilities: mentioned(text, "retire_capabilities"),
        };
    };
    let schema = schema(text, &root);
    let valid = schema.is_some() && is_valid(text, &root);
    let marker = |key: &str| {
        let is_key = |name: &Node| name.text().is_some_and(|at| &text[at.clone()] == key);
        let mut entries = root.entries().iter();
        let Some((name, value)) = entries.find(|(name, _)| is_key(name)) else {
            return Marker::Unset;
        };
        // `skip_specs:` with nothing behind it: there is only the key to point at.
        let shown = if value.range.is_empty() { name } else { value };
        let range = text::span(shown.range.start, shown.range.end);
        match (value.plain(text), valid) {
            (Some("false"), _) => Marker::Unset,
            (Some("true"), true) => Marker::Set(range),
            _ => Marker::Unreadable(range),
        }
    };
    ChangeMetadata {
        skip_specs: marker("skip_specs"),
        retire_capabilities: marker("retire_capabilities"),
        schema,
        valid,
    }
}

/// A marker in a file that is no YAML.
fn mentioned(text: &str, key: &str) -> Marker {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let said = line.trim_start();
        let bare = said.trim_start_matches(['"', '\'']);
        let rest = bare
            .strip_prefix(key)
            .map(|rest| rest.trim_start_matches(['"', '\'']));
        if rest.is_some_and(|rest| rest.trim_start().starts_with(':')) {
            let start = at + line.len() - bare.len();
            return Marker::Unreadable(text::span(start, start + key.len()));
        }
        at += line.len();
    }
    Marker::Unset
}

fn schema(text: &str, root: &Node) -> Option<SchemaName> {
    let value = root.get(text, "schema")?;
    let range = value.text()?.clone();
    let name = &text[range.clone()];
    // A number, a truth or nothing is no name.
    let is_string = value.range != range || !is_other_scalar(name);
    (is_string && !name.is_empty()).then(|| SchemaName {
        name: SmolStr::new(name),
        range: text::span(range.start, range.end),
    })
}

/// Whether a bare YAML scalar is anything but a string.
fn is_other_scalar(written: &str) -> bool {
    matches!(
        written,
        "" | "~"
            | "null"
            | "Null"
            | "NULL"
            | "true"
            | "True"
            | "TRUE"
            | "false"
            | "False"
            | "FALSE"
    ) || written.parse::<f64>().is_ok()
}

/// Whether every key that the tool knows has a value it takes.
fn is_valid(text: &str, root: &Node) -> bool {
    root.entries().iter().all(|(key, value)| {
        let Some(key) = key.text().map(|range| &text[range.clone()]) else {
            return true;
        };
        match key {
            "created" => value
                .text()
                .is_some_and(|range| is_day(&text[range.clone()])),
            "goal" => value.is_string(text),
            "affected_areas" => value
                .items()
                .is_some_and(|items| items.iter().all(|item| item.is_string(text))),
            "skip_specs" | "retire_capabilities" => {
                matches!(
                    value.plain(text),
                    Some("true" | "True" | "TRUE" | "false" | "False" | "FALSE")
                )
            }
            "initiative" => {
                let known = |(key, value): &(Node, Node)| {
                    let key = key.text().map_or("", |range| &text[range.clone()]);
                    let value = value.text().map_or("", |range| &text[range.clone()]);
                    matches!(key, "store" | "id") && is_kebab(value)
                };
                value.entries().len() == 2 && value.entries().iter().all(known)
            }
            _ => true,
        }
    })
}

/// `2026-03-01`
fn is_day(written: &str) -> bool {
    let mut parts = written.split('-');
    let mut digits = |count: usize| {
        parts.next().is_some_and(|part| {
            part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    digits(4) && digits(2) && digits(2) && parts.next().is_none()
}

fn is_kebab(written: &str) -> bool {
    written.split('-').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Reads `config.yaml`: the schema that changes follow.
pub(super) fn config(text: &str) -> Option<SchemaName> {
    let root = data::read(text, text::bom_len(text))?;
    schema(text, &root)
}

/// Reads `schema.yaml`: which file of a change holds its tasks.
pub(super) fn workflow(text: &str) -> Option<Workflow> {
    let root = data::read(text, text::bom_len(text))?;
    let written = |node: &Node| node.text().map(|range| SmolStr::new(&text[range.clone()]));
    let artifacts = root.get(text, "artifacts")?.items()?;
    let generates = |wanted: &dyn Fn(&Node) -> bool| {
        let artifact = artifacts.iter().find(|each| wanted(each))?;
        artifact.get(text, "generates").and_then(written)
    };
    let tracks = root
        .get(text, "apply")
        .and_then(|apply| apply.get(text, "tracks"));
    let tracked = tracks
        .and_then(written)
        .filter(|name| name != "null" && name != "~");
    Some(Workflow {
        tasks: match tracked {
            Some(tracked) => generates(&|artifact| {
                artifact.get(text, "generates").and_then(written).as_ref() == Some(&tracked)
            }),
            None => generates(&|artifact| {
                artifact
                    .get(text, "id")
                    .and_then(written)
                    .is_some_and(|id| id == "tasks")
            }),
        },
    })
}

/// What a scalar is to YAML.
trait Scalar {
    /// A scalar written without quotes.
    fn plain<'a>(&self, text: &'a str) -> Option<&'a str>;

    /// Whether it is a string with something in it; what spans lines is one.
    fn is_string(&self, text: &str) -> bool;
}

impl Scalar for Node {
    fn plain<'a>(&self, text: &'a str) -> Option<&'a str> {
        let range = self.text()?.clone();
        (range == self.range).then(|| &text[range])
    }

    fn is_string(&self, text: &str) -> bool {
        match &self.kind {
            data::Kind::Text(range) => {
                !range.is_empty()
                    && (*range != self.range || !is_other_scalar(&text[range.clone()]))
            }
            data::Kind::Other => true,
            _ => false,
        }
    }
}
