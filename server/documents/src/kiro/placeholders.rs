//! What cc-sdd's templates leave to be filled in: `{{REQUIREMENT_AREA_1}}`. Code is left out: `{{NAME}}` is a template's
//! word in many languages.

use crate::model::{Placeholder, PlaceholderKind};
use crate::reading::Reading;
use memchr::memmem;

pub(super) fn read(reading: &Reading<'_>) -> Vec<Placeholder> {
    let text = reading.text;
    memmem::find_iter(text.as_bytes(), b"{{")
        .filter_map(|at| {
            let rest = &text[at + 2..];
            let of_name =
                |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
            let len = rest.bytes().take_while(of_name).count();
            let named =
                rest.starts_with(|c: char| c.is_ascii_uppercase()) && rest[len..].starts_with("}}");
            (named && !reading.hidden(at)).then(|| Placeholder {
                kind: PlaceholderKind::Text,
                range: text::span(at, at + 2 + len + 2),
            })
        })
        .collect()
}
