; Names bound inside a body, which may be renamed without changing what the body does. @local is the name where it is bound,
; @local.scope the body. In @local.past the name means something else still, in @local.around it means this already.
; @label is a word that is never such a name.

(method_declaration body: (_) @local.scope)
(constructor_declaration body: (_) @local.scope)
(accessor_declaration body: (_) @local.scope)
(local_function_statement body: (_) @local.scope)
(lambda_expression) @local.scope

(local_declaration_statement (variable_declaration (variable_declarator name: (identifier) @local)))
(using_statement (variable_declaration (variable_declarator name: (identifier) @local)))
(for_statement initializer: (variable_declaration (variable_declarator name: (identifier) @local)))
(foreach_statement left: (identifier) @local)
(catch_declaration name: (identifier) @local)
(declaration_expression name: (identifier) @local)
(declaration_pattern name: (identifier) @local)
(implicit_parameter) @local
(lambda_expression parameters: (parameter_list (parameter name: (identifier) @local)))

(argument name: (identifier) @label)
