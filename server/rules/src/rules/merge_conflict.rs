//! A document with the marks of a merge that nobody decided.

use documents::Format;
use trace::Feature;

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::Severity;
use crate::message::{Message, Template, shortened};

const UNDECIDED: Template = Template {
    en: "A merge of {document} is undecided here; nothing else is said of {feature} until it is.",
    ja: "{document} のマージがここで未解決です。解決するまで {feature} の他の点は確認しません。",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "merge-conflict",
    group: Group::Structure,
    severity: Severity::Information,
    summary: "A document with the marks of a merge that nobody decided.",
    explanation: "Between `<<<<<<<` and `>>>>>>>` stand both sides of a merge: every id is there twice, and a tick may be \
                  there and not there. What is said of such a document would be gone with the next command, so that nothing \
                  else is said of its feature until the marks are gone; every question about it counts as unknown.\n\nMarks in a \
                  code block are an explanation. While the merge of a constitution is undecided, plans are not held against it.",
    bad: "<<<<<<< HEAD\n- [x] T004 Create the table in src/db.rs\n=======\n- [ ] T004 Create the tables in src/db.rs\n>>>>>>> totp",
    good: "- [ ] T004 Create the tables in src/db.rs",
    messages: &[UNDECIDED],
    // In 52 public repositories no document of a spec has one.
    measured: Some(Measured {
        judged: 0,
        right: 0,
        seeded: 54,
        found: 54,
    }),
};

pub(crate) struct MergeConflict;

impl Rule for MergeConflict {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::SpecKit, Format::Kiro, Format::OpenSpec]
    }

    fn speaks_in_conflict(&self) -> bool {
        true
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for (document, range) in feature.conflicts() {
            let name = document.path.rsplit('/').next().unwrap_or_default();
            let message = Message::new(
                UNDECIDED,
                &[
                    ("document", &shortened(name, 30)),
                    ("feature", &shortened(&feature.name, 36)),
                ],
            );
            drop(
                sink.report(document.file, range, message)
                    .fact("merge-conflict"),
            );
        }
    }
}
