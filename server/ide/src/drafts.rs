//! Main specs of `OpenSpec` that were edited by hand, as the delta of a change: what may be moved, and why it is not.

use documents::{DocumentKind, Format};
use generate::{Drafted, Undrafted, Unlike};
use rules::{Locale, Message, Template};
use text::{FileId, TextRange};
use trace::{Feature, FeatureDocument, UnitKind};

use crate::archive::words;
use crate::code_actions::touches;
use crate::{Action, ActionKind, Analysis};

const MOVE: Template = Template {
    en: "Move the edits of this spec into the change \"{change}\" (from code facts, no AI)",
    ja: "この仕様の編集を変更「{change}」に移す (コードの事実から、AI なし)",
};

/// Most changes that are offered.
const OFFERED: usize = 5;

impl Analysis {
    /// Path of the delta that a main spec's edits would become in a change.
    #[must_use]
    pub fn delta_path(&self, spec: &Feature, change: &Feature) -> Option<String> {
        let (_, capability) = spec.path.split_once("openspec/specs/")?;
        let apart = spec.project.id != change.project.id || spec.unit != UnitKind::Capability;
        (!apart).then(|| format!("{}/specs/{capability}/spec.md", change.path))
    }

    /// Offered on the first line of a main spec that is not as git has it, for each change without a delta for it.
    pub(crate) fn moving(
        &self,
        document: &FeatureDocument,
        range: TextRange,
        locale: Locale,
    ) -> Vec<Action> {
        if document.kind != DocumentKind::OpenSpecCapability
            || !touches(trace::openspec::head(document), range)
        {
            return Vec::new();
        }
        let Some(spec) = self.graph.feature_of(document.file) else {
            return Vec::new();
        };
        let inputs = self.graph.inputs();
        let git = inputs.git.get(usize::from(spec.root.0));
        let changed = git.and_then(|git| git.changed.as_ref());
        if !changed.is_some_and(|paths| paths.contains(&document.path)) {
            return Vec::new();
        }
        let changes = self.graph.features().iter();
        let changes = changes.filter(|it| it.format() == Format::OpenSpec);
        let free = changes.filter(|it| {
            generate::is_archivable(it)
                && self
                    .delta_path(spec, it)
                    .is_some_and(|path| inputs.tree.file(it.root, &path).is_none())
        });
        let action = |change: &std::sync::Arc<Feature>| Action {
            title: Message::new(MOVE, &[("change", &change.name)]).text(locale),
            kind: ActionKind::MoveToDelta {
                file: document.file,
                change: change.name.clone(),
            },
            finding: None,
            preferred: false,
        };
        free.take(OFFERED).map(action).collect()
    }

    /// The delta between two texts of a main spec. The error is a sentence for people.
    pub fn draft_delta(
        &self,
        before: &str,
        after: &str,
        locale: Locale,
    ) -> Result<Drafted, String> {
        generate::draft(before, after).map_err(|why| sentence(&why, locale))
    }

    /// A change in the making and a main spec of its project, by file.
    #[must_use]
    pub fn change_for<'a>(
        &'a self,
        spec: FileId,
        name: &'a str,
    ) -> Option<(&'a Feature, &'a Feature)> {
        let spec = self.graph.feature_of(spec)?;
        let mut named = self.changes_named(name);
        let change = named.find(|it| it.project.id == spec.project.id)?;
        Some((spec, change))
    }
}

/// What archiving makes otherwise than it was edited, as a sentence.
#[must_use]
pub fn unlike(unlike: Unlike, locale: Locale) -> &'static str {
    match (unlike, locale) {
        (Unlike::Order, Locale::English) => {
            "archiving puts new requirements at the end of the section."
        }
        (Unlike::Order, Locale::Japanese) => {
            "アーカイブすると、新しい要件はセクションの最後に置かれます。"
        }
        (Unlike::Blanks, Locale::English) => "archiving sets the empty lines in its own way.",
        (Unlike::Blanks, Locale::Japanese) => "アーカイブすると、空行が整えられます。",
    }
}

fn sentence(why: &Undrafted, locale: Locale) -> String {
    match (why, locale) {
        (Undrafted::Same, Locale::English) => {
            "no requirement is other than in the last commit.".to_owned()
        }
        (Undrafted::Same, Locale::Japanese) => {
            "最後のコミットから変わった要件はありません。".to_owned()
        }
        (Undrafted::Unreadable, Locale::English) => {
            "a main spec without requirements has no delta.".to_owned()
        }
        (Undrafted::Unreadable, Locale::Japanese) => {
            "要件のないメイン仕様から差分は作れません。".to_owned()
        }
        (Undrafted::Twice(name), Locale::English) => {
            format!("the requirement \"{name}\" stands twice.")
        }
        (Undrafted::Twice(name), Locale::Japanese) => format!("要件「{name}」が 2 回あります。"),
        (Undrafted::Refused(Some(why)), locale) => words::objection(why, locale),
        (Undrafted::Refused(None), Locale::English) => {
            "archiving would make something else of it than was edited.".to_owned()
        }
        (Undrafted::Refused(None), Locale::Japanese) => {
            "アーカイブしても編集した通りになりません。".to_owned()
        }
    }
}
