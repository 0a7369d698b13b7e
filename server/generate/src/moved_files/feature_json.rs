//! `.specify/feature.json` names the feature that is worked on by its directory.

use smol_str::SmolStr;
use text::{Edit, FileId, data};
use trace::Graph;

use super::moves::{Goes, Moves};
use crate::Texts;

/// The edits of the files that name a directory which is moved as a whole, within its project.
pub(super) fn edits(graph: &Graph, moves: &Moves<'_>, texts: &Texts<'_>) -> Vec<(FileId, Edit)> {
    let tree = &graph.inputs().tree;
    let mut edits = Vec::new();
    for project in graph.projects() {
        let within = |path: &str| {
            if project.path.is_empty() {
                path.to_owned()
            } else {
                format!("{}/{path}", project.path)
            }
        };
        let Some(file) = tree.file(project.root, &within(".specify/feature.json")) else {
            continue;
        };
        if edits.iter().any(|(known, _)| *known == file) {
            continue;
        }
        let Ok(text) = texts(file) else { continue };
        let start = text::bom_len(&text);
        let Some(root) = data::read(&text, start) else {
            continue;
        };
        let value = root
            .get(&text, "feature_directory")
            .and_then(|value| value.text());
        let Some(at) = value.cloned() else { continue };
        let written = &text[at.clone()];
        let bare = written.trim_start_matches("./");
        let (lead, named) = (
            &written[..written.len() - bare.len()],
            bare.trim_end_matches('/'),
        );
        if named.is_empty() || written.contains('\\') {
            continue;
        }
        let Goes::To(root, new) = moves.of(project.root, &within(named)) else {
            continue;
        };
        let inside = match project.path.as_str() {
            "" => Some(new.as_str()),
            path => new.strip_prefix(path).and_then(|new| new.strip_prefix('/')),
        };
        let Some(inside) = inside.filter(|_| root == project.root) else {
            continue;
        };
        if inside.contains(['"', '\\']) || inside.chars().any(char::is_control) {
            continue;
        }
        let tail = &bare[named.len()..];
        let insert = format!("{lead}{inside}{tail}");
        if insert != SmolStr::new(written) {
            edits.push((file, Edit::replace(text::span(at.start, at.end), insert)));
        }
    }
    edits
}
