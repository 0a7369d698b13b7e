//! The constitution of a project is part of each of its features.

use fixture::Fixture;
use trace::{Change, Feature, Graph, ItemRef};

const WORKSPACE: &str = "
//- /.specify/memory/constitution.md
## Core Principles
### I. Quiet
//- /specs/001-login/spec.md
# Login
//- /specs/001-login/plan.md
## Constitution Check
- [x] **I. Quiet**
- [ ] **I. Quiet**
//- /specs/002-pay/spec.md
# Pay
//- /svc/.specify/memory/constitution.md
## Core Principles
### I. Loud
### II. Bold
//- /svc/specs/001-mail/spec.md
# Mail
//- /svc2/.specify/feature.json
{}
//- /svc2/specs/001-none/spec.md
# None
";

fn principles(graph: &Graph) -> Vec<String> {
    let of = |feature: &Feature| {
        let constitution = feature.constitution.as_ref();
        let names = constitution.map(|document| {
            let principles = &document.facts().principles;
            principles
                .iter()
                .map(|each| each.name.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        });
        format!("{}: {}", feature.path, names.unwrap_or_default())
    };
    graph.features().iter().map(|feature| of(feature)).collect()
}

#[test]
fn each_feature_has_its_own_projects_constitution() {
    let fixture = Fixture::parse(WORKSPACE);
    assert_eq!(
        principles(&fixture.graph),
        [
            "specs/001-login: Quiet",
            "specs/002-pay: Quiet",
            "svc/specs/001-mail: Loud Bold",
            "svc2/specs/001-none: ",
        ]
    );
}

#[test]
fn another_constitution_is_another_feature() {
    let fixture = Fixture::parse(WORKSPACE);
    let path = "svc/.specify/memory/constitution.md";
    let file = fixture.file(path);
    let read = fixture::document(path, "## Core Principles\n### I. Calm\n");
    let next = fixture.graph.apply(vec![Change::Document(file, read)]);
    assert_eq!(principles(&next)[2], "svc/specs/001-mail: Calm");
    assert_eq!(principles(&next)[1], "specs/002-pay: Quiet");
    // The others are the same objects still.
    let same =
        |at: usize| std::sync::Arc::ptr_eq(&fixture.graph.features()[at], &next.features()[at]);
    assert!(same(0) && same(1) && !same(2) && same(3));
    let gone = next.apply(vec![Change::Document(file, None)]);
    assert_eq!(principles(&gone)[2], "svc/specs/001-mail: ");
    assert!(!next.features()[2].is_same_in(&gone.features()[2], &[documents::DocumentKind::Spec]));
}

#[test]
fn its_items_have_addresses_of_their_own() {
    let fixture = Fixture::parse(WORKSPACE);
    let feature = &fixture.graph.features()[0];
    let address = |file, item| {
        let this = ItemRef {
            feature: feature.id,
            file,
            item,
        };
        feature.key(this).unwrap().to_string()
    };
    let constitution = feature.constitution.as_ref().unwrap();
    assert_eq!(
        address(constitution.file, 0),
        ".specify/memory/constitution.md#I"
    );
    let plan = feature.plan().unwrap();
    assert_eq!(address(plan.file, 0), "specs/001-login#I. Quiet");
    assert_eq!(address(plan.file, 1), "specs/001-login#I. Quiet~2");
}
