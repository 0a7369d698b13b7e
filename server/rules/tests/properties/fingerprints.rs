//! A fingerprint is the same while the finding is: lines above, line breaks and marks do not count.

use rules::Checked;

use super::workspaces::{Files, all, graph};

/// Code and fingerprint of every finding.
fn prints(files: &Files) -> Vec<(&'static str, String)> {
    let checked = Checked::new(&graph(files));
    let mut prints: Vec<_> = checked
        .features()
        .flat_map(|(feature, all)| {
            let print =
                |finding: &rules::Finding| (finding.code, finding.fingerprint(&feature.path));
            all.findings.iter().map(print).collect::<Vec<_>>()
        })
        .collect();
    prints.sort();
    prints
}

/// A hundred lines of prose behind the title.
fn lengthened(text: &str) -> String {
    let Some(title) = text.find("# ") else {
        return text.to_owned();
    };
    let end = text[title..]
        .find('\n')
        .map_or(text.len(), |at| title + at + 1);
    let line = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let prose = format!("A line of prose.{line}").repeat(100);
    format!("{}{line}{prose}{line}{}", &text[..end], &text[end..])
}

#[test]
fn a_hundred_lines_above_change_none() {
    let mut codes = std::collections::BTreeSet::new();
    for files in all() {
        let before = prints(&files);
        codes.extend(before.iter().map(|(code, _)| *code));
        let longer: Files = files
            .iter()
            .map(|(path, text)| {
                let is_document =
                    path.starts_with("specs/") && path.rsplit('.').next() == Some("md");
                let text = if is_document {
                    lengthened(text)
                } else {
                    text.clone()
                };
                (path.clone(), text)
            })
            .collect();
        assert_eq!(prints(&longer), before);
    }
    assert!(codes.len() >= 10, "{codes:?} are too few to say anything");
}

#[test]
fn line_breaks_and_a_byte_order_mark_change_none() {
    for forms in all().chunks(3) {
        let [windows, marked, plain] = forms else {
            panic!("three forms of each");
        };
        assert_eq!(prints(windows), prints(plain));
        assert_eq!(prints(marked), prints(plain));
    }
}
