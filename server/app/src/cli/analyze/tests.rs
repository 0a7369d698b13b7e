use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use rules::Severity;

use super::{ROWS, analyze};
use crate::cli::coverage::Covered;
use crate::cli::markup::tests::DIALECT;
use crate::cli::report::hostile;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_finding_is_one_row_of_six_cells(report in hostile::report(), id in hostile::text()) {
        let covered: Vec<Covered> = (0..2).map(|_| Covered::of_one(&id)).collect();
        let text = analyze(&report, &covered);
        let (mut rows, mut cells, mut in_row) = (Vec::new(), 0, false);
        for event in Parser::new_ext(&text, DIALECT) {
            match event {
                Event::Start(Tag::TableRow) => (cells, in_row) = (0, true),
                Event::Start(Tag::TableCell) if in_row => cells += 1,
                Event::End(TagEnd::TableRow) => { rows.push(cells); in_row = false; }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    prop_assert!(dest_url.starts_with(env!("CARGO_PKG_REPOSITORY")));
                }
                Event::InlineHtml(html) => prop_assert_eq!(&*html, "<!-- -->"),
                Event::Html(_) | Event::Start(Tag::CodeBlock(_) | Tag::Image { .. }) => prop_assert!(false, "{text}"),
                _ => {}
            }
        }
        let told = |at| report.findings.iter()
            .filter(|it| it.feature == at && it.severity > Severity::Hint).count().min(ROWS);
        prop_assert_eq!(rows.iter().filter(|cells| **cells == 6).count(), told(0) + told(1));
        prop_assert_eq!(rows.iter().filter(|cells| **cells == 4).count(), 2);
        prop_assert_eq!(rows.len(), told(0) + told(1) + 2);
    }
}
