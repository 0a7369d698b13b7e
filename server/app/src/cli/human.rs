//! Findings for people: source excerpts, then one line that counts.

use std::fmt::Write as _;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use rules::{FeatureFindings, Finding, Locale, Severity};
use text::{FileId, LineIndex, TextRange};
use trace::Feature;

use super::load::Loaded;
use super::scope::suppressed;
use super::since::Since;
use super::{decisions, unanswered, unread};

/// The whole report of `check`.
pub(crate) fn report(
    loaded: &Loaded,
    chosen: &[(&Arc<Feature>, &Arc<FeatureFindings>)],
    findings: &[(&Arc<Feature>, &Finding)],
    since: Option<&(Since, usize)>,
    show_suppressed: bool,
    show_unknown: bool,
) -> String {
    let renderer = renderer(&std::io::stdout());
    let mut out = String::new();
    for (_, finding) in findings {
        out.push_str(&excerpt(loaded, finding, &renderer));
        out.push_str("\n\n");
    }
    let suppressed = suppressed(chosen);
    if show_suppressed {
        for (feature, each) in &suppressed {
            out.push_str(&excerpt(loaded, &each.finding, &renderer));
            let why = decisions::why(loaded, feature, each);
            // Writing to a string cannot fail.
            let _ = write!(out, "\n{why}\n\n");
        }
    }
    out.push_str(&summary(loaded, chosen, findings, since));
    if !show_suppressed {
        out.push_str(&decisions::counted(&suppressed));
    }
    out.push_str(&decisions::lines(loaded));
    if show_unknown {
        out.push_str(&unanswered::listed(loaded, chosen));
    }
    out
}

/// Whether `out` shows colours.
pub(crate) fn styled(out: &impl std::io::IsTerminal) -> bool {
    out.is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// With colours where `out` shows them.
pub(crate) fn renderer(out: &impl std::io::IsTerminal) -> Renderer {
    if styled(out) {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
}

/// Texts and line starts of the places a finding speaks of.
struct Place {
    path: String,
    /// The lines around the range, and the number of the first.
    text: String,
    line: usize,
    span: std::ops::Range<usize>,
}

fn place(loaded: &Loaded, file: FileId, range: TextRange) -> Option<Place> {
    let (text, line, span) = lines_around(&loaded.snapshot.text(file)?, range)?;
    Some(Place {
        path: loaded.shown(file),
        text,
        line,
        span,
    })
}

/// The lines a range stands on (six at most), the number of the first, and the bytes of the range in them.
pub(crate) fn lines_around(
    text: &str,
    range: TextRange,
) -> Option<(String, usize, std::ops::Range<usize>)> {
    let lines = LineIndex::new(text);
    let first = lines.line(range.start());
    let from = lines.line_range(first)?.start();
    let mut last = lines.line(range.end());
    // A range that ends at a line's start does not speak of that line.
    if last > first
        && lines
            .line_range(last)
            .is_some_and(|line| line.start() == range.end())
    {
        last -= 1;
    }
    let to = lines.line_range(last.min(first + 5))?.end();
    let skip = if usize::from(from) == 0 {
        text::bom_len(text)
    } else {
        0
    };
    let from = usize::from(from) + skip;
    let start = usize::from(range.start()).max(from) - from;
    let end = usize::from(range.end()).min(usize::from(to)).max(from) - from;
    Some((
        text.get(from..usize::from(to))?.to_owned(),
        first as usize + 1,
        start..end.max(start),
    ))
}

fn excerpt(loaded: &Loaded, finding: &Finding, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
        // `help:` below a finding is its fix.
        Severity::Hint => Level::HELP.with_name("hint"),
    };
    let message = finding.message.text(Locale::English);
    let main = place(loaded, finding.file, finding.range);
    let related: Vec<(Option<Place>, String)> = finding
        .related
        .iter()
        .take(4)
        .map(|other| {
            (
                place(loaded, other.file, other.range),
                other.message.text(Locale::English),
            )
        })
        .collect();
    let title = level.primary_title(message.as_str()).id(finding.code);
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut body: Vec<Snippet<'_, annotate_snippets::Annotation<'_>>> = Vec::new();
    let snippet = |place: &'_ Place| (place.path.clone(), place.line, place.span.clone());
    // A place on the finding's own lines is marked there and not shown again.
    let beside = |other: &Place| {
        main.as_ref().is_some_and(|main| {
            main.path == other.path && main.line == other.line && main.text == other.text
        })
    };
    if let Some(main) = &main {
        let (path, line, span) = snippet(main);
        let mut shown = Snippet::source(main.text.as_str())
            .path(path)
            .line_start(line)
            .annotation(AnnotationKind::Primary.span(span));
        for (other, message) in &related {
            if let Some(other) = other.as_ref().filter(|other| beside(other)) {
                let mark = AnnotationKind::Context.span(other.span.clone());
                shown = shown.annotation(mark.label(message.as_str()));
            }
        }
        body.push(shown);
    }
    for (other, message) in &related {
        if let Some(other) = other.as_ref().filter(|other| !beside(other)) {
            let (path, line, span) = snippet(other);
            body.push(
                Snippet::source(other.text.as_str())
                    .path(path)
                    .line_start(line)
                    .annotation(AnnotationKind::Context.span(span).label(message.as_str())),
            );
        }
    }
    let mut main_group = Group::with_title(title);
    for each in body {
        main_group = main_group.element(each);
    }
    groups.push(main_group);
    let more = finding.related.len().saturating_sub(related.len());
    let more = format!("and {more} more {}", plural(more, "place"));
    if finding.related.len() > related.len() {
        groups.push(Group::with_title(
            Level::NOTE.secondary_title(more.as_str()),
        ));
    }
    let fix = finding
        .fixes
        .first()
        .map(|fix| fix.title.text(Locale::English));
    if let Some(fix) = &fix {
        groups.push(Group::with_title(Level::HELP.secondary_title(fix.as_str())));
    }
    renderer.render(&groups)
}

fn summary(
    loaded: &Loaded,
    chosen: &[(&Arc<Feature>, &Arc<FeatureFindings>)],
    findings: &[(&Arc<Feature>, &Finding)],
    since: Option<&(Since, usize)>,
) -> String {
    let count = |severity| {
        findings
            .iter()
            .filter(|(_, finding)| finding.severity == severity)
            .count()
    };
    let mut parts = Vec::new();
    for (severity, word) in [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Information, "information"),
        (Severity::Hint, "hint"),
    ] {
        match count(severity) {
            0 => {}
            1 => parts.push(format!("1 {word}")),
            n if severity == Severity::Information => parts.push(format!("{n} {word}")),
            n => parts.push(format!("{n} {word}s")),
        }
    }
    let found = if parts.is_empty() {
        "no findings".to_owned()
    } else {
        parts.join(", ")
    };
    let others = loaded.analysis.graph.features().len() - chosen.len();
    let scope = match others {
        0 => String::new(),
        n => format!("; {n} finished or other not checked (`--all`)"),
    };
    let found = match since {
        Some(_) => found.replacen("no findings", "no new findings", 1),
        None => found,
    };
    let compared = since.map_or(String::new(), |(since, older)| {
        format!(", new since {}; {older} older not shown", since.shown())
    });
    let mut out = format!(
        "{found} in {} {}{compared}{scope}.\n",
        chosen.len(),
        plural(chosen.len(), "feature")
    );
    out.push_str(&unread::line_of(loaded, chosen));
    out.push_str(&unanswered::counted(chosen));
    out
}

/// `1 feature`, `2 features`.
pub(crate) fn plural(count: usize, word: &str) -> String {
    if count == 1 {
        word.to_owned()
    } else {
        format!("{word}s")
    }
}
