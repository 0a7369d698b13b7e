//! Links that a spec itself writes as tags: Tessl's `[@test](../tests/add.test.ts)`, `[@generate](../src/add.ts)`.

use text::{FileId, TextRange};

use super::{FileRole, LinkedFile, TestRef};
use crate::feature::ItemRef;
use crate::hyperlinks::End;
use crate::{Basis, Feature, FeatureDocument, Graph};

/// Tags that lead to tests, and tags that lead to code.
const TESTS: [&str; 1] = ["[@test]"];
const CODE: [&str; 3] = ["[@generate]", "[@generates]", "[@describe]"];

impl Graph {
    /// Files that the lines of an item tag, with what they are for.
    #[must_use]
    pub fn files_tagged(&self, item: ItemRef) -> Vec<LinkedFile> {
        let Some((feature, it)) = self.item(item) else {
            return Vec::new();
        };
        let Some(document) = feature.document(item.file) else {
            return Vec::new();
        };
        let mut files: Vec<LinkedFile> = Vec::new();
        for (file, role, named_at) in tagged(feature, document) {
            if it.range.contains_range(named_at) && !files.iter().any(|known| known.file == file) {
                files.push(LinkedFile {
                    file,
                    role,
                    named_at,
                });
            }
        }
        files
    }

    /// Tests of the files that an item tags as its tests.
    pub(crate) fn tests_tagged(&self, item: ItemRef) -> Vec<TestRef> {
        let files = self.files_tagged(item).into_iter();
        files
            .filter(|linked| linked.role == FileRole::Test)
            .filter_map(|linked| Some((linked.file, self.source(linked.file)?)))
            .flat_map(|(file, source)| {
                (0..source.facts.tests.len() as u32).map(move |test| TestRef {
                    file,
                    test,
                    basis: Basis::Declared,
                })
            })
            .collect()
    }
}

impl Feature {
    /// Files that its documents name or tag: sources among them must be read for the links to be complete.
    pub fn named_files(&self) -> impl Iterator<Item = FileId> + '_ {
        let paths = self.paths.iter();
        let named = paths.flat_map(|link| link.resolution.files().iter().copied());
        let documents = self.documents.iter();
        let tagged = documents.flat_map(|document| tagged(self, document));
        named.chain(tagged.map(|(file, ..)| file))
    }
}

fn tagged<'a>(
    feature: &'a Feature,
    document: &'a FeatureDocument,
) -> impl Iterator<Item = (FileId, FileRole, TextRange)> + 'a {
    let facts = document.facts();
    let own = feature
        .hyperlinks
        .iter()
        .filter(|link| link.file == document.file);
    let links = own.filter_map(|link| match link.end {
        End::File(file) => Some((file, facts.hyperlinks.get(link.link as usize)?.range)),
        _ => None,
    });
    let own = feature
        .paths
        .iter()
        .filter(|link| link.file == document.file);
    let paths = own.filter_map(|link| {
        let range = facts.paths.get(link.mention as usize)?.range;
        match link.resolution.files() {
            [file] => Some((*file, range)),
            _ => None,
        }
    });
    links
        .chain(paths)
        .filter_map(|(file, range)| Some((file, role(&document.doc.text, range)?, range)))
}

/// What the tag right before a path says: `[@test](path)` or `[@test] path`.
fn role(text: &str, path: TextRange) -> Option<FileRole> {
    let before = text.get(..usize::from(path.start()))?;
    let before = before.trim_end_matches(['(', ' ', '`', '<']);
    let ends = |tags: &[&str]| tags.iter().any(|tag| before.ends_with(tag));
    if ends(&TESTS) {
        Some(FileRole::Test)
    } else if ends(&CODE) {
        Some(FileRole::Code)
    } else {
        None
    }
}
