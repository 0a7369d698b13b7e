//! What teams decided, as the editor sees it: faults and idle suppressions in settings and baselines, and which features
//! settings let speak.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rules::{Locale, Notice};
use settings::Scope;
use text::LineIndex;
use trace::{Feature, FeatureState, RootId};
use workspace::{DecisionFile, FolderSettings};

use super::engine::{Finding, Severity};

/// The page that explains settings.
const PAGE: &str = concat!(
    env!("CARGO_PKG_REPOSITORY"),
    "/blob/main/docs/configuration.md"
);

/// Settings of all folders, and what is to be said of them.
#[derive(Debug, Clone, Default)]
pub struct Decided {
    folders: Arc<[Arc<FolderSettings>]>,
    notices: Arc<Vec<Notice>>,
    /// As the user of the editor wants it; then settings do not count.
    scope: Option<Scope>,
}

impl Decided {
    /// The decisions of one moment.
    #[must_use]
    pub fn new(
        world: &workspace::Snapshot,
        checked: &rules::Checked,
        scope: Option<Scope>,
    ) -> Self {
        Self {
            folders: Arc::clone(&world.settings),
            notices: Arc::new(checked.notices()),
            scope,
        }
    }

    /// Whether findings of a feature are shown although it is not open.
    #[must_use]
    pub fn shows(&self, feature: &Feature) -> bool {
        let in_file = || self.folder(feature.root).map(|it| it.settings.scope);
        feature.state.is_active()
            || (feature.state != FeatureState::Archived
                && self.scope.or_else(in_file) == Some(Scope::All))
    }

    /// Settings and files of one workspace folder.
    #[must_use]
    pub fn folder(&self, root: RootId) -> Option<&FolderSettings> {
        self.folders.get(usize::from(root.0)).map(AsRef::as_ref)
    }

    fn files(&self) -> impl Iterator<Item = (RootId, &DecisionFile)> {
        let folders = (0..).map(RootId).zip(self.folders.iter());
        folders.flat_map(|(root, folder)| folder.files().map(move |file| (root, file)))
    }

    fn file(&self, path: &Path) -> Option<(RootId, &DecisionFile)> {
        self.files().find(|(_, file)| file.path == path)
    }

    fn notices<'a>(
        &'a self,
        root: RootId,
        file: &DecisionFile,
    ) -> impl Iterator<Item = &'a Notice> {
        let is_settings = file.path.ends_with(settings::FILE);
        self.notices
            .iter()
            .filter(move |notice| is_settings && notice.root == root)
    }

    /// Files with something to say, each once.
    pub fn diagnosed(&self) -> impl Iterator<Item = PathBuf> {
        self.files()
            .filter(|(root, file)| {
                !file.problems.is_empty() || self.notices(*root, file).next().is_some()
            })
            .map(|(_, file)| file.path.clone())
    }

    /// What is said of one file; `None` where it is no file of decisions.
    #[must_use]
    pub fn findings(&self, path: &Path, locale: Locale) -> Option<Vec<Finding>> {
        let (root, file) = self.file(path)?;
        let problems = file.problems.iter().map(|problem| Finding {
            code: "settings".to_owned(),
            severity: Severity::Error,
            range: problem.range,
            message: match locale {
                Locale::English => problem.kind.en(),
                Locale::Japanese => problem.kind.ja(),
            },
            docs: Some(PAGE.to_owned()),
            fingerprint: String::new(),
            related: Vec::new(),
        });
        // Notices speak of the settings in force, which are not those of a file with faults.
        let notices = self
            .notices(root, file)
            .filter(|_| file.problems.is_empty());
        let notices = notices.map(|notice| Finding {
            code: notice.code.to_owned(),
            severity: Severity::Information,
            range: notice.range,
            message: notice.message.text(locale),
            docs: Some(PAGE.to_owned()),
            fingerprint: String::new(),
            related: Vec::new(),
        });
        Some(problems.chain(notices).collect())
    }

    /// Whether the same is said of `path` as `before`; `None` where it is no file of decisions now or then.
    #[must_use]
    pub fn says_the_same(&self, before: &Self, path: &Path) -> Option<bool> {
        match (self.file(path), before.file(path)) {
            (None, None) => None,
            (Some((root, now)), Some((_, then))) => {
                Some(now == then && self.notices(root, now).eq(before.notices(root, then)))
            }
            _ => Some(false),
        }
    }

    /// Globs of what settings name: spec roots and the baseline.
    #[must_use]
    pub fn watched(&self) -> Vec<String> {
        // What a glob gives a meaning to is any character here; too much watched does no harm.
        let literal = |path: &str| path.replace(['[', ']', '{', '}', '!'], "?");
        let of_folder = |folder: &Arc<FolderSettings>| {
            let roots = folder.settings.spec_roots.iter();
            let roots = roots.map(|path| format!("**/{}/**/*", literal(path)));
            let baseline = folder.settings.baseline.iter();
            let baseline = baseline.map(|path| format!("**/{}", literal(path)));
            roots.chain(baseline).collect::<Vec<_>>()
        };
        let mut globs: Vec<String> = self.folders.iter().flat_map(of_folder).collect();
        globs.sort_unstable();
        globs.dedup();
        globs
    }

    /// Lines of a file of decisions.
    #[must_use]
    pub fn lines(&self, path: &Path) -> Option<&LineIndex> {
        self.file(path).map(|(_, file)| &file.lines)
    }
}
