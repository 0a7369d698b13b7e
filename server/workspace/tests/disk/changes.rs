//! What happens to files while slow work is under way.

use crate::support::Repo;
use workspace::{Answer, Host, Job, Options, Snapshot};

const SPEC: &str = "# Feature Specification: Login\n\n## Requirements\n\n\
    - **FR-001**: Codes MUST be sent.\n- **FR-002**: Codes MUST be checked.\n";

fn scanned(repo: &Repo) -> Host {
    let mut host = Host::new(Options {
        roots: vec![repo.path.clone()],
        ..Options::default()
    });
    host.scan();
    host.apply();
    host
}

/// Runs the pass over all sources that is due.
fn sources_now(host: &mut Host) -> Answer {
    let mut jobs = host.jobs().into_iter();
    let pass = jobs.find(|job| matches!(job, Job::Sources(_))).unwrap();
    pass.run(&|| false).unwrap()
}

/// What each source mentions, by path.
fn mentioned(snapshot: &Snapshot) -> Vec<(String, String)> {
    let inputs = snapshot.graph.inputs();
    let mut all: Vec<(String, String)> = inputs
        .sources
        .iter()
        .map(|(file, source)| {
            let ids = source.facts.mentions.iter();
            let ids: Vec<&str> = ids.map(|each| each.mention.key.as_str()).collect();
            (inputs.tree.path_str(*file).to_owned(), ids.join(" "))
        })
        .collect();
    all.sort();
    all
}

#[test]
fn a_pass_over_all_sources_overwrites_nothing_newer() {
    let repo = Repo::new();
    repo.write("specs/001-a/spec.md", SPEC)
        .write("src/edited.rs", "// 001-a FR-001\nfn a() {}\n")
        .write("src/closed.rs", "// 001-a FR-001\nfn c() {}\n")
        .write("src/gone.rs", "// 001-a FR-001\nfn g() {}\n")
        .write("src/same.rs", "// 001-a FR-001\nfn s() {}\n");
    let mut host = scanned(&repo);
    let answer = sources_now(&mut host);
    let at = |path: &str| repo.path.join(path);
    repo.write("src/edited.rs", "// 001-a FR-002\nfn a() {}\n")
        .remove("src/gone.rs");
    host.files_changed(&[at("src/edited.rs"), at("src/gone.rs")]);
    host.set_overlay(&at("src/closed.rs"), "// 001-a FR-001\n", 1);
    repo.write("src/closed.rs", "// 001-a FR-002\nfn c() {}\n");
    host.close_overlay(&at("src/closed.rs"));
    host.post(answer);
    let now = mentioned(&host.apply());
    assert_eq!(now, mentioned(&scanned(&repo).finish(true)));
    assert_eq!(now.len(), 3, "{now:?}");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_holds_nothing_up() {
    let repo = Repo::new();
    repo.write("specs/001-a/spec.md", SPEC)
        .write("spec-analyzer.toml", "evidence = [\"pipe.xml\"]\n")
        .write("src/a.rs", "// 001-a FR-001\nfn a() {}\n")
        .write("src/b.rs", "// 001-a FR-002\nfn b() {}\n");
    let mut host = scanned(&repo);
    repo.remove("src/b.rs");
    for path in ["src/b.rs", "pipe.xml"] {
        let made = std::process::Command::new("mkfifo")
            .arg(repo.path.join(path))
            .status();
        assert!(made.unwrap().success());
    }
    let (done, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        // It is of no use to anyone if this took too long.
        let _ = done.send(host.finish(true));
    });
    let world = ended
        .recv_timeout(std::time::Duration::from_secs(60))
        .expect("it does not wait for a writer");
    assert_eq!(mentioned(&world).len(), 1);
    let pipe = world.report.unreadable.iter();
    let why: Vec<&str> = pipe
        .filter(|each| each.path == "pipe.xml")
        .map(|each| each.why.as_str())
        .collect();
    assert_eq!(why, ["not a regular file"]);
}
