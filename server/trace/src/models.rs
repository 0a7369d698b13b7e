//! Entities of a data model, against the types that the feature's tasks wrote.
//!
//! An entity is bound to a type where all is certain: the type has its name, stands in a file that a ticked task names,
//! and at least half of the fields are the same. What a type does not have is told only of closed types
//! ([`code::SourceFacts::closed`]), and of an entity only by the newest data model that has one of that name.

use std::sync::Arc;

use code::{Symbol, SymbolKind};
use documents::{DocumentKind, Entity, Field, ItemIndex};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::{FileId, TextRange};

use crate::Inputs;
use crate::claims::NearSymbol;
use crate::feature::{Feature, FeatureDocument};
use crate::inputs::SourceFile;
use crate::scope::Phase;

/// An entity and the types that were written for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityLink {
    /// The data model.
    pub file: FileId,
    /// Its item there.
    pub item: ItemIndex,
    /// Types of that name in files that the tasks name, by file and place; at least one.
    pub types: Vec<TypePlace>,
    /// Its fields, as far as they could be types' fields.
    pub fields: Vec<FieldClaim>,
}

/// A type in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypePlace {
    /// The source.
    pub file: FileId,
    /// Its name.
    pub name: SmolStr,
    /// Bytes of the name.
    pub range: TextRange,
}

/// A field of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldClaim {
    /// Bytes of its name in the data model.
    pub range: TextRange,
    /// Whether the types have it.
    pub standing: FieldStanding,
}

/// Whether a field is in the types of its entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldStanding {
    /// One of them has it.
    There,
    /// None has.
    Absent,
    /// None has, and the only field that the data model does not name is called nearly so.
    Near(NearSymbol),
    /// Cannot be told; the words say why.
    Unknown(&'static str),
}

impl Feature {
    /// Whether types are to be looked at for it.
    pub(crate) fn awaits_types(&self) -> bool {
        self.phase == Phase::Done && !self.entity_names.is_empty()
    }
}

/// Fewest fields that make an entity one to be compared.
const FEW: usize = 3;

/// Names of the entities of a feature whose fields are written down, as they are compared; sorted.
pub(crate) fn entity_names(feature: &Feature) -> Arc<[SmolStr]> {
    let models = models(feature);
    let names = models.flat_map(|model| {
        let facts = model.facts();
        let entities = facts.entities.iter();
        entities
            .filter(|entity| entity.fields.len() >= FEW)
            .filter_map(|entity| Some(key(&facts.items.get(entity.item as usize)?.id)))
    });
    let mut names: Vec<SmolStr> = names.filter(|name| name.len() > 2).collect();
    names.sort_unstable();
    names.dedup();
    names.into()
}

/// Whether a source may declare a type of one of these names: without them it declares none.
#[must_use]
pub fn may_declare(mut source: Vec<u8>, names: &[Arc<[SmolStr]>]) -> bool {
    source.make_ascii_lowercase();
    let mut names = names.iter().flat_map(|names| names.iter());
    names.any(|name| memchr::memmem::find(&source, name.as_bytes()).is_some())
}

fn models(feature: &Feature) -> impl Iterator<Item = &FeatureDocument> {
    let documents = feature.documents.iter();
    documents.filter(|document| document.kind == DocumentKind::DataModel)
}

/// A name without blanks, dashes and case: `User Profile` is `userprofile`.
fn key(name: &str) -> SmolStr {
    name.chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-' | '`'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Types of the entities of a feature whose work is done. `files`: those that its tasks name; `superseded`: a newer data
/// model has an entity of that name.
pub(crate) fn of_feature(
    feature: &Feature,
    inputs: &Inputs,
    files: &FxHashSet<FileId>,
    superseded: &dyn Fn(&str) -> bool,
) -> Vec<EntityLink> {
    if !feature.awaits_types() {
        return Vec::new();
    }
    let mut files: Vec<FileId> = files.iter().copied().collect();
    files.sort_unstable();
    let mut links = Vec::new();
    for model in models(feature) {
        let facts = model.facts();
        for entity in facts.entities.iter().filter(|it| it.fields.len() >= FEW) {
            let Some(item) = facts.items.get(entity.item as usize) else {
                continue;
            };
            let name = key(&item.id);
            if name.len() < 3 || superseded(&name) {
                continue;
            }
            links.extend(link(model, entity, &name, inputs, &files));
        }
    }
    links
}

/// A type with all that it declares.
struct Type<'a> {
    place: TypePlace,
    kind: SymbolKind,
    members: Vec<&'a Symbol>,
    /// What it does not declare it does not have.
    closed: bool,
}

fn link(
    model: &FeatureDocument,
    entity: &Entity,
    name: &str,
    inputs: &Inputs,
    files: &[FileId],
) -> Option<EntityLink> {
    let fields: Vec<(&Field, SmolStr)> = entity
        .fields
        .iter()
        .filter(|field| is_name(&field.name))
        .map(|field| (field, key(&field.name)))
        .collect();
    if fields.len() < FEW {
        return None;
    }
    let sources = files
        .iter()
        .filter_map(|file| Some((*file, inputs.sources.get(file)?)));
    let mut types: Vec<Type<'_>> = sources
        .filter(|(file, _)| {
            let path = inputs.tree.path_str(*file);
            !code::is_test_path(path) && !is_generated(path)
        })
        .flat_map(|(file, source)| types_named(file, source, name))
        .collect();
    // What a table holds and what is shown of it are two things.
    let of_table = entity
        .fields
        .iter()
        .any(|field| is_column(model.slice(field.range)));
    if of_table {
        types.retain(|it| it.kind == SymbolKind::Class || it.kind == SymbolKind::Struct);
    }
    // A type of that name with other fields is another thing.
    types.retain(|it| {
        let same = fields.iter().filter(|(_, key)| it.has(key)).count();
        same * 2 >= fields.len()
    });
    if types.is_empty() {
        return None;
    }
    let open = types.iter().any(|it| !it.closed);
    let gone: Vec<&SmolStr> = fields
        .iter()
        .map(|(_, key)| key)
        .filter(|key| !is_kept_by_the_store(key) && !types.iter().any(|it| it.has(key)))
        .collect();
    let near = nearly(&types, &fields, &gone);
    let claims = fields.iter().map(|(field, key)| FieldClaim {
        range: field.name_range,
        standing: if types.iter().any(|it| it.has(key)) {
            FieldStanding::There
        } else if open {
            FieldStanding::Unknown("the type may have fields that do not stand in it")
        } else if is_kept_by_the_store(key) {
            FieldStanding::Unknown("the field may be one that the store adds")
        } else if is_worked_out(model.slice(field.range)) {
            FieldStanding::Unknown("the field is said to be worked out, or left for later")
        } else if let Some(near) = &near {
            FieldStanding::Near(near.clone())
        } else {
            FieldStanding::Absent
        },
    });
    Some(EntityLink {
        file: model.file,
        item: entity.item,
        fields: claims.collect(),
        types: types.into_iter().map(|it| it.place).collect(),
    })
}

impl Type<'_> {
    fn has(&self, wanted: &str) -> bool {
        // `user` is written as `user_id` or `users`, and the other way round.
        let bare = |name: &str| -> String {
            let name = name.trim_end_matches('s');
            name.strip_suffix("id").unwrap_or(name).to_owned()
        };
        self.members.iter().any(|member| {
            let name = key(&member.name);
            name == wanted || {
                let (one, other) = (bare(&name), bare(wanted));
                one.len() > 2 && one == other
            }
        })
    }
}

fn types_named<'a>(file: FileId, source: &'a SourceFile, name: &str) -> Vec<Type<'a>> {
    let facts = &source.facts;
    let types = (0_u32..).zip(&facts.symbols).filter(|(_, symbol)| {
        matches!(
            symbol.kind,
            SymbolKind::Class | SymbolKind::Struct | SymbolKind::Interface | SymbolKind::TypeAlias
        ) && symbol.name.eq_ignore_ascii_case(name)
    });
    types
        .map(|(at, symbol)| {
            let inside = symbol.qualified_name();
            // Methods of Go stand beside their type.
            let members = facts
                .symbols
                .iter()
                .filter(|member| member.container.as_deref() == Some(inside.as_str()));
            Type {
                place: TypePlace {
                    file,
                    name: symbol.name.clone(),
                    range: symbol.name_range,
                },
                kind: symbol.kind,
                members: members.collect(),
                closed: facts.closed.binary_search(&at).is_ok()
                    && facts.symbols_known
                    && !facts.truncated,
            }
        })
        .collect()
}

/// Where one field is missing and the only type has one that the data model does not name: that one, if the names differ
/// by little.
fn nearly(
    types: &[Type<'_>],
    fields: &[(&Field, SmolStr)],
    gone: &[&SmolStr],
) -> Option<NearSymbol> {
    let ([only], [gone]) = (types, gone) else {
        return None;
    };
    let known = |member: &Symbol| fields.iter().any(|(_, name)| *name == key(&member.name));
    let mut extra = only
        .members
        .iter()
        .filter(|member| member.kind == SymbolKind::Field && !known(member))
        .filter(|member| {
            let name = key(&member.name);
            strsim::jaro_winkler(&name, gone) >= 0.85
                || name.len() > 3
                    && gone.len() > 3
                    && (name.contains(gone.as_str()) || gone.contains(name.as_str()))
        });
    let member = extra.next()?;
    extra.next().is_none().then(|| NearSymbol {
        file: only.place.file,
        name: member.name.clone(),
        range: member.name_range,
    })
}

/// Whether a source is made from a contract, and follows that one.
fn is_generated(path: &str) -> bool {
    let marks = ["generated", ".g.", ".gen.", ".pb.", "_pb2", "_pb."];
    marks.iter().any(|mark| path.contains(mark))
}

/// Whether a field's name could be one in a program.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a row describes the column of a table.
fn is_column(row: &str) -> bool {
    let row = row.to_lowercase();
    let words = [
        "not null",
        "primary key",
        "foreign key",
        "varchar",
        "timestamptz",
        "jsonb",
        "bigint",
        "serial",
        "nullable",
        " pk",
        "(pk",
        " fk",
        "(fk",
    ];
    words.iter().any(|word| row.contains(word))
}

/// Whether a field is one that stores add to what programs know: keys, and when it was written.
fn is_kept_by_the_store(key: &str) -> bool {
    key.ends_with("id")
        || [
            "createdat",
            "updatedat",
            "deletedat",
            "created",
            "updated",
            "createdby",
            "updatedby",
            "version",
            "timestamp",
        ]
        .contains(&key)
}

/// Whether the row says that the field is worked out, not kept, or not there yet.
fn is_worked_out(row: &str) -> bool {
    let row = row.to_lowercase();
    let words = [
        "comput",
        "calculat",
        "deriv",
        "virtual",
        "transient",
        "not stored",
        "not persist",
        "in-memory",
        "future",
        "deprecat",
        "removed",
        "planned",
        "later",
        "reserved",
        "implicit",
        "relation",
        "inherit",
        "join",
        "~~",
        " iff ",
        "].",
        "計算",
        "计算",
        "派生",
        "将来",
    ];
    words.iter().any(|word| row.contains(word))
}
