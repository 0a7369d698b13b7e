//! Protocol buffers: calls of services are operations, messages are entities.

use super::tokens::{Comments, Token, closing, tokens};
use super::{Found, field};
use crate::model::Field;
use smol_str::format_smolstr;

/// Deepest nesting of messages that is read.
const DEEPEST: u32 = 16;

/// Reads operations and entities.
pub(super) fn read(text: &str, start: usize, found: &mut Found) {
    let tokens = tokens(text, start, Comments::Slashes);
    within(text, &tokens, 0, tokens.len(), 0, found);
}

/// Definitions between two places.
fn within(
    text: &str,
    tokens: &[Token<'_>],
    start: usize,
    end: usize,
    depth: u32,
    found: &mut Found,
) {
    let mut at = start;
    while at + 2 < end {
        let [word, name, open, ..] = &tokens[at..] else {
            return;
        };
        let block = open.written == "{" && name.is_word() && depth < DEEPEST;
        let close = || closing(tokens, at + 2).filter(|&close| close < end);
        match (word.written, block) {
            ("message", true) => {
                let Some(close) = close() else { return };
                let fields = fields(text, tokens, at + 3, close);
                let range = word.range.start..tokens[close].range.end;
                found.entity(text, &name.range, &range, fields);
                within(text, tokens, at + 3, close, depth + 1, found);
                at = close + 1;
            }
            ("service", true) => {
                let Some(close) = close() else { return };
                calls(tokens, name.written, at + 3, close, found);
                at = close + 1;
            }
            _ => at += 1,
        }
    }
}

/// `rpc Name (Request) returns (Response)`
fn calls(tokens: &[Token<'_>], service: &str, start: usize, end: usize, found: &mut Found) {
    let mut at = start;
    while at + 2 < end {
        let (word, name) = (&tokens[at], &tokens[at + 1]);
        if word.written != "rpc" || !name.is_word() || tokens[at + 2].written != "(" {
            at += 1;
            continue;
        }
        let last = closing(tokens, at + 2)
            .filter(|&close| close + 2 < end && tokens[close + 1].written == "returns")
            .and_then(|close| closing(tokens, close + 2))
            .filter(|&close| close < end);
        let Some(last) = last else {
            at += 1;
            continue;
        };
        let id = format_smolstr!("{service}.{}", name.written);
        found.operation(
            id,
            &name.range,
            None,
            &(word.range.start..tokens[last].range.end),
        );
        at = last + 1;
    }
}

/// `repeated Type name = 1;` of one message; those of nested messages are theirs, those of a `oneof` are its own.
fn fields(text: &str, tokens: &[Token<'_>], start: usize, end: usize) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut statement = start;
    let mut at = start;
    while at < end {
        match tokens[at].written {
            ";" => {
                fields.extend(one(text, &tokens[statement..at]));
                statement = at + 1;
            }
            "{" if tokens[statement].written != "oneof" => {
                let Some(close) = closing(tokens, at) else {
                    return fields;
                };
                at = close;
                statement = close + 1;
            }
            "{" | "}" => statement = at + 1,
            _ => {}
        }
        at += 1;
    }
    fields
}

fn one(text: &str, tokens: &[Token<'_>]) -> Option<Field> {
    let first = tokens.first()?;
    if matches!(
        first.written,
        "option" | "reserved" | "extensions" | "import" | "package" | "syntax"
    ) {
        return None;
    }
    let equals = tokens.iter().position(|token| token.written == "=")?;
    let name = tokens[..equals].last().filter(|name| name.is_word())?;
    let types = &tokens[..equals - 1];
    let types = match types.first()?.written {
        "repeated" | "optional" | "required" => types.get(1..)?,
        _ => types,
    };
    let range = types.first()?.range.start..types.last()?.range.end;
    field(
        text,
        &name.range,
        Some(&range),
        &(first.range.start..tokens.last()?.range.end),
    )
}
