//! Which sections a project's own templates demand: overrides, presets, extensions, the core.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use fixture::Fixture;

/// Titles of the sections a spec must have, in the template's order.
fn demanded(templates: &str) -> String {
    let fixture = Fixture::parse(&format!(
        "
//- /specs/001-a/spec.md
# A
//- /.specify/templates/spec-template.md
## Core *(mandatory)*
## More
{templates}"
    ));
    let feature = fixture.graph.features().first().unwrap();
    let titles: Vec<&str> = feature
        .required
        .iter()
        .map(|section| section.title.as_str())
        .collect();
    titles.join(", ")
}

#[test]
fn the_core_template_is_the_last_resort() {
    assert_eq!(demanded(""), "Core");
    let preset = "//- /.specify/presets/lean/templates/spec-template.md\n## Lean *(mandatory)*\n";
    let extension = "//- /.specify/extensions/x/templates/spec-template.md\n## X *(mandatory)*\n";
    let over = "//- /.specify/templates/overrides/spec-template.md\n## Own *(mandatory)*\n";
    assert_eq!(demanded(extension), "X");
    assert_eq!(demanded(&format!("{extension}{preset}")), "Lean");
    assert_eq!(demanded(&format!("{extension}{preset}{over}")), "Own");
}

#[test]
fn presets_stand_by_priority_then_by_id() {
    let presets = "//- /.specify/presets/a/templates/spec-template.md
## A *(mandatory)*
//- /.specify/presets/b/templates/spec-template.md
## B *(mandatory)*
";
    assert_eq!(demanded(presets), "A");
    let registry = |a: &str, b: &str| {
        format!(
            "{presets}//- /.specify/presets/.registry\n{{\"presets\": {{\"a\": {{{a}}}, \"b\": {{{b}}}}}}}\n"
        )
    };
    assert_eq!(demanded(&registry("", "\"priority\": 1")), "B");
    assert_eq!(demanded(&registry("\"priority\": 20", "")), "B");
    assert_eq!(demanded(&registry("\"enabled\": false", "")), "B");
    assert_eq!(demanded(&registry("", "")), "A");
    assert_eq!(
        demanded(&format!(
            "{presets}//- /.specify/presets/.registry\n{{ broken\n"
        )),
        "A"
    );
}

#[test]
fn a_preset_may_be_laid_over_the_core() {
    let preset = |strategy: &str| {
        format!(
            "//- /.specify/presets/a/templates/spec-template.md
## First *(mandatory)*
{{CORE_TEMPLATE}}
## Last *(mandatory)*
//- /.specify/presets/a/preset.yml
preset:
  id: a
provides:
  templates:
    - type: \"template\"
      name: \"plan-template\"
      strategy: wrap
    - type: \"template\"
      name: \"spec-template\"  # the spec
      {strategy}
requires:
  speckit_version: x
"
        )
    };
    assert_eq!(demanded(&preset("strategy: prepend")), "First, Last, Core");
    assert_eq!(demanded(&preset("strategy: append")), "Core, First, Last");
    assert_eq!(demanded(&preset("strategy: \"wrap\"")), "First, Core, Last");
    assert_eq!(demanded(&preset("file: x.md")), "First, Last");
    let nested = preset("tags:\n        - lean\n      strategy: append");
    assert_eq!(demanded(&nested), "Core, First, Last");
}
