//! Wording: templates of the catalogue filled with facts, in the reader's language.

/// A language findings are worded in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}

impl Locale {
    /// The locale for a client's language tag (`ja`, `ja-JP`); English for every other.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("ja") {
            Self::Japanese
        } else {
            Self::English
        }
    }
}

/// One sentence with `{name}` gaps: subject first, both facts, no orders, no jargon, at most 120 characters filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// English.
    pub en: &'static str,
    /// Japanese.
    pub ja: &'static str,
}

/// A template and the facts for its gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    template: Template,
    facts: Vec<(&'static str, String)>,
}

impl Message {
    /// Fills `template` with `facts` (gap name, text).
    #[must_use]
    pub fn new(template: Template, facts: &[(&'static str, &str)]) -> Self {
        Self {
            template,
            facts: facts
                .iter()
                .map(|(gap, text)| (*gap, (*text).to_owned()))
                .collect(),
        }
    }

    /// The sentence in one language.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        let template = match locale {
            Locale::English => self.template.en,
            Locale::Japanese => self.template.ja,
        };
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((gap, after)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            if let Some((_, fact)) = self.facts.iter().find(|(name, _)| *name == gap) {
                out.push_str(fact);
            } else {
                out.push('{');
                out.push_str(gap);
                out.push('}');
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// At most `limit` characters of a text on one line, with `…` where the rest was.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    let line = text
        .split(['\n', '\r'])
        .next()
        .unwrap_or_default()
        .trim_end();
    if line.len() == text.len() && line.chars().count() <= limit {
        return line.to_owned();
    }
    let mut short: String = line.chars().take(limit.saturating_sub(1)).collect();
    short.push('\u{2026}');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_in_both_languages() {
        let template = Template {
            en: "{task} names `{path}`.",
            ja: "{task} は `{path}` を指しています。",
        };
        let message = Message::new(template, &[("task", "T001"), ("path", "a{b}.rs")]);
        assert_eq!(message.text(Locale::English), "T001 names `a{b}.rs`.");
        assert_eq!(
            message.text(Locale::Japanese),
            "T001 は `a{b}.rs` を指しています。"
        );
        assert_eq!(Locale::of_tag("ja-JP"), Locale::Japanese);
        assert_eq!(Locale::of_tag("de"), Locale::English);
    }
}
