//! `JUnit` 4 and 5, in Java: methods of a class below `src/test/java`.

use text::Edit;

use super::NOT_WRITTEN;
use super::framework::{self, Framework, Ground, Lines, Part, Written, quoted};
use super::naming::{self, Names};
use super::place::{Sample, Site};

pub(super) struct JUnit;

/// Where a module keeps its tests.
const TESTS: &str = "src/test/java/";

impl Framework for JUnit {
    fn name(&self) -> &'static str {
        "JUnit"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["java"]
    }

    fn manifests(&self) -> &'static [&'static str] {
        &["pom.xml", "build.gradle", "build.gradle.kts"]
    }

    fn is_used(&self, manifest: Option<&str>, samples: &[Sample]) -> bool {
        let says = |text: &str| text.contains("junit") || text.contains("spring-boot-starter-test");
        samples.iter().any(|it| it.text.contains("org.junit")) || manifest.is_some_and(says)
    }

    fn wrote(&self, text: &str) -> bool {
        text.contains("org.junit")
    }

    fn takes(&self, path: &str, _: &str) -> bool {
        (path.starts_with(TESTS) || path.contains(&format!("/{TESTS}")))
            && framework::ending(path) == "java"
            && class_of(path).is_some()
    }

    fn new_path(&self, ground: &Ground<'_>) -> Option<String> {
        let package = ground
            .code
            .and_then(|code| code.split_once("src/main/java/"))
            .and_then(|(_, path)| path.rsplit_once('/'))
            .map_or(String::new(), |(package, _)| format!("{package}/"));
        let name = self.stem(ground.words);
        Some(ground.inside(&format!("{TESTS}{package}{name}Test.java")))
    }

    fn stem(&self, words: &[String]) -> String {
        let name = naming::pascal(words);
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            format!("Story{name}")
        } else {
            name
        }
    }

    fn whole(&self, site: &Site, head: &str, parts: &[Part<'_>]) -> Option<String> {
        let texts = || site.samples.iter().map(|it| &*it.text);
        let class = class_of(&site.path)?;
        let package = package_of(&site.path)?;
        let old = is_old(texts(), site.manifest.as_deref());
        let mut lines = Lines::new(&framework::unit(texts(), "    "), "");
        if !package.is_empty() {
            lines.add(0, &format!("package {package};"));
            lines.add(0, "");
        }
        let imports: &[&str] = if old {
            &["org.junit.Ignore", "org.junit.Test"]
        } else {
            &[
                "org.junit.jupiter.api.Disabled",
                "org.junit.jupiter.api.DisplayName",
                "org.junit.jupiter.api.Test",
            ]
        };
        for import in imports {
            lines.add(0, &format!("import {import};"));
        }
        lines.add(0, "");
        lines.add(0, &format!("// {}", escaped(head)));
        lines.add(
            0,
            &format!("{}class {class} {{", if old { "public " } else { "" }),
        );
        let way = Way {
            old,
            full: false,
            display: !old,
        };
        let mut names = Names::default();
        for test in parts.iter().flat_map(|part| &part.tests) {
            lines.add(0, "");
            write(&mut lines, way, test, &mut names, site);
        }
        lines.add(0, "}");
        Some(lines.text())
    }

    fn more(&self, site: &Site, there: &Sample, parts: &[Part<'_>]) -> Option<Vec<Edit>> {
        let text = &*there.text;
        let group = framework::only_group(&there.facts)?;
        let (at, blanks) = framework::closing(text, group.range)?;
        let mut lines = Lines::new(&framework::unit(std::iter::once(text), "    "), blanks);
        let way = Way {
            old: is_old(std::iter::once(text), None),
            full: true,
            display: text.contains("import org.junit.jupiter.api.DisplayName;")
                || text.contains("import org.junit.jupiter.api.*;"),
        };
        let mut names = Names::with(site.taken.iter().cloned());
        for test in parts.iter().flat_map(|part| &part.tests) {
            lines.add(0, "");
            write(&mut lines, way, test, &mut names, site);
        }
        Some(vec![Edit::insert(at, lines.text())])
    }
}

/// How a test is written.
#[derive(Clone, Copy)]
struct Way {
    /// `JUnit` 4.
    old: bool,
    /// Annotations have their packages, since nothing may be imported.
    full: bool,
    /// Tests have a title.
    display: bool,
}

fn write(lines: &mut Lines, way: Way, test: &Written<'_>, names: &mut Names, site: &Site) {
    let words = framework::words(site, test);
    let name = naming::camel(&words);
    // No word of the language is two.
    let name = if words.len() < 2 || name.starts_with(|c: char| c.is_ascii_digit()) {
        naming::camel(&[vec!["scenario".to_owned()], words].concat())
    } else {
        name
    };
    let name = names.take(&name);
    lines.link(1, "//", test);
    lines.add(1, "@Test");
    let (package, ignored) = if way.old {
        ("org.junit.", "Ignore")
    } else {
        ("org.junit.jupiter.api.", "Disabled")
    };
    let package = if way.full { package } else { "" };
    lines.add(1, &format!("@{package}{ignored}(\"{NOT_WRITTEN}\")"));
    if way.display {
        let title = quoted(&framework::title(site, test));
        lines.add(1, &format!("@DisplayName({title})"));
    }
    let public = if way.old { "public " } else { "" };
    lines.add(1, &format!("{public}void {name}() {{"));
    if !test.plain {
        let steps = test.case.steps.iter();
        for step in steps.filter(|step| !framework::names_others(step)) {
            for line in naming::wrapped(&escaped(step)) {
                lines.add(2, &format!("// {line}"));
            }
        }
    }
    lines.add(1, "}");
}

/// `\u` begins a character everywhere in Java, comments included; behind another `\` it does not.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
}

/// Whether tests are written with `JUnit` 4.
fn is_old<'a>(mut texts: impl Iterator<Item = &'a str>, manifest: Option<&str>) -> bool {
    match texts.next() {
        Some(text) => !text.contains("org.junit.jupiter"),
        None => manifest.is_some_and(|text| {
            !text.contains("jupiter")
                && !text.contains("spring-boot")
                && !text.contains("useJUnitPlatform")
        }),
    }
}

/// The class that a path must hold.
fn class_of(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?.strip_suffix(".java")?;
    let fits = name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && name.starts_with(|c: char| c.is_alphabetic());
    fits.then_some(name)
}

/// The package that a path must be of.
fn package_of(path: &str) -> Option<String> {
    let (_, inside) = path.split_once(TESTS)?;
    let package = inside.rsplit_once('/').map_or("", |(dirs, _)| dirs);
    Some(package.replace('/', "."))
}
