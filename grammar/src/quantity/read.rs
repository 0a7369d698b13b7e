//! Quantities in prose, and strings of settings that are one.

use std::ops::Range;

use super::{Number, Quantity, Unit};

/// A quantity as it is written in prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenQuantity {
    /// What it comes to.
    pub quantity: Quantity,
    /// Bytes of number and unit: `1,000 ms`. A noun behind a number that is only counted is left out.
    pub range: Range<usize>,
    /// Bytes of the number.
    pub number: Range<usize>,
    /// Bytes of the word or sign of the unit; `None` without one.
    pub unit: Option<Range<usize>>,
    /// Sign between groups of three digits, if there is one.
    pub grouped: Option<char>,
    /// It counts things that a noun behind it names.
    pub counts: bool,
}

/// Most words that may stand between a quantity and what is said of it: `30 s timeout`.
const MOST_WORDS: usize = 3;

/// Longest text before a byte that is looked through.
const REACH: usize = 120;

/// The quantity that `text` ends with, words that name what it counts or limits included: `after 30 s`, `3 failed attempts`.
#[must_use]
pub fn quantity_at_end(text: &str) -> Option<WrittenQuantity> {
    let from = text.len().saturating_sub(REACH);
    let from = (from..=text.len()).find(|at| text.is_char_boundary(*at))?;
    let tail = &text[from..];
    // The last number, and nothing but words behind it.
    let last = tail.rfind(|c: char| c.is_ascii_digit())?;
    let start = number_start(tail, last);
    let found = at(text, from + start)?;
    let behind = &text[found.range.end..];
    let words = behind.split_whitespace().count();
    let plain = behind
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\''));
    let limit = if found.unit.is_some() {
        MOST_WORDS - 1
    } else {
        MOST_WORDS
    };
    (plain && words <= limit && !behind.starts_with(char::is_alphabetic) || is_script(behind))
        .then_some(found)
}

/// Every quantity of a text that has a unit or counts something.
#[must_use]
pub fn quantities(text: &str) -> Vec<WrittenQuantity> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(step) = text[from..].find(|c: char| c.is_ascii_digit()) {
        let start = from + step;
        let next = start + text[start..].bytes().take_while(u8::is_ascii_digit).count();
        from = match at(text, start) {
            Some(quantity) => {
                let end = quantity.range.end;
                found.push(quantity);
                end.max(next)
            }
            None => next + text[next..].len() - text[next..].trim_start_matches(is_of_number).len(),
        };
    }
    found
}

/// Letters of a script that is written without blanks, and few of them.
fn is_script(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 8 && text.chars().all(|c| !c.is_ascii() && c.is_alphabetic())
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '_')
}

/// Where the number that the digit at `last` ends begins.
fn number_start(text: &str, last: usize) -> usize {
    let head = &text[..=last];
    let start = head.trim_end_matches(is_of_number).len();
    start + head[start..].len() - head[start..].trim_start_matches(['.', ',', '_']).len()
}

/// The quantity whose number begins at `start`.
fn at(text: &str, start: usize) -> Option<WrittenQuantity> {
    let before = text[..start].chars().next_back();
    if before.is_some_and(|c| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                '.' | ','
                    | '_'
                    | '-'
                    | '–'
                    | '—'
                    | '~'
                    | '#'
                    | '/'
                    | ':'
                    | '$'
                    | '€'
                    | '£'
                    | '¥'
                    | '+'
                    | '@'
                    | '^'
            )
    }) {
        return None;
    }
    let rest = &text[start..];
    let mut end = rest.len() - rest.trim_start_matches(is_of_number).len();
    end = rest[..end].trim_end_matches(['.', ',', '_']).len();
    let (number, grouped) = number(&rest[..end])?;
    let number_range = start..start + end;
    let behind = &text[number_range.end..];
    if behind.starts_with(['/', ':', '–', '—', '~', '×', '^']) || is_range(behind) {
        return None;
    }
    let written = |unit: Option<(Unit, Range<usize>)>, counts: bool| WrittenQuantity {
        quantity: Quantity {
            number,
            unit: unit.as_ref().map(|(unit, _)| *unit),
        },
        range: start
            ..unit
                .as_ref()
                .map_or(number_range.end, |(_, range)| range.end),
        number: number_range.clone(),
        unit: unit.map(|(_, range)| range),
        grouped,
        counts,
    };
    let gap = gap(behind);
    let word_at = number_range.end + gap;
    let word = &text[word_at..];
    if goes_on(&text[..start]) {
        return None;
    }
    if word.starts_with(['%', '％']) {
        let len = word.chars().next().map_or(1, char::len_utf8);
        return Some(written(
            Some((Unit::Percent, word_at..word_at + len)),
            false,
        ));
    }
    if let Some((unit, len)) = Unit::of_script(word) {
        let found = written(Some((unit, word_at..word_at + len)), false);
        return (!is_compound(&text[found.range.end..])).then_some(found);
    }
    let len = word.len()
        - word
            .trim_start_matches(|c: char| {
                c.is_alphabetic() && c.is_ascii() || matches!(c, 'µ' | 'μ')
            })
            .len();
    let (word, rest) = word.split_at(len);
    // `3a`, `5th`, `2x`: a name.
    if gap == 0
        && !word.is_empty()
        && (Unit::of_call(word).is_none() && !is_sign(word)
            || rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    if word.is_empty() {
        let counts = behind.trim_start().starts_with(char::is_alphabetic);
        return (gap == 0 || !behind.starts_with('-')).then(|| written(None, counts));
    }
    match Unit::of_word(word).filter(|_| !is_small_word(word)) {
        Some(unit) => {
            let found = written(Some((unit, word_at..word_at + len)), false);
            (!is_compound(rest)).then_some(found)
        }
        None if behind.starts_with('-') => None,
        None => Some(written(None, true)),
    }
}

/// Blanks between a number and its unit: none, one, or the hyphen of `30-second`.
fn gap(behind: &str) -> usize {
    let first = behind.chars().next();
    match first {
        Some(c @ (' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')) => c.len_utf8(),
        Some('-') if behind[1..].starts_with(|c: char| c.is_ascii_alphabetic()) => 1,
        _ => 0,
    }
}

/// Words of one to three letters that are no signs of units.
fn is_small_word(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "a" | "an"
            | "and"
            | "any"
            | "are"
            | "as"
            | "at"
            | "be"
            | "but"
            | "by"
            | "can"
            | "for"
            | "has"
            | "if"
            | "in"
            | "is"
            | "its"
            | "may"
            | "new"
            | "no"
            | "not"
            | "of"
            | "off"
            | "old"
            | "on"
            | "or"
            | "out"
            | "per"
            | "so"
            | "the"
            | "to"
            | "top"
            | "up"
            | "via"
            | "was"
            | "ids"
            | "ips"
            | "log"
            | "tag"
            | "row"
            | "tab"
            | "url"
            | "key"
            | "bad"
    )
}

/// Signs of one letter that stand right behind a number.
fn is_sign(word: &str) -> bool {
    matches!(word, "s" | "h" | "d" | "B" | "m") && word != "m"
}

/// Whether a range or a sum goes on: `5-10`, `1 to 3`.
fn is_range(behind: &str) -> bool {
    let rest = behind.trim_start();
    let begins = |word: &str| {
        rest.strip_prefix(word)
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    };
    behind.starts_with('-') && behind[1..].starts_with(|c: char| c.is_ascii_digit())
        || begins("to ")
        || begins("- ")
        || begins("– ")
}

/// Whether another quantity follows at once: `1 h 30 min`.
fn is_compound(rest: &str) -> bool {
    let next = rest.trim_start();
    let digits = next.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && rest.len() - next.len() <= 1 && {
        let behind = &next[digits..];
        let word = &behind[gap(behind)..];
        let len = word.bytes().take_while(u8::is_ascii_alphabetic).count();
        Unit::of_call(&word[..len]).is_some()
            || is_sign(&word[..len])
            || Unit::of_script(word).is_some()
    }
}

/// Whether what stands before a number is a quantity that it goes on: `1 h ` of `1 h 30 min`, `5 to `.
fn goes_on(before: &str) -> bool {
    let head = before.trim_end();
    let word = head.len() - head.trim_end_matches(char::is_alphabetic).len();
    let (head, word) = head.split_at(head.len() - word);
    let numbered = head
        .trim_end_matches([' ', '-'])
        .ends_with(|c: char| c.is_ascii_digit());
    let joins = matches!(word, "to" | "x" | "bis")
        || Unit::of_word(word).is_some_and(|unit| unit != Unit::Other);
    numbered && before.len() - before.trim_end().len() <= 1 && !word.is_empty() && joins
}

/// A number as prose writes it, and the sign between its groups of three.
fn number(text: &str) -> Option<(Number, Option<char>)> {
    let mut grouped = None;
    for sign in [',', '_'] {
        if !text.contains(sign) {
            continue;
        }
        let whole = text.split('.').next()?;
        let mut groups = whole.split(sign);
        let first = groups.next()?.len();
        let well = (1..=3).contains(&first) && groups.all(|group| group.len() == 3);
        if !well || grouped.is_some() || text[whole.len()..].contains(sign) {
            return None;
        }
        grouped = Some(sign);
    }
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '_')).collect();
    // `1.000` is a thousand to many; `1.2.3` is a version.
    if let Some((_, part)) = plain.split_once('.')
        && (part.contains('.') || part.len() == 3 && grouped.is_none())
    {
        return None;
    }
    // `007` is a name.
    if plain.len() > 1 && plain.starts_with('0') && !plain.starts_with("0.") {
        return None;
    }
    Some((Number::decimal(&plain)?, grouped))
}

/// See [`Quantity::of_setting`].
pub(super) fn setting(text: &str) -> Option<Quantity> {
    if let Some(period) = text.strip_prefix("PT") {
        return parts(period, |sign| match sign {
            "H" => Some(Unit::Hour),
            "M" => Some(Unit::Minute),
            "S" => Some(Unit::Second),
            _ => None,
        });
    }
    if let Some(days) = text
        .strip_prefix('P')
        .and_then(|rest| rest.strip_suffix('D'))
    {
        return Some(Quantity {
            number: Number::decimal(days)?,
            unit: Some(Unit::Day),
        });
    }
    let plain = text.replace('_', "");
    if let Some(number) = Number::decimal(&plain) {
        return Some(Quantity::bare(number));
    }
    parts(text, |sign| match sign {
        "m" | "M" => Some(Unit::Minute),
        "k" | "K" => Some(Unit::Kilobyte),
        "w" => Some(Unit::Week),
        "Ki" => Some(Unit::Kibibyte),
        "Mi" => Some(Unit::Mebibyte),
        "Gi" => Some(Unit::Gibibyte),
        "g" | "G" => Some(Unit::Gigabyte),
        _ => Unit::of_word(sign).filter(|unit| *unit != Unit::Other),
    })
}

/// The sum of numbers with units: `1h30m`.
fn parts(text: &str, unit: impl Fn(&str) -> Option<Unit>) -> Option<Quantity> {
    let mut rest = text;
    let mut sum: Option<Quantity> = None;
    while !rest.is_empty() {
        let digits = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
                .len();
        let number = Number::decimal(&rest[..digits])?;
        rest = rest[digits..].trim_start();
        let letters = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_alphabetic() || c == '%')
                .len();
        let own = unit(&rest[..letters])?;
        rest = rest[letters..].trim_start();
        let next = Quantity {
            number,
            unit: Some(own),
        };
        sum = Some(match sum {
            None => next,
            Some(before) => Quantity {
                number: before.number_in(own)?.plus(number)?,
                unit: Some(own),
            },
        });
    }
    sum
}
