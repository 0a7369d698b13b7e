//! A language server process and the editor's side of its pipes. One thread: what is measured is the server, not us.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};

use crate::Outcome;

/// A message and when its last byte was here.
pub(crate) struct Received {
    pub(crate) message: Value,
    pub(crate) at: Instant,
    /// Length of its body in bytes.
    pub(crate) len: usize,
}

pub(crate) struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next_id: i64,
}

impl Server {
    /// Starts `binary lsp` and opens `root` as its only folder, for a client to whom diagnostics are pushed. Nothing is
    /// kept from run to run.
    pub(crate) fn start(binary: &Path, root: &Path) -> Outcome<Self> {
        Self::start_keeping(binary, root, Path::new("off"))
    }

    /// The same; answers are kept in the directory `cache`.
    pub(crate) fn start_keeping(binary: &Path, root: &Path, cache: &Path) -> Outcome<Self> {
        let child = Command::new(binary)
            .arg("lsp")
            .current_dir(root)
            .env("SPEC_ANALYZER_CACHE", cache)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child =
            child.map_err(|error| format!("{} does not start: {error}", binary.display()))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("the server has no pipes".to_owned());
        };
        let mut server = Self {
            child,
            input,
            output: BufReader::with_capacity(1 << 16, output),
            next_id: 0,
        };
        let uri = uri(root);
        server.ask(
            "initialize",
            &json!({
                "processId": null,
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": "measured"}],
                "capabilities": {
                    "general": {"positionEncodings": ["utf-8", "utf-16"]},
                    "textDocument": {"publishDiagnostics": {"versionSupport": true, "relatedInformation": true}},
                },
            }),
        )?;
        server.notify("initialized", &json!({}))?;
        Ok(server)
    }

    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Says goodbye and waits for the process to end.
    pub(crate) fn leave(mut self) -> Outcome<()> {
        self.ask("shutdown", &Value::Null)?;
        self.notify("exit", &Value::Null)?;
        let ended = self.child.wait().map_err(|error| error.to_string())?;
        if ended.success() {
            Ok(())
        } else {
            Err(format!("the server ended with {ended}"))
        }
    }

    pub(crate) fn notify(&mut self, method: &str, params: &Value) -> Outcome<Instant> {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    /// Sends a request and waits for its answer. When it was sent, and the answer.
    pub(crate) fn ask(&mut self, method: &str, params: &Value) -> Outcome<(Instant, Received)> {
        self.ask_noting(method, params, |_| {})
    }

    /// The same; `each` is shown every message up to the answer.
    pub(crate) fn ask_noting(
        &mut self,
        method: &str,
        params: &Value,
        each: impl FnMut(&Value),
    ) -> Outcome<(Instant, Received)> {
        self.next_id += 1;
        let id = self.next_id;
        let sent =
            self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))?;
        let is_answer = |m: &Value| m.get("method").is_none() && m["id"] == json!(id);
        let answer = self.wait_for_counting(is_answer, each)?;
        match answer.message.get("error") {
            Some(error) => Err(format!("{method}: {error}")),
            None => Ok((sent, answer)),
        }
    }

    /// Waits for a message; questions of the server are answered with nothing, all else is passed over.
    pub(crate) fn wait_for(&mut self, wanted: impl Fn(&Value) -> bool) -> Outcome<Received> {
        loop {
            let received = self.receive()?;
            if wanted(&received.message) {
                return Ok(received);
            }
            let asked = received.message.get("method").is_some();
            if let Some(id) = received.message.get("id").filter(|_| asked) {
                self.send(&json!({"jsonrpc": "2.0", "id": id, "result": null}))?;
            }
        }
    }

    /// As [`Self::wait_for`]; `each` is shown every message up to the wanted one.
    pub(crate) fn wait_for_counting(
        &mut self,
        wanted: impl Fn(&Value) -> bool,
        mut each: impl FnMut(&Value),
    ) -> Outcome<Received> {
        let seen = std::cell::RefCell::new(&mut each);
        self.wait_for(|message| {
            (seen.borrow_mut())(message);
            wanted(message)
        })
    }

    /// When the message was about to be written.
    fn send(&mut self, message: &Value) -> Outcome<Instant> {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let at = Instant::now();
        self.input
            .write_all(frame.as_bytes())
            .and_then(|()| self.input.flush())
            .map_err(|error| format!("the server does not listen: {error}"))?;
        Ok(at)
    }

    fn receive(&mut self) -> Outcome<Received> {
        let gone = |error: std::io::Error| format!("the server fell silent: {error}");
        let mut len = None;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).map_err(gone)? == 0 {
                return Err("the server has ended".to_owned());
            }
            match line.trim_end().split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("Content-Length") => {
                    len = value.trim().parse::<usize>().ok();
                }
                Some(_) => {}
                None => break,
            }
        }
        let len = len.ok_or("a message without a length")?;
        let mut body = vec![0; len];
        self.output.read_exact(&mut body).map_err(gone)?;
        let at = Instant::now();
        let message =
            serde_json::from_slice(&body).map_err(|error| format!("not JSON: {error}"))?;
        Ok(Received { message, at, len })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The URI of a path without characters that need escaping.
pub(crate) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}
