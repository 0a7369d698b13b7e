//! What the engine says at one moment: the workspace, what the rules say of it, and what the team decided.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ide::{Analysis, Unwritable};
use rules::Locale;
use text::{FileId, LineIndex, TextRange, TextSize};
use trace::Feature;
use trace::impact::{Bounds, Impact};

use crate::lsp::decided::Decided;
use crate::lsp::engine::{self, Extent, Finding, Related};

/// Where the pages of the rules are.
const PAGES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/");

/// A line of a file; `None` where nobody read it.
type Line = (FileId, Option<u32>);

/// What it says.
#[derive(Debug, Clone)]
pub struct Snapshot {
    inner: Arc<workspace::Snapshot>,
    analysis: Analysis,
    decided: Decided,
    extent: Extent,
}

impl Snapshot {
    /// Of a workspace and what the rules say of it.
    pub(super) fn new(
        inner: Arc<workspace::Snapshot>,
        analysis: Analysis,
        scope: Option<settings::Scope>,
        extent: Extent,
    ) -> Self {
        Self {
            decided: Decided::new(&inner, &analysis.checked, scope),
            inner,
            analysis,
            extent,
        }
    }
}

impl Snapshot {
    /// Folders and repositories of the workspace.
    #[must_use]
    pub fn roots(&self) -> &[PathBuf] {
        &self.inner.roots
    }

    /// Answers which release has what.
    #[must_use]
    pub fn releases(&self) -> workspace::Releases {
        self.inner.releases()
    }

    /// What a change of the thing at a place may reach. `None` once `cancelled` says so.
    #[must_use]
    pub fn impact(
        &self,
        file: FileId,
        at: TextSize,
        bounds: Bounds,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Impact> {
        let seed = self.inner.thing_at(file, TextRange::empty(at));
        self.inner.impact(vec![seed], bounds, cancelled)
    }

    /// Settings and what is to be said of them.
    #[must_use]
    pub fn decided(&self) -> &Decided {
        &self.decided
    }

    /// Globs of the files that documents bind values to.
    #[must_use]
    pub fn bound(&self) -> Vec<String> {
        let literal = |path: &str| path.replace(['[', ']', '{', '}', '!', '*'], "?");
        let tree = &self.inner.graph.inputs().tree;
        let files = self.inner.graph.bound_files();
        let mut globs: Vec<String> = files
            .map(|file| format!("**/{}", literal(tree.path_str(file))))
            .collect();
        globs.sort_unstable();
        globs.dedup();
        globs
    }

    /// Everything that can be asked about a position.
    #[must_use]
    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// The file at a path, if the workspace has it.
    #[must_use]
    pub fn file(&self, path: &Path) -> Option<FileId> {
        self.inner.file(path)
    }

    /// Where a workspace folder is.
    #[must_use]
    pub fn folder(&self, root: trace::RootId) -> Option<&Path> {
        let folder = self.inner.roots.get(usize::from(root.0))?;
        Some(folder)
    }

    /// The workspace folder of a path, and the path from there; nothing needs to be there.
    #[must_use]
    pub fn place(&self, path: &Path) -> Option<(trace::RootId, String)> {
        self.inner.place(path)
    }

    /// Where a file is.
    #[must_use]
    pub fn path(&self, file: FileId) -> Option<PathBuf> {
        self.inner.path(file)
    }

    /// Lines of a file whose facts are known.
    #[must_use]
    pub fn lines_of(&self, file: FileId) -> Option<&LineIndex> {
        let inputs = self.analysis.graph.inputs();
        if let Some(document) = inputs.documents.get(&file) {
            return Some(&document.lines);
        }
        if let Some(lock) = inputs.locks.get(&file) {
            return Some(&lock.lines);
        }
        if let Some(source) = inputs.sources.get(&file) {
            return Some(&source.lines);
        }
        let manifest = inputs.manifests.as_ref()?.get(&file)?;
        Some(&manifest.lines)
    }

    /// What lenses say, and the lines of the places they lead to.
    fn counts(&self, file: FileId) -> Vec<(String, Vec<Line>)> {
        let lenses = self.analysis.code_lenses(file, Locale::English).into_iter();
        let count = |lens: ide::Lens| {
            let places = lens.places.iter();
            let lines = places.map(|place| {
                let lines = self.lines_of(place.file);
                (place.file, lines.map(|it| it.line(place.focus.start())))
            });
            (lens.title.clone(), lines.collect())
        };
        lenses.map(count).collect()
    }

    /// Whether every source has been read; until then nobody knows all places that name an id. The error is a sentence
    /// for people.
    pub fn all_read(&self) -> Result<(), String> {
        match self.inner.report.sources_gated {
            Some(_) => Ok(()),
            None => Err("The sources are still being read.".to_owned()),
        }
    }

    /// The plan of the feature of a document, or what is missing of it. Reads all manifests.
    #[must_use]
    pub fn plan(&self, file: FileId) -> Option<ide::Planned> {
        let analysis = Analysis {
            today: workspace::today().map(Into::into),
            ..self.analysis.clone()
        };
        let feature = analysis.graph.feature_of(file)?.id;
        analysis.plan(feature, &self.inner.manifests())
    }

    /// The text of a file as an edit will find it.
    pub fn writable(&self, file: FileId) -> Result<Arc<str>, Unwritable> {
        crate::cli::load::writable(self.inner.now(file)).map(|(text, _)| text)
    }

    /// The feature of a file, if its findings are shown: all of open documents, and of features that are worked on. A
    /// source file has that of the first feature that speaks of it.
    fn shown(&self, path: &Path) -> Option<(FileId, &Arc<Feature>)> {
        let file = self.file(path)?;
        Some((file, self.shown_file(file)?))
    }

    fn shown_file(&self, file: FileId) -> Option<&Arc<Feature>> {
        let graph = &self.analysis.graph;
        let feature = graph.feature_of(file).or_else(|| {
            graph.source(file)?;
            let mut features = self.analysis.checked.features();
            let speaks =
                |all: &rules::FeatureFindings| all.findings.iter().any(|it| it.file == file);
            features
                .find(|(_, all)| speaks(all))
                .map(|(feature, _)| feature)
        })?;
        let shown = self.decided.shows(feature) || self.inner.open.contains_key(&file);
        shown.then_some(feature)
    }

    fn convert(&self, feature: &Feature, finding: &rules::Finding, locale: Locale) -> Finding {
        let related = finding.related.iter().filter_map(|related| {
            Some(Related {
                path: self.path(related.file)?,
                range: related.range,
                message: related.message.text(locale),
            })
        });
        Finding {
            code: finding.code.to_owned(),
            severity: finding.severity,
            range: finding.range,
            message: finding.message.text(locale),
            docs: Some(format!("{PAGES}docs/rules/{}.md", finding.code)),
            fingerprint: finding.fingerprint(&feature.path),
            related: related.collect(),
        }
    }
}

impl engine::Snapshot for Snapshot {
    fn extent(&self) -> Extent {
        self.extent
    }

    fn diagnosed(&self) -> Vec<PathBuf> {
        let features = self.analysis.checked.features();
        let mut files: Vec<FileId> = features
            .flat_map(|(_, all)| all.findings.iter().map(|finding| finding.file))
            .collect();
        files.sort_unstable();
        files.dedup();
        let shown = files
            .into_iter()
            .filter(|file| self.shown_file(*file).is_some());
        let documents = shown.filter_map(|file| self.path(file));
        documents.chain(self.decided.diagnosed()).collect()
    }

    fn findings(&self, path: &Path, locale: Locale) -> Vec<Finding> {
        if let Some(findings) = self.decided.findings(path, locale) {
            return findings;
        }
        let Some((file, feature)) = self.shown(path) else {
            return Vec::new();
        };
        let findings = self.analysis.checked.in_file(&self.analysis.graph, file);
        findings
            .map(|finding| self.convert(feature, finding, locale))
            .collect()
    }

    fn says_the_same(&self, before: &Self, path: &Path) -> bool {
        if let Some(same) = self.decided.says_the_same(&before.decided, path) {
            return same;
        }
        let said = |snapshot: &Self, feature: &Feature| {
            let checked = &snapshot.analysis.checked;
            checked.of(feature.id).map(Arc::clone)
        };
        let is_document = |(file, _): &(FileId, _)| self.analysis.graph.feature_of(*file).is_some();
        match (self.shown(path), before.shown(path)) {
            // Several features may speak of a source file.
            (Some(now), _) if !is_document(&now) => false,
            (Some((file, now)), Some((then_file, then))) => {
                // The same feature says something else where decisions have changed.
                let (said, before) = (said(self, now), said(before, then));
                let same = said.zip(before).is_some_and(|(a, b)| Arc::ptr_eq(&a, &b));
                file == then_file && Arc::ptr_eq(now, then) && same
            }
            (None, None) => true,
            _ => false,
        }
    }

    fn counts_the_same(&self, before: &Self, path: &Path) -> bool {
        let feature = |snapshot: &Self| {
            let file = snapshot.file(path)?;
            let feature = snapshot.analysis.graph.feature_of(file)?;
            Some((file, Arc::clone(feature)))
        };
        match (feature(self), feature(before)) {
            (Some((file, now)), Some((_, then))) => {
                Arc::ptr_eq(&now, &then) || self.counts(file) == before.counts(file)
            }
            (now, then) => now.is_none() == then.is_none(),
        }
    }

    fn lines(&self, path: &Path) -> Option<&LineIndex> {
        let of_decisions = self.decided.lines(path);
        of_decisions.or_else(|| self.lines_of(self.file(path)?))
    }
}
