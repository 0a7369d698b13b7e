use proptest::prelude::*;
use rules::Severity;

use super::{SHOWN, github};
use crate::cli::report::hostile;

/// A command as the service's runner reads it: name, properties, text.
fn read(line: &str) -> (String, Vec<(String, String)>, String) {
    let rest = line.strip_prefix("::").unwrap();
    let (head, text) = rest.split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap();
    let plain = |text: &str| {
        text.replace("%0D", "\r")
            .replace("%0A", "\n")
            .replace("%3A", ":")
            .replace("%2C", ",")
            .replace("%25", "%")
    };
    let properties = properties
        .split(',')
        .map(|each| each.split_once('=').unwrap())
        .map(|(key, value)| (key.to_owned(), plain(value)))
        .collect();
    let text = text
        .replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%25", "%");
    (name.to_owned(), properties, text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_line_is_one_command(report in hostile::report()) {
        let text = github(&report);
        let worst = report.worst_first();
        let mut seen = 0;
        for line in text.split_terminator('\n') {
            let (name, properties, message) = read(line);
            let property = |key: &str| {
                properties.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
            };
            if property("title") == Some("phase") {
                prop_assert!(report.lacks.contains(&message));
                continue;
            }
            let Some(file) = property("file") else {
                prop_assert_eq!(message, format!("{} more finding{} not shown here.",
                    worst.len() - seen, if worst.len() - seen == 1 { "" } else { "s" }));
                continue;
            };
            let found = worst.iter().any(|finding| {
                finding.message == message
                    && report.path_from_top(&finding.place) == file
                    && property("title") == Some(finding.code)
                    && property("line") == Some(finding.place.start.line.to_string().as_str())
                    && name == match finding.severity {
                        Severity::Error => "error",
                        Severity::Warning => "warning",
                        _ => "notice",
                    }
            });
            prop_assert!(found, "{line}");
            prop_assert_eq!(property("col").is_some(), property("line") == property("endLine"));
            seen += 1;
        }
        for name in ["::error ", "::warning ", "::notice "] {
            prop_assert!(text.lines().filter(|line| line.starts_with(name)).count() <= SHOWN);
        }
    }
}
