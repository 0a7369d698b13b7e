//! A MODIFIED requirement that still has words which the main spec has changed since it was copied.
//!
//! MODIFIED replaces the whole requirement, so archive would take back what the main spec has become meanwhile. Git
//! knows what the main spec said when the delta was written.

use documents::Format;
use documents::openspec::{Block, Edition, Scenario, capability, delta};
use smol_str::SmolStr;
use text::{Edit, TextRange};
use trace::openspec::{Base, DeltaFile};
use trace::{DocumentFile, Feature, FeatureDocument, Moment, Past};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template};
use crate::requirements::on;
use crate::three_way::{Words, kept};

const CHANGED: Template = Template {
    en: "\"{name}\" still says \"{then}\" as at {commit}; the main spec says \"{now}\" now.",
    ja: "「{name}」は {commit} 時点の「{then}」のままですが、メイン仕様では「{now}」になっています。",
};
const ADDED: Template = Template {
    en: "\"{name}\" is as at {commit}, without \"{now}\", which the main spec says now.",
    ja: "「{name}」は {commit} 時点のままで、メイン仕様に加わった「{now}」がありません。",
};
const GONE: Template = Template {
    en: "\"{name}\" still says \"{then}\" as at {commit}, which the main spec says no more.",
    ja: "「{name}」は {commit} 時点の「{then}」のままですが、メイン仕様にはもうありません。",
};
const HERE: Template = Template {
    en: "The main spec since: \"{now}\".",
    ja: "その後のメイン仕様: 「{now}」。",
};
const LESS: Template = Template {
    en: "The main spec since, without \"{then}\".",
    ja: "その後のメイン仕様。「{then}」はありません。",
};
const TAKE: Template = Template {
    en: "Take over {count} from the main spec",
    ja: "メイン仕様の変更 {count} 件を取り込む",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "delta-base-moved",
    group: Group::Reference,
    severity: Severity::Information,
    summary: "A MODIFIED requirement with words that its main spec has changed since it was copied.",
    explanation: "MODIFIED replaces the whole requirement. Where another change was archived after this one was \
                  written, what it did to the requirement would be taken back, and no tool says so.\n\nThree texts are \
                  compared word by word: the main spec at the commit in which the delta first had the requirement, the \
                  main spec now, and the delta. Only words that the main spec changed and the delta left as they were \
                  count; words that both changed are for people to judge, and scenarios that the delta lacks are said \
                  by scenario-dropped. Emphasis, wrapping and punctuation at the end of a word are no change. Without \
                  history the answer is unknown. An information until more hits are judged: so far few projects wait long \
                  enough with a change.",
    bad: "## MODIFIED Requirements\n\n### Requirement: Session end\nA session SHALL end after 30 minutes, and the user SHALL be told. (copied before the main spec went from 30 to 60 minutes)",
    good: "## MODIFIED Requirements\n\n### Requirement: Session end\nA session SHALL end after 60 minutes, and the user SHALL be told.",
    messages: &[CHANGED, ADDED, GONE, HERE, LESS],
    measured: Some(Measured {
        judged: 3,
        right: 3,
        seeded: 3,
        found: 2,
    }),
};

pub(crate) struct DeltaBaseMoved;

impl Rule for DeltaBaseMoved {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::OpenSpec]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        let Some(unit) = &feature.openspec else {
            return;
        };
        for file in unit.read() {
            let (Some(document), Some(base)) = (feature.document(file.file), &file.base) else {
                continue;
            };
            let asked = |question: &trace::PastQuestion| {
                question.document.0 == document.path && question.source.0 == base.document.path
            };
            let past = feature.pasts.iter().find(|(question, _)| asked(question));
            for block in &file.delta.modified {
                let Some(current) = file.base_block(file.base_name(&block.name)) else {
                    continue;
                };
                let moments = match past {
                    Some((_, Some(past))) => match &**past {
                        Past::Known(moments) => moments,
                        Past::Unknown(why) => {
                            sink.unknown_in(file.file, why);
                            continue;
                        }
                    },
                    Some((_, None)) => {
                        sink.unknown_in(file.file, "git history is still being read");
                        continue;
                    }
                    None => continue,
                };
                let sides = Sides {
                    document,
                    block,
                    base,
                    current,
                };
                sides.check(file, moments, unit.edition, sink);
            }
        }
    }
}

/// The two texts of a requirement as they are.
struct Sides<'a> {
    document: &'a FeatureDocument,
    block: &'a Block,
    base: &'a Base,
    current: &'a Block,
}

/// The main spec's requirement as it was when the delta was written.
struct Origin<'a> {
    commit: &'a SmolStr,
    file: &'a DocumentFile,
    block: Block,
}

/// What the delta left behind, with the edit that cures it.
struct Stale {
    then: String,
    now: String,
    /// Bytes of the main spec.
    moved: TextRange,
    edit: Edit,
}

impl Sides<'_> {
    fn check(&self, file: &DeltaFile, moments: &[Moment], edition: Edition, sink: &mut Sink<'_>) {
        let name = &self.block.name;
        let is_there = |moment: &&Moment| {
            let then = &moment.document;
            let then = delta(&then.text, &then.facts.spec_lines, edition);
            then.modified.iter().any(|block| block.name == *name)
        };
        // Not committed yet: it was copied from what is there.
        let Some(moment) = moments.iter().find(is_there) else {
            return;
        };
        let Some(origin) = origin(moment, file.base_name(name), edition) else {
            sink.unknown_in(
                file.file,
                "the main spec had no such requirement when the delta was written",
            );
            return;
        };
        let stale = self.stale(&origin);
        // The one that says most; one word says little.
        let most = stale
            .iter()
            .rev()
            .max_by_key(|each| each.then.len() + each.now.len());
        let Some(first) = most else {
            sink.clean();
            return;
        };
        let facts = [
            ("name", name.as_str()),
            ("commit", origin.commit),
            ("then", &first.then),
            ("now", &first.now),
        ];
        let template = match (first.then.is_empty(), first.now.is_empty()) {
            (true, _) => ADDED,
            (_, true) => GONE,
            _ => CHANGED,
        };
        let report = sink.report(
            self.document.file,
            self.block.name_range,
            Message::new(template, &facts),
        );
        let mut draft = on(report, self.document, self.block);
        for each in &stale {
            let here = if each.now.is_empty() { LESS } else { HERE };
            let facts = [("then", each.then.as_str()), ("now", &each.now)];
            draft = draft.fact(format!("{}>{}", each.then, each.now)).related(
                self.base.document.file,
                each.moved,
                Message::new(here, &facts),
            );
        }
        let mut edits: Vec<_> = stale
            .into_iter()
            .map(|each| (self.document.file, each.edit))
            .collect();
        edits.sort_by_key(|(_, edit)| (edit.range.start(), edit.range.end()));
        drop(draft.fix(Fix {
            title: Message::new(TAKE, &[("count", &edits.len().to_string())]),
            preferred: true,
            edits,
        }));
    }

    /// What the main spec changed and the delta still has.
    fn stale(&self, origin: &Origin<'_>) -> Vec<Stale> {
        let mut stale = Vec::new();
        let then = &*origin.file.text;
        let (now, own) = (&*self.base.document.doc.text, &*self.document.doc.text);
        let mut compare = |parts: [TextRange; 3]| {
            let [then, now, own] = [
                Words::of(then, parts[0]),
                Words::of(now, parts[1]),
                Words::of(own, parts[2]),
            ];
            let found = kept(&then, &now, &own);
            stale.extend(found.into_iter().map(|each| Stale {
                then: each.then,
                now: each.now,
                moved: text::span(each.moved.start, each.moved.end),
                edit: Edit::replace(
                    text::span(each.edit.0.start, each.edit.0.end),
                    self.broken(&each.edit.1),
                ),
            }));
        };
        compare([
            statement(&origin.block),
            statement(self.current),
            statement(self.block),
        ]);
        for scenario in &origin.block.scenarios {
            let (Some(now), Some(own)) = (
                only(&self.current.scenarios, &scenario.name),
                only(&self.block.scenarios, &scenario.name),
            ) else {
                continue;
            };
            compare([below(scenario), below(now), below(own)]);
        }
        stale.extend(
            origin
                .block
                .scenarios
                .iter()
                .filter_map(|scenario| self.removed(origin, scenario)),
        );
        stale
    }

    /// A scenario that the main spec took out, and the delta has as it was.
    fn removed(&self, origin: &Origin<'_>, scenario: &Scenario) -> Option<Stale> {
        let named =
            |scenarios: &[Scenario]| scenarios.iter().any(|each| each.name == scenario.name);
        if named(&self.current.scenarios) {
            return None;
        }
        let own = only(&self.block.scenarios, &scenario.name)?;
        let text = &*self.document.doc.text;
        let same = Words::of(text, below(own)).same(&Words::of(&origin.file.text, below(scenario)));
        let behind = &text[usize::from(own.range.end())..];
        let blank = behind.len() - behind.trim_start().len();
        let end = if behind.len() == blank { 0 } else { blank };
        let cut = text::span(
            own.heading.start().into(),
            usize::from(own.range.end()) + end,
        );
        same.then(|| Stale {
            then: scenario.name.to_string(),
            now: String::new(),
            moved: self.current.heading,
            edit: Edit::replace(cut, ""),
        })
    }

    /// A text with the line breaks of the delta.
    fn broken(&self, text: &str) -> String {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        if self.document.facts().style.crlf {
            lines.replace('\n', "\r\n")
        } else {
            lines
        }
    }
}

fn origin<'a>(moment: &'a Moment, name: &str, edition: Edition) -> Option<Origin<'a>> {
    let file = &**moment.source.as_ref()?;
    let spec = capability(&file.text, &file.facts.spec_lines, edition);
    let block = spec
        .blocks
        .into_iter()
        .rev()
        .find(|block| block.name == name)?;
    Some(Origin {
        commit: &moment.commit,
        file,
        block,
    })
}

/// What stands between the heading of a requirement and its first scenario.
fn statement(block: &Block) -> TextRange {
    let end = block
        .scenarios
        .first()
        .map_or(block.range.end(), |first| first.heading.start());
    let start = block.heading.end().min(end);
    TextRange::new(start, end)
}

/// What stands below the heading of a scenario.
fn below(scenario: &Scenario) -> TextRange {
    let end = scenario.range.end();
    TextRange::new(scenario.heading.end().min(end), end)
}

/// The only scenario of a name.
fn only<'a>(scenarios: &'a [Scenario], name: &str) -> Option<&'a Scenario> {
    let mut named = scenarios.iter().filter(|each| each.name == name);
    named.next().filter(|_| named.next().is_none())
}
