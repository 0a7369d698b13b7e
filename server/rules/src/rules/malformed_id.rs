//! An id that is written otherwise than all others of its kind in spec.md.

use documents::{Document, Item, ItemIndex, ItemKind, SectionIndex};
use text::{Edit, TextRange, TextSize, span};
use trace::{Feature, FeatureDocument};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template};

const ODD: Template = Template {
    en: "`{id}` is written otherwise than the {count} other {prefix} ids of spec.md, such as `{like}`.",
    ja: "`{id}` の書き方は spec.md の他の {prefix} ID {count} 件 (`{like}` など) と異なります。",
};
const WRITE: Template = Template {
    en: "Write {id} as {right}",
    ja: "{id} を {right} と書く",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "malformed-id",
    group: Group::Structure,
    severity: Severity::Warning,
    summary: "An id that is written otherwise than all others of its kind in spec.md.",
    explanation: "Spec Kit's commands and people look for `FR-004`; `FR_004`, `FR004`, `fr-004`, `FR-4` and `FR-O04` are \
                  found by neither, so nothing that cites the requirement reaches it.\n\nMeasured by the document's own \
                  habit: only where three or more ids with the same letters in the same section agree. Suffixes \
                  (`FR-004a`), groups (`FR-A4`), parts (`FR-1.2`) and four digits behind `FR-999` are accepted.",
    bad: "- **FR-003**: The service MUST keep a parcel for 30 days.\n- **FR_004**: Staff MUST be able to print a label.",
    good: "- **FR-003**: The service MUST keep a parcel for 30 days.\n- **FR-004**: Staff MUST be able to print a label.",
    messages: &[ODD],
    // Judged in the repositories kept back from all tuning.
    measured: Some(Measured {
        judged: 1,
        right: 0,
        seeded: 65,
        found: 65,
    }),
};

pub(crate) struct MalformedId;

impl Rule for MalformedId {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(spec) = feature.spec() else {
            return;
        };
        let habits = habits(spec);
        for habit in &habits {
            for _ in 0..habit.count {
                sink.clean();
            }
        }
        let text: &str = &spec.doc.text;
        let mut at = 0;
        for line in lines(text) {
            let start = at;
            at += line.len();
            let Some(lead) = lead(line) else {
                continue;
            };
            // Nearly all are written as the others; for them no section is looked up.
            let range = span(start + lead.range.0, start + lead.range.1);
            let mut alike = habits.iter().filter(|habit| habit.prefix == lead.prefix);
            if alike.all(|habit| habit.is_in_use(&lead, spec.slice(range))) {
                continue;
            }
            let section = section_of(spec.facts(), range.start());
            let Some(habit) = habits
                .iter()
                .find(|habit| habit.prefix == lead.prefix && habit.is_in(spec, section))
            else {
                continue;
            };
            let right = habit.written(&lead);
            if is_lettered(text, spec.slice(range)) {
                continue;
            }
            if right != spec.slice(range) && !is_opaque(spec.facts(), range) {
                report(feature, spec, range, habit, &right, sink);
            }
        }
    }
}

/// Whether an `l` or `o` at the end is a letter of a series: `FR-020l` behind `FR-020k`.
fn is_lettered(text: &str, written: &str) -> bool {
    let before = match written.as_bytes() {
        [.., b'l'] => 'k',
        [.., b'o'] => 'n',
        _ => return false,
    };
    text.contains(&format!("{}{before}", &written[..written.len() - 1]))
}

/// The lines with their breaks; `\r\n` ends one line and begins an empty one, which says nothing.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).map(|at| at + 1);
    ends.chain([text.len()]).map(move |end| {
        let line = &text[start..end];
        start = end;
        line
    })
}

/// How the ids with the same letters are written: `FR-` and three digits.
struct Habit<'a> {
    prefix: String,
    width: usize,
    count: usize,
    first: &'a str,
    /// Where such ids stand.
    places: Vec<TextSize>,
}

impl Habit<'_> {
    /// Whether such ids stand in a section.
    fn is_in(&self, spec: &FeatureDocument, section: Option<SectionIndex>) -> bool {
        self.places
            .iter()
            .any(|place| section_of(spec.facts(), *place) == section)
    }

    /// Whether this is how the id is [written](Self::written), told without writing it.
    fn is_in_use(&self, lead: &Lead, text: &str) -> bool {
        let digits = lead.digits.trim_start_matches('0');
        let padded = text
            .strip_prefix(self.prefix.as_str())
            .and_then(|rest| rest.strip_prefix('-'))
            .and_then(|rest| rest.strip_suffix(lead.suffix.as_str()));
        padded.is_some_and(|padded| {
            let zeros = padded.strip_suffix(digits);
            padded.len() == self.width.max(digits.len())
                && zeros.is_some_and(|zeros| zeros.bytes().all(|byte| byte == b'0'))
        })
    }

    /// The id as the others are written.
    fn written(&self, lead: &Lead) -> String {
        let digits = lead.digits.trim_start_matches('0');
        format!(
            "{}-{digits:0>width$}{}",
            self.prefix,
            lead.suffix,
            width = self.width
        )
    }
}

/// The habits of a document that three or more ids follow, and three times as many as do not.
fn habits(spec: &FeatureDocument) -> Vec<Habit<'_>> {
    let mut found: Vec<Habit<'_>> = Vec::new();
    for item in &spec.facts().items {
        let Some((prefix, width)) = plain(spec, item) else {
            continue;
        };
        let place = item.id_range.start();
        match found
            .iter_mut()
            .find(|habit| habit.prefix == prefix && habit.width == width)
        {
            Some(habit) => {
                habit.count += 1;
                habit.places.push(place);
            }
            None => found.push(Habit {
                prefix: prefix.to_owned(),
                width,
                count: 1,
                first: spec.slice(item.id_range),
                places: vec![place],
            }),
        }
    }
    let others = |habit: &Habit<'_>| -> usize {
        let alike = found.iter().filter(|each| each.prefix == habit.prefix);
        alike.map(|each| each.count).sum::<usize>() - habit.count
    };
    let kept: Vec<bool> = found
        .iter()
        .map(|habit| habit.count >= 3 && habit.count >= 3 * others(habit))
        .collect();
    let mut keep = kept.into_iter();
    found.retain(|_| keep.next().unwrap_or(false));
    found
}

/// Letters and digits of an item's id that is written `FR-001`. Four digits that need to be four are of the same habit
/// as three.
fn plain<'a>(spec: &'a FeatureDocument, item: &Item) -> Option<(&'a str, usize)> {
    if !matches!(
        item.kind,
        ItemKind::Requirement | ItemKind::SuccessCriterion
    ) || item.in_table
    {
        return None;
    }
    let (prefix, digits) = spec.slice(item.id_range).split_once('-')?;
    let plain = !prefix.is_empty()
        && prefix.bytes().all(|byte| byte.is_ascii_uppercase())
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then_some((prefix, digits.len()))
}

/// The section a definition stands in; of a heading that is one, the section around it.
fn section_of(facts: &Document, at: TextSize) -> Option<SectionIndex> {
    let (index, section) = (0..)
        .zip(&facts.sections)
        .filter(|(_, section)| section.range.contains(at))
        .last()?;
    if section.heading.contains_inclusive(at) {
        section.parent
    } else {
        Some(index)
    }
}

fn is_opaque(facts: &Document, range: TextRange) -> bool {
    facts
        .opaque
        .iter()
        .any(|opaque| opaque.contains_range(range))
}

/// What a line begins with where it could define an id.
struct Lead {
    /// Letters in upper case.
    prefix: String,
    /// Digits; letters that look like them are them.
    digits: String,
    suffix: String,
    /// Bytes in the line.
    range: (usize, usize),
}

/// The id-like text that a list item begins with in bold, or a heading begins with.
fn lead(line: &str) -> Option<Lead> {
    let blanks = line
        .bytes()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    let body = &line[blanks..];
    // What no marker begins is not looked at; it is most of a text.
    if !body.starts_with(['-', '*', '+', '#']) {
        return None;
    }
    let marked = body.trim_start_matches(['-', '*', '+', '#']);
    let is_heading = body.starts_with('#');
    let inner = marked.strip_prefix([' ', '\t']).or_else(|| {
        // `**FR-001**` without a bullet.
        (!is_heading && body.starts_with("**")).then_some(marked)
    })?;
    let inner = inner.trim_start_matches([' ', '\t']);
    let bare = inner.trim_start_matches("**");
    let bold = bare.len() < inner.len() || (body.starts_with("**") && marked.len() == inner.len());
    if !is_heading && !bold {
        return None;
    }
    let start = line.len() - bare.len();
    let letters = bare.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 || letters > 4 {
        return None;
    }
    let behind = &bare[letters..];
    let mark = behind
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '_' | ' ' | '.' | '‐' | '‑' | '–' | '—'));
    let written = &behind[mark.map_or(0, char::len_utf8)..];
    let len = written
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'O' | b'o' | b'I' | b'l'))
        .count();
    let (digits, rest) = written.split_at(len);
    let suffix = rest
        .bytes()
        .take_while(u8::is_ascii_lowercase)
        .count()
        .min(1);
    let (suffix, rest) = rest.split_at(suffix);
    let ends = rest.is_empty() || rest.starts_with(['*', ':', '：', '\n', '\r']);
    let numbered = digits.bytes().any(|byte| byte.is_ascii_digit()) && len <= 6;
    let spoken = mark == Some(' ')
        && bare[..letters]
            .bytes()
            .any(|byte| byte.is_ascii_lowercase());
    if !ends || !numbered || spoken {
        return None;
    }
    let digits = digits
        .chars()
        .map(|c| match c {
            'O' | 'o' => '0',
            'I' | 'l' => '1',
            digit => digit,
        })
        .collect();
    Some(Lead {
        prefix: bare[..letters].to_ascii_uppercase(),
        digits,
        suffix: suffix.to_owned(),
        range: (start, line.len() - rest.len()),
    })
}

fn report(
    feature: &Feature,
    spec: &FeatureDocument,
    range: TextRange,
    habit: &Habit<'_>,
    right: &str,
    sink: &mut Sink<'_>,
) {
    let written = spec.slice(range);
    let facts = [
        ("id", written),
        ("count", &habit.count.to_string()),
        ("prefix", &habit.prefix),
        ("like", habit.first),
    ];
    let mut draft = sink
        .report(spec.file, range, Message::new(ODD, &facts))
        .fact(written);
    if let Some(at) = item_of(spec.facts(), range) {
        draft = draft.item(at);
    }
    drop(
        if is_free(feature, spec, range, right) && is_alone(feature, written) {
            draft.fix(Fix {
                title: Message::new(WRITE, &[("id", written), ("right", right)]),
                preferred: true,
                edits: vec![(spec.file, Edit::replace(range, right))],
            })
        } else {
            draft
        },
    );
}

fn item_of(facts: &Document, range: TextRange) -> Option<ItemIndex> {
    let mut items = (0..).zip(&facts.items);
    items
        .find(|(_, item)| {
            item.id_range
                .intersect(range)
                .is_some_and(|both| !both.is_empty())
        })
        .map(|(at, _)| at)
}

/// Whether nothing else in the feature is or means the id yet.
fn is_free(feature: &Feature, spec: &FeatureDocument, own: TextRange, id: &str) -> bool {
    let defined = spec.facts().items.iter();
    let mut others = defined.filter(|item| item.id == id && item.id_range != own);
    others.next().is_none()
        && !feature.documents.iter().any(|document| {
            let mentions = &document.facts().mentions;
            mentions.iter().any(|mention| mention.key == id)
        })
}

/// Whether the text stands nowhere else in the feature.
fn is_alone(feature: &Feature, written: &str) -> bool {
    let places = feature
        .documents
        .iter()
        .map(|document| document.doc.text.matches(written).count());
    places.sum::<usize>() == 1
}

#[cfg(test)]
mod tests {
    use super::{Habit, Lead};

    #[test]
    fn an_id_is_in_use_where_it_is_what_would_be_written() {
        let texts = [
            "FR-001", "FR-01", "FR-0001", "FR-000", "FR-1000", "FR-001a", "FR001", "NFR-001",
            "FR-1x1",
        ];
        let digits = ["001", "01", "1", "000", "1000", "11"];
        for (width, digits) in [2, 3]
            .into_iter()
            .flat_map(|it| digits.map(|all| (it, all)))
        {
            for suffix in ["", "a"] {
                let habit = Habit {
                    prefix: "FR".to_owned(),
                    width,
                    count: 3,
                    first: "FR-001",
                    places: Vec::new(),
                };
                let lead = Lead {
                    prefix: "FR".to_owned(),
                    digits: digits.to_owned(),
                    suffix: suffix.to_owned(),
                    range: (0, 0),
                };
                let right = habit.written(&lead);
                for text in texts.into_iter().chain([right.as_str()]) {
                    assert_eq!(
                        habit.is_in_use(&lead, text),
                        right == text,
                        "{text} {right}"
                    );
                }
            }
        }
    }
}
