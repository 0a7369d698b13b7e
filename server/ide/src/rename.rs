//! Rename and renumber: the id at a place, its edits everywhere, and in words why not.

pub(crate) mod words;

use generate::{Renamable, Renaming, Series, Texts, Why};
use rules::{Locale, Message};
use text::{FileId, TextRange, TextSize};
use trace::ItemRef;

use crate::Analysis;
use crate::code_actions::{Action, ActionKind, touches};

impl Analysis {
    /// The id at `offset`, if it can be renamed. The error is a sentence for people: it is an id, but not a certain one.
    pub fn renamable(
        &self,
        file: FileId,
        offset: TextSize,
        locale: Locale,
    ) -> Result<Option<Renamable>, String> {
        let refused = |refusal| words::refusal(&self.graph, &refusal, locale);
        generate::renamable(&self.graph, file, offset).map_err(refused)
    }

    /// The edits that rename items to what the user typed. The error is a sentence for people.
    pub fn rename(
        &self,
        items: &[ItemRef],
        given: &str,
        texts: &Texts<'_>,
        locale: Locale,
    ) -> Result<Renaming, String> {
        let refused = |refusal| words::refusal(&self.graph, &refusal, locale);
        generate::rename(&self.graph, items, given, texts).map_err(refused)
    }

    /// The ids of a document that are counted together.
    #[must_use]
    pub fn series(&self, file: FileId) -> Vec<Series> {
        generate::series_in(&self.graph, file)
    }

    /// The edits that number series of one feature in order. The error is a sentence for people.
    pub fn renumber(
        &self,
        series: &[Series],
        texts: &Texts<'_>,
        locale: Locale,
    ) -> Result<Renaming, String> {
        let refused = |refusal| words::refusal(&self.graph, &refusal, locale);
        generate::renumber(&self.graph, series, texts).map_err(refused)
    }

    /// Offers to number what is not in order, on the document's title and on headings above such ids.
    pub(crate) fn renumbering(
        &self,
        file: FileId,
        range: TextRange,
        locale: Locale,
    ) -> Vec<Action> {
        let Some((_, document)) = self.spec_document(file) else {
            return Vec::new();
        };
        let facts = document.facts();
        let Some(heading) = facts
            .sections
            .iter()
            .find(|section| touches(section.heading, range))
        else {
            return Vec::new();
        };
        let stands_below = |series: &Series| {
            let mut items = facts.items.iter();
            items.any(|item| {
                item.kind == series.kind
                    && item.id.starts_with(series.stem.as_str())
                    && heading.range.contains_range(item.id_range)
            })
        };
        let is_title = facts.sections.first() == Some(heading);
        let offered = self.series(file).into_iter().filter(|series| {
            let own = !series.in_order && (is_title || stands_below(series));
            // A story's own heading is about the story.
            own && !facts.items.iter().any(|item| {
                item.kind == series.kind && heading.heading.contains_range(item.id_range)
            })
        });
        offered
            .map(|series| Action {
                title: Message::new(
                    words::RENUMBER,
                    &[("stem", &series.stem), ("count", &series.len.to_string())],
                )
                .text(locale),
                kind: ActionKind::Renumber {
                    file,
                    stem: series.stem,
                },
                finding: None,
                preferred: false,
            })
            .collect()
    }

    /// What a renaming does, in one line: `Rename FR-001 to FR-050`.
    #[must_use]
    pub fn headline(renaming: &Renaming, locale: Locale) -> String {
        match renaming.ids.as_slice() {
            [(old, new)] => {
                Message::new(words::RENAMED, &[("old", old), ("new", new)]).text(locale)
            }
            all => {
                let count = all.len().to_string();
                Message::new(words::RENUMBERED, &[("count", &count)]).text(locale)
            }
        }
    }

    /// How far it reaches, and what it leaves: `12 places in 5 files; left as they are: 2 ambiguous, 1 in code`.
    #[must_use]
    pub fn reach(renaming: &Renaming, locale: Locale) -> String {
        let mut files: Vec<FileId> = renaming.edits.iter().map(|(file, _)| *file).collect();
        files.dedup();
        let counted = |count: usize, what: &str| match (locale, count) {
            (Locale::Japanese, _) => count.to_string(),
            (Locale::English, 1) => format!("1 {what}"),
            (Locale::English, _) => format!("{count} {what}s"),
        };
        let places = counted(renaming.edits.len(), "place");
        let files = counted(files.len(), "file");
        let mut line =
            Message::new(words::REACH, &[("places", &places), ("files", &files)]).text(locale);
        let mut left = Vec::new();
        for why in [Why::Ambiguous, Why::Inferred, Why::Twice, Why::Code] {
            let count = renaming.left.iter().filter(|left| left.why == why).count();
            if count > 0 {
                let count = count.to_string();
                left.push(Message::new(words::why(why), &[("count", &count)]).text(locale));
            }
        }
        if !left.is_empty() {
            line += &Message::new(words::LEFT, &[("list", &left.join(", "))]).text(locale);
        }
        line
    }

    /// Why a place was left, in a few words.
    #[must_use]
    pub fn why_left(why: Why, locale: Locale) -> String {
        Message::new(words::reason(why), &[]).text(locale)
    }
}
