//! What stands between quotes, and what is put into it.

use std::ops::Range;

use tree_sitter::Node;

/// A string.
pub(crate) struct Literal<'t> {
    /// The bytes between its quotes.
    pub(crate) range: Range<usize>,
    /// What is put in: `${id}`, `{id}` of an f-string, `#{id}`; its bytes and what stands in it.
    pub(crate) holes: Vec<(Range<usize>, &'t str)>,
    /// A backslash means itself.
    pub(crate) raw: bool,
}

/// `None` if the node is no string, or several strings put together.
pub(super) fn of<'t>(text: &'t str, node: Node<'t>) -> Option<Literal<'t>> {
    let kind = node.kind();
    let string = matches!(
        kind,
        "string" | "template_string" | "interpolated_string_expression"
    ) || kind.ends_with("string_literal")
        || kind == "text_block";
    if !string {
        return None;
    }
    let whole = node.byte_range();
    let written = text.get(whole.clone())?;
    let open = written.find(['"', '\'', '`'])?;
    let prefix = &written[..open];
    if prefix.len() > 8
        || !prefix
            .chars()
            .all(|c| c.is_ascii_alphabetic() || matches!(c, '@' | '$' | '#'))
    {
        return None;
    }
    let quote = &written[open..=open];
    let triple = quote.repeat(3);
    let marks = if written.len() >= open + 6 && written[open..].starts_with(&triple) {
        3
    } else {
        1
    };
    let from = open + marks;
    let to = written.rfind(quote)?.checked_sub(marks - 1)?;
    if to < from {
        return None;
    }
    let range = whole.start + from..whole.start + to;
    let mut holes = Vec::new();
    let mut cursor = node.walk();
    for child in node.named_children(&mut cursor) {
        let kind = child.kind();
        if kind.contains("interpolat")
            && kind != "interpolation_start"
            && kind != "interpolation_quote"
            || kind == "template_substitution"
        {
            let hole = child.byte_range();
            if hole.start < range.start || range.end < hole.end {
                return None;
            }
            let inner = text
                .get(hole.clone())?
                .trim_start_matches(['$', '#', '{'])
                .trim_end_matches('}')
                .trim();
            holes.push((hole, inner));
        }
    }
    let raw = prefix.contains(['r', 'R', '@', '#'])
        || matches!(kind, "raw_string_literal" | "verbatim_string_literal")
        || quote == "`" && kind == "raw_string_literal";
    Some(Literal { range, holes, raw })
}
