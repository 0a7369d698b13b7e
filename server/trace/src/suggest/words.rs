//! Text -> the terms that ranking compares: parts of identifiers, light stems, pairs of neighbours, and pairs of
//! characters where words are not set apart.

use std::collections::BTreeSet;

/// What a text is compared by.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term {
    /// The form that is compared.
    pub(super) key: String,
    /// The form that is shown.
    pub(super) written: String,
    /// What sort of term it is.
    pub(super) sort: Sort,
}

/// Sorts of terms, which weigh differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A word or a part of an identifier.
    Word,
    /// A word of a directory's name.
    Directory,
    /// Two words that stand side by side.
    Pair,
    /// A whole identifier of several parts, or a word in a code span.
    Name,
}

/// Words that say nothing of what a requirement is about.
const EMPTY: &[&str] = &[
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "do",
    "does", "each", "for", "from", "has", "have", "how", "if", "in", "into", "is", "it", "its",
    "may", "must", "no", "not", "of", "on", "or", "per", "shall", "should", "so", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "was",
    "were", "what", "when", "where", "which", "while", "who", "will", "with", "would", "de", "des",
    "del", "der", "die", "das", "el", "en", "la", "las", "le", "les", "los", "o", "os", "para",
    "que", "se", "um", "uma", "un", "una", "und", "y",
];

/// Endings that go, longest first; what stays has three letters at least.
const ENDINGS: &[&str] = &[
    "ization", "isation", "ations", "ation", "ators", "ating", "ments", "ator", "ated", "ates",
    "ment", "ings", "ions", "ies", "ied", "ing", "ion", "ate", "ers", "ors", "ed", "es", "er",
    "or", "ly", "s", "e", "y",
];

/// The terms of a text, in its order, repeats included.
pub(super) fn terms(text: &str) -> Vec<Term> {
    let mut terms = Terms::default();
    for line in text.lines() {
        for (at, piece) in line.split('`').enumerate() {
            let chunks = piece.split(|c: char| c.is_whitespace() || APART.contains(c));
            for chunk in chunks {
                terms.chunk(chunk, at % 2 == 1);
            }
        }
    }
    terms.found
}

/// Characters that part words as blanks do.
const APART: &str = "()[]{}<>\"',;|“”「」（）、。，";

#[derive(Default)]
struct Terms {
    found: Vec<Term>,
    /// The last word, when nothing but blanks stood behind it.
    last: Option<(String, String)>,
}

impl Terms {
    fn push(&mut self, key: String, written: &str, sort: Sort) {
        self.found.push(Term {
            key,
            written: written.to_owned(),
            sort,
        });
    }

    /// What stands between two blanks: a word, a path, an identifier.
    fn chunk(&mut self, chunk: &str, in_code: bool) {
        let Some((directories, file)) = chunk
            .rsplit_once('/')
            .filter(|(before, _)| !before.is_empty())
        else {
            self.words(chunk, in_code, Sort::Word);
            return;
        };
        self.words(directories, false, Sort::Directory);
        self.last = None;
        let stem = match file.rfind('.') {
            Some(dot) if dot > 0 && file.len() - dot <= 6 => &file[..dot],
            _ => file,
        };
        self.words(stem, in_code, Sort::Word);
        self.last = None;
    }

    fn words(&mut self, chunk: &str, in_code: bool, sort: Sort) {
        for word in chunk.split(|c: char| !c.is_alphanumeric() && c != '_') {
            if word.is_empty() {
                continue;
            }
            let parts = parts(word);
            let is_name = parts.len() > 1 || in_code;
            if is_name && sort != Sort::Directory && !word.chars().any(is_unspaced) {
                let key: String = parts.concat();
                if key.len() >= 3 && key.chars().any(char::is_alphabetic) {
                    self.push(stem(&key), word, Sort::Name);
                }
            }
            for part in parts {
                self.part(&part, sort);
            }
        }
    }

    fn part(&mut self, part: &str, sort: Sort) {
        if part.chars().any(is_unspaced) {
            self.unspaced(part, sort);
            return;
        }
        if EMPTY.contains(&part) {
            return;
        }
        let key = stem(part);
        if let (Some((before, shown)), true) = (self.last.take(), sort == Sort::Word) {
            self.push(
                format!("{before} {key}"),
                &format!("{shown} {part}"),
                Sort::Pair,
            );
        }
        if sort == Sort::Word {
            self.last = Some((key.clone(), part.to_owned()));
        }
        self.push(key, part, sort);
    }

    /// Characters without blanks between words: each pair of neighbours.
    fn unspaced(&mut self, run: &str, sort: Sort) {
        self.last = None;
        let characters: Vec<char> = run.chars().collect();
        if let [only] = characters.as_slice() {
            self.push(only.to_string(), run, sort);
        }
        for pair in characters.windows(2) {
            let pair: String = pair.iter().collect();
            // Kana alone is grammar more often than a word.
            if !pair.chars().all(is_hiragana) {
                self.push(pair.clone(), &pair, sort);
            }
        }
    }
}

/// The parts of an identifier in lower case: `sessionStore_v2` is `session`, `store`, `v`, `2`.
fn parts(word: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut part = String::new();
    let characters: Vec<char> = word.chars().collect();
    for (at, &c) in characters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| characters[at]);
        let behind = characters.get(at + 1);
        let hump = c.is_uppercase()
            && (before.is_some_and(char::is_lowercase)
                || before.is_some_and(char::is_uppercase)
                    && behind.is_some_and(|c| c.is_lowercase()));
        let other = before.is_some_and(|before| sort_of(before) != sort_of(c));
        if (hump || other) && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        if c != '_' {
            part.extend(c.to_lowercase());
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// What may stand together in one part.
fn sort_of(c: char) -> u8 {
    match c {
        '_' => 0,
        _ if c.is_numeric() => 1,
        _ if is_unspaced(c) => 2,
        _ => 3,
    }
}

fn is_hiragana(c: char) -> bool {
    ('\u{3041}'..='\u{309f}').contains(&c)
}

/// Characters of scripts that set no blanks between words, and Hangul, whose endings are many.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x3041..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// A word without its ending: `validates`, `validation` and `validate` are one.
fn stem(word: &str) -> String {
    if word.chars().any(|c| !c.is_alphabetic()) {
        return word.to_owned();
    }
    for ending in ENDINGS {
        let Some(rest) = word.strip_suffix(ending) else {
            continue;
        };
        if rest.chars().count() < 3 || (*ending == "s" && rest.ends_with('s')) {
            continue;
        }
        // `plann` of `planning`
        let mut back = rest.chars().rev();
        let doubled = back.next() == back.next() && !rest.ends_with(['l', 's', 'z', 'e', 'o']);
        let rest = if doubled {
            &rest[..rest.len() - rest.chars().next_back().map_or(0, char::len_utf8)]
        } else {
            rest
        };
        // A plural may have a further ending: `validators`.
        return if *ending == "s" {
            stem(rest)
        } else {
            rest.to_owned()
        };
    }
    word.to_owned()
}

/// Whether a task tests, runs or looks after what another one makes, judged by how it begins.
pub(super) fn proves(text: &str) -> bool {
    const FIRST: &[&str] = &[
        "run", "verif", "valid", "confirm", "check", "manual", "test", "audit", "ensur",
    ];
    let words = terms(text)
        .into_iter()
        .filter(|term| term.sort == Sort::Word)
        .take(8);
    let words: Vec<String> = words.map(|term| term.key).collect();
    words
        .iter()
        .take(2)
        .any(|word| FIRST.contains(&word.as_str()))
        || words
            .iter()
            .any(|word| word == "test" || word == "テスト" || word == "测试")
}

/// Texts in quotation marks, in lower case: what a person will read is the same word for word wherever it stands.
pub(super) fn quoted(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (open, close) in [('"', '"'), ('“', '”'), ('「', '」')] {
        let mut rest = text;
        while let Some(start) = rest.find(open) {
            let behind = &rest[start + open.len_utf8()..];
            let Some(end) = behind.find(close) else {
                break;
            };
            let inner = behind[..end]
                .trim()
                .trim_end_matches(['.', ','])
                .to_lowercase();
            if inner.chars().count() >= 3 && !inner.contains('\n') {
                found.insert(inner);
            }
            rest = &behind[end + close.len_utf8()..];
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let mut keys: Vec<String> = terms(text).into_iter().map(|term| term.key).collect();
        keys.dedup();
        keys
    }

    #[test]
    fn words_of_one_family_are_one_term() {
        for (one, other) in [
            ("validates", "validation"),
            ("sessions", "session"),
            ("creating", "created"),
            ("planning", "planned"),
            ("queries", "query"),
            ("rating", "rate"),
            ("validators", "validate"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} and {other}");
        }
        assert_ne!(stem("user"), stem("use"));
        assert_eq!(stem("class"), "class");
    }

    #[test]
    fn identifiers_are_taken_apart_and_kept_whole() {
        assert_eq!(parts("HTTPServer_v2"), ["http", "server", "v", "2"]);
        assert_eq!(
            keys("`SessionStore`"),
            ["sessionstor", "sess", "sess stor", "stor"]
        );
        assert_eq!(keys("src/auth/session.ts"), ["src", "auth", "sess"]);
        assert_eq!(keys("30s"), ["30s", "30", "30 s", "s"]);
    }

    #[test]
    fn scripts_without_blanks_are_compared_by_pairs() {
        assert_eq!(keys("会話履歴"), ["会話", "話履", "履歴"]);
        assert_eq!(
            keys("セッションは"),
            ["セッ", "ッシ", "ショ", "ョン", "ンは"]
        );
    }

    #[test]
    fn quoted_texts_are_found() {
        let found: Vec<String> = quoted("Shows \"No members found.\" and “ok” and \"x\"")
            .into_iter()
            .collect();
        assert_eq!(found, ["no members found"]);
    }
}
