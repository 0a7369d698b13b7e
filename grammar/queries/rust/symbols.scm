; Named items. @symbol.<kind> is the item, @name its name, @body what the signature ends before.
; @scope is an item that only lends its @name as a container.

(function_item name: (identifier) @name body: (_) @body) @symbol.function
(function_signature_item name: (identifier) @name) @symbol.function
(struct_item name: (_) @name body: (_)? @body) @symbol.struct
(union_item name: (_) @name body: (_) @body) @symbol.struct
(enum_item name: (_) @name body: (_) @body) @symbol.enum
(enum_variant name: (_) @name) @symbol.variant
(trait_item name: (_) @name body: (_) @body) @symbol.trait
(type_item name: (_) @name) @symbol.type
(associated_type name: (_) @name) @symbol.type
(const_item name: (identifier) @name) @symbol.constant
(static_item name: (_) @name) @symbol.constant
(mod_item name: (_) @name body: (_)? @body) @symbol.module
(macro_definition name: (_) @name) @symbol.macro
(field_declaration name: (_) @name) @symbol.field

(impl_item
  type: [
    (type_identifier) @name
    (generic_type type: (type_identifier) @name)
    (generic_type type: (scoped_type_identifier name: (_) @name))
    (scoped_type_identifier name: (_) @name)
    (reference_type type: (type_identifier) @name)
    (reference_type type: (generic_type type: (type_identifier) @name))
    (primitive_type) @name
  ]) @scope
