//! `doctor`: why is it silent? What was found, what was skipped, what is unknown and how to cure it.

mod settings;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use trace::{Fate, FeatureState};
use workspace::Repository;

use super::load::{Depth, Loaded, load_anyway};
use super::{human::plural, print, unread};

/// Arguments of `doctor`.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Workspace folders [default: the current directory]
    roots: Vec<PathBuf>,
}

impl Doctor {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load_anyway(&[roots, &self.roots].concat(), Depth::Links)?;
        print(&report(&loaded))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn list<T: std::fmt::Display>(out: &mut String, title: &str, items: &[T]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "{title}: {}", items.len());
    for item in items.iter().take(10) {
        let _ = writeln!(out, "  {item}");
    }
    if items.len() > 10 {
        let _ = writeln!(out, "  and {} more", items.len() - 10);
    }
}

/// Each folder with its branch, or that it is not there.
fn roots(loaded: &Loaded, out: &mut String) {
    let graph = &loaded.analysis.graph;
    for (at, root) in loaded.snapshot.roots.iter().enumerate() {
        let known = graph.inputs().tree.roots().get(at);
        if let Some(absent) = known.filter(|known| known.absent) {
            let _ = writeln!(
                out,
                "root {} (not checked out): what leads into {} is unknown until a clone is there",
                root.display(),
                absent.name
            );
            continue;
        }
        let git = graph.inputs().git.get(at);
        let branch = git
            .and_then(|git| git.branch.as_ref())
            .map_or("no git branch".to_owned(), |branch| {
                format!("branch {branch}")
            });
        let _ = writeln!(out, "root {} ({branch})", root.display());
        let Some(repository) = Repository::discover(root) else {
            continue;
        };
        for (poor, what) in [
            (
                repository.is_cut_off(),
                "shallow clone: what came before is unknown; `git fetch --unshallow`",
            ),
            (
                repository.is_partial(),
                "partial clone: where files went and what they said is unknown; `git fetch --refetch --no-filter`",
            ),
            (
                repository.is_sparse(),
                "sparse checkout: what stands in the files left out is unknown; `git sparse-checkout add DIR` or `disable`",
            ),
        ] {
            if poor {
                let _ = writeln!(out, "  {what}");
            }
        }
    }
}

fn report(loaded: &Loaded) -> String {
    let graph = &loaded.analysis.graph;
    let report = &loaded.snapshot.report;
    let mut out = String::new();
    roots(loaded, &mut out);
    settings::report(&mut out, loaded);
    let _ = writeln!(out, "files listed: {}", report.files);
    for project in graph.projects() {
        let features: Vec<_> = graph
            .features()
            .iter()
            .filter(|feature| feature.project.id == project.id)
            .collect();
        let active = features
            .iter()
            .filter(|feature| feature.state.is_active())
            .count();
        let path = if project.path.is_empty() {
            "."
        } else {
            &project.path
        };
        let _ = writeln!(
            out,
            "project {path}: {}, {} {} ({active} active)",
            project.format.as_str(),
            features.len(),
            plural(features.len(), "feature"),
        );
        match project.spec_templates.first() {
            Some(template) => {
                let _ = writeln!(out, "  template {}", loaded.shown(*template));
            }
            None => out.push_str("  no spec template: which sections are required is unknown\n"),
        }
    }
    if graph.projects().is_empty() {
        out.push_str("no project: no .specify/ directory, no numbered feature directories in specs/ at a root, no .kiro/specs/ and no openspec/\n");
    }
    if let Some(gated) = report.sources_gated {
        let _ = writeln!(
            out,
            "source files read: {gated}; with mentions {}; too large {}",
            report.sources_kept, report.sources_too_large
        );
    }
    if let Some(reports) = report.evidence {
        let _ = writeln!(out, "reports of tests and coverage: {reports}");
    }
    list(
        &mut out,
        "spec directories found although ignored",
        &report.ignored_spec_dirs,
    );
    list(
        &mut out,
        "other checkouts, left out",
        &report.nested_checkouts,
    );
    list(
        &mut out,
        "other repositories, kept",
        &report.nested_repositories,
    );
    let unreadable: Vec<String> = report
        .unreadable
        .iter()
        .map(|each| format!("{}: {}", each.path, each.why))
        .collect();
    list(&mut out, "unreadable", &unreadable);
    let known = graph.features().iter();
    let known = known.filter(|feature| feature.state != FeatureState::Archived);
    let several = loaded.snapshot.roots.len() > 1;
    let not_understood: Vec<String> = unread::list(loaded, known.map(AsRef::as_ref))
        .iter()
        .filter(|each| each.root.is_some())
        .map(|each| each.shown(several))
        .collect();
    list(&mut out, "documents not understood", &not_understood);
    if report.odd_names > 0 {
        let _ = writeln!(out, "names that are not Unicode: {}", report.odd_names);
    }
    out.push_str(&super::index::kept::stats());
    let mut whys: Vec<(String, usize)> = Vec::new();
    for fate in graph.inputs().history.fates.values() {
        if let Fate::Unknown(why) | Fate::Lost(why) = fate {
            match whys.iter_mut().find(|(known, _)| known == why.as_str()) {
                Some((_, count)) => *count += 1,
                None => whys.push((why.to_string(), 1)),
            }
        }
    }
    whys.sort();
    let whys: Vec<String> = whys
        .into_iter()
        .map(|(why, count)| format!("{why} ({count})"))
        .collect();
    list(&mut out, "paths whose history is unknown, by reason", &whys);
    out
}
