//! What stands between quotes.

use super::Span;

/// The text between its quotes; of `"a" + b` the first string, of an identifier all of it.
pub(super) fn contents(text: &str, title: &Span) -> Span {
    let written = text.get(title.clone()).unwrap_or_default();
    let Some(quote) = written
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))
    else {
        return title.clone();
    };
    if let Some(inner) = written.strip_prefix("\"\"\"") {
        let start = title.start + 3;
        return start..start + inner.find("\"\"\"").unwrap_or(inner.len());
    }
    let start = title.start + 1;
    let mut escaped = false;
    for (index, c) in written.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return start..title.start + index,
            _ => {}
        }
    }
    start..title.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_is_what_stands_between_the_quotes() {
        for (written, title) in [
            ("'a b'", "a b"),
            (r#""a \" b""#, r#"a \" b"#),
            ("`x ${y}`", "x ${y}"),
            ("'a' + 'b'", "a"),
            ("Login.name", "Login.name"),
            ("''", ""),
            ("'open", "open"),
            (r#""""a "b" c""""#, r#"a "b" c"#),
            (r#""""open"#, "open"),
        ] {
            assert_eq!(
                &written[contents(written, &(0..written.len()))],
                title,
                "{written}"
            );
        }
    }
}
