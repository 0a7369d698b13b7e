//! Changes on disk on their way to the engine: told once their writer is done.

use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Changes on disk wait for this much silence, so that a checkout or a formatter is seen once, when it is done.
pub const QUIET: Duration = Duration::from_secs(1);

/// No change on disk waits longer than this: a program that writes without end must not keep what it wrote unseen.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// No finding waits longer than this for whoever writes to be done.
const ENDURANCE: Duration = Duration::from_secs(30);

/// Changes on disk that have not been told to the engine yet.
pub(super) struct Disk {
    quiet: Duration,
    paths: Vec<PathBuf>,
    /// When the first of them was told, and when they are due.
    waiting: Option<(Instant, Instant)>,
    unrest: Option<Unrest>,
}

/// Somebody writes.
struct Unrest {
    /// The first change, and the last one so far.
    first: Instant,
    last: Instant,
    /// Whether some of it was taken in before they were done.
    taken: bool,
}

impl Disk {
    pub(super) fn new(quiet: Duration) -> Self {
        Self {
            quiet,
            paths: Vec::new(),
            waiting: None,
            unrest: None,
        }
    }

    /// These files changed.
    pub(super) fn add(&mut self, paths: impl IntoIterator<Item = PathBuf>, now: Instant) {
        self.settle(now);
        let unrest = self.unrest.get_or_insert(Unrest {
            first: now,
            last: now,
            taken: false,
        });
        unrest.last = now;
        self.look_again(paths, now);
    }

    /// These files are to be looked at once more; nobody said that they changed.
    pub(super) fn look_again(&mut self, paths: impl IntoIterator<Item = PathBuf>, now: Instant) {
        self.paths.extend(paths);
        let first = self.waiting.map_or(now, |(first, _)| first);
        let due = (now + self.quiet).min(first + PATIENCE.max(self.quiet));
        self.waiting = Some((first, due));
    }

    /// When there is something to do.
    pub(super) fn due(&self) -> Option<Instant> {
        let end = self.unrest.as_ref().filter(|unrest| unrest.taken);
        let end = end.map(|unrest| self.end_of(unrest));
        let due = self.waiting.map(|(_, due)| due);
        [end, due].into_iter().flatten().min()
    }

    /// What is to be told to the engine now; each file once.
    pub(super) fn take_due(&mut self, now: Instant) -> Option<Vec<PathBuf>> {
        self.waiting.take_if(|(_, due)| *due <= now)?;
        self.settle(now);
        if let Some(unrest) = &mut self.unrest {
            unrest.taken = true;
        }
        let mut paths = std::mem::take(&mut self.paths);
        paths.sort_unstable();
        paths.dedup();
        Some(paths)
    }

    /// Whether somebody still writes, of which a part was taken in.
    pub(super) fn is_restless(&mut self, now: Instant) -> bool {
        self.settle(now);
        self.unrest.as_ref().is_some_and(|unrest| unrest.taken)
    }

    fn settle(&mut self, now: Instant) {
        let over = |unrest: &Unrest| self.end_of(unrest) <= now;
        if self.unrest.as_ref().is_some_and(over) {
            self.unrest = None;
        }
    }

    /// They are done after this much silence; longer than some time nobody waits.
    fn end_of(&self, unrest: &Unrest) -> Instant {
        (unrest.last + self.quiet).min(unrest.first + ENDURANCE.max(self.quiet))
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::time::{Duration, Instant};

    use super::{Disk, ENDURANCE, PATIENCE, QUIET};

    #[test]
    fn changes_on_disk_wait_for_silence_but_not_without_end() {
        let (mut disk, start) = (Disk::new(QUIET), Instant::now());
        let at = |millis: u64| start + Duration::from_millis(millis);
        disk.add([PathBuf::from("b"), PathBuf::from("a")], at(0));
        disk.add([PathBuf::from("a")], at(900));
        assert_eq!(disk.take_due(at(1800)), None);
        let both = vec![PathBuf::from("a"), PathBuf::from("b")];
        assert_eq!(disk.take_due(at(1900)), Some(both));
        assert_eq!((disk.due(), disk.take_due(at(9000))), (None, None));
        // Somebody writes without a pause.
        for step in 0..=10 {
            disk.add([PathBuf::from("a")], at(10_000 + step * 450));
        }
        let end = at(10_000) + PATIENCE;
        assert_eq!(disk.due(), Some(end));
        assert_eq!(disk.take_due(end).map(|paths| paths.len()), Some(1));
        // What comes afterwards waits for silence again.
        disk.add([PathBuf::from("a")], end);
        assert_eq!(disk.due(), Some(end + QUIET));
    }

    #[test]
    fn whoever_goes_on_writing_is_waited_for() {
        let (mut disk, start) = (Disk::new(QUIET), Instant::now());
        let at = |millis: u64| start + Duration::from_millis(millis);
        let path = || [PathBuf::from("a")];
        // Done within a second: nothing was taken in before.
        disk.add(path(), at(0));
        assert!(!disk.is_restless(at(500)));
        assert!(disk.take_due(at(1000)).is_some() && !disk.is_restless(at(1000)));
        assert_eq!(disk.due(), None);
        // Six seconds without a pause: a part was taken in after five.
        for step in 0..=12 {
            disk.add(path(), at(2000 + step * 500));
            disk.take_due(at(2000 + step * 500));
            assert_eq!(
                disk.is_restless(at(2000 + step * 500)),
                step >= 10,
                "{step}"
            );
        }
        assert_eq!(disk.due(), Some(at(9000)));
        assert!(disk.is_restless(at(8999)) && disk.take_due(at(9000)).is_some());
        assert!(!disk.is_restless(at(9000)));
        assert_eq!(disk.due(), None);
        // Without end: what is found then is said.
        let mut disk = Disk::new(QUIET);
        for step in 0..=59 {
            disk.add(path(), at(step * 500));
            disk.take_due(at(step * 500));
        }
        assert!(disk.is_restless(at(29_999)));
        assert!(!disk.is_restless(start + ENDURANCE));
    }

    #[test]
    fn looking_again_is_no_writing() {
        let (mut disk, start) = (Disk::new(QUIET), Instant::now());
        let at = |millis: u64| start + Duration::from_millis(millis);
        disk.look_again([PathBuf::from("a")], at(0));
        assert_eq!(disk.due(), Some(at(1000)));
        assert!(disk.take_due(at(1000)).is_some() && !disk.is_restless(at(1000)));
    }
}
