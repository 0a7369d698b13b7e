//! Where in a file a mark can be, told from a byte that each of them has and the few beside it.
//!
//! A clue may lead to nothing; no mark is without one. What is a mark is decided by its pattern, never here.

use super::blocks::{blocks, mask};

/// A byte that stands in a mark, the text before it and what follows.
#[derive(Debug, Clone)]
pub(super) struct Clue {
    at: At,
    before: Box<[u8]>,
    start: Start,
    then: Then,
}

/// The byte a clue is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Ours or full-width. Between it and the text before it may be blanks, dashes and `_ : # =`, and before them, behind
    /// another dash, up to twelve capitals where the clue is of an id with a group.
    Digit {
        grouped: bool,
    },
    /// There may be blanks before it.
    Colon,
    Slash,
    Equals,
    Bracket,
    /// Behind the byte alone.
    InBrackets,
    /// The same.
    Sign,
    Q,
}

/// Where the text before the byte may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Anywhere,
    /// At the edge of a word, as patterns have it: of ASCII letters, digits and `_`.
    Word,
    /// Not behind an ASCII letter or digit.
    Part,
}

/// What follows the byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Anything,
    Blank,
    Digit,
    Text(&'static str),
}

impl Clue {
    fn new(at: At, before: &str) -> Self {
        Self {
            at,
            before: before.as_bytes().into(),
            start: Start::Anywhere,
            then: Then::Anything,
        }
    }

    /// `story 1`
    pub(super) fn number(word: &str) -> Self {
        Self::new(At::Digit { grouped: false }, word)
    }

    /// `feature 001`
    pub(super) fn numbers(word: &str) -> Self {
        let then = Then::Digit;
        Self {
            then,
            ..Self::number(word)
        }
    }

    /// `FR-001`, `FR-AUTH-001`
    pub(super) fn id(prefix: &str) -> Self {
        Self {
            start: Start::Word,
            ..Self::new(At::Digit { grouped: true }, prefix)
        }
    }

    /// `T001`
    pub(super) fn short_id(letter: &str) -> Self {
        Self {
            start: Start::Word,
            ..Self::numbers(letter)
        }
    }

    /// `test_fr_001`
    pub(super) fn in_name(prefix: &str) -> Self {
        Self {
            start: Start::Part,
            ..Self::number(prefix)
        }
    }

    /// `feature:`
    pub(super) fn colon(word: &str) -> Self {
        Self::new(At::Colon, word)
    }

    /// `specs/`
    pub(super) fn slash(word: &str) -> Self {
        Self::new(At::Slash, word)
    }

    /// `//= `
    pub(super) fn equals(before: &str) -> Self {
        let then = Then::Blank;
        Self {
            then,
            ..Self::new(At::Equals, before)
        }
    }

    /// `r[`
    pub(super) fn bracket(word: &str) -> Self {
        Self {
            start: Start::Word,
            ..Self::new(At::Bracket, word)
        }
    }

    /// `[impl `
    pub(super) fn in_brackets(text: &'static str) -> Self {
        let then = Then::Text(text);
        Self {
            then,
            ..Self::new(At::InBrackets, "")
        }
    }

    /// `@spec`
    pub(super) fn sign(word: &'static str) -> Self {
        let then = Then::Text(word);
        Self {
            then,
            ..Self::new(At::Sign, "")
        }
    }

    /// `req_satisfied`
    pub(super) fn q(before: &str, behind: &'static str) -> Self {
        let then = Then::Text(behind);
        Self {
            then,
            ..Self::new(At::Q, before)
        }
    }

    /// Whether the text before ends at `end`, and what begins at `next` follows.
    fn holds(&self, bytes: &[u8], end: usize, next: usize) -> bool {
        let Some(around) = bytes[..end].strip_suffix(&*self.before) else {
            return false;
        };
        let rest = &bytes[next..];
        let starts = match self.start {
            Start::Anywhere => true,
            Start::Word => is_of_word(around.last()) != is_of_word(self.before.first()),
            Start::Part => !around.last().is_some_and(u8::is_ascii_alphanumeric),
        };
        starts
            && match self.then {
                Then::Anything => true,
                Then::Blank => matches!(rest.first(), Some(b' ' | b'\t')),
                Then::Digit => matches!(rest.first(), Some(b'0'..=b'9' | &FULL_WIDTH)),
                Then::Text(text) => rest.starts_with(text.as_bytes()),
            }
    }
}

/// A dash of three bytes: the hyphens and dashes of U+2010, and the full-width one.
fn ends_in_dash(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [.., 0xE2, 0x80, 0x90..=0x95] | [.., 0xEF, 0xBC, 0x8D]
    )
}

fn is_of_word(byte: Option<&u8>) -> bool {
    byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// The first byte of full-width digits.
const FULL_WIDTH: u8 = 0xEF;

/// Longest group in an id.
const GROUP: usize = 12;

/// Clues of all marks.
#[derive(Debug)]
pub(super) struct Clues {
    /// What each byte can be.
    kinds: [u8; 256],
    digits: Ending,
    colons: Ending,
    slashes: Ending,
    equals: Ending,
    brackets: Ending,
    qs: Ending,
    /// Without a text before them.
    in_brackets: Numbered,
    signs: Numbered,
}

/// Clues with the number of their mark.
type Numbered = Vec<(Clue, usize)>;

/// May stand between a text and its digits.
const BETWEEN: u8 = 1;
/// The same, and has to between a prefix and a group.
const DASH: u8 = 2;
/// May be the last byte of a dash of three.
const LONG_DASH: u8 = 4;
/// May stand between a text and its colon.
const BLANK: u8 = 8;
/// May be of a group.
const CAPITAL: u8 = 16;
/// Is the last of a text before a digit.
const ENDS: u8 = 32;
/// Begins a text behind `[` or `@`.
const FOLLOWS: u8 = 64;

impl Clues {
    /// `clues` with the number of their mark.
    pub(super) fn new(clues: &[(Clue, usize)]) -> Self {
        let mut kinds = [0; 256];
        let mut set = |bytes: &[u8], kind: u8| {
            for byte in bytes {
                kinds[usize::from(*byte)] |= kind;
            }
        };
        set(b" \t", BETWEEN | BLANK);
        set(b":#=", BETWEEN);
        set(b"-_", BETWEEN | DASH);
        set(b"\x90\x91\x92\x93\x94\x95\x8D", LONG_DASH);
        set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", CAPITAL);
        for (clue, _) in clues {
            match (clue.at, clue.then) {
                (At::Digit { .. }, _) => {
                    set(clue.before.last_chunk::<1>().map_or(&[], |last| last), ENDS);
                }
                (_, Then::Text(text)) => set(&text.as_bytes()[..1], FOLLOWS),
                _ => {}
            }
        }
        let of = |kind: fn(At) -> bool| -> Numbered {
            let clues = clues.iter().filter(|(clue, _)| kind(clue.at));
            clues.cloned().collect()
        };
        Self {
            kinds,
            digits: Ending::new(of(|at| matches!(at, At::Digit { .. }))),
            colons: Ending::new(of(|at| at == At::Colon)),
            slashes: Ending::new(of(|at| at == At::Slash)),
            equals: Ending::new(of(|at| at == At::Equals)),
            brackets: Ending::new(of(|at| at == At::Bracket)),
            qs: Ending::new(of(|at| at == At::Q)),
            in_brackets: of(|at| at == At::InBrackets),
            signs: of(|at| at == At::Sign),
        }
    }

    /// Whether `is_there` answers true for the mark of some clue; after a no the next clue is asked.
    pub(super) fn any(&self, bytes: &[u8], mut is_there: impl FnMut(usize) -> bool) -> bool {
        for (base, block) in blocks(bytes) {
            let mut hits = mask(&block, stands_in_marks);
            while hits != 0 {
                let at = base + hits.trailing_zeros() as usize;
                hits &= hits - 1;
                if self.any_at(bytes, at, &mut is_there) {
                    return true;
                }
            }
        }
        false
    }

    #[inline]
    fn any_at(&self, bytes: &[u8], at: usize, is_there: &mut impl FnMut(usize) -> bool) -> bool {
        let next = at + 1;
        let follows = |kind: u8| {
            let next = bytes.get(next);
            next.is_some_and(|next| self.kinds[usize::from(*next)] & kind != 0)
        };
        match bytes[at] {
            b'0'..=b'9' => self.digit(bytes, at, next, is_there),
            b':' => {
                let mut end = at;
                while self.before(bytes, end) & BLANK != 0 {
                    end -= 1;
                }
                self.colons.any(bytes, end, next, |_| true, is_there)
            }
            b'/' => self.slashes.any(bytes, at, next, |_| true, is_there),
            b'=' => follows(BLANK) && self.equals.any(bytes, at, next, |_| true, is_there),
            b'[' => {
                self.brackets.any(bytes, at, next, |_| true, is_there)
                    || follows(FOLLOWS) && any_of(&self.in_brackets, bytes, at, is_there)
            }
            b'@' => follows(FOLLOWS) && any_of(&self.signs, bytes, at, is_there),
            b'q' => follows(FOLLOWS) && self.qs.any(bytes, at, next, |_| true, is_there),
            _ => {
                matches!(bytes.get(at..at + 3), Some([FULL_WIDTH, 0xBC, 0x90..=0x99]))
                    && self.digit(bytes, at, at + 3, is_there)
            }
        }
    }

    /// What the byte before `end` can be.
    #[inline]
    fn before(&self, bytes: &[u8], end: usize) -> u8 {
        end.checked_sub(1)
            .map_or(0, |last| self.kinds[usize::from(bytes[last])])
    }

    /// A digit from `at` to `next`.
    #[inline]
    fn digit(
        &self,
        bytes: &[u8],
        at: usize,
        next: usize,
        is_there: &mut impl FnMut(usize) -> bool,
    ) -> bool {
        // Most stand behind another digit, or a bracket.
        self.before(bytes, at) != 0 && self.number(bytes, at, next, is_there)
    }

    fn number(
        &self,
        bytes: &[u8],
        at: usize,
        next: usize,
        is_there: &mut impl FnMut(usize) -> bool,
    ) -> bool {
        let (end, found) = self.behind_texts(bytes, at, next, |_| true, is_there);
        if found {
            return true;
        }
        if self.before(bytes, end) & CAPITAL == 0 {
            return false;
        }
        let mut group = end;
        while end - group < GROUP && self.before(bytes, group) & CAPITAL != 0 {
            group -= 1;
        }
        let kind = self.before(bytes, group);
        if kind & DASH == 0 && !(kind & LONG_DASH != 0 && ends_in_dash(&bytes[..group])) {
            return false;
        }
        let grouped = |at| at == At::Digit { grouped: true };
        self.behind_texts(bytes, group, next, grouped, is_there).1
    }

    /// Whether a text of such a clue ends at `end`, or before what may stand between; and where that begins.
    fn behind_texts(
        &self,
        bytes: &[u8],
        mut end: usize,
        next: usize,
        of_kind: impl Fn(At) -> bool,
        is_there: &mut impl FnMut(usize) -> bool,
    ) -> (usize, bool) {
        loop {
            let kind = self.before(bytes, end);
            if kind & ENDS != 0 && self.digits.any(bytes, end, next, &of_kind, is_there) {
                return (end, true);
            }
            if kind & BETWEEN != 0 {
                end -= 1;
            } else if kind & LONG_DASH != 0 && ends_in_dash(&bytes[..end]) {
                end -= 3;
            } else {
                return (end, false);
            }
        }
    }
}

/// Whether one of these clues, without a text before it, is at `at`, and its mark somewhere.
fn any_of(
    clues: &Numbered,
    bytes: &[u8],
    at: usize,
    is_there: &mut impl FnMut(usize) -> bool,
) -> bool {
    clues
        .iter()
        .any(|(clue, mark)| clue.holds(bytes, at, at + 1) && is_there(*mark))
}

/// Clues by how the text before them ends.
#[derive(Debug)]
struct Ending {
    /// Bit per pair of bytes: some text ends so.
    pairs: Vec<u64>,
    /// By the last byte.
    clues: Vec<Numbered>,
}

impl Ending {
    fn new(clues: Numbered) -> Self {
        let mut ending = Self {
            pairs: vec![0; (1 << 16) / 64],
            clues: vec![Vec::new(); 256],
        };
        for (clue, mark) in clues {
            match *clue.before {
                [.., one, last] => ending.add(one, last),
                // All that ends in a text of one byte.
                [last] => (0..=u8::MAX).for_each(|one| ending.add(one, last)),
                [] => continue,
            }
            let last = clue.before.last().copied().unwrap_or_default();
            ending.clues[usize::from(last)].push((clue, mark));
        }
        ending
    }

    fn add(&mut self, one: u8, last: u8) {
        let pair = usize::from(u16::from_le_bytes([one, last]));
        self.pairs[pair / 64] |= 1 << (pair % 64);
    }

    /// Whether one of these clues has its text before `end`, what follows it at `next`, and its mark.
    #[inline]
    fn any(
        &self,
        bytes: &[u8],
        end: usize,
        next: usize,
        of_kind: impl Fn(At) -> bool,
        is_there: &mut impl FnMut(usize) -> bool,
    ) -> bool {
        let (one, last) = match bytes[..end] {
            [.., one, last] => (one, last),
            // A zero stands for what is not there: texts of one byte are with all others.
            [last] => (0, last),
            [] => return false,
        };
        let pair = usize::from(u16::from_le_bytes([one, last]));
        if self.pairs[pair / 64] & (1 << (pair % 64)) == 0 {
            return false;
        }
        self.clues[usize::from(last)]
            .iter()
            .any(|(clue, mark)| of_kind(clue.at) && clue.holds(bytes, end, next) && is_there(*mark))
    }
}

/// Digits, the first byte of full-width ones, and `/ : = @ [ q`.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches a block of bytes is classified at once"
)]
#[inline]
fn stands_in_marks(byte: u8) -> bool {
    // From the slash to the colon, and between them the digits.
    (byte.wrapping_sub(b'/') < 12)
        | (byte == b'=')
        | (byte == b'@')
        | (byte == b'[')
        | (byte == b'q')
        | (byte == FULL_WIDTH)
}
