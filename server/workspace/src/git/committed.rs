//! Documents as HEAD has them.

use super::{Repository, head_commit};

impl Repository {
    /// What HEAD has at each of some paths (from the root): its text with the line breaks it was committed with.
    /// Nothing for what HEAD does not have or what cannot be read.
    pub fn committed<'a>(
        &self,
        paths: impl IntoIterator<Item = &'a str>,
    ) -> Vec<(&'a str, String)> {
        let mut local = self.shared.to_thread_local();
        local.object_cache_size_if_unset(4 << 20);
        match head_commit(&local) {
            Some(head) => self.texts_at(&local, head, paths),
            None => Vec::new(),
        }
    }

    /// What the merge base with the default branch has at each of some paths, as [`Self::committed`]; `None` where there
    /// is none.
    pub fn at_merge_base<'a>(
        &self,
        paths: impl IntoIterator<Item = &'a str>,
    ) -> Option<Vec<(&'a str, String)>> {
        let mut local = self.shared.to_thread_local();
        local.object_cache_size_if_unset(4 << 20);
        let base = Self::default_base(&local)?;
        Some(self.texts_at(&local, base, paths))
    }

    fn texts_at<'a>(
        &self,
        local: &gix::Repository,
        commit: gix::ObjectId,
        paths: impl IntoIterator<Item = &'a str>,
    ) -> Vec<(&'a str, String)> {
        let tree = local
            .find_commit(commit)
            .ok()
            .and_then(|commit| commit.tree().ok());
        let Some(tree) = tree else {
            return Vec::new();
        };
        let text = |path: &str| {
            let entry = tree.lookup_entry_by_path(self.prefix.join(path)?).ok()??;
            if !entry.mode().is_blob() {
                return None;
            }
            let mut blob = local.find_object(entry.object_id()).ok()?;
            Some(text::decode(std::mem::take(&mut blob.data)).text)
        };
        paths
            .into_iter()
            .filter_map(|path| Some((path, text(path)?)))
            .collect()
    }
}
