//! Titles as names: words that every language takes in an identifier, and text that cannot end what it stands in.

use rustc_hash::FxHashSet;

/// Most words of a name.
const WORDS: usize = 9;
/// Most characters of a name.
const LONGEST: usize = 64;
/// Most characters of a title in quotes.
const TITLE: usize = 110;
/// Columns of a comment's line.
const COLUMNS: usize = 96;

/// Text on one line, without what is no text: controls, marks of direction and byte order. Compilers refuse some of them in
/// comments and strings.
pub(super) fn clean(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| {
            if c.is_control() || c.is_whitespace() {
                ' '
            } else {
                c
            }
        })
        .filter(|c| {
            !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title short enough to stand in quotes, cut between words.
pub(super) fn short(title: &str) -> String {
    let title = clean(title);
    let end = title
        .char_indices()
        .nth(TITLE)
        .map_or(title.len(), |(at, _)| at);
    if end == title.len() {
        return title;
    }
    let cut = title[..end].rfind(' ').unwrap_or(end);
    title[..cut].trim_end_matches([',', ';', ' ']).to_owned()
}

/// A text in lines of a comment; all but the first are indented.
pub(super) fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > COLUMNS {
            lines.push(std::mem::replace(&mut line, " ".to_owned()));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// The words of a name, in lower case: letters and digits of scripts whose letters every language takes in names.
pub(super) fn words(title: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut open, mut cut) = (false, false);
    let mut length = 0;
    // `user's` is one word, `don't` is one, too.
    for c in title.chars().filter(|c| !matches!(c, '\'' | '’' | '`')) {
        if !is_letter(c) {
            open = false;
            continue;
        }
        if !open {
            words.retain(|word| !matches!(word.as_str(), "" | "a" | "an" | "the"));
            if words.len() == WORDS {
                cut = true;
                break;
            }
            words.push(String::new());
            open = true;
        }
        length += 1;
        if length > LONGEST {
            // A cut word says something else, unless its script parts none.
            if c.is_ascii() {
                words.pop();
            }
            cut = true;
            break;
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase().filter(|c| is_letter(*c)));
        }
    }
    words.retain(|word| !matches!(word.as_str(), "" | "a" | "an" | "the"));
    if cut {
        end_a_phrase(&mut words);
    }
    words
}

/// Words that another half follows.
const HALF: &[&str] = &[
    "all", "any", "are", "as", "at", "be", "by", "each", "every", "for", "from", "has", "have",
    "if", "in", "into", "is", "its", "no", "not", "of", "on", "see", "shows", "that", "their",
    "they", "this", "to", "via", "who", "with", "without",
];

/// Words between two halves.
const JOINTS: &[&str] = &["and", "but", "if", "or", "so", "when", "which", "while"];

/// Leaves out the half of a phrase that a cut has left.
fn end_a_phrase(words: &mut Vec<String>) {
    let joint = words
        .iter()
        .rposition(|word| JOINTS.contains(&word.as_str()));
    if let Some(joint) = joint.filter(|at| *at > 2) {
        words.truncate(joint);
    }
    while words
        .last()
        .is_some_and(|word| words.len() > 1 && HALF.contains(&word.as_str()))
    {
        words.pop();
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{c0}'..='\u{17f}' if c.is_alphabetic() && !matches!(c, '×' | '÷' | 'İ' | 'ŉ' | 'ſ'))
        || matches!(c, '\u{391}'..='\u{3a9}' | '\u{3b1}'..='\u{3c9}' | '\u{410}'..='\u{44f}' if c.is_alphabetic())
        || matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | 'ー' | '\u{4e00}'..='\u{9fa5}' | '\u{ac00}'..='\u{d7a3}')
}

/// `a_code_opens`
pub(super) fn snake(words: &[String]) -> String {
    words.join("_")
}

/// `ACodeOpens`
pub(super) fn pascal(words: &[String]) -> String {
    words.iter().map(|word| capital(word)).collect()
}

/// `aCodeOpens`
pub(super) fn camel(words: &[String]) -> String {
    let name = pascal(words);
    let mut chars = name.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Names of one scope, each given once.
#[derive(Default)]
pub(super) struct Names(FxHashSet<String>);

impl Names {
    pub(super) fn with(taken: impl Iterator<Item = String>) -> Self {
        Self(taken.collect())
    }

    /// The name, or the name with the first number that makes it new.
    pub(super) fn take(&mut self, name: &str) -> String {
        let mut own = name.to_owned();
        let mut number = 2;
        while !self.0.insert(own.clone()) {
            own = format!("{name}_{number}");
            number += 1;
        }
        own
    }
}

#[cfg(test)]
mod tests {
    use super::{camel, clean, pascal, snake, words, wrapped};

    #[test]
    fn names_are_made_of_what_every_language_takes() {
        let cases = [
            (
                "A code opens the door!",
                "code_opens_door",
                "codeOpensDoor",
                "CodeOpensDoor",
            ),
            ("*/ \"${x}\" \\u0000", "x_u0000", "xU0000", "XU0000"),
            (
                "利用者が、開く",
                "利用者が_開く",
                "利用者が開く",
                "利用者が開く",
            ),
            (
                "Über Größe 10",
                "über_größe_10",
                "überGröße10",
                "ÜberGröße10",
            ),
            ("🎉 ①", "", "", ""),
        ];
        for (title, one, two, three) in cases {
            let words = words(title);
            assert_eq!(
                (
                    snake(&words).as_str(),
                    camel(&words).as_str(),
                    pascal(&words).as_str()
                ),
                (one, two, three)
            );
        }
    }

    #[test]
    fn what_compilers_refuse_in_a_comment_is_left_out() {
        assert_eq!(
            clean("a\u{202e}b\u{feff}\r\n c\u{2028}d\0e\u{85}f"),
            "ab c d e f"
        );
    }

    #[test]
    fn long_lines_go_on_below() {
        let text = ["word"; 30].join(" ");
        let lines = wrapped(&text);
        assert!(
            lines.len() == 2 && lines[1].starts_with("  word"),
            "{lines:?}"
        );
        assert_eq!(lines.join("").split_whitespace().count(), 30);
    }
}
