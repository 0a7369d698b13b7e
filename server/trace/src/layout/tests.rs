//! Which projects, features and documents paths make.

use super::*;

use crate::Root;

fn layout(paths: &[&str]) -> Vec<String> {
    with_roots(&SpecRoots::default(), paths)
}

fn with_roots(roots: &SpecRoots, paths: &[&str]) -> Vec<String> {
    let mut tree = Tree::new(vec![Root {
        name: "r".into(),
        absent: false,
        sparse: false,
    }]);
    for path in paths {
        tree.insert(RootId(0), path);
    }
    let layout = Layout::of(&tree, roots);
    let show = |feature: &FeatureDir| {
        let project = &layout.projects[feature.project.0 as usize];
        format!(
            "{:?} {} {}",
            project.path,
            feature.path,
            feature.documents.len()
        )
    };
    layout.features.iter().map(show).collect()
}

#[test]
fn features_belong_to_their_project() {
    assert_eq!(
        layout(&[
            ".specify/memory/constitution.md",
            "specs/001-a/spec.md",
            "specs/001-a/checklists/ux.md",
            "specs/scope/002-b/tasks.md",
            "specs/README.md",
            "svc/.specify/specs/003-c/plan.md",
            "svc/.specify/templates/spec-template.md",
            "openspec/specs/auth/spec.md",
            "test/fixtures/specs/001-x/spec.md",
            "a/myspecs/001-x/spec.md",
        ]),
        [
            "\"\" openspec/specs/auth 1",
            "\"\" specs/001-a 2",
            "\"\" specs/scope/002-b 1",
            "\"svc\" svc/.specify/specs/003-c 1"
        ]
    );
}

#[test]
fn specs_may_lie_deeper_in_a_project_but_not_where_tests_read_them() {
    assert_eq!(
        layout(&[
            ".specify/memory/constitution.md",
            "docs/specs/001-a/spec.md",
            "svc/.specify/memory/constitution.md",
            "svc/planning/specs/20260316-b/spec.md",
            "docs/specs/overview/spec.md",
            "src/test/resources/openspec/specs/auth/spec.md",
            "examples/specs/001-c/spec.md",
            "docs/archive_v1/specs/001-d/spec.md",
        ]),
        [
            "\"\" docs/specs/001-a 1",
            "\"svc\" svc/planning/specs/20260316-b 1"
        ]
    );
    assert_eq!(
        layout(&["docs/specs/001-a/spec.md"]),
        ["\"\" docs/specs/001-a 1"]
    );
}

#[test]
fn kiro_and_openspec_say_by_their_paths_what_belongs_together() {
    assert_eq!(
        layout(&[
            ".kiro/specs/login/requirements.md",
            ".kiro/specs/login/design.md",
            ".kiro/specs/login/.config.kiro",
            ".kiro/specs/login/notes/audit.md",
            ".kiro/steering/product.md",
            "apps/web/.kiro/specs/cart/tasks.md",
            "openspec/config.yaml",
            "openspec/specs/identity/user-auth/spec.md",
            "openspec/changes/add-login/proposal.md",
            "openspec/changes/add-login/specs/identity/user-auth/spec.md",
            "openspec/changes/archive/2026-01-02-old/tasks.md",
            "openspec/changes/README.md",
        ]),
        [
            "\"\" .kiro/specs/login 4",
            "\"apps/web\" apps/web/.kiro/specs/cart 1",
            "\"\" openspec/changes/add-login 2",
            "\"\" openspec/changes/archive/2026-01-02-old 1",
            "\"\" openspec/specs/identity/user-auth 1",
        ]
    );
}

#[test]
fn specs_of_kiro_stand_on_shelves_too() {
    assert_eq!(
        layout(&[
            ".kiro/specs/_archive/2026-08/login/design.md",
            ".kiro/specs/_archive/2026-08/login/tasks.md",
            ".kiro/specs/_template/tasks.md",
            ".kiro/specs/archive/README.md",
            ".kiro/specs/backlog/search/requirements.md",
            ".kiro/specs/backlog/search/brief.md",
            ".kiro/specs/backlog/search/old/notes.md",
            ".kiro/specs/done/cart/spec.json",
            ".kiro/specs/umbrella/parts/tasks.md",
        ]),
        [
            "\"\" .kiro/specs/_archive/2026-08/login 2",
            "\"\" .kiro/specs/backlog/search 2",
            "\"\" .kiro/specs/done/cart 1",
            "\"\" .kiro/specs/umbrella 1",
        ]
    );
    for (unit, archived) in [
        (".kiro/specs/_archive/2026-08/login", true),
        ("web/.kiro/specs/COMPLETED/login", true),
        (".kiro/specs/done", false),
        (".kiro/specs/archive-viewer", false),
        (".kiro/specs/backlog/search", false),
        ("done/.kiro/specs/login", false),
    ] {
        assert_eq!(super::is_archived_spec(unit), archived, "{unit}");
    }
}

#[test]
fn numbered_specs_at_the_root_need_no_dot_directory() {
    assert_eq!(layout(&["specs/001-a/spec.md"]), ["\"\" specs/001-a 1"]);
    assert!(layout(&["specs/auth/spec.md"]).is_empty());
}

#[test]
fn kinds_by_path() {
    let kinds = [
        ("specs/001-a/tasks.md", Some(DocumentKind::Tasks)),
        ("specs/001-a/research.md", Some(DocumentKind::Research)),
        ("specs/001-a/data-model.md", Some(DocumentKind::DataModel)),
        ("specs/001-a/quickstart.md", Some(DocumentKind::Quickstart)),
        (
            "x/.specify/specs/001-a/contracts/api.md",
            Some(DocumentKind::Contract),
        ),
        (
            ".specify/templates/overrides/spec-template.md",
            Some(DocumentKind::Spec),
        ),
        ("README.md", None),
        (
            "specs/001-a/contracts/v1/api.yaml",
            Some(DocumentKind::ContractData),
        ),
        ("specs/001-a/contracts/api.ts", None),
        ("specs/contracts/001-a/spec.md", Some(DocumentKind::Spec)),
        (
            "specs/001-a/contracts/user.proto",
            Some(DocumentKind::ContractProto),
        ),
        (
            "specs/001-a/checklists/ux.md",
            Some(DocumentKind::Checklist),
        ),
        (
            ".specify/extensions/git/templates/spec-template.md",
            Some(DocumentKind::Spec),
        ),
        // What extensions bring along is theirs.
        (".specify/extensions/git/README.md", None),
        (".specify/extensions/git/specs/001-a/spec.md", None),
        (".specify/presets/.registry", Some(DocumentKind::Registry)),
        (
            ".specify/presets/lean/preset.yml",
            Some(DocumentKind::Preset),
        ),
        ("svc/CLAUDE.md", Some(DocumentKind::AgentContext)),
        (
            ".github/copilot-instructions.md",
            Some(DocumentKind::AgentContext),
        ),
        ("docs/copilot-instructions.md", None),
    ];
    for (path, kind) in kinds {
        assert_eq!(document_kind(path), kind, "{path}");
    }
}

#[test]
fn configured_roots_hold_features() {
    let roots = SpecRoots::new([
        (RootId(0), "./specledger/"),
        (RootId(0), "docs\\specs"),
        (RootId(0), "../outside"),
        (RootId(0), "/absolute"),
        (RootId(1), "elsewhere"),
    ]);
    let paths = [
        "svc/.specify/memory/constitution.md",
        "specledger/001-a/spec.md",
        "specledger/001-a/contracts/api.json",
        "specledger/001-a/checklists/ux.md",
        "specledger/spec.md",
        "docs/specs/auth/spec.md",
        "docs/other/spec.md",
        "elsewhere/001-b/spec.md",
        "specledgers/001-c/spec.md",
    ];
    assert_eq!(
        with_roots(&roots, &paths),
        ["\"\" docs/specs/auth 1", "\"\" specledger/001-a 3"]
    );
    let kind = |path| roots.document_kind(RootId(0), path);
    assert_eq!(kind("specledger/001-a/tasks.md"), Some(DocumentKind::Tasks));
    assert_eq!(
        kind("specledger/001-a/contracts/a.yml"),
        Some(DocumentKind::ContractData)
    );
    assert_eq!(kind("specledger/README.md"), None);
    assert_eq!(kind("README.md"), None);
    assert_eq!(kind("specs/x/plan.md"), Some(DocumentKind::Plan));
    assert!(layout(&paths).is_empty());
}

#[test]
fn a_configured_root_is_of_the_nearest_project() {
    let roots = SpecRoots::new([(RootId(0), "svc/docs/specs")]);
    let paths = [
        ".specify/memory/constitution.md",
        "svc/.specify/memory/constitution.md",
        "svc/docs/specs/001-a/spec.md",
    ];
    assert_eq!(
        with_roots(&roots, &paths),
        ["\"svc\" svc/docs/specs/001-a 1"]
    );
}

#[test]
fn a_named_directory_is_a_feature() {
    let named = [
        (RootId(0), "features/login"),
        (RootId(0), "003-bare-name"),
        (RootId(0), "specs/001-a"),
    ];
    let roots = SpecRoots::default().with_features(named);
    let paths = [
        ".specify/feature.json",
        "features/login/spec.md",
        "features/login/research.md",
        "features/other/spec.md",
        "specs/001-a/spec.md",
        "specs/001-a/data-model.md",
    ];
    assert_eq!(
        with_roots(&roots, &paths),
        ["\"\" features/login 2", "\"\" specs/001-a 2"]
    );
}

#[test]
fn names_of_every_release() {
    let paths = [
        ".specify/feature.json",
        "specs/20260821-101500-login/spec.md",
        "specs/1-old/spec.md",
        "specs/1000-many/spec.md",
        "specs/unnumbered/plan.md",
        "specs/scope/deep/002-b/tasks.md",
        "specs/001-a/spec.md",
        "specs/001-a/v2/plan.md",
        "specs/001-a/parts/003-c/spec.md",
        "specs/001-a/parts/003-c/sub/research.md",
    ];
    assert_eq!(
        layout(&paths),
        [
            "\"\" specs/001-a 2",
            "\"\" specs/001-a/parts/003-c 2",
            "\"\" specs/1-old 1",
            "\"\" specs/1000-many 1",
            "\"\" specs/20260821-101500-login 1",
            "\"\" specs/scope/deep/002-b 1",
            "\"\" specs/unnumbered 1",
        ]
    );
}

#[test]
fn several_projects_in_one_workspace() {
    let paths = [
        "a/.specify/memory/constitution.md",
        "a/specs/001-x/spec.md",
        "a/AGENTS.md",
        "b/.specify/memory/constitution.md",
        "b/.specify/specs/001-x/spec.md",
        "b/pkg/CLAUDE.md",
        "c/specs/001-x/spec.md",
        "tests/specs/d/.specify/feature.json",
        "tests/specs/d/specs/001-x/spec.md",
        "specs/scope/002-y/plan.md",
    ];
    assert_eq!(
        layout(&paths),
        [
            "\"a\" a/specs/001-x 1",
            "\"b\" b/.specify/specs/001-x 1",
            "\"\" c/specs/001-x 1",
            "\"\" specs/scope/002-y 1",
            "\"tests/specs/d\" tests/specs/d/specs/001-x 1",
        ]
    );
    let mut tree = Tree::new(vec![Root {
        name: "r".into(),
        absent: false,
        sparse: false,
    }]);
    for path in paths {
        tree.insert(RootId(0), path);
    }
    let contexts: Vec<(String, usize)> = Layout::of(&tree, &SpecRoots::default())
        .projects
        .iter()
        .map(|project| (project.path.to_string(), project.agent_contexts.len()))
        .collect();
    assert_eq!(
        contexts,
        [
            (String::new(), 0),
            ("a".to_owned(), 1),
            ("b".to_owned(), 1),
            ("tests/specs/d".to_owned(), 0)
        ]
    );
}

#[test]
fn a_path_alone_says_where_its_feature_may_begin() {
    let configured = SpecRoots::new([(RootId(0), "design")]);
    let named = configured.with_features([(RootId(0), "work/x/now")]);
    for (path, homes) in [
        ("specs/001-a/spec.md", &["specs/001-a"][..]),
        (
            "svc/specs/scope/002-b/contracts/api.yaml",
            &[
                "svc/specs/scope",
                "svc/specs/scope/002-b",
                "svc/specs/scope/002-b/contracts",
            ],
        ),
        (".specify/specs/003-c/plan.md", &[".specify/specs/003-c"]),
        (".kiro/specs/login/tasks.md", &[".kiro/specs/login"]),
        (
            "openspec/changes/add-x/specs/auth/spec.md",
            &["openspec/changes/add-x"],
        ),
        ("openspec/specs/auth/spec.md", &["openspec/specs/auth"]),
        ("design/004-d/spec.md", &["design/004-d"]),
        ("work/x/now/spec.md", &["work/x/now"]),
        ("src/main.rs", &[]),
        ("README.md", &[]),
        (".specify/memory/constitution.md", &[]),
    ] {
        assert_eq!(named.homes(RootId(0), path), homes, "{path}");
    }
}
