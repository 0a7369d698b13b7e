//! What something new is called: a directory's name that every tool and system takes, and a title.

use super::Unmade;

/// Longest name of a directory, in bytes: a number in front of it and a date still fit.
const LONGEST: usize = 200;

/// Names that some systems keep for devices.
const DEVICES: [&str; 8] = ["con", "prn", "aux", "nul", "com1", "com2", "lpt1", "lpt2"];

/// A name and its two forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// `parcel-lockers`
    pub(super) slug: String,
    /// `Parcel lockers`
    pub(super) title: String,
}

impl Name {
    pub(super) fn of(given: &str, title: Option<&str>) -> Result<Self, Unmade> {
        let slug = slug(given, title.is_some())?;
        let title = title.map_or_else(|| titled(given), |title| Ok(title.trim().to_owned()))?;
        let odd = |c: char| c.is_control() || matches!(c, '[' | ']' | '<' | '>' | '`' | '|' | '\\');
        if title.is_empty() || title.contains(odd) || title.starts_with('#') {
            return Err(Unmade::Title(title));
        }
        Ok(Self { slug, title })
    }
}

/// `parcel-lockers` of `Parcel lockers!`. Letters beyond ASCII are refused, unless a title keeps them.
pub(super) fn slug(given: &str, has_title: bool) -> Result<String, Unmade> {
    let refused = || Unmade::Name(given.to_owned());
    let path = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':');
    if given.contains(path) || given.contains("..") {
        return Err(refused());
    }
    if !has_title && given.contains(|c: char| c.is_alphanumeric() && !c.is_ascii()) {
        return Err(Unmade::NotAscii(given.to_owned()));
    }
    let words = given.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let slug = words.join("-");
    if slug.is_empty() || slug.len() > LONGEST || DEVICES.contains(&slug.as_str()) {
        return Err(refused());
    }
    Ok(slug)
}

/// Words as they were given; of a directory's name its words, the first in capitals.
fn titled(given: &str) -> Result<String, Unmade> {
    let given = given.trim();
    if given.contains(char::is_whitespace) || given.contains(|c: char| c.is_ascii_uppercase()) {
        return Ok(given.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let words = given.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let words = words.join(" ");
    let mut chars = words.chars();
    let first = chars.next().ok_or_else(|| Unmade::Name(given.to_owned()))?;
    Ok(first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::{Name, Unmade};

    #[test]
    fn words_and_names_of_directories_are_both_taken() {
        for (given, slug, title) in [
            ("Parcel lockers!", "parcel-lockers", "Parcel lockers!"),
            ("parcel-lockers", "parcel-lockers", "Parcel lockers"),
            ("OAuth2 sign_in", "oauth2-sign-in", "OAuth2 sign_in"),
        ] {
            let name = Name::of(given, None).unwrap();
            assert_eq!((&*name.slug, &*name.title), (slug, title));
        }
        let name = Name::of("lockers", Some("ロッカー")).unwrap();
        assert_eq!((&*name.slug, &*name.title), ("lockers", "ロッカー"));
    }

    #[test]
    fn names_that_lead_elsewhere_or_say_nothing_are_refused() {
        for given in ["", "  ", "../x", "a/b", "a\\b", "c:x", "...", "nul", "a\nb"] {
            assert!(
                matches!(Name::of(given, None), Err(Unmade::Name(_))),
                "{given}"
            );
        }
        assert!(matches!(
            Name::of("ロッカー", None),
            Err(Unmade::NotAscii(_))
        ));
        for title in ["[x]", "<b>", "a\nb", "", "# x", "a|b"] {
            assert!(
                matches!(Name::of("x", Some(title)), Err(Unmade::Title(_))),
                "{title}"
            );
        }
    }
}
