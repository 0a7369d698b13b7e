//! Contracts in YAML, JSON, GraphQL and protocol buffers: operations and entities at their exact places.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use documents::{DocumentKind, ItemKind, read};
use expect_test::expect;
use proptest::prelude::*;
use std::fmt::Write;
use text::slice;

fn shown(kind: DocumentKind, text: &str) -> String {
    let document = read(kind, text);
    let mut shown = String::new();
    for (at, item) in (0_u32..).zip(&document.items) {
        let whole = slice(text, item.range);
        write!(
            shown,
            "{:?} {} <{}> <{}> {}..{}",
            item.kind,
            item.id,
            slice(text, item.id_range),
            slice(text, item.title_range),
            whole.split_whitespace().next().unwrap_or_default(),
            whole.split_whitespace().last().unwrap_or_default()
        )
        .unwrap();
        if let Some(entity) = document.entities.iter().find(|each| each.item == at) {
            for field in &entity.fields {
                let types = field.type_range.map_or("?", |range| slice(text, range));
                write!(shown, " {}={types}", field.name).unwrap();
            }
        }
        shown.push('\n');
    }
    shown
}

const OPENAPI: &str = "\
openapi: 3.1.0  # 仕様
info:
  title: 貸出 😀
paths:
  /tools/{id}:
    parameters: []
    get:
      summary: 道具を読む
      responses:
        '200': {description: FR-001}
    \"delete\":
      operationId: removeTool
  x-note: none
  /loans:
    post:
      description: |
        Lend a tool (FR-002).
components:
  schemas:
    Tool:
      type: object
      properties:
        id: {type: string}
        名前:
          type: string
    Loan:
      allOf:
        - $ref: '#/components/schemas/Tool'
        - properties:
            tool:
              $ref: '#/components/schemas/Tool'
";

#[test]
fn openapi_in_yaml() {
    expect![[r"
        Operation GET /tools/{id} <get> <道具を読む> get:..FR-001}
        Operation DELETE /tools/{id} <delete> <removeTool> delete..removeTool
        Operation POST /loans <post> <> post:..(FR-002).
        Entity Tool <Tool> <> Tool:..string id=string 名前=string
        Entity Loan <Loan> <> Loan:..'#/components/schemas/Tool' tool=#/components/schemas/Tool
    "]]
    .assert_eq(&shown(DocumentKind::ContractData, OPENAPI).replace("\"delete\":", "delete"));
    let document = read(DocumentKind::ContractData, OPENAPI);
    let cited: Vec<&str> = document
        .mentions
        .iter()
        .map(|mention| slice(OPENAPI, mention.range))
        .collect();
    assert_eq!(cited, ["FR-001", "FR-002"]);
}

#[test]
fn openapi_in_json_and_swagger() {
    let text = r#"{
  "swagger": "2.0",
	"paths": {"/a": {"get": {"summary": "A \"quoted\" one"}, "put": {"operationId": "putA"}}},
  "definitions": {"A": {"properties": {"b": {"type": ["string", "null"]}, "c": {"type": "integer"}}}}
}"#;
    expect![[r#"
        Operation GET /a <get> <> "get":..one"}
        Operation PUT /a <put> <putA> "put":.."putA"}
        Entity A <A> <> "A":.."integer"}}} b=? c=integer
    "#]]
    .assert_eq(&shown(DocumentKind::ContractData, text));
}

#[test]
fn asyncapi_and_json_schema() {
    let text = "asyncapi: 2.6.0\nchannels:\n  loans:\n    publish:\n      operationId: lent\n  returns:\n    address: r\n";
    expect![[r"
        Operation publish loans <publish> <lent> publish:..lent
        Operation returns <returns> <> returns:..r
    "]]
    .assert_eq(&shown(DocumentKind::ContractData, text));
    let text = "{\"$schema\": \"x\", \"title\": \"Config\", \"properties\": {\"port\": {\"type\": \"integer\"}}, \"$defs\": {\"Log\": {\"properties\": {\"level\": {}}}}}";
    expect![[r#"
        Entity Config <Config> <> {"$schema":..{}}}}} port=integer
        Entity Log <Log> <> "Log":..{}}} level=?
    "#]]
    .assert_eq(&shown(DocumentKind::ContractData, text));
}

#[test]
fn any_other_data_says_nothing() {
    for text in [
        "",
        "a: b",
        "- get: /x",
        "{\"paths\": {\"/a\": {\"get\": {}}}}",
        "openapi: 3\npaths: text",
        "openapi: 3\npaths:\n  a: {get: {}}",
        "openapi: 3\npaths: [",
        "\t: [}",
    ] {
        assert_eq!(shown(DocumentKind::ContractData, text), "", "{text}");
    }
    let part = "paths:\n  /a:\n    get: {responses: {}}\n";
    assert_eq!(
        shown(DocumentKind::ContractData, part),
        "Operation GET /a <get> <> get:..{}}\n"
    );
    // What stands before the break is read.
    let text = "openapi: 3.0.0\npaths:\n  /a:\n    get: {}\n    post: [\n";
    assert_eq!(
        shown(DocumentKind::ContractData, text),
        "Operation GET /a <get> <> get:..{}\nOperation POST /a <post> <> post:..post:\n"
    );
}

#[test]
fn graphql_schemas() {
    let text = r#"
"""A type Query { no: Int } in words"""
type Query {
  # none: Int
  tool(id: ID!, first: Int = 1): Tool!
  tools: [Tool!]! @deprecated(reason: "x: Y }")
}
extend type Mutation { lend(input: LoanInput!): Loan }
type Tool implements Node & Other @key(fields: "id") {
  id: ID!
  "a name: String"
  名: String
  loans(last: Int): [Loan]
}
input LoanInput { tool: ID! }
enum State { OPEN CLOSED }
union Any = Tool | Loan
query Named { type { name } }
scalar Date
"#;
    expect![[r"
        Operation Query.tool <tool> <> tool(id:..Tool!
        Operation Query.tools <tools> <> tools:..[Tool!]!
        Operation Mutation.lend <lend> <> lend(input:..Loan
        Entity Tool <Tool> <> type..} id=ID! loans=[Loan]
        Entity LoanInput <LoanInput> <> input..} tool=ID!
    "]]
    .assert_eq(&shown(DocumentKind::ContractGraphql, text));
}

/// Found by fuzzing: a call whose answer is not typed yet.
#[test]
fn a_call_without_its_answer_is_no_call() {
    for typed in [
        "returns",
        "returns |",
        "returns 4 |",
        "returns )",
        "returns (",
    ] {
        let text = format!("service S {{\n  rpc Lend (A) {typed} x y;\n}}\nmessage A {{}}\n");
        let said = shown(DocumentKind::ContractProto, &text);
        assert!(!said.contains("Operation"), "{typed}: {said}");
    }
}

#[test]
fn protocol_buffers() {
    let text = r#"
syntax = "proto3"; // service No { rpc X (A) returns (B); }
package lend.v1;
/* message Not { int32 a = 1; } */
service Loans {
  option deprecated = true;
  // FR-003
  rpc Lend (LendRequest) returns (stream lend.v1.Loan) { option x = 1; }
  rpc Watch(stream Ping) returns (Pong);
}
message Loan {
  string id = 1;
  repeated lend.v1.Tool tools = 2 [deprecated = true];
  map<string, int32> counts = 3;
  oneof who { Member member = 4; string guest = 5; }
  message Note { string text = 1; }
  string room = 7;
  enum Kind { NONE = 0; }
  reserved 9;
  optional bool late = 6;
}
"#;
    expect![[r"
        Operation Loans.Lend <Lend> <> rpc..lend.v1.Loan)
        Operation Loans.Watch <Watch> <> rpc..(Pong)
        Entity Loan <Loan> <> message..} id=string tools=lend.v1.Tool counts=map<string, int32> member=Member guest=string room=string late=bool
        Entity Note <Note> <> message..} text=string
    "]]
    .assert_eq(&shown(DocumentKind::ContractProto, text));
}

const KINDS: [DocumentKind; 3] = [
    DocumentKind::ContractData,
    DocumentKind::ContractGraphql,
    DocumentKind::ContractProto,
];

const PIECES: &[&str] = &[
    "openapi: 3.0.0\n",
    "asyncapi: 2\n",
    "paths:\n",
    "  /a:\n",
    "    get:\n",
    "      summary: 道 😀\n",
    "components:\n  schemas:\n    A:\n",
    "      properties:\n",
    "        b: {type: string}\n",
    "\t",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    ": ",
    ",",
    "- ",
    "# ",
    "\n",
    "\n",
    "---\n",
    "...\n",
    "&a ",
    "*a",
    "!!str ",
    "|\n",
    ">-\n",
    "type Query { ",
    "a(b: C!): [D!] ",
    "input X { y: Z } ",
    "\"\"\"",
    "extend ",
    "message M { ",
    "string a = 1; ",
    "service S { rpc R (A) returns (B); } ",
    "service S { rpc R (A) returns ",
    "rpc R (A) ",
    "returns ",
    "(",
    ") ",
    "} ",
    "oneof o { ",
    "//",
    "/*",
    "*/",
    ";",
    "=",
    "é",
    "\u{feff}",
    "FR-001 ",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_range_covers_its_text(kind in prop::sample::select(KINDS.to_vec()), text in prop_oneof![text(), ".*".boxed()]) {
        let document = read(kind, &text);
        let cut = |range: text::TextRange| text.get(usize::from(range.start())..usize::from(range.end()));
        for item in &document.items {
            let name = cut(item.id_range);
            prop_assert!(name.is_some_and(|name| !name.is_empty()), "{:?}", item);
            prop_assert!(cut(item.title_range).is_some() && item.range.contains_range(item.title_range));
            prop_assert!(cut(item.range).is_some() && item.range.contains_range(item.id_range));
            let name = name.unwrap();
            match item.kind {
                ItemKind::Entity => prop_assert_eq!(name, item.id.as_str()),
                _ => prop_assert!(item.id.to_lowercase().contains(&name.to_lowercase())),
            }
        }
        for entity in &document.entities {
            let item = &document.items[entity.item as usize];
            prop_assert_eq!(item.kind, ItemKind::Entity);
            for field in &entity.fields {
                prop_assert_eq!(cut(field.name_range), Some(field.name.as_str()));
                prop_assert!(item.range.contains_range(field.range), "{:?}", field);
                prop_assert!(field.type_range.is_none_or(|range| cut(range).is_some_and(|types| !types.is_empty())));
            }
        }
    }

    #[test]
    fn line_breaks_and_marks_change_nothing(kind in prop::sample::select(KINDS.to_vec()), text in text()) {
        let said = |text: &str| {
            let document = read(kind, text);
            document.items.iter().map(|item| (item.kind, item.id.clone())).collect::<Vec<_>>()
        };
        let plain = text.replace('\u{feff}', "");
        prop_assert_eq!(said(&plain.replace('\n', "\r\n")), said(&plain));
        let marked = format!("\u{feff}{plain}");
        prop_assert_eq!(said(&marked), said(&plain));
    }
}
