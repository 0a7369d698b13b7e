//! Candidates that are ids.

use std::fmt::Write as _;

use documents::ItemKind;
use grammar::Cited;
use trace::{Feature, Graph, ItemRef};

use super::context::Line;
use super::{Completion, CompletionKind};
use crate::wording;

/// Ids of the document's own feature.
pub(super) fn mentioned(
    graph: &Graph,
    feature: &Feature,
    line: &Line<'_>,
    typed: &str,
) -> Vec<Completion> {
    let named = defined(graph, feature, typed).map(|(item, id)| Named {
        sort: natural(&id),
        insert: id.clone(),
        item,
        id,
    });
    described(graph, line, typed, named.collect())
}

/// An id that fits, before anything is said about it.
pub(super) struct Named {
    pub(super) sort: String,
    pub(super) item: ItemRef,
    pub(super) id: String,
    pub(super) insert: String,
}

/// Candidates for the first of the ids; one more than are shown, so that the rest is known of.
pub(super) fn described(
    graph: &Graph,
    line: &Line<'_>,
    typed: &str,
    mut named: Vec<Named>,
) -> Vec<Completion> {
    named.sort_by(|a, b| (&a.sort, &a.insert).cmp(&(&b.sort, &b.insert)));
    named.truncate(super::LIMIT + 1);
    let described = named.into_iter().map(|named| {
        let mut candidate = candidate(graph, named.item, &named.id, line, typed, &named.insert);
        candidate.sort = named.sort;
        candidate
    });
    described.collect()
}

/// Numbers of what a Kiro spec counts, with their texts.
pub(super) fn cited(
    graph: &Graph,
    feature: &Feature,
    line: &Line<'_>,
    cited: Cited,
    typed: &str,
) -> Vec<Completion> {
    let wanted = |kind: ItemKind| match cited {
        Cited::Requirements => matches!(kind, ItemKind::Requirement | ItemKind::Criterion),
        Cited::Properties => kind == ItemKind::Property,
        Cited::Tasks => kind == ItemKind::Task,
    };
    let named = feature.defined_ids().filter_map(|(_, items)| {
        let &item = items.first()?;
        let (_, it) = graph.item(item)?;
        let fits = wanted(it.kind) && it.id.starts_with(typed);
        fits.then(|| Named {
            sort: natural(&it.id),
            insert: it.id.to_string(),
            item,
            id: it.id.to_string(),
        })
    });
    let mut found = described(graph, line, typed, named.collect());
    for candidate in &mut found {
        candidate.detail = candidate
            .documentation
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
    }
    found
}

/// Ids of the feature that a number or name before the slash means.
pub(super) fn qualified(
    graph: &Graph,
    home: &Feature,
    line: &Line<'_>,
    qualifier: &str,
    typed: &str,
) -> Vec<Completion> {
    let number: Option<u64> = qualifier.parse().ok();
    let features = graph.features().iter().filter(|feature| {
        feature.project.id == home.project.id
            && match number {
                Some(_) => feature.number == number,
                None => feature.name == qualifier,
            }
    });
    features
        .flat_map(|feature| mentioned(graph, feature, line, typed))
        .collect()
}

/// First definitions of ids that begin as typed, scenarios and entities left out.
pub(super) fn defined<'a>(
    graph: &'a Graph,
    feature: &'a Feature,
    typed: &'a str,
) -> impl Iterator<Item = (ItemRef, String)> + 'a {
    feature.defined_ids().filter_map(move |(id, items)| {
        let &item = items.first()?;
        let (_, it) = graph.item(item)?;
        let shown = !matches!(it.kind, ItemKind::Scenario | ItemKind::Entity);
        (shown && fits(id, typed)).then(|| (item, id.to_string()))
    })
}

/// Whether an id begins with what was typed; `FR` also finds `FR-001`.
pub(super) fn fits(id: &str, typed: &str) -> bool {
    id.len() >= typed.len()
        && id.is_char_boundary(typed.len())
        && id[..typed.len()].eq_ignore_ascii_case(typed)
}

fn candidate(
    graph: &Graph,
    item: ItemRef,
    id: &str,
    line: &Line<'_>,
    typed: &str,
    insert: &str,
) -> Completion {
    let (mut detail, mut documentation, mut kind) =
        (String::new(), String::new(), ItemKind::Requirement);
    if let Some((feature, it)) = graph.item(item) {
        documentation = wording::words_of(feature, item);
        kind = it.kind;
        detail = match &it.task {
            Some(task) => format!("{} {}", wording::state(task.state), feature.name),
            None => feature.name.to_string(),
        };
    }
    Completion {
        label: insert.to_owned(),
        detail,
        documentation,
        kind: CompletionKind::Item(kind),
        replace: line.typed(typed),
        insert: insert.to_owned(),
        stops: Vec::new(),
        filter: id.to_owned(),
        sort: natural(id),
    }
}

/// A key under which `T9` comes before `T10`.
pub(super) fn natural(id: &str) -> String {
    let mut key = String::with_capacity(id.len() + 8);
    let mut digits = String::new();
    for c in id.chars().chain(['\u{0}']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            let _ = write!(key, "{digits:0>8}");
            digits.clear();
        }
        if c != '\u{0}' {
            key.push(c);
        }
    }
    key
}

/// `[P]` and the stories' labels.
pub(super) fn labels(
    graph: &Graph,
    feature: &Feature,
    line: &Line<'_>,
    typed: &str,
) -> Vec<Completion> {
    let closed = usize::from(line.after.starts_with(']'));
    let replace = text::span(line.cursor - typed.len(), line.cursor + closed);
    let label = |text: String, detail: String, sort: String| Completion {
        filter: text.clone(),
        insert: text.clone(),
        label: text,
        detail,
        documentation: String::new(),
        kind: CompletionKind::Label,
        replace,
        stops: Vec::new(),
        sort,
    };
    let mut found = Vec::new();
    if "[P]".starts_with(typed) {
        let detail = "other files, no open dependency".to_owned();
        found.push(label("[P]".into(), detail, "0".into()));
    }
    for (id, items) in feature.defined_ids() {
        let story = items
            .first()
            .and_then(|&item| graph.item(item).zip(Some(item)));
        let Some(((_, it), item)) = story else {
            continue;
        };
        let text = format!("[{id}]");
        if it.kind == ItemKind::Story && fits(&text, typed) {
            found.push(label(
                text,
                wording::words_of(feature, item),
                format!("1{}", natural(id)),
            ));
        }
    }
    found
}
