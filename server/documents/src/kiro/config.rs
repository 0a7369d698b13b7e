//! `.config.kiro` of Kiro and `spec.json` of cc-sdd. What cannot be read says nothing.

use crate::model::{Approval, Document, DocumentKind, Kiro, SpecType};
use serde_json::Value;
use smol_str::SmolStr;

pub(super) fn read(text: &str) -> Document {
    let json = serde_json::from_str::<Value>(&text[text::bom_len(text)..]).unwrap_or_default();
    let word = |key: &str| json.get(key).and_then(Value::as_str);
    let flag = |of: &Value, key: &str| of.get(key) == Some(&Value::Bool(true));
    let approvals = json.get("approvals").and_then(Value::as_object);
    Document {
        kind: Some(DocumentKind::KiroConfig),
        kiro: Kiro {
            spec_type: match word("specType") {
                Some("feature") => Some(SpecType::Feature),
                Some("bugfix") => Some(SpecType::Bugfix),
                _ => None,
            },
            phase: word("phase").map(SmolStr::new),
            approvals: approvals
                .into_iter()
                .flatten()
                .map(|(document, of)| Approval {
                    document: SmolStr::new(document),
                    generated: flag(of, "generated"),
                    approved: flag(of, "approved"),
                })
                .collect(),
            ..Kiro::default()
        },
        ..Document::default()
    }
}
