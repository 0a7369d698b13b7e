//! Whether two titles say the same: as written, wrapped, cut short, or in other words.

/// How a title stands to the one it is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// Equal, or one is the beginning of the other.
    Same,
    /// Other words for the same, as far as shared words tell.
    Reworded,
    /// About something else.
    Other,
    /// Too little is said to tell.
    Untold,
}

/// Compares the title `wanted` with `title`, which goes on as `said`.
pub(crate) fn compared(wanted: &str, title: &str, said: &str) -> Likeness {
    let (wanted, title, said) = (folded(wanted), folded(title), folded(said));
    if wanted.is_empty() || said.is_empty() {
        return Likeness::Untold;
    }
    let begins = |long: &[String], short: &[String]| {
        !short.is_empty() && long.len() >= short.len() && long[..short.len()] == *short
    };
    if begins(&said, &wanted) || begins(&wanted, &title) || begins(&wanted, &said) {
        return Likeness::Same;
    }
    if joined(&said).starts_with(&joined(&wanted)) || joined(&wanted).starts_with(&joined(&title)) {
        return Likeness::Same;
    }
    // The same in two languages shares no word.
    let is_ascii = |words: &[String]| words.iter().all(|word| word.is_ascii());
    if is_ascii(&wanted) != is_ascii(&title) {
        return Likeness::Reworded;
    }
    let (own, other) = (stems(&wanted), stems(&title));
    let fewer = own.len().min(other.len());
    if fewer == 0 {
        return Likeness::Reworded;
    }
    let shared = own.iter().filter(|stem| other.contains(stem)).count();
    // A third of the shorter one's words is more than chance.
    if shared * 3 >= fewer {
        Likeness::Reworded
    } else {
        Likeness::Other
    }
}

fn joined(words: &[String]) -> String {
    words.concat()
}

/// Words in lower case, marks left out.
fn folded(title: &str) -> Vec<String> {
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Words that say little.
const PLAIN: &[&str] = &[
    "a", "an", "the", "of", "for", "to", "and", "or", "in", "on", "with", "is", "are", "be", "by",
    "all", "any", "every", "each", "from", "at", "as", "when", "that", "has", "have", "its", "no",
    "not", "only", "property", "test", "tests",
];

/// Beginnings of the words that say something; of scripts without blanks, pairs of characters.
fn stems(words: &[String]) -> Vec<String> {
    let mut stems = Vec::new();
    for word in words.iter().filter(|word| !PLAIN.contains(&word.as_str())) {
        let chars: Vec<char> = word.chars().collect();
        if word.is_ascii() {
            stems.push(chars.iter().take(6).collect());
        } else {
            stems.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
        }
    }
    stems.sort_unstable();
    stems.dedup();
    stems
}

#[cfg(test)]
mod tests {
    use super::{Likeness, compared};

    #[test]
    fn what_is_the_same_title() {
        for (wanted, title, said) in [
            ("Round trip", "Round trip", "Round trip"),
            (
                "Round trip of notices",
                "Round trip of",
                "Round trip of notices For any x",
            ),
            ("Round trip of notices", "Round trip of", "Round trip of"),
            (
                "Round trip",
                "round-trip (all notices)",
                "round-trip (all notices)",
            ),
            ("Round trip", "", "Round trip For any x"),
            ("メタデータの往復", "メタデータの往復", "メタデータの往復"),
        ] {
            assert_eq!(
                compared(wanted, title, said),
                Likeness::Same,
                "{wanted} {title}"
            );
        }
    }

    #[test]
    fn what_is_another_one() {
        for (wanted, title) in [
            (
                "Mouse Coordinate Transformation",
                "Session state transitions are valid",
            ),
            ("会话超时", "密码散列"),
        ] {
            assert_eq!(
                compared(wanted, title, title),
                Likeness::Other,
                "{wanted} {title}"
            );
        }
        for (wanted, title) in [
            (
                "Sessions expire after the limit",
                "Expired sessions are dropped",
            ),
            ("会话超时处理", "超时的会话"),
        ] {
            assert_eq!(
                compared(wanted, title, title),
                Likeness::Reworded,
                "{wanted} {title}"
            );
        }
    }
}
