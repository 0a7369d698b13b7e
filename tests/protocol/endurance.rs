//! What a session holds does not grow with what passed through it.

#![cfg(target_os = "linux")]

use serde_json::json;
use tower_lsp::gen_lsp_types::{
    DidCloseTextDocumentNotification, HoverRequest, SelectionRangeRequest,
};

use crate::parcels::{able, ready};
use crate::real::{Setup, TestServer};

const SPEC: &str = "specs/001-a/spec.md";

/// Documents that are opened one after the other.
const DOCUMENTS: usize = 50;
/// How often a question is asked in between; in a burst nothing is read.
const PAUSE: usize = 25;

/// What the process has of something, by an entry of `/proc`.
fn count(server: &TestServer, what: &str) -> usize {
    let entries = std::fs::read_dir(format!("/proc/{}/{what}", server.process())).unwrap();
    entries.count()
}

/// Memory that the process occupies, in bytes.
fn memory(server: &TestServer) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.process())).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .unwrap();
    let number = line.split_ascii_whitespace().nth(1).unwrap();
    number.parse::<usize>().unwrap() * 1024
}

fn cycles(server: &mut TestServer, cycles: std::ops::Range<usize>) {
    for cycle in cycles {
        let path = format!("specs/{:03}-b/spec.md", cycle % DOCUMENTS + 2);
        let uri = server.uri(&path);
        let text = format!("# Feature\n\n- **FR-001**: System MUST count {cycle}.\n");
        server.open(&path, &text);
        let top = json!({"line": 2, "character": 0});
        let item = format!("- **FR-{cycle:03}**: System MUST grow.\n");
        let change = json!([{"range": {"start": top, "end": top}, "text": item}]);
        server.change(&path, 2, &change);
        if cycle.is_multiple_of(PAUSE) {
            let position = json!({"line": 2, "character": 6});
            let asked = json!({"textDocument": {"uri": uri}, "position": position});
            assert!(server.ask::<HoverRequest>(asked).is_some());
            // Cancelled before anybody can have answered it, or not.
            let asked = json!({"textDocument": {"uri": uri}, "positions": [top]});
            let id = server.request::<SelectionRangeRequest>(asked);
            server.send(
                &json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": id}}),
            );
            let _ = server.answer(id);
        }
        let document = json!({"textDocument": {"uri": uri}});
        server.notify::<DidCloseTextDocumentNotification>(document);
    }
    let place = server.place(SPEC, "**FR|-001**");
    assert!(server.ask::<HoverRequest>(place).is_some());
}

#[test]
fn ten_thousand_documents_leave_nothing_behind() {
    let setup = Setup {
        files: &[(SPEC, "- **FR-001**: System MUST answer.\n")],
        capabilities: able(),
        ..Setup::default()
    };
    let mut server = ready(setup.start());
    cycles(&mut server, 0..1_000);
    let (bytes, files, threads) = (
        memory(&server),
        count(&server, "fd"),
        count(&server, "task"),
    );
    cycles(&mut server, 1_000..10_000);
    // Generous: an allocator keeps what it likes. A leak of one document a cycle is more.
    let (bytes_now, most) = (memory(&server), bytes + bytes / 2 + (16 << 20));
    assert!(bytes_now < most, "{bytes} bytes became {bytes_now}");
    let files_now = count(&server, "fd");
    assert!(files_now <= files, "{files} files became {files_now}");
    // Threads that wait for work come and go; there are never as many as there were questions.
    let threads_now = count(&server, "task");
    assert!(
        threads_now <= threads + 8,
        "{threads} threads became {threads_now}"
    );
}
