use std::fmt;

/// Names a whole feature (`specs/003-auth`) or one item of it (`specs/003-auth#FR-008`), from the workspace folder.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

/// Why a text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFault {
    /// There is nothing before `#`, or nothing at all.
    NoUnit,
    /// It starts with `/` or a drive.
    Absolute,
    /// It has a `\`.
    Backslash,
    /// A segment of the path is empty, `.` or `..`.
    PathSegment,
    /// A segment behind `#` is empty.
    KeySegment,
    /// There is a second `#`.
    SecondHash,
    /// A `%` is not followed by two hexadecimal digits.
    Escape,
    /// It has a control character.
    Control,
}

impl AddressFault {
    pub(crate) fn en(self) -> &'static str {
        match self {
            Self::NoUnit => "it names no directory",
            Self::Absolute => "it does not start at the workspace folder",
            Self::Backslash => "it has a `\\` where paths have `/`",
            Self::PathSegment => "a segment of its path is empty or dots",
            Self::KeySegment => "a segment behind `#` is empty",
            Self::SecondHash => "it has a second `#`",
            Self::Escape => "a `%` is not followed by two hexadecimal digits",
            Self::Control => "it has a control character",
        }
    }

    pub(crate) fn ja(self) -> &'static str {
        match self {
            Self::NoUnit => "ディレクトリがありません",
            Self::Absolute => "ワークスペースフォルダーから始まっていません",
            Self::Backslash => "パスの区切りが `/` ではなく `\\` です",
            Self::PathSegment => "パスに空または点だけの部分があります",
            Self::KeySegment => "`#` の後に空の部分があります",
            Self::SecondHash => "`#` が二つあります",
            Self::Escape => "`%` の後が 16 進数 2 桁ではありません",
            Self::Control => "制御文字があります",
        }
    }
}

impl Address {
    /// Reads an address as findings show it.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        let (unit, key) = match text.split_once('#') {
            Some((unit, key)) => (unit, Some(key)),
            None => (text, None),
        };
        if text.chars().any(char::is_control) {
            return Err(AddressFault::Control);
        }
        if unit.is_empty() {
            return Err(AddressFault::NoUnit);
        }
        if unit.contains('\\') {
            return Err(AddressFault::Backslash);
        }
        if unit.starts_with('/') || unit.as_bytes().get(1) == Some(&b':') {
            return Err(AddressFault::Absolute);
        }
        if unit
            .split('/')
            .any(|segment| matches!(segment, "" | "." | ".."))
        {
            return Err(AddressFault::PathSegment);
        }
        if let Some(key) = key {
            if key.contains('#') {
                return Err(AddressFault::SecondHash);
            }
            if key.split('/').any(str::is_empty) {
                return Err(AddressFault::KeySegment);
            }
            let mut rest = key;
            while let Some((_, after)) = rest.split_once('%') {
                let digits = after.as_bytes().iter().take(2);
                if digits.filter(|byte| byte.is_ascii_hexdigit()).count() != 2 {
                    return Err(AddressFault::Escape);
                }
                rest = after;
            }
        }
        Ok(Self(text.to_owned()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Path of the feature, from the workspace folder.
    #[must_use]
    pub fn unit(&self) -> &str {
        self.0.split_once('#').map_or(&self.0, |(unit, _)| unit)
    }

    /// Whether it speaks of something at `address`: that item, or any item of that feature.
    #[must_use]
    pub fn covers(&self, address: &str) -> bool {
        match address.strip_prefix(self.0.as_str()) {
            Some("") => true,
            Some(rest) => rest.starts_with('#') && !self.0.contains('#'),
            None => false,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, AddressFault};

    #[test]
    fn a_feature_covers_its_items_and_an_item_only_itself() {
        let covers = |address: &str, other: &str| Address::parse(address).unwrap().covers(other);
        assert!(covers("specs/003-auth", "specs/003-auth#FR-008"));
        assert!(covers("specs/003-auth", "specs/003-auth"));
        assert!(covers("specs/003-auth#US1/AC2", "specs/003-auth#US1/AC2"));
        assert!(!covers("specs/003-auth#US1", "specs/003-auth#US1/AC2"));
        assert!(!covers("specs/003-auth#FR-008", "specs/003-auth#FR-008~2"));
        assert!(!covers("specs/003-auth#FR-008", "specs/003-auth"));
        assert!(!covers("specs/003-auth", "specs/003-auth-2#FR-008"));
        assert!(!covers("specs", "specs/003-auth#FR-008"));
    }

    #[test]
    fn what_no_finding_could_have_is_no_address() {
        for (text, fault) in [
            ("", AddressFault::NoUnit),
            ("#FR-008", AddressFault::NoUnit),
            ("/specs/003", AddressFault::Absolute),
            ("c:/specs", AddressFault::Absolute),
            ("specs\\003", AddressFault::Backslash),
            ("specs/003/", AddressFault::PathSegment),
            ("./specs/003", AddressFault::PathSegment),
            ("specs/003#", AddressFault::KeySegment),
            ("specs/003#US1//AC2", AddressFault::KeySegment),
            ("specs/003#US1#AC2", AddressFault::SecondHash),
            ("specs/003#100%", AddressFault::Escape),
            ("specs/003#%4あ", AddressFault::Escape),
            ("specs/003\n", AddressFault::Control),
        ] {
            assert_eq!(Address::parse(text), Err(fault), "{text:?}");
        }
        for text in [".kiro/specs/login#2.3", "specs/a#a%2Fb %231 あ~2", "x"] {
            assert!(Address::parse(text).is_ok(), "{text}");
        }
    }
}
