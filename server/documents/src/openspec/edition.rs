//! Which version of the tool reads a document: the same text means different things to different ones.

/// A version of `OpenSpec`'s command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edition {
    /// `1` of `1.13.2`.
    pub major: u16,
    /// `13` of `1.13.2`.
    pub minor: u16,
    /// `2` of `1.13.2`.
    pub patch: u16,
}

impl Edition {
    /// The newest version whose rules are known here.
    pub const NEWEST: Self = Self::new(1, 13, 2);
    /// The oldest version whose rules are known here; older ones are read as this one.
    pub const OLDEST: Self = Self::new(1, 8, 0);

    /// 1.9: every `####` heading is a scenario; numbers of tasks are looked at.
    pub(crate) const SCENARIO_OF_ANY_NAME: Self = Self::new(1, 9, 0);
    /// 1.11: a purpose that nobody wrote.
    pub(crate) const PURPOSE_PLACEHOLDER: Self = Self::new(1, 11, 0);
    /// 1.12: what archive would refuse.
    const ARCHIVE_TRIED: Self = Self::new(1, 12, 0);
    /// 1.13.0: a delta section may come twice, and lists may begin with any mark.
    pub(crate) const SECTIONS_REPEATED: Self = Self::new(1, 13, 0);
    /// 1.13.1: pairs, orphans, closing `#`s, scenarios without a body, every list mark before a checkbox.
    pub(crate) const STRICT_SHAPES: Self = Self::new(1, 13, 1);
    /// 1.13.2: `todo` in small letters is a word of Spanish.
    pub(crate) const PLACEHOLDER_BY_CASE: Self = Self::new(1, 13, 2);

    /// A version by its numbers.
    #[must_use]
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self {
            major,
            minor,
            patch,
        }
    }

    /// Reads `1.13.2`, `v1.13`, `1.14.0-beta.1`; what cannot be read is none.
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        let written = written.trim().trim_start_matches(['v', '^', '~', '=']);
        let numbers = written.split(['-', '+']).next()?;
        let mut numbers = numbers.split('.').map(str::parse::<u16>);
        let major = numbers.next()?.ok()?;
        let mut next = || numbers.next().unwrap_or(Ok(0)).ok();
        Some(Self::new(major, next()?, next()?))
    }

    /// Whether tasks under the wrong number are found.
    #[must_use]
    pub fn numbers_tasks(self) -> bool {
        self >= Self::SCENARIO_OF_ANY_NAME
    }

    /// Whether deltas are tried on the main specs.
    #[must_use]
    pub fn tries_archive(self) -> bool {
        self >= Self::ARCHIVE_TRIED
    }

    /// Whether a purpose that archive wrote is found.
    #[must_use]
    pub fn knows_placeholders(self) -> bool {
        self >= Self::PURPOSE_PLACEHOLDER
    }

    /// Whether renames without a partner, requirements outside delta sections, deltas that nobody reads, changes in
    /// changes and task lists without a checkbox are found.
    #[must_use]
    pub fn is_strict(self) -> bool {
        self >= Self::STRICT_SHAPES
    }
}

impl Default for Edition {
    fn default() -> Self {
        Self::NEWEST
    }
}

impl std::fmt::Display for Edition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}
