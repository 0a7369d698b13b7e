//! How an id is written where it stands: full-width or not, with which dash, with or without its letters.

use grammar::folded;

use super::id::{NewId, letters};

/// The characters an author uses.
#[derive(Debug, Clone, Copy, Default)]
struct Style {
    wide_digits: bool,
    wide_letters: bool,
    dash: Option<char>,
}

impl Style {
    fn of(written: &str) -> Self {
        let wide = |c: &char| !c.is_ascii();
        Self {
            wide_digits: written
                .chars()
                .any(|c| folded(c).is_ascii_digit() && wide(&c)),
            wide_letters: written
                .chars()
                .any(|c| folded(c).is_ascii_alphabetic() && wide(&c)),
            dash: written.chars().find(|c| folded(*c) == '-'),
        }
    }

    fn write(self, ascii: &str) -> String {
        let wide = |c: char| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c);
        ascii
            .chars()
            .map(|c| match c {
                '0'..='9' if self.wide_digits => wide(c),
                'A'..='Z' | 'a'..='z' if self.wide_letters => wide(c),
                '-' => self.dash.unwrap_or('-'),
                c => c,
            })
            .collect()
    }
}

/// `written` in ASCII.
fn ascii(written: &str) -> String {
    written.chars().map(folded).collect()
}

/// Whether the bytes name `key` only together with the id before them: `/006`, `and 2`.
pub(super) fn is_abbreviated(written: &str, key: &str) -> bool {
    let written = ascii(written);
    if is_story(key) {
        return written.starts_with(|c: char| c.is_ascii_digit());
    }
    written.len() < key.len() && key.ends_with(written.as_str())
}

fn is_story(key: &str) -> bool {
    super::id::is_numbered_story(key)
}

/// The new id in the shape `written` has for `old`. `None` where that shape cannot hold it.
pub(super) fn alike(written: &str, old: &str, new: &NewId) -> Option<String> {
    if is_story(old) {
        return Some(story(written, new));
    }
    let plain = ascii(written);
    if plain == old {
        return Some(full(written, old, new));
    }
    if plain.len() < old.len() && old.ends_with(plain.as_str()) {
        let common = old.len() - plain.len();
        let same = new.text.get(..common) == old.get(..common) && new.text.len() > common;
        return same.then(|| Style::of(written).write(&new.text[common..]));
    }
    in_name(written, old, new)
}

/// The new id with its letters.
pub(super) fn whole(written: &str, old: &str, new: &NewId) -> String {
    let plain = ascii(written);
    if is_story(old) {
        // Words say what kind of number follows; a bare number has none.
        if plain.starts_with(|c: char| c.is_ascii_digit()) {
            return Style::of(written).write(&new.text);
        }
        return story(written, new);
    }
    if plain == old {
        return full(written, old, new);
    }
    Style::of(written).write(&new.text)
}

/// Another id as `sample` is written, without its words: `US7` for a member of `User Story 1-3`, `US-7` of `US-1-US-3`.
pub(super) fn bare(sample: &str, new: &NewId) -> String {
    let plain = ascii(sample);
    let head = plain.trim_end_matches(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    if is_story(&new.key) && matches!(head, "US" | "US-") {
        return story(sample, new);
    }
    let digits: String = sample
        .chars()
        .filter(|c| folded(*c).is_ascii_digit() || folded(*c) == '-')
        .collect();
    Style::of(&digits).write(&new.text)
}

/// The letters as they are, the number new.
fn full(written: &str, old: &str, new: &NewId) -> String {
    let head = letters(old);
    if head != letters(&new.text) {
        return Style::of(written).write(&new.text);
    }
    let at = written
        .char_indices()
        .nth(head.len())
        .map_or(written.len(), |(at, _)| at);
    let number = Style::of(&written[at..]).write(&new.text[head.len()..]);
    format!("{}{number}", &written[..at])
}

/// `User Story 1`, `US-1`, `US01`, `1`: the words stay, and so does the width unless the new id brings its own.
fn story(written: &str, new: &NewId) -> String {
    let plain = ascii(written);
    let body = plain.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let digits = body.len() - body.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let tail = digits + usize::from(body.len() < plain.len());
    let count = written.chars().count();
    let at = written
        .char_indices()
        .nth(count - tail.min(count))
        .map_or(written.len(), |(at, _)| at);
    let number = &new.text["US".len()..];
    let own = number.bytes().take_while(u8::is_ascii_digit).count();
    let padded = body[body.len() - digits..].starts_with('0') && !number.starts_with('0');
    let zeros = if padded {
        "0".repeat(digits.saturating_sub(own))
    } else {
        String::new()
    };
    let number = Style::of(&written[at..]).write(&format!("{zeros}{number}"));
    format!("{}{number}", &written[..at])
}

/// `fr004`, `FR_004` inside a name: its letters and joint stay.
fn in_name(written: &str, old: &str, new: &NewId) -> Option<String> {
    let number = &new.text[letters(&new.text).len()..];
    let digits = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let plain = letters(old) == letters(&new.text)
        && number.len() - digits.len() <= 1
        && digits.bytes().all(|b| b.is_ascii_digit());
    let at = written.find(|c: char| c.is_ascii_digit())?;
    plain.then(|| format!("{}{number}", &written[..at]))
}

#[cfg(test)]
mod tests {
    use super::{NewId, alike, bare, is_abbreviated, whole};

    fn new(key: &str, text: &str) -> NewId {
        NewId {
            key: key.into(),
            text: text.into(),
        }
    }

    #[test]
    fn the_shape_stays() {
        for (written, old, given, expected) in [
            ("FR-001", "FR-001", "FR-050", "FR-050"),
            ("FR–001", "FR-001", "FR-050", "FR–050"),
            ("ＦＲ－００１", "FR-001", "FR-050", "ＦＲ－０５０"),
            ("FR-００１", "FR-001", "FR-050b", "FR-０５０b"),
            ("006", "FR-006", "FR-060", "060"),
            ("B2", "FR-B2", "FR-C3", "C3"),
            ("b", "T034b", "T034c", "c"),
            ("fr004", "FR-004", "FR-012", "fr012"),
            ("FR_004", "FR-004", "FR-012", "FR_012"),
            ("FR-001", "FR-001", "NFR-1", "NFR-1"),
        ] {
            let written_anew = alike(written, old, &new(given, given));
            assert_eq!(written_anew.as_deref(), Some(expected), "{written}");
        }
        assert_eq!(alike("b", "T034b", &new("T035", "T035")), None);
        assert_eq!(alike("fr004", "FR-004", &new("FR-A1", "FR-A1")), None);
    }

    #[test]
    fn stories_keep_their_words_and_width() {
        for (written, given, expected) in [
            ("User Story 1", "US7", "User Story 7"),
            ("ユーザーストーリー１", "US7", "ユーザーストーリー７"),
            ("US-1", "US12", "US-12"),
            ("US01", "US7", "US07"),
            ("US01", "US12", "US12"),
            ("US1", "US07", "US07"),
            ("1", "US7a", "7a"),
        ] {
            let old = "US1";
            assert_eq!(
                alike(written, old, &new("US7", given)).as_deref(),
                Some(expected),
                "{written}"
            );
        }
        assert_eq!(
            alike("3a", "US3a", &new("US4", "US4")).as_deref(),
            Some("4")
        );
        assert_eq!(bare("User Stories ２", &new("US7", "US7")), "US７");
        assert_eq!(whole("2", "US2", &new("US7", "US7")), "US7");
    }

    #[test]
    fn what_leans_on_the_id_before_it() {
        assert!(is_abbreviated("006", "FR-006"));
        assert!(is_abbreviated("2", "US2"));
        assert!(!is_abbreviated("FR-006", "FR-006"));
        assert!(!is_abbreviated("User Story 2", "US2"));
        assert!(!is_abbreviated("fr004", "FR-004"));
    }
}
