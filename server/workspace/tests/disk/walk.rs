//! What a root's listing holds.

use std::path::{Path, PathBuf};

use crate::support::{Repo, git_in};
use workspace::{Listing, Probe, is_ignored, probe, walk};

fn list(root: &Path) -> Listing {
    walk(&[root.to_owned()], &[]).remove(0)
}

fn paths(listing: &Listing) -> Vec<&str> {
    listing
        .files
        .iter()
        .map(|entry| entry.path.as_str())
        .collect()
}

#[test]
fn ignore_rules_count_at_every_level() {
    let repo = Repo::new();
    repo.write(".gitignore", "/out\n*.log\n")
        .write(".ignore", "big/\n")
        .write("pkg/.gitignore", "!keep.log\ngen\n")
        .write(".git/info/exclude", "private\n")
        .write("a.rs", "a")
        .write("x.log", "x")
        .write("out/b.rs", "b")
        .write("big/c.rs", "c")
        .write("private/d.rs", "d")
        .write("pkg/keep.log", "k")
        .write("pkg/gen/e.rs", "e");
    let expected = [
        ".gitignore",
        ".ignore",
        "a.rs",
        "pkg/.gitignore",
        "pkg/keep.log",
    ];
    assert_eq!(paths(&list(&repo.path)), expected);
}

#[test]
fn rules_that_hide_all_of_a_tree_without_a_repository_do_not_count() {
    let directory = tempfile::tempdir().unwrap();
    let write = |path: &str| {
        let path = directory.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "/*\n!/debian/\n").unwrap();
    };
    for path in [".gitignore", "src/a.c", "specs/001-x/spec.md"] {
        write(path);
    }
    let listing = list(directory.path());
    assert_eq!(
        paths(&listing),
        [".gitignore", "specs/001-x/spec.md", "src/a.c"]
    );
    assert!(listing.ignored_spec_dirs.is_empty());
}

#[test]
fn a_root_below_obeys_the_rules_above() {
    let repo = Repo::new();
    repo.write(".gitignore", "gen\n").write("pkg/a.rs", "a");
    repo.write("pkg/gen/b.rs", "b");
    assert_eq!(paths(&list(&repo.path.join("pkg"))), ["a.rs"]);
}

#[test]
fn a_root_that_rules_above_ignore_whole_is_listed_all_the_same() {
    let repo = Repo::new();
    repo.write(".gitignore", "*\n").write("work/src/a.rs", "a");
    repo.write("work/.gitignore", "gen\n")
        .write("work/gen/b.rs", "b");
    let listing = list(&repo.path.join("work"));
    assert_eq!(paths(&listing), [".gitignore", "src/a.rs"]);
}

#[test]
fn without_git_the_same_rules_count() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(".gitignore"), "gen\n").unwrap();
    std::fs::create_dir(dir.path().join("gen")).unwrap();
    std::fs::write(dir.path().join("gen/a.rs"), "a").unwrap();
    assert_eq!(paths(&list(dir.path())), [".gitignore"]);
}

#[test]
fn hidden_files_stay_hidden_directories_go() {
    let repo = Repo::new();
    repo.write(".env.example", "x")
        .write(".cache/a", "a")
        .write(".github/workflows/ci.yml", "on: push")
        .write(".specify/memory/constitution.md", "# C")
        .write("pkg/.kiro/specs/login/tasks.md", "- [ ] 1. x");
    let expected = [
        ".env.example",
        ".github/workflows/ci.yml",
        ".specify/memory/constitution.md",
        "pkg/.kiro/specs/login/tasks.md",
    ];
    assert_eq!(paths(&list(&repo.path)), expected);
}

#[test]
fn spec_roots_are_seen_though_ignored() {
    let repo = Repo::new();
    repo.write(".gitignore", "specs/\n.specify/\n.kiro/\nopenspec/\n")
        .write("specs/001-login/spec.md", "# S")
        .write(".specify/feature.json", "{}")
        .write(".specify/specs/002-x/plan.md", "# P")
        .write("pkg/api/.kiro/specs/login/design.md", "# D")
        .write("pkg/api/a.ts", "a")
        .write("openspec/changes/add/proposal.md", "# P");
    let listing = list(&repo.path);
    let expected = [
        ".gitignore",
        ".specify/feature.json",
        ".specify/specs/002-x/plan.md",
        "openspec/changes/add/proposal.md",
        "pkg/api/.kiro/specs/login/design.md",
        "pkg/api/a.ts",
        "specs/001-login/spec.md",
    ];
    assert_eq!(paths(&listing), expected);
    let ignored = [".specify", "openspec", "pkg/api/.kiro", "specs"];
    assert_eq!(listing.ignored_spec_dirs, ignored);
}

#[test]
fn ignored_parts_of_a_seen_spec_root_are_seen() {
    let repo = Repo::new();
    repo.write(".gitignore", "feature.json\ntasks.md\n")
        .write(".specify/feature.json", "{}")
        .write(".specify/scripts/x.sh", "x")
        .write("specs/001-login/spec.md", "# S")
        .write("specs/001-login/tasks.md", "- [ ] T001 x")
        .write("src/tasks.md", "ignored");
    let listing = list(&repo.path);
    assert!(listing.get(".specify/feature.json").is_some());
    assert!(listing.get("specs/001-login/tasks.md").is_some());
    assert!(listing.get("src/tasks.md").is_none());
    assert_eq!(listing.ignored_spec_dirs, Vec::<String>::new());
}

#[test]
fn what_only_looks_like_a_spec_root_stays_ignored() {
    let repo = Repo::new();
    repo.write(".gitignore", "build/\nspecs/\nopenspec\n")
        .write("build/specs/001-login/spec.md", "# copy")
        .write("build/.kiro/specs/x/tasks.md", "copy")
        .write("specs/unit/login_spec.rb", "test")
        .write("openspec/readme.md", "no spec root")
        .write("a.rs", "a");
    assert_eq!(paths(&list(&repo.path)), [".gitignore", "a.rs"]);
}

#[test]
fn ignored_specs_beside_specify_count_below_the_root() {
    let repo = Repo::new();
    repo.write(".gitignore", "specs/\n")
        .write("pkg/.specify/feature.json", "{}")
        .write("pkg/specs/001-a/spec.md", "# S")
        .write("other/specs/001-a/spec.md", "# no .specify beside");
    let expected = [
        ".gitignore",
        "pkg/.specify/feature.json",
        "pkg/specs/001-a/spec.md",
    ];
    assert_eq!(paths(&list(&repo.path)), expected);
}

#[test]
fn other_checkouts_are_left_out_and_other_repositories_stay() {
    let repo = Repo::new();
    repo.write("a.rs", "a").commit("add");
    repo.git(&["worktree", "add", "-q", "-b", "x", "trees/x"]);
    std::fs::create_dir(repo.path.join("svc")).unwrap();
    git_in(&repo.path.join("svc"), &["init", "-q"]);
    repo.write("svc/b.rs", "b");
    let listing = list(&repo.path);
    assert_eq!(paths(&listing), ["a.rs", "svc/b.rs"]);
    assert_eq!(listing.nested_checkouts, ["trees/x"]);
    assert_eq!(listing.nested_repositories, ["svc"]);

    let tree = repo.path.join("trees/x");
    assert_eq!(paths(&list(&tree)), ["a.rs"]);
}

#[test]
fn a_root_inside_a_root_is_listed_once() {
    let repo = Repo::new();
    repo.write("a.rs", "a").write("pkg/b.rs", "b");
    let roots = [repo.path.clone(), repo.path.join("pkg")];
    let listings = walk(&roots, &[]);
    assert_eq!(paths(&listings[0]), ["a.rs"]);
    assert_eq!(paths(&listings[1]), ["b.rs"]);
}

#[test]
fn every_entry_knows_its_size_and_time() {
    let repo = Repo::new();
    repo.write("a.md", "12345");
    let listing = list(&repo.path);
    let entry = listing.get("a.md").unwrap();
    assert_eq!(entry.stamp.size, 5);
    assert!(entry.stamp.mtime > 0);
}

#[cfg(unix)]
mod unix {
    use super::{Probe, Repo, list, paths, probe, walk};
    use std::os::unix::fs::symlink;

    #[test]
    fn links_are_followed_only_inside_the_workspace() {
        let repo = Repo::new();
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret.md"), "s").unwrap();
        repo.write("docs/a.md", "a");
        symlink(outside.path(), repo.path.join("out")).unwrap();
        symlink("docs", repo.path.join("link")).unwrap();
        symlink("docs/a.md", repo.path.join("b.md")).unwrap();
        symlink("nowhere", repo.path.join("broken")).unwrap();
        let listing = list(&repo.path);
        assert_eq!(paths(&listing), ["b.md", "docs/a.md", "link/a.md"]);
        let aliases: Vec<_> = listing.files.iter().map(|entry| entry.alias).collect();
        assert_eq!(aliases, [true, false, true]);
        let why: Vec<_> = listing
            .unreadable
            .iter()
            .map(|one| one.path.as_str())
            .collect();
        assert_eq!(why, ["broken", "out"]);

        let both = [repo.path.clone(), outside.path().to_owned()];
        let listings = walk(&both, &[]);
        let linked = listings[0].get("out/secret.md").unwrap();
        let own = listings[1].get("secret.md").unwrap();
        assert!(linked.alias && !own.alias);
    }

    #[test]
    fn a_link_does_not_bring_hidden_directories_back() {
        let repo = Repo::new();
        repo.write(".venv/lib/a.py", "a")
            .write(".agents/rules.md", "r");
        symlink(".venv", repo.path.join("venv")).unwrap();
        symlink(".agents/rules.md", repo.path.join("AGENTS.md")).unwrap();
        let listing = list(&repo.path);
        assert_eq!(paths(&listing), ["AGENTS.md"]);
        assert!(!listing.files[0].alias);
        assert_eq!(listing.unreadable[0].path, "venv");
    }

    #[test]
    fn cycles_end() {
        let repo = Repo::new();
        repo.write("a/x.md", "x").write("b/y.md", "y");
        symlink("..", repo.path.join("a/up")).unwrap();
        symlink("../b", repo.path.join("a/to_b")).unwrap();
        symlink("../a", repo.path.join("b/to_a")).unwrap();
        symlink("self", repo.path.join("self")).unwrap();
        let listing = list(&repo.path);
        let expected = ["a/to_b/y.md", "a/x.md", "b/to_a/x.md", "b/y.md"];
        assert_eq!(paths(&listing), expected);
    }

    #[test]
    fn odd_names_are_counted() {
        use std::os::unix::ffi::OsStrExt as _;
        let repo = Repo::new();
        let name = std::ffi::OsStr::from_bytes(b"a\xff.md");
        if std::fs::write(repo.path.join(name), "x").is_err() {
            return; // Some file systems take Unicode names only.
        }
        let listing = list(&repo.path);
        assert_eq!(listing.odd_names, 1);
        assert_eq!(paths(&listing), ["a\u{fffd}.md"]);
    }

    #[test]
    fn probing_sees_what_the_listing_leaves_out() {
        let repo = Repo::new();
        repo.write(".gitignore", "dist\n")
            .write("dist/app.js", "x")
            .write(".vscode/settings.json", "{}")
            .write("pkg/a.rs", "a");
        symlink("/etc", repo.path.join("etc")).unwrap();
        let roots = [repo.path.clone()];
        let at = |path: &str| probe(&roots, &repo.path, path);
        assert_eq!(at("dist/app.js"), Probe::File);
        assert_eq!(at(".vscode"), Probe::Directory);
        assert_eq!(at("pkg/../dist/./app.js"), Probe::File);
        assert_eq!(at("gone/../pkg/a.rs"), Probe::File);
        assert_eq!(at("dist/gone.js"), Probe::Missing);
        assert_eq!(at("pkg/a.rs/below"), Probe::Missing);
        for outside in ["/etc/passwd", "../x", "etc/passwd", "pkg/../../x"] {
            assert_eq!(at(outside), Probe::Outside, "{outside}");
        }
    }
}

#[test]
fn a_root_that_is_gone_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let listing = list(&PathBuf::from(dir.path()).join("gone"));
    assert_eq!(paths(&listing), Vec::<&str>::new());
    assert_eq!(listing.unreadable.len(), 1);
}

#[test]
fn what_git_would_not_see_is_known_before_it_exists() {
    let repo = Repo::new();
    repo.write(".gitignore", "/out/\n*.log\n!keep.log\n")
        .write(".git/info/exclude", "private\n")
        .write("pkg/.gitignore", "gen/\n!*.log\n");
    let ignored = [
        "out/a/b.js",
        "x.log",
        "private",
        "pkg/gen/a.go",
        "out/keep.log",
        "out/",
    ];
    for path in ignored {
        assert!(is_ignored(&repo.path, path), "{path}");
    }
    for path in [
        "src/out/a.js",
        "keep.log",
        "pkg/x.log",
        "gen/a.go",
        "out",
        "src/a.rs",
    ] {
        assert!(!is_ignored(&repo.path, path), "{path}");
    }
    assert!(is_ignored(&repo.path.join("pkg"), "gen/a.go"));
    assert!(!is_ignored(&repo.path.join("pkg"), "a.log"));
    // Git itself agrees.
    for path in ignored {
        repo.git(&["check-ignore", "-q", path]);
    }
}
