//! `explain CODE`: what a finding means.

use std::process::ExitCode;

use clap::Args;
use rules::CATALOGUE;

use super::print;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Code of a rule, as findings show it; without one, all codes are listed
    code: Option<String>,
}

impl Explain {
    pub(crate) fn run(&self) -> Result<ExitCode, String> {
        let Some(code) = &self.code else {
            let lines: Vec<String> = CATALOGUE
                .iter()
                .map(|rule| rule.descriptor())
                .map(|rule| {
                    format!(
                        "{:22} {:11} {}\n",
                        rule.code,
                        rule.shown().as_str(),
                        rule.summary
                    )
                })
                .collect();
            print(&lines.concat())?;
            return Ok(ExitCode::SUCCESS);
        };
        match rules::rule(code) {
            Some(rule) => {
                print(&rules::page(rule.descriptor()))?;
                Ok(ExitCode::SUCCESS)
            }
            None => Err(format!(
                "there is no rule `{code}`.{} Run `spec-analyzer explain` for the list.",
                nearest(code).map_or(String::new(), |near| format!(" Did you mean `{near}`?"))
            )),
        }
    }
}

/// The rule whose code shares the longest start or contains the word.
fn nearest(code: &str) -> Option<&'static str> {
    let codes = CATALOGUE.iter().map(|rule| rule.descriptor().code);
    let shared = |known: &str| {
        known
            .bytes()
            .zip(code.bytes())
            .take_while(|(a, b)| a == b)
            .count()
    };
    codes
        .filter(|known| known.contains(code) || shared(known) >= 4)
        .max_by_key(|known| shared(known))
}
