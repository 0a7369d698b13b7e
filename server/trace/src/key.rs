//! Structured keys of items and their display form, the *address* (design section 3).

use std::fmt::{self, Write as _};

use documents::ItemKind;
use smol_str::SmolStr;

/// Names one item of the workspace for suppression, acceptance and machine formats; stable under edits elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemKey {
    /// Path of the project's root from its workspace root; empty at the workspace root.
    pub project: SmolStr,
    /// Path of the feature from its workspace root.
    pub unit: SmolStr,
    /// What the item is.
    pub kind: ItemKind,
    /// `["FR-008"]`, `["US1", "AC2"]`.
    pub key: Vec<SmolStr>,
    /// 1 for the first of several items with the same key, 2 for the second ...
    pub nth: u32,
}

impl fmt::Display for ItemKey {
    /// The address: `specs/003-auth#US1/AC2`, `~2` behind the second of duplicates.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#", self.unit)?;
        for (at, segment) in self.key.iter().enumerate() {
            if at > 0 {
                f.write_str("/")?;
            }
            f.write_str(&escape_segment(segment))?;
        }
        if self.nth > 1 {
            write!(f, "~{}", self.nth)?;
        }
        Ok(())
    }
}

/// Percent-encodes what would break an address: `%`, `#`, `/`, `~` and control characters.
#[must_use]
pub fn escape_segment(segment: &str) -> String {
    let mut out = String::with_capacity(segment.len());
    for c in segment.chars() {
        if matches!(c, '%' | '#' | '/' | '~') || c.is_control() {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push('%');
                // Writing to a string cannot fail.
                let _ = write!(out, "{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_as_designed() {
        let mut key = ItemKey {
            project: SmolStr::default(),
            unit: "specs/003-auth".into(),
            kind: ItemKind::Scenario,
            key: vec!["US1".into(), "AC2".into()],
            nth: 1,
        };
        assert_eq!(key.to_string(), "specs/003-auth#US1/AC2");
        key.key = vec!["a/b #1 あ".into()];
        key.nth = 2;
        assert_eq!(key.to_string(), "specs/003-auth#a%2Fb %231 あ~2");
    }
}
