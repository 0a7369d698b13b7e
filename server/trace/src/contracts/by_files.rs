//! Routes that are files: Next.js answers what `app/users/[id]/route.ts` exports, and what stands below `pages/api`.

use code::Methods;
use smol_str::SmolStr;
use text::TextRange;

use super::endpoints::Endpoint;
use super::paths::segments;
use crate::Graph;

/// What a route file may export.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];

pub(super) fn routes(graph: &Graph, all: &mut Vec<Endpoint>) {
    let mut files: Vec<_> = graph.inputs().sources.iter().collect();
    files.sort_unstable_by_key(|(file, _)| **file);
    for (file, source) in files {
        let path = graph.inputs().tree.path_str(*file);
        if !(path.contains("/route.") || path.contains("pages/api/")) {
            continue;
        }
        let service = graph.service_of(*file);
        let below = path.strip_prefix(service.1.as_str()).unwrap_or(path);
        let Some(route) = route_of(below.trim_start_matches('/')) else {
            continue;
        };
        let endpoint = |methods: Methods, range: TextRange, symbol: Option<u32>| Endpoint {
            file: *file,
            range,
            symbol,
            framework: None,
            methods,
            segments: segments(&route),
            path: Some(route.as_str().into()),
            complete: true,
            service: service.clone(),
        };
        let before = all.len();
        for (at, symbol) in (0..).zip(&source.facts.symbols) {
            if symbol.container.is_none() && METHODS.contains(&symbol.name.as_str()) {
                let methods = Methods::Only(vec![symbol.name.clone()]);
                all.push(endpoint(methods, symbol.name_range, Some(at)));
            }
        }
        if all.len() == before {
            all.push(endpoint(Methods::Unknown, TextRange::default(), None));
        }
    }
}

/// The path that a file answers, from the directory of its service.
fn route_of(path: &str) -> Option<String> {
    let path = path.strip_prefix("src/").unwrap_or(path);
    let (bare, end) = path.rsplit_once('.')?;
    if !["ts", "tsx", "js", "jsx"].contains(&end) {
        return None;
    }
    let inner = match bare.strip_prefix("app/") {
        Some(inner) => inner.strip_suffix("route")?,
        None => bare
            .strip_prefix("pages/")
            .filter(|it| it.starts_with("api/"))?,
    };
    let parts = inner.split('/').filter_map(|part| {
        let plain = !part.is_empty() && part != "index";
        // Groups and slots are no part of the path.
        (plain && !part.starts_with(['(', '@'])).then(|| {
            match part
                .strip_prefix('[')
                .and_then(|part| part.strip_suffix(']'))
            {
                Some(name) => SmolStr::from(format!("{{{}}}", name.trim_matches(['[', ']', '.']))),
                None => part.into(),
            }
        })
    });
    let parts: Vec<SmolStr> = parts.collect();
    Some(format!("/{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::route_of;

    #[test]
    fn a_file_says_its_path() {
        for (path, route) in [
            ("app/api/users/[id]/route.ts", Some("/api/users/{id}")),
            ("src/app/(shop)/api/cart/route.js", Some("/api/cart")),
            (
                "app/api/auth/[...auth0]/route.ts",
                Some("/api/auth/{auth0}"),
            ),
            ("pages/api/users/index.ts", Some("/api/users")),
            ("pages/users.tsx", None),
            ("lib/route.ts", None),
            ("app/page.tsx", None),
        ] {
            assert_eq!(route_of(path).as_deref(), route, "{path}");
        }
    }
}
