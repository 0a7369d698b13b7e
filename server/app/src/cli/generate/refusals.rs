//! Why `generate` writes nothing: what is missing, and what to do about it.

use documents::Format;
use ide::{Source, Unlisted, Unplanned};

/// Why no task is written for a feature. `path`: its directory.
pub(super) fn unlisted(why: Unlisted, path: &str) -> String {
    match why {
        Unlisted::Archived => {
            format!("`{path}` is archived: its work is done. Move it back to write a list.")
        }
        Unlisted::Capability => format!(
            "`{path}` is a main spec, which nobody works off. Name the change that edits it."
        ),
        Unlisted::Missing(source) => format!("`{path}` has {}", missing(source, path)),
        Unlisted::Bare(source) => format!("`{path}` has {}", bare(source)),
        Unlisted::Complete => format!(
            "`{path}` has a tasks.md that certainly leaves nothing out: no story, requirement, criterion, entity or operation."
        ),
        Unlisted::Shapeless => format!(
            "`{path}` has a tasks.md without groups that count up (`## Phase 3: User Story 1` of Spec Kit, `- [ ] 3.` of Kiro, `## 3.` of OpenSpec) or without ids: where new tasks belong is not known."
        ),
        Unlisted::Unread => format!("`{path}` has a tasks.md that cannot be read."),
        Unlisted::Unproven => format!(
            "what was put together for `{path}` does not read back as meant, so nothing is written. Please report it, with its documents."
        ),
    }
}

/// Why nothing is written where code and documents have parted.
pub(super) fn converged(path: &str) -> String {
    format!(
        "no finding says of `{path}` that code and documents have parted and is not told in its tasks.md yet, or it has no list with phases of user stories (`## Phase 3: User Story 1`)."
    )
}

fn missing(source: Source, path: &str) -> String {
    match source {
        Source::Spec => "no spec.md: write one with user stories.".to_owned(),
        Source::Plan => {
            format!("no plan.md: `spec-analyzer generate plan {path}` writes one.")
        }
        Source::Requirements => {
            "no requirements.md and no bugfix.md: write one with acceptance criteria.".to_owned()
        }
        Source::Design => {
            format!("no design.md: `spec-analyzer generate plan {path}` writes one.")
        }
        Source::Proposal => "no proposal.md: write what is to change and why.".to_owned(),
        Source::Delta => {
            "no delta, and OpenSpec refuses a change without one: write what changes of each capability into \
             specs/<capability>/spec.md below it."
                .to_owned()
        }
    }
}

fn bare(source: Source) -> &'static str {
    match source {
        Source::Spec => {
            "a spec.md without a user story (`### User Story 1 - Open a door (Priority: P1)`): add those it is about."
        }
        Source::Requirements => {
            "requirements without acceptance criteria (a numbered list below `#### Acceptance Criteria`): add them."
        }
        Source::Delta => {
            "deltas without a requirement (`### Requirement: Name`): add those that change."
        }
        Source::Plan | Source::Design | Source::Proposal => "a document that says nothing.",
    }
}

/// Why no plan is written for a feature.
pub(super) fn unplanned(why: Unplanned, path: &str) -> String {
    match why {
        Unplanned::Capability => {
            format!("`{path}` is a main spec, which nobody plans. Name the change that edits it.")
        }
        Unplanned::NoSource(format) => {
            let document = match format {
                Format::SpecKit => "spec.md",
                Format::Kiro => "requirements.md and no bugfix.md",
                Format::OpenSpec => "proposal.md",
            };
            format!("`{path}` has no {document}: nothing says what is wanted.")
        }
        Unplanned::Unread => format!("`{path}` has a plan that cannot be read."),
        Unplanned::Complete => {
            format!("`{path}` has a plan that nothing is missing of that facts tell.")
        }
        Unplanned::Template => format!(
            "the plan template of `{path}` has places that nothing is known for, so nothing is written. Please report it, with the template."
        ),
    }
}
