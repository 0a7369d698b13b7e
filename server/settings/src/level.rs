/// How loud a team wants the findings of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Not said at all.
    Off,
    /// Never fails a check.
    Hint,
    /// Worth knowing.
    Information,
    /// Fails a check.
    Warning,
    /// Fails a check.
    Error,
}

impl Level {
    /// The words of the settings file, loudest first.
    pub const WORDS: [&'static str; 5] = ["error", "warning", "information", "hint", "off"];

    /// The word of the settings file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Hint => "hint",
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    pub(crate) fn of_word(word: &str) -> Option<Self> {
        let all = [
            Self::Off,
            Self::Hint,
            Self::Information,
            Self::Warning,
            Self::Error,
        ];
        all.into_iter().find(|level| level.as_str() == word)
    }
}

/// Which features are diagnosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Scope {
    /// Those that are worked on.
    #[default]
    Active,
    /// Finished ones too.
    All,
}

impl Scope {
    /// The words of the settings file.
    pub const WORDS: [&'static str; 2] = ["active", "all"];

    /// The word of the settings file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::All => "all",
        }
    }

    /// The scope of this name.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Active, Self::All]
            .into_iter()
            .find(|scope| scope.as_str() == word)
    }
}

/// What becomes of a finished feature's documents when the product moves on: Spec Kit's persistence models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Persistence {
    /// Any document or the code may change first; the others are reconciled with it.
    FlowBack,
    /// What is finished stays as it is, a change is a feature of its own: finished features raise no drift.
    FlowForward,
    /// The spec is the contract and stays true; plans and tasks are made anew from it.
    LivingSpec,
}

impl Persistence {
    /// The words of the settings file.
    pub const WORDS: [&'static str; 3] = ["flow-back", "flow-forward", "living-spec"];

    /// The word of the settings file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FlowBack => "flow-back",
            Self::FlowForward => "flow-forward",
            Self::LivingSpec => "living-spec",
        }
    }

    pub(crate) fn of_word(word: &str) -> Option<Self> {
        let all = [Self::FlowBack, Self::FlowForward, Self::LivingSpec];
        all.into_iter().find(|model| model.as_str() == word)
    }
}
