//! What holds for the facts of every source file. Also what `tests/fuzz` asserts.

use code::{Place, SourceFacts};
use text::{TextRange, slice};

fn inside(text: &str, range: TextRange) {
    let bytes = usize::from(range.start())..usize::from(range.end());
    assert!(
        text.get(bytes).is_some(),
        "{range:?} is no range of the text"
    );
}

/// Every range lies in the text, on character boundaries, and covers what it claims. Panics where one does not.
pub(crate) fn holds(facts: &SourceFacts, text: &str) {
    for symbol in &facts.symbols {
        inside(text, symbol.range);
        inside(text, symbol.signature);
        assert_eq!(slice(text, symbol.name_range), symbol.name);
        assert!(symbol.range.contains_range(symbol.name_range), "{symbol:?}");
        assert_eq!(symbol.range.start(), symbol.signature.start());
        assert!(symbol.range.contains_range(symbol.signature));
    }
    for test in &facts.tests {
        inside(text, test.range);
        assert_eq!(slice(text, test.name_range), test.name);
        assert!(test.range.contains_range(test.name_range), "{test:?}");
    }
    for group in &facts.groups {
        inside(text, group.range);
        assert_eq!(slice(text, group.name_range), group.name);
    }
    for import in &facts.imports {
        assert_eq!(slice(text, import.range), import.path);
    }
    for route in &facts.routes {
        inside(text, route.range);
        if let Some(path) = route.path.as_ref().filter(|path| !path.is_empty()) {
            assert_eq!(slice(text, route.range), path);
        }
        assert!(
            route
                .template
                .as_ref()
                .is_none_or(|template| template.starts_with('/'))
        );
        assert!(
            route
                .symbol
                .is_none_or(|index| (index as usize) < facts.symbols.len())
        );
    }
    for call in &facts.http_calls {
        inside(text, call.range);
        assert!(call.path.as_ref().is_none_or(|path| path.starts_with('/')));
    }
    for field in &facts.fields {
        assert!((field.symbol as usize) < facts.symbols.len());
        if let Some(types) = field.types {
            inside(text, types);
            assert!(
                facts.symbols[field.symbol as usize]
                    .range
                    .contains_range(types)
            );
        }
    }
    for mount in &facts.mounts {
        inside(text, mount.range);
        assert!(mount.target.is_empty() || slice(text, mount.range) == mount.target);
    }
    for found in &facts.mentions {
        inside(text, found.mention.range);
        assert!(
            found
                .symbol
                .is_none_or(|index| (index as usize) < facts.symbols.len())
        );
        assert!(
            found
                .test
                .is_none_or(|index| (index as usize) < facts.tests.len())
        );
        assert!(
            found
                .group
                .is_none_or(|index| (index as usize) < facts.groups.len())
        );
        if found.place == Place::TestName {
            assert!(found.test.is_some() || found.group.is_some());
        }
    }
    for head in &facts.head {
        assert_eq!(slice(text, head.range), head.feature);
    }
    for path in &facts.paths {
        assert_eq!(slice(text, path.range), path.path);
    }
    assert!(
        facts
            .symbols
            .is_sorted_by_key(|symbol| symbol.range.start())
    );
    assert!(
        facts
            .imports
            .is_sorted_by_key(|import| import.range.start())
    );
    assert!(facts.tests.is_sorted_by_key(|test| test.range.start()));
    assert!(
        facts
            .mentions
            .is_sorted_by_key(|found| found.mention.range.start())
    );
}
