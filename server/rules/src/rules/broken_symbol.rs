//! A symbol that finished work names together with a file, and that stands in no source.

use documents::DocumentKind;
use text::{Edit, TextRange};
use trace::{Basis, Feature, FeatureDocument, Standing, SymbolClaim, WordPast, WordPastQuestion};

use crate::catalogue::{Descriptor, Group, Measured, Rule};
use crate::engine::Sink;
use crate::finding::{Fix, Severity};
use crate::message::{Message, Template, shortened};
use crate::taking;
use crate::tasks::{TaskView, tasks};
use crate::wording;

const ABSENT: Template = Template {
    en: "{who} names `{symbol}` with `{path}`, but no source has that name.",
    ja: "{who} は `{path}` と `{symbol}` を挙げていますが、この名前はどのソースにもありません。",
};
const NEAR: Template = Template {
    en: "{who} names `{symbol}`, which no source has; `{path}` has `{near}`.",
    ja: "{who} の `{symbol}` はどのソースにもありません。`{path}` には `{near}` があります。",
};
const REMOVED: Template = Template {
    en: "{who} names `{symbol}` with `{path}`, where it stood until commit {commit}.",
    ja: "{who} の `{symbol}` は、コミット {commit} までは `{path}` にありました。",
};
const PLACE: Template = Template {
    en: "`{near}` is declared here.",
    ja: "`{near}` はここで宣言されています。",
};
const REPLACE: Template = Template {
    en: "Replace by `{near}`",
    ja: "`{near}` に置き換え",
};

static DESCRIPTOR: Descriptor = Descriptor {
    code: "broken-symbol",
    group: Group::Reference,
    severity: Severity::Warning,
    summary: "A ticked task, or the plan of finished work, names a symbol that no source has.",
    explanation: "Whoever looks for the function finds nothing: it was renamed or removed since, or never written.\n\nOnly \
                  what is written like a symbol counts: a call (`create_session()`), a member of a type (`Session::new`, \
                  `AuthService.login`), a name with *class*, *function* or *method* beside it, and what stands behind a \
                  path (`src/run.rs::process`); and only with a source file beside it that is there. The name must stand in \
                  no source of any language, not even in a comment. Calls with values in them are uses, and left out, and \
                  so is what the document removes or renames itself, and the member of a type that the file beside it \
                  does not declare.\n\nA name that a commit took out of that file is a hint: the line was right for its day, and the code went \
                  on. So the finding is of names that no commit of that file ever lost.\n\nUnknown where git cannot tell that, and where a file beside it is gone (see `broken-path`) or may hold the name and \
                  is not read as a source.",
    bad: "- [x] T004 Add `create_sesion()` in `src/session.py`   (the file has create_session)",
    good: "- [x] T004 Add `create_session()` in `src/session.py`",
    messages: &[ABSENT, NEAR, REMOVED, PLACE],
    // Judged: hits that the rule was not mended after.
    measured: Some(Measured {
        judged: 29,
        right: 24,
        seeded: 34,
        found: 32,
    }),
};

pub(crate) struct BrokenSymbol;

impl Rule for BrokenSymbol {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn documents(&self) -> &'static [DocumentKind] {
        &[DocumentKind::Plan, DocumentKind::Tasks]
    }

    fn check(&self, feature: &Feature, sink: &mut Sink<'_>) {
        for claim in &feature.claims {
            let Some(document) = feature.document(claim.file) else {
                continue;
            };
            match &claim.standing {
                Standing::Declared
                | Standing::Elsewhere {
                    stands: Some(true), ..
                } => sink.clean(),
                Standing::Foreign => {}
                Standing::Unread(_) => {
                    let why = "a file named beside it was not read";
                    sink.unknown_at(claim.file, claim.range, why);
                }
                Standing::Unknown(why) => sink.unknown_at(claim.file, claim.range, why),
                Standing::Elsewhere { stands: None, .. } => {
                    sink.unknown_at(claim.file, claim.range, "the sources are still being read");
                }
                Standing::Elsewhere { name, past, .. } => {
                    if is_told(feature, document, claim.range, name) {
                        continue;
                    }
                    match removal(past) {
                        Ok(commit) => report(feature, document, claim, commit, sink),
                        Err(why) => sink.unknown_at(claim.file, claim.range, why),
                    }
                }
            }
        }
    }
}

/// The commit that took a name out of the files, if one did. `Err`: that cannot be told, and why.
fn removal(past: &[(WordPastQuestion, Option<WordPast>)]) -> Result<Option<&str>, &str> {
    let mut doubt = None;
    for (_, past) in past {
        match past {
            Some(WordPast::Removed(commit)) => return Ok(Some(commit)),
            Some(WordPast::NotRemoved) => {}
            Some(WordPast::Unknown(why)) => doubt = doubt.or(Some(why.as_str())),
            None => doubt = doubt.or(Some("git history is still being read")),
        }
    }
    doubt.map_or(Ok(None), Err)
}

/// Whether the document says that the name goes away or went, or leaves it open.
fn is_told(feature: &Feature, document: &FeatureDocument, range: TextRange, name: &str) -> bool {
    let place = wording::line(&document.doc.text, range);
    let line = document.slice(place);
    let before = document.slice(TextRange::new(place.start(), range.start()));
    let behind = document.slice(TextRange::new(range.end(), place.end()));
    taking::leads_away(before, behind)
        || taking::notes_gone(line)
        || line.contains("~~")
        || wording::leaves_open(line)
        || tasks(feature).any(|task| {
            let words = task.words();
            let named = words.find(name);
            named.is_some_and(|at| taking::takes_away(&words[..at], true))
        })
}

fn report(
    feature: &Feature,
    document: &FeatureDocument,
    claim: &SymbolClaim,
    removed: Option<&str>,
    sink: &mut Sink<'_>,
) {
    let Standing::Elsewhere {
        name, range, near, ..
    } = &claim.standing
    else {
        return;
    };
    let range = *range;
    let task = tasks(feature)
        .filter(|task| task.document.file == document.file && task.owns(claim.range))
        .last();
    let who = task.map_or_else(|| "plan.md".to_owned(), TaskView::name);
    let symbol = shortened(document.slice(claim.range), 48);
    let place = near
        .as_ref()
        .map_or_else(|| claim.within.first(), |near| Some(&near.file));
    let path = place.and_then(|file| {
        let mut named = feature
            .paths
            .iter()
            .filter(|link| link.file == document.file);
        let link = named.find(|link| link.resolution.files().contains(file))?;
        let path = document.facts().paths.get(link.mention as usize)?;
        Some(shortened(&path.path, 48))
    });
    let mut facts = vec![
        ("who", who.as_str()),
        ("symbol", symbol.as_str()),
        ("path", path.as_deref().unwrap_or_default()),
    ];
    facts.extend(near.as_ref().map(|near| ("near", near.name.as_str())));
    facts.extend(removed.map(|commit| ("commit", commit)));
    let template = match (removed, near) {
        (Some(_), _) => REMOVED,
        (None, Some(_)) => NEAR,
        (None, None) => ABSENT,
    };
    let message = Message::new(template, &facts);
    let mut draft = sink
        .report(document.file, range, message)
        .basis(Basis::Task)
        .fact(name.as_str());
    if let Some(task) = task {
        draft = draft.item(task.at);
    }
    if let Some(commit) = removed {
        // One commit, one thing to know.
        draft = draft.severity(Severity::Hint).group(commit);
    }
    if let Some(near) = near {
        let facts = [("near", near.name.as_str())];
        draft = draft
            .related(near.file, near.range, Message::new(PLACE, &facts))
            .fix(Fix {
                title: Message::new(REPLACE, &facts),
                preferred: true,
                edits: vec![(document.file, Edit::replace(range, near.name.as_str()))],
            });
    } else if removed.is_none() {
        // One list that the code has left behind.
        draft = draft.group("absent");
    }
    drop(draft);
}
