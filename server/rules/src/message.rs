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

/// Characters of the longest sentence anybody is told.
pub(crate) const LONGEST: usize = 120;

impl Message {
    /// Fills `template` with `facts` (gap name, text). Where that makes a sentence of more than [`LONGEST`] characters,
    /// the longest facts lose their middle.
    #[must_use]
    pub fn new(template: Template, facts: &[(&'static str, &str)]) -> Self {
        let facts = facts
            .iter()
            .map(|(gap, text)| (*gap, (*text).to_owned()))
            .collect();
        let mut message = Self { template, facts };
        loop {
            let over = message.length().saturating_sub(LONGEST);
            let length = |text: &String| text.chars().count();
            let longest = message.facts.iter_mut().max_by_key(|fact| length(&fact.1));
            let Some((_, fact)) = longest.filter(|fact| over > 0 && length(&fact.1) > 1) else {
                return message;
            };
            // A fact may stand in the sentence twice; the next round sees.
            *fact = without_middle(
                fact,
                length(fact).saturating_sub(over).max(length(fact) / 2),
            );
        }
    }

    /// Characters of the sentence in the language that has more.
    fn length(&self) -> usize {
        let of = |locale| self.text(locale).chars().count();
        of(Locale::English).max(of(Locale::Japanese))
    }

    /// How many characters `template` with these facts leaves for those that are still empty.
    pub(crate) fn room(template: Template, facts: &[(&'static str, &str)]) -> usize {
        LONGEST.saturating_sub(Self::new(template, facts).length())
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

/// At most `limit` characters of a text: its beginning and, longer, its end, with `…` between.
pub(crate) fn without_middle(text: &str, limit: usize) -> String {
    let count = text.chars().count();
    if count <= limit {
        return text.to_owned();
    }
    let kept = limit.saturating_sub(1);
    let head = kept / 3;
    let beginning = text.chars().take(head);
    let end = text.chars().skip(count - (kept - head));
    beginning
        .chain(std::iter::once('\u{2026}'))
        .chain(end)
        .collect()
}

/// Two different paths in `room` characters together, so that what differs can be seen: the directories they share are
/// what is left out first.
pub(crate) fn paths_apart(one: &str, other: &str, room: usize) -> (String, String) {
    let length = |text: &str| text.chars().count();
    if length(one) + length(other) <= room {
        return (one.to_owned(), other.to_owned());
    }
    let segments = |path| str::split(path, '/').collect::<Vec<_>>();
    let (first, second) = (segments(one), segments(other));
    let fewest = first.len().min(second.len()) - 1;
    let pairs = || first.iter().zip(&second).take(fewest);
    let before = pairs().take_while(|(one, other)| one == other).count();
    let backwards = first.iter().rev().zip(second.iter().rev());
    let behind = backwards
        .take(fewest - before)
        .take_while(|(one, other)| one == other)
        .count();
    let show = |path: &[&str], limit: usize| {
        let from = |at: usize| format!("\u{2026}/{}", path[at..].join("/"));
        let own = &path[before..path.len() - behind];
        let mut ways = vec![path.join("/")];
        ways.extend((before > 1).then(|| from(before - 1)));
        ways.extend((before > 0).then(|| from(before)));
        if behind > 1 && !own.is_empty() {
            let name = path.last().copied().unwrap_or_default();
            ways.push(format!("\u{2026}/{}/\u{2026}/{name}", own.join("/")));
        }
        let fits = ways.iter().find(|way| length(way) <= limit).cloned();
        fits.unwrap_or_else(|| without_middle(ways.last().map_or("", |way| way), limit))
    };
    let half = room / 2;
    let (left, right) = if length(one) <= half {
        (one.to_owned(), show(&second, room - length(one)))
    } else if length(other) <= half {
        (show(&first, room - length(other)), other.to_owned())
    } else {
        (show(&first, half), show(&second, half))
    };
    if left != right {
        return (left, right);
    }
    // They differ within one name: the letters from there on.
    let same = one
        .chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other);
    let skipped = same.count().saturating_sub(half / 2);
    let window = |text: &str| {
        let mut shown = String::from("\u{2026}");
        shown.extend(text.chars().skip(skipped).take(half.saturating_sub(2)));
        if length(text) > skipped + half.saturating_sub(2) {
            shown.push('\u{2026}');
        }
        shown
    };
    (window(one), window(other))
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

    #[test]
    fn no_sentence_is_longer_than_it_may_be() {
        let template = Template {
            en: "{who} names `{path}`, which is `{path}` again, and {more}.",
            ja: "{who} の `{path}` は {more} です。",
        };
        for long in [1, 40, 119, 120, 121, 500, 5_000] {
            let path = "é/".repeat(long);
            let more = "長".repeat(long * 2);
            let facts = [("who", "T001"), ("path", path.as_str()), ("more", &more)];
            let message = Message::new(template, &facts);
            for locale in [Locale::English, Locale::Japanese] {
                let text = message.text(locale);
                assert!(text.chars().count() <= LONGEST, "{text}");
                assert!(text.starts_with("T001 "), "{text}");
            }
            assert_eq!(
                message.text(Locale::English).contains('\u{2026}'),
                long > 20
            );
        }
    }

    #[test]
    fn the_middle_goes_first() {
        assert_eq!(
            without_middle("src/deep/down/file.rs", 40),
            "src/deep/down/file.rs"
        );
        assert_eq!(
            without_middle("src/deep/down/file.rs", 14),
            "src/\u{2026}n/file.rs"
        );
        assert_eq!(without_middle("長い名前の道", 4), "長\u{2026}の道");
        assert_eq!(without_middle("abc", 0), "\u{2026}");
    }

    #[test]
    fn two_paths_never_read_the_same() {
        let apart = |one: &str, other: &str| {
            let (left, right) = paths_apart(one, other, 70);
            assert_ne!(left, right);
            assert!(
                left.chars().count() + right.chars().count() <= 70,
                "{left} {right}"
            );
            format!("{left} > {right}")
        };
        assert_eq!(apart("src/a.rs", "src/b/a.rs"), "src/a.rs > src/b/a.rs");
        let deep = "src/commonMain/kotlin/io/kreekt/validation";
        assert_eq!(
            apart(
                &format!("{deep}/Render.kt"),
                &format!("{deep}/gpu/Render.kt")
            ),
            "\u{2026}/validation/Render.kt > \u{2026}/validation/gpu/Render.kt"
        );
        assert_eq!(
            apart(
                "src/babylon/economics/tick/detectors/crisis_detector.py",
                "src/babylon/domain/economics/tick/detectors/crisis_detector.py"
            ),
            "\u{2026}/economics/\u{2026}/crisis_detector.py > \u{2026}/domain/ec\u{2026}cs/\u{2026}/crisis_detector.py"
        );
        let name = "a_very_long_name_of_a_file_that_goes_on_and_on";
        apart(
            &format!("{deep}/{name}_one.kt"),
            &format!("{deep}/{name}_two.kt"),
        );
        apart(
            &format!("{deep}/one_{name}.kt"),
            &format!("{deep}/two_{name}.kt"),
        );
        apart(
            &format!("{deep}/{name}_one_{name}_{name}.kt"),
            &format!("{deep}/{name}_two_{name}_{name}.kt"),
        );
        apart(&"x".repeat(300), &"x".repeat(301));
        apart(
            &format!("{}/b.rs", "長".repeat(80)),
            &format!("{}/c.rs", "長".repeat(80)),
        );
    }
}
