use super::{fixed, knows, related, says};

const CODE: &str = "stack-drift";

const DONE: &str = "//- /specs/001-a/tasks.md\n# Tasks: A\n\n- [x] T001 Write `src/a.py`\n";
const MANIFESTS: &str = "//- /backend/pyproject.toml
[project]
name = \"a\"
requires-python = \">=3.12\"
dependencies = [\"fastapi>=0.110\", \"sqlalchemy\"]
//- /frontend/package.json
{\"name\": \"f\", \"dependencies\": {\"react\": \"^19.0.0\", \"@tanstack/react-query\": \"^5.0.0\"}}
";

fn plan(feature: &str, context: &str) -> String {
    format!(
        "//- /specs/{feature}/plan.md\n# Plan\n\n## Technical Context\n\n{context}\n\n## Project Structure\n"
    )
}

fn workspace(context: &str) -> String {
    format!("{}{DONE}{MANIFESTS}", plan("001-a", context))
}

fn is_silent(context: &str) {
    assert_eq!(
        says(CODE, &workspace(context)),
        Vec::<String>::new(),
        "{context}"
    );
}

#[test]
fn what_no_manifest_lists() {
    let one = workspace("**Primary Dependencies**: FastAPI, Celery (jobs)");
    assert_eq!(
        says(CODE, &one),
        ["[Celery] The plan names Celery, which the only manifest does not list."]
    );
    let many = workspace(
        "**Primary Dependencies**: React\n\n- TanStack Query\n- `@tanstack/react-table` v8\n\n**Storage**: Redis",
    );
    assert_eq!(
        says(CODE, &many),
        [
            "[@tanstack/react-table] The plan names @tanstack/react-table, which the only manifest does not list."
        ]
    );
    // The second one belongs to the first.
    assert_eq!(related(CODE, &many), ["f", "Redis", "a", "f"]);
}

#[test]
fn another_version() {
    let react = workspace("**Primary Dependencies**: React 18, FastAPI 0.110");
    assert_eq!(
        says(CODE, &react),
        ["[18] The plan says React 18; the manifest asks for `^19.0.0`."]
    );
    assert_eq!(related(CODE, &react), ["^19.0.0"]);
    assert!(fixed(CODE, &react).contains("React 19, FastAPI 0.110"));
    assert_eq!(
        says(CODE, &workspace("**Language/Version**: Python 3.11")),
        ["[3.11] The plan says Python 3.11; the manifest asks for `>=3.12`."]
    );
}

#[test]
fn what_is_there_or_is_no_claim() {
    for context in [
        "**Primary Dependencies**: FastAPI, SQLAlchemy 2.0, React Query v5",
        "**Language/Version**: Python 3.13",
        "**Language/Version**: Python 3.11+",
        "**Primary Dependencies**: React 18+",
        "**Primary Dependencies**: React 18/19",
        "**Storage**: PostgreSQL 16",
        "**Storage**: no Redis",
        "**Storage**: kein Server; this needs no Kafka, Redis, or Celery",
        "**存储**: 不新增 Kafka、Redis、Celery 依赖",
        "**Primary Dependencies**: Celery or RQ, optional Redis, Vue instead of React",
        "**Primary Dependencies**: <!-- Celery --> FastAPI",
        "**Constraints**: Celery",
        // Nothing here could list them.
        "**Primary Dependencies**: Gin, tokio, Laravel",
        "**Primary Dependencies**: MyCelery, Celery-like, celery.conf",
    ] {
        is_silent(context);
    }
    // In the head it is said of the document.
    let head = format!(
        "//- /specs/001-a/plan.md\n# Plan\n\n**Dependencies**: Celery\n\n## Technical Context\n{DONE}{MANIFESTS}"
    );
    assert!(says(CODE, &head).is_empty());
}

#[test]
fn only_finished_work() {
    let open = workspace("**Primary Dependencies**: Celery").replace("[x]", "[ ]");
    assert!(says(CODE, &open).is_empty());
}

#[test]
fn the_newest_plan_counts() {
    let old = workspace("**Primary Dependencies**: Celery\n**Testing**: pytest, Jest");
    assert_eq!(says(CODE, &old).len(), 1);
    let newer = |context: &str| format!("{old}{}", plan("002-b", context));
    // Unfinished, and it does not say the same: it speaks.
    assert!(says(CODE, &newer("**Primary Dependencies**: Celery (removed)")).len() == 1);
    assert!(
        says(
            CODE,
            &newer("**Primary Dependencies**: Celery\n**Testing**: Vitest, pytest")
        )
        .is_empty()
    );
    let other = newer("**Testing**: Vitest");
    assert_eq!(
        says(CODE, &other),
        ["[Celery] The plan names Celery, which the only manifest does not list."]
    );
    assert!(!related(CODE, &other).contains(&"Jest".to_owned()));
}

#[test]
fn what_cannot_be_told() {
    let program = format!(
        "{}//- /setup.py\nimport x\n",
        workspace("**Primary Dependencies**: Celery, FastAPI")
    );
    let why = "a manifest lists what it needs by a program, or could not be read (1)";
    assert_eq!(knows(CODE, &program), (1, vec![why.to_owned()]));
    let away = format!(
        "{}//- other:/\n",
        workspace("**Primary Dependencies**: Celery")
    );
    let why = "a repository of the workspace is not here (1)";
    assert_eq!(knows(CODE, &away), (0, vec![why.to_owned()]));
}
