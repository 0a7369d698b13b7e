; Names bound inside a body, which may be renamed without changing what the body does. @local is the name where it is bound,
; @local.scope the body. In @local.past the name means something else still, in @local.around it means this already.
; @label is a word that is never such a name.

(function_definition body: (_) @local.scope)
(lambda_expression) @local.scope
(case_clause) @local.scope

(val_definition pattern: (identifier) @local)
(val_definition pattern: (tuple_pattern (identifier) @local))
(var_definition pattern: (identifier) @local)
(enumerator . (identifier) @local)
(lambda_expression parameters: (identifier) @local)
(lambda_expression parameters: (bindings (binding name: (identifier) @local)))
(case_clause pattern: (identifier) @local.lower)
(case_class_pattern pattern: (identifier) @local.lower)
(typed_pattern pattern: (identifier) @local)
