//! A list of words looked for in one pass over a text.

/// Words by their first byte.
pub(crate) struct WordList {
    by_first: Vec<Vec<&'static str>>,
    /// Whether a word that may stand anywhere begins with this byte.
    anywhere: [bool; 256],
}

impl WordList {
    /// Words of ASCII are looked for where a word begins; all others anywhere, since not every script parts words.
    pub(crate) fn new(words: &[&'static str]) -> Self {
        let mut by_first = vec![Vec::new(); 256];
        let mut anywhere = [false; 256];
        for word in words {
            if let Some(&first) = word.as_bytes().first() {
                by_first[usize::from(first)].push(*word);
                anywhere[usize::from(first)] |= !word.is_ascii();
            }
        }
        Self { by_first, anywhere }
    }

    /// Whether one of the words stands in `text`; its case counts.
    pub(crate) fn occurs_in(&self, text: &str) -> bool {
        let mut inside = false;
        for (at, c) in text.char_indices() {
            let first = usize::from(text.as_bytes()[at]);
            let words = &self.by_first[first];
            if !words.is_empty()
                && (!inside || self.anywhere[first])
                && words
                    .iter()
                    .any(|word| (!inside || !word.is_ascii()) && text[at..].starts_with(word))
            {
                return true;
            }
            inside = c.is_alphanumeric() || c == '_';
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::WordList;

    #[test]
    fn ascii_words_begin_words_and_others_stand_anywhere() {
        let list = WordList::new(&["mov", "old ", "lösch", "削除"]);
        for text in [
            "moved",
            "a moved",
            "(old x)",
            "auslöschen",
            "を削除する",
            "は mov",
        ] {
            assert!(list.occurs_in(text), "{text}");
        }
        for text in ["", "remove", "_mov", "émov", "old", "cold x", "losch", "削"] {
            assert!(!list.occurs_in(text), "{text}");
        }
    }
}
