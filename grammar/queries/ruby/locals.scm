; Names bound inside a body, which may be renamed without changing what the body does. @local is the name where it is bound,
; @local.scope the body. In @local.past the name means something else still, in @local.around it means this already.
; @label is a word that is never such a name.

(method body: (_) @local.scope)
(singleton_method body: (_) @local.scope)
(block) @local.scope
(do_block) @local.scope
(lambda) @local.scope

(assignment left: (identifier) @local)
(assignment left: (left_assignment_list (identifier) @local))
(operator_assignment left: (identifier) @local)
(block_parameters (identifier) @local)
(exception_variable (identifier) @local)
(for pattern: (identifier) @local)
