//! What other repositories say of an item: those of the workspace, and those that only published their facts.

use rules::Locale;
use text::{FileId, TextSize};
use trace::{Basis, Chain, Graph, ItemRef, RootId};

use super::list;
use crate::wording::{self, say};

/// The path of a file, behind the name of its repository where that is another one than `home`.
pub(super) fn path_from(graph: &Graph, home: RootId, file: FileId) -> String {
    let tree = &graph.inputs().tree;
    match tree.path(file) {
        Some((root, path)) if root != home => format!("{}/{path}", tree.root_name(root)),
        _ => tree.path_str(file).to_owned(),
    }
}

/// Places in other repositories that name an item: those of the workspace, and what others have published.
pub(super) fn elsewhere(
    graph: &Graph,
    item: ItemRef,
    chain: &Chain,
    locale: Locale,
    out: &mut String,
) {
    let tree = &graph.inputs().tree;
    let home = tree.path(item.file).map(|(root, _)| root);
    let is_far = |file: FileId| tree.path(file).map(|(root, _)| root) != home;
    let at = |file: FileId, offset: TextSize| {
        let inputs = graph.inputs();
        let source = inputs.sources.get(&file).map(|it| &it.lines);
        let lines = source.or_else(|| inputs.documents.get(&file).map(|it| &it.lines))?;
        let line = lines.line(offset) + 1;
        let path = path_from(graph, home?, file);
        Some(format!("{}:{line}", wording::code(&path)))
    };
    let mut lines: Vec<String> = Vec::new();
    let known = chain.mentions.iter().filter(|(file, _, basis)| {
        // What is inferred is counted above and told from what is known there.
        *basis != Basis::Inferred && is_far(*file)
    });
    lines.extend(known.filter_map(|&(file, mention, _)| {
        let mention = graph.source(file)?.facts.mentions.get(mention as usize)?;
        at(file, mention.mention.range.start())
    }));
    let documents = graph.document_mentions(item).into_iter();
    let far = documents.filter(|(file, _)| is_far(*file));
    lines.extend(far.filter_map(|(file, range)| at(file, range.start())));
    lines.extend(graph.named_elsewhere(item).into_iter().map(|each| {
        let (repository, mention) = (each.repository, each.mention);
        let path = format!("{}/{}", repository.repository, mention.path);
        let place = format!("{}:{}", wording::code(&path), mention.line);
        let commit = repository.commit.as_deref().unwrap_or_default();
        match (locale, commit) {
            (Locale::English, "") => format!("{place} (by its facts)"),
            (Locale::English, commit) => format!("{place} (by its facts of {commit})"),
            (Locale::Japanese, "") => format!("{place} (公開された情報による)"),
            (Locale::Japanese, commit) => format!("{place} ({commit} で公開された情報による)"),
        }
    }));
    lines.sort();
    lines.dedup();
    let head = say(locale, "In other repositories", "他のリポジトリでの言及");
    list(out, head, locale, &lines, String::clone);
}
