//! A comment above a symbol that names a requirement with its feature.

use documents::Format;
use text::{Edit, FileId, TextSize};
use trace::{Basis, Feature, Graph, ItemRef, Resolved};

use crate::Texts;
use crate::planned::{Planned, writable};

/// The edit that mentions an item above a symbol or test of a source file that begins at `at`; nothing where the file
/// cannot be written, the item is mentioned there already, or no comment would be read as meaning it for sure.
#[must_use]
pub fn mention_above(
    graph: &Graph,
    item: ItemRef,
    (file, at): (FileId, TextSize),
    texts: &Texts<'_>,
) -> Option<Edit> {
    let (feature, it) = graph.item(item)?;
    if graph
        .code_mentions(item)
        .iter()
        .any(|(known, ..)| *known == file)
    {
        return None;
    }
    let text = writable(graph, file, texts).ok()?;
    let start = text
        .get(..usize::from(at))?
        .rfind('\n')
        .map_or(0, |end| end + 1);
    let line = &text[start..];
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let line_break = if line
        .split('\n')
        .next()
        .is_some_and(|line| line.ends_with('\r'))
    {
        "\r\n"
    } else {
        "\n"
    };
    let marks = marks(graph.inputs().tree.path_str(file));
    let place = TextSize::new(start as u32);
    // A byte order mark stays first.
    let place = if text[start..].starts_with('\u{feff}') {
        place + TextSize::of('\u{feff}')
    } else {
        place
    };
    names(feature, &it.id).into_iter().find_map(|name| {
        let planned = Planned {
            text: text.clone(),
            edits: vec![Edit::insert(
                place,
                format!("{indent}{marks} {name}{line_break}"),
            )],
        };
        is_proven(graph, item, file, &planned)?;
        planned.edits.into_iter().next()
    })
}

/// Ways to name an item with its feature, the shortest first.
fn names(feature: &Feature, id: &str) -> Vec<String> {
    let (path, name) = (&feature.path, &feature.name);
    match feature.format() {
        Format::SpecKit => vec![
            format!("{path}#{id}"),
            format!("{path} {id}"),
            format!("{path}/spec.md {id}"),
            format!("{name}/{id}"),
        ],
        Format::Kiro => vec![
            format!("{path} Requirements: {id}"),
            format!("Feature: {name}, Validates: Requirements {id}"),
        ],
        Format::OpenSpec => Vec::new(),
    }
}

/// What a comment to the end of the line begins with.
fn marks(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "py" | "pyi" | "rb" | "rake" | "sh" | "bash" | "bats" | "tf" | "hcl" | "ex" | "exs"
        | "r" | "jl" | "pl" => "#",
        "sql" | "lua" | "hs" => "--",
        _ => "//",
    }
}

/// Whether the source with its comment mentions the item for sure, and otherwise says what it said.
fn is_proven(graph: &Graph, item: ItemRef, file: FileId, planned: &Planned) -> Option<()> {
    let after = graph.apply(vec![planned.change(graph, file)?]);
    let (then, now) = (&graph.source(file)?.facts, &after.source(file)?.facts);
    let same = then.symbols_known == now.symbols_known
        && then
            .symbols
            .iter()
            .map(code::Symbol::qualified_name)
            .eq(now.symbols.iter().map(code::Symbol::qualified_name))
        && then
            .tests
            .iter()
            .map(|it| &it.full_name)
            .eq(now.tests.iter().map(|it| &it.full_name));
    let sure = |it: &Resolved| matches!(it, Resolved::Items(items, Basis::Declared) if items.as_slice() == [item]);
    let mut meant: Vec<&Resolved> = after
        .code_links(file)
        .iter()
        .map(|link| &link.resolved)
        .collect();
    let new = meant.iter().position(|it| sure(it))?;
    meant.remove(new);
    let before = graph.code_links(file).iter().map(|link| &link.resolved);
    (same && before.eq(meant)).then_some(())
}
