//! One file that a walk listed, on Linux: opened at once and asked through its handle what it is, because the way to a file
//! costs more than the file.

use std::path::Path;

use rustix::buffer::spare_capacity;
use rustix::fd::OwnedFd;
use rustix::fs::{FileType, Mode, OFlags, fstat, open};
use rustix::io::{Errno, read, retry_on_intr};

use super::{ReadOutcome, why};

/// The bytes of a file of up to `limit` bytes that was a regular one when it was listed. If it is a pipe or a device by now,
/// it is opened without waiting for it, and refused.
pub(crate) fn listed(path: &Path, limit: u64) -> Result<Vec<u8>, ReadOutcome> {
    let failed = |error: Errno| why(&error.into());
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = retry_on_intr(|| open(path, flags, Mode::empty())).map_err(failed)?;
    let stat = fstat(&file).map_err(failed)?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Err(ReadOutcome::Unreadable("not a regular file".to_owned()));
    }
    let size = u64::try_from(stat.st_size).unwrap_or(0);
    if size > limit {
        return Err(ReadOutcome::TooLarge { len: size });
    }
    let bytes = to_end(&file, size as usize, limit).map_err(failed)?;
    let len = bytes.len() as u64;
    if len > limit {
        return Err(ReadOutcome::TooLarge { len });
    }
    Ok(bytes)
}

/// What is in the file, and a little more than `limit` at most. `size`: as the system has it; the file may be longer by now.
fn to_end(file: &OwnedFd, size: usize, limit: u64) -> Result<Vec<u8>, Errno> {
    // Room for a byte more: if it stays free, the end was reached.
    let mut bytes = Vec::with_capacity(size + 1);
    while bytes.len() as u64 <= limit {
        if bytes.len() == bytes.capacity() {
            bytes.reserve(bytes.len().max(4_096));
        }
        let count = retry_on_intr(|| read(file, spare_capacity(&mut bytes)))?;
        // Where the system tells no size it gives a piece at a time.
        let is_whole = size > 0 && bytes.len() >= size && bytes.len() < bytes.capacity();
        if count == 0 || is_whole {
            break;
        }
    }
    Ok(bytes)
}
