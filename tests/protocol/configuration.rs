//! Settings nobody knows disturb nothing.

use serde_json::json;
use tower_lsp::gen_lsp_types::{DidChangeConfigurationNotification, HoverRequest};

use crate::parcels::{SPEC, able, ready};
use crate::real::Setup;

#[test]
fn unknown_settings_and_options_are_ignored() {
    for options in [
        json!(null),
        json!({"unknown": {"deep": 1}}),
        json!(["odd"]),
        json!("text"),
    ] {
        let setup = Setup {
            sample: Some("parcels"),
            capabilities: able(),
            options: options.clone(),
            ..Setup::default()
        };
        let mut server = ready(setup.start());
        server.notify::<DidChangeConfigurationNotification>(json!({"settings": options}));
        let place = server.place(SPEC, "**F|R-001**: System MUST send");
        assert!(server.ask::<HoverRequest>(place).is_some());
    }
}
