//! Literals as they are compared, whatever quotes and digits a formatter chose.

use xxhash_rust::xxh3::xxh3_64;

use super::kinds::Quotes;

/// Mixed into the hash of a string, so that `"x"` is not `x`.
const STRING: u64 = 0x7374_7269_6e67;

pub(super) fn hash(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}

pub(super) fn hash_of_string(content: &str) -> u64 {
    hash(content) ^ STRING
}

/// A string without its quotes.
pub(super) struct Literal {
    /// What stands before the quotes and says how they are read, and the quotes if they matter.
    pub(super) prefix: String,
    pub(super) content: String,
}

impl Literal {
    pub(super) fn hash(&self) -> u64 {
        hash_of_string(&format!("{}{}", self.prefix, self.content))
    }
}

/// Takes a string that holds no expression apart.
pub(super) fn string(word: &str, quotes: Quotes) -> Literal {
    let as_written = || Literal {
        prefix: String::new(),
        content: word.to_owned(),
    };
    let Some((prefix, quoted)) = word
        .find(['"', '\''])
        .and_then(|at| word.split_at_checked(at))
        .filter(|(prefix, _)| prefix.bytes().all(|byte| byte.is_ascii_alphabetic()))
    else {
        return as_written();
    };
    if quotes == Quotes::Differ {
        return as_written();
    }
    let mark = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|mark| {
        quoted.len() >= 2 * mark.len() && quoted.starts_with(mark) && quoted.ends_with(mark)
    });
    let Some(content) = mark.and_then(|mark| quoted.strip_prefix(mark)?.strip_suffix(mark)) else {
        return as_written();
    };
    if quotes == Quotes::SameIfPlain && content.contains(['\\', '$', '#', '"', '\'']) {
        return as_written();
    }
    let mut prefix = prefix.to_ascii_lowercase();
    prefix.retain(|c| c != 'u' && c != 'f');
    let content = if prefix.contains('r') {
        content.to_owned()
    } else {
        unescaped(content)
    };
    if !prefix.is_empty() {
        prefix.push('\u{0}');
    }
    Literal { prefix, content }
}

/// All quotes that mean the same.
const MARKS: [&str; 4] = ["\"\"\"", "'''", "\"", "'"];

/// The quotes that a string begins with.
pub(super) fn opening(word: &str) -> Option<&'static str> {
    let at = word.find(|c: char| !c.is_ascii_alphabetic())?;
    let rest = word.get(at..)?;
    MARKS.into_iter().find(|mark| rest.starts_with(mark))
}

/// A part of a string that holds expressions, without its quotes.
pub(super) fn piece(word: &str, mark: &str, is_first: bool, is_last: bool) -> String {
    let mut content = word;
    if is_first {
        content = content.split_once(mark).map_or(content, |(_, rest)| rest);
    }
    if is_last {
        content = content.strip_suffix(mark).unwrap_or(content);
    }
    unescaped(content)
}

/// Quotes need a backslash or not by which quotes are around.
fn unescaped(content: &str) -> String {
    if !content.contains('\\') {
        return content.to_owned();
    }
    let mut plain = String::with_capacity(content.len());
    let mut chars = content.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        match chars.next() {
            Some(quote @ ('"' | '\'')) => plain.push(quote),
            Some(other) => plain.extend([c, other]),
            None => plain.push(c),
        }
    }
    plain
}

/// Numbers without what formatters change: the case of letters, zeros behind the point, a point without digits.
pub(super) fn number(word: &str) -> u64 {
    let mut digits = word.to_ascii_lowercase();
    let is_decimal = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_'));
    if is_decimal && digits.contains('.') {
        let kept = digits.trim_end_matches('0').trim_end_matches('.').len();
        digits.truncate(kept);
        // `1.` is no whole number where those are of another type.
        digits.push('.');
    }
    if digits.starts_with('.') {
        digits.insert(0, '0');
    }
    hash(&digits)
}

/// Whether a string may stand as a name.
pub(super) fn is_word(content: &str) -> bool {
    content
        .chars()
        .all(|c| c.is_alphanumeric() || c == '_' || c == '$')
        && content.starts_with(|c: char| !c.is_ascii_digit())
}
