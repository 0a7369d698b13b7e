//! Links into repositories that are not checked out, by the facts they published.

use serde::Serialize;
use trace::{Basis, ItemRef};

use super::Links;

/// A place in a repository that is not checked out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ElsewhereLink {
    pub(crate) repository: String,
    /// The commit its facts are of.
    pub(crate) commit: Option<String>,
    pub(crate) path: String,
    /// From 1.
    pub(crate) line: u32,
    /// It stands in a test.
    pub(crate) test: bool,
    pub(crate) basis: &'static str,
}

/// An item of a repository that is not checked out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ElsewhereItem {
    pub(crate) repository: String,
    /// The commit its facts are of.
    pub(crate) commit: Option<String>,
    pub(crate) address: String,
    pub(crate) kind: String,
    pub(crate) path: String,
    /// From 1.
    pub(crate) line: u32,
    /// The code that serves it there.
    pub(crate) code: Vec<ElsewhereCode>,
}

/// A file, or a symbol or test in it, in a repository that is not checked out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ElsewhereCode {
    /// `file`, `symbol` or `test`.
    pub(crate) what: String,
    pub(crate) path: String,
    /// Of its name, from 1; of a file nothing.
    pub(crate) line: Option<u32>,
    /// Of a file nothing.
    pub(crate) name: Option<String>,
    pub(crate) basis: String,
}

impl Links<'_> {
    /// Places in repositories that are not checked out which name an item.
    pub(super) fn named_elsewhere(self, item: ItemRef) -> Vec<ElsewhereLink> {
        let found = self.graph.named_elsewhere(item).into_iter();
        found
            .map(|each| ElsewhereLink {
                repository: each.repository.repository.clone(),
                commit: each.repository.commit.clone(),
                path: each.mention.path.clone(),
                line: each.mention.line,
                test: each.mention.test,
                basis: Basis::Declared.as_str(),
            })
            .collect()
    }

    /// Items of repositories that are not checked out, by what people type.
    pub(crate) fn elsewhere(self, what: &str) -> Vec<ElsewhereItem> {
        let found = self.graph.published_items(what).into_iter();
        found
            .map(|(repository, item)| ElsewhereItem {
                repository: repository.repository.clone(),
                commit: repository.commit.clone(),
                address: item.address.clone(),
                kind: item.kind.clone(),
                path: item.path.clone(),
                line: item.line,
                code: item
                    .code
                    .iter()
                    .map(|code| ElsewhereCode {
                        what: code.what.clone(),
                        path: code.path.clone(),
                        line: code.line,
                        name: code.name.clone(),
                        basis: code.basis.clone(),
                    })
                    .collect(),
            })
            .collect()
    }
}
