//! Text inside the protocol's snippets.

use text::TextRange;

/// Text that stands for itself in a snippet.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '$' | '}') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A snippet out of a text and the ranges of it that are to be filled in; the cursor ends behind it.
#[must_use]
pub fn with_stops(text: &str, stops: &[TextRange]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len() + 8 * stops.len());
    let mut last = 0;
    for (number, stop) in (1..).zip(stops) {
        let (start, end) = (usize::from(stop.start()), usize::from(stop.end()));
        let (Some(before), Some(shown)) = (text.get(last..start), text.get(start..end)) else {
            continue;
        };
        out.push_str(&escaped(before));
        let _ = write!(out, "${{{number}:{}}}", escaped(shown));
        last = end;
    }
    out.push_str(&escaped(&text[last..]));
    out.push_str("$0");
    out
}

#[cfg(test)]
mod tests {
    use super::with_stops;
    use text::span;

    #[test]
    fn what_means_something_in_a_snippet_is_escaped() {
        let text = "🎉 ${a} … \\b …!";
        let first = text.find('…').unwrap();
        let last = text.rfind('…').unwrap();
        let stops = [span(first, first + 3), span(last, last + 3)];
        assert_eq!(
            with_stops(text, &stops),
            "🎉 \\${a\\} ${1:…} \\\\b ${2:…}!$0"
        );
    }
}
