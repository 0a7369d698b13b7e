//! What a running process has cost so far, where Linux says so.

use std::time::Duration;

/// User and system seconds, in hundredths.
pub(crate) fn cpu(process: &str) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The program's name stands in parentheses and may hold anything; `utime` and `stime` are fields 14 and 15.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11);
    let user: f64 = times.next()?.parse().ok()?;
    let system: f64 = times.next()?.parse().ok()?;
    Some((user + system) / 100.0)
}

/// A figure of `/proc/PID/status`, in bytes: `RssAnon`, `VmHWM`.
pub(crate) fn memory(process: u32, figure: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(figure));
    let kilobytes: f64 = line?
        .trim_matches([':', ' ', '\t', 'k', 'B'])
        .parse()
        .ok()?;
    Some(kilobytes * 1024.0)
}

/// Waits until a process has done nothing for a second, two minutes at most.
pub(crate) fn settle(process: u32) {
    let name = process.to_string();
    let (mut last, mut quiet) = (None, 0);
    for _ in 0..480 {
        std::thread::sleep(Duration::from_millis(250));
        let now = cpu(&name);
        let idle = now
            .zip(last)
            .is_none_or(|(now, last): (f64, f64)| now - last < 0.015);
        quiet = if idle { quiet + 1 } else { 0 };
        last = now;
        if quiet == 5 {
            return;
        }
    }
}
