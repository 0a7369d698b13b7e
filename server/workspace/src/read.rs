//! One file from disk to text, with every byte offset kept.

#[cfg(target_os = "linux")]
mod listed;

use std::io::Read as _;
use std::path::Path;

#[cfg(not(target_os = "linux"))]
pub(crate) use bytes as listed;
#[cfg(target_os = "linux")]
pub(crate) use listed::listed;

/// Longest document read, in bytes.
pub const DOCUMENT_LIMIT: u64 = 32 << 20;
/// Longest source file read, in bytes. Longer ones are generated in practice; they are skipped and counted.
pub const SOURCE_LIMIT: u64 = 2 << 20;

/// What reading a file gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadOutcome {
    /// The file is text.
    Text(ReadFile),
    /// The file is longer than its limit and was not read.
    TooLarge {
        /// Length in bytes, as far as it is known.
        len: u64,
    },
    /// There is nothing by that name.
    Missing,
    /// The file is there and cannot be used; why, in plain words.
    Unreadable(String),
}

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFile {
    /// The text, as long in bytes as the file. A byte order mark stays in it; each byte that is not UTF-8 is one `?`.
    pub text: String,
    /// Hash of the bytes on disk, see [`content_hash`].
    pub hash: u128,
    /// How many bytes were not UTF-8.
    pub invalid: usize,
}

/// The content hash used everywhere: XXH3, 128 bits, of the raw bytes.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> u128 {
    xxhash_rust::xxh3::xxh3_128(bytes)
}

/// Reads a document of up to [`DOCUMENT_LIMIT`] bytes.
#[must_use]
pub fn read_document(path: &Path) -> ReadOutcome {
    read(path, DOCUMENT_LIMIT)
}

/// Reads a source file of up to [`SOURCE_LIMIT`] bytes.
#[must_use]
pub fn read_source(path: &Path) -> ReadOutcome {
    read(path, SOURCE_LIMIT)
}

/// Bytes to text, by the same rules as reading from disk.
#[must_use]
pub fn decode_bytes(bytes: Vec<u8>) -> ReadOutcome {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return ReadOutcome::Unreadable("UTF-16; save as UTF-8".to_owned());
    }
    if bytes.len() > text::MAX_LEN {
        return ReadOutcome::TooLarge {
            len: bytes.len() as u64,
        };
    }
    let hash = content_hash(&bytes);
    let text::Decoded { text, invalid } = text::decode(bytes);
    ReadOutcome::Text(ReadFile {
        text,
        hash,
        invalid,
    })
}

fn read(path: &Path, limit: u64) -> ReadOutcome {
    bytes(path, limit).map_or_else(|why| why, decode_bytes)
}

/// The bytes of a file of up to `limit` bytes: the way in which files are read that nobody listed. Pipes and devices are
/// refused: they may never end, or never begin. The length is taken while reading, because a file may grow meanwhile.
pub(crate) fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, ReadOutcome> {
    let failed = |error: std::io::Error| why(&error);
    // Asked before opening: to open a named pipe would wait for its writer.
    let before = std::fs::metadata(path).map_err(failed)?;
    if !before.is_file() {
        return Err(ReadOutcome::Unreadable("not a regular file".to_owned()));
    }
    if before.len() > limit {
        return Err(ReadOutcome::TooLarge { len: before.len() });
    }
    let mut bytes = Vec::with_capacity(before.len() as usize + 1);
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut file = file.take(limit + 1);
    file.read_to_end(&mut bytes).map_err(failed)?;
    let len = bytes.len() as u64;
    if len > limit {
        return Err(ReadOutcome::TooLarge { len });
    }
    Ok(bytes)
}

fn why(error: &std::io::Error) -> ReadOutcome {
    if is_absence(error) {
        ReadOutcome::Missing
    } else {
        ReadOutcome::Unreadable(plain(error))
    }
}

pub(crate) fn is_absence(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
    )
}

/// The reason without the operating system's error number.
pub(crate) fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error")
        .next()
        .unwrap_or(&text)
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{
        ReadOutcome, bytes, content_hash, decode_bytes, listed, read_document, read_source,
    };

    fn text_of(bytes: &[u8]) -> super::ReadFile {
        match decode_bytes(bytes.to_vec()) {
            ReadOutcome::Text(file) => file,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn bom_and_line_ends_stay() {
        let file = text_of(b"\xef\xbb\xbf# A\r\nb");
        assert_eq!(file.text, "\u{feff}# A\r\nb");
        assert_eq!(file.invalid, 0);
    }

    #[test]
    fn invalid_bytes_keep_offsets() {
        let file = text_of(b"a\xff\xe3\x81 FR-001");
        assert_eq!(file.text, "a??? FR-001");
        assert_eq!(file.invalid, 3);
        assert_ne!(file.hash, content_hash(file.text.as_bytes()));
    }

    #[test]
    fn utf16_is_refused_with_the_cure() {
        for bytes in [b"\xff\xfe#\0".as_slice(), b"\xfe\xff\0#"] {
            assert_eq!(
                decode_bytes(bytes.to_vec()),
                ReadOutcome::Unreadable("UTF-16; save as UTF-8".into())
            );
        }
    }

    #[test]
    fn limits_are_inclusive() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, "12345").unwrap();
        for read in [bytes, listed] {
            assert_eq!(read(&path, 5).unwrap(), b"12345");
            assert_eq!(read(&path, 4), Err(ReadOutcome::TooLarge { len: 5 }));
        }
        std::fs::write(&path, vec![b'x'; (2 << 20) + 1]).unwrap();
        assert_eq!(
            read_source(&path),
            ReadOutcome::TooLarge { len: (2 << 20) + 1 }
        );
        assert!(matches!(read_document(&path), ReadOutcome::Text(_)));
    }

    #[test]
    fn absence_differs_from_trouble() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, "x").unwrap();
        assert_eq!(
            read_document(&dir.path().join("gone")),
            ReadOutcome::Missing
        );
        assert_eq!(read_document(&file.join("below")), ReadOutcome::Missing);
        for read in [bytes, listed] {
            assert_eq!(read(&dir.path().join("gone"), 9), Err(ReadOutcome::Missing));
            assert_eq!(read(&file.join("below"), 9), Err(ReadOutcome::Missing));
            let outcome = read(dir.path(), 9);
            assert!(matches!(outcome, Err(ReadOutcome::Unreadable(_))));
        }
    }

    /// Files whose size the system does not tell are longer than they are said to be.
    #[test]
    #[cfg(target_os = "linux")]
    fn listed_files_are_read_to_their_end() {
        let path = std::path::Path::new("/proc/self/smaps");
        let read = listed(path, 1 << 20).unwrap();
        assert!(read.len() > 4_096, "{}", read.len());
        assert!(matches!(
            listed(path, 99),
            Err(ReadOutcome::TooLarge { .. })
        ));
        assert_eq!(
            listed(std::path::Path::new("/dev/null"), 9),
            bytes(std::path::Path::new("/dev/null"), 9)
        );
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn nobody_waits_for_a_pipe() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        let dir = tempfile::tempdir().unwrap();
        let pipe = dir.path().join("pipe");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        for read in [bytes, listed] {
            assert!(matches!(read(&pipe, 9), Err(ReadOutcome::Unreadable(_))));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_give_an_answer(bytes: Vec<u8>) {
            let len = bytes.len();
            if let ReadOutcome::Text(file) = decode_bytes(bytes) {
                proptest::prop_assert_eq!(file.text.len(), len);
            }
        }
    }
}
