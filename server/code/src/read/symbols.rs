//! Items of the query -> symbols with their containers.

use std::cmp::Reverse;

use smol_str::{SmolStr, format_smolstr};

use super::{
    Span,
    captures::{Captures, Item},
    to_range, word,
};
use crate::{MAX_SYMBOLS, Prints, SourceFacts, Symbol, SymbolKind, comments};

/// What is known of a symbol beyond the facts, in the order of [`SourceFacts::symbols`].
pub(super) struct Outlined {
    /// As the grammar has it, without attributes.
    pub(super) node: Span,
    /// Its attributes in [`Captures::attributes`].
    pub(super) attributes: std::ops::Range<usize>,
    pub(super) bases: Option<Span>,
    /// The container written with its name.
    pub(super) container: Option<Span>,
    /// The symbol around it.
    pub(super) parent: Option<u32>,
}

/// Something around the next item.
struct Open {
    range: Span,
    /// Names so far, joined with `.`.
    path: SmolStr,
    owns_methods: bool,
    symbol: Option<u32>,
}

impl Open {
    /// Two items of one declaration (`int a, b;`) have the same range, and none is in the other.
    fn holds(&self, inner: &Span) -> bool {
        self.range != *inner && inner.end <= self.range.end && inner.start < self.range.end
    }
}

pub(super) fn assemble(text: &str, captures: &Captures, facts: &mut SourceFacts) -> Vec<Outlined> {
    let mut items: Vec<(Span, std::ops::Range<usize>, Item)> =
        once_per_name(captures.items.clone())
            .into_iter()
            .map(|item| {
                let attributes = attributes_of(text, captures, &item);
                let first = captures
                    .attributes
                    .get(attributes.start)
                    .filter(|_| !attributes.is_empty());
                let wrapper = wrapper_of(captures, &item.node);
                let start = first.map_or(wrapper.start, |attribute| {
                    attribute.start.min(wrapper.start)
                });
                let range = comments::trimmed(text, start..item.node.end.max(wrapper.end));
                (range, attributes, item)
            })
            .collect();
    items.sort_by_key(|(range, _, item)| {
        (range.start, Reverse(range.end), !item.leaf, item.name.start)
    });

    let mut outline = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for (range, attributes, item) in items {
        while open.last().is_some_and(|outer| !outer.holds(&range)) {
            open.pop();
        }
        let around = around_of(item.kind, &open, facts);
        let name = word(text, &item.name);
        let written = item.container.as_ref().map(|span| dotted(text, span));
        let container = match (around, written) {
            (Some(outer), Some(own)) => Some(format_smolstr!("{}.{own}", outer.path)),
            (Some(outer), None) => Some(outer.path.clone()),
            (None, own) => own,
        };
        let own = if name.contains("::") {
            dotted(text, &item.name)
        } else {
            name.clone()
        };
        let path = match &container {
            Some(container) => format_smolstr!("{container}.{own}"),
            None => own,
        };
        let parent = open.iter().rev().find_map(|outer| outer.symbol);
        let Some(kind) = item.kind else {
            open.push(Open {
                range: range.clone(),
                path,
                owns_methods: true,
                symbol: None,
            });
            continue;
        };
        let around_kind = parent
            .and_then(|index: u32| facts.symbols.get(index as usize))
            .map(|symbol| symbol.kind);
        if !item.within.admits(around_kind) {
            continue;
        }
        if facts.symbols.len() == MAX_SYMBOLS {
            facts.truncated = true;
            break;
        }
        let kind = match kind {
            SymbolKind::Function if around.is_some_and(|outer| outer.owns_methods) => {
                SymbolKind::Method
            }
            kind => kind,
        };
        let symbol = Some(facts.symbols.len() as u32);
        if !item.leaf {
            open.push(Open {
                range: range.clone(),
                path,
                owns_methods: kind.owns_methods() || item.owns_methods,
                symbol,
            });
        }
        facts.symbols.push(Symbol {
            name,
            kind,
            container,
            range: to_range(&range),
            name_range: to_range(&item.name),
            signature: to_range(&signature(text, captures, &range, item.body.as_ref())),
            prints: Prints::default(),
        });
        outline.push(Outlined {
            node: item.node,
            attributes,
            bases: item.bases,
            container: item.container,
            parent,
        });
    }
    outline
}

/// What is around an item. A parameter that is a field belongs to the type around its constructor.
fn around_of<'a>(
    kind: Option<SymbolKind>,
    open: &'a [Open],
    facts: &SourceFacts,
) -> Option<&'a Open> {
    let is_method = |around: &Open| {
        around
            .symbol
            .and_then(|index| facts.symbols.get(index as usize))
            .is_some_and(|symbol| symbol.kind == SymbolKind::Method)
    };
    open.iter()
        .rev()
        .find(|around| kind != Some(SymbolKind::Field) || !is_method(around))
}

/// `Auth::Login<T>::` as `Auth.Login`, `resource "aws_s3_bucket"` as `resource.aws_s3_bucket`.
fn dotted(text: &str, span: &Span) -> SmolStr {
    let written = text.get(span.clone()).unwrap_or_default();
    let mut path = String::with_capacity(written.len());
    let mut depth = 0_usize;
    for c in written.chars() {
        match c {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            '"' => {}
            _ if depth > 0 => {}
            c if c == ':' || c.is_whitespace() => {
                if !path.is_empty() && !path.ends_with('.') {
                    path.push('.');
                }
            }
            c => path.push(c),
        }
    }
    path.trim_end_matches('.').into()
}

/// Several patterns may find one name: a function wins over a constant or field, then the longest item, then the
/// pattern that stands first in the query.
fn once_per_name(mut items: Vec<Item>) -> Vec<Item> {
    items.sort_by_key(|item| {
        let value = matches!(item.kind, Some(SymbolKind::Constant | SymbolKind::Field));
        (
            item.name.start,
            item.kind.is_none(),
            value,
            Reverse(item.node.len()),
            item.pattern,
        )
    });
    // An impl's name may be a symbol's name nowhere else, so equal starts are equal names.
    items.dedup_by_key(|item| item.name.start);
    items
}

/// What wraps the item (`export`, `declare`), or the item itself.
fn wrapper_of(captures: &Captures, node: &Span) -> Span {
    let mut node = node;
    // A wrapper begins before what it wraps, so this ends.
    loop {
        let first = captures
            .wrapped
            .partition_point(|(_, inner)| inner.start < node.start);
        match captures.wrapped.get(first) {
            Some((outer, inner)) if inner == node && outer.start < node.start => node = outer,
            _ => return node.clone(),
        }
    }
}

/// The attributes of an item: those in it that stand before its name, and the run of attributes directly above it.
fn attributes_of(text: &str, captures: &Captures, item: &Item) -> std::ops::Range<usize> {
    let start = item.node.start;
    let last = captures
        .attributes
        .partition_point(|attribute| attribute.end <= item.name.start);
    let (mut first, mut below) = (last, start);
    while let Some(attribute) = first
        .checked_sub(1)
        .and_then(|index| captures.attributes.get(index))
    {
        if attribute.start < start
            && !captures
                .spoken
                .only_comments(text, attribute.end, below, usize::MAX)
        {
            break;
        }
        below = below.min(attribute.start);
        first -= 1;
    }
    first..last
}

fn signature(text: &str, captures: &Captures, range: &Span, body: Option<&Span>) -> Span {
    let end = body
        .map_or(range.end, |body| body.start)
        .clamp(range.start, range.end);
    let blank =
        |from: usize, to: usize| text.get(from..to).unwrap_or_default().trim_end().len() + from;
    let mut end = blank(range.start, end);
    if body.is_some() {
        // Comments between signature and body (Python puts them there) are not part of it.
        let comments = &captures.spoken.comments;
        let mut next = comments.partition_point(|comment| comment.end <= end);
        while let Some(comment) = next.checked_sub(1).and_then(|index| comments.get(index)) {
            if comment.end != end || comment.start <= range.start {
                break;
            }
            end = blank(range.start, comment.start);
            next -= 1;
        }
    }
    range.start..end
}
