//! `schema`: what the JSON of each command looks like, as JSON Schema. From schema 1 on it only grows.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::print;

/// Written from the types that are serialised: `UPDATE_PAGES=1 cargo test -p spec-analyzer schema`.
const SCHEMA: &str = include_str!("../../../../docs/json.schema.json");

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Only the report of this command: check, coverage, drift, impact, matrix, status, suggest or trace
    command: Option<String>,
}

impl Schema {
    pub(crate) fn run(&self) -> Result<ExitCode, String> {
        let Some(command) = &self.command else {
            print(SCHEMA)?;
            return Ok(ExitCode::SUCCESS);
        };
        let mut schema: Value = serde_json::from_str(SCHEMA).map_err(|error| error.to_string())?;
        let name = definition(command);
        if schema["$defs"].get(&name).is_none() {
            return Err(format!(
                "there is no JSON of `{command}`. Known: {}.",
                commands(&schema).join(", ")
            ));
        }
        if let Some(whole) = schema.as_object_mut() {
            whole.remove("anyOf");
            whole.insert("$ref".to_owned(), json!(format!("#/$defs/{name}")));
        }
        let mut text = serde_json::to_string_pretty(&schema).map_err(|error| error.to_string())?;
        text.push('\n');
        print(&text)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// `CheckReport` of `check`.
fn definition(command: &str) -> String {
    let mut letters = command.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    format!("{}{}Report", first.unwrap_or_default(), letters.as_str())
}

fn commands(schema: &Value) -> Vec<String> {
    let reports = schema["anyOf"].as_array().into_iter().flatten();
    reports
        .filter_map(|each| each["$ref"].as_str()?.rsplit('/').next())
        .filter_map(|name| name.strip_suffix("Report"))
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests;
