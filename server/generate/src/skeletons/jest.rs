//! Jest, Vitest, and what has their words (`bun:test`): `it.skip` in a `describe`.

use text::{Edit, TextSize};

use super::NOT_WRITTEN;
use super::framework::{self, Framework, Ground, Lines, Part, Written};
use super::naming;
use super::place::{Sample, Site};

pub(super) struct Jest;

const ENDINGS: &[&str] = &["ts", "tsx", "js", "jsx", "mts", "mjs", "cjs"];

/// Where the words may come from.
const SOURCES: &[&str] = &["vitest", "@jest/globals", "bun:test"];

impl Framework for Jest {
    fn name(&self) -> &'static str {
        "Jest or Vitest"
    }

    fn extensions(&self) -> &'static [&'static str] {
        ENDINGS
    }

    fn manifests(&self) -> &'static [&'static str] {
        &["package.json"]
    }

    fn is_used(&self, manifest: Option<&str>, samples: &[Sample]) -> bool {
        let Some(manifest) = manifest else {
            return false;
        };
        runner(manifest).is_some()
            || samples.iter().any(|it| source(&it.text).is_some())
            // A package of a workspace may leave the runner to the root.
            || !samples.is_empty() && ["jest", "vitest"].iter().any(|it| manifest.contains(it))
    }

    fn wrote(&self, text: &str) -> bool {
        ![
            "@playwright/test",
            "cypress",
            "node:test",
            "node:assert",
            "from 'chai'",
            "from \"chai\"",
            "@ava/",
            "from 'ava'",
        ]
        .iter()
        .any(|other| text.contains(other))
    }

    fn takes(&self, path: &str, _: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let marked =
            name.contains(".test.") || name.contains(".spec.") || path.contains("__tests__/");
        marked && ENDINGS.contains(&framework::ending(name)) && !name.ends_with(".d.ts")
    }

    fn new_path(&self, ground: &Ground<'_>) -> Option<String> {
        let typed = ground
            .tree
            .file(ground.root, &ground.inside("tsconfig.json"))
            .is_some()
            || ground
                .code
                .is_some_and(|code| code.ends_with("ts") || code.ends_with("tsx"));
        let ending = if typed { "ts" } else { "js" };
        let name = self.stem(ground.words);
        Some(ground.inside(&format!("tests/{name}.test.{ending}")))
    }

    fn stem(&self, words: &[String]) -> String {
        words.join("-")
    }

    fn whole(&self, site: &Site, head: &str, parts: &[Part<'_>]) -> Option<String> {
        let texts = || site.samples.iter().map(|it| &*it.text);
        let look = Look::of(texts());
        let grouped =
            site.samples.is_empty() || site.samples.iter().any(|it| !it.facts.groups.is_empty());
        let mut lines = Lines::new(&look.unit, "");
        lines.add(0, &format!("// {head}"));
        let imported = match texts().next() {
            // As the nearest does it: with globals or without.
            Some(text) => source(text),
            // Jest's words are global; TypeScript wants to know their types.
            None => runner(site.manifest.as_deref().unwrap_or_default())
                .filter(|from| *from == "vitest" || !is_plain(&site.path)),
        };
        if let Some(from) = imported {
            let names = if grouped {
                format!("describe, {}", look.word)
            } else {
                look.word.to_owned()
            };
            let words = look.quoted(from);
            let line = if framework::ending(&site.path) == "cjs" {
                format!("const {{ {names} }} = require({words}){}", look.end)
            } else {
                format!("import {{ {names} }} from {words}{}", look.end)
            };
            lines.add(0, &line);
        }
        for part in parts {
            lines.add(0, "");
            if grouped {
                let title = naming::short(&part.group.title);
                lines.add(0, &format!("describe({}, () => {{", look.quoted(&title)));
            }
            tests(&mut lines, usize::from(grouped), &look, part, site);
            if grouped {
                lines.add(0, &format!("}}){}", look.end));
            }
        }
        Some(lines.text())
    }

    fn more(&self, site: &Site, there: &Sample, parts: &[Part<'_>]) -> Option<Vec<Edit>> {
        let text = &*there.text;
        let look = Look::of(std::iter::once(text));
        let inside = framework::only_group(&there.facts)
            .and_then(|group| framework::closing(text, group.range));
        if let Some((at, blanks)) = inside.filter(|(at, _)| !is_open(text, *at)) {
            let mut lines = Lines::new(&look.unit, blanks);
            for part in parts {
                lines.add(0, "");
                tests(&mut lines, 1, &look, part, site);
            }
            return Some(vec![Edit::insert(at, lines.text())]);
        }
        let mut lines = Lines::new(&look.unit, "");
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                lines.add(0, "");
            }
            tests(&mut lines, 0, &look, part, site);
        }
        Some(vec![framework::at_end(text, 1, &lines.text())])
    }
}

/// Whether what stands before a place goes on there.
fn is_open(text: &str, at: TextSize) -> bool {
    text[..usize::from(at)]
        .trim_end()
        .ends_with([',', '(', '=', '.'])
}

fn tests(lines: &mut Lines, depth: usize, look: &Look, part: &Part<'_>, site: &Site) {
    for (at, test) in part.tests.iter().enumerate() {
        if at > 0 {
            lines.add(0, "");
        }
        write(lines, depth, look, test, site);
    }
}

fn write(lines: &mut Lines, depth: usize, look: &Look, test: &Written<'_>, site: &Site) {
    let title = look.quoted(&framework::title(site, test));
    lines.link(depth, "//", test);
    lines.add(depth, &format!("{}.skip({title}, () => {{", look.word));
    lines.steps(depth + 1, "//", test);
    lines.add(depth + 1, &format!("// {NOT_WRITTEN}"));
    lines.add(depth, &format!("}}){}", look.end));
}

/// How the tests around look.
struct Look {
    unit: String,
    quote: char,
    /// `;`, where statements end in one.
    end: &'static str,
    /// `it` or `test`
    word: &'static str,
}

impl Look {
    fn of<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Self {
        let (mut single, mut double, mut ended, mut open, mut its, mut tests) = (0, 0, 0, 0, 0, 0);
        for line in texts.clone().flat_map(|text| text.lines().take(300)) {
            let line = line.trim();
            if line.starts_with("import ") || line.contains("require(") {
                if line.contains('\'') {
                    single += 1;
                } else if line.contains('"') {
                    double += 1;
                }
                if line.ends_with(';') {
                    ended += 1;
                } else if line.ends_with(['\'', '"', ')']) {
                    open += 1;
                }
            }
            let begins = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
            its += usize::from(begins(&["it(", "it."]));
            tests += usize::from(begins(&["test(", "test."]));
            single += usize::from(begins(&["it('", "test('", "describe('"]));
            double += usize::from(begins(&["it(\"", "test(\"", "describe(\""]));
        }
        Self {
            unit: framework::unit(texts, "  "),
            quote: if single > double { '\'' } else { '"' },
            end: if open > ended { "" } else { ";" },
            word: if tests > its { "test" } else { "it" },
        }
    }

    fn quoted(&self, text: &str) -> String {
        let mut out = String::from(self.quote);
        for c in text.chars() {
            if c == self.quote || c == '\\' {
                out.push('\\');
            }
            out.push(c);
        }
        out.push(self.quote);
        out
    }
}

/// Whether a file has no types.
fn is_plain(path: &str) -> bool {
    framework::ending(path).contains("js")
}

/// What a file takes its words from; nothing where they are global.
fn source(text: &str) -> Option<&'static str> {
    let quoted = |source: &str| {
        ['\'', '"'].iter().any(|mark| {
            text.lines().any(|line| {
                line.contains(&format!("{mark}{source}{mark}"))
                    && (line.contains("from") || line.contains("require"))
            })
        })
    };
    SOURCES.iter().copied().find(|source| quoted(source))
}

/// What a manifest depends on to run tests: where its words come from, if they must come from somewhere.
fn runner(manifest: &str) -> Option<&'static str> {
    let has = |name: &str| manifest.contains(&format!("\"{name}\""));
    if has("vitest") {
        return Some("vitest");
    }
    if has("jest") || has("ts-jest") || has("@jest/globals") {
        return Some("@jest/globals");
    }
    None
}
