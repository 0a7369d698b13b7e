//! One delta applied to its main spec: RENAMED, REMOVED, MODIFIED, ADDED, in this order.

use std::borrow::Cow;

use documents::DocumentKind;
use documents::openspec::{
    Block, Delta, Named, Operation, Parts, Scenario, capability, fenced, is_blank, is_same_text,
    parts,
};
use smol_str::SmolStr;
use text::TextRange;
use trace::FeatureDocument;
use trace::openspec::DeltaFile;

use super::leftover::{self, foreign_tail};
use super::{Counts, EDITION, Objection, Passed, Refused, Remark, asked, purpose};

/// A main spec with a delta applied.
pub(super) struct Merged {
    /// Its text, with `\n` line breaks.
    pub(super) text: String,
    pub(super) counts: Counts,
    /// No requirement is left.
    pub(super) is_empty: bool,
    /// Lines of the old text that are no part of its purpose or requirements.
    pub(super) leftover: Vec<String>,
}

/// A requirement while deltas are applied.
#[derive(Clone)]
pub(super) struct Entry {
    name: SmolStr,
    /// Its text with `\n` line breaks.
    pub(super) raw: String,
    scenarios: Vec<SmolStr>,
    /// It stands as it stood.
    original: bool,
}

impl Entry {
    fn new(text: &str, block: &Block, original: bool) -> Self {
        Self {
            name: block.name.clone(),
            raw: unix(text::slice(text, block.range)).into_owned(),
            scenarios: block
                .compared(EDITION)
                .map(|scenario: &Scenario| scenario.name.clone())
                .collect(),
            original,
        }
    }
}

/// The requirements by name, in the order the tool keeps them in.
#[derive(Default)]
struct Entries(Vec<Entry>);

impl Entries {
    fn get(&self, name: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.name == name)
    }

    fn set(&mut self, entry: Entry) {
        match self.0.iter_mut().find(|each| each.name == entry.name) {
            Some(there) => *there = entry,
            None => self.0.push(entry),
        }
    }

    fn remove(&mut self, name: &str) -> Option<Entry> {
        let at = self.0.iter().position(|entry| entry.name == name)?;
        Some(self.0.remove(at))
    }

    /// A name that differs from `name` only in case and blanks, `but` left out.
    fn near(&self, name: &str, but: &str) -> Option<SmolStr> {
        let wanted = folded(name);
        let mut names = self.0.iter().map(|entry| &entry.name);
        names
            .find(|each| *each != but && folded(each) == wanted)
            .cloned()
    }
}

/// A name without differences in case and blanks.
pub(crate) fn folded(name: &str) -> String {
    let mut found = String::with_capacity(name.len());
    let mut blank = false;
    for c in name.trim_matches(is_blank).chars() {
        if is_blank(c) {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) {
            found.push(' ');
        }
        found.extend(c.to_lowercase());
    }
    found
}

/// The text with `\n` line breaks.
pub(crate) fn unix(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A text with `\n` line breaks in the convention of another: the one it has more of, `\r\n` of two as frequent.
pub(crate) fn with_line_breaks_of(text: &str, model: &str) -> String {
    let crlf = model.matches("\r\n").count();
    let lf = model.matches('\n').count() - crlf;
    if crlf > 0 && crlf >= lf {
        text.replace("\r\n", "\n").replace('\n', "\r\n")
    } else if lf > 0 {
        text.replace("\r\n", "\n")
    } else {
        text.to_owned()
    }
}

/// Applies the delta of a file.
pub(super) fn merge(
    change: &str,
    own: &FeatureDocument,
    file: &DeltaFile,
    remarks: &mut Vec<Remark>,
) -> Result<Merged, Refused> {
    let delta = asked::read(own);
    let mut here = Here { own, remarks };
    for (named, _) in &delta.orphans {
        here.remark(named.range, Passed::Outside(named.name.clone()));
    }
    let target = here.target(change, file, &delta)?;
    let read;
    let lines = if let Some(base) = &file.base {
        &base.document.facts().spec_lines
    } else {
        read = documents::read(DocumentKind::OpenSpecCapability, &target);
        &read.spec_lines
    };
    let spec = capability(&target, lines, EDITION);
    if let Some(fault) = spec.misplaced.first() {
        let place = file.base.as_ref().map_or((own.file, delta.head), |base| {
            (base.document.file, fault.range)
        });
        return Err(Refused {
            place: Some(place),
            why: Objection::Disordered,
        });
    }
    let cut = parts(&target, lines, EDITION);
    let blocks = cut.as_ref().map_or(&[][..], |cut| &cut.blocks);
    let mut entries = Entries::default();
    let old: Vec<Entry> = blocks
        .iter()
        .map(|block| Entry::new(&target, block, true))
        .collect();
    for entry in &old {
        entries.set(entry.clone());
    }
    let mut order: Vec<SmolStr> = old.iter().map(|entry| entry.name.clone()).collect();
    let counts = here.apply(&delta, file.base.is_none(), &mut entries, &mut order)?;

    let mut kept: Vec<&Entry> = Vec::new();
    for ((key, before), block) in order.iter().zip(&old).zip(blocks) {
        let new = entries.get(key);
        kept.extend(new);
        if let Some(base) = &file.base
            && !new.is_some_and(|new| new.original)
            && let Some(heading) = swallowed(before, new)
        {
            here.remarks.push(Remark {
                file: base.document.file,
                range: block.name_range,
                what: Passed::Swallowed {
                    heading: heading.into(),
                    requirement: before.name.clone(),
                },
            });
        }
    }
    kept.extend(
        entries
            .0
            .iter()
            .filter(|entry| !order.contains(&entry.name)),
    );
    let around = Around::of(&target, cut.as_ref());
    Ok(Merged {
        text: around.with(&kept),
        counts,
        is_empty: kept.is_empty(),
        leftover: leftover::lines(&around.before, &around.preamble, &around.after, &old),
    })
}

/// What a main spec says besides its requirements, with `\n` line breaks.
struct Around<'a> {
    before: Cow<'a, str>,
    heading: Cow<'a, str>,
    preamble: Cow<'a, str>,
    after: Cow<'a, str>,
}

impl<'a> Around<'a> {
    fn of(text: &'a str, cut: Option<&Parts>) -> Self {
        let Some(cut) = cut else {
            // The whole text is kept as it is written, and the section is new.
            return Self {
                before: Cow::Borrowed(text),
                heading: Cow::Borrowed("## Requirements"),
                preamble: Cow::Borrowed(""),
                after: Cow::Borrowed(""),
            };
        };
        let slice = |range| unix(text::slice(text, range));
        Self {
            before: slice(cut.before),
            heading: slice(cut.heading),
            preamble: slice(cut.preamble),
            after: slice(cut.after),
        }
    }

    /// The main spec with these requirements, one empty line between its pieces.
    fn with(&self, requirements: &[&Entry]) -> String {
        let is_said = |text: &&str| !text.is_empty();
        let preamble = self.preamble.trim_end_matches(is_blank);
        let body: Vec<&str> = [preamble]
            .into_iter()
            .filter(is_said)
            .chain(requirements.iter().map(|entry| entry.raw.as_str()))
            .collect();
        let body = body.join("\n\n");
        let pieces = [
            self.before.trim_end_matches(is_blank),
            &self.heading,
            body.trim_end_matches(is_blank),
            self.after.trim_matches(is_blank),
        ];
        let pieces: Vec<&str> = pieces.into_iter().filter(is_said).collect();
        let text = without_blank_runs(&pieces.join("\n\n"));
        text.trim_end_matches(is_blank).to_owned() + "\n"
    }
}

/// A main spec with empty lines as they are set when something is applied to it.
pub(super) fn spaced(text: &str, cut: &Parts) -> String {
    let blocks = cut.blocks.iter();
    let entries: Vec<Entry> = blocks.map(|it| Entry::new(text, it, true)).collect();
    Around::of(text, Some(cut)).with(&entries.iter().collect::<Vec<_>>())
}

/// The heading of what stands in a requirement though it is none of it, where the new text lacks it.
fn swallowed(before: &Entry, new: Option<&Entry>) -> Option<String> {
    let (heading, tail) = foreign_tail(&before.raw)?;
    let tail = tail.trim_matches(is_blank);
    let count = |text: &str| text.matches(tail).count();
    let keeps = new.is_some_and(|new| count(&new.raw) >= count(&before.raw));
    (!keeps).then_some(heading)
}

/// One empty line in place of several, but in fences.
fn without_blank_runs(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let fences = fenced(&lines);
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    let mut run = 0;
    for (line, fenced) in lines.iter().zip(fences) {
        run = if line.is_empty() && !fenced {
            run + 1
        } else {
            0
        };
        if run <= 1 {
            kept.push(line);
        }
    }
    kept.join("\n")
}

/// A delta while it is applied.
struct Here<'a> {
    own: &'a FeatureDocument,
    remarks: &'a mut Vec<Remark>,
}

impl<'a> Here<'a> {
    /// The main spec that the delta is for; a new one where there is none.
    fn target<'b>(
        &mut self,
        change: &str,
        file: &'b DeltaFile,
        delta: &Delta,
    ) -> Result<Cow<'b, str>, Refused> {
        let own: &'a FeatureDocument = self.own;
        let given = purpose::written(&unix(&own.doc.text));
        let mut sections = own.facts().sections.iter();
        let place = sections
            .find(|section| section.title.eq_ignore_ascii_case("Purpose"))
            .map_or(delta.head, |section| section.heading);
        if let Some(base) = &file.base {
            let old = purpose::written(&unix(&base.document.doc.text));
            if given.is_some() && old.is_some() && given != old {
                self.remark(place, Passed::PurposeIgnored);
            }
            return Ok(Cow::Borrowed(&*base.document.doc.text));
        }
        let modified = delta
            .modified
            .first()
            .map(|block| (block.name_range, Operation::Modified, &block.name));
        let renamed = delta
            .renamed
            .first()
            .map(|(from, _)| (from.range, Operation::Renamed, &from.name));
        if let Some((range, operation, name)) = modified.or(renamed) {
            return Err(self.refuse(range, Objection::NoBase(operation, name.clone())));
        }
        let (text, ignored) = purpose::skeleton(&file.capability, change, given.as_deref());
        if ignored {
            self.remark(place, Passed::PurposeUnreadable);
        }
        Ok(Cow::Owned(text))
    }

    fn remark(&mut self, range: TextRange, what: Passed) {
        self.remarks.push(Remark {
            file: self.own.file,
            range,
            what,
        });
    }

    fn refuse(&self, range: TextRange, why: Objection) -> Refused {
        Refused {
            place: Some((self.own.file, range)),
            why,
        }
    }

    fn apply(
        &mut self,
        delta: &Delta,
        is_new: bool,
        entries: &mut Entries,
        order: &mut [SmolStr],
    ) -> Result<Counts, Refused> {
        let mut counts = Counts::default();
        let text = &self.own.doc.text;
        for (from, to) in &delta.renamed {
            let refuse = |named: &Named, why| Err(self.refuse(named.range, why));
            let missing = |near| Objection::Missing(Operation::Renamed, from.name.clone(), near);
            let there = |near| Objection::There(Operation::Renamed, to.name.clone(), near);
            if entries.get(&from.name).is_none() {
                let done = entries.get(&to.name).is_some();
                let near = entries.near(&from.name, if done { &to.name } else { "" });
                if done && near.is_none() {
                    continue;
                }
                return refuse(from, missing(near));
            }
            if entries.get(&to.name).is_some() {
                return refuse(to, there(to.name.clone()));
            }
            if let Some(near) = entries.near(&to.name, &from.name) {
                return refuse(to, there(near));
            }
            let Some(old) = entries.remove(&from.name) else {
                continue;
            };
            let rest = old.raw.find('\n').map_or("", |at| &old.raw[at..]);
            entries.set(Entry {
                name: to.name.clone(),
                raw: format!("### Requirement: {}{rest}", to.name),
                scenarios: old.scenarios,
                original: false,
            });
            if let Some(place) = order.iter_mut().find(|name| **name == from.name) {
                place.clone_from(&to.name);
            }
            counts.renamed += 1;
        }
        for named in &delta.removed {
            if entries.remove(&named.name).is_some() {
                counts.removed += 1;
                continue;
            }
            if let Some(near) = entries.near(&named.name, "").filter(|_| !is_new) {
                let why = Objection::Missing(Operation::Removed, named.name.clone(), Some(near));
                return Err(self.refuse(named.range, why));
            }
            self.remark(named.range, Passed::AlreadyGone(named.name.clone()));
        }
        for block in &delta.modified {
            let new = Entry::new(text, block, false);
            let Some(old) = entries.get(&block.name) else {
                let near = entries.near(&block.name, "");
                let why = Objection::Missing(Operation::Modified, block.name.clone(), near);
                return Err(self.refuse(block.name_range, why));
            };
            let dropped = dropped(&old.scenarios, &new.scenarios);
            if !dropped.is_empty() {
                let why = Objection::Dropped(block.name.clone(), dropped);
                return Err(self.refuse(block.name_range, why));
            }
            counts.modified += usize::from(!is_same_text(&old.raw, &new.raw));
            entries.set(new);
        }
        for block in &delta.added {
            let new = Entry::new(text, block, false);
            let name = block.name.clone();
            let near = match entries.get(&block.name) {
                Some(old) if is_same_text(&old.raw, &new.raw) => continue,
                Some(_) => Some(name.clone()),
                None => entries.near(&block.name, ""),
            };
            if let Some(near) = near {
                let why = Objection::There(Operation::Added, name, near);
                return Err(self.refuse(block.name_range, why));
            }
            entries.set(new);
            counts.added += 1;
        }
        Ok(counts)
    }
}

/// Names of the one list that the other lacks; a name that comes twice must be there twice.
fn dropped(old: &[SmolStr], new: &[SmolStr]) -> Vec<SmolStr> {
    let mut left: Vec<&SmolStr> = new.iter().collect();
    let lacks = |name: &&SmolStr| match left.iter().position(|each| each == name) {
        Some(at) => {
            left.swap_remove(at);
            false
        }
        None => true,
    };
    old.iter().filter(lacks).cloned().collect()
}
