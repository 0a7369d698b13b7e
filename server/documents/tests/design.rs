//! Decisions of research documents, entities of data models.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use documents::{DocumentKind, read};
use expect_test::expect;
use std::fmt::Write;
use text::{TextRange, slice};

fn decisions(text: &str) -> String {
    let document = read(DocumentKind::Research, text);
    let mut shown = String::new();
    for each in &document.decisions {
        let item = &document.items[each.item as usize];
        let said = |range: Option<TextRange>| range.map_or("-", |range| slice(text, range));
        writeln!(
            shown,
            "{:?} <{}> <{}> | {} | {} | {}",
            item.id,
            slice(text, item.id_range),
            slice(text, item.title_range),
            said(each.decision),
            said(each.rationale),
            said(each.alternatives)
        )
        .unwrap();
    }
    shown
}

fn entities(text: &str) -> String {
    let document = read(DocumentKind::DataModel, text);
    let mut shown = String::new();
    for each in &document.entities {
        let item = &document.items[each.item as usize];
        write!(shown, "{:?} <{}>:", item.id, slice(text, item.id_range)).unwrap();
        for field in &each.fields {
            let types = field.type_range.map_or("?", |range| slice(text, range));
            assert_eq!(slice(text, field.name_range), field.name);
            write!(shown, " {}={types}", field.name).unwrap();
        }
        for range in &each.relationships {
            write!(shown, " -> <{}>", slice(text, *range)).unwrap();
        }
        for range in &each.states {
            write!(shown, " [{}]", slice(text, *range)).unwrap();
        }
        shown.push('\n');
    }
    shown
}

#[test]
fn decisions_of_every_shape() {
    let text = "\
# Research: X
## Decision 1: Storage
**Decision**: SQLite
**Rationale**: One file,
and no server.
**Alternatives considered**: Postgres
## R2 — Cache
- **Decision**: none
- **Rationale:**
  - measured
  - simple
- **Alternatives Considered**: Redis
## 3. Queues
### Decision
In memory.
### Rationale
Short lived.
### Alternatives considered
- RabbitMQ
## D-4: Logs
### Decision: Use `tracing`
### Rationale
It is there.
## D-5: Traces
### Decision: Use `otel`
**Rationale**: It is there.
## 2 ways to ship
Decision: both
## Open topic
Decision: later
## Sources
See the decision: none of them says more.
";
    expect![[r#"
        "1" <1> <Storage> | SQLite | One file,
        and no server. | Postgres
        "R2" <R2> <Cache> | none | - measured
          - simple | Redis
        "3" <3> <Queues> | In memory. | Short lived. | - RabbitMQ
        "D-4" <D-4> <Logs> | Use `tracing` | It is there. | -
        "D-5" <D-5> <Traces> | Use `otel` | - | -
        "2 ways to ship" <2 ways to ship> <> | both | - | -
        "Open topic" <Open topic> <> | later | - | -
    "#]]
    .assert_eq(&decisions(text));
}

#[test]
fn decisions_in_eight_languages() {
    for (decision, rationale, alternatives) in [
        ("Decision", "Rationale", "Alternatives considered"),
        ("決定", "理由", "検討した代替案"),
        ("决定", "理由", "考虑的替代方案"),
        ("결정", "근거", "고려한 대안"),
        ("Decisión", "Justificación", "Alternativas consideradas"),
        ("Decisão", "Justificativa", "Alternativas consideradas"),
        ("Entscheidung", "Begründung", "Alternativen"),
        ("Décision", "Justification", "Alternatives envisagées"),
    ] {
        for colon in [":", "：", " :"] {
            let text = format!(
                "## Topic\n\n**{decision}**{colon} a\n\n**{rationale}**{colon} b\n\n**{alternatives}**{colon} c\n"
            );
            assert_eq!(
                decisions(&text),
                "\"Topic\" <Topic> <> | a | b | c\n",
                "{text}"
            );
        }
    }
}

#[test]
fn entities_of_every_shape() {
    let text = "\
# Data Model: X
## Overview
| Attribute | Value |
|---|---|
## Entities
### User (new)
| Field | Type | Notes |
|-------|------|-------|
| `id` | UUID | key |
| **email** | `string` | unique |
| a, b | int | two |

**Relationships**:
- has many Orders

**State transitions**:
- **draft** → **paid**

**Notes**:
- nothing
### 2. Order
**Fields**:
- `id`: UUID (Primary Key)
- `total` (decimal): sum
- status: OrderStatus
- note: a sentence about it
- plain words only

**Validation Rules**:
- `id` is unique
### Entity: Cart
Text.
#### Attributes
- **items**: Vec<Item>
### Refund
- **Fields**:
  - `reason`: string
- **Relationships**:
  - `order`: Order
## Notes on names
- `x`: y
## `Line`
| Name | Type |
|---|---|
| qty | int |
## Table of terms
| Name | Meaning |
|---|---|
| a | b |
";
    expect![[r#"
        "User" <User>: id=UUID email=string -> <has many Orders> [draft]
        "Order" <Order>: id=UUID total=decimal status=OrderStatus note=?
        "Cart" <Cart>: items=Vec<Item>
        "Refund" <Refund>: reason=string
        "Line" <Line>: qty=int
    "#]]
    .assert_eq(&entities(text));
}

#[test]
fn entities_in_eight_languages() {
    for (name, types, fields) in [
        ("Field", "Type", "Fields"),
        ("フィールド", "型", "フィールド"),
        ("字段", "类型", "字段"),
        ("필드", "타입", "필드"),
        ("Campo", "Tipo", "Campos"),
        ("Atributo", "Tipo", "Atributos"),
        ("Feld", "Typ", "Felder"),
        ("Champ", "Type", "Champs"),
    ] {
        let text = format!("## User\n\n| {name} | {types} |\n|---|---|\n| id | UUID |\n");
        assert_eq!(entities(&text), "\"User\" <User>: id=UUID\n", "{text}");
        let text = format!("## User\n\n**{fields}**:\n\n- `id`: UUID\n");
        assert_eq!(entities(&text), "\"User\" <User>: id=UUID\n", "{text}");
    }
}

#[test]
fn line_breaks_change_nothing() {
    let text =
        "## User\n\n| Field | Type |\n|---|---|\n| 😀 | 型 |\n\n**Fields**:\n\n- `日本`: int\n";
    let unix = entities(text);
    assert_eq!(unix, "\"User\" <User>: 😀=型 日本=int\n");
    assert_eq!(entities(&text.replace('\n', "\r\n")), unix);
    assert_eq!(entities(&format!("\u{feff}{text}")), unix);
}
