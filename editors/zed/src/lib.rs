//! spec-analyzer for Zed: says which program serves Markdown. It must never know what a spec is; the server does.

use zed_extension_api::{self as zed, LanguageServerId, Result, Worktree};

struct SpecAnalyzer;

impl zed::Extension for SpecAnalyzer {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<zed::Command> {
        // The user's PATH only: a repository must not choose the program.
        let command = worktree.which("spec-analyzer").ok_or(
            "spec-analyzer is not in your PATH; docs/editors/zed.md says how to install it",
        )?;
        Ok(zed::Command {
            command,
            args: vec!["lsp".to_owned()],
            env: worktree.shell_env(),
        })
    }
}

zed::register_extension!(SpecAnalyzer);
