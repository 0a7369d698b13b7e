//! Text of `spec-analyzer.toml` -> [`Settings`].

use std::ops::Range;

use text::{TextRange, span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::keys::{Key, SUPPRESS_KEYS, TOP_KEYS};
use crate::{
    Address, Date, Level, Persistence, Problem, ProblemKind, Scope, Settings, Suppression, nearest,
};

/// What a settings file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    /// What could be read. In force only when there are no problems.
    pub settings: Settings,
    /// What could not be read, in the order of the file.
    pub problems: Vec<Problem>,
}

/// Reads a settings file. `codes` are the rules there are.
#[must_use]
pub fn read(text: &str, codes: &[&str]) -> Read {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        text,
        codes,
        problems: Vec::new(),
    };
    for error in errors {
        let range = error.span().unwrap_or_default();
        reader.problem(range, ProblemKind::Syntax(error.message().to_owned()));
    }
    let mut settings = Settings::default();
    // A value that is half there says nothing of its own.
    if reader.problems.is_empty() {
        reader.top(table.get_ref(), &mut settings);
    }
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| (problem.range.start(), problem.range.end()));
    Read { settings, problems }
}

/// Takes values of a file apart and notes what cannot be read; `spec-workspace.toml` is read with it, too.
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    pub(crate) codes: &'a [&'a str],
    pub(crate) problems: Vec<Problem>,
}

pub(crate) type Value<'a> = Spanned<DeValue<'a>>;

fn type_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}

fn names(keys: &'static [Key]) -> impl Iterator<Item = &'static str> {
    keys.iter().map(|key| key.name)
}

impl Reader<'_> {
    /// A range of the text, on character boundaries whatever the parser says.
    fn range(&self, bytes: Range<usize>) -> TextRange {
        let boundary = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        span(boundary(bytes.start), boundary(bytes.end))
    }

    pub(crate) fn problem(&mut self, bytes: Range<usize>, kind: ProblemKind) {
        let range = self.range(bytes);
        self.problems.push(Problem { range, kind });
    }

    pub(crate) fn wrong_type(&mut self, key: &str, value: &Value<'_>, wanted: &'static str) {
        let kind = ProblemKind::WrongType {
            key: key.to_owned(),
            found: type_of(value.get_ref()),
            wanted,
        };
        self.problem(value.span(), kind);
    }

    pub(crate) fn string<'v>(&mut self, key: &str, value: &'v Value<'_>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(key, value, "a string");
        }
        text
    }

    fn top(&mut self, table: &DeTable<'_>, settings: &mut Settings) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "spec-roots" => settings.spec_roots = self.paths("spec-roots", value),
                "evidence" => settings.evidence = self.paths("evidence", value),
                "scope" => {
                    if let Some(scope) = self.word("scope", value, &Scope::WORDS, Scope::of_word) {
                        settings.scope = scope;
                    }
                }
                "persistence" => {
                    settings.persistence = self.word(
                        "persistence",
                        value,
                        &Persistence::WORDS,
                        Persistence::of_word,
                    );
                }
                "baseline" => {
                    settings.baseline = self
                        .string("baseline", value)
                        .and_then(|path| self.path(path, value));
                }
                "openspec" => settings.openspec_version = self.openspec(value),
                "severity" => self.severity(value, settings),
                "suppress" => self.suppress(value, settings),
                unknown => {
                    let nearest = if self.codes.contains(&unknown) {
                        Some(format!("severity.{unknown}"))
                    } else {
                        nearest(unknown, names(TOP_KEYS)).map(str::to_owned)
                    };
                    let kind = ProblemKind::UnknownKey {
                        key: unknown.to_owned(),
                        nearest,
                    };
                    self.problem(key.span(), kind);
                }
            }
        }
    }

    fn word<T>(
        &mut self,
        key: &str,
        value: &Value<'_>,
        words: &'static [&'static str],
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let word = self.string(key, value)?;
        let known = read(word);
        if known.is_none() {
            let kind = ProblemKind::UnknownWord {
                key: key.to_owned(),
                word: word.to_owned(),
                words,
                nearest: nearest(word, words.iter().copied()).map(str::to_owned),
            };
            self.problem(value.span(), kind);
        }
        known
    }

    /// A path below the folder: relative, with `/`, no dots, no slash at the end.
    fn path(&mut self, path: &str, value: &Value<'_>) -> Option<String> {
        let plain = path.strip_suffix('/').unwrap_or(path);
        let odd = plain.as_bytes().get(1) == Some(&b':')
            || plain.contains(['\\', '*', '?'])
            || plain.chars().any(char::is_control)
            || plain
                .split('/')
                .any(|segment| matches!(segment, "" | "." | ".."));
        if odd {
            self.problem(value.span(), ProblemKind::BadPath(path.to_owned()));
        }
        (!odd).then(|| plain.to_owned())
    }

    fn paths(&mut self, key: &str, value: &Value<'_>) -> Vec<String> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "an array of strings");
            return Vec::new();
        };
        let mut roots = Vec::new();
        for each in list {
            let path = self.string(key, each);
            if let Some(path) = path.and_then(|path| self.path(path, each))
                && !roots.contains(&path)
            {
                roots.push(path);
            }
        }
        roots
    }

    /// `[openspec]` with the version of the tool.
    fn openspec(&mut self, value: &Value<'_>) -> Option<String> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type("openspec", value, "a table");
            return None;
        };
        let mut version = None;
        for (key, value) in table {
            if key.get_ref() == "version" {
                version = self.string("version", value).map(str::to_owned);
                if version.as_deref().is_some_and(|text| !is_version(text)) {
                    let kind = ProblemKind::BadVersion(version.take().unwrap_or_default());
                    self.problem(value.span(), kind);
                }
            } else {
                let kind = ProblemKind::UnknownKey {
                    key: key.get_ref().to_string(),
                    nearest: Some("openspec.version".to_owned()),
                };
                self.problem(key.span(), kind);
            }
        }
        version
    }

    fn severity(&mut self, value: &Value<'_>, settings: &mut Settings) {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type("severity", value, "a table");
            return;
        };
        for (code, level) in table {
            let known = self.code(code.get_ref(), code.span());
            let level = self.word(code.get_ref(), level, &Level::WORDS, Level::of_word);
            if let (Some(code), Some(level)) = (known, level) {
                settings.severity.insert(code, level);
            }
        }
    }

    fn code(&mut self, code: &str, bytes: Range<usize>) -> Option<String> {
        if self.codes.contains(&code) {
            return Some(code.to_owned());
        }
        let kind = ProblemKind::UnknownCode {
            code: code.to_owned(),
            nearest: nearest(code, self.codes.iter().copied()).map(str::to_owned),
        };
        self.problem(bytes, kind);
        None
    }

    fn suppress(&mut self, value: &Value<'_>, settings: &mut Settings) {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type("suppress", value, "an array of tables");
            return;
        };
        for each in list {
            match each.get_ref().as_table() {
                Some(table) => settings
                    .suppressions
                    .extend(self.suppression(table, each.span())),
                None => self.wrong_type("suppress", each, "a table"),
            }
        }
    }

    fn suppression(&mut self, table: &DeTable<'_>, bytes: Range<usize>) -> Option<Suppression> {
        let (mut address, mut code, mut reason) = (None, None, None);
        let (mut fingerprint, mut until) = (None, None);
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "address" => address = self.address(value),
                "code" => {
                    code = self
                        .string("code", value)
                        .and_then(|code| self.code(code, value.span()));
                }
                "reason" => {
                    reason = self.string("reason", value).map(str::trim);
                    if reason == Some("") {
                        self.problem(value.span(), ProblemKind::Empty("reason"));
                    }
                }
                "fingerprint" => {
                    fingerprint = self.string("fingerprint", value);
                    if let Some(text) = fingerprint.filter(|text| !is_fingerprint(text)) {
                        let kind = ProblemKind::BadFingerprint(text.to_owned());
                        self.problem(value.span(), kind);
                    }
                }
                "until" => until = self.date(value),
                unknown => {
                    let near = nearest(unknown, names(SUPPRESS_KEYS));
                    let kind = ProblemKind::UnknownKey {
                        key: unknown.to_owned(),
                        nearest: near.map(str::to_owned),
                    };
                    self.problem(key.span(), kind);
                }
            }
        }
        for key in ["address", "code", "reason"] {
            if !table.contains_key(key) {
                self.problem(bytes.clone(), ProblemKind::Missing(key));
            }
        }
        let (address, range) = address?;
        Some(Suppression {
            address,
            code: code?,
            fingerprint: fingerprint.map(str::to_owned),
            reason: reason?.to_owned(),
            until,
            range,
        })
    }

    fn address(&mut self, value: &Value<'_>) -> Option<(Address, TextRange)> {
        let text = self.string("address", value)?;
        match Address::parse(text) {
            Ok(address) => Some((address, self.range(value.span()))),
            Err(fault) => {
                let address = text.to_owned();
                self.problem(value.span(), ProblemKind::BadAddress { address, fault });
                None
            }
        }
    }

    /// `"2027-01-31"` or, as TOML has dates of its own, `2027-01-31`.
    fn date(&mut self, value: &Value<'_>) -> Option<Date> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            _ => {
                self.wrong_type("until", value, "a string");
                return None;
            }
        };
        let date = Date::parse(&text);
        if date.is_none() {
            self.problem(value.span(), ProblemKind::BadDate(text));
        }
        date
    }
}

/// Two or three numbers with dots between them.
fn is_version(text: &str) -> bool {
    let is_number = |part: &str| part.parse::<u16>().is_ok();
    (2..=3).contains(&text.split('.').count()) && text.split('.').all(is_number)
}

/// 16 hexadecimal digits, as findings have them.
pub(crate) fn is_fingerprint(text: &str) -> bool {
    text.len() == 16
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
