//! Comments, names of local variables, the order of imports.

use crate::drift::harm::{each, written};
use crate::drift::source::{
    Symbol, comment, extension, is_indented, line_start, renamed, replaced, words,
};
use crate::drift::{Kind, Mutation, Scene};

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "comment-added",
        codes: &[],
        about: "A line of comment above a linked symbol and one in its body.",
        mutations: |scene| {
            each(scene, |symbol, text| {
                let mark = comment(&symbol.path)?;
                let body = symbol.body.clone()?;
                let first = body.start + text[body.clone()].find(|c: char| !c.is_whitespace())?;
                let at = line_start(text, first).max(body.start);
                let indent = &text[at..first];
                if indent.contains('\n') || !indent.trim().is_empty() {
                    return None;
                }
                let inner = replaced(text, at..at, &format!("{indent}{mark} Said aside.\n"));
                let head = &text[symbol.range.start..];
                let indent = &head[..head.len() - head.trim_start().len()];
                let above = format!("{indent}{mark} Said above.\n");
                let start = symbol.range.start;
                Some((
                    replaced(&inner, start..start, &above),
                    format!("at {}", symbol.name),
                ))
            })
        },
    },
    Kind {
        name: "local-renamed",
        codes: &[],
        about: "A variable that is bound in the body of a linked function gets another name there.",
        mutations: |scene| each(scene, local),
    },
    Kind {
        name: "imports-reordered",
        codes: &[],
        about: "Two lines of import that follow one another change places.",
        mutations: imports,
    },
];

fn local(symbol: &Symbol, text: &str) -> Option<(String, String)> {
    if !symbol.is_function(text) {
        return None;
    }
    let range = symbol.body.clone()?;
    let body = &text[range.clone()];
    let parameters = symbol.parameters.clone().map_or("", |range| &text[range]);
    for (_, line) in symbol.lines(text) {
        let code = line.trim_start();
        let name = match extension(&symbol.path) {
            "rs" => after(code, &["let mut ", "let "]),
            "ts" | "tsx" | "js" | "jsx" => after(code, &["const ", "let "]),
            "go" => code.split_once(" := ").map(|(name, _)| name),
            "py" => code.split_once(" = ").map(|(name, _)| name),
            "java" => after(code, &["final var ", "var "]),
            "cs" => after(code, &["var "]),
            "kt" => after(code, &["val ", "var "]),
            "swift" => after(code, &["let ", "var "]),
            _ => None,
        };
        let Some(name) = name.map(str::trim) else {
            continue;
        };
        let plain = name.len() > 2 && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let first = words(body, name).next();
        let declared =
            first.is_some_and(|first| line_start(body, first.start) == offset(body, line));
        if plain && declared && words(parameters, name).next().is_none() && is_free(body, name) {
            let other = format!("{name}_quoll");
            let new = replaced(text, range, &renamed(body, name, &other));
            return Some((new, format!("{name} of {} is called {other}", symbol.name)));
        }
    }
    None
}

fn after<'t>(code: &'t str, words: &[&str]) -> Option<&'t str> {
    let rest = words.iter().find_map(|word| code.strip_prefix(word))?;
    rest.find([' ', ':', '=']).map(|end| &rest[..end])
}

/// Where a line of a text stands in it.
fn offset(text: &str, line: &str) -> usize {
    line.as_ptr() as usize - text.as_ptr() as usize
}

/// Whether the word is a variable wherever it stands: no member, no key, no part of a string.
fn is_free(body: &str, name: &str) -> bool {
    words(body, name).all(|range| {
        let start = line_start(body, range.start);
        let (before, behind) = (&body[start..range.start], &body[range.end..]);
        let quotes = before.matches(['"', '\'', '`']).count();
        let spoken = before.contains("//") || before.contains('#');
        let shorthand = behind.trim_start().starts_with([',', '}']) && before.contains('{')
            || before.trim().is_empty() && behind.starts_with([',', '\n']);
        let keyed =
            behind.starts_with(':') || (behind.starts_with('=') && !behind.starts_with("=="));
        quotes == 0 && !spoken && !before.ends_with('.') && !shorthand && !keyed
    })
}

fn imports(scene: &Scene) -> Vec<Mutation> {
    let mut mutations = Vec::new();
    for path in scene.sources() {
        let Some(text) = scene.text(path) else {
            continue;
        };
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let two = (1..lines.len()).find(|index| {
            let (one, other) = (lines[index - 1], lines[*index]);
            one != other && is_import(path, one) && is_import(path, other)
        });
        if let Some(index) = two {
            let mut swapped = lines.clone();
            swapped.swap(index - 1, index);
            let what = format!("lines {index} and {} change places", index + 1);
            mutations.push(written(path, swapped.concat(), what));
        }
    }
    mutations
}

/// Whether a line is an import by itself.
fn is_import(path: &str, line: &str) -> bool {
    let whole = line.trim_end();
    if extension(path) == "go" {
        // `"net/http"` or `log "log/slog"` in brackets: an import has no comma behind it and no bracket.
        let plain = whole.strip_prefix('\t').is_some_and(|name| {
            name.trim_start_matches(char::is_alphanumeric)
                .trim_start()
                .starts_with('"')
        });
        return plain && whole.ends_with('"') && whole.matches('"').count() == 2;
    }
    let starts = ["import ", "from ", "use ", "using "];
    let open = is_indented(path) || matches!(extension(path), "kt" | "swift" | "scala");
    starts.iter().any(|word| line.starts_with(word))
        && (open || whole.ends_with([';', '\'', '"']))
        && !whole.ends_with(['(', '{', '\\', ','])
        && !whole.contains("__future__")
}
