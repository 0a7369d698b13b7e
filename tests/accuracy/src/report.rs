//! Tables for people, JSON for machines.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::judge::Verdict;
use crate::seed::{Seeded, Skipped, Tried};
use crate::wilson::{interval, share};

/// What the seeds of one rule or one kind gave.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Row {
    /// Rule or kind.
    pub name: String,
    /// Edits made.
    pub seeded: usize,
    /// Found at the edit.
    pub found: usize,
    /// Of these, with exactly the text that it speaks of.
    pub exact: usize,
    /// Neither found nor said to be unknown.
    pub missed: usize,
    /// Said to be unknown.
    pub unknown: usize,
    /// The program gave no answer.
    pub failed: usize,
    /// Edits after which something new was said elsewhere.
    pub elsewhere: usize,
    /// `found / seeded`
    pub recall: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end of its 95 % interval.
    pub high: f64,
    /// New findings of this rule after edits that are not about it, neutral ones included.
    pub noise: usize,
}

/// All runs together.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    /// By rule.
    pub rules: Vec<Row>,
    /// By kind of defect.
    pub kinds: Vec<Row>,
    /// By kind of neutral edit: `found` is quiet, `elsewhere` is loud.
    pub neutral: Vec<Row>,
    /// Findings whose line, column and byte do not agree.
    pub crooked: usize,
    /// Kinds without a place, by repository.
    pub skipped: Vec<Skipped>,
    /// Findings before any edit, by code.
    pub baseline: BTreeMap<String, usize>,
    /// Every edit.
    pub tried: Vec<Tried>,
}

impl Row {
    fn count(name: &str, tried: &[&Tried]) -> Self {
        let verdicts = |wanted: &[Verdict]| {
            tried
                .iter()
                .filter(|each| wanted.contains(&each.judgement.verdict))
                .count()
        };
        let seeded = tried.len();
        let found = verdicts(&[Verdict::Found, Verdict::Quiet]);
        let (low, high) = interval(found, seeded);
        Self {
            name: name.to_owned(),
            seeded,
            found,
            exact: tried
                .iter()
                .filter(|each| each.judgement.verdict == Verdict::Found && each.judgement.exact)
                .count(),
            missed: verdicts(&[Verdict::Missed]),
            unknown: verdicts(&[Verdict::Unknown]),
            failed: verdicts(&[Verdict::Failed]),
            elsewhere: tried
                .iter()
                .filter(|each| !each.judgement.elsewhere.is_empty())
                .count(),
            recall: share(found, seeded),
            low,
            high,
            noise: 0,
        }
    }

    /// Share of edits after which something new was said elsewhere; 0 without edits.
    #[must_use]
    pub fn stray_share(&self) -> f64 {
        share(self.elsewhere, self.seeded).unwrap_or(0.0)
    }
}

impl Summary {
    /// Counts what all repositories gave.
    #[must_use]
    pub fn of(all: Vec<Seeded>) -> Self {
        let mut summary = Self::default();
        for seeded in all {
            summary.tried.extend(seeded.tried);
            summary.skipped.extend(seeded.skipped);
            for (code, count) in seeded.baseline {
                *summary.baseline.entry(code).or_default() += count;
            }
        }
        let mut kinds: Vec<(&str, Option<&str>)> = Vec::new();
        let mut rules: Vec<&str> = Vec::new();
        for each in &summary.tried {
            if !kinds.iter().any(|(kind, _)| *kind == each.kind) {
                kinds.push((each.kind, each.rule));
            }
            rules.extend(each.rule.filter(|rule| !rules.contains(rule)));
        }
        let of = |fits: &dyn Fn(&Tried) -> bool| {
            summary
                .tried
                .iter()
                .filter(|each| fits(each))
                .collect::<Vec<_>>()
        };
        let mut rows: Vec<Row> = Vec::new();
        for rule in &rules {
            let mut row = Row::count(rule, &of(&|each| each.rule == Some(rule)));
            let others = summary.tried.iter().filter(|each| each.rule != Some(rule));
            row.noise = others
                .flat_map(|each| &each.judgement.elsewhere)
                .filter(|stray| stray.code == *rule)
                .count();
            rows.push(row);
        }
        for (kind, rule) in kinds {
            let row = Row::count(kind, &of(&|each| each.kind == kind));
            if rule.is_some() {
                summary.kinds.push(row);
            } else {
                summary.neutral.push(row);
            }
        }
        summary.rules = rows;
        summary.crooked = summary
            .tried
            .iter()
            .map(|each| each.judgement.crooked.len())
            .sum();
        summary
    }

    /// Tables, then everything that went otherwise than expected, with the edit.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        table(&mut text, "rule", &self.rules, true);
        table(&mut text, "kind of defect", &self.kinds, false);
        if !self.neutral.is_empty() {
            let _ = writeln!(
                text,
                "{:<22} {:>6} {:>6} {:>6} {:>6}",
                "neutral edit", "made", "quiet", "loud", "failed"
            );
            for row in &self.neutral {
                let _ = writeln!(
                    text,
                    "{:<22} {:>6} {:>6} {:>6} {:>6}",
                    row.name, row.seeded, row.found, row.elsewhere, row.failed
                );
            }
            text.push('\n');
        }
        let mut skipped: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for each in &self.skipped {
            skipped.entry(each.kind).or_default().push(&each.repository);
        }
        for (kind, repositories) in skipped {
            let _ = writeln!(text, "no place for {kind}: {}", repositories.join(", "));
        }
        for each in &self.tried {
            remark(&mut text, each);
        }
        text
    }
}

fn table(text: &mut String, name: &str, rows: &[Row], noise: bool) {
    if rows.is_empty() {
        return;
    }
    let _ = write!(
        text,
        "{name:<22} {:>6} {:>6} {:>6} {:>6} {:>7} {:>6} {:>9} {:>7} {:>13}",
        "seeded", "found", "exact", "missed", "unknown", "failed", "elsewhere", "recall", "95 %"
    );
    text.push_str(if noise { "  noise\n" } else { "\n" });
    for row in rows {
        let recall = row
            .recall
            .map_or_else(|| "-".to_owned(), |recall| format!("{recall:.2}"));
        let _ = write!(
            text,
            "{:<22} {:>6} {:>6} {:>6} {:>6} {:>7} {:>6} {:>9} {recall:>7} {:>13}",
            row.name,
            row.seeded,
            row.found,
            row.exact,
            row.missed,
            row.unknown,
            row.failed,
            row.elsewhere,
            format!("{:.2} .. {:.2}", row.low, row.high),
        );
        let _ = if noise {
            writeln!(text, " {:>6}", row.noise)
        } else {
            writeln!(text)
        };
    }
    text.push('\n');
}

fn remark(text: &mut String, tried: &Tried) {
    let judgement = &tried.judgement;
    let head = format!("{} {} {}", tried.kind, tried.repository, tried.place);
    match judgement.verdict {
        Verdict::Missed | Verdict::Unknown | Verdict::Failed => {
            let name = format!("{:?}", judgement.verdict).to_uppercase();
            let _ = writeln!(text, "{name} {head}: {}", tried.what);
            if let Some(said) = &judgement.said {
                let _ = writeln!(text, "    {said}");
            }
        }
        Verdict::Found if !judgement.exact => {
            let said = judgement.said.as_deref().unwrap_or_default();
            let _ = writeln!(text, "INEXACT {head}: {}\n    {said}", tried.what);
        }
        Verdict::Found | Verdict::Quiet | Verdict::Loud => {}
    }
    if !judgement.elsewhere.is_empty() {
        let _ = writeln!(text, "ELSEWHERE {head}: {}", tried.what);
    }
    for stray in &judgement.elsewhere {
        let _ = writeln!(
            text,
            "    {} {}: {}",
            stray.place, stray.code, stray.message
        );
    }
    for crooked in &judgement.crooked {
        let _ = writeln!(text, "CROOKED {head}: {crooked}");
    }
}
