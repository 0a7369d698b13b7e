//! Reports of tests and coverage: when they are looked for, and when they no longer fit a source.

use std::sync::Arc;

use text::FileId;
use trace::{Change, Evidence, SourceFile};

use super::Host;
use crate::evidence::{EvidenceAnswer, EvidenceJob};
use crate::files::Files;

impl Host {
    /// Looks for reports where they are due: after the sources were read, and when a report or a source changed on disk.
    pub(super) fn evidence_job(&mut self) -> Option<EvidenceJob> {
        // A commit has no reports.
        if !std::mem::take(&mut self.evidence_due) || !self.files.is_disk() {
            return None;
        }
        let known = &self.evidence.changed;
        let sources = self.graph.inputs().sources.keys().copied();
        let sources = sources
            // The disk says nothing of a text that an editor holds.
            .filter(|file| !self.open.contains_key(file) || known.contains_key(file))
            .filter_map(|file| Some((file, self.disk_path(file)?)))
            .collect();
        let folders = self.decisions.folders().iter();
        let named = folders
            .map(|folder| folder.settings.evidence.clone())
            .collect();
        let roots = self.options.roots.clone();
        let looked = self.memory.looked();
        Some(EvidenceJob::new(roots, &self.tree, named, sources, looked))
    }

    /// Reads the reports now, where findings can rest on one. Of a commit there is none: what fails now and was there then
    /// may have failed then.
    pub(super) fn heed_reports(&mut self) {
        if !self.graph.awaits_reports() {
            return;
        }
        if let Files::Commits(past) = &self.files {
            let sources = self.graph.inputs().sources.keys();
            let evidence = Evidence {
                reports: past.reports.clone(),
                // Older than any report.
                changed: sources.map(|file| (*file, 1)).collect(),
            };
            self.pending.push(Change::Evidence(Arc::new(evidence)));
        } else {
            self.evidence_due = true;
            let job = self.evidence_job();
            if let Some(answer) = job.and_then(|job| job.run(&|| false)) {
                self.take_evidence(answer);
            }
        }
        self.apply();
    }

    pub(super) fn take_evidence(&mut self, answer: EvidenceAnswer) {
        self.report.evidence = Some(answer.evidence.reports.len());
        for (path, why) in answer.unreadable {
            self.report.unreadable(&path, why);
        }
        if *self.evidence != answer.evidence {
            self.evidence = Arc::new(answer.evidence);
            self.pending
                .push(Change::Evidence(Arc::clone(&self.evidence)));
        }
    }

    /// A source holds another text than the one on disk when the reports were looked at: what they say of it may be of
    /// old.
    pub(super) fn outdate(&mut self, file: FileId, now: Option<&SourceFile>) {
        let known = self.graph.inputs().sources.get(&file);
        let same = known.is_some_and(|known| now == Some(known.as_ref()));
        if !same && self.evidence.changed.contains_key(&file) {
            Arc::make_mut(&mut self.evidence).changed.remove(&file);
            self.pending
                .push(Change::Evidence(Arc::clone(&self.evidence)));
        }
    }
}
