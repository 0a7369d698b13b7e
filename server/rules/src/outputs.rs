//! Paths of things that are made by running something, or kept out of git: their absence says nothing.

/// Directories of results, caches and dependencies.
const DIRECTORIES: &[&str] = &[
    "dist",
    "build",
    "target",
    "bin",
    "obj",
    "coverage",
    "node_modules",
    "tmp",
    "temp",
    ".next",
    ".venv",
    "venv",
    "vendor",
    "__pycache__",
    "screenshots",
    "logs",
    "artifacts",
    "generated",
    "playwright-report",
    "test-results",
    ".cache",
    "htmlcov",
    "reports",
];

/// Endings of results, secrets and databases.
const ENDINGS: &[&str] = &[
    ".log", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".mp4", ".pdf", ".db", ".sqlite",
    ".sqlite3", ".env", ".pyc", ".exe", ".zip", ".tar.gz", ".vsix", ".lock", ".pem", ".key",
    ".local", ".out", ".prof",
];

/// Whether a path names something that a run makes, or that people keep out of git.
pub(crate) fn is_output(path: &str) -> bool {
    let path = path.to_lowercase();
    let mut segments = path.trim_end_matches('/').split('/');
    let name = segments.next_back().unwrap_or_default();
    name.starts_with(".env")
        || name.contains("example.")
        || ENDINGS.iter().any(|ending| name.ends_with(ending))
        || path.starts_with('/')
        || path.starts_with('~')
        || segments.any(|segment| DIRECTORIES.contains(&segment))
        || DIRECTORIES.contains(&name)
}
