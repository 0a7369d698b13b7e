//! Foreign text inside Markdown and on terminals: it shows as it is and starts nothing.

/// Text outside of code: every character that could mean something is escaped, and nobody is called by name.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars().map(visible) {
        match c {
            // A service that turns names into calls does so after escapes are gone.
            '@' => out.push_str("@<!-- -->"),
            '|' => out.push_str("&#124;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '#' | '$' | '!' | '('
            | ')' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Text as code.
pub(crate) fn code(text: &str) -> String {
    let text = one_line(text);
    if text.trim_matches(' ').is_empty() {
        return text;
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Text as code in a cell of a table, where a bar ends the cell even in code.
pub(crate) fn code_cell(text: &str) -> String {
    if text.contains('|') {
        plain(text)
    } else {
        code(text)
    }
}

/// A sentence in which backticks mark code.
pub(crate) fn sentence(text: &str) -> String {
    marked(text, code)
}

/// Such a sentence in a cell of a table.
pub(crate) fn sentence_cell(text: &str) -> String {
    marked(text, code_cell)
}

fn marked(text: &str, code: fn(&str) -> String) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let is_code = |at: usize| at % 2 == 1;
    let is_paired = parts.len() % 2 == 1
        && parts
            .iter()
            .enumerate()
            .all(|(at, part)| !is_code(at) || !part.trim().is_empty());
    if !is_paired {
        return plain(text);
    }
    let marked = parts.iter().enumerate().map(
        |(at, part)| {
            if is_code(at) { code(part) } else { plain(part) }
        },
    );
    marked.collect()
}

/// Text for a terminal: on one line, and no control reaches it.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// Controls and line ends as pictures: a line stays a line.
fn visible(c: char) -> char {
    match c {
        '\0'..' ' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(' '),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::{code, code_cell, plain, sentence, sentence_cell, visible};
    use crate::cli::report::hostile;

    /// As services read comments.
    pub(crate) const DIALECT: Options = Options::ENABLE_TABLES
        .union(Options::ENABLE_STRIKETHROUGH)
        .union(Options::ENABLE_TASKLISTS)
        .union(Options::ENABLE_FOOTNOTES)
        .union(Options::ENABLE_MATH)
        .union(Options::ENABLE_GFM);

    /// What a reader sees of inline text; `None` if it holds anything but text, code and our own empty comment.
    fn seen(markdown: &str) -> Option<String> {
        let mut out = String::new();
        for event in Parser::new_ext(markdown, DIALECT) {
            match event {
                Event::Text(text) | Event::Code(text) => out.push_str(&text),
                Event::InlineHtml(html) if &*html == "<!-- -->" => {}
                Event::Start(
                    Tag::Paragraph
                    | Tag::List(_)
                    | Tag::Item
                    | Tag::Table(_)
                    | Tag::TableHead
                    | Tag::TableRow
                    | Tag::TableCell,
                )
                | Event::End(_) => {}
                _ => return None,
            }
        }
        Some(out)
    }

    fn shown(text: &str) -> String {
        text.chars().map(visible).collect()
    }

    proptest! {
        #[test]
        fn a_line_shows_what_it_was(text in hostile::text()) {
            let wanted = format!("x {}.", shown(&text));
            prop_assert_eq!(seen(&format!("- x {}.", plain(&text))), Some(wanted.clone()));
            prop_assert_eq!(seen(&format!("- x {}.", code(&text))), Some(wanted));
            let without_ticks = seen(&format!("- x {}.", sentence(&text))).unwrap().replace('`', "");
            prop_assert_eq!(without_ticks, format!("x {}.", shown(&text).replace('`', "")));
        }

        #[test]
        fn a_cell_shows_what_it_was(text in hostile::text()) {
            let table = |cell: String| seen(&format!("| a | b |\n|---|---|\n| x {cell}. | y |\n"));
            let wanted = format!("abx {}.y", shown(&text));
            prop_assert_eq!(table(plain(&text)), Some(wanted.clone()));
            prop_assert_eq!(table(code_cell(&text)), Some(wanted.clone()));
            let without_ticks = table(sentence_cell(&text)).unwrap().replace('`', "");
            prop_assert_eq!(without_ticks, wanted.replace('`', ""));
        }
    }
}
