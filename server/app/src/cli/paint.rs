//! A few colours for people, where the output shows them.

use std::fmt::Display;
use std::io::IsTerminal;

/// Whether to colour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint(bool);

impl Paint {
    /// Colours on a terminal, unless `NO_COLOR` says otherwise.
    pub(crate) fn on(out: &impl IsTerminal) -> Self {
        Self(out.is_terminal() && std::env::var_os("NO_COLOR").is_none())
    }

    fn with(self, code: &str, text: impl Display) -> String {
        if self.0 {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_string()
        }
    }

    /// What a line is about.
    pub(crate) fn strong(self, text: impl Display) -> String {
        self.with("1", text)
    }

    /// What may be passed over.
    pub(crate) fn faint(self, text: impl Display) -> String {
        self.with("2", text)
    }

    /// Present.
    pub(crate) fn good(self, text: impl Display) -> String {
        self.with("32", text)
    }

    /// To be taken with care.
    pub(crate) fn doubtful(self, text: impl Display) -> String {
        self.with("33", text)
    }

    /// Absent.
    pub(crate) fn bad(self, text: impl Display) -> String {
        self.with("31", text)
    }
}
