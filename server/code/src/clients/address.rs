//! An address as written -> its path as a template.

use std::ops::Range;

use tree_sitter::Node;

use crate::calls::Calls;

/// What an expression says of an address.
pub(super) struct Address {
    /// `/users/{id}`.
    pub(super) path: String,
    pub(super) range: Range<usize>,
    /// The host is written, or the path begins the text.
    pub(super) complete: bool,
    /// The host is written: no library puts anything before it.
    pub(super) hosted: bool,
}

/// One part of an address.
enum Piece<'t> {
    Text(&'t str),
    /// What is put in, and the name that it has.
    Hole(&'t str),
}

/// Strings put together with `+` that are read.
const MOST: usize = 32;

impl Address {
    /// `None` if the expression is not written as a string.
    pub(super) fn of<'t>(calls: &Calls<'t>, node: Node<'t>) -> Option<Self> {
        let mut pieces = Vec::new();
        let range = pieces_of(calls, node, &mut pieces, 0)?;
        let (path, complete) = path_of(&pieces)?;
        let hosted =
            complete && matches!(pieces.first(), Some(Piece::Text(text)) if text.contains("://"));
        Some(Self {
            path,
            range,
            complete,
            hosted,
        })
    }
}

/// Puts the parts of an expression in order; gives the bytes that stand for it.
fn pieces_of<'t>(
    calls: &Calls<'t>,
    node: Node<'t>,
    pieces: &mut Vec<Piece<'t>>,
    deep: usize,
) -> Option<Range<usize>> {
    if deep > MOST {
        return None;
    }
    if let Some(literal) = calls.literal(node) {
        let mut at = literal.range.start;
        for (hole, inner) in &literal.holes {
            pieces.push(Piece::Text(calls.text.get(at..hole.start)?));
            pieces.push(Piece::Hole(inner));
            at = hole.end;
        }
        let rest = calls.text.get(at..literal.range.end)?;
        if literal.holes.is_empty() && rest.contains('\\') && !literal.raw {
            return None;
        }
        pieces.push(Piece::Text(rest));
        return Some(literal.range);
    }
    if matches!(node.kind(), "binary_expression" | "binary_operator") {
        let (left, right) = (
            node.child_by_field_name("left")?,
            node.child_by_field_name("right")?,
        );
        let operator = calls.text.get(left.end_byte()..right.start_byte())?;
        if operator.trim() != "+" {
            return None;
        }
        for side in [left, right] {
            if pieces_of(calls, side, pieces, deep + 1).is_none() {
                pieces.push(Piece::Hole(calls.short(side)));
            }
        }
        let said = pieces.iter().any(|piece| matches!(piece, Piece::Text(_)));
        return said.then(|| node.byte_range());
    }
    if let Some(value) = bound(calls, node) {
        return pieces_of(calls, value, pieces, deep + MOST / 4);
    }
    formatted(calls, node, pieces)
}

/// The value of a name that is given one only, where it can be seen from.
fn bound<'t>(calls: &Calls<'t>, node: Node<'t>) -> Option<Node<'t>> {
    let node = if node.kind() == "reference_expression" {
        node.named_child(0)?
    } else {
        node
    };
    let name = calls.short(node);
    if node.kind() != "identifier" || calls.text.contains(&format!("{name} +=")) {
        return None;
    }
    let mut seen = calls.bound(name).filter(|binding| {
        let around = binding
            .function
            .and_then(|function| calls.functions.get(function as usize));
        around.is_none_or(|around| around.range.contains(&node.start_byte()))
    });
    let one = seen.next()?;
    (seen.next().is_none() && one.value.end_byte() <= node.start_byte()).then_some(one.value)
}

/// `format!("{base}/x/{}", id)`, `fmt.Sprintf("%s/x", base)`, `"/x/{}".format(id)`.
fn formatted<'t>(
    calls: &Calls<'t>,
    node: Node<'t>,
    pieces: &mut Vec<Piece<'t>>,
) -> Option<Range<usize>> {
    let inner = if matches!(node.kind(), "reference_expression" | "unary_expression") {
        node.named_child(0)?
    } else {
        node
    };
    let (string, braces) = if inner.kind() == "macro_invocation" {
        let name = inner.child_by_field_name("macro")?;
        if calls.short(name) != "format" {
            return None;
        }
        let mut cursor = inner.walk();
        let tokens = inner
            .named_children(&mut cursor)
            .find(|child| child.kind() == "token_tree")?;
        (tokens.named_child(0)?, true)
    } else {
        let call = calls.call(inner)?;
        match call.callee {
            "fmt.Sprintf" | "String.format" => (call.at(0)?, false),
            "String" if call.name == "format" => (call.at(0)?, false),
            _ if call.name == "format" => (call.receiver?, true),
            _ => return None,
        }
    };
    let range = calls.constant(string)?;
    let written = calls.text.get(range.clone())?;
    let mut rest = written;
    while let Some(at) = rest.find(if braces { '{' } else { '%' }) {
        pieces.push(Piece::Text(&rest[..at]));
        let hole = &rest[at + 1..];
        if braces {
            let end = hole.find('}')?;
            let name = &hole[..end];
            pieces.push(Piece::Hole(name.split(':').next().unwrap_or(name)));
            rest = &hole[end + 1..];
        } else {
            pieces.push(Piece::Hole(""));
            rest = hole.get(hole.find(|c: char| c.is_ascii_alphabetic())? + 1..)?;
        }
    }
    pieces.push(Piece::Text(rest));
    Some(range)
}

/// The path of an address, and whether nothing can stand before it.
fn path_of(pieces: &[Piece<'_>]) -> Option<(String, bool)> {
    let mut whole = String::new();
    let mut based = false;
    for piece in pieces {
        match piece {
            Piece::Text(text) => whole.push_str(text),
            // What comes first is where the service is.
            Piece::Hole(_) if whole.is_empty() => based = true,
            // What follows a word may go on with more segments, or with a query.
            Piece::Hole(_) if whole.ends_with(char::is_alphanumeric) => return None,
            Piece::Hole(name) => {
                whole.push('{');
                whole.push_str(last_name(name));
                whole.push('}');
            }
        }
        if whole.contains(['?', '#']) {
            break;
        }
    }
    let mut complete = !based;
    let mut path = whole.as_str();
    if let Some((scheme, rest)) = path.split_once("://") {
        if based || !scheme.chars().all(|c| c.is_ascii_alphabetic()) {
            return None;
        }
        let host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        // A host that is put in may hold a path.
        complete = !rest[..host].contains('{');
        path = &rest[host..];
    } else if based && !path.starts_with(['/', '?']) {
        return None;
    } else if !based && !path.starts_with('/') {
        complete = false;
    }
    let path = &path[..path.find(['?', '#']).unwrap_or(path.len())];
    let plain = |c: char| c.is_alphanumeric() || "/{}-_.~:@!$&'()*+,;=%".contains(c);
    if !path.chars().all(plain) {
        return None;
    }
    let joined = crate::routes::join("", path);
    Some(if joined.is_empty() {
        ("/".to_owned(), complete)
    } else {
        (joined, complete)
    })
}

/// `id` of `user.id`, of `encodeURIComponent(id)`; `*` where there is no name.
fn last_name(expression: &str) -> &str {
    let expression = expression.trim_end_matches([')', ']', '!', '\'', '"', ' ']);
    let start = expression
        .rfind(|c: char| !c.is_alphanumeric() && c != '_')
        .map_or(0, |at| at + 1);
    match expression.get(start..) {
        Some(name) if !name.is_empty() => name,
        _ => "*",
    }
}
