//! Names that documents speak of, found in a source as whole words.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::MAX_NAMED;
use super::blocks::{blocks, mask};

/// Named words, filed by their longest run of word bytes.
#[derive(Debug)]
pub(super) struct Words {
    /// Bit per length of a run; the last is of all that are longer.
    lengths: u64,
    /// Bit per hash of a run: most runs of a file end here.
    filter: Vec<u64>,
    runs: FxHashMap<Box<[u8]>, Vec<Filed>>,
    count: usize,
}

#[derive(Debug)]
struct Filed {
    index: u32,
    word: SmolStr,
    /// Where the run begins in `word`.
    at: usize,
}

/// Bits of the filter; 8 KiB stay in the first cache.
const FILTER_BITS: u32 = 16;

impl Words {
    pub(super) fn new(words: &[SmolStr]) -> Self {
        let mut lengths = 0;
        let mut filter = vec![0_u64; (1 << FILTER_BITS) / 64];
        let mut runs: FxHashMap<Box<[u8]>, Vec<Filed>> = FxHashMap::default();
        for (index, word) in (0_u32..).zip(words) {
            let Some((at, run)) = longest_run(word.as_bytes()) else {
                continue;
            };
            lengths |= length(run.len());
            let hash = hash(run, 0, run.len());
            filter[hash / 64] |= 1 << (hash % 64);
            runs.entry(run.into()).or_default().push(Filed {
                index,
                word: word.clone(),
                at,
            });
        }
        Self {
            lengths,
            filter,
            runs,
            count: words.len(),
        }
    }

    pub(super) fn find(&self, bytes: &[u8]) -> (Vec<u32>, bool) {
        let mut found = Vec::new();
        if self.runs.is_empty() {
            return (found, false);
        }
        let mut seen = vec![false; self.count];
        let mut more = false;
        each_run(bytes, |start, end| {
            if self.lengths & length(end - start) == 0 {
                return true;
            }
            let hash = hash(bytes, start, end);
            if self.filter[hash / 64] & (1 << (hash % 64)) == 0 {
                return true;
            }
            for filed in self.runs.get(&bytes[start..end]).into_iter().flatten() {
                let index = filed.index as usize;
                if seen[index] || !occurs(bytes, start, filed) {
                    continue;
                }
                if found.len() == MAX_NAMED {
                    more = true;
                    return false;
                }
                seen[index] = true;
                found.push(filed.index);
            }
            true
        });
        found.sort_unstable();
        (found, more)
    }
}

/// The bit of a length.
fn length(bytes: usize) -> u64 {
    1 << bytes.min(63)
}

/// Whether the word stands around the run at `start`, whole.
fn occurs(bytes: &[u8], start: usize, filed: &Filed) -> bool {
    let word = filed.word.as_bytes();
    let Some(from) = start.checked_sub(filed.at) else {
        return false;
    };
    let to = from + word.len();
    if bytes.get(from..to) != Some(word) {
        return false;
    }
    let inner = |at: Option<&u8>| at.is_some_and(|byte| is_word(*byte));
    let opens =
        !inner(word.first()) || !inner(from.checked_sub(1).and_then(|before| bytes.get(before)));
    opens && !(inner(word.last()) && inner(bytes.get(to)))
}

/// Bytes of words: ASCII letters, digits, `_`, and every byte of a longer character.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches a block of bytes is classified at once"
)]
#[inline]
fn is_word(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26)
        | (byte.wrapping_sub(b'0') < 10)
        | (byte == b'_')
        | (byte >= 0x80)
}

/// Calls `visit` with start and end of each run of word bytes until it answers false.
fn each_run(bytes: &[u8], mut visit: impl FnMut(usize, usize) -> bool) {
    let mut open: Option<usize> = None;
    for (base, block) in blocks(bytes) {
        let words = mask(&block, is_word);
        // A bit where a run begins or has ended.
        let mut edges = words ^ (words << 1 | u64::from(open.is_some()));
        while edges != 0 {
            let at = base + edges.trailing_zeros() as usize;
            edges &= edges - 1;
            match open.take() {
                None => open = Some(at),
                Some(start) if !visit(start, at) => return,
                Some(_) => {}
            }
        }
    }
    if let Some(start) = open {
        visit(start, bytes.len());
    }
}

fn longest_run(word: &[u8]) -> Option<(usize, &[u8])> {
    let mut best = 0..0;
    each_run(word, |start, end| {
        if end - start > best.len() {
            best = start..end;
        }
        true
    });
    (!best.is_empty()).then(|| (best.start, &word[best.clone()]))
}

/// Of the run at `start..end`, from its length and the bytes at both ends: cheap, and spread enough for a filter.
fn hash(bytes: &[u8], start: usize, end: usize) -> usize {
    let taken = (end - start).min(8);
    let unused = 64 - 8 * taken as u32;
    let eight = |at: Option<usize>| {
        let window = at.and_then(|at| bytes.get(at..at + 8))?;
        window.try_into().ok().map(u64::from_le_bytes)
    };
    // Whole words are loaded where the text allows it; what lies outside the run is shifted out.
    let head = eight(Some(start)).map_or_else(
        || few(&bytes[start..start + taken]),
        |word| (word << unused) >> unused,
    );
    let tail = eight(end.checked_sub(8))
        .map_or_else(|| few(&bytes[end - taken..end]), |word| word >> unused);
    let mixed = (head ^ tail.rotate_left(29) ^ (((end - start) as u64) << 56))
        .wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (64 - FILTER_BITS)) as usize
}

/// At most eight bytes as one number, the first lowest.
fn few(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .rev()
        .fold(0, |word, byte| word << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_found_across_blocks() {
        for (before, word) in [(0, 1), (60, 10), (63, 1), (64, 64), (1, 200), (128, 0)] {
            let text = format!("{}{}-x", "-".repeat(before), "w".repeat(word));
            let mut runs = Vec::new();
            each_run(text.as_bytes(), |start, end| {
                runs.push(&text[start..end]);
                true
            });
            let expected: Vec<&str> = text.split('-').filter(|run| !run.is_empty()).collect();
            assert_eq!(runs, expected);
        }
        let words: Vec<u8> = (0..=u8::MAX).filter(|byte| is_word(*byte)).collect();
        assert!(
            words
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 128)
        );
        assert_eq!(words.len(), 26 + 26 + 10 + 1 + 128);
    }

    #[test]
    fn hash_depends_on_the_run_alone() {
        for word in [
            "a",
            "seven77",
            "eight888",
            "nine99999",
            "a_rather_long_name_it_is",
        ] {
            let alone = hash(word.as_bytes(), 0, word.len());
            for around in ["", " ", "((((((((("] {
                let text = format!("{around}{word}{around}");
                let start = around.len();
                assert_eq!(
                    hash(text.as_bytes(), start, start + word.len()),
                    alone,
                    "{text}"
                );
            }
        }
    }
}
