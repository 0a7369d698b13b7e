//! Build script of the rooms that hold many things of one kind: rules, languages, requests.
//!
//! The `pub` modules of a list are its entries: the line that declares one registers it. From them comes the macro
//! `registered!`, which gives `[path Name]` of each, in the order of the lines, to the macro it is given, behind what else it is given. A list written as
//! a macro call would need no script, but rustfmt and cargo-mutants do not see the files behind it.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The list of each room.
const LISTS: &[(&str, &str)] = &[
    ("code", "src/languages"),
    ("rules", "src/rules"),
    ("spec-analyzer", "src/lsp/requests"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let room = env::var("CARGO_PKG_NAME")?;
    let list = LISTS.iter().find(|(name, _)| *name == room);
    let (_, list) = list.ok_or("this room has no list")?;
    let mut entries = String::new();
    collect(Path::new(list), "", &mut entries)?;
    let text = format!(
        "macro_rules! registered {{ ($each:ident $(, $given:tt)*) => {{ $each! {{ $($given)* {entries}}} }} }}\n"
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("registered.rs"), text)?;
    Ok(())
}

/// Adds the entries of the list `<list>.rs`, whose files are in the folder `list`.
#[expect(clippy::print_stdout, reason = "that is how Cargo is told")]
fn collect(list: &Path, path: &str, entries: &mut String) -> Result<(), Box<dyn Error>> {
    let file = list.with_extension("rs");
    println!("cargo:rerun-if-changed={}", file.display());
    for name in modules(&file)? {
        let path = format!("{path}{name}");
        let inner = list.join(&name);
        if inner.is_dir() && !modules(&inner.with_extension("rs"))?.is_empty() {
            // A list within the list.
            collect(&inner, &format!("{path}::"), entries)?;
        } else {
            write!(entries, "[{path} {}] ", in_camel_case(&name))?;
        }
    }
    Ok(())
}

/// Names of the modules that a file shows to others, in the order of their lines.
fn modules(file: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let lines = text.lines().filter(|line| line.starts_with("pub"));
    let names = lines.filter_map(|line| line.split_once(" mod ")?.1.strip_suffix(';'));
    Ok(names.map(str::to_owned).collect())
}

/// `unknown_task` -> `UnknownTask`
fn in_camel_case(name: &str) -> String {
    let words = name.split('_').filter_map(|word| word.split_at_checked(1));
    words
        .map(|(first, rest)| first.to_uppercase() + rest)
        .collect()
}
