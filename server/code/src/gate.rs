//! The gate: whether a file is worth parsing, by one scan of its bytes.
//!
//! Most files of a repository neither mention a spec item nor hold a name that a document speaks of.
//! It may let a file pass that holds nothing; it must not stop one that holds a mention, but for an id of one letter and
//! fewer than three digits (`T46`): that is in every hash.

use regex::bytes::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// Most named words one call of [`named_words`] answers with.
pub const MAX_NAMED: usize = 4_096;

/// What the gate looks for; build it once per set of documents.
#[derive(Debug)]
pub struct GateWords {
    marks: Option<Marks>,
    words: Words,
}

impl GateWords {
    /// `prefixes`: of ids (`FR`, `SC`, `US` ...). `words`: names that documents mention, in any number;
    /// one without a letter or digit is never found.
    #[must_use]
    pub fn new(prefixes: &[&str], words: &[SmolStr]) -> Self {
        Self {
            marks: Marks::new(prefixes),
            words: Words::new(words),
        }
    }
}

/// Whether a file can hold a spec mention: an id (`FR-001`, `US1`, `test_fr_001`), `User Story 1`,
/// `Requirements 2.3`, `specs/...`, `Feature: ...`, `spec 027`, `@spec`.
#[must_use]
pub fn gate(bytes: &[u8], words: &GateWords) -> bool {
    // An absurd list of prefixes: then every file passes.
    words
        .marks
        .as_ref()
        .is_none_or(|marks| marks.is_match(bytes))
}

/// Which of the words given to [`GateWords::new`] occur as whole words, as sorted indices into that list.
/// At most [`MAX_NAMED`]; true beside them if there may be more.
#[must_use]
pub fn named_words(bytes: &[u8], words: &GateWords) -> (Vec<u32>, bool) {
    words.words.find(bytes)
}

/// What a mention can look like. Several small patterns instead of one large: each keeps to few enough literals
/// for a vector search, and one after the other they are four times as fast as their union.
#[derive(Debug)]
struct Marks {
    anywhere: Vec<Regex>,
    /// Ids in lower case, to be found at the start of a part of a name: `test_fr_001`.
    in_names: Option<Regex>,
}

impl Marks {
    /// `None` if a pattern is too large to compile.
    fn new(prefixes: &[&str]) -> Option<Self> {
        // ASCII or full-width.
        const DIGIT: &str = r"(?:[0-9]|\xEF\xBC[\x90-\x99])";
        // Every dash in use is a byte or three.
        const DASH: &str = r"(?:[-_ ]|\xE2\x80[\x90-\x95]|\xEF\xBC\x8D)?";
        // Behind a dash, which is not a blank.
        const GROUP: &str = r"(?:[-_]|\xE2\x80[\x90-\x95]|\xEF\xBC\x8D)[A-Z]{1,12}(?:[-_]|\xE2\x80[\x90-\x95]|\xEF\xBC\x8D)?";
        let one_of = |prefixes: &[&str]| {
            prefixes
                .iter()
                .map(|prefix| regex::escape(prefix))
                .collect::<Vec<_>>()
                .join("|")
        };
        let build = |pattern: &str| RegexBuilder::new(pattern).unicode(false).build().ok();
        let (letters, long): (Vec<&str>, Vec<&str>) = prefixes
            .iter()
            .filter(|prefix| !prefix.is_empty())
            .partition(|prefix| prefix.len() == 1);
        let lower: Vec<String> = prefixes
            .iter()
            // No name is read as an AC.
            .filter(|prefix| prefix.is_ascii() && prefix.len() > 1 && **prefix != "AC")
            .map(|prefix| prefix.to_ascii_lowercase())
            .collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        let mut patterns = vec![
            r"specs/|\.kiro/|\.specify/|openspec/".to_owned(),
            r"[Ff]eature(?: [Bb]ranch| [Ii][Dd])?[ \t]*:|FEATURE:|[Ff]eature[ \t]+#?[0-9]{3}".to_owned(),
            r"(?:[Ss]pec|SPEC)[ \t]*[:#=-]?[ \t]*#?[0-9]{3}|@(?:spec|req|requirement|covers|verifies|implements)\b"
                .to_owned(),
            format!(r"(?:[Ss]tory|[Ss]tories|STORY|STORIES)[ _:#-]*{DIGIT}"),
            format!(
                r"(?-u:ストーリー|用户故事|使用者故事|스토리|[Hh]istoria|[Uu]suario|[Hh]ist\xC3\xB3ria|[Uu]su\xC3\xA1rio|[Uu]tilisateur)[ _:#-]*{DIGIT}"
            ),
            format!(r"(?:Requirements?|Criteri(?:on|a)|Validates):?[ \t]*{DIGIT}"),
            // tracey, OpenFastTrace, duvet; annotations.
            r"\[(?:impl|verify|depends|related) +[A-Za-z0-9]|\br\[[A-Za-z0-9][\w/-]*[.-]".to_owned(),
            r"~[0-9]+ *(?:\]|>>|,)|(?://|#|--|;)=[ \t]+[\w./-]+#".to_owned(),
            r"@(?:Requirements|SVCs|relation)\b|req_(?:satisfied|verified)|lobster-trace:".to_owned(),
        ];
        for long in long.chunks(LITERALS) {
            // `FR-001`, and with a group of its own: `FR-A1`, `FR-AUTH-001`.
            patterns.push(format!(r"\b(?:{})(?:{DASH}|{GROUP}){DIGIT}", one_of(long)));
        }
        if !letters.is_empty() {
            // One letter and a digit is in every hash and every type parameter.
            patterns.push(format!(r"\b(?:{}){DASH}{DIGIT}{{3}}", one_of(&letters)));
        }
        let in_names = if lower.is_empty() {
            None
        } else {
            Some(build(&format!(r"(?:{})[-_]?[0-9]", one_of(&lower)))?)
        };
        let anywhere = patterns
            .iter()
            .map(|pattern| build(pattern))
            .collect::<Option<_>>()?;
        Some(Self { anywhere, in_names })
    }

    fn is_match(&self, bytes: &[u8]) -> bool {
        let starts_part = |start: usize| {
            start
                .checked_sub(1)
                .is_none_or(|before| !bytes[before].is_ascii_alphanumeric())
        };
        self.anywhere.iter().any(|pattern| pattern.is_match(bytes))
            || self.in_names.as_ref().is_some_and(|names| {
                names
                    .find_iter(bytes)
                    .any(|found| starts_part(found.start()))
            })
    }
}

/// Prefixes in one pattern.
const LITERALS: usize = 12;

/// Named words, filed by their longest run of word bytes.
#[derive(Debug)]
struct Words {
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
    fn new(words: &[SmolStr]) -> Self {
        let mut filter = vec![0_u64; (1 << FILTER_BITS) / 64];
        let mut runs: FxHashMap<Box<[u8]>, Vec<Filed>> = FxHashMap::default();
        for (index, word) in (0_u32..).zip(words) {
            let Some((at, run)) = longest_run(word.as_bytes()) else {
                continue;
            };
            let hash = hash(run, 0, run.len());
            filter[hash / 64] |= 1 << (hash % 64);
            runs.entry(run.into()).or_default().push(Filed {
                index,
                word: word.clone(),
                at,
            });
        }
        Self {
            filter,
            runs,
            count: words.len(),
        }
    }

    fn find(&self, bytes: &[u8]) -> (Vec<u32>, bool) {
        let mut found = Vec::new();
        if self.runs.is_empty() {
            return (found, false);
        }
        let mut seen = vec![false; self.count];
        let mut more = false;
        each_run(bytes, |start, end| {
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
fn is_word(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26)
        | (byte.wrapping_sub(b'0') < 10)
        | (byte == b'_')
        | (byte >= 0x80)
}

/// Calls `visit` with start and end of each run of word bytes until it answers false.
fn each_run(bytes: &[u8], mut visit: impl FnMut(usize, usize) -> bool) {
    let mut open: Option<usize> = None;
    for (block, base) in bytes.chunks(64).zip((0..).step_by(64)) {
        let mask = word_mask(block);
        // A bit where a run begins or has ended.
        let mut edges = mask ^ (mask << 1 | u64::from(open.is_some()));
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

/// Bit `i` says whether byte `i` of at most 64 is of a word.
fn word_mask(block: &[u8]) -> u64 {
    let mut classes = [0_u8; 64];
    for (class, byte) in classes.iter_mut().zip(block) {
        *class = u8::from(is_word(*byte));
    }
    // Eight zeros and ones to eight bits: the product moves the one of byte i to bit 56 + i.
    classes.chunks_exact(8).rev().fold(0, |mask, eight| {
        mask << 8 | (few(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56)
    })
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

    fn words(list: &[&str]) -> GateWords {
        GateWords::new(
            &["FR", "NFR", "SC", "US", "T", "CHK"],
            &list.iter().map(SmolStr::new).collect::<Vec<_>>(),
        )
    }

    #[test]
    fn mentions_pass() {
        let words = words(&[]);
        for text in [
            "// FR-001",
            "FR001",
            "SC-002",
            "(US1)",
            "User Story 1",
            "T001",
            "test_fr_001_rejects",
            "/* specs/027-x */",
            "Feature: login",
            "@spec",
            "NFR-2",
            "FR-016f",
            "FR‑001",
            "FR-００１",
            "Requirements 2.3",
            ".kiro/specs/login",
            "spec 027",
            "def us1_login",
            "FR-001は",
            "// r[impl auth.login]",
            "// x[verify auth]",
            "// r[auth.login]",
            "// [impl->req~login~1]",
            "// [impl -> req~a~1, req~b~2]",
            "//= docs/login.md#sign-in",
            "@Requirements(\"a1\")",
            "# lobster-trace: auth.login",
        ] {
            assert!(gate(text.as_bytes(), &words), "{text}");
        }
    }

    #[test]
    fn other_text_does_not() {
        let words = words(&[]);
        for text in [
            "fn main() {}",
            "UTF-8 SHA-256",
            "BUS1",
            "focus1",
            "T01",
            "features",
            "aT001b",
            "a[i] -> b[impl]",
            "//========",
            "",
        ] {
            assert!(!gate(text.as_bytes(), &words), "{text}");
        }
        assert!(!gate(&[0xff, 0xfe, 0, 0x80], &words));
    }

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

    #[test]
    fn ids_with_a_group_pass() {
        let words = super::GateWords::new(&["FR", "T"], &[]);
        let passes = |text: &str| super::gate(text.as_bytes(), &words);
        for id in [
            "FR-001",
            "FR-A1",
            "FR-AUTH-001",
            "FR_AUTH_001",
            "FR-T\u{ff13}",
        ] {
            assert!(passes(&format!("// see {id}")), "{id}");
        }
        for other in ["FR-", "FRAME-1", "FR-AUTH", "T1"] {
            assert!(!passes(&format!("// see {other}")), "{other}");
        }
    }

    #[test]
    fn named_words_are_whole_words() {
        let list = [
            "SessionStore",
            "auth.login()",
            "user-id",
            "決済",
            "--",
            "Session",
            "store/auth.rs",
        ];
        let words = words(&list);
        let found = |text: &str| -> Vec<&str> {
            let (found, more) = named_words(text.as_bytes(), &words);
            assert!(!more);
            found
                .into_iter()
                .map(|index| list[index as usize])
                .collect()
        };
        assert_eq!(found("let x: SessionStore;"), ["SessionStore"]);
        assert_eq!(found("SessionStores MySessionStore"), [""; 0]);
        assert_eq!(found("Session { user-id } user_id"), ["user-id", "Session"]);
        assert_eq!(found("auth.login() auth.login"), ["auth.login()"]);
        assert_eq!(found("unauth.login()"), [""; 0]);
        assert_eq!(found("決済 決済処理"), ["決済"]);
        assert_eq!(found("src/store/auth.rs:1 --"), ["store/auth.rs"]);
        assert_eq!(found("user-ids"), [""; 0]);
    }
}
