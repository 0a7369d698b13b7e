//! Which documents are not as HEAD has them.

use gix::ObjectId;
use gix::bstr::ByteSlice as _;

use super::{Repository, head_commit};

impl Repository {
    /// Those of some paths (from the root) that HEAD does not have; all of them before the first commit.
    pub fn added<'a>(&self, paths: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let mut local = self.shared.to_thread_local();
        local.object_cache_size_if_unset(4 << 20);
        let Some(head) = head_commit(&local) else {
            return paths.into_iter().collect();
        };
        let Some(tree) = local
            .find_commit(head)
            .ok()
            .and_then(|head| head.tree().ok())
        else {
            return Vec::new();
        };
        let is_added = |path: &&str| {
            let path = self.prefix.join(path);
            path.is_some_and(|path| matches!(tree.lookup_entry_by_path(path), Ok(None)))
        };
        paths.into_iter().filter(is_added).collect()
    }

    /// Those of some documents (path from the root, text) that HEAD has with another text. Line ends do not count: git
    /// may have changed them on the way to the disk. What HEAD does not have, or cannot be read, is not among them.
    pub fn edited<'a>(
        &self,
        documents: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Vec<&'a str> {
        let mut local = self.shared.to_thread_local();
        local.object_cache_size_if_unset(4 << 20);
        let tree = head_commit(&local).and_then(|head| local.find_commit(head).ok()?.tree().ok());
        let Some(tree) = tree else {
            return Vec::new();
        };
        let is_edited = |path: &str, text: &str| {
            let entry = tree.lookup_entry_by_path(self.prefix.join(path)?).ok()??;
            let id: ObjectId = entry.mode().is_blob().then(|| entry.object_id())?;
            let same = gix::objs::compute_hash(
                local.object_hash(),
                gix::objs::Kind::Blob,
                text.as_bytes(),
            );
            if same.ok()? == id {
                return Some(false);
            }
            let mut blob = local.find_object(id).ok()?;
            let then = text::decode(std::mem::take(&mut blob.data)).text;
            Some(plain(&then) != plain(text))
        };
        documents
            .into_iter()
            .filter(|(path, text)| is_edited(path, text) == Some(true))
            .map(|(path, _)| path)
            .collect()
    }
}

fn plain(text: &str) -> Vec<u8> {
    text.as_bytes().replace("\r\n", "\n")
}
