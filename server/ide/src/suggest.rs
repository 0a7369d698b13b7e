//! Suggestions in words and as actions: cite a requirement in a task, mention it above a symbol. They are never findings:
//! worked out when somebody asks, and nothing else follows from them.

use documents::Item;
use generate::Texts;
use rules::{Locale, Message, Template};
use smol_str::SmolStr;
use text::{Edit, FileId, TextRange, TextSize};
use trace::{Feature, ItemRef, Reason};

use crate::Analysis;
use crate::code_actions::{Action, ActionKind, touches};
use crate::wording::{self, say};

const CITE: Template = Template {
    en: "Cite {id} in {task}: {why}",
    ja: "{task} で {id} を引用する: {why}",
};
const CITED: Template = Template {
    en: "Cite {ids} in {task}",
    ja: "{task} で {ids} を引用する",
};
const MENTION: Template = Template {
    en: "Add a mention of {id} above `{symbol}`: {why}",
    ja: "`{symbol}` の上に {id} を書く: {why}",
};
const MENTION_TEST: Template = Template {
    en: "Add a mention of {id} above the test \u{201c}{test}\u{201d}: {why}",
    ja: "テスト「{test}」の上に {id} を書く: {why}",
};
const CITE_ALL: Template = Template {
    en: "Review {count} confident links and cite them in their tasks",
    ja: "確かな {count} 件のリンクを確認してタスクに引用する",
};

/// A requirement and a task.
pub type Link = (ItemRef, ItemRef);

/// Links with the edits that declare them.
pub type Cited = (Vec<Link>, Vec<(FileId, Edit)>);

/// A confident citation to be looked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewable {
    /// The task list.
    pub file: FileId,
    /// What cites there.
    pub edit: Edit,
    /// `Cite FR-001, FR-003 in T012`
    pub title: String,
    /// The words of each requirement, and why.
    pub why: String,
}

/// Characters of a requirement's words in a list.
const WORDS: usize = 80;

/// Actions of one sort for one requirement.
const MOST: usize = 3;

impl Analysis {
    /// Why something is suggested, in one line: "both name `SessionStore`; shares `session token`, `expiry`".
    #[must_use]
    pub fn reasons(reasons: &[Reason], locale: Locale) -> String {
        let all: Vec<String> = reasons.iter().map(|reason| said(reason, locale)).collect();
        all.join(say(locale, "; ", "、"))
    }

    /// What the requirement in `range` of a spec may be linked to. Asked for on its own: a client that looks for actions
    /// at each move of the cursor is not to pay for this. `reviews`: the client lets people look through an edit first.
    #[must_use]
    pub fn suggesting(
        &self,
        file: FileId,
        range: TextRange,
        reviews: bool,
        locale: Locale,
    ) -> Vec<Action> {
        let Some((feature, document)) =
            self.spec_document(file).filter(|(_, it)| it.kind.is_spec())
        else {
            return Vec::new();
        };
        let here = |item: &Item| touches(item.id_range.cover(item.title_range), range);
        let items = (0..).zip(&document.facts().items);
        let Some(item) = items.filter(|(_, item)| here(item)).find_map(|(at, _)| {
            let item = ItemRef {
                feature: feature.id,
                file,
                item: at,
            };
            self.graph.suggestion_for(item)
        }) else {
            return Vec::new();
        };
        let Some(key) = key(feature, item.item) else {
            return Vec::new();
        };
        let id = feature.item(item.item).map_or("", |it| it.id.as_str());
        let mut actions = Vec::new();
        let mut offer = |title: Template, words: &[(&'static str, &str)], kind: ActionKind| {
            actions.push(Action {
                title: Message::new(title, words).text(locale),
                kind,
                finding: None,
                preferred: false,
            });
        };
        for task in item.tasks.iter().take(MOST) {
            let cited = generate::cite(&self.graph, &[(item.item, task.target)]);
            let (Some(to), Some(_)) = (self::key(feature, task.target), cited) else {
                continue;
            };
            let name = feature.item(task.target).map_or("", |it| it.id.as_str());
            let why = Self::reasons(&task.reasons, locale);
            let kind = ActionKind::Cite {
                file,
                item: key.clone(),
                task: to,
            };
            offer(CITE, &[("id", id), ("task", name), ("why", &why)], kind);
        }
        let symbols = item.symbols.iter().filter_map(|symbol| {
            let all = &self.graph.source(symbol.target.file)?.facts.symbols;
            let name = all.get(symbol.target.symbol as usize)?.qualified_name();
            let alike = all.iter().filter(|it| it.qualified_name() == name);
            (alike.count() == 1).then_some((symbol.target.file, name, &symbol.reasons))
        });
        for (source, name, reasons) in symbols.take(MOST) {
            let why = Self::reasons(reasons, locale);
            let kind = ActionKind::Mention {
                file,
                item: key.clone(),
                source,
                symbol: name.as_str().into(),
                test: false,
            };
            offer(
                MENTION,
                &[("id", id), ("symbol", &name), ("why", &why)],
                kind,
            );
        }
        let tests = item.tests.iter().filter_map(|test| {
            let facts = &self.graph.source(test.target.file)?.facts;
            let found = facts.tests.get(test.target.test as usize)?;
            let mut alike = facts
                .tests
                .iter()
                .filter(|it| it.full_name == found.full_name);
            let one = alike.next().is_some() && alike.next().is_none();
            one.then_some((test.target.file, found, &test.reasons))
        });
        for (source, test, reasons) in tests.take(MOST) {
            let why = Self::reasons(reasons, locale);
            let kind = ActionKind::Mention {
                file,
                item: key.clone(),
                source,
                symbol: test.full_name.as_str().into(),
                test: true,
            };
            let said = [("id", id), ("test", &*test.name), ("why", &why)];
            offer(MENTION_TEST, &said, kind);
        }
        let all = if reviews {
            self.confident_links(feature)
        } else {
            Vec::new()
        };
        if all.len() > 1 {
            let count = all.len().to_string();
            offer(CITE_ALL, &[("count", &count)], ActionKind::CiteAll { file });
        }
        actions
    }

    /// Requirements of a feature with the task each belongs to with some confidence, those that can be written.
    fn confident_links(&self, feature: &Feature) -> Vec<Link> {
        let suggestions = self.graph.suggestions(feature.id);
        let links = suggestions
            .iter()
            .filter_map(|it| Some((it.item, it.confident_task()?.target)));
        links
            .filter(|link| generate::cite(&self.graph, &[*link]).is_some())
            .collect()
    }

    /// Cites everything in a feature that belongs to a task with some confidence: each requirement with its task, and the
    /// edits. Nothing where there is nothing to cite.
    #[must_use]
    pub fn cite_confident(&self, feature: &Feature) -> Option<Cited> {
        let links = self.confident_links(feature);
        let edits = generate::cite(&self.graph, &links)?;
        Some((links, edits))
    }

    /// The same edits, each with what it links and why.
    #[must_use]
    pub fn confident(&self, feature: &Feature, locale: Locale) -> Vec<Reviewable> {
        let Some((links, edits)) = self.cite_confident(feature) else {
            return Vec::new();
        };
        let suggestions = self.graph.suggestions(feature.id);
        let why = |item: ItemRef| {
            let found = suggestions.iter().find(|it| it.item == item)?;
            Some(Self::reasons(&found.confident_task()?.reasons, locale))
        };
        let id = |item: ItemRef| feature.item(item).map_or("", |it| it.id.as_str());
        let reviewable = |(file, edit): (FileId, Edit)| {
            let around = links.iter().filter_map(|&(_, task)| {
                let range = feature.item(task)?.range;
                range
                    .contains_inclusive(edit.range.start())
                    .then_some((range.len(), task))
            });
            // A task below another has lines of its own.
            let (_, task) = around.min()?;
            let cited = links
                .iter()
                .filter(|(_, of)| *of == task)
                .map(|(item, _)| *item);
            let ids: Vec<&str> = cited.clone().map(id).collect();
            let whys: Vec<String> = cited
                .filter_map(|item| {
                    let words = wording::shortened(&wording::words_of(feature, item), WORDS);
                    Some(format!("{} ({words}): {}", id(item), why(item)?))
                })
                .collect();
            let said = [("ids", &*ids.join(", ")), ("task", id(task))];
            Some(Reviewable {
                file,
                edit,
                title: Message::new(CITED, &said).text(locale),
                why: whys.join("\n"),
            })
        };
        edits.into_iter().filter_map(reviewable).collect()
    }

    /// The edits that cite items of a feature in its tasks, each named by its key.
    #[must_use]
    pub fn cite(&self, file: FileId, links: &[(SmolStr, SmolStr)]) -> Option<Vec<(FileId, Edit)>> {
        let feature = self.graph.feature_of(file)?;
        let one = |key: &str| match feature.defined(key) {
            [one] => Some(*one),
            _ => None,
        };
        let links: Option<Vec<(ItemRef, ItemRef)>> = links
            .iter()
            .map(|(item, task)| Some((one(item)?, one(task)?)))
            .collect();
        generate::cite(&self.graph, &links?)
    }

    /// The edit that mentions an item above the only symbol of a source with this qualified name, or with `test` above
    /// the only test with this full name.
    #[must_use]
    pub fn mention_above(
        &self,
        file: FileId,
        item: &str,
        (source, name, test): (FileId, &str, bool),
        texts: &Texts<'_>,
    ) -> Option<Edit> {
        let feature = self.graph.feature_of(file)?;
        let [item] = feature.defined(item) else {
            return None;
        };
        let facts = &self.graph.source(source)?.facts;
        let starts: Vec<TextSize> = if test {
            let tests = facts.tests.iter().filter(|it| it.full_name == name);
            tests.map(|it| it.range.start()).collect()
        } else {
            let symbols = facts.symbols.iter();
            let symbols = symbols.filter(|it| it.qualified_name() == name);
            symbols.map(|it| it.range.start()).collect()
        };
        // Which of several is meant, a name does not say.
        let [at] = starts.as_slice() else {
            return None;
        };
        generate::mention_above(&self.graph, *item, (source, *at), texts)
    }
}

/// What names an item within its feature, if it is the only one of that name.
pub(crate) fn key(feature: &Feature, item: ItemRef) -> Option<SmolStr> {
    let key = SmolStr::from(feature.key(item)?.key.join("/"));
    (feature.defined(&key) == [item]).then_some(key)
}

fn said(reason: &Reason, locale: Locale) -> String {
    let list = |words: &[SmolStr]| {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        words.join(", ")
    };
    match (reason, locale) {
        (Reason::Quotes(text), Locale::English) => format!("both say \u{201c}{text}\u{201d}"),
        (Reason::Quotes(text), Locale::Japanese) => format!("どちらも「{text}」と書く"),
        (Reason::Names(names), Locale::English) => format!("both name {}", list(names)),
        (Reason::Names(names), Locale::Japanese) => format!("どちらも {} を名指す", list(names)),
        (Reason::Shares(words), Locale::English) => format!("shares {}", list(words)),
        (Reason::Shares(words), Locale::Japanese) => format!("共通の語 {}", list(words)),
        (Reason::SameStory(id), Locale::English) => format!("same user story {id}"),
        (Reason::SameStory(id), Locale::Japanese) => format!("同じユーザーストーリー {id}"),
        (Reason::NamedBy(task), Locale::English) => format!("{task} names it"),
        (Reason::NamedBy(task), Locale::Japanese) => format!("{task} が名指す"),
        (Reason::FileOf(task), Locale::English) => format!("in a file that {task} names"),
        (Reason::FileOf(task), Locale::Japanese) => format!("{task} が名指すファイルにある"),
        (Reason::Beside, Locale::English) => "goes with the requirements beside it".to_owned(),
        (Reason::Beside, Locale::Japanese) => "隣の要件と同じところ".to_owned(),
    }
}
