//! Links of one feature and of one source file: where each path leads, what each id means.

use std::sync::Arc;

use code::{HeadQualifier, Place, SourceFacts};
use documents::{DocumentKind, Format, ItemKind};
use grammar::{IdKind, Mention};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use text::FileId;

use super::Graph;
use super::named::Named;
use crate::feature::{Feature, FeatureDocument, FeatureId, PathLink, Reference, Target, TaskLinks};
use crate::history::PathQuestion;
use crate::hyperlinks::{HyperlinkEnd, follow};
use crate::inputs::SourceFile;
use crate::layout::FeatureDir;
use crate::mentions::{
    Candidate, CodeLink, SourcePlace, at_home, elsewhere, in_document, in_source, leaves_home,
    qualified,
};
use crate::openspec;
use crate::past;
use crate::paths::{self, Bases};
use crate::scope::{self, FeatureState, Phase};
use crate::sure::{Beside, Head};
use crate::template::SpecTemplate;
use crate::tree::{Tree, parent};
use crate::{History, RootId, drawn, models, stack, words};

impl Graph {
    /// Links one feature. Documents that are as in `linked` lead where they led there.
    #[expect(clippy::too_many_lines, reason = "one field after the other")]
    pub(super) fn link(
        &self,
        id: FeatureId,
        dir: &FeatureDir,
        template: SpecTemplate,
        linked: Option<&Feature>,
    ) -> Feature {
        let home = &self.candidates[id.0 as usize];
        let project = &home.project;
        let (namesakes, siblings) = namesakes(&self.candidates, home);
        let mut feature = Feature {
            id,
            root: dir.root,
            path: dir.path.clone(),
            name: home.name.clone(),
            unit: dir.unit,
            number: home.number,
            project: Arc::clone(project),
            state: FeatureState::History,
            is_new: None,
            phase: Phase::Specified,
            documents: self.documents_of(dir),
            committed: self.documents_in(&self.inputs.committed, dir),
            base: self.documents_in(&self.inputs.base, dir),
            contracts: Arc::default(),
            outdated: Arc::default(),
            pasts: Vec::new(),
            constitution: self.constitution_of(project),
            present: dir.documents.iter().map(|(kind, _)| *kind).collect(),
            namesakes,
            siblings,
            paths: Vec::new(),
            hyperlinks: Vec::new(),
            references: Vec::new(),
            tasks: Vec::new(),
            tags: Vec::new(),
            claims: Vec::new(),
            bound: Vec::new(),
            accepted: Arc::default(),
            stack: Vec::new(),
            stack_names: Arc::default(),
            drawn: Vec::new(),
            sketches: Arc::default(),
            models: Vec::new(),
            entity_names: Arc::default(),
            tested: Arc::default(),
            proofs: Arc::default(),
            dangling: Vec::new(),
            strays: Vec::new(),
            required: template.required,
            template_title: template.title,
            openspec: self.openspec_of(dir),
            definitions: Arc::clone(&home.definitions),
            reads: FxHashSet::default(),
        };
        // A path is often named many times in one feature.
        let mut known: FxHashMap<SmolStr, (crate::Resolution, Option<PathQuestion>)> =
            FxHashMap::default();
        let mut known_in = "";
        let mut reads_all = false;
        let (mut paths, mut references, mut reads) = (Vec::new(), Vec::new(), FxHashSet::default());
        for document in &feature.documents {
            for mention in &document.facts().mentions {
                if let Some(qualifier) = &mention.qualifier {
                    let named = qualifier.into();
                    let meant = qualified(&self.candidates, dir.root, Some(project), named);
                    reads.extend(meant.iter().map(|each| each.id));
                } else if !reads_all && leaves_home(home, mention) {
                    reads_all = true;
                    let siblings = self
                        .candidates
                        .iter()
                        .filter(|each| each.project.id == project.id);
                    reads.extend(siblings.map(|each| each.id).filter(|each| *each != id));
                }
            }
            if let Some(linked) = linked.filter(|linked| linked.holds(document)) {
                let of = |file: FileId| file == document.file;
                let kept = linked.paths.iter().filter(|link| of(link.file));
                paths.extend(kept.cloned());
                let kept = linked.references.iter().filter(|each| of(each.file));
                references.extend(kept.cloned());
                continue;
            }
            let directory = parent(&document.path);
            if directory != known_in {
                known.clear();
                known_in = directory;
            }
            for (mention, path) in (0..).zip(&document.facts().paths) {
                let bases = Bases {
                    root: dir.root,
                    project: &project.path,
                    feature: &dir.path,
                    document: &document.path,
                    anchored: document.slice(path.range).starts_with("./"),
                };
                let (resolution, question) = if path.glob || bases.anchored {
                    paths::resolve(&self.inputs, bases, path)
                } else {
                    known
                        .entry(path.path.clone())
                        .or_insert_with(|| paths::resolve(&self.inputs, bases, path))
                        .clone()
                };
                let missing =
                    matches!(resolution, crate::Resolution::Missing(_)) && !path.directory;
                paths.push(PathLink {
                    file: document.file,
                    mention,
                    resolution,
                    question,
                    namesake: missing
                        .then(|| self.namesake(feature.root, &path.path))
                        .flatten(),
                });
            }
            for (at, mention) in (0..).zip(&document.facts().mentions) {
                references.push(self.reference(home, document.file, at, mention));
            }
        }
        feature.paths = paths;
        feature.references = references;
        feature.reads = reads;
        feature.hyperlinks = self.hyperlinks_of(&feature);
        feature.tasks = self.tasks_of_list(&feature, linked);
        scope::settle(&self.inputs, &mut feature);
        feature.pasts = past::of(&feature, &self.inputs);
        feature.entity_names = models::entity_names(&feature);
        let plan = feature.document_of(DocumentKind::Plan);
        let read = plan.map(|plan| match linked.filter(|linked| linked.holds(plan)) {
            Some(linked) => (
                Arc::clone(&linked.stack_names),
                Arc::clone(&linked.sketches),
            ),
            None => (stack::named(plan), drawn::sketched(plan)),
        });
        (feature.stack_names, feature.sketches) = read.unwrap_or_default();
        feature
    }

    /// What only features of `OpenSpec` read.
    fn openspec_of(&self, dir: &FeatureDir) -> Option<openspec::OpenSpec> {
        let project = &self.projects[dir.project.0 as usize];
        let reader = openspec::Reader {
            inputs: &self.inputs,
            layout: &self.layout,
        };
        (project.format == Format::OpenSpec).then(|| reader.of(dir, &self.documents_of(dir)))
    }

    /// The only file of a folder that has the name of a path.
    fn namesake(&self, root: RootId, path: &str) -> Option<SmolStr> {
        let tree = &self.inputs.tree;
        let here = tree.named(crate::tree::file_name(path)).into_iter();
        let mut here = here
            .filter_map(|file| tree.path(file))
            .filter(|(at, _)| *at == root);
        let (_, path) = here.next().filter(|_| here.next().is_none())?;
        Some(path.clone())
    }

    /// What a mention in a document of `home` means.
    fn reference(
        &self,
        home: &Candidate,
        file: FileId,
        at: u32,
        mention: &grammar::Mention,
    ) -> Reference {
        let target = if self.inputs.tree.is_partial() {
            at_home(home, mention)
        } else {
            in_document(&self.candidates, home, mention)
        };
        let lost = matches!(target, Target::Undefined(_)) && leaves_home(home, mention);
        let others = lost.then(|| elsewhere(&self.candidates, home, mention));
        let mut others = others.into_iter().flatten().peekable();
        Reference {
            file,
            mention: at,
            elsewhere: others.peek().is_some(),
            told: others.any(|other| self.tells_of(home, file, mention, other)),
            target,
        }
    }

    /// Whether the words around a mention, or the documents it stands in, name a feature.
    fn tells_of(
        &self,
        home: &Candidate,
        file: FileId,
        mention: &grammar::Mention,
        other: &Candidate,
    ) -> bool {
        let Some(document) = self.inputs.documents.get(&file) else {
            return false;
        };
        let text = &document.text;
        let line = document.lines.line(mention.range.start());
        let line = document.lines.line_range(line);
        let line = line.map_or("", |line| text::slice(text, line));
        let mut words = line.split(|c: char| !c.is_ascii_alphanumeric());
        if words.any(|word| {
            word.len() >= 3 && other.number.is_some() && word.parse().ok() == other.number
        }) {
            return true;
        }
        let own = self.layout.features.get(home.id.0 as usize);
        let spec = own.and_then(|dir| {
            let mut documents = dir.documents.iter();
            let (_, spec) = documents.find(|(kind, _)| *kind == DocumentKind::Spec)?;
            self.inputs.documents.get(spec)
        });
        let texts = [Some(document), spec];
        let mut texts = texts.into_iter().flatten();
        texts.any(|document| names(&document.text, &other.name))
    }

    /// Where the Markdown links of a feature's documents lead.
    fn hyperlinks_of(&self, feature: &Feature) -> Vec<HyperlinkEnd> {
        let mut ends = Vec::new();
        for document in &feature.documents {
            let own = Bases {
                root: feature.root,
                project: &feature.project.path,
                feature: &feature.path,
                document: &document.path,
                anchored: false,
            };
            // Kiro reads `#[[file:docs/api.md]]` from the project's directory.
            let included = match feature.project.path.as_str() {
                "" => "_".to_owned(),
                path => format!("{path}/_"),
            };
            for (at, link) in (0..).zip(&document.facts().hyperlinks) {
                let before = &document.doc.text[..usize::from(link.range.start())];
                let bases = if before.trim_end_matches(' ').ends_with("#[[file:") {
                    Bases {
                        document: &included,
                        ..own
                    }
                } else {
                    own
                };
                let (end, question) = follow(&self.inputs, bases, document.file, &link.path);
                ends.push(HyperlinkEnd {
                    file: document.file,
                    link: at,
                    end,
                    question,
                });
            }
        }
        ends
    }

    /// Links of the tasks of a feature whose paths are resolved.
    fn tasks_of_list(&self, feature: &Feature, linked: Option<&Feature>) -> Vec<TaskLinks> {
        let kept = linked.filter(|linked| {
            feature.tasks_document().is_some_and(|tasks| {
                // Tasks count their paths from the feature's first.
                linked.holds(tasks) && first_path(linked, tasks) == first_path(feature, tasks)
            })
        });
        match kept {
            Some(linked) => linked.tasks.clone(),
            None => task_links(feature, &self.inputs.tree, &self.inputs.history),
        }
    }

    pub(super) fn link_source(
        &self,
        file: FileId,
        source: &SourceFile,
        named: &Named<'_>,
    ) -> Vec<CodeLink> {
        if source.facts.mentions.is_empty() {
            return Vec::new();
        }
        let Some((root, path)) = self.inputs.tree.path(file) else {
            return Vec::new();
        };
        if is_of_a_tool(path) {
            return Vec::new();
        }
        let project = self.project_of(root, path);
        let meant =
            |named: &HeadQualifier| qualified(&self.candidates, root, project, named.into());
        let mut beside = Beside {
            features: &self.features,
            ..Beside::default()
        };
        let mut head: Vec<Head<'_>> = Vec::new();
        for named in &source.facts.head {
            let features = meant(named);
            beside.strange |= features.is_empty() && is_numbered(&named.feature);
            for feature in features {
                let section = named.section;
                match head.iter_mut().find(|known| known.feature.id == feature.id) {
                    Some(known) => known.section = known.section.and(section),
                    None => head.push(Head { feature, section }),
                }
            }
        }
        for named in &source.facts.named {
            let features = meant(named);
            beside.strange |= features.is_empty() && is_numbered(&named.feature);
            beside.named.extend(features.iter().map(|each| each.id));
        }
        beside.cited = cited(&source.facts);
        let home = self.home_of(root, path);
        if let Some(feature) = home {
            head = vec![Head {
                feature,
                section: None,
            }];
        }
        let tasks = named.tasks(file);
        let mut named_by: Vec<FeatureId> = tasks.iter().map(|task| task.feature).collect();
        named_by.dedup();
        let mut slugs: Vec<&SmolStr> = source.facts.head.iter().map(|each| &each.feature).collect();
        let in_head = !slugs.is_empty();
        let qualifiers = || {
            let mentions = source.facts.mentions.iter();
            mentions.filter_map(|each| each.mention.qualifier.as_ref())
        };
        slugs.extend(qualifiers().map(|qualifier| &qualifier.feature));
        slugs.sort_unstable();
        slugs.dedup();
        let declared_at = qualifiers().map(|qualifier| qualifier.range.start()).min();
        let place = SourcePlace {
            root,
            project,
            head,
            at_home: home.is_some(),
            named_by,
            tasks,
            slugs,
            declared_at: declared_at.filter(|_| !in_head),
            beside,
        };
        (0..)
            .zip(&source.facts.mentions)
            .filter_map(|(at, mention)| {
                let tag = mention.tag.as_deref();
                let quoting = tag.filter(|tag| tag.dialect == grammar::Dialect::Duvet);
                let resolved = match quoting {
                    Some(tag) => self.quoted(root, project, &mention.mention.key, tag)?,
                    None => in_source(&self.candidates, &place, mention)?,
                };
                Some(CodeLink {
                    mention: at,
                    resolved,
                })
            })
            .collect()
    }

    /// The feature in whose directory a file lies.
    fn home_of(&self, root: RootId, path: &str) -> Option<&Candidate> {
        let around = |each: &&Candidate| {
            let rest = path.strip_prefix(each.path.as_str());
            each.root == root && rest.is_some_and(|rest| rest.starts_with('/'))
        };
        let homes = self.candidates.iter().filter(around);
        homes.max_by_key(|each| each.path.len())
    }
}

/// Whether a feature is named by a number, which is hardly anything else: `042`, `042-login`.
fn is_numbered(name: &str) -> bool {
    name.len() >= 3 && name.bytes().take(3).all(|byte| byte.is_ascii_digit())
}

/// Requirements and criteria that are cited without a feature.
fn cited(facts: &SourceFacts) -> Vec<&Mention> {
    let mentions = facts.mentions.iter().filter(|each| {
        // Strings hold sample data as well.
        each.place != Place::String
            && each.mention.qualifier.is_none()
            && each.mention.standard
            && matches!(each.mention.kind, IdKind::Requirement | IdKind::Success)
    });
    mentions.map(|each| &each.mention).collect()
}

/// Files that a feature's tasks name.
pub(super) fn task_files(feature: &Feature) -> impl Iterator<Item = FileId> + '_ {
    files_by_task(feature).map(|(file, _)| file)
}

/// The same with the task, as an item of its document.
pub(super) fn files_by_task(feature: &Feature) -> impl Iterator<Item = (FileId, u32)> + '_ {
    feature.tasks.iter().flat_map(|task| {
        let links = &feature.paths[task.paths.start as usize..task.paths.end as usize];
        let files = links.iter().flat_map(|link| link.resolution.files());
        files.map(|file| (*file, task.item))
    })
}

/// Where in a feature's paths those of one of its documents begin.
fn first_path(feature: &Feature, document: &FeatureDocument) -> u32 {
    let place = |file: FileId| feature.documents.iter().position(|doc| doc.file == file);
    let own = place(document.file);
    // Links stand in the order of the documents.
    feature.paths.partition_point(|link| place(link.file) < own) as u32
}

fn task_links(feature: &Feature, tree: &Tree, history: &History) -> Vec<TaskLinks> {
    let Some(document) = feature.tasks_document() else {
        return Vec::new();
    };
    let facts = document.facts();
    let first = first_path(feature, document);
    let position = |offset| {
        first
            + facts
                .paths
                .partition_point(|path| path.range.start() < offset) as u32
    };
    let stories = |item: &documents::Item| -> Vec<SmolStr> {
        let labels = item.task.iter().flat_map(|task| &task.stories);
        let own: Vec<SmolStr> = labels.map(|label| label.text.clone()).collect();
        if !own.is_empty() {
            return own;
        }
        let phase = item.parent.and_then(|at| facts.items.get(at as usize));
        phase
            .filter(|phase| phase.kind == ItemKind::Phase)
            .and_then(|phase| phase.story.as_ref())
            .map(|story| story.id.clone())
            .into_iter()
            .collect()
    };
    facts
        .items_of(ItemKind::Task)
        .map(|(at, item)| {
            let paths = position(item.range.start())..position(item.range.end());
            let links = &feature.paths[paths.start as usize..paths.end as usize];
            let words = words::of_task(tree, feature.root, document, item, links);
            TaskLinks {
                item: at,
                stories: stories(item),
                paths,
                words: words
                    .into_iter()
                    .map(|word| {
                        let answer = history.words.get(&word).copied();
                        (word, answer)
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Names of the features in the same directory that have the number of `home`, and how many features there have one.
///
/// A number is what `create-new-feature` counts up from; timestamps (`20260821-101500-login`) are none.
fn namesakes(candidates: &[Candidate], home: &Candidate) -> (Vec<SmolStr>, u32) {
    let counted = |each: &Candidate| {
        let digits = each.name.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && digits < "20260821".len() && each.name.as_bytes().get(digits) == Some(&b'-')
    };
    let beside = || {
        candidates.iter().filter(|each| {
            each.root == home.root && parent(&each.path) == parent(&home.path) && counted(each)
        })
    };
    if !counted(home) {
        return (Vec::new(), 0);
    }
    let same = beside().filter(|each| each.number == home.number && each.id != home.id);
    (
        same.map(|each| each.name.clone()).collect(),
        beside().count() as u32,
    )
}

/// Whether a source is part of the tool that wrote the specs, and so names requirements of that tool: scripts and
/// templates below `.specify/`.
fn is_of_a_tool(path: &str) -> bool {
    path.split('/')
        .rev()
        .skip(1)
        .any(|segment| segment == ".specify")
}

/// Whether a text has a name, in any case, as a word of its own.
fn names(text: &str, name: &str) -> bool {
    let (text, name) = (text.as_bytes(), name.as_bytes());
    let Some(first) = name.first() else {
        return false;
    };
    let both = [first.to_ascii_lowercase(), first.to_ascii_uppercase()];
    memchr::memchr2_iter(both[0], both[1], text).any(|at| {
        let is_part = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphanumeric);
        text.get(at..at + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
            && !at.checked_sub(1).is_some_and(is_part)
            && !is_part(at + name.len())
    })
}
