//! What came of mutations, as text.

use std::fmt::Write as _;

use super::{APART, Drifted, Tried, Verdict, kinds};
use crate::wilson::{interval, share};

/// The table of all repositories, by kind, and below it what was missed, unknown or false.
#[must_use]
pub fn by_kind(all: &[Drifted]) -> String {
    let mut text = String::new();
    for each in all {
        let _ = writeln!(
            text,
            "{}: {} accepted, {} symbols, {} mutations",
            each.repository,
            each.accepted,
            each.symbols,
            each.tried.len()
        );
    }
    let tried: Vec<&Tried> = all.iter().flat_map(|each| &each.tried).collect();
    let count = |kind: Option<&str>, harm: bool, verdict: Option<Verdict>| {
        tried
            .iter()
            .filter(|each| {
                let apart = APART.contains(&each.kind.as_str());
                kind.map_or(!apart, |kind| each.kind == kind)
            })
            .filter(|each| {
                kinds().any(|kind| kind.name == each.kind && kind.codes.is_empty() != harm)
            })
            .filter(|each| verdict.is_none_or(|verdict| each.verdict == verdict))
            .count()
    };
    for (harm, head) in [
        (
            true,
            "\n| mutation | seeded | found | missed | unknown | failed |\n|---|---|---|---|---|---|\n",
        ),
        (
            false,
            "\n| means nothing | tried | quiet | false | failed |\n|---|---|---|---|---|\n",
        ),
    ] {
        text.push_str(head);
        let verdicts: &[Verdict] = if harm {
            &[
                Verdict::Found,
                Verdict::Missed,
                Verdict::Unknown,
                Verdict::Failed,
            ]
        } else {
            &[Verdict::Quiet, Verdict::False, Verdict::Failed]
        };
        let wanted = kinds().filter(|kind| kind.codes.is_empty() != harm);
        for name in wanted.map(|kind| Some(kind.name)).chain([None]) {
            let _ = write!(
                text,
                "| {} | {}",
                name.unwrap_or("all"),
                count(name, harm, None)
            );
            for verdict in verdicts {
                let _ = write!(text, " | {}", count(name, harm, Some(*verdict)));
            }
            text.push_str(" |\n");
        }
    }
    text.push('\n');
    for each in tried {
        if !matches!(each.verdict, Verdict::Found | Verdict::Quiet) {
            let said = each.said.join("; ");
            let _ = writeln!(
                text,
                "{:?} {} {} {}: {} [{said}]",
                each.verdict, each.kind, each.repository, each.path, each.what
            );
        }
    }
    text
}

/// `98.2 % (96.1 to 99.2 %)`.
fn rate(right: usize, of: usize) -> String {
    let (low, high) = interval(right, of);
    format!(
        "{right} of {of}: {:.1} % ({:.1} to {:.1} %)",
        share(right, of).unwrap_or_default() * 100.0,
        low * 100.0,
        high * 100.0
    )
}

/// Two tables in Markdown: kinds down, repositories across; `found/missed/unknown` of those that mean something, `quiet/false` of
/// the others.
#[must_use]
pub fn by_repository(all: &[Drifted]) -> String {
    let mut text = String::from(
        "| repository | languages | accepted | symbols and tests |\n|---|---|---|---|\n",
    );
    for each in all {
        let languages: Vec<String> = each
            .languages
            .iter()
            .map(|(ending, count)| format!("{ending} {count}"))
            .collect();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            each.repository,
            languages.join(", "),
            each.accepted,
            each.symbols
        );
    }
    for (harm, verdicts) in [
        (
            true,
            [Verdict::Found, Verdict::Missed, Verdict::Unknown].as_slice(),
        ),
        (false, &[Verdict::Quiet, Verdict::False]),
    ] {
        let names: Vec<&str> = all
            .iter()
            .map(|each| each.repository.rsplit('/').next().unwrap_or_default())
            .collect();
        let dashes = "---|".repeat(names.len() + 2);
        let kind_of = if harm {
            "means something"
        } else {
            "means nothing"
        };
        let _ = writeln!(
            text,
            "\n| {kind_of} | {} | all |\n|{dashes}",
            names.join(" | ")
        );
        let wanted = kinds()
            .filter(|kind| kind.codes.is_empty() != harm)
            .map(|kind| kind.name);
        let wanted: Vec<&str> = wanted.collect();
        let counts = |tried: &[&Tried]| {
            let count =
                |verdict: &Verdict| tried.iter().filter(|each| each.verdict == *verdict).count();
            let shown: Vec<String> = verdicts
                .iter()
                .map(|verdict| count(verdict).to_string())
                .collect();
            let failed = count(&Verdict::Failed);
            let failed = if failed > 0 {
                format!("/{failed} failed")
            } else {
                String::new()
            };
            if tried.is_empty() {
                "-".to_owned()
            } else {
                shown.join("/") + &failed
            }
        };
        for name in wanted.iter().map(|name| Some(*name)).chain([None]) {
            let fits = |tried: &&Tried| {
                let kind = tried.kind.as_str();
                let counts = wanted.contains(&kind) && !APART.contains(&kind);
                name.map_or(counts, |name| kind == name)
            };
            let _ = write!(text, "| {} |", name.unwrap_or("all"));
            let mut every: Vec<&Tried> = Vec::new();
            for each in all {
                let own: Vec<&Tried> = each.tried.iter().filter(fits).collect();
                let _ = write!(text, " {} |", counts(&own));
                every.extend(own);
            }
            let _ = writeln!(text, " {} |", counts(&every));
            if name.is_none() && !every.is_empty() {
                let right = every
                    .iter()
                    .filter(|each| matches!(each.verdict, Verdict::Found | Verdict::Quiet));
                let _ = writeln!(text, "\n{}", rate(right.count(), every.len()));
            }
        }
    }
    text
}
