//! The tasks of a feature with their own paths and words: what every rule about tasks starts from.

use documents::{DocumentKind, Item, ItemIndex, ItemKind, Task};
use grammar::PathMention;
use text::{TextRange, span};
use trace::{Feature, FeatureDocument, PathLink, TaskLinks};

/// One task line.
#[derive(Clone, Copy)]
pub(crate) struct TaskView<'a> {
    pub(crate) document: &'a FeatureDocument,
    pub(crate) at: ItemIndex,
    pub(crate) item: &'a Item,
    pub(crate) task: &'a Task,
    pub(crate) links: &'a TaskLinks,
    paths: &'a [PathLink],
}

/// A path that a task names.
#[derive(Clone, Copy)]
pub(crate) struct NamedPath<'a> {
    pub(crate) link: &'a PathLink,
    pub(crate) mention: &'a PathMention,
}

impl NamedPath<'_> {
    /// Whether a bare name is only the end of another path of the task: `Dockerfile` of `web.Dockerfile`, `README.md`
    /// before `backend/README.md`.
    pub(crate) fn is_tail_of_another(self, task: TaskView<'_>) -> bool {
        let name = self.mention.path.as_str();
        !name.contains('/')
            && task.paths().any(|other| {
                let other = other.mention.path.as_str();
                other.len() > name.len() && other.ends_with(name)
            })
    }
}

/// An item as people call it: `T001`, and `Task 1.2` where ids are bare numbers.
pub(crate) fn named(document: &FeatureDocument, item: &Item) -> String {
    let what = match (document.kind, item.kind) {
        (DocumentKind::KiroTasks, ItemKind::Task) => "Task ",
        (DocumentKind::KiroRequirements, ItemKind::Requirement) => "Requirement ",
        _ => "",
    };
    format!("{what}{}", item.id)
}

/// Every task of the feature, in document order.
pub(crate) fn tasks(feature: &Feature) -> impl Iterator<Item = TaskView<'_>> {
    let document = feature.tasks_document();
    feature.tasks.iter().filter_map(move |links| {
        let document = document?;
        let item = document.facts().items.get(links.item as usize)?;
        let range = links.paths.start as usize..links.paths.end as usize;
        Some(TaskView {
            document,
            at: links.item,
            item,
            task: item.task.as_ref()?,
            links,
            paths: feature.paths.get(range).unwrap_or(&[]),
        })
    })
}

impl<'a> TaskView<'a> {
    /// Its own paths: those of tasks nested in it are theirs.
    pub(crate) fn paths(self) -> impl Iterator<Item = NamedPath<'a>> {
        let facts = self.document.facts();
        self.paths.iter().filter_map(move |link| {
            let mention = facts.paths.get(link.mention as usize)?;
            self.owns(mention.range)
                .then_some(NamedPath { link, mention })
        })
    }

    /// Whether a range of the document stands in this task and in no task nested in it.
    pub(crate) fn owns(self, range: TextRange) -> bool {
        let inner = self
            .document
            .facts()
            .items
            .iter()
            .skip(self.at as usize + 1);
        let mut nested = inner
            .take_while(|item| item.range.start() < self.item.range.end())
            .filter(|item| item.kind == ItemKind::Task);
        self.item.range.contains_range(range)
            && !nested.any(|item| item.range.contains_range(range))
    }

    /// Its words behind id and labels, sub-items included.
    pub(crate) fn words(self) -> &'a str {
        let range = TextRange::new(
            self.item.title_range.start().min(self.item.range.end()),
            self.item.range.end(),
        );
        self.document.slice(range)
    }

    /// Its words up to a place in it.
    pub(crate) fn words_before(self, place: TextRange) -> &'a str {
        let start = self.item.title_range.start().min(place.start());
        self.document.slice(TextRange::new(start, place.start()))
    }

    /// What a message calls it: its id, or the line it stands in.
    pub(crate) fn name(self) -> String {
        if self.item.id.is_empty() {
            format!("line {}", line_of(self.document, self.item.range))
        } else {
            named(self.document, self.item)
        }
    }

    /// The text its finding covers when the task itself is meant.
    pub(crate) fn id_range(self) -> TextRange {
        if self.item.id_range.is_empty() {
            self.task.checkbox_range
        } else {
            self.item.id_range
        }
    }
}

/// The line, from 1, in which a range begins.
pub(crate) fn line_of(document: &FeatureDocument, range: TextRange) -> usize {
    let before = &document.doc.text[..usize::from(range.start())];
    let bytes = before.as_bytes();
    let breaks = bytes.iter().enumerate().filter(|&(at, &byte)| {
        byte == b'\n' || (byte == b'\r' && document.doc.text.as_bytes().get(at + 1) != Some(&b'\n'))
    });
    breaks.count() + 1
}

/// The digits that number an id, as bytes of the document: `006` of `FR-006`. Nothing for ids with more than one
/// number or a suffix, or with digits that are not ASCII.
pub(crate) fn digits_of(document: &FeatureDocument, id: TextRange) -> Option<TextRange> {
    let written = document.slice(id);
    let start = written.find(|c: char| c.is_numeric())?;
    let digits = &written[start..];
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    let base = usize::from(id.start());
    plain.then(|| span(base + start, base + written.len()))
}
