//! Code actions: fixes of findings, missing tasks from code facts, ticking, clarifications. Edits are made on demand.

use documents::{DocumentKind, ItemKind};
use rules::{Locale, Message, Template};
use smol_str::SmolStr;
use text::{Edit, FileId, TextRange, TextSize};
use trace::{Feature, FeatureDocument};

use crate::Analysis;

const WRITE_TASKS: Template = Template {
    en: "Write the missing tasks for {story} (from code facts, no AI)",
    ja: "{story} の不足タスクを書く (コードの事実から、AI なし)",
};

/// Something the user may do here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// As the menu shows it.
    pub title: String,
    /// What to give to [`Analysis::resolve`].
    pub kind: ActionKind,
    /// The finding it removes: its code and exact range.
    pub finding: Option<(&'static str, TextRange)>,
    /// The one an editor applies without asking which.
    pub preferred: bool,
}

/// What an action does, without its edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionKind {
    /// A fix of a finding.
    Fix {
        /// Document of the finding.
        file: FileId,
        /// The finding's fingerprint.
        fingerprint: String,
        /// Which of its fixes.
        fix: u32,
    },
    /// Writes tasks for stories that have none.
    WriteTasks {
        /// Any document of the feature.
        file: FileId,
        /// The story; all of them if `None`.
        story: Option<SmolStr>,
    },
    /// Writes tasks for where code and documents have parted.
    Converge {
        /// The list.
        file: FileId,
    },
    /// Ticks or unticks a task or an item of a checklist: one character.
    SetTask {
        /// The document.
        file: FileId,
        /// The character between the brackets.
        at: TextSize,
        /// Ticked afterwards.
        done: bool,
    },
    /// Accepts a finding: its suppression is written into the settings of its folder.
    Suppress {
        /// Document of the finding.
        file: FileId,
        /// The finding's fingerprint.
        fingerprint: String,
    },
    /// Writes a marked question where it will be answered. Needs [`Analysis::today`].
    Ask {
        /// The document.
        file: FileId,
        /// First byte of the marker.
        at: TextSize,
    },
    /// Puts the answer in the place of a marked question.
    Answer {
        /// The document.
        file: FileId,
        /// First byte of the marker.
        at: TextSize,
    },
    /// Inserts, deletes or moves what is named by its place. Its edits need texts: [`Analysis::recount`].
    Recount {
        /// The document of the requirements.
        file: FileId,
        /// What is done.
        step: generate::Step,
    },
    /// Shows what archiving the change of a document makes of the main specs: [`Analysis::archive`].
    PreviewArchive {
        /// Any document of the change.
        file: FileId,
    },
    /// Cites an item of a spec in a task of its feature; both by key.
    Cite {
        /// The spec.
        file: FileId,
        /// The requirement or criterion.
        item: SmolStr,
        /// The task.
        task: SmolStr,
    },
    /// Cites everything that belongs to a task with some confidence; to be looked through before it is done.
    CiteAll {
        /// The spec.
        file: FileId,
    },
    /// Mentions an item above a symbol. Its edit needs texts: [`Analysis::mention_above`].
    Mention {
        /// The spec.
        file: FileId,
        /// The requirement or criterion.
        item: SmolStr,
        /// The source file.
        source: FileId,
        /// The symbol's qualified name, or a test's full name.
        symbol: SmolStr,
        /// It is a test.
        test: bool,
    },
    /// Mentions an item above what begins at a byte of the source file. Its edit needs texts: [`Analysis::mention_here`].
    MentionHere {
        /// The source file.
        file: FileId,
        /// First byte of the symbol or test.
        at: TextSize,
        /// The spec.
        spec: FileId,
        /// The requirement or criterion.
        item: SmolStr,
    },
    /// Puts its feature before an id in a source file. Its edit needs texts: [`Analysis::qualify`].
    Qualify {
        /// The source file.
        file: FileId,
        /// First byte of the id.
        at: TextSize,
        /// The document that defines the item.
        spec: FileId,
        /// The item.
        item: SmolStr,
    },
    /// Writes behind a quantity what holds it: its binding.
    Bind {
        /// The document.
        file: FileId,
        /// First byte of the quantity.
        at: TextSize,
        /// The path as it is written.
        path: SmolStr,
        /// The name there.
        name: SmolStr,
    },
    /// Accepts an item with the code it is linked to. What it writes is no document: [`Analysis::accept`].
    Accept {
        /// The spec.
        spec: FileId,
        /// The item's address.
        address: SmolStr,
    },
    /// Writes the task list of a feature that has none. It makes a file: [`Analysis::task_list`].
    NewTasks {
        /// Its spec or plan.
        file: FileId,
    },
    /// Writes one more behind an item. Its edit has places to fill in: [`Analysis::addition`].
    Add {
        /// The document.
        file: FileId,
        /// First byte of the item.
        at: TextSize,
        /// What is added.
        what: crate::Addition,
    },
    /// Makes a marked question of words. Its edit has a place to fill in: [`Analysis::question`].
    Clarify {
        /// The document.
        file: FileId,
        /// The words.
        range: TextRange,
    },
    /// Moves what was edited in a main spec into the delta of a change. What was there before is not here.
    MoveToDelta {
        /// The main spec.
        file: FileId,
        /// The change's name.
        change: SmolStr,
    },
    /// Writes the plan of a feature, or what is missing of it. It reads manifests and may make files: [`Analysis::plan`].
    NewPlan {
        /// The document at whose title it was asked for.
        file: FileId,
    },
    /// Writes tests that are to be filled in. Its edits need texts and may make files: [`Analysis::skeletons`].
    WriteTests {
        /// The document of the item.
        file: FileId,
        /// The story, scenario, requirement or criterion, by key.
        item: SmolStr,
    },
    /// Numbers the ids of a document that begin alike in their order. Its edits need texts: [`Analysis::renumber`].
    Renumber {
        /// The document.
        file: FileId,
        /// `FR-`, `T`, `US`.
        stem: SmolStr,
    },
}

impl Analysis {
    /// What may be done in `range` of `file`.
    #[must_use]
    pub fn code_actions(&self, file: FileId, range: TextRange, locale: Locale) -> Vec<Action> {
        let Some(feature) = self.graph.feature_of(file) else {
            return Vec::new();
        };
        let Some(document) = feature.document(file) else {
            return Vec::new();
        };
        let mut actions = self.fixes(feature, file, range, locale);
        actions.extend(self.write_tasks(feature, document, range, locale));
        actions.extend(self.new_plan(feature, document, range, locale));
        actions.extend(self.new_tasks(feature, document, range, locale));
        actions.extend(self.clarifying(document, range, locale));
        actions.extend(self.ticking(file, range, locale));
        actions.extend(self.suppressing(feature, file, range, locale));
        actions.extend(self.renumbering(file, range, locale));
        actions.extend(self.recounting(file, range, locale));
        actions.extend(self.archiving(file, range, locale));
        actions.extend(crate::additions::adding(document, range, locale));
        actions.extend(self.asking(document, range, locale));
        actions.extend(self.moving(document, range, locale));
        actions
    }

    fn fixes(
        &self,
        feature: &Feature,
        file: FileId,
        range: TextRange,
        locale: Locale,
    ) -> Vec<Action> {
        let mut actions = Vec::new();
        let findings = self.checked.in_file(&self.graph, file);
        for finding in findings.filter(|finding| touches(finding.range, range)) {
            for (at, fix) in (0..).zip(&finding.fixes) {
                actions.push(Action {
                    title: fix.title.text(locale),
                    kind: ActionKind::Fix {
                        file,
                        fingerprint: finding.fingerprint(&feature.path),
                        fix: at,
                    },
                    finding: Some((finding.code, finding.range)),
                    preferred: fix.preferred,
                });
            }
        }
        actions
    }

    fn write_tasks(
        &self,
        feature: &Feature,
        document: &FeatureDocument,
        range: TextRange,
        locale: Locale,
    ) -> Vec<Action> {
        let facts = document.facts();
        let mut actions = Vec::new();
        match document.kind {
            DocumentKind::Spec => {
                for (_, story) in facts.items_of(ItemKind::Story) {
                    let heading = story.id_range.cover(story.title_range);
                    if !touches(heading, range)
                        || !generate::lacks_tasks(&self.graph, feature.id, Some(&story.id))
                    {
                        continue;
                    }
                    let finding = self
                        .checked
                        .in_file(&self.graph, document.file)
                        .find(|it| it.code == "story-without-task" && it.range == story.id_range);
                    actions.push(Action {
                        title: Message::new(WRITE_TASKS, &[("story", &story.id)]).text(locale),
                        kind: ActionKind::WriteTasks {
                            file: document.file,
                            story: Some(story.id.clone()),
                        },
                        finding: finding.map(|finding| (finding.code, finding.range)),
                        preferred: finding.is_some(),
                    });
                }
            }
            kind if kind.is_tasks() => {
                let title = facts.sections.first().map(|section| section.heading);
                if title.is_some_and(|title| touches(title, range)) {
                    let file = document.file;
                    let uncovered = ActionKind::WriteTasks { file, story: None };
                    let offered = [
                        (self.offers_uncovered(feature), uncovered),
                        (self.offers_convergence(file), ActionKind::Converge { file }),
                    ];
                    let offered = offered.into_iter().filter_map(|(title, kind)| {
                        Some(Action {
                            title: Message::new(title?, &[]).text(locale),
                            kind,
                            finding: None,
                            preferred: false,
                        })
                    });
                    actions.extend(offered);
                }
            }
            _ => {}
        }
        actions
    }

    /// The edits of an action; `None` when what it was about is gone or has changed.
    #[must_use]
    pub fn resolve(&self, action: &ActionKind) -> Option<Vec<(FileId, Edit)>> {
        match action {
            ActionKind::Fix {
                file,
                fingerprint,
                fix,
            } => {
                let feature = self.graph.feature_of(*file)?;
                let mut findings = self.checked.in_file(&self.graph, *file);
                let finding =
                    findings.find(|finding| finding.fingerprint(&feature.path) == *fingerprint)?;
                Some(finding.fixes.get(*fix as usize)?.edits.clone())
            }
            ActionKind::WriteTasks { file, story } => {
                let feature = self.graph.feature_of(*file)?;
                let generated = match story {
                    Some(story) => generate::tasks_for_story(&self.graph, feature.id, story),
                    None => self.uncovered_tasks(*file),
                };
                Some(generated?.edits)
            }
            ActionKind::Converge { file } => Some(self.convergence(*file)?.edits),
            ActionKind::SetTask { file, at, done } => {
                Some(vec![(*file, self.tick(*file, *at, *done)?)])
            }
            ActionKind::Ask { file, at } => Some(vec![(*file, self.ask(*file, *at)?)]),
            ActionKind::Answer { file, at } => Some(vec![(*file, self.answer(*file, *at)?)]),
            ActionKind::Cite { file, item, task } => {
                self.cite(*file, &[(item.clone(), task.clone())])
            }
            ActionKind::Bind {
                file,
                at,
                path,
                name,
            } => Some(vec![(*file, self.bind(*file, *at, path, name)?)]),
            ActionKind::CiteAll { file } => {
                let feature = self.graph.feature_of(*file)?;
                Some(self.cite_confident(feature)?.1)
            }
            // Settings are no file of the graph: who asks for this writes it. Of sources the texts are not here.
            ActionKind::Suppress { .. }
            | ActionKind::PreviewArchive { .. }
            | ActionKind::Mention { .. }
            | ActionKind::MentionHere { .. }
            | ActionKind::Qualify { .. }
            | ActionKind::Renumber { .. }
            | ActionKind::Recount { .. }
            | ActionKind::NewTasks { .. }
            | ActionKind::Add { .. }
            | ActionKind::Clarify { .. }
            | ActionKind::MoveToDelta { .. }
            | ActionKind::NewPlan { .. }
            | ActionKind::WriteTests { .. }
            | ActionKind::Accept { .. } => None,
        }
    }
}

/// Whether two ranges share a byte or touch; an empty range touches what it stands in or beside.
pub(crate) fn touches(a: TextRange, b: TextRange) -> bool {
    a.intersect(b).is_some()
}
