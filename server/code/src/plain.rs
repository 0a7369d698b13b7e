//! Source in a language we do not parse: comments and strings by a simple scan.

use std::ops::Range;

use crate::{SourceFacts, comments, read::Spoken};

/// How comments and strings look.
struct Marks {
    line: &'static [&'static str],
    block: &'static [(&'static str, &'static str)],
    /// Marks that open and close a string; those longer than one byte, and the backtick, may hold line ends.
    strings: &'static [&'static str],
    /// Marks whose strings have no escapes.
    raw: &'static [&'static str],
}

const C_BLOCK: &[(&str, &str)] = &[("/*", "*/")];

fn marks(extension: &str) -> Marks {
    let c = Marks {
        line: &["//"],
        block: C_BLOCK,
        strings: &["\"\"\"", "\"", "'", "`"],
        raw: &["`", "\"\"\""],
    };
    match extension {
        "php" => Marks {
            line: &["//", "#"],
            ..c
        },
        "tf" | "hcl" => Marks {
            line: &["#", "//"],
            strings: &["\""],
            ..c
        },
        "rb" => Marks {
            line: &["#"],
            block: &[("\n=begin", "\n=end")],
            strings: &["\"", "'"],
            raw: &[],
        },
        "sh" | "bash" | "zsh" | "pl" | "pm" | "r" | "nim" | "jl" | "ex" | "exs" | "graphql" => {
            Marks {
                line: &["#"],
                block: &[],
                strings: &["\"\"\"", "\"", "'"],
                raw: &["'", "\"\"\""],
            }
        }
        "ps1" => Marks {
            line: &["#"],
            block: &[("<#", "#>")],
            strings: &["\"", "'"],
            raw: &["\"", "'"],
        },
        "sql" => Marks {
            line: &["--"],
            block: C_BLOCK,
            strings: &["'", "\""],
            raw: &["'", "\""],
        },
        "lua" => Marks {
            line: &["--"],
            block: &[("--[[", "]]")],
            strings: &["\"", "'"],
            raw: &[],
        },
        "hs" | "elm" => Marks {
            line: &["--"],
            block: &[("{-", "-}")],
            strings: &["\""],
            raw: &[],
        },
        "fs" | "fsx" => Marks {
            block: &[("(*", "*)")],
            ..c
        },
        "clj" | "cljs" => Marks {
            line: &[";"],
            block: &[],
            strings: &["\""],
            raw: &[],
        },
        "erl" => Marks {
            line: &["%"],
            block: &[],
            strings: &["\""],
            raw: &[],
        },
        "vb" => Marks {
            line: &["'"],
            block: &[],
            strings: &["\""],
            raw: &["\""],
        },
        "vue" | "svelte" | "astro" => Marks {
            block: &[("<!--", "-->"), ("/*", "*/")],
            strings: &["\"", "`"],
            ..c
        },
        _ => c,
    }
}

/// Mentions, spec paths and head of a source file whose language we do not parse, by the comment marks that
/// `extension` (without dot) suggests. No symbols, no tests: [`SourceFacts::symbols_known`] is false.
#[must_use]
pub fn read_plain(text: &str, extension: &str) -> SourceFacts {
    let mut facts = SourceFacts::default();
    if text.len() > text::MAX_LEN {
        facts.truncated = true;
        return facts;
    }
    let docs = comments::Docs {
        is_doc,
        above: false,
    };
    comments::assemble(docs, text, &spoken(text, extension), &mut facts);
    facts
}

/// Comments and strings, by the marks that `extension` suggests.
pub(crate) fn spoken(text: &str, extension: &str) -> Spoken {
    scan(text, &marks(extension))
}

pub(crate) fn is_doc(comment: &str) -> bool {
    comment.starts_with("///") || (comment.starts_with("/**") && comment != "/**/")
}

fn scan(text: &str, marks: &Marks) -> Spoken {
    let bytes = text.as_bytes();
    let mut first = [false; 256];
    let heads = marks
        .line
        .iter()
        .chain(marks.strings)
        .chain(marks.block.iter().map(|(open, _)| open));
    for mark in heads {
        if let Some(byte) = mark.bytes().next() {
            first[usize::from(byte)] = true;
        }
    }
    let mut spoken = Spoken::default();
    let mut hopeless: Vec<(&str, usize)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !first[usize::from(bytes[at])] {
            at += 1;
            continue;
        }
        let rest = &bytes[at..];
        let starts = |mark: &str| rest.starts_with(mark.as_bytes());
        if let Some((open, close)) = marks.block.iter().find(|(open, _)| starts(open)) {
            let end =
                find(text, at + open.len(), close).map_or(bytes.len(), |end| end + close.len());
            push(&mut spoken.comments, text, at..end);
            at = end;
        } else if marks.line.iter().any(|mark| starts(mark)) && !is_glued_hash(bytes, at) {
            let end = find(text, at, "\n").unwrap_or(bytes.len());
            push(&mut spoken.comments, text, at..end);
            at = end;
        } else if let Some(mark) = marks.strings.iter().find(|mark| starts(mark)) {
            // A mark that nothing closes is looked at once, not from each of its kind again.
            if hopeless
                .iter()
                .any(|(open, until)| open == mark && at < *until)
            {
                at += mark.len();
                continue;
            }
            match string(text, at, mark, marks.raw.contains(mark)) {
                Ok(end) => {
                    push(&mut spoken.strings, text, at..end);
                    at = end;
                }
                Err(until) => {
                    hopeless.retain(|(open, _)| open != mark);
                    hopeless.push((mark, until));
                    at += mark.len();
                }
            }
        } else {
            at += 1;
        }
    }
    spoken
}

/// `$#`, `${x#y}`, `a#b`: a hash inside a word opens no comment.
fn is_glued_hash(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'#'
        && at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_some_and(|before| {
                before.is_ascii_alphanumeric()
                    || matches!(before, b'$' | b'{' | b'_' | b'&' | b'\\')
            })
}

/// Where the string at `at` ends, or up to where nothing closes it.
fn string(text: &str, at: usize, mark: &str, raw: bool) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    let lines = mark.len() > 1 || mark == "`";
    let mut end = at + mark.len();
    while let Some(byte) = bytes.get(end) {
        if *byte == b'\n' && !lines {
            break;
        }
        if *byte == b'\\' && !raw {
            end += 2;
            continue;
        }
        if bytes[end..].starts_with(mark.as_bytes()) {
            return Ok(end + mark.len());
        }
        end += 1;
    }
    Err(end)
}

fn push(list: &mut Vec<Range<usize>>, text: &str, span: Range<usize>) {
    list.push(comments::trimmed(text, span));
}

fn find(text: &str, from: usize, wanted: &str) -> Option<usize> {
    Some(from + text.get(from..)?.find(wanted)?)
}
