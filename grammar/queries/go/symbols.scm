; Named items. @symbol.<kind> is the item, @name its name, @body what the signature ends before.
; @container is the type a method belongs to. Of equal items the pattern that stands first wins.

(function_declaration name: (_) @name body: (_)? @body) @symbol.function
(method_declaration
  receiver: (parameter_list (parameter_declaration type: [
    (type_identifier) @container
    (pointer_type (type_identifier) @container)
    (generic_type type: (type_identifier) @container)
    (pointer_type (generic_type type: (type_identifier) @container))
  ]))
  name: (_) @name
  body: (_)? @body) @symbol.method
(method_elem name: (_) @name) @symbol.method

(type_spec name: (_) @name type: (struct_type (field_declaration_list) @body)) @symbol.struct
(type_spec name: (_) @name type: (interface_type "{" @body)) @symbol.interface
(type_spec name: (_) @name) @symbol.type
(type_alias name: (_) @name) @symbol.type
(type_spec type: (struct_type (field_declaration_list (field_declaration name: (_) @name) @symbol.field)))
; Fields of a struct without a name, one level deep.
(type_spec type: (struct_type (field_declaration_list (field_declaration type: [
  (struct_type (field_declaration_list (field_declaration name: (_) @name) @symbol.field))
  (slice_type (struct_type (field_declaration_list (field_declaration name: (_) @name) @symbol.field)))
]))))

; Constants and variables of the file only.
(source_file (const_declaration (const_spec name: (identifier) @name) @symbol.constant) (#not-eq? @name "_"))
(source_file (var_declaration (var_spec name: (identifier) @name) @symbol.constant) (#not-eq? @name "_"))
(source_file (var_declaration (var_spec_list (var_spec name: (identifier) @name) @symbol.constant)) (#not-eq? @name "_"))

; `type`, `const` and `var` belong to what they declare alone: @outer is the wrapper of @inner.
((type_declaration [(type_spec) (type_alias)] @inner) @outer (#not-match? @outer "^type\\s*[(]"))
((const_declaration (const_spec) @inner) @outer (#not-match? @outer "^const\\s*[(]"))
(var_declaration (var_spec) @inner) @outer
