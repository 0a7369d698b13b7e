//! Hits that a person judged, and what they say about each rule.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use crate::Outcome;
use crate::check::check;
use crate::checkout::Checkout;
use crate::export::places;
use crate::wilson::{interval, share};

/// What a person said about a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is a defect, and the sentence is right.
    True,
    /// It is not.
    False,
    /// Two readers would not agree.
    Unclear,
}

/// One judged hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// `owner/name`
    pub repository: String,
    /// The commit it was judged at.
    pub commit: String,
    /// `path:line` or `path:line:column`
    pub place: String,
    /// Code of the rule.
    pub code: String,
    /// The judgement.
    pub verdict: Verdict,
    /// Why, in the judge's words.
    pub why: String,
}

/// Reads one file; empty lines and lines that begin with `#` are left out.
///
/// # Errors
/// Every line that is not a label, each with its number and what is wrong with it.
pub fn parse(name: &str, text: &str) -> Result<Vec<Label>, Vec<String>> {
    let mut labels = Vec::new();
    let mut wrong = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        match label(line) {
            Ok(label) => labels.push(label),
            Err(what) => wrong.push(format!("{name}:{number}: {what}")),
        }
    }
    if wrong.is_empty() {
        Ok(labels)
    } else {
        Err(wrong)
    }
}

fn label(line: &str) -> Outcome<Label> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [at, place, code, verdict, why] = cells.as_slice() else {
        return Err(format!("{} columns instead of 5", cells.len()));
    };
    let (repository, commit) = at
        .rsplit_once('@')
        .ok_or("no `@commit` behind the repository")?;
    let hex = commit.len() >= 7 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    if repository.is_empty() || !hex {
        return Err(format!("`{at}` is no repository@commit"));
    }
    let mut parts = place.rsplitn(3, ':');
    let last = parts.next().is_some_and(is_number);
    if !last || parts.next().is_none_or(str::is_empty) {
        return Err(format!("`{place}` is no path:line"));
    }
    let word = |each: char| each.is_ascii_lowercase() || each.is_ascii_digit() || each == '-';
    if code.is_empty() || !code.chars().all(word) {
        return Err(format!("`{code}` is no code"));
    }
    let verdict = match *verdict {
        "true" => Verdict::True,
        "false" => Verdict::False,
        "unclear" => Verdict::Unclear,
        other => return Err(format!("`{other}` is none of true, false, unclear")),
    };
    if why.trim().is_empty() {
        return Err("it does not say why".to_owned());
    }
    Ok(Label {
        repository: repository.to_owned(),
        commit: commit.to_owned(),
        place: (*place).to_owned(),
        code: (*code).to_owned(),
        verdict,
        why: why.trim().to_owned(),
    })
}

fn is_number(text: &str) -> bool {
    text.parse::<usize>().is_ok_and(|number| number > 0)
}

/// Labels that speak of one hit twice.
#[must_use]
pub fn repeated(labels: &[Label]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let again = labels.iter().filter(|label| {
        !seen.insert((&label.repository, &label.commit, &label.place, &label.code))
    });
    again
        .map(|label| {
            format!(
                "{} {} {} is judged twice",
                label.repository, label.place, label.code
            )
        })
        .collect()
}

/// How often a rule was right.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Precision {
    /// Judged hits.
    pub judged: usize,
    /// True ones.
    pub right: usize,
    /// Unclear ones, which count as false.
    pub unclear: usize,
    /// `right / judged`
    pub precision: Option<f64>,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
}

/// Precision by code.
#[must_use]
pub fn precision(labels: &[Label]) -> BTreeMap<String, Precision> {
    let mut by_code: BTreeMap<String, Precision> = BTreeMap::new();
    for label in labels {
        let entry = by_code.entry(label.code.clone()).or_default();
        entry.judged += 1;
        entry.right += usize::from(label.verdict == Verdict::True);
        entry.unclear += usize::from(label.verdict == Verdict::Unclear);
    }
    for entry in by_code.values_mut() {
        entry.precision = share(entry.right, entry.judged);
        (entry.low, entry.high) = interval(entry.right, entry.judged);
    }
    by_code
}

/// Labels and hits side by side.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Compared {
    /// Hits without a label: repository, place, code, message.
    pub unjudged: Vec<[String; 4]>,
    /// Labels without a hit.
    pub gone: Vec<Label>,
    /// Repositories that are not in the directory.
    pub missing: Vec<String>,
}

/// Runs the program on a copy of every labelled repository at its commit.
///
/// `checkouts` holds the repositories by the last part of their name.
///
/// # Errors
/// A repository has no such commit, or cannot be checked.
pub fn compare(labels: &[Label], binary: &Path, checkouts: &Path) -> Outcome<Compared> {
    let mut compared = Compared::default();
    let repositories: BTreeSet<(&str, &str)> = labels
        .iter()
        .map(|label| (label.repository.as_str(), label.commit.as_str()))
        .collect();
    for (repository, commit) in repositories {
        let directory = checkouts.join(repository.rsplit('/').next().unwrap_or(repository));
        if !directory.is_dir() {
            compared.missing.push(repository.to_owned());
            continue;
        }
        let checkout = Checkout::of(&directory, Some(commit))?;
        let run = check(binary, checkout.path(), true)?;
        let own: Vec<&Label> = labels
            .iter()
            .filter(|label| label.repository == repository && label.commit == commit)
            .collect();
        let mut hit: BTreeSet<(String, &str)> = BTreeSet::new();
        for (place, finding) in places(&run.report) {
            let code = finding.code.as_str();
            let line = format!("{}:{}", finding.path, finding.range.start.line);
            let column = format!("{line}:{}", finding.range.start.column);
            let judged = own
                .iter()
                .any(|label| label.code == code && (label.place == line || label.place == column));
            if !judged {
                compared.unjudged.push([
                    format!("{repository}@{commit}"),
                    place,
                    finding.code.clone(),
                    finding.message.clone(),
                ]);
            }
            hit.extend([(line, code), (column, code)]);
        }
        let gone = own
            .into_iter()
            .filter(|label| !hit.contains(&(label.place.clone(), label.code.as_str())));
        compared.gone.extend(gone.cloned());
    }
    Ok(compared)
}

/// Tables for people.
#[must_use]
pub fn text(by_code: &BTreeMap<String, Precision>, compared: Option<&Compared>) -> String {
    let mut text = String::new();
    let head = ["code", "judged", "true", "unclear", "precision", "95 %"];
    let _ = writeln!(
        text,
        "{:<24} {:>6} {:>6} {:>7} {:>9} {:>13}",
        head[0], head[1], head[2], head[3], head[4], head[5]
    );
    for (code, row) in by_code {
        let precision = row
            .precision
            .map_or_else(|| "-".to_owned(), |precision| format!("{precision:.2}"));
        let range = format!("{:.2} .. {:.2}", row.low, row.high);
        let _ = writeln!(
            text,
            "{code:<24} {:>6} {:>6} {:>7} {precision:>9} {range:>13}",
            row.judged, row.right, row.unclear
        );
    }
    let Some(compared) = compared else {
        return text;
    };
    let _ = writeln!(
        text,
        "\n{} hits unjudged, {} labels gone, {} repositories missing",
        compared.unjudged.len(),
        compared.gone.len(),
        compared.missing.len()
    );
    for [repository, place, code, message] in &compared.unjudged {
        let _ = writeln!(text, "UNJUDGED {repository} {place} {code}: {message}");
    }
    for label in &compared.gone {
        let _ = writeln!(
            text,
            "GONE {}@{} {} {} ({:?}: {})",
            label.repository, label.commit, label.place, label.code, label.verdict, label.why
        );
    }
    for repository in &compared.missing {
        let _ = writeln!(text, "MISSING {repository}");
    }
    text
}

#[cfg(test)]
mod tests;
