//! Source files: functions of a language one after another, until the file is as long as it is to be.

use std::fmt::Write as _;

use super::random::Random;
use super::words::{NOUNS, VERBS, capital};

/// Half of all files are shorter, in bytes; one of a hundred is longer than thirteen times that.
const MEDIAN_LENGTH: f64 = 1500.0;
const SPREAD: f64 = 3.0;
/// No file is longer, in bytes.
const LONGEST: usize = 200_000;

/// How a language is written. In texts `~v` is a verb, `~n` a noun, `~N` a noun with a capital, `~i` a number.
pub(super) struct Language {
    pub(super) ending: &'static str,
    /// Where its sources stand.
    pub(super) root: &'static str,
    /// What begins a comment of one line.
    comment: &'static str,
    head: &'static str,
    function: &'static str,
    test: &'static str,
    end: &'static str,
}

impl Language {
    pub(super) fn test_name(&self, verb: &str, noun: &str) -> String {
        let ending = self.ending;
        match ending {
            "py" | "rs" | "c" | "cpp" | "sh" | "sql" | "tf" => {
                format!("test_{noun}_{verb}.{ending}")
            }
            "ts" | "tsx" | "js" => format!("{noun}-{verb}.test.{ending}"),
            "go" | "rb" => format!("{noun}_{verb}_test.{ending}"),
            _ => format!("{}{}Test.{ending}", capital(noun), capital(verb)),
        }
    }
}

/// Every language that is read, the first fifteen as a repository's own.
pub(super) const LANGUAGES: &[Language] = &[
    Language {
        ending: "ts",
        root: "src",
        comment: "//",
        head: "import { ~N } from './~n';\n\n",
        function: "export function ~v~N~i(items: ~N[]): number {\n  let total = ~i;\n  for (const item of items) {\n    if (item.isOpen) {\n      total += item.~n;\n    }\n  }\n  return total;\n}\n\n",
        test: "it('~v ~n ~i keeps the total', () => {\n  const kept = ~v~N~i([]);\n  expect(kept).toBe(~i);\n});\n\n",
        end: "",
    },
    Language {
        ending: "go",
        root: "internal",
        comment: "//",
        head: "package ~n\n\nimport \"context\"\n\n",
        function: "// ~v~N~i keeps the order of what it is given.\nfunc ~v~N~i(ctx context.Context, items []~N) (int, error) {\n\ttotal := ~i\n\tfor _, item := range items {\n\t\tif err := ctx.Err(); err != nil {\n\t\t\treturn total, err\n\t\t}\n\t\ttotal += item.Weight\n\t}\n\treturn total, nil\n}\n\n",
        test: "func Test~N~i(t *testing.T) {\n\tif got, _ := ~v~N~i(context.Background(), nil); got != ~i {\n\t\tt.Fatalf(\"got %d\", got)\n\t}\n}\n\n",
        end: "",
    },
    Language {
        ending: "py",
        root: "src",
        comment: "#",
        head: "from dataclasses import dataclass\n\nfrom .~n import ~N\n\n\n",
        function: "def ~v_~n_~i(items: list[~N], limit: int = ~i) -> int:\n    \"\"\"Keeps the order of what it is given.\"\"\"\n    total = 0\n    for item in items:\n        if item.~n is None:\n            continue\n        total += min(item.~n, limit)\n    return total\n\n\n",
        test: "def test_~v_~n_~i():\n    assert ~v_~n_~i([]) == 0\n\n\n",
        end: "",
    },
    Language {
        ending: "java",
        root: "src/main/java/com/example",
        comment: "//",
        head: "package com.example.~n;\n\nimport java.util.List;\n\nfinal class ~N~i {\n",
        function: "    int ~v~N~i(List<~N> items) {\n        int total = ~i;\n        for (var item : items) {\n            if (item.isOpen()) {\n                total += item.weight();\n            }\n        }\n        return total;\n    }\n\n",
        test: "    @Test\n    void ~v~N~iKeepsTheTotal() {\n        assertEquals(~i, ~v~N~i(List.of()));\n    }\n\n",
        end: "}\n",
    },
    Language {
        ending: "rs",
        root: "crates",
        comment: "//",
        head: "//! What is known of a ~n.\n\nuse crate::~n::~N;\n\n",
        function: "/// Keeps the order of what it is given.\npub fn ~v_~n_~i(items: &[~N]) -> usize {\n    let mut total = ~i;\n    for item in items {\n        if item.is_open() {\n            total += item.weight();\n        }\n    }\n    total\n}\n\n",
        test: "#[test]\nfn ~v_~n_~i_keeps_the_total() {\n    assert_eq!(~v_~n_~i(&[]), ~i);\n}\n\n",
        end: "",
    },
    Language {
        ending: "kt",
        root: "src/main/kotlin",
        comment: "//",
        head: "package com.example.~n\n\n",
        function: "fun ~v~N~i(items: List<~N>): Int {\n    var total = ~i\n    for (item in items) {\n        if (item.isOpen) total += item.weight\n    }\n    return total\n}\n\n",
        test: "@Test\nfun `~v ~n ~i keeps the total`() {\n    assertEquals(~i, ~v~N~i(emptyList()))\n}\n\n",
        end: "",
    },
    Language {
        ending: "cs",
        root: "src",
        comment: "//",
        head: "namespace Example.~N;\n\npublic sealed class ~N~i\n{\n",
        function: "    public int ~v~N~i(IEnumerable<~N> items)\n    {\n        var total = ~i;\n        foreach (var item in items)\n        {\n            total += item.Weight;\n        }\n        return total;\n    }\n\n",
        test: "    [Fact]\n    public void ~v~N~iKeepsTheTotal()\n    {\n        Assert.Equal(~i, ~v~N~i([]));\n    }\n\n",
        end: "}\n",
    },
    Language {
        ending: "js",
        root: "lib",
        comment: "//",
        head: "'use strict';\n\nconst { ~N } = require('./~n');\n\n",
        function: "/** Keeps the order of what it is given. */\nfunction ~v~N~i(items) {\n  return items.filter((item) => item.isOpen).reduce((total, item) => total + item.~n, ~i);\n}\n\n",
        test: "test('~v ~n ~i keeps the total', () => {\n  expect(~v~N~i([])).toBe(~i);\n});\n\n",
        end: "",
    },
    Language {
        ending: "rb",
        root: "app",
        comment: "#",
        head: "# frozen_string_literal: true\n\n",
        function: "def ~v_~n_~i(items)\n  total = ~i\n  items.each do |item|\n    total += item.weight if item.open?\n  end\n  total\nend\n\n",
        test: "it '~v ~n ~i keeps the total' do\n  expect(~v_~n_~i([])).to eq(~i)\nend\n\n",
        end: "",
    },
    Language {
        ending: "php",
        root: "src",
        comment: "//",
        head: "<?php\n\nnamespace Example\\~N;\n\n",
        function: "function ~v~N~i(array $items): int\n{\n    $total = ~i;\n    foreach ($items as $item) {\n        $total += $item->weight;\n    }\n    return $total;\n}\n\n",
        test: "public function test~N~i(): void\n{\n    $this->assertSame(~i, ~v~N~i([]));\n}\n\n",
        end: "",
    },
    Language {
        ending: "cpp",
        root: "src",
        comment: "//",
        head: "#include \"~n.h\"\n\n",
        function: "int ~v_~n_~i(const std::vector<~N>& items) {\n  int total = ~i;\n  for (const auto& item : items) {\n    total += item.weight();\n  }\n  return total;\n}\n\n",
        test: "TEST(~N, ~v~i) {\n  EXPECT_EQ(~v_~n_~i({}), ~i);\n}\n\n",
        end: "",
    },
    Language {
        ending: "swift",
        root: "Sources",
        comment: "//",
        head: "import Foundation\n\n",
        function: "func ~v~N~i(_ items: [~N]) -> Int {\n    var total = ~i\n    for item in items where item.isOpen {\n        total += item.weight\n    }\n    return total\n}\n\n",
        test: "func test~N~i() {\n    XCTAssertEqual(~v~N~i([]), ~i)\n}\n\n",
        end: "",
    },
    Language {
        ending: "scala",
        root: "src/main/scala",
        comment: "//",
        head: "package example.~n\n\n",
        function: "def ~v~N~i(items: Seq[~N]): Int =\n  items.filter(_.isOpen).map(_.weight).sum + ~i\n\n",
        test: "test(\"~v ~n ~i keeps the total\") {\n  assert(~v~N~i(Nil) == ~i)\n}\n\n",
        end: "",
    },
    Language {
        ending: "tsx",
        root: "src",
        comment: "//",
        head: "import { ~N } from './~n';\n\n",
        function: "export function ~N~i({ items }: { items: ~N[] }) {\n  return <ul>{items.map((item) => <li key={item.id}>{item.~n} of ~i</li>)}</ul>;\n}\n\n",
        test: "it('~v ~n ~i is shown', () => {\n  expect(render(<~N~i items={[]} />)).toBeDefined();\n});\n\n",
        end: "",
    },
    Language {
        ending: "c",
        root: "drivers",
        comment: "//",
        head: "#include <~n.h>\n\n",
        function: "/* Keeps the order of what it is given. */\nstatic int ~v_~n_~i(struct ~n *items, size_t count)\n{\n\tint total = ~i;\n\n\tfor (size_t at = 0; at < count; at++)\n\t\ttotal += items[at].weight;\n\treturn total;\n}\n\n",
        test: "static void test_~v_~n_~i(void)\n{\n\tassert(~v_~n_~i(NULL, 0) == ~i);\n}\n\n",
        end: "",
    },
    Language {
        ending: "sh",
        root: "scripts",
        comment: "#",
        head: "#!/usr/bin/env bash\nset -eu\n\n",
        function: "~v_~n_~i() {\n  local total=~i\n  for item in \"$@\"; do\n    total=$((total + item))\n  done\n  echo \"$total\"\n}\n\n",
        test: "test_~v_~n_~i() {\n  [ \"$(~v_~n_~i)\" = ~i ]\n}\n\n",
        end: "",
    },
    Language {
        ending: "sql",
        root: "migrations",
        comment: "--",
        head: "BEGIN;\n\n",
        function: "CREATE TABLE ~n_~i (\n    id BIGINT PRIMARY KEY,\n    ~n TEXT NOT NULL,\n    weight INTEGER DEFAULT ~i\n);\n\n",
        test: "SELECT count(*) FROM ~n_~i;\n\n",
        end: "COMMIT;\n",
    },
    Language {
        ending: "tf",
        root: "infrastructure",
        comment: "#",
        head: "terraform {\n  required_version = \">= 1.5\"\n}\n\n",
        function: "resource \"example_~n\" \"~v_~i\" {\n  name   = \"~n-~i\"\n  weight = ~i\n}\n\n",
        test: "check \"~v_~n_~i\" {\n  assert {\n    condition = ~i > 0\n  }\n}\n\n",
        end: "",
    },
];

/// The text of a file; `cited` is what one comment of it says.
pub(super) fn text(
    language: Option<&Language>,
    path: &str,
    is_test: bool,
    cited: Option<String>,
    random: &mut Random,
) -> String {
    let length = random.count(MEDIAN_LENGTH, SPREAD).min(LONGEST);
    let mut out = String::with_capacity(length + 600);
    let Some(language) = language else {
        let (head, line) = other(path);
        out.push_str(head);
        while out.len() < length {
            expand(line, random, &mut out);
        }
        if path.ends_with("json") {
            out.push_str("  \"end\": true\n}\n");
        }
        return out;
    };
    expand(language.head, random, &mut out);
    let block = if is_test {
        language.test
    } else {
        language.function
    };
    let mut cited = cited;
    while out.len() < length {
        if let Some(cited) = cited.take() {
            out.push_str(language.comment);
            out.push(' ');
            out.push_str(&cited);
            out.push('\n');
        }
        expand(block, random, &mut out);
    }
    if let Some(cited) = cited {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{} {cited}", language.comment);
    }
    out.push_str(language.end);
    out
}

/// First line and repeated text of what is no source.
fn other(path: &str) -> (&'static str, &'static str) {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "json" => ("{\n", "  \"~v_~n_~i\": { \"~n\": ~i, \"open\": false },\n"),
        "yaml" => (
            "# What is set.\n",
            "~v_~n_~i:\n  weight: ~i\n  open: false\n",
        ),
        "md" => (
            "# Notes\n\n",
            "How a ~n comes to ~v is told in `~v_~n`, ~i lines long.\n\n- ~n\n- ~n\n\n",
        ),
        "css" => ("", ".~n-~v-~i {\n  margin: ~ipx;\n  color: black;\n}\n\n"),
        _ => (
            "<svg xmlns=\"http://www.w3.org/2000/svg\">\n",
            "<path d=\"M~i ~iL~i ~i\"/>\n",
        ),
    }
}

/// One block: the same words throughout.
fn expand(block: &str, random: &mut Random, out: &mut String) {
    let (verb, noun) = (random.of(&VERBS), random.of(&NOUNS));
    let number = random.below(1000).to_string();
    let mut parts = block.split('~');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let mut rest = part.chars();
        match rest.next() {
            Some('v') => out.push_str(verb),
            Some('n') => out.push_str(noun),
            Some('N') => out.push_str(&capital(noun)),
            Some('i') => out.push_str(&number),
            _ => {}
        }
        out.push_str(rest.as_str());
    }
}
