//! pytest, and `unittest` where the tests around are written with it: functions, or methods of a class.

use code::SymbolKind;
use text::{Edit, TextSize};

use super::NOT_WRITTEN;
use super::framework::{self, Framework, Ground, Lines, Part, Written};
use super::naming::{self, Names};
use super::place::{Sample, Site};

pub(super) struct Pytest;

/// How a test is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Function,
    Method,
    /// Of a `unittest.TestCase`.
    Case,
}

impl Framework for Pytest {
    fn name(&self) -> &'static str {
        "pytest"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["py"]
    }

    fn manifests(&self) -> &'static [&'static str] {
        &[
            "pyproject.toml",
            "setup.py",
            "setup.cfg",
            "pytest.ini",
            "tox.ini",
            "requirements.txt",
        ]
    }

    fn is_used(&self, manifest: Option<&str>, samples: &[Sample]) -> bool {
        !samples.is_empty() || manifest.is_some_and(|text| text.contains("pytest"))
    }

    fn wrote(&self, text: &str) -> bool {
        text.contains("def test")
    }

    fn takes(&self, path: &str, _: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        framework::ending(name) == "py" && (name.starts_with("test_") || name.ends_with("_test.py"))
    }

    fn new_path(&self, ground: &Ground<'_>) -> Option<String> {
        Some(ground.inside(&format!("tests/test_{}.py", self.stem(ground.words))))
    }

    fn whole(&self, site: &Site, head: &str, parts: &[Part<'_>]) -> Option<String> {
        let texts = || site.samples.iter().map(|it| &*it.text);
        let unit = framework::unit(texts(), "    ");
        let pytest = site.samples.is_empty() || texts().any(|text| text.contains("pytest"));
        let classes = site.samples.iter().filter(|it| !it.facts.groups.is_empty());
        let in_classes = classes.count() * 2 > site.samples.len();
        let way = match (pytest, in_classes) {
            (false, _) => Way::Case,
            (_, true) => Way::Method,
            _ => Way::Function,
        };
        let mut lines = Lines::new(&unit, "");
        lines.add(0, &format!("# {head}"));
        lines.add(0, "");
        lines.add(
            0,
            if pytest {
                "import pytest"
            } else {
                "import unittest"
            },
        );
        let mut names = Names::default();
        let mut classes = Names::default();
        for part in parts {
            lines.add(0, "");
            lines.add(0, "");
            let depth = usize::from(way != Way::Function);
            if depth > 0 {
                let name = naming::pascal(&naming::words(&part.group.title));
                let name = classes.take(&format!("Test{name}"));
                let bases = if way == Way::Case {
                    "(unittest.TestCase)"
                } else {
                    ""
                };
                lines.add(0, &format!("class {name}{bases}:"));
                names = Names::default();
            }
            for (at, test) in part.tests.iter().enumerate() {
                if at > 0 {
                    lines.add(0, "");
                    if depth == 0 {
                        lines.add(0, "");
                    }
                }
                write(&mut lines, depth, way, test, &mut names, site);
            }
        }
        Some(lines.text())
    }

    fn more(&self, site: &Site, there: &Sample, parts: &[Part<'_>]) -> Option<Vec<Edit>> {
        let text = &*there.text;
        let unit = framework::unit(std::iter::once(text), "    ");
        let mut names = Names::with(site.taken.iter().cloned());
        // Tests that all stand in one class get more of their kind, as far as the class reaches to the end.
        let class = framework::only_group(&there.facts).filter(|group| {
            let behind = text.get(usize::from(group.range.end())..);
            behind.is_some_and(|rest| rest.trim().is_empty())
        });
        let signature = class.and_then(|class| {
            let classes = there.facts.symbols.iter();
            let mut classes = classes.filter(|it| it.kind == SymbolKind::Class);
            let own = classes.find(|it| it.name_range == class.name_range)?;
            text.get(usize::from(own.signature.start())..usize::from(own.signature.end()))
        });
        let way = match signature {
            None => Way::Function,
            Some(signature) if signature.contains("TestCase") => Way::Case,
            Some(_) => Way::Method,
        };
        let depth = usize::from(way != Way::Function);
        let mut lines = Lines::new(&unit, "");
        let tests = parts.iter().flat_map(|part| &part.tests);
        for (at, test) in tests.enumerate() {
            if at > 0 {
                lines.add(0, "");
                if depth == 0 {
                    lines.add(0, "");
                }
            }
            write(&mut lines, depth, way, test, &mut names, site);
        }
        let mut edits = vec![framework::at_end(text, 2 - depth, &lines.text())];
        if way != Way::Case && !imports_pytest(there) {
            edits.push(Edit::insert(import_place(there)?, "import pytest\n"));
        }
        Some(edits)
    }
}

fn write(
    lines: &mut Lines,
    depth: usize,
    way: Way,
    test: &Written<'_>,
    names: &mut Names,
    site: &Site,
) {
    let words = framework::words(site, test);
    let name = names.take(&format!("test_{}", naming::snake(&words)));
    let receiver = if way == Way::Function { "" } else { "self" };
    lines.link(depth, "#", test);
    lines.add(depth, &format!("def {name}({receiver}):"));
    lines.steps(depth + 1, "#", test);
    let skip = if way == Way::Case {
        "self.skipTest"
    } else {
        "pytest.skip"
    };
    lines.add(depth + 1, &format!("{skip}(\"{NOT_WRITTEN}\")"));
}

fn imports_pytest(there: &Sample) -> bool {
    let text = &*there.text;
    there.facts.imports.iter().any(|import| {
        let start = usize::from(import.range.start());
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        import.path == "pytest" && text[line..start].trim_start_matches('\u{feff}') == "import "
    })
}

/// The start of the first line that imports something but the future; else of the first definition.
fn import_place(there: &Sample) -> Option<TextSize> {
    let text = &*there.text;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_import = line.starts_with("import ") || line.starts_with("from ");
        let inside = there
            .facts
            .imports
            .iter()
            .any(|it| (at..at + line.len()).contains(&usize::from(it.range.start())));
        if is_import && inside && !line.starts_with("from __future__") {
            return Some(TextSize::new(u32::try_from(at).ok()?));
        }
        at += line.len();
    }
    None
}
