//! The grammar and its parser are made out of `grammar/tokens.toml`; what is committed is what the table gives.
//! `UPDATE_GRAMMAR=1` writes them anew.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};
use table::{classes, entries, string, substitute};
use tree_sitter_generate::{OptLevel, PARSER_HEADER, generate_parser_for_grammar};

#[path = "../../table.rs"]
mod table;

/// Blanks: no token begins with one.
const BLANK: &str = r"[ \t\x{A0}\x{3000}]";

/// What stands for a pattern of the table, in which a line has no end and NUL is a character like any other.
fn pattern(written: &str, classes: &HashMap<String, String>) -> Value {
    // The generator loses NUL out of a negated class; it has a token of its own.
    let full = substitute(written, classes).unwrap();
    let within = full.replace("[^", r"[^\n\r\x00");
    json!({ "type": "PATTERN", "value": within.replace(r"\x00\x00", r"\x00") })
}

fn symbol(name: &str) -> Value {
    json!({ "type": "SYMBOL", "name": name })
}

fn choice(members: &[Value]) -> Value {
    json!({ "type": "CHOICE", "members": members })
}

fn sequence(members: &[Value]) -> Value {
    json!({ "type": "SEQ", "members": members })
}

fn optional(rule: Value) -> Value {
    choice(&[rule, json!({ "type": "BLANK" })])
}

fn repeated(kind: &str, rule: &Value) -> Value {
    json!({ "type": kind, "content": rule })
}

/// Flat: lines of tokens, with marks at their start. Each token may be the last, so that nothing is an error.
fn grammar() -> Value {
    let table = fs::read_to_string("../tokens.toml").unwrap();
    let table: toml::Table = table.parse().unwrap();
    let classes = classes(&table).unwrap();

    let mut rules = Map::new();
    let tokens = || repeated("REPEAT", &symbol("_token"));
    let line = sequence(&[symbol("_line")]);
    rules.insert(
        "document".into(),
        sequence(&[
            optional(symbol("_line")),
            repeated("REPEAT", &sequence(&[symbol("_line_end"), optional(line)])),
        ]),
    );
    rules.insert(
        "_line".into(),
        choice(&[
            sequence(&[
                repeated("REPEAT1", &symbol("quote_mark")),
                optional(symbol("_unquoted")),
            ]),
            symbol("_unquoted"),
        ]),
    );
    let task = [symbol("list_marker"), symbol("checkbox")];
    let task = task.into_iter().chain([
        optional(symbol("star")),
        optional(symbol("task_number")),
        tokens(),
    ]);
    rules.insert(
        "_unquoted".into(),
        choice(&[
            sequence(&[symbol("heading_mark"), tokens()]),
            sequence(&[symbol("list_marker"), tokens()]),
            sequence(&task.collect::<Vec<_>>()),
            repeated("REPEAT1", &symbol("_token")),
        ]),
    );
    rules.insert(
        "_line_end".into(),
        json!({ "type": "PATTERN", "value": r"\r\n|\n|\r" }),
    );

    let mut names = Vec::new();
    let mut kinds = Map::new();
    for entry in entries(&table, "keyword").unwrap() {
        let name = string(entry, "name").unwrap();
        let words = entry["words"].as_array().unwrap();
        let words = words
            .iter()
            .map(|word| json!({ "type": "STRING", "value": word.as_str() }));
        kinds.insert(name.into(), choice(&words.collect::<Vec<_>>()));
        names.push(symbol(name));
    }
    for entry in entries(&table, "token").unwrap() {
        let name = string(entry, "name").unwrap();
        let rule = pattern(string(entry, "pattern").unwrap(), &classes);
        let rule = if name == "punctuation" {
            choice(&[rule, json!({ "type": "PATTERN", "value": r"\x00" })])
        } else {
            rule
        };
        kinds.insert(name.into(), rule);
        names.push(symbol(name));
    }
    rules.insert("_token".into(), choice(&names));
    rules.extend(kinds);

    let marks = entries(&table, "prefix").unwrap();
    let marks: Vec<Value> = marks
        .iter()
        .map(|entry| symbol(string(entry, "name").unwrap()))
        .collect();
    json!({
        "name": "specline",
        "rules": rules,
        "extras": [{ "type": "PATTERN", "value": BLANK }],
        "conflicts": [],
        "precedences": [],
        "externals": marks,
        "inline": [],
        "supertypes": [],
        "reserved": {},
    })
}

/// Compares a file with what it has to be, or writes it.
fn fresh(path: &str, text: &str) {
    if std::env::var_os("UPDATE_GRAMMAR").is_some() {
        fs::create_dir_all(Path::new(path).parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == text,
        "{path} is not what the table gives; UPDATE_GRAMMAR=1 cargo test --manifest-path grammar/tree-sitter/Cargo.toml writes it anew"
    );
}

#[test]
fn the_parser_is_what_the_table_gives() {
    let grammar = format!("{:#}\n", grammar());
    let mut said = Vec::new();
    let (name, parser) =
        generate_parser_for_grammar(&grammar, Some((0, 1, 0)), OptLevel::default(), &mut said)
            .unwrap();
    assert_eq!(name, "specline");
    fresh("src/grammar.json", &grammar);
    fresh("src/tree_sitter/parser.h", PARSER_HEADER);
    fresh("src/parser.c", &parser);
}
