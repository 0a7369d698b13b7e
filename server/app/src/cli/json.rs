//! The machine format of `check` (docs/json.md), and what all machine formats share.

use std::collections::BTreeMap;
use std::sync::Arc;

use rules::{FeatureFindings, Locale, Notice, Severity};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use text::FileId;
use trace::Feature;

use super::decisions;
use super::links::points;
use super::load::Loaded;
use super::report::{self as plain, Place, Reported};
use super::scope::suppressed;
use super::since::Since;

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "CheckReport"))]
pub(crate) struct Report {
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    schema: u32,
    tool: Tool,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Compared>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lacks: Option<Vec<String>>,
    roots: Vec<Root>,
    projects: Vec<Project>,
    findings: Vec<JsonFinding>,
    decided: BTreeMap<&'static str, u32>,
    unknown: Vec<Unknown>,
    /// What was not read or not understood: no finding speaks of it.
    unread: Vec<Unread>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<Vec<JsonSuppressed>>,
    notices: Vec<JsonNotice>,
    summary: Summary,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Since"))]
struct Compared {
    revision: String,
    merge_bases: Vec<String>,
    older: usize,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Root {
    pub(crate) name: String,
    pub(crate) path: String,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Project {
    root: String,
    path: String,
    format: &'static str,
    features: Vec<JsonFeature>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "CheckedFeature"))]
struct JsonFeature {
    path: String,
    name: String,
    state: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Finding"))]
struct JsonFinding {
    code: &'static str,
    group: &'static str,
    severity: &'static str,
    message: String,
    root: String,
    path: String,
    range: Range,
    item: Option<Item>,
    basis: &'static str,
    fingerprint: String,
    docs: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parity: Option<&'static str>,
    related: Vec<Related>,
    fixes: Vec<Fix>,
}

/// From the first character to behind the last one.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Range {
    pub(crate) start: Point,
    pub(crate) end: Point,
}

/// Line and column count from 1, columns in Unicode characters; bytes from the start of the file.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Point {
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) byte: u32,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ItemKey"))]
pub(crate) struct Item {
    project: String,
    unit: String,
    kind: &'static str,
    key: Vec<String>,
    nth: u32,
    pub(crate) address: String,
    /// The address behind the name of its root; only where there are several roots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) qualified: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "RelatedPlace"))]
struct Related {
    root: String,
    path: String,
    range: Range,
    message: String,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Fix {
    title: String,
    edits: Vec<JsonEdit>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Edit"))]
struct JsonEdit {
    root: String,
    path: String,
    sha256: String,
    start: u32,
    end: u32,
    text: String,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Unread {
    /// The name of its root; null where it is not known.
    root: Option<String>,
    path: String,
    /// Where in a document, from 1.
    line: Option<u32>,
    why: String,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "UnansweredRule"))]
struct Unknown {
    code: &'static str,
    count: u32,
    why: String,
}

#[derive(Serialize, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "FindingCounts"))]
struct Summary {
    error: usize,
    warning: usize,
    information: usize,
    hint: usize,
    suppressed: usize,
    baseline: usize,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "SuppressedFinding"))]
struct JsonSuppressed {
    by: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    finding: JsonFinding,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Notice"))]
struct JsonNotice {
    code: &'static str,
    root: String,
    path: String,
    range: Range,
    message: String,
}

/// Turns plain values into those of this format.
struct Writer<'a> {
    loaded: &'a Loaded,
    report: &'a plain::Report,
    /// Hashes of the files that fixes edit.
    hashes: BTreeMap<FileId, String>,
}

impl Writer<'_> {
    fn hash(&mut self, file: FileId) -> String {
        let hash = || {
            let text = self.loaded.snapshot.text(file).unwrap_or_default();
            hex(&Sha256::digest(text.as_bytes()))
        };
        self.hashes.entry(file).or_insert_with(hash).clone()
    }

    fn root(&self, place: &Place) -> String {
        let root = self.report.roots.get(place.root);
        root.map(|root| root.name.clone()).unwrap_or_default()
    }

    fn finding(&mut self, finding: &Reported) -> JsonFinding {
        let group = rules::rule(finding.code).map_or("", |rule| rule.descriptor().group.as_str());
        let related = finding.related.iter().map(|(place, message)| Related {
            root: self.root(place),
            path: place.path.clone(),
            range: range(place),
            message: message.clone(),
        });
        JsonFinding {
            code: finding.code,
            group,
            severity: finding.severity.as_str(),
            message: finding.message.clone(),
            root: self.root(&finding.place),
            path: finding.place.path.clone(),
            range: range(&finding.place),
            item: finding.item.as_ref().map(|key| {
                let several = self.report.roots.len() > 1;
                let root = self.root(&finding.place);
                item(key, several.then(|| format!("{root}/{key}")))
            }),
            basis: finding.basis,
            fingerprint: finding.fingerprint.clone(),
            docs: docs_of(finding.code),
            parity: parity_of(finding.code),
            related: related.collect(),
            fixes: finding.fixes.iter().map(|fix| self.fix(fix)).collect(),
        }
    }

    fn fix(&mut self, fix: &plain::Fix) -> Fix {
        let edits = fix.edits.iter().map(|(place, text)| JsonEdit {
            root: self.root(place),
            path: place.path.clone(),
            sha256: self.hash(place.file),
            start: place.start.byte,
            end: place.end.byte,
            text: text.clone(),
        });
        Fix {
            title: fix.title.clone(),
            edits: edits.collect(),
        }
    }
}

/// The structured key of an item, with its address behind the name of its root where there are several.
pub(crate) fn item(item: &trace::ItemKey, qualified: Option<String>) -> Item {
    Item {
        project: item.project.to_string(),
        unit: item.unit.to_string(),
        kind: kind_name(item.kind),
        key: item.key.iter().map(ToString::to_string).collect(),
        nth: item.nth,
        address: item.to_string(),
        qualified,
    }
}

fn range(place: &Place) -> Range {
    let point = |point: plain::Point| Point {
        line: point.line,
        column: point.character,
        byte: point.byte,
    };
    Range {
        start: point(place.start),
        end: point(place.end),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The tool whose rule it is.
fn parity_of(code: &str) -> Option<&'static str> {
    rules::rule(code)?.descriptor().group.parity()
}

/// Page of a rule, from the repository's root.
pub(crate) fn docs_of(code: &str) -> String {
    format!("docs/rules/{code}.md")
}

/// Number of the machine formats: from 1 on they only grow.
pub(crate) const SCHEMA: u32 = 1;

/// A machine format as text.
pub(crate) fn text(report: &impl Serialize) -> Result<String, String> {
    let mut text = serde_json::to_string_pretty(report).map_err(|error| error.to_string())?;
    text.push('\n');
    Ok(text)
}

/// The whole report of `check --format json`. `found` holds what is suppressed if that is shown.
pub(crate) fn report(
    loaded: &Loaded,
    chosen: &[(&Arc<Feature>, &Arc<FeatureFindings>)],
    found: &plain::Report,
    since: Option<&(Since, usize)>,
    show_suppressed: bool,
    lacks: Option<&[String]>,
) -> Result<String, String> {
    let mut writer = Writer {
        loaded,
        report: found,
        hashes: BTreeMap::new(),
    };
    let suppressed = suppressed(chosen);
    let in_baseline = decisions::in_baseline(&suppressed);
    let mut summary = Summary {
        suppressed: suppressed.len() - in_baseline,
        baseline: in_baseline,
        ..Summary::default()
    };
    for finding in &found.findings {
        match finding.severity {
            Severity::Error => summary.error += 1,
            Severity::Warning => summary.warning += 1,
            Severity::Information => summary.information += 1,
            Severity::Hint => summary.hint += 1,
        }
    }
    let report = Report {
        schema: SCHEMA,
        tool: tool(),
        lacks: lacks.map(<[String]>::to_vec),
        since: since.map(|(since, older)| Compared {
            revision: since.revision.clone(),
            merge_bases: since.bases.clone(),
            older: *older,
        }),
        roots: roots(loaded),
        projects: projects(loaded),
        findings: found
            .findings
            .iter()
            .map(|finding| writer.finding(finding))
            .collect(),
        decided: decided(chosen),
        unknown: unknown(chosen),
        unread: unread(loaded, chosen),
        suppressed: show_suppressed.then(|| {
            let mut shown = Vec::new();
            for ((feature, each), (finding, _)) in suppressed.iter().zip(&found.suppressed) {
                let suppression = decisions::suppression(loaded, feature, each);
                shown.push(JsonSuppressed {
                    by: suppression.map_or("baseline", |_| "settings"),
                    reason: suppression.map(|it| it.reason.clone()),
                    until: suppression.and_then(|it| Some(it.until?.to_string())),
                    finding: writer.finding(finding),
                });
            }
            shown
        }),
        notices: notices(loaded),
        summary,
    };
    text(&report)
}

/// Suppressions that do nothing, where they are written.
fn notices(loaded: &Loaded) -> Vec<JsonNotice> {
    let names = loaded.analysis.graph.inputs().tree.roots();
    let convert = |notice: Notice| {
        let at = usize::from(notice.root.0);
        let file = loaded.snapshot.settings.get(at)?.file.as_ref()?;
        Some(JsonNotice {
            code: notice.code,
            root: names.get(at)?.name.to_string(),
            path: settings::FILE.to_owned(),
            range: points(&file.lines, notice.range),
            message: notice.message.text(Locale::English),
        })
    };
    let notices = loaded.analysis.checked.notices();
    notices.into_iter().filter_map(convert).collect()
}

pub(crate) fn tool() -> Tool {
    Tool {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// The workspace folders.
pub(crate) fn roots(loaded: &Loaded) -> Vec<Root> {
    let names = loaded.analysis.graph.inputs().tree.roots();
    names
        .iter()
        .zip(loaded.snapshot.roots.iter())
        .map(|(root, path)| Root {
            name: root.name.to_string(),
            path: path.display().to_string(),
        })
        .collect()
}

fn projects(loaded: &Loaded) -> Vec<Project> {
    let graph = &loaded.analysis.graph;
    let names = graph.inputs().tree.roots();
    let root = |project: &trace::Project| {
        names
            .get(project.root.0 as usize)
            .map_or("", |root| &root.name)
            .to_owned()
    };
    graph
        .projects()
        .iter()
        .map(|project| Project {
            root: root(project),
            path: project.path.to_string(),
            format: project.format.as_str(),
            features: graph
                .features()
                .iter()
                .filter(|feature| feature.project.id == project.id)
                .map(|feature| JsonFeature {
                    path: feature.path.to_string(),
                    name: feature.name.to_string(),
                    state: feature.state.as_str(),
                })
                .collect(),
        })
        .collect()
}

/// The word for an item's kind in machine formats.
pub(crate) fn kind_name(kind: documents::ItemKind) -> &'static str {
    use documents::ItemKind as Kind;
    match kind {
        Kind::Story => "story",
        Kind::Scenario => "scenario",
        Kind::Requirement => "requirement",
        Kind::SuccessCriterion => "success-criterion",
        Kind::Entity => "entity",
        Kind::Task => "task",
        Kind::Phase => "phase",
        Kind::ChecklistItem => "checklist-item",
        Kind::Principle => "principle",
        Kind::Gate => "gate",
        Kind::Violation => "violation",
        Kind::Decision => "decision",
        Kind::EdgeCase => "edge-case",
        Kind::Assumption => "assumption",
        Kind::Criterion => "criterion",
        Kind::Property => "property",
        Kind::Term => "term",
        Kind::Operation => "operation",
    }
}

/// Questions answered, by rule: what `unknown` is to be held against.
fn decided(chosen: &[(&Arc<Feature>, &Arc<FeatureFindings>)]) -> BTreeMap<&'static str, u32> {
    let mut counts = BTreeMap::new();
    for (code, count) in chosen.iter().flat_map(|(_, all)| &all.decided) {
        *counts.entry(*code).or_default() += count;
    }
    counts
}

fn unknown(chosen: &[(&Arc<Feature>, &Arc<FeatureFindings>)]) -> Vec<Unknown> {
    let mut counts: BTreeMap<(&'static str, &str), u32> = BTreeMap::new();
    for (unknown, count) in chosen.iter().flat_map(|(_, all)| &all.unknown) {
        *counts
            .entry((unknown.code, unknown.why.as_str()))
            .or_default() += count;
    }
    counts
        .into_iter()
        .map(|((code, why), count)| Unknown {
            code,
            count,
            why: why.to_owned(),
        })
        .collect()
}

fn unread(loaded: &Loaded, chosen: &[(&Arc<Feature>, &Arc<FeatureFindings>)]) -> Vec<Unread> {
    let features = chosen.iter().map(|(feature, _)| &***feature);
    super::unread::list(loaded, features)
        .into_iter()
        .map(|each| Unread {
            root: each.root,
            path: each.path,
            line: each.line,
            why: each.why,
        })
        .collect()
}
