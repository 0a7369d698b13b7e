use super::*;

#[test]
fn a_function_is_found_in_several_languages() {
    for (path, text, parameters, body) in [
        (
            "a.rs",
            "/// add\npub fn add(a: u32) -> u32 {\n    a + 1\n}\n",
            "a: u32",
            "\n    a + 1\n",
        ),
        (
            "a.py",
            "def add(a):\n    return a\n\nx = add(1)\n",
            "a",
            "    return a\n",
        ),
        (
            "a.go",
            "func (s *S) add(a int) int {\n\treturn a\n}\n",
            "a int",
            "\n\treturn a\n",
        ),
        (
            "a.ts",
            "export function add(a: string) {\n  return `}${a}`;\n}\n",
            "a: string",
            "\n  return `}${a}`;\n",
        ),
    ] {
        let symbol = Symbol::find(path, "S.add", text);
        let symbol = symbol.as_ref();
        assert_eq!(
            symbol
                .and_then(|it| it.parameters.clone())
                .map(|it| &text[it]),
            Some(parameters),
            "{path}"
        );
        assert_eq!(
            symbol.and_then(|it| it.body.clone()).map(|it| &text[it]),
            Some(body),
            "{path}"
        );
    }
}

#[test]
fn what_no_word_declares_is_found_too() {
    for (path, name, text, covered) in [
        (
            "a.java",
            "add",
            "  public int add(int a) {\n    return a;\n  }\n",
            "int a",
        ),
        (
            "a.cs",
            "AddAsync",
            "    public async Task<Page> AddAsync(int a)\n    {\n        Go();\n    }\n",
            "int a",
        ),
        (
            "a.ts",
            "add",
            "  add(a: A): { b: B } {\n    return a;\n  }\n",
            "a: A",
        ),
        (
            "a.tsx",
            "add",
            "export const add = async (a: A) => {\n  go();\n};\n",
            "a: A",
        ),
    ] {
        let symbol = Symbol::find(path, name, text);
        let symbol = symbol.as_ref();
        let parameters = symbol
            .and_then(|it| it.parameters.clone())
            .map(|it| &text[it]);
        assert_eq!(parameters, Some(covered), "{path}");
        assert_eq!(
            symbol.map(|it| it.range.clone()),
            Some(0..text.len()),
            "{path}"
        );
        assert!(symbol.is_some_and(|it| it.is_function(text)), "{path}");
    }
    for (path, text) in [
        ("a.py", "MAX = 5\n"),
        ("a.go", "\tMAX = 5\n"),
        ("a.py", "MAX: int = f(\n    5,\n)\n"),
    ] {
        let symbol = Symbol::find(path, "MAX", text);
        assert_eq!(symbol.map(|it| it.range), Some(0..text.len()), "{text}");
    }
    for (path, text) in [
        ("a.py", "    MAX = 5\n"),
        ("a.ts", "  add(a);\n"),
        ("a.java", "  return add(a);\n"),
    ] {
        assert_eq!(
            Symbol::find(path, if path == "a.py" { "MAX" } else { "add" }, text),
            None,
            "{text}"
        );
    }
}

#[test]
fn what_stands_below_a_type_is_not_taken_for_its_parts() {
    let text = "pub struct Tool<'a> {\n    pub size: &'a u32,\n}\n\nimpl<'a> Tool<'a> {\n    fn new(size: u32) {}\n}\n";
    let symbol = Symbol::find("a.rs", "Tool", text);
    assert_eq!(symbol.as_ref().and_then(|it| it.parameters.clone()), None);
    assert_eq!(
        symbol.map(|it| it.range),
        Some(0..text.find("\n\n").unwrap_or_default() + 1)
    );
    let text = "interface Api {\n  size: Ref;\n}\nfunction use() {\n  const size = ref(1);\n}\n";
    assert_eq!(Symbol::find("a.ts", "Api.size", text), None);
}

#[test]
fn a_test_is_known_by_its_title() {
    let text =
        "describe('Cart', () => {\n  it('holds ten', async () => {\n    expect(1);\n  });\n});\n";
    let case = Case::find("a.test.ts", "Cart > holds ten", text);
    let case = case.as_ref();
    assert_eq!(case.map(|it| &text[it.call.clone()]), Some("it"));
    assert_eq!(
        case.map(|it| &text[it.body.clone()]),
        Some("\n    expect(1);\n  ")
    );
    assert_eq!(
        case.map(|it| text[it.range.clone()].lines().count()),
        Some(3)
    );
    assert_eq!(Case::find("a.test.ts", "Cart > holds", text), None);
}

#[test]
fn two_declarations_are_none() {
    assert_eq!(
        Symbol::find("a.py", "add", "def add():\n    x\ndef add():\n    y\n"),
        None
    );
}

#[test]
fn words_are_whole() {
    assert_eq!(renamed("add adder add", "add", "sum"), "sum adder sum");
}
