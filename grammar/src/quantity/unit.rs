//! Units, and the words for them.

use serde::{Deserialize, Serialize};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// Nanoseconds.
    Nanosecond,
    /// Microseconds.
    Microsecond,
    /// Milliseconds.
    Millisecond,
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days of 24 hours.
    Day,
    /// Weeks.
    Week,
    /// Bytes.
    Byte,
    /// 1,000 bytes.
    Kilobyte,
    /// 1,024 bytes.
    Kibibyte,
    /// 1,000,000 bytes.
    Megabyte,
    /// 1,024 kibibytes.
    Mebibyte,
    /// 1,000 megabytes.
    Gigabyte,
    /// 1,024 mebibytes.
    Gibibyte,
    /// 1,000 gigabytes.
    Terabyte,
    /// 1,024 gibibytes.
    Tebibyte,
    /// Hundredths.
    Percent,
    /// A measure that is not converted: months, metres, pixels.
    Other,
}

/// What units are converted within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Durations.
    Time,
    /// Sizes in bytes.
    Data,
    /// Shares.
    Share,
    /// Nothing is known of it.
    Other,
}

use Unit::{
    Byte, Day, Gibibyte, Gigabyte, Hour, Kibibyte, Kilobyte, Mebibyte, Megabyte, Microsecond,
    Millisecond, Minute, Nanosecond, Other, Percent, Second, Tebibyte, Terabyte, Week,
};

const TIMES: [Unit; 8] = [
    Nanosecond,
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
];
const SIZES: [Unit; 9] = [
    Byte, Kilobyte, Kibibyte, Megabyte, Mebibyte, Gigabyte, Gibibyte, Terabyte, Tebibyte,
];

/// Words and signs as prose writes them, in small letters unless that is another unit.
const WORDS: &[(&[&str], Unit)] = &[
    (&["ns", "nanosecond", "nanoseconds", "nanos"], Nanosecond),
    (
        &["us", "µs", "μs", "microsecond", "microseconds", "micros"],
        Microsecond,
    ),
    (
        &[
            "ms",
            "msec",
            "msecs",
            "millisecond",
            "milliseconds",
            "millis",
            "ミリ秒",
            "毫秒",
            "밀리초",
        ],
        Millisecond,
    ),
    (
        &[
            "s", "sec", "secs", "second", "seconds", "秒", "秒間", "秒钟", "秒鐘", "초",
        ],
        Second,
    ),
    (
        &[
            "min", "mins", "minute", "minutes", "分", "分間", "分钟", "分鐘", "분",
        ],
        Minute,
    ),
    (
        &[
            "h", "hr", "hrs", "hour", "hours", "時間", "小时", "小時", "시간",
        ],
        Hour,
    ),
    (&["d", "day", "days", "日", "日間", "天", "일"], Day),
    (
        &["week", "weeks", "wk", "wks", "週間", "周", "週", "주"],
        Week,
    ),
    (&["b", "byte", "bytes", "octets", "バイト", "字节"], Byte),
    (&["kb", "kilobyte", "kilobytes"], Kilobyte),
    (&["kib", "kibibyte", "kibibytes"], Kibibyte),
    (&["mb", "megabyte", "megabytes"], Megabyte),
    (&["mib", "mebibyte", "mebibytes"], Mebibyte),
    (&["gb", "gigabyte", "gigabytes"], Gigabyte),
    (&["gib", "gibibyte", "gibibytes"], Gibibyte),
    (&["tb", "terabyte", "terabytes"], Terabyte),
    (&["tib", "tebibyte", "tebibytes"], Tebibyte),
    (&["%", "％", "percent", "per cent", "パーセント"], Percent),
    (
        &[
            "month",
            "months",
            "quarter",
            "quarters",
            "year",
            "years",
            "か月",
            "ヶ月",
            "ヵ月",
            "个月",
            "年",
            "metre",
            "metres",
            "meter",
            "meters",
            "km",
            "kilometre",
            "kilometres",
            "kilometer",
            "kilometers",
            "mile",
            "miles",
            "inch",
            "inches",
            "foot",
            "feet",
            "yard",
            "yards",
            "gram",
            "grams",
            "kilogram",
            "kilograms",
            "kilo",
            "kilos",
            "pound",
            "pounds",
            "ton",
            "tons",
            "tonne",
            "tonnes",
            "litre",
            "litres",
            "liter",
            "liters",
            "degree",
            "degrees",
            "celsius",
            "fahrenheit",
            "pixel",
            "pixels",
            "point",
            "points",
            "dot",
            "dots",
            "frame",
            "frames",
            "tick",
            "ticks",
            "cycle",
            "cycles",
            "bit",
            "bits",
            "kbit",
            "mbit",
            "kbps",
            "mbps",
            "gbps",
            "hertz",
            "watt",
            "watts",
            "volt",
            "volts",
            "euro",
            "euros",
            "dollar",
            "dollars",
            "cent",
            "cents",
            "yen",
            "decade",
            "decades",
            "dozen",
            "thousand",
            "million",
            "billion",
            "hundred",
        ],
        Other,
    ),
];

impl Unit {
    /// What it is converted within.
    #[must_use]
    pub fn dimension(self) -> Dimension {
        match self {
            Nanosecond | Microsecond | Millisecond | Second | Minute | Hour | Day | Week => {
                Dimension::Time
            }
            Percent => Dimension::Share,
            Other => Dimension::Other,
            _ => Dimension::Data,
        }
    }

    /// How many of the smallest unit of its dimension it is.
    pub(super) fn factor(self) -> Option<i128> {
        const SECOND: i128 = 1_000_000_000;
        Some(match self {
            Nanosecond | Byte | Percent => 1,
            Microsecond | Kilobyte => 1_000,
            Millisecond | Megabyte => 1_000_000,
            Second => SECOND,
            Minute => 60 * SECOND,
            Hour => 3_600 * SECOND,
            Day => 86_400 * SECOND,
            Week => 7 * 86_400 * SECOND,
            Kibibyte => 1 << 10,
            Mebibyte => 1 << 20,
            Gigabyte => 1_000_000_000,
            Gibibyte => 1 << 30,
            Terabyte => 1_000_000_000_000,
            Tebibyte => 1 << 40,
            Other => return None,
        })
    }

    /// What may be meant by it: `MB` is often written for mebibytes.
    pub(super) fn readings(self) -> impl Iterator<Item = Self> {
        let wide = match self {
            Kilobyte => Some(Kibibyte),
            Megabyte => Some(Mebibyte),
            Gigabyte => Some(Gibibyte),
            Terabyte => Some(Tebibyte),
            _ => None,
        };
        [Some(self), wide].into_iter().flatten()
    }

    /// All units of its dimension; `None` where they are not known.
    pub(super) fn siblings(self) -> Option<&'static [Self]> {
        match self.dimension() {
            Dimension::Time => Some(&TIMES),
            Dimension::Data => Some(&SIZES),
            Dimension::Share | Dimension::Other => None,
        }
    }

    /// As it is abbreviated: `ms`, `MiB`; empty for one that is not converted.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Nanosecond => "ns",
            Microsecond => "µs",
            Millisecond => "ms",
            Second => "s",
            Minute => "min",
            Hour => "h",
            Day => "days",
            Week => "weeks",
            Byte => "bytes",
            Kilobyte => "KB",
            Kibibyte => "KiB",
            Megabyte => "MB",
            Mebibyte => "MiB",
            Gigabyte => "GB",
            Gibibyte => "GiB",
            Terabyte => "TB",
            Tebibyte => "TiB",
            Percent => "%",
            Other => "",
        }
    }

    /// The unit of a word of prose or of a program.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        let small = word.to_lowercase();
        let known = WORDS
            .iter()
            .find(|(words, _)| words.contains(&small.as_str()));
        if let Some((_, unit)) = known {
            return Some(*unit);
        }
        // Signs of measures that nobody counts in: `kg`, `px`, `USD`.
        (word.is_ascii() && word.len() <= 3).then_some(Other)
    }

    /// The unit that a text begins with which is written without blanks, and its length: `秒` of `秒以内`.
    pub(super) fn of_script(text: &str) -> Option<(Self, usize)> {
        let all = WORDS.iter().flat_map(|(words, unit)| {
            let script = words.iter().filter(|word| !word.is_ascii());
            script.map(move |word| (*word, *unit))
        });
        let begun = all.filter(|(word, _)| text.starts_with(word));
        let longest = begun.max_by_key(|(word, _)| word.len())?;
        Some((longest.1, longest.0.len()))
    }

    /// The unit that a duration type of a program is named after: `secs`, `Seconds`, `mins`.
    #[must_use]
    pub fn of_call(name: &str) -> Option<Self> {
        let small = name.to_lowercase();
        let (_, unit) = WORDS
            .iter()
            .find(|(words, _)| words.contains(&small.as_str()))?;
        // One letter names anything in a program.
        (small.len() > 1 && *unit != Other).then_some(*unit)
    }
}

/// See [`super::Quantity::unit_of_name`].
pub(super) fn of_name(name: &str) -> Option<Unit> {
    let parts = parts(name);
    let last = parts.last()?;
    let unit = match last.as_str() {
        "ms" | "msec" | "msecs" | "millis" | "millisecond" | "milliseconds" => Millisecond,
        "us" | "usec" | "micros" | "microseconds" => Microsecond,
        "ns" | "nsec" | "nanos" | "nanoseconds" => Nanosecond,
        "s" | "sec" | "secs" | "second" | "seconds" => Second,
        // `LENGTH_MIN` is the least length.
        "mins" | "minute" | "minutes" => Minute,
        "hr" | "hrs" | "hour" | "hours" => Hour,
        "day" | "days" => Day,
        "week" | "weeks" => Week,
        "byte" | "bytes" => Byte,
        "kb" => Kilobyte,
        "kib" => Kibibyte,
        "mb" => Megabyte,
        "mib" => Mebibyte,
        "gb" => Gigabyte,
        "gib" => Gibibyte,
        "pct" | "percent" | "percentage" => Percent,
        _ => return None,
    };
    // `REQUESTS_PER_MINUTE` counts requests; `MIN` alone is the least.
    let before = parts.len().checked_sub(2).map(|at| parts[at].as_str());
    match before {
        None | Some("per" | "each" | "every") => None,
        Some(_) => Some(unit),
    }
}

/// The words of a name, in small letters.
fn parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before = '_';
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        let next_small = chars.peek().is_some_and(char::is_ascii_lowercase);
        let begins = c.is_uppercase()
            && (before.is_lowercase()
                || before.is_ascii_digit()
                || before.is_uppercase() && next_small);
        if (!c.is_alphanumeric() || begins) && !word.is_empty() {
            parts.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    if !word.is_empty() {
        parts.push(word);
    }
    parts
}
