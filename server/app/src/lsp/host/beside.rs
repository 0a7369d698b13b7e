//! A host that is prepared beside the writer, and what happens meanwhile.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ide::Analysis;
use trace::{Graph, History};
use workspace::{Answer, Job, Options};

use super::Overlays;
use crate::lsp::background::{Cancelled, Lane};
use crate::lsp::courtesy::Courtesy;
use crate::lsp::engine::Extent;

/// A host in the next state, with all that the writer would have to work out of it.
pub(super) struct Prepared {
    pub(super) host: workspace::Host,
    pub(super) analysis: Analysis,
    /// Slow work that is due then.
    pub(super) jobs: Vec<Job>,
    /// The answers of git it began with.
    pub(super) history: Arc<History>,
    /// What was read for it.
    pub(super) extent: Extent,
}

impl Prepared {
    /// Walks and reads so much. What `before` was told by git stays until it is asked again, so that no finding goes away
    /// only to come back. `None` once `cancelled` says so.
    pub(super) fn walked(
        options: Options,
        overlays: &Overlays,
        before: &Graph,
        extent: Extent,
        cancelled: Cancelled<'_>,
    ) -> Option<Self> {
        let mut host = workspace::Host::new(options);
        // Settings say what to walk.
        let (settings, others): (Vec<_>, Vec<_>) = overlays
            .iter()
            .partition(|(path, _)| path.ends_with(settings::FILE));
        for (path, (text, version)) in settings {
            host.set_overlay(path, Arc::clone(text), *version);
        }
        let done = match extent {
            Extent::Whole => host.scan_unless(cancelled),
            _ => host.scan_documents_unless(cancelled),
        };
        if !done {
            return None;
        }
        let history = Arc::clone(&before.inputs().history);
        host.keep_history(&history);
        for (path, (text, version)) in others {
            host.set_overlay(path, Arc::clone(text), *version);
        }
        Some(Self::of(host, &Analysis::default(), history, extent))
    }

    /// Reads the sources that documents name. `None` once `cancelled` says so.
    pub(super) fn named(
        mut host: workspace::Host,
        analysis: &Analysis,
        cancelled: Cancelled<'_>,
    ) -> Option<Self> {
        if !host.read_named_unless(cancelled) {
            return None;
        }
        let history = Arc::clone(&analysis.graph.inputs().history);
        Some(Self::of(host, analysis, history, Extent::Whole))
    }

    /// Makes links and findings of what was found.
    pub(super) fn digested(
        mut host: workspace::Host,
        analysis: &Analysis,
        found: Vec<Answer>,
    ) -> Self {
        let history = Arc::clone(&analysis.graph.inputs().history);
        for answer in found {
            host.post(answer);
        }
        Self::of(host, analysis, history, Extent::Whole)
    }

    fn of(
        mut host: workspace::Host,
        before: &Analysis,
        history: Arc<History>,
        extent: Extent,
    ) -> Self {
        let (snapshot, jobs);
        if extent == Extent::Whole {
            snapshot = host.apply();
            jobs = host.jobs();
        } else {
            // What is slow waits until it is known what documents name.
            snapshot = host.early();
            jobs = Vec::new();
        }
        Self {
            analysis: analysed(before, &snapshot),
            jobs,
            host,
            history,
            extent,
        }
    }
}

/// How preparing a host ended.
pub(super) enum Outcome {
    Ready(Box<Prepared>),
    /// By an internal error, which was told.
    Broken,
}

/// What the rules say of the next state.
pub(super) fn analysed(before: &Analysis, now: &workspace::Snapshot) -> Analysis {
    before
        .update(Arc::clone(&now.graph))
        .with_policy(crate::decisions::policy(now))
}

/// What happened since a host was sent away.
#[derive(Default)]
pub(super) struct Behind {
    /// Opened, changed or closed in the editor.
    pub(super) texts: Vec<PathBuf>,
    /// Changed on disk.
    pub(super) disk: Vec<PathBuf>,
}

/// Prepares one host after the other.
pub(super) struct Beside {
    lane: Lane<Outcome>,
    /// While one is prepared.
    behind: Option<Behind>,
}

impl Beside {
    /// Its thread is called `name`; `ring` is called when a host is ready.
    pub(super) fn new(
        name: &'static str,
        ring: impl Fn() + Send + 'static,
        courtesy: &Courtesy,
    ) -> Self {
        Self {
            lane: Lane::new(name, ring, courtesy),
            behind: None,
        }
    }

    /// Begins, in the place of what was begun before.
    pub(super) fn start(
        &mut self,
        work: impl FnOnce(Cancelled<'_>) -> Option<Prepared> + Send + 'static,
    ) {
        self.behind = Some(Behind::default());
        self.lane.start(|cancelled| guarded(work, cancelled));
    }

    /// The same, without waiting for something newer.
    pub(super) fn start_at_once(
        &mut self,
        work: impl FnOnce(Cancelled<'_>) -> Option<Prepared> + Send + 'static,
    ) {
        self.behind = Some(Behind::default());
        self.lane
            .start_at_once(|cancelled| guarded(work, cancelled));
    }

    pub(super) fn stop(&mut self) {
        self.behind = None;
        self.lane.stop();
    }

    pub(super) fn is_under_way(&self) -> bool {
        self.behind.is_some()
    }

    /// The host, once it is ready.
    pub(super) fn outcome(&mut self) -> Option<Outcome> {
        self.lane.answer()
    }

    /// What happened while it was prepared.
    pub(super) fn behind(&mut self) -> Behind {
        self.behind.take().unwrap_or_default()
    }

    pub(super) fn note_text(&mut self, path: &Path) {
        if let Some(behind) = &mut self.behind
            && !behind.texts.iter().any(|known| known == path)
        {
            behind.texts.push(path.to_owned());
        }
    }

    pub(super) fn note_disk(&mut self, paths: &[PathBuf]) {
        if let Some(behind) = &mut self.behind {
            behind.disk.extend_from_slice(paths);
        }
    }
}

/// `None` for work that was cancelled.
fn guarded(
    work: impl FnOnce(Cancelled<'_>) -> Option<Prepared>,
    cancelled: Cancelled<'_>,
) -> Option<Outcome> {
    if let Ok(prepared) = catch_unwind(AssertUnwindSafe(|| work(cancelled))) {
        return Some(Outcome::Ready(Box::new(prepared?)));
    }
    tracing::error!("an internal error stopped reading; please report it");
    Some(Outcome::Broken)
}
