//! `docs/rules/` is what the catalogue says. `UPDATE_PAGES=1` writes it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rules::{CATALOGUE, page, table};
use settings::Level;

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules")
}

#[test]
fn pages_are_those_of_the_catalogue() {
    let mut pages = vec![("README.md".to_owned(), table())];
    for rule in CATALOGUE {
        let descriptor = rule.descriptor();
        pages.push((format!("{}.md", descriptor.code), page(descriptor)));
    }
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::create_dir_all(directory()).unwrap();
        for (name, text) in &pages {
            fs::write(directory().join(name), text).unwrap();
        }
    }
    let expected: BTreeSet<_> = pages.iter().map(|(name, _)| name.clone()).collect();
    let there: BTreeSet<_> = fs::read_dir(directory())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(
        there, expected,
        "a page too many or too few; UPDATE_PAGES=1 writes those that lack"
    );
    for (name, text) in pages {
        let written = fs::read_to_string(directory().join(&name)).unwrap();
        assert_eq!(
            written, text,
            "{name} is old; UPDATE_PAGES=1 writes it anew"
        );
    }
}

#[test]
fn codes_are_unique_and_name_their_pages() {
    let codes: BTreeSet<_> = CATALOGUE
        .iter()
        .map(|rule| rule.descriptor().code)
        .collect();
    assert_eq!(codes.len(), CATALOGUE.len());
    for code in codes {
        assert!(
            code.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{code}"
        );
        assert_eq!(
            rules::rule(code).map(|rule| rule.descriptor().code),
            Some(code)
        );
    }
}

#[test]
fn messages_give_facts_and_no_orders() {
    for rule in CATALOGUE {
        let descriptor = rule.descriptor();
        assert!(!descriptor.messages.is_empty(), "{}", descriptor.code);
        for message in descriptor.messages {
            for order in ["should", "must ", "please", "Please"] {
                assert!(
                    !message.en.contains(order),
                    "{}: {}",
                    descriptor.code,
                    message.en
                );
            }
            assert!(
                message.en.ends_with('.') && message.ja.ends_with('。'),
                "{}: {message:?}",
                descriptor.code
            );
            assert_eq!(
                gaps(message.en),
                gaps(message.ja),
                "{}: {message:?}",
                descriptor.code
            );
        }
    }
}

fn gaps(template: &str) -> BTreeSet<&str> {
    let parts = template.split('{').skip(1);
    parts
        .filter_map(|part| part.split_once('}'))
        .map(|(gap, _)| gap)
        .collect()
}

#[test]
fn no_rule_is_louder_than_its_figures_allow() {
    for rule in CATALOGUE {
        let descriptor = rule.descriptor();
        if descriptor.group.parity().is_some() {
            continue;
        }
        let measured = descriptor
            .measured
            .unwrap_or_else(|| panic!("{} was never measured", descriptor.code));
        let precision = f64::from(measured.right) / f64::from(measured.judged.max(1));
        let recall = f64::from(measured.found) / f64::from(measured.seeded.max(1));
        let shown = descriptor.shown();
        assert!(
            shown <= Level::from(descriptor.severity),
            "{}",
            descriptor.code
        );
        if shown > Level::Off && measured.judged >= 5 {
            assert!(precision >= 0.6, "{}: {precision}", descriptor.code);
        }
        if shown >= Level::Warning {
            assert!(measured.judged >= 20, "{} is unproven", descriptor.code);
            assert!(
                precision >= 0.9 && recall >= 0.9,
                "{}: {precision}, {recall}",
                descriptor.code
            );
        }
        if shown == Level::Error {
            assert!(precision >= 0.95, "{}: {precision}", descriptor.code);
        }
    }
}
