//! The lines of one new phase: heading, goal, independent test, tests, implementation, checkpoint; each part only
//! where the phases of other stories have it, in their words.

use documents::{Item, ItemIndex, ItemKind};
use smol_str::{SmolStr, format_smolstr};
use text::TextRange;
use trace::{Feature, FeatureDocument, Graph};

use super::ground::{self, Ground};
use super::style::{StoryPhase, Style};

/// One new phase.
pub(super) struct Section {
    /// Without line breaks.
    pub(super) lines: Vec<String>,
    /// Ids of its tasks.
    pub(super) ids: Vec<SmolStr>,
    pub(super) questions: Vec<String>,
}

/// `**Goal**: One notice ...` taken apart.
struct LabelLine<'a> {
    /// `Goal`
    label: &'a str,
    /// `**Goal**: `
    head: &'a str,
    /// Bytes of the words behind it.
    words: TextRange,
}

pub(super) fn write(
    graph: &Graph,
    feature: &Feature,
    spec: &FeatureDocument,
    document: &FeatureDocument,
    story: &Item,
    style: &mut Style<'_>,
) -> Section {
    let title = one_line(spec.slice(story.title_range));
    let ground = Ground::of(graph, feature, spec, document, story, &title);
    let mut section = Section::new(style.heading(story, &title));
    let intro = intro(spec, document, story, style, &title);
    if !intro.is_empty() {
        section.lines.push(String::new());
        section.lines.extend(intro);
    }
    let name = if title.is_empty() {
        story.id.as_str()
    } else {
        title.as_str()
    };
    let (tests, others) = subheadings(document, story, style);
    let tested = ground.tested || tests.is_some();
    if tested {
        let text = test_task(spec, document, story, style, &ground, name);
        section.open(tests);
        section.add(style, &story.id, text);
        section.open(others);
    } else {
        section.open(others);
    }
    let cited = style.cited(&ground::requirements(feature, spec, story));
    let text = if ground.files.is_empty() {
        let question = if let Some(path) = &ground.likely {
            style.language.this_file(&story.id, &style.path(path))
        } else {
            let dir = ground.code_dir.as_ref().map(|dir| style.path(dir));
            style.language.which_file(&story.id, dir.as_deref())
        };
        let words = style.language.implement_somewhere(name);
        (false, format!("{words}{cited}"), Some(question))
    } else {
        let paths: Vec<String> = ground.files.iter().map(|path| style.path(path)).collect();
        let paths = paths.join(style.language.comma());
        let words = style.language.implement(name, &paths);
        (false, format!("{words}{cited}"), None)
    };
    section.add(style, &story.id, text);
    if let Some(line) = checkpoint(document, story, style, &title) {
        section.lines.push(String::new());
        section.lines.push(line);
    }
    section
}

impl Section {
    pub(super) fn new(heading: String) -> Self {
        Self {
            lines: vec![heading],
            ids: Vec::new(),
            questions: Vec::new(),
        }
    }

    /// A blank line, and a heading with another one where there is a heading; none between tasks.
    pub(super) fn open(&mut self, heading: Option<String>) {
        match heading {
            Some(heading) => self.lines.extend([String::new(), heading, String::new()]),
            None if self.ids.is_empty() => self.lines.push(String::new()),
            None => {}
        }
    }

    /// Adds a task: parallel, words, question.
    pub(super) fn add(
        &mut self,
        style: &mut Style<'_>,
        story: &str,
        text: (bool, String, Option<String>),
    ) {
        let (parallel, mut words, question) = text;
        if let Some(question) = question {
            words = format!("{words} [NEEDS CLARIFICATION: {question}]");
            self.questions.push(question);
        }
        let (id, line) = style.task(parallel, story, &words);
        self.ids.push(id);
        self.lines.push(line);
    }
}

fn test_task(
    spec: &FeatureDocument,
    document: &FeatureDocument,
    story: &Item,
    style: &Style<'_>,
    ground: &Ground,
    title: &str,
) -> (bool, String, Option<String>) {
    let scenarios = spec.facts().items_of(ItemKind::Scenario);
    let scenarios: Vec<SmolStr> = scenarios
        .filter(|(_, item)| story.range.contains_range(item.range))
        .filter(|(_, item)| parent_is(spec, item, story))
        .map(|(_, item)| format_smolstr!("{}/{}", story.id, item.id))
        .collect();
    let cited = style.cited(&scenarios);
    if let Some(path) = &ground.test_file {
        // A file of its own: nothing else can be in its way.
        let parallel = !ground::is_named(document, path);
        let words = style.language.test(title, &style.path(path));
        (parallel, format!("{words}{cited}"), None)
    } else {
        let dir = ground.test_dir.as_ref().map(|dir| style.path(dir));
        let question = style.language.which_test_file(&story.id, dir.as_deref());
        let words = style.language.test_somewhere(title);
        (false, format!("{words}{cited}"), Some(question))
    }
}

pub(super) fn parent_is(spec: &FeatureDocument, item: &Item, story: &Item) -> bool {
    let parent = item
        .parent
        .and_then(|at| spec.facts().items.get(at as usize));
    parent.is_some_and(|parent| parent.range == story.range)
}

/// Goal and independent test, where at least half of the story phases have such lines.
pub(super) fn intro(
    spec: &FeatureDocument,
    document: &FeatureDocument,
    story: &Item,
    style: &Style<'_>,
    title: &str,
) -> Vec<String> {
    let intros: Vec<Vec<LabelLine<'_>>> = style
        .phases
        .iter()
        .map(|phase| {
            let start = usize::from(phase.section.heading.end());
            let end = first_task(document, phase).unwrap_or(phase.item.range.end().into());
            label_lines(document, text::span(start, end))
        })
        .collect();
    let having = intros.iter().filter(|intro| !intro.is_empty()).count();
    if having * 2 < style.phases.len() {
        return Vec::new();
    }
    let Some(model) = intros.iter().rev().find(|intro| !intro.is_empty()) else {
        return Vec::new();
    };
    let in_spec = label_lines(spec, story.range);
    let in_any_story: Vec<LabelLine<'_>> = spec
        .facts()
        .items_of(ItemKind::Story)
        .flat_map(|(_, other)| label_lines(spec, other.range))
        .collect();
    let mut lines: Vec<(TextRange, String)> = Vec::new();
    for (index, line) in model.iter().enumerate() {
        let same = |other: &&LabelLine<'_>| other.label.eq_ignore_ascii_case(line.label);
        let words = if let Some(own) = in_spec.iter().find(same) {
            paragraph(spec, own.words)
        } else if index == 0 && !title.is_empty() && !in_any_story.iter().any(|it| same(&it)) {
            format!("{title}{}", full_stop(document.slice(line.words), title))
        } else {
            continue;
        };
        if !words.is_empty() {
            lines.push((line.words, format!("{}{words}", line.head)));
        }
    }
    // Lines that stand close together in the model do so here.
    let mut out: Vec<String> = Vec::new();
    let mut last: Option<TextRange> = None;
    for (range, line) in lines {
        if let Some(last) = last {
            let between = document.slice(text::span(last.end().into(), range.start().into()));
            if between.matches('\n').count() > 1 {
                out.push(String::new());
            }
        }
        last = Some(range);
        out.push(line);
    }
    out
}

/// The stop a sentence of the document ends with, where `words` have none.
fn full_stop(model: &str, words: &str) -> &'static str {
    let stops = ['.', '。', '!', '?', '！', '？'];
    if words.ends_with(stops) {
        return "";
    }
    match model.trim_end().chars().next_back() {
        Some('.') => ".",
        Some('。') => "。",
        _ => "",
    }
}

/// The text from a label line's words to the end of its paragraph, on one line; nothing where a placeholder stands.
fn paragraph(document: &FeatureDocument, words: TextRange) -> String {
    let text = &document.doc.text[usize::from(words.start())..];
    let mut out: Vec<&str> = Vec::new();
    let mut len = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let ends =
            bare.is_empty() || bare.starts_with("**") || bare.starts_with(['#', '-', '|', '>']);
        if ends && !out.is_empty() || bare.is_empty() {
            break;
        }
        out.push(bare);
        len += line.len();
    }
    let start = usize::from(words.start());
    let range = text::span(start, start + len);
    let facts = document.facts();
    let open = facts
        .placeholders
        .iter()
        .any(|it| range.contains_range(it.range));
    if open { String::new() } else { out.join(" ") }
}

fn first_task(document: &FeatureDocument, phase: &StoryPhase<'_>) -> Option<usize> {
    tasks_of(document, phase.at)
        .map(|item| item.range.start().into())
        .min()
}

pub(super) fn tasks_of(
    document: &FeatureDocument,
    phase: ItemIndex,
) -> impl Iterator<Item = &Item> {
    document
        .facts()
        .items_of(ItemKind::Task)
        .filter(move |(_, item)| item.parent == Some(phase))
        .map(|(_, item)| item)
}

/// Lines of the shape `**Label**: words` in a range.
fn label_lines(document: &FeatureDocument, range: TextRange) -> Vec<LabelLine<'_>> {
    let mut lines = Vec::new();
    let mut at = usize::from(range.start());
    for line in document.slice(range).split_inclusive('\n') {
        let bare = line.trim_end();
        if let Some(found) = label_line(bare, at) {
            lines.push(found);
        }
        at += line.len();
    }
    lines
}

fn label_line(line: &str, at: usize) -> Option<LabelLine<'_>> {
    let inner = line.strip_prefix("**")?;
    let close = inner.find("**")?;
    let label = inner[..close].trim_end_matches([':', '：']).trim();
    let behind = &inner[close + 2..];
    let colon = inner[..close].ends_with([':', '：']);
    let rest = behind.trim_start();
    let words = if let Some(words) = rest.strip_prefix([':', '：']) {
        words.trim_start()
    } else if colon {
        rest
    } else {
        return None;
    };
    let head = line.len() - words.len();
    (!label.is_empty() && !words.is_empty()).then(|| LabelLine {
        label,
        head: &line[..head],
        words: text::span(at + head, at + line.len()),
    })
}

/// The headings that other stories have above their tests and above the rest, for this story.
pub(super) fn subheadings(
    document: &FeatureDocument,
    story: &Item,
    style: &Style<'_>,
) -> (Option<String>, Option<String>) {
    let facts = document.facts();
    // Heading for this story, how many tasks more with tests than without stand below it in all phases.
    let mut votes: Vec<(String, i64)> = Vec::new();
    for phase in style.phases.iter().rev() {
        for (index, section) in (0..).zip(&facts.sections) {
            let inside = section.level > phase.section.level
                && phase.section.range.contains_range(section.range);
            let tasks = tasks_of(document, phase.at).filter(|item| item.section == Some(index));
            let vote: i64 = tasks
                .map(|task| {
                    let mut paths = facts.paths_in(task.range).iter();
                    if paths.any(|path| code::is_test_path(&path.path)) {
                        1
                    } else {
                        -1
                    }
                })
                .sum();
            if !inside || vote == 0 {
                continue;
            }
            let Some(heading) = subheading(document, phase, section.heading, story, style) else {
                continue;
            };
            match votes.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, votes)) => *votes += vote,
                None => votes.push((heading, vote)),
            }
        }
    }
    let tests = votes
        .iter()
        .filter(|(_, vote)| *vote > 0)
        .max_by_key(|(_, vote)| *vote);
    let others = votes
        .iter()
        .filter(|(_, vote)| *vote < 0)
        .min_by_key(|(_, vote)| *vote);
    let text = |vote: Option<&(String, i64)>| vote.map(|(heading, _)| heading.clone());
    (text(tests), text(others))
}

/// A heading for another story: `### Tests for User Story 1 (OPTIONAL) ⚠️` -> `### Tests for User Story 3`.
fn subheading(
    document: &FeatureDocument,
    phase: &StoryPhase<'_>,
    heading: TextRange,
    story: &Item,
    style: &Style<'_>,
) -> Option<String> {
    let names_story = document
        .facts()
        .mentions_in(heading)
        .iter()
        .any(|it| it.kind == grammar::IdKind::Story);
    let text = if names_story {
        style.for_story(phase, heading, story)?
    } else {
        document.slice(heading).to_owned()
    };
    let plain = text
        .find(['(', '（', '⚠'])
        .map_or(text.as_str(), |at| &text[..at]);
    let plain = plain.trim_end();
    let has_words = plain
        .trim_start_matches('#')
        .contains(char::is_alphanumeric);
    has_words.then(|| plain.to_owned())
}

/// The line behind the tasks, where at least half of the story phases have one.
pub(super) fn checkpoint(
    document: &FeatureDocument,
    story: &Item,
    style: &Style<'_>,
    title: &str,
) -> Option<String> {
    let of = |phase: &StoryPhase<'_>| {
        let last = tasks_of(document, phase.at)
            .map(|it| it.range.end())
            .max()?;
        let end = phase.section.range.end();
        let behind = text::span(last.into(), end.into());
        label_lines(document, behind).into_iter().next()
    };
    let having = style
        .phases
        .iter()
        .filter(|phase| of(phase).is_some())
        .count();
    if having * 2 < style.phases.len() {
        return None;
    }
    let line = style.phases.iter().rev().find_map(of)?;
    // A sentence that says the same of two stories says it of every one; any other speaks of its own story.
    let mut said: Vec<String> = Vec::new();
    let mut common = None;
    for phase in &style.phases {
        let words = of(phase).and_then(|line| style.for_story(phase, line.words, story));
        if let Some(words) = words.filter(|words| !words.contains(['✅', '✓', '✔'])) {
            if said.contains(&words) {
                common = Some(words);
                break;
            }
            said.push(words);
        }
    }
    let words = common.or_else(|| {
        let stop = full_stop(document.slice(line.words), title);
        (!title.is_empty()).then(|| format!("{title}{stop}"))
    })?;
    Some(format!("{}{words}", line.head))
}

pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
