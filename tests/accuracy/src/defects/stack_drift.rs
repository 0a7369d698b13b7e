//! A technology that the plan of finished work names, and that leaves the manifests.

use regex::Regex;

use super::{expression, meant, shown};
use crate::checkout::{Change, Step};
use crate::document::{Document, Role};
use crate::judge::{Expected, OtherEnd};
use crate::random::Random;
use crate::seed::{Edit, Kind, Spot};
use crate::world::World;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "package-gone",
        rule: Some("stack-drift"),
        about: "A package that the dependencies or testing line of a plan names, all of whose tasks are ticked, is called \
                otherwise in every manifest. Only packages that no other package stands for, and that no later plan \
                names.",
        spots,
        edit: gone,
    },
    Kind {
        name: "major-changed",
        rule: Some("stack-drift"),
        about: "The version that such a plan gives a package becomes one below that of the only manifest that lists it.",
        spots,
        edit: older,
    },
];

/// What plans write, and the only package that means.
const PACKAGES: &[(&str, &str)] = &[
    ("FastAPI", "fastapi"),
    ("Flask", "flask"),
    ("Django", "django"),
    ("Celery", "celery"),
    ("Alembic", "alembic"),
    ("Express", "express"),
    ("Next.js", "next"),
    ("Zod", "zod"),
    ("Zustand", "zustand"),
    ("React Hook Form", "react-hook-form"),
    ("date-fns", "date-fns"),
    ("Supertest", "supertest"),
    ("Cypress", "cypress"),
    ("Typer", "typer"),
    ("structlog", "structlog"),
    ("clap", "clap"),
    ("tokio", "tokio"),
    ("reqwest", "reqwest"),
    ("anyhow", "anyhow"),
    ("ratatui", "ratatui"),
];

fn manifest(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(
        name,
        "package.json" | "pyproject.toml" | "Cargo.toml" | "requirements.txt"
    )
}

/// The package as a manifest names it: a key, or the beginning of a requirement.
fn listed(package: &str) -> Regex {
    let package = regex::escape(package);
    expression(&format!(
        r#"(?mi)(?P<before>^\s*|["'])(?P<name>{package})(?P<after>["']\s*:|\s*(?:\[[a-z]+\])?\s*[=<>~(]|["'],?\s*$|$)"#
    ))
}

fn spots(world: &World) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (document, plan) in world.of(Role::Plan) {
        for line in 0..plan.lines.len() {
            if named(world, plan, line).is_some() {
                spots.push(Spot { document, line });
            }
        }
    }
    spots
}

/// The first such thing on a line, and the manifests that list it.
fn named(world: &World, plan: &Document, line: usize) -> Option<Named> {
    let text = plan.line(line);
    if !text.starts_with("**Primary Dependencies**:") && !text.starts_with("**Testing**:") {
        return None;
    }
    let mut lists = world.of(Role::Tasks).map(|(_, list)| list);
    let tasks = lists.find(|list| list.feature == plan.feature)?.tasks();
    if tasks.is_empty() || tasks.iter().any(|task| !task.ticked) {
        return None;
    }
    PACKAGES.iter().find_map(|&(name, package)| {
        // Said plainly: in an enumeration, alone or with a version or a remark in brackets.
        let plain = expression(&format!(
            r"(?:^\*\*[A-Za-z ]+\*\*: |, ){}(?: (?P<version>\d+)[\d.]*)?(?: \([\w ]+\))?(?:,|$)",
            regex::escape(name)
        ));
        let found = plain.captures(text)?;
        let others = world.of(Role::Plan).map(|(_, other)| other);
        // The newest plan counts.
        let mut others = others.filter(|other| other.path > plan.path);
        if others.any(|other| other.text.contains(name)) || text.matches(name).count() > 1 {
            return None;
        }
        let pattern = listed(package);
        let lists = |path: &&String| {
            manifest(path) && world.text(path).is_some_and(|text| pattern.is_match(&text))
        };
        let manifests: Vec<String> = world.files.iter().filter(lists).cloned().collect();
        let version = found.name("version");
        let version = version.map(|version| (version.start(), version.as_str().to_owned()));
        (!manifests.is_empty()).then_some(Named {
            name,
            package,
            version,
            manifests,
        })
    })
}

struct Named {
    name: &'static str,
    package: &'static str,
    version: Option<(usize, String)>,
    manifests: Vec<String>,
}

fn expected(plan: &Document, line: usize, text: &str) -> Expected {
    Expected {
        rule: Some("stack-drift"),
        meant: vec![meant(&plan.path, line + 1, Some(text))],
        other_ends: vec![OtherEnd {
            codes: &["stack-drift"],
            says: Vec::new(),
        }],
        ..Expected::default()
    }
}

fn gone(world: &World, spot: Spot, _random: &mut Random) -> Option<Edit> {
    let plan = &world.documents[spot.document];
    let named = named(world, plan, spot.line)?;
    let pattern = listed(named.package);
    let mut steps = Vec::new();
    for path in &named.manifests {
        let text = world.text(path)?;
        let text = pattern
            .replace_all(&text, "${before}quoll-tansy${after}")
            .into_owned();
        steps.push(Step::Write(path.clone(), text.into_bytes()));
    }
    Some(Edit {
        place: format!("{}:{}", plan.path, spot.line + 1),
        what: format!("{} gone; `{}`", named.package, shown(plan.line(spot.line))),
        change: Change {
            steps,
            commit: false,
        },
        expected: expected(plan, spot.line, named.name),
    })
}

fn older(world: &World, spot: Spot, _random: &mut Random) -> Option<Edit> {
    let plan = &world.documents[spot.document];
    let named = named(world, plan, spot.line)?;
    let (at, version) = named.version?;
    let [manifest] = named.manifests.as_slice() else {
        return None;
    };
    let text = world.text(manifest)?;
    let package = regex::escape(named.package);
    let asked = expression(&format!(
        r#"(?m)["']?{package}["']?\s*[:=]?\s*["']?[\^~=>]*(\d+)\."#
    ));
    let major: u32 = asked.captures(&text)?[1].parse().ok()?;
    // What is 0 has no version below it.
    let now = major.checked_sub(1).filter(|now| *now > 0)?.to_string();
    let start = plan.lines.get(spot.line)?.start + at;
    let range = start..start + version.len();
    Some(Edit {
        place: format!("{}:{}", plan.path, spot.line + 1),
        what: format!("{} {version} -> {now}", named.name),
        change: super::write(plan, plan.with(&[(range, now.clone())])),
        expected: expected(plan, spot.line, &now),
    })
}
