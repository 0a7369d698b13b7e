; Names bound inside a body, which may be renamed without changing what the body does. @local is the name where it is bound,
; @local.scope the body. In @local.past the name means something else still, in @local.around it means this already.
; @label is a word that is never such a name.

(function_declaration body: (_) @local.scope)
(method_declaration body: (_) @local.scope)
(func_literal) @local.scope

(short_var_declaration left: (expression_list (identifier) @local))
(range_clause left: (expression_list (identifier) @local))
(var_spec name: (identifier) @local)
(const_spec name: (identifier) @local)
(func_literal parameters: (parameter_list (parameter_declaration name: (identifier) @local)))
(type_switch_statement alias: (expression_list (identifier) @local))
(receive_statement left: (expression_list (identifier) @local))

(keyed_element key: (literal_element (identifier) @label))
