//! Folders that are opened inside one another.

use std::path::PathBuf;

use workspace::Members;

use crate::support::Repo;

/// The roots of a workspace of the repository and this folder in it, as paths in the repository.
fn roots(repo: &Repo, inner: &str) -> Vec<PathBuf> {
    let folders = [repo.path.join(inner), repo.path.clone()];
    let members = Members::of(&folders);
    let below = |root: &PathBuf| root.strip_prefix(&repo.path).unwrap().to_owned();
    members.roots.iter().map(below).collect()
}

fn monorepo() -> Repo {
    let repo = Repo::new();
    repo.write("services/web/package.json", "{}");
    repo
}

#[test]
fn a_package_beside_its_repository_is_no_member_of_its_own() {
    let repo = monorepo();
    assert_eq!(roots(&repo, "services/web"), [PathBuf::new()]);
    assert_eq!(
        Members::of(&[repo.path.join("services/web")]).roots,
        [repo.path.join("services/web")]
    );
}

#[test]
fn what_the_outer_folder_does_not_show_or_what_speaks_for_itself_stays() {
    for (path, text) in [
        (".gitignore", "services/\n"),
        (".gitignore", "web\n"),
        ("services/.gitignore", "/web/\n"),
        (".ignore", "services/\n"),
        ("services/web/.git", "gitdir: elsewhere\n"),
        ("services/.git/HEAD", "ref: refs/heads/main\n"),
        ("services/web/spec-analyzer.toml", ""),
        ("services/web/spec-workspace.toml", ""),
        ("services/web/openspec/config.yaml", "store: plans\n"),
    ] {
        let repo = monorepo();
        repo.write(path, text);
        assert_eq!(
            roots(&repo, "services/web"),
            [PathBuf::from("services/web"), PathBuf::new()],
            "{path}"
        );
    }
    let repo = monorepo();
    repo.write(".cache/web/package.json", "{}");
    assert_eq!(
        roots(&repo, ".cache/web"),
        [PathBuf::from(".cache/web"), PathBuf::new()]
    );
}
