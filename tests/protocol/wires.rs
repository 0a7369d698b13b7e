//! Editors hand over pipes or sockets; a shell may hand over a file. The server speaks the same over each.

use std::io::{BufReader, Read, Seek, Write};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::peer::read_frame;

fn initialize() -> Value {
    introduction(&json!(null))
}

/// What a client says first, with its process.
pub fn introduction(process: &Value) -> Value {
    let params = json!({"processId": process, "capabilities": {}});
    json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params})
}

/// A message as it is sent.
pub fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The binary, silent.
pub fn server() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spec-analyzer"));
    command.arg("lsp").stderr(Stdio::null());
    command
}

/// Reads until a request is answered.
pub fn assert_answered(output: &mut BufReader<impl Read>, id: i64) {
    while let Some(message) = read_frame(output) {
        if message["id"] == json!(id) && message.get("method").is_none() {
            assert!(message.get("error").is_none(), "{message}");
            return;
        }
    }
    panic!("no answer to request {id}");
}

#[cfg(unix)]
#[test]
fn a_socket() {
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;

    let (mut ours, theirs) = UnixStream::pair().unwrap();
    let both = |socket: &UnixStream| Stdio::from(OwnedFd::from(socket.try_clone().unwrap()));
    let mut child = server()
        .stdin(both(&theirs))
        .stdout(both(&theirs))
        .spawn()
        .unwrap();
    drop(theirs);
    let mut output = BufReader::new(ours.try_clone().unwrap());
    ours.write_all(&frame(&initialize())).unwrap();
    assert_answered(&mut output, 1);
    let shutdown = json!({"jsonrpc": "2.0", "id": 2, "method": "shutdown"});
    ours.write_all(&frame(&shutdown)).unwrap();
    assert_answered(&mut output, 2);
    let exit = json!({"jsonrpc": "2.0", "method": "exit"});
    ours.write_all(&frame(&exit)).unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_file() {
    let mut input = tempfile::tempfile().unwrap();
    input.write_all(&frame(&initialize())).unwrap();
    input.rewind().unwrap();
    let output = tempfile::NamedTempFile::new().unwrap();
    let status = server()
        .stdin(input)
        .stdout(output.reopen().unwrap())
        .status()
        .unwrap();
    // It left without a goodbye.
    assert!(!status.success());
    assert_answered(&mut BufReader::new(output.reopen().unwrap()), 1);
}
