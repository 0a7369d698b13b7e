use std::collections::BTreeSet;

use crate::{Baseline, Entry, Level, Persistence, Scope, Settings, Suppression};

/// A rule that speaks more softly than before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Code of the rule.
    pub code: String,
    /// How loud it was.
    pub from: Level,
    /// How loud it is.
    pub to: Level,
}

/// What the settings of a later version let pass that those of an earlier one did not. Empty where nothing was
/// weakened; what became stricter is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weakening {
    /// Suppressions that are new, in the order of the file.
    pub suppressed: Vec<Suppression>,
    /// Suppressions that were there and now last longer, with the day they ended before.
    pub prolonged: Vec<(Suppression, crate::Date)>,
    /// Rules that speak more softly, by code.
    pub lowered: Vec<Change>,
    /// Entries the baseline has more, by address.
    pub baselined: Vec<Entry>,
    /// Entries of the earlier baseline.
    pub baseline_before: usize,
    /// Entries of the later baseline.
    pub baseline_after: usize,
    /// Spec directories that are not read any more.
    pub roots_left: Vec<String>,
    /// Finished features were checked and are not any more.
    pub scope_narrowed: bool,
    /// Finished features raised drift and do not any more.
    pub finished_silenced: bool,
}

impl Weakening {
    /// Whether nothing was weakened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.suppressed.is_empty()
            && self.prolonged.is_empty()
            && self.lowered.is_empty()
            && self.baselined.is_empty()
            && self.roots_left.is_empty()
            && !self.scope_narrowed
            && !self.finished_silenced
    }
}

/// What was weakened from `before` to `after`: settings and baseline of the same folder in two versions. `shown` says
/// how loud a rule is where the settings do not say.
#[must_use]
pub fn weakening(
    before: (&Settings, &Baseline),
    after: (&Settings, &Baseline),
    shown: &dyn Fn(&str) -> Level,
) -> Weakening {
    let ((old, old_baseline), (new, new_baseline)) = (before, after);
    let mut weakening = Weakening {
        baseline_before: old_baseline.len(),
        baseline_after: new_baseline.len(),
        finished_silenced: old.persistence != Some(Persistence::FlowForward)
            && new.persistence == Some(Persistence::FlowForward),
        scope_narrowed: old.scope == Scope::All && new.scope == Scope::Active,
        ..Weakening::default()
    };
    for suppression in &new.suppressions {
        let mut same = old
            .suppressions
            .iter()
            .filter(|known| known.key() == suppression.key())
            .peekable();
        if same.peek().is_none() {
            weakening.suppressed.push(suppression.clone());
            continue;
        }
        // Said twice, the one that lasts longest counts; without an end it lasts for ever.
        let ends: Option<Vec<_>> = same.map(|known| known.until).collect();
        if let Some(last) = ends.and_then(|ends| ends.into_iter().max())
            && suppression.until.is_none_or(|until| until > last)
        {
            weakening.prolonged.push((suppression.clone(), last));
        }
    }
    let codes: BTreeSet<&String> = old.severity.keys().chain(new.severity.keys()).collect();
    for code in codes {
        let level = |settings: &Settings| {
            let explicit = settings.severity.get(code).copied();
            explicit.unwrap_or_else(|| shown(code))
        };
        let (from, to) = (level(old), level(new));
        if to < from {
            let code = code.clone();
            weakening.lowered.push(Change { code, from, to });
        }
    }
    weakening.baselined = new_baseline
        .entries()
        .into_iter()
        .filter(|entry| !old_baseline.holds(&entry.fingerprint))
        .cloned()
        .collect();
    weakening.roots_left = old
        .spec_roots
        .iter()
        .filter(|root| !new.spec_roots.contains(root))
        .cloned()
        .collect();
    weakening
}
