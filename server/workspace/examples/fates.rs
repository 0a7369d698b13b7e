//! scratch
use std::time::Instant;
use workspace::*;
fn main() {
    let root = std::env::args().nth(1).unwrap();
    let t = Instant::now();
    let listing = walk(&[root.clone().into()]);
    eprintln!(
        "walk {:?} files {} nested {:?} repos {:?} ignored-spec {:?} unreadable {:?} alias {}",
        t.elapsed(),
        listing[0].files.len(),
        listing[0].nested_checkouts,
        listing[0].nested_repositories,
        listing[0].ignored_spec_dirs,
        listing[0].unreadable,
        listing[0].files.iter().filter(|f| f.alias).count()
    );
    let Some(repo) = Repository::discover(root.as_ref()) else {
        return;
    };
    let t = Instant::now();
    eprintln!(
        "{:?} tracked {:?} changed {:?} {:?}",
        repo.state(),
        repo.tracked().map(|t| t.iter().count()),
        repo.changed_since_merge_base().map(|c| c.len()),
        t.elapsed()
    );
    let t = Instant::now();
    let history = repo.history(&Budget {
        max_commits: 100_000,
        deadline: None,
    });
    eprintln!(
        "pass {:?} commits {} gap {:?}",
        t.elapsed(),
        history.commits(),
        history.gap()
    );
    let t = Instant::now();
    let paths: Vec<String> = history.paths().collect();
    let refs: Vec<&str> = paths.iter().map(String::as_str).collect();
    let fates = history.fates(&refs);
    eprintln!("fates of {} paths {:?}", paths.len(), t.elapsed());
    let t = Instant::now();
    for p in refs.iter().take(500) {
        std::hint::black_box(history.fate_by_suffix(p.split_once('/').map_or(p, |x| x.1)));
    }
    eprintln!("500 suffixes {:?}", t.elapsed());
    for (p, f) in fates {
        match f {
            Fate::Moved {
                to,
                commit,
                similarity,
            } => println!("{p}\tmoved\t{commit}\t{to}\t{similarity}"),
            Fate::Deleted {
                commit,
                may_have_moved,
            } => println!("{p}\tdeleted\t{commit}\t{may_have_moved}"),
            Fate::Present => println!("{p}\tpresent"),
            o => println!("{p}\t{o:?}"),
        }
    }
}
