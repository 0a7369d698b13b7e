//! Rename and renumber as an editor offers them: where, what it says, in which language.

use fixture::Fixture;
use ide::Analysis;
use rules::Locale;
use text::TextRange;

fn analysis(fixture: &Fixture) -> Analysis {
    Analysis::new(std::sync::Arc::new(fixture.graph.clone()))
}

const GAP: &str = "\
//- /specs/001-a/spec.md
# Feature Specification: A

## Requirements

- **FR-001**: a
- **FR-003**: b

## Notes

Nothing
//- /specs/001-a/tasks.md
# Tasks: A

- [ ] T001 One (FR-003)
- [ ] T002 Two
";

/// Titles of the renumbering actions at the `$0` of a workspace.
fn offered(workspace: &str) -> Vec<String> {
    let fixture = Fixture::parse(workspace);
    let (file, at) = fixture.cursor.unwrap();
    let actions = analysis(&fixture).code_actions(file, TextRange::empty(at), Locale::English);
    let titles = actions.into_iter().map(|action| action.title);
    titles.filter(|it| it.starts_with("Renumber")).collect()
}

#[test]
fn renumbering_is_offered_above_what_is_out_of_order() {
    for (at, expected) in [
        ("# Feature$0 Specification", 1),
        ("## Requirements$0", 1),
        ("## Notes$0", 0),
        ("- **FR-001**: a$0", 0),
        ("# Tasks$0", 0),
    ] {
        let plain = at.replace("$0", "");
        let titles = offered(&GAP.replacen(&plain, at, 1));
        assert_eq!(titles.len(), expected, "{at}: {titles:?}");
        for title in titles {
            assert_eq!(title, "Renumber FR-… in order (2 ids)");
        }
    }
}

#[test]
fn a_refusal_names_the_place_in_the_readers_language() {
    let fixture = Fixture::parse(&GAP.replace("FR-001", "FR-$0001"));
    let (file, at) = fixture.cursor.unwrap();
    let analysis = analysis(&fixture);
    let found = analysis
        .renamable(file, at, Locale::English)
        .unwrap()
        .unwrap();
    assert_eq!(
        (fixture_text(&fixture, file, found.range), found.id.as_str()),
        ("FR-001", "FR-001")
    );
    let texts = |file: text::FileId| Ok(fixture.text(file).into());
    let said = |locale| {
        analysis
            .rename(&found.items, "FR-003", &texts, locale)
            .unwrap_err()
    };
    assert_eq!(
        said(Locale::English),
        "FR-003 is defined already, at specs/001-a/spec.md:6."
    );
    assert_eq!(
        said(Locale::Japanese),
        "FR-003 はすでに specs/001-a/spec.md:6 で定義されています。"
    );
    let renaming = analysis
        .rename(&found.items, "9", &texts, Locale::English)
        .unwrap();
    assert_eq!(
        Analysis::headline(&renaming, Locale::English),
        "Rename FR-001 to FR-9"
    );
    assert_eq!(
        Analysis::reach(&renaming, Locale::English),
        "1 place in 1 file"
    );
}

fn fixture_text(fixture: &Fixture, file: text::FileId, range: TextRange) -> &str {
    text::slice(fixture.text(file), range)
}
