//! `textDocument/foldingRange`: sections, fences, comments and tables of a spec document.

use ide::{Fold, FoldKind};
use tower_lsp::gen_lsp_types::{
    FoldingRange, FoldingRangeKind, FoldingRangeParams, ServerCapabilities,
};

use super::{Ask, Request};
use crate::lsp::answer::Refusal;
use crate::lsp::client::ClientFacts;

/// Answers `textDocument/foldingRange`.
pub enum Handler {}

impl Request for Handler {
    type Params = FoldingRangeParams;
    type Answer = Option<Vec<FoldingRange>>;

    fn offer(_: &ClientFacts, offered: &mut ServerCapabilities) {
        offered.folding_range_provider = Some(true.into());
    }

    fn is_nothing(answer: &Self::Answer) -> bool {
        answer.is_none()
    }

    fn answer(
        ask: &Ask,
        params: &FoldingRangeParams,
    ) -> Result<Option<Vec<FoldingRange>>, Refusal> {
        let Some(file) = ask.file(&params.text_document) else {
            return Ok(None);
        };
        let folds = ask.world.snapshot.analysis().folding_ranges(file);
        let folds: Vec<FoldingRange> = folds
            .into_iter()
            .filter_map(|Fold { range, kind }| {
                let range = ask.range(file, range)?;
                Some(FoldingRange {
                    start_line: range.start.line,
                    end_line: range.end.line,
                    kind: (kind == FoldKind::Comment).then_some(FoldingRangeKind::Comment),
                    ..FoldingRange::default()
                })
            })
            .collect();
        Ok((!folds.is_empty()).then_some(folds))
    }
}
