//! Stores of `OpenSpec`: a repository may say `store: NAME` in its `openspec/config.yaml`, and its specs and changes stand
//! in another directory, which the person's own registry names. Read as the tool reads it (1.5 and later): the registry
//! by its place, the store only where it says that it is the one.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;
use text::data::{self, Node};

use crate::read::{ReadOutcome, read_document};

/// Where the tool keeps what belongs to a person: schemas, and which stores there are.
pub(crate) fn data_directory() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let base = set("XDG_DATA_HOME").map(PathBuf::from).or_else(|| {
        let home = std::env::home_dir()?;
        if cfg!(windows) {
            let local = set("LOCALAPPDATA").map(PathBuf::from);
            Some(local.unwrap_or_else(|| home.join("AppData").join("Local")))
        } else {
            Some(home.join(".local").join("share"))
        }
    })?;
    Some(base.join("openspec"))
}

/// The store that a repository without specs and changes of its own names: its name and directory. None where the
/// registry has no such store, or its directory is not that store.
pub(crate) fn declared(folder: &Path, data: Option<&Path>) -> Option<(SmolStr, PathBuf)> {
    let openspec = folder.join("openspec");
    let own = |name: &str| {
        let directory = openspec.join(name);
        directory.is_dir() && !directory.join(METADATA).exists()
    };
    if own("specs") || own("changes") {
        return None;
    }
    let config = ["config.yaml", "config.yml"]
        .into_iter()
        .map(|name| openspec.join(name))
        .find(|path| path.is_file())?;
    let name = value(&config, &["store"])?;
    let registry = data?.join("stores").join("registry.yaml");
    let path = value(&registry, &["stores", &name, "backend", "local_path"])?;
    let path = PathBuf::from(path);
    let same = value(&path.join(METADATA), &["id"])? == name;
    (same && path.is_absolute()).then(|| (name.into(), path))
}

/// What says which store a directory is.
const METADATA: &str = ".openspec-store/store.yaml";

/// The text of a key of a YAML file.
fn value(file: &Path, keys: &[&str]) -> Option<String> {
    let ReadOutcome::Text(read) = read_document(file) else {
        return None;
    };
    let text = read.text.as_str();
    let root = data::read(text, text::bom_len(text))?;
    let mut node: &Node = &root;
    for key in keys {
        node = node.get(text, key)?;
    }
    let range = node.text()?.clone();
    text.get(range).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::declared;
    use std::path::Path;

    fn write(path: &Path, text: &str) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    #[test]
    fn a_store_is_what_the_registry_and_its_own_file_say() {
        let top = tempfile::tempdir().unwrap();
        let (app, plans, data) = (
            top.path().join("app"),
            top.path().join("plans"),
            top.path().join("data"),
        );
        let found = || declared(&app, Some(&data)).map(|(name, path)| (name.to_string(), path));
        write(&app.join("openspec/config.yaml"), "store: team-plans\n");
        assert_eq!(found(), None);
        let registry = format!(
            "version: 1\nstores:\n  team-plans:\n    backend:\n      type: git\n      local_path: {}\n",
            plans.display()
        );
        write(&data.join("stores/registry.yaml"), &registry);
        assert_eq!(
            found(),
            None,
            "a directory that does not say it is that store"
        );
        write(
            &plans.join(".openspec-store/store.yaml"),
            "version: 1\nid: other\n",
        );
        assert_eq!(found(), None);
        write(
            &plans.join(".openspec-store/store.yaml"),
            "version: 1\nid: team-plans\n",
        );
        assert_eq!(found(), Some(("team-plans".to_owned(), plans.clone())));
        // Specs of its own win.
        std::fs::create_dir_all(app.join("openspec/changes")).unwrap();
        assert_eq!(found(), None);
    }
}
