//! Looking at what is kept, and away with it.

use std::path::{Path, PathBuf};

use code::SourceFacts;

use super::shelf::Kept;
use super::store::{Store, Trouble};
use super::{
    COMMITS, CacheOptions, ENDINGS, FACTS, GitMemory, HISTORY, LISTING, Memo, Parts, REPORTS,
    SOURCES, VERDICTS,
};
use crate::gated::KeptSources;
use crate::git::KeptChanges;
use crate::walk::KeptWalk;

/// The cache files of a directory, with their lengths in bytes. A workspace may have several, which have one name but
/// for the ending.
#[must_use]
pub fn cache_files(directory: &Path) -> Vec<(PathBuf, u64)> {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return Vec::new();
    };
    let mut files: Vec<(PathBuf, u64)> = entries
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let ours = path
                .extension()
                .is_some_and(|ending| ENDINGS.iter().any(|ours| ending == *ours));
            (ours && entry.file_type().ok()?.is_file())
                .then(|| Some((path, entry.metadata().ok()?.len())))?
        })
        .collect();
    files.sort();
    files
}

/// How many workspaces these cache files are of; what several have in common is of none.
#[must_use]
pub fn kept_workspaces(files: &[(PathBuf, u64)]) -> usize {
    let own = files.iter().filter(|(path, _)| {
        let ending = path.extension();
        ending.is_some_and(|ending| [REPORTS, LISTING, SOURCES].iter().any(|own| ending == *own))
    });
    let mut names: Vec<_> = own.map(|(path, _)| path.file_stem()).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// Removes the cache files of a directory, and nothing else: those of one workspace, and what it has in common with other
/// checkouts, if `roots` are given. The error is a
/// sentence.
pub fn clear_cache(options: &CacheOptions, roots: Option<&[PathBuf]>) -> Result<usize, String> {
    let mut files = cache_files(&options.directory);
    if let Some(roots) = roots {
        let own = [options.file(roots), options.shared_file(roots)];
        files.retain(|(path, _)| own.iter().any(|own| path.file_stem() == own.file_stem()));
    }
    for (path, _) in &files {
        std::fs::remove_file(path).map_err(|error| {
            let why = crate::read::plain(&error);
            format!("{} could not be removed: {why}.", path.display())
        })?;
    }
    Ok(files.len())
}

/// Whether a workspace's files could be read now, and how many bytes they hold: `Ok(None)`: there are none. The error says
/// what is wrong with them.
pub fn verify_cache(options: &CacheOptions, roots: &[PathBuf]) -> Result<Option<usize>, String> {
    let mut whole = None;
    for ending in ENDINGS {
        let file = match ending {
            FACTS | HISTORY | COMMITS | VERDICTS => options.shared_file(roots),
            _ => options.file(roots),
        };
        let file = file.with_extension(ending);
        let bytes = match Store::new(file, &options.build).read() {
            Ok(bytes) => bytes,
            Err(Trouble::None) => continue,
            Err(Trouble::OtherBuild) => return Err("it is of another build".to_owned()),
            Err(Trouble::Damaged) => return Err("it is damaged".to_owned()),
            Err(Trouble::Unreadable(why)) => return Err(why),
        };
        if !is_sound(ending, &bytes) {
            return Err("it is damaged".to_owned());
        }
        whole = Some(whole.unwrap_or(0) + bytes.len());
    }
    Ok(whole)
}

fn is_sound(ending: &str, bytes: &[u8]) -> bool {
    let kept = || Kept::of(bytes.to_vec());
    match ending {
        LISTING => postcard::from_bytes::<KeptWalk>(bytes).is_ok(),
        SOURCES => postcard::from_bytes::<KeptSources>(bytes).is_ok(),
        FACTS => kept().is_some_and(|kept| kept.is_sound::<SourceFacts>()),
        COMMITS => kept().is_some_and(|kept| kept.is_sound::<KeptChanges>()),
        VERDICTS => kept().is_some_and(|kept| kept.is_sound::<KeptSources>()),
        HISTORY => kept().is_some_and(|kept| kept.is_sound::<GitMemory>()),
        _ => postcard::from_bytes::<Parts<'_>>(bytes)
            .is_ok_and(|parts| postcard::from_bytes::<Vec<Memo>>(parts.memos).is_ok()),
    }
}
