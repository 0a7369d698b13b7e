//! Reader of Spec Kit documents: one pass for the blocks, then each sort of fact from the blocks it lives in.

mod agent_context;
mod answers;
mod blocks;
mod cells;
mod checklist;
mod clarifications;
mod complexity;
mod constitution;
mod data_model;
mod dependencies;
mod entities;
mod front_matter;
mod gaps;
mod gates;
mod heads;
mod hyperlinks;
mod metas;
mod phases;
mod placeholders;
mod principles;
mod prose;
mod remarks;
mod requirements;
mod research;
mod sections;
mod stories;
mod tasks;
mod verdicts;
mod words;

use crate::KnownLines;
use crate::model::{
    Answered, Checks, Decision, Document, DocumentKind, Entity, Gap, Gate, Generation, Item,
    ItemIndex, ItemKind, LineStyle, Meta, Principle, Section, SectionIndex, Version, Violation,
};
use blocks::{Block, Blocks};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;
use text::TextRange;

pub(crate) fn read(kind: DocumentKind, text: &str, known: Option<&mut KnownLines>) -> Document {
    let blocks = blocks::read(text);
    let sections = sections::read(text, &blocks);
    let mut reading = Reading {
        kind,
        text,
        joined: blocks::joined(text, &blocks.wraps),
        explaining: explaining(&sections),
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
    };
    reading.metas = metas::read(&reading);
    match kind {
        DocumentKind::Spec => {
            stories::read(&mut reading);
            requirements::read(&mut reading);
            entities::read(&mut reading);
            remarks::read(&mut reading);
            reading.own.answered = answers::read(&reading);
        }
        DocumentKind::Tasks => {
            phases::read(&mut reading);
            tasks::read(&mut reading);
            reading.own.gaps = gaps::read(&reading);
        }
        DocumentKind::Plan => {
            reading.own.gates = gates::read(&mut reading);
            reading.own.violations = complexity::read(&mut reading);
        }
        DocumentKind::Research => reading.own.decisions = research::read(&mut reading),
        DocumentKind::DataModel => reading.own.entities = data_model::read(&mut reading),
        DocumentKind::Checklist => reading.own.checks = checklist::read(&mut reading),
        DocumentKind::Constitution => {
            reading.own.principles = constitution::principles(&mut reading);
            reading.own.version = constitution::version(&reading);
        }
        DocumentKind::AgentContext => return agent_context::of(&reading, known),
        _ => {}
    }
    reading.finish(known)
}

/// A document while it is read.
struct Reading<'a> {
    kind: DocumentKind,
    text: &'a str,
    /// The text with wrapped paragraphs on one line each; offsets are the same.
    joined: Cow<'a, str>,
    blocks: Blocks,
    sections: Vec<Section>,
    /// By section: it, or one around it, explains tasks and holds none.
    explaining: Vec<bool>,
    /// By section: the phase it stands in.
    phases: Vec<Option<ItemIndex>>,
    /// Story headings by section.
    stories: FxHashMap<SectionIndex, ItemIndex>,
    items: Vec<Item>,
    own: Own,
    metas: Vec<Meta>,
    style: LineStyle,
}

/// What only items of one kind have, and only documents of one kind say.
#[derive(Default)]
struct Own {
    principles: Vec<Principle>,
    version: Option<Version>,
    gates: Vec<Gate>,
    violations: Vec<Violation>,
    checks: Vec<Checks>,
    answered: Vec<Answered>,
    gaps: Vec<Gap>,
    decisions: Vec<Decision>,
    entities: Vec<Entity>,
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

impl Reading<'_> {
    /// A section without trailing blank lines.
    fn section_range(&self, index: SectionIndex) -> Range<usize> {
        let range: Range<usize> = self.sections[index as usize].range.into();
        range.start..range.start + self.text[range.clone()].trim_end().len()
    }

    /// The phase a block stands in.
    fn phase_of(&self, block: &Block) -> Option<ItemIndex> {
        block.section.and_then(|index| self.phases[index as usize])
    }

    /// Whether a byte stands in code, a comment or front matter.
    fn hidden(&self, at: usize) -> bool {
        let inside = |ranges: &[Range<usize>]| {
            let behind = ranges.partition_point(|range| range.end <= at);
            ranges.get(behind).is_some_and(|range| range.start <= at)
        };
        inside(&self.blocks.opaque) || inside(&self.blocks.code)
    }

    fn finish(mut self, known: Option<&mut KnownLines>) -> Document {
        let generation = self.generation();
        let place = in_order(&mut self.items);
        self.own.moved(&place);
        let mut defined: Vec<TextRange> = self
            .items
            .iter()
            .filter(|item| !item.id_range.is_empty() && has_id(item.kind))
            .map(|item| item.id_range)
            .collect();
        defined.sort_unstable_by_key(|range| range.start());
        let (mentions, paths) = prose::read(&self, &defined, known);
        let dependencies = match self.kind {
            DocumentKind::Tasks => dependencies::read(&self.joined, &self.items, &mentions),
            _ => Vec::new(),
        };
        let hyperlinks = hyperlinks::read(self.text, &self.blocks.links);
        let code_spans = prose::code_spans(&self, &paths);
        let placeholders = placeholders::read(&self);
        let clarifications = clarifications::read(&self);
        Document {
            kind: Some(self.kind),
            generation,
            sections: self.sections,
            metas: self.metas,
            items: self.items,
            mentions,
            paths,
            code_spans,
            placeholders,
            clarifications,
            principles: self.own.principles,
            version: self.own.version,
            gates: self.own.gates,
            violations: self.own.violations,
            checks: self.own.checks,
            decisions: self.own.decisions,
            entities: self.own.entities,
            answered: self.own.answered,
            gaps: self.own.gaps,
            registered: Vec::new(),
            templates: Vec::new(),
            hyperlinks,
            dependencies,
            opaque: self
                .blocks
                .opaque
                .iter()
                .map(|range| text::span(range.start, range.end))
                .collect(),
            style: self.style,
        }
    }

    /// The generation whose marks are there; the first one's win, since its headings were all dropped later.
    fn generation(&self) -> Option<Generation> {
        let mut second = false;
        for section in &self.sections {
            let title = section.title.as_str();
            if [
                "Execution Flow",
                "Primary User Story",
                "Task Generation Rules",
                "Progress Tracking",
            ]
            .iter()
            .any(|mark| title.starts_with(mark))
            {
                return Some(Generation::First);
            }
            second |= words::prefix(title, &words::TECHNICAL).is_some()
                || matches!(title, "Success Criteria" | "Measurable Outcomes");
        }
        let numbered = |item: &Item| item.kind == ItemKind::Phase && item.id.starts_with("3.");
        if self.items.iter().any(numbered) {
            return Some(Generation::First);
        }
        second |= self.items.iter().any(|item| {
            item.kind == ItemKind::Story
                || item.kind == ItemKind::Phase && item.story.is_some()
                || item
                    .task
                    .as_ref()
                    .is_some_and(|task| !task.stories.is_empty())
        });
        second.then_some(Generation::Second)
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
        | ItemKind::ChecklistItem => true,
        ItemKind::Entity
        | ItemKind::Principle
        | ItemKind::Gate
        | ItemKind::Violation
        | ItemKind::Decision
        | ItemKind::EdgeCase
        | ItemKind::Assumption
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

/// By section: whether it or one around it only explains (`## Dependencies`, `## Parallel Example`).
fn explaining(sections: &[Section]) -> Vec<bool> {
    let mut explaining: Vec<bool> = Vec::with_capacity(sections.len());
    for section in sections {
        let around = section
            .parent
            .is_some_and(|parent| explaining[parent as usize]);
        explaining.push(
            around
                || section.level > 1 && words::prefix(&section.title, &words::EXPLAINING).is_some(),
        );
    }
    explaining
}

fn is_crlf(text: &str) -> bool {
    let end = blocks::line_end(text, 0);
    text[end..].starts_with("\r\n")
}
