//! What is listed again is what a walk lists.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use super::{KeptWalk, list_again};
use crate::cache::Began;
use crate::walk::walk;

/// Longer than a step of a file system's clock.
const PAUSE: Duration = Duration::from_millis(25);

/// A workspace of two roots, one of them below a link, and what is outside of both.
struct Place {
    _directory: tempfile::TempDir,
    top: PathBuf,
    roots: Vec<PathBuf>,
    named: Vec<Vec<String>>,
    kept: Option<KeptWalk>,
}

impl Place {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let top = directory.path().canonicalize().unwrap();
        let roots = vec![top.join("one"), top.join("two")];
        for root in &roots {
            fs::create_dir_all(root).unwrap();
        }
        Self {
            _directory: directory,
            top,
            roots,
            named: vec![vec![".own/specs".to_owned()], Vec::new()],
            kept: None,
        }
    }

    fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.top.join(path);
        let _ = fs::create_dir_all(path.parent().unwrap());
        let _ = fs::write(path, text);
        self
    }

    fn began() -> Began {
        Began {
            at: SystemTime::now(),
            settled: Duration::ZERO,
        }
    }

    /// Lists with what is kept, which has to be what a walk lists.
    fn list(&mut self) -> Vec<String> {
        std::thread::sleep(PAUSE);
        let known = self.kept.as_ref();
        let (listings, new) = list_again(&self.roots, &self.named, known, Self::began());
        let walked = walk(&self.roots, &self.named);
        assert_eq!(listings, walked);
        if let Some(new) = new {
            // As it comes back from the disk.
            let bytes = postcard::to_allocvec(&new).unwrap();
            let read = postcard::from_bytes::<KeptWalk>(&bytes).unwrap();
            assert_eq!(read, new);
            self.kept = Some(read);
        }
        let files = listings.iter().flat_map(|listing| &listing.files);
        files.map(|entry| entry.path.clone()).collect()
    }

    /// Whether a listing can be told without walking all.
    fn is_told(&self) -> bool {
        std::thread::sleep(PAUSE);
        let kept = self.kept.as_ref().unwrap();
        kept.again(&self.roots, &self.named, Self::began())
            .is_some()
    }
}

fn usual() -> Place {
    let mut place = Place::new();
    place
        .write("one/.git/info/exclude", "private\n")
        .write("one/.gitignore", "out/\n.kiro/\n")
        .write("one/src/a.rs", "a")
        .write("one/src/deep/er/b.rs", "b")
        .write("one/out/made.rs", "m")
        .write("one/.kiro/specs/login/tasks.md", "t")
        .write("two/lib/.gitignore", "*.log\n.gitignore\n")
        .write("two/lib/c.rs", "c");
    place.list();
    place
}

#[test]
fn what_is_as_it_was_is_not_walked() {
    let mut place = usual();
    let before = place.list();
    assert!(place.is_told());
    let began = Place::began();
    let (_, new) = list_again(&place.roots, &place.named, place.kept.as_ref(), began);
    assert_eq!(new, None, "nothing new to keep");
    // Other text in a file is no other listing.
    place.write("one/src/a.rs", "other");
    assert!(place.is_told());
    assert_eq!(place.list(), before);
}

#[test]
fn what_comes_and_goes_is_looked_for_where_it_did() {
    let mut place = usual();
    let steps: [fn(&Path); 6] = [
        |top| fs::write(top.join("one/src/new.rs"), "n").unwrap(),
        |top| fs::create_dir_all(top.join("one/src/more/below")).unwrap(),
        |top| fs::write(top.join("one/src/more/below/x.rs"), "x").unwrap(),
        |top| fs::remove_dir_all(top.join("one/src/deep")).unwrap(),
        |top| fs::write(top.join("one/.kiro/specs/login/design.md"), "d").unwrap(),
        |top| fs::write(top.join("one/out/more.rs"), "ignored").unwrap(),
    ];
    for step in steps {
        step(&place.top);
        assert!(place.is_told());
        place.list();
        assert!(place.is_told());
    }
    let files = place.list();
    assert!(
        files.contains(&"src/more/below/x.rs".to_owned()),
        "{files:?}"
    );
    assert!(files.contains(&".kiro/specs/login/design.md".to_owned()));
}

#[test]
fn what_more_depends_on_is_walked() {
    let steps: [fn(&Path); 7] = [
        |top| fs::write(top.join("one/.gitignore"), "src/\n").unwrap(),
        |top| fs::write(top.join("one/src/.ignore"), "a.rs\n").unwrap(),
        |top| fs::write(top.join("two/lib/.gitignore"), "").unwrap(),
        |top| fs::remove_file(top.join("two/lib/.gitignore")).unwrap(),
        |top| fs::write(top.join("one/.git/info/exclude"), "src\n").unwrap(),
        |top| fs::create_dir_all(top.join("two/lib/.git")).unwrap(),
        |top| symlink("../../two/lib", top.join("one/src/link")).unwrap(),
    ];
    for (at, step) in steps.into_iter().enumerate() {
        let mut place = usual();
        place.list();
        step(&place.top);
        assert!(!place.is_told(), "{at}");
        place.list();
    }
}

#[test]
fn nonsense_behind_a_right_checksum_does_no_harm() {
    let mut place = usual();
    place.list();
    let whole = postcard::to_allocvec(place.kept.as_ref().unwrap()).unwrap();
    let mut read = 0;
    for at in 0..whole.len() {
        for other in [0, 0x7f, whole[at] ^ 1, whole[at].wrapping_add(16)] {
            let mut bytes = whole.clone();
            bytes[at] = other;
            if let Ok(kept) = postcard::from_bytes::<KeptWalk>(&bytes) {
                read += 1;
                let known = Some(&kept);
                let (listings, _) = list_again(&place.roots, &place.named, known, Place::began());
                assert_eq!(listings.len(), place.roots.len());
            }
        }
    }
    assert!(read > 100, "{read}");
}

/// Something that happens to a tree.
#[derive(Debug, Clone)]
enum Event {
    Write(String, u8),
    /// As programs do that write beside and rename.
    Replace(String, u8),
    Make(String),
    Remove(String),
    Move(String, String),
    Link(String, u8),
    Close(String),
    Look,
}

const DIRECTORIES: [&str; 19] = [
    "one",
    "one/a",
    "one/a/b",
    "one/a/b/c",
    "one/specs",
    "one/specs/001-x",
    "one/.kiro",
    "one/.kiro/specs/l",
    "one/p/.specify",
    "one/p/specs/002-y",
    "one/openspec",
    "one/openspec/specs/z",
    "one/.hidden",
    "one/.own/specs/q",
    "one/a/node_modules",
    "two",
    "two/a",
    "two/.git/info",
    "outside/d",
];
const NAMES: [&str; 13] = [
    "f.rs",
    "g.md",
    "spec.md",
    ".gitignore",
    ".ignore",
    "spec.lock",
    "b",
    "link",
    ".git",
    "exclude",
    "specs",
    "openspec",
    "x.log",
];
const TEXTS: [&str; 10] = [
    "",
    "*.rs\n",
    "b\n",
    "specs/\n.kiro/\n",
    "/*\n",
    "!b\nc/\n",
    "openspec\n*.lock\n",
    "a/\nlink/\n",
    "gitdir: /nowhere\n",
    ".gitignore\n.ignore\n",
];
const TARGETS: [&str; 8] = [
    "f.rs",
    "b",
    "..",
    "../a",
    "../../outside/d",
    "../.hidden",
    "nothing",
    "../specs",
];

fn happen(place: &Place, event: &Event) {
    let at = |path: &String| place.top.join(path);
    let text = |of: u8| TEXTS[usize::from(of) % TEXTS.len()];
    // What cannot be done does not happen.
    match event {
        Event::Write(path, of) => drop(place.write(path, text(*of))),
        Event::Replace(path, of) => {
            place.write("beside", text(*of));
            drop(fs::rename(place.top.join("beside"), at(path)));
        }
        Event::Make(path) => drop(fs::create_dir_all(at(path))),
        Event::Remove(path) => {
            if fs::remove_file(at(path)).is_err() {
                drop(fs::remove_dir_all(at(path)));
            }
        }
        Event::Move(from, to) => drop(fs::rename(at(from), at(to))),
        Event::Link(path, to) => {
            let to = TARGETS[usize::from(*to) % TARGETS.len()];
            drop(symlink(to, at(path)));
        }
        Event::Close(path) => {
            let mode = fs::metadata(at(path)).map(|meta| meta.permissions().mode() ^ 0o500);
            if let Ok(mode) = mode {
                drop(fs::set_permissions(
                    at(path),
                    fs::Permissions::from_mode(mode),
                ));
            }
        }
        Event::Look => {}
    }
}

fn path() -> impl Strategy<Value = String> {
    let within = (0..DIRECTORIES.len(), 0..NAMES.len());
    prop_oneof![
        4 => within.prop_map(|(at, name)| format!("{}/{}", DIRECTORIES[at], NAMES[name])),
        1 => (1..DIRECTORIES.len()).prop_map(|at| DIRECTORIES[at].to_owned()),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (path(), any::<u8>()).prop_map(|(path, of)| Event::Write(path, of)),
        2 => (path(), any::<u8>()).prop_map(|(path, of)| Event::Replace(path, of)),
        2 => path().prop_map(Event::Make),
        2 => path().prop_map(Event::Remove),
        2 => (path(), path()).prop_map(|(from, to)| Event::Move(from, to)),
        2 => (path(), any::<u8>()).prop_map(|(path, to)| Event::Link(path, to)),
        1 => path().prop_map(Event::Close),
        4 => Just(Event::Look),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 300, ..ProptestConfig::default() })]
    #[test]
    fn listed_again_is_walked(
        first in prop::collection::vec(event(), 0..25),
        later in prop::collection::vec(event(), 1..12),
    ) {
        let mut place = Place::new();
        place.write("one/a/f.rs", "f").write("two/a/f.rs", "f");
        for event in &first {
            happen(&place, event);
        }
        place.list();
        place.list();
        for event in &later {
            happen(&place, event);
            if matches!(event, Event::Look) {
                place.list();
            }
        }
        place.list();
        place.list();
    }
}
