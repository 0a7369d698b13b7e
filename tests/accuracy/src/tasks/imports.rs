//! Which files of a list a file imports, by the words of its import lines.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::pattern;

static QUOTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*["']([^"'\n]+)["']"#));
static PYTHON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?m)^\s*(?:from\s+([.\w]+)\s+import\s+([\w, ]+)|import\s+([\w.]+))")
});
static RUST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(crate|super|self)((?:::[a-z_][a-z0-9_]*)+)"));
static DOTTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m)^\s*(?:import|use)\s+(?:static\s+)?([\w.\\]+)"));
static GO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?m)^\s*(?:import\s+)?\w*\s*"([\w./-]+)"\s*$"#));
static INCLUDE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?m)^\s*#\s*include\s+"([^"]+)""#));

/// Those of `all` that `path` imports.
pub(super) fn of(path: &str, text: &str, all: &BTreeSet<String>) -> BTreeSet<String> {
    let names = named(path, text);
    let others = all.iter().filter(|other| *other != path);
    others
        .filter(|other| names.iter().any(|name| is(other, name)))
        .cloned()
        .collect()
}

/// A name that an import gives to a file.
enum Name {
    /// From the root, without an ending.
    Whole(String),
    /// The last names of its path, without an ending.
    End(String),
    /// The directory it is in.
    Directory(String),
}

fn is(path: &str, name: &Name) -> bool {
    let stem = match path.rsplit_once('/') {
        Some((dir, file)) => format!("{dir}/{}", file.split('.').next().unwrap_or(file)),
        None => path.split('.').next().unwrap_or(path).to_owned(),
    };
    let stem = ["/index", "/mod", "/__init__"]
        .iter()
        .find_map(|end| stem.strip_suffix(end))
        .unwrap_or(&stem);
    let ends = |whole: &str, end: &str| {
        whole
            .strip_suffix(end)
            .is_some_and(|head| head.is_empty() || head.ends_with('/'))
    };
    match name {
        Name::Whole(whole) => stem == whole,
        Name::End(end) => end.contains('/') && ends(stem, end),
        Name::Directory(dir) => path
            .rsplit_once('/')
            .is_some_and(|(around, _)| !around.is_empty() && ends(dir, around)),
    }
}

fn named(path: &str, text: &str) -> Vec<Name> {
    let ending = path.rsplit('.').next().unwrap_or_default();
    let dir = path.rsplit_once('/').map_or("", |(dir, _)| dir);
    match ending {
        "ts" | "tsx" | "js" | "jsx" | "mjs" | "cjs" | "vue" | "svelte" => {
            let found = QUOTED.captures_iter(text);
            found.map(|found| script(dir, &found[1])).collect()
        }
        "py" => PYTHON
            .captures_iter(text)
            .flat_map(|it| python(dir, &it))
            .collect(),
        "rs" => {
            let found = RUST.captures_iter(text);
            found
                .map(|found| {
                    let end = found[2].trim_start_matches(':').replace("::", "/");
                    match &found[1] {
                        "crate" => Name::End(format!("src/{end}")),
                        "super" => Name::Whole(join(dir, &end)),
                        _ => Name::Whole(join(path.trim_end_matches(".rs"), &end)),
                    }
                })
                .collect()
        }
        "go" => {
            let found = GO.captures_iter(text);
            found
                .map(|found| Name::Directory(found[1].to_owned()))
                .collect()
        }
        "java" | "kt" | "scala" | "php" => {
            let found = DOTTED.captures_iter(text);
            found
                .map(|found| Name::End(found[1].replace(['.', '\\'], "/")))
                .collect()
        }
        "c" | "h" | "cpp" | "hpp" | "cc" => {
            let found = INCLUDE.captures_iter(text);
            found
                .map(|found| {
                    let stem = found[1]
                        .rsplit_once('.')
                        .map_or(&found[1], |(stem, _)| stem);
                    Name::Whole(join(dir, stem))
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

fn script(dir: &str, name: &str) -> Name {
    let bare = ["ts", "tsx", "js", "jsx", "mjs", "vue", "svelte"]
        .iter()
        .find_map(|end| name.strip_suffix(end)?.strip_suffix('.'))
        .unwrap_or(name);
    if bare.starts_with('.') {
        Name::Whole(join(dir, bare))
    } else {
        Name::End(
            bare.trim_start_matches(['@', '~', '#', '$'])
                .trim_start_matches('/')
                .to_owned(),
        )
    }
}

fn python(dir: &str, found: &regex::Captures<'_>) -> Vec<Name> {
    let module = found
        .get(1)
        .or_else(|| found.get(3))
        .map_or("", |it| it.as_str());
    let names = found.get(2).map_or("", |it| it.as_str());
    let dots = module.bytes().take_while(|it| *it == b'.').count();
    let end = module[dots..].replace('.', "/");
    let base = if dots > 0 {
        join(dir, &format!("{}{end}", "../".repeat(dots - 1)))
    } else {
        end
    };
    let make = |end: String| {
        if dots > 0 {
            Name::Whole(end)
        } else {
            Name::End(end)
        }
    };
    let mut all: Vec<Name> = names
        .split(',')
        .map(|name| make(join(&base, name.trim())))
        .collect();
    all.push(make(base));
    all
}

/// A path from a directory, `.` and `..` taken away.
fn join(dir: &str, name: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for part in dir.split('/').chain(name.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            part => names.push(part),
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::of;

    #[track_caller]
    fn check(path: &str, text: &str, expected: &[&str]) {
        let all = [
            "web/src/store.ts",
            "web/src/api/index.ts",
            "app/models/user.py",
            "crate/src/data/item.rs",
            "internal/store/store.go",
            "com/acme/Shop.java",
        ];
        let all = all.map(str::to_owned).into();
        let found: Vec<String> = of(path, text, &all).into_iter().collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn imports_are_told_by_language() {
        check(
            "web/src/view.tsx",
            "import x from './store';\nimport { y } from \"@/src/api\"",
            &["web/src/api/index.ts", "web/src/store.ts"],
        );
        check(
            "app/service.py",
            "from .models.user import User\n",
            &["app/models/user.py"],
        );
        check(
            "app/service.py",
            "from app.models import user\n",
            &["app/models/user.py"],
        );
        check(
            "crate/src/main.rs",
            "use crate::data::item::Item;",
            &["crate/src/data/item.rs"],
        );
        check(
            "cmd/main.go",
            "import (\n\t\"example.org/it/internal/store\"\n)",
            &["internal/store/store.go"],
        );
        check(
            "com/acme/Main.java",
            "import com.acme.Shop;",
            &["com/acme/Shop.java"],
        );
        check("web/src/view.tsx", "import x from 'store';", &[]);
    }
}
