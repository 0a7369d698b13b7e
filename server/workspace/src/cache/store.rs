//! One file: a mark, the build, a length, a checksum, the bytes.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::read::{content_hash, is_absence, plain};

/// What a file begins with; another layout has another one.
const MARK: [u8; 8] = *b"spec\0ca1";
/// The mark, the build's hash, the length and the checksum.
const HEAD: usize = 8 + 16 + 8 + 16;
/// Longest file that is read, in bytes: no workspace of ours comes near.
const LIMIT: u64 = 1 << 30;

/// Why there is nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// There is no file.
    None,
    /// Another build wrote it.
    OtherBuild,
    /// Cut off or changed.
    Damaged,
    /// The system does not let us.
    Unreadable(String),
}

/// The file of one workspace.
pub(super) struct Store {
    path: PathBuf,
    build: u128,
}

impl Store {
    pub(super) fn new(path: PathBuf, build: &str) -> Self {
        Self {
            path,
            build: content_hash(build.as_bytes()),
        }
    }

    /// The bytes that were written last.
    pub(super) fn read(&self) -> Result<Vec<u8>, Trouble> {
        let mut bytes = match read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if is_absence(&error) => return Err(Trouble::None),
            Err(error) => return Err(Trouble::Unreadable(plain(&error))),
        };
        let head = bytes.get(..HEAD).ok_or(Trouble::Damaged)?;
        let (mark, rest) = head.split_at(8);
        let (build, rest) = rest.split_at(16);
        let (len, sum) = rest.split_at(8);
        if mark != MARK {
            return Err(Trouble::Damaged);
        }
        if build != self.build.to_le_bytes() {
            return Err(Trouble::OtherBuild);
        }
        let body = &bytes[HEAD..];
        let whole = len == (body.len() as u64).to_le_bytes();
        if !whole || sum != content_hash(body).to_le_bytes() {
            return Err(Trouble::Damaged);
        }
        bytes.drain(..HEAD);
        Ok(bytes)
    }

    /// Puts a new file in the place of the old one. Who finds another process writing leaves it to that one. The error
    /// is said in the log.
    pub(super) fn write(&self, body: &[u8]) -> Result<(), String> {
        let directory = self.path.parent().ok_or("it has no directory")?;
        make_directory(directory).map_err(|error| plain(&error))?;
        let lock =
            private(&self.path.with_extension("lock"), false).map_err(|error| plain(&error))?;
        if lock.try_lock().is_err() {
            tracing::debug!("another process writes the cache");
            return Ok(());
        }
        let mut beside = self.path.clone().into_os_string();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        let written = self.write_beside(&beside, body);
        let moved = written.and_then(|()| std::fs::rename(&beside, &self.path));
        let done = moved.map_err(|error| {
            // What is half written helps nobody; that it cannot be removed either changes nothing.
            let _ = std::fs::remove_file(&beside);
            plain(&error)
        });
        // Closing is not enough: a child that is being started by another thread holds the file as well for a moment.
        let _ = lock.unlock();
        done
    }

    fn write_beside(&self, path: &Path, body: &[u8]) -> std::io::Result<()> {
        let mut file = private(path, true)?;
        file.write_all(&MARK)?;
        file.write_all(&self.build.to_le_bytes())?;
        file.write_all(&(body.len() as u64).to_le_bytes())?;
        file.write_all(&content_hash(body).to_le_bytes())?;
        file.write_all(body)
    }
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let meta = std::fs::metadata(path)?;
    if !meta.is_file() || meta.len() > LIMIT {
        return Err(std::io::Error::other("it is no file of ours"));
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize + 1);
    File::open(path)?.take(LIMIT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// It holds texts of the workspace: nobody else is to read it.
fn make_directory(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn private(path: &Path, anew: bool) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(anew);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
