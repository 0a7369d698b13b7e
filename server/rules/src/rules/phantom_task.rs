//! A ticked task whose files never existed.

use documents::{DocumentKind, Format, TaskState};
use rustc_hash::FxHashMap;
use text::Edit;
use trace::{Basis, Fate, Feature, Resolution};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::lost::A_FEW;
use crate::message::{Message, Template, shortened};
use crate::outputs::is_output;
use crate::tasks::{NamedPath, TaskView, tasks};
use crate::wording;

const ONE: Template = Template {
    en: "{task} is ticked, but `{path}` never existed in git.",
    ja: "{task} は完了になっていますが、`{path}` は git に一度も存在していません。",
};
const MANY: Template = Template {
    en: "{task} is ticked, but none of its {count} files ever existed in git, `{path}` first.",
    ja: "{task} は完了になっていますが、{count} 個のファイル (`{path}` など) は git に一度も存在していません。",
};
const SHARED: Template = Template {
    en: "{task} and {others} more are ticked, but `{path}`, which all name, never existed in git.",
    ja: "{task} ほか {others} 件は完了になっていますが、共通の `{path}` は git に一度も存在していません。",
};
const LIST: Template = Template {
    en: "{task} and {others} other tasks of the list are ticked, but their files never existed in git.",
    ja: "{task} ほか {others} 件は完了になっていますが、そのファイルは git に一度も存在していません。",
};
const PLACE: Template = Template {
    en: "No commit has a file of this name.",
    ja: "この名前のファイルはどのコミットにもありません。",
};
const UNTICK: Template = Template {
    en: "Untick {task}",
    ja: "{task} を未完了に戻す",
};
const UNTICK_ALL: Template = Template {
    en: "Untick {task} and {others} more",
    ja: "{task} ほか {others} 件を未完了に戻す",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "phantom-task",
    group: Group::Tasks,
    severity: Severity::Warning,
    summary: "A ticked task whose files never existed.",
    explanation: "The tick says that the work is done, and git says that nothing of it was ever there.\n\nOnly where no \
                  file the task names ever was in git, under any directory. Tasks that run, check, change or remove \
                  something are left out.\n\nWork is often done in a file of another name. So the answer is unknown \
                  where a file of a similar name is or was there, where a name the task gives stands in the sources, \
                  where the file's name says little (`types.ts`), where the task says no directory or is struck out in \
                  part, and for user interface components, endpoints, unit tests in Rust, scripts, dotfiles and build \
                  outputs. It is also unknown without the whole \
                  history, or before the sources were read.\n\nA task that names program code only is a hint: in repositories the rule was not tuned on, 5 of 13 such hits \
                  were right, and 12 of 15 that name a test.\n\nOne file that many ticked tasks name is one finding: the \
                  first task speaks, the others are related. So are more than five such tasks of a list: it was ticked as a whole, or its files \
                  are another repository's.",
    bad: "- [x] T009 Hold notices back at night in `src/quiet_hours.ts`   (never committed)",
    good: "- [ ] T009 Hold notices back at night in `src/quiet_hours.ts`",
    messages: &[ONE, MANY, SHARED, LIST, PLACE],
    // Judged in the repositories kept back from all tuning before it was mended, and on
    // hits that nobody had judged after that.
    measured: Some(Measured {
        judged: 51,
        right: 36,
        seeded: 40,
        found: 37,
    }),
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

/// User interface, where one file often holds several components.
const COMPONENTS: &[&str] = &["tsx", "jsx", "vue", "svelte", "swift"];

impl Rule for PhantomTask {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro]
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Tasks, DocumentKind::KiroTasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let mut phantoms: Vec<Phantom<'_>> = Vec::new();
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
                Answer::Unknown(why) => sink.unknown_at(task.document.file, task.item.id_range, &why),
                Answer::Phantom => match named_elsewhere(task) {
                    Some(true) => sink.unknown_at(task.document.file, task.item.id_range,
                        "a name the task gives stands in the sources; its work may be in another file",
                    ),
                    Some(false) => phantoms.extend(Phantom::of(task)),
                    None => sink.unknown_at(task.document.file, task.item.id_range, "the sources are still being read"),
                },
            }
        }
        for list in phantoms.chunk_by(|a, b| a.task.document.file == b.task.document.file) {
            let files = by_file(list);
            if files.len() > A_FEW {
                report(&list.iter().collect::<Vec<_>>(), Cause::List, sink);
            } else {
                for group in &files {
                    report(group, Cause::File, sink);
                }
            }
        }
    }
}

/// Tasks of a list by the file that they name first, in the list's order.
fn by_file<'p, 'a>(list: &'p [Phantom<'a>]) -> Vec<Vec<&'p Phantom<'a>>> {
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    let mut groups: Vec<Vec<&Phantom<'_>>> = Vec::new();
    for phantom in list {
        let at = *known.entry(phantom.path()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(phantom),
            None => groups.push(vec![phantom]),
        }
    }
    groups
}

/// What tasks that are told together have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// The file that they name first.
    File,
    /// Their list: it was ticked as a whole, or its files are another repository's.
    List,
}

/// A ticked task none of whose files ever was.
struct Phantom<'a> {
    task: TaskView<'a>,
    first: NamedPath<'a>,
    others: Vec<NamedPath<'a>>,
}

impl<'a> Phantom<'a> {
    fn of(task: TaskView<'a>) -> Option<Self> {
        let missing = |path: &NamedPath<'_>| {
            matches!(path.link.resolution, Resolution::Missing(_)) && !path.is_tail_of_another(task)
        };
        let mut files = task.paths().filter(missing);
        Some(Self {
            task,
            first: files.next()?,
            others: files.collect(),
        })
    }

    fn path(&self) -> &'a str {
        &self.first.mention.path
    }

    fn files(&self) -> impl Iterator<Item = &NamedPath<'a>> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// A test or a page stands under its own name; program code is often written into a file of another one.
    fn is_code_only(&self) -> bool {
        self.files().all(|file| {
            let path = &file.mention.path;
            code::is_source_path(path) && !code::is_test_path(path)
        })
    }
}

/// Only files can tell: git keeps no empty directories.
fn answer(task: TaskView<'_>) -> Answer {
    let mut answer = Answer::None;
    let mut unknown = None;
    let placed = task.paths().any(|path| path.mention.path.contains('/'));
    for path in task.paths().filter(|path| !path.is_tail_of_another(task)) {
        let alike = match &path.link.resolution {
            Resolution::Outside | Resolution::Unread => continue,
            Resolution::Missing(Fate::Unknown(why) | Fate::Lost(why)) => {
                unknown.get_or_insert_with(|| why.to_string());
                continue;
            }
            Resolution::Missing(Fate::Never {
                name_existed: false,
                alike,
            }) => *alike,
            _ => return Answer::Real,
        };
        let doubt = if task.words().contains("~~") {
            Some("the task is struck out in part")
        } else if is_output(&path.mention.path) {
            Some("the task names something that git may not keep")
        } else if path.mention.directory {
            continue;
        } else if alike {
            Some("a file of a similar name is or was there")
        } else if !placed {
            Some("the task says no directory for its file")
        } else if names_endpoint(task.words()) && !code::is_test_path(&path.mention.path) {
            Some("an endpoint may stand in the file of another one")
        } else {
            may_live_elsewhere(&path.mention.path)
        };
        match doubt {
            Some(why) => {
                unknown.get_or_insert_with(|| why.to_owned());
            }
            None => answer = Answer::Phantom,
        }
    }
    unknown.map_or(answer, Answer::Unknown)
}

/// Whether the text names a request: `POST /users`.
fn names_endpoint(words: &str) -> bool {
    let mut words = words.split(|c: char| c.is_whitespace() || c == '`');
    let verbs = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    words.any(|word| verbs.contains(&word)) && words.any(|word| word.starts_with('/'))
}

/// Why the work of a file of this name may well be in a file of another one.
fn may_live_elsewhere(path: &str) -> Option<&'static str> {
    let extension = path.rsplit('.').next().unwrap_or_default();
    let test = code::is_test_path(path);
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.starts_with('.') {
        Some("a tool's settings may stand in a file of another name")
    } else if trace::is_generic_name(path) {
        Some("the file has a name that says little")
    } else if matches!(extension, "sh" | "template" | "tmpl" | "j2") {
        Some("a script or template may stand inside another file")
    } else if !test && COMPONENTS.contains(&extension) {
        Some("a component may stand in the file of another one")
    } else if test && extension == "rs" && path.split('/').any(|segment| segment == "unit") {
        Some("unit tests may stand in the file they test")
    } else {
        None
    }
}

/// Whether a name the task gives stands in the sources: the work may have been done in another file. `None`: unknown
/// yet.
fn named_elsewhere(task: TaskView<'_>) -> Option<bool> {
    let answers = || task.links.words.iter().map(|(_, answer)| *answer);
    if answers().any(|answer| answer == Some(true)) {
        return Some(true);
    }
    answers().all(|answer| answer.is_some()).then_some(false)
}

/// One finding for tasks with one cause.
fn report(group: &[&Phantom<'_>], cause: Cause, sink: &mut Sink<'_>) {
    let Some((phantom, more)) = group.split_first() else {
        return;
    };
    let document = phantom.task.document.file;
    let (name, others) = (phantom.task.name(), more.len().to_string());
    let (message, untick) = if more.is_empty() {
        (alone(phantom), UNTICK)
    } else {
        let path = shortened(phantom.path(), 40);
        let facts = [
            ("task", name.as_str()),
            ("others", &others),
            ("path", &path),
        ];
        let template = match cause {
            Cause::File => SHARED,
            Cause::List => LIST,
        };
        (Message::new(template, &facts), UNTICK_ALL)
    };
    let shared = match cause {
        Cause::File => phantom.path(),
        Cause::List => phantom.task.document.path.as_str(),
    };
    let mut draft = sink
        .report(document, phantom.task.id_range(), message)
        .item(phantom.task.at)
        .basis(Basis::Task)
        .fact(phantom.path())
        .group(shared);
    if group.iter().all(|each| each.is_code_only()) {
        draft = draft.severity(Severity::Hint);
    }
    for file in phantom.files() {
        draft = draft.related(document, file.mention.range, Message::new(PLACE, &[]));
    }
    for other in more {
        draft = draft.related(document, other.task.id_range(), alone(other));
    }
    let unticked =
        |phantom: &&Phantom<'_>| (document, Edit::replace(phantom.task.task.state_range, " "));
    drop(draft.fix(Fix {
        title: Message::new(untick, &[("task", name.as_str()), ("others", &others)]),
        preferred: false,
        edits: group.iter().map(unticked).collect(),
    }));
}

/// What is said of one task.
fn alone(phantom: &Phantom<'_>) -> Message {
    let count = phantom.files().count();
    let facts = [
        ("task", phantom.task.name()),
        ("path", shortened(phantom.path(), 60)),
        ("count", count.to_string()),
    ];
    let facts = facts
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    Message::new(if count == 1 { ONE } else { MANY }, &facts)
}
