//! Registries of presets and extensions (JSON), manifests of presets (YAML): in which order templates are looked up,
//! and how one is laid over another (speckit-format sections 2.6 and 2.7). A file that cannot be read says nothing.

use crate::model::{Document, DocumentKind, Registered, Strategy, TemplateEntry};
use smol_str::SmolStr;

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

/// The entries `- type: template`, `name: spec-template`, `strategy: append` of a manifest. Read line by line: of YAML
/// only what manifests use.
fn templates(text: &str) -> Vec<TemplateEntry> {
    let mut found: Vec<TemplateEntry> = Vec::new();
    let mut open: Option<(Option<SmolStr>, Strategy)> = None;
    let mut inside = false;
    let mut close = |open: &mut Option<(Option<SmolStr>, Strategy)>| {
        if let Some((Some(name), strategy)) = open.take() {
            found.push(TemplateEntry { name, strategy });
        }
    };
    for line in text.lines() {
        let code = line.split(" #").next().unwrap_or(line);
        let trimmed = code.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if let Some(key) = trimmed.strip_suffix(':')
            && !key.starts_with('-')
        {
            close(&mut open);
            inside = key == "templates";
            continue;
        }
        if !inside {
            continue;
        }
        let entry = match trimmed.strip_prefix('-') {
            Some(entry) => {
                close(&mut open);
                open = Some((None, Strategy::Replace));
                entry.trim_start()
            }
            None if !code.starts_with([' ', '\t']) => {
                close(&mut open);
                inside = false;
                continue;
            }
            None => trimmed,
        };
        let (Some((key, value)), Some(open)) = (entry.split_once(':'), &mut open) else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']);
        match key.trim().trim_matches(['"', '\'']) {
            "name" => open.0 = Some(value.into()),
            "strategy" => {
                open.1 = match value {
                    "prepend" => Strategy::Prepend,
                    "append" => Strategy::Append,
                    "wrap" => Strategy::Wrap,
                    _ => Strategy::Replace,
                };
            }
            _ => {}
        }
    }
    close(&mut open);
    found
}
