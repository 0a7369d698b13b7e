//! Every key there is: what the reader accepts, the schema says and the page explains.

/// A key of the settings file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it does, one sentence.
    pub about: &'static str,
}

/// Keys at the top of the file.
pub const TOP_KEYS: &[Key] = &[
    Key {
        name: "spec-roots",
        about: "Directories that hold features, besides `specs/`; read even when hidden or ignored by git.",
    },
    Key {
        name: "evidence",
        about: "Reports of tests and coverage (JUnit XML, lcov, Cobertura) or directories of them, besides the usual places.",
    },
    Key {
        name: "scope",
        about: "Which features are diagnosed: `active` (those worked on) or `all`.",
    },
    Key {
        name: "persistence",
        about: "Spec Kit's persistence model: under `flow-forward` finished features raise no drift; `flow-back` and `living-spec` say that they do.",
    },
    Key {
        name: "baseline",
        about: "Path of the baseline file, from the workspace folder.",
    },
    Key {
        name: "openspec",
        about: "`version`: the OpenSpec version whose rules count; the installed one, else the newest known, without it.",
    },
    Key {
        name: "severity",
        about: "How loud the findings of a rule are, by its code; `off` silences it.",
    },
    Key {
        name: "suppress",
        about: "Findings that are known and accepted, each with its reason.",
    },
];

/// Keys of a `[[suppress]]` table.
pub const SUPPRESS_KEYS: &[Key] = &[
    Key {
        name: "address",
        about: "The item (`specs/003-auth#FR-008`) or the whole feature (`specs/003-auth`).",
    },
    Key {
        name: "code",
        about: "The rule's code.",
    },
    Key {
        name: "fingerprint",
        about: "Only the finding with this fingerprint, where an address has several.",
    },
    Key {
        name: "reason",
        about: "Why the finding is accepted; not empty.",
    },
    Key {
        name: "until",
        about: "The last day (UTC) on which it counts: `2027-01-31`.",
    },
];
