//! Numbers of requirements, criteria and tasks as they stand in the text.

use grammar::folded;
use smol_str::SmolStr;

/// The number that `text` begins with (`2`, `2.3`, `3-bis`, `１`): its length, and itself in ASCII. A dot behind it is
/// not part of it.
pub(super) fn leading(text: &str, parts: usize) -> Option<(usize, SmolStr)> {
    let mut number = String::new();
    let mut len = 0;
    let mut count = 0;
    loop {
        let digits = digits(&text[len..], &mut number);
        if digits == 0 {
            break;
        }
        len += digits;
        count += 1;
        let rest = &text[len..];
        let dot = rest.chars().next().filter(|c| folded(*c) == '.');
        let Some(dot) = dot.filter(|dot| {
            count < parts && rest[dot.len_utf8()..].starts_with(|c| folded(c).is_ascii_digit())
        }) else {
            break;
        };
        number.push('.');
        len += dot.len_utf8();
    }
    if count == 0 || number.len() > 12 {
        return None;
    }
    for suffix in ["-bis", "-ter"] {
        if text[len..].starts_with(suffix) {
            number.push_str(suffix);
            len += suffix.len();
        }
    }
    let mut rest = text[len..].chars();
    if let (Some(letter @ 'a'..='z'), next) = (rest.next(), rest.next())
        && !next.is_some_and(char::is_alphanumeric)
    {
        number.push(letter);
        len += 1;
    }
    let whole = !text[len..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    whole.then(|| (len, SmolStr::new(number)))
}

fn digits(text: &str, into: &mut String) -> usize {
    let mut len = 0;
    for c in text.chars() {
        let digit = folded(c);
        if !digit.is_ascii_digit() {
            break;
        }
        into.push(digit);
        len += c.len_utf8();
    }
    len
}
