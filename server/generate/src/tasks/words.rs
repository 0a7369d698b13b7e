//! The few words no document lends: what a task line says, in the language of the document it goes into.

/// Languages we have sentences in; every other one gets words of its own document only, joined by colons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Chinese,
    Japanese,
    Other,
}

impl Language {
    /// Judged by the script of most task lines, then by the word the document has for a user story.
    pub(super) fn of<'a>(story_word: &str, tasks: impl Iterator<Item = &'a str>) -> Self {
        let (mut all, mut kana, mut ideographs) = (0, 0, 0);
        for task in tasks {
            all += 1;
            if task.contains(|c: char| ('\u{3040}'..='\u{30ff}').contains(&c)) {
                kana += 1;
            } else if task.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
                ideographs += 1;
            }
        }
        let word = story_word.trim().to_lowercase();
        if (kana + ideographs) * 2 > all {
            if kana > ideographs {
                Self::Japanese
            } else {
                Self::Chinese
            }
        } else if word.starts_with("user story") || word.starts_with("us") || word == "story" {
            Self::English
        } else {
            Self::Other
        }
    }

    /// A task that tests what a story says in a file.
    pub(super) fn test(self, title: &str, path: &str) -> String {
        match self {
            Self::English => format!("Test \"{title}\" in {path}"),
            Self::Chinese => format!("在 {path} 中测试“{title}”"),
            Self::Japanese => format!("{path} で「{title}」を試す"),
            Self::Other => format!("{title}: {path}"),
        }
    }

    /// The same when no file is known.
    pub(super) fn test_somewhere(self, title: &str) -> String {
        match self {
            Self::English => format!("Test \"{title}\""),
            Self::Chinese => format!("测试“{title}”"),
            Self::Japanese => format!("「{title}」を試す"),
            Self::Other => title.to_owned(),
        }
    }

    /// A task that does what a story says.
    pub(super) fn implement(self, title: &str, path: &str) -> String {
        match self {
            Self::English => format!("Implement \"{title}\" in {path}"),
            Self::Chinese => format!("在 {path} 中实现“{title}”"),
            Self::Japanese => format!("{path} に「{title}」を実装する"),
            Self::Other => format!("{title}: {path}"),
        }
    }

    /// The same when no file is known.
    pub(super) fn implement_somewhere(self, title: &str) -> String {
        match self {
            Self::English => format!("Implement \"{title}\""),
            Self::Chinese => format!("实现“{title}”"),
            Self::Japanese => format!("「{title}」を実装する"),
            Self::Other => title.to_owned(),
        }
    }

    /// Does this file hold a story's code?
    pub(super) fn this_file(self, story: &str, path: &str) -> String {
        match self {
            Self::Chinese => format!("{story} 是否在 {path} 中实现？"),
            Self::Japanese => format!("{path} が {story} を実装しますか？"),
            Self::English | Self::Other => format!("does {path} hold {story}?"),
        }
    }

    /// Which file holds a story's code?
    pub(super) fn which_file(self, story: &str, dir: Option<&str>) -> String {
        match (self, dir) {
            (Self::Chinese, Some(dir)) => format!("{dir} 中的哪个文件实现 {story}？"),
            (Self::Chinese, None) => format!("哪个文件实现 {story}？"),
            (Self::Japanese, Some(dir)) => {
                format!("{dir} のどのファイルが {story} を実装しますか？")
            }
            (Self::Japanese, None) => format!("どのファイルが {story} を実装しますか？"),
            (_, Some(dir)) => format!("which file in {dir} holds {story}?"),
            (_, None) => format!("which file holds {story}?"),
        }
    }

    /// Which file holds a story's tests?
    pub(super) fn which_test_file(self, story: &str, dir: Option<&str>) -> String {
        match (self, dir) {
            (Self::Chinese, Some(dir)) => format!("{dir} 中的哪个文件包含 {story} 的测试？"),
            (Self::Chinese, None) => format!("哪个文件包含 {story} 的测试？"),
            (Self::Japanese, Some(dir)) => {
                format!("{dir} のどのファイルに {story} のテストがありますか？")
            }
            (Self::Japanese, None) => format!("どのファイルに {story} のテストがありますか？"),
            (_, Some(dir)) => format!("which file in {dir} holds the tests of {story}?"),
            (_, None) => format!("which file holds the tests of {story}?"),
        }
    }

    /// Between the members of a list.
    pub(super) fn comma(self) -> &'static str {
        match self {
            Self::Chinese | Self::Japanese => "、",
            Self::English | Self::Other => ", ",
        }
    }
}
