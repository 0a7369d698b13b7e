//! From a requirement to its code, from there to its test, and back to the requirement, in every language. In between the
//! source files are what they are: nothing is said anywhere else in them.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    Contents, DefinitionRequest, DefinitionResponse, DocumentHighlightRequest, Hover, HoverRequest,
    ImplementationRequest, ImplementationResponse, LocationLink, ReferencesRequest,
};

use crate::parcels::{able, ready};
use crate::real::{TestServer, covered, position};

const SPEC: &str = "specs/001-login/spec.md";
const TASKS: &str = "specs/001-login/tasks.md";

/// A source file with a function and the test of that, as the language's people write them. Each mentions FR-001 with its
/// feature once.
struct Sample {
    language: &'static str,
    source: (&'static str, &'static str),
    /// The name of the only thing in the source that the mention is about.
    symbol: &'static str,
    /// File, text, name of the only test in it. Nothing where the language has no tests that are read.
    test: Option<(&'static str, &'static str, &'static str)>,
}

const SAMPLES: &[Sample] = &[
    Sample {
        language: "rust",
        source: (
            "src/password.rs",
            "use std::fmt;\n\n/// Hashes a password (001-login/FR-001).\n#[must_use]\n\
             pub fn hash_password(plain: &str) -> String {\n    other(plain)\n}\n\nfn other(of: &str) -> String {\n    of.to_owned()\n}\n",
        ),
        symbol: "hash_password",
        test: Some((
            "tests/password.rs",
            "// specs/001-login#FR-001\n#[test]\nfn hashes_it() {\n    assert_eq!(hash_password(\"a\"), \"b\");\n}\n",
            "hashes_it",
        )),
    },
    Sample {
        language: "python",
        source: (
            "app/password.py",
            "import os\n\n\n@cached\ndef hash_password(plain):\n    \"\"\"Hashes a password (001-login/FR-001).\"\"\"\n    return other(plain)\n\n\ndef other(of):\n    return of\n",
        ),
        symbol: "hash_password",
        test: Some((
            "tests/test_password.py",
            "import password\n\n\n# specs/001-login#FR-001\ndef test_hashes_it():\n    assert password.hash_password(\"a\") == \"b\"\n",
            "test_hashes_it",
        )),
    },
    Sample {
        language: "javascript",
        source: (
            "src/password.js",
            "import { other } from './other.js';\n\n/**\n * Hashes a password.\n * @see 001-login/FR-001\n */\nexport function hashPassword(plain) {\n  return other(plain);\n}\n\nexport const size = 3;\n",
        ),
        symbol: "hashPassword",
        test: Some((
            "test/password.test.js",
            "import { hashPassword } from '../src/password.js';\n\ndescribe('password', () => {\n  // specs/001-login#FR-001\n  it('hashes it', () => {\n    expect(hashPassword('a')).toBe('b');\n  });\n});\n",
            "hashes it",
        )),
    },
    Sample {
        language: "typescript",
        source: (
            "src/password.ts",
            "import { other } from './other';\n\n// 001-login/FR-001\nexport const hashPassword = (plain: string): string => other(plain);\n\nexport interface Other {\n  of: string;\n}\n",
        ),
        symbol: "hashPassword",
        test: Some((
            "src/password.spec.ts",
            "import { hashPassword } from './password';\n\n// specs/001-login#FR-001\ntest('hashes it', () => {\n  expect(hashPassword('a')).toBe('b');\n});\n",
            "hashes it",
        )),
    },
    Sample {
        language: "tsx",
        source: (
            "src/Password.tsx",
            "import React from 'react';\n\n/** Asks for a password (001-login/FR-001). */\nexport function PasswordField({ label }: { label: string }) {\n  return <input aria-label={label} type=\"password\" />;\n}\n",
        ),
        symbol: "PasswordField",
        test: Some((
            "src/Password.test.tsx",
            "import { PasswordField } from './Password';\n\ndescribe('field', () => {\n  it('asks for it', () => {\n    // specs/001-login#FR-001\n    expect(render(<PasswordField label=\"a\" />)).toBeTruthy();\n  });\n});\n",
            "asks for it",
        )),
    },
    Sample {
        language: "go",
        source: (
            "internal/password/password.go",
            "package password\n\nimport \"fmt\"\n\n// HashPassword hashes a password (001-login/FR-001).\nfunc HashPassword(plain string) string {\n\treturn fmt.Sprint(plain)\n}\n",
        ),
        symbol: "HashPassword",
        test: Some((
            "internal/password/password_test.go",
            "package password\n\nimport \"testing\"\n\n// specs/001-login#FR-001\nfunc TestHashesIt(t *testing.T) {\n\tif HashPassword(\"a\") != \"b\" {\n\t\tt.Fatal(\"no\")\n\t}\n}\n",
            "TestHashesIt",
        )),
    },
    Sample {
        language: "java",
        source: (
            "src/main/java/shop/Password.java",
            "package shop;\n\npublic class Password {\n    /**\n     * Hashes a password, see 001-login/FR-001.\n     */\n    @Override\n    public String hash(String plain) {\n        return plain;\n    }\n}\n",
        ),
        symbol: "hash",
        test: Some((
            "src/test/java/shop/PasswordTest.java",
            "package shop;\n\nimport org.junit.jupiter.api.Test;\n\nclass PasswordTest {\n    // specs/001-login#FR-001\n    @Test\n    void hashesIt() {\n        assertEquals(\"b\", new Password().hash(\"a\"));\n    }\n}\n",
            "hashesIt",
        )),
    },
    Sample {
        language: "kotlin",
        source: (
            "src/main/kotlin/Password.kt",
            "package shop\n\n/** Hashes a password (001-login/FR-001). */\nfun hashPassword(plain: String): String = plain\n",
        ),
        symbol: "hashPassword",
        test: Some((
            "src/test/kotlin/PasswordTest.kt",
            "package shop\n\nimport org.junit.jupiter.api.Test\n\nclass PasswordTest {\n    // specs/001-login#FR-001\n    @Test\n    fun `hashes it`() {\n        assertEquals(\"b\", hashPassword(\"a\"))\n    }\n}\n",
            "hashes it",
        )),
    },
    Sample {
        language: "c",
        source: (
            "src/password.c",
            "#include <string.h>\n\n/* Hashes a password (001-login/FR-001). */\nint hash_password(const char *plain)\n{\n    return strlen(plain);\n}\n",
        ),
        symbol: "hash_password",
        test: Some((
            "tests/password_test.c",
            "#include \"unity.h\"\n\n/* specs/001-login#FR-001 */\nvoid test_hashes_it(void)\n{\n    TEST_ASSERT_EQUAL(1, hash_password(\"a\"));\n}\n",
            "test_hashes_it",
        )),
    },
    Sample {
        language: "cpp",
        source: (
            "src/password.cpp",
            "#include <string>\n\nnamespace shop {\n\n// 001-login/FR-001\nstd::string hash_password(const std::string &plain) {\n  return plain;\n}\n\n}  // namespace shop\n",
        ),
        symbol: "hash_password",
        test: Some((
            "tests/password_test.cpp",
            "#include <gtest/gtest.h>\n\n// specs/001-login#FR-001\nTEST(Password, HashesIt) {\n  EXPECT_EQ(shop::hash_password(\"a\"), \"b\");\n}\n",
            "HashesIt",
        )),
    },
    Sample {
        language: "csharp",
        source: (
            "src/Password.cs",
            "namespace Shop;\n\npublic class Password\n{\n    /// <summary>Hashes a password (001-login/FR-001).</summary>\n    [Pure]\n    public string Hash(string plain) => plain;\n}\n",
        ),
        symbol: "Hash",
        test: Some((
            "tests/PasswordTests.cs",
            "using Xunit;\n\npublic class PasswordTests\n{\n    // specs/001-login#FR-001\n    [Fact]\n    public void HashesIt()\n    {\n        Assert.Equal(\"b\", new Password().Hash(\"a\"));\n    }\n}\n",
            "HashesIt",
        )),
    },
    Sample {
        language: "ruby",
        source: (
            "lib/password.rb",
            "module Password\n  # Hashes a password (001-login/FR-001).\n  def self.hash_password(plain)\n    plain\n  end\nend\n",
        ),
        symbol: "hash_password",
        test: Some((
            "spec/password_spec.rb",
            "require 'password'\n\nRSpec.describe Password do\n  # specs/001-login#FR-001\n  it 'hashes it' do\n    expect(Password.hash_password('a')).to eq('b')\n  end\nend\n",
            "hashes it",
        )),
    },
    Sample {
        language: "php",
        source: (
            "src/Password.php",
            "<?php\n\nclass Password\n{\n    /** Hashes a password (001-login/FR-001). */\n    public function hash(string $plain): string\n    {\n        return $plain;\n    }\n}\n",
        ),
        symbol: "hash",
        test: Some((
            "tests/PasswordTest.php",
            "<?php\n\nuse PHPUnit\\Framework\\TestCase;\n\nclass PasswordTest extends TestCase\n{\n    // specs/001-login#FR-001\n    public function testHashesIt(): void\n    {\n        $this->assertSame('b', (new Password())->hash('a'));\n    }\n}\n",
            "testHashesIt",
        )),
    },
    Sample {
        language: "swift",
        source: (
            "Sources/Shop/Password.swift",
            "import Foundation\n\nstruct Password {\n    /// Hashes a password (001-login/FR-001).\n    @discardableResult\n    func hash(_ plain: String) -> String {\n        plain\n    }\n}\n",
        ),
        symbol: "hash",
        test: Some((
            "Tests/ShopTests/PasswordTests.swift",
            "import XCTest\n\nfinal class PasswordTests: XCTestCase {\n    // specs/001-login#FR-001\n    func testHashesIt() {\n        XCTAssertEqual(Password().hash(\"a\"), \"b\")\n    }\n}\n",
            "testHashesIt",
        )),
    },
    Sample {
        language: "scala",
        source: (
            "src/main/scala/Password.scala",
            "package shop\n\nobject Password {\n  /** Hashes a password (001-login/FR-001). */\n  def hash(plain: String): String = plain\n}\n",
        ),
        symbol: "hash",
        test: Some((
            "src/test/scala/PasswordSuite.scala",
            "package shop\n\nclass PasswordSuite extends AnyFunSuite {\n  // specs/001-login#FR-001\n  test(\"hashes it\") {\n    assert(Password.hash(\"a\") == \"b\")\n  }\n}\n",
            "hashes it",
        )),
    },
    Sample {
        language: "bash",
        source: (
            "bin/password.sh",
            "#!/usr/bin/env bash\nset -e\n\n# 001-login/FR-001\nhash_password() {\n  printf '%s' \"$1\"\n}\n",
        ),
        symbol: "hash_password",
        test: Some((
            "test/password.bats",
            "load ../bin/password.sh\n\n# specs/001-login#FR-001\n@test \"hashes it\" {\n  run hash_password a\n  [ \"$output\" = b ]\n}\n",
            "hashes it",
        )),
    },
    Sample {
        language: "sql",
        source: (
            "db/password.sql",
            "-- 001-login/FR-001\nCREATE FUNCTION hash_password(plain text) RETURNS text AS $$\n  SELECT plain;\n$$ LANGUAGE sql;\n",
        ),
        symbol: "hash_password",
        // No framework's tests are read.
        test: None,
    },
    Sample {
        language: "hcl",
        source: (
            "infra/main.tf",
            "# 001-login/FR-001\nresource \"aws_kms_key\" \"password\" {\n  description = \"hashes\"\n}\n",
        ),
        symbol: "password",
        test: Some((
            "infra/tests/password.tftest.hcl",
            "# specs/001-login#FR-001\nrun \"hashes_it\" {\n  assert {\n    condition     = aws_kms_key.password.enabled\n    error_message = \"no\"\n  }\n}\n",
            "hashes_it",
        )),
    },
];

fn start(sample: &Sample) -> TestServer {
    let (path, text) = sample.source;
    let spec = "# Feature Specification: Login\n\n## Requirements\n\n\
                - **FR-001**: The system MUST hash each password.\n\
                - **FR-002**: The system MUST forget each password.\n";
    let tasks = format!(
        "# Tasks: Login\n\n## Phase 1: Core\n\n- [x] T001 Hash each password in {path} (FR-001)\n"
    );
    let mut files = vec![
        (".specify/memory/constitution.md", "# Constitution\n"),
        (SPEC, spec),
        (TASKS, tasks.as_str()),
        (path, text),
    ];
    files.extend(sample.test.map(|(path, text, _)| (path, text)));
    let mut server = ready(TestServer::start_with(&files, &able()));
    server.open_from_disk(SPEC);
    server
}

/// The place of a byte of a file.
fn at(server: &TestServer, path: &str, byte: usize) -> Value {
    let text = std::fs::read_to_string(server.path(path)).unwrap();
    json!({"textDocument": {"uri": server.uri(path)}, "position": position(&text, byte)})
}

fn definition(server: &mut TestServer, place: &Value) -> Vec<LocationLink> {
    match server.ask::<DefinitionRequest>(place.clone()) {
        Some(DefinitionResponse::DefinitionLinkList(links)) => links,
        Some(other @ DefinitionResponse::Definition(_)) => panic!("{other:?}"),
        None => Vec::new(),
    }
}

/// Files and texts that links lead to.
fn targets(links: &[LocationLink]) -> Vec<(String, String)> {
    let target = |link: &LocationLink| {
        let uri = link.target_uri.as_ref().to_owned();
        let text = covered(&uri, link.target_selection_range);
        (uri, text)
    };
    let mut found: Vec<_> = links.iter().map(target).collect();
    found.sort();
    found
}

fn implementation(server: &mut TestServer, place: &Value) -> Vec<(String, String)> {
    match server.ask::<ImplementationRequest>(place.clone()) {
        Some(ImplementationResponse::DefinitionLinkList(links)) => targets(&links),
        Some(other @ ImplementationResponse::Definition(_)) => panic!("{other:?}"),
        None => Vec::new(),
    }
}

fn hover(server: &mut TestServer, place: &Value) -> Option<(String, Hover)> {
    let hover = server.ask::<HoverRequest>(place.clone())?;
    let Contents::MarkupContent(content) = &hover.contents else {
        panic!("{hover:?}");
    };
    Some((content.value.clone(), hover))
}

/// What is shown at a byte must be the requirement with what is linked to it, about exactly this text.
fn shows_the_requirement(
    server: &mut TestServer,
    sample: &Sample,
    path: &str,
    byte: usize,
    token: &str,
) {
    let place = at(server, path, byte);
    let (text, hover) =
        hover(server, &place).unwrap_or_else(|| panic!("{}: {token}", sample.language));
    let linked = [Some(sample.symbol), sample.test.map(|(.., name)| name)];
    let said = ["FR-001", "MUST hash each password", "T001"];
    for said in said.into_iter().chain(linked.into_iter().flatten()) {
        assert!(text.contains(said), "{}: {said}: {text}", sample.language);
    }
    assert_eq!(covered(&server.uri(path), hover.range.unwrap()), token);
}

/// At every byte of a file outside of these texts there must be nothing.
fn is_silent_elsewhere(server: &mut TestServer, path: &str, spoken: &[(usize, &str)]) {
    let text = std::fs::read_to_string(server.path(path)).unwrap();
    for (byte, _) in text.char_indices() {
        if spoken
            .iter()
            .any(|(start, token)| (*start..=start + token.len()).contains(&byte))
        {
            continue;
        }
        let place = at(server, path, byte);
        let context = format!("{path}: {:?}", &text[byte..]);
        assert_eq!(hover(server, &place), None, "{context}");
        assert_eq!(definition(server, &place), [], "{context}");
        assert_eq!(implementation(server, &place), [], "{context}");
        let highlights = server.ask::<DocumentHighlightRequest>(place.clone());
        assert_eq!(highlights, None, "{context}");
        let mut asked = place;
        asked["context"] = json!({"includeDeclaration": true});
        assert_eq!(server.ask::<ReferencesRequest>(asked), None, "{context}");
    }
}

fn goes_round(sample: &Sample) {
    let language = sample.language;
    let mut server = start(sample);
    let (source, text) = sample.source;
    let requirement = (server.uri(SPEC), "FR-001".to_owned());

    // From the requirement to the code and to the test.
    let in_spec = server.place(SPEC, "- **FR|-001**");
    let mut expected = vec![(server.uri(source), sample.symbol.to_owned())];
    if let Some((path, _, name)) = sample.test {
        expected.push((server.uri(path), name.to_owned()));
    }
    expected.sort();
    server.eventually(|server| {
        let found = implementation(server, &in_spec);
        expected
            .iter()
            .all(|each| found.contains(each))
            .then_some(())
    });
    assert_eq!(
        implementation(&mut server, &in_spec),
        expected,
        "{language}"
    );

    // Everywhere it is named.
    let mut everywhere = vec![server.uri(SPEC), server.uri(TASKS)];
    everywhere.extend(expected.iter().map(|(uri, _)| uri.clone()));
    everywhere.sort();
    let mut asked = in_spec.clone();
    asked["context"] = json!({"includeDeclaration": true});
    let places = server.ask::<ReferencesRequest>(asked).unwrap();
    for place in &places {
        assert_eq!(
            covered(place.uri.as_ref(), place.range),
            "FR-001",
            "{language}"
        );
    }
    let mut named: Vec<String> = places.iter().map(|it| it.uri.as_ref().to_owned()).collect();
    named.sort();
    assert_eq!(named, everywhere, "{language}");

    // And back, from the code and from the test.
    let mut files = vec![(source, text, sample.symbol)];
    files.extend(sample.test);
    for (path, text, name) in files {
        server.open_from_disk(path);
        let mention = text.find("FR-001").unwrap();
        let place = at(&server, path, mention + 2);
        let links = definition(&mut server, &place);
        assert_eq!(
            targets(&links),
            std::slice::from_ref(&requirement),
            "{language}"
        );
        let origin = links[0].origin_selection_range.unwrap();
        assert_eq!(covered(&server.uri(path), origin), "FR-001", "{language}");
        assert_eq!(implementation(&mut server, &place), expected, "{language}");

        let named = declared(text, name);
        shows_the_requirement(&mut server, sample, path, mention + 2, "FR-001");
        shows_the_requirement(&mut server, sample, path, named + 1, name);
        is_silent_elsewhere(&mut server, path, &[(mention, "FR-001"), (named, name)]);
    }
}

/// Where the name of the sample's symbol or test is declared: as a whole word, the first below the mention or around it.
fn declared(text: &str, name: &str) -> usize {
    let is_word = |at: usize| {
        let before = text[..at].chars().next_back();
        let behind = text[at + name.len()..].chars().next();
        let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !part(before) && !part(behind)
    };
    let mut found = text.match_indices(name).map(|(at, _)| at);
    let comment = |at: usize| {
        let line = &text[text[..at].rfind('\n').map_or(0, |it| it + 1)..at];
        let start = line.trim_start();
        ["//", "/*", "*", "#", "--"]
            .iter()
            .any(|it| start.starts_with(it))
    };
    found.find(|at| is_word(*at) && !comment(*at)).unwrap()
}

macro_rules! languages {
    ($($language:ident)*) => {
        $(#[test]
        fn $language() {
            let sample = SAMPLES.iter().find(|it| it.language == stringify!($language));
            goes_round(sample.unwrap());
        })*

        #[test]
        fn no_sample_is_left_out() {
            let tested = [$(stringify!($language)),*];
            assert!(SAMPLES.iter().map(|it| it.language).eq(tested));
        }
    };
}

languages! {
    rust python javascript typescript tsx go java kotlin c cpp csharp ruby php swift scala bash sql hcl
}
