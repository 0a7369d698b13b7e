//! `accept`: says that requirements and their code were read and are true. Shows what, asks, and writes `spec.lock` and
//! nothing else.

use std::fmt::Write as _;
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use trace::{AcceptPlan, Accepting, ItemPlan, ItemRef, Planned};
use workspace::{ReadOutcome, Rewrite};

use super::load::{Depth, Loaded, load};
use super::markup::one_line;
use super::rename::diff;
use super::trace::asked::{self, Asked};
use super::{note, print};

/// Arguments of `accept`.
#[derive(Debug, Args)]
#[command(after_help = "\
What is accepted stands in spec.lock beside the specs: one line for each requirement and each symbol, test or file that
documents and sources link to it. Lines are a set: `*/spec.lock merge=union` in .gitattributes merges them. When the text
or the code of a pair changes later, it is a finding until it is read again. See docs/acceptance.md.")]
pub(crate) struct Accept {
    /// Items (`specs/003-auth#FR-008`, `FR-008`), features (`003-auth`), documents or directories
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    what: Vec<String>,
    /// Everything that can be accepted, and forget what is gone
    #[arg(long)]
    all: bool,
    /// The feature to look in, where several define an item: name, number or directory
    #[arg(long, value_name = "FEATURE")]
    feature: Option<String>,
    /// Why: what was read, by whom it was agreed
    #[arg(long)]
    reason: Option<String>,
    /// Do not ask; needs a reason
    #[arg(long, requires = "reason")]
    yes: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Accept {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load(roots, Depth::Links)?;
        loaded.require_documents()?;
        let items = self.items(&loaded)?;
        let reason = self.reason.as_deref().unwrap_or_default().trim();
        if self.yes && reason.is_empty() {
            return Err("the reason is empty.".to_owned());
        }
        let plans = self.plans(&loaded, &items, reason)?;
        let news = plans.iter().any(|plan| !plan.edits.is_empty());
        if self.dry_run {
            for plan in &plans {
                let after = after(plan)?;
                if !plan.edits.is_empty() {
                    print(&diff(&plan.path, &plan.before, &after))?;
                }
            }
            note(list(&loaded, &plans).trim_end());
            return Ok(ExitCode::SUCCESS);
        }
        print(&list(&loaded, &plans))?;
        if !news {
            return Ok(ExitCode::SUCCESS);
        }
        if self.yes {
            write(&loaded, &plans)?;
            return Ok(ExitCode::SUCCESS);
        }
        if !std::io::stdin().is_terminal() {
            return Err(
                "nothing was written: without a terminal to ask on, `--yes --reason \"...\"` says that all this was read."
                    .to_owned(),
            );
        }
        let Some(reason) = asked_reason(reason)? else {
            note("Nothing was written.");
            return Ok(ExitCode::from(1));
        };
        write(&loaded, &self.plans(&loaded, &items, &reason)?)?;
        Ok(ExitCode::SUCCESS)
    }

    fn plans(
        &self,
        loaded: &Loaded,
        items: &[ItemRef],
        reason: &str,
    ) -> Result<Vec<AcceptPlan>, String> {
        let plans = loaded.analysis.graph.accept(Accepting {
            items,
            reason,
            prune: self.all,
        });
        match plans.iter().find(|plan| plan.conflicted) {
            Some(plan) => Err(format!(
                "{} has conflict markers; nothing was written.",
                shown(loaded, plan)
            )),
            None => Ok(plans),
        }
    }

    /// The items that are asked for and can be accepted.
    fn items(&self, loaded: &Loaded) -> Result<Vec<ItemRef>, String> {
        let graph = &loaded.analysis.graph;
        let features = graph.features().iter();
        let all: Vec<ItemRef> = features
            .flat_map(|feature| graph.acceptable_items(feature))
            .collect();
        if self.all {
            return Ok(all);
        }
        let mut items: Vec<ItemRef> = Vec::new();
        for what in &self.what {
            let found = match asked::read(loaded, what, self.feature.as_deref()) {
                Asked::Items(found)
                | Asked::Directory {
                    documents: found, ..
                } => found,
                Asked::Ambiguous(found) => {
                    let addresses: Vec<String> = found
                        .iter()
                        .take(5)
                        .filter_map(|item| {
                            Some(graph.feature(item.feature)?.key(*item)?.to_string())
                        })
                        .collect();
                    return Err(format!(
                        "`{what}` may be {} items: {}. `--feature` says which.",
                        found.len(),
                        addresses.join(", ")
                    ));
                }
                Asked::Source(file, place) => {
                    let served = graph.serves(file, place).items.into_iter();
                    let sure = served.filter(|each| each.basis != trace::Basis::Inferred);
                    sure.map(|each| each.item).collect()
                }
                Asked::Nothing => Vec::new(),
            };
            let found: Vec<ItemRef> = found
                .into_iter()
                .filter(|item| all.contains(item))
                .collect();
            if found.is_empty() {
                return Err(format!(
                    "`{what}` has nothing that can be accepted: requirements, stories, criteria and success criteria can."
                ));
            }
            items.extend(found);
        }
        items.sort_unstable();
        items.dedup();
        Ok(items)
    }
}

/// The reason, where somebody says that all of it was read.
fn asked_reason(given: &str) -> Result<Option<String>, String> {
    let answer = |question: &str| -> Result<String, String> {
        let mut out = std::io::stderr().lock();
        let asked = write!(out, "{question}").and_then(|()| out.flush());
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        match (asked, read) {
            (Ok(()), Ok(_)) => Ok(line.trim().to_owned()),
            _ => Err("the terminal cannot be asked.".to_owned()),
        }
    };
    let said = answer("Was all of this read, and is it true? [y/N] ")?;
    if !matches!(said.to_lowercase().as_str(), "y" | "yes") {
        return Ok(None);
    }
    if !given.is_empty() {
        return Ok(Some(given.to_owned()));
    }
    Ok(Some(answer("Why (may be empty): ")?))
}

/// Writes the locks, all of them or none.
fn write(loaded: &Loaded, plans: &[AcceptPlan]) -> Result<(), String> {
    let mut rewrites = Vec::new();
    for plan in plans.iter().filter(|plan| !plan.edits.is_empty()) {
        let root = loaded.snapshot.roots.get(usize::from(plan.root.0));
        let root = root.ok_or("its folder is gone.")?;
        let before = match plan.file.map(|file| loaded.snapshot.now(file)) {
            None => None,
            Some(ReadOutcome::Text(read)) if read.text == *plan.before && read.invalid == 0 => {
                Some(read.hash)
            }
            Some(_) => return Err(format!("{} changed meanwhile.", shown(loaded, plan))),
        };
        rewrites.push(Rewrite {
            path: root.join(plan.path.as_str()),
            before,
            after: after(plan)?,
        });
    }
    workspace::rewrite(&rewrites)?;
    for plan in plans.iter().filter(|plan| !plan.edits.is_empty()) {
        print(&format!("{} is written.\n", shown(loaded, plan)))?;
    }
    Ok(())
}

fn after(plan: &AcceptPlan) -> Result<String, String> {
    text::apply(&plan.before, &plan.edits).map_err(|error| format!("{error}."))
}

fn shown(loaded: &Loaded, plan: &AcceptPlan) -> String {
    let tree = &loaded.analysis.graph.inputs().tree;
    let path = tree.qualified(plan.root, &plan.path);
    one_line(&path.unwrap_or_else(|| plan.path.to_string()))
}

/// What is accepted and what changed, item by item; what is as it was is only counted.
fn list(loaded: &Loaded, plans: &[AcceptPlan]) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail, here and below.
    let mut kept = 0;
    let mut bare = 0;
    let mut links = 0;
    let mut items = 0;
    let mut pruned = 0;
    for plan in plans {
        pruned += plan.pruned;
        for item in &plan.items {
            let unknown = |what: &Planned| matches!(what, Planned::Unknown(_));
            if !item.is_news() && !item.links.iter().any(|link| unknown(&link.what)) {
                if item.links.is_empty() {
                    bare += 1;
                } else {
                    kept += 1;
                }
                continue;
            }
            if item.is_news() {
                items += 1;
            }
            links += one(loaded, item, &mut out);
        }
    }
    let plural =
        |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let mut counts = vec![format!(
        "{}, {}",
        plural(items, "item"),
        plural(links, "link")
    )];
    if kept > 0 {
        counts.push(format!("{kept} already accepted as they are"));
    }
    if bare > 0 {
        counts.push(format!("{bare} without code"));
    }
    if pruned > 0 {
        counts.push(format!(
            "{} of what is gone forgotten",
            plural(pruned, "line")
        ));
    }
    let _ = writeln!(out, "{}.", counts.join("; "));
    out
}

/// Gives how many links are written or taken out.
fn one(loaded: &Loaded, item: &ItemPlan, out: &mut String) -> usize {
    let graph = &loaded.analysis.graph;
    let title = graph.item(item.item).and_then(|(feature, it)| {
        let document = feature.document(item.item.file)?;
        Some(document.slice(it.title_range).to_owned())
    });
    let title = one_line(&title.unwrap_or_default());
    let title: String = title.chars().take(80).collect();
    let _ = writeln!(out, "{}  {title}", one_line(&item.address));
    let mut links = 0;
    for link in &item.links {
        let (sign, what) = match &link.what {
            Planned::New => ('+', "new".to_owned()),
            Planned::Text => ('~', "the requirement reads differently".to_owned()),
            Planned::Signature => ('~', "its signature changed".to_owned()),
            Planned::Body => ('~', "its body changed".to_owned()),
            Planned::Moved(from) => ('~', format!("was {from}")),
            Planned::Restamped => ('~', "as it was, in a line of this version".to_owned()),
            Planned::Gone => ('-', "gone".to_owned()),
            Planned::Kept => (' ', "as accepted".to_owned()),
            Planned::Unknown(why) => ('?', format!("not accepted: {why}")),
        };
        if !matches!(link.what, Planned::Kept | Planned::Unknown(_)) {
            links += 1;
        }
        let target = one_line(&link.target.to_string());
        let _ = writeln!(out, "  {sign} {target}  ({})", one_line(&what));
    }
    links
}
