//! Files and directories a line names: in code spans, in link targets, bare.
//!
//! Only the shape is judged here; whether a path exists is asked elsewhere.

mod braces;
mod judge;
mod reach;
mod scan;
mod suffix;
mod words;

use smol_str::SmolStr;
use text_size::{TextRange, TextSize};

/// A path named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathMention {
    /// Cleaned: `/` as separator, no leading `./`, Markdown escapes undone,
    /// `**init**.py` read as `__init__.py`. A leading `/`, `../` or `~/` stays.
    pub path: SmolStr,
    /// The path's bytes as written, without suffix, quotes or emphasis. The
    /// paths out of one brace group share it.
    pub range: TextRange,
    /// Where it is written.
    pub style: PathStyle,
    /// Ends with `/`.
    pub directory: bool,
    /// `process` and its bytes in `src/run.rs::process` or `src/run.rs#process`.
    pub symbol: Option<(SmolStr, TextRange)>,
    /// Has `*` or `?`, or Go's `/...`.
    pub glob: bool,
    /// Begins with `~/`: outside the repository.
    pub home: bool,
}

/// Where a path is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathStyle {
    /// In a code span.
    Code,
    /// In running text.
    Bare,
    /// As a Markdown link's target.
    Link,
}

/// Appends the paths named in `text`, one line of Markdown or of a comment, in the order written.
///
/// URLs, HTTP routes (`GET /api/users`), package names, media types, words
/// joined by a slash and placeholders (`specs/[###-feature]/`) are no paths.
pub fn paths(text: &str, base: TextSize, out: &mut Vec<PathMention>) {
    scan::line(text, base, out);
}
