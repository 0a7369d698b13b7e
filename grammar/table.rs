//! Reads `tokens.toml`: for the build of the lexer, and for whoever makes the editors' grammar out of the same patterns.

use std::collections::HashMap;
use std::error::Error;

/// The entries of a list, in the order of the table.
pub(crate) fn entries<'a>(
    table: &'a toml::Table,
    key: &str,
) -> Result<Vec<&'a toml::Table>, Box<dyn Error>> {
    let list = table
        .get(key)
        .and_then(toml::Value::as_array)
        .ok_or("missing list")?;
    list.iter()
        .map(|entry| entry.as_table().ok_or_else(|| "not a table".into()))
        .collect()
}

/// What stands under a key of an entry.
pub(crate) fn string<'a>(entry: &'a toml::Table, key: &str) -> Result<&'a str, Box<dyn Error>> {
    entry
        .get(key)
        .and_then(toml::Value::as_str)
        .ok_or_else(|| format!("no {key}").into())
}

/// The classes with those they name filled in.
pub(crate) fn classes(table: &toml::Table) -> Result<HashMap<String, String>, Box<dyn Error>> {
    let written = table
        .get("class")
        .and_then(toml::Value::as_table)
        .ok_or("no [class]")?;
    let mut classes: HashMap<String, String> = HashMap::new();
    while classes.len() < written.len() {
        let before = classes.len();
        for (name, body) in written {
            let body = body.as_str().ok_or("a class is a string")?;
            if !classes.contains_key(name)
                && let Ok(full) = substitute(body, &classes)
            {
                classes.insert(name.clone(), full);
            }
        }
        if classes.len() == before {
            return Err("classes name each other in a circle, or one that is missing".into());
        }
    }
    Ok(classes)
}

/// A pattern with its classes filled in.
pub(crate) fn substitute(
    pattern: &str,
    classes: &HashMap<String, String>,
) -> Result<String, Box<dyn Error>> {
    let mut full = String::new();
    let mut rest = pattern;
    while let Some(open) = rest.find("{{") {
        let close = open + rest[open..].find("}}").ok_or("unclosed {{")?;
        full.push_str(&rest[..open]);
        let name = &rest[open + 2..close];
        full.push_str(
            classes
                .get(name)
                .ok_or_else(|| format!("no class {name}"))?,
        );
        rest = &rest[close + 2..];
    }
    full.push_str(rest);
    Ok(full)
}
