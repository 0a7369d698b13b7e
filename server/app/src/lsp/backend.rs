//! Which request is answered by which file: those of [`requests`] each by its own, and the few that are more than a question
//! and an answer. Nothing else happens here.

use std::sync::{Arc, OnceLock};

use tokio::sync::watch;
use tower_lsp::gen_lsp_types::{
    ExecuteCommandParams, InitializeParams, InitializeResult, InitializedParams, LspAny,
    ServerInfo, WorkDoneProgressCancelParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{Client, LanguageServer};

use super::all_diagnostics::Waiting;
use super::answer::{Answers, Refusal};
use super::client::ClientFacts;
use super::early::{self, Early};
use super::engine::Extent;
use super::event::Event;
use super::host::Snapshot;
use super::pace::{self, Pace};
use super::requests::{self, Ask, Request};
use super::server::Worlds;
use super::transport::Inbox;
use super::working::Working;
use super::{capabilities, commands, diagnostics, doing, leaving, opening, specs, watching};

include!(concat!(env!("OUT_DIR"), "/registered.rs"));

/// A method of the framework for each request.
macro_rules! methods {
    ($([$request:ident $_name:ident])*) => { $(
        async fn $request(
            &self,
            params: <requests::$request::Handler as Request>::Params,
        ) -> Result<<requests::$request::Handler as Request>::Answer> {
            use requests::$request::Handler;
            static PACE: Pace = Pace::new(Handler::IS_SHORT);
            let request = stringify!($request);
            let (early, facts) = (early::of(request), self.facts()?);
            let known = Arc::clone(&facts);
            let handler = move |ask: &Ask, params: &_| {
                let answer = Handler::answer(ask, params)?;
                let waits = early == Early::Finds && !ask.world.is_whole();
                match waits && Handler::is_nothing(&answer) {
                    true => Err(Refusal::Early),
                    false => Ok(answer),
                }
            };
            let work = async {
                match early {
                    Early::Waits(extent) => {
                        self.answers.answer(&PACE, extent, facts, params, handler).await
                    }
                    Early::Finds | Early::Answers => {
                        self.answers.answer_early(&PACE, facts, params, handler).await
                    }
                }
            };
            match Handler::TITLE {
                None => work.await,
                Some(title) => {
                    let (client, working) = (&self.client, &self.working);
                    working.shown(client, &known, (title, None), work).await
                }
            }
        }
    )* };
}

/// Between the framework and the handlers.
#[derive(Debug)]
pub struct Backend {
    client: Client,
    facts: OnceLock<Arc<ClientFacts>>,
    inbox: Inbox,
    worlds: Worlds<Snapshot>,
    answers: Answers<Snapshot>,
    waiting: Waiting,
    specs: specs::Asked,
    working: Working,
    process: watch::Sender<Option<u32>>,
}

impl Backend {
    /// A backend that tells the writer through `inbox` and answers from `worlds`.
    pub fn new(client: Client, inbox: Inbox, worlds: Worlds<Snapshot>) -> Self {
        Self {
            client,
            facts: OnceLock::new(),
            inbox,
            answers: Answers::new(worlds.clone()),
            worlds,
            waiting: Waiting::default(),
            specs: specs::Asked::default(),
            working: Working::default(),
            process: watch::Sender::default(),
        }
    }

    /// The process of the client, once it introduced itself.
    #[must_use]
    pub fn client_process(&self) -> watch::Receiver<Option<u32>> {
        self.process.subscribe()
    }

    fn facts(&self) -> Result<Arc<ClientFacts>> {
        // The framework refuses requests before `initialize`, so this does not happen.
        self.facts.get().cloned().ok_or_else(Error::internal_error)
    }

    /// Stops the work of a token.
    #[expect(clippy::unused_async, reason = "the framework awaits it")]
    pub async fn stop(&self, params: WorkDoneProgressCancelParams) {
        self.working.stop(&params);
    }

    /// Answers [`specs::METHOD`].
    ///
    /// # Errors
    ///
    /// If there is no answer.
    pub async fn specs(&self, params: specs::Params) -> Result<specs::Specs> {
        self.specs.now();
        self.answer(params, specs::answer).await
    }

    async fn answer<P, R>(
        &self,
        params: P,
        handler: fn(&Ask, &P) -> std::result::Result<R, Refusal>,
    ) -> Result<R>
    where
        P: Send + Sync + 'static,
        R: Send + 'static,
    {
        self.answers
            .answer(&pace::BESIDE, Extent::Whole, self.facts()?, params, handler)
            .await
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let facts = Arc::new(ClientFacts::new(&params));
        self.process.send_replace(leaving::seen(params.process_id));
        let capabilities = capabilities::of_server(&facts);
        self.inbox.send(Event::Started(Arc::clone(&facts)));
        // A second `initialize` never gets here.
        let _ = self.facts.set(facts);
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        let Ok(facts) = self.facts() else { return };
        let worlds = self.worlds.clone();
        tokio::spawn(opening::show_progress(
            self.client.clone(),
            Arc::clone(&facts),
            worlds.clone(),
        ));
        let asked = self.specs.clone();
        tokio::spawn(asked.keep_told(self.client.clone(), worlds.clone()));
        let (client, watched) = (self.client.clone(), worlds.clone());
        tokio::spawn(watching::keep(client, Arc::clone(&facts), watched));
        tokio::spawn(diagnostics::keep_told(self.client.clone(), facts, worlds));
    }

    async fn shutdown(&self) -> Result<()> {
        self.waiting.end();
        Ok(())
    }

    async fn workspace_diagnostic(
        &self,
        p: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReport> {
        let (facts, worlds) = (self.facts()?, self.worlds.clone());
        let waiting = &self.waiting;
        waiting
            .answer(&self.client, &self.answers, worlds, facts, p)
            .await
    }

    async fn execute_command(&self, p: ExecuteCommandParams) -> Result<Option<LspAny>> {
        let token = p.work_done_progress_params.work_done_token.clone();
        let (facts, title) = (self.facts()?, commands::title(&p.command));
        let work = self.answer(p, commands::answer);
        let (client, working) = (&self.client, &self.working);
        let doing = working.shown(client, &facts, (title, token), work).await?;
        if let commands::Doing::Take(answer) = doing {
            return Ok(Some(answer));
        }
        tokio::spawn(doing::ask_for(self.client.clone(), doing));
        Ok(None)
    }

    registered!(methods);
}
