//! `docs/spec-analyzer.schema.json` and `docs/configuration.md` say what the reader accepts. `UPDATE_PAGES=1` writes the
//! schema.

use std::path::{Path, PathBuf};

use rules::CATALOGUE;

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(name)
}

fn codes() -> Vec<&'static str> {
    CATALOGUE
        .iter()
        .map(|rule| rule.descriptor().code)
        .collect()
}

#[test]
fn the_schema_is_that_of_the_reader() {
    let schema = serde_json::to_string_pretty(&settings::schema(&codes())).unwrap() + "\n";
    let path = docs("spec-analyzer.schema.json");
    if std::env::var_os("UPDATE_PAGES").is_some() {
        std::fs::write(&path, &schema).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap();
    assert_eq!(written, schema, "UPDATE_PAGES=1 writes it anew");
}

#[test]
fn the_page_shows_every_key_in_examples_that_are_right() {
    let page = std::fs::read_to_string(docs("configuration.md")).unwrap();
    let mut examples = page.split("```toml\n").skip(1).peekable();
    assert!(examples.peek().is_some());
    let mut shown = String::new();
    for example in examples {
        let example = example.split("```").next().unwrap();
        let read = settings::read(example, &codes());
        assert_eq!(read.problems, [], "{example}");
        shown.push_str(example);
    }
    for key in settings::TOP_KEYS.iter().chain(settings::SUPPRESS_KEYS) {
        assert!(
            shown.contains(&format!("{} = ", key.name))
                || shown.contains(&format!("[{}]", key.name)),
            "{} is not shown",
            key.name
        );
    }
}
