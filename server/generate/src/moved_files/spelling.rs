//! Writes a path as another one was written.

use std::fmt::Write as _;

/// A path in text or in a code span. `None` where it was written in a way that nobody can follow.
pub(super) fn path(written: &str, old: &str, new: &str) -> Option<String> {
    let (lead, body) = led(written);
    let spelled = if body == old {
        new.to_owned()
    } else if body.replace('\\', "/") == old {
        new.replace('/', "\\")
    } else if let Some(escaped) = escaped(body, old) {
        let mut spelled = String::with_capacity(new.len() + 4);
        for c in new.chars() {
            if escaped.contains(c) {
                spelled.push('\\');
            }
            spelled.push(c);
        }
        spelled
    } else if body.replace("**", "__") == old {
        // A formatter took the underscores for emphasis.
        new.replace("__", "**")
    } else {
        return None;
    };
    Some(format!("{lead}{spelled}"))
}

/// A Markdown link's destination; in angle brackets blanks need no encoding.
pub(super) fn link(written: &str, old: &str, new: &str, angled: bool) -> Option<String> {
    let (lead, body) = led(written);
    let encodes = body != old;
    if encodes && !body.contains('%') {
        return None;
    }
    let mut spelled = String::from(lead);
    for c in new.chars() {
        let must = c.is_control()
            || matches!(c, '<' | '>' | '#' | '?' | '%' | '\\')
            || (!angled && (c.is_whitespace() || matches!(c, '(' | ')')));
        if must && !(c == '%' && !encodes && old.contains('%')) || (encodes && !c.is_ascii()) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                write!(spelled, "%{byte:02X}").ok()?;
            }
        } else {
            spelled.push(c);
        }
    }
    Some(spelled)
}

/// The `./` a path is written with, and the rest.
fn led(written: &str) -> (&str, &str) {
    let mut body = written;
    while let Some(rest) = body.strip_prefix("./") {
        body = rest;
    }
    written.split_at(written.len() - body.len())
}

/// The characters that have a backslash before them, if they have it everywhere.
fn escaped(body: &str, old: &str) -> Option<String> {
    let mut escaped = String::new();
    let mut plain = String::with_capacity(body.len());
    let mut bare = String::new();
    let mut chars = body.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            let c = chars.next().filter(char::is_ascii_punctuation)?;
            escaped.push(c);
            plain.push(c);
        } else {
            bare.push(c);
            plain.push(c);
        }
    }
    let everywhere = !escaped.chars().any(|c| bare.contains(c));
    (plain == old && everywhere).then_some(escaped)
}

#[cfg(test)]
mod tests {
    use super::{link, path};

    #[test]
    fn a_path_is_written_as_it_was() {
        for (written, old, new, expected) in [
            ("src/a.rs", "src/a.rs", "lib/b.rs", Some("lib/b.rs")),
            ("./src/a.rs", "src/a.rs", "lib/b.rs", Some("./lib/b.rs")),
            ("src\\a.rs", "src/a.rs", "lib/b.rs", Some("lib\\b.rs")),
            (
                "my\\_dir/a.rs",
                "my_dir/a.rs",
                "my_dir/b_c.rs",
                Some("my\\_dir/b\\_c.rs"),
            ),
            (
                "a/**init**.py",
                "a/__init__.py",
                "b/__init__.py",
                Some("b/**init**.py"),
            ),
            ("m\\_y_dir/a.rs", "m_y_dir/a.rs", "m_y_dir/b.rs", None),
        ] {
            assert_eq!(path(written, old, new).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn a_link_is_encoded_where_it_must_be() {
        for (written, old, new, angled, expected) in [
            ("a.md", "a.md", "b c.md", false, "b%20c.md"),
            ("a.md", "a.md", "b c.md", true, "b c.md"),
            ("./a.md", "a.md", "b(1).md", false, "./b%281%29.md"),
            ("a%20b.md", "a b.md", "a c.md", false, "a%20c.md"),
            ("あ.md", "あ.md", "い.md", false, "い.md"),
            ("%E3%81%82.md", "あ.md", "い.md", false, "%E3%81%84.md"),
            ("a.md", "a.md", "100%.md", false, "100%25.md"),
        ] {
            let spelled = link(written, old, new, angled);
            assert_eq!(spelled.as_deref(), Some(expected), "{written}");
        }
    }
}
