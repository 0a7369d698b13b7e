use std::collections::BTreeMap;
use std::fmt::Write as _;

use text::span;

use crate::read::is_fingerprint;
use crate::{Problem, ProblemKind};

/// A finding that was there when the baseline was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Address of its item or feature.
    pub address: String,
    /// Code of the rule.
    pub code: String,
    /// Its fingerprint.
    pub fingerprint: String,
}

/// The findings an old repository has and nobody is told of: a set of lines `fingerprint code address`, sorted by
/// address so that people can read a difference. Lines may come in any order and twice, as a merge of two versions
/// leaves them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    entries: BTreeMap<String, Entry>,
}

impl FromIterator<Entry> for Baseline {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        let entries = entries.into_iter();
        Self {
            entries: entries
                .map(|entry| (entry.fingerprint.clone(), entry))
                .collect(),
        }
    }
}

impl Baseline {
    /// Reads a baseline file, and says which lines are no entries.
    #[must_use]
    pub fn read(text: &str) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut entries = Vec::new();
        let mut at = text::bom_len(text);
        for line in text[at..].split_inclusive('\n') {
            let start = at;
            at += line.len();
            let line = line.trim_end_matches(['\n', '\r']);
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match entry(line) {
                Some(entry) => entries.push(entry),
                None => problems.push(Problem {
                    range: span(start, start + line.len()),
                    kind: ProblemKind::BadEntry,
                }),
            }
        }
        (entries.into_iter().collect(), problems)
    }

    /// Whether the finding with this fingerprint is in it.
    #[must_use]
    pub fn holds(&self, fingerprint: &str) -> bool {
        self.entries.contains_key(fingerprint)
    }

    /// Its entries, by address.
    #[must_use]
    pub fn entries(&self) -> Vec<&Entry> {
        let mut entries: Vec<&Entry> = self.entries.values().collect();
        entries.sort_unstable();
        entries
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::from(
            "# Findings of an earlier day: counted, not shown. `spec-analyzer baseline` writes this file.\n",
        );
        for entry in self.entries() {
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "{} {} {}",
                entry.fingerprint, entry.code, entry.address
            );
        }
        out
    }
}

fn entry(line: &str) -> Option<Entry> {
    let (fingerprint, rest) = line.split_once(' ')?;
    let (code, address) = rest.split_once(' ')?;
    let known = is_fingerprint(fingerprint)
        && !code.is_empty()
        && code
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !address.trim().is_empty();
    known.then(|| Entry {
        address: address.to_owned(),
        code: code.to_owned(),
        fingerprint: fingerprint.to_owned(),
    })
}
