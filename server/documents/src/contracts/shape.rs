//! What a contract promises: operations with their parameters, and the shapes that go in and out. Two states of one
//! contract are compared by it, so what is not certain (alternatives, references to elsewhere) has no type here.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use text::TextRange;

/// How a contract is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Style {
    /// By method and path: `OpenAPI`, Swagger.
    #[default]
    Http,
    /// By service and name: protocol buffers.
    Rpc,
}

/// What a contract promises.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contract {
    /// How it is called.
    pub style: Style,
    /// The whole text was read: what is not here is not there.
    pub whole: bool,
    /// Paths that stand before those of the operations, by `servers` and `basePath`; `None`: one is put in elsewhere.
    pub bases: Vec<Option<SmolStr>>,
    /// Its operations, by place.
    pub operations: Vec<Operation>,
    /// Shapes with a name, and those written where they are used.
    pub schemas: Vec<Schema>,
    /// The bytes of the key or name around its operations.
    pub place: TextRange,
}

/// An operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// As of the item: `GET /users/{id}`, `Users.Find`.
    pub id: SmolStr,
    /// The bytes that name it: its method, its name.
    pub name_range: TextRange,
    /// `operationId`; of a call its name.
    pub operation_id: Option<SmolStr>,
    /// Its parameters, those of its path among them.
    pub parameters: Vec<Parameter>,
    /// Names of the shapes that go in.
    pub takes: Vec<SmolStr>,
    /// Names of the shapes that come out.
    pub gives: Vec<SmolStr>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: SmolStr,
    /// The bytes of its name.
    pub name_range: TextRange,
    /// `path`, `query`, `header`, `cookie`.
    pub place: SmolStr,
    /// It must be given.
    pub required: bool,
    /// Its type; `None` where it is not certain.
    pub types: Option<SmolStr>,
}

/// A shape of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// Its name; where it has none, what uses it: `request of POST /users`.
    pub name: SmolStr,
    /// The bytes that stand for it.
    pub name_range: TextRange,
    /// It has a name of its own.
    pub named: bool,
    /// Its properties, by place.
    pub properties: Vec<Property>,
    /// The values it may have, where they are listed.
    pub values: Option<Vec<SmolStr>>,
    /// Names of shapes in it.
    pub parts: Vec<SmolStr>,
    /// Nothing else says what it has.
    pub complete: bool,
}

/// A property of a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Its name.
    pub name: SmolStr,
    /// The bytes of its name.
    pub name_range: TextRange,
    /// Its type; `None` where it is not certain.
    pub types: Option<SmolStr>,
    /// It must be there.
    pub required: bool,
    /// The values it may have, where they are listed.
    pub values: Option<Vec<SmolStr>>,
}

impl Contract {
    /// The operation of an id.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|each| each.id == id)
    }

    /// The shape of a name.
    #[must_use]
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        self.schemas.iter().find(|each| each.name == name)
    }

    /// Whether a shape goes in with an operation, and whether it comes out: by itself or in another.
    #[must_use]
    pub fn carries(&self, operation: &Operation, schema: &str) -> (bool, bool) {
        (
            self.reaches(&operation.takes, schema),
            self.reaches(&operation.gives, schema),
        )
    }

    fn reaches(&self, from: &[SmolStr], schema: &str) -> bool {
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let mut open: Vec<&str> = from.iter().map(SmolStr::as_str).collect();
        while let Some(name) = open.pop() {
            if name == schema {
                return true;
            }
            if seen.insert(name)
                && let Some(found) = self.schema(name)
            {
                open.extend(found.parts.iter().map(SmolStr::as_str));
            }
        }
        false
    }
}
