use std::sync::Arc;

use fixture::Fixture;
use rules::{Checked, Locale};
use trace::{Change, Fate};

use super::knows;

const CODE: &str = "broken-link";

const FILES: &str = "//- /specs/001-a/spec.md\n# Feature Specification: A 🎉\n\n## FR-001: The `one` [thing](contracts/api.md)\n\n## 要件\n\n## Twice\n\n## Twice\n\n<a id=\"mark\"></a>\n//- /specs/001-a/contracts/api.md\n# Api\n//- /src/a.rs\nfn a() {}\n";

fn with(path: &str, text: &str) -> String {
    format!("{FILES}//- /specs/001-a/{path}\n{text}\n")
}

/// Covered text, sentence and the document after the fix, git having said `fate` of every path that is not there.
fn told(fate: &Fate, workspace: &str) -> Vec<(String, String, Option<String>)> {
    let fixture = Fixture::parse(workspace);
    let mut history = trace::History::default();
    for question in fixture.graph.questions().paths {
        history.fates.insert(question, fate.clone());
    }
    let graph = fixture
        .graph
        .apply(vec![Change::History(Arc::new(history))]);
    let checked = Checked::new(&graph);
    let all = checked
        .features()
        .flat_map(|(_, found)| found.findings.clone());
    all.filter(|finding| finding.code == CODE)
        .map(|finding| {
            let text = fixture.text(finding.file);
            let sentence = finding.message.text(Locale::English);
            assert!(sentence.chars().count() <= 120, "{sentence}");
            let fixed = finding.fixes.first().map(|fix| {
                let edits: Vec<_> = fix.edits.iter().map(|(_, edit)| edit.clone()).collect();
                text::apply(text, &edits).unwrap_or_else(|error| panic!("{error}"))
            });
            (text::slice(text, finding.range).to_owned(), sentence, fixed)
        })
        .collect()
}

fn never() -> Fate {
    Fate::Never {
        name_existed: false,
        alike: false,
    }
}

#[test]
fn a_link_from_the_wrong_directory_is_written_anew() {
    let wrong = with(
        "checklists/requirements.md",
        "# Checklist\n\n**Feature**: [spec.md](./spec.md#twice \"あ\") 🎉",
    );
    let found = told(&never(), &wrong);
    let [(covered, sentence, fixed)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(covered, "./spec.md");
    assert_eq!(
        sentence,
        "The link `./spec.md` leads to no file from here; `../spec.md` does."
    );
    assert_eq!(
        fixed.as_deref(),
        Some("# Checklist\n\n**Feature**: [spec.md](../spec.md#twice \"あ\") 🎉\n")
    );
    let from_root = with(
        "plan.md",
        "# Plan\n\n[a](src/a.rs), [b](<specs/001-a/spec.md>), [c](api.md)",
    );
    let found = told(&never(), &from_root);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].2.as_deref(),
        Some("# Plan\n\n[a](../../src/a.rs), [b](<spec.md>), [c](contracts/api.md)\n")
    );
}

#[test]
fn what_became_of_the_file_is_said() {
    let plan = with("plan.md", "# Plan\n\n[notes](../notes.md)");
    let sentence = |fate: Fate| told(&fate, &plan).remove(0).1;
    assert_eq!(
        sentence(never()),
        "The link `../notes.md` leads to `specs/notes.md`, where no file is."
    );
    assert_eq!(
        sentence(Fate::Deleted {
            was: "specs/notes.md".into(),
            commit: "abc1234".into()
        }),
        "The link `../notes.md` leads to a file that commit abc1234 deleted."
    );
    let moved = Fate::Moved {
        was: "specs/notes.md".into(),
        to: "docs/notes.md".into(),
        commit: "abc1234".into(),
    };
    assert_eq!(
        sentence(moved.clone()),
        "The link `../notes.md` leads to no file since commit abc1234 moved it to `../../docs/notes.md`."
    );
    assert!(
        told(&moved, &plan)[0]
            .2
            .as_deref()
            .unwrap_or_default()
            .contains("(../../docs/notes.md)")
    );
    assert!(told(&Fate::Present, &plan).is_empty());
    assert_eq!(
        told(&Fate::Lost("the clone is shallow".into()), &plan).len(),
        1
    );
    assert!(told(&Fate::Unknown("why".into()), &plan).is_empty());
    assert_eq!(knows(CODE, &plan).0, 2);
}

#[test]
fn headings_are_looked_for_in_the_features_documents() {
    for anchor in [
        "fr-001-the-one-thing",
        "%E8%A6%81%E4%BB%B6",
        "要件",
        "twice-1",
        "L3-L9",
        "mark",
        "feature-specification-a-",
    ] {
        let plan = with("plan.md", &format!("# Plan\n\n[x](spec.md#{anchor})"));
        assert!(told(&never(), &plan).is_empty(), "{anchor}");
    }
    let plan = with(
        "plan.md",
        "# Plan\n\n[x](spec.md#fr-002), [y](#nowhere), [z](#plan), [c](../../src/a.rs#L3)",
    );
    let found = told(&never(), &plan);
    let covered: Vec<&str> = found.iter().map(|(covered, ..)| covered.as_str()).collect();
    assert_eq!(covered, ["fr-002", "nowhere"]);
    assert_eq!(
        found[0].1,
        "The link leads to `#fr-002`, but `spec.md` has no such heading."
    );
}

#[test]
fn what_leads_elsewhere_is_not_judged() {
    for link in [
        "https://example.org/x.md",
        "mailto:a@example.org",
        "//example.org/x.md",
        "/docs/x.md",
        "../../../outside.md",
        "~/x.md",
        "path/to/{name}.md",
        "C:\\x.md",
        "contracts/",
        "contracts",
        "../001-a",
    ] {
        let plan = with("plan.md", &format!("# Plan\n\n[x]({link})"));
        assert!(told(&never(), &plan).is_empty(), "{link}");
    }
    for text in [
        "`[x](gone.md)`",
        "```md\n[x](gone.md)\n```",
        "<!-- [x](gone.md) -->",
        "[gone.md]",
    ] {
        assert!(
            told(&never(), &with("plan.md", &format!("# Plan\n\n{text}"))).is_empty(),
            "{text}"
        );
    }
}

#[test]
fn a_file_of_the_same_name_in_another_directory_is_no_guess() {
    let plan = with(
        "plan.md",
        "# Plan\n\n[suite](../../e2e/rbac/README.md), [api](contracts/api.md)",
    );
    let deleted = Fate::Deleted {
        was: "e2e/rbac/README.md".into(),
        commit: "abc1234".into(),
    };
    let plan = plan + "\n//- /specs/001-a/README.md\n# Notes\n";
    assert_eq!(
        told(&deleted, &plan)[0].1,
        "The link `../../e2e/rbac/README.md` leads to a file that commit abc1234 deleted."
    );
}

#[test]
fn a_link_in_quotes_shows_how_one_is_written() {
    let plan = with(
        "plan.md",
        "# Plan\n\nAdd it as: \"See [topic](docs/topic.md) for more\".\n\nThe \"old\" [notes](notes.md \"title\")",
    );
    let found = told(&never(), &plan);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "notes.md");
    // What a quoted prompt links to is wanted, where it is somewhere.
    let prompt = with(
        "plan.md",
        "# Plan\n\n**Input**: \"see [a](src/a.rs), please\"",
    );
    assert_eq!(told(&never(), &prompt).len(), 1);
}
