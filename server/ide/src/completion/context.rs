//! What is being written at the cursor, judged by the line up to it.

use documents::{DocumentKind, Format, ItemKind};
use grammar::Cited;
use text::{TextRange, TextSize};
use trace::FeatureDocument;

use super::next::{is_below, section_around};

/// The line around the cursor.
pub(super) struct Line<'a> {
    /// Text of the line before the cursor.
    pub(super) before: &'a str,
    /// Text of the line behind it.
    pub(super) after: &'a str,
    /// Byte of the cursor in the file.
    pub(super) cursor: usize,
}

impl<'a> Line<'a> {
    /// `None` outside the text or inside a character.
    pub(super) fn at(text: &'a str, offset: TextSize) -> Option<Self> {
        let cursor = usize::from(offset);
        let (head, tail) = (text.get(..cursor)?, text.get(cursor..)?);
        let start = head.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let start = start.max(text::bom_len(text).min(cursor));
        Some(Self {
            before: &head[start..],
            after: &tail[..tail.find(['\n', '\r']).unwrap_or(tail.len())],
            cursor,
        })
    }

    /// The bytes of `typed`, which ends at the cursor.
    pub(super) fn typed(&self, typed: &str) -> TextRange {
        text::span(self.cursor - typed.len(), self.cursor)
    }
}

/// What is being written; each holds the part before the cursor that a candidate replaces.
pub(super) enum Context<'a> {
    /// An id of this feature.
    Id(&'a str),
    /// Feature named before the slash, and an id behind it.
    Qualified(&'a str, &'a str),
    /// The id of a new requirement at a list start.
    Definition(&'a str),
    /// The id of a new task, and the checkbox that is missing before it.
    TaskStart(&'a str, &'static str),
    /// The id of a new item of a checklist, and the checkbox that is missing before it.
    ChecklistStart(&'a str, &'static str),
    /// A scenario behind its list marker.
    Scenario(&'a str),
    /// A heading, from its marks on.
    Heading(&'a str),
    /// A marked question, from its bracket on.
    Clarification(&'a str),
    /// A label of a task, from its bracket on.
    Label(&'a str),
    /// A number of a list that cites by place.
    Cited(Cited, &'a str),
    /// A path, from its start on.
    Path(&'a str),
}

/// Words after which a task's text names an id.
const REFERRING: &[&str] = &[
    "depends on ",
    "blocked by ",
    "blocks ",
    "per ",
    "relies on ",
    "covers ",
    "implements ",
    "§",
    "依赖",
    "依存: ",
];

/// Words after which a task's text names a path.
const PLACING: &[&str] = &[
    "in", "to", "at", "from", "into", "under", "inside", "en", "dans", "em",
];

/// What a marked question begins with.
const QUESTION: &str = "[NEEDS CLARIFICATION: ";

/// The context in a document.
pub(super) fn of<'a>(line: &Line<'a>, document: &FeatureDocument) -> Option<Context<'a>> {
    let before = line.before;
    if document.kind.format() == Some(Format::Kiro) {
        return cited(line);
    }
    let in_tasks = document.kind == DocumentKind::Tasks;
    if in_tasks && let Some(behind) = behind_checkbox(before) {
        if let Some(context) = label(behind) {
            return Some(context);
        }
        let typed = behind.trim_start_matches('*');
        if is_task_start(typed) && line.after.trim_start_matches('*').trim().is_empty() {
            return Some(Context::TaskStart(typed, ""));
        }
    }
    let ends = line.after.trim_start_matches('*').trim().is_empty();
    if ends && let Some(context) = new_item(before, document, line.cursor) {
        return Some(context);
    }
    if document.kind == DocumentKind::Spec
        && let Some(typed) = list_start(before)
        && line.after.trim_start_matches('*').trim().is_empty()
        && (is_id_prefix(typed)
            || typed.is_empty()
                && !before
                    .trim_start()
                    .starts_with(|c: char| c.is_ascii_digit()))
        && among_requirements(document, line.cursor)
    {
        return Some(Context::Definition(typed));
    }
    if line.after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let asks = matches!(document.kind, DocumentKind::Spec | DocumentKind::Plan);
    if asks && let Some(typed) = opened_question(before) {
        return Some(Context::Clarification(typed));
    }
    let token = &before[before.rfind(is_boundary).map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    })..];
    if let Some((qualifier, typed)) = token.rsplit_once('/')
        && !qualifier.is_empty()
        && (is_id_prefix(typed) || typed.is_empty() && is_feature_number(qualifier))
    {
        let qualifier = qualifier.rsplit('/').next().unwrap_or(qualifier);
        return Some(Context::Qualified(qualifier, typed));
    }
    if is_id_prefix(token) {
        return Some(Context::Id(token));
    }
    let in_span = before.matches('`').count() % 2 == 1;
    let names_paths = matches!(
        document.kind,
        DocumentKind::Tasks
            | DocumentKind::Plan
            | DocumentKind::Quickstart
            | DocumentKind::Research
    );
    if names_paths && !token.contains("://") {
        if in_span && token.len() == before.len() - before.rfind('`')? - 1 {
            return Some(Context::Path(token));
        }
        if token.contains('/') && !token.starts_with('/') {
            return Some(Context::Path(token));
        }
    }
    if in_tasks && !token.is_empty() && behind_checkbox(before).is_some() {
        let head = before[..before.len() - token.len()].strip_suffix(' ')?;
        let word = head.rsplit(' ').next()?;
        return PLACING.contains(&word).then_some(Context::Path(token));
    }
    let refers = REFERRING.iter().any(|word| before.ends_with(word)) || opens_citation(before);
    let in_task = in_tasks && behind_checkbox(before).is_some();
    (refers && in_task && token.is_empty()).then_some(Context::Id(token))
}

/// `Hash them (`, `Hash them (FR-001, `: what comes next may be an id.
fn opens_citation(before: &str) -> bool {
    let Some(open) = before.rfind(['(', '（']) else {
        return false;
    };
    let inside = before[open..].trim_start_matches(['(', '（']);
    let mut cited = inside.split([',', '、']).map(str::trim);
    let last = cited.next_back();
    last == Some("") && cited.all(is_id_prefix)
}

/// Characters that end the token before the cursor.
fn is_boundary(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '`' | '(' | ')' | '[' | ']' | '"' | '\'' | ',' | ';' | '*' | '|' | '§' | '<' | '>'
                | '（' | '）' | '、' | '，' | '。' | '「' | '」' | '：'
        )
        // Ideographs stand beside ids without a blank.
        || (c as u32) >= 0x3040 && c.is_alphanumeric()
}

/// `FR`, `FR-`, `FR-0`, `T0`, `US1`, `INV-`; no single letter, no word.
fn is_id_prefix(token: &str) -> bool {
    let letters = token.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &token[letters..];
    let tail_is_id = rest
        .bytes()
        .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase() || matches!(b, b'-' | b'.'));
    let known = matches!(token, "FR" | "NFR" | "SC" | "US" | "AC");
    (1..=5).contains(&letters)
        && tail_is_id
        && (known || rest.starts_with('-') || rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// `001` before a slash.
fn is_feature_number(qualifier: &str) -> bool {
    qualifier.len() >= 3 && qualifier.bytes().all(|b| b.is_ascii_digit())
}

/// The start of an item or a story, as far as it is written.
fn new_item<'a>(before: &'a str, document: &FeatureDocument, cursor: usize) -> Option<Context<'a>> {
    let at = TextSize::new(cursor as u32);
    let inside = |kind| {
        let mut items = document.facts().items_of(kind);
        items.any(|(_, item)| is_below(document, item, at))
    };
    match document.kind {
        DocumentKind::Tasks if inside(ItemKind::Phase) => {
            let typed = list_start(before).filter(|typed| is_task_start(typed))?;
            // A star more would be bold.
            let bare = before.ends_with(' ') || !typed.is_empty() && !before.contains('*');
            bare.then_some(Context::TaskStart(typed, "[ ] "))
        }
        DocumentKind::Checklist => {
            if let Some(behind) = behind_checkbox(before) {
                let typed = behind.trim_start_matches('*');
                let id = typed.is_empty() || is_id_prefix(typed) || "CHK".starts_with(typed);
                return id.then_some(Context::ChecklistStart(typed, ""));
            }
            let typed = list_start(before)?;
            (typed.is_empty() && before.ends_with(' '))
                .then_some(Context::ChecklistStart(typed, "[ ] "))
        }
        DocumentKind::Spec => {
            let words = before.trim_start_matches('#');
            let begun = words.chars().all(|c| c == ' ' || c.is_alphabetic());
            if words.len() < before.len() && begun && words.len() < 40 {
                return Some(Context::Heading(before));
            }
            let start = grammar::line_start(before, TextSize::new(0));
            let numbered = matches!(start.marker, Some((grammar::ListMarker::Ordered(_), _)));
            let typed = before.get(usize::from(start.content)..)?;
            let behind_blank = before[..before.len() - typed.len()].ends_with(' ');
            (numbered && behind_blank && typed.len() < 12 && inside(ItemKind::Story))
                .then_some(Context::Scenario(typed))
        }
        _ => None,
    }
}

/// `[N`, `[NEEDS CL`: a bracket alone begins a link as well.
fn opened_question(before: &str) -> Option<&str> {
    let typed = &before[before.rfind('[')?..];
    (typed.len() > 1 && QUESTION.starts_with(typed)).then_some(typed)
}

/// The text behind `- [ ] `.
fn behind_checkbox(before: &str) -> Option<&str> {
    let start = grammar::line_start(before, TextSize::new(0));
    start.checkbox?;
    let content = usize::from(start.content);
    let blank = before[..content].ends_with(char::is_whitespace);
    blank.then(|| &before[content..])
}

/// A label that was opened and not closed, right behind the id or another label.
fn label(behind: &str) -> Option<Context<'_>> {
    let at = behind.rfind('[')?;
    let typed = &behind[at..];
    if typed[1..].contains(|c: char| !c.is_ascii_alphanumeric()) || typed.len() > 8 {
        return None;
    }
    let head = behind[..at].replace(['*', '`'], " ");
    let mut words = head.split_whitespace();
    let id = words.next()?;
    let is_task =
        id.starts_with('T') && id[1..].starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let labels = words.all(|word| word.starts_with('[') && word.ends_with(']'));
    (is_task && labels).then_some(Context::Label(typed))
}

fn is_task_start(typed: &str) -> bool {
    typed.is_empty()
        || typed.strip_prefix('T').is_some_and(|rest| {
            rest.len() < 6 && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        })
}

/// What is written behind `- ` or `- **` at the start of a line.
fn list_start(before: &str) -> Option<&str> {
    let start = grammar::line_start(before, TextSize::new(0));
    if start.marker.is_none() || start.checkbox.is_some() {
        return None;
    }
    let content = usize::from(start.content);
    let typed = before[content..].trim_start_matches('*');
    (typed.len() < 12 && !typed.contains(char::is_whitespace)).then_some(typed)
}

/// Whether the section around a byte, subsections left out, defines requirements or criteria.
fn among_requirements(document: &FeatureDocument, cursor: usize) -> bool {
    let facts = document.facts();
    let at = TextSize::new(cursor as u32);
    let section = section_around(document, at);
    facts.items.iter().any(|item| {
        matches!(
            item.kind,
            ItemKind::Requirement | ItemKind::SuccessCriterion
        ) && item.section == section
    })
}

/// The id being written before the cursor in a source file, and what names its feature: `FR-`, `001/T0`,
/// `001-login/`, `specs/001-login#FR-`. Whether it is a comment, only the whole file says.
pub(super) fn comment_id<'a>(line: &Line<'a>) -> Option<(Option<&'a str>, &'a str)> {
    let before = line.before;
    if line.after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let token = &before[before.rfind(is_boundary).map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    })..];
    let token = token.trim_start_matches(['/', '#', '-', ';', '!', '@']);
    let (qualifier, typed) = match token.rfind(['/', '#']) {
        Some(at) => (Some(&token[..at]), &token[at + 1..]),
        None => (None, token),
    };
    let begun =
        is_id_prefix(typed) || typed.is_empty() && qualifier.is_some_and(|it| !it.is_empty());
    begun.then_some((qualifier, typed))
}

/// A number that begins, or goes on, in a list that cites by place: `_Requirements: 1.1, 2.|_`.
fn cited<'a>(line: &Line<'a>) -> Option<Context<'a>> {
    let before = line.before;
    let typed = &before[before
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')
        .len()..];
    if line.after.starts_with(|c: char| c.is_ascii_alphanumeric()) || typed.starts_with('.') {
        return None;
    }
    // Whether a number here would be one of a list.
    let head = &before[..before.len() - typed.len()];
    let tried = format!("{head}1");
    let mut found = Vec::new();
    let lists = grammar::citations(&tried, TextSize::new(0), &mut found);
    let list = lists.into_iter().next_back()?;
    (usize::from(list.list.end()) == tried.len()).then_some(Context::Cited(list.cited, typed))
}
