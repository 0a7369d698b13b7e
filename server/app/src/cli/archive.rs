//! `archive`: what archiving an `OpenSpec` change would make of the main specs. Nothing is written; archiving itself is
//! the tool's.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use ide::{Analysis, Archived};
use rules::Locale;
use trace::Feature;
use workspace::{link_below, link_on};

use super::load::{Depth, load};
use super::{note, print};

/// Arguments of `archive`.
#[derive(Debug, Args)]
pub(crate) struct Archive {
    /// The change: its name or its directory
    change: String,
    /// Show what would become of the main specs as a unified diff
    #[arg(long)]
    dry_run: bool,
}

impl Archive {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        if !self.dry_run {
            return Err(format!(
                "only `archive {} --dry-run` is known here; `openspec archive` itself moves the change.",
                self.change
            ));
        }
        let loaded = load(roots, Depth::Findings)?;
        loaded.require_documents()?;
        let analysis = &Analysis {
            today: workspace::today().map(Into::into),
            ..loaded.analysis.clone()
        };
        let change = change_named(analysis, &self.change)?;
        let locale = Locale::default();
        match analysis.archive(change.id, locale) {
            Ok(archived) => {
                let folder = loaded.snapshot.roots.get(usize::from(change.root.0));
                let link = folder.and_then(|folder| linked(folder, change, &archived, locale));
                if let Some(why) = link {
                    note(&why);
                    return Ok(ExitCode::FAILURE);
                }
                print(&diff(&archived))?;
                note(told(analysis, &archived).trim_end());
                Ok(ExitCode::SUCCESS)
            }
            Err(refused) => {
                for each in refused {
                    note(&each);
                }
                Ok(ExitCode::FAILURE)
            }
        }
    }
}

/// The one change in the making that is called so.
pub(crate) fn change_named<'a>(
    analysis: &'a Analysis,
    name: &'a str,
) -> Result<&'a Feature, String> {
    let changes: Vec<&Feature> = analysis.changes_named(name).collect();
    match changes.as_slice() {
        [change] => Ok(change),
        [] => Err(format!(
            "there is no OpenSpec change `{name}` in the making."
        )),
        _ => Err(format!(
            "`{name}` means several changes; its path says which."
        )),
    }
}

/// Why there is no preview, if a symbolic link is at a main spec or in the change: the tool writes through some and
/// refuses others, and what lies behind one is read under another name here.
pub(crate) fn linked(
    folder: &Path,
    change: &Feature,
    archived: &Archived,
    locale: Locale,
) -> Option<String> {
    let mut specs = archived.specs.iter();
    let link = specs
        .find_map(|spec| link_on(folder, &spec.path))
        .or_else(|| link_on(folder, &change.path))
        .or_else(|| link_below(folder, &format!("{}/specs", change.path)))?;
    Some(match locale {
        Locale::English => format!(
            "`{link}` is a symbolic link: what archiving would write behind it is not known here."
        ),
        Locale::Japanese => {
            format!("`{link}` はシンボリックリンクです。リンク先への書き込みは判断できません。")
        }
    })
}

/// The main specs before and after, as a patch.
pub(crate) fn diff(archived: &Archived) -> String {
    let mut out = String::new();
    for spec in &archived.specs {
        let after = spec.after.as_deref().unwrap_or_default();
        let name = |side: &str, there: bool| {
            if there {
                format!("{side}/{}", spec.path)
            } else {
                "/dev/null".to_owned()
            }
        };
        out += &similar::TextDiff::from_lines(&*spec.before, after)
            .unified_diff()
            .header(
                &name("a", spec.file.is_some()),
                &name("b", spec.after.is_some()),
            )
            .to_string();
    }
    out
}

/// What is done, in a few lines.
fn told(analysis: &Analysis, archived: &Archived) -> String {
    let mut out = String::new();
    for spec in &archived.specs {
        let counts = spec.counts;
        let what = match (&spec.file, &spec.after) {
            (_, None) => "retired",
            (None, _) => "new",
            _ => "changed",
        };
        let _ = writeln!(
            out,
            "{}: {what}; {} added, {} modified, {} removed, {} renamed",
            spec.capability, counts.added, counts.modified, counts.removed, counts.renamed
        );
    }
    if archived.specs.is_empty() {
        out += "No main spec changes.\n";
    }
    for remark in &archived.remarks {
        out += &analysis.remark(remark, Locale::default());
        out.push('\n');
    }
    out
}
