//! Comments without a parser: where the characters alone leave no doubt about what is one.
//!
//! A file with anything that needs more to be understood (raw strings, nested templates, regular expressions, a quote that
//! its line does not close) is left to the parser.

use std::ops::Range;

use crate::{Language, Place, SourceFacts, SourceMention, comments, read::Spoken};

/// The mentions in the comments of a file, where its characters tell for sure which they are; nothing of its strings,
/// names, symbols or tests. `None` where they do not.
#[must_use]
pub fn read_comments(path: &str, text: &str) -> Option<SourceFacts> {
    let language = Language::of_path(path)?;
    if text.len() > text::MAX_LEN {
        return None;
    }
    let spoken = Spoken {
        comments: comments_of(language, text)?,
        ..Spoken::default()
    };
    let mut facts = SourceFacts {
        language: Some(language),
        ..SourceFacts::default()
    };
    let docs = comments::Docs {
        is_doc: language.definition().is_doc,
        above: language.definition().documents_above,
    };
    comments::assemble(docs, text, &spoken, &mut facts);
    let said = |each: &SourceMention| matches!(each.place, Place::Comment | Place::DocComment);
    facts.mentions.retain(said);
    Some(facts)
}

/// Whether a file may hold tests, by words without which there are none in any framework we know.
#[must_use]
pub fn may_hold_tests(text: &str) -> bool {
    /// In any case, anywhere: `pytest`, `TEST_CASE`, `@BeforeSuite`.
    const PARTS: [&str; 11] = [
        "test",
        "describe",
        "suite",
        "specify",
        "should",
        "scenario",
        "quickcheck",
        "xct",
        "behav",
        "bench",
        "theory",
    ];
    /// Called or written as an attribute: `it(`, `[Fact]`.
    const NAMES: [&str; 5] = ["it", "context", "feature", "group", "fact"];
    let lower = text.to_ascii_lowercase();
    let named = |name: &str| {
        lower.match_indices(name).any(|(at, _)| {
            let inside = |c: char| c.is_alphanumeric() || c == '_';
            let behind = lower[at + name.len()..].chars().next();
            !lower[..at].ends_with(inside) && behind.is_some_and(|c| "(.]<`\"',:".contains(c))
        })
    };
    text.contains("Spec")
        || text.contains("Entry(")
        || PARTS.iter().any(|part| lower.contains(part))
        || NAMES.iter().any(|name| named(name))
}

/// How a language writes what may hold the mark of a comment.
#[derive(Clone, Copy)]
pub(crate) struct Lexis {
    /// The mark of a comment up to the end of its line.
    pub(crate) line: &'static str,
    /// Comments `/* */`, and no strings that go over lines; else strings `"""` and `'''` that do.
    pub(crate) braces: bool,
    /// Marks of strings that end on their line.
    pub(crate) quotes: &'static [u8],
    /// A `'` is a character, or something else that does not reach further.
    pub(crate) characters: bool,
    /// Marks right before a quote that change what is in it.
    pub(crate) prefixes: &'static [u8],
    /// What in a string is code again.
    pub(crate) inner: &'static str,
    /// A backtick begins a string.
    pub(crate) backtick: Backtick,
    /// `/` may begin a regular expression.
    pub(crate) expressions: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backtick {
    Nothing,
    Raw,
    Template,
}

/// What most languages with `//` have.
pub(crate) const C_LIKE: Lexis = Lexis {
    line: "//",
    braces: true,
    quotes: b"\"",
    characters: true,
    prefixes: b"",
    inner: "",
    backtick: Backtick::Nothing,
    expressions: false,
};

fn comments_of(language: Language, text: &str) -> Option<Vec<Range<usize>>> {
    let lexis = language.definition().lexis.as_ref()?;
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = &bytes[at..];
        at = match byte {
            _ if rest.starts_with(lexis.line.as_bytes()) => {
                let end = line_end(bytes, at);
                // The next line would go on with it.
                if bytes[..end].ends_with(b"\\") || bytes[..end].ends_with(b"\\\r") {
                    return None;
                }
                found.push(comments::trimmed(text, at..end));
                end
            }
            b'/' if lexis.braces && rest.starts_with(b"/*") => {
                let end = at + 2 + text.get(at + 2..)?.find("*/")? + 2;
                // Some languages nest them.
                if text.get(at + 2..end)?.contains("/*") {
                    return None;
                }
                found.push(comments::trimmed(text, at..end));
                end
            }
            b'/' if lexis.expressions && !is_division(bytes, at) => return None,
            b'`' => match lexis.backtick {
                Backtick::Nothing => return None,
                Backtick::Raw => at + 1 + text.get(at + 1..)?.find('`')? + 1,
                Backtick::Template => template_end(bytes, at)?,
            },
            b'"' | b'\'' if lexis.quotes.contains(byte) => {
                let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
                if lexis.prefixes.contains(&before) {
                    return None;
                }
                let triple = rest.starts_with(&[*byte; 3]);
                match (triple, lexis.braces) {
                    (true, true) => return None,
                    (true, false) => triple_end(bytes, at, *byte)?,
                    (false, _) => string_end(bytes, at, *byte, lexis)?,
                }
            }
            b'\'' if lexis.characters => character_end(bytes, at),
            _ => at + 1,
        };
    }
    Some(found)
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    rest.iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |end| at + end)
}

/// Behind the string at `at`, which its line closes.
fn string_end(bytes: &[u8], at: usize, quote: u8, lexis: &Lexis) -> Option<usize> {
    let mut end = at + 1;
    loop {
        match *bytes.get(end)? {
            b'\n' => return None,
            b'\\' if lexis.inner == "\\(" && bytes.get(end + 1) == Some(&b'(') => return None,
            b'\\' => end += 2,
            byte if byte == quote => break,
            _ => end += 1,
        }
    }
    let inside = &bytes[at + 1..end];
    if lexis.inner == "${" && inside.windows(2).any(|pair| pair == b"${") {
        return None;
    }
    // What is in the braces of a formatted string may hold quotes of the same kind.
    let depth = inside.iter().fold(0_i64, |depth, byte| match byte {
        b'{' => depth + 1,
        b'}' => depth - 1,
        _ => depth,
    });
    if !lexis.braces && depth != 0 {
        return None;
    }
    Some(end + 1)
}

fn triple_end(bytes: &[u8], at: usize, quote: u8) -> Option<usize> {
    let mut end = at + 3;
    loop {
        if bytes.get(end..end + 3)? == [quote; 3] {
            return Some(end + 3);
        }
        end += if bytes[end] == b'\\' { 2 } else { 1 };
    }
}

/// Behind the template at `at`, in whose code no other string begins.
fn template_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at + 1;
    loop {
        match *bytes.get(end)? {
            b'`' => return Some(end + 1),
            b'\\' => end += 2,
            b'$' if bytes.get(end + 1) == Some(&b'{') => {
                let inner = &bytes[end + 2..];
                let len = inner.iter().position(|byte| *byte == b'}')?;
                if inner[..len].iter().any(|byte| b"`{\"'/".contains(byte)) {
                    return None;
                }
                end += 2 + len + 1;
            }
            _ => end += 1,
        }
    }
}

/// Behind a character between quotes; behind the quote alone where it is none (a lifetime, a digit separator).
fn character_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at + 1..];
    let written = match rest.first() {
        Some(b'\\') => rest
            .iter()
            .skip(2)
            .position(|byte| *byte == b'\'')
            .map(|end| end + 3),
        // A character is at most four bytes long.
        Some(_) => rest
            .iter()
            .take(5)
            .skip(1)
            .position(|byte| *byte == b'\'')
            .map(|end| end + 2),
        None => None,
    };
    let closed = written.filter(|len| {
        let inside = &rest[..len - 1];
        !inside.contains(&b'\n')
            && (inside[0] == b'\\'
                || std::str::from_utf8(inside).is_ok_and(|c| c.chars().count() == 1))
    });
    at + 1 + closed.unwrap_or(0)
}

/// Whether a `/` divides: what stands before it on its line is a value.
fn is_division(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at]
        .iter()
        .rev()
        .find(|byte| !matches!(byte, b' ' | b'\t'));
    before.is_some_and(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b')' | b']')
    }) && !bytes[..at].trim_ascii_end().ends_with(b"return")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comments(path: &str, text: &str) -> Option<Vec<String>> {
        let found = comments_of(Language::of_path(path)?, text)?;
        Some(
            found
                .into_iter()
                .map(|span| text[span].to_owned())
                .collect(),
        )
    }

    #[test]
    fn what_is_certain_is_found() {
        for (path, text, expected) in [
            (
                "a.rs",
                "let a = \"// no\"; // yes\nfn f<'a>() {}",
                vec!["// yes"],
            ),
            ("a.rs", "let q = '\"'; // yes", vec!["// yes"]),
            (
                "a.rs",
                "/* one */ x // two\r\n",
                vec!["/* one */", "// two"],
            ),
            ("a.go", "s := `// no \" ` // yes", vec!["// yes"]),
            ("a.ts", "const s = `a ${b} // no`; // it's", vec!["// it's"]),
            ("a.ts", "const half = n / 2; // yes", vec!["// yes"]),
            (
                "a.py",
                "\"\"\"# no\n'\"\"\"\nx = '# no' # yes",
                vec!["# yes"],
            ),
            ("a.c", "int a = 1'000; // yes", vec!["// yes"]),
        ] {
            let expected = expected.into_iter().map(str::to_owned).collect();
            assert_eq!(comments(path, text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_is_left_to_the_parser() {
        for (path, text) in [
            ("a.rs", "let s = r\"//\"; // x"),
            ("a.rs", "let s = \"a\nb\"; // x"),
            ("a.rs", "/* a /* b */ c */ // x"),
            ("a.ts", "const r = /\"/; // x"),
            ("a.ts", "const t = `a ${`b`}`; // x"),
            ("a.kt", "val s = \"${f(\"a\")}\" // x"),
            ("a.kt", "val s = \"\"\"a\"\"\" // x"),
            ("a.swift", "let s = \"\\(f(\"a\"))\" // x"),
            ("a.py", "x = f\"{d[\"a\"]}\" # x"),
            ("a.cs", "var s = @\"a\\\"; // x"),
            ("a.c", "// a \\\nb"),
            ("a.rb", "# x"),
            ("a.txt", "# x"),
        ] {
            assert_eq!(comments(path, text), None, "{text}");
        }
    }
}
