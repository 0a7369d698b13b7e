//! Marks that a merge leaves where both sides changed the same lines.
//!
//! Between them stands what nobody decided yet: both sides, one after the other. Source: git's `conflict` documentation
//! (seven marks at the start of a line, a label behind the first and the last; `|||||||` where the base is shown, too).

use memchr::memmem;
use text::TextRange;

const OURS: &str = "<<<<<<<";
const BETWEEN: &str = "=======";
const THEIRS: &str = ">>>>>>>";

/// The line that opens the first conflict: all three marks have to be there, in their order. One that begins in `opaque`
/// (a code block that explains merging) is none.
pub(crate) fn first(text: &str, opaque: &[TextRange]) -> Option<TextRange> {
    let explained = |line: &TextRange| {
        let mut blocks = opaque
            .iter()
            .filter(|block| text::slice(text, **block).starts_with(['`', '~']));
        blocks.any(|block| block.contains_range(*line))
    };
    let mut lines = marks(text, OURS).filter(|line| !explained(line));
    let opening = lines.next()?;
    let behind = |line: TextRange, mark| {
        let from = usize::from(line.end());
        marks(&text[from..], mark)
            .next()
            .map(|found| found + line.end())
    };
    let between = behind(opening, BETWEEN)?;
    behind(between, THEIRS).map(|_| opening)
}

/// Lines of a mark: it alone, or with a label behind a blank. Line breaks are left out.
fn marks<'a>(text: &'a str, mark: &'static str) -> impl Iterator<Item = TextRange> + 'a {
    memmem::find_iter(text.as_bytes(), mark).filter_map(move |at| {
        let starts = at == 0 || text.as_bytes()[at - 1] == b'\n';
        let line = text[at..].lines().next().unwrap_or_default();
        let rest = &line[mark.len()..];
        let labelled = rest.is_empty() || rest.starts_with(' ') && mark != BETWEEN;
        (starts && labelled).then(|| text::span(at, at + line.trim_end().len()))
    })
}

#[cfg(test)]
mod tests {
    use super::first;

    fn found(text: &str) -> Option<&str> {
        let kind = crate::DocumentKind::Tasks;
        let facts = crate::read(kind, text);
        assert_eq!(facts.conflict, first(text, &facts.opaque));
        facts.conflict.map(|range| text::slice(text, range))
    }

    #[test]
    fn a_conflict_has_three_marks_in_order() {
        let whole =
            "- [ ] T001 A\n<<<<<<< HEAD\n- [x] T002 B\n=======\n- [ ] T002 C\n>>>>>>> other\n";
        assert_eq!(found(whole), Some("<<<<<<< HEAD"));
        assert_eq!(found(&whole.replace('\n', "\r\n")), Some("<<<<<<< HEAD"));
        for line in ["<<<<<<< HEAD\n", "=======\n", ">>>>>>> other\n"] {
            assert_eq!(found(&whole.replace(line, "")), None, "without {line:?}");
            assert_eq!(
                found(&whole.replace(line, &format!(" {line}"))),
                None,
                "{line:?} within a line"
            );
        }
        assert_eq!(found(">>>>>>> a\n=======\n<<<<<<< b\n"), None);
        assert_eq!(found("<<<<<<<<< a\n=======\n>>>>>>> b\n"), None);
    }

    #[test]
    fn the_base_may_be_shown_and_a_label_be_missing() {
        let text = "<<<<<<<\na\n||||||| base\nb\n=======\nc\n>>>>>>>";
        assert_eq!(found(text), Some("<<<<<<<"));
    }

    #[test]
    fn comments_and_front_matter_are_merged_as_well() {
        for text in [
            "<!--\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n-->\n",
            "---\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n---\n",
        ] {
            assert_eq!(found(text), Some("<<<<<<< HEAD"), "{text}");
        }
    }

    #[test]
    fn a_code_block_explains() {
        let text = "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n```\n";
        assert_eq!(found(text), None);
        // The fence itself is in conflict.
        let text = "<<<<<<< HEAD\n```sh\n=======\n```bash\n>>>>>>> other\nls\n```\n";
        assert_eq!(found(text), Some("<<<<<<< HEAD"));
        let real = "\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n";
        let both = format!("```\n<<<<<<< shown\n```\n{real}");
        assert_eq!(found(&both), Some("<<<<<<< HEAD"));
    }
}
