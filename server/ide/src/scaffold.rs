//! New features, specs, changes and capabilities, and why one is not made, in words.

use documents::Format;
use generate::{NewDocument, Texts, Unmade, Wanted};
use rules::Locale;

use crate::Analysis;

impl Analysis {
    /// The documents of something new. The error is a sentence for people.
    pub fn scaffold(
        &self,
        texts: &Texts<'_>,
        wanted: &Wanted<'_>,
        locale: Locale,
    ) -> Result<Vec<NewDocument>, String> {
        generate::scaffold(&self.graph, texts, wanted).map_err(|why| sentence(&why, locale))
    }
}

fn sentence(why: &Unmade, locale: Locale) -> String {
    match locale {
        Locale::English => english(why),
        Locale::Japanese => japanese(why),
    }
}

fn named(format: Format) -> &'static str {
    match format {
        Format::SpecKit => "Spec Kit (`.specify/` or `specs/`)",
        Format::Kiro => "Kiro (`.kiro/`)",
        Format::OpenSpec => "OpenSpec (`openspec/`)",
    }
}

fn english(why: &Unmade) -> String {
    match why {
        Unmade::NoProject(format) => format!("there is no project of {} here.", named(*format)),
        Unmade::Several(dirs) => format!(
            "there are several projects; `--project` says which: {}.",
            dirs.join(", ")
        ),
        Unmade::Name(name) => format!("`{name}` cannot be the name of a directory here."),
        Unmade::NotAscii(name) => format!(
            "`{name}` has letters that the names of directories do not have; give a short name in ASCII and the words \
             with `--title`."
        ),
        Unmade::Title(title) => format!("`{title}` cannot be a title."),
        Unmade::Taken(what) => format!("`{what}` is there already."),
        Unmade::NoCapability => {
            "a change says which capabilities it touches: name at least one, known or new."
                .to_owned()
        }
        Unmade::NoClock => "nobody knows what day it is.".to_owned(),
    }
}

fn japanese(why: &Unmade) -> String {
    match why {
        Unmade::NoProject(format) => format!("{} のプロジェクトがありません。", named(*format)),
        Unmade::Several(dirs) => format!(
            "プロジェクトが複数あります。`--project` で指定してください: {}",
            dirs.join(", ")
        ),
        Unmade::Name(name) => format!("`{name}` はここではディレクトリ名にできません。"),
        Unmade::NotAscii(name) => format!(
            "`{name}` にはディレクトリ名に使えない文字があります。ASCII の短い名前と `--title` を指定してください。"
        ),
        Unmade::Title(title) => format!("`{title}` はタイトルにできません。"),
        Unmade::Taken(what) => format!("`{what}` は既にあります。"),
        Unmade::NoCapability => {
            "変更が対象とするケーパビリティを 1 つ以上指定してください。".to_owned()
        }
        Unmade::NoClock => "今日の日付がわかりません。".to_owned(),
    }
}
