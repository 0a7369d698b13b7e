//! Runs the rules: over all features, or after a change over those that are not the same any more.

use std::sync::Arc;

use documents::{DocumentKind, ItemIndex};
use imbl::Vector;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use text::{FileId, TextRange};
use trace::{Basis, Feature, FeatureId, FeatureState, Graph, ItemKey, ItemRef};

use crate::catalogue::{CATALOGUE, Rule};
use crate::finding::{Finding, Fix, Related, Severity};
use crate::message::Message;
use crate::policy::{Policy, Suppressed};

/// A question a rule could not answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unknown {
    /// Code of the rule.
    pub code: &'static str,
    /// Why.
    pub why: SmolStr,
}

/// A place at which a rule could not answer its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    /// Rule and reason.
    pub question: Unknown,
    /// The document.
    pub file: FileId,
    /// What the question is about; empty at the start where it is the whole document.
    pub range: TextRange,
}

/// What the rules say of one feature, after the team's decisions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeatureFindings {
    /// By document, place and code.
    pub findings: Vec<Finding>,
    /// Findings that are there and not shown, in the same order.
    pub suppressed: Vec<Suppressed>,
    /// Findings of rules that are switched off.
    pub off: u32,
    /// Findings of drift that a finished feature does not raise where the team's model is flow-forward.
    pub finished: u32,
    /// Unanswered questions and how many of each.
    pub unknown: Vec<(Unknown, u32)>,
    /// Where they were asked, as far as their rules say; by rule, in the order of asking.
    pub unanswered: Vec<Unanswered>,
    /// Questions answered, by code: findings and clean answers together.
    pub decided: Vec<(&'static str, u32)>,
}

impl FeatureFindings {
    /// Takes over what one rule said.
    fn repeat(&mut self, code: &str, before: &Self) {
        let findings = before.findings.iter();
        self.findings
            .extend(findings.filter(|finding| finding.code == code).cloned());
        let unknown = before.unknown.iter();
        self.unknown
            .extend(unknown.filter(|(unknown, _)| unknown.code == code).cloned());
        let unanswered = before.unanswered.iter();
        self.unanswered.extend(
            unanswered
                .filter(|each| each.question.code == code)
                .cloned(),
        );
        let decided = before.decided.iter();
        self.decided
            .extend(decided.filter(|(decided, _)| *decided == code));
    }
}

/// A feature, what the rules said of it, and what the team's decisions leave of that.
#[derive(Debug, Clone)]
struct Entry {
    feature: Arc<Feature>,
    said: Arc<FeatureFindings>,
    left: Arc<FeatureFindings>,
}

/// Findings of every feature of one graph.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    features: Vector<Entry>,
    policy: Arc<Policy>,
}

impl Checked {
    /// Runs every rule on every feature.
    #[must_use]
    pub fn new(graph: &Graph) -> Self {
        Self::default().update(graph)
    }

    /// Runs every rule on the features of `graph` that are not those of the last run; keeps the findings of the others.
    #[must_use]
    pub fn update(&self, graph: &Graph) -> Self {
        let now = graph.features();
        let mut features = self.features.clone();
        features.truncate(now.len());
        let known = features.iter().zip(now);
        let changed = known.enumerate().filter(|(_, (entry, feature))| {
            let same = Arc::ptr_eq(&entry.feature, feature);
            !same
        });
        let changed: Vec<usize> = changed.map(|(at, _)| at).collect();
        for at in changed {
            let entry = self.entry(&now[at], self.features.get(at));
            features.set(at, entry);
        }
        let new = now.iter().skip(features.len());
        features.extend(new.map(|feature| self.entry(feature, None)));
        Self {
            features,
            policy: Arc::clone(&self.policy),
        }
    }

    /// What the rules say of a feature, that said something `before`.
    fn entry(&self, feature: &Arc<Feature>, before: Option<&Entry>) -> Entry {
        let before = before.map(|before| (&*before.feature, &*before.said));
        let said = Arc::new(check(feature, before));
        Entry {
            left: self.policy.apply(feature, &said),
            feature: Arc::clone(feature),
            said,
        }
    }

    /// The same under other decisions; no rule runs again.
    #[must_use]
    pub fn with_policy(&self, policy: Arc<Policy>) -> Self {
        if *policy == *self.policy {
            return self.clone();
        }
        let features = self.features.iter().map(|entry| Entry {
            left: policy.apply(&entry.feature, &entry.said),
            ..entry.clone()
        });
        Self {
            features: features.collect(),
            policy,
        }
    }

    /// The decisions in force.
    #[must_use]
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// What the rules said, before any decision.
    pub(crate) fn said(&self) -> impl Iterator<Item = (&Feature, &FeatureFindings)> {
        self.features
            .iter()
            .map(|entry| (&*entry.feature, &*entry.said))
    }

    /// Findings of one feature.
    #[must_use]
    pub fn of(&self, feature: FeatureId) -> Option<&Arc<FeatureFindings>> {
        self.features
            .get(feature.0 as usize)
            .map(|entry| &entry.left)
    }

    /// All features with their findings.
    pub fn features(&self) -> impl Iterator<Item = (&Arc<Feature>, &Arc<FeatureFindings>)> {
        self.features
            .iter()
            .map(|entry| (&entry.feature, &entry.left))
    }

    /// Findings in one document or source file.
    pub fn in_file(&self, graph: &Graph, file: FileId) -> impl Iterator<Item = &Finding> {
        let own = graph.feature_of(file).map(|feature| feature.id);
        // Any feature can speak of a source file that cites it.
        let is_source = own.is_none() && graph.source(file).is_some();
        let findings = self
            .features
            .iter()
            .filter(move |entry| is_source || own == Some(entry.feature.id))
            .map(|entry| &entry.left);
        findings
            .flat_map(|all| &all.findings)
            .filter(move |finding| finding.file == file)
    }
}

/// Why nothing is known of a feature with a document in conflict.
const UNDECIDED: &str = "a document of the feature has the marks of an undecided merge";

/// Runs every rule, but for those whose documents are as `before`: they say again what they said then.
fn check(feature: &Feature, before: Option<(&Feature, &FeatureFindings)>) -> FeatureFindings {
    let mut all = FeatureFindings::default();
    if feature.state == FeatureState::Archived {
        return all;
    }
    let mut same: Vec<(&[DocumentKind], bool)> = Vec::new();
    let mut is_same = |kinds: &'static [DocumentKind], before: &Feature| {
        if let Some((_, known)) = same.iter().find(|(asked, _)| *asked == kinds) {
            return *known;
        }
        let known = !kinds.is_empty() && feature.is_same_in(before, kinds);
        same.push((kinds, known));
        known
    };
    let speaks = |rule: &&&dyn Rule| rule.formats().contains(&feature.format());
    let undecided = feature.conflicts().next().is_some();
    // Those that were not asked then cannot say it again.
    let before = before.filter(|(before, _)| before.conflicts().next().is_none());
    for rule in CATALOGUE.iter().filter(speaks) {
        let code = rule.descriptor().code;
        if undecided && !rule.speaks_in_conflict() {
            let why = UNDECIDED.into();
            all.unknown.push((Unknown { code, why }, 1));
            continue;
        }
        if let Some((feature, findings)) = before
            && is_same(rule.documents(), feature)
        {
            all.repeat(code, findings);
            continue;
        }
        let mut sink = Sink {
            rule: *rule,
            feature,
            findings: Vec::new(),
            first: Firsts::default(),
            unknown: FxHashMap::default(),
            unanswered: Vec::new(),
            clean: 0,
        };
        rule.check(feature, &mut sink);
        let decided = sink.clean + sink.findings.len() as u32;
        all.decided.push((code, decided));
        all.findings.append(&mut sink.findings);
        all.unanswered.append(&mut sink.unanswered);
        all.unknown.extend(
            sink.unknown
                .into_iter()
                .map(|(why, count)| (Unknown { code, why }, count)),
        );
    }
    all.unknown.sort();
    let order = |file: FileId| feature.documents.iter().position(|doc| doc.file == file);
    all.findings.sort_by(|a, b| {
        (order(a.file), a.range.start(), a.range.end(), a.code).cmp(&(
            order(b.file),
            b.range.start(),
            b.range.end(),
            b.code,
        ))
    });
    all
}

/// Takes what one rule says of one feature.
pub struct Sink<'a> {
    rule: &'a dyn Rule,
    feature: &'a Feature,
    findings: Vec<Finding>,
    first: Firsts,
    unknown: FxHashMap<SmolStr, u32>,
    unanswered: Vec<Unanswered>,
    clean: u32,
}

/// Where the finding of an item or a group stands among those of a rule.
#[derive(Default)]
struct Firsts {
    items: FxHashMap<ItemKey, usize>,
    groups: FxHashMap<(FileId, String), usize>,
}

impl Firsts {
    /// The first finding on the same item, or of the same group and document; `next` is where this one goes if there
    /// is none.
    fn of(&mut self, finding: &Finding, next: usize) -> usize {
        let item = finding.item.as_ref();
        let group = finding.group.clone().map(|group| (finding.file, group));
        let known = [
            item.and_then(|item| self.items.get(item)),
            group.as_ref().and_then(|group| self.groups.get(group)),
        ];
        let at = known.into_iter().flatten().min().copied().unwrap_or(next);
        if at == next {
            self.items.extend(item.map(|item| (item.clone(), next)));
            self.groups.extend(group.map(|group| (group, next)));
        }
        at
    }
}

impl Sink<'_> {
    /// Reports a finding at `range` of `file`. Give the rest with the returned [`Draft`]; it counts when dropped.
    ///
    /// A second finding of the same rule on the same item becomes related information of the first.
    pub fn report(&mut self, file: FileId, range: TextRange, message: Message) -> Draft<'_> {
        let descriptor = self.rule.descriptor();
        Draft {
            feature: self.feature,
            findings: &mut self.findings,
            first: &mut self.first,
            finding: Some(Finding {
                code: descriptor.code,
                severity: Severity::of_level(descriptor.shown()).unwrap_or(Severity::Hint),
                message,
                file,
                range,
                item: None,
                basis: Basis::Declared,
                related: Vec::new(),
                fixes: Vec::new(),
                fact: String::new(),
                group: None,
            }),
        }
    }

    /// The rule looked and all was well.
    pub fn clean(&mut self) {
        self.clean += 1;
    }

    /// The rule looked and could not tell.
    pub fn unknown(&mut self, why: &str) {
        *self.unknown.entry(why.into()).or_default() += 1;
    }

    /// The rule looked at what stands at `range` of `file` and could not tell.
    pub fn unknown_at(&mut self, file: FileId, range: TextRange, why: &str) {
        self.unknown(why);
        self.unanswered.push(Unanswered {
            question: Unknown {
                code: self.rule.descriptor().code,
                why: why.into(),
            },
            file,
            range,
        });
    }

    /// The rule looked at a whole document and could not tell.
    pub fn unknown_in(&mut self, file: FileId, why: &str) {
        self.unknown_at(file, TextRange::default(), why);
    }
}

/// A finding being described.
pub struct Draft<'a> {
    feature: &'a Feature,
    findings: &'a mut Vec<Finding>,
    first: &'a mut Firsts,
    finding: Option<Finding>,
}

impl Draft<'_> {
    fn with(mut self, change: impl FnOnce(&mut Finding)) -> Self {
        if let Some(finding) = &mut self.finding {
            change(finding);
        }
        self
    }

    /// The item it speaks of: an item of the finding's own document.
    #[must_use]
    pub fn item(self, item: ItemIndex) -> Self {
        let feature = self.feature;
        self.with(|finding| {
            finding.item = feature.key(ItemRef {
                feature: feature.id,
                file: finding.file,
                item,
            });
        })
    }

    /// How loud this one is at most, where it is less than its rule's severity.
    #[must_use]
    pub fn severity(self, severity: crate::Severity) -> Self {
        self.with(|finding| finding.severity = finding.severity.min(severity))
    }

    /// Why we believe it, when not declared.
    #[must_use]
    pub fn basis(self, basis: Basis) -> Self {
        self.with(|finding| finding.basis = basis)
    }

    /// The fact that tells it from other findings on the same item.
    #[must_use]
    pub fn fact(self, fact: impl Into<String>) -> Self {
        self.with(|finding| finding.fact = fact.into())
    }

    /// What many findings have in common (one commit that moved many files, one file that many tasks change): the
    /// first speaks, the others become its related information.
    #[must_use]
    pub fn group(self, group: impl Into<String>) -> Self {
        self.with(|finding| finding.group = Some(group.into()))
    }

    /// Another place that belongs to it.
    #[must_use]
    pub fn related(self, file: FileId, range: TextRange, message: Message) -> Self {
        self.with(|finding| {
            finding.related.push(Related {
                file,
                range,
                message,
            });
        })
    }

    /// A way to remove it.
    #[must_use]
    pub fn fix(self, fix: Fix) -> Self {
        self.with(|finding| finding.fixes.push(fix))
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        let Some(finding) = self.finding.take() else {
            return;
        };
        let at = self.first.of(&finding, self.findings.len());
        match self.findings.get_mut(at) {
            Some(first) => {
                first.related.push(Related {
                    file: finding.file,
                    range: finding.range,
                    message: finding.message,
                });
                first.related.extend(finding.related);
                for fix in finding.fixes {
                    // The same fix at every place is one fix.
                    if let Some(known) = first.fixes.iter_mut().find(|each| each.title == fix.title)
                    {
                        known.edits.extend(fix.edits);
                    }
                }
            }
            None => self.findings.push(finding),
        }
    }
}
