use std::fmt::Write as _;

use text::{Edit, TextRange, TextSize};

use crate::{Address, Date};

/// A finding that is known and accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The item or the whole feature.
    pub address: Address,
    /// Code of the rule.
    pub code: String,
    /// Only the finding with this fingerprint.
    pub fingerprint: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// Where its address is written.
    pub range: TextRange,
}

impl Suppression {
    /// Whether its last day has passed.
    #[must_use]
    pub fn is_expired(&self, today: Date) -> bool {
        self.until.is_some_and(|last| last < today)
    }

    /// Whether it speaks of a finding.
    #[must_use]
    pub fn matches(&self, code: &str, address: &str, fingerprint: &str) -> bool {
        self.code == code
            && self.address.covers(address)
            && self
                .fingerprint
                .as_ref()
                .is_none_or(|only| only == fingerprint)
    }

    /// What tells it from other suppressions.
    #[must_use]
    pub fn key(&self) -> (&str, &str, Option<&str>) {
        (
            self.address.as_str(),
            &self.code,
            self.fingerprint.as_deref(),
        )
    }
}

/// The edit that writes a suppression at the end of a settings file; `None` where such a file would not say it, because
/// it is broken or writes its suppressions in one array. All other bytes stay as they are. The place of the reason in
/// the edited text comes with it.
#[must_use]
pub fn add_suppression(text: &str, new: &Suppression) -> Option<(Edit, TextRange)> {
    let end = text.len();
    let line = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut block = String::new();
    if !text.is_empty() && !text.ends_with('\n') {
        block.push_str(line);
    }
    if end > text::bom_len(text) {
        block.push_str(line);
    }
    block.push_str("[[suppress]]");
    block.push_str(line);
    let pair = |block: &mut String, key: &str, value: &str| {
        block.push_str(key);
        block.push_str(" = ");
        let from = end + block.len();
        quote(block, value);
        let to = end + block.len();
        block.push_str(line);
        text::span(from, to)
    };
    pair(&mut block, "address", new.address.as_str());
    pair(&mut block, "code", &new.code);
    if let Some(fingerprint) = &new.fingerprint {
        pair(&mut block, "fingerprint", fingerprint);
    }
    let reason = pair(&mut block, "reason", &new.reason);
    if let Some(until) = new.until {
        pair(&mut block, "until", &until.to_string());
    }
    let edited = format!("{text}{block}");
    let count = |text: &str| {
        let (table, errors) = toml::de::DeTable::parse_recoverable(text);
        let suppress = table.get_ref().get("suppress");
        let list = suppress.map(|it| it.get_ref().as_array().map(|list| list.len()));
        errors.is_empty().then_some(list.unwrap_or(Some(0)))?
    };
    (count(&edited)? == count(text)? + 1)
        .then(|| (Edit::insert(TextSize::new(end as u32), block), reason))
}

/// A TOML basic string.
fn quote(out: &mut String, value: &str) {
    out.push('"');
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
