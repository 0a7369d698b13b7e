//! The single writer. One thread owns the state, takes events in wire order, swallows a burst whole, and publishes what
//! the world looks like afterwards. Nobody else changes anything; everybody else reads [`World`]s.
//!
//! The writer never talks to the client: who is slow to read must not stop it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use rules::Locale;
use text::LineIndex;
use tokio::sync::watch;
use tower_lsp::gen_lsp_types::{DidChangeWorkspaceFoldersParams, Uri};

use super::client::{self, ClientFacts, Folder};
use super::disk::Disk;
use super::engine::{Engine, Extent, Finding, Snapshot};
use super::event::Event;
use super::open::{Buffers, LostDocuments, OpenDocuments};
use super::settled::{self, Settled};
use super::spelling::Spelling;
use super::uri;

/// [`World::outside`] of the first world that anybody sees.
pub const FIRST_READING: u64 = 1;

/// How long everybody waits for the whole workspace, before what can be known without it is said: a small one never shows
/// half of itself.
pub const GRACE: Duration = Duration::from_millis(20);

/// The state after some number of events. Engine and open documents belong together.
#[derive(Debug)]
pub struct World<S> {
    /// Events handled before this was published.
    pub seen: u64,
    /// How often something other than the editor's own edits changed it.
    pub outside: u64,
    /// What the engine says.
    pub snapshot: Arc<S>,
    /// What the editor holds.
    pub open: OpenDocuments,
    /// Of which it holds something else: they have no lines and no version.
    pub lost: LostDocuments,
    /// Workspace folders.
    pub folders: Arc<[Folder]>,
    /// How the client writes paths.
    pub spelling: Spelling,
    /// While others write on disk, and some of it was taken in: what was said before they began.
    pub settled: Option<Settled<S>>,
}

impl<S: Snapshot> World<S> {
    /// The findings of one file. While others write, one that was not there before may be gone when they are done, so that
    /// it waits; not in a document that is typed in meanwhile.
    pub fn findings(&self, path: &Path, locale: Locale) -> Vec<Finding> {
        let findings = self.snapshot.findings(path, locale);
        let settled = self.settled.as_ref();
        match settled.and_then(|settled| settled.findings(path, locale, &self.open)) {
            Some(before) => settled::known(findings, before),
            None => findings,
        }
    }

    /// Whether the workspace was read: what is not here is absent, and not unknown.
    pub fn is_whole(&self) -> bool {
        self.snapshot.extent() == Extent::Whole
    }

    /// How to name a file to the client: in its own words where it has some.
    pub fn uri(&self, path: &Path) -> Uri {
        match self.open.get(path) {
            Some(document) => document.uri.clone(),
            None => uri::from_path(path, &self.folders, self.spelling),
        }
    }

    /// Lines of a file: as the editor holds it, else as the engine read it.
    pub fn lines(&self, path: &Path) -> Option<&LineIndex> {
        if self.lost.contains(path) {
            return None;
        }
        match self.open.get(path) {
            Some(document) => Some(&document.lines),
            None => self.snapshot.lines(path),
        }
    }

    /// Documents that are not here as the editor has them now.
    fn behind(&self, now: &OpenDocuments) -> Vec<PathBuf> {
        let paths = self.open.keys().chain(now.keys());
        let differs = |path: &&PathBuf| match (self.open.get(*path), now.get(*path)) {
            (Some(here), Some(there)) => (here.version, &here.text) != (there.version, &there.text),
            _ => true,
        };
        let behind = paths.filter(differs).chain(self.lost.iter());
        behind.cloned().collect()
    }

    /// The version of a document that the editor holds, as it is known here.
    pub fn version(&self, path: &Path) -> Option<i32> {
        let document = self.open.get(path)?;
        (!self.lost.contains(path)).then_some(document.version)
    }
}

/// Where the newest [`World`] is found; `None` until the first one is ready.
#[derive(Debug)]
pub struct Worlds<S>(watch::Receiver<Option<Arc<World<S>>>>);

impl<S> Clone for Worlds<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<S: Snapshot> Worlds<S> {
    /// Waits for a world of at least this extent that has seen `stamp` events. `None` when the writer is gone.
    pub async fn at(&self, stamp: u64, extent: Extent) -> Option<Arc<World<S>>> {
        self.wait_for(|world| world.seen >= stamp && world.snapshot.extent() >= extent)
            .await
    }

    async fn wait_for(&self, is: impl Fn(&World<S>) -> bool) -> Option<Arc<World<S>>> {
        let mut worlds = self.0.clone();
        let ready = |world: &Option<Arc<World<S>>>| world.as_ref().is_some_and(|it| is(it));
        let world = worlds.wait_for(ready).await.ok()?;
        world.clone()
    }

    /// Makes [`next`](Self::next) wait for a world newer than the one of now.
    pub fn skip(&mut self) {
        self.0.borrow_and_update();
    }

    /// Waits for a world of at least this extent that this receiver has not returned yet; worlds in between are skipped.
    /// `None` when the writer is gone.
    pub async fn next(&mut self, extent: Extent) -> Option<Arc<World<S>>> {
        loop {
            self.0.changed().await.ok()?;
            let world = self.0.borrow_and_update().clone();
            let is = |world: &Arc<World<S>>| world.snapshot.extent() >= extent;
            if world.as_ref().is_some_and(is) {
                return world;
            }
        }
    }
}

/// Starts the writer's thread. It ends when every [`Inbox`](super::transport::Inbox) is dropped.
pub fn start<E: Engine>(
    engine: E,
    events: Receiver<Event>,
    quiet: Duration,
    grace: Duration,
) -> std::io::Result<Worlds<E::Snapshot>> {
    let (publish, worlds) = watch::channel(None);
    let writer = Writer {
        engine,
        buffers: Buffers::default(),
        client: None,
        folders: Vec::new(),
        spelling: Spelling::default(),
        homes: Vec::new(),
        disk: Disk::new(quiet),
        grace,
        opened: None,
        seen: 0,
        outside: 0,
        settled: None,
        publish,
    };
    std::thread::Builder::new()
        .name("writer".to_owned())
        .spawn(move || writer.run(&events))?;
    Ok(Worlds(worlds))
}

struct Writer<E: Engine> {
    engine: E,
    buffers: Buffers,
    /// `None` until the client introduced itself; what it says before is not heard.
    client: Option<Arc<ClientFacts>>,
    folders: Vec<Folder>,
    spelling: Spelling,
    /// Those among them that no client named: projects of documents that were opened alone.
    homes: Vec<PathBuf>,
    disk: Disk,
    grace: Duration,
    /// When folders were opened, until it is told what is in them.
    opened: Option<Instant>,
    seen: u64,
    outside: u64,
    /// What was published last while nobody was writing on disk.
    settled: Option<Settled<E::Snapshot>>,
    publish: watch::Sender<Option<Arc<World<E::Snapshot>>>>,
}

impl<E: Engine> Writer<E> {
    fn run(mut self, events: &Receiver<Event>) {
        loop {
            let due = [self.disk.due(), self.patient_until()];
            let first = match due.into_iter().flatten().min() {
                None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => events.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match first {
                Ok(event) => self.handle(event),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            while let Ok(event) = events.try_recv() {
                self.handle(event);
            }
            if let Some(paths) = self.disk.take_due(Instant::now()) {
                self.outside += 1;
                self.guarded("reading changed files", |writer| {
                    writer.engine.files_changed(&paths);
                });
            }
            let half = self.engine.half_written();
            if !half.is_empty() {
                self.disk.look_again(half, Instant::now());
            }
            let is_patient = self.patient_until().is_some_and(|end| Instant::now() < end);
            if !is_patient {
                self.publish();
            }
        }
    }

    /// Until when nothing is said, since the workspace may be read by then.
    fn patient_until(&self) -> Option<Instant> {
        let opened = self.opened.filter(|_| self.engine.is_reading())?;
        // Later than the clock can say is never.
        let year = Duration::from_secs(365 * 24 * 60 * 60);
        opened.checked_add(self.grace.min(year))
    }

    fn handle(&mut self, event: Event) {
        self.seen += 1;
        let Some(client) = self.client.clone() else {
            if let Event::Started(client) = event {
                self.folders.clone_from(&client.folders);
                self.spelling = client.spelling;
                self.engine.set_scope(client.scope);
                self.client = Some(client);
                self.open_folders();
            }
            return;
        };
        match event {
            Event::Started(_) => tracing::error!("the client introduced itself twice"),
            Event::Opened(params) => {
                let uri = params.text_document.uri.clone();
                let opened = self.buffers.open(params);
                if let Some(path) = &opened {
                    self.spelling = uri::learned(self.spelling, &uri, path);
                }
                if let Some(path) = opened.filter(|_| self.folders.len() == self.homes.len()) {
                    self.take_home(&path);
                }
            }
            Event::Changed(params) => self.buffers.change(params, client.encoding),
            Event::Lost(document) => self.buffers.lose(&document),
            Event::Closed(params) => {
                if let Some(path) = self.buffers.close(&params.text_document.uri) {
                    self.guarded("closing a document", |writer| {
                        writer.engine.close_overlay(&path);
                    });
                }
            }
            // The text of an open document is known already; the file may matter to others.
            Event::Saved(params) => self.touched([&params.text_document.uri].into_iter()),
            Event::WatchedFiles(params) => self.touched(params.changes.iter().map(|c| &c.uri)),
            Event::FilesCreated(params) => self.moved(params.files.iter().map(|f| &f.uri)),
            Event::FilesDeleted(params) => self.moved(params.files.iter().map(|f| &f.uri)),
            Event::FilesRenamed(params) => {
                let both = params.files.iter().flat_map(|f| [&f.old_uri, &f.new_uri]);
                self.moved(both);
            }
            Event::DiskChanged(paths) => self.disk.add(paths, Instant::now()),
            Event::Folders(params) => self.change_folders(params),
            Event::Configuration(params) => {
                // Sent whole, under our name, and without a word about us by clients that wait to be asked.
                if let Some(own) = params.settings.get(env!("CARGO_PKG_NAME")) {
                    self.outside += 1;
                    self.engine.set_scope(client::scope(own));
                }
            }
            Event::WorkDone => {
                let news =
                    self.guarded("taking what was found", |writer| writer.engine.take_work());
                self.outside += u64::from(news.unwrap_or(true));
            }
        }
    }

    fn touched<'a>(&mut self, uris: impl Iterator<Item = &'a Uri>) {
        let paths = uris.filter_map(uri::to_path);
        self.disk.add(paths, Instant::now());
    }

    /// The editor itself did it, and it is done: nothing to wait for. Documents name the new place already.
    fn moved<'a>(&mut self, uris: impl Iterator<Item = &'a Uri>) {
        let paths: Vec<PathBuf> = uris.filter_map(uri::to_path).collect();
        self.outside += 1;
        self.guarded("reading moved files", |writer| {
            writer.engine.files_changed(&paths);
        });
    }

    fn change_folders(&mut self, params: DidChangeWorkspaceFoldersParams) {
        let removed = params.event.removed.into_iter();
        let removed: Vec<PathBuf> = removed.filter_map(|f| uri::to_path(&f.uri)).collect();
        self.folders
            .retain(|folder| !removed.contains(&folder.path));
        let added = params.event.added.into_iter();
        if added.len() > 0 {
            let homes = std::mem::take(&mut self.homes);
            self.folders.retain(|folder| !homes.contains(&folder.path));
        }
        for folder in added.filter_map(|f| Folder::new(f.uri)) {
            if !self.folders.iter().any(|known| known.path == folder.path) {
                self.folders.push(folder);
            }
        }
        self.open_folders();
    }

    /// Reads the project of a document that was opened without a folder.
    fn take_home(&mut self, document: &Path) {
        let known = |folder: &Folder| document.starts_with(&folder.path);
        if self.folders.iter().any(known) {
            return;
        }
        let home = self.guarded("looking for a project", |writer| {
            writer.engine.home(document)
        });
        if let Some(path) = home.flatten() {
            let uri = uri::from_path(&path, &[], self.spelling);
            self.homes.push(path.clone());
            self.folders.push(Folder { uri, path });
            self.open_folders();
        }
    }

    fn open_folders(&mut self) {
        let roots: Vec<PathBuf> = self.folders.iter().map(|f| f.path.clone()).collect();
        self.buffers.mark_all_changed();
        self.outside += 1;
        self.opened = Some(Instant::now());
        self.guarded("opening the workspace", |writer| writer.engine.open(&roots));
    }

    fn publish(&mut self) {
        if self.client.is_none() {
            return;
        }
        self.opened = None;
        if self.publish.borrow().is_none() {
            // Nobody asked before.
            self.outside = FIRST_READING;
        }
        let (mut open, changed) = self.buffers.publish();
        let mut lost = self.buffers.lost();
        for (path, document) in changed {
            let read = self.guarded("reading a document", |writer| {
                writer
                    .engine
                    .set_overlay(&path, &document.text, document.version);
            });
            if read.is_none() {
                // The engine still has another text.
                self.buffers.mark_changed(&path);
                Arc::make_mut(&mut lost).insert(path);
            }
        }
        let applied = self.guarded("bringing findings up to date", |writer| {
            writer.engine.apply()
        });
        let snapshot = if let Some(snapshot) = applied {
            snapshot
        } else {
            let Some(last) = self.publish.borrow().clone() else {
                return;
            };
            // What the engine said last, with the texts it said it of.
            self.buffers.mark_all_changed();
            Arc::make_mut(&mut lost).extend(last.behind(&open));
            open = Arc::clone(&last.open);
            Arc::clone(&last.snapshot)
        };
        let restless = self.disk.is_restless(Instant::now());
        let was_restless = self
            .publish
            .borrow()
            .as_ref()
            .is_some_and(|last| last.settled.is_some());
        // What waited is news.
        self.outside += u64::from(was_restless && !restless);
        let world = World {
            settled: self.settled.clone().filter(|_| restless),
            seen: self.seen,
            outside: self.outside,
            snapshot,
            open,
            lost,
            folders: self.folders.as_slice().into(),
            spelling: self.spelling,
        };
        if !restless && world.is_whole() {
            self.settled = Some(Settled::of(&world));
        }
        self.publish.send_replace(Some(Arc::new(world)));
    }

    /// A defect in the engine must not end the session: it is told, and the next event tries again.
    fn guarded<T>(&mut self, doing: &str, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let outcome = catch_unwind(AssertUnwindSafe(|| work(self)));
        if outcome.is_err() {
            tracing::error!("an internal error stopped {doing}; please report it");
        }
        outcome.ok()
    }
}
