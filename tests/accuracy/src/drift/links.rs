//! What `spec.lock` says is accepted: the form of its lines is public (`docs/acceptance.md`).

/// One accepted pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The item: `specs/001-auth#FR-002`, from the root.
    pub address: String,
    /// The file, from the root.
    pub path: String,
    /// The symbol in it; none where the file is accepted as a file, or where the target is a test that is no symbol.
    pub symbol: Option<String>,
    /// The full name of the test in it that is no symbol: `Cart > holds ten books`.
    pub test: Option<String>,
}

/// The pairs of a lock at `lock`, in the order of its lines.
#[must_use]
pub fn read(text: &str, lock: &str) -> Vec<Link> {
    let directory = lock.strip_suffix("spec.lock").unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let links = lines.filter_map(|line| {
        let mut fields = line.split(' ');
        let address = fields.nth(1)?;
        let target = fields.nth(1)?;
        let (path, part) = match target.split_once('#') {
            Some((path, part)) => (path, Some(part)),
            None => (target, None),
        };
        let test = part.and_then(|part| part.strip_prefix("test:"));
        let symbol = part.filter(|_| test.is_none());
        Some(Link {
            address: format!("{directory}{}", decoded(address)),
            path: format!("{directory}{}", decoded(path)),
            symbol: symbol.map(decoded),
            test: test.map(decoded),
        })
    });
    links.collect()
}

/// Without percent-encoding; what is not encoded well stays as it is.
pub(super) fn decoded(field: &str) -> String {
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(code) = code {
            bytes.push(code);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_pairs() {
        let text = "# said\n0b1 specs/001-a#FR-002 6f3 src/a%20b.rs#A.verify v1:55 91 0f \"read\"\n1b1 specs/001-a#US1 6f3 src/b.rs - - - \"x\"\n\
                    2b1 specs/001-a#US1 6f3 src/b.test.ts#test:Cart%20>%20holds v1:55 91 0f \"x\"\n";
        let links = read(text, "api/spec.lock");
        assert_eq!(links.len(), 3);
        assert_eq!(links[0].address, "api/specs/001-a#FR-002");
        assert_eq!(links[0].path, "api/src/a b.rs");
        assert_eq!(links[0].symbol.as_deref(), Some("A.verify"));
        assert_eq!((&links[1].symbol, &links[1].test), (&None, &None));
        assert_eq!(links[2].symbol, None);
        assert_eq!(links[2].test.as_deref(), Some("Cart > holds"));
    }
}
