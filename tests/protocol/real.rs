//! The built binary over standard input and output.

use std::io::BufReader;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use tower_lsp::gen_lsp_types::{
    DidChangeTextDocumentNotification, DidOpenTextDocumentNotification, ExitNotification,
    InitializeRequest, InitializeResult, InitializedNotification, Position, Range, SelectionRange,
    ShutdownRequest,
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
pub fn spawn() -> (Peer, Child) {
    spawn_with(&[])
}

/// The same with these variables of its environment.
fn spawn_with(environment: &[(&str, &str)]) -> (Peer, Child) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_spec-analyzer"))
        .arg("lsp")
        .env("SPEC_ANALYZER_GRACE", "whole")
        .envs(environment.iter().copied())
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

/// What a server is started with.
#[derive(Default)]
pub struct Setup<'a> {
    /// Copied into the workspace first, from `tests/workspaces`.
    pub sample: Option<&'a str>,
    /// Then written into it.
    pub files: &'a [(&'a str, &'a str)],
    /// Workspace folders below it; itself where there are none.
    pub folders: &'a [&'a str],
    /// No folder is opened, only files.
    pub alone: bool,
    /// Of the client.
    pub capabilities: Value,
    /// Its name.
    pub client: Option<&'a str>,
    /// Of its user.
    pub locale: Option<&'a str>,
    /// Everything is committed to a git repository at the top.
    pub commit: bool,
    /// `initializationOptions`
    pub options: Value,
    /// Variables of the server's environment.
    pub environment: &'a [(&'a str, &'a str)],
}

impl Setup<'_> {
    fn lay_out(&self) -> TempDir {
        let workspace = tempfile::tempdir().unwrap();
        if let Some(sample) = self.sample {
            let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/workspaces");
            copy(&samples.join(sample), workspace.path());
        }
        for (path, text) in self.files {
            write(&workspace.path().join(path), text.as_bytes());
        }
        if self.commit {
            git(workspace.path(), &["init", "-q", "-b", "main"]);
            git(workspace.path(), &["add", "-A"]);
            git(workspace.path(), &["commit", "-q", "-m", "all"]);
        }
        workspace
    }

    /// Starts the server.
    pub fn start(self) -> TestServer {
        let workspace = self.lay_out();
        self.start_in(workspace)
    }

    /// Starts the server where files are laid out already.
    pub fn start_in(self, workspace: TempDir) -> TestServer {
        let (mut peer, child) = spawn_with(self.environment);
        let top = [""];
        let folders = if self.folders.is_empty() {
            &top[..]
        } else {
            self.folders
        };
        let folders: Vec<Value> = folders
            .iter()
            .map(|name| {
                let path = workspace.path().join(name);
                let uri = format!("file://{}", path.display());
                json!({"uri": uri.trim_end_matches('/'), "name": name})
            })
            .collect();
        let mut introduction = json!({
            "processId": null,
            "rootUri": if self.alone { json!(null) } else { folders[0]["uri"].clone() },
            "workspaceFolders": if self.alone { json!(null) } else { json!(folders) },
            "capabilities": self.capabilities,
            "locale": self.locale,
            "initializationOptions": self.options,
        });
        if let Some(name) = self.client {
            introduction["clientInfo"] = json!({"name": name});
        }
        let initialized = peer.ask::<InitializeRequest>(introduction);
        peer.notify::<InitializedNotification>(json!({}));
        TestServer {
            peer,
            child,
            workspace,
            initialized,
            ended: false,
        }
    }
}

/// Writes a file and the directories above it.
pub fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Runs git, free of the user's settings.
pub fn git(directory: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .args(arguments)
        .current_dir(directory)
        .env("GIT_CONFIG_GLOBAL", "")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([
            ("GIT_AUTHOR_NAME", "a"),
            ("GIT_AUTHOR_EMAIL", "a@example.org"),
            ("GIT_COMMITTER_NAME", "a"),
            ("GIT_COMMITTER_EMAIL", "a@example.org"),
        ])
        .status();
    assert!(status.unwrap().success(), "git {arguments:?}");
}

impl TestServer {
    /// A server on a workspace with these files, for a client that can do nothing special.
    pub fn start(files: &[(&str, &str)]) -> Self {
        Self::start_with(files, &json!({}))
    }

    /// The same for a client with these capabilities.
    pub fn start_with(files: &[(&str, &str)], capabilities: &Value) -> Self {
        let setup = Setup {
            files,
            capabilities: capabilities.clone(),
            ..Setup::default()
        };
        setup.start()
    }

    /// The place of `|` in a text that stands exactly once in a file on disk, in UTF-16 as clients count by default.
    pub fn place(&self, path: &str, marked: &str) -> Value {
        let text = std::fs::read_to_string(self.path(path)).unwrap();
        let before = marked.find('|').expect("a cursor");
        let plain = marked.replacen('|', "", 1);
        let at = text
            .find(&plain)
            .unwrap_or_else(|| panic!("no {plain:?} in {path}"));
        assert_eq!(text.rfind(&plain), Some(at), "{plain:?} is there twice");
        json!({"textDocument": {"uri": self.uri(path)}, "position": position(&text, at + before)})
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

    /// The process of the server.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    fn wait(&mut self) -> Option<i32> {
        self.ended = true;
        exit_code(&mut self.child)
    }
}

/// Waits for a process to end by itself.
pub fn exit_code(child: &mut Child) -> Option<i32> {
    let end = Instant::now() + Duration::from_secs(60);
    while Instant::now() < end {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    panic!("the server did not end");
}

/// The UTF-16 position of a byte.
pub fn position(text: &str, at: usize) -> Value {
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    json!({"line": line, "character": text[start..at].encode_utf16().count()})
}

/// Where a line ends as the server counts, by the widest selection that stays on it.
pub fn line_end(selection: &SelectionRange) -> Position {
    let line = selection.range.start.line;
    let outwards = std::iter::successors(Some(selection), |range| range.parent.as_deref());
    let ends = outwards.map(|range| range.range.end);
    ends.take_while(|end| end.line == line).last().unwrap()
}

/// The text of a range of a file on disk.
pub fn covered(uri: &str, range: Range) -> String {
    let path = uri.strip_prefix("file://").unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    text[offset(&text, range.start)..offset(&text, range.end)].to_owned()
}

/// The byte of a UTF-16 position.
pub fn offset(text: &str, position: Position) -> usize {
    let mut start = 0;
    for _ in 0..position.line {
        start += text[start..].find('\n').expect("a line") + 1;
    }
    let mut left = position.character as usize;
    let mut at = start;
    for each in text[start..].chars() {
        if left == 0 {
            break;
        }
        left -= each.len_utf16();
        at += each.len_utf8();
    }
    at
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
