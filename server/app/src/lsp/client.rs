//! What the client can do, read once from `initialize`. Every choice between two ways of saying a thing looks here.

use std::path::PathBuf;

use rules::Locale;
use settings::Scope;
use text::Encoding;
use tower_lsp::gen_lsp_types::{
    ClientCapabilities, InitializeParams, LspAny, MarkupKind, PositionEncodingKind,
    ResourceOperationKind, Uri, WorkspaceFolder, WorkspaceFolders,
};

use super::requests::code_lens::SHOW_PLACES;
use super::spelling::Spelling;
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
    /// May be offered diagnostics of all documents. Neovim, once it is, does not ask again for those of its open
    /// documents when it is told to.
    pub pulls_all_diagnostics: bool,
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
    /// Shows Markdown when hovering.
    pub hovers_in_markdown: bool,
    /// Shows Markdown beside a completion.
    pub completes_in_markdown: bool,
    /// Takes completions with places to fill in.
    pub completes_with_snippets: bool,
    /// Takes links, with the token they start from, for definitions.
    pub links_definitions: bool,
    /// The same for implementations.
    pub links_implementations: bool,
    /// Takes symbols inside symbols.
    pub nests_symbols: bool,
    /// Takes edits for exactly the version they were made for.
    pub checks_versions: bool,
    /// Asks what a rename is about before it asks for the rename.
    pub prepares_renames: bool,
    /// Shows what an edit is for.
    pub annotates_changes: bool,
    /// Takes edits with tab stops.
    pub edits_with_snippets: bool,
    /// Makes files where an edit asks for it.
    pub creates_files: bool,
    /// How a code action that was chosen becomes an edit.
    pub choosing: Choosing,
    /// Shows lenses.
    pub shows_lenses: bool,
    /// Can be asked to ask for lenses again.
    pub refreshes_lenses: bool,
    /// Can be asked to ask for inlay hints again.
    pub refreshes_hints: bool,
    /// Can be asked to ask for semantic tokens again.
    pub refreshes_tokens: bool,
    /// Can be asked to show a document.
    pub shows_documents: bool,
    /// Asks for the text of documents that only the server has.
    pub reads_documents: bool,
    /// Has a command of its own that shows a list of places.
    pub shows_places: bool,
    /// How it writes paths.
    pub spelling: Spelling,
    /// Language of the user.
    pub locale: Locale,
    /// Which features the user wants to hear of, where the editor says so.
    pub scope: Option<Scope>,
}

/// How a code action that was chosen becomes an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choosing {
    /// The client asks for the edit.
    Resolves,
    /// The client runs the action's command, and is then asked to apply the edit.
    Commands,
    /// The same, but it knows commands only.
    OnlyCommands,
    /// The client takes edits only together with the list of actions.
    Edits,
    /// There is no way.
    Nothing,
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
        let edits = workspace.and_then(|w| w.workspace_edit.as_ref());
        let completion = document.and_then(|d| d.completion.as_ref()?.completion_item.as_ref());
        Self {
            encoding: encoding(params),
            folders: folders(params),
            pulls_diagnostics: document.is_some_and(|d| d.diagnostic.is_some()),
            pulls_all_diagnostics: params
                .client_info
                .as_ref()
                .is_none_or(|client| client.name != "Neovim"),
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
            hovers_in_markdown: document
                .and_then(|d| d.hover.as_ref()?.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            completes_in_markdown: completion
                .and_then(|item| item.documentation_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            completes_with_snippets: completion
                .and_then(|item| item.snippet_support)
                .unwrap_or(false),
            links_definitions: document
                .and_then(|d| d.definition.as_ref()?.link_support)
                .unwrap_or(false),
            links_implementations: document
                .and_then(|d| d.implementation.as_ref()?.link_support)
                .unwrap_or(false),
            nests_symbols: document
                .and_then(|d| {
                    let symbols = d.document_symbol.as_ref()?;
                    symbols.hierarchical_document_symbol_support
                })
                .unwrap_or(false),
            checks_versions: edits.and_then(|e| e.document_changes).unwrap_or(false),
            prepares_renames: document
                .and_then(|d| d.rename.as_ref()?.prepare_support)
                .unwrap_or(false),
            annotates_changes: edits.is_some_and(|e| e.change_annotation_support.is_some()),
            edits_with_snippets: edits.and_then(|e| e.snippet_edit_support).unwrap_or(false),
            creates_files: edits
                .and_then(|e| e.resource_operations.as_ref())
                .is_some_and(|kinds| kinds.contains(&ResourceOperationKind::Create)),
            choosing: choosing(capabilities),
            shows_lenses: document.is_some_and(|d| d.code_lens.is_some()),
            refreshes_lenses: workspace
                .and_then(|w| w.code_lens.as_ref()?.refresh_support)
                .unwrap_or(false),
            refreshes_hints: workspace
                .and_then(|w| w.inlay_hint.as_ref()?.refresh_support)
                .unwrap_or(false),
            refreshes_tokens: workspace
                .and_then(|w| w.semantic_tokens.as_ref()?.refresh_support)
                .unwrap_or(false),
            shows_documents: capabilities
                .window
                .as_ref()
                .and_then(|w| w.show_document.as_ref())
                .is_some_and(|show| show.support),
            reads_documents: workspace.is_some_and(|w| w.text_document_content.is_some()),
            shows_places: capabilities
                .experimental
                .as_ref()
                .and_then(|own| own.get("commands")?.as_array())
                .is_some_and(|commands| commands.iter().any(|name| name == SHOW_PLACES)),
            spelling: spelling(params),
            locale: params
                .initialization_options
                .as_ref()
                .and_then(|options| options.get("locale")?.as_str())
                .or(params.locale.as_deref())
                .map_or(Locale::default(), Locale::of_tag),
            scope: params.initialization_options.as_ref().and_then(scope),
        }
    }
}

/// As its name tells, and the folders it named.
fn spelling(params: &InitializeParams) -> Spelling {
    let name = params
        .client_info
        .as_ref()
        .map_or("", |client| &client.name);
    let known = Spelling::of_client(name);
    let folders = folders(params).into_iter();
    folders.fold(known, |known, folder| {
        uri::learned(known, &folder.uri, &folder.path)
    })
}

/// `scope` of the editor's own settings; `None`: they do not say, or say what nobody knows.
#[must_use]
pub fn scope(options: &LspAny) -> Option<Scope> {
    Scope::of_word(options.get("scope")?.as_str()?)
}

fn choosing(capabilities: &ClientCapabilities) -> Choosing {
    let workspace = capabilities.workspace.as_ref();
    let applies = workspace.and_then(|w| w.apply_edit).unwrap_or(false);
    let actions = capabilities
        .text_document
        .as_ref()
        .and_then(|document| document.code_action.as_ref());
    let literals = actions.is_some_and(|a| a.code_action_literal_support.is_some());
    let resolves = actions.is_some_and(|a| {
        let edits = |list: &[String]| list.iter().any(|property| property == "edit");
        a.data_support == Some(true)
            && a.resolve_support
                .as_ref()
                .is_some_and(|r| edits(&r.properties))
    });
    match (literals, resolves, applies) {
        (true, true, _) => Choosing::Resolves,
        (true, false, true) => Choosing::Commands,
        (true, false, false) => Choosing::Edits,
        (false, _, true) => Choosing::OnlyCommands,
        (false, _, false) => Choosing::Nothing,
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
