//! The skeleton of a contract: operations that the spec names with method and path, as `OpenAPI`. What they take and answer
//! no document tells: it is asked.

use std::collections::BTreeMap;

use code::Methods;
use documents::{DocumentKind, Item, ItemKind};
use trace::FeatureDocument;

use super::facts::Facts;
use super::words::Sentence;
use super::{data_model, document};
use crate::tasks::{NewDocument, one_line};

const HEAD: Sentence = [
    "# Operations that spec.md names; from code facts, no AI.",
    "# spec.md が挙げる操作。コードの事実から、AI なし。",
    "# spec.md 提到的操作；来自代码事实，无 AI。",
];
const WHAT: Sentence = [
    "What does {} take, what does it answer, and with which status?",
    "{} は何を受け取り、何をどのステータスで返すか?",
    "{} 接收什么、返回什么、状态码是什么?",
];
const FORMAT: Sentence = [
    "In which format is the contract of {} kept?",
    "{} の契約はどの形式で書くか?",
    "{} 的契约采用哪种格式?",
];
const SERVED: Sentence = ["served in `{}`", "`{}` で応答中", "由 `{}` 提供"];

/// Methods of HTTP, as operations of a contract have them.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// An operation: path and method.
type Operation = (String, &'static str);

/// How the project writes its contracts.
struct Form {
    version: String,
    name: String,
}

/// What a human has to decide before operations that the spec names can be written down.
pub(super) fn question(facts: &Facts<'_>) -> Option<String> {
    if has_contract(facts) || form(facts).is_some() {
        return None;
    }
    let named: Vec<String> = named(facts).keys().map(shown).collect();
    let names = format!("`{}`", named.join("`, `"));
    (!named.is_empty()).then(|| facts.tongue.ask(FORMAT, &[&names]))
}

/// The contract; `None` where the feature has one, the spec names no operation or nothing tells the format.
pub(super) fn skeleton(facts: &Facts<'_>) -> Option<NewDocument> {
    if !is_written(facts) {
        return None;
    }
    let (operations, form) = (named(facts), form(facts)?);
    let mut lines = vec![
        facts.tongue.pick(HEAD).to_owned(),
        format!("openapi: {}", form.version),
        "info:".to_owned(),
        format!("  title: {}", quoted(&facts.title())),
        "  version: 0.1.0".to_owned(),
        "paths:".to_owned(),
    ];
    let mut last = "";
    for ((path, method), items) in &operations {
        if last != path.as_str() {
            lines.push(format!("  {path}:"));
            last = path;
        }
        lines.push(format!("    {}:", method.to_lowercase()));
        let mut said = items.join(", ");
        if let Some(source) = served(facts, path, method) {
            said = format!("{said}; {}", facts.tongue.say(SERVED, &[&source]));
        }
        lines.push(format!("      description: {}", quoted(&said)));
        lines.extend(parameters(path));
        let question = facts.tongue.ask(WHAT, &[&format!("{method} {path}")]);
        lines.extend([
            "      responses:".to_owned(),
            "        default:".to_owned(),
            format!("          description: {}", quoted(&question)),
        ]);
    }
    lines.extend(schemas(facts));
    let path = format!("contracts/{}", form.name);
    let new = document(facts, &path, DocumentKind::ContractData, &lines)?;
    let read = documents::read(DocumentKind::ContractData, &new.text);
    let mut found: Vec<String> = read
        .items_of(ItemKind::Operation)
        .map(|(_, item)| item.id.to_string())
        .collect();
    let mut meant: Vec<String> = operations.keys().map(shown).collect();
    found.sort_unstable();
    meant.sort_unstable();
    (found == meant).then_some(new)
}

/// Whether [`skeleton`] has something to write.
pub(super) fn is_written(facts: &Facts<'_>) -> bool {
    !has_contract(facts) && !named(facts).is_empty() && form(facts).is_some()
}

fn shown((path, method): &Operation) -> String {
    format!("{method} {path}")
}

fn has_contract(facts: &Facts<'_>) -> bool {
    facts.feature.present.iter().any(|kind| kind.is_contract())
}

/// That of the newest `OpenAPI` contract of the project; our own, where it has no contract and its code has routes.
fn form(facts: &Facts<'_>) -> Option<Form> {
    let project = &facts.feature.project.id;
    let features = facts.graph.features().iter();
    let contracts = features
        .filter(|feature| feature.project.id == *project)
        .flat_map(|feature| feature.documents.iter().map(move |it| (&feature.name, it)))
        .filter(|(_, document)| document.kind.is_contract());
    let contracts: Vec<_> = contracts.collect();
    let open = contracts.iter().filter_map(|(name, document)| {
        let version = version(document)?;
        Some((*name, document.path.rsplit('/').next()?, version))
    });
    let general = ["api", "openapi", "rest-api", "http-api"];
    if let Some((_, name, version)) = open.max() {
        let (stem, ending) = name.rsplit_once('.')?;
        let stem = Some(stem)
            .filter(|it| general.contains(it))
            .unwrap_or("api");
        let ending = if ending == "yml" { "yml" } else { "yaml" };
        return Some(Form {
            version,
            name: format!("{stem}.{ending}"),
        });
    }
    let has_routes = || {
        let mut sources = facts.graph.inputs().sources.values();
        sources.any(|source| !source.facts.routes.is_empty())
    };
    (contracts.is_empty() && has_routes()).then(|| Form {
        version: "3.1.0".to_owned(),
        name: "api.yaml".to_owned(),
    })
}

/// `3.0.3` of `openapi: 3.0.3`.
fn version(contract: &FeatureDocument) -> Option<String> {
    let mut lines = contract.doc.text.lines();
    let written = lines.find_map(|line| line.strip_prefix("openapi:"))?;
    let version = written.split('#').next()?.trim().trim_matches(['"', '\'']);
    let plain = version.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (plain && version.starts_with("3.")).then(|| version.to_owned())
}

/// Operations with the items that name them, in the order of their paths.
fn named(facts: &Facts<'_>) -> BTreeMap<Operation, Vec<String>> {
    let mut found: BTreeMap<Operation, Vec<String>> = BTreeMap::new();
    let kinds = [
        ItemKind::Requirement,
        ItemKind::Scenario,
        ItemKind::SuccessCriterion,
    ];
    for kind in kinds {
        for (document, _, item) in facts.items(kind) {
            for operation in operations(document.slice(item.range)) {
                let ids = found.entry(operation).or_default();
                let id = called(document, item);
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
    }
    found
}

/// `US1/AC2`, `FR-003`
fn called(document: &FeatureDocument, item: &Item) -> String {
    let parent = item
        .parent
        .and_then(|at| document.facts().items.get(at as usize));
    match parent.filter(|it| it.kind == ItemKind::Story) {
        Some(story) => format!("{}/{}", story.id, item.id),
        None => item.id.to_string(),
    }
}

/// Operations that a text names: `POST /parcels/{id}`, parameters in any of their forms.
fn operations(text: &str) -> Vec<Operation> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    for method in METHODS {
        for (at, _) in text.match_indices(method) {
            let is_word =
                at == 0 || !bytes[at - 1].is_ascii_alphanumeric() && bytes[at - 1] != b'_';
            let behind = text.get(at + method.len()..).unwrap_or_default();
            let path = behind.trim_start_matches([' ', '`']);
            if !is_word || path.len() == behind.len() || !path.starts_with('/') {
                continue;
            }
            let end = path
                .find(|c: char| !(c.is_ascii_alphanumeric() || "/-._~{}:<>".contains(c)))
                .unwrap_or(path.len());
            if let Some(path) = template(path[..end].trim_end_matches(['.', ':', '/'])) {
                found.push((path, method));
            }
        }
    }
    found
}

/// A path with its parameters in braces; `None` if it is none.
fn template(path: &str) -> Option<String> {
    let mut segments = path.split('/').skip(1).peekable();
    segments.peek()?;
    let (mut out, mut names) = (String::new(), Vec::new());
    for segment in segments {
        let name = segment
            .strip_prefix(':')
            .or_else(|| segment.strip_prefix('{')?.strip_suffix('}'))
            .or_else(|| segment.strip_prefix('<')?.strip_suffix('>'));
        let plain = |text: &str| !text.is_empty() && !text.contains(['{', '}', '<', '>', ':']);
        if !plain(name.unwrap_or(segment)) {
            return None;
        }
        out.push('/');
        match name {
            Some(name) if names.contains(&name) => return None,
            Some(name) => {
                names.push(name);
                out.extend(["{", name, "}"]);
            }
            None => out.push_str(segment),
        }
    }
    Some(out)
}

/// The source whose route is written as the operation is.
fn served(facts: &Facts<'_>, path: &str, method: &str) -> Option<String> {
    let inputs = facts.graph.inputs();
    let sources = inputs.sources.iter();
    let serving = sources.filter(|(_, source)| {
        source.facts.routes.iter().any(|route| {
            route.complete
                && route.template.as_deref() == Some(path)
                && match &route.methods {
                    Methods::Any => true,
                    Methods::Only(all) => all.iter().any(|it| it.eq_ignore_ascii_case(method)),
                    Methods::Unknown => false,
                }
        })
    });
    let mut paths: Vec<&str> = serving
        .map(|(file, _)| inputs.tree.path_str(*file))
        .filter(|path| !code::is_test_path(path))
        .collect();
    paths.sort_unstable();
    paths.first().map(|path| (*path).to_owned())
}

fn parameters(path: &str) -> Vec<String> {
    let names = path
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        if lines.is_empty() {
            lines.push("      parameters:".to_owned());
        }
        lines.extend([
            format!("        - name: {name}"),
            "          in: path".to_owned(),
            "          required: true".to_owned(),
            "          schema: {}".to_owned(),
        ]);
    }
    lines
}

/// The entities of the spec, with the fields of the types that are there.
fn schemas(facts: &Facts<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for (document, _, item) in facts.items(ItemKind::Entity) {
        let words = item.id.split(|c: char| !c.is_ascii_alphanumeric());
        let name: String = words.map(capital).collect();
        if name.is_empty() || names.contains(&name) {
            continue;
        }
        if lines.is_empty() {
            lines.extend(["components:".to_owned(), "  schemas:".to_owned()]);
        }
        lines.push(format!("    {name}:"));
        lines.push("      type: object".to_owned());
        let said = one_line(document.slice(item.title_range));
        if !said.is_empty() {
            lines.push(format!("      description: {}", quoted(&said)));
        }
        let fields = data_model::fields_of(facts, &one_line(&item.id)).map(|known| known.fields);
        let fields = fields.unwrap_or_default();
        if !fields.is_empty() {
            lines.push("      properties:".to_owned());
            lines.extend(
                fields
                    .iter()
                    .map(|(name, _)| format!("        {name}: {{}}")),
            );
        }
        names.push(name);
    }
    lines
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A text as YAML and JSON have it.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
