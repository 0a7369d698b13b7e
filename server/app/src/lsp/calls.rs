//! Items of the call hierarchy between two requests: what the client keeps of one, and what it means later.

use ide::{Call, CallItem, CallKey, CallKind, CallWhat};
use serde::{Deserialize, Serialize};
use text::{FileId, TextRange};
use tower_lsp::gen_lsp_types::{CallHierarchyItem, Range};

use super::requests::Ask;
use super::{to_proto, uri};

/// What the client keeps beside the place of an item: no file ids and no positions, which do not outlive an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    what: What,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    words: String,
    #[serde(default)]
    nth: u32,
    #[serde(default)]
    of: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum What {
    Item,
    File,
    Symbol,
    Test,
}

impl From<CallKey> for Kept {
    fn from(key: CallKey) -> Self {
        Self {
            what: match key.what {
                CallWhat::Item => What::Item,
                CallWhat::File => What::File,
                CallWhat::Symbol => What::Symbol,
                CallWhat::Test => What::Test,
            },
            name: key.name,
            words: key.words,
            nth: key.nth,
            of: key.of,
        }
    }
}

impl From<Kept> for CallKey {
    fn from(kept: Kept) -> Self {
        Self {
            what: match kept.what {
                What::Item => CallWhat::Item,
                What::File => CallWhat::File,
                What::Symbol => CallWhat::Symbol,
                What::Test => CallWhat::Test,
            },
            name: kept.name,
            words: kept.words,
            nth: kept.nth,
            of: kept.of,
        }
    }
}

/// The file and key of an item that the client gives back; `None` for one that is not ours or whose file is gone.
#[must_use]
pub fn kept(ask: &Ask, item: &CallHierarchyItem) -> Option<(FileId, CallKey)> {
    let kept: Kept = serde_json::from_value(item.data.clone()?).ok()?;
    let file = ask.world.snapshot.file(&uri::to_path(&item.uri)?)?;
    Some((file, kept.into()))
}

/// An item in the protocol's terms.
#[must_use]
pub fn item(ask: &Ask, item: CallItem) -> Option<CallHierarchyItem> {
    let file = item.place.file;
    Some(CallHierarchyItem {
        uri: ask.uri(file)?,
        range: ask.range(file, item.place.range)?,
        selection_range: ask.range(file, item.place.focus)?,
        name: item.name,
        kind: match item.kind {
            CallKind::Item(kind) => to_proto::symbol_kind(kind),
            CallKind::File => tower_lsp::gen_lsp_types::SymbolKind::File,
            CallKind::Symbol(kind) => to_proto::code_symbol_kind(kind),
            CallKind::Test => tower_lsp::gen_lsp_types::SymbolKind::Function,
        },
        tags: None,
        detail: (!item.detail.is_empty()).then_some(item.detail),
        data: serde_json::to_value(Kept::from(item.key)).ok(),
    })
}

/// Calls in the protocol's terms; the ranges of each are those of `caller`, else of the other side.
#[must_use]
pub fn calls<T>(
    ask: &Ask,
    calls: Vec<Call>,
    caller: Option<FileId>,
    build: fn(CallHierarchyItem, Vec<Range>) -> T,
) -> Vec<T> {
    let convert = |call: Call| {
        let file = caller.unwrap_or(call.item.place.file);
        let range = |range: TextRange| ask.range(file, range);
        let ranges = call.ranges.into_iter().filter_map(range).collect();
        Some(build(item(ask, call.item)?, ranges))
    };
    calls.into_iter().filter_map(convert).collect()
}
