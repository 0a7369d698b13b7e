//! Turns `tokens.toml` into a DFA and the `TokenKind` enum.

use regex_automata::MatchKind;
use regex_automata::dfa::{StartKind, dense};
use regex_automata::nfa::thompson;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use table::{classes, entries, string, substitute};

mod table;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=tokens.toml");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=table.rs");
    let table: toml::Table = fs::read_to_string("tokens.toml")?.parse()?;
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);

    let classes = classes(&table)?;
    let mut patterns = Vec::new();
    for token in entries(&table, "token")? {
        let written = string(token, "pattern")?;
        check(written)?;
        patterns.push(substitute(written, &classes)?);
    }
    let dfa = dense::Builder::new()
        .configure(
            dense::Config::new()
                .match_kind(MatchKind::All)
                .start_kind(StartKind::Anchored)
                .minimize(true),
        )
        .thompson(thompson::Config::new().utf8(true).shrink(false))
        .build_many(&patterns)?;
    let sparse = dfa.to_sparse()?;
    let little = env::var("CARGO_CFG_TARGET_ENDIAN")? == "little";
    let bytes = if little {
        sparse.to_bytes_little_endian()
    } else {
        sparse.to_bytes_big_endian()
    };
    fs::write(out.join("tokens.dfa"), bytes)?;
    fs::write(out.join("tokens.rs"), generate(&table)?)?;
    Ok(())
}

/// The rules at the head of the table that a reader would break silently.
fn check(pattern: &str) -> Result<(), Box<dyn Error>> {
    for banned in [
        r"\s", r"\S", r"\d", r"\w", r"\b", ",}", "(?=", "(?!", "(?<", "(?i",
    ] {
        if pattern.contains(banned) {
            return Err(format!("{banned} in {pattern}").into());
        }
    }
    if pattern.starts_with([' ', '\t']) {
        return Err(format!("a token must not begin with a blank: {pattern}").into());
    }
    Ok(())
}

fn camel(name: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or(String::new(), |first| {
            first.to_uppercase().collect::<String>() + chars.as_str()
        })
    };
    name.split('_').map(word).collect()
}

fn generate(table: &toml::Table) -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    let mut variants = String::new();
    let mut names = String::new();
    let mut of_pattern = String::new();
    for list in ["token", "prefix", "keyword"] {
        for entry in entries(table, list)? {
            let name = string(entry, "name")?;
            let variant = camel(name);
            writeln!(
                variants,
                "    /// {}.\n    {variant},",
                string(entry, "doc")?
            )?;
            writeln!(names, "            TokenKind::{variant} => {name:?},")?;
            if list == "token" {
                writeln!(of_pattern, "    TokenKind::{variant},")?;
            }
        }
    }
    let mut keywords = String::new();
    for entry in entries(table, "keyword")? {
        let variant = camel(string(entry, "name")?);
        let words = entry
            .get("words")
            .and_then(toml::Value::as_array)
            .ok_or("no words")?;
        let words: Vec<&str> = words.iter().filter_map(toml::Value::as_str).collect();
        if let Some(small) = words
            .iter()
            .find(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            return Err(format!("the lexer looks up no word in small letters: {small}").into());
        }
        let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
        writeln!(
            keywords,
            "        {} => Some(TokenKind::{variant}),",
            words.join(" | ")
        )?;
    }
    write!(
        code,
        "/// What a token is; the kinds and their order come from `tokens.toml`.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]\n\
         pub enum TokenKind {{\n{variants}}}\n\n\
         impl TokenKind {{\n    /// The name in the table.\n    pub fn name(self) -> &'static str {{\n        match self {{\n{names}        }}\n    }}\n}}\n\n\
         /// The kind of each pattern of the DFA.\n\
         const KINDS: &[TokenKind] = &[\n{of_pattern}];\n\n\
         /// The kind of a word that is a keyword.\n\
         pub(super) fn keyword(word: &str) -> Option<TokenKind> {{\n    match word {{\n{keywords}        _ => None,\n    }}\n}}\n"
    )?;
    Ok(code)
}
