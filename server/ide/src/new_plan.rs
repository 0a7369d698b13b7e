//! The plan of a feature that has none, and what is missing of one that is there; offered at the titles of what is wanted
//! and of the plan.

use code::Manifest;
use generate::{Known, Planned};
use rules::{Locale, Message, Template};
use text::{FileId, TextRange};
use trace::{Feature, FeatureDocument, FeatureId, Services};

use crate::code_actions::touches;
use crate::{Action, ActionKind, Analysis};

const WRITE: Template = Template {
    en: "Write {name} from {source} (from code facts, no AI)",
    ja: "{source} から {name} を書く (コードの事実から、AI なし)",
};
const ADD: Template = Template {
    en: "Add what is missing to {name} (from code facts, no AI)",
    ja: "{name} に足りないものを加える (コードの事実から、AI なし)",
};

impl Analysis {
    /// What is offered at the title of a document that says what is wanted, or of a plan.
    pub(crate) fn new_plan(
        &self,
        feature: &Feature,
        document: &FeatureDocument,
        range: TextRange,
        locale: Locale,
    ) -> Option<Action> {
        let title = document.facts().sections.first()?;
        if !touches(title.heading, range) {
            return None;
        }
        let is_new = generate::lacks_plan(&self.graph, feature.id)?;
        let is_plan = document.kind.is_plan();
        let is_source =
            document.kind.is_spec() || document.kind == documents::DocumentKind::OpenSpecProposal;
        if is_new && !is_source || !is_new && !is_plan {
            return None;
        }
        let source = document.path.rsplit('/').next().unwrap_or_default();
        let name = match feature.format() {
            documents::Format::SpecKit => "plan.md",
            _ => "design.md",
        };
        let template = if is_new { WRITE } else { ADD };
        Some(Action {
            title: Message::new(template, &[("name", name), ("source", source)]).text(locale),
            kind: ActionKind::NewPlan {
                file: document.file,
            },
            finding: None,
            preferred: false,
        })
    }

    /// The plan of a feature, or what is missing of it; `None` where nothing is to be written. `manifests`: all that the
    /// workspace has.
    #[must_use]
    pub fn plan(&self, feature: FeatureId, manifests: &[(FileId, Manifest)]) -> Option<Planned> {
        let services = Services::of(&self.graph, manifests);
        let known = Known {
            services: &services,
            manifests,
            today: self.today.as_deref(),
        };
        generate::plan(&self.graph, feature, &known)
    }
}
