//! Transport, writer and scheduling in this process, around an engine that takes its time and handlers that wait for
//! what the test decides.

use std::collections::BTreeMap;
use std::io::BufReader;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rules::Locale;
use serde_json::{Value, json};
use spec_analyzer::lsp::all_diagnostics::Waiting;
use spec_analyzer::lsp::answer::{Answers, Query, Refusal};
use spec_analyzer::lsp::client::ClientFacts;
use spec_analyzer::lsp::engine::{Engine, Extent, Finding, Severity, Snapshot};
use spec_analyzer::lsp::event::Event;
use spec_analyzer::lsp::pace::{self, Pace};
use spec_analyzer::lsp::server::{self, Worlds};
use spec_analyzer::lsp::transport::{Inbox, Ordered};
use spec_analyzer::lsp::{CONCURRENCY, diagnostics, opening, requests};
use text::{LineIndex, span};
use tower_lsp::gen_lsp_types::{
    ConfigurationItem, DidChangeTextDocumentNotification, DidOpenTextDocumentNotification,
    DocumentColorParams, DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentLinkParams,
    Hover, HoverParams, InitializeParams, InitializeRequest, InitializeResult,
    InitializedNotification, InitializedParams, MarkupContent, MarkupKind, ReferenceParams,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
};
use tower_lsp::jsonrpc::Result;
use tower_lsp::{Client, LanguageServer, LspService, Server};

use crate::peer::{Peer, read_frame};

pub const URI: &str = "file:///w/a.md";

/// What the test holds of the server's insides.
#[derive(Debug, Default)]
pub struct Strings {
    /// Handlers that are held up go on.
    pub released: AtomicBool,
    /// The engine does not finish reading the workspace.
    pub holds_opening: AtomicBool,
    /// The workspace is still read for the first time.
    pub reading: AtomicBool,
    /// Handlers that saw their cancellation.
    pub cancelled: AtomicUsize,
    /// The engine panics at its next reading.
    pub break_engine: AtomicBool,
    /// The engine panics when it is next asked to bring everything up to date.
    pub break_apply: AtomicBool,
}

/// Keeps texts; each is one finding that quotes it.
#[derive(Default)]
struct Slow {
    texts: BTreeMap<PathBuf, String>,
    strings: Arc<Strings>,
    calls: u64,
}

pub struct Texts {
    texts: BTreeMap<PathBuf, (String, LineIndex)>,
    whole: bool,
}

impl Engine for Slow {
    type Snapshot = Texts;
    fn home(&self, _: &Path) -> Option<PathBuf> {
        None
    }
    fn open(&mut self, _: &[PathBuf]) {
        while self.strings.holds_opening.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.texts.clear();
    }
    fn set_overlay(&mut self, path: &Path, text: &Arc<str>, _: i32) {
        assert!(
            !self.strings.break_engine.swap(false, Ordering::SeqCst),
            "asked to break"
        );
        self.calls += 1;
        // The delay is the adversary, not a wait: bursts of different sizes pile up behind it.
        std::thread::sleep(Duration::from_micros(self.calls * 7919 % 3000));
        self.texts.insert(path.to_owned(), text.to_string());
    }
    fn is_reading(&self) -> bool {
        self.strings.reading.load(Ordering::SeqCst)
    }
    fn close_overlay(&mut self, path: &Path) {
        self.texts.remove(path);
    }
    fn files_changed(&mut self, paths: &[PathBuf]) {
        for path in paths {
            self.texts
                .insert(path.clone(), "changed on disk".to_owned());
        }
    }
    fn apply(&mut self) -> Arc<Texts> {
        assert!(
            !self.strings.break_apply.swap(false, Ordering::SeqCst),
            "asked to break"
        );
        let texts = self.texts.iter();
        let read = |(path, text): (&PathBuf, &String)| {
            (path.clone(), (text.clone(), LineIndex::new(text)))
        };
        Arc::new(Texts {
            texts: texts.map(read).collect(),
            whole: !self.is_reading(),
        })
    }
}

impl Snapshot for Texts {
    fn extent(&self) -> Extent {
        if self.whole {
            Extent::Whole
        } else {
            Extent::Around
        }
    }
    fn diagnosed(&self) -> Vec<PathBuf> {
        self.texts.keys().cloned().collect()
    }
    fn findings(&self, path: &Path, _: Locale) -> Vec<Finding> {
        let finding = |(text, _): &(String, LineIndex)| Finding {
            code: "text".to_owned(),
            severity: Severity::Information,
            range: span(0, text.len()),
            message: text.clone(),
            docs: None,
            fingerprint: String::new(),
            related: Vec::new(),
        };
        self.texts.get(path).map(finding).into_iter().collect()
    }
    fn says_the_same(&self, before: &Self, path: &Path) -> bool {
        self.texts.get(path) == before.texts.get(path)
    }
    fn counts_the_same(&self, before: &Self, path: &Path) -> bool {
        let others = |texts: &Self| -> usize {
            let others = texts.texts.iter().filter(|(other, _)| *other != path);
            others.map(|(_, (text, _))| text.len()).sum()
        };
        others(self) == others(before)
    }
    fn lines(&self, path: &Path) -> Option<&LineIndex> {
        self.texts.get(path).map(|(_, lines)| lines)
    }
}

/// `hover` shows the text, once released; `references` waits for the client; `definition` panics.
struct Handlers {
    client: Client,
    facts: OnceLock<Arc<ClientFacts>>,
    inbox: Inbox,
    worlds: Worlds<Texts>,
    answers: Answers<Texts>,
    waiting: Waiting,
    strings: Arc<Strings>,
}

impl Handlers {
    fn facts(&self) -> Arc<ClientFacts> {
        Arc::clone(self.facts.get().unwrap())
    }
}

impl LanguageServer for Handlers {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let facts = Arc::new(ClientFacts::new(&params));
        self.inbox.send(Event::Started(Arc::clone(&facts)));
        self.facts.set(facts).unwrap();
        Ok(InitializeResult::default())
    }

    async fn initialized(&self, _: InitializedParams) {
        let worlds = self.worlds.clone();
        let client = self.client.clone();
        tokio::spawn(opening::show_progress(client, self.facts(), worlds.clone()));
        tokio::spawn(diagnostics::keep_told(
            self.client.clone(),
            self.facts(),
            worlds,
        ));
    }

    async fn shutdown(&self) -> Result<()> {
        self.waiting.end();
        Ok(())
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReport> {
        let (facts, worlds) = (self.facts(), self.worlds.clone());
        let waiting = &self.waiting;
        waiting
            .answer(&self.client, &self.answers, worlds, facts, params)
            .await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let strings = Arc::clone(&self.strings);
        let handler = move |query: &Query<Texts>, _: &HoverParams| {
            while !strings.released.load(Ordering::SeqCst) {
                query.cancel.check().map_err(|cancelled| {
                    strings.cancelled.fetch_add(1, Ordering::SeqCst);
                    Refusal::from(cancelled)
                })?;
                std::thread::sleep(Duration::from_millis(1));
            }
            let text = query.world.snapshot.texts.values().next();
            // What this one says is found in the whole only.
            let later = |(text, _): &&(String, LineIndex)| text.starts_with("later");
            if !query.world.is_whole() && text.as_ref().is_some_and(later) {
                return Err(Refusal::Early);
            }
            Ok(text.map(|(text, _)| Hover {
                contents: MarkupContent {
                    kind: MarkupKind::PlainText,
                    value: text.clone(),
                }
                .into(),
                range: None,
            }))
        };
        self.answers
            .answer_early(&pace::BESIDE, self.facts(), params, handler)
            .await
    }

    async fn references(
        &self,
        _: ReferenceParams,
    ) -> Result<Option<Vec<tower_lsp::gen_lsp_types::Location>>> {
        // What no handler of ours does; others may.
        self.client
            .configuration(vec![ConfigurationItem::default()])
            .await?;
        Ok(Some(Vec::new()))
    }

    async fn document_link(
        &self,
        params: DocumentLinkParams,
    ) -> Result<Option<Vec<tower_lsp::gen_lsp_types::DocumentLink>>> {
        static PACE: Pace = Pace::new(true);
        let handler = |_: &Query<Texts>, _: &DocumentLinkParams| panic!("asked to break");
        self.answers
            .answer(&PACE, Extent::Whole, self.facts(), params, handler)
            .await
    }

    async fn document_color(
        &self,
        params: DocumentColorParams,
    ) -> Result<Vec<tower_lsp::gen_lsp_types::ColorInformation>> {
        let handler = |_: &Query<Texts>, _: &DocumentColorParams| panic!("asked to break");
        self.answers
            .answer(&pace::BESIDE, Extent::Whole, self.facts(), params, handler)
            .await
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReport> {
        static PACE: Pace = Pace::new(true);
        let handler = requests::diagnostic::answer;
        self.answers
            .answer(&PACE, Extent::Documents, self.facts(), params, handler)
            .await
    }
}

/// A connection to the probe.
pub struct Probe {
    peer: Peer,
    pub strings: Arc<Strings>,
}

impl Deref for Probe {
    type Target = Peer;
    fn deref(&self) -> &Peer {
        &self.peer
    }
}

impl DerefMut for Probe {
    fn deref_mut(&mut self) -> &mut Peer {
        &mut self.peer
    }
}

impl Probe {
    /// A server for a client with these capabilities.
    pub fn start(capabilities: &Value) -> Self {
        Self::start_with(capabilities, Strings::default())
    }

    /// The same, with some strings pulled from the beginning.
    pub fn start_with(capabilities: &Value, strings: Strings) -> Self {
        let strings = Arc::new(strings);
        let (to_server, from_test) = tokio::io::duplex(1 << 16);
        let (to_test, from_server) = tokio::io::duplex(1 << 16);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let handle = runtime.handle().clone();
        let held = Arc::clone(&strings);
        std::thread::spawn(move || runtime.block_on(serve(from_test, to_test, held)));
        let mut to_server = bridge::Writer::new(to_server, handle.clone());
        let (tell, incoming) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let mut input = BufReader::new(bridge::Reader::new(from_server, handle));
            while let Some(message) = read_frame(&mut input) {
                if tell.send(message).is_err() {
                    return;
                }
            }
        });
        let send = Box::new(move |frame: Vec<u8>| to_server.write(&frame));
        let mut peer = Peer::new(send, incoming);
        peer.ask::<InitializeRequest>(json!({"processId": null, "capabilities": capabilities}));
        peer.notify::<InitializedNotification>(json!({}));
        Self { peer, strings }
    }

    pub fn open(&mut self, text: &str) {
        self.notify::<DidOpenTextDocumentNotification>(json!({"textDocument": {
            "uri": URI, "languageId": "markdown", "version": 0, "text": text}}));
    }

    /// Appends to the first line, at a column the client counts itself.
    pub fn append(&mut self, version: i32, column: usize, text: &str) {
        let at = json!({"line": 0, "character": column});
        self.notify::<DidChangeTextDocumentNotification>(json!({
            "textDocument": {"uri": URI, "version": version},
            "contentChanges": [{"range": {"start": at, "end": at}, "text": text}]}));
    }

    pub fn release(&self) {
        self.strings.released.store(true, Ordering::SeqCst);
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        self.release();
        if !std::thread::panicking() {
            self.peer.assert_all_claimed();
        }
    }
}

async fn serve(
    input: tokio::io::DuplexStream,
    output: tokio::io::DuplexStream,
    strings: Arc<Strings>,
) {
    let (inbox, events) = Inbox::new();
    let engine = Slow {
        strings: Arc::clone(&strings),
        ..Slow::default()
    };
    let worlds = server::start(engine, events, Duration::ZERO, Duration::ZERO).unwrap();
    let handlers = |client| Handlers {
        client,
        facts: OnceLock::new(),
        inbox: inbox.clone(),
        answers: Answers::new(worlds.clone()),
        waiting: Waiting::default(),
        worlds,
        strings,
    };
    let (service, socket) = LspService::new(handlers);
    let service = Ordered::new(service, inbox);
    Server::new(input, output, socket)
        .concurrency_level(CONCURRENCY)
        .serve(service)
        .await;
}

/// Blocking ends of an asynchronous pipe.
mod bridge {
    use std::io::Read;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
    use tokio::runtime::Handle;

    pub struct Writer(DuplexStream, Handle);

    impl Writer {
        pub fn new(pipe: DuplexStream, handle: Handle) -> Self {
            Self(pipe, handle)
        }
        pub fn write(&mut self, bytes: &[u8]) -> bool {
            self.1.block_on(self.0.write_all(bytes)).is_ok()
        }
    }

    pub struct Reader(DuplexStream, Handle);

    impl Reader {
        pub fn new(pipe: DuplexStream, handle: Handle) -> Self {
            Self(pipe, handle)
        }
    }

    impl Read for Reader {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.1.block_on(self.0.read(buffer))
        }
    }
}
