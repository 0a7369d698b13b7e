//! `rename`: an id everywhere it is named, or the ids of a feature in order. Writes whole files, all of them or none.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use documents::{Format, Item, ItemKind};
use ide::{Analysis, Renaming, Series, Unwritable};
use rules::Locale;
use text::{Edit, FileId};
use trace::{Feature, ItemRef};
use workspace::Rewrite;

use super::load::{Depth, Loaded, load, writable};
use super::{note, print};

/// Places listed that were left; the rest is counted.
const SHOWN: usize = 50;

/// Arguments of `rename`.
#[derive(Debug, Args)]
pub(crate) struct Rename {
    /// The item (`FR-003`, `003/US1`, `specs/003-login#FR-003`); with `--renumber`, the feature
    address: String,
    /// Its new id
    #[arg(required_unless_present = "renumber", conflicts_with = "renumber")]
    new_id: Option<String>,
    /// Number these ids of the feature in the order they stand in
    #[arg(long, value_name = "WHAT", value_enum, num_args = 0..=1, default_missing_value = "all")]
    renumber: Option<What>,
    /// Show what would change as a unified diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Which ids are renumbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Requirements, success criteria, stories and tasks
    All,
    /// `FR-001`, `NFR-001` ...
    Requirements,
    /// `SC-001`
    SuccessCriteria,
    /// `US1`
    Stories,
    /// `T001`
    Tasks,
}

impl What {
    fn holds(self, kind: ItemKind) -> bool {
        match self {
            Self::All => kind != ItemKind::ChecklistItem,
            Self::Requirements => kind == ItemKind::Requirement,
            Self::SuccessCriteria => kind == ItemKind::SuccessCriterion,
            Self::Stories => kind == ItemKind::Story,
            Self::Tasks => kind == ItemKind::Task,
        }
    }
}

impl Rename {
    pub(crate) fn run(&self, roots: &[PathBuf]) -> Result<ExitCode, String> {
        let loaded = load(roots, Depth::Links)?;
        loaded.require_documents()?;
        let texts = Texts::default();
        let renaming = match (self.renumber, &self.new_id) {
            (Some(what), _) => self.renumber(&loaded, what, &texts)?,
            (None, Some(new_id)) => self.rename(&loaded, new_id, &texts)?,
            (None, None) => return Err("the new id is missing.".to_owned()),
        };
        let rewrites = rewrites(&loaded, &renaming.edits, &texts)?;
        let mut out = String::new();
        if self.dry_run {
            for (file, before, rewrite) in &rewrites {
                out += &diff(&loaded.shown(*file), before, &rewrite.after);
            }
        } else {
            let files: Vec<Rewrite> = rewrites.into_iter().map(|(_, _, it)| it).collect();
            workspace::rewrite(&files)?;
        }
        let said = told(&loaded, &renaming);
        if self.dry_run {
            // The diff alone can be applied.
            print(&out)?;
            note(said.trim_end());
        } else {
            print(&said)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn rename(&self, loaded: &Loaded, new_id: &str, texts: &Texts) -> Result<Renaming, String> {
        let items = find(loaded, &self.address)?;
        let texts = |file| texts.read(loaded, file);
        loaded
            .analysis
            .rename(&items, new_id, &texts, Locale::default())
    }

    fn renumber(&self, loaded: &Loaded, what: What, texts: &Texts) -> Result<Renaming, String> {
        let unit = self.address.trim_end_matches('/');
        let features: Vec<_> = features(loaded, Some(unit)).collect();
        let [feature] = features.as_slice() else {
            return Err(match features.len() {
                0 => format!("there is no feature `{unit}`."),
                _ => format!("`{unit}` means several features; its path says which."),
            });
        };
        let texts = |file| texts.read(loaded, file);
        let due: Vec<Series> = feature
            .documents
            .iter()
            .flat_map(|document| loaded.analysis.series(document.file))
            .filter(|series| what.holds(series.kind) && !series.in_order)
            .collect();
        loaded.analysis.renumber(&due, &texts, Locale::default())
    }
}

/// Features by path, name or number; all of them for `None`.
pub(super) fn features<'a>(
    loaded: &'a Loaded,
    unit: Option<&'a str>,
) -> impl Iterator<Item = &'a Arc<Feature>> {
    let graph = &loaded.analysis.graph;
    let is_called = |feature: &Feature, unit: &str| {
        let number = unit.parse().ok();
        feature.path == unit || feature.name == unit || number.is_some() && feature.number == number
    };
    // As it is printed where there are several roots.
    let own = unit.and_then(|unit| {
        let (root, rest) = graph.inputs().tree.behind_root(unit)?;
        let is_own = |each: &Feature| each.root == root && is_called(each, rest);
        let known = graph.features().iter().any(|each| is_own(each));
        known.then_some((root, rest))
    });
    graph.features().iter().filter(move |feature| match own {
        Some((root, rest)) => feature.root == root && is_called(feature, rest),
        None => unit.is_none_or(|unit| is_called(feature, unit)),
    })
}

/// The items an address means, of one feature: `specs/003-login#FR-003~2` is the second of two.
fn find(loaded: &Loaded, address: &str) -> Result<Vec<ItemRef>, String> {
    let (unit, id) = match address.split_once('#') {
        Some((unit, id)) => (Some(unit), id),
        None => match address.rsplit_once('/') {
            Some((unit, id)) => (Some(unit), id),
            None => (None, address),
        },
    };
    let (id, nth) = match id.split_once('~') {
        Some((id, nth)) => {
            let number = nth.parse::<usize>().ok().filter(|nth| *nth > 0);
            let sentence = || {
                format!(
                    "{address}: behind ~ stands which of the items of that id, a number from 1 on"
                )
            };
            (id, Some(number.ok_or_else(sentence)?))
        }
        None => (id, None),
    };
    let mut found: Vec<(&Arc<Feature>, Vec<ItemRef>)> = Vec::new();
    for feature in features(loaded, unit) {
        let mut items = feature.defined(id).to_vec();
        if items.is_empty() {
            items = checklist_items(feature, id);
        }
        if let Some(nth) = nth {
            let only = items.get(nth.wrapping_sub(1)).copied();
            items = only.into_iter().collect();
        }
        if !items.is_empty() {
            found.push((feature, items));
        }
    }
    match found.as_slice() {
        [] => of_change(loaded, address),
        [(_, items)] => Ok(items.clone()),
        many => {
            let addresses: Vec<String> = many
                .iter()
                .take(5)
                .map(|(feature, _)| {
                    let address = format!("{}#{id}", feature.path);
                    let tree = &loaded.analysis.graph.inputs().tree;
                    tree.qualified(feature.root, &address).unwrap_or(address)
                })
                .collect();
            Err(format!(
                "{} features define {id}: {}{}",
                many.len(),
                addresses.join(", "),
                if many.len() > 5 { " ..." } else { "." }
            ))
        }
    }
}

/// A requirement that an `OpenSpec` change modifies, which its main spec defines.
fn of_change(loaded: &Loaded, address: &str) -> Result<Vec<ItemRef>, String> {
    let graph = &loaded.analysis.graph;
    let is_requirement = |item: &ItemRef| {
        let requirement = |(_, it): (_, &Item)| it.kind == ItemKind::Requirement;
        let unit = graph.feature(item.feature);
        graph.item(*item).is_some_and(requirement)
            && unit.is_some_and(|unit| unit.format() == Format::OpenSpec)
    };
    let mut items = graph.look_up(address, None);
    items.retain(is_requirement);
    match items.as_slice() {
        [] => Err(format!(
            "`{address}` is no item of a spec. Items are named like FR-003, 003/FR-003 or specs/003-login#FR-003."
        )),
        [_] => Ok(items),
        many => {
            let addresses: Vec<String> = many
                .iter()
                .take(5)
                .filter_map(|item| {
                    let key = graph.feature(item.feature)?.key(*item)?;
                    Some(key.to_string())
                })
                .collect();
            Err(format!(
                "`{address}` means {} requirements: {}.",
                many.len(),
                addresses.join(", ")
            ))
        }
    }
}

/// Items of checklists, which the feature as a whole does not define.
fn checklist_items(feature: &Feature, id: &str) -> Vec<ItemRef> {
    let documents = feature.documents.iter();
    documents
        .flat_map(|document| {
            let items = document.facts().items_of(ItemKind::ChecklistItem);
            let own = items.filter(|(_, item)| item.id == id);
            own.map(|(item, _)| ItemRef {
                feature: feature.id,
                file: document.file,
                item,
            })
        })
        .collect()
}

/// The texts that edits were made for, each read once, with the hash of its bytes.
#[derive(Default)]
pub(crate) struct Texts(RefCell<HashMap<FileId, (Arc<str>, u128)>>);

impl Texts {
    pub(crate) fn read(&self, loaded: &Loaded, file: FileId) -> Result<Arc<str>, Unwritable> {
        if let Some((text, _)) = self.0.borrow().get(&file) {
            return Ok(Arc::clone(text));
        }
        let (text, hash) = writable(loaded.snapshot.now(file))?;
        let known = (Arc::clone(&text), hash);
        self.0.borrow_mut().insert(file, known);
        Ok(text)
    }
}

/// Every file that changes: its text before, and what is written.
pub(crate) fn rewrites(
    loaded: &Loaded,
    edits: &[(FileId, Edit)],
    texts: &Texts,
) -> Result<Vec<(FileId, Arc<str>, Rewrite)>, String> {
    let mut rewrites = Vec::new();
    for own in edits.chunk_by(|(a, _), (b, _)| a == b) {
        let file = own[0].0;
        let unread = || format!("{} was not read.", loaded.shown(file));
        let (text, before) = texts.0.borrow().get(&file).cloned().ok_or_else(unread)?;
        let own: Vec<Edit> = own.iter().map(|(_, edit)| edit.clone()).collect();
        let after = text::apply(&text, &own).map_err(|error| format!("{error}."))?;
        let path = loaded.snapshot.path(file).ok_or_else(unread)?;
        rewrites.push((
            file,
            text,
            Rewrite {
                path,
                before: Some(before),
                after,
            },
        ));
    }
    Ok(rewrites)
}

/// One file before and after, as a patch.
pub(crate) fn diff(path: &str, before: &str, after: &str) -> String {
    similar::TextDiff::from_lines(before, after)
        .unified_diff()
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}

/// What was done, and every place that was left.
fn told(loaded: &Loaded, renaming: &Renaming) -> String {
    let locale = Locale::default();
    let mut out = format!(
        "{}: {}.\n",
        Analysis::headline(renaming, locale),
        Analysis::reach(renaming, locale)
    );
    if renaming.ids.len() > 1 {
        let pairs: Vec<String> = renaming
            .ids
            .iter()
            .map(|(old, new)| format!("{old} -> {new}"))
            .collect();
        let _ = writeln!(out, "  {}", pairs.join(", "));
    }
    let inputs = loaded.analysis.graph.inputs();
    for left in renaming.left.iter().take(SHOWN) {
        let line = match inputs.documents.get(&left.file) {
            Some(document) => Some(document.lines.line(left.range.start())),
            None => inputs
                .sources
                .get(&left.file)
                .map(|source| source.lines.line(left.range.start())),
        };
        let line = line.map_or_else(String::new, |line| format!(":{}", line + 1));
        let why = Analysis::why_left(left.why, locale);
        let _ = writeln!(out, "  left {}{line}: {why}", loaded.shown(left.file));
    }
    if renaming.left.len() > SHOWN {
        let _ = writeln!(out, "  ... and {} more", renaming.left.len() - SHOWN);
    }
    out
}
