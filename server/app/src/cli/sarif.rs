//! SARIF 2.1.0 of `check`, as code scanning services read it.

use rules::{CATALOGUE, Descriptor, Measured, Severity};
use serde_json::{Map, Value, json};
use settings::Level;

use super::report::{Fix, Place, Report, Reported, docs_link};

/// Name and version of our fingerprint among others in `partialFingerprints`.
const FINGERPRINT: &str = "specAnalyzerFinding/v1";

/// The whole log, one run.
pub(crate) fn sarif(report: &Report) -> Result<String, String> {
    let rules: Vec<Value> = CATALOGUE
        .iter()
        .map(|rule| descriptor(rule.descriptor()))
        .collect();
    let bases: Map<String, Value> = report
        .roots
        .iter()
        .map(|root| (root.name.clone(), json!({"uri": root.uri})))
        .collect();
    let mut results: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let mut result = result(report, finding);
            if report.since.is_some() {
                result["baselineState"] = "new".into();
            }
            result
        })
        .collect();
    results.extend(report.suppressed.iter().map(|(finding, why)| {
        let mut result = result(report, finding);
        result["suppressions"] =
            json!([{"kind": "external", "status": "accepted", "justification": why}]);
        result
    }));
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "automationDetails": {"id": concat!(env!("CARGO_PKG_NAME"), "/")},
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications(report),
            }],
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": bases,
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).map_err(|error| error.to_string())?;
    text.push('\n');
    Ok(text)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

fn descriptor(rule: &Descriptor) -> Value {
    let mut properties = json!({
        "tags": ["specification", rule.group.as_str()],
        "problem.severity": match rule.shown() {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Information | Level::Hint | Level::Off => "recommendation",
        },
    });
    if let Some(precision) = rule.measured.and_then(precision) {
        properties["precision"] = precision.into();
    }
    json!({
        "id": rule.code,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
        "helpUri": docs_link(rule.code),
        "help": {"text": rule.explanation, "markdown": rules::page(rule)},
        "defaultConfiguration": match Severity::of_level(rule.shown()) {
            Some(severity) => json!({"level": level(severity)}),
            None => json!({"enabled": false}),
        },
        "properties": properties,
    })
}

/// The services' words for how often a rule is right; none before enough hits were judged.
fn precision(measured: Measured) -> Option<&'static str> {
    if measured.judged < Measured::ENOUGH {
        return None;
    }
    let percent = u64::from(measured.right) * 100 / u64::from(measured.judged);
    Some(match percent {
        95.. => "very-high",
        90.. => "high",
        60.. => "medium",
        _ => "low",
    })
}

/// What could not be answered: no result, but said.
fn notifications(report: &Report) -> Vec<Value> {
    let mut all = Vec::new();
    for feature in &report.features {
        for (code, (count, why)) in &feature.unknown {
            all.push(json!({
                "level": "note",
                "associatedRule": {"id": code},
                "message": {"text": format!(
                    "{}: {count} not answered: {why}", report.feature_shown(feature)
                )},
            }));
        }
    }
    all
}

fn result(report: &Report, finding: &Reported) -> Value {
    let mut location = location(report, &finding.place);
    if let Some(item) = &finding.item {
        location["logicalLocations"] = json!([{"fullyQualifiedName": item.to_string()}]);
    }
    let mut result = json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {"severity": finding.severity.as_str(), "basis": finding.basis},
    });
    let index = CATALOGUE
        .iter()
        .position(|rule| rule.descriptor().code == finding.code);
    if let Some(index) = index {
        result["ruleIndex"] = index.into();
    }
    if !finding.related.is_empty() {
        let related = (0..).zip(&finding.related).map(|(id, (place, message))| {
            let mut location = self::location(report, place);
            location["id"] = Value::from(id);
            location["message"] = json!({"text": message});
            location
        });
        result["relatedLocations"] = related.collect();
    }
    if !finding.fixes.is_empty() {
        result["fixes"] = finding.fixes.iter().map(|each| fix(report, each)).collect();
    }
    result
}

fn location(report: &Report, place: &Place) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": artifact(report, place),
        "region": region(place),
    }})
}

fn artifact(report: &Report, place: &Place) -> Value {
    let mut artifact = json!({"uri": crate::lsp::uri::relative(&place.path)});
    if let Some(root) = report.roots.get(place.root) {
        artifact["uriBaseId"] = root.name.clone().into();
    }
    artifact
}

fn region(place: &Place) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
        "byteOffset": place.start.byte,
        "byteLength": place.end.byte.saturating_sub(place.start.byte),
    })
}

/// A fix, its edits by file.
fn fix(report: &Report, fix: &Fix) -> Value {
    let mut files: Vec<(&Place, Vec<Value>)> = Vec::new();
    for (place, text) in &fix.edits {
        let mut replacement = json!({"deletedRegion": region(place)});
        if !text.is_empty() {
            replacement["insertedContent"] = json!({"text": text});
        }
        let same = |(known, _): &&mut (&Place, Vec<Value>)| {
            known.root == place.root && known.path == place.path
        };
        match files.iter_mut().find(same) {
            Some((_, replacements)) => replacements.push(replacement),
            None => files.push((place, vec![replacement])),
        }
    }
    let changes: Vec<Value> = files
        .into_iter()
        .map(|(place, replacements)| {
            json!({"artifactLocation": artifact(report, place), "replacements": replacements})
        })
        .collect();
    json!({"description": {"text": fix.title}, "artifactChanges": changes})
}

#[cfg(test)]
mod tests;
