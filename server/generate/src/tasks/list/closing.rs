//! The end of a list: what is left when all stories are done, and which tasks wait for others.

use documents::{DocumentKind, ItemKind};
use smol_str::SmolStr;

use super::List;
use super::layer::Layer;
use super::work::Piece;
use crate::tasks::section::Section;
use crate::tasks::style::Style;

impl List<'_> {
    /// What is left when all stories are done: what is written for people, what the spec measures.
    pub(super) fn close(&mut self, style: &mut Style<'_>) {
        let Some(heading) = self.model.behind(style) else {
            return;
        };
        let facts = self.spec.facts();
        let mut measured: Vec<SmolStr> = Vec::new();
        for (_, item) in facts.items_of(ItemKind::SuccessCriterion) {
            if !item.id.is_empty() && !measured.contains(&item.id) {
                measured.push(item.id.clone());
            }
        }
        let quickstart = self.feature.document_of(DocumentKind::Quickstart);
        let tests = self.work.tests.iter().map(|test| &test.path);
        let tests: Vec<&String> = tests.filter(|path| !self.is_written(path)).collect();
        let prose: Vec<&Piece> = self
            .work
            .pieces
            .iter()
            .filter(|piece| piece.story.is_none() && piece.layer == Layer::Prose)
            .collect();
        if measured.is_empty() && quickstart.is_none() && tests.is_empty() && prose.is_empty() {
            return;
        }
        let mut section = Section::new(style.shared_heading(heading.heading, heading.number));
        section.open(None);
        let tests: Vec<String> = tests.into_iter().cloned().collect();
        self.tests(&mut section, style, &tests);
        self.pieces(&mut section, style, &prose, ("", ""));
        if !measured.is_empty() {
            let name = format!("{}/spec.md", self.feature.path);
            let words = style.language.measure(&style.path(&name));
            let cited = style.cited(&measured);
            section.add(style, "", (false, format!("{words}{cited}"), None));
        }
        if let Some(quickstart) = quickstart {
            let words = style.language.follow(&style.path(&quickstart.path));
            section.add(style, "", (false, words, None));
        }
        self.take(section);
    }

    /// Which tasks wait for others: those that change a file that an earlier one changes.
    pub(super) fn dependencies(&mut self, style: &Style<'_>) {
        let mut lines = Vec::new();
        for (at, (id, path)) in self.written.iter().enumerate() {
            let earlier = self.written[..at]
                .iter()
                .rev()
                .find(|(_, other)| other == path);
            if let Some((on, _)) = earlier {
                lines.push(format!(
                    "- {}",
                    style.language.waits(id, on, &style.path(path))
                ));
            }
        }
        if lines.is_empty() {
            return;
        }
        self.lines.push(String::new());
        self.lines
            .push(format!("## {}", style.language.dependencies()));
        self.lines.push(String::new());
        self.lines.extend(lines);
    }
}
