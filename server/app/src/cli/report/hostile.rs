//! Reports whose names and messages try to break out of every format.

use std::collections::BTreeMap;

use documents::ItemKind;
use proptest::prelude::*;
use rules::{CATALOGUE, Severity};
use text::FileId;
use trace::ItemKey;

use super::{Checked, Fix, Place, Point, Report, Reported, Root};

const PIECES: &[&str] = &[
    "a",
    "b c",
    "specs/001-x",
    "FR-001",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "::",
    "::error ::",
    "%",
    "%0A",
    ",",
    ":",
    "|",
    "`",
    "``",
    "]]>",
    "<!--",
    "-->",
    "<script>",
    "&amp;",
    "&",
    "\"",
    "'",
    "\u{0}",
    "\u{1b}[31m",
    "\u{85}",
    "\u{2028}",
    "\u{fffe}",
    "\u{feff}",
    "\\",
    "*",
    "_",
    "[x](http://a)",
    "#",
    "# ",
    "- ",
    "> ",
    "~~",
    "@someone",
    "é",
    "日本",
    "🎉",
    "C:\\x\\y",
    " ",
    "~~~",
    "```",
    "&#10;",
    "$",
    "  \n",
    "1. ",
    "---",
    "===",
];

/// Any text made of such pieces, or of any characters.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let pieces =
        prop::collection::vec(prop::sample::select(PIECES), 1..8).prop_map(|all| all.concat());
    prop_oneof![4 => pieces, 1 => any::<String>()]
}

fn place() -> impl Strategy<Value = Place> {
    (0..2usize, text(), 1..90u32, 1..40u32, 0..3u32, 0..40u32).prop_map(
        |(root, path, line, column, lines, columns)| Place {
            file: FileId(0),
            root,
            path,
            start: Point {
                line,
                column,
                character: column,
                byte: line * 100 + column,
            },
            end: Point {
                line: line + lines,
                column: column + columns,
                character: column + columns,
                byte: (line + lines) * 100 + column + columns,
            },
        },
    )
}

fn severity() -> impl Strategy<Value = Severity> {
    prop::sample::select(vec![
        Severity::Error,
        Severity::Warning,
        Severity::Information,
        Severity::Hint,
    ])
}

fn code() -> impl Strategy<Value = &'static str> {
    (0..CATALOGUE.len()).prop_map(|at| CATALOGUE[at].descriptor().code)
}

fn item((unit, id): (String, String)) -> ItemKey {
    ItemKey {
        project: String::new().into(),
        unit: unit.into(),
        kind: ItemKind::Requirement,
        key: vec![id.into()],
        nth: 1,
    }
}

fn finding(features: usize) -> impl Strategy<Value = Reported> {
    let fix = (text(), prop::collection::vec((place(), text()), 0..3))
        .prop_map(|(title, edits)| Fix { title, edits });
    let what = (code(), severity(), text(), 0..features, place());
    let more = (
        prop::option::of((text(), text()).prop_map(item)),
        prop::collection::vec((place(), text()), 0..3),
        prop::collection::vec(fix, 0..2),
        any::<u64>(),
    );
    (what, more).prop_map(
        |((code, severity, message, feature, place), (item, related, fixes, print))| Reported {
            code,
            severity,
            message,
            feature,
            place,
            item,
            basis: "declared",
            fingerprint: format!("{print:016x}"),
            related,
            fixes,
        },
    )
}

/// Any report of two roots and two features.
pub(crate) fn report() -> impl Strategy<Value = Report> {
    let feature = (0..2usize, text(), code(), text()).prop_map(|(root, path, code, why)| Checked {
        root,
        path,
        decided: BTreeMap::new(),
        unknown: BTreeMap::from([(code, (3, why))]),
    });
    let root = |(name, prefix): (String, bool)| Root {
        uri: "file:///a%20b/".to_owned(),
        prefix: if prefix {
            format!("{name}/")
        } else {
            String::new()
        },
        name,
    };
    (
        prop::collection::vec(text(), 0..3),
        prop::collection::vec((text(), any::<bool>()).prop_map(root), 2),
        prop::collection::vec(feature, 2),
        prop::collection::vec(finding(2), 0..40),
        prop::collection::vec((finding(2), text()), 0..3),
    )
        .prop_map(|(lacks, roots, features, findings, suppressed)| Report {
            roots,
            features,
            findings,
            suppressed,
            lacks,
            ..Report::default()
        })
}
