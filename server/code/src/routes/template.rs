//! Paths as templates: every framework's parameters as `{name}`.

/// How a framework writes parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parameters {
    /// `:id`, `:id(\\d+)`, `*rest`.
    Colon,
    /// `{id}`, `{id:regex}`, `{*rest}`, `{id...}`.
    Brace,
    /// `<id>`, `<int:id>`.
    Angle,
    /// axum changed from colons to braces; a colon counts behind a slash only.
    Both,
    /// A regular expression: `^users/(?P<id>\\d+)/$`.
    Regex,
}

/// The path with its parameters as `{name}`; `None` if it is a pattern that no template says.
pub(crate) fn template(parameters: Parameters, path: &str) -> Option<String> {
    if parameters == Parameters::Regex {
        return of_regex(path);
    }
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(c) = rest.chars().next() {
        let behind_slash = out.is_empty() || out.ends_with('/');
        let colon = match parameters {
            Parameters::Colon => true,
            Parameters::Both => behind_slash,
            _ => false,
        };
        let after = &rest[c.len_utf8()..];
        let name_len = after
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(after.len());
        match c {
            ':' if colon && name_len > 0 => {
                push(&mut out, &after[..name_len]);
                rest = &after[name_len..];
                if rest.starts_with('(') {
                    rest = &rest[balanced(rest, '(', ')')?..];
                }
                rest = rest.strip_prefix(['?', '*', '+']).unwrap_or(rest);
            }
            '*' if parameters != Parameters::Angle => {
                let after = after.trim_start_matches('*');
                let name_len = after
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(after.len());
                push(
                    &mut out,
                    if name_len == 0 {
                        "*"
                    } else {
                        &after[..name_len]
                    },
                );
                rest = &after[name_len..];
            }
            '{' if matches!(parameters, Parameters::Brace | Parameters::Both) => {
                let end = balanced(rest, '{', '}')?;
                let inner = rest.get(1..end - 1)?;
                rest = &rest[end..];
                let inner = inner.trim_start_matches('*').trim_end_matches("...");
                let name = &inner[..inner.find([':', '=', '?']).unwrap_or(inner.len())];
                // `{$}` of net/http is the end of the path.
                if inner != "$" {
                    push(&mut out, name);
                }
            }
            '{' if parameters == Parameters::Colon => return None,
            '<' if parameters == Parameters::Angle => {
                let end = balanced(rest, '<', '>')?;
                let inner = rest.get(1..end - 1)?;
                rest = &rest[end..];
                push(&mut out, inner.rsplit(':').next().unwrap_or(inner));
            }
            '(' | ')' | '[' | ']' | '^' | '$' | '|' | '\\' | '?' | '+' | ' ' | '\n'
                if parameters == Parameters::Colon || !c.is_ascii_graphic() =>
            {
                return None;
            }
            c => {
                out.push(c);
                rest = after;
            }
        }
    }
    Some(out)
}

fn push(out: &mut String, name: &str) {
    out.push('{');
    out.push_str(name.trim());
    out.push('}');
}

/// Length of what begins with an opening mark, to behind its closing one.
fn balanced(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(index + c.len_utf8());
            }
        }
    }
    None
}

fn of_regex(path: &str) -> Option<String> {
    let path = path.strip_prefix('^').unwrap_or(path);
    let mut rest = path
        .strip_suffix('$')
        .or_else(|| path.strip_suffix("\\Z"))
        .unwrap_or(path);
    let mut out = String::with_capacity(rest.len());
    while let Some(c) = rest.chars().next() {
        match c {
            '(' => {
                let end = balanced(rest, '(', ')')?;
                let inner = rest.get(1..end - 1)?.strip_prefix("?P<")?;
                let name = &inner[..inner.find('>')?];
                push(&mut out, name);
                rest = &rest[end..];
                if rest.starts_with(['?', '*', '+', '{']) {
                    return None;
                }
            }
            '\\' => {
                let after = rest[1..].chars().next()?;
                if !matches!(after, '.' | '-' | '/') {
                    return None;
                }
                out.push(after);
                rest = &rest[2..];
            }
            '/' if rest == "/?" => {
                out.push('/');
                rest = "";
            }
            '[' | ']' | ')' | '{' | '}' | '^' | '$' | '|' | '?' | '+' | '*' | '.' => return None,
            c => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    Some(out)
}

/// Two parts of a path with one slash between them, one before and none behind; nothing is nothing.
pub(crate) fn join(before: &str, path: &str) -> String {
    let before = before.trim_matches('/');
    let path = path.trim_matches('/');
    let mut out = String::with_capacity(before.len() + path.len() + 2);
    for part in [before, path] {
        if !part.is_empty() {
            out.push('/');
            out.push_str(part);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_parameter_is_one_template() {
        use Parameters::{Angle, Both, Brace, Colon, Regex};
        for (parameters, path, expected) in [
            (Colon, "/users/:id", "/users/{id}"),
            (Colon, "/users/:id(\\d+)", "/users/{id}"),
            (Colon, "/users/:id?", "/users/{id}"),
            (Colon, "/f/:from-:to", "/f/{from}-{to}"),
            (Colon, "/files/*path", "/files/{path}"),
            (Colon, "/files/*", "/files/{*}"),
            (Brace, "/users/{id}", "/users/{id}"),
            (Brace, "/users/{id:[0-9]{3}}", "/users/{id}"),
            (Brace, "/users/{id:int?}", "/users/{id}"),
            (Brace, "/users/{id=5}", "/users/{id}"),
            (Brace, "/files/{*rest}", "/files/{rest}"),
            (Brace, "/files/{rest...}", "/files/{rest}"),
            (Brace, "/{$}", "/"),
            (Brace, "/v1/x:cancel", "/v1/x:cancel"),
            (Brace, "/**", "/{*}"),
            (Angle, "users/<int:id>/", "users/{id}/"),
            (Angle, "/u/<name>", "/u/{name}"),
            (Both, "/a/:id/{x}", "/a/{id}/{x}"),
            (Both, "/a:b", "/a:b"),
            (Regex, r"^users/(?P<id>\d+)/$", "users/{id}/"),
            (Regex, r"^a\.json$", "a.json"),
            (Colon, "/決済/:id", "/決済/{id}"),
        ] {
            assert_eq!(
                template(parameters, path).as_deref(),
                Some(expected),
                "{path}"
            );
        }
        for (parameters, path) in [
            (Colon, "/a(b)?c"),
            (Colon, "/users/:id(\\d+"),
            (Brace, "/users/{id"),
            (Angle, "/u/<int:id"),
            (Regex, r"^a|b$"),
            (Regex, r"^users/(\d+)/$"),
        ] {
            assert_eq!(template(parameters, path), None, "{path}");
        }
    }

    #[test]
    fn parts_are_joined_by_one_slash() {
        for (before, path, joined) in [
            ("/api/", "/users/", "/api/users"),
            ("api", "users", "/api/users"),
            ("", "/", ""),
            ("/api", "", "/api"),
        ] {
            assert_eq!(join(before, path), joined);
        }
    }
}
