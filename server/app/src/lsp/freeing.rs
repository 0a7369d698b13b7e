//! Large states are freed beside the writer, and what they took is given back to the system.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Memory is given back once nothing large was freed for so long: while the workspace is read, it is needed again at once.
const CALM: Duration = Duration::from_secs(1);

/// How many large things were freed.
static FREED: AtomicUsize = AtomicUsize::new(0);

/// Frees what is large beside the writer.
pub(super) fn drop_beside<T: Send + 'static>(what: T) {
    let freeing = move || {
        drop(what);
        let own = FREED.fetch_add(1, Ordering::AcqRel) + 1;
        std::thread::sleep(CALM);
        if FREED.load(Ordering::Acquire) == own {
            give_back();
        }
    };
    let thread = std::thread::Builder::new().name("freeing".to_owned());
    // Without a thread it is freed here.
    let _ = thread.spawn(freeing);
}

/// Of glibc's allocator a third of what a server of 100,000 files holds are free pages between small pieces, most of them in
/// the arenas of the readers' threads, which it gives back only when asked.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "the allocator of C is asked for something")]
fn give_back() {
    // SAFETY: it takes a number, may be called at any time from any thread, and touches free memory only.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// Other allocators do it by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn give_back() {}
