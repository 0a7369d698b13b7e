//! Paths of operations, routes and calls in one form, so that they can be compared.

use smol_str::SmolStr;

/// A parameter, whatever it is called.
const HOLE: &str = "{}";

/// A path's segments, parameters without their names, without an empty end: `/users/{id}/` is `users`, `{}`.
pub(super) fn segments(path: &str) -> Vec<SmolStr> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .map(nameless)
        .collect()
}

fn nameless(segment: &str) -> SmolStr {
    if let Some(name) = segment.strip_prefix(':')
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    {
        return HOLE.into();
    }
    if segment.len() > 2 && segment.starts_with('<') && segment.ends_with('>') {
        return HOLE.into();
    }
    let mut out = String::new();
    let mut rest = segment;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        out.push_str(&rest[..open]);
        out.push_str(HOLE);
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out.into()
}

/// Whether anything in it is a word.
pub(super) fn has_words(segments: &[SmolStr]) -> bool {
    segments.iter().any(|segment| segment != HOLE)
}

/// Whether one may stand for the other: a parameter may be any word.
pub(super) fn may_be(one: &[SmolStr], other: &[SmolStr]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(a, b)| a == b || a.contains(HOLE) || b.contains(HOLE))
}

/// Whether a path that ends in a parameter may hold all that follows.
pub(super) fn may_hold(route: &[SmolStr], wanted: &[SmolStr]) -> bool {
    let Some((last, before)) = route.split_last() else {
        return false;
    };
    last.contains(HOLE) && wanted.len() > route.len() && may_be(before, &wanted[..before.len()])
}

/// Whether a call may be of a route, by their paths as written: they are the same, or one is the end of the other, with a
/// word in common.
pub(crate) fn meets(route: &str, call: &str) -> bool {
    let (route, call) = (segments(route), segments(call));
    let length = route.len().min(call.len());
    let (one, other) = (&route[route.len() - length..], &call[call.len() - length..]);
    let common = one
        .iter()
        .zip(other)
        .filter(|(a, b)| a == b && *a != HOLE)
        .count();
    may_be(one, other) && common > 0 && (route.len() == call.len() || common > 1 || length > 1)
}

/// Two paths with one slash between them, nothing behind.
pub(super) fn join(before: &str, path: &str) -> String {
    let mut out = String::new();
    for part in [before, path] {
        let part = part.trim_matches('/');
        if !part.is_empty() {
            out.push('/');
            out.push_str(part);
        }
    }
    out
}

/// The method and the path of an operation's id: `GET /users/{id}`.
pub(super) fn http(id: &str) -> Option<(&str, &str)> {
    let (method, path) = id.split_once(' ')?;
    let word = method.chars().all(|c| c.is_ascii_uppercase());
    (word && !method.is_empty() && path.starts_with('/')).then_some((method, path))
}

/// A name without case and marks: `recipient_email` and `recipientEmail` are one.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_count_by_place() {
        for path in [
            "/users/{id}",
            "/users/:id/",
            "users/<int:id>",
            "/users/{user_id}",
        ] {
            assert_eq!(segments(path), ["users", "{}"], "{path}");
        }
        assert_eq!(segments("/"), Vec::<SmolStr>::new());
        assert_eq!(segments("/a/{b}.json"), ["a", "{}.json"]);
        assert_ne!(segments("/users/me"), segments("/users/{id}"));
        assert!(may_be(&segments("/users/me"), &segments("/users/{id}")));
        assert!(may_hold(&segments("/files/{*}"), &segments("/files/a/b")));
        assert!(!may_hold(&segments("/files/{*}"), &segments("/other/a/b")));
    }

    #[test]
    fn ids_of_operations_are_method_and_path() {
        assert_eq!(http("GET /a/{b}"), Some(("GET", "/a/{b}")));
        assert_eq!(http("Users.Find"), None);
        assert_eq!(http("publish orders"), None);
    }
}
