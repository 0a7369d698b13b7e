//! Which names a source file takes from where, by its text: `use` trees and paths written in the code.

/// The program of a file without comments, strings and its own tests, which would be read as code.
pub(crate) fn plain(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("r#\"") || rest.starts_with("br#\"") {
            rest.find("\"#").map_or(rest.len(), |end| end + 2)
        } else if first == '"' {
            string(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else if rest.starts_with("'\\\"'") {
            4
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        out.push(' ');
        rest = &rest[skipped..];
    }
    out
}

/// Bytes of the string that begins here.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Every path of a plain program, of `use` trees one for each leaf; `Vec::new`, `crate::lines::of`. Names of one segment
/// are none.
pub(crate) fn paths(plain: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut rest = plain;
    while let Some(at) = rest.find(is_word) {
        let follows = rest[..at].trim_end().ends_with("::");
        rest = &rest[at..];
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        if follows || !rest[end..].starts_with("::") {
            rest = &rest[end..];
            continue;
        }
        let taken = tree(rest, &[], &mut paths);
        rest = &rest[taken.max(end)..];
    }
    paths
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Adds the leaves of the tree that begins here, all below `above`; gives the bytes read.
fn tree(text: &str, above: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let mut path = above.to_vec();
    let mut at = 0;
    loop {
        at += blanks(&text[at..]);
        let rest = &text[at..];
        if rest.starts_with('{') {
            at += 1;
            loop {
                at += blanks(&text[at..]);
                if !text[at..].starts_with(is_word) && !text[at..].starts_with('{') {
                    break;
                }
                at += tree(&text[at..], &path, paths);
                at += blanks(&text[at..]);
                if let Some(alias) = text[at..].strip_prefix("as ") {
                    at += 3 + alias.find([',', '}']).unwrap_or(alias.len());
                }
                if !text[at..].starts_with(',') {
                    break;
                }
                at += 1;
            }
            at += usize::from(text[at..].starts_with('}'));
            return at;
        }
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        if end == 0 {
            break;
        }
        path.push(rest[..end].to_owned());
        at += end;
        let next = at + blanks(&text[at..]);
        if !text[next..].starts_with("::") {
            break;
        }
        at = next + 2;
    }
    if path.len() > 1 {
        paths.push(path);
    }
    at
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}
