//! Which parts of a contract a change touched: a large one changes in few places, and only who uses these has to look.

use std::collections::BTreeSet;

use documents::{Contract, Document};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// The operations and shapes that are another or gone, and the operations that take or give such a shape, by name; of
/// operations their ids. `None` where one of both could not be read as a contract.
#[must_use]
pub fn changed_parts(before: (&str, &Document), after: (&str, &Document)) -> Option<Vec<SmolStr>> {
    let contracts = (before.1.contract.as_deref()?, after.1.contract.as_deref()?);
    if !contracts.0.whole || !contracts.1.whole {
        return None;
    }
    let now = parts(after);
    let mut changed: BTreeSet<SmolStr> = BTreeSet::new();
    for (name, text) in parts(before) {
        if now.get(name) != Some(&text) {
            changed.insert(name.clone());
        }
    }
    let within = inner(contracts.0);
    loop {
        let known = changed.len();
        for (name, used) in &within {
            if used.iter().any(|used| changed.contains(*used)) {
                changed.insert((*name).clone());
            }
        }
        if changed.len() == known {
            break;
        }
    }
    Some(changed.into_iter().collect())
}

/// The text of each operation and shape.
fn parts<'d>((text, document): (&'d str, &'d Document)) -> FxHashMap<&'d SmolStr, &'d str> {
    let items = document.items.iter().filter_map(|item| {
        let range = std::ops::Range::<usize>::from(item.range);
        Some((&item.id, text.get(range)?.trim_end()))
    });
    items.collect()
}

/// The shapes that each operation and shape has in it.
fn inner(contract: &Contract) -> Vec<(&SmolStr, FxHashSet<&SmolStr>)> {
    let operations = contract
        .operations
        .iter()
        .map(|it| (&it.id, it.takes.iter().chain(&it.gives).collect()));
    let schemas = contract
        .schemas
        .iter()
        .map(|it| (&it.name, it.parts.iter().collect()));
    operations.chain(schemas).collect()
}

#[cfg(test)]
mod tests {
    use documents::{DocumentKind, read};

    use super::changed_parts;

    const API: &str = "openapi: 3.0.0\ninfo: {title: Shop, version: '1'}\npaths:\n  /carts:\n    get:\n      operationId: listCarts\n      responses:\n        '200':\n          description: all\n          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Cart'}\n  /health:\n    get:\n      operationId: health\n      responses:\n        '200': {description: well}\ncomponents:\n  schemas:\n    Cart:\n      type: object\n      properties:\n        total: {type: integer}\n    Other:\n      type: object\n      properties:\n        name: {type: string}\n";

    fn changed(from: &str, to: &str) -> Vec<String> {
        let after = API.replacen(from, to, 1);
        let documents = (
            read(DocumentKind::ContractData, API),
            read(DocumentKind::ContractData, &after),
        );
        let found = changed_parts((API, &documents.0), (&after, &documents.1)).unwrap_or_default();
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_shape_that_changes_changes_what_gives_it() {
        assert_eq!(changed("integer", "number"), ["Cart", "GET /carts"]);
        assert_eq!(changed("string", "integer"), ["Other"]);
        assert_eq!(
            changed("description: well", "description: fine"),
            ["GET /health"]
        );
        assert_eq!(changed("title: Shop", "title: Store"), Vec::<String>::new());
    }
}
