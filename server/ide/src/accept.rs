//! "Read, still true": accepting an item with its code, and how it stands.

use documents::Item;
use rules::{Finding, Locale, Message, Template};
use text::{Edit, FileId, TextRange};
use trace::{AcceptPlan, AcceptedItem, Accepting, Altered, Basis, CodeStanding, Feature, ItemRef};

use crate::code_actions::touches;
use crate::wording::{code, say};
use crate::{Action, ActionKind, Analysis};

const ACCEPT: Template = Template {
    en: "Read, still true: accept {address}",
    ja: "読んで確認済み: {address} を承認する",
};

/// Items of one place in code that are offered.
const OFFERED: usize = 5;

/// Rules whose findings go when the item is accepted.
const REMOVED: [&str; 3] = [
    "suspect-code",
    "suspect-requirement",
    "accepted-target-gone",
];

/// How an item stands to what was accepted of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Accepted,
    Suspect,
    Unknown,
}

impl Analysis {
    /// Accepts the items at `range` of a spec, or those that the code there serves.
    #[must_use]
    pub fn accepting(&self, file: FileId, range: TextRange, locale: Locale) -> Vec<Action> {
        let items = match self.graph.feature_of(file) {
            Some(feature) => self.items_at(feature, file, range),
            None => self.served_at(file, range),
        };
        let items = items.into_iter().filter(|item| self.is_due(*item));
        let action = |item: ItemRef| {
            let feature = self.graph.feature(item.feature)?;
            let address = feature.key(item)?.to_string();
            let findings = self.checked.in_file(&self.graph, file);
            let mut own = findings.filter(|each| {
                REMOVED.contains(&each.code) && each.address(&feature.path) == address
            });
            let finding = own.next().map(|finding| (finding.code, finding.range));
            Some(Action {
                title: Message::new(ACCEPT, &[("address", &address)]).text(locale),
                kind: ActionKind::Accept {
                    spec: item.file,
                    address: address.into(),
                },
                finding,
                preferred: false,
            })
        };
        items.filter_map(action).take(OFFERED).collect()
    }

    /// What accepting again what a finding speaks of writes, for those who have no actions: the title, the lock, its
    /// edits. Nothing where accepting does not remove the finding.
    #[must_use]
    pub fn accepting_again(
        &self,
        finding: &Finding,
        locale: Locale,
    ) -> Option<(String, FileId, Vec<Edit>)> {
        if !REMOVED.contains(&finding.code) {
            return None;
        }
        let feature = self.graph.feature_of(finding.file)?;
        let address = finding.address(&feature.path);
        let mut items = feature.accepted.items.iter();
        let item = items.find(|each| {
            let key = feature.key(each.item);
            key.is_some_and(|key| key.to_string() == address)
        })?;
        let (lock, edits) = self.graph.accepted_again(item.item)?;
        let title = Message::new(ACCEPT, &[("address", &address)]).text(locale);
        Some((title, lock, edits))
    }

    /// What accepting the item of a spec with this address writes now; `None` where nothing is to be written.
    #[must_use]
    pub fn accept(&self, spec: FileId, address: &str) -> Option<AcceptPlan> {
        let feature = self.graph.feature_of(spec)?;
        let mut items = self.graph.acceptable_items(feature).into_iter();
        let item = items.find(|item| {
            let key = feature.key(*item);
            key.is_some_and(|key| key.to_string() == address)
        })?;
        let plan = self.planned(item)?;
        (!plan.edits.is_empty()).then_some(plan)
    }

    fn planned(&self, item: ItemRef) -> Option<AcceptPlan> {
        let accepting = Accepting {
            items: &[item],
            reason: "",
            prune: false,
        };
        self.graph.accept(accepting).into_iter().next()
    }

    /// Whether accepting it says anything new.
    fn is_due(&self, item: ItemRef) -> bool {
        let plan = self.planned(item);
        plan.is_some_and(|plan| !plan.conflicted && plan.items.iter().any(trace::ItemPlan::is_news))
    }

    fn items_at(&self, feature: &Feature, file: FileId, range: TextRange) -> Vec<ItemRef> {
        let items = self.graph.acceptable_items(feature).into_iter();
        let here = |item: &ItemRef| {
            let head = |item: &Item| item.id_range.cover(item.title_range);
            let item = feature.item(*item).map(head);
            item.is_some_and(|head| touches(head, range))
        };
        items
            .filter(|item| item.file == file && here(item))
            .collect()
    }

    fn served_at(&self, file: FileId, range: TextRange) -> Vec<ItemRef> {
        let Some(source) = self.graph.source(file) else {
            return Vec::new();
        };
        let line = source.lines.line_range(source.lines.line(range.start()));
        let Some(line) = line else { return Vec::new() };
        let place = self.graph.code_place(file, line);
        if place == trace::CodePlace::default() {
            return Vec::new();
        }
        let served = self.graph.serves(file, place).items.into_iter();
        let sure = served.filter(|each| each.basis != Basis::Inferred);
        let acceptable = |item: &ItemRef| {
            let feature = self.graph.feature(item.feature);
            feature.is_some_and(|feature| self.graph.acceptable_items(feature).contains(item))
        };
        sure.map(|each| each.item).filter(acceptable).collect()
    }

    /// One word for a lens; nothing where no lock speaks of the feature.
    pub(crate) fn acceptance(&self, item: ItemRef, locale: Locale) -> Option<&'static str> {
        let feature = self.graph.feature(item.feature)?;
        feature.accepted.lock?;
        Some(match feature.accepted.of(item).map(state) {
            Some(State::Accepted) => say(locale, "accepted", "承認済み"),
            Some(State::Suspect) => say(locale, "suspect", "要確認"),
            Some(State::Unknown) => say(locale, "acceptance unknown", "承認状態不明"),
            None => say(locale, "not accepted", "未承認"),
        })
    }

    /// What was accepted of an item, with the reason, for a hover.
    pub(crate) fn accepted_text(&self, item: ItemRef, locale: Locale) -> Option<String> {
        let feature = self.graph.feature(item.feature)?;
        let accepted = feature.accepted.of(item)?;
        let mut out = self.acceptance(item, locale)?.to_owned();
        if let Some(first) = out.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let mut reasons: Vec<&str> = accepted.links.iter().map(|it| it.reason.as_str()).collect();
        reasons.retain(|reason| !reason.is_empty());
        reasons.sort_unstable();
        reasons.dedup();
        let reasons = reasons.iter().map(|reason| code(reason));
        let reasons = reasons.take(3).collect::<Vec<_>>().join(", ");
        if !reasons.is_empty() {
            out = format!("{out}: {reasons}");
        }
        for link in accepted.links.iter().filter(|link| !link.is_fresh()) {
            let what = match &link.code {
                CodeStanding::Same(_) => say(locale, "not with this text", "この文言では未承認"),
                CodeStanding::Signature(_) => say(locale, "another signature", "シグネチャが変更"),
                CodeStanding::Body(_) => say(locale, "another body", "本体が変更"),
                CodeStanding::Gone(_) => say(locale, "gone", "なくなった"),
                CodeStanding::Unknown(why) => why,
            };
            let target = code(&link.target.to_string());
            out = format!("{out}\n- {target}: {what}");
            if let Some(altered) = &link.altered {
                out.push_str(&what_changed(altered, locale));
            }
        }
        Some(out)
    }
}

/// The old and the new state of changed code.
fn what_changed(altered: &Altered, locale: Locale) -> String {
    let state = |text: &str| {
        if text.is_empty() {
            return say(locale, "nothing", "なし").to_owned();
        }
        code(text)
    };
    let line = match locale {
        Locale::English => format!("line {}", altered.line),
        Locale::Japanese => format!("{} 行目", altered.line),
    };
    let (was, now) = (state(&altered.was), state(&altered.now));
    let since = altered
        .commit
        .as_deref()
        .map_or_else(String::new, |commit| format!(" ({})", code(commit)));
    format!(", {line}: {was} → {now}{since}")
}

fn state(item: &AcceptedItem) -> State {
    let unknown = |code: &CodeStanding| matches!(code, CodeStanding::Unknown(_));
    if item.links.iter().all(trace::AcceptedLink::is_fresh) {
        State::Accepted
    } else if item.text
        && item
            .links
            .iter()
            .all(|it| it.is_fresh() || unknown(&it.code))
    {
        State::Unknown
    } else {
        State::Suspect
    }
}
