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

    /// The same where another task has asked for the file.
    pub(super) fn test_beside(self, title: &str, task: &str) -> String {
        match self {
            Self::English => format!("Test \"{title}\" where {task} tests"),
            Self::Chinese => format!("在 {task} 的测试文件中测试“{title}”"),
            Self::Japanese => format!("{task} と同じ場所で「{title}」を試す"),
            Self::Other => format!("{title} ({task})"),
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

    /// What the list is written from, at its head.
    pub(super) fn sources(self, feature: &str, documents: &[String]) -> Vec<String> {
        let documents = documents.join(self.comma());
        match self {
            Self::English => vec![
                format!("**Input**: Design documents from `/{feature}/`"),
                format!("**Prerequisites**: {documents}"),
                "Written from these documents and the code, by rules and without AI.".to_owned(),
            ],
            Self::Chinese => vec![
                format!("**输入**：`/{feature}/` 中的设计文档"),
                format!("**前提条件**：{documents}"),
                "由规则根据这些文档和代码生成，未使用 AI。".to_owned(),
            ],
            Self::Japanese => vec![
                format!("**入力**: `/{feature}/` の設計文書"),
                format!("**前提条件**: {documents}"),
                "これらの文書とコードから規則で生成しました（AI 不使用）。".to_owned(),
            ],
            Self::Other => vec![format!("`/{feature}/`: {documents}")],
        }
    }

    /// A task that writes a file, or changes one that is there.
    pub(super) fn write(self, path: &str, exists: bool) -> String {
        match (self, exists) {
            (Self::English, false) => format!("Create {path}"),
            (Self::English, true) => format!("Change {path}"),
            (Self::Chinese, false) => format!("创建 {path}"),
            (Self::Chinese, true) => format!("修改 {path}"),
            (Self::Japanese, false) => format!("{path} を作成する"),
            (Self::Japanese, true) => format!("{path} を変更する"),
            (Self::Other, _) => path.to_owned(),
        }
    }

    /// A task that takes a file away.
    pub(super) fn remove(self, path: &str) -> String {
        match self {
            Self::English => format!("Delete {path}"),
            Self::Chinese => format!("删除 {path}"),
            Self::Japanese => format!("{path} を削除する"),
            Self::Other => path.to_owned(),
        }
    }

    /// A task that builds entities and operations in a file.
    pub(super) fn build(self, things: &str, path: &str) -> String {
        match self {
            Self::English => format!("Build {things} in {path}"),
            Self::Chinese => format!("在 {path} 中实现 {things}"),
            Self::Japanese => format!("{path} に {things} を実装する"),
            Self::Other => format!("{things}: {path}"),
        }
    }

    /// The same when no file is known.
    pub(super) fn build_somewhere(self, things: &str) -> String {
        match self {
            Self::English => format!("Build {things}"),
            Self::Chinese => format!("实现 {things}"),
            Self::Japanese => format!("{things} を実装する"),
            Self::Other => things.to_owned(),
        }
    }

    /// A task that does what requirements say, of which no story is known.
    pub(super) fn meet(self, ids: &str) -> String {
        match self {
            Self::English => format!("Do what {ids} asks for"),
            Self::Chinese => format!("满足 {ids}"),
            Self::Japanese => format!("{ids} を満たす"),
            Self::Other => ids.to_owned(),
        }
    }

    /// The same in a file.
    pub(super) fn meet_in(self, id: &str, path: &str) -> String {
        match self {
            Self::English => format!("Do what {id} asks for in {path}"),
            Self::Chinese => format!("在 {path} 中满足 {id}"),
            Self::Japanese => format!("{path} で {id} を満たす"),
            Self::Other => format!("{id}: {path}"),
        }
    }

    /// Heading of what no task named before.
    pub(super) fn unnamed(self) -> &'static str {
        match self {
            Self::English => "Not yet covered",
            Self::Chinese => "尚未覆盖",
            Self::Japanese => "未対応の項目",
            Self::Other => "spec.md",
        }
    }

    /// Words with what a plan remarks of the file.
    pub(super) fn noted(self, words: String, note: &str) -> String {
        if note.is_empty() {
            return words;
        }
        match self {
            Self::Chinese | Self::Japanese => format!("{words}：{note}"),
            Self::English | Self::Other => format!("{words}: {note}"),
        }
    }

    /// A task that holds what was built against the success criteria.
    pub(super) fn measure(self, spec: &str) -> String {
        match self {
            Self::English => format!("Measure what {spec} promises"),
            Self::Chinese => format!("验证 {spec} 中的成功标准"),
            Self::Japanese => format!("{spec} の成功基準を測る"),
            Self::Other => spec.to_owned(),
        }
    }

    /// A task that goes through a guide.
    pub(super) fn follow(self, guide: &str) -> String {
        match self {
            Self::English => format!("Follow {guide} from its beginning to its end"),
            Self::Chinese => format!("按照 {guide} 完整验证"),
            Self::Japanese => format!("{guide} を最初から最後まで確認する"),
            Self::Other => guide.to_owned(),
        }
    }

    /// Heading of files that nothing that is wanted names.
    pub(super) fn others(self) -> &'static str {
        match self {
            Self::Chinese => "其他文件",
            Self::Japanese => "その他のファイル",
            Self::English | Self::Other => "Other files",
        }
    }

    /// Heading of what waits for what.
    pub(super) fn dependencies(self) -> &'static str {
        match self {
            Self::Chinese => "依赖关系",
            Self::Japanese => "依存関係",
            Self::English | Self::Other => "Dependencies",
        }
    }

    /// A task waits for another that changes the same file.
    pub(super) fn waits(self, task: &str, on: &str, path: &str) -> String {
        match self {
            Self::Chinese => format!("{task} 依赖 {on}：{path}"),
            Self::Japanese => format!("{task} は {on} に依存: {path}"),
            Self::English | Self::Other => format!("{task} depends on {on}: {path}"),
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
