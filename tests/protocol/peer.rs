//! The editor's side of a connection.

use std::collections::VecDeque;
use std::io::{BufRead, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{Notification, Request};

/// Long enough for a loaded machine; reached only when something is broken.
const PATIENCE: Duration = Duration::from_secs(60);

/// Sends whole frames; `false` when the other side is gone.
pub type SendFrame = Box<dyn FnMut(Vec<u8>) -> bool + Send>;

/// A connection to a server. Every message the server sends must be claimed by the test.
pub struct Peer {
    send: SendFrame,
    incoming: Receiver<Value>,
    unclaimed: VecDeque<Value>,
    forgiven: Vec<String>,
    next_id: i64,
}

impl Peer {
    pub fn new(send: SendFrame, incoming: Receiver<Value>) -> Self {
        Self {
            send,
            incoming,
            unclaimed: VecDeque::new(),
            forgiven: Vec::new(),
            next_id: 0,
        }
    }

    /// Sends a message as it is.
    pub fn send(&mut self, message: &Value) {
        self.send_text(&message.to_string());
    }

    /// Sends a frame with this body, whatever it is.
    pub fn send_text(&mut self, body: &str) {
        self.send_framed(body.len(), body);
    }

    /// Sends a frame that says its body is this long.
    pub fn send_framed(&mut self, length: usize, body: &str) {
        let frame = format!("Content-Length: {length}\r\n\r\n{body}");
        self.send_raw(frame.as_bytes());
    }

    /// Sends bytes as they are.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        assert!((self.send)(bytes.to_vec()), "the server is gone");
    }

    pub fn notify<N: Notification>(&mut self, params: Value) {
        let params: N::Params = serde_json::from_value(params).expect("params of the method");
        let method = N::METHOD.to_string();
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request; claim its answer with [`Peer::answer`].
    pub fn request<R: Request>(&mut self, params: Value) -> i64 {
        let params: R::Params = serde_json::from_value(params).expect("params of the method");
        self.next_id += 1;
        let (id, method) = (self.next_id, R::METHOD.to_string());
        let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method});
        let params = serde_json::to_value(params).unwrap();
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        id
    }

    /// The answer to a request: its result, or its error object.
    pub fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let what = format!("the answer to request {id}");
        let mut message = self.claim(&what, |m| m.get("method").is_none() && m["id"] == json!(id));
        match message.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(message["result"].take()),
        }
    }

    /// Sends a request and waits for its result.
    pub fn ask<R: Request>(&mut self, params: Value) -> R::Result {
        let id = self.request::<R>(params);
        let result = self.answer(id);
        let result = result.unwrap_or_else(|error| panic!("{} failed: {error}", R::METHOD));
        serde_json::from_value(result).expect("result of the method")
    }

    /// Waits for a notification and returns its params.
    pub fn notification<N: Notification>(&mut self) -> N::Params {
        self.notification_where::<N>(|_| true)
    }

    /// Waits for a notification whose params fulfil `wanted`.
    pub fn notification_where<N: Notification>(
        &mut self,
        wanted: impl Fn(&Value) -> bool,
    ) -> N::Params {
        let method = N::METHOD.to_string();
        let mut message = self.claim(&method, |m| {
            m.get("id").is_none() && m["method"] == json!(method) && wanted(&m["params"])
        });
        serde_json::from_value(message["params"].take()).expect("params of the method")
    }

    /// Waits for a request of the server; returns its id and params.
    pub fn asked<R: Request>(&mut self) -> (Value, R::Params) {
        let method = R::METHOD.to_string();
        let mut message = self.claim(&method, |m| {
            m.get("id").is_some() && m["method"] == json!(method)
        });
        let params = serde_json::from_value(message["params"].take());
        (message["id"].take(), params.expect("params of the method"))
    }

    /// Answers a request of the server.
    pub fn reply(&mut self, id: &Value, result: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
    }

    /// Waits until the server closes its side.
    pub fn wait_for_end(&mut self) {
        loop {
            match self.incoming.recv_timeout(PATIENCE) {
                Ok(message) => self.unclaimed.push_back(message),
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => panic!("the server did not close its output"),
            }
        }
    }

    /// Messages of this method need not be claimed: how many come depends on what the machine does beside.
    pub fn forgive(&mut self, method: &str) {
        self.forgiven.push(method.to_owned());
    }

    pub fn assert_all_claimed(&mut self) {
        self.unclaimed.extend(self.incoming.try_iter());
        let forgiven = &self.forgiven;
        self.unclaimed
            .retain(|m| !forgiven.iter().any(|method| m["method"] == json!(method)));
        assert!(
            self.unclaimed.is_empty(),
            "unclaimed: {:#?}",
            self.unclaimed
        );
    }

    fn claim(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unclaimed.iter().position(&wanted) {
            return self.unclaimed.remove(at).unwrap();
        }
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.incoming.recv_timeout(left) {
                Ok(message) if wanted(&message) => return message,
                Ok(message) => self.unclaimed.push_back(message),
                Err(why) => panic!("no {what} ({why}); unclaimed: {:#?}", self.unclaimed),
            }
        }
    }
}

/// Reads one message; `None` at the end.
pub fn read_frame(input: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').expect("a header");
        if name.eq_ignore_ascii_case("Content-Length") {
            length = value.trim().parse().ok();
        }
    }
    let mut body = vec![0; length.expect("a length")];
    input.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("JSON on standard output"))
}

/// A [`SendFrame`] that writes to a pipe.
pub fn into_pipe(mut pipe: impl Write + Send + 'static) -> SendFrame {
    Box::new(move |frame| pipe.write_all(&frame).and_then(|()| pipe.flush()).is_ok())
}
