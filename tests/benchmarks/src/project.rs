//! A Spec Kit project of any size, the same for the same size: a spec with stories, requirements and criteria, a plan,
//! tasks that cite them, and the sources that the tasks name.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// The citation that is edited; the requirement is there, the one with a 9 in it is not.
pub(crate) const CITED: &str = "FR-003";
/// Requirements stay below, so that `FR-903` is never defined.
const MOST_REQUIREMENTS: usize = 800;

/// A generated project.
pub(crate) struct Project {
    pub(crate) spec: String,
    pub(crate) plan: String,
    pub(crate) tasks: String,
    pub(crate) sources: usize,
}

impl Project {
    /// A project whose spec has about `lines` lines.
    pub(crate) fn of(lines: usize) -> Self {
        let stories = lines / 40;
        let requirements = (lines / 5).min(MOST_REQUIREMENTS);
        let sources = requirements / 4 + 1;
        Self {
            spec: spec(stories, requirements, lines),
            plan: plan(sources),
            tasks: tasks(stories, requirements, sources),
            sources,
        }
    }

    /// Writes it below `root`; gives the path of the spec.
    pub(crate) fn write(&self, root: &Path) -> Outcome<PathBuf> {
        let feature = root.join("specs/001-parcel-desk");
        let write = |path: PathBuf, text: &str| -> Outcome<()> {
            let parent = path.parent().unwrap_or(root);
            std::fs::create_dir_all(parent)
                .and_then(|()| std::fs::write(&path, text))
                .map_err(|error| format!("{}: {error}", path.display()))
        };
        write(
            root.join(".specify/memory/constitution.md"),
            "# Parcel Desk Constitution\n\n## Core Principles\n\n### I. Paper first\n\nEvery parcel has a slip.\n",
        )?;
        write(feature.join("plan.md"), &self.plan)?;
        write(feature.join("tasks.md"), &self.tasks)?;
        for number in 0..self.sources {
            let text = format!("def shelve_{number}(parcel):\n    return parcel\n");
            write(root.join(source(number)), &text)?;
        }
        let spec = feature.join("spec.md");
        write(spec.clone(), &self.spec)?;
        Ok(spec)
    }
}

fn source(number: usize) -> String {
    format!("src/desk_{}/shelf_{number}.py", number / 20)
}

/// A line of the text; writing to a string cannot fail.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{text}");
}

fn spec(stories: usize, requirements: usize, lines: usize) -> String {
    let mut out = String::from(
        "# Feature Specification: Parcel Desk\n\n\
         **Feature Branch**: `001-parcel-desk`\n\
         **Created**: 2026-01-31\n\
         **Status**: Draft\n\
         **Input**: User description: \"A desk that takes parcels in and hands them out\"\n\n\
         ## User Scenarios & Testing *(mandatory)*\n\n",
    );
    for story in 1..=stories {
        let priority = 1 + story % 3;
        let (from, to) = (story % requirements + 1, (story * 7) % requirements + 1);
        line(
            &mut out,
            format_args!(
                "### User Story {story} - Hand out parcel kind {story} (Priority: P{priority})\n\n\
             A resident asks at the desk for a parcel of kind {story} and gets it within *two minutes*,\n\
             as **FR-{from:03}** and FR-{to:03} promise; the slip is kept in `desk/slip_{story}`.\n\n\
             **Why this priority**: Without it nobody of kind {story} is served.\n\n\
             **Independent Test**: Register one parcel of kind {story}, ask for it, compare the slip.\n\n\
             **Acceptance Scenarios**:\n\n\
             1. **Given** a parcel of kind {story}, **When** its owner asks for it, **Then** it is handed out.\n\
             2. **Given** no such parcel, **When** somebody asks for it, **Then** the desk says so politely.\n\
             3. **Given** a parcel of kind {story} for another resident, **When** it is asked for, **Then** it stays.\n"
            ),
        );
    }
    line(
        &mut out,
        format_args!("### Edge Cases\n\n- What happens when the slip is lost? See {CITED}.\n"),
    );
    line(
        &mut out,
        format_args!("## Requirements *(mandatory)*\n\n### Functional Requirements\n"),
    );
    for number in 1..=requirements {
        let other = (number * 13) % requirements + 1;
        line(
            &mut out,
            format_args!(
                "- **FR-{number:03}**: The desk MUST keep shelf {number} in the order of FR-{other:03}."
            ),
        );
    }
    line(
        &mut out,
        format_args!(
            "\n### Key Entities\n\n- **Parcel**: What is taken in and handed out\n- **Slip**: Says whose it is\n"
        ),
    );
    line(
        &mut out,
        format_args!("## Success Criteria *(mandatory)*\n\n### Measurable Outcomes\n"),
    );
    for number in 1..=20 {
        line(
            &mut out,
            format_args!(
                "- **SC-{number:03}**: {} of 100 parcels are handed out within two minutes.",
                70 + number
            ),
        );
    }
    line(&mut out, format_args!("\n## Assumptions\n"));
    // Whatever is missing is prose, as in real specs.
    let mut number = 0;
    let mut now = out.matches('\n').count();
    while now < lines {
        number += 1;
        line(
            &mut out,
            format_args!("- Shelf {number} is dry, and its key hangs behind the desk."),
        );
        now += 1;
    }
    out
}

fn plan(sources: usize) -> String {
    let mut out = String::from(
        "# Implementation Plan: Parcel Desk\n\n**Branch**: `001-parcel-desk` | **Date**: 2026-01-31 | **Spec**: [spec.md](spec.md)\n\n\
         ## Summary\n\nOne module per shelf.\n\n## Technical Context\n\n**Language/Version**: Python 3.12\n\n\
         ## Project Structure\n\n",
    );
    for number in 0..sources {
        line(&mut out, format_args!("- `{}`", source(number)));
    }
    out
}

fn tasks(stories: usize, requirements: usize, sources: usize) -> String {
    let mut out = String::from(
        "# Tasks: Parcel Desk\n\n## Phase 1: Setup\n\n- [x] T001 Create the desk in `src/desk_0/shelf_0.py`\n\n",
    );
    let per_story = requirements.div_ceil(stories.max(1));
    let mut task = 1;
    for story in 1..=stories {
        let phase = story + 1;
        let priority = 1 + story % 3;
        line(
            &mut out,
            format_args!(
                "## Phase {phase}: User Story {story} - Hand out parcel kind {story} (Priority: P{priority})\n"
            ),
        );
        let first = (story - 1) * per_story;
        for number in (first + 1..=requirements).take(per_story) {
            task += 1;
            let path = source(number % sources);
            let tick = if number % 2 == 0 { 'x' } else { ' ' };
            line(
                &mut out,
                format_args!(
                    "- [{tick}] T{task:03} [US{story}] Keep shelf {number} in `{path}` per FR-{number:03}"
                ),
            );
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{CITED, Project};

    #[test]
    fn a_spec_has_the_lines_that_were_asked_for() {
        for lines in [200, 2_000, 5_000] {
            let project = Project::of(lines);
            let has = project.spec.matches('\n').count();
            assert!(has.abs_diff(lines) * 20 <= lines, "{has} of {lines}");
            assert!(project.spec.contains(&format!("See {CITED}.")));
            assert!(project.spec.contains(&format!("- **{CITED}**:")));
            assert!(!project.spec.contains("FR-903"));
        }
    }
}
