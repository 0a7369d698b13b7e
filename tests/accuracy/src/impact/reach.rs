//! Which of the sources that changed together could be found by any reading: one holds the name, one imports the other's
//! file, or the thing's file holds a name that the other declares.

use std::collections::BTreeMap;
use std::path::Path;

use super::declared::{declared, holds, is_test_file};

/// Shortest name that tells something by itself.
const SHORTEST: usize = 4;

/// The sources that a commit changed, as its parent has them.
pub(super) struct Texts {
    all: BTreeMap<String, String>,
}

impl Texts {
    pub(super) fn read(dir: &Path, paths: &[String]) -> Self {
        let read = |path: &String| {
            let bytes = std::fs::read(dir.join(path)).unwrap_or_default();
            (path.clone(), String::from_utf8_lossy(&bytes).into_owned())
        };
        Self {
            all: paths.iter().map(read).collect(),
        }
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &String> {
        self.all.keys()
    }

    fn text(&self, path: &str) -> &str {
        self.all.get(path).map_or("", String::as_str)
    }

    /// Whether anything that is written leads from a thing of one file to the other, or back.
    pub(super) fn reaches(&self, own: &str, name: &str, other: &str) -> bool {
        let (here, there) = (self.text(own), self.text(other));
        let declares = || {
            let names = there.lines().filter_map(|line| declared(other, line));
            let mut names = names.filter(|name| name.len() >= SHORTEST);
            names.any(|name| holds(here, &name))
        };
        holds(there, name)
            || imports(here, other)
            || imports(there, own)
            || !is_test_file(other) && declares()
    }
}

/// Whether a line that looks like an import has the word by which a file is imported.
fn imports(text: &str, path: &str) -> bool {
    let (around, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.split('.').next().unwrap_or(file);
    let stem = if matches!(stem, "index" | "__init__" | "mod" | "lib" | "main") {
        around.rsplit('/').next().unwrap_or(around)
    } else {
        stem
    };
    let words = [
        "import", "from", "use ", "require", "using ", "include", "mod ",
    ];
    let mut lines = text
        .lines()
        .filter(|line| words.iter().any(|word| line.contains(word)));
    !stem.is_empty() && lines.any(|line| holds(line, stem))
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn what_is_written_nowhere_is_not_reached() {
        let texts = [
            (
                "src/cart.ts",
                "import { rate } from './rates';\nexport function total() {\n  return rate;\n}\n",
            ),
            ("src/rates.ts", "export const rate = 1;\n"),
            ("src/page.ts", "show(total());\n"),
            ("src/else.ts", "export const other = 2;\n"),
        ];
        let all = texts
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let texts = Texts { all: all.collect() };
        let reached = texts
            .paths()
            .filter(|path| texts.reaches("src/cart.ts", "total", path));
        let reached: Vec<&str> = reached
            .map(String::as_str)
            .filter(|path| *path != "src/cart.ts")
            .collect();
        assert_eq!(reached, ["src/page.ts", "src/rates.ts"]);
    }
}
