//! What a file of protocol buffers promises.

use super::shape::{Contract, Operation, Property, Schema, Style};
use super::tokens::{Comments, Token, closing, tokens};
use smol_str::{SmolStr, format_smolstr};
use text::TextRange;

/// Deepest nesting of messages that is read.
const DEEPEST: u32 = 16;

/// Reads services, messages and enumerations.
pub(super) fn read(text: &str, start: usize) -> Contract {
    let tokens = tokens(text, start, Comments::Slashes);
    let mut contract = Contract {
        style: Style::Rpc,
        whole: true,
        ..Contract::default()
    };
    within(&tokens, 0, tokens.len(), 0, &mut contract);
    contract
}

fn place(token: &Token<'_>) -> TextRange {
    text::span(token.range.start, token.range.end)
}

fn within(tokens: &[Token<'_>], start: usize, end: usize, depth: u32, into: &mut Contract) {
    let mut at = start;
    while at + 2 < end {
        let [word, name, open, ..] = &tokens[at..] else {
            return;
        };
        let block = open.written == "{"
            && name.is_word()
            && matches!(word.written, "message" | "enum" | "service");
        if !block {
            at += 1;
            continue;
        }
        let close = closing(tokens, at + 2).filter(|&close| close < end && depth < DEEPEST);
        let Some(close) = close else {
            into.whole = false;
            return;
        };
        match word.written {
            "service" => {
                into.place = place(name);
                calls(tokens, name.written, at + 3, close, into);
            }
            "enum" => {
                let body = &tokens[at + 3..close];
                let values = body.windows(2).filter(|pair| pair[1].written == "=");
                let values = values.map(|pair| SmolStr::new(pair[0].written));
                into.schemas.push(schema(name, Some(values.collect())));
            }
            _ => {
                let mut message = schema(name, None);
                properties(tokens, at + 3, close, &mut message);
                into.schemas.push(message);
                within(tokens, at + 3, close, depth + 1, into);
            }
        }
        at = close + 1;
    }
}

fn schema(name: &Token<'_>, values: Option<Vec<SmolStr>>) -> Schema {
    Schema {
        name: SmolStr::new(name.written),
        name_range: place(name),
        named: true,
        properties: Vec::new(),
        values,
        parts: Vec::new(),
        complete: true,
    }
}

/// `rpc Name (stream Request) returns (Response)`
fn calls(tokens: &[Token<'_>], service: &str, start: usize, end: usize, into: &mut Contract) {
    let last = |open: usize, close: usize| -> Vec<SmolStr> {
        let words = tokens[open + 1..close].iter().rev();
        let name = words.filter(|token| token.is_word()).take(1);
        name.map(|token| simple(token.written)).collect()
    };
    for at in start..end.saturating_sub(2) {
        let (word, name) = (&tokens[at], &tokens[at + 1]);
        if word.written != "rpc" || !name.is_word() || tokens[at + 2].written != "(" {
            continue;
        }
        let takes = closing(tokens, at + 2).filter(|&close| close + 2 < end);
        let gives = takes.and_then(|close| {
            let returns = tokens[close + 1].written == "returns";
            let last = closing(tokens, close + 2).filter(|&last| returns && last < end)?;
            Some((close, last))
        });
        let Some((close, answer)) = gives else {
            into.whole = false;
            continue;
        };
        into.operations.push(Operation {
            id: format_smolstr!("{service}.{}", name.written),
            name_range: place(name),
            operation_id: Some(SmolStr::new(name.written)),
            parameters: Vec::new(),
            takes: last(at + 2, close),
            gives: last(close + 2, answer),
        });
    }
}

/// The last part of a qualified name.
fn simple(name: &str) -> SmolStr {
    SmolStr::new(name.rsplit('.').next().unwrap_or(name))
}

/// Fields of a message, those of a `oneof` among them; those of nested messages are theirs.
fn properties(tokens: &[Token<'_>], start: usize, end: usize, into: &mut Schema) {
    let mut statement = start;
    let mut at = start;
    while at < end {
        match tokens[at].written {
            ";" => {
                property(&tokens[statement..at], into);
                statement = at + 1;
            }
            "{" if tokens[statement].written != "oneof" => {
                let Some(close) = closing(tokens, at) else {
                    into.complete = false;
                    return;
                };
                at = close;
                statement = close + 1;
            }
            "{" | "}" => statement = at + 1,
            _ => {}
        }
        at += 1;
    }
}

fn property(tokens: &[Token<'_>], into: &mut Schema) {
    let Some(first) = tokens.first() else { return };
    if matches!(
        first.written,
        "option" | "reserved" | "extensions" | "import" | "package" | "syntax"
    ) {
        return;
    }
    let equals = tokens.iter().position(|token| token.written == "=");
    let Some((equals, name)) = equals.and_then(|at| Some((at, tokens.get(at.checked_sub(1)?)?)))
    else {
        return;
    };
    let types = tokens.get(..equals - 1).unwrap_or_default();
    let (label, types) = match types.first().map(|token| token.written) {
        Some("repeated" | "optional" | "required") => (types[0].written, &types[1..]),
        _ => ("", types),
    };
    if types.is_empty() || !name.is_word() {
        return;
    }
    into.parts.extend(
        types
            .iter()
            .filter(|token| token.is_word())
            .map(|token| simple(token.written)),
    );
    let written: String = types.iter().map(|token| token.written).collect();
    into.properties.push(Property {
        name: SmolStr::new(name.written),
        name_range: place(name),
        types: Some(if label == "repeated" {
            format_smolstr!("list of {written}")
        } else {
            written.into()
        }),
        required: label == "required",
        values: None,
    });
}
