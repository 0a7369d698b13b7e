//! What a contract promised at the base and does not promise any more.

use documents::{Contract, ContractSchema, ContractStyle, Operation, Parameter, Property};
use smol_str::{SmolStr, ToSmolStr};
use text::{FileId, TextRange};

use super::Consumer;
use super::paths::{http, segments};
use crate::Graph;
use crate::feature::Feature;

/// A promise that is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The contract.
    pub file: FileId,
    /// Where it says something else now, or what is around what is gone.
    pub range: TextRange,
    /// Where the base said it.
    pub was: TextRange,
    /// What it is.
    pub kind: BreakKind,
    /// The operation, or the shape of data: `Parcel`, `GET /parcels/{code}`.
    pub owner: SmolStr,
    /// The parameter, property or value; empty for an operation.
    pub name: SmolStr,
    /// What it is now, where it is something else.
    pub now: Option<SmolStr>,
    /// Operations that it concerns, as the base calls them.
    pub operations: Vec<SmolStr>,
    /// Names of the other properties of the shape: a type with most of them is its.
    pub beside: Vec<SmolStr>,
    /// Who relies on it.
    pub consumers: Vec<Consumer>,
}

/// What is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BreakKind {
    /// An operation is gone.
    OperationRemoved,
    /// A parameter is gone.
    ParameterRemoved,
    /// A parameter must be given.
    ParameterRequired,
    /// A parameter has another type.
    ParameterType,
    /// A property is gone.
    PropertyRemoved,
    /// A property is gone, and the only new one of the shape has its type.
    PropertyRenamed,
    /// A property has another type.
    PropertyType,
    /// A property of a request must be given.
    PropertyRequired,
    /// A value is gone.
    ValueRemoved,
}

impl BreakKind {
    /// Whether only code that uses the name relies on it; else every call does.
    #[must_use]
    pub fn is_of_property(self) -> bool {
        matches!(
            self,
            Self::PropertyRemoved | Self::PropertyRenamed | Self::PropertyType
        )
    }
}

pub(super) fn of_feature(
    graph: &Graph,
    feature: &Feature,
) -> (Vec<Break>, Vec<(FileId, &'static str)>) {
    let mut breaks = Vec::new();
    let mut uncompared = Vec::new();
    for document in &feature.documents {
        let Some(now) = document.facts().contract.as_deref() else {
            continue;
        };
        let base = feature.base.iter().find(|base| base.file == document.file);
        let Some(base) = base else {
            let state = graph.inputs().git.get(usize::from(feature.root.0));
            if state.is_none_or(|state| state.changed.is_none()) {
                uncompared.push((document.file, "there is no merge base to compare with"));
            }
            continue;
        };
        let Some(was) = base.facts().contract.as_deref() else {
            continue;
        };
        if !now.whole || !was.whole {
            uncompared.push((
                document.file,
                "the contract or its base cannot be read whole",
            ));
            continue;
        }
        let compare = Compare {
            file: document.file,
            was,
            now,
        };
        compare.operations(&mut breaks);
        compare.schemas(&mut breaks);
    }
    breaks.sort_by(|a, b| {
        let key = |each: &Break| (each.file, each.range.start(), each.kind, each.name.clone());
        key(a).cmp(&key(b))
    });
    (breaks, uncompared)
}

struct Compare<'a> {
    file: FileId,
    was: &'a Contract,
    now: &'a Contract,
}

impl Compare<'_> {
    fn broken(
        &self,
        kind: BreakKind,
        owner: &str,
        name: &str,
        range: TextRange,
        was: TextRange,
    ) -> Break {
        Break {
            file: self.file,
            range,
            was,
            kind,
            owner: owner.into(),
            name: name.into(),
            now: None,
            operations: vec![owner.into()],
            beside: Vec::new(),
            consumers: Vec::new(),
        }
    }

    /// The same operation now: parameters of its path may be called otherwise.
    fn same(&self, operation: &Operation) -> Option<&Operation> {
        if let Some(same) = self.now.operation(&operation.id) {
            return Some(same);
        }
        let (method, path) = http(&operation.id)?;
        let wanted = segments(path);
        self.now.operations.iter().find(|each| {
            http(&each.id).is_some_and(|(other, path)| other == method && segments(path) == wanted)
        })
    }

    fn operations(&self, breaks: &mut Vec<Break>) {
        for operation in &self.was.operations {
            let Some(now) = self.same(operation) else {
                let range = self.now.place;
                let mut gone = self.broken(
                    BreakKind::OperationRemoved,
                    &operation.id,
                    "",
                    range,
                    operation.name_range,
                );
                let id = operation.operation_id.as_ref();
                let moved = self.now.operations.iter().find(|each| {
                    id.is_some()
                        && each.operation_id.as_ref() == id
                        && self.was.style == ContractStyle::Http
                });
                if let Some(moved) = moved {
                    gone.now = Some(moved.id.clone());
                    gone.range = moved.name_range;
                }
                if !gone.range.is_empty() {
                    breaks.push(gone);
                }
                continue;
            };
            self.parameters(operation, now, breaks);
        }
    }

    fn parameters(&self, was: &Operation, now: &Operation, breaks: &mut Vec<Break>) {
        let same = |one: &Parameter, other: &Parameter| {
            one.place == other.place && one.name.eq_ignore_ascii_case(&other.name)
        };
        // Those of a path count by place.
        let counted = |each: &&Parameter| each.place != "path";
        for old in was.parameters.iter().filter(counted) {
            let Some(new) = now.parameters.iter().find(|new| same(old, new)) else {
                breaks.push(self.broken(
                    BreakKind::ParameterRemoved,
                    &was.id,
                    &old.name,
                    now.name_range,
                    old.name_range,
                ));
                continue;
            };
            if let (Some(a), Some(b)) = (&old.types, &new.types)
                && a != b
            {
                let mut each = self.broken(
                    BreakKind::ParameterType,
                    &was.id,
                    &old.name,
                    new.name_range,
                    old.name_range,
                );
                each.now = Some(b.clone());
                breaks.push(each);
            }
        }
        for new in now
            .parameters
            .iter()
            .filter(counted)
            .filter(|new| new.required)
        {
            let old = was.parameters.iter().find(|old| same(old, new));
            if old.is_none_or(|old| !old.required) {
                breaks.push(self.broken(
                    BreakKind::ParameterRequired,
                    &was.id,
                    &new.name,
                    new.name_range,
                    old.map_or(was.name_range, |old| old.name_range),
                ));
            }
        }
    }

    /// Operations that carry a shape, as the base says it: whether it goes in, whether it comes out.
    fn carriers(&self, schema: &str) -> (Vec<SmolStr>, bool, bool) {
        let (mut ids, mut takes, mut gives) = (Vec::new(), false, false);
        for operation in &self.was.operations {
            let (takes_it, gives_it) = self.was.carries(operation, schema);
            if takes_it || gives_it {
                ids.push(operation.id.clone());
            }
            takes |= takes_it;
            gives |= gives_it;
        }
        (ids, takes, gives)
    }

    fn schemas(&self, breaks: &mut Vec<Break>) {
        for was in &self.was.schemas {
            let Some(now) = self.now.schema(&was.name) else {
                continue;
            };
            let (operations, takes, gives) = self.carriers(&was.name);
            // What no operation carries is promised to nobody.
            if operations.is_empty() {
                continue;
            }
            let from = breaks.len();
            self.properties(was, now, takes, gives, breaks);
            if let (Some(before), Some(after)) = (&was.values, &now.values) {
                for value in before.iter().filter(|value| !after.contains(value)) {
                    breaks.push(self.broken(
                        BreakKind::ValueRemoved,
                        &was.name,
                        value,
                        now.name_range,
                        was.name_range,
                    ));
                }
            }
            for each in &mut breaks[from..] {
                each.operations.clone_from(&operations);
                each.beside = was
                    .properties
                    .iter()
                    .map(|property| property.name.clone())
                    .filter(|name| *name != each.name)
                    .collect();
            }
        }
    }

    fn properties(
        &self,
        was: &ContractSchema,
        now: &ContractSchema,
        takes: bool,
        gives: bool,
        breaks: &mut Vec<Break>,
    ) {
        let find = |schema: &ContractSchema, name: &str| -> Option<Property> {
            schema
                .properties
                .iter()
                .find(|each| each.name == name)
                .cloned()
        };
        let gone: Vec<&Property> = was
            .properties
            .iter()
            .filter(|each| find(now, &each.name).is_none())
            .collect();
        let new: Vec<&Property> = now
            .properties
            .iter()
            .filter(|each| find(was, &each.name).is_none())
            .collect();
        let renamed = match (gone.as_slice(), new.as_slice()) {
            ([old], [new]) if old.types == new.types => Some(*new),
            _ => None,
        };
        for old in &was.properties {
            let Some(same) = find(now, &old.name) else {
                // It may be a part of another shape now.
                if !now.complete || now.parts.iter().any(|part| !was.parts.contains(part)) {
                    continue;
                }
                let mut each = self.broken(
                    BreakKind::PropertyRemoved,
                    &was.name,
                    &old.name,
                    now.name_range,
                    old.name_range,
                );
                if let Some(new) = renamed {
                    each.kind = BreakKind::PropertyRenamed;
                    each.now = Some(new.name.clone());
                    each.range = new.name_range;
                }
                breaks.push(each);
                continue;
            };
            if let (Some(a), Some(b)) = (&old.types, &same.types)
                && a != b
            {
                let mut each = self.broken(
                    BreakKind::PropertyType,
                    &was.name,
                    &old.name,
                    same.name_range,
                    old.name_range,
                );
                each.now = Some(b.to_smolstr());
                breaks.push(each);
            }
            if let (Some(before), Some(after)) = (&old.values, &same.values) {
                for value in before.iter().filter(|value| !after.contains(value)) {
                    breaks.push(self.broken(
                        BreakKind::ValueRemoved,
                        &was.name,
                        value,
                        same.name_range,
                        old.name_range,
                    ));
                }
            }
        }
        for new in now.properties.iter().filter(|new| new.required && takes) {
            let old = find(was, &new.name);
            // What comes out, too, was always there; and a name that was required is told as another name.
            if old.as_ref().is_some_and(|old| old.required)
                || renamed.is_some_and(|it| it.name == new.name)
                    && (gives || gone.iter().all(|old| old.required))
            {
                continue;
            }
            breaks.push(self.broken(
                BreakKind::PropertyRequired,
                &was.name,
                &new.name,
                new.name_range,
                old.map_or(was.name_range, |old| old.name_range),
            ));
        }
    }
}
