//! Branches of `#if` that do not stand by themselves.

use super::{macros::Mask, tokens::Kind};

impl Mask<'_> {
    /// Whether the code before a directive goes on behind it: `else`, `a ||`, `x =`.
    fn is_open_ended(&self, index: usize) -> bool {
        index.checked_sub(1).is_some_and(|before| {
            self.word_at(before) == "else"
                || matches!(
                    self.tokens[before].kind,
                    Kind::Mark(b'=' | b'|' | b'&' | b'+' | b'-' | b'?' | b'<')
                )
        })
    }

    /// Branches of `#if` that open or close brackets they do not close or open: the first one is read, without its
    /// directives.
    pub(super) fn branches(&mut self) {
        struct Open {
            /// The directives of this group so far.
            directives: Vec<usize>,
            balance: i32,
            uneven: bool,
            in_parentheses: bool,
        }
        let mut open: Vec<Open> = Vec::new();
        let mut parentheses = 0_i32;
        let mut uneven: Vec<Vec<usize>> = Vec::new();
        for (index, token) in self.tokens.iter().enumerate() {
            match token.kind {
                Kind::Mark(b'{') => {
                    parentheses = 0;
                    for group in &mut open {
                        group.balance += 1;
                    }
                }
                Kind::Mark(b'}') => {
                    parentheses = 0;
                    for group in &mut open {
                        group.balance -= 1;
                        group.uneven |= group.balance < 0;
                    }
                }
                Kind::Mark(b';') => parentheses = 0,
                Kind::Mark(b'(') => parentheses += 1,
                Kind::Mark(b')') => parentheses -= 1,
                Kind::Directive => {
                    let word = self.text[token.start + 1..token.end].trim_start();
                    if word.starts_with("if") {
                        open.push(Open {
                            directives: vec![index],
                            balance: 0,
                            uneven: self.is_open_ended(index),
                            in_parentheses: parentheses > 0,
                        });
                    } else if word.starts_with("el") {
                        if let Some(group) = open.last_mut() {
                            group.uneven |= group.balance != 0 || self.is_open_ended(index);
                            group.balance = 0;
                            group.directives.push(index);
                        }
                    } else if word.starts_with("endif")
                        && let Some(mut group) = open.pop()
                    {
                        group.directives.push(index);
                        group.uneven |= self.is_open_ended(index);
                        if group.uneven || group.balance != 0 || group.in_parentheses {
                            uneven.push(group.directives);
                        }
                    }
                }
                _ => {}
            }
        }
        for directives in uneven {
            let (Some(&first), Some(&last)) = (directives.first(), directives.last()) else {
                continue;
            };
            let second = directives[1];
            self.blank(first, first + 1);
            self.blank(second, last + 1);
        }
    }
}
