//! Questions of new documents: in the words of the template, else in the language of the documents beside them.

/// How a question that a human must answer is marked.
pub(super) const MARK: &str = "[NEEDS CLARIFICATION: ";

/// A marked question.
pub(super) fn asked(question: &str) -> String {
    format!("{MARK}{question}]")
}

/// Every marked question of a text.
pub(super) fn questions(text: &str) -> Vec<String> {
    let marked = text.split(MARK).skip(1);
    let question = |rest: &str| rest.split(']').next().map(str::to_owned);
    marked.filter_map(question).collect()
}

/// Languages that there are questions in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Japanese,
    Chinese,
    Korean,
    /// Questions are the headings' own words.
    Other,
}

impl Language {
    /// Told by the script of headings; Latin ones are English where they have a word of it.
    pub(super) fn of(headings: &[&str]) -> Self {
        let has = |from: char, to: char| {
            let range = from..=to;
            headings
                .iter()
                .any(|it| it.contains(|c| range.contains(&c)))
        };
        let english = |word: &str| ENGLISH.contains(&word.to_lowercase().as_str());
        if has('\u{3040}', '\u{30ff}') || headings.iter().any(|it| it.contains("要件")) {
            Self::Japanese
        } else if has('\u{ac00}', '\u{d7af}') {
            Self::Korean
        } else if has('\u{4e00}', '\u{9fff}') {
            Self::Chinese
        } else if headings.is_empty() || headings.iter().any(|it| it.split(' ').any(english)) {
            Self::English
        } else {
            Self::Other
        }
    }

    /// What the whole is for.
    pub(super) fn purpose(self, title: &str, heading: &str) -> String {
        match self {
            Self::English => format!("What is “{title}” for, and for whom?"),
            Self::Japanese => format!("「{title}」は誰のためのもので、何を実現しますか？"),
            Self::Chinese => format!("“{title}”为谁而做，要实现什么？"),
            Self::Korean => format!("“{title}”은(는) 누구를 위한 것이며 무엇을 실현합니까?"),
            Self::Other => format!("{heading}: {title}?"),
        }
    }

    /// Who wants what.
    pub(super) fn story(self, title: &str) -> String {
        match self {
            Self::English => "Who wants what, and why?".to_owned(),
            Self::Japanese => "誰が、何を、なぜ望みますか？".to_owned(),
            Self::Chinese => "谁想要什么，为什么？".to_owned(),
            Self::Korean => "누가 무엇을 왜 원합니까?".to_owned(),
            Self::Other => format!("{title}?"),
        }
    }

    /// The name of a requirement.
    pub(super) fn needed(self, word: &str) -> String {
        match self {
            Self::English => "What is needed?".to_owned(),
            Self::Japanese => "何が必要ですか？".to_owned(),
            Self::Chinese => "需要什么？".to_owned(),
            Self::Korean => "무엇이 필요합니까?".to_owned(),
            Self::Other => format!("{word}?"),
        }
    }

    /// A first criterion, whole.
    pub(super) fn criterion(self, heading: &str) -> String {
        let ask = |question: &str| asked(question);
        match self {
            Self::English => format!(
                "WHEN {} THEN the system SHALL {}",
                ask("Which event happens?"),
                ask("Do what?")
            ),
            Self::Japanese => ask("どのような場合に、システムは何をしなければなりませんか？"),
            Self::Chinese => ask("在什么情况下，系统必须做什么？"),
            Self::Korean => ask("어떤 경우에 시스템은 무엇을 해야 합니까?"),
            Self::Other => ask(&format!("{heading}?")),
        }
    }
}

/// Words of English headings.
const ENGLISH: [&str; 10] = [
    "introduction",
    "overview",
    "requirements",
    "requirement",
    "document",
    "acceptance",
    "criteria",
    "summary",
    "purpose",
    "glossary",
];
