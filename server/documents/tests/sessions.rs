//! What clarify and converge write into documents.

use documents::{DocumentKind, read};
use expect_test::expect;
use std::fmt::Write;
use text::slice;

#[test]
fn questions_with_answers() {
    let text = "\
## Clarifications
### Session 2026-03-01
- Q: Which store? → A: SQLite
- **Q**: Wrapped over
  two lines → **A**: yes -> both
- Q2：幅は？→ A：全角
* Q: An arrow -> in it? -> A: `x -> y`
- Q: No answer
- Quality: x → A: y
  - Q: nested → A: no
### Session 2026-03-02
- 质询：多少？ → 答复：三个
";
    let mut shown = String::new();
    let check = |text: &str, shown: &mut String| {
        let document = read(DocumentKind::Spec, text);
        for each in &document.answered {
            let session = &document.sections[each.session.unwrap() as usize].title;
            let flat = |range| {
                slice(text, range)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            writeln!(
                shown,
                "{session}: <{}> <{}>",
                flat(each.question),
                flat(each.answer)
            )
            .unwrap();
            assert!(each.range.contains_range(each.question.cover(each.answer)));
        }
    };
    check(text, &mut shown);
    expect![[r"
        Session 2026-03-01: <Which store?> <SQLite>
        Session 2026-03-01: <Wrapped over two lines> <yes -> both>
        Session 2026-03-01: <幅は？> <全角>
        Session 2026-03-01: <An arrow -> in it?> <`x -> y`>
        Session 2026-03-02: <多少？> <三个>
    "]]
    .assert_eq(&shown);
    let mut other = String::new();
    check(&text.replace('\n', "\r\n"), &mut other);
    assert_eq!(other, shown);
}

#[test]
fn gaps_that_converge_found() {
    let text = "\
## Phase 7: Convergence
- [ ] T042 Store the date per FR-003 (missing)
- [x] T043 Ask twice per US1/AC2 (partial)
- [ ] T044 Use one store per table per plan: storage decision (contradicts)
- [ ] T045 CRITICAL Log it per Constitution II
  (unrequested)
- [ ] T046 One per user (later)
- [ ] T047 Nothing (missing)
";
    let document = read(DocumentKind::Tasks, text);
    let mut shown = String::new();
    for gap in &document.gaps {
        let item = &document.items[gap.item as usize];
        writeln!(
            shown,
            "{} <{}> {:?} <{}>",
            item.id,
            slice(text, gap.source),
            gap.kind,
            slice(text, gap.kind_range)
        )
        .unwrap();
    }
    expect![[r"
        T042 <FR-003> Missing <missing>
        T043 <US1/AC2> Partial <partial>
        T044 <plan: storage decision> Contradicts <contradicts>
        T045 <Constitution II> Unrequested <unrequested>
    "]]
    .assert_eq(&shown);
}
