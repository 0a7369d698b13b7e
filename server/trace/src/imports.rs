//! What a source imports of its own workspace folder.

use code::Language;
use rustc_hash::FxHashSet;
use text::FileId;

use crate::Graph;

impl Graph {
    /// Paths of what a source imports, from the root of its folder: files; of Go the directory of the package, with a `/` at
    /// its end. Imports that lead out of the folder or nowhere are left out; so is a source whose facts are not known.
    #[must_use]
    pub fn imports_of(&self, file: FileId) -> Vec<String> {
        let tree = &self.inputs().tree;
        let (Some(source), Some((root, path))) = (self.source(file), tree.path(file)) else {
            return Vec::new();
        };
        let mut seen: FxHashSet<String> = FxHashSet::default();
        let mut found = Vec::new();
        for import in &source.facts.imports {
            if source.facts.language == Some(Language::Go) {
                // The longest end of the import that is a directory here.
                let names: Vec<&str> = import.path.split('/').collect();
                let mut ends = (1..names.len()).map(|from| names[from..].join("/"));
                found.extend(
                    ends.find(|dir| tree.has_dir(root, dir))
                        .map(|dir| format!("{dir}/")),
                );
                continue;
            }
            let whole = self.imported(file, source, import, None);
            let named = import.names.iter();
            let named = named.filter_map(|name| self.imported(file, source, import, Some(name)));
            for other in named.chain(whole) {
                if let Some((at, other)) = tree.path(other)
                    && at == root
                    && other != path
                {
                    found.push(other.to_string());
                }
            }
        }
        found.retain(|path| seen.insert(path.clone()));
        found
    }
}
