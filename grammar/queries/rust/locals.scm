; Names bound inside a body, which may be renamed without changing what the body does. @local is the name where it is bound,
; @local.scope the body. In @local.past the name means something else still, in @local.around it means this already.
; @label is a word that is never such a name.
; @local.lower: a capital begins a constant or a variant.

(function_item body: (_) @local.scope)
(closure_expression) @local.scope
(async_block) @local.scope

(let_declaration pattern: (identifier) @local.lower) @local.past
(let_declaration pattern: (_ (identifier) @local.lower)) @local.past
(let_declaration pattern: (_ (_ (identifier) @local.lower))) @local.past
(for_expression pattern: (identifier) @local.lower)
(closure_parameters (identifier) @local.lower)
(closure_parameters (parameter pattern: (identifier) @local.lower))
(tuple_pattern (identifier) @local.lower)
(slice_pattern (identifier) @local.lower)
(tuple_struct_pattern type: (_) (identifier) @local.lower)
(field_pattern pattern: (identifier) @local.lower)
(field_pattern name: (shorthand_field_identifier) @local.lower)
(ref_pattern (identifier) @local.lower)
(mut_pattern (identifier) @local.lower)
(reference_pattern (identifier) @local.lower)
(captured_pattern . (identifier) @local.lower)
(match_pattern . (identifier) @local.lower)

(field_initializer field: (field_identifier) @label)
