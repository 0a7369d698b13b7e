//! Semantic tokens: ids, labels, paths and keywords of a spec document, in the types every editor has a colour for.

use documents::ItemKind;
use ide::{Token, TokenKind};
use tower_lsp::gen_lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensLegend, TextDocumentIdentifier,
};

use text::{FileId, TextRange};

use super::Ask;
use crate::lsp::{to_proto, uri};

/// Standard types, in the order tokens count them.
const TYPES: &[&str] = &[
    "interface",
    "event",
    "property",
    "enumMember",
    "struct",
    "method",
    "namespace",
    "variable",
    "decorator",
    "number",
    "macro",
    "string",
    "keyword",
];

/// Standard modifiers, in the order of their bits.
const MODIFIERS: &[&str] = &["definition"];

/// The types and modifiers by name.
pub(super) fn legend() -> SemanticTokensLegend {
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
    SemanticTokensLegend {
        token_types: names(TYPES),
        token_modifiers: names(MODIFIERS),
    }
}

/// The standard type nearest to a kind.
fn type_name(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Item(ItemKind::Story) => "interface",
        TokenKind::Item(ItemKind::Scenario | ItemKind::Criterion) => "event",
        TokenKind::Item(ItemKind::Requirement) => "property",
        TokenKind::Item(ItemKind::SuccessCriterion | ItemKind::Property) => "enumMember",
        TokenKind::Item(ItemKind::Entity) => "struct",
        TokenKind::Item(ItemKind::Task) => "method",
        TokenKind::Item(ItemKind::Phase) | TokenKind::Feature => "namespace",
        TokenKind::Item(ItemKind::ChecklistItem | ItemKind::Gate | ItemKind::Violation) => {
            "variable"
        }
        TokenKind::Item(ItemKind::Principle) => "class",
        TokenKind::Item(
            ItemKind::Decision | ItemKind::EdgeCase | ItemKind::Assumption | ItemKind::Term,
        ) => "type",
        TokenKind::Item(ItemKind::Operation) => "function",
        TokenKind::Label => "decorator",
        TokenKind::Priority => "number",
        TokenKind::Clarification => "macro",
        TokenKind::Path => "string",
        TokenKind::Keyword => "keyword",
    }
}

/// Tokens as differences to the one before; `None` where there are none.
pub(super) fn tokens(
    ask: &Ask,
    document: &TextDocumentIdentifier,
    file: FileId,
    within: TextRange,
) -> Option<SemanticTokens> {
    let lines = ask.world.lines(&uri::to_path(&document.uri)?)?;
    let mut data = Vec::new();
    let (mut line, mut column) = (0, 0);
    let tokens = ask.world.snapshot.analysis().semantic_tokens(file, within);
    for Token {
        range,
        kind,
        definition,
    } in tokens
    {
        let range = to_proto::range(lines, range, ask.client.encoding);
        let (start, end) = (range.start, range.end);
        let name = type_name(kind);
        let Some(token_type) = (0..).zip(TYPES).find(|(_, known)| **known == name) else {
            continue;
        };
        if start.line != line {
            column = 0;
        }
        data.push(SemanticToken {
            delta_line: start.line - line,
            delta_start: start.character - column,
            length: end.character - start.character,
            token_type: token_type.0,
            token_modifiers_bitset: u32::from(definition),
        });
        (line, column) = (start.line, start.character);
    }
    (!data.is_empty()).then_some(SemanticTokens {
        result_id: None,
        data,
    })
}
