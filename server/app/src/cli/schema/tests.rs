//! The schema is that of the types, and no key of it ever goes away or changes its type.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::cli::{coverage, drift, impact, json as check, matrix, status, suggest, trace};

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(name)
}

fn updating() -> bool {
    std::env::var_os("UPDATE_PAGES").is_some()
}

/// The schema of everything that is written as JSON.
fn generated() -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let reports = [
        generator.subschema_for::<check::Report>(),
        generator.subschema_for::<coverage::Report>(),
        generator.subschema_for::<drift::Report>(),
        generator.subschema_for::<impact::Report>(),
        generator.subschema_for::<matrix::Report>(),
        generator.subschema_for::<status::Report>(),
        generator.subschema_for::<suggest::Report>(),
        generator.subschema_for::<trace::Report>(),
    ];
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "JSON of spec-analyzer",
        "description": "What `--format json` writes, by command. From schema 1 on it only grows: new keys come, none goes \
                        and none changes its type.",
        "anyOf": reports,
        "$defs": generator.take_definitions(true),
    })
}

/// What a value is, in few words: `string`, `array of #/$defs/Cell`, `null or string`.
fn shape(schema: &Value) -> String {
    if let Some(target) = schema["$ref"].as_str() {
        return target.rsplit('/').next().unwrap_or(target).to_owned();
    }
    for several in ["anyOf", "oneOf"] {
        if let Some(all) = schema[several].as_array() {
            let mut all: Vec<String> = all.iter().map(shape).collect();
            all.sort();
            return all.join(" or ");
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        return format!("one of {}", Value::from(words.clone()));
    }
    let mut types = match &schema["type"] {
        Value::String(one) => vec![one.clone()],
        Value::Array(many) => many
            .iter()
            .map(|it| it.as_str().unwrap_or_default().to_owned())
            .collect(),
        _ => vec!["anything".to_owned()],
    };
    types.sort();
    for each in &mut types {
        match each.as_str() {
            "array" => *each = format!("array of {}", shape(&schema["items"])),
            "object" if schema.get("additionalProperties").is_some() => {
                *each = format!("map to {}", shape(&schema["additionalProperties"]));
            }
            _ => {}
        }
    }
    types.join(" or ")
}

/// One line per key: `CheckReport.findings: array of Finding`, with a question mark where it may be left out.
fn keys(schema: &Value) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let definitions: &Map<String, Value> = schema["$defs"].as_object().unwrap();
    for (name, definition) in definitions {
        let required: Vec<&str> = definition["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let Some(properties) = definition["properties"].as_object() else {
            keys.insert(format!("{name}: {}", shape(definition)));
            continue;
        };
        for (key, property) in properties {
            let mark = if required.contains(&key.as_str()) {
                ""
            } else {
                "?"
            };
            keys.insert(format!("{name}.{key}{mark}: {}", shape(property)));
        }
    }
    keys
}

fn lines(keys: &BTreeSet<String>) -> String {
    let mut lines: Vec<&str> = keys.iter().map(String::as_str).collect();
    lines.push("");
    lines.join("\n")
}

/// Makes a schema another one.
type Spoil = fn(&mut Value);

/// Lines that were promised and are not kept.
fn broken(promised: &str, kept: &BTreeSet<String>) -> Vec<String> {
    let promised = promised.lines().filter(|line| !line.is_empty());
    let gone = promised.filter(|line| !kept.contains(*line));
    gone.map(str::to_owned).collect()
}

#[test]
fn the_schema_is_that_of_the_types() {
    let text = format!("{}\n", serde_json::to_string_pretty(&generated()).unwrap());
    let path = docs("json.schema.json");
    if updating() {
        std::fs::write(&path, &text).unwrap();
    }
    let known = std::fs::read_to_string(&path).unwrap();
    assert!(
        known == text,
        "docs/json.schema.json is out of date: UPDATE_PAGES=1 cargo test -p spec-analyzer schema"
    );
}

#[test]
fn no_key_goes_away_and_none_changes_its_type() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/keys.txt");
    let promised = std::fs::read_to_string(&path).unwrap_or_default();
    let kept = keys(&generated());
    let broken = broken(&promised, &kept);
    assert!(
        broken.is_empty(),
        "these keys were promised for schema 1 and are gone or different now: {broken:#?}"
    );
    let all = lines(&kept);
    if updating() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &all).unwrap();
    }
    let promised = std::fs::read_to_string(&path).unwrap();
    assert!(
        promised == all,
        "new keys are to be promised: UPDATE_PAGES=1 cargo test -p spec-analyzer schema"
    );
}

#[test]
fn a_removed_or_retyped_key_is_noticed() {
    let schema = generated();
    let promised = lines(&keys(&schema));
    assert!(broken(&promised, &keys(&schema)).is_empty());
    let finding = "/$defs/Finding/properties";
    let spoilt: [(&str, Spoil); 4] = [
        ("removed", |it| {
            it.as_object_mut().unwrap().remove("message");
        }),
        ("retyped", |it| it["message"] = json!({"type": "integer"})),
        ("nullable", |it| {
            it["message"] = json!({"type": ["string", "null"]});
        }),
        ("other items", |it| {
            it["related"]["items"] = json!({"type": "string"});
        }),
    ];
    for (what, spoil) in spoilt {
        let mut schema = schema.clone();
        spoil(schema.pointer_mut(finding).unwrap());
        assert_eq!(broken(&promised, &keys(&schema)).len(), 1, "{what}");
    }
    let mut optional = schema.clone();
    let required = optional.pointer_mut("/$defs/Finding/required").unwrap();
    required.as_array_mut().unwrap().retain(|key| key != "code");
    assert_eq!(broken(&promised, &keys(&optional)).len(), 1);
    let mut grown = schema;
    grown.pointer_mut(finding).unwrap()["new"] = json!({"type": "string"});
    assert!(broken(&promised, &keys(&grown)).is_empty());
}
