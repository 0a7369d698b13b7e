; Names bound inside a body, which may be renamed without changing what the body does. @local is the name where it is bound,
; @local.scope the body. In @local.past the name means something else still, in @local.around it means this already.
; @label is a word that is never such a name.

(method_declaration body: (_) @local.scope)
(constructor_declaration body: (_) @local.scope)
(lambda_expression) @local.scope

(local_variable_declaration declarator: (variable_declarator name: (identifier) @local))
(enhanced_for_statement name: (identifier) @local)
(catch_formal_parameter name: (identifier) @local)
(resource name: (identifier) @local)
(lambda_expression parameters: (identifier) @local)
(inferred_parameters (identifier) @local)
(lambda_expression parameters: (formal_parameters (formal_parameter name: (identifier) @local)))
(instanceof_expression name: (identifier) @local)
(type_pattern (identifier) @local)

(method_invocation name: (identifier) @label)
