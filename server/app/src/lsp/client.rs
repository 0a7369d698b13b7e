//! What the client can do, read once from `initialize`. Every choice between two ways of saying a thing looks here.

use std::path::PathBuf;

use text::Encoding;
use tower_lsp::gen_lsp_types::{
    InitializeParams, PositionEncodingKind, Uri, WorkspaceFolder, WorkspaceFolders,
};

use super::uri;

/// The client as it introduced itself.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one flag per client capability"
)]
pub struct ClientFacts {
    /// How both sides count columns from now on.
    pub encoding: Encoding,
    /// Workspace folders in the client's spelling; empty for a lone file.
    pub folders: Vec<Folder>,
    /// Asks for diagnostics itself; then none are pushed.
    pub pulls_diagnostics: bool,
    /// Can be asked to pull again.
    pub refreshes_diagnostics: bool,
    /// Shows related places of a diagnostic.
    pub related_information: bool,
    /// Watches files when asked.
    pub watches_files: bool,
    /// Watches relative to a folder.
    pub relative_patterns: bool,
    /// Shows progress the server starts.
    pub shows_progress: bool,
    /// Language of the user, e.g. `ja`.
    pub locale: Option<String>,
}

/// A workspace folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// As the client writes it.
    pub uri: Uri,
    /// Where it is.
    pub path: PathBuf,
}

impl Folder {
    /// The folder a URI names; `None` when it is not on this file system.
    #[must_use]
    pub fn new(uri: Uri) -> Option<Self> {
        let path = uri::to_path(&uri)?;
        Some(Self { uri, path })
    }
}

impl ClientFacts {
    /// Reads the client's side of `initialize`.
    #[must_use]
    pub fn new(params: &InitializeParams) -> Self {
        let capabilities = &params.capabilities;
        let document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let watching = workspace.and_then(|w| w.did_change_watched_files.as_ref());
        Self {
            encoding: encoding(params),
            folders: folders(params),
            pulls_diagnostics: document.is_some_and(|d| d.diagnostic.is_some()),
            refreshes_diagnostics: workspace
                .and_then(|w| w.diagnostics.as_ref()?.refresh_support)
                .unwrap_or(false),
            related_information: document
                .and_then(|d| {
                    let pushed = d.publish_diagnostics.as_ref();
                    let pulled = d.diagnostic.as_ref();
                    pushed
                        .map(|p| &p.diagnostics_capabilities)
                        .or(pulled.map(|p| &p.diagnostics_capabilities))?
                        .related_information
                })
                .unwrap_or(false),
            watches_files: watching
                .and_then(|w| w.dynamic_registration)
                .unwrap_or(false),
            relative_patterns: watching
                .and_then(|w| w.relative_pattern_support)
                .unwrap_or(false),
            shows_progress: capabilities
                .window
                .as_ref()
                .and_then(|w| w.work_done_progress)
                .unwrap_or(false),
            locale: params.locale.clone(),
        }
    }
}

/// UTF-8 spares both sides a conversion, UTF-32 is the next cheapest, UTF-16 is what a silent client means.
fn encoding(params: &InitializeParams) -> Encoding {
    let offered = params
        .capabilities
        .general
        .as_ref()
        .and_then(|general| general.position_encodings.as_deref())
        .unwrap_or_default();
    if offered.contains(&PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if offered.contains(&PositionEncodingKind::UTF32) {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}

#[expect(
    deprecated,
    reason = "clients without workspace folders send only these"
)]
fn folders(params: &InitializeParams) -> Vec<Folder> {
    let listed = &params.workspace_folders_initialize_params.workspace_folders;
    if let Some(WorkspaceFolders::WorkspaceFolderList(list)) = listed
        && !list.is_empty()
    {
        let uris = list.iter().map(|WorkspaceFolder { uri, .. }| uri.clone());
        return uris.filter_map(Folder::new).collect();
    }
    let root = params.root_uri.clone();
    root.and_then(Folder::new).into_iter().collect()
}
