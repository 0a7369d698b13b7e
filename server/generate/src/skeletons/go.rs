//! Go's own `testing`: functions beside the code.

use text::Edit;
use trace::parent;

use super::NOT_WRITTEN;
use super::framework::{self, Framework, Ground, Lines, Part, Written};
use super::naming::{self, Names};
use super::place::{Sample, Site};

pub(super) struct Go;

/// Systems and processors that the end of a file's name can mean.
const SYSTEMS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "unix",
    "wasip1",
    "windows",
    "zos",
    "386",
    "amd64",
    "arm",
    "arm64",
    "loong64",
    "mips",
    "mips64",
    "mips64le",
    "mipsle",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
    "test",
];

impl Framework for Go {
    fn name(&self) -> &'static str {
        "go test"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["go"]
    }

    fn manifests(&self) -> &'static [&'static str] {
        &["go.mod"]
    }

    fn is_used(&self, manifest: Option<&str>, _: &[Sample]) -> bool {
        manifest.is_some()
    }

    fn wrote(&self, text: &str) -> bool {
        text.contains("\"testing\"")
    }

    fn takes(&self, path: &str, _: &str) -> bool {
        path.ends_with("_test.go")
    }

    fn new_path(&self, ground: &Ground<'_>) -> Option<String> {
        let dir = ground.code.map_or(ground.package, parent);
        let name = format!("{}_test.go", self.stem(ground.words));
        Some(if dir.is_empty() {
            name
        } else {
            format!("{dir}/{name}")
        })
    }

    /// `report_windows_test.go` is compiled on Windows alone.
    fn reserves(&self, word: &str) -> bool {
        SYSTEMS.contains(&word)
    }

    fn shares_names(&self) -> bool {
        true
    }

    fn whole(&self, site: &Site, head: &str, parts: &[Part<'_>]) -> Option<String> {
        let dir = parent(&site.path);
        let package = site.package.clone().unwrap_or_else(|| {
            let name = dir.rsplit('/').next().unwrap_or_default();
            let name: String = name
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_ascii_lowercase();
            if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
                "tests".to_owned()
            } else {
                name
            }
        });
        let mut lines = Lines::new("\t", "");
        lines.add(0, &format!("// {head}"));
        lines.add(0, "");
        lines.add(0, &format!("package {package}"));
        lines.add(0, "");
        lines.add(0, "import \"testing\"");
        let mut names = Names::with(site.taken.iter().cloned());
        for test in parts.iter().flat_map(|part| &part.tests) {
            lines.add(0, "");
            write(&mut lines, test, &mut names, site);
        }
        Some(lines.text())
    }

    fn more(&self, site: &Site, there: &Sample, parts: &[Part<'_>]) -> Option<Vec<Edit>> {
        let mut lines = Lines::new("\t", "");
        let mut names = Names::with(site.taken.iter().cloned());
        for (at, test) in parts.iter().flat_map(|part| &part.tests).enumerate() {
            if at > 0 {
                lines.add(0, "");
            }
            write(&mut lines, test, &mut names, site);
        }
        Some(vec![framework::at_end(&there.text, 1, &lines.text())])
    }
}

fn write(lines: &mut Lines, test: &Written<'_>, names: &mut Names, site: &Site) {
    let words = framework::words(site, test);
    let name = names.take(&format!("Test{}", naming::pascal(&words)));
    lines.link(0, "//", test);
    lines.add(0, &format!("func {name}(t *testing.T) {{"));
    lines.steps(1, "//", test);
    lines.add(1, &format!("t.Skip(\"{NOT_WRITTEN}\")"));
    lines.add(0, "}");
}
