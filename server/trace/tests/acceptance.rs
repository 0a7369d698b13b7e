//! What was accepted stays accepted as long as nothing that counts changes, and nothing else does.

use std::sync::Arc;

use proptest::prelude::*;
use text::apply;
use trace::{
    Accepting, Change, CodeStanding, Fate, Graph, History, LOCK_FILE, LockFile, Planned, Whither,
};

const SPEC: &str = "specs/001-auth/spec.md";
const TASKS: &str = "specs/001-auth/tasks.md";
const SESSION: &str = "src/session.rs";
const TOKENS: &str = "src/auth/tokens.rs";

const SPEC_TEXT: &str = "\
### User Story 1 - Login (Priority: P1)

A user logs in.

1. **Given** a user, **When** the password fits, **Then** a session begins
2. **Given** a user, **When** the password is wrong, **Then** nothing happens

## Requirements

- **FR-001**: System MUST create a session for 30 minutes.
- **FR-002**: System MUST verify tokens.
- **FR-003**: System MUST write a report.
";

const TASKS_TEXT: &str = "\
## Phase 1: User Story 1 - Login

- [x] T001 [US1] Add `Session` in `src/session.rs` (FR-001)

## Phase 2: Polish

- [x] T002 Add `verify` in `src/auth/tokens.rs` (FR-002)
- [x] T003 Report in `docs/report.txt` (FR-003)
";

const SESSION_TEXT: &str = "\
pub struct Session {
    pub minutes: u32,
}

/// FR-001 of specs/001-auth
pub fn create(minutes: u32) -> Session {
    let lasting = minutes.max(1);
    Session { minutes: lasting }
}
";

const TOKENS_TEXT: &str = "\
pub fn verify(token: &str) -> bool {
    let known = token.starts_with(\"key-\");
    known && token.len() > 12
}

pub fn other() {}
";

/// A workspace as text.
#[derive(Clone)]
struct World(Vec<(String, String)>);

impl World {
    fn new() -> Self {
        let files = [
            (SPEC, SPEC_TEXT),
            (TASKS, TASKS_TEXT),
            (SESSION, SESSION_TEXT),
            (TOKENS, TOKENS_TEXT),
            ("docs/report.txt", "all is well\n"),
        ];
        Self(
            files
                .map(|(path, text)| (path.to_owned(), text.to_owned()))
                .to_vec(),
        )
    }

    fn accepted() -> Self {
        let mut world = Self::new();
        world.accept(|_| true, "read");
        world
    }

    fn graph(&self) -> Graph {
        self.graph_with(History::default())
    }

    fn graph_with(&self, history: History) -> Graph {
        let mut inputs = fixture::inputs(&self.0);
        inputs.history = Arc::new(history);
        Graph::new(inputs)
    }

    fn text(&mut self, path: &str) -> &mut String {
        if !self.0.iter().any(|(own, _)| own == path) {
            self.0.push((path.to_owned(), String::new()));
        }
        let found = self.0.iter_mut().find(|(own, _)| own == path);
        &mut found.unwrap_or_else(|| panic!("{path}")).1
    }

    fn change(mut self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path);
        assert!(text.contains(from), "{path} has no {from:?}:\n{text}");
        *text = text.replace(from, to);
        self
    }

    fn moved(mut self, from: &str, to: &str) -> Self {
        for (path, _) in &mut self.0 {
            if let Some(rest) = path.strip_prefix(from) {
                *path = format!("{to}{rest}");
            }
        }
        self
    }

    /// Accepts the items whose address fits; gives how many links are news.
    fn accept(&mut self, fits: impl Fn(&str) -> bool, reason: &str) -> usize {
        let graph = self.graph();
        let mut items = Vec::new();
        for feature in graph.features() {
            let own = graph.acceptable_items(feature).into_iter();
            items.extend(
                own.filter(|item| feature.key(*item).is_some_and(|key| fits(&key.to_string()))),
            );
        }
        let plans = graph.accept(Accepting {
            items: &items,
            reason,
            prune: false,
        });
        let mut news = 0;
        for plan in plans {
            assert_eq!(plan.path, LOCK_FILE);
            let links = plan.items.iter().flat_map(|item| &item.links);
            news += links
                .filter(|link| !matches!(link.what, Planned::Kept | Planned::Unknown(_)))
                .count();
            let after = apply(&plan.before, &plan.edits).unwrap_or_default();
            *self.text(LOCK_FILE) = after;
        }
        news
    }

    fn lock(&mut self) -> String {
        self.text(LOCK_FILE).clone()
    }

    /// What does not hold any more: address, whether the text does, targets with what they are now.
    fn suspects(&self) -> Vec<String> {
        suspects(&self.graph())
    }
}

fn suspects(graph: &Graph) -> Vec<String> {
    let mut said = Vec::new();
    for feature in graph.features() {
        for item in &feature.accepted.items {
            let address = feature
                .key(item.item)
                .map_or_else(String::new, |key| key.to_string());
            for link in item.links.iter().filter(|link| !link.is_fresh()) {
                let code = match &link.code {
                    CodeStanding::Same(_) => "same".to_owned(),
                    CodeStanding::Signature(_) => "signature".to_owned(),
                    CodeStanding::Body(_) => "body".to_owned(),
                    CodeStanding::Gone(Whither::Undeclared { renamed, .. }) => match renamed {
                        Some((_, name)) => format!("gone to {name}"),
                        None => "gone".to_owned(),
                    },
                    CodeStanding::Gone(Whither::File(fate)) => format!("{fate:?}"),
                    CodeStanding::Unknown(why) => format!("unknown: {why}"),
                };
                let text = if link.text { "text" } else { "TEXT" };
                said.push(format!("{address} {} {text} {code}", link.target));
            }
        }
        said.extend(
            feature
                .accepted
                .dead
                .iter()
                .map(|_| format!("{} dead", feature.path)),
        );
    }
    said
}

const NONE: [&str; 0] = [];

#[test]
fn accepting_writes_what_documents_and_sources_link() {
    let mut world = World::accepted();
    let lock = world.lock();
    let mut targets: Vec<String> = lock
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let fields: Vec<&str> = line.split(' ').collect();
            format!("{} {}", fields[1], fields[3])
        })
        .collect();
    targets.sort();
    assert_eq!(
        targets,
        [
            "specs/001-auth#FR-001 src/session.rs#Session",
            "specs/001-auth#FR-001 src/session.rs#create",
            "specs/001-auth#FR-002 src/auth/tokens.rs#verify",
            "specs/001-auth#FR-003 docs/report.txt",
            "specs/001-auth#US1 src/session.rs#Session",
        ]
    );
    assert_eq!(world.suspects(), NONE);
    assert_eq!(world.accept(|_| true, "again"), 0);
    assert_eq!(world.lock(), lock, "nothing is written twice");
}

#[test]
fn formatting_and_renumbering_change_nothing() {
    let world = World::accepted()
        .change(
            SPEC,
            "- **FR-001**: System MUST create a session for 30 minutes.",
            "* __FR-011__: System **MUST** create\n  a session for 30 minutes.",
        )
        .change(SPEC, "- **FR-002**", "- **FR-001**")
        .change(SPEC, "1. **Given**", "5. **Given**")
        .change(TASKS, "- [x] T001", "- [ ] T001")
        .change(SESSION, "minutes.max(1)", "minutes  .max( 1 )");
    assert_eq!(world.suspects(), NONE);
}

#[test]
fn the_criteria_of_kiro_are_known_by_their_text() {
    let requirements = ".kiro/specs/mail/requirements.md";
    let mut world = World(vec![
        (
            requirements.to_owned(),
            "### Requirement 1: Send\n\n#### Acceptance Criteria\n\n1. WHEN asked THEN THE SYSTEM SHALL send\n2. WHEN tired THEN THE SYSTEM SHALL wait\n".to_owned(),
        ),
        (
            ".kiro/specs/mail/tasks.md".to_owned(),
            "- [x] 1. Add `send` in `src/mail.rs`\n  - _Requirements: 1.1_\n- [x] 2. Add `wait` in `src/mail.rs`\n  - _Requirements: 1.2_\n".to_owned(),
        ),
        ("src/mail.rs".to_owned(), "pub fn send() { deliver(1) }\npub fn wait() { sleep(2) }\n".to_owned()),
    ]);
    assert!(world.accept(|_| true, "read") >= 2);
    let world = world.change(
        requirements,
        "1. WHEN asked THEN THE SYSTEM SHALL send\n2.",
        "1. WHEN new THEN THE SYSTEM SHALL begin\n2. WHEN asked THEN THE SYSTEM SHALL send\n3.",
    );
    let own: Vec<String> = world
        .suspects()
        .into_iter()
        .filter(|it| it.contains("#1."))
        .collect();
    assert_eq!(own, NONE);
    let graph = world.graph();
    let feature = &graph.features()[0];
    let known: Vec<String> = feature
        .accepted
        .items
        .iter()
        .map(|item| feature.key(item.item).expect("it has one").key.join("/"))
        .collect();
    assert!(
        known.contains(&"1.2".to_owned()) && known.contains(&"1.3".to_owned()),
        "{known:?}"
    );
    assert!(!known.contains(&"1.1".to_owned()), "{known:?}");
}

#[test]
fn what_changes_is_told_apart() {
    let world = World::accepted;
    assert_eq!(
        world()
            .change(SPEC, "verify tokens", "verify no tokens")
            .suspects(),
        ["specs/001-auth#FR-002 src/auth/tokens.rs#verify TEXT same"]
    );
    assert_eq!(
        world()
            .change(
                TOKENS,
                "verify(token: &str)",
                "verify(token: &str, scope: u8)"
            )
            .suspects(),
        ["specs/001-auth#FR-002 src/auth/tokens.rs#verify text signature"]
    );
    assert_eq!(
        world().change(TOKENS, "> 12", "> 16").suspects(),
        ["specs/001-auth#FR-002 src/auth/tokens.rs#verify text body"]
    );
    assert_eq!(
        world().change(TOKENS, "fn verify", "fn check").suspects(),
        ["specs/001-auth#FR-002 src/auth/tokens.rs#verify text gone to check"]
    );
    assert_eq!(
        world()
            .change(TOKENS, TOKENS_TEXT, "pub fn other() {}\n")
            .suspects(),
        ["specs/001-auth#FR-002 src/auth/tokens.rs#verify text gone"]
    );
}

#[test]
fn code_that_moved_is_followed() {
    let world = World::accepted().moved("src/auth/", "lib/access/");
    assert_eq!(world.suspects(), NONE);
    // Out of its file into another.
    let verify = TOKENS_TEXT.split("\n\n").next().expect("it is first");
    let mut world =
        World::accepted()
            .change(TOKENS, verify, "")
            .change(TASKS, "src/auth/tokens.rs", SESSION);
    world.text("src/session.rs").push_str(verify);
    assert_eq!(world.suspects(), NONE);
    let news = world.accept(|_| true, "moved");
    assert_eq!(news, 1);
    assert!(
        world.lock().contains("src/session.rs#verify"),
        "{}",
        world.lock()
    );
    assert!(!world.lock().contains("tokens.rs"), "{}", world.lock());
}

#[test]
fn the_fate_of_a_file_is_asked_of_git() {
    let mut world = World::accepted();
    world.0.retain(|(path, _)| path != TOKENS);
    let said = world.suspects();
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("unknown: git history"), "{said:?}");
    let asked = world.graph().questions().paths;
    let asked = asked
        .into_iter()
        .find(|asked| asked.path == TOKENS)
        .expect("it is asked");
    let mut history = History::default();
    let fate = Fate::Deleted {
        was: TOKENS.into(),
        commit: "abc1234".into(),
    };
    history.fates.insert(asked, fate);
    let said = suspects(&world.graph_with(history));
    assert!(said[0].contains("Deleted"), "{said:?}");
}

#[test]
fn what_cannot_be_parsed_is_unknown() {
    let mut world = World::accepted().change(TOKENS, "> 12", "> 16 ] } {{");
    let said = world.suspects();
    assert!(
        said.iter().all(|each| each.contains("unknown")) && !said.is_empty(),
        "{said:?}"
    );
    let lock = world.lock();
    world.accept(|_| true, "must not");
    assert_eq!(world.lock(), lock, "what is unknown is not accepted");
}

#[test]
fn another_grammar_is_told_by_the_raw_bytes() {
    let of_old = |mut world: World| {
        let lock = world.lock();
        let other: Vec<String> = lock
            .lines()
            .map(|line| {
                let mut fields: Vec<String> = line.split(' ').map(str::to_owned).collect();
                if fields.get(4).is_some_and(|field| field.starts_with("v1:")) {
                    fields[4] = "v0:other".to_owned();
                    fields[5] = "other".to_owned();
                }
                fields.join(" ")
            })
            .collect();
        *world.text(LOCK_FILE) = other.join("\n") + "\n";
        world
    };
    let mut world = of_old(World::accepted());
    assert_eq!(world.suspects(), NONE);
    let stamped = world.accept(|_| true, "upgraded");
    assert_eq!(stamped, 4, "all that have code");
    assert!(!world.lock().contains("v0:"), "{}", world.lock());
    let changed = of_old(World::accepted()).change(TOKENS, "> 12", "> 16");
    let said = changed.suspects();
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("unknown"), "{said:?}");
}

/// What `merge=union` makes of two locks that came from one.
fn union(base: &str, ours: &str, theirs: &str) -> String {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (base, ours, theirs) = (lines(base), lines(ours), lines(theirs));
    let kept = base
        .iter()
        .filter(|line| ours.contains(line) && theirs.contains(line));
    let new = |of: &[String]| {
        of.iter()
            .filter(|line| !base.contains(line))
            .cloned()
            .collect::<Vec<_>>()
    };
    let mut all: Vec<String> = kept.cloned().collect();
    all.extend(new(&theirs));
    all.extend(new(&ours));
    all.join("\n") + "\n"
}

#[test]
fn disjoint_acceptances_merge_and_overlapping_ones_are_suspect() {
    let mut base = World::accepted();
    let text = |world: World| world.change(SPEC, "30 minutes", "45 minutes");
    let code = |world: World| world.change(TOKENS, "> 12", "> 16");
    let (mut ours, mut theirs) = (text(base.clone()), code(base.clone()));
    assert_eq!(ours.accept(|_| true, "ours"), 2);
    assert_eq!(theirs.accept(|_| true, "theirs"), 1);
    let mut merged = code(text(base.clone()));
    *merged.text(LOCK_FILE) = union(&base.lock(), &ours.lock(), &theirs.lock());
    assert_eq!(merged.suspects(), NONE);

    let text = |world: World| world.change(SPEC, "verify tokens", "verify all tokens");
    let mut ours = text(base.clone());
    ours.accept(|_| true, "ours");
    let mut merged = code(text(base.clone()));
    *merged.text(LOCK_FILE) = union(&base.lock(), &ours.lock(), &theirs.lock());
    let said = merged.suspects();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("FR-002"), "{said:?}");
    assert!(merged.accept(|_| true, "both") > 0);
    assert_eq!(merged.suspects(), NONE);
}

#[test]
fn moving_the_feature_or_the_project_keeps_what_was_accepted() {
    let world = World::accepted().moved("specs/001-auth/", "specs/004-login/");
    assert_eq!(world.suspects(), NONE);
    assert_eq!(world.graph().features()[0].accepted.items.len(), 4);
}

/// A change of one file.
#[derive(Debug, Clone)]
enum Act {
    Edit(&'static str, &'static str, &'static str),
    Accept(u8),
    Shuffle,
    Repeat,
    Noise,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        prop::sample::select(vec![
            Act::Edit(SPEC, "30 minutes", "45 minutes"),
            Act::Edit(SPEC, "45 minutes", "30 minutes"),
            Act::Edit(SPEC, "**FR-003**", "**FR-007**"),
            Act::Edit(SPEC, "- **FR-002**: System MUST verify tokens.\n", ""),
            Act::Edit(TASKS, "`verify`", "`other`"),
            Act::Edit(TOKENS, "> 12", "> 16"),
            Act::Edit(TOKENS, "fn verify(token", "fn check(token"),
            Act::Edit(SESSION, "minutes: u32)", "minutes: u64)"),
            Act::Edit(SESSION, "FR-001", "FR-002"),
        ]),
        (0_u8..16).prop_map(Act::Accept),
        Just(Act::Shuffle),
        Just(Act::Repeat),
        Just(Act::Noise),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Incremental equals from scratch, the order and the number of lines mean nothing, and no act loses a byte of what
    /// is no line.
    #[test]
    fn acts_in_any_order(acts in prop::collection::vec(act(), 1..10)) {
        let mut world = World::new();
        world.text(LOCK_FILE);
        let mut graph = world.graph();
        let mut noise = 0;
        for act in acts {
            let path = match act {
                Act::Edit(path, from, to) => {
                    let text = world.text(path);
                    *text = text.replacen(from, to, 1);
                    path
                }
                Act::Accept(which) => {
                    let fits = |address: &str| {
                        let number = address.bytes().last().unwrap_or_default() - b'0';
                        which & (1 << (number % 4)) != 0
                    };
                    world.accept(fits, "read");
                    LOCK_FILE
                }
                Act::Shuffle => {
                    let text = world.text(LOCK_FILE);
                    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                    lines.sort_by_key(|line| line.chars().rev().collect::<String>());
                    *text = lines.into_iter().map(|line| line + "\n").collect();
                    LOCK_FILE
                }
                Act::Repeat => {
                    let text = world.text(LOCK_FILE);
                    let lines = text.split_inclusive('\n');
                    let again: String = lines.filter(|line| !line.starts_with('x')).collect();
                    text.push_str(&again);
                    LOCK_FILE
                }
                Act::Noise => {
                    noise += 1;
                    *world.text(LOCK_FILE) += &["x noise ", &noise.to_string(), "\n"].concat();
                    LOCK_FILE
                }
            };
            let text = world.text(path).clone();
            let file = graph.inputs().tree.files().find(|(.., own)| *own == path).expect("it is there").0;
            let change = if path == LOCK_FILE {
                Change::Lock(file, Some(Arc::new(LockFile::read(text.as_str()))))
            } else if let Some(document) = fixture::document(path, &text) {
                Change::Document(file, Some(document))
            } else {
                let lines = text::LineIndex::new(&text);
                let facts = code::read_path(path, &text, &|| false).expect("a source");
                Change::Source(file, Some(Arc::new(trace::SourceFile { lines, facts })))
            };
            let before = suspects(&graph);
            graph = graph.apply(vec![change]);
            let anew = world.graph();
            prop_assert!(graph == anew, "{:?}", act);
            if matches!(act, Act::Shuffle | Act::Repeat | Act::Noise) {
                prop_assert_eq!(suspects(&graph), before);
            }
            let left = world.text(LOCK_FILE).lines().filter(|line| line.starts_with("x noise")).count();
            prop_assert_eq!(left, noise);
        }
    }
}
