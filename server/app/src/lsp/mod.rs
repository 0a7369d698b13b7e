//! The language server: the only place that knows LSP types. It moves messages, converts positions and schedules work;
//! what a document means is decided elsewhere.
//!
//! One writer changes the state ([`server`]), in wire order ([`transport`]); requests ([`backend`], [`requests`]) read
//! immutable worlds ([`answer`]). Standard output belongs to the protocol.

use std::process::ExitCode;
use std::time::Duration;

use tower_lsp::{LspService, Server};

use crate::cli::load::active_by_environment;

mod accept;
pub mod actions;
pub mod all_diagnostics;
pub mod answer;
pub mod backend;
pub mod background;
pub mod calls;
pub mod capabilities;
pub mod change;
pub mod client;
pub mod commands;
pub mod counts;
pub mod courtesy;
mod created;
pub mod decided;
pub mod diagnostics;
pub mod dialect;
pub mod disk;
pub mod doing;
mod drafts;
pub mod early;
pub mod engine;
pub mod event;
mod freeing;
pub mod from_proto;
pub mod host;
pub mod impact;
pub mod leaving;
pub mod linking;
pub mod open;
pub mod opening;
pub mod pace;
pub mod pipes;
pub mod places;
mod preview;
pub mod requests;
mod scaffolding;
pub mod server;
pub mod settled;
mod skeletons;
pub mod snippet;
pub mod specs;
pub mod spelling;
pub mod stdio;
pub mod suppress;
pub mod to_proto;
pub mod transport;
pub mod uri;
pub mod watching;
mod working;

/// More requests at once than any editor sends; the framework's default of four would let slow ones stop the rest.
pub const CONCURRENCY: usize = 1024;

/// Serves the client on standard input and output until it leaves. Success if it said goodbye first.
#[must_use]
pub fn run() -> ExitCode {
    // Made here, its threads are like others; made by slow work, they would come last in everything.
    if let Err(error) = rayon::ThreadPoolBuilder::new().build_global() {
        tracing::debug!(%error, "threads were there before");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .enable_io()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("the server could not start: {error}");
            return ExitCode::FAILURE;
        }
    };
    // On a worker: it waits for the pipes itself, and what it wakes runs where it woke.
    let polite = runtime.block_on(runtime.spawn(serve())).unwrap_or(false);
    // A thread is still waiting for input that will not come.
    runtime.shutdown_background();
    if polite {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The variable that says how many milliseconds are waited for the whole workspace before there are early answers;
/// `whole`: all the time.
const GRACE_VARIABLE: &str = "SPEC_ANALYZER_GRACE";

/// The variable that says how many milliseconds of silence changes on disk wait for.
const QUIET_VARIABLE: &str = "SPEC_ANALYZER_QUIET";

fn quiet() -> Duration {
    let said = std::env::var(QUIET_VARIABLE).ok();
    let millis = said.and_then(|millis| millis.parse().ok());
    millis.map_or(disk::QUIET, Duration::from_millis)
}

fn grace() -> Duration {
    match std::env::var(GRACE_VARIABLE).as_deref() {
        Ok("whole") => Duration::MAX,
        Ok(millis) => millis.parse().map_or(server::GRACE, Duration::from_millis),
        Err(_) => server::GRACE,
    }
}

async fn serve() -> bool {
    let (inbox, events) = transport::Inbox::new();
    let engine = host::Host::new(active_by_environment(), &inbox.bell(), inbox.courtesy());
    let worlds = match server::start(engine, events, quiet(), grace()) {
        Ok(worlds) => worlds,
        Err(error) => {
            tracing::error!("the server could not start: {error}");
            return false;
        }
    };
    let backend = |client| backend::Backend::new(client, inbox.clone(), worlds);
    let (service, socket) = LspService::build(backend)
        .custom_method(specs::METHOD, backend::Backend::specs)
        .custom_method(working::CANCEL, backend::Backend::stop)
        .finish();
    let process = service.inner().client_process();
    let service = transport::Ordered::new(service, inbox);
    let goodbye = service.goodbye();
    let (source, sink) = pipes::standard();
    let (input, ended) = stdio::Input::new(source);
    let (sink, broken) = leaving::Output::new(sink);
    let served = Server::new(input, sink, socket)
        .concurrency_level(CONCURRENCY)
        .serve(service);
    tokio::select! {
        () = served => {}
        () = leaving::input_ended(ended) => {
            tracing::warn!("the client left while requests were unanswered");
        }
        () = leaving::told(broken) => tracing::warn!("the client does not read answers any more"),
        () = leaving::process_ended(process) => tracing::warn!("the client's process has ended"),
    }
    goodbye.was_said()
}
