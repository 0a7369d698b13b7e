//! The gate: whether a file is worth parsing, by one scan of its bytes.
//!
//! Most files of a repository neither mention a spec item nor hold a name that a document speaks of.
//! It may let a file pass that holds nothing; it must not stop one that holds a mention, but for an id of one letter and
//! fewer than three digits (`T46`): that is in every hash.

mod blocks;
mod clues;
mod marks;
mod named;

use std::sync::OnceLock;

use smol_str::SmolStr;

use marks::Marks;
use named::Words;

/// Most named words one call of [`named_words`] answers with.
pub const MAX_NAMED: usize = 4_096;

/// What the gate looks for; build it once per set of documents.
#[derive(Debug)]
pub struct GateWords {
    prefixes: Vec<SmolStr>,
    /// Made when they are first asked for, since it takes milliseconds; `None`: a list too long for patterns.
    marks: OnceLock<Option<Marks>>,
    words: Words,
}

impl GateWords {
    /// `prefixes`: of ids (`FR`, `SC`, `US` ...). `words`: names that documents mention, in any number;
    /// one without a letter or digit is never found.
    #[must_use]
    pub fn new(prefixes: &[&str], words: &[SmolStr]) -> Self {
        Self {
            prefixes: prefixes.iter().map(SmolStr::new).collect(),
            marks: OnceLock::new(),
            words: Words::new(words),
        }
    }
}

/// Whether a file can hold a spec mention: an id (`FR-001`, `US1`, `test_fr_001`), `User Story 1`,
/// `Requirements 2.3`, `specs/...`, `Feature: ...`, `spec 027`, `@spec`.
#[must_use]
pub fn gate(bytes: &[u8], words: &GateWords) -> bool {
    let marks = words.marks.get_or_init(|| Marks::new(&words.prefixes));
    // An absurd list of prefixes: then every file passes.
    marks.as_ref().is_none_or(|marks| marks.is_match(bytes))
}

/// Which of the words given to [`GateWords::new`] occur as whole words, as sorted indices into that list.
/// At most [`MAX_NAMED`]; true beside them if there may be more.
#[must_use]
pub fn named_words(bytes: &[u8], words: &GateWords) -> (Vec<u32>, bool) {
    words.words.find(bytes)
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
    fn ids_with_a_group_pass() {
        let words = super::GateWords::new(&["FR", "T"], &[]);
        let passes = |text: &str| super::gate(text.as_bytes(), &words);
        for id in [
            "FR-001",
            "FR-A1",
            "FR-AUTH-001",
            "FR_AUTH_001",
            "FR-T\u{ff13}",
            "T-AUTH-2",
            "T\u{2013}EXE\u{ff18}",
        ] {
            assert!(passes(&format!("// see {id}")), "{id}");
        }
        for other in ["FR-", "FRAME-1", "FR-AUTH", "T1", "[A-T-Z0-9]", "T-Z1"] {
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
