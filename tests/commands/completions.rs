//! `completions` and `man`: what they print names every command there is.

use crate::sandbox::{Sandbox, run_in};

/// Every command, as the help lists them.
pub(crate) fn commands(sandbox: &Sandbox) -> Vec<String> {
    let help = run_in(sandbox.path(), &["--help"]).out;
    let list = help.split("Commands:\n").nth(1).unwrap();
    let names: Vec<String> = list
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .filter(|name| name != "help")
        .collect();
    assert!(names.len() > 15, "{help}");
    names
}

#[test]
fn completions_of_each_shell_know_every_command() {
    let sandbox = Sandbox::new();
    let commands = commands(&sandbox);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run_in(sandbox.path(), &["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}");
        for name in &commands {
            assert!(ran.out.contains(name.as_str()), "{shell}: {name}");
        }
        assert!(ran.out.contains("fail-on"), "{shell}: options of `check`");
    }
}

#[test]
fn a_shell_that_nobody_knows_is_refused() {
    let ran = run_in(Sandbox::new().path(), &["completions", "tcsh"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("powershell"), "{}", ran.err);
}

#[test]
fn the_manual_names_every_command_and_each_has_a_page() {
    let sandbox = Sandbox::new();
    let page = |command: &[&str]| {
        let ran = run_in(sandbox.path(), &[&["man"], command].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command:?}");
        // A hyphen is written so that it can be copied.
        ran.out.replace("\\-", "-")
    };
    let whole = page(&[]);
    for name in commands(&sandbox) {
        assert!(
            whole.contains(&format!("spec-analyzer-{name}(1)")),
            "{name}"
        );
        let own = page(&[&name]);
        assert!(
            own.contains(&format!("spec-analyzer-{name}")) && own.contains("SYNOPSIS"),
            "{own}"
        );
    }
    assert!(page(&["check"]).contains("--fail-on"));
    assert!(page(&["generate", "plan"]).contains("spec-analyzer-generate-plan"));
}

#[test]
fn a_page_of_no_command_is_a_sentence() {
    let ran = run_in(Sandbox::new().path(), &["man", "generate", "poem"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains("there is no command `poem`"),
        "{}",
        ran.err
    );
}
