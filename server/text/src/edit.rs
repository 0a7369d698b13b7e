use crate::{TextRange, TextSize};

/// Replace the bytes of `range` by `insert`. An empty range inserts, an empty `insert` deletes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Bytes to replace, in the text before any edit of the same list.
    pub range: TextRange,
    /// New text.
    pub insert: String,
}

impl Edit {
    /// Inserts `text` at byte `offset`.
    #[must_use]
    pub fn insert(offset: TextSize, text: impl Into<String>) -> Self {
        Self::replace(TextRange::empty(offset), text)
    }

    /// Replaces the bytes of `range` by `text`.
    #[must_use]
    pub fn replace(range: TextRange, text: impl Into<String>) -> Self {
        Self {
            range,
            insert: text.into(),
        }
    }

    /// Deletes the bytes of `range`.
    #[must_use]
    pub fn delete(range: TextRange) -> Self {
        Self::replace(range, String::new())
    }
}

/// Why a list of edits was refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// Two edits want the same bytes.
    Overlap(TextRange, TextRange),
    /// The range leaves the text or cuts a character in two.
    OutOfText(TextRange),
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Overlap(a, b) => write!(f, "edits at bytes {a:?} and {b:?} overlap"),
            Self::OutOfText(range) => {
                write!(f, "the edit at bytes {range:?} does not fit the text")
            }
        }
    }
}

impl std::error::Error for EditError {}

/// Applies `edits` (in any order, ranges in the old text) and leaves every other byte as it was.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    let mut out = String::with_capacity(text.len());
    let mut last = TextRange::default();
    for edit in sorted {
        if edit.range.start() < last.end() {
            return Err(EditError::Overlap(last, edit.range));
        }
        let (from, to) = (usize::from(last.end()), usize::from(edit.range.start()));
        let kept = text.get(from..to).ok_or(EditError::OutOfText(edit.range))?;
        if !text.is_char_boundary(usize::from(edit.range.end())) {
            return Err(EditError::OutOfText(edit.range));
        }
        out.push_str(kept);
        out.push_str(&edit.insert);
        last = edit.range;
    }
    out.push_str(&text[usize::from(last.end())..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{Edit, EditError, apply};
    use crate::span;

    #[test]
    fn edits_in_any_order_touch_only_their_bytes() {
        let edits = [
            Edit::replace(span(5, 8), "🎉"),
            Edit::delete(span(0, 1)),
            Edit::insert(8.into(), "!"),
        ];
        assert_eq!(apply("xあ\tabc\r\n", &edits).as_deref(), Ok("あ\t🎉!\r\n"));
    }

    #[test]
    fn overlap_and_cut_characters_are_refused() {
        let overlap = [Edit::delete(span(0, 2)), Edit::delete(span(1, 3))];
        assert!(matches!(
            apply("abc", &overlap),
            Err(EditError::Overlap(..))
        ));
        let cut = [Edit::delete(span(1, 3))];
        assert!(matches!(apply("あ", &cut), Err(EditError::OutOfText(_))));
        let beyond = [Edit::insert(9.into(), "x")];
        assert!(matches!(
            apply("abc", &beyond),
            Err(EditError::OutOfText(_))
        ));
    }
}
