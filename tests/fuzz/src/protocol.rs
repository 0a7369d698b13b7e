//! The protocol's upper half: a whole server, a client that types and asks anything at any place. Every request is
//! answered, none with an error of our own making, and the server is there afterwards.

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};
use spec_analyzer::lsp::{backend, disk, host, server, stdio, transport};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tower_lsp::{LspService, Server};

use crate::bytes;

/// Longer than any answer takes; reached only where something hangs.
const PATIENCE: Duration = Duration::from_secs(4);

/// What a request asks at a place or of a document, and what else it needs.
const ASKED: &[(&str, &str)] = &[
    ("textDocument/hover", "{}"),
    ("textDocument/definition", "{}"),
    ("textDocument/implementation", "{}"),
    (
        "textDocument/references",
        r#"{"context": {"includeDeclaration": true}}"#,
    ),
    ("textDocument/documentHighlight", "{}"),
    ("textDocument/completion", "{}"),
    ("textDocument/prepareRename", "{}"),
    ("textDocument/rename", r#"{"newName": "FR-777"}"#),
    ("textDocument/prepareCallHierarchy", "{}"),
    ("textDocument/documentSymbol", "{}"),
    (
        "textDocument/codeAction",
        r#"{"context": {"diagnostics": []}}"#,
    ),
    ("textDocument/codeLens", "{}"),
    ("textDocument/selectionRange", "{}"),
    ("textDocument/foldingRange", "{}"),
    ("textDocument/documentLink", "{}"),
    ("textDocument/semanticTokens/full", "{}"),
    ("textDocument/semanticTokens/range", "{}"),
    ("textDocument/inlayHint", "{}"),
    ("textDocument/diagnostic", "{}"),
    ("workspace/symbol", r#"{"query": "f"}"#),
    (
        "workspace/executeCommand",
        r#"{"command": "spec-analyzer.matrix", "arguments": []}"#,
    ),
    ("workspace/willRenameFiles", r#"{"files": []}"#),
    ("callHierarchy/incomingCalls", "{}"),
    ("codeAction/resolve", r#"{"title": "x"}"#),
];

/// A workspace on disk, the same for all inputs; nothing is written to it.
fn root() -> &'static PathBuf {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        top.join("../fixtures/spec-kit/gen2")
    })
}

fn uri(choice: u8) -> String {
    let path = [
        "specs/001-lending-desk/spec.md",
        "specs/001-lending-desk/tasks.md",
        "specs/001-lending-desk/plan.md",
        "src/new.rs",
    ][usize::from(choice) % 4];
    format!("file://{}", root().join(path).display())
}

/// A place that often exists.
fn position(bytes: &[u8]) -> Value {
    let byte = |at: usize| u32::from(bytes.get(at).copied().unwrap_or_default());
    let line = if byte(0) > 250 {
        u32::MAX
    } else {
        byte(0) % 60
    };
    let character = if byte(1) > 250 { u32::MAX } else { byte(1) };
    json!({"line": line, "character": character})
}

/// The messages of an input: what is typed, and what is asked.
fn messages(data: &[u8]) -> Vec<Value> {
    let mut messages = Vec::new();
    for (part, id) in data.split(|byte| *byte == 0xff).take(12).zip(10..) {
        let Some((head, rest)) = part.split_at_checked(6) else {
            continue;
        };
        let uri = uri(head[1]);
        let (start, end) = (position(&head[2..4]), position(&head[4..6]));
        let range = json!({"start": start, "end": end});
        messages.push(match head[0] % 64 {
            0..6 => json!({"method": "textDocument/didOpen", "params": {"textDocument":
                {"uri": uri, "languageId": "x", "version": id, "text": bytes::text(rest)}}}),
            6..24 => json!({"method": "textDocument/didChange", "params": {
                "textDocument": {"uri": uri, "version": id},
                "contentChanges": [{"range": range, "text": bytes::text(rest)}]}}),
            24 => {
                json!({"method": "textDocument/didClose", "params": {"textDocument": {"uri": uri}}})
            }
            25 => {
                json!({"method": "textDocument/didSave", "params": {"textDocument": {"uri": uri}}})
            }
            26 => json!({"method": "workspace/didChangeWatchedFiles", "params":
                {"changes": [{"uri": uri, "type": 1 + head[2] % 3}]}}),
            27 => json!({"method": "$/cancelRequest", "params": {"id": id - 1}}),
            // Anything that is JSON, to any method.
            28..34 => {
                let params: Value = serde_json::from_slice(rest).unwrap_or_default();
                let (method, _) = ASKED[usize::from(head[1]) % ASKED.len()];
                json!({"id": id, "method": method, "params": params})
            }
            how => {
                let (method, more) = ASKED[usize::from(how) % ASKED.len()];
                let mut params = json!({"textDocument": {"uri": uri}, "position": start,
                    "range": range, "positions": [start, end]});
                if let (Some(params), Ok(Value::Object(more))) =
                    (params.as_object_mut(), serde_json::from_str(more))
                {
                    params.extend(more);
                }
                json!({"id": id, "method": method, "params": params})
            }
        });
    }
    messages
}

fn frame(mut message: Value) -> Vec<u8> {
    message["jsonrpc"] = json!("2.0");
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The next message of the server; nothing where it closed its side.
async fn next(output: &mut (impl AsyncRead + Unpin)) -> Option<Value> {
    let mut header = Vec::new();
    while !header.ends_with(b"\r\n\r\n") {
        header.push(output.read_u8().await.ok()?);
    }
    let header = String::from_utf8(header).ok()?;
    let length = header
        .lines()
        .find_map(|line| line.strip_prefix("Content-Length: "));
    let mut body = vec![0; length?.parse().ok()?];
    output.read_exact(&mut body).await.ok()?;
    serde_json::from_slice(&body).ok()
}

/// Waits for the answers to requests. Requests of the server itself are not answered.
async fn answered(output: &mut (impl AsyncRead + Unpin), mut open: Vec<i64>) {
    let all = async {
        while !open.is_empty() {
            let Some(message) = next(output).await else {
                panic!("the server left; open: {open:?}");
            };
            if message.get("method").is_some() {
                continue;
            }
            let code = message["error"]["code"].as_i64();
            assert_ne!(code, Some(-32603), "{message}");
            let id = message["id"].as_i64();
            open.retain(|each| Some(*each) != id);
        }
    };
    let done = tokio::time::timeout(PATIENCE, all).await;
    assert!(done.is_ok(), "not answered: {open:?}");
}

async fn session(data: &[u8]) {
    let (inbox, events) = transport::Inbox::new();
    let engine = host::Host::new(Vec::new(), &inbox.bell(), inbox.courtesy());
    let Ok(worlds) = server::start(engine, events, disk::QUIET, Duration::ZERO) else {
        panic!("no thread");
    };
    let backend = |client| backend::Backend::new(client, inbox.clone(), worlds);
    let (service, socket) = LspService::new(backend);
    let service = transport::Ordered::new(service, inbox);
    let goodbye = service.goodbye();
    let (mut ours, theirs) = tokio::io::duplex(1 << 20);
    let (source, sink) = tokio::io::split(theirs);
    let (input, _ended) = stdio::Input::new(source);
    let served = tokio::spawn(Server::new(input, sink, socket).serve(service));
    let initialize = json!({"id": 1, "method": "initialize", "params": {"capabilities": {},
        "workspaceFolders": [{"name": "a", "uri": format!("file://{}", root().display())}]}});
    let (mut output, mut writer) = tokio::io::split(&mut ours);
    let send = async |writer: &mut tokio::io::WriteHalf<_>, bytes: Vec<u8>| {
        let sent = writer.write_all_buf(&mut Cursor::new(bytes)).await;
        assert!(sent.is_ok(), "the server is gone");
    };
    send(&mut writer, frame(initialize)).await;
    answered(&mut output, vec![1]).await;
    let mut stream = frame(json!({"method": "initialized", "params": {}}));
    let mut open = Vec::new();
    for message in messages(data) {
        open.extend(message["id"].as_i64());
        stream.extend(frame(message));
    }
    send(&mut writer, stream).await;
    answered(&mut output, open).await;
    send(&mut writer, frame(json!({"id": 2, "method": "shutdown"}))).await;
    answered(&mut output, vec![2]).await;
    send(&mut writer, frame(json!({"method": "exit"}))).await;
    let ended = tokio::time::timeout(PATIENCE, served).await;
    assert!(ended.is_ok(), "the server stays");
    assert!(goodbye.was_said());
}

/// A session with messages made of the bytes.
pub fn protocol(data: &[u8]) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(session(data)),
        Err(error) => panic!("{error}"),
    }
}
