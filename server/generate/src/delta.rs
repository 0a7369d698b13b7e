//! The delta of an edited main spec: what a change must say so that archiving it makes of the old text the new one. What
//! a delta cannot say (purpose, notes) stays in the main spec. Applied by [`crate::archive`] before it is given out.

use documents::DocumentKind;
use documents::openspec::{Block, Edition, Parts, parts};
use smol_str::SmolStr;

use crate::archive::{Outcome, applied, folded, respaced, unix, with_line_breaks_of};

/// A main spec edited back, and the delta that holds what was taken out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// The delta.
    pub delta: String,
    /// The main spec with the requirements it had.
    pub main: String,
    /// What archiving makes otherwise than it was edited.
    pub unlike: Vec<Unlike>,
    /// What a human must decide: each question also stands in the delta.
    pub questions: usize,
}

/// What archiving a delta makes otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlike {
    /// New requirements stand at the end.
    Order,
    /// Empty lines.
    Blanks,
}

/// Why there is no delta.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undrafted {
    /// Nothing that a delta says is different.
    Same,
    /// One of the texts has no requirements.
    Unreadable,
    /// A name stands twice.
    Twice(SmolStr),
    /// The tool would refuse the delta, or make something else of it: its first objection, where it has one.
    Refused(Option<Box<crate::Objection>>),
}

/// The delta between a main spec as it was and as it is.
///
/// # Errors
/// Why there is none.
pub fn draft(before: &str, after: &str) -> Result<Drafted, Undrafted> {
    let old = Side::of(before)?;
    let new = Side::of(after)?;
    let steps = Steps::between(&old, &new);
    if steps.is_empty() {
        return Err(Undrafted::Same);
    }
    let main = old.inside(&new);
    let delta = with_line_breaks_of(&steps.text(&old, &new), after);
    let outcome = match applied(&main, &delta) {
        Outcome::Text(text) => text,
        Outcome::Refused(why) => return Err(Undrafted::Refused(why.map(Box::new))),
    };
    let mut unlike = Vec::new();
    if outcome != after {
        let spaced = respaced(after).ok_or(Undrafted::Refused(None))?;
        if unix(&spaced) != unix(after) {
            unlike.push(Unlike::Blanks);
        }
        if unix(&outcome) != unix(&spaced) {
            let sorted = |text: &str| {
                let text = unix(text);
                let mut lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
                lines.sort_unstable();
                lines.join("\n")
            };
            if sorted(&outcome) != sorted(&spaced) {
                return Err(Undrafted::Refused(None));
            }
            unlike.push(Unlike::Order);
        }
    }
    Ok(Drafted {
        questions: delta.matches("[NEEDS CLARIFICATION: ").count(),
        delta,
        main,
        unlike,
    })
}

/// A main spec, cut.
struct Side<'a> {
    text: &'a str,
    parts: Parts,
}

impl<'a> Side<'a> {
    fn of(text: &'a str) -> Result<Self, Undrafted> {
        let facts = documents::read(DocumentKind::OpenSpecCapability, text);
        let cut = parts(text, &facts.spec_lines, Edition::NEWEST);
        let parts = cut
            .filter(|cut| !cut.blocks.is_empty())
            .ok_or(Undrafted::Unreadable)?;
        for (nth, block) in parts.blocks.iter().enumerate() {
            let wanted = folded(&block.name);
            if parts.blocks[..nth]
                .iter()
                .any(|it| folded(&it.name) == wanted)
            {
                return Err(Undrafted::Twice(block.name.clone()));
            }
        }
        Ok(Self { text, parts })
    }

    fn get(&self, name: &str) -> Option<&Block> {
        self.parts.blocks.iter().find(|block| block.name == name)
    }

    fn raw(&self, block: &Block) -> String {
        unix(text::slice(self.text, block.range)).into_owned()
    }

    /// What stands below the heading.
    fn below(&self, block: &Block) -> String {
        let raw = self.raw(block);
        raw.find('\n')
            .map_or_else(String::new, |at| raw[at..].to_owned())
    }

    /// The bytes from the first requirement to the last.
    fn requirements(&self) -> std::ops::Range<usize> {
        let blocks = &self.parts.blocks;
        let start = blocks.first().map_or(0, |it| usize::from(it.range.start()));
        let end = blocks
            .last()
            .map_or(start, |it| usize::from(it.range.end()));
        start..end
    }

    /// These requirements in what another text says around its own.
    fn inside(&self, other: &Self) -> String {
        let (own, place) = (self.requirements(), other.requirements());
        let own = with_line_breaks_of(&self.text[own], other.text);
        format!(
            "{}{own}{}",
            &other.text[..place.start],
            &other.text[place.end..]
        )
    }
}

/// What must be said, by name.
#[derive(Default)]
struct Steps {
    added: Vec<SmolStr>,
    modified: Vec<SmolStr>,
    removed: Vec<SmolStr>,
    renamed: Vec<(SmolStr, SmolStr)>,
}

impl Steps {
    fn between(old: &Side<'_>, new: &Side<'_>) -> Self {
        let mut steps = Self::default();
        let lacks = |side: &Side<'_>, name: &str| side.get(name).is_none();
        let mut gone: Vec<&Block> = old.parts.blocks.iter().collect();
        gone.retain(|it| lacks(new, &it.name));
        let mut come: Vec<&Block> = new.parts.blocks.iter().collect();
        come.retain(|it| lacks(old, &it.name));
        // The same text under another name; then the same scenarios, where only one can be meant.
        let same_text = |a: &Block, b: &Block| old.below(a) == new.below(b);
        let same_scenarios = |a: &Block, b: &Block| {
            let mut names = a.scenarios.iter().map(|it| &it.name);
            let there = |name: &SmolStr| b.scenarios.iter().any(|it| it.name == *name);
            !a.scenarios.is_empty() && names.all(there)
        };
        steps.pair(&mut gone, &mut come, &same_text);
        steps.pair(&mut gone, &mut come, &same_scenarios);
        steps.removed = gone.iter().map(|it| it.name.clone()).collect();
        for block in &new.parts.blocks {
            let name = &block.name;
            let from = steps.renamed.iter().find(|(_, to)| to == name);
            let expected = match (from, old.get(name)) {
                (Some((from, to)), _) => old
                    .get(from)
                    .map(|it| format!("### Requirement: {to}{}", old.below(it))),
                (None, Some(there)) => Some(old.raw(there)),
                (None, None) => None,
            };
            match expected {
                None => steps.added.push(name.clone()),
                Some(expected) if expected != new.raw(block) => steps.modified.push(name.clone()),
                Some(_) => {}
            }
        }
        steps
    }

    /// Takes those that are the same under another name out of both, where one side fits exactly one of the other.
    fn pair(
        &mut self,
        gone: &mut Vec<&Block>,
        come: &mut Vec<&Block>,
        same: &dyn Fn(&Block, &Block) -> bool,
    ) {
        let mut pairs = Vec::new();
        for old in gone.iter() {
            let mut fitting = come.iter().filter(|new| same(old, new));
            if let (Some(new), None) = (fitting.next(), fitting.next())
                && gone.iter().filter(|other| same(other, new)).count() == 1
            {
                pairs.push((old.name.clone(), new.name.clone()));
            }
        }
        gone.retain(|it| pairs.iter().all(|(from, _)| *from != it.name));
        come.retain(|it| pairs.iter().all(|(_, to)| *to != it.name));
        self.renamed.extend(pairs);
    }

    fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.modified.is_empty()
            && self.removed.is_empty()
            && self.renamed.is_empty()
    }

    /// The delta, with `\n` line breaks.
    fn text(&self, old: &Side<'_>, new: &Side<'_>) -> String {
        let whole = |names: &[SmolStr]| {
            let blocks = names.iter().filter_map(|name| new.get(name));
            blocks.map(|block| new.raw(block)).collect::<Vec<_>>()
        };
        let removed = self.removed.iter().filter_map(|name| {
            let heading = text::slice(old.text, old.get(name)?.heading);
            Some(format!(
                "{}\n\n**Reason**: [NEEDS CLARIFICATION: Why is “{name}” not required any more?]\n\n\
                 **Migration**: [NEEDS CLARIFICATION: What do those do who rely on it?]",
                heading.trim_end()
            ))
        });
        let renamed = self.renamed.iter().map(|(from, to)| {
            format!("- FROM: `### Requirement: {from}`\n- TO: `### Requirement: {to}`")
        });
        let sections = [
            ("ADDED", whole(&self.added)),
            ("MODIFIED", whole(&self.modified)),
            ("REMOVED", removed.collect()),
            // Pairs stand in one list.
            (
                "RENAMED",
                Vec::from_iter(
                    (!self.renamed.is_empty()).then(|| renamed.collect::<Vec<_>>().join("\n")),
                ),
            ),
        ];
        let mut out = Vec::new();
        for (word, entries) in sections {
            if !entries.is_empty() {
                out.push(format!("## {word} Requirements"));
                out.extend(entries);
            }
        }
        out.join("\n\n") + "\n"
    }
}
