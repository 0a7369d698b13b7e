//! A gate that fails without a word why.

use super::constitution_placeholder::check;
use super::{meant, shown, write};
use crate::document::{Document, Role};
use crate::judge::Expected;
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[Kind {
    name: "gate-failed",
    rule: Some("gate-violation-unjustified"),
    about: "`| \u{2705} PASS |` of a table row in the Constitution Check becomes `| \u{274c} FAIL |`. Only where the plan has \
            no section about complexity, violations or justifications with text in it, the row gives no reason, and no \
            later row of the same name follows.",
    spots,
    edit,
}];

const PASSES: &[&str] = &[
    "| \u{2705} PASS |",
    "| \u{2705} Pass |",
    "| PASS |",
    "| \u{2705} |",
];
const REASONS: &[&str] = &[
    "justif",
    "complexity",
    "because",
    "since ",
    "accepted",
    "exception",
    "waive",
    "deferred",
    "see ",
    "理由",
    "例外",
    "ため",
    "因为",
];

/// Whether the plan says nowhere that and why it breaks something.
fn is_silent(plan: &Document) -> bool {
    !plan.headings().iter().any(|heading| {
        let title = heading.title.to_lowercase();
        ["complexity", "violation", "justification", "deviation"]
            .iter()
            .any(|word| title.contains(word))
            && plan.section(heading).skip(1).any(|line| {
                let text = plan.line(line).trim();
                text.chars().any(char::is_alphanumeric)
                    && !text.starts_with('>')
                    && !text.starts_with("| Violation")
                    && !text.starts_with("*Fill")
                    && !text.starts_with("**Fill")
            })
    })
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, plan) in world.of(Role::Plan) {
        let Some(heading) = check(plan).filter(|_| is_silent(plan)) else {
            continue;
        };
        let fits = |line: &usize| {
            let text = plan.line(*line);
            let reason = REASONS
                .iter()
                .any(|word| text.to_lowercase().contains(word));
            plan.open(*line) && !reason && PASSES.iter().any(|pass| text.contains(pass))
        };
        let lines = plan.section(&heading).filter(fits);
        spots.extend(lines.map(|line| Spot { document, line }));
    }
    spots
}

fn edit(world: &World, spot: Spot, _: &mut Random) -> Option<Edit> {
    let plan = &world.documents[spot.document];
    let line = plan.line(spot.line);
    let name = line.split('|').nth(1)?.trim();
    let again = (spot.line + 1..plan.lines.len()).any(|later| plan.line(later).contains(name));
    if again {
        return None;
    }
    let pass = PASSES.iter().find(|pass| line.contains(**pass))?;
    let at = plan.lines[spot.line].start + line.find(pass)?;
    let text = plan.with(&[(at..at + pass.len(), "| \u{274c} FAIL |".to_owned())]);
    Some(Edit {
        change: write(plan, text),
        place: format!("{}:{}", plan.path, spot.line + 1),
        what: format!("`{pass}` -> `| \u{274c} FAIL |` in `{}`", shown(line)),
        expected: Expected {
            rule: Some("gate-violation-unjustified"),
            meant: vec![meant(&plan.path, spot.line + 1, None)],
            ..Expected::default()
        },
    })
}
