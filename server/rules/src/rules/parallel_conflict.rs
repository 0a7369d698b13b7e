//! Two tasks marked as parallel that write the same file.

use std::cell::OnceCell;

use documents::{DocumentKind, ItemIndex, TaskState};
use grammar::IdKind;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::{Edit, TextRange, span};
use trace::{Basis, Feature, FeatureDocument, Resolution};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template, shortened};
use crate::shared_file::Accepted;
use crate::tasks::{NamedPath, TaskView, tasks};
use crate::wording;

const CONFLICT: Template = Template {
    en: "{later} and {earlier} are both [P] in one group, and both change `{path}`.",
    ja: "同じグループの {later} と {earlier} はどちらも [P] ですが、同じ `{path}` を変更します。",
};
const HABIT: Template = Template {
    en: "{later} and {earlier} are both [P] and change `{path}`; {count} other groups of this list share a file, too.",
    ja: "{later} と {earlier} はどちらも [P] で同じ `{path}` を変更します。この一覧の他の {count} グループも同様です。",
};
const TWICE: Template = Template {
    en: "{later} and {earlier} are both [P] and change `{path}`; another group of this list shares a file, too.",
    ja: "{later} と {earlier} はどちらも [P] で同じ `{path}` を変更します。この一覧の別のグループも同様です。",
};
const OTHER: Template = Template {
    en: "{earlier} changes it here.",
    ja: "{earlier} はここで変更します。",
};
const REMOVE: Template = Template {
    en: "Remove [P] from {later}",
    ja: "{later} から [P] を削除",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "parallel-conflict",
    group: Group::Tasks,
    severity: Severity::Warning,
    summary: "Two open tasks marked as parallel that change the same file.",
    explanation: "`[P]` says: different files, no dependency. Two agents that take such tasks at once overwrite each \
                  other.\n\nCompared are open tasks of one phase, one sub-section and one story, by the file each one \
                  makes or changes; files it only reads (`using types from ...`, `per contracts/...`) do not count. A \
                  task that names the other (`depends on T012`) comes after it. Where the list itself says that the tasks write \
                  different functions of the same file, its author knows. Unknown where the list's own legend of `[P]` sets tasks \
                  apart by something else than files (`different modules, no shared code`).\n\nTasks on one file are one finding. Where more \
                  than one group of a list shares a file, its marks were set without looking at files: that is one finding for the list.",
    bad: "- [ ] T012 [P] [US2] Add the French words in `src/compose.ts`\n- [ ] T013 [P] [US2] Say the hour in `src/compose.ts`",
    good: "- [ ] T012 [P] [US2] Add the French words in `src/compose.ts`\n- [ ] T013 [US2] Say the hour in `src/compose.ts`",
    messages: &[CONFLICT, TWICE, HABIT, OTHER],
    // Judged in the repositories kept back from all tuning before it was mended, and on
    // hits that nobody had judged after that.
    measured: Some(Measured {
        judged: 44,
        right: 37,
        seeded: 36,
        found: 34,
    }),
};

pub(crate) struct ParallelConflict;

/// Tasks that may run at once: one phase, one sub-section, one story; and the file they change.
type Together<'a> = (Option<ItemIndex>, Option<u32>, &'a [SmolStr], String);

impl Rule for ParallelConflict {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Tasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let mut first: FxHashMap<Together<'_>, Vec<(TaskView<'_>, TextRange)>> =
            FxHashMap::default();
        let accepted = OnceCell::new();
        let mut conflicts: Vec<Conflict<'_>> = Vec::new();
        // `[~]` is begun: whether it still runs beside others is not written.
        for task in tasks(feature).filter(|task| task.task.state == TaskState::Open) {
            let Some(marker) = task.task.parallel else {
                continue;
            };
            let Some(path) = changed(feature, task) else {
                continue;
            };
            let group = (
                task.item.parent,
                task.item.section,
                task.links.stories.as_slice(),
                file(&path),
            );
            let earlier = first.entry(group).or_default();
            let free = |(other, _): &&(TaskView<'_>, TextRange)| {
                let lines = || accepted.get_or_init(|| Accepted::read(task.document));
                !ordered(*other, task) && !lines().covers(*other, task)
            };
            let other = earlier.iter().find(free);
            match other {
                Some(_) if accepted.get().is_some_and(Accepted::is_redefined) => {
                    sink.unknown_at(
                        task.document.file,
                        task.item.id_range,
                        "the list's legend gives [P] another meaning than different files",
                    );
                }
                Some((other, place)) => conflicts.push(Conflict {
                    later: task,
                    marker,
                    path,
                    earlier: *other,
                    place: *place,
                }),
                None => sink.clean(),
            }
            earlier.push((task, path.mention.range));
        }
        let groups: FxHashSet<String> = conflicts.iter().map(Conflict::group).collect();
        let habit = (groups.len() >= A_HABIT).then(|| groups.len() - 1);
        for (nth, conflict) in conflicts.iter().enumerate() {
            let part = match habit {
                None => Part::Alone,
                Some(others) if nth == 0 => Part::First(others),
                Some(_) => Part::Further,
            };
            conflict.report(part, sink);
        }
    }
}

/// From so many groups that share a file on, the list's marks say nothing of files.
const A_HABIT: usize = 2;

/// What a conflict is to its list.
#[derive(Clone, Copy)]
enum Part {
    /// One slip.
    Alone,
    /// The first of a list in which so many other groups share a file.
    First(usize),
    /// Another one of such a list.
    Further,
}

/// Two tasks that may run at once and change one file.
struct Conflict<'a> {
    later: TaskView<'a>,
    marker: TextRange,
    path: NamedPath<'a>,
    earlier: TaskView<'a>,
    place: TextRange,
}

/// The file a task makes or changes: the first path that is not only looked at.
fn changed<'a>(feature: &Feature, task: TaskView<'a>) -> Option<NamedPath<'a>> {
    if wording::checks(task.words()) {
        return None;
    }
    let first_line =
        |path: &NamedPath<'_>| task.item.title_range.contains_range(path.mention.range);
    let on_first_line = task.paths().any(|path| first_line(&path));
    let mut named = task.paths().filter(|path| {
        let mention = path.mention;
        let one = match &path.link.resolution {
            Resolution::File(_) => true,
            Resolution::Missing(_) => mention.path.contains('/'),
            _ => false,
        };
        one && !mention.glob
            && !mention.home
            && !mention.directory
            && !path.is_tail_of_another(task)
            && (!on_first_line || first_line(path))
    });
    let path = named.find(|path| {
        let before = task.words_before(path.mention.range);
        !wording::refers(before) && !is_condition(before)
    })?;
    let document = matches!(&path.link.resolution, Resolution::File(file) if feature.document(*file).is_some());
    (!document && !path.mention.path.starts_with("specs/")).then_some(path)
}

/// Whether a path behind these words belongs to a condition: `If T019 added keys to a.ts, add them to b.ts`.
fn is_condition(before: &str) -> bool {
    let begins = wording::sentence(before).trim_start().to_lowercase();
    ["if ", "when ", "once ", "wenn ", "si "]
        .iter()
        .any(|word| begins.starts_with(word))
        && !before.contains(',')
}

/// What tells one file from another: where it leads, else how it is written.
fn file(path: &NamedPath<'_>) -> String {
    match &path.link.resolution {
        Resolution::File(file) => format!("#{}", file.0),
        _ => path.mention.path.to_string(),
    }
}

/// Whether one of two tasks names the other, and so says which comes first.
fn ordered(one: TaskView<'_>, other: TaskView<'_>) -> bool {
    let names = |task: TaskView<'_>, id: &str| {
        let mentions = task.document.facts().mentions_in(task.item.range);
        mentions
            .iter()
            .any(|mention| mention.kind == IdKind::Task && mention.key == id)
    };
    names(one, &other.item.id) || names(other, &one.item.id)
}

impl Conflict<'_> {
    fn report(&self, part: Part, sink: &mut Sink<'_>) {
        let (message, count, room) = match part {
            Part::First(1) => (TWICE, 1, 40),
            Part::First(others) => (HABIT, others, 40),
            _ => (CONFLICT, 0, 56),
        };
        let group = match part {
            Part::Alone => self.group(),
            _ => "the list".to_owned(),
        };
        let (name, other, count) = (self.later.name(), self.earlier.name(), count.to_string());
        let shown = shortened(&self.path.mention.path, room);
        let facts = [
            ("later", name.as_str()),
            ("earlier", &other),
            ("path", &shown),
            ("count", &count),
        ];
        let document = self.later.document;
        let draft = sink
            .report(
                document.file,
                self.path.mention.range,
                Message::new(message, &facts),
            )
            .item(self.later.at)
            .basis(Basis::Task)
            .fact(format!("{other} {}", self.path.mention.path))
            .group(group)
            .related(document.file, self.place, Message::new(OTHER, &facts));
        drop(draft.fix(Fix {
            title: Message::new(REMOVE, &facts),
            preferred: true,
            edits: vec![(
                document.file,
                Edit::delete(with_blank(document, self.marker)),
            )],
        }));
    }

    /// One finding per file and phase, however many tasks change the file.
    fn group(&self) -> String {
        let facts = self.later.document.facts();
        let parent = self.later.item.parent;
        let parent = parent.and_then(|at| facts.items.get(at as usize));
        let phase = parent.map_or("", |phase| self.later.document.slice(phase.title_range));
        format!("{phase} {}", self.path.mention.path)
    }
}

/// The marker and the blanks behind it.
fn with_blank(document: &FeatureDocument, marker: TextRange) -> TextRange {
    let end = usize::from(marker.end());
    let behind = &document.doc.text[end..];
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    span(marker.start().into(), end + blanks)
}
