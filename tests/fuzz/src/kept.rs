//! What is kept between runs, and what other repositories published: bytes that anybody may have changed.

use std::path::PathBuf;

use trace::{Change, Graph, Published};
use workspace::{CacheOptions, Host, Options, content_hash, verify_cache};

use crate::bytes;

/// A directory of this process, in memory where the system has such a one.
fn directory() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let top = if memory.is_dir() {
        memory
    } else {
        std::env::temp_dir()
    };
    top.join(format!("spec-analyzer-fuzz-{}", std::process::id()))
}

/// A cache file with a body of any bytes, its head right: what is damaged behind the checksum.
pub fn cache(data: &[u8]) {
    let directory = directory();
    let root = directory.join("root");
    let options = CacheOptions {
        directory: directory.join("cache"),
        build: "this".to_owned(),
        settled: std::time::Duration::ZERO,
    };
    for made in [&root, &options.directory] {
        assert!(std::fs::create_dir_all(made).is_ok(), "{}", made.display());
    }
    let (choice, rest) = bytes::choice(data);
    // Most bodies begin as a file of this workspace does, so that what is inside is read.
    let mut body = Vec::new();
    if choice % 4 > 0 {
        let name = root.as_os_str().as_encoded_bytes();
        body.push(1);
        body.push(name.len() as u8 & 0x7f);
        body.extend_from_slice(name);
        let (memos, git) = match rest.iter().position(|byte| *byte == 0xff) {
            Some(at) => (&rest[..at], &rest[at + 1..]),
            None => (rest, &[][..]),
        };
        for part in [memos, git] {
            let mut length = part.len();
            while length > 0x7f {
                body.push(length as u8 | 0x80);
                length >>= 7;
            }
            body.push(length as u8);
            body.extend_from_slice(part);
        }
    } else {
        body.extend_from_slice(rest);
    }
    let mut file = b"spec\0ca1".to_vec();
    file.extend(content_hash(options.build.as_bytes()).to_le_bytes());
    file.extend((body.len() as u64).to_le_bytes());
    file.extend(content_hash(&body).to_le_bytes());
    file.extend_from_slice(&body);
    let roots = vec![root];
    let path = options.file(&roots);
    assert!(std::fs::write(&path, &file).is_ok(), "{}", path.display());
    let whole = verify_cache(&options, &roots);
    assert_ne!(whole, Ok(None), "the file is not found");
    let mut host = Host::new(Options {
        roots,
        cache: Some(options),
        ..Options::default()
    });
    // What is believed rests on what the disk has; of an empty root nothing does.
    let _ = host.recall(7);
    host.scan();
    let snapshot = host.finish(false);
    assert!(snapshot.graph.features().is_empty());
}

/// Facts that another repository published, joined to a workspace that names it.
pub fn published(data: &[u8]) {
    let text = bytes::text(data);
    let Ok(published) = serde_json::from_str::<Published>(&text) else {
        return;
    };
    let Ok(written) = serde_json::to_string(&published) else {
        panic!("what was read cannot be written");
    };
    let again = serde_json::from_str::<Published>(&written);
    assert_eq!(again.ok().as_ref(), Some(&published), "{written}");
    let files = [
        (
            "specs/001-a/spec.md".to_owned(),
            "# A\n\n- **FR-001**: as `api/specs/001-login#FR-001` and api/001/FR-002 have it.\n"
                .to_owned(),
        ),
        ("api:/".to_owned(), String::new()),
    ];
    let mut inputs = fixture::inputs(&files);
    inputs.published = std::sync::Arc::new(vec![published]);
    let graph = Graph::new(inputs);
    let _ = ide::Analysis::new(std::sync::Arc::new(graph.apply(Vec::<Change>::new())));
}
