//! Coming and going.

use std::io::{BufReader, Write};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{ExitNotification, SelectionRangeRequest, ShutdownRequest};

use crate::real::{TestServer, exit_code};
use crate::wires::{assert_answered, frame, introduction, server};

#[test]
fn goodbye_and_exit_is_success_even_while_the_input_stays_open() {
    let mut server = TestServer::start(&[]);
    server.ask::<ShutdownRequest>(json!(null));
    server.notify::<ExitNotification>(json!(null));
    assert_eq!(server.exit_code(), Some(0));
}

#[test]
fn exit_without_goodbye_is_failure() {
    let mut server = TestServer::start(&[]);
    server.notify::<ExitNotification>(json!(null));
    assert_eq!(server.exit_code(), Some(1));
}

#[test]
fn the_server_does_not_outlive_its_editor() {
    let server = TestServer::start(&[]);
    assert_eq!(server.exit_code_after_close(), Some(1));
    let mut polite = TestServer::start(&[]);
    polite.ask::<ShutdownRequest>(json!(null));
    assert_eq!(polite.exit_code_after_close(), Some(0));
}

#[test]
fn nothing_is_answered_after_goodbye() {
    let mut server = TestServer::start(&[]);
    server.ask::<ShutdownRequest>(json!(null));
    let uri = server.uri("a.md");
    let id = server
        .request::<SelectionRangeRequest>(json!({"textDocument": {"uri": uri}, "positions": []}));
    assert_eq!(server.answer(id).unwrap_err()["code"], json!(-32600));
    server.notify::<ExitNotification>(json!(null));
    assert_eq!(server.exit_code(), Some(0));
}

/// A server that answered the client of this process, both pipes in hand.
fn introduced(
    process: &Value,
) -> (
    Child,
    impl Write + use<>,
    BufReader<impl std::io::Read + use<>>,
) {
    let mut child = server()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    input.write_all(&frame(&introduction(process))).unwrap();
    assert_answered(&mut output, 1);
    (child, input, output)
}

#[test]
fn a_client_that_stops_reading_is_gone_even_while_the_input_stays_open() {
    let (mut child, mut input, output) = introduced(&json!(null));
    drop(output);
    let question = json!({"jsonrpc": "2.0", "id": 2, "method": "no/such"});
    input.write_all(&frame(&question)).unwrap();
    assert_eq!(exit_code(&mut child), Some(1));
}

#[test]
fn a_message_that_is_cut_off_by_the_end_of_the_input_keeps_nobody() {
    let (mut child, mut input, output) = introduced(&json!(null));
    input.write_all(b"Content-Length: 1000\r\n\r\n{").unwrap();
    drop(input);
    assert_eq!(exit_code(&mut child), Some(1));
    drop(output);
}

#[test]
fn an_end_of_the_input_before_anything_was_said_is_an_end() {
    let run = |said: &[u8]| {
        let mut child = server()
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(said).unwrap();
        exit_code(&mut child)
    };
    assert_eq!(run(b""), Some(1));
    assert_eq!(run(b"\r\n\r\nno header"), Some(1));
    let exit = frame(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(run(&exit), Some(1));
}

/// A process that waits until it is ended.
#[cfg(unix)]
fn idle() -> Child {
    Command::new("cat")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_client_whose_process_has_died_is_gone_even_while_the_pipes_stay_open() {
    let died = |goodbye: bool| {
        let mut client = idle();
        let (mut child, mut input, mut output) = introduced(&json!(client.id()));
        if goodbye {
            let question = json!({"jsonrpc": "2.0", "id": 2, "method": "shutdown"});
            input.write_all(&frame(&question)).unwrap();
            assert_answered(&mut output, 2);
        }
        client.kill().unwrap();
        client.wait().unwrap();
        let code = exit_code(&mut child);
        drop((input, output));
        code
    };
    assert_eq!(died(false), Some(1));
    // One that had said goodbye left in order.
    assert_eq!(died(true), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_client_that_asked_much_and_read_nothing_is_gone_with_its_process() {
    let mut client = idle();
    let (mut child, mut input, output) = introduced(&json!(client.id()));
    // More than pipes hold; whoever waits for the other first, it ends.
    let asking = std::thread::spawn(move || {
        let question = frame(&json!({"jsonrpc": "2.0", "id": 2, "method": "no/such"}));
        while input.write_all(&question).is_ok() {}
    });
    client.kill().unwrap();
    client.wait().unwrap();
    assert_eq!(exit_code(&mut child), Some(1));
    asking.join().unwrap();
    drop(output);
}

#[cfg(unix)]
#[test]
fn a_process_that_cannot_be_seen_is_one_of_another_machine() {
    // A process that is over, as one of another container would look from here.
    let mut other = idle();
    other.kill().unwrap();
    other.wait().unwrap();
    let alive = |process: &Value| {
        let (mut child, mut input, mut output) = introduced(process);
        let question = json!({"jsonrpc": "2.0", "id": 2, "method": "shutdown"});
        input.write_all(&frame(&question)).unwrap();
        assert_answered(&mut output, 2);
        drop(input);
        assert_eq!(exit_code(&mut child), Some(0));
    };
    for process in [json!(other.id()), json!(-1), json!(0), json!(i32::MAX)] {
        alive(&process);
    }
}
