//! Specs of a repository, in the shape of each format. Sizes are spread as in public repositories: half of all specs have
//! less than 12 KB, one of a hundred more than 58.

use std::fmt::Write as _;

use super::random::Random;
use super::words::{NOUNS, VERBS, capital};

/// Which tool a repository uses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    SpecKit,
    Kiro,
    OpenSpec,
}

impl Shape {
    pub(super) const ALL: [Self; 3] = [Self::SpecKit, Self::Kiro, Self::OpenSpec];

    /// What a project has besides its features.
    pub(super) fn project(self) -> Vec<(String, String)> {
        let (path, text) = match self {
            Self::SpecKit => (
                ".specify/memory/constitution.md",
                "# Constitution\n\n## Core Principles\n\n### I. Order\n\nWhat comes first is served first.\n",
            ),
            Self::Kiro => (
                ".kiro/steering/tech.md",
                "# Technology\n\nOne service, one store.\n",
            ),
            Self::OpenSpec => (
                "openspec/project.md",
                "# Project\n\nOne service, one store.\n",
            ),
        };
        vec![(path.to_owned(), text.to_owned())]
    }
}

/// What one feature asks for.
struct Requirement {
    verb: &'static str,
    noun: &'static str,
    number: u64,
}

/// One feature, before it is written in some shape.
pub(super) struct Feature {
    number: usize,
    slug: String,
    requirements: Vec<Requirement>,
    stories: usize,
    /// The sources it is made of.
    files: Vec<String>,
}

impl Feature {
    pub(super) fn new(number: usize, sources: &[&str], random: &mut Random) -> Self {
        let requirements = random.count(26.0, 1.9).clamp(3, 400);
        let files = (0..requirements.div_ceil(2))
            .filter(|_| !sources.is_empty())
            .map(|_| random.of(sources).to_owned());
        let files = files.collect();
        Self {
            // The long spec is the first.
            number: number + 2,
            slug: format!("{}-{}", random.of(&VERBS), random.of(&NOUNS)),
            requirements: (0..requirements)
                .map(|_| Requirement {
                    verb: random.of(&VERBS),
                    noun: random.of(&NOUNS),
                    number: random.below(1000),
                })
                .collect(),
            stories: (requirements / 4).max(1),
            files,
        }
    }

    /// What a comment says that names one of its requirements.
    pub(super) fn citation(&self, shape: Shape, random: &mut Random) -> String {
        let number = random.below(self.requirements.len() as u64) as usize + 1;
        let (feature, slug) = (self.number, &self.slug);
        match (shape, random.below(10)) {
            (Shape::SpecKit, 0..6) => format!("specs/{feature:03}-{slug} FR-{number:03}"),
            (Shape::SpecKit, 6..8) => format!("Implements {feature:03}/FR-{number:03}."),
            (Shape::SpecKit, _) => format!("FR-{number:03} asks for this order."),
            (Shape::Kiro, _) => format!(
                ".kiro/specs/{feature:02}-{slug} Requirements: {}.1",
                (number - 1) / 4 + 1
            ),
            (Shape::OpenSpec, _) => format!("openspec/specs/{slug}/spec.md asks for this order."),
        }
    }

    /// Its documents, by path.
    pub(super) fn documents(&self, shape: Shape, finished: bool) -> Vec<(String, String)> {
        match shape {
            Shape::SpecKit => self.spec_kit(finished),
            Shape::Kiro => self.kiro(finished),
            Shape::OpenSpec => self.open_spec(finished),
        }
    }

    fn title(&self) -> String {
        self.slug
            .split('-')
            .map(capital)
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn file(&self, at: usize) -> &str {
        let file = self.files.get(at % self.files.len().max(1));
        file.map_or("README.md", String::as_str)
    }

    fn spec_kit(&self, finished: bool) -> Vec<(String, String)> {
        let title = self.title();
        let mut spec = format!(
            "# Feature Specification: {title}\n\n**Feature Branch**: `{:03}-{}`\n**Created**: 2026-02-03\n**Status**: Draft\n\n## User Scenarios & Testing *(mandatory)*\n\n",
            self.number, self.slug
        );
        for story in 1..=self.stories {
            let Requirement { verb, noun, number } = &self.requirements[story - 1];
            let _ = write!(
                spec,
                "### User Story {story} - {verb} the {noun} (Priority: P{})\n\n\
                 A customer asks to {verb} the {noun} and sees within two minutes that it is done, as **FR-{story:03}** promises.\n\n\
                 **Why this priority**: Without it nobody can {verb} a {noun}.\n\n\
                 **Independent Test**: {verb} one {noun} with {number} entries and compare what is kept.\n\n\
                 **Acceptance Scenarios**:\n\n\
                 1. **Given** a {noun} with {number} entries, **When** its owner asks to {verb} it, **Then** it is done once.\n\
                 2. **Given** no such {noun}, **When** somebody asks for it, **Then** the answer says so.\n\
                 3. **Given** a {noun} of another tenant, **When** it is asked for, **Then** nothing is told.\n\n",
                story % 3 + 1
            );
        }
        spec.push_str("## Requirements *(mandatory)*\n\n### Functional Requirements\n\n");
        for (at, Requirement { verb, noun, number }) in (1..).zip(&self.requirements) {
            let _ = writeln!(
                spec,
                "- **FR-{at:03}**: The service MUST {verb} each {noun} of up to {number} entries in the order in which it came."
            );
        }
        spec.push_str("\n## Success Criteria *(mandatory)*\n\n### Measurable Outcomes\n\n");
        for number in 1..=4 {
            let _ = writeln!(
                spec,
                "- **SC-{number:03}**: {} of 100 requests end within two minutes.",
                90 + number
            );
        }
        let mut plan = format!(
            "# Implementation Plan: {title}\n\n**Branch**: `{:03}-{}` | **Date**: 2026-02-04 | **Spec**: [spec.md](spec.md)\n\n## Summary\n\nOne module for each {title}.\n\n## Technical Context\n\n**Storage**: PostgreSQL\n\n## Project Structure\n\n",
            self.number, self.slug
        );
        for file in &self.files {
            let _ = writeln!(plan, "- `{file}`");
        }
        let mut tasks = format!("# Tasks: {title}\n\n");
        let mut number = 0;
        for story in 1..=self.stories {
            let _ = write!(tasks, "## Phase {story}: User Story {story}\n\n");
            let ours = (1..).zip(&self.requirements);
            for (at, Requirement { verb, noun, .. }) in ours {
                if at % self.stories != story - 1 {
                    continue;
                }
                number += 1;
                let tick = if finished || at % 3 != 0 { 'x' } else { ' ' };
                let _ = writeln!(
                    tasks,
                    "- [{tick}] T{number:03} [US{story}] Let it {verb} the {noun} in `{}` per FR-{at:03}",
                    self.file(at)
                );
            }
            tasks.push('\n');
        }
        let directory = format!("specs/{:03}-{}", self.number, self.slug);
        vec![
            (format!("{directory}/spec.md"), spec),
            (format!("{directory}/plan.md"), plan),
            (format!("{directory}/tasks.md"), tasks),
        ]
    }

    fn kiro(&self, finished: bool) -> Vec<(String, String)> {
        let title = self.title();
        let mut requirements = "# Requirements Document\n\n## Introduction\n\nWhat the service does.\n\n## Requirements\n\n".to_owned();
        let mut tasks = "# Implementation Plan\n\n".to_owned();
        for (at, four) in (1..).zip(self.requirements.chunks(4)) {
            let Requirement { verb, noun, .. } = &four[0];
            let _ = write!(
                requirements,
                "### Requirement {at}: {verb} the {noun}\n\n**User Story:** As a customer, I want to {verb} the {noun}, so that it is done.\n\n#### Acceptance Criteria\n\n"
            );
            for (criterion, Requirement { verb, noun, number }) in (1..).zip(four) {
                let _ = writeln!(
                    requirements,
                    "{criterion}. WHEN a {noun} of {number} entries comes THEN the service SHALL {verb} it within two minutes"
                );
            }
            requirements.push('\n');
            let tick = if finished || at % 3 != 0 { 'x' } else { ' ' };
            let _ = write!(
                tasks,
                "- [{tick}] {at}. Let it {verb} the {noun}\n  - Change `{}`\n  - _Requirements: {at}.1_\n\n",
                self.file(at)
            );
        }
        let mut design = format!(
            "# Design Document\n\n## Overview\n\n{title}, one module each.\n\n## Components and Interfaces\n\n"
        );
        for file in &self.files {
            let _ = writeln!(design, "- `{file}`");
        }
        let directory = format!(".kiro/specs/{:02}-{}", self.number, self.slug);
        vec![
            (format!("{directory}/requirements.md"), requirements),
            (format!("{directory}/design.md"), design),
            (format!("{directory}/tasks.md"), tasks),
        ]
    }

    fn open_spec(&self, finished: bool) -> Vec<(String, String)> {
        let mut spec = format!(
            "# {} Specification\n\n## Purpose\nWhat the service does for whoever wants to {} in time.\n\n## Requirements\n\n",
            self.slug,
            self.slug.replace('-', " ")
        );
        for (at, requirement) in (1..).zip(&self.requirements) {
            spec.push_str(&requirement.in_open_spec(at));
        }
        let capability = (
            format!("openspec/specs/{}-{}/spec.md", self.slug, self.number),
            spec,
        );
        let mut documents = vec![capability];
        if !finished {
            let change = format!("openspec/changes/add-{}-{}", self.slug, self.number);
            let more = Requirement {
                verb: "explain",
                noun: "receipt",
                number: 7,
            };
            let mut tasks = "## 1. Implementation\n\n".to_owned();
            for (at, file) in (1..).zip(self.files.iter().take(12)) {
                let tick = if at % 3 == 0 { ' ' } else { 'x' };
                let _ = writeln!(tasks, "- [{tick}] 1.{at} Change `{file}`");
            }
            documents.extend([
                (
                    format!("{change}/proposal.md"),
                    format!(
                        "## Why\n\nNobody can read a receipt.\n\n## What Changes\n\n- Receipts are explained\n\n## Impact\n\n- Affected specs: {}-{}\n",
                        self.slug, self.number
                    ),
                ),
                (format!("{change}/tasks.md"), tasks),
                (
                    format!("{change}/specs/{}-{}/spec.md", self.slug, self.number),
                    format!("## ADDED Requirements\n\n{}", more.in_open_spec(0)),
                ),
            ]);
        }
        documents
    }
}

impl Requirement {
    fn in_open_spec(&self, at: usize) -> String {
        let Self { verb, noun, number } = self;
        format!(
            "### Requirement: {} the {noun} {at}\nThe service SHALL {verb} each {noun} of up to {number} entries in the order in which it came.\n\n\
             #### Scenario: A {noun} of {number} entries {at}\n- **WHEN** its owner asks to {verb} it\n- **THEN** it is done once\n\n",
            capital(verb)
        )
    }
}
