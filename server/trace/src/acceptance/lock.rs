//! The text of `spec.lock`: read with exact ranges, printed, and edited by whole lines.
//!
//! One line says one fact; the lines are a set. So git may merge the file line by line (`merge=union`), and neither order
//! nor repetition means anything. What cannot be read stays as it is, byte for byte.

use std::fmt::{self, Write as _};

use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{Edit, TextRange, bom_len, span};

use super::target::TargetName;

/// What the file is called; it stands in the directory of its project.
pub const LOCK_FILE: &str = "spec.lock";

/// The first line of a new file.
const HEADER: &str =
    "# What was read and accepted as true. Lines are a set, see `spec-analyzer accept --help`.";

/// One accepted fact: this text was true of this place in code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fact {
    /// Made of the first text that was accepted; stays with the item.
    pub id: u64,
    /// Directory of the feature from the lock's, encoded: `specs/003-auth`.
    pub unit: SmolStr,
    /// The item in it, encoded: `FR-008`, `US1`.
    pub key: SmolStr,
    /// Print of the item's normative text.
    pub text: u64,
    /// Where the code is.
    pub target: TargetName,
    /// What the code was; `None` for what need only be there.
    pub code: Option<CodePrint>,
    /// Why, in the words of whoever accepted.
    pub reason: String,
}

/// What a symbol was when it was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodePrint {
    /// How `signature` and `body` were made ([`code::PRINTS_VERSION`]); those of another version are compared by `raw`
    /// alone.
    pub version: u32,
    /// Print of the signature, without comments and blanks.
    pub signature: u64,
    /// The same of the body.
    pub body: u64,
    /// Hash of all its bytes.
    pub raw: u64,
}

/// A line that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockLine {
    /// What it says.
    pub fact: Fact,
    /// Its bytes, the line break left out.
    pub range: TextRange,
    /// The key hint.
    pub key: TextRange,
    /// The target.
    pub target: TextRange,
    /// The reason, between its quotes.
    pub reason: TextRange,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LockProblem {
    /// `<<<<<<<`, `=======`, `>>>>>>>`: a merge was not finished.
    Conflict,
    /// It is no line of this file.
    Unreadable,
}

/// What `spec.lock` says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lock {
    /// Its facts, in the order of the file; repeated lines too.
    pub lines: Vec<LockLine>,
    /// Lines that say nothing, and why.
    pub problems: Vec<(TextRange, LockProblem)>,
}

impl Lock {
    /// Reads the text of a lock.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut lock = Self::default();
        let mut at = bom_len(text);
        for whole in text[at..].split_inclusive('\n') {
            let line = whole.strip_suffix('\n').unwrap_or(whole);
            let line = line.strip_suffix('\r').unwrap_or(line);
            let range = span(at, at + line.len());
            at += whole.len();
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match read_line(line, usize::from(range.start())) {
                Some(read) => lock.lines.push(read),
                None if is_conflict(line) => lock.problems.push((range, LockProblem::Conflict)),
                None => lock.problems.push((range, LockProblem::Unreadable)),
            }
        }
        lock
    }

    /// Whether a merge was not finished.
    #[must_use]
    pub fn is_conflicted(&self) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|(_, problem)| *problem == LockProblem::Conflict)
    }

    /// The edits of `text`, which this was read from, that take lines out and put facts in. Everything else stays as it
    /// is. Facts that are there already are not written again.
    #[must_use]
    pub fn edits(&self, text: &str, gone: &FxHashSet<usize>, added: &[Fact]) -> Vec<Edit> {
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut wanted: Vec<String> = added.iter().map(ToString::to_string).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let slice = |range: TextRange| text::slice(text, range);
        let mut edits: Vec<Edit> = Vec::new();
        let mut kept: Vec<&LockLine> = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let said = slice(line.range);
            if let Ok(known) = wanted.binary_search_by(|each| each.as_str().cmp(said)) {
                wanted.remove(known);
                kept.push(line);
            } else if gone.contains(&at) {
                edits.push(Edit::delete(with_break(text, line.range)));
            } else {
                kept.push(line);
            }
        }
        if wanted.is_empty() {
            return edits;
        }
        let mut behind = String::new();
        let mut inserts: Vec<(TextRange, String)> = Vec::new();
        for line in wanted {
            let next = kept.iter().find(|known| slice(known.range) > line.as_str());
            let into = match next {
                None => &mut behind,
                Some(next) => {
                    let place = span(next.range.start().into(), next.range.start().into());
                    let known = inserts.iter().position(|(at, _)| *at == place);
                    let known = known.unwrap_or_else(|| {
                        inserts.push((place, String::new()));
                        inserts.len() - 1
                    });
                    &mut inserts[known].1
                }
            };
            into.push_str(&line);
            into.push_str(newline);
        }
        if !behind.is_empty() {
            let empty = text.len() == bom_len(text);
            let ends_open = !text.ends_with('\n')
                && edits
                    .last()
                    .is_none_or(|edit| usize::from(edit.range.end()) < text.len());
            let before = match ends_open {
                _ if empty => format!("{HEADER}{newline}"),
                true => newline.to_owned(),
                false => String::new(),
            };
            let end = span(text.len(), text.len());
            edits.push(Edit::replace(end, before + &behind));
        }
        let inserts = inserts.into_iter();
        edits.extend(inserts.map(|(at, lines)| Edit::replace(at, lines)));
        edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
        edits
    }
}

/// A line with its break; with the one before it where it is the last and has none.
fn with_break(text: &str, line: TextRange) -> TextRange {
    let end = usize::from(line.end());
    let behind = &text[end..];
    let broken = ["\r\n", "\n"].iter().find(|it| behind.starts_with(**it));
    span(line.start().into(), end + broken.map_or(0, |it| it.len()))
}

fn is_conflict(line: &str) -> bool {
    let marks = ["<<<<<<<", ">>>>>>>", "|||||||"];
    line == "======="
        || marks.iter().any(|mark| {
            let rest = line.strip_prefix(mark);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
}

fn read_line(line: &str, start: usize) -> Option<LockLine> {
    let mut at = 0;
    let mut field = || {
        let length = line[at..].find(' ')?;
        let found = (
            &line[at..at + length],
            span(start + at, start + at + length),
        );
        at += length + 1;
        Some(found)
    };
    let (id, _) = field()?;
    let (key, key_range) = field()?;
    let (text, _) = field()?;
    let (target, target_range) = field()?;
    let (signature, _) = field()?;
    let (body, _) = field()?;
    let (raw, _) = field()?;
    let reason = line[at..].strip_prefix('"')?.strip_suffix('"')?;
    if reason.contains('"') {
        return None;
    }
    let code = if (signature, body, raw) == ("-", "-", "-") {
        None
    } else {
        let (version, signature) = signature.split_once(':')?;
        let version: u32 = version.strip_prefix('v')?.parse().ok()?;
        let ours = version == code::PRINTS_VERSION;
        Some(CodePrint {
            version,
            // Another version may write them as it likes.
            signature: hex(signature).or((!ours).then_some(0))?,
            body: hex(body).or((!ours).then_some(0))?,
            raw: hex(raw)?,
        })
    };
    let (unit, own) = key.split_once('#')?;
    Some(LockLine {
        fact: Fact {
            id: hex(id)?,
            unit: unit.into(),
            key: own.into(),
            text: hex(text)?,
            target: TargetName::read(target)?,
            code,
            reason: decode(reason)?,
        },
        range: span(start, start + line.len()),
        key: key_range,
        target: target_range,
        reason: span(start + at + 1, start + line.len() - 1),
    })
}

/// 16 digits, as they are written.
fn hex(digits: &str) -> Option<u64> {
    let plain = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let fits = digits.len() == 16 && digits.bytes().all(plain);
    fits.then(|| u64::from_str_radix(digits, 16).ok())?
}

impl fmt::Display for Fact {
    /// The line, without its break.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            id,
            unit,
            key,
            text,
            target,
            ..
        } = self;
        write!(f, "{id:016x} {unit}#{key} {text:016x} {target} ")?;
        match &self.code {
            None => f.write_str("- - -")?,
            Some(code) => {
                let CodePrint {
                    version,
                    signature,
                    body,
                    raw,
                } = code;
                write!(f, "v{version}:{signature:016x} {body:016x} {raw:016x}")?;
            }
        }
        write!(f, " \"{}\"", encode(&self.reason, |c| c == ' '))
    }
}

/// Percent-encodes what would break a line: `%`, `"`, blanks and controls, but for what `keeps` says.
pub(super) fn encode(text: &str, keeps: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let breaks = matches!(c, '%' | '"' | '\u{feff}') || c.is_whitespace() || c.is_control();
        if breaks && !keeps(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// The text that was encoded; `None` where it was not.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        if *first == b'%' {
            let digits = std::str::from_utf8(behind.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &behind[2..];
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests;
