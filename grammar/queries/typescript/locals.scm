; Names bound inside a body, which may be renamed without changing what the body does. @local is the name where it is bound,
; @local.scope the body. In @local.past the name means something else still, in @local.around it means this already.
; @label is a word that is never such a name.

(function_declaration body: (_) @local.scope)
(generator_function_declaration body: (_) @local.scope)
(method_definition body: (_) @local.scope)
(function_expression) @local.scope
(generator_function) @local.scope
(arrow_function) @local.scope

(variable_declarator name: (identifier) @local)
(statement_block (lexical_declaration (variable_declarator name: (identifier) @local))) @local.around
(for_in_statement kind: _ left: (identifier) @local)
(catch_clause parameter: (identifier) @local)
(arrow_function parameter: (identifier) @local)
(arrow_function parameters: (formal_parameters (required_parameter pattern: (identifier) @local)))
(arrow_function parameters: (formal_parameters (optional_parameter pattern: (identifier) @local)))
(function_expression parameters: (formal_parameters (required_parameter pattern: (identifier) @local)))
(array_pattern (identifier) @local)
(object_pattern (shorthand_property_identifier_pattern) @local)
(object_assignment_pattern left: (shorthand_property_identifier_pattern) @local)
(pair_pattern value: (identifier) @local)
(assignment_pattern left: (identifier) @local)
(rest_pattern (identifier) @local)
