//! Outline of a document and items of the workspace.

use serde_json::json;
use tower_lsp::gen_lsp_types::{
    DocumentSymbol, DocumentSymbolRequest, DocumentSymbolResponse, SelectionRangeRequest,
    WorkspaceSymbolRequest,
};

use crate::parcels::{OLD_SPEC, SPEC, TASKS, start, start_with};
use crate::real::covered;

fn walk<'a>(symbols: &'a [DocumentSymbol], found: &mut Vec<&'a DocumentSymbol>) {
    for symbol in symbols {
        found.push(symbol);
        let children = symbol.children.as_deref().unwrap_or_default();
        for child in children {
            assert!(symbol.range.start <= child.range.start && child.range.end <= symbol.range.end);
        }
        walk(children, found);
    }
}

#[test]
fn the_outline_nests_items_in_sections() {
    let mut server = start();
    let uri = server.uri(SPEC);
    let asked = json!({"textDocument": {"uri": uri}});
    let response = server.ask::<DocumentSymbolRequest>(asked).unwrap();
    let DocumentSymbolResponse::DocumentSymbolList(symbols) = response else {
        panic!("{response:?}");
    };
    let mut all = Vec::new();
    walk(&symbols, &mut all);
    for symbol in &all {
        let (outer, inner) = (symbol.range, symbol.selection_range);
        assert!(
            outer.start <= inner.start && inner.end <= outer.end,
            "{symbol:?}"
        );
    }
    let story = all
        .iter()
        .find(|it| it.name.contains("Only what I can use"))
        .unwrap();
    assert_eq!(covered(&uri, story.selection_range), "User Story 2");
    assert!(!story.children.as_ref().unwrap().is_empty());
    assert!(all.iter().any(|it| it.name.starts_with("FR-005")));
}

#[test]
fn a_client_without_nesting_gets_a_list() {
    let mut server = start_with(json!({"textDocument": {"diagnostic": {}}}));
    let uri = server.uri(TASKS);
    let asked = json!({"textDocument": {"uri": uri}});
    let response = server.ask::<DocumentSymbolRequest>(asked).unwrap();
    let DocumentSymbolResponse::SymbolInformationList(symbols) = response else {
        panic!("{response:?}");
    };
    let of_list = |name: &str| {
        let mut named = symbols.iter().map(|it| &it.base_symbol_information);
        named.any(|it| it.name.starts_with(name))
    };
    assert!(of_list("T001") && of_list("T016"));
}

#[test]
fn items_of_the_workspace_are_found_by_id_and_by_qualified_id() {
    let mut server = start();
    let mut found = |query: &str| {
        let found = server.ask::<WorkspaceSymbolRequest>(json!({"query": query}));
        let found = serde_json::to_value(found).unwrap();
        let list = found.as_array().cloned().unwrap_or_default();
        let places = list.into_iter().map(|it| it["location"]["uri"].clone());
        places.collect::<Vec<_>>()
    };
    let both = found("FR-003");
    let one = found("001/FR-003");
    assert!(found("nothing is called so").is_empty());
    let (old, new) = (server.uri(OLD_SPEC), server.uri(SPEC));
    assert!(
        both.contains(&json!(old)) && both.contains(&json!(new)),
        "{both:?}"
    );
    assert_eq!(one[0], json!(old));
}

#[test]
fn a_selection_grows_from_the_word_over_the_item_to_the_document() {
    let mut server = start();
    let place = server.place(SPEC, "**FR|-002**: System MUST name");
    let asked = json!({"textDocument": place["textDocument"], "positions": [place["position"]]});
    let mut range = server
        .ask::<SelectionRangeRequest>(asked)
        .unwrap()
        .remove(0);
    let uri = server.uri(SPEC);
    assert_eq!(covered(&uri, range.range), "FR");
    let mut grown = Vec::new();
    while let Some(parent) = range.parent {
        assert!(parent.range.start <= range.range.start && range.range.end <= parent.range.end);
        assert_ne!(parent.range, range.range);
        range = *parent;
        grown.push(covered(&uri, range.range));
    }
    assert_eq!(grown[0], "FR-002");
    assert!(grown[1].starts_with("- **FR-002**"), "{grown:?}");
    let whole = std::fs::read_to_string(server.path(SPEC)).unwrap();
    assert_eq!(covered(&uri, range.range), whole);
}
