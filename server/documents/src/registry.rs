//! Registries of presets and extensions (JSON), manifests of presets (YAML): in which order templates are looked up,
//! and how one is laid over another (speckit-format sections 2.6 and 2.7). A file that cannot be read says nothing.

use crate::model::{Document, DocumentKind, Registered, Strategy, TemplateEntry};
use smol_str::SmolStr;
use text::data::Node;

/// Priority of what has none of its own.
const USUAL: i64 = 10;

pub(crate) fn read(kind: DocumentKind, text: &str) -> Document {
    let text = &text[text::bom_len(text)..];
    let mut document = Document {
        kind: Some(kind),
        ..Document::default()
    };
    if kind == DocumentKind::Registry {
        document.registered = registered(text);
    } else {
        document.templates = templates(text);
    }
    document
}

fn registered(text: &str) -> Vec<Registered> {
    let Ok(json) = serde_json::from_str::<serde_json::Value>(text) else {
        return Vec::new();
    };
    let lists = ["presets", "extensions"].into_iter();
    let entries = lists
        .filter_map(|list| json.get(list)?.as_object())
        .flatten();
    entries
        .map(|(id, entry)| Registered {
            id: SmolStr::from(id.as_str()),
            priority: entry
                .get("priority")
                .and_then(serde_json::Value::as_i64)
                .unwrap_or(USUAL),
            enabled: entry.get("enabled") != Some(&serde_json::Value::Bool(false)),
        })
        .collect()
}

/// The entries `- type: template`, `name: spec-template`, `strategy: append` of a manifest, below `provides:` or at the top.
fn templates(text: &str) -> Vec<TemplateEntry> {
    let Some(manifest) = text::data::read(text, 0) else {
        return Vec::new();
    };
    let provided = manifest.get(text, "provides").unwrap_or(&manifest);
    let entries = provided.get(text, "templates").and_then(Node::items);
    let value = |entry: &Node, key: &str| {
        let range = entry.get(text, key)?.text()?;
        Some(SmolStr::from(&text[range.clone()]))
    };
    let entry = |entry: &Node| {
        Some(TemplateEntry {
            name: value(entry, "name")?,
            strategy: match value(entry, "strategy").as_deref() {
                Some("prepend") => Strategy::Prepend,
                Some("append") => Strategy::Append,
                Some("wrap") => Strategy::Wrap,
                _ => Strategy::Replace,
            },
        })
    };
    entries.into_iter().flatten().filter_map(entry).collect()
}
