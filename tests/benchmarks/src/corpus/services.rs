//! What makes a repository a service: its manifest, its contract, the handlers, and the calls of others.

use std::fmt::Write as _;

use super::sources::Language;
use super::words::{NOUNS, capital, service};
use crate::project::CITED;

/// Operations of a contract.
const OPERATIONS: usize = 12;
/// Services that one calls.
const CALLED: [usize; 2] = [1, 4];

/// Paths and texts, besides sources and specs.
pub(super) fn files(at: usize, services: usize, language: &Language) -> Vec<(String, String)> {
    let name = service(at);
    let mut files = vec![
        (
            "README.md".to_owned(),
            format!("# {name}\n\nA service among {services}.\n"),
        ),
        (
            ".gitignore".to_owned(),
            "target/\nnode_modules/\ndist/\n*.log\n".to_owned(),
        ),
        ("api/openapi.yaml".to_owned(), contract(at)),
        (format!("{}/handlers.ts", language.root), handlers(at)),
        (
            format!("{}/clients.ts", language.root),
            clients(at, services),
        ),
    ];
    files.push(match language.ending {
        "rs" => ("Cargo.toml".to_owned(), format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n")),
        "go" => ("go.mod".to_owned(), format!("module example.com/{name}\n\ngo 1.24\n")),
        "py" => ("pyproject.toml".to_owned(), format!("[project]\nname = \"{name}\"\nversion = \"1.0.0\"\n")),
        "java" | "kt" => (
            "pom.xml".to_owned(),
            format!("<project>\n  <groupId>com.example</groupId>\n  <artifactId>{name}</artifactId>\n</project>\n"),
        ),
        _ => ("package.json".to_owned(), format!("{{\n  \"name\": \"{name}\",\n  \"version\": \"1.0.0\"\n}}\n")),
    });
    files
}

/// A source that names one requirement of the long spec a hundred times.
pub(super) fn notes() -> (String, String) {
    let mut out = String::new();
    for number in 0..100 {
        let _ = write!(
            out,
            "// specs/001-parcel-desk {CITED}\nexport const shelf{number} = {number};\n"
        );
    }
    ("src/notes.ts".to_owned(), out)
}

/// The things a service has operations for.
fn things(at: usize) -> impl Iterator<Item = &'static str> {
    (0..OPERATIONS / 3).map(move |each| NOUNS[(at * 4 + each) % NOUNS.len()])
}

fn contract(at: usize) -> String {
    let mut out = format!(
        "openapi: 3.0.3\ninfo:\n  title: {}\n  version: 1.0.0\npaths:\n",
        service(at)
    );
    for thing in things(at) {
        let _ = write!(
            out,
            "  /v1/{thing}s:\n    get:\n      operationId: list{0}s\n      responses:\n        '200':\n          description: All\n    post:\n      operationId: create{0}\n      responses:\n        '201':\n          description: Made\n\
             \x20 /v1/{thing}s/{{id}}:\n    get:\n      operationId: get{0}\n      parameters:\n        - name: id\n          in: path\n          required: true\n          schema:\n            type: string\n      responses:\n        '200':\n          description: One\n",
            capital(thing)
        );
    }
    out
}

fn handlers(at: usize) -> String {
    let mut out = "import express from 'express';\n\nconst app = express();\n\n".to_owned();
    for thing in things(at) {
        let _ = write!(
            out,
            "app.get('/v1/{thing}s', (request, response) => response.json([]));\n\
             app.post('/v1/{thing}s', (request, response) => response.status(201).json({{}}));\n\
             app.get('/v1/{thing}s/:id', (request, response) => response.json({{}}));\n\n"
        );
    }
    out
}

fn clients(at: usize, services: usize) -> String {
    let mut out = String::new();
    for step in CALLED {
        let other = (at + step) % services.max(1);
        for thing in things(other) {
            let _ = write!(
                out,
                "export async function fetch{0}From{1}(id: string) {{\n  return fetch(`http://{2}/v1/{thing}s/${{id}}`);\n}}\n\n",
                capital(thing),
                step,
                service(other)
            );
        }
    }
    out
}
