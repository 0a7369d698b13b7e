use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::Lane;
use crate::lsp::courtesy::Courtesy;

fn lane() -> (Lane<u32>, Receiver<()>) {
    let (tell, rung) = channel();
    let ring = move || {
        let _ = tell.send(());
    };
    let lane = Lane::new("test", ring, &Courtesy::default());
    (lane, rung)
}

fn wait(rung: &Receiver<()>) {
    rung.recv_timeout(Duration::from_secs(60)).unwrap();
}

#[test]
fn an_answer_comes_once_with_a_ring() {
    let (mut lane, rung) = lane();
    assert_eq!(lane.answer(), None);
    lane.start(|_| Some(1));
    wait(&rung);
    assert_eq!(lane.answer(), Some(1));
    assert_eq!(lane.answer(), None);
}

#[test]
fn newer_work_stops_older_work_and_only_its_answer_counts() {
    let (mut lane, rung) = lane();
    let (began, beginning) = channel();
    lane.start(move |cancelled| {
        began.send(()).unwrap();
        while !cancelled() {
            std::thread::yield_now();
        }
        // Work that ends before it notices still must not be heard.
        Some(1)
    });
    beginning.recv_timeout(Duration::from_secs(60)).unwrap();
    lane.start(|_| Some(2));
    wait(&rung);
    wait(&rung);
    assert_eq!(lane.answer(), Some(2));
    assert_eq!(lane.answer(), None);
}

#[test]
fn stopped_work_is_not_heard_even_when_it_was_done() {
    let (mut lane, rung) = lane();
    lane.start(|_| Some(1));
    wait(&rung);
    lane.stop();
    assert_eq!(lane.answer(), None);
}

#[test]
fn a_defect_costs_one_answer() {
    let (mut lane, rung) = lane();
    let (broke, breaking) = channel::<()>();
    lane.start(move |_| {
        let _broke = broke;
        panic!("asked to break")
    });
    // Dropped with the closure: the thread has handled it.
    assert!(breaking.recv_timeout(Duration::from_secs(60)).is_err());
    lane.start(|_| Some(3));
    wait(&rung);
    assert_eq!(lane.answer(), Some(3));
}

#[cfg(target_os = "linux")]
#[test]
fn slow_work_and_the_threads_it_starts_come_last() {
    let priority = || rustix::process::getpriority_process(None).unwrap();
    let before = priority();
    let (mut lane, rung) = lane();
    lane.start_at_once(move |_| {
        let started = std::thread::spawn(priority).join().unwrap();
        // The system counts down: a larger number comes later.
        (priority() > before && started > before).then_some(1)
    });
    wait(&rung);
    assert_eq!(lane.answer(), Some(1));
    assert_eq!(priority(), before, "others are as they were");
}
