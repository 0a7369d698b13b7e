//! What must be there before what, by the names of directories and files that frameworks have in common.

/// What must be there before what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::tasks) enum Layer {
    Settings,
    Data,
    Store,
    #[default]
    Logic,
    Surface,
    View,
    /// What puts the parts together: `main.go`, `routes.ts`.
    Wiring,
}

/// Names of files that import most of the others.
const WIRING: &[&str] = &[
    "main",
    "app",
    "index",
    "root",
    "router",
    "routes",
    "urls",
    "program",
    "startup",
    "container",
    "containers",
    "bootstrap",
    "dependencies",
];

impl Layer {
    /// In order.
    pub(in crate::tasks) const ALL: [Self; 7] = [
        Self::Settings,
        Self::Data,
        Self::Store,
        Self::Logic,
        Self::Surface,
        Self::View,
        Self::Wiring,
    ];

    /// That of a file.
    pub(in crate::tasks) fn of(path: &str) -> Self {
        let path = path.to_lowercase();
        let mut names = path.split(['/', '.', '_', '-']);
        let any = |known: &[&str]| {
            path.split(['/', '.', '_', '-'])
                .any(|name| known.contains(&name))
        };
        let code = code::is_source_path(&path);
        let name = path.rsplit('/').next().unwrap_or(&path);
        let stem = name.split('.').next().unwrap_or(name);
        if code && WIRING.contains(&stem) {
            return Self::Wiring;
        }
        if any(&[
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
        ]) {
            Self::Data
        } else if any(&[
            "db",
            "database",
            "repository",
            "repositories",
            "store",
            "stores",
            "storage",
            "dao",
        ]) {
            Self::Store
        } else if any(&[
            "components",
            "pages",
            "views",
            "screens",
            "ui",
            "templates",
            "styles",
            "css",
            "html",
            "hooks",
            "widgets",
        ]) {
            Self::View
        } else if any(&[
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
        ]) {
            Self::Surface
        } else if !code || names.any(|name| matches!(name, "config" | "settings" | "constants")) {
            Self::Settings
        } else {
            Self::Logic
        }
    }
}
