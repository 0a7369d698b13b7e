//! `spec-analyzer/specs`: what a view of an editor shows.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    LspNotificationMethod, LspRequestMethod, MessageDirection, Notification, Request,
};

use crate::parcels::{TASKS, able, ready, start};
use crate::real::{Setup, TestServer};

enum Specs {}

impl Request for Specs {
    type Params = Value;
    type Result = Value;
    const METHOD: LspRequestMethod<'static> = LspRequestMethod::Custom("spec-analyzer/specs");
    const MESSAGE_DIRECTION: MessageDirection = MessageDirection::ClientToServer;
}

enum Changed {}

impl Notification for Changed {
    type Params = Value;
    const METHOD: LspNotificationMethod<'static> =
        LspNotificationMethod::Custom("spec-analyzer/specsChanged");
    const MESSAGE_DIRECTION: MessageDirection = MessageDirection::ServerToClient;
}

/// A server that may say that there is news: how often depends on what is read when.
fn listening(mut server: TestServer) -> TestServer {
    server.forgive("spec-analyzer/specsChanged");
    server
}

fn features(specs: &Value) -> Vec<&Value> {
    let projects = specs["projects"].as_array().unwrap().iter();
    projects
        .flat_map(|project| project["features"].as_array().unwrap())
        .collect()
}

/// Names with what is in them, indented.
fn drawn(parts: &Value, depth: usize, out: &mut Vec<String>) {
    for part in parts.as_array().into_iter().flatten() {
        let text = |key: &str| part[key].as_str().unwrap_or_default().to_owned();
        let (done, tasks) = (&part["done"], &part["tasks"]);
        out.push(format!(
            "{}{} {} {done}/{tasks} {}",
            "  ".repeat(depth),
            text("kind"),
            text("name"),
            text("state")
        ));
        drawn(&part["children"], depth + 1, out);
    }
}

#[test]
fn features_tell_how_far_they_have_come() {
    let mut server = listening(start());
    let specs = server.ask::<Specs>(json!({}));
    assert_eq!(specs["projects"][0]["format"], "spec-kit");
    let features = features(&specs);
    let notices = features
        .iter()
        .find(|it| it["name"] == "002-delivery-notices");
    let notices = notices.unwrap_or_else(|| panic!("{specs:#}"));
    let said = |key: &str| notices[key].clone();
    assert_eq!(said("state"), "active");
    assert_eq!(said("phase"), "implementing");
    assert_eq!(said("next")["location"]["uri"], server.uri(TASKS));
    assert!(said("done").as_u64() < said("tasks").as_u64(), "{notices}");
    assert!(said("findings")["error"].is_u64(), "{notices}");
    // What stands in it is not worked out for a list of features.
    assert!(notices.get("parts").is_none() && notices.get("coverage").is_none());
}

#[test]
fn a_feature_tells_what_stands_in_it() {
    let mut server = listening(start());
    let specs = server.ask::<Specs>(json!({}));
    let root = &specs["projects"][0]["root"];
    let asked = json!({"feature": {"root": root, "path": "specs/002-delivery-notices"}});
    let specs = server.ask::<Specs>(asked);
    let features = features(&specs);
    assert_eq!(features.len(), 1);
    let kinds = features[0]["coverage"].as_array().unwrap().iter();
    let kinds: Vec<&Value> = kinds.map(|it| &it["kind"]).collect();
    assert_eq!(kinds, ["story", "requirement"]);
    let mut lines = Vec::new();
    drawn(&features[0]["parts"], 0, &mut lines);
    let text = lines.join("\n");
    for line in [
        "section User Scenarios & Testing 0/0 ",
        "  story US3",
        "  requirement FR-005",
        "      task T010",
    ] {
        let found = lines.iter().any(|it| it.starts_with(line));
        assert!(found, "{line:?} is not in:\n{text}");
    }
    let unknown = json!({"feature": {"root": root, "path": "specs/404"}});
    assert_eq!(server.ask::<Specs>(unknown)["projects"], json!([]));
}

#[test]
fn who_has_asked_is_told_of_news_once() {
    let files = [
        (
            "specs/001-bell/spec.md",
            "# Feature Specification: Bell\n\n- **FR-001**: x\n",
        ),
        (
            "specs/001-bell/tasks.md",
            "# Tasks\n\n- [ ] T001 Ring FR-001\n",
        ),
    ];
    let setup = Setup {
        files: &files,
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = listening(ready(setup.start()));
    let done = |server: &mut TestServer| {
        let specs = server.ask::<Specs>(json!({}));
        features(&specs)[0]["done"].clone()
    };
    assert_eq!(done(&mut server), 0);
    server.open(files[1].0, "# Tasks\n\n- [x] T001 Ring FR-001\n");
    server.notification::<Changed>();
    assert_eq!(done(&mut server), 1);
}
