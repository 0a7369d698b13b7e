//! Is this string a path? Judged by extension, known names and directories.

use super::PathStyle;
use super::words::{
    BARE_NAMES, CODE_DIRECTORIES, DOMAINS, DOT_NAMES, EXTENSIONS, METHODS, NAMES, OUTSIDE,
    PRODUCTS, SIDES, TOP_DIRECTORIES,
};

/// How to read a string that is a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// All of it is the path.
    Path,
    /// `internal/oauth.Config`: a symbol begins after the dot at this byte.
    Symbol(usize),
    /// `spec.md/plan.md`: names in a row.
    List,
}

/// Longest path, in bytes: no system has longer ones.
const LONGEST: usize = 4096;

/// Judges a cleaned path. `method`: an HTTP method stands before it; `called`: a `(` follows.
pub(super) fn judge(path: &str, style: PathStyle, method: bool, called: bool) -> Option<Shape> {
    if path.len() > LONGEST || path.split('/').any(is_placeholder) {
        return None;
    }
    if path.contains("//") || path.starts_with(['@', '$', '%', '-', '+']) || path.contains("/.../")
    {
        return None;
    }
    if let Some(rest) = path.strip_prefix("~/") {
        return (!rest.is_empty()).then_some(Shape::Path);
    }
    if path.contains('~') {
        return None;
    }
    if !path.contains('/') {
        return single(path, style, called).then_some(Shape::Path);
    }
    let relative = path.starts_with("./") || path.starts_with("../");
    if relative {
        let body = path.trim_start_matches(['.', '/']);
        return (!body.is_empty() || path == "./" || path == "../")
            .then_some(Shape::Path)
            .filter(|_| body.len() + 1 < path.len() && !body.is_empty());
    }
    let absolute = path.starts_with('/');
    let body = path.trim_matches('/');
    let segments = body.split('/').count();
    let first = body.split('/').next().unwrap_or_default();
    let last = body.rsplit('/').next().unwrap_or_default();
    if body.is_empty()
        || !path
            .bytes()
            .any(|b| b.is_ascii_alphabetic() || !b.is_ascii())
    {
        return None;
    }
    let file = is_file(last) && !path.ends_with('/');
    if absolute {
        let outside = OUTSIDE.contains(&first);
        let known = TOP_DIRECTORIES.contains(&first) && (segments > 1 || path.ends_with('/'));
        let inside = !outside && segments > 1 && (file || known) || (known && path.ends_with('/'));
        return (inside && !method).then_some(Shape::Path);
    }
    if (method && !file) || is_domain(first) && segments > 1 || METHODS.contains(&first) {
        return None;
    }
    if PRODUCTS.contains(&last.to_ascii_lowercase().as_str()) {
        return None;
    }
    if path.ends_with('/') {
        return directory(body, first, segments, style).then_some(Shape::Path);
    }
    if segments > 1
        && body
            .split('/')
            .all(|segment| is_file(segment) && !segment.starts_with(['{', '.']))
    {
        return Some(Shape::List);
    }
    if file {
        return Some(Shape::Path);
    }
    let dotted = first.starts_with('.') && DOT_NAMES.contains(&first);
    let top = TOP_DIRECTORIES.contains(&first) || dotted;
    let inner = body
        .split('/')
        .take(segments - 1)
        .any(|s| TOP_DIRECTORIES.contains(&s) || CODE_DIRECTORIES.contains(&s));
    let known = top || (style == PathStyle::Code && inner);
    if !known || body.split('/').all(|s| SIDES.contains(&s)) && style == PathStyle::Bare {
        return None;
    }
    // `internal/oauth.Config`
    if let Some(dot) = last.find('.').filter(|dot| *dot > 0) {
        let after = &last[dot + 1..];
        if after.starts_with(|c: char| c.is_ascii_uppercase())
            && !after.contains('-')
            && !path.contains('*')
        {
            return Some(Shape::Symbol(path.len() - last.len() + dot));
        }
    }
    let acronym = last.len() > 1 && last.bytes().all(|b| b.is_ascii_uppercase());
    (!called && (top || !acronym)).then_some(Shape::Path)
}

/// `NNN`, `NNN-name`, or the tail of a name whose head was one (`.Application`).
fn is_placeholder(segment: &str) -> bool {
    let head = segment.split('-').next().unwrap_or_default();
    matches!(head, "NNN" | "XXX" | "NNNN")
        || segment
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// A name without a slash.
fn single(name: &str, style: PathStyle, called: bool) -> bool {
    if called || PRODUCTS.contains(&name.to_ascii_lowercase().as_str()) {
        return false;
    }
    let names = if style == PathStyle::Code {
        NAMES
    } else {
        BARE_NAMES
    };
    names.contains(&name) || is_dot_name(name) || is_file(name) && !name.starts_with('.')
}

/// `.env.example`, `.github`
fn is_dot_name(name: &str) -> bool {
    DOT_NAMES.iter().any(|known| {
        name.strip_prefix(known)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '*']))
    })
}

/// A stem and a known extension, or a known name.
fn is_file(name: &str) -> bool {
    if let Some((stem, extension)) = name.rsplit_once('.') {
        let known = if let Some(brace) = extension.strip_prefix('{') {
            brace.trim_end_matches('}').split(',').all(is_extension)
        } else {
            is_extension(extension)
        };
        return (known
            && (!stem.is_empty() || is_dot_name(name))
            && stem.bytes().any(|b| {
                b.is_ascii_alphanumeric() || matches!(b, b'*' | b'_' | b'{' | b']') || !b.is_ascii()
            }))
            || is_dot_name(name)
            || NAMES.contains(&name);
    }
    NAMES.contains(&name)
        || name
            .strip_suffix('}')
            .and_then(|n| n.rsplit_once(['{', ',']))
            .is_some_and(|(_, n)| n.contains('.') && is_file(n))
}

fn is_extension(extension: &str) -> bool {
    EXTENSIONS.contains(&extension)
        || (extension.bytes().all(|b| b.is_ascii_uppercase())
            && matches!(extension, "MD" | "R" | "C" | "H" | "S"))
}

fn is_domain(first: &str) -> bool {
    !first.starts_with('.')
        && first
            .rsplit_once('.')
            .is_some_and(|(_, top)| DOMAINS.contains(&top))
}

/// `backend/`, `src/models/`, but not `w/` or `and/`.
fn directory(body: &str, first: &str, segments: usize, style: PathStyle) -> bool {
    const JOINERS: [&str; 4] = ["and", "or", "his", "he"];
    if segments > 1 {
        return true;
    }
    let code = style == PathStyle::Code;
    body.len() > 1
        && !JOINERS.contains(&first)
        && body.bytes().any(|b| b.is_ascii_alphabetic())
        && (code || body.len() > 2)
}
