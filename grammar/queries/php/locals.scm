; Names bound inside a body, which may be renamed without changing what the body does. @local is the name where it is bound,
; @local.scope the body. In @local.past the name means something else still, in @local.around it means this already.
; @label is a word that is never such a name.

(function_definition body: (_) @local.scope)
(method_declaration body: (_) @local.scope)
(anonymous_function body: (_) @local.scope)

(assignment_expression left: (variable_name (name) @local))
(foreach_statement (variable_name (name) @local))
(foreach_statement (pair (variable_name (name) @local)))
(catch_clause name: (variable_name (name) @local))
(list_literal (variable_name (name) @local))
