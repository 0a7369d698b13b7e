//! What a team decided about findings, applied after every rule has spoken: severities, suppressions, baseline.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashSet;
use settings::{Baseline, Date, Level, Persistence, Settings};
use trace::{Feature, Phase, RootId, Topic, UnitKind};

use crate::catalogue::{CATALOGUE, Group};
use crate::engine::FeatureFindings;
use crate::finding::{Finding, Severity};

/// Decisions of every workspace folder, and the day they are read on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// Settings and baseline by root. In a folder that is not listed nothing was decided: all that rules say is left,
    /// also of those that are off until a team asks for them.
    pub folders: Vec<(Arc<Settings>, Arc<Baseline>)>,
    /// Today.
    pub today: Date,
}

/// A finding that is there and not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// The finding, as loud as it would be.
    pub finding: Finding,
    /// Who says so.
    pub by: SuppressedBy,
}

/// Why a finding is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuppressedBy {
    /// A suppression: its position in the settings of the folder.
    Settings(u32),
    /// It is in the baseline.
    Baseline,
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Hint => Self::Hint,
            Severity::Information => Self::Information,
            Severity::Warning => Self::Warning,
            Severity::Error => Self::Error,
        }
    }
}

impl Severity {
    /// The severity of a level; `None` for `off`.
    #[must_use]
    pub fn of_level(level: Level) -> Option<Self> {
        match level {
            Level::Off => None,
            Level::Hint => Some(Self::Hint),
            Level::Information => Some(Self::Information),
            Level::Warning => Some(Self::Warning),
            Level::Error => Some(Self::Error),
        }
    }
}

impl Policy {
    /// Settings of a folder.
    #[must_use]
    pub fn settings(&self, root: RootId) -> Option<&Arc<Settings>> {
        self.folders
            .get(root.0 as usize)
            .map(|(settings, _)| settings)
    }

    /// Baseline of a folder.
    #[must_use]
    pub fn baseline(&self, root: RootId) -> Option<&Arc<Baseline>> {
        self.folders
            .get(root.0 as usize)
            .map(|(_, baseline)| baseline)
    }

    /// What is left of what the rules said of one feature.
    pub(crate) fn apply(
        &self,
        feature: &Feature,
        said: &Arc<FeatureFindings>,
    ) -> Arc<FeatureFindings> {
        let Some((settings, baseline)) = self.folders.get(feature.root.0 as usize) else {
            return Arc::clone(said);
        };
        let is_left = is_left_as_it_is(feature, settings);
        let speaks = |code: &str| speaks(settings, code);
        let asks = |code: &str| speaks(code) && !(is_left && is_drift(code));
        let undecided =
            settings.severity.is_empty() && settings.suppressions.is_empty() && baseline.is_empty();
        let asked = said.unknown.iter().all(|(each, _)| asks(each.code));
        if asked
            && (said.findings.is_empty()
                || (undecided && said.findings.iter().all(|finding| asks(finding.code))))
        {
            return Arc::clone(said);
        }
        let unknown = said.unknown.iter().filter(|(each, _)| asks(each.code));
        let unanswered = said.unanswered.iter();
        let mut left = FeatureFindings {
            unknown: unknown.cloned().collect(),
            unanswered: unanswered
                .filter(|each| asks(each.question.code))
                .cloned()
                .collect(),
            decided: said.decided.clone(),
            ..FeatureFindings::default()
        };
        for finding in &said.findings {
            let mut finding = finding.clone();
            if !speaks(finding.code) {
                left.off += 1;
                continue;
            }
            if !asks(finding.code) {
                left.finished += 1;
                continue;
            }
            let level = settings.severity.get(finding.code).copied();
            if let Some(severity) = level.and_then(Severity::of_level) {
                finding.severity = severity;
            }
            match suppressed_by(&finding, &feature.path, settings, baseline, self.today) {
                Some(by) => left.suppressed.push(Suppressed { finding, by }),
                None => left.findings.push(finding),
            }
        }
        Arc::new(left)
    }
}

/// Whether a team lets a feature stand as it was when its work was done: a change of it is a feature of its own.
fn is_left_as_it_is(feature: &Feature, settings: &Settings) -> bool {
    settings.persistence == Some(Persistence::FlowForward)
        && feature.format() == documents::Format::SpecKit
        && feature.unit == UnitKind::Feature
        && feature.phase == Phase::Done
}

/// Whether a rule tells where code and documents have parted.
fn is_drift(code: &str) -> bool {
    static DRIFT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let all = CATALOGUE.iter().map(|rule| rule.descriptor());
        all.filter(|rule| rule.group == Group::Drift)
            .map(|rule| rule.code)
            .collect()
    });
    DRIFT.contains(code)
}

/// The rules that speak of what is costly to find out.
const TOPICS: [(Topic, &str); 2] = [
    (Topic::Outdated, "stale-code"),
    (Topic::TasksPast, "tasks-stale"),
];

/// What no rule speaks of where these settings are in force.
#[must_use]
pub fn unheard(settings: &Settings) -> Vec<Topic> {
    let silent = TOPICS.iter().filter(|(_, code)| !speaks(settings, code));
    silent.map(|(topic, _)| *topic).collect()
}

/// Whether a rule says anything where these settings are in force.
fn speaks(settings: &Settings, code: &str) -> bool {
    match settings.severity.get(code) {
        Some(level) => *level != Level::Off,
        None => !is_off(code),
    }
}

/// Whether a rule speaks only where a team asks for it.
fn is_off(code: &str) -> bool {
    static OFF: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let all = CATALOGUE.iter().map(|rule| rule.descriptor());
        all.filter(|rule| rule.is_off())
            .map(|rule| rule.code)
            .collect()
    });
    OFF.contains(code)
}

fn suppressed_by(
    finding: &Finding,
    unit: &str,
    settings: &Settings,
    baseline: &Baseline,
    today: Date,
) -> Option<SuppressedBy> {
    let mut near = (0..)
        .zip(&settings.suppressions)
        .filter(|(_, it)| it.code == finding.code && !it.is_expired(today))
        .peekable();
    if near.peek().is_none() && baseline.is_empty() {
        return None;
    }
    let (address, fingerprint) = (finding.address(unit), finding.fingerprint(unit));
    near.find(|(_, it)| it.matches(finding.code, &address, &fingerprint))
        .map(|(at, _)| SuppressedBy::Settings(at))
        .or_else(|| {
            baseline
                .holds(&fingerprint)
                .then_some(SuppressedBy::Baseline)
        })
}
