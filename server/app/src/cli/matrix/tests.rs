//! Names that try to break out of the matrix, and what a reader sees of them.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Format, text};
use crate::cli::coverage::Report;
use crate::cli::markup::one_line;
use crate::cli::report::hostile;

fn written(name: &str, format: Format) -> String {
    text(Report::of(&[name]), format).unwrap()
}

/// What stands in a page but its script and style, as a tree.
fn seen(page: &str) -> (BTreeSet<String>, String) {
    let main = &page[page.find("<main>").unwrap()..page.find("</main>").unwrap() + 7];
    let tree = roxmltree::Document::parse(main).unwrap();
    let elements = tree.descendants().filter(roxmltree::Node::is_element);
    let texts = tree.descendants().filter_map(|node| {
        let text = node.text().filter(|_| node.is_text());
        text.map(str::to_owned)
    });
    (
        elements
            .map(|node| {
                let attributes = node.attributes().map(|it| it.name().to_owned());
                let names: Vec<String> = attributes.collect();
                format!("{} {}", node.tag_name().name(), names.join(" "))
            })
            .collect(),
        texts.collect(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_name_adds_no_element_and_no_attribute_to_the_page(name in hostile::text()) {
        let (elements, texts) = seen(&written(&name, Format::Html));
        let (plain, _) = seen(&written("plain", Format::Html));
        prop_assert_eq!(elements, plain);
        let shown = one_line(name.trim()).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
        prop_assert!(texts.contains(&shown), "{} in {}", shown, texts);
    }

    #[test]
    fn a_name_comes_back_from_the_spreadsheet_and_is_no_formula(name in hostile::text()) {
        let csv = written(&name, Format::Csv);
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(records.len(), 1);
        prop_assert_eq!(records[0][3].trim_start_matches('\''), name.trim_start_matches('\''));
        for field in &records[0] {
            prop_assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", field);
        }
    }

    #[test]
    fn a_name_stays_in_its_cell_of_the_table(name in hostile::text()) {
        let markdown = written(&name, Format::Markdown);
        let lines = markdown.lines().count();
        prop_assert_eq!(lines, written("plain", Format::Markdown).lines().count());
    }
}

#[test]
fn a_page_holds_all_it_needs_and_runs_only_its_own_script() {
    let page = written("</script><script>alert(1)</script>", Format::Html);
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    for outside in ["http:", "https:", "src=", "href=", "url(", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
    let nonce = page.split("nonce-").nth(1).unwrap();
    let nonce = &nonce[..nonce.find('\'').unwrap()];
    assert_eq!(page.matches(&format!("nonce=\"{nonce}\"")).count(), 2);
    assert!(page.contains("default-src 'none'"));
    let other = written("other", Format::Html);
    assert!(!other.contains(nonce), "the nonce depends on what is shown");
    assert_eq!(
        page,
        written("</script><script>alert(1)</script>", Format::Html)
    );
}
