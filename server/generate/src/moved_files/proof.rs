//! Reads what was written and compares: every rewritten path leads to what it must, and a document says otherwise what it
//! said. What does not hold is taken back.

use std::collections::BTreeMap;
use std::sync::Arc;

use documents::Document;
use text::{Edit, FileId, LineIndex, TextRange, TextSize};
use trace::{Change, DocumentFile, End, Graph};

use super::ways::Named;
use super::{How, Planned, Rewrite};

/// Takes back what does not hold, and gives the places of that. `after` has everything in its new place, the documents
/// not yet rewritten.
pub(super) fn hold(
    after: &Graph,
    new_ids: &BTreeMap<FileId, FileId>,
    planned: &mut [Planned],
) -> Vec<(FileId, TextRange)> {
    let mut left = Vec::new();
    loop {
        let documents = &after.inputs().documents;
        let at = |file: FileId| new_ids.get(&file).copied().unwrap_or(file);
        let mut changes = Vec::new();
        for document in planned.iter() {
            let at = at(document.file);
            let kind = documents.get(&at).and_then(|known| known.facts.kind);
            let Some((kind, text)) = kind.zip(document.rewritten()) else {
                continue;
            };
            let read = DocumentFile {
                lines: LineIndex::new(&text),
                facts: documents::read(kind, &text),
                text: text.into(),
            };
            changes.push(Change::Document(at, Some(Arc::new(read))));
        }
        let read = after.apply(changes);
        let before = left.len();
        for document in planned.iter_mut() {
            let file = document.file;
            let failed = failing(after, &read, at(file), document);
            let mut nth = 0;
            document.rewrites.retain(|rewrite| {
                let fails = failed.contains(&nth);
                nth += 1;
                if fails {
                    left.push((file, rewrite.edit.range));
                }
                !fails
            });
        }
        if left.len() == before {
            return left;
        }
    }
}

impl Planned {
    fn rewritten(&self) -> Option<String> {
        let edits: Vec<Edit> = self.rewrites.iter().map(|it| it.edit.clone()).collect();
        text::apply(&self.text, &edits).ok()
    }

    /// Where each rewrite stands afterwards.
    fn shifted(&self) -> Vec<TextRange> {
        let (mut old, mut new) = (TextSize::new(0), TextSize::new(0));
        let mut shifted = Vec::with_capacity(self.rewrites.len());
        for Rewrite { edit, .. } in &self.rewrites {
            new += edit.range.start() - old;
            let range = TextRange::at(new, TextSize::of(edit.insert.as_str()));
            shifted.push(range);
            new = range.end();
            old = edit.range.end();
        }
        shifted
    }
}

/// Which of the rewrites of a document do not hold; all of them, where the document says something else.
fn failing(after: &Graph, read: &Graph, at: FileId, planned: &Planned) -> Vec<usize> {
    if planned.rewrites.is_empty() {
        return Vec::new();
    }
    let shifted = planned.shifted();
    let all = || (0..planned.rewrites.len()).collect();
    let Some(feature) = read.feature_of(at) else {
        // A document that is in no feature any more: its links can still be followed, and were written for that.
        let paths = planned
            .rewrites
            .iter()
            .enumerate()
            .filter(|(_, it)| it.how == How::Path);
        return paths.map(|(nth, _)| nth).collect();
    };
    let (Some(now), Some(then)) = (
        feature.document(at),
        after.inputs().documents.get(&at).map(|it| &it.facts),
    ) else {
        return all();
    };
    let leads = |rewrite: &Rewrite, range: TextRange| {
        if rewrite.how == How::Head {
            return now.slice(range) == rewrite.edit.insert;
        }
        if rewrite.how == How::Link {
            let links = feature.hyperlinks.iter().filter(|link| link.file == at);
            let mut ends = links.filter(|link| {
                let link = now.facts().hyperlinks.get(link.link as usize);
                link.is_some_and(|link| link.range == range)
            });
            return ends
                .next()
                .is_some_and(|link| match (&rewrite.goal, &link.end) {
                    (Named::File(root, path), End::File(file)) => {
                        read.inputs().tree.path(*file) == Some((*root, path))
                    }
                    (Named::Directory(..), End::Directory) => true,
                    _ => false,
                });
        }
        let links = feature.paths.iter().filter(|link| link.file == at);
        let mut named = links.filter(|link| {
            let path = now.facts().paths.get(link.mention as usize);
            path.is_some_and(|path| path.range == range)
        });
        let leads = named
            .next()
            .is_some_and(|link| rewrite.goal.is(read, Some(&link.resolution)));
        leads && named.next().is_none()
    };
    let failed: Vec<usize> = planned
        .rewrites
        .iter()
        .zip(&shifted)
        .enumerate()
        .filter(|(_, (rewrite, range))| !leads(rewrite, **range))
        .map(|(nth, _)| nth)
        .collect();
    if !failed.is_empty() || says_the_same(then, now.facts(), planned, &shifted) {
        return failed;
    }
    all()
}

/// The same items, ids and numbers of paths outside of what was rewritten.
fn says_the_same(
    then: &Document,
    now: &Document,
    planned: &Planned,
    shifted: &[TextRange],
) -> bool {
    let inside = |ranges: &[TextRange], range: TextRange| {
        let mut both = ranges.iter().filter_map(|own| own.intersect(range));
        both.any(|both| !both.is_empty())
    };
    let old: Vec<TextRange> = planned.rewrites.iter().map(|it| it.edit.range).collect();
    let items = |facts: &Document| {
        let items = facts.items.iter();
        let of = items.map(|item| {
            let state = item.task.as_ref().map(|task| task.state);
            (item.kind, item.id.clone(), item.parent, state)
        });
        of.collect::<Vec<_>>()
    };
    let mentions = |facts: &Document, ranges: &[TextRange]| {
        let own = facts.mentions.iter().filter(|it| !inside(ranges, it.range));
        own.map(|it| it.key.clone()).collect::<Vec<_>>()
    };
    items(then) == items(now)
        && then.sections.len() == now.sections.len()
        && then.paths.len() == now.paths.len()
        && then.hyperlinks.len() == now.hyperlinks.len()
        && mentions(then, &old) == mentions(now, shifted)
}
