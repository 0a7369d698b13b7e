//! The head of a source file: which feature it says it belongs to.

use std::sync::OnceLock;

use regex::Regex;
use smol_str::SmolStr;

use crate::HeadQualifier;

/// Lines of a file that can be its head.
const LINES: usize = 40;

/// Where the head ends.
pub(crate) fn end(text: &str) -> usize {
    text.match_indices('\n')
        .nth(LINES - 1)
        .map_or(text.len(), |(at, _)| at)
}

/// Reads one comment of the head. The patterns, as seen in generated code:
/// `specs/027-login/...`, `.kiro/specs/login`, `openspec/changes/login`; `Feature: 027-login`, `Feature: login`;
/// `Spec: 027`, `spec 027`, `Feature #027`.
pub(crate) fn read(written: &str, base: usize, head: &mut Vec<HeadQualifier>) {
    let Some(patterns) = patterns() else { return };
    for found in patterns
        .path
        .captures_iter(written)
        .filter_map(|found| found.get(1))
    {
        let slug = found.as_str().trim_end_matches(['.', '-', '_']);
        // A file of the directory itself is no feature. A contract is cited by those who use it, too.
        let cited = written[found.end()..].starts_with("/contracts/");
        if !slug.is_empty() && !slug.contains('.') && !cited {
            push(head, written, found, slug.len(), base);
        }
    }
    for found in patterns
        .named
        .captures_iter(written)
        .filter_map(|found| found.get(1))
    {
        let slug = found.as_str();
        let rest = written[found.end()..].lines().next().unwrap_or_default();
        let numbered = slug.len() > 4
            && slug.as_bytes()[..3].iter().all(u8::is_ascii_digit)
            && slug.as_bytes()[3] == b'-';
        let rest = rest
            .trim_end_matches("*/")
            .trim_matches(['`', '"', '\'', '*', ')', '.', ',', ' ', '\t', '\r']);
        let next = written[found.end()..].chars().next();
        if next != Some('/')
            && (numbered || rest.is_empty())
            && !slug.bytes().all(|b| b.is_ascii_digit())
        {
            push(head, written, found, slug.len(), base);
        }
    }
    for found in patterns
        .numbered
        .captures_iter(written)
        .filter_map(|found| found.get(1))
    {
        let rest = &written[found.end()..];
        let mut after = rest.chars();
        let next = after.next();
        // Not the head of `0271`, `027.1` or `027/FR-001`'s slug.
        let goes_on = next.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-')
            || (next == Some('.') && after.next().is_some_and(|c| c.is_ascii_digit()));
        if !goes_on {
            push(head, written, found, found.len(), base);
        }
    }
}

/// The first `len` bytes of what was found in a comment that starts at `base`.
fn push(
    head: &mut Vec<HeadQualifier>,
    written: &str,
    found: regex::Match<'_>,
    len: usize,
    base: usize,
) {
    let start = base + found.start();
    head.push(HeadQualifier {
        feature: SmolStr::new(&written[found.start()..found.start() + len]),
        range: text::span(start, start + len),
        repository: grammar::repository_before(written, found.start()),
    });
}

struct Patterns {
    path: Regex,
    named: Regex,
    numbered: Regex,
}

fn patterns() -> Option<&'static Patterns> {
    static PATTERNS: OnceLock<Option<Patterns>> = OnceLock::new();
    PATTERNS
        .get_or_init(|| {
            Some(Patterns {
                path: Regex::new(r"(?:\bspecs|\bopenspec/changes)/(?:archive/)?([A-Za-z0-9][A-Za-z0-9._-]*)").ok()?,
                named: Regex::new(
                    r#"(?i)\bfeature(?:[ \t](?:branch|id|slug|spec|dir|directory))?[ \t]*[:=][ \t]*[`"'*]*([a-z0-9]+(?:[-_][a-z0-9]+)*)"#,
                )
                .ok()?,
                numbered: Regex::new(
                    r"(?i)\b(?:spec|feature|specification)[ \t]*(?:id|no\.?|number)?[ \t]*[:=#-]?[ \t]*#?([0-9]{3}(?:-[a-z][a-z0-9]*(?:-[a-z0-9]+)*)?)",
                )
                .ok()?,
            })
        })
        .as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(comment: &str) -> Vec<String> {
        let mut head = Vec::new();
        read(comment, 0, &mut head);
        for qualifier in &head {
            assert_eq!(text::slice(comment, qualifier.range), qualifier.feature);
        }
        head.sort_by_key(|qualifier| qualifier.range.start());
        head.dedup();
        head.into_iter()
            .map(|qualifier| qualifier.feature.to_string())
            .collect()
    }

    #[test]
    fn what_names_a_feature() {
        for (comment, expected) in [
            ("// Feature: user-login", "user-login"),
            ("/** Feature: `login` */", "login"),
            ("// Feature: 027-login (draft)", "027-login"),
            ("# Spec: 027", "027"),
            ("# Spec: 027-x, FR-001", "027-x"),
            ("# see spec 027/FR-001", "027"),
            ("// Feature #027 T042", "027"),
            ("//! Spec .kiro/specs/login/design.md", "login"),
            ("# specs/027-x/spec.md", "027-x"),
            ("// openspec/changes/add-login/tasks.md.", "add-login"),
            ("// Feature Branch: `012-a-b`", "012-a-b"),
        ] {
            assert_eq!(features(comment), [expected], "{comment}");
        }
    }

    #[test]
    fn what_does_not() {
        for comment in [
            "// Feature: a user can log in",
            "// Feature: re-ranking of results",
            "// JSON Schema spec 2020-12",
            "// HTTP spec 1.1, spec 027.5",
            "// specs/README.md",
            "// the feature is new",
            "// special 027",
        ] {
            assert!(
                features(comment).is_empty(),
                "{comment}: {:?}",
                features(comment)
            );
        }
    }
}
