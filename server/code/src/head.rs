//! The head of a source file: which feature it says it belongs to.

use std::ops::Range;
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

/// The features that one comment names.
#[derive(Default)]
pub(crate) struct Names {
    /// As what it is about.
    pub(crate) own: Vec<HeadQualifier>,
    /// As others: `owned by sibling spec 096`.
    pub(crate) others: Vec<HeadQualifier>,
}

impl Names {
    pub(crate) fn append(&mut self, mut more: Self) {
        self.own.append(&mut more.own);
        self.others.append(&mut more.others);
    }
}

/// Reads one comment. The patterns, as seen in generated code:
/// `specs/027-login/...`, `.kiro/specs/login`, `openspec/changes/login`; `Feature: 027-login`, `Feature: login`;
/// `Spec: 027`, `spec 027`, `Feature #027`.
pub(crate) fn read(written: &str, base: usize) -> Names {
    let mut names = Names::default();
    let Some(patterns) = patterns() else {
        return names;
    };
    for (whole, found) in captured(&patterns.path, written) {
        let slug = found.as_str().trim_end_matches(['.', '-', '_']);
        // A file of the directory itself is no feature. A contract is cited by those who use it, too.
        let cited = written[found.end()..].starts_with("/contracts/");
        if !slug.is_empty() && !slug.contains('.') && !cited {
            names.push(written, whole, found, slug.len(), base);
        }
    }
    for (whole, found) in captured(&patterns.named, written) {
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
            names.push(written, whole, found, slug.len(), base);
        }
    }
    for (whole, found) in captured(&patterns.numbered, written) {
        let rest = &written[found.end()..];
        let mut after = rest.chars();
        let next = after.next();
        // Not the head of `0271`, `027.1` or `027/FR-001`'s slug.
        let goes_on = next.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-')
            || (next == Some('.') && after.next().is_some_and(|c| c.is_ascii_digit()));
        if !goes_on {
            names.push(written, whole, found, found.len(), base);
        }
    }
    names
}

/// Matches of a pattern, each with where it begins and the name in it.
fn captured<'a>(
    pattern: &'a Regex,
    written: &'a str,
) -> impl Iterator<Item = (usize, regex::Match<'a>)> + 'a {
    pattern
        .captures_iter(written)
        .filter_map(|found| Some((found.get(0)?.start(), found.get(1)?)))
}

impl Names {
    /// The first `len` bytes of the name `found`, whose pattern begins at `whole`, in a comment that starts at `base`.
    fn push(
        &mut self,
        written: &str,
        whole: usize,
        found: regex::Match<'_>,
        len: usize,
        base: usize,
    ) {
        let start = base + found.start();
        let named = HeadQualifier {
            feature: SmolStr::new(&written[found.start()..found.start() + len]),
            range: text::span(start, start + len),
            repository: grammar::repository_before(written, found.start()),
            section: section(written, whole)
                .map(|own| text::span(base + own.start, base + own.end)),
        };
        if is_others(&written[..whole]) {
            self.others.push(named);
        } else {
            self.own.push(named);
        }
    }
}

/// Words before a feature that is not the comment's own.
const OTHERS: [&str; 17] = [
    "sibling",
    "other",
    "unlike",
    "like",
    "extends",
    "extending",
    "replaces",
    "replacing",
    "supersedes",
    "superseding",
    "reuses",
    "reusing",
    "mirrors",
    "mirroring",
    "after",
    "before",
    "since",
];

/// Verbs that a feature does to others: `owned by spec 096`.
const DONE: [&str; 8] = [
    "owned",
    "introduced",
    "added",
    "provided",
    "handled",
    "covered",
    "used",
    "created",
];

/// Whether what stands before the name of a feature makes it another one than the comment's own.
fn is_others(before: &str) -> bool {
    // The beginning of a path stands before `specs/`.
    let before = before.trim_end_matches(|c: char| !c.is_whitespace());
    let sentence = before.rsplit(['.', ';', ':', '(']).next().unwrap_or(before);
    let mut words = sentence
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("the"))
        .rev();
    let is = |word: Option<&str>, known: &[&str]| {
        word.is_some_and(|word| known.iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    let last = words.next();
    is(last, &OTHERS) || is(last, &["by"]) && is(words.next(), &DONE)
}

/// The paragraph around `at` if it is one of several of the comment: its first line begins with the name that stands
/// there, the next is an entry of a list, and other paragraphs come before.
fn section(written: &str, at: usize) -> Option<Range<usize>> {
    let (mut start, mut before) = (0, false);
    let mut lines = written.split_inclusive('\n');
    let opening = loop {
        let line = lines.next()?;
        if start + line.len() > at {
            break line;
        }
        before |= !words(line).is_empty();
        start += line.len();
    };
    // The line above is empty, and the name stands first on its own.
    let above = written[..start].lines().next_back()?;
    if !before || !words(above).is_empty() || !words(&written[start..at]).is_empty() {
        return None;
    }
    let mut end = start + opening.len();
    let mut listed = false;
    for line in lines {
        if words(line).is_empty() {
            break;
        }
        listed |= is_entry(line);
        end += line.len();
    }
    listed.then_some(start..end)
}

/// A line without the marks of its comment.
fn words(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || "/*#!\"'".contains(c))
}

/// Whether a line is an entry of a list: `- text` behind the marks of its comment.
fn is_entry(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.trim_start_matches(['/', '#', '!']).trim_start();
    let line = line.strip_prefix("* ").unwrap_or(line).trim_start();
    ["- ", "* ", "• "].iter().any(|mark| line.starts_with(mark))
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
        let mut head = read(comment, 0).own;
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

    #[test]
    fn a_feature_may_be_named_as_another_one() {
        for (comment, others) in [
            ("// The profile (owned by sibling spec 096)", 1),
            ("// Owned by spec 096.", 1),
            ("// Extends feature 003", 1),
            ("// Unlike `.kiro/specs/login`, this one", 1),
            // What defines a thing is its own.
            ("// As defined by spec 096", 0),
            ("// Session after login. Spec 096", 0),
            ("// Tests of feature 096", 0),
        ] {
            let names = read(comment, 0);
            assert_eq!(names.others.len(), others, "{comment}");
            assert_eq!(names.own.len(), 1 - others, "{comment}");
        }
    }

    #[test]
    fn the_heading_of_a_list_speaks_for_the_list() {
        let section = |comment: &str| {
            let names = read(comment, 0);
            names.own[0]
                .section
                .map(|own| text::slice(comment, own).to_owned())
        };
        let list = " * Feature 006: Sorting\n * - Shows a badge (FR-026)\n";
        let comment = format!("/**\n * Card\n *\n{list} *\n * - FR-010: delete\n */");
        assert_eq!(section(&comment).as_deref(), Some(list));
        // The first words of the comment, a name in a sentence, no list.
        assert_eq!(section(&format!("/**\n{list} *\n * More\n */")), None);
        let sentence = "/**\n * Card\n *\n * Part of feature 006:\n * - a\n */";
        assert_eq!(section(sentence), None);
        let plain = "/**\n * Card\n *\n * Feature: 006-sorting\n * Task: T012\n */";
        assert_eq!(section(plain), None);
        // A string of documentation.
        let doc = "\"\"\"\nModels\n\nFeature 006: Sorting\n- Adds a field\n\"\"\"";
        assert!(section(doc).is_some());
    }
}
