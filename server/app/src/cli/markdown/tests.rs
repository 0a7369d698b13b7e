use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag};
use rules::Severity;
use settings::{Address, Suppression, Weakening};

use super::{MARKER, SHOWN, markdown};
use crate::cli::markup::tests::DIALECT;
use crate::cli::report::{Compared, Report, hostile};

fn visible(text: &str) -> usize {
    Parser::new_ext(text, DIALECT)
        .filter(|event| matches!(event, Event::Start(Tag::Item)))
        .count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn foreign_text_makes_no_structure(report in hostile::report()) {
        let text = markdown(&report);
        prop_assert_eq!(text.lines().next(), Some(MARKER));
        let told = report.findings.iter().filter(|it| it.severity > Severity::Hint).count();
        prop_assert_eq!(visible(&text), told.min(SHOWN) + report.lacks.len());
        for event in Parser::new_ext(&text, DIALECT) {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    prop_assert!(dest_url.starts_with(env!("CARGO_PKG_REPOSITORY")), "{dest_url}");
                }
                Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::BlockQuote(_) | Tag::Table(_)) => {
                    prop_assert!(false, "{text}");
                }
                Event::InlineHtml(html) => prop_assert_eq!(&*html, "<!-- -->"),
                Event::Html(html) => prop_assert_eq!(html.trim_end(), MARKER),
                _ => {}
            }
        }
    }

    #[test]
    fn reasons_are_quoted_whole_on_one_line(reason in hostile::text()) {
        let suppression = Suppression {
            address: Address::parse("specs/001-login").unwrap(),
            code: "phantom-task".to_owned(),
            fingerprint: None,
            reason,
            until: None,
            range: text::TextRange::default(),
        };
        let report = Report {
            since: Some(Compared { shown: "main".to_owned(), older: 2 }),
            weakened: vec![(0, Weakening { suppressed: vec![suppression], ..Weakening::default() })],
            ..Report::default()
        };
        let text = markdown(&report);
        prop_assert_eq!(visible(&text), 1, "{}", text);
        let first = text.lines().nth(1).unwrap();
        prop_assert!(first.contains("no new findings") && first.contains("1 suppression added"), "{first}");
    }
}
