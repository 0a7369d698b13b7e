//! A ticked task whose files never existed.

use documents::TaskState;
use text::Edit;
use trace::{Basis, Fate, Feature, Resolution};

use crate::catalogue::{Descriptor, Group, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template, shortened};
use crate::outputs::is_output;
use crate::tasks::{TaskView, tasks};
use crate::wording;

const ONE: Template = Template {
    en: "{task} is ticked, but `{path}` never existed in git.",
    ja: "{task} は完了になっていますが、`{path}` は git に一度も存在していません。",
};
const MANY: Template = Template {
    en: "{task} is ticked, but none of its {count} files ever existed in git, `{path}` first.",
    ja: "{task} は完了になっていますが、{count} 個のファイル (`{path}` など) は git に一度も存在していません。",
};
const PLACE: Template = Template {
    en: "No commit has a file of this name.",
    ja: "この名前のファイルはどのコミットにもありません。",
};
const UNTICK: Template = Template {
    en: "Untick {task}",
    ja: "{task} を未完了に戻す",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "phantom-task",
    group: Group::Tasks,
    severity: Severity::Warning,
    summary: "A ticked task whose files never existed.",
    explanation: "The tick says that the work is done, and git says that nothing of it was ever there.\n\nOnly where no \
                  file the task names ever was in git, under any directory, and no symbol it names stands in the sources \
                  (then the work was done in another file). Tasks that run, check, change or remove something are left \
                  out, and so are build outputs and files the text is not sure of. Without the whole history, or before \
                  the sources were read, the answer is unknown.",
    bad: "- [x] T009 Hold notices back at night in `src/quiet_hours.ts`   (never committed)",
    good: "- [ ] T009 Hold notices back at night in `src/quiet_hours.ts`",
    messages: &[ONE, MANY, PLACE],
    measured: None,
};

pub(crate) struct PhantomTask;

/// What is known of a task's files.
enum Answer {
    /// No path that could tell.
    None,
    /// Something was or is there.
    Real,
    Phantom,
    Unknown(String),
}

impl Rule for PhantomTask {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for task in tasks(feature).filter(|task| task.task.state == TaskState::Done) {
            let words = task.words();
            if wording::checks(words)
                || wording::removes(words)
                || wording::modifies_or_hedges(words)
            {
                continue;
            }
            match answer(task) {
                Answer::None => {}
                Answer::Real => sink.clean(),
                Answer::Unknown(why) => sink.unknown(&why),
                Answer::Phantom => match work_elsewhere(task) {
                    Some(true) => sink.clean(),
                    Some(false) => report(task, sink),
                    None => sink.unknown("the sources are still being read"),
                },
            }
        }
    }
}

/// Only files can tell: git keeps no empty directories.
fn answer(task: TaskView<'_>) -> Answer {
    let mut answer = Answer::None;
    for path in task.paths() {
        let never = match &path.link.resolution {
            Resolution::Outside => continue,
            Resolution::Missing(Fate::Unknown(why)) => return Answer::Unknown(why.to_string()),
            Resolution::Missing(Fate::Never {
                name_existed: false,
            }) => true,
            _ => return Answer::Real,
        };
        if never && is_output(&path.mention.path) {
            return Answer::Unknown("the task names something that git may not keep".to_owned());
        }
        if !path.mention.directory {
            answer = Answer::Phantom;
        }
    }
    answer
}

/// Whether a symbol the task names stands in the sources: the work was done, in another file. `None`: unknown yet.
fn work_elsewhere(task: TaskView<'_>) -> Option<bool> {
    let answers = || task.links.words.iter().map(|(_, answer)| *answer);
    if answers().any(|answer| answer == Some(true)) {
        return Some(true);
    }
    answers().all(|answer| answer.is_some()).then_some(false)
}

fn report(task: TaskView<'_>, sink: &mut Sink<'_>) {
    let files: Vec<_> = task
        .paths()
        .filter(|path| matches!(path.link.resolution, Resolution::Missing(_)))
        .collect();
    let Some(first) = files.first() else {
        return;
    };
    let (name, path, count) = (
        task.name(),
        shortened(&first.mention.path, 60),
        files.len().to_string(),
    );
    let facts = [("task", name.as_str()), ("path", &path), ("count", &count)];
    let message = Message::new(if files.len() == 1 { ONE } else { MANY }, &facts);
    let document = task.document.file;
    let mut draft = sink
        .report(document, task.id_range(), message)
        .item(task.at)
        .basis(Basis::Task)
        .fact(first.mention.path.as_str());
    for file in &files {
        draft = draft.related(document, file.mention.range, Message::new(PLACE, &[]));
    }
    drop(draft.fix(Fix {
        title: Message::new(UNTICK, &facts),
        preferred: false,
        edits: vec![(document, Edit::replace(task.task.state_range, " "))],
    }));
}
