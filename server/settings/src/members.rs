//! Text of `spec-workspace.toml` -> the repositories that make up one workspace.

use std::ops::Range;

use toml::de::DeTable;

use crate::read::{Reader, Value};
use crate::{Problem, ProblemKind, nearest};

/// Name of the file, at the top of a workspace folder.
pub const WORKSPACE_FILE: &str = "spec-workspace.toml";

const MEMBER_KEYS: [&str; 3] = ["path", "name", "facts"];

/// One repository of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Member {
    /// Where it is checked out: relative to the directory of the file, with `/`; may lead up (`../api`).
    pub path: Option<String>,
    /// What it is called; the last segment of `path` without it.
    pub name: Option<String>,
    /// What it has published (`index --export facts`), for where it is not checked out. As `path`.
    pub facts: Option<String>,
}

impl Member {
    /// Its name, written or by its path.
    #[must_use]
    pub fn called(&self) -> &str {
        let last = |path: &'_ String| path.rsplit('/').next().map(str::len);
        match (&self.name, &self.path) {
            (Some(name), _) => name,
            (None, Some(path)) => &path[path.len() - last(path).unwrap_or(0)..],
            (None, None) => "",
        }
    }
}

/// Reads a workspace file: its repositories in the order written, and what cannot be read. With problems the list holds
/// what is sound.
#[must_use]
pub fn read_members(text: &str) -> (Vec<Member>, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        text,
        codes: &[],
        problems: Vec::new(),
    };
    for error in errors {
        let range = error.span().unwrap_or_default();
        reader.problem(range, ProblemKind::Syntax(error.message().to_owned()));
    }
    let mut members = Vec::new();
    if reader.problems.is_empty() {
        reader.members(table.get_ref(), &mut members);
    }
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| (problem.range.start(), problem.range.end()));
    (members, problems)
}

impl Reader<'_> {
    fn unknown(&mut self, key: &str, bytes: Range<usize>, known: &[&'static str]) {
        let kind = ProblemKind::UnknownKey {
            key: key.to_owned(),
            nearest: nearest(key, known.iter().copied()).map(str::to_owned),
        };
        self.problem(bytes, kind);
    }

    fn members(&mut self, table: &DeTable<'_>, members: &mut Vec<Member>) {
        for (key, value) in table {
            if key.get_ref() != "repository" {
                self.unknown(key.get_ref(), key.span(), &["repository"]);
                continue;
            }
            let Some(list) = value.get_ref().as_array() else {
                self.wrong_type("repository", value, "an array of tables");
                continue;
            };
            for each in list {
                match each.get_ref().as_table() {
                    Some(table) => members.extend(self.member(table, each.span())),
                    None => self.wrong_type("repository", each, "a table"),
                }
            }
        }
    }

    fn member(&mut self, table: &DeTable<'_>, bytes: Range<usize>) -> Option<Member> {
        let mut member = Member::default();
        let before = self.problems.len();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "path" => member.path = self.relative_path("path", value),
                "facts" => member.facts = self.relative_path("facts", value),
                "name" => member.name = self.name(value),
                unknown => self.unknown(unknown, key.span(), &MEMBER_KEYS),
            }
        }
        if self.problems.len() > before {
            return None;
        }
        let named = member.name.is_some();
        match (&member.path, &member.facts) {
            (None, None) => self.problem(bytes, ProblemKind::Missing("path")),
            (None, Some(_)) if !named => self.problem(bytes, ProblemKind::Missing("name")),
            (Some(path), _) if !named && path.ends_with("..") => {
                self.problem(bytes, ProblemKind::Missing("name"));
            }
            _ => return Some(member),
        }
        None
    }

    /// A name that can stand before a `/` in an address.
    fn name(&mut self, value: &Value<'_>) -> Option<String> {
        let name = self.string("name", value)?;
        let odd = name.trim() != name
            || name.contains(['/', '\\', '#', ':'])
            || name.chars().any(char::is_control);
        if name.trim().is_empty() {
            self.problem(value.span(), ProblemKind::Empty("name"));
        } else if odd || matches!(name, "." | "..") {
            self.problem(value.span(), ProblemKind::BadName(name.to_owned()));
        } else {
            return Some(name.to_owned());
        }
        None
    }

    /// A relative path with `/`; the slash at its end is left out.
    fn relative_path(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let path = self.string(key, value)?;
        let plain = path.strip_suffix('/').unwrap_or(path);
        let odd = plain.as_bytes().get(1) == Some(&b':')
            || plain.contains(['\\', '*', '?'])
            || plain.chars().any(char::is_control)
            || plain.split('/').any(str::is_empty);
        if odd {
            self.problem(value.span(), ProblemKind::NotRelative(path.to_owned()));
        }
        (!odd).then(|| plain.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repositories_are_read_in_order() {
        let (members, problems) = read_members(
            "[[repository]]\npath = \"../api/\"\n\n[[repository]]\npath = \"../web\"\nname = \"shop\"\n\
             facts = \"facts/web.json\"\n\n[[repository]]\nname = \"billing\"\nfacts = \"b.json\"\n",
        );
        assert_eq!(problems, []);
        let names: Vec<&str> = members.iter().map(Member::called).collect();
        assert_eq!(names, ["api", "shop", "billing"]);
        assert_eq!(members[0].path.as_deref(), Some("../api"));
        assert_eq!(members[2].path, None);
    }

    #[track_caller]
    fn refused(text: &str, quoted: &str, en: &str) {
        let (_, problems) = read_members(text);
        let [problem] = problems.as_slice() else {
            panic!("one problem: {problems:?}");
        };
        assert_eq!(&text[problem.range], quoted);
        assert_eq!(problem.kind.en(), en);
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_place() {
        refused(
            "[[repositry]]\npath = \"a\"\n",
            "repositry",
            "Nothing here is called `repositry`; did you mean `repository`?",
        );
        refused(
            "[[repository]]\npath = \"/etc\"\n",
            "\"/etc\"",
            "`/etc` is no relative path with `/`.",
        );
        refused(
            "[[repository]]\npath = \"a\"\nname = \"x/y\"\n",
            "\"x/y\"",
            "`x/y` is no name: it has a `/`, `\\`, `:`, `#` or blanks around it.",
        );
        refused(
            "[[repository]]\nfacts = \"a.json\"\n",
            "[[repository]]",
            "This table has no `name`.",
        );
        refused(
            "repository = 3\n",
            "3",
            "`repository` is an integer, not an array of tables.",
        );
    }
}
