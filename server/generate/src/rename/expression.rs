//! Lists and ranges: what hangs together is rewritten together, in the style it is written in.
//!
//! `FR-005/006`: `006` leans on the id before it. `T004-T007`: a range stands for four ids, two of them unwritten.
//! The lightest rewriting that reads back as meant is taken.

use std::ops::Range;

use grammar::{Mention, folded};
use smol_str::SmolStr;
use text::{Edit, TextRange, TextSize};

use super::id::{NewId, Parts, follows, spans};
use super::meaning::Meant;
use super::spelling;

/// What becomes of an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays.
    Keep,
    /// It is called this.
    Become(NewId),
    /// It was in a range and meant nothing: the range closes over it.
    Drop,
}

/// An id with what becomes of it.
pub(super) struct Member<'a> {
    pub(super) meant: &'a Meant,
    pub(super) fate: Fate,
}

impl Member<'_> {
    fn changes(&self) -> bool {
        self.fate != Fate::Keep
    }

    fn id(&self) -> NewId {
        match &self.fate {
            Fate::Become(new) => new.clone(),
            Fate::Keep | Fate::Drop => NewId::plain(&self.meant.key),
        }
    }

    fn range(&self) -> Range<usize> {
        self.meant.range.into()
    }

    fn is_real(&self) -> bool {
        self.meant.written || !self.meant.meaning.items().is_empty()
    }
}

/// A part of an expression: an id, or a range from one written id to another.
enum Element {
    One(usize),
    Range {
        /// All members, the first and the last with bytes of their own.
        members: Range<usize>,
    },
}

/// How much is written anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// What changes, in the shape it has.
    Alike,
    /// What changes, with its letters.
    Whole,
    /// What changes, and what leans on something, with its letters.
    All,
}

/// The edits that bring `members` (all ids of a text, by position) to their fates, or the place that cannot be written.
/// A range whose ends change places may be written as it was: its edit says so.
///
/// `wraps`: a line break inside a list or range is a blank to the reader.
pub(super) fn edits(
    text: &str,
    members: &[Member<'_>],
    wraps: bool,
) -> Result<Vec<Edit>, TextRange> {
    let mut edits = Vec::new();
    let mut at = 0;
    while at < members.len() {
        let end = expression_end(text, members, at);
        if members[at..end].iter().any(Member::changes) {
            edits.extend(rewrite(text, &members[at..end], wraps)?);
        }
        at = end;
    }
    Ok(edits)
}

/// The end of the expression that begins with member `first`.
fn expression_end(text: &str, members: &[Member<'_>], first: usize) -> usize {
    let mut last = first;
    let mut at = first + 1;
    while let Some(next) = members.get(at) {
        if next.meant.written {
            let leans = spelling::is_abbreviated(&text[next.range()], &next.meant.key);
            let apart = members[last].range().end <= next.range().start;
            if !apart || !(leans || ranges(text, members, last, at)) {
                break;
            }
            last = at;
        }
        at += 1;
    }
    at
}

/// Whether what stands between two ids of a range is its sign; else one range ends and another begins.
fn is_range_sign(gap: &str) -> bool {
    let sign = gap.trim_matches(|c: char| c.is_whitespace() || is_mark(c));
    let mut chars = sign.chars();
    match (chars.next().map(folded), chars.next()) {
        (Some('-' | '~' | '…' | '—' | '〜' | '至'), None) => true,
        _ => matches!(
            sign,
            "..." | ".." | "から" | "to" | "through" | "thru" | "bis" | "hasta"
        ),
    }
}

fn is_mark(c: char) -> bool {
    matches!(folded(c), '*' | '`' | '[' | ']' | '_')
}

/// Whether a range runs from the written id `from` to the next one, `to`.
fn ranges(text: &str, members: &[Member<'_>], from: usize, to: usize) -> bool {
    let (a, b) = (&members[from], &members[to]);
    let gap = text.get(a.range().end..b.range().start);
    a.meant.in_range
        && b.meant.in_range
        && spans(&a.meant.key, &b.meant.key)
        && gap.is_some_and(is_range_sign)
}

/// The elements of one expression. `T001-T003-T005` is one range.
fn elements(text: &str, members: &[Member<'_>]) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut at = 0;
    while at < members.len() {
        let mut end = at;
        while let Some(next) = (end + 1..members.len()).find(|&next| members[next].meant.written)
            && ranges(text, members, end, next)
        {
            end = next;
        }
        elements.push(if end > at {
            Element::Range {
                members: at..end + 1,
            }
        } else {
            Element::One(at)
        });
        at = end + 1;
    }
    elements
}

fn rewrite(text: &str, members: &[Member<'_>], wraps: bool) -> Result<Vec<Edit>, TextRange> {
    let place = members[0].meant.range;
    let elements = elements(text, members);
    // A line may read well only when its other ids are written too: then the proof over the whole file decides.
    let mut lightest = None;
    for weight in [Weight::Alike, Weight::Whole, Weight::All] {
        // A list in another style is better than one that few readers know.
        let joints = joints(text, members);
        let tried = if weight == Weight::Alike {
            1
        } else {
            joints.len()
        };
        for joint in joints.into_iter().take(tried) {
            let written: Option<Vec<Edit>> = elements
                .iter()
                .filter(|element| element.is_written(text, members, weight))
                .map(|element| write(text, members, element, weight, joint))
                .collect();
            let Some(edits) = written else { continue };
            if reads_back(text, members, &edits, wraps) {
                return Ok(edits);
            }
            lightest.get_or_insert(edits);
        }
    }
    lightest.ok_or(place)
}

/// What may stand between the parts of a range that falls apart: as around it, then what every reader takes.
fn joints<'a>(text: &'a str, members: &[Member<'_>]) -> Vec<&'a str> {
    if members.iter().all(|member| member.meant.written) && members.len() == 1 {
        return vec![", "];
    }
    let (start, end) = (
        members[0].range().start,
        members.iter().map(|it| it.range().end).max().unwrap_or(0),
    );
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let stop = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let around = [&text[line..start], &text[end..stop], &text[start..end]];
    let near = |joint: &&str| {
        let behind = around[0].trim_end_matches(is_mark).strip_suffix(*joint);
        // In `083/T004-T007` the slash lists nothing.
        let lists = behind.is_some_and(|head| {
            let word = head.trim_end_matches(is_mark);
            let id = word.trim_end_matches(|c: char| folded(c).is_ascii_digit());
            id.ends_with(|c: char| folded(c) == '-' || folded(c).is_ascii_alphabetic())
        });
        lists
            || around[1].trim_start_matches(is_mark).starts_with(*joint)
            || around[2].contains(*joint)
    };
    let mut joints: Vec<&str> = [", ", "、", "/", "，"].into_iter().filter(near).collect();
    let wide = around[2].contains(['〜', '～', '至']) || around[2].contains("から");
    let plain: [&str; 3] = if wide {
        ["、", ", ", "/"]
    } else {
        [", ", "/", "、"]
    };
    for joint in plain {
        if !joints.contains(&joint) {
            joints.push(joint);
        }
    }
    joints
}

impl Element {
    /// Whether it is written anew: it changes, or it leans on something and nothing shall.
    fn is_written(&self, text: &str, members: &[Member<'_>], weight: Weight) -> bool {
        let own = match self {
            Self::One(at) => &members[*at..=*at],
            Self::Range { members: own } => &members[own.clone()],
        };
        let leans = || spelling::is_abbreviated(&text[own[0].range()], &own[0].meant.key);
        own.iter().any(Member::changes) || weight == Weight::All && leans()
    }
}

/// The edit of one element; `None` where it cannot be written with this weight.
fn write(
    text: &str,
    members: &[Member<'_>],
    element: &Element,
    weight: Weight,
    joint: &str,
) -> Option<Edit> {
    let (place, new) = match element {
        Element::One(at) => {
            let member = &members[*at];
            let written = &text[member.range()];
            let old = member.meant.key.as_str();
            let new = if weight == Weight::Alike {
                spelling::alike(written, old, &member.id())?
            } else {
                spelling::whole(written, old, &member.id())
            };
            (member.range(), new)
        }
        Element::Range { members: own } => {
            let own = &members[own.clone()];
            let (from, to) = (own[0].range(), own[own.len() - 1].range());
            (from.start..to.end, range(text, own, weight, joint)?)
        }
    };
    Some(Edit::replace(text::span(place.start, place.end), new))
}

/// A range and what it stands for afterwards: ranges where ids follow each other, a list where they do not.
fn range(text: &str, members: &[Member<'_>], weight: Weight, joint: &str) -> Option<String> {
    let (first, last) = (&members[0], &members[members.len() - 1]);
    let second = members[1..].iter().find(|member| member.meant.written)?;
    let sign = &text[first.range().end..second.range().start];
    let mut ids: Vec<Part> = members
        .iter()
        .filter(|member| member.fate != Fate::Drop)
        .map(|member| Part {
            id: member.id(),
            real: member.is_real(),
        })
        .collect();
    // What stays one range is one range, in whatever order its ends came.
    let mut sorted = ids.clone();
    sorted.sort_by(|a, b| order(&a.id.key).cmp(&order(&b.id.key)));
    if runs(&sorted).len() == 1 {
        ids = sorted;
    }
    // `[T004]-[T007]`: each part of it is marked.
    let close = &sign[..sign.len() - sign.trim_start_matches(is_mark).len()];
    let open = &sign[sign.trim_end_matches(is_mark).len()..];
    let sample = &text[first.range()];
    let (end_sample, end_key) = (&text[last.range()], last.meant.key.as_str());
    let short_ends = spelling::is_abbreviated(end_sample, end_key);
    let mut out = String::new();
    for (at, run) in runs(&ids).into_iter().enumerate() {
        let (from, to) = (&ids[run.start].id, &ids[run.end - 1].id);
        if at == 0 {
            out += &match weight {
                Weight::Alike => spelling::alike(sample, &first.meant.key, from)?,
                Weight::Whole | Weight::All => spelling::whole(sample, &first.meant.key, from),
            };
        } else {
            out += close;
            out += joint;
            out += open;
            out += &if from.key == last.meant.key && !last.changes() && !short_ends {
                end_sample.to_owned()
            } else if weight == Weight::Alike && short_ends {
                spelling::alike(end_sample, end_key, from)?
            } else {
                spelling::bare(sample, from)
            };
        }
        if run.len() > 1 {
            out += sign;
            out += &if short_ends {
                spelling::alike(end_sample, end_key, to)?
            } else {
                spelling::whole(end_sample, end_key, to)
            };
        }
    }
    Some(out)
}

fn order(key: &str) -> Option<(u32, &str)> {
    Parts::of(key).map(|parts| (parts.number(), parts.suffix))
}

/// What a range stands for, one id of it.
#[derive(Clone)]
struct Part {
    id: NewId,
    /// It is written, or means something: a number that a range only runs over is not written out.
    real: bool,
}

/// Stretches of ids that follow each other, each from something real to something real.
fn runs(ids: &[Part]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in 0..ids.len() {
        match runs.last_mut() {
            Some(run) if follows(&ids[at - 1].id.key, &ids[at].id.key) => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    for run in &mut runs {
        while run.start < run.end && !ids[run.start].real {
            run.start += 1;
        }
        while run.start < run.end && !ids[run.end - 1].real {
            run.end -= 1;
        }
    }
    runs.retain(|run| run.start < run.end);
    runs
}

/// Whether the lines around name, after the edits, what they named before with each id as it becomes.
fn reads_back(text: &str, members: &[Member<'_>], edits: &[Edit], wraps: bool) -> bool {
    let start = members[0].range().start;
    let end = members.iter().map(|it| it.range().end).max().unwrap_or(0);
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let line = &text[start..end];
    let moved: Vec<Edit> = edits
        .iter()
        .map(|edit| {
            let range: Range<usize> = edit.range.into();
            Edit::replace(
                text::span(range.start - start, range.end - start),
                edit.insert.clone(),
            )
        })
        .collect();
    let Ok(after) = text::apply(line, &moved) else {
        return false;
    };
    let read = |line: &str| {
        let joined = if wraps {
            line.replace(['\n', '\r'], " ")
        } else {
            line.to_owned()
        };
        let mut found = Vec::new();
        grammar::mentions(&joined, TextSize::new(0), &mut found);
        found
    };
    let before = read(line);
    let mut known = 0;
    let (mut expected, mut open) = (Vec::new(), Vec::new());
    for mention in &before {
        let own = members.iter().find(|member| {
            let range = member.range();
            mention.key == member.meant.key
                && usize::from(mention.range.start()) + start == range.start
                && usize::from(mention.range.end()) + start == range.end
        });
        known += usize::from(own.is_some());
        if own.is_some_and(|member| !member.is_real()) {
            // A range may run over it or not.
            open.push((mention.key.clone(), feature(mention)));
            continue;
        }
        let key = match own.map(|member| &member.fate) {
            Some(Fate::Become(new)) => new.key.clone(),
            Some(Fate::Keep | Fate::Drop) | None => mention.key.clone(),
        };
        expected.push((key, feature(mention)));
    }
    if known < members.len() {
        // A name inside an identifier, or a line that means something else than it shows: only the whole file tells.
        return true;
    }
    let mut found: Vec<(SmolStr, Option<SmolStr>)> = read(&after)
        .iter()
        .map(|mention| (mention.key.clone(), feature(mention)))
        .collect();
    for wanted in &expected {
        let Some(at) = found.iter().position(|each| each == wanted) else {
            return false;
        };
        found.swap_remove(at);
    }
    found.iter().all(|more| open.contains(more))
}

fn feature(mention: &Mention) -> Option<SmolStr> {
    Some(mention.qualifier.as_ref()?.feature.clone())
}
