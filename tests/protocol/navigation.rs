//! Definition, implementation, references and highlights, from documents and from code.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    Definition, DefinitionRequest, DefinitionResponse, DocumentHighlightRequest,
    ImplementationRequest, ImplementationResponse, LocationLink, ReferencesRequest,
};

use crate::parcels::{COMPOSE, OLD_SPEC, SPEC, TASKS, start, start_with};
use crate::real::{TestServer, covered};

fn definition(server: &mut TestServer, place: Value) -> Option<Vec<LocationLink>> {
    match server.ask::<DefinitionRequest>(place)? {
        DefinitionResponse::DefinitionLinkList(links) => Some(links),
        other @ DefinitionResponse::Definition(_) => panic!("{other:?}"),
    }
}

/// Where a link leads: file and text.
fn target(link: &LocationLink) -> (String, String) {
    let uri = link.target_uri.as_ref().to_owned();
    let text = covered(&uri, link.target_selection_range);
    (uri, text)
}

#[test]
fn from_a_task_to_the_requirement_and_back() {
    let mut server = start();
    let place = server.place(TASKS, "compose.ts` (FR-|002)\n- [x] T008");
    let links = definition(&mut server, place).unwrap();
    assert_eq!(links.len(), 1);
    let expected = (server.uri(SPEC), "FR-002".to_owned());
    assert_eq!(target(&links[0]), expected);
    let origin = links[0].origin_selection_range.unwrap();
    assert_eq!(covered(&server.uri(TASKS), origin), "FR-002");

    let mut place = server.place(SPEC, "**FR|-002**: System MUST name");
    place["context"] = json!({"includeDeclaration": false});
    let wanted = [server.uri(TASKS), server.uri(COMPOSE)];
    let found = server.eventually(|server| {
        let found = server.ask::<ReferencesRequest>(place.clone())?;
        let in_code = found.iter().any(|place| place.uri.as_ref() == wanted[1]);
        in_code.then_some(found)
    });
    for place in &found {
        assert_eq!(covered(place.uri.as_ref(), place.range), "FR-002");
        assert_ne!(place.uri.as_ref(), server.uri(SPEC));
    }
    let in_tasks = found.iter().filter(|place| place.uri.as_ref() == wanted[0]);
    assert_eq!(in_tasks.count(), 2);

    place["context"] = json!({"includeDeclaration": true});
    let with_own = server.ask::<ReferencesRequest>(place).unwrap();
    let uri = server.uri(SPEC);
    assert_eq!(
        with_own.iter().filter(|it| it.uri.as_ref() == uri).count(),
        1
    );
}

#[test]
fn a_qualified_mention_leads_to_the_other_feature() {
    let mut server = start();
    let place = server.place(TASKS, "(relies on 001/FR|-004)");
    let links = definition(&mut server, place).unwrap();
    let expected = (server.uri(OLD_SPEC), "FR-004".to_owned());
    assert_eq!(target(&links[0]), expected);
}

#[test]
fn from_a_label_to_the_story_and_from_a_path_to_the_file() {
    let mut server = start();
    let place = server.place(TASKS, "T007 [US|1] Write");
    let links = definition(&mut server, place).unwrap();
    let expected = (server.uri(SPEC), "User Story 1".to_owned());
    assert_eq!(target(&links[0]), expected);

    let place = server.place(
        TASKS,
        "`composeNotice` in `services/notifier/src/com|pose.ts`",
    );
    let links = definition(&mut server, place).unwrap();
    assert_eq!(links[0].target_uri.as_ref(), server.uri(COMPOSE));
}

#[test]
fn from_a_comment_in_code_to_the_requirement() {
    let mut server = start();
    let place = server.place(COMPOSE, "/** FR-|002: the tracking");
    let links = server.eventually(|server| definition(server, place.clone()));
    let expected = (server.uri(SPEC), "FR-002".to_owned());
    assert_eq!(target(&links[0]), expected);
}

#[test]
fn from_a_requirement_to_the_code_that_does_it() {
    let mut server = start();
    let place = server.place(SPEC, "**FR|-002**: System MUST name");
    let response = server.ask::<ImplementationRequest>(place).unwrap();
    let ImplementationResponse::DefinitionLinkList(links) = response else {
        panic!("{response:?}");
    };
    let expected = (server.uri(COMPOSE), "composeNotice".to_owned());
    assert!(
        links.iter().any(|link| target(link) == expected),
        "{links:?}"
    );
}

#[test]
fn a_client_that_knows_no_links_gets_locations() {
    let mut server = start_with(json!({"textDocument": {"diagnostic": {}}}));
    let place = server.place(TASKS, "compose.ts` (FR-|002)\n- [x] T008");
    let response = server.ask::<DefinitionRequest>(place).unwrap();
    let DefinitionResponse::Definition(Definition::LocationList(places)) = response else {
        panic!("{response:?}");
    };
    assert_eq!(places[0].uri.as_ref(), server.uri(SPEC));
    assert_eq!(covered(&server.uri(SPEC), places[0].range), "FR-002");
}

#[test]
fn the_same_item_is_highlighted_where_it_is_named_again() {
    let mut server = start();
    let place = server.place(TASKS, "compose.ts` (FR-|002)\n- [x] T008");
    let found = server.ask::<DocumentHighlightRequest>(place).unwrap();
    assert_eq!(found.len(), 2);
    for each in found {
        assert_eq!(covered(&server.uri(TASKS), each.range), "FR-002");
    }
}
