use proptest::prelude::*;
use rules::{CATALOGUE, Severity};

use super::junit;
use crate::cli::report::hostile;

/// What XML can hold of a text.
fn held(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\n' | '\r' => c,
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_text_comes_back(report in hostile::report()) {
        let text = junit(&report, |severity| severity >= Severity::Warning);
        let xml = roxmltree::Document::parse(&text).unwrap();
        let named = |name: &'static str| xml.descendants().filter(move |node| node.has_tag_name(name));
        let suites: Vec<_> = named("testsuite").collect();
        prop_assert_eq!(suites.len(), 2 + usize::from(!report.lacks.is_empty()));
        for (suite, feature) in suites.iter().zip(&report.features) {
            let wanted = held(&format!("{}/{}", report.roots[feature.root].name, feature.path));
            prop_assert_eq!(suite.attribute("name"), Some(wanted.as_str()));
        }
        prop_assert_eq!(named("testcase").count(), 2 * CATALOGUE.len() + report.lacks.len());
        let told: Vec<_> = named("testcase").filter(|node| node.attribute("classname") == Some("phase")).filter_map(|node| node.attribute("name")).collect();
        prop_assert!(report.lacks.iter().all(|lack| told.contains(&held(lack).as_str())));
        let written: String = named("failure").chain(named("system-out")).filter_map(|node| node.text()).collect();
        for finding in &report.findings {
            prop_assert!(written.contains(&held(&finding.message)), "{} in {written}", finding.message);
            prop_assert!(written.contains(&held(&finding.place.path)));
        }
        let root = xml.root_element();
        let counted = |name: &str| root.attribute(name).unwrap().parse::<usize>().unwrap();
        prop_assert_eq!(counted("failures"), named("failure").count());
        prop_assert_eq!(counted("skipped"), named("skipped").count());
        prop_assert_eq!(counted("tests"), named("testcase").count());
    }
}
