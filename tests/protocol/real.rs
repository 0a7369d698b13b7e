//! The built binary over standard input and output.

use std::io::BufReader;
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use tower_lsp::gen_lsp_types::{
    DidChangeTextDocumentNotification, DidOpenTextDocumentNotification, ExitNotification,
    InitializeRequest, InitializeResult, InitializedNotification, ShutdownRequest,
};

use crate::peer::{Peer, into_pipe, read_frame};

/// A server process and a workspace of its own. Says goodbye when dropped, and then nothing may be left unclaimed.
pub struct TestServer {
    peer: Peer,
    child: Child,
    workspace: TempDir,
    pub initialized: InitializeResult,
    ended: bool,
}

impl Deref for TestServer {
    type Target = Peer;
    fn deref(&self) -> &Peer {
        &self.peer
    }
}

impl DerefMut for TestServer {
    fn deref_mut(&mut self) -> &mut Peer {
        &mut self.peer
    }
}

/// The binary, not yet initialized.
fn spawn() -> (Peer, Child) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_spec-analyzer"))
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let output = child.stdout.take().unwrap();
    let (tell, incoming) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut output = BufReader::new(output);
        while let Some(message) = read_frame(&mut output) {
            if tell.send(message).is_err() {
                return;
            }
        }
    });
    let send = into_pipe(child.stdin.take().unwrap());
    (Peer::new(send, incoming), child)
}

impl TestServer {
    /// A server on a workspace with these files, for a client that can do nothing special.
    pub fn start(files: &[(&str, &str)]) -> Self {
        Self::start_with(files, &json!({}))
    }

    /// The same for a client with these capabilities.
    pub fn start_with(files: &[(&str, &str)], capabilities: &Value) -> Self {
        let workspace = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = workspace.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let (mut peer, child) = spawn();
        let folder = format!("file://{}", workspace.path().display());
        let initialized = peer.ask::<InitializeRequest>(json!({
            "processId": null,
            "rootUri": folder,
            "workspaceFolders": [{"uri": folder, "name": "workspace"}],
            "capabilities": capabilities,
        }));
        peer.notify::<InitializedNotification>(json!({}));
        Self {
            peer,
            child,
            workspace,
            initialized,
            ended: false,
        }
    }

    /// A file of the workspace.
    pub fn path(&self, path: &str) -> PathBuf {
        self.workspace.path().join(path)
    }

    /// Its URI.
    pub fn uri(&self, path: &str) -> String {
        format!("file://{}", self.path(path).display())
    }

    pub fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        self.notify::<DidOpenTextDocumentNotification>(json!({"textDocument": {
            "uri": uri, "languageId": "markdown", "version": 1, "text": text}}));
    }

    pub fn change(&mut self, path: &str, version: i32, changes: &Value) {
        let uri = self.uri(path);
        self.notify::<DidChangeTextDocumentNotification>(json!({
            "textDocument": {"uri": uri, "version": version}, "contentChanges": changes}));
    }

    /// Waits for the process to end by itself.
    pub fn exit_code(mut self) -> Option<i32> {
        self.wait()
    }

    /// Closes the server's input, then waits.
    pub fn exit_code_after_close(mut self) -> Option<i32> {
        let (_, nothing) = std::sync::mpsc::channel();
        let open = std::mem::replace(&mut self.peer, Peer::new(Box::new(|_| false), nothing));
        drop(open);
        self.wait()
    }

    fn wait(&mut self) -> Option<i32> {
        self.ended = true;
        let end = Instant::now() + Duration::from_secs(60);
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        self.child.kill().unwrap();
        panic!("the server did not end");
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        if std::thread::panicking() || self.ended {
            // Ends only what is still running.
            let _ = self.child.kill();
            let _ = self.child.wait();
            return;
        }
        self.peer.ask::<ShutdownRequest>(json!(null));
        self.peer.notify::<ExitNotification>(json!(null));
        self.peer.wait_for_end();
        assert_eq!(self.wait(), Some(0));
        self.peer.assert_all_claimed();
    }
}
