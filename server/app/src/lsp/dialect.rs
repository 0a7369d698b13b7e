//! What clients write otherwise than the protocol says, put right before anything reads it.

use tower_lsp::gen_lsp_types::LspAny;
use tower_lsp::jsonrpc::Request;

/// The request as the protocol would have it.
#[must_use]
pub fn mend(request: Request) -> Request {
    if request.method() != "initialize" {
        return request;
    }
    let (method, id, params) = request.into_parts();
    let mut mended = Request::build(method);
    if let Some(id) = id {
        mended = mended.id(id);
    }
    if let Some(mut params) = params {
        name_refreshing(&mut params);
        mended = mended.params(params);
    }
    mended.finish()
}

/// Clients with the types of the crate `lsp-types`, Helix among them, say `workspace.diagnostic` for
/// `workspace.diagnostics`. Unread, they would never hear of findings that came up after they asked.
fn name_refreshing(params: &mut LspAny) {
    let workspace = params.pointer_mut("/capabilities/workspace");
    let Some(workspace) = workspace.and_then(LspAny::as_object_mut) else {
        return;
    };
    if let Some(written) = workspace.remove("diagnostic") {
        workspace.entry("diagnostics").or_insert(written);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tower_lsp::jsonrpc::Request;

    use super::mend;

    fn mended(method: &'static str, workspace: &Value) -> Request {
        let params = json!({"processId": 1, "capabilities": {"workspace": workspace}});
        mend(Request::build(method).id(7).params(params).finish())
    }

    #[test]
    fn helix_can_be_told_to_pull_again() {
        let request = mended(
            "initialize",
            &json!({"diagnostic": {"refreshSupport": true}}),
        );
        let expected = json!({"jsonrpc": "2.0", "id": 7, "method": "initialize", "params": {
            "processId": 1, "capabilities": {"workspace": {"diagnostics": {"refreshSupport": true}}}}});
        assert_eq!(serde_json::to_value(request).unwrap(), expected);
    }

    #[test]
    fn what_is_right_stays_as_it_is() {
        let both = json!({"diagnostic": {}, "diagnostics": {"refreshSupport": true}});
        let request = mended("initialize", &both);
        let workspace = &request.params().unwrap()["capabilities"]["workspace"];
        assert_eq!(workspace, &json!({"diagnostics": {"refreshSupport": true}}));
        let request = mended("other", &both);
        assert_eq!(request.params().unwrap()["capabilities"]["workspace"], both);
    }
}
