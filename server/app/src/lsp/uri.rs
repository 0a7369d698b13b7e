//! `file:` URIs and paths. Editors spell one file in many ways (`file:///c%3A/x`, `file:///C:/x`); all of them must
//! meet in one path, or a file would be open and closed at once.
//!
//! Nothing here asks the disk.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use tower_lsp::gen_lsp_types::Uri;

use super::client::Folder;
use super::spelling::Spelling;

/// The path a URI names; `None` for other schemes (`untitled:`, `git:`) and hosts this system cannot reach by path.
#[must_use]
pub fn to_path(uri: &Uri) -> Option<PathBuf> {
    let Parts { host, path } = split(uri.as_ref())?;
    if cfg!(windows) {
        windows_path(&host, &path).map(PathBuf::from)
    } else {
        unix_path(&host, path)
    }
}

/// A URI for a path no open document spells. Under a workspace folder it begins as the client writes that folder.
#[must_use]
pub fn from_path(path: &Path, folders: &[Folder], spelling: Spelling) -> Uri {
    let inside = folders
        .iter()
        .filter_map(|folder| Some((folder, path.strip_prefix(&folder.path).ok()?)))
        .min_by_key(|(_, rest)| rest.as_os_str().len());
    if let Some((folder, rest)) = inside {
        let base = folder.uri.as_ref().trim_end_matches('/');
        if rest.as_os_str().is_empty() {
            return folder.uri.clone();
        }
        return Uri(format!("{base}/{}", spelling.write(&bytes(rest))));
    }
    Uri(absolute(&bytes(path), spelling))
}

/// What the client's way of writing is, after it wrote `uri` for `path`.
#[must_use]
pub fn learned(spelling: Spelling, uri: &Uri, path: &Path) -> Spelling {
    spelling.learned(uri.as_ref(), &bytes(path))
}

/// The URI of an absolute path with slashes. A UNC path begins with its host; a drive letter lacks the slash a URI needs.
fn absolute(path: &[u8], spelling: Spelling) -> String {
    let text = spelling.write(path);
    if let Some(share) = text.strip_prefix("//") {
        format!("file://{share}")
    } else if text.starts_with('/') {
        format!("file://{text}")
    } else {
        format!("file:///{text}")
    }
}

/// A path below some directory as a relative reference.
#[must_use]
pub fn relative(path: &str) -> String {
    Spelling::default().write(path.as_bytes())
}

struct Parts {
    host: String,
    /// Decoded bytes; not UTF-8 on every system.
    path: Vec<u8>,
}

fn split(uri: &str) -> Option<Parts> {
    let (scheme, rest) = uri.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest),
    };
    let host = percent_decode_str(host).decode_utf8().ok()?;
    let host = if host.eq_ignore_ascii_case("localhost") {
        String::new()
    } else {
        host.to_ascii_lowercase()
    };
    let path = percent_decode_str(path).collect();
    Some(Parts { host, path })
}

#[cfg(unix)]
fn unix_path(host: &str, path: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    let usable = host.is_empty() && path.starts_with(b"/");
    usable.then(|| PathBuf::from(std::ffi::OsString::from_vec(path)))
}

#[cfg(not(unix))]
fn unix_path(host: &str, path: Vec<u8>) -> Option<PathBuf> {
    let usable = host.is_empty() && path.starts_with(b"/");
    usable.then(|| String::from_utf8(path).ok().map(PathBuf::from))?
}

/// Drive letters in upper case, backslashes, hosts as UNC.
fn windows_path(host: &str, path: &[u8]) -> Option<String> {
    let path = std::str::from_utf8(path).ok()?.replace('/', "\\");
    if !host.is_empty() {
        return Some(format!("\\\\{host}{path}"));
    }
    if path.starts_with("\\\\") {
        return Some(path);
    }
    let path = path.strip_prefix('\\')?;
    let mut chars = path.chars();
    let drive = chars.next().filter(char::is_ascii_alphabetic)?;
    let rest = chars.as_str();
    let absolute = rest.starts_with(":\\") || rest == ":";
    absolute.then(|| format!("{}{rest}", drive.to_ascii_uppercase()))
}

/// A path of Windows with slashes, without the beginning by which the system is told to take it as it stands.
#[cfg(any(not(unix), test))]
fn with_slashes(path: &str) -> String {
    let plain = match path.strip_prefix(r"\\?\") {
        Some(verbatim) => match verbatim.strip_prefix(r"UNC\") {
            Some(share) => format!(r"\\{share}"),
            None => verbatim.to_owned(),
        },
        None => path.to_owned(),
    };
    plain.replace('\\', "/")
}

#[cfg(unix)]
fn bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(not(unix))]
fn bytes(path: &Path) -> Vec<u8> {
    with_slashes(&path.to_string_lossy()).into_bytes()
}

#[cfg(test)]
mod tests;
