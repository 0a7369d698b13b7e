//! What the nodes of a grammar are to a formatter, by their names.
//!
//! The names of kinds are much alike in all grammars, so that one list serves them; where two grammars mean different
//! things by one name, [`Style`] tells them apart.

use std::sync::OnceLock;

use crate::Language;

/// What of a language's writing is a formatter's choice.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    /// Line ends end statements, and semicolons may be left out.
    pub(crate) lines: bool,
    /// Single and double quotes mean the same: always, or where nothing in them is special.
    pub(crate) quotes: Quotes,
}

/// Whether single and double quotes mean the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quotes {
    Differ,
    Same,
    /// The same where nothing between them is special in one of them.
    SameIfPlain,
}

/// What a node is to a formatter.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Class(u32);

impl Class {
    /// Counts for nothing: a comment, an empty statement.
    pub(super) const SKIP: Self = Self(1);
    /// Its own parentheses count for nothing.
    pub(super) const PAREN: Self = Self(1 << 1);
    /// An operation: what it holds together is marked where it stands in another.
    pub(super) const GROUP: Self = Self(1 << 2);
    /// An operation in it is marked.
    pub(super) const TIGHT: Self = Self(1 << 3);
    /// Its children follow one another, each ended by a line end or a semicolon.
    pub(super) const LIST: Self = Self(1 << 4);
    /// Ends with a line end or a semicolon.
    pub(super) const ENDED: Self = Self(1 << 5);
    pub(super) const STRING: Self = Self(1 << 6);
    pub(super) const NUMBER: Self = Self(1 << 7);
    /// Marked at both ends, whether parentheses are written or not.
    pub(super) const TUPLE: Self = Self(1 << 8);
    /// A function whose only parameter may stand without parentheses.
    pub(super) const ARROW: Self = Self(1 << 9);
    pub(super) const PARAMETERS: Self = Self(1 << 10);
    /// Its semicolons say something.
    pub(super) const FOR: Self = Self(1 << 11);
    /// A block in it that is one expression may be written without braces.
    pub(super) const HOLDER: Self = Self(1 << 12);
    pub(super) const BLOCK: Self = Self(1 << 13);
    /// A name before a colon may be quoted.
    pub(super) const KEYED: Self = Self(1 << 14);
    /// May begin with the mark that stands between its parts.
    pub(super) const LED: Self = Self(1 << 15);
    /// A first comma in it makes it what it is.
    pub(super) const COMMA: Self = Self(1 << 16);
    /// Strings behind one another.
    pub(super) const JOINED: Self = Self(1 << 17);
    /// Leaves the function: a semicolon behind it says nothing.
    pub(super) const JUMP: Self = Self(1 << 18);
    pub(super) const NEW: Self = Self(1 << 19);
    pub(super) const ARGUMENTS: Self = Self(1 << 20);
    /// Words between tags.
    pub(super) const WORDS: Self = Self(1 << 21);
    pub(super) const EMBEDDED: Self = Self(1 << 22);
    pub(super) const ATTRIBUTE: Self = Self(1 << 23);
    /// An expression in a string.
    pub(super) const INTERPOLATED: Self = Self(1 << 24);
    /// `x` that stands for `x: x`.
    pub(super) const SHORTHAND: Self = Self(1 << 25);
    /// Its commas say nothing.
    pub(super) const SPACED: Self = Self(1 << 26);
    /// A class whose empty parentheses say nothing.
    pub(super) const BASED: Self = Self(1 << 27);
    /// A statement, as far as a block of one expression is none.
    pub(super) const STATEMENT: Self = Self(1 << 28);
    /// Marked in a [`TIGHT`](Self::TIGHT) node only: grammars differ in how far it reaches.
    pub(super) const SOFT: Self = Self(1 << 29);
    /// An empty statement.
    pub(super) const EMPTY: Self = Self(1 << 30);

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The class of every kind of a language's grammar, by the number of the kind.
pub(super) fn classes(language: Language) -> &'static [Class] {
    static KNOWN: OnceLock<Vec<(Language, OnceLock<Vec<Class>>)>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let all = Language::ALL.iter();
        all.map(|language| (*language, OnceLock::new())).collect()
    });
    let Some((_, cell)) = known.iter().find(|(known, _)| *known == language) else {
        return &[];
    };
    cell.get_or_init(|| {
        let definition = language.definition();
        let Some(grammar) = definition.grammar.map(|grammar| grammar()) else {
            return Vec::new();
        };
        let count = u16::try_from(grammar.node_kind_count()).unwrap_or(u16::MAX);
        let class = |id| match grammar.node_kind_for_id(id) {
            Some(name) if grammar.node_kind_is_named(id) => class(name, definition.style),
            _ => Class::default(),
        };
        (0..count).map(class).collect()
    })
}

fn class(name: &str, style: Style) -> Class {
    let listed = match name {
        "parenthesized_expression"
        | "parenthesized_type"
        | "parenthesized_pattern"
        | "parenthesized_statements"
        | "with_clause" => Class::PAREN,
        "line_continuation" => Class::SKIP,
        "empty_statement" => Class::EMPTY,
        "tuple" | "expression_list" | "pattern_list" | "tuple_pattern" if style.lines => {
            Class::TUPLE
        }
        "argument_list" | "method_parameters" => Class::TUPLE.and(Class::ARGUMENTS),
        "arguments" => Class::ARGUMENTS,
        "arrow_function" => Class::ARROW.and(Class::GROUP),
        "formal_parameters" => Class::PARAMETERS,
        "for_statement" | "for_clause" | "c_style_for_statement" => Class::FOR,
        "match_arm" | "closure_expression" => Class::HOLDER,
        "block" if !style.lines => Class::BLOCK,
        "pair"
        | "property_signature"
        | "method_signature"
        | "public_field_definition"
        | "method_definition"
        | "enum_assignment"
        | "pair_pattern" => Class::KEYED,
        "union_type" | "intersection_type" | "or_pattern" => Class::LED,
        "tuple_expression" | "tuple_type" | "tuple_pattern" => Class::COMMA,
        "concatenated_string" => Class::JOINED,
        "return_expression" | "break_expression" | "continue_expression" => {
            Class::JUMP.and(Class::GROUP)
        }
        "new_expression" => Class::NEW.and(Class::TIGHT),
        "jsx_text" => Class::WORDS,
        "jsx_expression" => Class::EMBEDDED,
        "jsx_attribute" => Class::ATTRIBUTE,
        "shorthand_property_identifier"
        | "shorthand_property_identifier_pattern"
        | "shorthand_field_identifier"
        | "shorthand_field_initializer" => Class::SHORTHAND,
        "class_definition" => Class::BASED,
        "object_type" | "interface_body" if style.lines => Class::LIST.and(Class::SPACED),
        _ => Class::default(),
    };
    if name.contains("comment") {
        return Class::SKIP;
    }
    listed
        .and(operation(name))
        .and(literal(name))
        .and(statement(name, style))
}

fn operation(name: &str) -> Class {
    match name {
        "parenthesized_expression" | "arrow_function" | "closure_expression" => Class::default(),
        "await_expression" | "await" => Class::SOFT,
        "call_expression"
        | "member_expression"
        | "field_expression"
        | "subscript_expression"
        | "index_expression"
        | "selector_expression"
        | "navigation_expression"
        | "array_expression"
        | "struct_expression"
        | "tuple_expression"
        | "unit_expression"
        | "object_creation_expression"
        | "invocation_expression"
        | "member_access_expression"
        | "element_access_expression"
        | "method_invocation"
        | "field_access"
        | "macro_invocation"
        | "this_expression"
        | "super_expression"
        | "non_null_expression"
        | "call"
        | "attribute"
        | "subscript"
        | "member_call_expression"
        | "slice_expression"
        | "array_access"
        | "new_expression"
        | "self_expression"
        | "jsx_expression"
        | "function_expression"
        | "interpolated_string_expression" => Class::TIGHT,
        "lambda" | "yield" | "binary" | "unary" | "conditional" | "assignment" => Class::GROUP,
        _ if name.ends_with("_expression")
            || name.ends_with("_operator")
            || name.ends_with("_operation")
            || name.ends_with("_expr") =>
        {
            Class::GROUP
        }
        _ => Class::default(),
    }
}

fn literal(name: &str) -> Class {
    match name {
        "string"
        | "string_literal"
        | "interpreted_string_literal"
        | "raw_string_literal"
        | "raw_string"
        | "char_literal"
        | "character_literal"
        | "rune_literal"
        | "line_string_literal"
        | "multi_line_string_literal"
        | "multiline_string_literal"
        | "encapsed_string"
        | "quoted_template"
        | "template_string"
        | "verbatim_string_literal"
        | "interpolated_string_expression"
        | "heredoc_body"
        | "string_lit"
        | "translated_string"
        | "ansi_c_string"
        | "concatenated_string_literal"
        | "system_lib_string" => Class::STRING,
        "interpolation"
        | "template_substitution"
        | "template_interpolation"
        | "interpolated_expression"
        | "string_interpolation"
        | "simple_expansion"
        | "expansion"
        | "command_substitution"
        | "variable_name"
        | "dynamic_variable_name"
        | "raw_str_interpolation"
        | "process_substitution"
        | "arithmetic_expansion"
        | "member_access_in_string" => Class::INTERPOLATED,
        "number"
        | "integer"
        | "float"
        | "int_literal"
        | "float_literal"
        | "integer_literal"
        | "number_literal"
        | "decimal_integer_literal"
        | "hex_integer_literal"
        | "decimal_floating_point_literal"
        | "numeric_lit"
        | "imaginary_literal"
        | "real_literal"
        | "hex_literal" => Class::NUMBER,
        _ => Class::default(),
    }
}

fn statement(name: &str, style: Style) -> Class {
    if !style.lines {
        let is_statement = name.ends_with("_statement")
            || name.ends_with("_declaration")
            || name.ends_with("_item")
            || name.ends_with("_definition");
        return if is_statement {
            Class::STATEMENT
        } else {
            Class::default()
        };
    }
    match name {
        "block"
        | "statement_block"
        | "statement_list"
        | "statements"
        | "program"
        | "module"
        | "source_file"
        | "class_body"
        | "body_statement"
        | "then"
        | "do"
        | "else"
        | "switch_case"
        | "switch_default"
        | "expression_case"
        | "default_case"
        | "communication_case"
        | "type_case"
        | "compound_statement"
        | "do_group"
        | "template_body"
        | "indented_block"
        | "begin"
        | "begin_block"
        | "enum_class_body"
        | "function_body"
        | "body"
        | "field_declaration_list"
        | "interface_type"
        | "lambda_literal"
        | "do_block"
        | "ensure"
        | "rescue"
        | "when"
        | "switch_entry"
        | "var_spec_list"
        | "case_clause" => Class::LIST,
        "command"
        | "pipeline"
        | "list"
        | "variable_assignment"
        | "redirected_statement"
        | "negated_command"
        | "test_command"
        | "declaration_command" => Class::ENDED,
        _ => Class::default(),
    }
}
