use serde_json::{Map, Value, json};

use crate::keys::{Key, SUPPRESS_KEYS, TOP_KEYS};
use crate::{Level, Persistence, Scope};

/// The JSON Schema of the settings file, for editors that complete TOML by it. `codes` are the rules there are.
#[must_use]
pub fn schema(codes: &[&str]) -> Value {
    let properties = |keys: &[Key], value: &dyn Fn(&str) -> Value| -> Map<String, Value> {
        let with_words = |key: &Key| {
            let mut schema = value(key.name);
            schema["description"] = key.about.into();
            (key.name.to_owned(), schema)
        };
        keys.iter().map(with_words).collect()
    };
    let path = json!({"type": "string", "pattern": r"^[^/\\]+(/[^/\\]+)*/?$"});
    let suppress = properties(SUPPRESS_KEYS, &|name| match name {
        "code" => json!({"enum": codes}),
        "fingerprint" => json!({"type": "string", "pattern": "^[0-9a-f]{16}$"}),
        "until" => json!({"type": "string", "format": "date"}),
        _ => json!({"type": "string", "minLength": 1}),
    });
    let levels: Map<String, Value> = codes
        .iter()
        .map(|code| ((*code).to_owned(), json!({"enum": Level::WORDS})))
        .collect();
    let top = properties(TOP_KEYS, &|name| match name {
        "spec-roots" | "evidence" => json!({"type": "array", "items": path, "uniqueItems": true}),
        "scope" => json!({"enum": Scope::WORDS, "default": Scope::default().as_str()}),
        "persistence" => json!({"enum": Persistence::WORDS}),
        "openspec" => json!({"type": "object", "additionalProperties": false, "properties": {
            "version": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+(\.[0-9]+)?$"}}}),
        "severity" => json!({
            "type": "object", "properties": levels, "additionalProperties": false}),
        "suppress" => json!({"type": "array", "items": {
            "type": "object", "properties": suppress, "additionalProperties": false,
            "required": ["address", "code", "reason"]}}),
        _ => path.clone(),
    });
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": crate::FILE,
        "type": "object",
        "properties": top,
        "additionalProperties": false,
    })
}
