//! What a seed's run says about the rules: compared with the run before the edit, by fingerprint.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::{Finding, Point, Range, Report};

/// Where the finding of a seeded defect may be.
#[derive(Debug, Clone)]
pub struct Meant {
    /// File, from the root.
    pub path: String,
    /// First and last line, from 1, in the edited file.
    pub lines: (usize, usize),
    /// The text it covers, where only one text is right.
    pub text: Option<String>,
    /// Words its message must have, where the place alone does not tell which defect is meant.
    pub says: Option<String>,
}

/// A finding that is the same defect seen from its other end.
#[derive(Debug, Clone)]
pub struct OtherEnd {
    /// Codes it may have.
    pub codes: &'static [&'static str],
    /// Words of which its message or address has one; none: any message.
    pub says: Vec<String>,
}

/// What an edit is meant to bring.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// The rule that has to speak; none for an edit that must change nothing.
    pub rule: Option<&'static str>,
    /// Places where it may speak.
    pub meant: Vec<Meant>,
    /// What else may come with it.
    pub other_ends: Vec<OtherEnd>,
    /// Whether the edit takes the item of its line its identity, so that other findings there get new fingerprints.
    pub renames: bool,
}

/// The outcome of one edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The right rule spoke at the edit.
    Found,
    /// It did not, and said that it cannot tell.
    Unknown,
    /// It did not speak.
    Missed,
    /// A neutral edit, and nothing new.
    Quiet,
    /// A neutral edit, and something new.
    Loud,
    /// The program did not answer.
    Failed,
}

/// One edit, judged.
#[derive(Debug, Clone, Serialize)]
pub struct Judgement {
    /// The outcome.
    pub verdict: Verdict,
    /// Found, and the range covers exactly the text it speaks of.
    pub exact: bool,
    /// What the finding at the edit says.
    pub said: Option<String>,
    /// New findings that are neither at the edit nor its other end.
    pub elsewhere: Vec<Stray>,
    /// Findings whose line, column and byte do not agree.
    pub crooked: Vec<String>,
    /// Codes of findings that were there before and are not any more.
    pub gone: Vec<String>,
}

/// A new finding where none belongs.
#[derive(Debug, Clone, Serialize)]
pub struct Stray {
    /// Its code.
    pub code: String,
    /// `path:line`
    pub place: String,
    /// What it says.
    pub message: String,
}

/// Findings by what identifies them.
fn counted(report: &Report) -> BTreeMap<(&str, &str), Vec<&Finding>> {
    let mut counts: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        counts
            .entry((finding.code.as_str(), finding.fingerprint.as_str()))
            .or_default()
            .push(finding);
    }
    counts
}

/// Findings of `after` that `before` does not have, and codes of those that went.
#[must_use]
pub fn difference<'a>(before: &Report, after: &'a Report) -> (Vec<&'a Finding>, Vec<String>) {
    let (old, new) = (counted(before), counted(after));
    let mut fresh: Vec<&Finding> = Vec::new();
    for (key, findings) in &new {
        let had = old.get(key).map_or(0, Vec::len);
        // Alike findings keep their order, so the last ones are the additional ones.
        fresh.extend(findings.iter().skip(had));
    }
    fresh.sort_by_key(|finding| (&finding.path, finding.range.start.byte, &finding.code));
    let mut gone = Vec::new();
    for (key, findings) in &old {
        let has = new.get(key).map_or(0, Vec::len);
        gone.extend(
            findings
                .iter()
                .skip(has)
                .map(|finding| finding.code.clone()),
        );
    }
    gone.sort_unstable();
    (fresh, gone)
}

/// Judges one edit. `read` gives the text of an edited file.
#[must_use]
pub fn judge(
    before: &Report,
    after: &Report,
    expected: &Expected,
    read: impl Fn(&str) -> Option<String>,
) -> Judgement {
    let (fresh, gone) = difference(before, after);
    let mut hits: Vec<(&Finding, bool)> = Vec::new();
    let mut elsewhere = Vec::new();
    let mut crooked = Vec::new();
    for finding in fresh {
        let text = read(&finding.path);
        if let Some(wrong) = text
            .as_deref()
            .map_or(Some("the file cannot be read"), |text| {
                disagreement(finding, text)
            })
        {
            crooked.push(format!("{} {}: {wrong}", place(finding), finding.code));
        }
        let covered = text
            .as_deref()
            .and_then(|text| text.get(finding.range.start.byte..finding.range.end.byte));
        let right_rule = expected.rule == Some(finding.code.as_str());
        let meant = expected
            .meant
            .iter()
            .find(|meant| right_rule && is_at(finding, meant));
        let again = hits.iter().any(|(hit, _)| {
            place(hit) == place(finding) && hit.range.start.byte == finding.range.start.byte
        });
        match meant {
            Some(meant) if !again => {
                let exact = meant
                    .text
                    .as_deref()
                    .is_none_or(|wanted| covered == Some(wanted));
                hits.push((finding, exact));
            }
            _ if expected
                .other_ends
                .iter()
                .any(|other| is_other_end(finding, other)) => {}
            // It was there before, under the identity that the edit took away.
            _ if expected.renames
                && gone.contains(&finding.code)
                && expected.meant.iter().any(|meant| is_in(finding, meant)) => {}
            _ => elsewhere.push(Stray {
                code: finding.code.clone(),
                place: place(finding),
                message: finding.message.clone(),
            }),
        }
    }
    let verdict = verdict(
        before,
        after,
        expected,
        !hits.is_empty(),
        !elsewhere.is_empty(),
    );
    let said = match verdict {
        Verdict::Unknown => expected.rule.map(|rule| reasons(before, after, rule)),
        _ => hits
            .first()
            .map(|(hit, _)| format!("{}: {}", place(hit), hit.message)),
    };
    Judgement {
        verdict,
        exact: hits.iter().any(|(_, exact)| *exact),
        said,
        elsewhere,
        crooked,
        gone,
    }
}

fn verdict(
    before: &Report,
    after: &Report,
    expected: &Expected,
    found: bool,
    strays: bool,
) -> Verdict {
    let Some(rule) = expected.rule else {
        return if strays {
            Verdict::Loud
        } else {
            Verdict::Quiet
        };
    };
    let unknown = |report: &Report| report.unknown_by_code().get(rule).copied().unwrap_or(0);
    if found {
        Verdict::Found
    } else if unknown(after) > unknown(before) {
        Verdict::Unknown
    } else {
        Verdict::Missed
    }
}

/// Why a rule says that it cannot tell, as far as that is new.
fn reasons(before: &Report, after: &Report, rule: &str) -> String {
    let count = |report: &Report, why: &str| -> u64 {
        let alike = report
            .unknown
            .iter()
            .filter(|each| each.code == rule && each.why == why);
        alike.map(|each| each.count).sum()
    };
    let new: Vec<&str> = after
        .unknown
        .iter()
        .filter(|each| each.code == rule)
        .filter(|each| count(after, &each.why) > count(before, &each.why))
        .map(|each| each.why.as_str())
        .collect();
    new.join("; ")
}

fn place(finding: &Finding) -> String {
    format!("{}:{}", finding.path, finding.range.start.line)
}

/// Whether the finding is there, or names the place as related: what several places share is said once.
fn is_in(finding: &Finding, meant: &Meant) -> bool {
    let (first, last) = meant.lines;
    let overlaps = |path: &str, range: &Range| {
        path == meant.path && range.start.line <= last && range.end.line >= first
    };
    overlaps(&finding.path, &finding.range)
        || finding
            .related
            .iter()
            .any(|other| overlaps(&other.path, &other.range))
}

fn is_at(finding: &Finding, meant: &Meant) -> bool {
    is_in(finding, meant)
        && meant
            .says
            .as_deref()
            .is_none_or(|words| finding.message.contains(words))
}

fn is_other_end(finding: &Finding, other: &OtherEnd) -> bool {
    let address = finding
        .item
        .as_ref()
        .map_or("", |item| item.address.as_str());
    other.codes.contains(&finding.code.as_str())
        && (other.says.is_empty()
            || other
                .says
                .iter()
                .any(|words| has_word(&finding.message, words) || has_word(address, words)))
}

/// Whether `text` has `words` with no letter, digit or dash next to them.
fn has_word(text: &str, words: &str) -> bool {
    let inner = |next: char| next.is_ascii_alphanumeric() || next == '-';
    text.match_indices(words)
        .any(|(at, _)| !text[..at].ends_with(inner) && !text[at + words.len()..].starts_with(inner))
}

/// What is wrong with the range of a finding in `text`.
#[must_use]
pub fn disagreement(finding: &Finding, text: &str) -> Option<&'static str> {
    let (start, end) = (finding.range.start, finding.range.end);
    if start.byte > end.byte {
        return Some("the range ends before it starts");
    }
    for point in [start, end] {
        match point_at(text, point.byte) {
            None => return Some("the byte is not in the file, or within a character"),
            Some((line, _)) if line != point.line => {
                return Some("the line is not that of the byte");
            }
            Some((_, column)) if column != point.column => {
                return Some("the column is not that of the byte");
            }
            Some(_) => {}
        }
    }
    finding.related.iter().find_map(|related| {
        let ends: [Point; 2] = [related.range.start, related.range.end];
        (ends[0].byte > ends[1].byte).then_some("a related range ends before it starts")
    })
}

/// Line and column, from 1, of a byte.
fn point_at(text: &str, byte: usize) -> Option<(usize, usize)> {
    let before = text.get(..byte)?;
    let bytes = text.as_bytes();
    let mut line = 1;
    let mut start = 0;
    for (at, each) in before.bytes().enumerate() {
        let within_pair = each == b'\r' && bytes.get(at + 1) == Some(&b'\n');
        if each == b'\n' || (each == b'\r' && !within_pair) {
            line += 1;
            start = at + 1;
        }
    }
    let shown = before[start..].trim_start_matches(|each| start == 0 && each == '\u{feff}');
    Some((line, shown.chars().count() + 1))
}

#[cfg(test)]
mod tests;
