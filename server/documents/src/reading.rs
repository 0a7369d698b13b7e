//! A document while it is read: its text, blocks and sections, and what was found so far. Every format fills the same.

use crate::KnownLines;
use crate::markdown::blocks::{self, Block, Blocks};
use crate::markdown::{bindings, hyperlinks, prose, sections};
use crate::model::{
    Answered, Checks, Decision, Document, DocumentKind, Entity, Gap, Gate, Item, ItemIndex,
    ItemKind, LineStyle, LooseBoxes, Meta, Principle, Section, SectionIndex, Version, Violation,
};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;
use text::TextRange;

/// A document while it is read.
pub(crate) struct Reading<'a> {
    pub(crate) kind: DocumentKind,
    pub(crate) text: &'a str,
    /// The text with wrapped paragraphs on one line each; offsets are the same.
    pub(crate) joined: Cow<'a, str>,
    pub(crate) blocks: Blocks,
    pub(crate) sections: Vec<Section>,
    /// By section: it, or one around it, explains tasks and holds none.
    pub(crate) explaining: Vec<bool>,
    /// By section: the phase it stands in.
    pub(crate) phases: Vec<Option<ItemIndex>>,
    /// Story headings by section.
    pub(crate) stories: FxHashMap<SectionIndex, ItemIndex>,
    pub(crate) items: Vec<Item>,
    pub(crate) own: Own,
    pub(crate) metas: Vec<Meta>,
    pub(crate) style: LineStyle,
}

/// What only items of one kind have, and only documents of one kind say.
#[derive(Default)]
pub(crate) struct Own {
    pub(crate) principles: Vec<Principle>,
    pub(crate) version: Option<Version>,
    pub(crate) gates: Vec<Gate>,
    pub(crate) violations: Vec<Violation>,
    pub(crate) checks: Vec<Checks>,
    pub(crate) answered: Vec<Answered>,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) loose_boxes: LooseBoxes,
}

impl Own {
    /// Items have new places, by the old ones.
    fn moved(&mut self, place: &[ItemIndex]) {
        let new = |item: &mut ItemIndex| *item = place[*item as usize];
        self.principles
            .iter_mut()
            .for_each(|each| new(&mut each.item));
        self.gates.iter_mut().for_each(|each| new(&mut each.item));
        self.violations
            .iter_mut()
            .for_each(|each| new(&mut each.item));
        self.gaps.iter_mut().for_each(|each| new(&mut each.item));
        self.decisions
            .iter_mut()
            .for_each(|each| new(&mut each.item));
        self.entities
            .iter_mut()
            .for_each(|each| new(&mut each.item));
        self.checks.iter_mut().for_each(|each| new(&mut each.item));
    }
}

impl<'a> Reading<'a> {
    /// Reads blocks and headings of a text.
    pub(crate) fn new(kind: DocumentKind, text: &'a str) -> Self {
        Self::of(kind, text, blocks::read(text))
    }

    /// The same, of a text that may be another state of one that was read before.
    pub(crate) fn again(kind: DocumentKind, text: &'a str, known: Option<&mut KnownLines>) -> Self {
        match known {
            Some(known) => Self::of(kind, text, known.blocks.read(text)),
            None => Self::new(kind, text),
        }
    }

    fn of(kind: DocumentKind, text: &'a str, blocks: Blocks) -> Self {
        let sections = sections::read(text, &blocks);
        Self {
            kind,
            text,
            joined: blocks::joined(text, &blocks.wraps),
            explaining: Vec::new(),
            phases: vec![None; sections.len()],
            blocks,
            sections,
            stories: FxHashMap::default(),
            items: Vec::new(),
            own: Own::default(),
            metas: Vec::new(),
            style: LineStyle {
                crlf: is_crlf(text),
                ..LineStyle::default()
            },
        }
    }

    /// A section without trailing blank lines.
    pub(crate) fn section_range(&self, index: SectionIndex) -> Range<usize> {
        let range: Range<usize> = self.sections[index as usize].range.into();
        range.start..range.start + self.text[range.clone()].trim_end().len()
    }

    /// The phase a block stands in.
    pub(crate) fn phase_of(&self, block: &Block) -> Option<ItemIndex> {
        block.section.and_then(|index| self.phases[index as usize])
    }

    /// Whether a byte stands in code, a comment or front matter.
    pub(crate) fn hidden(&self, at: usize) -> bool {
        let inside = |ranges: &[Range<usize>]| {
            let behind = ranges.partition_point(|range| range.end <= at);
            ranges.get(behind).is_some_and(|range| range.start <= at)
        };
        inside(&self.blocks.opaque) || inside(&self.blocks.code)
    }

    /// Brings the items into document order.
    pub(crate) fn order(&mut self) {
        let place = in_order(&mut self.items);
        self.own.moved(&place);
    }

    /// What was read, once the items are in order, and what the lines name.
    pub(crate) fn document(&mut self, mut known: Option<&mut KnownLines>) -> Document {
        let mut defined: Vec<TextRange> = self
            .items
            .iter()
            .filter(|item| !item.id_range.is_empty() && has_id(item.kind))
            .map(|item| item.id_range)
            .collect();
        defined.sort_unstable_by_key(|range| range.start());
        let (mentions, paths) = prose::read(self, &defined, known.as_deref_mut());
        let hyperlinks = hyperlinks::read(self.text, &self.blocks.links);
        let code_spans = prose::code_spans(self, &paths);
        let bindings = bindings::read(&self.joined, &paths);
        let own = std::mem::take(&mut self.own);
        let opaque = self.blocks.opaque.iter();
        let opaque = opaque
            .map(|range| text::span(range.start, range.end))
            .collect();
        if let Some(known) = known {
            known
                .blocks
                .keep(self.text, std::mem::take(&mut self.blocks));
        }
        Document {
            kind: Some(self.kind),
            sections: std::mem::take(&mut self.sections),
            metas: std::mem::take(&mut self.metas),
            items: std::mem::take(&mut self.items),
            mentions,
            paths,
            bindings,
            code_spans,
            principles: own.principles,
            version: own.version,
            gates: own.gates,
            violations: own.violations,
            checks: own.checks,
            decisions: own.decisions,
            entities: own.entities,
            answered: own.answered,
            gaps: own.gaps,
            loose_boxes: own.loose_boxes,
            hyperlinks,
            opaque,
            style: self.style.clone(),
            ..Document::default()
        }
    }
}

/// Whether items of a kind are named by ids. The names of others may hold the ids of what they are about.
fn has_id(kind: ItemKind) -> bool {
    match kind {
        ItemKind::Story
        | ItemKind::Scenario
        | ItemKind::Requirement
        | ItemKind::SuccessCriterion
        | ItemKind::Task
        | ItemKind::Phase
        | ItemKind::ChecklistItem
        | ItemKind::Criterion
        | ItemKind::Property => true,
        ItemKind::Entity
        | ItemKind::Principle
        | ItemKind::Gate
        | ItemKind::Violation
        | ItemKind::Decision
        | ItemKind::EdgeCase
        | ItemKind::Assumption
        | ItemKind::Term
        | ItemKind::Operation => false,
    }
}

/// Brings items into document order and keeps their parents. Gives the new places by the old ones.
fn in_order(items: &mut [Item]) -> Vec<ItemIndex> {
    let mut order: Vec<u32> = (0..items.len() as u32).collect();
    order.sort_by_key(|&index| {
        let range = items[index as usize].range;
        (range.start(), std::cmp::Reverse(range.end()))
    });
    let mut place = vec![0_u32; items.len()];
    for (new, &old) in (0_u32..).zip(&order) {
        place[old as usize] = new;
    }
    for item in &mut *items {
        item.parent = item.parent.map(|parent| place[parent as usize]);
    }
    items.sort_by_key(|item| (item.range.start(), std::cmp::Reverse(item.range.end())));
    place
}

fn is_crlf(text: &str) -> bool {
    let end = blocks::line_end(text, 0);
    text[end..].starts_with("\r\n")
}
