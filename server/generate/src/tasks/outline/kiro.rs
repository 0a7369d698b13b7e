//! Kiro's list: a numbered group for each requirement, tasks below it that cite its criteria, and a test that may be left out for each
//! property of the design.

use documents::{DocumentKind, Item, ItemKind};
use rustc_hash::FxHashSet;
use trace::{Feature, FeatureDocument, Graph};

use super::{
    Group, Place, Wanted, bullet, holds, jobs, language, left, newest, newline, says, title_of,
};
use crate::tasks::list::telling::words;

/// How the lines of a list look.
pub(super) struct Shape {
    bullet: char,
    /// In front of tasks below their group.
    indent: String,
    /// What opens and closes the line of requirements.
    label: (String, String),
    /// Behind the number of a group.
    dot: &'static str,
    /// Groups have tasks of their own below them.
    grouped: bool,
}

impl Shape {
    /// That of a list, or of one that has no model.
    fn of(model: Option<&FeatureDocument>) -> Self {
        Self {
            bullet: bullet(model),
            indent: if is_nested(model) { "  " } else { "" }.to_owned(),
            label: label(model),
            dot: ".",
            grouped: true,
        }
    }

    /// That of a list which is added to.
    pub(super) fn of_list(list: &FeatureDocument) -> Self {
        let items = || list.facts().items_of(ItemKind::Task);
        let deep = |item: &&Item| item.id.contains('.');
        let indent = items().map(|(_, item)| item).find(deep);
        let indent = indent.and_then(|item| item.task.as_ref());
        let dotted = items()
            .filter(|(_, item)| !item.id.is_empty() && !item.id.contains('.'))
            .any(|(_, item)| {
                let behind = list.doc.text.get(usize::from(item.id_range.end())..);
                behind.is_some_and(|text| text.starts_with('.'))
            });
        Self {
            bullet: bullet(Some(list)),
            indent: " ".repeat(indent.map_or(2, |task| task.indent as usize)),
            label: label(Some(list)),
            dot: if dotted { "." } else { "" },
            grouped: items().any(|(_, item)| item.id.contains('.')),
        }
    }
}

/// Lines of such a list.
pub(super) type Lines = super::Lines<Shape>;

impl Lines {
    fn open(&mut self, title: &str) {
        if !self.shape.grouped {
            return;
        }
        let number = self.next_group();
        let Shape { bullet, dot, .. } = self.shape;
        self.written
            .push(format!("{bullet} [ ] {number}{dot} {title}"));
        self.ids.push(number.to_string());
    }

    fn task(&mut self, star: &str, words: &str) {
        let id = if self.shape.grouped {
            self.next_task()
        } else {
            self.next_group().to_string()
        };
        let Shape {
            bullet,
            indent,
            dot,
            grouped,
            ..
        } = &self.shape;
        let (indent, dot) = if *grouped {
            (indent.as_str(), "")
        } else {
            ("", *dot)
        };
        self.written
            .push(format!("{indent}{bullet} [ ]{star} {id}{dot} {words}"));
        self.ids.push(id);
    }

    fn detail(&mut self, words: &str) {
        let Shape {
            bullet,
            indent,
            grouped,
            ..
        } = &self.shape;
        let indent = if *grouped { indent.as_str() } else { "" };
        self.written.push(format!("{indent}  {bullet} {words}"));
    }

    /// The tasks of one requirement; their files are told to `taken`.
    pub(super) fn group<'a>(
        &mut self,
        group: &Group,
        places: &'a [Place],
        properties: &[Property],
        aside: impl Fn(&'a Place) -> Option<Aside>,
        taken: &mut FxHashSet<String>,
    ) {
        self.open(&group.title);
        for job in jobs(group, places) {
            let words = says(&job, &group.title, self.language, &mut self.questions);
            let aside = job.place.and_then(&aside);
            match &aside {
                Some(aside) if aside.leads => self.task("", &format!("{} {words}", aside.mark)),
                Some(aside) => self.task("", &format!("{words} {}", aside.mark)),
                None => self.task("", &words),
            }
            let (open, close) = &self.shape.label;
            let cited = format!("{open}{}{close}", job.cites.join(", "));
            self.detail(&cited);
            if let Some(line) = aside.and_then(|aside| aside.boundary) {
                self.detail(&line);
            }
            taken.extend(job.place.map(|place| place.path.clone()));
        }
        for property in properties {
            self.task("*", &self.language.test_somewhere(&property.title));
            self.detail(&format!("**{}**", property.name));
            self.detail(&property.validates);
        }
    }
}

/// What says that a task waits for no other.
pub(super) struct Aside {
    /// `(P)`
    pub(super) mark: String,
    /// It stands in front of the words.
    pub(super) leads: bool,
    /// `_Boundary: Door_`
    pub(super) boundary: Option<String>,
}

pub(super) fn write(
    graph: &Graph,
    feature: &Feature,
    places: &[Place],
) -> Option<(String, Vec<String>)> {
    let spec = feature.spec()?;
    let groups = groups(spec);
    let model = newest(graph, feature);
    let titles: Vec<String> = groups
        .iter()
        .map(|(_, group)| group.title.clone())
        .collect();
    let language = language(&titles);
    let heading = model
        .and_then(|list| list.doc.text.lines().find(|line| line.starts_with("# ")))
        .and_then(|line| line.split([':', '：']).next())
        .unwrap_or("# Implementation Plan");
    let mut properties = properties(feature);
    let mut lines = Lines::new(Shape::of(model), language, 0);
    lines.written.push(heading.trim_end().to_owned());
    let mut taken: FxHashSet<String> = FxHashSet::default();
    for (number, group) in &groups {
        lines.written.push(String::new());
        let (mine, others): (Vec<Property>, Vec<Property>) = properties
            .into_iter()
            .partition(|property| property.requirement == *number);
        properties = others;
        lines.group(group, places, &mine, |_| None, &mut taken);
    }
    let left = left(places, &taken);
    if !left.is_empty() {
        lines.written.push(String::new());
        lines.open(language.others());
        for place in left {
            lines.task(
                "",
                &language.write(&format!("`{}`", place.path), place.exists),
            );
        }
    }
    let newline = newline(model);
    let text = lines.written.join(newline) + newline;
    holds(DocumentKind::KiroTasks, &text, lines.ids.len()).then_some((text, lines.questions))
}

/// Requirements with their criteria, by number.
pub(super) fn groups(spec: &FeatureDocument) -> Vec<(String, Group)> {
    let facts = spec.facts();
    let mut groups: Vec<(String, Group)> = Vec::new();
    for (_, item) in facts.items_of(ItemKind::Criterion) {
        let Some((number, _)) = item.id.split_once('.') else {
            continue;
        };
        let wanted = Wanted {
            cite: item.id.to_string(),
            words: words("", spec.slice(item.range)),
        };
        if let Some((_, group)) = groups.iter_mut().find(|(known, _)| known == number) {
            group.wanted.push(wanted);
            continue;
        }
        let parent = item.parent.and_then(|at| facts.items.get(at as usize));
        // A requirement without a title is called by its number, as its heading has it.
        let section = parent.and_then(|parent| parent.section).or(item.section);
        let section = section.and_then(|at| facts.sections.get(at as usize));
        let titled = parent.map(|parent| title_of(spec, parent.title_range));
        let title = titled
            .filter(|title| !title.is_empty() && !title.starts_with('#'))
            .or_else(|| section.map(|section| section.title.to_string()))
            .unwrap_or_else(|| number.to_owned());
        groups.push((
            number.to_owned(),
            Group {
                title,
                wanted: vec![wanted],
            },
        ));
    }
    groups
}

/// A property that a test can show.
#[derive(Clone)]
pub(super) struct Property {
    /// `Property 3: Round trip`
    pub(super) name: String,
    title: String,
    /// The line that says what it validates.
    validates: String,
    /// Number of the first requirement it validates.
    pub(super) requirement: String,
}

impl Property {
    /// Whether it validates a criterion.
    pub(super) fn is_of(&self, criterion: &str) -> bool {
        let mut ids = self
            .validates
            .split(|c: char| !(c.is_ascii_digit() || c == '.'));
        ids.any(|id| id == criterion)
    }
}

pub(super) fn properties(feature: &Feature) -> Vec<Property> {
    let Some(design) = feature.plan() else {
        return Vec::new();
    };
    let items = design.facts().items_of(ItemKind::Property);
    let known = items.filter_map(|(_, item)| {
        let text = design.slice(item.range);
        let validates = text
            .lines()
            .map(str::trim)
            .find(|line| line.starts_with("**Validates") && line.contains("Requirement"))?;
        let digits = validates.split(|c: char| !(c.is_ascii_digit() || c == '.'));
        let first = digits
            .filter(|part| part.contains('.'))
            .find(|part| part.len() > 2)?;
        let title = title_of(design, item.title_range);
        Some(Property {
            name: format!("Property {}: {title}", item.id),
            title,
            validates: validates.to_owned(),
            requirement: first.split('.').next()?.to_owned(),
        })
    });
    known.collect()
}

/// Whether the project's lists put tasks below their groups.
fn is_nested(model: Option<&FeatureDocument>) -> bool {
    model.is_none_or(|list| {
        let mut lines = list.doc.text.lines();
        let flat = lines.any(|line| {
            let behind = line
                .strip_prefix("- [")
                .and_then(|rest| rest.split_once(']'));
            behind.is_some_and(|(_, words)| words.trim_start_matches('*').starts_with(" 1.1 "))
        });
        !flat
    })
}

/// What opens and closes the line of requirements in the project's lists: `_要件: 1.1_`, `_Requirements:_ 1.1`.
fn label(model: Option<&FeatureDocument>) -> (String, String) {
    let found = model.and_then(|list| {
        list.doc.text.lines().find_map(|line| {
            let inner = line
                .trim()
                .trim_start_matches(['-', '*', '+'])
                .trim()
                .strip_prefix('_')?;
            let (label, rest) = inner.split_once(':')?;
            let early = rest.starts_with('_');
            let rest = rest.trim_start_matches('_').trim_start();
            let numbered = rest.starts_with(|c: char| c.is_ascii_digit());
            (numbered && !label.contains([' ', '_'])).then_some((label, early))
        })
    });
    let (label, early) = found.unwrap_or(("Requirements", false));
    if early {
        (format!("_{label}:_ "), String::new())
    } else {
        (format!("_{label}: "), "_".to_owned())
    }
}
