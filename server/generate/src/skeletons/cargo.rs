//! Cargo: integration tests, a file of `tests/` each.

use text::Edit;
use trace::parent;

use super::NOT_WRITTEN;
use super::framework::{self, Framework, Ground, Lines, Part, Written};
use super::naming::{self, Names};
use super::place::{Sample, Site};

pub(super) struct Cargo;

impl Framework for Cargo {
    fn name(&self) -> &'static str {
        "cargo test"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rs"]
    }

    fn manifests(&self) -> &'static [&'static str] {
        &["Cargo.toml"]
    }

    /// A manifest that says itself which files are tests takes no others.
    fn is_used(&self, manifest: Option<&str>, _: &[Sample]) -> bool {
        manifest.is_some_and(|text| {
            let plain: String = text.split_whitespace().collect();
            plain.contains("[package]") && !plain.contains("autotests=false")
        })
    }

    fn wrote(&self, text: &str) -> bool {
        text.contains("test]") || text.contains("test(")
    }

    /// What lies deeper is a module of another file, and is compiled only if that one names it.
    fn takes(&self, path: &str, package: &str) -> bool {
        let inside = if package.is_empty() {
            Some(path)
        } else {
            path.strip_prefix(package)
                .and_then(|it| it.strip_prefix('/'))
        };
        inside.is_some_and(|it| parent(it) == "tests" && framework::ending(it) == "rs")
    }

    fn new_path(&self, ground: &Ground<'_>) -> Option<String> {
        Some(ground.inside(&format!("tests/{}.rs", self.stem(ground.words))))
    }

    fn whole(&self, site: &Site, head: &str, parts: &[Part<'_>]) -> Option<String> {
        let texts = site.samples.iter().map(|it| &*it.text);
        let mut lines = Lines::new(&framework::unit(texts, "    "), "");
        lines.add(0, &format!("//! {head}"));
        let mut names = Names::default();
        for test in parts.iter().flat_map(|part| &part.tests) {
            lines.add(0, "");
            write(&mut lines, 0, test, &mut names, site);
        }
        Some(lines.text())
    }

    fn more(&self, site: &Site, there: &Sample, parts: &[Part<'_>]) -> Option<Vec<Edit>> {
        let text = &*there.text;
        let mut names = Names::with(site.taken.iter().cloned());
        let tests = || parts.iter().flat_map(|part| &part.tests);
        let unit = framework::unit(std::iter::once(text), "    ");
        let inside = framework::only_group(&there.facts)
            .and_then(|group| framework::closing(text, group.range));
        if let Some((at, blanks)) = inside {
            let mut lines = Lines::new(&unit, blanks);
            for test in tests() {
                lines.add(0, "");
                write(&mut lines, 1, test, &mut names, site);
            }
            return Some(vec![Edit::insert(at, lines.text())]);
        }
        let mut lines = Lines::new(&unit, "");
        for (at, test) in tests().enumerate() {
            if at > 0 {
                lines.add(0, "");
            }
            write(&mut lines, 0, test, &mut names, site);
        }
        Some(vec![framework::at_end(text, 1, &lines.text())])
    }
}

fn write(lines: &mut Lines, depth: usize, test: &Written<'_>, names: &mut Names, site: &Site) {
    let words = framework::words(site, test);
    let name = naming::snake(&words);
    // No word of the language is two.
    let name = if words.len() < 2 || name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("scenario_{name}")
    } else {
        name
    };
    let name = names.take(&name);
    lines.link(depth, "//", test);
    lines.add(depth, "#[test]");
    lines.add(depth, &format!("#[ignore = \"{NOT_WRITTEN}\"]"));
    lines.add(depth, &format!("fn {name}() {{"));
    lines.steps(depth + 1, "//", test);
    lines.add(depth + 1, &format!("todo!(\"{NOT_WRITTEN}\");"));
    lines.add(depth, "}");
}
