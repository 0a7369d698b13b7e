//! Versions: what a plan states, what a manifest asks for, and whether the two can both be.

use smallvec::SmallVec;
use text::TextRange;

/// A version that a plan states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stated {
    /// Bytes of the number.
    pub(crate) range: TextRange,
    pub(crate) parts: SmallVec<[u32; 3]>,
    /// `3.11+`: this or newer.
    pub(crate) at_least: bool,
}

/// What a manifest asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Required {
    pub(super) parts: SmallVec<[u32; 3]>,
    /// `>=3.11`: this or newer.
    pub(super) at_least: bool,
}

/// The numbers that a text begins with, and their length in bytes.
pub(super) fn numbers(text: &str) -> Option<(SmallVec<[u32; 3]>, usize)> {
    let mut parts = SmallVec::new();
    let mut end = 0;
    let mut rest = text;
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 6 {
            break;
        }
        parts.push(rest[..digits].parse().ok()?);
        end = text.len() - rest.len() + digits;
        match rest[digits..].strip_prefix('.') {
            Some(next) => rest = next,
            None => break,
        }
    }
    (!parts.is_empty()).then_some((parts, end))
}

impl Required {
    /// Reads a version or a range of versions; `None` where that is not one run of versions, or none at all.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.contains("||") || text.contains(" - ") || text.contains("!=") {
            return None;
        }
        let bare = text.trim_start_matches(['(', '[', '^', '~', '=', '>', ' ']);
        let operator = &text[..text.len() - bare.len()];
        let bare = bare.strip_prefix("net").unwrap_or(bare);
        let bare = bare.strip_prefix('v').unwrap_or(bare);
        let (parts, end) = numbers(bare)?;
        let behind = &bare[end..];
        let rest = behind.trim_start_matches(".x").trim_start_matches(".*");
        let bounded = |rest: &str| rest.trim_start().starts_with(['<', ',', ')', ']', '=']);
        if !(rest.is_empty() || bounded(rest) || rest.starts_with(['-', '+'])) {
            return None;
        }
        Some(Self {
            parts,
            at_least: operator.contains('>') || operator.contains('['),
        })
    }
}

/// Whether both cannot be, by their first `count` parts, and what would stand in the plan then. `None`: cannot be told.
pub(super) fn diverges(
    stated: &Stated,
    required: &Required,
    count: usize,
) -> Option<(bool, String)> {
    let zero = stated.parts.first() == Some(&0) && required.parts.first() == Some(&0);
    let count = if zero { count.max(2) } else { count };
    let count = count.min(stated.parts.len()).min(required.parts.len());
    let (said, asked) = (stated.parts.get(..count)?, required.parts.get(..count)?);
    let differs = if required.at_least {
        asked > said && !stated.at_least
    } else if stated.at_least {
        asked < said
    } else {
        asked != said
    };
    let plain: Vec<String> = asked.iter().map(ToString::to_string).collect();
    Some((differs, plain.join(".")))
}

#[cfg(test)]
mod tests {
    use super::{Required, Stated, diverges, numbers};
    use text::TextRange;

    fn differs(said: &str, asked: &str, count: usize) -> Option<bool> {
        let at_least = said.ends_with('+');
        let (parts, _) = numbers(said)?;
        let stated = Stated {
            range: TextRange::default(),
            parts,
            at_least,
        };
        diverges(&stated, &Required::read(asked)?, count).map(|(differs, _)| differs)
    }

    #[test]
    fn versions_that_cannot_both_be() {
        for (said, asked, count) in [
            ("18", "^19.0.0", 1),
            ("18.2.0", "~19.1", 1),
            ("19+", "^18.3.1", 1),
            ("3.10", ">=3.11", 2),
            ("3.10", ">=3.11,<4", 2),
            ("0.4", "0.5.1", 1),
            ("8", "net9.0", 1),
            ("20", "22", 1),
        ] {
            assert_eq!(differs(said, asked, count), Some(true), "{said} {asked}");
        }
        for (said, asked, count) in [
            ("18", "^18.3.1", 1),
            ("18+", "^19.0.0", 1),
            ("3.12", ">=3.11", 2),
            ("3.11+", ">=3.12", 2),
            ("3", ">=3.11", 2),
            ("1.25", "1.25.4", 2),
            ("2", "2.x", 1),
            ("8", "8.*", 1),
        ] {
            assert_eq!(differs(said, asked, count), Some(false), "{said} {asked}");
        }
        for asked in [
            "latest",
            "workspace:*",
            "^18 || ^19",
            "catalog:",
            "<5",
            "stable",
            "1.x.y",
        ] {
            assert_eq!(differs("18", asked, 1), None, "{asked}");
        }
    }
}
