//! A part of a root: paths that are asked for, what lies below them, and the way to them.

use rustc_hash::FxHashSet;

/// What to look at; nothing else is entered.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    asked: FxHashSet<String>,
    above: FxHashSet<String>,
}

impl Part {
    /// Asks for a path of the root (with `/`; `""` is all of it); whether it was not asked for already.
    pub(super) fn ask(&mut self, path: &str) -> bool {
        if self.asks(path) {
            return false;
        }
        self.asked.insert(path.to_owned());
        let above = up_from(path).skip(1);
        self.above.extend(above.map(str::to_owned));
        true
    }

    pub(super) fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// Is it asked for, or below what is?
    pub(super) fn asks(&self, path: &str) -> bool {
        up_from(path).any(|path| self.asked.contains(path))
    }

    /// Does it have to be looked at, be it on the way?
    pub(super) fn holds(&self, path: &str) -> bool {
        self.above.contains(path) || self.asks(path)
    }
}

/// A path, the directories it is in, and the root.
fn up_from(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| match path.rsplit_once('/') {
        Some((directory, _)) => Some(directory),
        None => (!path.is_empty()).then_some(""),
    })
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn the_way_there_and_all_below() {
        let mut part = Part::default();
        assert!(part.is_empty());
        assert!(part.ask("a/b"));
        assert!(!part.ask("a/b/c"));
        for (path, asks, holds) in [
            ("a/b", true, true),
            ("a/b/c/d", true, true),
            ("a", false, true),
            ("", false, true),
            ("a/bc", false, false),
            ("b", false, false),
        ] {
            assert_eq!((part.asks(path), part.holds(path)), (asks, holds), "{path}");
        }
        assert!(part.ask(""));
        assert!(part.asks("b"));
    }
}
