; Names bound inside a body, which may be renamed without changing what the body does. @local is the name where it is bound,
; @local.scope the body. In @local.past the name means something else still, in @local.around it means this already.
; @label is a word that is never such a name.

(function_declaration (function_body) @local.scope)
(secondary_constructor (block) @local.scope)
(anonymous_initializer) @local.scope
(getter) @local.scope
(setter) @local.scope
(lambda_literal) @local.scope

(property_declaration (variable_declaration (identifier) @local))
(property_declaration (multi_variable_declaration (variable_declaration (identifier) @local)))
(for_statement (variable_declaration (identifier) @local))
(for_statement (multi_variable_declaration (variable_declaration (identifier) @local)))
(lambda_parameters (variable_declaration (identifier) @local))
(catch_block (identifier) @local)

(value_argument (identifier) @label . "=")
