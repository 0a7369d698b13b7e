//! Names that a project's settings give to its directories, so that scripts import by them: `paths` and `baseUrl` of
//! `tsconfig.json`, `imports` of `package.json`. Where they lead is not known here.

use smol_str::SmolStr;
use text::data::{self, Node};

/// What one file of settings says of imports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases {
    /// Other settings that these build upon, as written; a later one wins.
    pub extends: Vec<SmolStr>,
    /// The directory that names without a dot begin at.
    pub base: Option<SmolStr>,
    /// Patterns with at most one `*`, each with what it stands for, first choice first. `None` where those of
    /// [`Aliases::extends`] hold.
    pub paths: Option<Vec<(SmolStr, Vec<SmolStr>)>>,
}

/// Bytes of settings that are read; none that a person writes have as many.
const MOST: usize = 256 * 1024;

/// Whether [`aliases`] may have something to say of a path.
#[must_use]
pub fn may_alias(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    is_script_settings(name) || name == "package.json"
}

/// `tsconfig.json`, `jsconfig.json`, `tsconfig.app.json`
fn is_script_settings(name: &str) -> bool {
    let inner = name
        .strip_prefix("tsconfig")
        .or_else(|| name.strip_prefix("jsconfig"));
    let inner = inner.and_then(|rest| rest.strip_suffix(".json"));
    inner.is_some_and(|inner| inner.is_empty() || inner.starts_with('.'))
}

/// Reads the settings that a path names. `None` if they say nothing of imports, or cannot be read to their end.
#[must_use]
pub fn aliases(path: &str, text: &str) -> Option<Aliases> {
    if !may_alias(path) || text.len() > MOST {
        return None;
    }
    let text = without_comments(text);
    let start = text::bom_len(&text);
    if !data::is_whole(&text, start) {
        return None;
    }
    let root = data::read(&text, start)?;
    let mut found = Aliases::default();
    if path.ends_with("package.json") {
        let imports = root.get(&text, "imports")?.entries();
        found.paths = Some(imports.iter().filter_map(|it| pair(&text, it)).collect());
        return Some(found);
    }
    let options = root.get(&text, "compilerOptions");
    let option = |key: &str| options.and_then(|options| options.get(&text, key));
    found.base = option("baseUrl").and_then(|node| said(&text, node));
    if let Some(paths) = option("paths") {
        let all = paths.entries().iter();
        found.paths = Some(all.filter_map(|it| pair(&text, it)).collect());
    }
    if let Some(extends) = root.get(&text, "extends") {
        found.extends = all(&text, extends);
    }
    (found != Aliases::default()).then_some(found)
}

fn pair(text: &str, (name, value): &(Node, Node)) -> Option<(SmolStr, Vec<SmolStr>)> {
    let name = said(text, name).filter(|name| name.matches('*').count() < 2)?;
    // Of conditions (`{"node": ..., "default": ...}`) any may hold.
    let mut targets = all(text, value);
    targets.extend(value.entries().iter().flat_map(|(_, it)| all(text, it)));
    (!targets.is_empty()).then_some((name, targets))
}

/// A scalar, or those of a list.
fn all(text: &str, node: &Node) -> Vec<SmolStr> {
    match node.items() {
        Some(items) => items.iter().filter_map(|it| said(text, it)).collect(),
        None => said(text, node).into_iter().collect(),
    }
}

fn said(text: &str, node: &Node) -> Option<SmolStr> {
    let written = text.get(node.text()?.clone())?;
    (!written.contains('\\')).then(|| written.into())
}

/// The text with blanks in the place of comments, which JSON has none of and these files have.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', '/']) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let length = if here.starts_with('"') {
            end_of_string(here)
        } else if here.starts_with("//") {
            here.find('\n').unwrap_or(here.len())
        } else if here.starts_with("/*") {
            here.find("*/").map_or(here.len(), |end| end + 2)
        } else {
            1
        };
        let (part, behind) = here.split_at(length);
        if here.starts_with("//") || here.starts_with("/*") {
            out.extend(part.chars().map(|c| if c == '\n' { c } else { ' ' }));
        } else {
            out.push_str(part);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Length of a string in quotes, escapes in it left alone.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{aliases, may_alias, without_comments};

    fn shown(path: &str, text: &str) -> String {
        match aliases(path, text) {
            None => "nothing".to_owned(),
            Some(it) => format!("{:?} {:?} {:?}", it.extends, it.base, it.paths),
        }
    }

    #[test]
    fn settings_as_people_write_them() {
        let text = "\u{feff}{\r\n  // where things are\r\n  \"extends\": [\"./base.json\", \"@shop/settings/tsconfig.json\",],\r\n\
            \t\"compilerOptions\": {\r\n    /* \"baseUrl\": \"no\" */ \"baseUrl\": \"./src\",\r\n    \"paths\": {\r\n\
            \x20     \"@/*\": [\"./*\"], // all\r\n      \"~lib\": [\"lib/index.ts\", \"lib/https://x.ts\"],\r\n    },\r\n  },\r\n}\r\n";
        assert_eq!(
            shown("web/tsconfig.json", text),
            "[\"./base.json\", \"@shop/settings/tsconfig.json\"] Some(\"./src\") \
             Some([(\"@/*\", [\"./*\"]), (\"~lib\", [\"lib/index.ts\", \"lib/https://x.ts\"])])"
        );
        assert_eq!(
            shown("tsconfig.app.json", "{\"extends\": \"./tsconfig.json\"}"),
            "[\"./tsconfig.json\"] None None"
        );
        assert_eq!(
            shown(
                "package.json",
                "{\"imports\": {\"#a/*\": \"./src/*.js\", \"#b\": {\"node\": \"./b.js\", \"default\": \"./c.js\"}}}"
            ),
            "[] None Some([(\"#a/*\", [\"./src/*.js\"]), (\"#b\", [\"./b.js\", \"./c.js\"])])"
        );
    }

    #[test]
    fn what_cannot_be_read_or_says_nothing() {
        for (path, text) in [
            ("tsconfig.json", ""),
            ("tsconfig.json", "{\"compilerOptions\": {\"strict\": true}}"),
            ("tsconfig.json", "{\"compilerOptions\": {\"baseUrl\": \".\""),
            ("package.json", "{\"name\": \"x\"}"),
            ("mytsconfig.json", "{\"extends\": \"./x\"}"),
        ] {
            assert_eq!(shown(path, text), "nothing", "{path} {text}");
        }
        assert!(may_alias("a/tsconfig.spec.json") && !may_alias("tsconfigs.json"));
    }

    #[test]
    fn comments_are_blanks_and_strings_stay() {
        assert_eq!(
            without_comments("{\"a\\\"//\": 1/2, // b\n/* é\n*/ \"c"),
            "{\"a\\\"//\": 1/2,     \n    \n   \"c"
        );
    }
}
