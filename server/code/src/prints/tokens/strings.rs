//! Strings: quotes may be others, and pieces behind one another may be one.

use std::ops::Range;

use tree_sitter::Node;

use super::{EMBEDDED, Walk, What};
use crate::prints::{
    kinds::{Class, Quotes},
    written,
};

impl Walk<'_> {
    /// A string, or what is left of it behind the last expression in it, up to `end`; the next piece begins at `next`.
    pub(super) fn piece(&mut self, end: usize, next: usize) {
        let depth = self.frames.len();
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let range = frame.piece..end;
        let (is_first, is_last) = (range.start == frame.start, range.end == frame.end);
        let is_whole = is_last && frame.children == 0;
        frame.piece = next;
        self.seen = end;
        let parent = depth
            .checked_sub(2)
            .and_then(|index| self.frames.get(index))
            .map_or(Class::default(), |frame| frame.class);
        if is_whole {
            self.literal(range, parent, false);
            return;
        }
        let word = self.text.get(range.clone()).unwrap_or_default();
        if let Some(frame) = self.frames.last_mut()
            && is_first
        {
            frame.mark = (self.style.quotes == Quotes::Same)
                .then(|| written::opening(word))
                .flatten();
        }
        let mark = self.frames.last().and_then(|frame| frame.mark);
        if let Some(mark) = mark {
            let (_, content) = self.joined.get_or_insert((range.start, String::new()));
            content.push_str(&written::piece(word, mark, is_first, is_last));
            if next != end || !parent.has(Class::JOINED) {
                self.join();
            }
        } else if !range.is_empty() {
            self.push(range.start, written::hash_of_string(word), What::Plain);
        }
        if next != end {
            self.push(end, EMBEDDED, What::Plain);
        }
        self.last = range.end;
    }

    /// A string that holds no expression.
    pub(super) fn literal(&mut self, range: Range<usize>, parent: Class, is_key: bool) {
        let word = self.text.get(range.clone()).unwrap_or_default();
        let string = written::string(word, self.style.quotes);
        if is_key && written::is_word(&string.content) {
            self.push(range.start, written::hash(&string.content), What::Plain);
        } else if parent.has(Class::JOINED) {
            let (_, content) = self
                .joined
                .get_or_insert((range.start, string.prefix.clone()));
            content.push_str(&string.content);
        } else {
            self.push(range.start, string.hash(), What::Plain);
        }
        self.after_dot = false;
        self.last = range.end;
    }

    pub(super) fn join(&mut self) {
        if let Some((at, content)) = self.joined.take()
            && (!content.is_empty() || self.style.quotes != Quotes::Same)
        {
            self.push(at, written::hash_of_string(&content), What::Plain);
        }
    }

    /// Whether braces hold a string and nothing else.
    pub(super) fn is_string(&self, embedded: Node<'_>) -> bool {
        embedded.named_child_count() == 1
            && embedded.named_child(0).is_some_and(|child| {
                let class = self.classes.get(usize::from(child.kind_id()));
                class.is_some_and(|class| class.has(Class::STRING))
                    && self
                        .text
                        .get(child.byte_range())
                        .is_some_and(|word| !word.starts_with('`'))
            })
    }
}
