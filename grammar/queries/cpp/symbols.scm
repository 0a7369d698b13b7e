; Named items. @symbol.<kind> is the item, @name its name, @body what the signature ends before.
; Functions, variables, fields and typedefs are found by `declarations.rs`: a declaration holds any number of names, each
; as deep in its declarator as it likes.

(namespace_definition name: (_) @name body: (_) @body) @symbol.module
(class_specifier
  name: [
    (type_identifier) @name
    (template_type name: (_) @name)
    (qualified_identifier scope: (_) @container name: [(type_identifier) @name (template_type name: (_) @name)])
  ]
  body: (_) @body) @symbol.class
(struct_specifier
  name: [
    (type_identifier) @name
    (template_type name: (_) @name)
    (qualified_identifier scope: (_) @container name: [(type_identifier) @name (template_type name: (_) @name)])
  ]
  body: (_) @body) @symbol.struct
(union_specifier name: (_) @name body: (_) @body) @symbol.struct
(enum_specifier name: (_) @name body: (_) @body) @symbol.enum
(enumerator name: (_) @name) @symbol.variant
(alias_declaration name: (_) @name) @symbol.type
(concept_definition name: (_) @name) @symbol.interface
(preproc_def name: (_) @name) @symbol.macro
(preproc_function_def name: (_) @name) @symbol.macro

; What wraps an item belongs to it: @outer is the wrapper of @inner.
(template_declaration (_) @inner) @outer
