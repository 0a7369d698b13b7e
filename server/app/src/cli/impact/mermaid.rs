//! The graph for Mermaid. Names are text of a label and never syntax.

use std::fmt::Write as _;

use super::picture::Picture;

pub(super) fn text(picture: &Picture) -> String {
    let mut out = String::from("flowchart LR\n");
    for (layer, boxes) in picture.layers.iter().enumerate() {
        for (at, each) in boxes.iter().enumerate() {
            let mut label = escaped(&each.title);
            if !each.names.is_empty() {
                label.push_str("<br/>");
                label.push_str(&escaped(&each.names));
            }
            // Writing to a string cannot fail.
            let _ = writeln!(out, "  n{layer}_{at}[\"{label}\"]:::{}", each.kind);
        }
    }
    for edge in &picture.edges {
        let (from, to) = (edge.from, edge.to);
        let _ = writeln!(
            out,
            "  n{}_{} -->|{}| n{}_{}",
            from.0, from.1, edge.how, to.0, to.1
        );
    }
    out.push_str(
        "  classDef change fill:#fde68a,stroke:#92400e,color:#1f2937\n  \
         classDef code fill:#dbeafe,stroke:#1e40af,color:#1f2937\n  \
         classDef test fill:#dcfce7,stroke:#166534,color:#1f2937\n  \
         classDef item fill:#f3e8ff,stroke:#6b21a8,color:#1f2937\n  \
         classDef elsewhere fill:#fee2e2,stroke:#991b1b,color:#1f2937\n  \
         classDef more fill:#f3f4f6,stroke:#6b7280,color:#1f2937\n",
    );
    out
}

/// Everything that could be syntax of Mermaid or of HTML as a number.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || matches!(c, ' ' | '/' | '.' | '-' | '_' | ',' | ':') {
            out.push(c);
        } else if c.is_control() {
            out.push(' ');
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_breaks_out_of_a_label() {
        assert_eq!(escaped("a\"]; click <b>"), "a#34;#93;#59; click #60;b#62;");
        assert_eq!(escaped("注文/a_b.ts"), "注文/a_b.ts");
        assert_eq!(escaped("a\nb"), "a b");
    }
}
