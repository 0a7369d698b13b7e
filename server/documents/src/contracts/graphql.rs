//! GraphQL schemas: fields of the root types are operations, other types are entities.

use super::tokens::{Comments, Token, closing, tokens};
use super::{Found, field};
use smol_str::format_smolstr;

/// Reads operations and entities.
pub(super) fn read(text: &str, start: usize, found: &mut Found) {
    let tokens = tokens(text, start, Comments::Hash);
    let mut at = 0;
    while at + 1 < tokens.len() {
        let [word, name, ..] = &tokens[at..] else {
            break;
        };
        let defines = matches!(word.written, "type" | "input" | "interface") && name.is_word();
        let body = tokens[at..]
            .iter()
            .position(|token| matches!(token.written, "{" | "}"))
            .map(|open| at + open);
        let close = body
            .filter(|&open| tokens[open].written == "{")
            .and_then(|open| closing(&tokens, open).map(|close| (open, close)));
        match (defines, close) {
            (true, Some((open, close))) => {
                definition(text, &tokens, (at, open, close), found);
                at = close + 1;
            }
            // A query, an enum, a schema: passed over whole.
            (false, Some((open, close))) if open == at => at = close + 1,
            _ => at += 1,
        }
    }
}

/// `type Name implements X { field(argument: Type): Type }`; `places` are the word, `{` and `}`.
fn definition(text: &str, tokens: &[Token<'_>], places: (usize, usize, usize), found: &mut Found) {
    let (first, open, close) = places;
    let name = &tokens[first + 1];
    let root = matches!(name.written, "Query" | "Mutation" | "Subscription")
        && tokens[first].written == "type";
    let mut fields = Vec::new();
    let mut at = open + 1;
    while at < close {
        let own = &tokens[at];
        if matches!(own.written, "(" | "{" | "[") {
            // The arguments of a directive.
            at = closing(tokens, at).map_or(close, |behind| behind + 1);
            continue;
        }
        let mut colon = at + 1;
        if tokens[colon].written == "(" {
            let Some(behind) = closing(tokens, colon) else {
                break;
            };
            colon = behind + 1;
        }
        if !own.is_word() || colon >= close || tokens[colon].written != ":" {
            at += 1;
            continue;
        }
        let (Some(types), next) = type_behind(tokens, colon + 1, close) else {
            at += 1;
            continue;
        };
        let range = own.range.start..types.end;
        if root {
            let id = format_smolstr!("{}.{}", name.written, own.written);
            found.operation(id, &own.range, None, &range);
        } else {
            fields.extend(field(text, &own.range, Some(&types), &range));
        }
        at = next;
    }
    if !root {
        let range = tokens[first].range.start..tokens[close].range.end;
        found.entity(text, &name.range, &range, fields);
    }
}

/// `[Type!]!` and where the next field may begin.
fn type_behind(
    tokens: &[Token<'_>],
    start: usize,
    close: usize,
) -> (Option<std::ops::Range<usize>>, usize) {
    let mut at = start;
    while at < close && tokens[at].written == "[" {
        at += 1;
    }
    if at >= close || !tokens[at].is_word() {
        return (None, start);
    }
    at += 1;
    while at < close && matches!(tokens[at].written, "]" | "!") {
        at += 1;
    }
    (
        Some(tokens[start].range.start..tokens[at - 1].range.end),
        at,
    )
}
