//! What constants, settings and enumerations hold.
#![expect(clippy::expect_used, reason = "a test may panic")]

use code::{Held, HeldValue};
use proptest::prelude::*;

fn facts(path: &str, text: &str) -> Vec<Held> {
    let facts = match code::read_settings(path, text) {
        Some(facts) => facts,
        None => code::read_path(path, text, &|| false).expect("a source file"),
    };
    facts.held
}

/// `name = value` of each that is held.
fn held(path: &str, text: &str) -> Vec<String> {
    let all = facts(path, text).into_iter().map(|each| match &each.value {
        HeldValue::Quantity(quantity) => {
            let unit = quantity.unit.map_or("", grammar::Unit::sign);
            let line = format!("{} = {} {unit}", each.name, quantity.number);
            format!("{} [{}]", line.trim_end(), text::slice(text, each.range))
        }
        HeldValue::List(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| match item.values.as_slice() {
                    [] => item.name.to_string(),
                    values => format!("{}({})", item.name, values.join(" ")),
                })
                .collect();
            format!("{} = {}", each.name, items.join(" | "))
        }
    });
    all.collect()
}

#[test]
fn rust() {
    let text = r#"
pub const TIMEOUT: Duration = Duration::from_secs(60);
const WAIT_MS: u64 = 30 * 1_000;
static RETRIES: u32 = 3; // times
const LIMIT: usize = 10 * 1024 * 1024;
const HALF: f64 = 0.05;
const LATE: Duration = Duration::from_millis(WAIT_MS);
const MADE: u32 = compute(3);
const STATES: [&str; 2] = ["draft", "sent"];
#[derive(Serialize)]
pub enum Status { Draft, #[serde(rename = "sent-out")] Sent, Paid = 3 }
struct Limits; impl Limits { const MAX: u8 = 9; }
"#;
    assert_eq!(
        held("a.rs", text),
        [
            "TIMEOUT = 60 s [Duration::from_secs(60)]",
            "WAIT_MS = 30000 ms [30 * 1_000]",
            "RETRIES = 3 [3]",
            "LIMIT = 10485760 [10 * 1024 * 1024]",
            "HALF = 0.05 [0.05]",
            "STATES = draft | sent",
            "Status = Draft | Sent(sent-out) | Paid(3)",
            "Status.Paid = 3 [3]",
            "Limits.MAX = 9 [9]",
        ]
    );
}

#[test]
fn typescript() {
    let text = r#"
export const TIMEOUT = 30_000;
export const timeoutMs = Number(process.env.TIMEOUT_MS ?? 30000);
const SECOND = 1000;
export const CACHE_TTL = 5 * 60 * SECOND;
const PORT = parseInt(process.env.PORT || "8080", 10);
export const CONFIG = { login: { maxAttempts: 5, lockMinutes: 15 }, late: load() } as const;
export type Status = 'draft' | 'sent' | "paid";
export type Wide = string | number;
export const STATUSES = ['draft', 'sent'] as const;
export enum Kind { Small = 'small', Big = 'big' }
export const Codes = Object.freeze({ NOT_FOUND: 404, GONE: 410 });
const schema = z.enum(["a", "b"]);
const late = new Promise((r) => setTimeout(r, 30));
"#;
    assert_eq!(
        held("a.ts", text),
        [
            "TIMEOUT = 30000 [30_000]",
            "timeoutMs = 30000 ms [Number(process.env.TIMEOUT_MS ?? 30000)]",
            "SECOND = 1000 [1000]",
            "CACHE_TTL = 300000 [5 * 60 * SECOND]",
            "PORT = 8080 [parseInt(process.env.PORT || \"8080\", 10)]",
            "CONFIG = login(5 15) | late",
            "CONFIG.login.maxAttempts = 5 [5]",
            "CONFIG.login.lockMinutes = 15 min [15]",
            "Status = draft | sent | paid",
            "STATUSES = draft | sent",
            "Kind = Small(small) | Big(big)",
            "Codes = NOT_FOUND(404) | GONE(410)",
            "Codes.NOT_FOUND = 404 [404]",
            "Codes.GONE = 410 [410]",
            "schema = a | b",
        ]
    );
}

#[test]
fn python() {
    let text = r#"
TIMEOUT = timedelta(minutes=5)
RETENTION_DAYS: int = 90  # days
LIMIT = int(os.getenv("LIMIT", "30"))
WAIT = os.environ.get("WAIT", 15)
DEFAULTS = {"timeout": 30, "retry": {"max_attempts": 3}}
STATUSES = ("draft", "sent")
CHOICES = [("d", "Draft"), ("s", "Sent")]
class Status(str, Enum):
    DRAFT = "draft"
    SENT = "sent"
class Settings(BaseSettings):
    timeout_seconds: int = Field(default=30, ge=1)
    name: str
"#;
    assert_eq!(
        held("a.py", text),
        [
            "TIMEOUT = 5 min [timedelta(minutes=5)]",
            "RETENTION_DAYS = 90 days [90]",
            "LIMIT = 30 [int(os.getenv(\"LIMIT\", \"30\"))]",
            "WAIT = 15 [os.environ.get(\"WAIT\", 15)]",
            "DEFAULTS = timeout(30) | retry(max_attempts 3)",
            "DEFAULTS.timeout = 30 [30]",
            "DEFAULTS.retry.max_attempts = 3 [3]",
            "STATUSES = draft | sent",
            "CHOICES = d(Draft) | s(Sent)",
            "Status = DRAFT(draft) | SENT(sent)",
            "Settings.timeout_seconds = 30 s [Field(default=30, ge=1)]",
        ]
    );
}

#[test]
fn go() {
    let text = "package a\n\nconst Timeout = 5 * time.Minute\n\nvar Retries = 3\n\ntype Status string\n\nconst (\n\tStatusDraft Status = \"draft\"\n\tStatusSent  Status = \"sent\"\n)\n\nvar Codes = []string{\"a\", \"b\"}\nvar ByName = map[string]int{\"x\": 1, \"y\": 2}\n\nconst Wait = time.Duration(30) * time.Second\n";
    assert_eq!(
        held("a.go", text),
        [
            "Timeout = 5 min [5 * time.Minute]",
            "Retries = 3 [3]",
            "Status = StatusDraft(draft Draft) | StatusSent(sent Sent)",
            "Codes = a | b",
            "ByName = x(1) | y(2)",
            "ByName.x = 1 [1]",
            "ByName.y = 2 [2]",
            "Wait = 30 s [time.Duration(30) * time.Second]",
        ]
    );
}

#[test]
fn java_and_its_kin() {
    let text = "class A {\n  static final Duration TIMEOUT = Duration.ofSeconds(30);\n  static final long WAIT_MS = TimeUnit.SECONDS.toMillis(30);\n  private static final int MAX = 5;\n}\nenum Status { DRAFT(\"draft\"), SENT(\"sent\"); Status(String s) {} }\n";
    assert_eq!(
        held("A.java", text),
        [
            "A.TIMEOUT = 30 s [Duration.ofSeconds(30)]",
            "A.WAIT_MS = 30000 ms [TimeUnit.SECONDS.toMillis(30)]",
            "A.MAX = 5 [5]",
            "Status = DRAFT(draft) | SENT(sent)",
        ]
    );
    let text = "const val RETRIES = 3\nval TIMEOUT = 30.seconds\nobject Limits {\n  const val MAX_BYTES = 5L * 1024 * 1024\n}\nenum class Status { DRAFT, SENT }\n";
    assert_eq!(
        held("A.kt", text),
        [
            "RETRIES = 3 [3]",
            "TIMEOUT = 30 s [30.seconds]",
            "Limits.MAX_BYTES = 5242880 bytes [5L * 1024 * 1024]",
            "Status = DRAFT | SENT",
        ]
    );
    let text = "class A {\n  const int Retries = 3;\n  static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);\n  public int MaxItems { get; set; } = 50;\n}\nenum Status { Draft, Sent = 2 }\n";
    assert_eq!(
        held("A.cs", text),
        [
            "A.Retries = 3 [3]",
            "A.Timeout = 30 s [TimeSpan.FromSeconds(30)]",
            "A.MaxItems = 50 [50]",
            "Status = Draft | Sent(2)",
            "Status.Sent = 2 [2]",
        ]
    );
}

#[test]
fn other_languages() {
    for (path, text, expected) in [
        (
            "a.rb",
            "TIMEOUT = 30.seconds\nSTATES = %w[draft sent].freeze\nMAX = 5\n",
            vec![
                "TIMEOUT = 30 s [30.seconds]",
                "STATES = draft | sent",
                "MAX = 5 [5]",
            ],
        ),
        (
            "a.php",
            "<?php\nconst MAX = 5;\nclass A { const TIMEOUT_MS = 30 * 1000; }\ndefine('WAIT', 30);\n",
            vec![
                "MAX = 5 [5]",
                "A.TIMEOUT_MS = 30000 ms [30 * 1000]",
                "WAIT = 30 [30]",
            ],
        ),
        (
            "a.swift",
            "let timeout: TimeInterval = 30\nenum Status: String { case draft, sent = \"out\" }\n",
            vec!["timeout = 30 s [30]", "Status = draft | sent(out)"],
        ),
        (
            "a.scala",
            "object Limits {\n  val Timeout = 30.seconds\n  val Max = 5\n}\n",
            vec!["Limits.Timeout = 30 s [30.seconds]", "Limits.Max = 5 [5]"],
        ),
        (
            "a.c",
            "#define MAX_ITEMS 30\nstatic const int wait_ms = 200;\nenum state { OPEN, SHUT = 4 };\n",
            vec![
                "MAX_ITEMS = 30 [30]",
                "wait_ms = 200 ms [200]",
                "state = OPEN | SHUT(4)",
            ],
        ),
        (
            "a.cpp",
            "constexpr auto kTimeout = std::chrono::seconds(30);\nconstexpr auto kWait = 200ms;\n",
            vec![
                "kTimeout = 30 s [std::chrono::seconds(30)]",
                "kWait = 200 ms [200ms]",
            ],
        ),
        (
            "a.sh",
            "RETRIES=3\nTIMEOUT=\"${TIMEOUT:-30}\"\n",
            vec!["RETRIES = 3 [3]", "TIMEOUT = 30 [\"${TIMEOUT:-30}\"]"],
        ),
        (
            "a.tf",
            "variable \"timeout_seconds\" {\n  type    = number\n  default = 30\n}\nlocals {\n  retries = 3\n}\n",
            vec![
                "variable.timeout_seconds = 30 s [30]",
                "locals.retries = 3 [3]",
            ],
        ),
        (
            "a.sql",
            "CREATE TYPE status AS ENUM ('draft', 'sent');\n",
            vec!["status = draft(draft) | sent(sent)"],
        ),
    ] {
        let found: Vec<String> = held(path, text)
            .into_iter()
            .filter(|line| !line.starts_with("state.") && !line.starts_with("SHUT"))
            .collect();
        assert_eq!(found, expected, "{path}");
    }
}

#[test]
fn what_is_computed_is_not_held() {
    for (path, text) in [
        (
            "a.rs",
            "const A: u32 = 3 + other();\nconst B: u32 = if X { 3 } else { 4 };\nconst C: u32 = OTHER * 3;\n",
        ),
        (
            "a.ts",
            "const a = 30 > x ? 1 : 2;\nconst b = [1, f()];\nconst c = `30 ${x}`;\nconst d = config.timeout ?? 30;\n",
        ),
        (
            "a.py",
            "A = 30 if x else 60\nB = max(30, 60)\nC = 2 ** 8\nD = 7 // 2\n",
        ),
        ("a.go", "package a\n\nvar a = f(30)\n"),
    ] {
        assert_eq!(held(path, text), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn settings() {
    let yaml = "server:\n  timeout: 30s\n  max-attempts: 5 # times\n  limits:\n    upload: \"10MB\"\n  wait: ${WAIT:15}\n  name: api\nstates: [draft, sent]\n";
    assert_eq!(
        held("config/app.yaml", yaml),
        [
            "server = ",
            "server.timeout = 30 s [30s]",
            "server.max-attempts = 5 [5]",
            "server.limits = ",
            "server.limits.upload = 10 MB [10MB]",
            "server.wait = 15 [${WAIT:15}]",
            "server.name = ",
            "states = draft | sent",
        ]
    );
    assert_eq!(
        held(
            "a.toml",
            "[server]\ntimeout_ms = 30_000\nmode = \"fast\"\nstates = [\"a\", \"b\"]\n"
        ),
        [
            "server = ",
            "server.mode = ",
            "server.states = a | b",
            "server.timeout_ms = 30000 ms [30_000]",
        ]
    );
    assert_eq!(
        held("a.json", "{\"server\": {\"timeoutMs\": 30000}}"),
        ["server = ", "server.timeoutMs = 30000 ms [30000]"]
    );
    assert_eq!(
        held(
            ".env.example",
            "# wait\nRETENTION_DAYS=90\nexport NAME='x y'\nLIMIT=5 # five\n"
        ),
        ["RETENTION_DAYS = 90 days [90]", "NAME = ", "LIMIT = 5 [5]"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_text_is_read(path in "a\\.(rs|ts|py|go|java|kt|cs|rb|php|swift|scala|c|sh|tf|sql|yaml|toml|json|env)", text in "(const |let |X|T| |=|:|[0-9]{1,3}|\\(|\\)|\\[|\\]|\\{|\\}|\"|'|,|;|\n|é|env|Duration|::|\\.|\\*|enum |type |\\||#|//|<<|\\$\\{|:-|\\}){0,60}") {
        for each in facts(&path, &text) {
            prop_assert!(text.get(std::ops::Range::<usize>::from(each.range)).is_some());
            prop_assert!(text.get(std::ops::Range::<usize>::from(each.name_range)).is_some());
            if let HeldValue::List(items) = each.value {
                for item in items {
                    prop_assert!(text.get(std::ops::Range::<usize>::from(item.range)).is_some());
                }
            }
        }
    }
}
