//! A whole task list for a feature that has none: phases and words as the project writes them, what is to be done from
//! spec, plan, data model and contracts. What no document tells is asked.

mod closing;
mod files;
mod gathered;
mod habits;
mod layer;
mod model;
mod order;
mod story_tests;
pub(super) mod telling;
mod tested;
mod things;
pub(super) mod uncovered;
mod work;

use documents::{DocumentKind, Format, Item, ItemKind};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use trace::{Feature, FeatureDocument, Graph, RootId};

use self::habits::Habits;
use self::layer::Layer;
use self::model::{Model, Shared};
use self::work::{Piece, Work};
use super::ground;
use super::section::{self, Section, one_line};
use super::style::Style;

/// A document that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// Workspace folder.
    pub root: RootId,
    /// Its path from there.
    pub path: String,
    /// Its whole text.
    pub text: String,
    /// What a human must decide: each question also stands in the text.
    pub questions: Vec<String>,
}

/// Whether [`task_list`] has something to write.
pub(super) fn is_able(feature: &Feature) -> bool {
    sources(feature).is_some()
}

/// The whole `tasks.md` of a Spec Kit feature. `None` where it has one, or where no spec with a story and no plan is there.
pub(super) fn task_list(graph: &Graph, feature: &Feature) -> Option<NewDocument> {
    let spec = sources(feature)?;
    let work = Work::of(graph, feature, spec);
    if work.stories.is_empty() {
        return None;
    }
    let model = Model::of(graph, feature, spec.file);
    let titles: Vec<&str> = work
        .stories
        .iter()
        .map(|story| spec.slice(story.title_range))
        .collect();
    let mut style = Style::of_new(&model.document, titles.into_iter())?;
    let mut list = List {
        graph,
        feature,
        spec,
        model: &model,
        work: &work,
        lines: Vec::new(),
        questions: Vec::new(),
        written: Vec::new(),
        asked_test: None,
    };
    list.head(&style);
    let [setup, foundation] = model.before(&style);
    list.shared(&mut style, setup, foundation);
    let tested = list.wants_tests();
    for (at, story) in work.stories.iter().enumerate() {
        list.story(&mut style, at, story, tested);
    }
    list.close(&mut style);
    list.dependencies(&style);
    let mut text = list.lines.join("\n");
    text.push('\n');
    let questions = list.questions;
    holds(&text, &work).then(|| NewDocument {
        root: feature.root,
        path: format!("{}/tasks.md", feature.path),
        text,
        questions,
    })
}

/// The spec that a list can be written from.
fn sources(feature: &Feature) -> Option<&FeatureDocument> {
    let has_list = feature.present.contains(&DocumentKind::Tasks);
    if feature.format() != Format::SpecKit || has_list {
        return None;
    }
    feature.plan()?;
    let spec = feature.spec()?;
    let mut stories = spec.facts().items_of(ItemKind::Story);
    stories.next().is_some().then_some(spec)
}

/// A list while it is written.
struct List<'a> {
    graph: &'a Graph,
    feature: &'a Feature,
    spec: &'a FeatureDocument,
    model: &'a Model,
    work: &'a Work<'a>,
    lines: Vec<String>,
    questions: Vec<String>,
    /// Each task with the path it changes.
    written: Vec<(SmolStr, String)>,
    /// The task that asks where tests belong.
    asked_test: Option<SmolStr>,
}

impl List<'_> {
    fn head(&mut self, style: &Style<'_>) {
        let model = &self.model.document;
        let sections = model.facts().sections.iter();
        let first = sections.clone().find(|section| section.level == 1);
        let lead = first.map_or("Tasks", |section| {
            let title = section.title.as_str();
            title.split([':', '：', '[']).next().unwrap_or(title).trim()
        });
        let colon = first.map_or(": ", |section| {
            if section.title.contains('：') {
                "："
            } else {
                ": "
            }
        });
        let name = self.title();
        self.lines.push(format!("# {lead}{colon}{name}"));
        self.lines.push(String::new());
        for line in style.language.sources(&self.feature.path, &self.beside()) {
            self.lines.push(line);
            self.lines.push(String::new());
        }
        self.lines.pop();
    }

    /// The feature's name as its spec has it.
    fn title(&self) -> String {
        let sections = self.spec.facts().sections.iter();
        let mut first = sections.filter(|section| section.level == 1);
        let title = first.next().map_or("", |section| section.title.as_str());
        let name = title
            .split_once([':', '：'])
            .map_or(title, |(_, name)| name);
        let name = one_line(name);
        if name.is_empty() {
            self.feature.name.to_string()
        } else {
            name
        }
    }

    /// Names of the documents that the list is written from.
    fn beside(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for document in &self.feature.documents {
            let inside = document.path.strip_prefix(self.feature.path.as_str());
            let Some(inside) = inside.map(|path| path.trim_start_matches('/')) else {
                continue;
            };
            let name = match inside.split_once('/') {
                Some(("contracts", _)) => "contracts/",
                None if is_source(document.kind) => inside,
                _ => continue,
            };
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names.sort_by_key(|name| (name != "plan.md", name != "spec.md", name.clone()));
        names
    }

    /// What every story needs: files of set-up first, then what no story alone asks for.
    fn shared(&mut self, style: &mut Style<'_>, setup: Option<Shared>, foundation: Option<Shared>) {
        let shared = || {
            self.work
                .pieces
                .iter()
                .filter(|piece| piece.story.is_none() && piece.layer != Layer::Prose)
        };
        let is_setup = |piece: &&Piece| piece.layer == Layer::Settings && piece.cites.is_empty();
        let (first, second): (Vec<&Piece>, Vec<&Piece>) = match foundation {
            Some(_) => shared().partition(is_setup),
            None => (shared().collect(), Vec::new()),
        };
        let tests = self.work.tests.iter().filter(|test| test.is_shared);
        let tests: Vec<String> = tests.map(|test| test.path.clone()).collect();
        let (early, late) = match foundation {
            Some(_) => (Vec::new(), tests),
            None => (tests, Vec::new()),
        };
        for (heading, tests, pieces) in [(setup, early, first), (foundation, late, second)] {
            let is_empty = pieces.is_empty() && tests.is_empty();
            let Some(heading) = heading.filter(|_| !is_empty) else {
                continue;
            };
            let mut section = Section::new(style.shared_heading(heading.heading, heading.number));
            section.open(None);
            self.tests(&mut section, style, &tests);
            self.pieces(&mut section, style, &pieces, ("", ""));
            self.take(section);
        }
    }

    fn story(&mut self, style: &mut Style<'_>, at: usize, story: &Item, tested: bool) {
        let title = one_line(self.spec.slice(story.title_range));
        let model = &self.model.document;
        let mut section = Section::new(style.heading(story, &title));
        let goal = self.first_sentence(story).unwrap_or_else(|| title.clone());
        let intro = section::intro(self.spec, model, story, style, &goal);
        if !intro.is_empty() {
            section.lines.push(String::new());
            section.lines.extend(intro);
        }
        let (tests, others) = section::subheadings(model, story, style);
        let name = if title.is_empty() {
            story.id.to_string()
        } else {
            title.clone()
        };
        if tested {
            section.open(tests.filter(|_| others.is_some()));
            self.test(&mut section, style, (at, story), &name);
            section.open(others);
        } else {
            section.open(None);
        }
        let pieces: Vec<&Piece> = self
            .work
            .pieces
            .iter()
            .filter(|piece| piece.story == Some(at))
            .collect();
        self.pieces(&mut section, style, &pieces, (&story.id, &name));
        self.take(section);
    }

    /// What the story says first, if it is plain and short.
    fn first_sentence(&self, story: &Item) -> Option<String> {
        let text = self.spec.slice(story.range);
        let behind = text.lines().skip(1).map(str::trim);
        let plain = |line: &&str| {
            !line.is_empty() && !line.starts_with(['*', '#', '-', '|', '>', '<', '['])
        };
        let paragraph: Vec<&str> = behind
            .skip_while(|line| line.is_empty())
            .take_while(plain)
            .collect();
        let whole = one_line(&paragraph.join(" "));
        let end = whole.find(['。', '！']).map(|at| at + '。'.len_utf8());
        let end = end.or_else(|| whole.find(". ").map(|at| at + 1));
        let sentence = &whole[..end.unwrap_or(whole.len())];
        (!sentence.is_empty() && sentence.chars().count() <= 200).then(|| sentence.to_owned())
    }

    /// One task for each piece. Those of one layer do not wait for each other: they may be done at once if no other task of the
    /// phase changes the same file.
    fn pieces(
        &mut self,
        section: &mut Section,
        style: &mut Style<'_>,
        pieces: &[&Piece],
        (story, name): (&str, &str),
    ) {
        let directory = ground::main_dir(&self.work.places).map(|dir| style.path(&dir));
        let together = at_once(pieces, &self.work.habits);
        for (at, piece) in pieces.iter().enumerate() {
            let parallel = together.contains(&at);
            let cited = style.cited(&piece.cites);
            let language = style.language;
            let things = piece.things.join(language.comma());
            let (words, question) = if let Some(path) = &piece.path {
                let exists = piece.exists || self.is_written(path);
                let path = style.path(path);
                let words = if piece.is_lent {
                    language.implement(name, &path)
                } else if piece.is_gone {
                    language.remove(&path)
                } else if things.is_empty() {
                    language.write(&path, exists)
                } else {
                    language.build(&things, &path)
                };
                (language.noted(words, &piece.note), None)
            } else {
                let question = if story.is_empty() {
                    language.which_file(&asked(piece), None)
                } else {
                    language.which_file(story, directory.as_deref())
                };
                let words = if !things.is_empty() {
                    language.build_somewhere(&things)
                } else if name.is_empty() {
                    language.meet(&piece.cites.join(language.comma()))
                } else {
                    language.implement_somewhere(name)
                };
                (words, Some(question))
            };
            section.add(
                style,
                story,
                (parallel, format!("{words}{cited}"), question),
            );
            let id = section.ids.last().cloned();
            self.written.extend(id.zip(piece.path.clone()));
        }
    }

    fn take(&mut self, section: Section) {
        self.lines.push(String::new());
        self.lines.extend(section.lines);
        self.questions.extend(section.questions);
    }

    fn is_written(&self, path: &str) -> bool {
        self.written.iter().any(|(_, known)| known == path)
    }
}

/// Places of the pieces that can be worked on at once: those of the layer that has most of them, if none of them changes the
/// file of another task or may need that of another one.
fn at_once(pieces: &[&Piece], habits: &Habits) -> Vec<usize> {
    // Of one layer, but the code that is there lets such files import each other.
    let is_bound = |one: &Piece, other: &Piece| {
        let both = one.path.as_deref().zip(other.path.as_deref());
        one.layer == other.layer
            && both.is_some_and(|(one, other)| habits.needs(one, other).is_some())
    };
    let alone = |at: &usize| {
        let mut others = pieces.iter().enumerate().filter(|(other, _)| other != at);
        let piece = pieces[*at];
        piece.path.is_some()
            && piece.layer != Layer::Wiring
            && others.all(|(_, other)| {
                other.path != piece.path
                    && (other.layer != piece.layer || !piece.may_need(other))
                    && !is_bound(piece, other)
            })
    };
    let mut best: Vec<usize> = Vec::new();
    for layer in Layer::ALL {
        let of_layer = (0..pieces.len()).filter(|at| pieces[*at].layer == layer);
        let able: Vec<usize> = of_layer.filter(alone).collect();
        if able.len() > 1 && able.len() > best.len() {
            best = able;
        }
    }
    best
}

/// What a question about a piece of no story is about.
fn asked(piece: &Piece) -> String {
    let ids = || piece.cites.iter().map(SmolStr::as_str);
    let things = piece.things.iter().map(String::as_str);
    things.chain(ids()).next().unwrap_or_default().to_owned()
}

fn is_source(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::Spec
            | DocumentKind::Plan
            | DocumentKind::Research
            | DocumentKind::DataModel
            | DocumentKind::Quickstart
    )
}

/// Whether the text reads back as meant: every story has a task, every requirement is cited, ids count up from one.
fn holds(text: &str, work: &Work<'_>) -> bool {
    let facts = documents::read(DocumentKind::Tasks, text);
    let tasks: Vec<&Item> = facts
        .items_of(ItemKind::Task)
        .map(|(_, item)| item)
        .collect();
    let labels: FxHashSet<&SmolStr> = tasks
        .iter()
        .filter_map(|item| item.task.as_ref())
        .flat_map(|task| task.stories.iter().map(|label| &label.text))
        .collect();
    let cited: FxHashSet<&SmolStr> = facts.mentions.iter().map(|mention| &mention.key).collect();
    let numbers = tasks
        .iter()
        .map(|item| item.id.trim_start_matches(|c: char| !c.is_ascii_digit()));
    let counted = numbers
        .enumerate()
        .all(|(at, number)| number.parse::<usize>().is_ok_and(|number| number == at + 1));
    let mut said = work.pieces.iter().flat_map(|piece| &piece.cites);
    counted
        && work.stories.iter().all(|story| labels.contains(&story.id))
        && said.all(|id| cited.contains(id))
}
