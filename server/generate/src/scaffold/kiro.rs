//! A spec of Kiro or cc-sdd: from cc-sdd's own templates where the project has them, else headed, labelled and numbered as
//! the specs beside it.

use documents::{DocumentKind, ItemKind, Section};
use rustc_hash::FxHashMap;
use trace::{Feature, FeatureDocument};

use super::words::{Language, asked};
use super::{Here, Unmade};
use crate::tasks::NewDocument;

/// Where cc-sdd keeps what a spec begins with.
const TEMPLATES: &str = ".kiro/settings/templates/specs";

/// Stands where the number of a requirement is to stand, as [`crate::Step::Insert`] wants it.
const NUMBER: &str = "{number}";

/// The documents of a new spec.
pub(super) fn spec(here: &Here<'_>) -> Result<Vec<NewDocument>, Unmade> {
    let name = here.name()?;
    let home = here.below(".kiro/specs");
    let path = format!("{home}/{}", name.slug);
    if here.is_there(&path) {
        return Err(Unmade::Taken(path));
    }
    let mut documents = Vec::new();
    let own = |file: &str| here.text(&format!("{TEMPLATES}/{file}"));
    if let Some(config) = own("init.json") {
        let filled = |text: &str| {
            let moment = &here.wanted.now;
            let input = here.wanted.title.unwrap_or(here.wanted.name).trim();
            text.replace("{{FEATURE_NAME}}", &name.slug)
                .replace("{{TIMESTAMP}}", moment)
                .replace("{{PROJECT_DESCRIPTION}}", input)
        };
        let text = own("requirements-init.md")
            .map_or_else(|| requirements(here, &name.title), |text| filled(&text));
        documents.push(here.document(format!("{path}/requirements.md"), text));
        let language = sibling_language(here);
        let mut config = filled(&config);
        if let Some(language) = language {
            config = config.replace(
                "\"language\": \"en\"",
                &format!("\"language\": \"{language}\""),
            );
        }
        documents.push(here.document(format!("{path}/spec.json"), config));
        return Ok(documents);
    }
    let text = requirements(here, &name.title);
    documents.push(here.document(format!("{path}/requirements.md"), text));
    if has_configs(here) {
        let language = sibling_language(here).unwrap_or_else(|| "en".to_owned());
        let text = config(&name.slug, here.wanted.now, &language);
        documents.push(here.document(format!("{path}/spec.json"), text));
    }
    Ok(documents)
}

fn siblings<'a>(here: &'a Here<'_>) -> impl Iterator<Item = &'a Feature> {
    let all = here.graph.features().iter().map(AsRef::as_ref);
    all.filter(|it: &&Feature| it.project.id == here.project.id)
}

fn configs<'a>(here: &'a Here<'_>) -> impl Iterator<Item = &'a FeatureDocument> {
    let documents = siblings(here).flat_map(|it| &it.documents);
    documents.filter(|it| it.path.ends_with("/spec.json"))
}

/// Whether most specs beside it are cc-sdd's.
fn has_configs(here: &Here<'_>) -> bool {
    2 * configs(here).count() > siblings(here).count()
}

/// The language that most specs beside it say they are in.
fn sibling_language(here: &Here<'_>) -> Option<String> {
    let named = configs(here).filter_map(|document| {
        let (_, rest) = document.doc.text.split_once("\"language\"")?;
        let language = rest.split('"').nth(1)?;
        let plain = language
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
        plain.then(|| language.to_owned())
    });
    most(named)
}

fn config(slug: &str, now: &str, language: &str) -> String {
    let approval = |name: &str| {
        format!(
            "    \"{name}\": {{\n      \"generated\": false,\n      \"approved\": false\n    }}"
        )
    };
    let approvals = ["requirements", "design", "tasks"]
        .map(approval)
        .join(",\n");
    format!(
        "{{\n  \"feature_name\": \"{slug}\",\n  \"created_at\": \"{now}\",\n  \"updated_at\": \"{now}\",\n  \
         \"language\": \"{language}\",\n  \"phase\": \"initialized\",\n  \"approvals\": {{\n{approvals}\n  }},\n  \
         \"ready_for_implementation\": false\n}}\n"
    )
}

/// What most of some things are; of as many the first met.
fn most(all: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: FxHashMap<String, (usize, usize)> = FxHashMap::default();
    for (at, each) in all.enumerate() {
        counts.entry(each).or_insert((0, usize::MAX - at)).0 += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(each, _)| each)
}

/// How the specs of a project are written.
struct Style {
    title: String,
    introduction: String,
    requirements: String,
    /// `### Requirement {number}: `, with what stands behind its number.
    requirement: String,
    /// `**User Story:**`
    label: String,
    /// `#### Acceptance Criteria`
    criteria: String,
    /// An empty line stands below headings.
    airy: bool,
    crlf: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            title: "Requirements Document".to_owned(),
            introduction: "Introduction".to_owned(),
            requirements: "Requirements".to_owned(),
            requirement: format!("### Requirement {NUMBER}: "),
            label: "**User Story:**".to_owned(),
            criteria: "#### Acceptance Criteria".to_owned(),
            airy: true,
            crlf: false,
        }
    }
}

/// `requirements.md` with one requirement and one criterion, all of it asked.
fn requirements(here: &Here<'_>, title: &str) -> String {
    let style = style(here, title);
    let language = style.language();
    let mut lines = vec![
        format!("# {}", style.title),
        String::new(),
        format!("## {}", style.introduction),
        String::new(),
        asked(&language.purpose(title, &style.introduction)),
        String::new(),
        format!("## {}", style.requirements),
        String::new(),
    ];
    let first = style.requirement(title, title).into_iter();
    lines.extend(first.map(|line| line.replace(NUMBER, "1")));
    lines.push(String::new());
    lines.join(style.line_end())
}

/// One more requirement as the first one of a document is written, `{number}` in the place of its number, all of it asked.
pub fn next_requirement(document: &FeatureDocument) -> Option<String> {
    let style = style_of(document)?;
    let word = style.requirement.split(NUMBER).next().unwrap_or_default();
    let word = word.trim_matches(['#', ' ']);
    let title = asked(&style.language().needed(word));
    Some(style.requirement(&title, word).join(style.line_end()))
}

impl Style {
    fn language(&self) -> Language {
        Language::of(&[&self.title, &self.introduction, &self.requirements])
    }

    fn line_end(&self) -> &'static str {
        if self.crlf { "\r\n" } else { "\n" }
    }

    /// The lines of a requirement with one criterion; `about` is what its questions speak of.
    fn requirement(&self, title: &str, about: &str) -> Vec<String> {
        let language = self.language();
        let criteria = self.criteria.trim_start_matches('#').trim();
        let mut lines = vec![
            format!("{}{title}", self.requirement),
            String::new(),
            format!("{} {}", self.label, asked(&language.story(about))),
            String::new(),
            self.criteria.clone(),
            String::new(),
            format!("1. {}", language.criterion(criteria)),
        ];
        if !self.airy {
            // As cc-sdd writes it: no empty line below the headings of a requirement.
            lines.remove(5);
            lines.remove(1);
        }
        lines
    }
}

fn style(here: &Here<'_>, title: &str) -> Style {
    let documents: Vec<&FeatureDocument> = siblings(here)
        .filter_map(|it| it.document_of(DocumentKind::KiroRequirements))
        .collect();
    let read: Vec<(&FeatureDocument, Style)> = documents
        .iter()
        .filter_map(|it| Some((*it, style_of(it)?)))
        .collect();
    // The way most are written; the document's own title is looked at by itself.
    let key = |style: &Style| format!("{}\n{}", style.requirement, style.criteria);
    let Some(usual) = most(read.iter().map(|(_, style)| key(style))) else {
        return Style::default();
    };
    let mut fitting: Vec<&Style> = read
        .iter()
        .map(|(_, style)| style)
        .filter(|style| key(style) == usual)
        .collect();
    let Some(model) = fitting.pop() else {
        return Style::default();
    };
    let of_all = |field: fn(&Style) -> &String| {
        most(
            read.iter()
                .map(|(_, style)| style)
                .filter(|it| key(it) == usual)
                .map(|it| field(it).clone()),
        )
        .unwrap_or_default()
    };
    let heads = || read.iter().map(|(_, style)| style.title.clone());
    let whole = most(heads()).unwrap_or_default();
    let same = heads().filter(|it| *it == whole).count();
    let lead = |title: &String| title.find([':', '：']).map(|at| title[..at].to_owned());
    let title = if same > 1 || (same == 1 && lead(&whole).is_none() && read.len() == 1) {
        whole
    } else {
        match most(heads().filter_map(|it| lead(&it))) {
            Some(lead) if whole.contains('：') => format!("{lead}：{title}"),
            Some(lead) => format!("{lead}: {title}"),
            None => Style::default().title,
        }
    };
    Style {
        title,
        introduction: of_all(|it| &it.introduction),
        requirements: of_all(|it| &it.requirements),
        requirement: model.requirement.clone(),
        label: of_all(|it| &it.label),
        criteria: model.criteria.clone(),
        airy: model.airy,
        crlf: model.crlf,
    }
}

/// How one document is written; `None` where no requirement in it has a heading with criteria below one of their own.
fn style_of(document: &FeatureDocument) -> Option<Style> {
    let facts = document.facts();
    let sections = &facts.sections;
    let (_, first) = facts.items_of(ItemKind::Requirement).next()?;
    let at = first.section?;
    let own = sections.get(at as usize)?;
    let holder = sections.get(own.parent? as usize)?;
    let title = sections.iter().find(|it| it.level == 1)?;
    let introduction = sections.iter().find(|it| it.level == 2)?;
    let criteria = sections.iter().find(|it| it.parent == Some(at))?;
    let plain = |section: &Section| document.slice(section.title_range).to_owned();
    let (start, end) = (own.heading.start(), own.heading.end());
    let before = text::slice(
        &document.doc.text,
        text::TextRange::new(start, first.id_range.start()),
    );
    let word = document.slice(first.id_range);
    let behind = if first.title_range.is_empty() || first.title_range.start() > end {
        ": "
    } else {
        let gap = text::TextRange::new(first.id_range.end(), first.title_range.start());
        document.slice(gap)
    };
    let below = &document.doc.text[usize::from(end)..];
    let said = below.trim_start();
    let label = said.starts_with("**").then(|| said[2..].find("**"))??;
    let mut label = said[..label + 4].to_owned();
    let colon = said[label.len()..].chars().next();
    label.extend(colon.filter(|c| matches!(c, ':' | '：')));
    let one_line = !label.contains('\n') && label.contains([':', '：']);
    (one_line && holder.level == 2 && introduction.heading != holder.heading).then(|| Style {
        title: plain(title),
        introduction: plain(introduction),
        requirements: plain(holder),
        requirement: format!(
            "{before}{}{NUMBER}{behind}",
            word.trim_end_matches(char::is_numeric)
        ),
        label,
        criteria: document.slice(criteria.heading).to_owned(),
        airy: below.len() - said.len() > usize::from(facts.style.crlf) + 1,
        crlf: facts.style.crlf,
    })
}
