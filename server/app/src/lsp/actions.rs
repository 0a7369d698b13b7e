//! Code actions between listing and doing: what the client keeps of one, and the edit it becomes.

use std::collections::HashMap;

use ide::{ActionKind, Addition, Analysis, Position, Renaming, Step};
use serde::{Deserialize, Serialize};
use text::{Edit, FileId, TextSize};
use tower_lsp::gen_lsp_types::{
    AnnotatedTextEdit, ChangeAnnotation, DocumentChange, Edit as ProtocolEdit, LspAny,
    OptionalVersionedTextDocumentIdentifier, SnippetTextEdit, StringValue, TextDocumentEdit,
    TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use super::answer::Refusal;
use super::requests::Ask;
use super::{accept, created, drafts, linking, preview, skeletons, snippet, suppress, uri};

/// Behind this an answer is written.
const ANSWER: &str = "→ A: ";

/// The command that does a [`Plan`], for clients that cannot ask for its edit.
pub const APPLY: &str = "spec-analyzer.apply";

/// An action as the client keeps it: no file ids, which do not outlive a walk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The document it was offered in.
    pub uri: Uri,
    /// Version of that document; `None` when it is not open.
    pub version: Option<i32>,
    /// As the menu shows it.
    pub title: String,
    /// What to do.
    #[serde(flatten)]
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "do")]
enum What {
    Fix {
        fingerprint: String,
        fix: u32,
    },
    WriteTasks {
        story: Option<String>,
    },
    Converge,
    SetTask {
        byte: u32,
        done: bool,
    },
    Ask {
        byte: u32,
    },
    Answer {
        byte: u32,
    },
    Suppress {
        fingerprint: String,
    },
    Renumber {
        stem: String,
    },
    Recount {
        step: Recount,
    },
    Cite {
        item: String,
        task: String,
    },
    CiteAll,
    Mention {
        item: String,
        source: Uri,
        symbol: String,
        test: bool,
    },
    MentionHere {
        byte: u32,
        spec: Uri,
        item: String,
    },
    Qualify {
        byte: u32,
        spec: Uri,
        item: String,
    },
    PreviewArchive,
    NewTasks,
    Add {
        byte: u32,
        scenario: bool,
    },
    Clarify {
        byte: u32,
        end: u32,
    },
    MoveToDelta {
        change: String,
    },
    NewPlan,
    WriteTests {
        item: String,
    },
    Bind {
        byte: u32,
        path: String,
        name: String,
    },
    Accept {
        spec: Uri,
        address: String,
    },
}

/// A step among requirements and criteria: places counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
enum Recount {
    Insert { at: Place, text: String },
    Delete { at: Place },
    Move { at: Place, to: Place },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    requirement: usize,
    criterion: Option<usize>,
}

impl From<&Step> for Recount {
    fn from(step: &Step) -> Self {
        let place = |at: &Position| Place {
            requirement: at.requirement,
            criterion: at.criterion,
        };
        match step {
            Step::Insert(at, text) => Self::Insert {
                at: place(at),
                text: text.clone(),
            },
            Step::Delete(at) => Self::Delete { at: place(at) },
            Step::Move(at, to) => Self::Move {
                at: place(at),
                to: place(to),
            },
        }
    }
}

impl Recount {
    fn step(&self) -> Step {
        let position = |place: &Place| Position {
            requirement: place.requirement,
            criterion: place.criterion,
        };
        match self {
            Self::Insert { at, text } => Step::Insert(position(at), text.clone()),
            Self::Delete { at } => Step::Delete(position(at)),
            Self::Move { at, to } => Step::Move(position(at), position(to)),
        }
    }
}

impl Plan {
    /// What to remember of an action offered in `document`.
    #[must_use]
    pub fn new(ask: &Ask, document: &TextDocumentIdentifier, action: &ide::Action) -> Self {
        let what = match &action.kind {
            ActionKind::Fix {
                fingerprint, fix, ..
            } => What::Fix {
                fingerprint: fingerprint.clone(),
                fix: *fix,
            },
            ActionKind::WriteTasks { story, .. } => What::WriteTasks {
                story: story.as_ref().map(ToString::to_string),
            },
            ActionKind::Converge { .. } => What::Converge,
            ActionKind::SetTask { at, done, .. } => What::SetTask {
                byte: (*at).into(),
                done: *done,
            },
            ActionKind::Suppress { fingerprint, .. } => What::Suppress {
                fingerprint: fingerprint.clone(),
            },
            ActionKind::Ask { at, .. } => What::Ask { byte: (*at).into() },
            ActionKind::Answer { at, .. } => What::Answer { byte: (*at).into() },
            ActionKind::Renumber { stem, .. } => What::Renumber {
                stem: stem.to_string(),
            },
            ActionKind::Recount { step, .. } => What::Recount { step: step.into() },
            ActionKind::PreviewArchive { .. } => What::PreviewArchive,
            ActionKind::NewTasks { .. } => What::NewTasks,
            ActionKind::Add { at, what, .. } => What::Add {
                byte: (*at).into(),
                scenario: *what == Addition::Scenario,
            },
            ActionKind::Clarify { range, .. } => What::Clarify {
                byte: range.start().into(),
                end: range.end().into(),
            },
            ActionKind::MoveToDelta { change, .. } => What::MoveToDelta {
                change: change.to_string(),
            },
            ActionKind::NewPlan { .. } => What::NewPlan,
            ActionKind::WriteTests { item, .. } => What::WriteTests {
                item: item.to_string(),
            },
            ActionKind::Cite { item, task, .. } => What::Cite {
                item: item.to_string(),
                task: task.to_string(),
            },
            ActionKind::CiteAll { .. } => What::CiteAll,
            ActionKind::Mention {
                item,
                source,
                symbol,
                test,
                ..
            } => What::Mention {
                item: item.to_string(),
                source: ask.uri(*source).unwrap_or_else(|| document.uri.clone()),
                symbol: symbol.to_string(),
                test: *test,
            },
            ActionKind::MentionHere { at, spec, item, .. } => What::MentionHere {
                byte: (*at).into(),
                spec: ask.uri(*spec).unwrap_or_else(|| document.uri.clone()),
                item: item.to_string(),
            },
            ActionKind::Bind { at, path, name, .. } => What::Bind {
                byte: (*at).into(),
                path: path.to_string(),
                name: name.to_string(),
            },
            ActionKind::Accept { spec, address } => What::Accept {
                spec: ask.uri(*spec).unwrap_or_else(|| document.uri.clone()),
                address: address.to_string(),
            },
            ActionKind::Qualify { at, spec, item, .. } => What::Qualify {
                byte: (*at).into(),
                spec: ask.uri(*spec).unwrap_or_else(|| document.uri.clone()),
                item: item.to_string(),
            },
        };
        Self {
            uri: document.uri.clone(),
            version: version(ask, &document.uri),
            title: action.title.clone(),
            what,
        }
    }

    /// Reads back what the client kept.
    pub fn read(kept: Option<&LspAny>) -> Result<Self, Refusal> {
        let kept = kept.cloned().unwrap_or_default();
        serde_json::from_value(kept)
            .map_err(|_| Refusal::Failed("This is no action of spec-analyzer.".to_owned()))
    }

    /// The edit, in the state of the world as it is now.
    pub fn edit(&self, ask: &Ask) -> Result<WorkspaceEdit, Refusal> {
        let changed = || {
            let title = &self.title;
            Refusal::Failed(format!(
                "The document has changed since \"{title}\" was offered."
            ))
        };
        let path = uri::to_path(&self.uri);
        let snapshot = &ask.world.snapshot;
        let file = path.and_then(|path| snapshot.file(&path));
        let file = file.ok_or_else(changed)?;
        let kind = match &self.what {
            What::Fix { fingerprint, fix } => ActionKind::Fix {
                file,
                fingerprint: fingerprint.clone(),
                fix: *fix,
            },
            What::Suppress { fingerprint } => {
                return suppress::edit(ask, file, fingerprint).ok_or_else(|| {
                    Refusal::Failed(format!(
                        "The finding is gone, or {} cannot take another suppression.",
                        settings::FILE
                    ))
                });
            }
            What::Accept { spec, address } => {
                let spec = uri::to_path(spec).and_then(|path| snapshot.file(&path));
                let edit = spec.and_then(|spec| accept::edit(ask, spec, address));
                return edit.ok_or_else(changed);
            }
            What::PreviewArchive => return preview::edit(ask, file, &self.title),
            What::NewTasks => {
                let new = snapshot.analysis().task_list(file);
                let edit = new.and_then(|new| created::document(ask, new));
                return edit.ok_or_else(changed);
            }
            What::NewPlan => return planned(ask, file)?.ok_or_else(changed),
            What::WriteTests { item } => return skeletons::edit(ask, file, item),
            What::WriteTasks { story } => ActionKind::WriteTasks {
                file,
                story: story.as_deref().map(Into::into),
            },
            What::Converge => ActionKind::Converge { file },
            What::Renumber { stem } => return renumbered(ask, file, stem)?.ok_or_else(changed),
            What::Cite { item, task } => ActionKind::Cite {
                file,
                item: item.into(),
                task: task.into(),
            },
            // Bytes and places mean something in one version only.
            What::SetTask { .. }
            | What::Add { .. }
            | What::Clarify { .. }
            | What::MentionHere { .. }
            | What::Qualify { .. }
            | What::Ask { .. }
            | What::Answer { .. }
            | What::Recount { .. }
            | What::Bind { .. }
                if self.version != version(ask, &self.uri) =>
            {
                return Err(changed());
            }
            What::CiteAll
            | What::Mention { .. }
            | What::MentionHere { .. }
            | What::Qualify { .. } => {
                return self.linked(ask, file).ok_or_else(changed);
            }
            What::Add { .. } | What::Clarify { .. } => {
                return self.drafted(ask, file).ok_or_else(changed);
            }
            What::MoveToDelta { change } => return drafts::delta(ask, file, change),
            What::Recount { step } => return recounted(ask, file, step)?.ok_or_else(changed),
            What::Ask { byte } => ActionKind::Ask {
                file,
                at: TextSize::new(*byte),
            },
            What::Answer { byte } => ActionKind::Answer {
                file,
                at: TextSize::new(*byte),
            },
            What::Bind { byte, path, name } => ActionKind::Bind {
                file,
                at: TextSize::new(*byte),
                path: path.into(),
                name: name.into(),
            },
            What::SetTask { byte, done } => ActionKind::SetTask {
                file,
                at: TextSize::new(*byte),
                done: *done,
            },
        };
        let mut analysis = snapshot.analysis().clone();
        analysis.today = workspace::today().map(Into::into);
        let edits = analysis.resolve(&kind).ok_or_else(changed)?;
        // What is left to write is an answer.
        let open = matches!(kind, ActionKind::Ask { .. }).then_some(ANSWER);
        workspace_edit(ask, edits, open).ok_or_else(changed)
    }

    /// What is written anew, with questions in it.
    fn drafted(&self, ask: &Ask, file: FileId) -> Option<WorkspaceEdit> {
        let analysis = ask.world.snapshot.analysis();
        let draft = match self.what {
            What::Add { byte, scenario } => {
                let what = if scenario {
                    Addition::Scenario
                } else {
                    Addition::Next
                };
                analysis.addition(file, TextSize::new(byte), what)
            }
            What::Clarify { byte, end } => {
                analysis.question(file, text::span(byte as usize, end as usize))
            }
            _ => None,
        };
        drafts::edit(ask, file, draft?)
    }
}

/// A plan, or what is missing of the one that is there.
fn planned(ask: &Ask, file: FileId) -> Result<Option<WorkspaceEdit>, Refusal> {
    let planned = ask.world.snapshot.plan(file);
    let planned = planned
        .ok_or_else(|| Refusal::Failed("Facts tell nothing that is missing here.".to_owned()))?;
    Ok(if planned.documents.is_empty() {
        workspace_edit(ask, planned.edits, None)
    } else {
        created::documents(ask, planned.documents)
    })
}

/// The ids of a document in their order; nothing where no such ids are there any more.
fn renumbered(ask: &Ask, file: FileId, stem: &str) -> Result<Option<WorkspaceEdit>, Refusal> {
    let snapshot = &ask.world.snapshot;
    snapshot.all_read().map_err(Refusal::Failed)?;
    let analysis = snapshot.analysis();
    let all = analysis.series(file);
    let Some(series) = all.into_iter().find(|it| it.stem == stem) else {
        return Ok(None);
    };
    let texts = |file| snapshot.writable(file);
    let renaming = analysis
        .renumber(&[series], &texts, ask.client.locale)
        .map_err(Refusal::Failed)?;
    Ok(renaming_edit(ask, &renaming))
}

/// A criterion put in, taken out or moved, with all that names those behind it.
fn recounted(ask: &Ask, file: FileId, step: &Recount) -> Result<Option<WorkspaceEdit>, Refusal> {
    let snapshot = &ask.world.snapshot;
    snapshot.all_read().map_err(Refusal::Failed)?;
    let texts = |file| snapshot.writable(file);
    let done = snapshot
        .analysis()
        .recount(file, &step.step(), &texts, ask.client.locale)
        .map_err(Refusal::Failed)?;
    let is_criterion = matches!(step, Recount::Insert { at, .. } if at.criterion.is_some());
    let new = is_criterion.then_some(ide::NEW_CRITERION);
    Ok(workspace_edit(ask, done.edits, new))
}

impl Plan {
    /// The edit of what links requirements with code.
    fn linked(&self, ask: &Ask, file: FileId) -> Option<WorkspaceEdit> {
        match &self.what {
            What::CiteAll => linking::reviewed_in(ask, file),
            What::Mention {
                item,
                source,
                symbol,
                test,
            } => linking::mention_above(ask, (file, item), (source, symbol, *test)),
            What::MentionHere { byte, spec, item } => {
                linking::mention_here(ask, (spec, item), (file, TextSize::new(*byte)))
            }
            What::Qualify { byte, spec, item } => {
                linking::qualify(ask, (spec, item), (file, TextSize::new(*byte)))
            }
            _ => None,
        }
    }
}

fn version(ask: &Ask, document: &Uri) -> Option<i32> {
    ask.world.version(&uri::to_path(document)?)
}

/// Edits in the protocol's terms: for the versions they were made for, where the client can check that. Behind the text
/// `open` the user goes on writing, where the client can put the cursor there.
#[must_use]
pub fn workspace_edit(
    ask: &Ask,
    edits: Vec<(FileId, Edit)>,
    open: Option<&str>,
) -> Option<WorkspaceEdit> {
    let mut documents: Vec<(Uri, Vec<TextEdit>)> = Vec::new();
    for (file, edit) in edits {
        let uri = ask.uri(file)?;
        let edit = TextEdit {
            range: ask.range_in_text(file, edit.range)?,
            new_text: edit.insert,
        };
        match documents.iter_mut().find(|(known, _)| *known == uri) {
            Some((_, edits)) => edits.push(edit),
            None => documents.push((uri, vec![edit])),
        }
    }
    let mut edit = WorkspaceEdit::default();
    if ask.client.checks_versions {
        let changes = documents.into_iter().map(|(uri, edits)| {
            DocumentChange::TextDocumentEdit(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    version: version(ask, &uri),
                    text_document_identifier: TextDocumentIdentifier { uri },
                },
                edits: edits
                    .into_iter()
                    .map(|edit| match open {
                        Some(open) if ask.client.edits_with_snippets => with_stop(edit, open),
                        _ => edit.into(),
                    })
                    .collect(),
            })
        });
        edit.document_changes = Some(changes.collect());
    } else {
        edit.changes = Some(documents.into_iter().collect::<HashMap<_, _>>());
    }
    Some(edit)
}

/// The name of the one annotation of an edit.
const ANNOTATION: &str = "change";

/// The edits of a rename; where the client shows it, with how far they reach and what they leave.
#[must_use]
pub fn renaming_edit(ask: &Ask, renaming: &Renaming) -> Option<WorkspaceEdit> {
    let edit = workspace_edit(ask, renaming.edits.clone(), None)?;
    let locale = ask.client.locale;
    let annotation = ChangeAnnotation {
        label: Analysis::headline(renaming, locale),
        needs_confirmation: Some(false),
        description: Some(Analysis::reach(renaming, locale)),
    };
    Some(annotated(ask, edit, annotation))
}

/// The edit with one annotation for all of it, where the client shows that.
fn annotated(ask: &Ask, mut edit: WorkspaceEdit, annotation: ChangeAnnotation) -> WorkspaceEdit {
    let Some(changes) = edit
        .document_changes
        .as_mut()
        .filter(|_| ask.client.annotates_changes)
    else {
        return edit;
    };
    for change in changes {
        let DocumentChange::TextDocumentEdit(document) = change else {
            continue;
        };
        for each in &mut document.edits {
            if let ProtocolEdit::TextEdit(plain) = each {
                *each = AnnotatedTextEdit {
                    annotation_id: ANNOTATION.to_owned(),
                    text_edit: std::mem::take(plain),
                }
                .into();
            }
        }
    }
    edit.change_annotations = Some(HashMap::from([(ANNOTATION.to_owned(), annotation)]));
    edit
}

/// The edit with a tab stop behind the last `open` in its text.
pub(super) fn with_stop(edit: TextEdit, open: &str) -> ProtocolEdit {
    let Some(at) = edit.new_text.rfind(open).map(|at| at + open.len()) else {
        return edit.into();
    };
    let (before, behind) = edit.new_text.split_at(at);
    let value = format!("{}$0{}", snippet::escaped(before), snippet::escaped(behind));
    SnippetTextEdit {
        range: edit.range,
        snippet: StringValue { value },
        annotation_id: None,
    }
    .into()
}
