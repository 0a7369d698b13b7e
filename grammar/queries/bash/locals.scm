; Names bound inside a body, which may be renamed without changing what the body does. @local is the name where it is bound,
; @local.scope the body. In @local.past the name means something else still, in @local.around it means this already.
; @label is a word that is never such a name.

(function_definition body: (_) @local.scope)

(declaration_command "local" (variable_assignment name: (variable_name) @local))
(declaration_command "local" (variable_name) @local)
(declaration_command "local" (word) @local)
