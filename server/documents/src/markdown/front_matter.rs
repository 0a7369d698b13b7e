//! YAML front matter at the head of a document.
//!
//! Spec Kit's own tasks template leaves a blank line after the opening `---` (since v0.0.74), which no
//! Markdown parser takes for front matter: it would read a rule and a heading. Both forms are read here.

/// Byte length of the front matter with its closing line, or 0. `text` begins behind a byte order mark.
pub(crate) fn len(text: &str) -> usize {
    let Some(mut at) = fence_end(text, 0) else {
        return 0;
    };
    let mut keyed = false;
    while at < text.len() {
        if let Some(end) = fence_end(text, at) {
            return if keyed { end } else { 0 };
        }
        let end = super::blocks::line_end(text, at);
        let line = text[at..end].trim_end();
        if !keyed && !line.is_empty() && !line.starts_with('#') {
            if !is_key(line) {
                return 0;
            }
            keyed = true;
        }
        at = super::blocks::next_line(text, end);
    }
    0
}

/// The start of the line behind a `---` line at `at`.
fn fence_end(text: &str, at: usize) -> Option<usize> {
    let end = super::blocks::line_end(text, at);
    (text[at..end].trim_end() == "---").then(|| super::blocks::next_line(text, end))
}

/// `description: "..."`
fn is_key(line: &str) -> bool {
    let key = line.split(':').next().unwrap_or("");
    key.len() < line.len()
        && !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
