//! A path that finished work names and that is not there any more: where it went.

use documents::{DocumentKind, Format};
use grammar::PathMention;
use text::{Edit, TextRange};
use trace::{Basis, Fate, Feature, FeatureDocument, PathLink, Resolution};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::{Draft, Sink};
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template, paths_apart};
use crate::outputs::is_output;
use crate::taking;
use crate::tasks::{TaskView, tasks};
use crate::wording;

const MOVED: Template = Template {
    en: "{who} names `{path}`, which commit {commit} moved to `{to}`.",
    ja: "{who} の `{path}` はコミット {commit} で `{to}` に移動しています。",
};
const DELETED: Template = Template {
    en: "{who} names `{path}`, which commit {commit} deleted.",
    ja: "{who} の `{path}` はコミット {commit} で削除されています。",
};
const REMOVED: Template = Template {
    en: "{who} names `{path}`, which is gone from the working tree, but not from git.",
    ja: "{who} の `{path}` は git にはありますが、作業ツリーからなくなっています。",
};
const ELSEWHERE: Template = Template {
    en: "{who} names `{path}`, which never existed; `{to}` does.",
    ja: "{who} の `{path}` は存在したことがなく、`{to}` があります。",
};
const REPLACE: Template = Template {
    en: "Replace by `{to}`",
    ja: "`{to}` に置き換え",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "broken-path",
    group: Group::Reference,
    severity: Severity::Warning,
    summary: "A ticked task, the plan or a main spec names a file that git knows to be moved or deleted.",
    explanation: "Whoever reads the task to find the code finds nothing. Git knows where the file went, and the finding \
                  says it.\n\nNever on open tasks, whose files may not exist yet, nor where the words around the path \
                  speak of removing or moving, where a task of the feature takes the path away, or where the path is \
                  only a model to follow. What one commit moved and deleted is one finding in each document. A file that \
                  git never had, while one source of that name stands elsewhere, is an information; one that is nowhere is no \
                  broken path, see `phantom-task`. In \
                  documents of Kiro and OpenSpec only sources count, and only with the whole path that git once had: \
                  other paths there are as often those of files that users of the program have. Without the whole history the answer is unknown.",
    bad: "- [x] T004 Issue codes in `src/tracking_code.py`   (moved to src/domain/ since)",
    good: "- [x] T004 Issue codes in `src/domain/tracking_code.py`",
    messages: &[MOVED, DELETED, REMOVED, ELSEWHERE],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 24,
        right: 24,
        seeded: 40,
        found: 38,
    }),
};

pub(crate) struct BrokenPath;

impl Rule for BrokenPath {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[
            DocumentKind::Plan,
            DocumentKind::Tasks,
            DocumentKind::KiroDesign,
            DocumentKind::KiroTasks,
            DocumentKind::OpenSpecCapability,
            DocumentKind::OpenSpecDesign,
            DocumentKind::OpenSpecTasks,
        ]
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro, Format::OpenSpec]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let taken = Taken::by(feature);
        for task in tasks(feature).filter(|task| task.task.state == documents::TaskState::Done) {
            for path in task.paths() {
                let before = task.words_before(path.mention.range);
                let line = wording::line(&task.document.doc.text, path.mention.range);
                if is_output(&path.mention.path)
                    || goes_away(before, task.document, path.mention)
                    || taking::is_below_taking(before)
                    || taking::is_model(before)
                    || taken.has(path.link, path.mention)
                    || taking::notes_gone(task.document.slice(line))
                    || !is_ours(feature, path.link, path.mention)
                {
                    continue;
                }
                let who = task.name();
                if let Some(draft) = elsewhere(feature, task, path.link, path.mention, &who, sink) {
                    drop(draft.item(task.at).basis(Basis::Task));
                } else if let Some(draft) =
                    judge(task.document, path.link, path.mention, &who, sink)
                {
                    drop(draft.item(task.at).basis(Basis::Task));
                }
            }
        }
        let capability = feature.document_of(DocumentKind::OpenSpecCapability);
        for plan in feature.plan().into_iter().chain(capability) {
            let name = plan.path.rsplit('/').next().unwrap_or_default();
            for link in feature.paths.iter().filter(|link| link.file == plan.file) {
                let Some(mention) = plan.facts().paths.get(link.mention as usize) else {
                    continue;
                };
                let line = wording::line(&plan.doc.text, mention.range);
                let before = plan.slice(TextRange::new(line.start(), mention.range.start()));
                if !is_output(&mention.path)
                    && !goes_away(before, plan, mention)
                    && !taking::is_model(before)
                    && !taking::notes_gone(plan.slice(line))
                    && !taken.has(link, mention)
                    && is_ours(feature, link, mention)
                {
                    drop(judge(plan, link, mention, name, sink));
                }
            }
        }
    }
}

/// Whether a path can only be that of this repository's own file. Specs of Kiro and `OpenSpec` speak as often of files that
/// the users of the program have; of sources with their whole path, and git had that very path, they do not.
fn is_ours(feature: &Feature, link: &PathLink, mention: &PathMention) -> bool {
    if feature.format() == Format::SpecKit {
        return true;
    }
    let path = mention.path.as_str();
    if !path.contains('/') || !code::is_source_path(path) {
        return false;
    }
    let project = feature.project.path.as_str();
    let whole = |was: &str| {
        was == path
            || was
                .strip_prefix(project)
                .and_then(|below| below.strip_prefix('/'))
                == Some(path)
    };
    match &link.resolution {
        Resolution::Missing(
            Fate::Moved { was, .. } | Fate::Deleted { was, .. } | Fate::Removed { was },
        ) => whole(was),
        _ => true,
    }
}

/// What the feature's own tasks take away: a file or all that is under a directory.
struct Taken<'a>(Vec<&'a str>);

impl<'a> Taken<'a> {
    fn by(feature: &'a Feature) -> Self {
        let mut paths = Vec::new();
        for task in tasks(feature) {
            for path in task.paths() {
                let before = task.words_before(path.mention.range);
                let directory = path.mention.directory;
                if taking::takes_away(before, directory) || taking::is_below_taking(before) {
                    paths.extend(names(path.link, path.mention));
                }
            }
        }
        paths.retain(|path| !path.is_empty());
        Self(paths)
    }

    fn has(&self, link: &PathLink, mention: &PathMention) -> bool {
        names(link, mention).any(|path| {
            self.0.iter().any(|taken| {
                path.strip_prefix(taken)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        })
    }
}

/// What a path is called: as written, and whole as git had it.
fn names<'a>(link: &'a PathLink, mention: &'a PathMention) -> impl Iterator<Item = &'a str> {
    let was = match &link.resolution {
        Resolution::Missing(
            Fate::Moved { was, .. } | Fate::Deleted { was, .. } | Fate::Removed { was },
        ) => Some(was.as_str()),
        _ => None,
    };
    let written = mention.path.trim_end_matches('/');
    std::iter::once(written).chain(was)
}

/// Whether the words around a path say that it goes away.
fn goes_away(before: &str, document: &FeatureDocument, mention: &PathMention) -> bool {
    let line = wording::line(&document.doc.text, mention.range);
    let behind = document.slice(TextRange::new(
        mention.range.end().min(line.end()),
        line.end(),
    ));
    let near = behind
        .trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '→' | '⇒' | '-' | '('));
    wording::removes(wording::sentence(before))
        || taking::is_left(before, behind)
        || near.starts_with(['→', '⇒'])
        || near.starts_with("->")
        || wording::removes(
            near.split_whitespace()
                .take(4)
                .collect::<Vec<_>>()
                .join(" ")
                .as_str(),
        )
}

/// Whether two paths begin in one directory, or end in directories of one name: then one name is hardly two files'.
fn stands_near(one: &str, other: &str) -> bool {
    let first = |path: &'_ str| path.split('/').next().map(str::to_owned);
    let last = |path: &'_ str| path.rsplit('/').nth(1).map(str::to_owned);
    first(one) == first(other) || last(one) == last(other)
}

/// A source that a ticked task names where git never had it, and that is somewhere else.
fn elsewhere<'s>(
    feature: &Feature,
    task: TaskView<'_>,
    link: &PathLink,
    mention: &PathMention,
    who: &str,
    sink: &'s mut Sink<'_>,
) -> Option<Draft<'s>> {
    let path = mention.path.as_str();
    let Resolution::Missing(Fate::Never { .. }) = &link.resolution else {
        return None;
    };
    let to = link.namesake.as_deref()?;
    let project = feature.project.path.as_str();
    let to = to
        .strip_prefix(project)
        .map_or(to, |to| to.trim_start_matches('/'));
    let sure = path.contains('/')
        && code::is_source_path(path)
        && !trace::is_generic_name(path)
        && feature.format() == Format::SpecKit
        && !path.contains(['[', '{', '<', '*'])
        && stands_near(path, to)
        // Who names both knows both.
        && task.paths().all(|other| other.mention.path != to);
    if !sure {
        return None;
    }
    let facts = [("who", who), ("path", ""), ("to", "")];
    let (shown, there) = paths_apart(path, to, Message::room(ELSEWHERE, &facts));
    let facts = [
        ("who", who),
        ("path", shown.as_str()),
        ("to", there.as_str()),
    ];
    let place = task.document.file;
    let draft = sink
        .report(place, mention.range, Message::new(ELSEWHERE, &facts))
        .severity(Severity::Information)
        .fact(format!("{path} > {to}"))
        .group("elsewhere");
    let written = task.document.slice(mention.range) == path;
    Some(if written {
        draft.fix(Fix {
            title: Message::new(REPLACE, &[("to", to)]),
            preferred: false,
            edits: vec![(place, Edit::replace(mention.range, to.to_owned()))],
        })
    } else {
        draft
    })
}

fn judge<'s>(
    document: &FeatureDocument,
    link: &PathLink,
    mention: &PathMention,
    who: &str,
    sink: &'s mut Sink<'_>,
) -> Option<Draft<'s>> {
    let Resolution::Missing(fate) = &link.resolution else {
        if link.resolution.exists() {
            sink.clean();
        }
        return None;
    };
    if mention.directory || !tells(link, mention, fate) {
        return None;
    }
    let path = mention.path.as_str();
    let place = document.file;
    match fate {
        Fate::Moved { was, to, commit } => {
            let room = [("who", who), ("path", ""), ("to", ""), ("commit", commit)];
            let room = Message::room(MOVED, &room);
            let (path, shown) = paths_apart(path, to, room);
            let facts = [
                ("who", who),
                ("path", path.as_str()),
                ("to", shown.as_str()),
                ("commit", commit.as_str()),
            ];
            let draft = sink
                .report(place, mention.range, Message::new(MOVED, &facts))
                .fact(format!("{} > {to}", mention.path))
                .group(format!("commit {commit}"));
            let fix = rewritten(document, link, mention, was, to).map(|now| Fix {
                title: Message::new(REPLACE, &[("to", &now)]),
                preferred: true,
                edits: vec![(place, Edit::replace(mention.range, now))],
            });
            Some(match fix {
                Some(fix) => draft.fix(fix),
                None => draft,
            })
        }
        Fate::Deleted { commit, .. } => {
            let facts = [("who", who), ("path", path), ("commit", commit.as_str())];
            Some(
                sink.report(place, mention.range, Message::new(DELETED, &facts))
                    .fact(mention.path.to_string())
                    .group(format!("commit {commit}")),
            )
        }
        Fate::Removed { .. } => {
            let facts = [("who", who), ("path", path)];
            Some(
                sink.report(place, mention.range, Message::new(REMOVED, &facts))
                    .fact(mention.path.to_string())
                    .group("removed"),
            )
        }
        Fate::Existed => {
            sink.unknown_at(place, mention.range, "several files had this path once");
            None
        }
        Fate::Unknown(why) | Fate::Lost(why) => {
            sink.unknown_at(place, mention.range, why);
            None
        }
        Fate::Present | Fate::Never { .. } => {
            sink.clean();
            None
        }
    }
}

/// Whether the path is more than a name: `config.yaml` may have been any of many, and what is told to be deleted is
/// more often the file of that name which the program reads or writes elsewhere.
fn tells(link: &PathLink, mention: &PathMention, fate: &Fate) -> bool {
    let whole = |was: &str| {
        link.question
            .as_ref()
            .is_some_and(|question| question.path == was)
    };
    mention.path.contains('/')
        || match fate {
            Fate::Moved { was, .. } | Fate::Removed { was } => whole(was),
            Fate::Deleted { .. } => false,
            _ => true,
        }
}

/// The new path, written from where the author wrote the old one from.
fn rewritten(
    document: &FeatureDocument,
    link: &PathLink,
    mention: &PathMention,
    was: &str,
    to: &str,
) -> Option<String> {
    let written = document.slice(mention.range);
    let clean = link.question.as_ref()?.path.as_str();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    if written != mention.path || written.trim_end_matches('/') != clean || !to.chars().all(plain) {
        return None;
    }
    let base = was.strip_suffix(clean)?;
    Some(to.strip_prefix(base).unwrap_or(to).to_owned())
}
