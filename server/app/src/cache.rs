//! Where answers are kept for the next run, as the environment and the arguments say.

use std::path::PathBuf;
use std::sync::OnceLock;

use workspace::CacheOptions;

/// The variable that names another directory; `off`: no cache.
pub(crate) const VARIABLE: &str = "SPEC_ANALYZER_CACHE";

static CHOSEN: OnceLock<Option<CacheOptions>> = OnceLock::new();

/// Takes what the arguments say. Only the first call counts.
pub(crate) fn choose(none: bool) {
    CHOSEN.get_or_init(|| if none { None } else { by_environment() });
}

/// The cache of this process.
pub(crate) fn chosen() -> Option<CacheOptions> {
    CHOSEN.get_or_init(by_environment).clone()
}

fn by_environment() -> Option<CacheOptions> {
    let named = std::env::var_os(VARIABLE).filter(|value| !value.is_empty());
    let directory = match named {
        Some(value) if value == "off" => return None,
        Some(value) => std::path::absolute(value).ok()?,
        None => own_directory()?,
    };
    Some(CacheOptions::new(directory, env!("CARGO_PKG_VERSION")))
}

/// The directory the system has for such files.
fn own_directory() -> Option<PathBuf> {
    let variable = |name: &str| {
        let path = PathBuf::from(std::env::var_os(name)?);
        path.is_absolute().then_some(path)
    };
    let home = |below: &str| Some(std::env::home_dir()?.join(below));
    let caches = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home("Library/Caches")
    } else {
        variable("XDG_CACHE_HOME").or_else(|| home(".cache"))
    };
    caches
        .filter(|path| path.is_absolute())
        .map(|path| path.join("spec-analyzer"))
}
