//! What must be there before what, by the names of directories and files that frameworks have in common.

use super::telling::stem;
use crate::tasks::ground;

/// What must be there before what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::tasks) enum Layer {
    Settings,
    /// What needs nothing and everybody uses: errors, constants, helpers, interfaces.
    Base,
    Data,
    Store,
    #[default]
    Logic,
    /// What stands before every surface: middleware.
    Guard,
    Surface,
    /// State of views: hooks, composables, contexts.
    Hook,
    View,
    /// What views are put together to.
    Page,
    /// What puts the parts together: `main.go`, `routes.ts`.
    Wiring,
    /// Documents for people.
    Prose,
}

/// Names of files that import most of the others, in the order in which they import each other.
const WIRING: &[&str] = &[
    "dependencies",
    "container",
    "containers",
    "mod",
    "lib",
    "index",
    "urls",
    "routes",
    "router",
    "root",
    "app",
    "bootstrap",
    "startup",
    "program",
    "main",
];

/// Those of them that only gather what is in their own directory.
const GATHERING: &[&str] = &["index", "lib", "mod"];

/// Endings of files that are shown.
const SHOWN: &[&str] = &[
    "tsx", "jsx", "vue", "svelte", "razor", "cshtml", "html", "css", "scss", "astro",
];

/// Endings of prose.
const PROSE: &[&str] = &["md", "mdx", "rst", "txt", "adoc"];

/// Endings of settings, of whatever they are.
const SET: &[&str] = &[
    "json", "jsonc", "yaml", "yml", "toml", "lock", "xml", "ini", "cfg", "conf", "env", "csproj",
    "sln",
];

/// What a file is by the last word of its name, or by the directory it is in.
const ROLES: &[(Layer, &[&str])] = &[
    (
        Layer::Base,
        &[
            "error",
            "errors",
            "exception",
            "exceptions",
            "constant",
            "constants",
            "util",
            "utils",
            "utilities",
            "helper",
            "helpers",
            "common",
            "shared",
            "base",
            "interface",
            "interfaces",
            "trait",
            "traits",
            "abstraction",
            "abstractions",
            "protocol",
            "protocols",
            "logger",
            "logging",
        ],
    ),
    (
        Layer::Guard,
        &["middleware", "middlewares", "guard", "guards"],
    ),
];

/// What a file is by the last word of its name, whatever directory it is in.
const SUFFIXES: &[(Layer, &[&str])] = &[
    (
        Layer::Data,
        &["model", "entity", "schema", "dto", "migration"],
    ),
    (Layer::Store, &["repository", "dao"]),
    (
        Layer::Logic,
        &["service", "usecase", "manager", "processor", "worker"],
    ),
    (
        Layer::Surface,
        &[
            "controller",
            "handler",
            "handlers",
            "resolver",
            "endpoint",
            "endpoints",
        ],
    ),
];

/// What a file is by any name in its path.
const PLACES: &[(Layer, &[&str])] = &[
    (
        Layer::Data,
        &[
            "migrations",
            "migration",
            "models",
            "model",
            "entities",
            "entity",
            "domain",
            "types",
            "schema",
            "schemas",
            "dto",
            "dtos",
        ],
    ),
    (
        Layer::Store,
        &[
            "db",
            "database",
            "repository",
            "repositories",
            "store",
            "stores",
            "storage",
            "persistence",
            "state",
            "dao",
        ],
    ),
    (Layer::Hook, HOOKS),
    (Layer::Page, PAGES),
    (
        Layer::View,
        &[
            "components",
            "ui",
            "templates",
            "styles",
            "css",
            "html",
            "widgets",
        ],
    ),
    (
        Layer::Surface,
        &[
            "api",
            "routes",
            "router",
            "handlers",
            "handler",
            "controllers",
            "controller",
            "endpoints",
            "cli",
            "cmd",
            "commands",
            "http",
            "server",
            "rest",
            "graphql",
            "rpc",
        ],
    ),
];

const HOOKS: &[&str] = &["hooks", "composables", "context", "contexts"];
const PAGES: &[&str] = &["pages", "page", "views", "screens", "layouts", "layout"];

impl Layer {
    /// In order.
    pub(in crate::tasks) const ALL: [Self; 12] = [
        Self::Settings,
        Self::Base,
        Self::Data,
        Self::Store,
        Self::Logic,
        Self::Guard,
        Self::Surface,
        Self::Hook,
        Self::View,
        Self::Page,
        Self::Wiring,
        Self::Prose,
    ];

    /// That of a file.
    pub(in crate::tasks) fn of(path: &str) -> Self {
        let (dirs, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (bare, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let ending = ending.to_lowercase();
        let code = code::is_source_path(path);
        if !code && PROSE.contains(&ending.as_str()) {
            return Self::Prose;
        }
        let lower = path.to_lowercase();
        let any = |known: &[&str]| {
            let mut names = lower.split(['/', '.', '_', '-']);
            names.any(|name| known.contains(&name))
        };
        let is_shown = SHOWN.contains(&ending.as_str());
        let stem = bare.split('.').next().unwrap_or(bare).to_lowercase();
        if code && WIRING.contains(&stem.as_str()) && !(is_shown && stem == "index") {
            return Self::Wiring;
        }
        let words = ground::words_of(bare);
        let last = words.last().map(String::as_str).unwrap_or_default();
        if is_shown {
            return match () {
                () if PAGES.contains(&last) || any(PAGES) => Self::Page,
                () if any(HOOKS) || HOOKS.contains(&last) => Self::Hook,
                () => Self::View,
            };
        }
        let around = dirs.rsplit('/').next().unwrap_or_default().to_lowercase();
        let role = |known: &[&str]| known.contains(&last) || known.contains(&around.as_str());
        if let Some((layer, _)) = ROLES.iter().find(|(_, known)| code && role(known)) {
            return *layer;
        }
        if code && words.len() > 1 {
            if words.first().is_some_and(|word| word == "use") {
                return Self::Hook;
            }
            let known = SUFFIXES.iter().find(|(_, known)| known.contains(&last));
            if let Some((layer, _)) = known {
                return *layer;
            }
        }
        let is_set = SET.contains(&ending.as_str()) || ending.is_empty();
        let may_be = |layer: Layer| code || !is_set || layer == Layer::Data;
        let mut places = PLACES.iter().filter(|(layer, _)| may_be(*layer));
        if let Some((layer, _)) = places.find(|(_, known)| any(known)) {
            return *layer;
        }
        if !code || any(&["config", "settings"]) {
            Self::Settings
        } else {
            Self::Logic
        }
    }

    /// Whether what is of this layer is written for all stories: it is what several of them need, and what their parts are put
    /// together by.
    pub(in crate::tasks) fn is_shared(self) -> bool {
        matches!(
            self,
            Self::Settings | Self::Base | Self::Data | Self::Store | Self::Guard | Self::Wiring
        )
    }
}

/// Whether a word says what kind of file it is, and not what it is about: `service`, `routes`, `models`.
pub(super) fn is_said_of_kinds(word: &str) -> bool {
    let lists = [ROLES, SUFFIXES, PLACES].into_iter().flatten();
    let said = |known: &[&str]| {
        known.iter().any(|known| {
            let one = known.strip_suffix('s').unwrap_or(known);
            word == *known || word == one || word.strip_suffix('s') == Some(one)
        })
    };
    let own = [
        "page",
        "route",
        "layout",
        "use",
        "hook",
        "component",
        "type",
    ];
    lists.map(|(_, known)| *known).any(said) || said(WIRING) || said(&own)
}

/// Whether a file only gathers what is in its own directory: `index.ts`.
pub(super) fn is_gathering(stem: &str) -> bool {
    GATHERING.contains(&stem.to_lowercase().as_str())
}

/// What comes later within a layer: what is told of its neighbours after them, what puts parts together from the inside out.
pub(super) fn turn(layer: Layer, path: &str) -> usize {
    let stem = stem(path).to_lowercase();
    match layer {
        // `CartPage` among the components is shown by what the framework finds.
        Layer::Page => {
            let lower = path.to_lowercase();
            let mut names = lower.split('/').map(|name| name.trim_start_matches('_'));
            usize::from(!names.any(|name| matches!(name, "components" | "ui" | "widgets")))
        }
        Layer::Wiring => WIRING.iter().position(|name| *name == stem).unwrap_or(0),
        Layer::Store => usize::from(!matches!(
            stem.as_str(),
            "db" | "database" | "connection" | "client" | "pool"
        )),
        _ => usize::from(stem == "__init__"),
    }
}

#[cfg(test)]
mod tests {
    use super::Layer;

    #[test]
    fn names_tell_what_a_file_is() {
        let check = |path, expected| assert_eq!(Layer::of(path), expected, "{path}");
        check("package.json", Layer::Settings);
        check("apps/api-gateway/package.json", Layer::Settings);
        check("services/server/Dockerfile", Layer::Settings);
        check("docs/guide.md", Layer::Prose);
        check("src/shared/format.ts", Layer::Base);
        check("src/shop/CartError.java", Layer::Base);
        check(
            "src/Shop.Application/Interfaces/ICartService.cs",
            Layer::Base,
        );
        check("app/models/cart.py", Layer::Data);
        check("prisma/schema.prisma", Layer::Data);
        check("app/db/cart_service.py", Layer::Logic);
        check("src/cart/cart.repository.ts", Layer::Store);
        check("src/domain/cart.controller.ts", Layer::Surface);
        check("app/middleware/auth.py", Layer::Guard);
        check("web/hooks/use-cart.ts", Layer::Hook);
        check("web/models/useCart.ts", Layer::Hook);
        check("web/components/ModelViewer.tsx", Layer::View);
        check("web/app/cart/page.tsx", Layer::Page);
        check("web/views/cart/index.vue", Layer::Page);
        check("web/src/App.vue", Layer::Wiring);
        check("src/lib.rs", Layer::Wiring);
        check("src/cart.rs", Layer::Logic);
    }
}
