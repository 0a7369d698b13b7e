//! Links from documents to files.

use serde_json::json;
use tower_lsp::gen_lsp_types::DocumentLinkRequest;

use crate::parcels::{COMPOSE, TASKS, start};
use crate::real::covered;

#[test]
fn paths_of_tasks_lead_to_their_files_and_nothing_else_does() {
    let mut server = start();
    let uri = server.uri(TASKS);
    let asked = json!({"textDocument": {"uri": uri}});
    let links = server.ask::<DocumentLinkRequest>(asked).unwrap();
    let to_compose = server.uri(COMPOSE);
    let mut found = 0;
    for link in links {
        let target = link.target.unwrap();
        let path = target.as_ref().strip_prefix("file://").unwrap();
        let path = path.split('#').next().unwrap();
        assert!(std::path::Path::new(path).is_file(), "{path}");
        let written = covered(&uri, link.range);
        if target.as_ref() == to_compose {
            assert_eq!(written, COMPOSE);
            found += 1;
        }
    }
    assert!(found > 0);
}
