use std::sync::Arc;

use fixture::Fixture;
use rules::{Checked, Finding, Locale};
use trace::{Change, Fate};

const CODE: &str = "layout-drift";

const REST: &str = "//- /specs/001-a/tasks.md
# Tasks: A

- [x] T001 Write `src/models/a.py`
//- /src/models/a.py
a = 1
//- /src/core/api/b.py
b = 1
//- /tests/unit/c.py
c = 1
";

fn plan(feature: &str, tree: &str) -> String {
    format!(
        "//- /specs/{feature}/plan.md\n# Plan\n\n## Project Structure\n\n### Source Code (repository root)\n\n```text\n{tree}\n```\n"
    )
}

const TREE: &str = "src/
├── models/      # 🎉 what is kept
│   └── a.py
├── services/    # rules
│   ├── mail/
│   └── send.py
└── api/

tests/
├── contract/
└── unit/";

fn workspace(tree: &str) -> String {
    plan("001-a", tree) + REST
}

/// The rule's findings, git having said `fate` of every path that is not there, and what it could not tell.
fn told(fate: &Fate, workspace: &str) -> (Vec<String>, Vec<String>) {
    let fixture = Fixture::parse(workspace);
    let mut history = trace::History::default();
    for question in fixture.graph.questions().paths {
        history.fates.insert(question, fate.clone());
    }
    let graph = fixture
        .graph
        .apply(vec![Change::History(Arc::new(history))]);
    let checked = Checked::new(&graph);
    let covered = |file, range| text::slice(fixture.text(file), range).to_owned();
    let mut said = Vec::new();
    let mut unknown = Vec::new();
    for (_, found) in checked.features() {
        let own = |finding: &&Finding| finding.code == CODE;
        for finding in found.findings.iter().filter(own) {
            for locale in [Locale::English, Locale::Japanese] {
                let sentence = finding.message.text(locale);
                assert!(sentence.chars().count() <= 120, "{sentence}");
            }
            let sentence = finding.message.text(Locale::English);
            said.push(format!(
                "[{}] {sentence}",
                covered(finding.file, finding.range)
            ));
            let related = finding.related.iter();
            said.extend(related.map(|each| format!("+ [{}]", covered(each.file, each.range))));
        }
        let asked = found.unanswered.iter();
        let asked = asked.filter(|each| each.question.code == CODE);
        unknown.extend(
            asked.map(|each| format!("[{}] {}", covered(each.file, each.range), each.question.why)),
        );
    }
    (said, unknown)
}

fn never() -> Fate {
    Fate::Never {
        name_existed: false,
        alike: false,
    }
}

fn says(workspace: &str) -> Vec<String> {
    told(&never(), workspace).0
}

#[test]
fn a_directory_that_never_was() {
    let (said, unknown) = told(&never(), &workspace(TREE));
    assert_eq!(
        said,
        [
            "[services/] The plan draws `src/services/`, which is not there, nor in HEAD's history.",
            "+ [contract/]"
        ]
    );
    assert_eq!(unknown, Vec::<String>::new());
}

#[test]
fn what_git_knows_of_it() {
    let of = |fate: Fate| told(&fate, &workspace(TREE));
    let deleted = Fate::Deleted {
        was: "src/services".into(),
        commit: "abc1234".into(),
    };
    assert_eq!(
        of(deleted).0[0],
        "[services/] The plan draws `src/services/`, which commit abc1234 deleted."
    );
    let removed = Fate::Removed {
        was: "src/services".into(),
    };
    assert!(of(removed).0[0].ends_with("which is gone from the working tree, but not from git."));
    let lost = of(Fate::Lost("the clone is shallow".into()));
    assert_eq!(
        lost,
        (
            Vec::new(),
            vec![
                "[services/] the clone is shallow".to_owned(),
                "[contract/] the clone is shallow".to_owned()
            ]
        )
    );
    assert_eq!(of(Fate::Present), (Vec::new(), Vec::new()));
}

#[test]
fn a_directory_that_is_elsewhere() {
    let tree = "backend/
├── src/
│   ├── models/
│   └── internal/api/
└── tests/
    └── unit/";
    let text = workspace(tree)
        .replace("/src/core/api", "/backend/internal/api")
        .replace("- /src", "- /backend/src")
        .replace("- /tests", "- /backend/tests");
    // On disk, where the walk does not look.
    assert!(told(&Fate::Present, &text).0.is_empty());
    assert_eq!(
        says(&text),
        [
            "[internal/api/] The plan draws `backend/src/internal/api/`, which is at `backend/internal/api/`."
        ]
    );
}

#[test]
fn what_is_there_or_is_no_drift() {
    let silent = |text: &str| assert_eq!(says(text), Vec::<String>::new(), "{text}");
    for line in [
        "├── models/\n├── services/  # optional",
        "├── models/\n├── services/  # REMOVED after the migration",
        "├── models/\n├── services/  → src/core/",
        "├── models/\n├── services/  # 将来",
        "├── models/\n├── build/",
        "├── models/\n├── services.py",
        "├── models/\n├── .cache/",
        "├── models/\n├── Services here/",
    ] {
        silent(&workspace(&format!(
            "src/\n{line}\n└── api/\ntests/\n└── unit/"
        )));
    }
    // Below the repository's name, and with a longer path.
    silent(&workspace(
        "shop/\n├── src/\n│   ├── models/\n│   └── api/\n└── tests/\n    └── unit/",
    ));
    // No tree of the sources.
    silent(
        &workspace(TREE)
            .replace("Project Structure", "Notes")
            .replace("Source Code (repository root)", "More"),
    );
    silent(&workspace(&TREE.replace("src/\n", "specs/001-a/\n")));
    // Still at work.
    silent(&workspace(TREE).replace("[x]", "[ ]"));
}

#[test]
fn a_newer_plan_draws_it() {
    let old = workspace(TREE);
    let newer = |tree: &str| format!("{old}{}", plan("002-b", tree));
    let newest = newer("src/\n├── models/\n└── domain/");
    assert_eq!(
        says(&newest),
        [
            "[contract/] The plan draws `tests/contract/`, which is not there, nor in HEAD's history."
        ]
    );
    assert_eq!(says(&newer("docs/\n└── guide/")).len(), 2);
}

#[test]
fn what_cannot_be_told() {
    let why = |tree: &str| {
        let (said, unknown) = told(&never(), &workspace(tree));
        assert_eq!(said, Vec::<String>::new(), "{tree}");
        unknown
    };
    assert_eq!(
        why("src/\n├── [feature]/\n├── services/\n└── api/"),
        ["[src/] names of the tree are to be filled in"]
    );
    assert_eq!(
        why(&format!(
            "# [REMOVE IF UNUSED] Option 1: Single project\n{TREE}"
        )),
        ["[src/] the words beside the tree say that it is an idea, or goes away"]
    );
    assert_eq!(
        why("src/\n├── services/\n├── web/\n└── jobs/"),
        ["[src/] most of the tree is not there"]
    );
    let away = format!("{}//- other:/\n", workspace(TREE));
    let (said, unknown) = told(&never(), &away);
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(
        unknown[0],
        "[services/] a repository of the workspace is not here"
    );
}

#[test]
fn what_broken_path_says_is_not_said_again() {
    let named = workspace(TREE).replace(
        "`src/models/a.py`",
        "`src/models/a.py`, `src/services/send.py`",
    );
    let gone = Fate::Deleted {
        was: "src/services/send.py".into(),
        commit: "abc1234".into(),
    };
    let (said, _) = told(&gone, &named);
    assert_eq!(
        said,
        ["[contract/] The plan draws `tests/contract/`, which commit abc1234 deleted."]
    );
}
