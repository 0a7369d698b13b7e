//! Something new from the editor: what the command `new` makes, as an edit that makes files.

use ide::{Unit, Wanted};
use serde::Deserialize;
use serde_json::Value;
use tower_lsp::gen_lsp_types::WorkspaceEdit;
use trace::RootId;
use workspace::link_on;

use super::answer::Refusal;
use super::created;
use super::requests::Ask;
use crate::cli::new::branches;

/// What the client sends with the command.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asked {
    kind: Kind,
    /// Words, or the name of the directory.
    name: String,
    title: Option<String>,
    /// Those that a change touches.
    #[serde(default)]
    capabilities: Vec<String>,
    /// Directory of the project, where there are several.
    project: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Kind {
    Feature,
    Spec,
    Change,
    Capability,
}

impl From<Kind> for Unit {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Feature => Self::Feature,
            Kind::Spec => Self::Spec,
            Kind::Change => Self::Change,
            Kind::Capability => Self::Capability,
        }
    }
}

/// The new files of what is asked for.
pub(super) fn edit(ask: &Ask, argument: Option<&Value>) -> Result<WorkspaceEdit, Refusal> {
    let asked = argument.cloned().unwrap_or_default();
    let asked: Asked = serde_json::from_value(asked)
        .map_err(|error| Refusal::Failed(format!("What is new is not said: {error}.")))?;
    if !(ask.client.creates_files && ask.client.checks_versions) {
        let why = "This editor makes no files for its servers; `spec-analyzer new` does.";
        return Err(Refusal::Failed(why.to_owned()));
    }
    let snapshot = &ask.world.snapshot;
    let analysis = snapshot.analysis();
    let count = analysis.graph.inputs().tree.roots().len();
    let folders = (0..).map(RootId).take(count);
    let folders: Vec<_> = folders
        .filter_map(|root| snapshot.folder(root).map(std::path::Path::to_path_buf))
        .collect();
    let wanted = Wanted {
        unit: asked.kind.into(),
        name: &asked.name,
        title: asked.title.as_deref(),
        capabilities: &asked.capabilities,
        project: asked.project.as_deref(),
        now: &workspace::now().unwrap_or_default(),
        branches: &branches(&folders),
    };
    let texts = |file| snapshot.writable(file);
    let new = analysis
        .scaffold(&texts, &wanted, ask.client.locale)
        .map_err(Refusal::Failed)?;
    let linked = new.iter().find_map(|document| {
        let folder = snapshot.folder(document.root)?;
        link_on(folder, &document.path)
    });
    if let Some(link) = linked {
        let why = format!("`{link}` is a symbolic link: nothing is written behind it.");
        return Err(Refusal::Failed(why));
    }
    let edit = created::documents(ask, new);
    edit.ok_or_else(|| Refusal::Failed("Some of it is there by now.".to_owned()))
}
