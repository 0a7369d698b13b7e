//! How a task list is written: read off the phases it already has, so that a new one fits in.

use documents::{Item, ItemIndex, ItemKind, LineStyle, Section};
use grammar::{IdKind, PathStyle};
use smol_str::SmolStr;
use text::{Edit, TextRange, TextSize};
use trace::{FeatureDocument, TaskLinks};

use super::words::Language;

/// A phase that is for one story.
pub(super) struct StoryPhase<'a> {
    pub(super) at: ItemIndex,
    pub(super) item: &'a Item,
    pub(super) section: &'a Section,
    /// Canonical id of its story.
    pub(super) story: SmolStr,
    /// Bytes of `User Story 2` in its heading.
    pub(super) name: TextRange,
}

/// What the existing phases have in common, and the numbers that are free.
pub(super) struct Style<'a> {
    document: &'a FeatureDocument,
    /// Phases with a story in their heading, in order; never empty.
    pub(super) phases: Vec<StoryPhase<'a>>,
    /// Where the new text goes.
    insert_at: usize,
    pub(super) language: Language,
    line: LineStyle,
    /// `T` or `T-`.
    id_prefix: String,
    width: usize,
    next_id: u64,
    next_phase: u64,
    /// Paths of tasks stand in code spans.
    pub(super) code_paths: bool,
    /// A rule stands between phases.
    ruled: bool,
}

impl<'a> Style<'a> {
    /// The style of a list that begins at its first task: that of `model`, in the language of `lines`.
    pub(super) fn of_new<'l>(
        model: &'a FeatureDocument,
        lines: impl Iterator<Item = &'l str>,
    ) -> Option<Self> {
        let mut style = Self::of(&[], model)?;
        let name = model.slice(style.phases.last()?.name);
        style.language = Language::of(number_at_end(name).0, lines);
        style.next_id = 1;
        style.next_phase = 1;
        Some(style)
    }

    /// `None` where no phase is headed by a story, or ids are not counted. `tasks`: those of the document, as linked.
    pub(super) fn of(tasks: &[TaskLinks], document: &'a FeatureDocument) -> Option<Self> {
        let facts = document.facts();
        if facts.generation == Some(documents::Generation::First) {
            return None;
        }
        let phases: Vec<StoryPhase<'a>> = facts
            .items_of(ItemKind::Phase)
            .filter_map(|(at, item)| story_phase(document, at, item))
            .collect();
        let level = phases.last()?.section.level;
        let last = last_phase_of_stories(tasks, document, level).unwrap_or(phases.last()?.section);
        let name = document.slice(phases.last()?.name);
        let tasks = facts.items_of(ItemKind::Task);
        let tasks = tasks.map(|(_, item)| document.slice(item.title_range));
        let language = Language::of(number_at_end(name).0, tasks);
        let (id_prefix, width, last_id) = ids(document)?;
        let next_phase = facts
            .items_of(ItemKind::Phase)
            .filter_map(|(_, item)| item.id.parse::<u64>().ok())
            .max()
            .unwrap_or(0);
        let tail = document.slice(last.range).trim_end();
        Some(Self {
            document,
            insert_at: last.range.end().into(),
            language,
            line: facts.style.clone(),
            id_prefix,
            width,
            next_id: last_id.checked_add(1)?,
            next_phase: next_phase.checked_add(1)?,
            code_paths: code_paths(document),
            ruled: tail.lines().next_back().is_some_and(is_rule),
            phases,
        })
    }

    /// The text of a new task line; without a story for what serves all of them.
    pub(super) fn task(&mut self, parallel: bool, story: &str, words: &str) -> (SmolStr, String) {
        let (number, width) = (self.next_id, self.width);
        self.next_id += 1;
        let id = format!("{}{number:0width$}", self.id_prefix);
        let shown = if self.line.bold_ids {
            format!("**{id}**")
        } else {
            id.clone()
        };
        let story = if story.is_empty() {
            String::new()
        } else {
            format!("[{story}] ")
        };
        let labels = match (parallel, self.line.story_first) {
            (false, _) => story,
            (true, false) => format!("[P] {story}"),
            (true, true) => format!("{story}[P] "),
        };
        let bullet = self.line.bullet.unwrap_or('-');
        let line = format!("{bullet} [ ] {shown} {labels}{words}");
        (id.into(), line)
    }

    /// The heading of a phase that serves all stories: that of the model, with the next number.
    pub(super) fn shared_heading(&mut self, heading: TextRange, number: TextRange) -> String {
        let next = self.next_phase;
        self.next_phase += 1;
        let whole = self.document.slice(heading);
        let (from, to) = (
            usize::from(number.start()) - usize::from(heading.start()),
            usize::from(number.end()) - usize::from(heading.start()),
        );
        format!(
            "{}{}{}",
            &whole[..from],
            digits_like(&whole[from..to], &next.to_string()),
            &whole[to..]
        )
    }

    /// The heading of a new phase that is for no story.
    pub(super) fn plain_heading(&mut self, title: &str) -> String {
        let lead = self.next_lead();
        format!("{lead}{title}")
    }

    /// `## Phase 4: `, as the last story phase begins, with the next number.
    fn next_lead(&mut self) -> String {
        let number = self.next_phase;
        self.next_phase += 1;
        let Some(model) = self.phases.last() else {
            return String::new();
        };
        let slice =
            |from: TextSize, to: TextSize| self.document.slice(text::span(from.into(), to.into()));
        let (start, id) = (model.section.heading.start(), model.item.id_range);
        if id.is_empty() {
            return slice(start, model.name.start()).to_owned();
        }
        format!(
            "{}{}{}",
            slice(start, id.start()),
            digits_like(self.document.slice(id), &number.to_string()),
            slice(id.end(), model.name.start())
        )
    }

    /// The heading of a new phase, after the last story phase's.
    pub(super) fn heading(&mut self, story: &Item, title: &str) -> String {
        let mut out = self.next_lead();
        let Some(model) = self.phases.last() else {
            return out;
        };
        let slice =
            |from: TextSize, to: TextSize| self.document.slice(text::span(from.into(), to.into()));
        let name = self.document.slice(model.name);
        out.push_str(&renamed(name, story));
        let priority = story.story.as_ref().and_then(|it| it.priority.as_ref());
        let shown = model
            .item
            .story
            .as_ref()
            .and_then(|it| it.priority.as_ref());
        let end = model.section.title_range.end();
        let behind = |from: TextSize| slice(from, end);
        let joint = |text: &str| {
            let words = text.trim_start_matches(|c: char| {
                c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '：' | '|' | '·')
            });
            (
                text[..text.len() - words.len()].to_owned(),
                !words.trim().is_empty(),
            )
        };
        let written = |label: &documents::Label| {
            let text = self.document.slice(label.range);
            priority.map(|new| text.replace(label.text.as_str(), new.text.as_str()))
        };
        match shown {
            // `US1 (P1) - Title`, `US1 (P1)`
            Some(label) if !joint(slice(model.name.end(), label.range.start())).1 => {
                if let Some(text) = written(label) {
                    out.push_str(slice(model.name.end(), label.range.start()));
                    out.push_str(&text);
                }
                let (joint, titled) = joint(behind(label.range.end()));
                if titled && !joint.trim().is_empty() && !title.is_empty() {
                    out.push_str(&joint);
                    out.push_str(title);
                }
            }
            // `User Story 1 - Title (Priority: P1)`
            _ => {
                let upto = shown.map_or(end, |label| label.range.start());
                let between = slice(model.name.end(), upto);
                let (joint, titled) = joint(between);
                if titled && !title.is_empty() {
                    out.push_str(&joint);
                    out.push_str(title);
                }
                if let Some(text) = shown.and_then(written) {
                    let blank = between.trim_end().len();
                    out.push_str(&between[blank..]);
                    out.push_str(&text);
                }
            }
        }
        out.trim_end().to_owned()
    }

    /// Text of a phase with its own story's name replaced; `None` if it names other stories too.
    pub(super) fn for_story(
        &self,
        phase: &StoryPhase<'_>,
        range: TextRange,
        story: &Item,
    ) -> Option<String> {
        let mentions = self.document.facts().mentions_in(range);
        let mut stories = mentions.iter().filter(|it| it.kind == IdKind::Story);
        let mention = stories.next().filter(|it| it.key == phase.story)?;
        if stories.next().is_some() || mentions.iter().any(|it| it.kind == IdKind::Task) {
            return None;
        }
        let (before, behind) = (
            text::span(range.start().into(), mention.range.start().into()),
            text::span(mention.range.end().into(), range.end().into()),
        );
        Some(format!(
            "{}{}{}",
            self.document.slice(before),
            renamed(self.document.slice(mention.range), story),
            self.document.slice(behind)
        ))
    }

    /// A path as the tasks write theirs; in a code span also where Markdown would read marks in it (`__init__.py`).
    pub(super) fn path(&self, path: &str) -> String {
        let marked = path.contains("__")
            || path.contains("/_")
            || path.contains(|c: char| c.is_whitespace() || matches!(c, '*' | '[' | '<' | '~'));
        if self.code_paths || marked {
            format!("`{path}`")
        } else {
            path.to_owned()
        }
    }

    /// Ids in brackets, as the tasks write theirs.
    pub(super) fn cited(&self, ids: &[SmolStr]) -> String {
        if ids.is_empty() {
            return String::new();
        }
        let text = &self.document.doc.text;
        let list = ids.join(self.language.comma());
        if text.matches('（').count() > text.matches('(').count() {
            format!("（{list}）")
        } else {
            format!(" ({list})")
        }
    }

    /// What is written from now on goes to the end of the document.
    pub(super) fn append(&mut self) {
        self.insert_at = self.document.doc.text.len();
    }

    /// Puts the sections where they belong: before the first phase behind the last one of a story.
    pub(super) fn insert(&self, document: &FeatureDocument, sections: &[Vec<String>]) -> Edit {
        let text = &document.doc.text;
        let newline = if self.line.crlf { "\r\n" } else { "\n" };
        let at = self.insert_at.min(text.len());
        let (head, tail) = (&text[..at], &text[at..]);
        let mut out = String::new();
        let ends = head.bytes().rev().filter(|b| *b != b'\r');
        let breaks = ends.take_while(|b| *b == b'\n').count();
        for _ in breaks..2 {
            out.push_str(newline);
        }
        let mut lines: Vec<&str> = Vec::new();
        for (index, section) in sections.iter().enumerate() {
            if index > 0 {
                lines.push("");
            }
            lines.extend(section.iter().map(String::as_str));
            if self.ruled && (index + 1 < sections.len() || !tail.is_empty()) {
                lines.extend(["", "---"]);
            }
        }
        out.push_str(&lines.join(newline));
        if !tail.is_empty() {
            out.push_str(newline);
            out.push_str(newline);
        } else if breaks > 0 {
            out.push_str(newline);
        }
        Edit::insert(TextSize::new(at as u32), out)
    }
}

fn story_phase<'a>(
    document: &'a FeatureDocument,
    at: ItemIndex,
    item: &'a Item,
) -> Option<StoryPhase<'a>> {
    let facts = document.facts();
    let story = item.story.as_ref()?.id.clone();
    let section = facts.sections.get(item.section? as usize)?;
    let mention = facts
        .mentions_in(section.heading)
        .iter()
        .find(|mention| mention.kind == IdKind::Story && mention.key == story)?;
    // `Phase N`, `第三阶段`: what follows is unknown.
    let counted = item.id.is_empty() || item.id.parse::<u64>().is_ok();
    let behind = item.id_range.end() <= mention.range.start();
    (counted && behind).then_some(StoryPhase {
        at,
        item,
        section,
        story,
        name: mention.range,
    })
}

/// The last section of this level that holds tasks of a story.
fn last_phase_of_stories<'a>(
    tasks: &[TaskLinks],
    document: &'a FeatureDocument,
    level: u8,
) -> Option<&'a Section> {
    let facts = document.facts();
    let last = facts.items_of(ItemKind::Phase).filter(|(at, item)| {
        item.story.is_some()
            || tasks.iter().any(|task| {
                !task.stories.is_empty()
                    && facts
                        .items
                        .get(task.item as usize)
                        .is_some_and(|it| it.parent == Some(*at))
            })
    });
    let sections = last.filter_map(|(_, item)| facts.sections.get(item.section? as usize));
    sections.filter(|section| section.level == level).last()
}

/// How ids of tasks begin, how many digits they have, and the highest number given so far.
fn ids(document: &FeatureDocument) -> Option<(String, usize, u64)> {
    let facts = document.facts();
    let number = |id: &str| -> Option<(u64, usize)> {
        let at = id.find(|c: char| c.is_ascii_digit())?;
        let digits = id[at..].bytes().take_while(u8::is_ascii_digit).count();
        Some((id[at..at + digits].parse().ok()?, digits))
    };
    let mut last = None;
    let mut widths: Vec<usize> = Vec::new();
    for (_, item) in facts.items_of(ItemKind::Task) {
        let Some((value, width)) = number(&item.id) else {
            continue;
        };
        widths.push(width);
        if last.as_ref().is_none_or(|(_, known)| *known <= value) {
            let letters = item.id.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
            last = Some((item.id[..letters].to_owned(), value));
        }
    }
    // Spec Kit counts ids of three digits and more: where there are such, the others are slips.
    if widths.iter().any(|width| *width >= 3) {
        widths.retain(|width| *width >= 3);
    }
    let often = |width: usize| widths.iter().filter(|it| **it == width).count();
    let width = widths
        .iter()
        .copied()
        .max_by_key(|width| (often(*width), *width))?;
    let (prefix, mut value) = last?;
    // Ids of tasks that were deleted are still spoken of; none is given twice.
    let named = facts
        .mentions
        .iter()
        .filter(|it| it.kind == IdKind::Task && it.qualifier.is_none());
    for (named, _) in named.filter_map(|mention| number(&mention.key)) {
        value = value.max(named);
    }
    Some((prefix, width, value))
}

fn code_paths(document: &FeatureDocument) -> bool {
    let facts = document.facts();
    let (mut code, mut bare) = (0, 0);
    for (_, item) in facts.items_of(ItemKind::Task) {
        for path in facts.paths_in(item.range) {
            match path.style {
                PathStyle::Code => code += 1,
                PathStyle::Bare => bare += 1,
                PathStyle::Link => {}
            }
        }
    }
    code >= bare
}

/// `---`, `***`
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && (line.bytes().all(|b| b == b'-') || line.bytes().all(|b| b == b'*'))
}

/// `User Story 2` as `User Story ` and `2`.
fn number_at_end(name: &str) -> (&str, &str) {
    let cut = name
        .trim_end_matches(|c: char| c.is_ascii_lowercase())
        .trim_end_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
        .len();
    // Letters alone are no number: `User Story A` ends in its letter.
    if name[cut..].starts_with(|c: char| c.is_ascii_lowercase()) || cut == name.len() {
        let cut = name
            .char_indices()
            .next_back()
            .filter(|(_, c)| c.is_ascii_uppercase())
            .map_or(name.len(), |(at, _)| at);
        return name.split_at(cut);
    }
    name.split_at(cut)
}

/// A story's name in the words of another's: `User Story 2` -> `User Story 3`.
fn renamed(name: &str, story: &Item) -> String {
    let (words, number) = number_at_end(name);
    let id = story.id.strip_prefix("US").unwrap_or(&story.id);
    format!("{words}{}", digits_like(number, id))
}

/// `number` in full-width digits where the model has them.
fn digits_like(model: &str, number: &str) -> String {
    if !model.contains(|c: char| ('０'..='９').contains(&c)) {
        return number.to_owned();
    }
    let wide = |c: char| match c {
        '0'..='9' => char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c),
        _ => c,
    };
    number.chars().map(wide).collect()
}

#[cfg(test)]
mod tests {
    use super::{digits_like, number_at_end};

    #[test]
    fn names_end_in_their_number() {
        assert_eq!(number_at_end("User Story 2a"), ("User Story ", "2a"));
        assert_eq!(number_at_end("US-1"), ("US-", "1"));
        assert_eq!(number_at_end("用户故事 ２"), ("用户故事 ", "２"));
        assert_eq!(number_at_end("User Story A"), ("User Story ", "A"));
        assert_eq!(digits_like("２", "12"), "１２");
    }
}
