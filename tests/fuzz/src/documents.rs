//! Documents of the three formats: ranges, line breaks, byte order marks, states read one after the other.

use documents::{Document, DocumentKind, KnownLines, read, read_again};

use crate::bytes;

#[path = "../../../server/documents/tests/holds/documents.rs"]
mod markdown;

#[path = "../../../server/documents/tests/holds/kiro.rs"]
mod numbered;

#[path = "../../../server/documents/tests/holds/openspec.rs"]
mod named;

/// What is asserted of one kind of document.
struct Held {
    /// Ranges cover what they claim.
    holds: fn(&Document, &str),
    /// What it says, wherever it stands.
    said: fn(&Document, &str) -> String,
}

const MARKDOWN: Held = Held {
    holds: markdown::holds,
    said: |document, text| format!("{:?}", markdown::said(document, text)),
};

const NUMBERED: Held = Held {
    holds: numbered::holds,
    said: |document, text| format!("{:?}", numbered::said(document, text)),
};

/// The states of a document, each read from scratch, read again after the one before, and once in another guise.
fn document(held: &Held, kinds: &[DocumentKind], data: &[u8]) -> Vec<String> {
    let (choice, rest) = bytes::choice(data);
    let kind = kinds[choice % kinds.len()];
    let states = bytes::states(rest);
    let mut known = KnownLines::default();
    for text in &states {
        let read = read(kind, text);
        (held.holds)(&read, text);
        let again = read_again(kind, text, &mut known);
        assert_eq!(again, read, "{kind:?} read again: {text:?}");
    }
    // The first state in another guise; one of three, so that an input stays cheap.
    let text = &states[0];
    let guise = match choice / kinds.len() % 4 {
        0 if !text.contains('\r') => text.replace('\n', "\r\n"),
        1 if !text.contains('\r') => text.replace('\n', "\r"),
        2 if !text.starts_with('\u{feff}') => format!("\u{feff}{text}"),
        _ => return states,
    };
    // Steering's front matter and data end their lines as their own formats say.
    let breaks_alone = guise.contains('\r') && !guise.contains('\n');
    if breaks_alone && (kind == DocumentKind::Steering || is_data(kind)) {
        return states;
    }
    let (plain, other) = (read(kind, text), read(kind, &guise));
    (held.holds)(&other, &guise);
    assert_eq!(
        (held.said)(&other, &guise),
        (held.said)(&plain, text),
        "{kind:?} in another guise: {guise:?}"
    );
    states
}

fn is_data(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::ContractData
            | DocumentKind::ContractGraphql
            | DocumentKind::ContractProto
            | DocumentKind::Registry
            | DocumentKind::Preset
            | DocumentKind::KiroConfig
            | DocumentKind::OpenSpecChange
            | DocumentKind::OpenSpecConfig
            | DocumentKind::OpenSpecSchema
    )
}

/// Spec Kit.
pub fn speckit(data: &[u8]) {
    document(&MARKDOWN, &markdown::SPECKIT, data);
}

/// Kiro and cc-sdd.
pub fn kiro(data: &[u8]) {
    document(&NUMBERED, &numbered::KIRO, data);
}

/// `OpenSpec`, with the line grammar of every version.
pub fn openspec(data: &[u8]) {
    for text in document(&MARKDOWN, &markdown::OPENSPEC, data) {
        named::holds(&text, named::EDITIONS[data.len() % named::EDITIONS.len()]);
    }
}
