//! Where the comments of a source file are: for who writes in one, and for who writes above what one documents.

use text::{TextRange, TextSize};

use crate::{Language, comments::trimmed, is_source_path, language, plain, read};

/// A comment or docstring with its marks, without the line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// Its bytes.
    pub range: TextRange,
    /// It is written as documentation: `///`, `/** */`, a docstring.
    pub doc: bool,
}

/// The comments of a file, by the extension of `path`, by start offset. Nothing for what is no source file.
#[must_use]
pub fn comments(path: &str, text: &str) -> Vec<Comment> {
    let Some((spoken, is_doc)) = spoken(path, text) else {
        return Vec::new();
    };
    let of = |span: std::ops::Range<usize>, doc| {
        let span = trimmed(text, span);
        Comment {
            range: text::span(span.start, span.end),
            doc,
        }
    };
    let all = spoken.comments.into_iter().map(|span| {
        let doc = is_doc(text.get(span.clone()).unwrap_or_default());
        of(span, doc)
    });
    let mut all: Vec<Comment> = all.collect();
    all.extend(spoken.docstrings.into_iter().map(|span| of(span, true)));
    all.sort_unstable_by_key(|comment| comment.range.start());
    all
}

/// Whether what is typed at `offset` is part of a comment.
#[must_use]
pub fn is_in_comment(path: &str, text: &str, offset: TextSize) -> bool {
    comments(path, text).iter().any(|comment| {
        let range = comment.range;
        // A mark that closes is behind all that is said.
        let written = text::slice(text, range);
        let closed = ["*/", "\"\"\"", "'''", "-->", "-}", "]]", "=end", "#>", "\""]
            .iter()
            .any(|mark| written.len() > mark.len() && written.ends_with(mark));
        let opened = range.start() < offset;
        opened && (offset < range.end() || offset == range.end() && !closed)
    })
}

/// Whether a comment, given with its marks, documents something.
type IsDoc = fn(&str) -> bool;

fn spoken(path: &str, text: &str) -> Option<(read::Spoken, IsDoc)> {
    if let Some(language) = Language::of_path(path) {
        let definition = language.definition();
        if let Some((spoken, broken)) = read::spoken(language, text)
            && !(broken && spoken.comments.is_empty() && spoken.docstrings.is_empty())
        {
            return Some((spoken, definition.is_doc));
        }
        let extension = language::extension(path);
        return Some((plain::spoken(text, extension), definition.is_doc));
    }
    is_source_path(path)
        .then(|| plain::spoken(text, language::extension(path)))
        .map(|spoken| (spoken, plain::is_doc as IsDoc))
}

#[cfg(test)]
mod tests {
    use text::TextSize;

    use super::{comments, is_in_comment};

    #[test]
    fn only_what_is_typed_in_a_comment_is_in_one() {
        for (path, marked, inside) in [
            ("a.rs", "// FR-|\nfn a() {}\n", true),
            ("a.rs", "/* FR-| */\nfn a() {}\n", true),
            ("a.rs", "/* FR- */|\nfn a() {}\n", false),
            ("a.rs", "fn a() { \"// FR-|\" }\n", false),
            ("a.rs", "fn a() { FR-| }\n", false),
            ("a.rs", "fn a() {} // T0|", true),
            (
                "a.py",
                "def a():\n    \"\"\"Opens.\n\n    FR-|\n    \"\"\"\n",
                true,
            ),
            ("a.py", "def a():\n    return '# FR-|'\n", false),
            ("a.py", "# FR-|\n", true),
            ("a.ts", "/**\n  FR-|\n */\nfunction a() {}\n", true),
            ("a.ts", "const a = `// FR-|`;\n", false),
            ("a.go", "package a\n\n// FR-|\n", true),
            ("a.sql", "-- FR-|\nSELECT 1;\n", true),
            ("a.sql", "SELECT 'a -- FR-|';\n", false),
            ("a.tf", "# FR-|\n", true),
            ("a.lua", "-- FR-|\n", true),
            ("a.md", "<!-- FR-| -->\n", false),
        ] {
            let at = marked.find('|').expect("a cursor");
            let text = marked.replacen('|', "", 1);
            let found = is_in_comment(path, &text, TextSize::new(at as u32));
            assert_eq!(found, inside, "{path}: {marked}");
        }
    }

    #[test]
    fn documentation_is_told_from_other_comments() {
        let text = "/// Opens.\n// FR-001\nfn a() {} // b\n";
        let found: Vec<_> = comments("a.rs", text)
            .into_iter()
            .map(|it| (text::slice(text, it.range), it.doc))
            .collect();
        let expected = [("/// Opens.", true), ("// FR-001", false), ("// b", false)];
        assert_eq!(found, expected);
    }
}
