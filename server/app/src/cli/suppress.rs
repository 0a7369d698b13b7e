//! `suppress`: accepts a finding, with its reason, in the settings of its folder.

use std::process::ExitCode;

use clap::Args;
use rules::Finding;
use settings::{Address, Date, Suppression};
use trace::{Feature, RootId};

use super::load::{Depth, Loaded, load};
use super::print;

/// Arguments of `suppress`.
#[derive(Debug, Args)]
pub(crate) struct Suppress {
    /// The item (`specs/003-auth#FR-008`) or the whole feature (`specs/003-auth`)
    address: String,
    /// Code of the rule
    #[arg(long)]
    code: String,
    /// Why the finding is accepted
    #[arg(long)]
    reason: String,
    /// The last day on which it counts, e.g. 2027-01-31
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Only the finding with this fingerprint
    #[arg(long)]
    fingerprint: Option<String>,
}

impl Suppress {
    pub(crate) fn run(&self, roots: &[std::path::PathBuf]) -> Result<ExitCode, String> {
        let mut suppression = self.suppression()?;
        let loaded = load(roots, Depth::Findings)?;
        loaded.require_documents()?;
        let own = self.own(&loaded, &suppression);
        let root = match own {
            Some((root, own)) => {
                suppression = own;
                root
            }
            None => self.folder(&loaded, &suppression)?,
        };
        let at = usize::from(root.0);
        let (Some(path), Some(folder)) = (
            loaded.snapshot.roots.get(at),
            loaded.snapshot.settings.get(at),
        ) else {
            return Err("its folder is gone.".to_owned());
        };
        let text = folder.file.as_ref().map_or("", |file| &file.text);
        let (edit, _) = settings::add_suppression(text, &suppression).ok_or_else(|| {
            format!(
                "{} lists its suppressions in one array; `[[suppress]]` cannot follow it.",
                settings::FILE
            )
        })?;
        let edited = text::apply(text, &[edit]).map_err(|error| error.to_string())?;
        workspace::write_decisions(path, settings::FILE, folder.file.as_ref(), &edited)?;
        print(&format!(
            "{}: {} at {} is suppressed.\n",
            path.join(settings::FILE).display(),
            suppression.code,
            suppression.address
        ))?;
        Ok(ExitCode::SUCCESS)
    }

    /// What was asked for, if settings could say it.
    fn suppression(&self) -> Result<Suppression, String> {
        let asked = Suppression {
            address: Address::parse(&self.address).map_err(|fault| {
                let address = self.address.clone();
                settings::ProblemKind::BadAddress { address, fault }.en()
            })?,
            code: self.code.clone(),
            fingerprint: self.fingerprint.clone(),
            reason: self.reason.trim().to_owned(),
            until: match &self.until {
                None => None,
                Some(day) => Some(
                    Date::parse(day)
                        .ok_or_else(|| settings::ProblemKind::BadDate(day.clone()).en())?,
                ),
            },
            range: text::TextRange::default(),
        };
        let (edit, _) = settings::add_suppression("", &asked).ok_or("it cannot be written.")?;
        match settings::read(&edit.insert, &crate::decisions::codes())
            .problems
            .first()
        {
            Some(problem) => Err(problem.kind.en()),
            None => Ok(asked),
        }
    }

    /// The same for an address behind the name of its root, where there are several and the root has such a feature.
    fn own(&self, loaded: &Loaded, suppression: &Suppression) -> Option<(RootId, Suppression)> {
        let graph = &loaded.analysis.graph;
        let (root, address) = graph.inputs().tree.behind_root(&self.address)?;
        let own = Suppression {
            address: Address::parse(address).ok()?,
            ..suppression.clone()
        };
        let checked = loaded.analysis.checked.features();
        let mut findings = checked
            .filter(|(feature, _)| feature.root == root)
            .flat_map(|(feature, all)| all.findings.iter().map(move |each| (feature, each)));
        let found = findings.any(|(feature, finding)| {
            let address = finding.address(&feature.path);
            let fingerprint = finding.fingerprint(&feature.path);
            own.matches(finding.code, &address, &fingerprint)
        });
        found.then_some((root, own))
    }

    /// The folder with a finding that this speaks of and that nothing suppresses yet.
    fn folder(&self, loaded: &Loaded, suppression: &Suppression) -> Result<RootId, String> {
        let speaks_of = |feature: &Feature, finding: &Finding| {
            let address = finding.address(&feature.path);
            let fingerprint = finding.fingerprint(&feature.path);
            suppression.matches(finding.code, &address, &fingerprint)
        };
        let mut others = Vec::new();
        for (feature, all) in loaded.analysis.checked.features() {
            if all.findings.iter().any(|each| speaks_of(feature, each)) {
                return Ok(feature.root);
            }
            let mut hidden = all.suppressed.iter().map(|each| &each.finding);
            if hidden.any(|each| speaks_of(feature, each)) {
                return Err(format!(
                    "{} at `{}` is not shown already (`check --show-suppressed`).",
                    self.code, self.address
                ));
            }
            let alike = all.findings.iter().filter(|each| each.code == self.code);
            others.extend(alike.map(|each| each.address(&feature.path)));
        }
        let near = settings::nearest(&self.address, others.iter().map(String::as_str));
        Err(format!(
            "no {} finding is at `{}`.{}",
            self.code,
            self.address,
            near.map_or(String::new(), |near| format!(" Did you mean `{near}`?"))
        ))
    }
}
