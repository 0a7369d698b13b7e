//! The values that tell of links, as JSON has them.

use serde::Serialize;

use super::ElsewhereLink;
use crate::cli::columns::Cell;
use crate::cli::json::Range;

/// A place in a file. Lines and columns count from 1, columns in Unicode characters; bytes from the start of the file.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Place {
    /// Name of the workspace folder.
    pub(crate) root: String,
    /// Path from the folder, with `/`.
    pub(crate) path: String,
    pub(crate) range: Range,
}

/// An item of a spec, and where it is a link, why we believe it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ItemLink {
    /// `specs/003-auth#FR-008`
    pub(crate) address: String,
    /// The address behind the name of its root, as every command takes it; only where there are several roots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) qualified: Option<String>,
    /// The id as its document has it; may be empty.
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    /// The words of its first line.
    pub(crate) title: String,
    /// `open`, `done` or `other`; only of a task or checklist item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<&'static str>,
    /// Its id, or its title where it has no id.
    #[serde(flatten)]
    pub(crate) place: Place,
    /// Why we believe the link; null for the item that was asked for.
    pub(crate) basis: Option<&'static str>,
}

impl ItemLink {
    /// What it is called to people: what they may type to ask for it.
    pub(crate) fn shown(&self) -> &str {
        self.qualified.as_deref().unwrap_or(&self.address)
    }
}

/// A file that a task names.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct FileLink {
    pub(crate) root: String,
    pub(crate) path: String,
    /// `code`, `test` or `other`.
    pub(crate) role: &'static str,
    pub(crate) basis: &'static str,
    /// Where the first of its tasks names it.
    pub(crate) named_at: Place,
    /// Addresses of the tasks that name it.
    pub(crate) through: Vec<String>,
}

/// A symbol of a source file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct SymbolLink {
    /// With the names around it, joined by dots.
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    /// Its name.
    #[serde(flatten)]
    pub(crate) place: Place,
    /// Whether a line of it ran, by a report of coverage that is newer than its file.
    pub(crate) covered: Option<bool>,
    pub(crate) basis: &'static str,
    /// Addresses of the tasks that lead to it; none where it mentions the item itself.
    pub(crate) through: Vec<String>,
}

/// A test of a source file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TestLink {
    /// With the names of its groups.
    pub(crate) name: String,
    pub(crate) skipped: bool,
    /// False: it holds no assertion, as far as can be seen.
    pub(crate) asserts: bool,
    /// What the newest report of tests says of it.
    pub(crate) run: Option<RunLink>,
    /// Its name.
    #[serde(flatten)]
    pub(crate) place: Place,
    pub(crate) basis: &'static str,
    /// Addresses of the tasks that lead to it; none where it mentions the item itself.
    pub(crate) through: Vec<String>,
}

/// What the newest report of tests says of a test.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct RunLink {
    /// `passed`, `failed` or `skipped`.
    pub(crate) outcome: &'static str,
    /// Whether the report is `newer` or `older` than the file of the test, or `unknown`.
    pub(crate) age: &'static str,
}

/// A place that names an item.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct MentionLink {
    /// `code` or `document`.
    pub(crate) r#in: &'static str,
    /// What the code does for the item, where the mention says so: `implements`, `verifies`, `depends` or `related`.
    pub(crate) role: Option<&'static str>,
    /// The id as written.
    #[serde(flatten)]
    pub(crate) place: Place,
    pub(crate) basis: &'static str,
}

/// An item with all that is linked to it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ChainOf {
    pub(crate) item: ItemLink,
    /// What it works for: the stories it belongs to; of a task what it is labelled with and cites.
    pub(crate) serves: Vec<ItemLink>,
    pub(crate) tasks: Vec<ItemLink>,
    pub(crate) files: Vec<FileLink>,
    pub(crate) symbols: Vec<SymbolLink>,
    pub(crate) tests: Vec<TestLink>,
    pub(crate) mentions: Vec<MentionLink>,
    /// Places in repositories that are not checked out, by the facts they published.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) elsewhere: Vec<ElsewhereLink>,
    /// Whether a release has it, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) released: Option<Cell>,
}

/// A source file, or a symbol or test of it, with the items it serves.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct SourceOf {
    pub(crate) root: String,
    pub(crate) path: String,
    /// `code`, `test` or `other`.
    pub(crate) role: &'static str,
    /// The symbol that was asked for.
    pub(crate) symbol: Option<NamedPlace>,
    /// The test that was asked for.
    pub(crate) test: Option<NamedPlace>,
    pub(crate) items: Vec<ServedLink>,
    /// Ids that several features define; nothing says which is meant.
    pub(crate) ambiguous: Vec<AmbiguousLink>,
}

/// A symbol or test and where its name stands.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct NamedPlace {
    pub(crate) name: String,
    #[serde(flatten)]
    pub(crate) place: Place,
}

/// An item that code serves.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ServedLink {
    #[serde(flatten)]
    pub(crate) item: ItemLink,
    /// All that leads to it, strongest first.
    pub(crate) via: Vec<ViaLink>,
}

/// What leads from code to an item.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ViaLink {
    /// `mention` or `task`.
    pub(crate) by: &'static str,
    /// The task's address; of a mention nothing.
    pub(crate) address: Option<String>,
    /// The same behind the name of its root; only where there are several roots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) qualified: Option<String>,
    #[serde(flatten)]
    pub(crate) place: Place,
    pub(crate) basis: &'static str,
}

/// An id in code that may mean several items.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct AmbiguousLink {
    #[serde(flatten)]
    pub(crate) place: Place,
    /// Addresses of the items it may mean.
    pub(crate) candidates: Vec<String>,
    /// The same behind the names of their roots; only where there are several roots.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) qualified: Vec<String>,
}

#[cfg(test)]
impl ChainOf {
    /// An item of this id, title and address, with one link of every sort that has this name.
    pub(crate) fn of_one(name: &str) -> Self {
        let place = || Place {
            root: name.to_owned(),
            path: name.to_owned(),
            range: Range::default(),
        };
        let item = |basis, state| ItemLink {
            address: name.to_owned(),
            qualified: None,
            id: name.to_owned(),
            kind: "requirement",
            title: name.to_owned(),
            state,
            place: place(),
            basis,
        };
        let basis = trace::Basis::Declared.as_str();
        let through = vec![name.to_owned()];
        Self {
            item: item(None, None),
            serves: vec![item(Some(basis), None)],
            tasks: vec![item(Some(basis), Some("open"))],
            files: vec![FileLink {
                root: name.to_owned(),
                path: name.to_owned(),
                role: "code",
                basis,
                named_at: place(),
                through: through.clone(),
            }],
            symbols: vec![SymbolLink {
                name: name.to_owned(),
                kind: "function",
                place: place(),
                covered: Some(true),
                basis,
                through: through.clone(),
            }],
            tests: vec![TestLink {
                name: name.to_owned(),
                skipped: false,
                asserts: true,
                run: None,
                place: place(),
                basis,
                through,
            }],
            mentions: vec![MentionLink {
                r#in: "code",
                role: None,
                place: place(),
                basis,
            }],
            elsewhere: Vec::new(),
            released: None,
        }
    }
}
