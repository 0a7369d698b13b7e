//! What an accepted fact points at: a symbol, a test or a file, named from the directory of its lock.

use std::fmt;

use smol_str::SmolStr;

use super::lock::{decode, encode};

/// A place in code by name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TargetName {
    /// The file, from the lock's directory; it may begin with `../`.
    pub path: SmolStr,
    /// What of the file; `None` for the file as a whole.
    pub part: Option<Part>,
}

/// A part of a file by name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Part {
    /// A test that is no symbol of its language.
    pub test: bool,
    /// `Session.create`; the full name of a test.
    pub name: SmolStr,
    /// 1 for the first of that name in the file, 2 for the second ...
    pub nth: u32,
}

/// What stands before the name of a test.
const TEST: &str = "test:";

impl TargetName {
    pub(super) fn read(field: &str) -> Option<Self> {
        let (path, part) = match field.split_once('#') {
            None => (field, None),
            Some((path, part)) => (path, Some(Part::read(part)?)),
        };
        let path = decode(path)?;
        (!path.is_empty()).then(|| Self {
            path: path.into(),
            part,
        })
    }
}

impl Part {
    fn read(field: &str) -> Option<Self> {
        let (test, name) = match field.strip_prefix(TEST) {
            Some(name) => (true, name),
            None => (false, field),
        };
        let (name, nth) = match name.rsplit_once('~') {
            None => (name, 1),
            Some((name, nth)) => (name, nth.parse().ok().filter(|nth| *nth > 1)?),
        };
        let name = decode(name)?;
        (!name.is_empty()).then(|| Self {
            test,
            name: name.into(),
            nth,
        })
    }
}

impl fmt::Display for TargetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = encode(&self.path, |_| false).replace('#', "%23");
        let Some(part) = &self.part else {
            return f.write_str(&path);
        };
        let name = encode(&part.name, |_| false).replace('~', "%7E");
        // A symbol whose name looks like a test's.
        let name = match name.strip_prefix(TEST) {
            Some(rest) if !part.test => format!("test%3A{rest}"),
            _ => name,
        };
        write!(f, "{path}#{}{name}", if part.test { TEST } else { "" })?;
        if part.nth > 1 {
            write!(f, "~{}", part.nth)?;
        }
        Ok(())
    }
}
