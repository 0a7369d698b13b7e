//! The thing under the cursor whose impact may be asked for. What it reaches is worked out elsewhere, when somebody asks.

use rules::{Locale, Message, Template};
use text::{FileId, TextRange, TextSize};

use crate::Analysis;
use crate::code_actions::touches;

const SHOW: Template = Template {
    en: "Show what a change of {name} may reach (from code facts, no AI)",
    ja: "{name} の変更が及ぶ範囲を表示 (コードの事実から、AI なし)",
};

/// Something whose impact may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImpactHere {
    /// As the menu shows it.
    pub title: String,
    /// First byte of its name.
    pub at: TextSize,
}

impl Analysis {
    /// The item whose id or title, or the symbol whose name, is touched by `range`.
    #[must_use]
    pub fn impact_here(
        &self,
        file: FileId,
        range: TextRange,
        locale: Locale,
    ) -> Option<ImpactHere> {
        let here = |name: &str, at: TextSize| ImpactHere {
            title: Message::new(SHOW, &[("name", name)]).text(locale),
            at,
        };
        if let Some(feature) = self.graph.feature_of(file) {
            let items = feature.items().filter(|(at, item)| {
                let head = item.id_range.cover(item.title_range);
                at.file == file && !item.id.is_empty() && touches(head, range)
            });
            let (_, item) = items.min_by_key(|(_, item)| item.range.len())?;
            return Some(here(
                &item.id,
                item.id_range.cover(item.title_range).start(),
            ));
        }
        let source = self.graph.source(file)?;
        let mut symbols = source.facts.symbols.iter();
        let symbol = symbols.find(|it| touches(it.name_range, range))?;
        Some(here(&symbol.name, symbol.name_range.start()))
    }
}
