//! Requirements that were reworded after their tasks were ticked, while nothing that was made for them changed since.
//!
//! With no lock, git is the baseline: what stood in the spec when the tasks were ticked was built; what stands there now
//! was not looked at again.

use documents::{DocumentKind, Format};
use text::TextRange;
use trace::{Feature, FeatureDocument, OutdatedItem, Since};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template, shortened, without_middle};
use crate::tasks::named;

const SAYS: Template = Template {
    en: "{who} says \"{now}\" for \"{was}\" since {commit}, after {task} was ticked; `{path}` did not change.",
    ja: "{task} の完了後、{commit} で {who} の「{was}」が「{now}」になりましたが、`{path}` は変わっていません。",
};
const ADDS: Template = Template {
    en: "{who} also says \"{now}\" since {commit}, after {task} was ticked; `{path}` did not change.",
    ja: "{task} の完了後、{commit} で {who} に「{now}」が加わりましたが、`{path}` は変わっていません。",
};
const OMITS: Template = Template {
    en: "{who} does not say \"{was}\" since {commit}, after {task} was ticked; `{path}` did not change.",
    ja: "{task} の完了後、{commit} で {who} から「{was}」がなくなりましたが、`{path}` は変わっていません。",
};
const REWRITTEN: Template = Template {
    en: "{who} reads differently since {commit}, after {task} was ticked; `{path}` did not change.",
    ja: "{task} の完了後、{commit} で {who} の文言が変わりましたが、`{path}` は変わっていません。",
};
const REWORDED: Template = Template {
    en: "{commit} wrote this; before it stood \"{was}\".",
    ja: "{commit} で書かれました。それまでは「{was}」でした。",
};
const TICKED: Template = Template {
    en: "{task} was ticked before that, in {commit}.",
    ja: "{task} はそれより前の {commit} で完了になっています。",
};
const TICKED_BEFORE: Template = Template {
    en: "{task} was ticked before that.",
    ja: "{task} はそれより前に完了になっています。",
};
const CHANGED: Template = Template {
    en: "`{path}` was changed last before that, in {commit}.",
    ja: "`{path}` の最後の変更はそれより前の {commit} です。",
};
const CHANGED_BEFORE: Template = Template {
    en: "`{path}` was not changed since.",
    ja: "`{path}` はそれ以降変更されていません。",
};

/// Related places of one kind.
const SHOWN: usize = 5;

static DESCRIPTOR: Descriptor = Descriptor {
    code: "stale-code",
    group: Group::Drift,
    severity: Severity::Hint,
    summary: "A requirement was reworded after its tasks were ticked, and nothing made for it changed since.",
    explanation: "What was built is what the requirement said when its tasks were ticked. A later commit gave it other \
                  words, and neither these tasks nor any file that they name, nor any file that mentions the requirement, \
                  changed in that commit or later.\n\nWhat counts as another text is what counts for an acceptance: ids, \
                  ticks, formatting and wrapping do not. Items that were renumbered or moved are left alone, and so are \
                  those that a task cites which is open, was written since or was ticked since. Unknown where the history is \
                  not whole, and where a task names something that is not one file.\n\nIn most of the judged cases the spec was \
                  brought into line with code that had changed before, or the work was done in files that no task names.",
    bad: "(FR-001 when T004 was ticked: \"for 30 minutes\"; now:)\n\n- **FR-001**: System MUST keep a session for 45 minutes.",
    good: "The same with a later change of `src/session.rs`, which T004 names",
    messages: &[
        SAYS,
        ADDS,
        OMITS,
        REWRITTEN,
        REWORDED,
        TICKED,
        TICKED_BEFORE,
        CHANGED,
        CHANGED_BEFORE,
    ],
    // All that public repositories have today, and states of them right after a commit that reworded a spec.
    measured: Some(Measured {
        judged: 11,
        right: 2,
        seeded: 0,
        found: 0,
    }),
};

pub(crate) struct StaleCode;

impl Rule for StaleCode {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro]
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[
            DocumentKind::Spec,
            DocumentKind::Tasks,
            DocumentKind::KiroRequirements,
            DocumentKind::KiroTasks,
        ]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        if let (Some(why), Some(tasks)) = (&feature.outdated.unknown, feature.tasks_document()) {
            sink.unknown_in(tasks.file, why);
        }
        for outdated in &feature.outdated.items {
            let Some(document) = feature.document(outdated.item.file) else {
                continue;
            };
            match outdated.is_left_behind() {
                Some(true) => report(feature, document, outdated, sink),
                Some(false) => sink.clean(),
                None => {
                    let untold = outdated.files.iter().find_map(|file| match &file.since {
                        Some(Since::Unknown(why)) => Some(why.as_str()),
                        None => Some("git history is still being read"),
                        _ => None,
                    });
                    let why = outdated.unknown.as_deref().or(untold);
                    sink.unknown_in(document.file, why.unwrap_or_default());
                }
            }
        }
    }
}

fn report(
    feature: &Feature,
    document: &FeatureDocument,
    outdated: &OutdatedItem,
    sink: &mut Sink<'_>,
) {
    let (Some(item), Some(tasks)) = (feature.item(outdated.item), feature.tasks_document()) else {
        return;
    };
    let name = |task: &trace::ItemRef| {
        let item = feature.item(*task);
        item.map_or_else(String::new, |item| named(tasks, item))
    };
    let path_at = |range: TextRange| without_middle(tasks.slice(range), 40);
    let by_task = outdated.files.iter().find(|file| !file.named_at.is_empty());
    let Some((first, file)) = outdated.tasks.first().zip(by_task) else {
        return;
    };
    let range = if item.id_range.is_empty() {
        item.title_range
    } else {
        item.id_range
    };
    let who = shortened(&item.id, 40);
    let (task, path) = (name(&first.0), path_at(file.named_at));
    let change = &outdated.change;
    let template = match (change.was.is_empty(), change.now.is_empty()) {
        (true, _) => ADDS,
        (_, true) => OMITS,
        _ => SAYS,
    };
    let facts = [
        ("who", who.as_str()),
        ("task", task.as_str()),
        ("path", path.as_str()),
        ("commit", outdated.commit.as_str()),
        ("was", change.was.as_str()),
        ("now", change.now.as_str()),
    ];
    let bare = facts.map(|(name, fact)| match name {
        "was" | "now" => (name, ""),
        _ => (name, fact),
    });
    let room = Message::room(template, &bare);
    let told = change.was.chars().count() + change.now.chars().count() <= room;
    let template = if told { template } else { REWRITTEN };
    let reworded = [("commit", outdated.commit.as_str()), ("was", &change.was)];
    let mut draft = sink
        .report(document.file, range, Message::new(template, &facts))
        .item(outdated.item.item)
        .basis(trace::Basis::Task)
        .fact(format!("{} {}", change.was, change.now))
        .related(
            document.file,
            item.title_range,
            Message::new(REWORDED, &reworded),
        );
    for (task, commit) in outdated.tasks.iter().take(SHOWN) {
        let Some(it) = feature.item(*task) else {
            continue;
        };
        let template = if commit.is_some() {
            TICKED
        } else {
            TICKED_BEFORE
        };
        let name = name(task);
        let facts = [
            ("task", name.as_str()),
            ("commit", commit.as_deref().unwrap_or_default()),
        ];
        draft = draft.related(tasks.file, it.id_range, Message::new(template, &facts));
    }
    let named = outdated
        .files
        .iter()
        .filter(|file| !file.named_at.is_empty());
    for file in named.take(SHOWN) {
        let commit = match &file.since {
            Some(Since::Same(commit)) => commit.as_deref(),
            _ => None,
        };
        let template = if commit.is_some() {
            CHANGED
        } else {
            CHANGED_BEFORE
        };
        let path = path_at(file.named_at);
        let facts = [
            ("path", path.as_str()),
            ("commit", commit.unwrap_or_default()),
        ];
        draft = draft.related(tasks.file, file.named_at, Message::new(template, &facts));
    }
    drop(draft);
}
