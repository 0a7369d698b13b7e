//! Reports of test runs and of coverage: `JUnit` XML, lcov, Cobertura. What ran, how it ended, which lines were hit.
//!
//! Reports come from tools and from anybody: sizes are bounded, entities expand to nothing dangerous, and what cannot be
//! read says why.

mod cobertura;
mod junit;
mod lcov;

use smol_str::SmolStr;

/// Longest report that is read, in bytes.
pub const REPORT_LIMIT: usize = 32 << 20;

/// Most cases, and most lines, kept of one report.
const MAX_ENTRIES: usize = 2_000_000;

/// Most XML nodes of one report.
const MAX_NODES: u32 = 4_000_000;

/// Deepest nesting of elements: real reports have six.
const MAX_DEPTH: usize = 64;

/// What one report says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Tests, in the order written.
    pub cases: Vec<Case>,
    /// Files with the lines that can run.
    pub files: Vec<CoveredFile>,
}

/// One test that was asked to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The class, module or file it says it is of; may be empty.
    pub class: SmolStr,
    /// Its name as its framework writes it: `rejects(int)[1]`, `TestLogin/wrong_password`, `login rejects`.
    pub name: SmolStr,
    /// The file, where it says so.
    pub file: Option<SmolStr>,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// It was left out.
    Skipped,
    /// It ran and passed.
    Passed,
    /// It ran and failed.
    Failed,
}

/// Lines of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveredFile {
    /// Its path as written: absolute, or relative to something.
    pub path: SmolStr,
    /// Directories the path may be relative to, as written.
    pub sources: Vec<SmolStr>,
    /// Numbers of the lines that can run, from 1, ascending, and whether they did.
    pub lines: Vec<(u32, bool)>,
}

/// Reads a report, whatever its kind.
///
/// # Errors
/// Why it is none, in plain words.
pub fn read_report(text: &str) -> Result<Report, String> {
    if text.len() > REPORT_LIMIT {
        return Err(format!("{} bytes are more than we read", text.len()));
    }
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    if !start.starts_with('<') {
        return lcov::read(text);
    }
    if is_too_deep(start) {
        return Err("its elements are nested too deep".to_owned());
    }
    let options = roxmltree::ParsingOptions {
        // Cobertura names its DTD; nothing is fetched, and expansion is bounded by the parser.
        allow_dtd: true,
        nodes_limit: MAX_NODES,
        ..roxmltree::ParsingOptions::default()
    };
    let document =
        roxmltree::Document::parse_with_options(start, options).map_err(|why| why.to_string())?;
    match document.root_element().tag_name().name() {
        "testsuites" | "testsuite" => Ok(junit::read(&document)),
        "coverage" => Ok(cobertura::read(&document)),
        other => Err(format!("<{other}> is no report of tests or coverage")),
    }
}

/// Whether elements open inside each other beyond [`MAX_DEPTH`]. A closing tag or an empty one counts down; what looks
/// like one inside a comment can only make it more careful.
fn is_too_deep(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    for (at, _) in text.match_indices(['<', '>']) {
        match bytes[at] {
            b'<' => match bytes.get(at + 1) {
                Some(b'/') => depth = depth.saturating_sub(1),
                Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' || *byte >= 0x80 => {
                    depth += 1;
                }
                _ => {}
            },
            _ if at > 0 && bytes[at - 1] == b'/' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests;
