//! What a plan says in its own words, in three languages; every other document gets the English ones.

use documents::Document;

use super::PartKind;

/// The language of the feature's spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    Japanese,
    Chinese,
}

/// A sentence in English, Japanese and Chinese; `{}` stands for what is put in, in order.
pub(super) type Sentence = [&'static str; 3];

impl Tongue {
    /// Judged by the script of its letters.
    pub(super) fn of(text: &str) -> Self {
        let (mut latin, mut kana, mut ideographs) = (0_u32, 0_u32, 0_u32);
        for c in text.chars().take(20_000) {
            match c {
                'a'..='z' | 'A'..='Z' => latin += 1,
                '\u{3040}'..='\u{30ff}' => kana += 1,
                '\u{4e00}'..='\u{9fff}' => ideographs += 1,
                _ => {}
            }
        }
        // A word of Latin letters has five times as many as one of ideographs.
        if (kana + ideographs) * 5 < latin {
            Self::English
        } else if kana * 5 > ideographs {
            Self::Japanese
        } else {
            Self::Chinese
        }
    }

    pub(super) fn pick(self, sentence: Sentence) -> &'static str {
        match self {
            Self::English => sentence[0],
            Self::Japanese => sentence[1],
            Self::Chinese => sentence[2],
        }
    }

    pub(super) fn say(self, sentence: Sentence, put_in: &[&str]) -> String {
        let mut parts = self.pick(sentence).split("{}");
        let mut out = parts.next().unwrap_or_default().to_owned();
        let mut put_in = put_in.iter();
        for part in parts {
            out.push_str(put_in.next().copied().unwrap_or_default());
            out.push_str(part);
        }
        out
    }

    pub(super) fn comma(self) -> &'static str {
        match self {
            Self::English => ", ",
            Self::Japanese | Self::Chinese => "、",
        }
    }

    /// A question that only a human can answer.
    pub(super) fn ask(self, sentence: Sentence, put_in: &[&str]) -> String {
        format!("[NEEDS CLARIFICATION: {}]", self.say(sentence, put_in))
    }
}

/// Whether a title has one of these words.
pub(super) fn any(title: &str, words: &[&str]) -> bool {
    let lower = title.to_lowercase();
    words.iter().any(|word| lower.contains(word))
}

pub(super) const COMPLEXITY: &[&str] = &["complexity", "複雑", "复杂"];

/// Whether a plan has a section for a question.
pub(super) fn is_answered(plan: &Document, kind: PartKind) -> bool {
    let words: &[&str] = match kind {
        PartKind::Services => &[
            "service order",
            "rollout",
            "roll-out",
            "deployment",
            "release order",
            "delivery order",
            "変更順",
            "サービス",
            "リリース",
            "デプロイ",
            "变更顺序",
            "服务",
            "发布",
            "部署",
        ],
        PartKind::Migration => &["migrat", "マイグレーション", "移行", "迁移"],
        PartKind::Rollback => &[
            "rollback",
            "roll back",
            "roll-back",
            "ロールバック",
            "切り戻し",
            "回滚",
        ],
        PartKind::Tests => &["test", "coverage", "テスト", "测试", "検証", "verification"],
    };
    plan.sections
        .iter()
        .any(|section| any(&section.title, words))
}
