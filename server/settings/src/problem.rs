use text::TextRange;

use crate::AddressFault;

/// Something in a settings or baseline file that cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Bytes it speaks of.
    pub range: TextRange,
    /// What it is.
    pub kind: ProblemKind,
}

/// What cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file is there and cannot be read; why.
    Unreadable(String),
    /// No TOML; the parser's own words.
    Syntax(String),
    /// Nobody knows this key here.
    UnknownKey {
        /// As written.
        key: String,
        /// What it may have been meant to be.
        nearest: Option<String>,
    },
    /// A value of another type.
    WrongType {
        /// Whose value.
        key: String,
        /// What it is, with its article.
        found: &'static str,
        /// What belongs there, with its article.
        wanted: &'static str,
    },
    /// None of the words that belong there.
    UnknownWord {
        /// Whose value.
        key: String,
        /// As written.
        word: String,
        /// All that may stand there.
        words: &'static [&'static str],
        /// What it may have been meant to be.
        nearest: Option<String>,
    },
    /// There is no such rule.
    UnknownCode {
        /// As written.
        code: String,
        /// What it may have been meant to be.
        nearest: Option<String>,
    },
    /// No day of the calendar.
    BadDate(String),
    /// No version such as `1.13.2`.
    BadVersion(String),
    /// Not what addresses look like.
    BadAddress {
        /// As written.
        address: String,
        /// Why.
        fault: AddressFault,
    },
    /// No path below the workspace folder.
    BadPath(String),
    /// No relative path.
    NotRelative(String),
    /// No name of a repository.
    BadName(String),
    /// Not 16 hexadecimal digits.
    BadFingerprint(String),
    /// A key that every table of this kind has is not there.
    Missing(&'static str),
    /// A text without a word in it.
    Empty(&'static str),
    /// A line of a baseline that is no entry.
    BadEntry,
}

/// `; did you mean ...?` in both languages.
fn meant(nearest: Option<&String>) -> (String, String) {
    nearest.map_or_else(Default::default, |nearest| {
        (
            format!("; did you mean `{nearest}`?"),
            format!("もしかして: `{nearest}`"),
        )
    })
}

fn ended(sentence: String, question: &str) -> String {
    if question.is_empty() {
        sentence + "."
    } else {
        sentence + question
    }
}

fn kind_ja(kind: &str) -> &str {
    match kind {
        "a string" => "文字列",
        "an integer" => "整数",
        "a float" => "小数",
        "a boolean" => "真偽値",
        "a date or time" => "日時",
        "an array" => "配列",
        "a table" => "テーブル",
        "an array of strings" => "文字列の配列",
        "an array of tables" => "テーブルの配列",
        other => other,
    }
}

impl ProblemKind {
    /// The sentence in English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::Unreadable(why) => format!("This file cannot be read: {why}."),
            Self::Syntax(why) => {
                let mut words = why.trim_end_matches('.').replace('\n', ", ");
                words.push('.');
                format!("This is no TOML: {words}")
            }
            Self::UnknownKey { key, nearest } => ended(
                format!("Nothing here is called `{key}`"),
                &meant(nearest.as_ref()).0,
            ),
            Self::WrongType { key, found, wanted } => {
                format!("`{key}` is {found}, not {wanted}.")
            }
            Self::UnknownWord {
                key,
                word,
                words,
                nearest,
            } => ended(
                format!("`{key}` is `{word}`, not one of `{}`", words.join("`, `")),
                &meant(nearest.as_ref()).0,
            ),
            Self::UnknownCode { code, nearest } => ended(
                format!("There is no rule `{code}`"),
                &meant(nearest.as_ref()).0,
            ),
            Self::BadVersion(text) => {
                format!("`{text}` is no version of the form `1.13.2`.")
            }
            Self::BadDate(text) => format!("`{text}` is no day of the form `2027-01-31`."),
            Self::BadAddress { address, fault } => {
                format!("`{address}` is no address: {}.", fault.en())
            }
            Self::BadPath(path) => {
                format!("`{path}` is no path with `/` below the workspace folder.")
            }
            Self::NotRelative(path) => format!("`{path}` is no relative path with `/`."),
            Self::BadName(name) => {
                format!("`{name}` is no name: it has a `/`, `\\`, `:`, `#` or blanks around it.")
            }
            Self::BadFingerprint(text) => {
                format!("`{text}` is no fingerprint of 16 hexadecimal digits.")
            }
            Self::Missing(key) => format!("This table has no `{key}`."),
            Self::Empty(key) => format!("`{key}` is empty."),
            Self::BadEntry => {
                "This line is no entry of the form `fingerprint code address`.".to_owned()
            }
        }
    }

    /// The sentence in Japanese.
    #[must_use]
    pub fn ja(&self) -> String {
        match self {
            Self::Unreadable(why) => format!("このファイルを読めません: {why}。"),
            Self::Syntax(why) => {
                format!("TOML として読めません: {}", why.replace('\n', "、"))
            }
            Self::UnknownKey { key, nearest } => format!(
                "`{key}` というキーはここにありません。{}",
                meant(nearest.as_ref()).1
            ),
            Self::WrongType { key, found, wanted } => format!(
                "`{key}` は{}ではなく{}です。",
                kind_ja(wanted),
                kind_ja(found)
            ),
            Self::UnknownWord {
                key,
                word,
                words,
                nearest,
            } => format!(
                "`{key}` の `{word}` は `{}` のどれでもありません。{}",
                words.join("`, `"),
                meant(nearest.as_ref()).1
            ),
            Self::UnknownCode { code, nearest } => format!(
                "`{code}` というルールはありません。{}",
                meant(nearest.as_ref()).1
            ),
            Self::BadVersion(text) => {
                format!("`{text}` は `1.13.2` の形のバージョンではありません。")
            }
            Self::BadDate(text) => {
                format!("`{text}` は `2027-01-31` の形の日付ではありません。")
            }
            Self::BadAddress { address, fault } => {
                format!("`{address}` はアドレスではありません: {}。", fault.ja())
            }
            Self::BadPath(path) => {
                format!(
                    "`{path}` はワークスペースフォルダー以下の `/` 区切りのパスではありません。"
                )
            }
            Self::NotRelative(path) => {
                format!("`{path}` は `/` 区切りの相対パスではありません。")
            }
            Self::BadName(name) => {
                format!("`{name}` は名前にできません: `/`、`\\`、`:`、`#` か前後の空白があります。")
            }
            Self::BadFingerprint(text) => {
                format!("`{text}` は 16 進数 16 桁のフィンガープリントではありません。")
            }
            Self::Missing(key) => format!("このテーブルに `{key}` がありません。"),
            Self::Empty(key) => format!("`{key}` が空です。"),
            Self::BadEntry => {
                "この行は `フィンガープリント コード アドレス` の形ではありません。".to_owned()
            }
        }
    }
}
