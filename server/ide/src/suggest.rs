//! Suggestions in words. They are never findings: shown when somebody asks, and nothing else follows from them.

use rules::Locale;
use smol_str::SmolStr;
use trace::Reason;

use crate::Analysis;
use crate::wording::say;

impl Analysis {
    /// Why something is suggested, in one line: "both name `SessionStore`; shares `session token`, `expiry`".
    #[must_use]
    pub fn reasons(reasons: &[Reason], locale: Locale) -> String {
        let all: Vec<String> = reasons.iter().map(|reason| said(reason, locale)).collect();
        all.join(say(locale, "; ", "、"))
    }
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
        (Reason::FileOf(task), Locale::English) => format!("in a file that {task} names"),
        (Reason::FileOf(task), Locale::Japanese) => format!("{task} が名指すファイルにある"),
        (Reason::Beside, Locale::English) => "goes with the requirements beside it".to_owned(),
        (Reason::Beside, Locale::Japanese) => "隣の要件と同じところ".to_owned(),
    }
}
