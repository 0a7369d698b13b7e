//! Symbols and calls -> tests and groups of tests.

use std::cmp::Reverse;

use text::TextRange;

use super::{Span, captures::Captures, quoted::contents, symbols::Outlined, to_range, word};
use crate::{
    MAX_SYMBOLS, Prints, SourceFacts, Test, TestGroup,
    languages::{Definition, Role, SymbolView},
};

/// A test or group, not yet placed among the others.
struct Candidate {
    role: Role,
    range: Span,
    suite: Option<Span>,
    verb: Option<Span>,
    name: Span,
}

/// A group or test around the next candidate.
struct Open {
    end: usize,
    path: String,
    skipped: bool,
}

pub(super) fn assemble(
    definition: &Definition,
    text: &str,
    captures: &Captures,
    outline: &[Outlined],
    facts: &mut SourceFacts,
) {
    let file_skipped = is_skipped(captures, &(0..text.len())) || {
        // A module node begins at its first token, whatever the blanks around it.
        let start = text.len() - text.trim_start().len();
        captures
            .skipped
            .iter()
            .any(|span| span.start <= start && span.end >= text.trim_end().len())
    };
    let mut candidates = from_symbols(definition, text, captures, outline, facts);
    candidates.extend(captures.calls.iter().map(|call| Candidate {
        role: call.role.or_skipped(is_skipped(captures, &call.node)),
        range: call.node.clone(),
        suite: call.suite.clone(),
        verb: call.verb.clone(),
        name: contents(text, &call.title),
    }));
    candidates.sort_by_key(|candidate| (candidate.range.start, Reverse(candidate.range.end)));
    // A method may be found by its name and by what stands above it.
    candidates.dedup_by(|b, a| a.name == b.name);
    if !definition.empty_groups {
        drop_empty_groups(&mut candidates);
    }

    let mut open: Vec<Open> = Vec::new();
    for Candidate {
        role,
        range,
        suite,
        verb,
        name,
    } in candidates
    {
        if facts.tests.len().max(facts.groups.len()) >= MAX_SYMBOLS {
            facts.truncated = true;
            break;
        }
        while open.last().is_some_and(|group| group.end < range.end) {
            open.pop();
        }
        let outer_skipped = open.last().map_or(file_skipped, |group| group.skipped);
        let written = |span: &Span| text.get(span.clone()).unwrap_or_default();
        let own = match (verb.as_ref().map(written), role) {
            (None, _) => written(&name).to_owned(),
            (Some(verb), Role::Group { .. }) => format!("{} {verb}", written(&name)),
            (Some(verb), _) => format!("{verb} {}", written(&name)),
        };
        let path = [
            open.last().map_or("", |group| group.path.as_str()),
            suite.as_ref().map_or("", written),
            own.as_str(),
        ];
        let full_name = path
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" > ");
        let title = title_of(text, captures, &range, &name);
        match role {
            Role::None => {}
            Role::Group { skipped } => {
                let skipped = skipped || outer_skipped;
                open.push(Open {
                    end: range.end,
                    path: full_name.clone(),
                    skipped,
                });
                facts.groups.push(TestGroup {
                    name: word(text, &name),
                    full_name,
                    range: to_range(&range),
                    name_range: to_range(&name),
                    title,
                    skipped,
                });
            }
            Role::Case { skipped, asserts } => {
                let skipped = skipped || outer_skipped;
                open.push(Open {
                    end: range.end,
                    path: full_name.clone(),
                    skipped,
                });
                let inside = captures.asserts(&range);
                facts.tests.push(Test {
                    name: word(text, &name),
                    full_name,
                    range: to_range(&range),
                    name_range: to_range(&name),
                    title,
                    skipped,
                    asserts: asserts || inside,
                    may_assert: false,
                    prints: Prints::default(),
                });
            }
        }
    }
}

fn from_symbols(
    definition: &Definition,
    text: &str,
    captures: &Captures,
    outline: &[Outlined],
    facts: &SourceFacts,
) -> Vec<Candidate> {
    let mut roles: Vec<Role> = Vec::with_capacity(outline.len());
    let mut candidates = Vec::new();
    for (symbol, outlined) in facts.symbols.iter().zip(outline) {
        let attributes: Vec<&str> = captures.attributes[outlined.attributes.clone()]
            .iter()
            .rev()
            .filter_map(|span| text.get(span.clone()))
            .collect();
        let parent = outlined.parent.map(|index| index as usize);
        let mut role = (definition.symbol_role)(&SymbolView {
            name: &symbol.name,
            kind: symbol.kind,
            parent: parent
                .and_then(|index| facts.symbols.get(index))
                .map(|symbol| symbol.kind),
            in_group: parent
                .and_then(|index| roles.get(index))
                .is_some_and(|role| matches!(role, Role::Group { .. })),
            attributes: &attributes,
            bases: outlined
                .bases
                .clone()
                .and_then(|span| text.get(span))
                .unwrap_or_default(),
            signature: text::slice(text, symbol.signature),
            has_body: symbol.signature.end() < symbol.range.end(),
            container: symbol.container.as_deref().unwrap_or_default(),
            outer_bases: parent
                .and_then(|index| outline.get(index)?.bases.clone())
                .and_then(|span| text.get(span))
                .unwrap_or_default(),
        });
        role = role.or_skipped(is_skipped(captures, &outlined.node));
        roles.push(role);
        if role != Role::None {
            candidates.push(Candidate {
                role,
                range: symbol.range.into(),
                suite: outlined.container.clone(),
                verb: None,
                name: contents(text, &symbol.name_range.into()),
            });
        }
    }
    candidates
}

/// The title between the start of a test and its name: an attribute's.
fn title_of(text: &str, captures: &Captures, range: &Span, name: &Span) -> Option<TextRange> {
    let first = captures
        .displays
        .partition_point(|display| display.start < range.start);
    let display = captures.displays.get(first)?;
    (display.end <= name.start).then(|| to_range(&contents(text, display)))
}

fn is_skipped(captures: &Captures, node: &Span) -> bool {
    let first = captures
        .skipped
        .partition_point(|span| span.start < node.start);
    captures.skipped[first..]
        .iter()
        .take_while(|span| span.start == node.start)
        .any(|span| span.end == node.end)
}

/// Modules and classes are groups only where a test lies inside.
fn drop_empty_groups(candidates: &mut Vec<Candidate>) {
    let cases: Vec<usize> = candidates
        .iter()
        .filter(|candidate| matches!(candidate.role, Role::Case { .. }))
        .map(|candidate| candidate.range.start)
        .collect();
    candidates.retain(|candidate| {
        !matches!(candidate.role, Role::Group { .. })
            || cases
                .get(cases.partition_point(|start| *start < candidate.range.start))
                .is_some_and(|start| *start < candidate.range.end)
    });
}
