//! Several repositories in one workspace: what crosses from one into another, and what never does.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use fixture::Fixture;
use trace::{Fate, Resolution, Resolved, Target};

const API: &str = "
//- api:/.specify/memory/constitution.md
# Constitution
//- api:/specs/003-auth/spec.md
## Requirements
- **FR-001**: Sign in.
- **FR-008**: Sessions end.
//- api:/src/session.ts
export function endSession() {}
";

/// What the mentions of a source file of `web` mean, one word each.
fn meanings(source: &str) -> Vec<String> {
    let fixture = Fixture::parse(&format!(
        "{API}//- web:/.specify/memory/constitution.md\n# Constitution\n\
         //- web:/specs/001-shop/spec.md\n## Requirements\n- **FR-001**: Sell.\n\
         //- web:/specs/004-auth/spec.md\n## Requirements\n- **FR-001**: Show a form.\n\
         //- web:/src/app.ts\n{source}\nexport function app() {{}}\n"
    ));
    let graph = &fixture.graph;
    let links = graph.code_links(fixture.file("web:/src/app.ts"));
    let name = |root| graph.inputs().tree.root_name(root);
    links
        .iter()
        .map(|link| match &link.resolved {
            Resolved::Items(items, basis) => {
                let items = items.iter().map(|item| {
                    let feature = graph.feature(item.feature).unwrap();
                    format!("{}:{}", name(feature.root), feature.key(*item).unwrap())
                });
                let items: Vec<String> = items.collect();
                format!("{} {}", basis.as_str(), items.join(" "))
            }
            Resolved::Undefined(feature) => {
                let feature = graph.feature(*feature).unwrap();
                format!("undefined in {}:{}", name(feature.root), feature.path)
            }
            Resolved::Ambiguous(items) => format!("one of {}", items.len()),
        })
        .collect()
}

#[test]
fn a_feature_is_reached_by_its_name_and_by_its_repository() {
    let auth = "declared api:specs/003-auth#FR-008";
    assert_eq!(meanings("// specs/003-auth/spec.md FR-008"), [auth]);
    assert_eq!(meanings("// ../api/specs/003-auth/spec.md FR-008"), [auth]);
    assert_eq!(meanings("// api/specs/003-auth FR-008"), [auth]);
    assert_eq!(
        meanings("// api/specs/003-auth FR-099"),
        ["undefined in api:specs/003-auth"]
    );
}

#[test]
fn a_number_alone_stays_at_home() {
    assert!(meanings("// 003/FR-008").is_empty());
    assert_eq!(
        meanings("// 004/FR-001"),
        ["declared web:specs/004-auth#FR-001"]
    );
}

#[test]
fn a_bare_id_is_never_another_repositorys() {
    assert!(meanings("// FR-008: ends the session").is_empty());
    assert_eq!(meanings("// FR-001"), ["one of 2"]);
}

/// Where the path in the one task of `hub` leads.
fn leads(path: &str, more: &str) -> (Fixture, Resolution) {
    let fixture = Fixture::parse(&format!(
        "{API}//- hub:/.specify/memory/constitution.md\n# Constitution\n\
         //- hub:/specs/001-x/spec.md\n## Requirements\n- **FR-001**: A.\n\
         //- hub:/specs/001-x/tasks.md\n- [x] T001 End sessions in `{path}`\n{more}"
    ));
    let file = fixture.file("hub:/specs/001-x/tasks.md");
    let feature = fixture.graph.feature_of(file).unwrap();
    let resolution = feature.paths[0].resolution.clone();
    (fixture, resolution)
}

#[test]
fn a_path_that_begins_with_a_repository_leads_into_it() {
    for path in ["api/src/session.ts", "../api/src/session.ts"] {
        let (fixture, resolution) = leads(path, "");
        let there = fixture.file("api:/src/session.ts");
        assert_eq!(resolution, Resolution::File(there), "{path}");
    }
    let (fixture, own) = leads(
        "api/src/session.ts",
        "//- hub:/services/api/src/session.ts\nexport const own = 1\n",
    );
    let there = fixture.file("hub:/services/api/src/session.ts");
    assert_eq!(own, Resolution::File(there), "one's own comes first");
}

#[test]
fn what_another_repository_does_not_have_is_told_only_where_git_knows_it() {
    let (_, never) = leads("api/src/nothing.ts", "");
    assert_eq!(never, Resolution::Outside, "a clone may be old");
    let (_, deleted) = leads("api/src/old.ts", "//- deleted src/old.ts abc1234\n");
    assert!(
        matches!(&deleted, Resolution::Missing(Fate::Deleted { commit, .. }) if commit == "abc1234"),
        "{deleted:?}"
    );
    let (_, absent) = leads("billing/src/pay.ts", "//- billing:/\n");
    assert_eq!(absent, Resolution::Outside, "it is not checked out");
    let (_, own) = leads("billing/src/pay.ts", "");
    assert!(matches!(own, Resolution::Missing(Fate::Never { .. })));
}

#[test]
fn documents_cite_another_repositorys_requirements() {
    let fixture = Fixture::parse(&format!(
        "{API}//- hub:/.specify/memory/constitution.md\n# Constitution\n\
         //- hub:/specs/001-x/spec.md\n## Requirements\n- **FR-001**: As api/specs/003-auth FR-008 says.\n"
    ));
    let file = fixture.file("hub:/specs/001-x/spec.md");
    let feature = fixture.graph.feature_of(file).unwrap();
    let far = feature
        .references
        .iter()
        .find_map(|each| match &each.target {
            Target::Items(items, _) => items.iter().find(|item| item.feature != feature.id),
            _ => None,
        });
    let far = fixture.graph.feature(far.unwrap().feature).unwrap();
    assert_eq!(far.path, "specs/003-auth");
}

#[test]
fn what_documents_name_of_others_is_published_with_its_line() {
    let fixture = Fixture::parse(&format!(
        "{API}//- hub:/.specify/memory/constitution.md\n# Constitution\n\
         //- hub:/specs/001-x/spec.md\n## Requirements\n- **FR-001**: As api/specs/003-auth FR-008 says.\n\
         //- hub:/src/a.ts\n\n// ../api/specs/003-auth/spec.md FR-001\nexport function a() {{}}\n"
    ));
    let tree = &fixture.graph.inputs().tree;
    let (hub, _) = tree.path(fixture.file("hub:/src/a.ts")).unwrap();
    let published = fixture.graph.publish(hub, None, |_| "item");
    let mentions = published.mentions.iter();
    let told: Vec<_> = mentions
        .map(|it| {
            (
                it.path.as_str(),
                it.line,
                it.feature.as_str(),
                it.id.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("specs/001-x/spec.md", 2, "003-auth", "FR-008"),
            ("src/a.ts", 2, "003-auth", "FR-001"),
        ]
    );
}
