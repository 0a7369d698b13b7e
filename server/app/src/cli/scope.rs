//! Which features a command speaks of.

use std::sync::Arc;

use clap::Args;
use rules::{FeatureFindings, Finding, Suppressed};
use trace::{Feature, RootId};

use super::decisions::settings;
use super::load::Loaded;

/// A feature in scope and its findings.
pub(crate) type Chosen<'a> = (&'a Arc<Feature>, &'a Arc<FeatureFindings>);

/// Options that choose features.
#[derive(Debug, Clone, Args)]
pub(crate) struct Scope {
    /// Finished features too, not only active ones
    #[arg(long)]
    pub(crate) all: bool,
    /// Only this feature: its name (`003-login`), number or directory
    #[arg(long, value_name = "FEATURE")]
    pub(crate) feature: Option<String>,
}

impl Scope {
    /// The features in scope with their findings. The error is a sentence for people.
    pub(crate) fn select<'a>(&self, loaded: &'a Loaded) -> Result<Vec<Chosen<'a>>, String> {
        let tree = &loaded.analysis.graph.inputs().tree;
        let features = loaded.analysis.graph.features();
        // As it is printed where there are several roots.
        let own = self.feature.as_deref().and_then(|wanted| {
            let (root, rest) = tree.behind_root(wanted)?;
            let is_own = |each: &Feature| each.root == root && is_named(each, rest);
            features
                .iter()
                .any(|each| is_own(each))
                .then_some((root, rest))
        });
        let chosen: Vec<_> = loaded
            .analysis
            .checked
            .features()
            .filter(|(feature, _)| match &self.feature {
                Some(wanted) => match own {
                    Some((root, rest)) => feature.root == root && is_named(feature, rest),
                    None => is_named(feature, wanted),
                },
                None => self.all || feature.state.is_active() || is_in_scope(loaded, feature.root),
            })
            .collect();
        match &self.feature {
            Some(wanted) if chosen.is_empty() => {
                let names: Vec<&str> = loaded
                    .analysis
                    .graph
                    .features()
                    .iter()
                    .map(|each| each.name.as_str())
                    .collect();
                Err(format!(
                    "there is no feature `{wanted}`. Known features: {}.",
                    names.join(", ")
                ))
            }
            _ => Ok(chosen),
        }
    }
}

/// Whether settings ask for finished features too.
fn is_in_scope(loaded: &Loaded, root: RootId) -> bool {
    settings(&loaded.snapshot, root).is_some_and(|settings| settings.scope == settings::Scope::All)
}

/// Whether a feature is meant by its name, number or directory.
pub(crate) fn is_named(feature: &Feature, wanted: &str) -> bool {
    let wanted = wanted.trim_end_matches('/');
    feature.name == wanted
        || feature.path == wanted
        || wanted
            .parse()
            .is_ok_and(|number: u64| feature.number == Some(number))
}

/// Findings of all chosen features that are there and not shown.
pub(crate) fn suppressed<'a>(chosen: &[Chosen<'a>]) -> Vec<(&'a Arc<Feature>, &'a Suppressed)> {
    chosen
        .iter()
        .flat_map(|(feature, all)| all.suppressed.iter().map(move |each| (*feature, each)))
        .collect()
}

/// Findings of all chosen features with their features, worst first within a feature's documents' order.
pub(crate) fn findings<'a>(chosen: &[Chosen<'a>]) -> Vec<(&'a Arc<Feature>, &'a Finding)> {
    chosen
        .iter()
        .flat_map(|(feature, all)| all.findings.iter().map(move |finding| (*feature, finding)))
        .collect()
}
