//! Which settings are in force, and where they come from.

use std::fmt::Write as _;

use trace::RootId;
use workspace::FolderSettings;

use super::super::decisions::shown;
use super::super::human::plural;
use super::super::load::Loaded;
use super::list;

pub(super) fn report(out: &mut String, loaded: &Loaded) {
    for (root, folder) in (0..).map(RootId).zip(loaded.snapshot.settings.iter()) {
        folder_report(out, loaded, root, folder);
    }
    let tree = &loaded.analysis.graph.inputs().tree;
    let below: Vec<String> = tree
        .files()
        .filter(|(_, _, path)| path.ends_with(&format!("/{}", settings::FILE)))
        .map(|(file, ..)| loaded.shown(file))
        .collect();
    list(
        out,
        "settings below a folder's top, which are not read",
        &below,
    );
}

fn folder_report(out: &mut String, loaded: &Loaded, root: RootId, folder: &FolderSettings) {
    let settings = &folder.settings;
    // Writing to a string cannot fail.
    let _ = match &folder.file {
        Some(file) => writeln!(out, "settings from {}", shown(&loaded.snapshot, root, file)),
        None => writeln!(out, "no {}: everything as it comes", settings::FILE),
    };
    for file in folder.files() {
        for problem in &file.problems {
            let path = shown(&loaded.snapshot, root, file);
            let line = file.lines.line(problem.range.start()) + 1;
            let _ = writeln!(out, "  {path}:{line}: {}", problem.kind.en());
        }
    }
    let _ = writeln!(out, "  scope {}", settings.scope.as_str());
    if let Some(model) = settings.persistence {
        let _ = writeln!(out, "  persistence {}", model.as_str());
    }
    for path in &settings.spec_roots {
        let there = loaded
            .snapshot
            .roots
            .get(usize::from(root.0))
            .is_some_and(|root| root.join(path).is_dir());
        let missing = if there { "" } else { " (not there)" };
        let _ = writeln!(out, "  spec root {path}{missing}");
    }
    for (code, level) in &settings.severity {
        let own = rules::rule(code).map(|rule| rule.descriptor().shown());
        let Some(own) = own else { continue };
        let louder = if *level > own {
            ", louder than measured precision allows"
        } else {
            ""
        };
        let _ = writeln!(
            out,
            "  {code} is {} (by itself {}{louder})",
            level.as_str(),
            own.as_str()
        );
    }
    let off = loaded
        .analysis
        .checked
        .features()
        .filter(|(feature, _)| feature.root == root)
        .map(|(_, found)| found.off)
        .sum::<u32>();
    if off > 0 {
        let _ = writeln!(
            out,
            "  {off} {} of rules that are off (`explain` lists the rules)",
            plural(off as usize, "finding")
        );
    }
    let finished = loaded
        .analysis
        .checked
        .features()
        .filter(|(feature, _)| feature.root == root)
        .map(|(_, found)| found.finished)
        .sum::<u32>();
    if finished > 0 {
        let _ = writeln!(
            out,
            "  {finished} {} of drift in finished features, which flow-forward leaves as they are",
            plural(finished as usize, "finding")
        );
    }
    let notices = loaded.analysis.checked.notices();
    let idle = notices.iter().filter(|notice| notice.root == root).count();
    if !settings.suppressions.is_empty() {
        let count = settings.suppressions.len();
        let _ = writeln!(
            out,
            "  {count} {}, {idle} without effect",
            plural(count, "suppression")
        );
    }
    if let Some(file) = &folder.baseline_file {
        let gone = loaded.analysis.checked.gone_from_baseline(root).len();
        let _ = writeln!(
            out,
            "  baseline {}: {} {}, {gone} of them no longer there",
            shown(&loaded.snapshot, root, file),
            folder.baseline.len(),
            if folder.baseline.len() == 1 {
                "entry"
            } else {
                "entries"
            },
        );
    } else if let Some(path) = &settings.baseline {
        let _ = writeln!(out, "  baseline {path} (not there)");
    }
}
