//! Settings and baseline on the command line: what cannot be read in them, and what they no longer do.

use std::fmt::Write as _;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use rules::{Locale, Suppressed, SuppressedBy};
use settings::{Problem, Settings, Suppression};
use trace::{Feature, RootId};
use workspace::{DecisionFile, Snapshot};

use super::human::lines_around;
use super::load::Loaded;

/// Source excerpts of everything that cannot be read in settings and baselines; `None` where all can.
pub(crate) fn broken(snapshot: &Snapshot, renderer: &Renderer) -> Option<String> {
    let mut out = String::new();
    for (at, folder) in (0..).map(RootId).zip(snapshot.settings.iter()) {
        for file in folder.files() {
            for problem in &file.problems {
                out.push_str(&excerpt(snapshot, at, file, problem, renderer));
                out.push_str("\n\n");
            }
        }
    }
    (!out.is_empty()).then_some(out)
}

fn excerpt(
    snapshot: &Snapshot,
    root: RootId,
    file: &DecisionFile,
    problem: &Problem,
    renderer: &Renderer,
) -> String {
    let sentence = problem.kind.en();
    let title = Level::ERROR.primary_title(sentence.as_str());
    let path = shown(snapshot, root, file);
    let Some((text, line, span)) = lines_around(&file.text, problem.range) else {
        return format!("{path}: {sentence}");
    };
    let snippet = Snippet::source(text.as_str())
        .path(path)
        .line_start(line)
        .annotation(AnnotationKind::Primary.span(span));
    renderer.render(&[title.element(snippet)])
}

/// A file's path from its folder, with the folder's name where there are several.
pub(crate) fn shown(snapshot: &Snapshot, root: RootId, file: &DecisionFile) -> String {
    let at = usize::from(root.0);
    let below = snapshot
        .roots
        .get(at)
        .and_then(|root| file.path.strip_prefix(root).ok())
        .unwrap_or(&file.path);
    let names = snapshot.graph.inputs().tree.roots();
    match names.get(at) {
        Some(name) if names.len() > 1 => format!("{}/{}", name.name, below.display()),
        _ => below.display().to_string(),
    }
}

/// The settings of the folder a feature is in.
pub(crate) fn settings(snapshot: &Snapshot, root: RootId) -> Option<&Settings> {
    let folder = snapshot.settings.get(usize::from(root.0))?;
    Some(&folder.settings)
}

/// One line for each suppression that does nothing, and for each baseline with entries that no longer occur.
pub(crate) fn lines(loaded: &Loaded) -> String {
    let mut out = String::new();
    for notice in loaded.analysis.checked.notices() {
        let folder = loaded.snapshot.settings.get(usize::from(notice.root.0));
        let Some(file) = folder.and_then(|folder| folder.file.as_ref()) else {
            continue;
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}:{}: {}",
            shown(&loaded.snapshot, notice.root, file),
            file.lines.line(notice.range.start()) + 1,
            notice.message.text(Locale::English)
        );
    }
    for (root, folder) in (0..).map(RootId).zip(loaded.snapshot.settings.iter()) {
        let gone = loaded.analysis.checked.gone_from_baseline(root).len();
        if let Some(file) = folder.baseline_file.as_ref().filter(|_| gone > 0) {
            let _ = writeln!(
                out,
                "{}: {gone} {} no longer occur{} (`spec-analyzer baseline --prune`).",
                shown(&loaded.snapshot, root, file),
                if gone == 1 { "entry" } else { "entries" },
                if gone == 1 { "s" } else { "" },
            );
        }
    }
    out
}

/// How many findings are not shown and why, in one line; nothing where there are none.
pub(crate) fn counted(all: &[(&Arc<Feature>, &Suppressed)]) -> String {
    let in_baseline = in_baseline(all);
    let mut parts = Vec::new();
    match all.len() - in_baseline {
        0 => {}
        count => parts.push(format!("{count} suppressed")),
    }
    if in_baseline > 0 {
        parts.push(format!("{in_baseline} in the baseline"));
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("Not shown: {} (`--show-suppressed`).\n", parts.join(", "))
}

/// How many of them the baseline holds.
pub(crate) fn in_baseline(all: &[(&Arc<Feature>, &Suppressed)]) -> usize {
    let by = all.iter().map(|(_, each)| each.by);
    by.filter(|by| *by == SuppressedBy::Baseline).count()
}

/// The suppression a finding met; `None` for one in the baseline.
pub(crate) fn suppression<'a>(
    loaded: &'a Loaded,
    feature: &Feature,
    suppressed: &Suppressed,
) -> Option<&'a Suppression> {
    let SuppressedBy::Settings(at) = suppressed.by else {
        return None;
    };
    let settings = settings(&loaded.snapshot, feature.root)?;
    settings.suppressions.get(at as usize)
}

/// Why a finding is not shown, in one line.
pub(crate) fn why(loaded: &Loaded, feature: &Feature, suppressed: &Suppressed) -> String {
    match suppression(loaded, feature, suppressed) {
        None => "In the baseline.".to_owned(),
        Some(it) => {
            let until = it
                .until
                .map_or(String::new(), |day| format!(" until {day}"));
            format!("Suppressed{until}: {}", it.reason)
        }
    }
}
