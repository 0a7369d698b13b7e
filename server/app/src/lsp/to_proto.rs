//! From bytes to the protocol's terms.

use documents::ItemKind;
use text::{Encoding, LineIndex, TextRange, TextSize};
use tower_lsp::gen_lsp_types::{DiagnosticSeverity, Position, Range, SymbolKind};

use super::engine::Severity;

/// The position of a byte offset.
#[must_use]
pub fn position(lines: &LineIndex, offset: TextSize, encoding: Encoding) -> Position {
    let text::Position { line, character } = lines.position(offset, encoding);
    Position { line, character }
}

/// The range of some bytes.
#[must_use]
pub fn range(lines: &LineIndex, range: TextRange, encoding: Encoding) -> Range {
    Range {
        start: position(lines, range.start(), encoding),
        end: position(lines, range.end(), encoding),
    }
}

/// A severity by its protocol name.
#[must_use]
pub fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Information => DiagnosticSeverity::Information,
        Severity::Hint => DiagnosticSeverity::Hint,
    }
}

/// The protocol's nearest word for an item of the model; editors show a picture for it.
#[must_use]
pub fn symbol_kind(kind: ItemKind) -> SymbolKind {
    match kind {
        ItemKind::Story => SymbolKind::Interface,
        ItemKind::Scenario | ItemKind::Criterion => SymbolKind::Event,
        ItemKind::Requirement => SymbolKind::Property,
        ItemKind::SuccessCriterion | ItemKind::Property => SymbolKind::Constant,
        ItemKind::Entity => SymbolKind::Struct,
        ItemKind::Term => SymbolKind::Key,
        ItemKind::Task => SymbolKind::Method,
        ItemKind::Phase => SymbolKind::Module,
        ItemKind::ChecklistItem | ItemKind::Gate => SymbolKind::Boolean,
        ItemKind::Principle => SymbolKind::Namespace,
        ItemKind::Violation => SymbolKind::Null,
        ItemKind::Decision => SymbolKind::Object,
        ItemKind::EdgeCase | ItemKind::Assumption => SymbolKind::String,
        ItemKind::Operation => SymbolKind::Function,
    }
}

/// The protocol's nearest word for a symbol of a source file.
#[must_use]
pub fn code_symbol_kind(kind: ide::SymbolKind) -> SymbolKind {
    match kind {
        ide::SymbolKind::Module => SymbolKind::Module,
        ide::SymbolKind::Class => SymbolKind::Class,
        ide::SymbolKind::Struct => SymbolKind::Struct,
        ide::SymbolKind::Enum => SymbolKind::Enum,
        ide::SymbolKind::Variant => SymbolKind::EnumMember,
        ide::SymbolKind::Trait | ide::SymbolKind::Interface | ide::SymbolKind::TypeAlias => {
            SymbolKind::Interface
        }
        ide::SymbolKind::Function | ide::SymbolKind::Macro => SymbolKind::Function,
        ide::SymbolKind::Method => SymbolKind::Method,
        ide::SymbolKind::Constant => SymbolKind::Constant,
        ide::SymbolKind::Field => SymbolKind::Field,
    }
}
