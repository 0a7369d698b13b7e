//! What a mention of a spec can look like: patterns, each with the clues without which it stands nowhere.

use std::mem;

use regex::bytes::{Regex, RegexBuilder};

use super::clues::{Clue, Clues};

/// What a mention can look like. Several small patterns in place of one large, and each is only looked for where one of
/// its clues is.
#[derive(Debug)]
pub(super) struct Marks {
    marks: Vec<Mark>,
    clues: Box<Clues>,
}

#[derive(Debug)]
struct Mark {
    pattern: Regex,
    /// Only at the start of a part of a name.
    of_name: bool,
}

/// ASCII or full-width.
const DIGIT: &str = r"(?:[0-9]|\xEF\xBC[\x90-\x99])";
/// Every dash in use is a byte or three.
const DASH: &str = r"(?:[-_ ]|\xE2\x80[\x90-\x95]|\xEF\xBC\x8D)?";
/// Behind a dash, which is not a blank.
const GROUP: &str = r"(?:[-_]|\xE2\x80[\x90-\x95]|\xEF\xBC\x8D)[A-Z]{1,12}(?:[-_]|\xE2\x80[\x90-\x95]|\xEF\xBC\x8D)?";

/// The same behind one letter, where a single capital is what patterns of characters are full of: `[A-Z0-9]`.
const LONG_GROUP: &str = r"(?:[-_]|\xE2\x80[\x90-\x95]|\xEF\xBC\x8D)[A-Z]{2,12}(?:[-_]|\xE2\x80[\x90-\x95]|\xEF\xBC\x8D)?";

/// Prefixes in one pattern.
const LITERALS: usize = 12;

impl Marks {
    /// `None` if a pattern is too large to compile.
    pub(super) fn new(prefixes: &[impl AsRef<str>]) -> Option<Self> {
        let prefixes = prefixes.iter().map(AsRef::as_ref);
        let (letters, long): (Vec<&str>, Vec<&str>) = prefixes
            .filter(|prefix| !prefix.is_empty())
            .partition(|prefix| prefix.len() == 1);
        let lower: Vec<String> = long
            .iter()
            // No name is read as an AC.
            .filter(|prefix| prefix.is_ascii() && **prefix != "AC")
            .map(|prefix| prefix.to_ascii_lowercase())
            .collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        let mut list = List::default();
        list.add_standard()?;
        for long in long.chunks(LITERALS) {
            // `FR-001`, and with a group of its own: `FR-A1`, `FR-AUTH-001`.
            let pattern = format!(r"\b(?:{})(?:{DASH}|{GROUP}){DIGIT}", one_of(long));
            list.add(&pattern, long.iter().map(|prefix| Clue::id(prefix)))?;
        }
        if !letters.is_empty() {
            // One letter and a digit is in every hash and every type parameter.
            let pattern = format!(r"\b(?:{}){DASH}{DIGIT}{{3}}", one_of(&letters));
            list.add(
                &pattern,
                letters.iter().map(|letter| Clue::short_id(letter)),
            )?;
            let pattern = format!(r"\b(?:{}){LONG_GROUP}{DIGIT}", one_of(&letters));
            list.add(&pattern, letters.iter().map(|letter| Clue::id(letter)))?;
        }
        if !lower.is_empty() {
            let pattern = format!(r"(?:{})[-_]?[0-9]", one_of(&lower));
            list.add(&pattern, lower.iter().map(|prefix| Clue::in_name(prefix)))?;
            list.marks.last_mut()?.of_name = true;
        }
        Some(Self {
            marks: list.marks,
            clues: Box::new(Clues::new(&list.clues)),
        })
    }

    pub(super) fn is_match(&self, bytes: &[u8]) -> bool {
        // Of each mark, whether it was looked for.
        let mut done: Vec<bool> = Vec::new();
        self.clues.any(bytes, |mark| {
            if done.is_empty() {
                done.resize(self.marks.len(), false);
            }
            !mem::replace(&mut done[mark], true) && self.marks[mark].is_match(bytes)
        })
    }
}

impl Mark {
    fn is_match(&self, bytes: &[u8]) -> bool {
        if !self.of_name {
            return self.pattern.is_match(bytes);
        }
        let starts_part = |start: usize| {
            start
                .checked_sub(1)
                .is_none_or(|before| !bytes[before].is_ascii_alphanumeric())
        };
        let mut found = self.pattern.find_iter(bytes);
        found.any(|found| starts_part(found.start()))
    }
}

fn one_of(prefixes: &[&str]) -> String {
    let prefixes = prefixes.iter().map(|prefix| regex::escape(prefix));
    prefixes.collect::<Vec<_>>().join("|")
}

/// Marks, and clues with the number of theirs.
#[derive(Default)]
struct List {
    marks: Vec<Mark>,
    clues: Vec<(Clue, usize)>,
}

impl List {
    fn add(&mut self, pattern: &str, clues: impl IntoIterator<Item = Clue>) -> Option<()> {
        let mark = self.marks.len();
        self.marks.push(Mark {
            pattern: RegexBuilder::new(pattern).unicode(false).build().ok()?,
            of_name: false,
        });
        self.clues
            .extend(clues.into_iter().map(|clue| (clue, mark)));
        Some(())
    }

    /// Marks that do not depend on prefixes.
    fn add_standard(&mut self) -> Option<()> {
        self.add(
            r"specs/|\.kiro/|\.specify/|openspec/",
            ["specs", ".kiro", ".specify", "openspec"].map(Clue::slash),
        )?;
        let ids = ["eature id", "eature iD", "eature Id", "eature ID"];
        let features = ["eature", "eature branch", "eature Branch", "FEATURE"];
        self.add(
            r"[Ff]eature(?: [Bb]ranch| [Ii][Dd])?[ \t]*:|FEATURE:|[Ff]eature[ \t]+#?[0-9]{3}",
            ids.into_iter()
                .chain(features)
                .map(Clue::colon)
                .chain([Clue::numbers("eature")]),
        )?;
        let signs = [
            "spec",
            "req",
            "requirement",
            "covers",
            "verifies",
            "implements",
        ];
        self.add(
            r"(?:[Ss]pec|SPEC)[ \t]*[:#=-]?[ \t]*#?[0-9]{3}|@(?:spec|req|requirement|covers|verifies|implements)\b",
            signs.into_iter().map(Clue::sign).chain(["pec", "SPEC"].map(Clue::numbers)),
        )?;
        self.add(
            &format!(r"(?:[Ss]tory|[Ss]tories|STORY|STORIES)[ _:#-]*{DIGIT}"),
            ["tory", "tories", "STORY", "STORIES"].map(Clue::number),
        )?;
        let stories = [
            "ストーリー",
            "用户故事",
            "使用者故事",
            "스토리",
            "istoria",
            "suario",
            "istória",
            "suário",
            "tilisateur",
        ];
        self.add(
            &format!(
                r"(?-u:ストーリー|用户故事|使用者故事|스토리|[Hh]istoria|[Uu]suario|[Hh]ist\xC3\xB3ria|[Uu]su\xC3\xA1rio|[Uu]tilisateur)[ _:#-]*{DIGIT}"
            ),
            stories.map(Clue::number),
        )?;
        self.add(
            &format!(r"(?:Requirements?|Criteri(?:on|a)|Validates):?[ \t]*{DIGIT}"),
            [
                "Requirement",
                "Requirements",
                "Criterion",
                "Criteria",
                "Validates",
            ]
            .map(Clue::number),
        )?;
        // tracey, OpenFastTrace, duvet; annotations.
        let links = ["impl ", "verify ", "depends ", "related "];
        self.add(
            r"\[(?:impl|verify|depends|related) +[A-Za-z0-9]|\br\[[A-Za-z0-9][\w/-]*[.-]",
            links
                .into_iter()
                .map(Clue::in_brackets)
                .chain([Clue::bracket("r")]),
        )?;
        self.add(
            r"~[0-9]+ *(?:\]|>>|,)|(?://|#|--|;)=[ \t]+[\w./-]+#",
            ["//", "#", "--", ";"]
                .into_iter()
                .map(Clue::equals)
                .chain([Clue::number("~")]),
        )?;
        let signs = ["Requirements", "SVCs", "relation"];
        let mut clues: Vec<Clue> = signs.into_iter().map(Clue::sign).collect();
        clues.extend(["_satisfied", "_verified"].map(|behind| Clue::q("re", behind)));
        clues.push(Clue::colon("lobster-trace"));
        self.add(
            r"@(?:Requirements|SVCs|relation)\b|req_(?:satisfied|verified)|lobster-trace:",
            clues,
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of marks, of what is nearly one, and of other text.
    const PIECES: &[&str] = &[
        "FR",
        "fr",
        "NFR",
        "US",
        "us",
        "SC",
        "AC",
        "ac",
        "REQ-",
        "R2",
        "D",
        "Parcel",
        "parcel",
        "要件",
        "AUTH",
        "A",
        "FR-ABCDEFGHIJKL",
        "ABCDEFGHIJKLM",
        "0",
        "1",
        "27",
        "001",
        "１",
        "００１",
        "\u{ff0c}",
        "-",
        "_",
        " ",
        "\t",
        "\u{2010}",
        "\u{2011}",
        "\u{2014}",
        "\u{2015}",
        "\u{2016}",
        "\u{ff0d}",
        ":",
        "#",
        "=",
        "~",
        ".",
        ",",
        "/",
        "//",
        "--",
        ";",
        "[",
        "]",
        ">>",
        "@",
        "(",
        "\n",
        "\r\n",
        "x",
        "は",
        "specs",
        ".kiro",
        ".specify",
        "openspec",
        "feature",
        "Feature",
        "FEATURE",
        " branch",
        " Branch",
        " id",
        " Id",
        " iD",
        " ID",
        "spec",
        "Spec",
        "SPEC",
        "req",
        "requirement",
        "covers",
        "verifies",
        "implements",
        "story",
        "Stories",
        "STORY",
        "STORIES",
        "ストーリー",
        "用户故事",
        "使用者故事",
        "스토리",
        "historia",
        "Usuario",
        "História",
        "usuário",
        "utilisateur",
        "Requirement",
        "Requirements",
        "Criterion",
        "Criteria",
        "Validates",
        "impl",
        "verify",
        "depends",
        "related",
        "r",
        "Requirements",
        "SVCs",
        "relation",
        "_satisfied",
        "_verified",
        "lobster-trace",
    ];

    fn text() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            12 => proptest::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
            1 => proptest::collection::vec(any::<u8>(), 1..4),
            // Over the edge of a block.
            1 => (50_usize..70).prop_map(|length| vec![b' '; length]),
        ];
        proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
    }

    /// With prefixes that no workspace has, too.
    fn prefixes() -> impl Strategy<Value = Vec<&'static str>> {
        let known = [
            "FR", "NFR", "US", "SC", "AC", "CHK", "D", "R", "R2", "V", "REQ-", "REQ", "Parcel",
            "要件", "FR-AUTH", "1", "１", "-", "", "x", "_",
        ];
        proptest::sample::subsequence(known.to_vec(), 0..known.len())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// The patterns alone, each over all of the bytes, are the truth.
        #[test]
        fn no_mark_is_without_a_clue(
            prefixes in prefixes(),
            texts in proptest::collection::vec(text(), 100),
        ) {
            let marks = Marks::new(&prefixes).unwrap();
            for bytes in texts {
                let mut clues = vec![false; marks.marks.len()];
                marks.clues.any(&bytes, |mark| {
                    clues[mark] = true;
                    false
                });
                let mut any = false;
                for (mark, clue) in marks.marks.iter().zip(clues) {
                    let matches = mark.is_match(&bytes);
                    prop_assert!(clue || !matches, "{} in {:?}", mark.pattern, bytes);
                    any |= matches;
                }
                prop_assert_eq!(marks.is_match(&bytes), any);
            }
        }
    }

    /// That the pieces make something of each kind is not left to chance.
    #[test]
    fn pieces_make_all_marks() {
        let marks = Marks::new(&["FR", "D"]).unwrap();
        let texts = [
            "openspec/",
            "Feature branch :",
            "spec 001",
            "Stories １",
            "用户故事 1",
            "Criteria:1",
            "r[impl r-",
            "//= specs#",
            "req_verified",
            "FR\u{2011}AUTH\u{ff0d}１",
            "D００１",
            "D\u{2013}EXE８",
            "x_fr_1",
        ];
        for (mark, text) in marks.marks.iter().zip(texts) {
            assert!(mark.is_match(text.as_bytes()), "{text}");
            assert!(marks.is_match(text.as_bytes()), "{text}");
        }
        assert_eq!(marks.marks.len(), texts.len());
        assert!(marks.is_match(b"FR-ABCDEFGHIJKL1"));
        assert!(!marks.is_match(b"FR-ABCDEFGHIJKLM1"));
        assert!(marks.is_match(b"D-AUTH-2"));
        assert!(!marks.is_match(b"[C-D-Z0-9]"));
    }
}
