use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use rules::Locale;

use super::{Host, Snapshot};
use crate::lsp::engine::{Engine as _, Extent, Snapshot as _};
use crate::lsp::event::Event;
use crate::lsp::transport::Inbox;

const SPEC: &str = "specs/login/spec.md";
const TASKS: &str = "specs/login/tasks.md";
const TEXT: &str =
    "- [ ] T001 FR-001, 002/FR-009 and FR-777, in `src/login.rs`\n- [ ] T001 again\n";

struct Opened {
    dir: tempfile::TempDir,
    host: Host,
    events: Receiver<Event>,
    /// The bell hangs on it.
    _inbox: Inbox,
}

impl Opened {
    /// A workspace that is being walked, of which nothing was taken yet.
    fn new() -> Self {
        crate::cache::choose(true);
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in [
            (".specify/memory/constitution.md", "# Constitution\n"),
            (SPEC, "- **FR-001**: System MUST log in.\n"),
            (TASKS, "- [ ] T001 As it is on disk\n"),
            (
                "specs/002-other/spec.md",
                "- **FR-009**: System MUST log out.\n",
            ),
            ("src/login.rs", "fn login() {}\n"),
        ] {
            let whole = dir.path().join(path);
            std::fs::create_dir_all(whole.parent().unwrap()).unwrap();
            std::fs::write(whole, text).unwrap();
        }
        let (inbox, events) = Inbox::new();
        let mut host = Host::new(Vec::new(), &inbox.bell(), inbox.courtesy());
        host.open(&[dir.path().to_owned()]);
        Self {
            dir,
            host,
            events,
            _inbox: inbox,
        }
    }

    fn hold(&mut self, path: &str, text: &str) {
        let whole = self.dir.path().join(path);
        self.host.set_overlay(&whole, &Arc::from(text), 1);
    }

    /// Waits until something is taken that changes what is said.
    fn next(&mut self) -> Arc<Snapshot> {
        while !matches!(
            self.events.recv_timeout(Duration::from_secs(60)),
            Ok(Event::WorkDone) if self.host.take_work()
        ) {}
        self.host.apply()
    }

    /// Waits until the workspace is read.
    fn wait(&mut self) -> Arc<Snapshot> {
        loop {
            let next = self.next();
            if next.extent() == Extent::Whole {
                return next;
            }
        }
    }

    fn hover(&self, snapshot: &Snapshot, at: &str) -> Option<String> {
        let file = snapshot.file(&self.dir.path().join(TASKS))?;
        let at = u32::try_from(TEXT.find(at).unwrap()).unwrap();
        let hover = snapshot.analysis().hover(file, at.into(), Locale::English);
        hover.map(|hover| hover.markdown)
    }
}

fn codes(snapshot: &Snapshot, path: &Path) -> Vec<String> {
    let findings = snapshot.findings(path, Locale::English);
    findings.into_iter().map(|finding| finding.code).collect()
}

#[test]
fn before_the_workspace_is_read_nothing_is_found_and_nothing_unknown_is_said() {
    let mut opened = Opened::new();
    opened.hold(TASKS, TEXT);
    let early = opened.host.apply();
    let tasks = opened.dir.path().join(TASKS);
    assert!(opened.host.is_reading() && early.extent() == Extent::Around);
    assert!(early.diagnosed().is_empty() && codes(&early, &tasks).is_empty());
    let own = opened.hover(&early, "FR-001").unwrap();
    assert!(own.contains("System MUST log in."), "{own}");
    assert!(own.contains("still being read"), "{own}");
    for unknown in ["FR-009", "FR-777", "src/login.rs"] {
        assert_eq!(opened.hover(&early, unknown), None, "{unknown}");
    }
    let whole = opened.wait();
    assert!(!opened.host.is_reading() && whole.extent() == Extent::Whole);
    assert_eq!(codes(&whole, &tasks), ["duplicate-id"]);
    let own = opened.hover(&whole, "FR-001").unwrap();
    assert!(!own.contains("still being read"), "{own}");
    for known in ["FR-009", "src/login.rs"] {
        assert!(opened.hover(&whole, known).is_some(), "{known}");
    }
}

#[test]
fn what_happens_while_the_workspace_is_read_is_not_lost() {
    let mut opened = Opened::new();
    let (spec, new) = (
        opened.dir.path().join(SPEC),
        opened.dir.path().join("specs/login/plan.md"),
    );
    opened.hold(TASKS, "- [ ] T001 as it was opened\n");
    opened.hold(TASKS, TEXT);
    opened.hold(SPEC, "- **FR-777**: System MUST be asked for.\n");
    opened.host.close_overlay(&spec);
    opened.host.apply();
    std::fs::write(&spec, "- **FR-001**: System MUST be read again.\n").unwrap();
    std::fs::write(&new, "# Plan\n").unwrap();
    opened.host.files_changed(&[spec, new.clone()]);
    let whole = opened.wait();
    let own = opened.hover(&whole, "FR-001").unwrap();
    assert!(own.contains("System MUST be read again."), "{own}");
    assert!(whole.file(&new).is_some());
    let tasks = opened.dir.path().join(TASKS);
    assert_eq!(codes(&whole, &tasks), ["duplicate-id"]);
}

#[test]
fn what_documents_tell_is_found_before_the_sources_they_name_are_read() {
    let mut opened = Opened::new();
    let tasks = opened.dir.path().join(TASKS);
    opened.hold(TASKS, TEXT);
    let documents = opened.next();
    assert_eq!(documents.extent(), Extent::Documents);
    assert!(opened.host.is_reading());
    assert_eq!(codes(&documents, &tasks), ["duplicate-id"]);
    let source = documents
        .file(&opened.dir.path().join("src/login.rs"))
        .unwrap();
    let is_read = |snapshot: &Snapshot| {
        let sources = &snapshot.analysis().graph.inputs().sources;
        sources.contains_key(&source)
    };
    assert!(!is_read(&documents));
    // Typing does not read them either, and what is typed meanwhile is not lost.
    let (spec, text) = (
        opened.dir.path().join(SPEC),
        "- **FR-001**: System MUST log in.\n- **FR-001**: System MUST log out.\n",
    );
    opened.hold(SPEC, text);
    let typed = opened.host.apply();
    assert_eq!(typed.extent(), Extent::Documents);
    assert!(!is_read(&typed));
    assert_eq!(codes(&typed, &spec), ["duplicate-id"]);
    let whole = opened.next();
    assert_eq!(whole.extent(), Extent::Whole);
    assert!(is_read(&whole) && !opened.host.is_reading());
    assert_eq!(codes(&whole, &spec), ["duplicate-id"]);
    assert_eq!(codes(&whole, &tasks), ["duplicate-id"]);
}

#[test]
fn other_folders_begin_anew() {
    let mut opened = Opened::new();
    opened.hold(TASKS, TEXT);
    assert!(opened.wait().extent() == Extent::Whole);
    let elsewhere = tempfile::tempdir().unwrap();
    opened.host.open(&[elsewhere.path().to_owned()]);
    assert!(opened.host.apply().extent() == Extent::Around);
    let whole = opened.wait();
    assert!(whole.diagnosed().is_empty());
}
