//! What rules of acceptance share: who an item is, where its code is, and what is said beside a finding.

use documents::DocumentKind;
use text::TextRange;
use trace::{
    AcceptedItem, AcceptedLink, Altered, CodeStanding, Feature, FeatureDocument, TargetName,
};

use crate::engine::{Draft, Sink};
use crate::message::{Message, Template, shortened};

/// Documents whose items are accepted.
pub(crate) const SPECS: &[DocumentKind] = &[
    DocumentKind::Spec,
    DocumentKind::KiroRequirements,
    DocumentKind::KiroBugfix,
    DocumentKind::OpenSpecCapability,
];

/// Where the code is.
pub(crate) const HERE: Template = Template {
    en: "`{symbol}` stands here.",
    ja: "`{symbol}` はここにあります。",
};
/// The line of the lock.
pub(crate) const ACCEPTED: Template = Template {
    en: "Accepted here: \"{reason}\".",
    ja: "ここで承認: 「{reason}」。",
};
/// What it was, at the place where it is another now.
pub(crate) const WAS: Template = Template {
    en: "This was `{was}` until {commit}.",
    ja: "{commit} より前は `{was}` でした。",
};
pub(crate) const WAS_IN_HEAD: Template = Template {
    en: "This is `{was}` in the last commit.",
    ja: "最後のコミットでは `{was}` です。",
};
pub(crate) const ADDED: Template = Template {
    en: "This came with {commit}.",
    ja: "{commit} で加わりました。",
};
pub(crate) const ADDED_SINCE: Template = Template {
    en: "This is not in the last commit.",
    ja: "最後のコミットにはありません。",
};
pub(crate) const REMOVED: Template = Template {
    en: "`{was}` stood before this until {commit}.",
    ja: "{commit} より前は、この前に `{was}` がありました。",
};
pub(crate) const REMOVED_SINCE: Template = Template {
    en: "`{was}` stands before this in the last commit.",
    ja: "最後のコミットでは、この前に `{was}` があります。",
};
/// What the item says of it.
pub(crate) const NAMES: Template = Template {
    en: "{who} names `{name}`: \"{words}\".",
    ja: "{who} は `{name}` に触れています: 「{words}」。",
};
pub(crate) const SAYS: Template = Template {
    en: "{who} says: \"{words}\".",
    ja: "{who} の文言: 「{words}」。",
};
const UNSAID: Template = Template {
    en: "Accepted here.",
    ja: "ここで承認されています。",
};

/// What is wrong with an accepted item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suspicion {
    /// Nothing.
    None,
    /// Its text, perhaps with its code.
    Text,
    /// Only its code.
    Code,
}

/// What is to be said of an item: text before code, so that one change is one finding.
pub(crate) fn suspicion(item: &AcceptedItem) -> Suspicion {
    let apart = |link: &AcceptedLink| !link.text && link.code.is_same();
    let changed = |link: &AcceptedLink| {
        matches!(
            link.code,
            CodeStanding::Signature(_) | CodeStanding::Body(_)
        )
    };
    let rest = |link: &AcceptedLink| matches!(link.code, CodeStanding::Gone(_));
    if !item.text && !item.links.iter().all(rest) || item.links.iter().any(apart) {
        Suspicion::Text
    } else if item.links.iter().any(changed) {
        Suspicion::Code
    } else {
        Suspicion::None
    }
}

/// An accepted item in its document.
pub(crate) struct Suspect<'a> {
    pub(crate) document: &'a FeatureDocument,
    pub(crate) at: u32,
    /// Its id there, or the first words where it has none.
    pub(crate) range: TextRange,
    /// What people call it.
    pub(crate) who: String,
}

impl<'a> Suspect<'a> {
    pub(crate) fn of(feature: &'a Feature, accepted: &AcceptedItem) -> Option<Self> {
        let document = feature.document(accepted.item.file)?;
        let item = feature.item(accepted.item)?;
        let range = if item.id_range.is_empty() {
            item.title_range
        } else {
            item.id_range
        };
        let who = shortened(&item.id, 40);
        Some(Self {
            document,
            at: accepted.item.item,
            range,
            who,
        })
    }

    /// Counts what nobody can tell.
    pub(crate) fn count_unknown(&self, accepted: &AcceptedItem, sink: &mut Sink<'_>) {
        for link in &accepted.links {
            if let CodeStanding::Unknown(why) = &link.code {
                sink.unknown_at(self.document.file, self.range, why);
            }
        }
    }
}

/// `Session.create`, `src/a.rs` where the whole file is meant.
pub(crate) fn called(target: &TargetName) -> String {
    let name = target.part.as_ref().map_or(&target.path, |part| &part.name);
    shortened(name, 48)
}

/// What of changed code is another, in one sentence.
fn alteration(altered: &Altered) -> Message {
    let commit = altered.commit.as_deref();
    let template = match (altered.was.is_empty(), altered.now.is_empty()) {
        (true, _) if commit.is_some() => ADDED,
        (true, _) => ADDED_SINCE,
        (_, true) if commit.is_some() => REMOVED,
        (_, true) => REMOVED_SINCE,
        _ if commit.is_some() => WAS,
        _ => WAS_IN_HEAD,
    };
    let facts = [
        ("was", altered.was.as_str()),
        ("commit", commit.unwrap_or_default()),
    ];
    Message::new(template, &facts)
}

/// Adds what changed in the code of a link, with the words of the item that it touches; where the code is, if that is
/// unknown; and where it was accepted.
pub(crate) fn with_places<'d>(
    mut draft: Draft<'d>,
    feature: &Feature,
    suspect: &Suspect<'_>,
    links: &[&AcceptedLink],
) -> Draft<'d> {
    let mut touched: Vec<TextRange> = Vec::new();
    for link in links {
        if let (Some(altered), Some(spot)) = (&link.altered, link.code.spot()) {
            draft = draft.related(spot.file, altered.range, alteration(altered));
            if !touched.contains(&altered.words) {
                touched.push(altered.words);
                let document = suspect.document;
                let words = one_line(text::slice(&document.doc.text, altered.words));
                let facts = [
                    ("who", suspect.who.as_str()),
                    ("name", altered.name.as_deref().unwrap_or_default()),
                    ("words", words.as_str()),
                ];
                let template = if altered.name.is_some() { NAMES } else { SAYS };
                let message = Message::new(template, &facts);
                draft = draft.related(document.file, altered.words, message);
            }
            draft = with_line(draft, feature, link);
            continue;
        }
        // Of a file that is there as a whole, there is nothing to show.
        if let Some(spot) = link.code.spot().filter(|spot| !spot.range.is_empty()) {
            let facts = [("symbol", called(&link.target))];
            let facts = facts.each_ref().map(|(gap, fact)| (*gap, fact.as_str()));
            draft = draft.related(spot.file, spot.range, Message::new(HERE, &facts));
        }
        draft = with_line(draft, feature, link);
    }
    draft
}

/// Adds the line of the lock.
fn with_line<'d>(draft: Draft<'d>, feature: &Feature, link: &AcceptedLink) -> Draft<'d> {
    let Some(lock) = feature.accepted.lock else {
        return draft;
    };
    let template = if link.reason.is_empty() {
        UNSAID
    } else {
        ACCEPTED
    };
    let message = Message::new(template, &[("reason", link.reason.as_str())]);
    draft.related(lock, link.line, message)
}

/// Words on one line, without the end of their sentence.
fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_end_matches(['.', '。']).to_owned()
}

/// Characters of what is the same that stay beside what is not.
const CONTEXT: usize = 8;

/// Two texts of at most `room` characters together, cut where they are the same.
pub(crate) fn parted(was: &str, now: &str, room: usize) -> (String, String) {
    let (old, new): (Vec<char>, Vec<char>) = (was.chars().collect(), now.chars().collect());
    if old.len() + new.len() <= room {
        return (was.to_owned(), now.to_owned());
    }
    let same = |pair: &(&char, &char)| pair.0 == pair.1;
    let before = old.iter().zip(&new).take_while(same).count();
    let behind = old[before..].iter().rev().zip(new[before..].iter().rev());
    let behind = behind.take_while(same).count();
    let cut = |text: &[char], limit: usize| {
        let near = before.saturating_sub(CONTEXT);
        let word = text[..near].iter().rev();
        let word = word.take_while(|c| c.is_alphanumeric() || **c == '_');
        let from = near - word.count().min(CONTEXT);
        let from = if from < 2 { 0 } else { from };
        let to = text.len() - behind.saturating_sub(CONTEXT);
        let to = if text.len() - to < 2 { text.len() } else { to };
        let to = to.min(from + limit.saturating_sub(2)).max(from);
        let start = if from > 0 { "\u{2026}" } else { "" };
        let end = if to < text.len() { "\u{2026}" } else { "" };
        let middle: String = text[from..to].iter().collect();
        format!("{start}{middle}{end}")
    };
    let half = room / 2;
    let short =
        |text: &[char], other: usize| half.max(room.saturating_sub(other)).min(text.len() + 2);
    (
        cut(&old, short(&old, new.len())),
        cut(&new, short(&new, old.len())),
    )
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn what_is_the_same_gives_way_to_what_is_not() {
        let whole = |was, now| parted(was, now, 40);
        assert_eq!(whole("f(a)", "f(a, b)"), ("f(a)".into(), "f(a, b)".into()));
        let (was, now) = whole(
            "pub fn verify_token(token: &str) -> Result<Claims>",
            "pub fn verify_token(token: &str, scope: u8) -> Result<Claims>",
        );
        assert_eq!(was, "\u{2026}token: &str) -> Re\u{2026}");
        assert_eq!(now, "\u{2026}token: &str, scope\u{2026}");
        let (was, now) = whole("é", &"x".repeat(99));
        assert_eq!((was.as_str(), now.chars().count()), ("é", 38));
    }
}
