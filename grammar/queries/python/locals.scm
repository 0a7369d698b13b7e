; Names bound inside a body, which may be renamed without changing what the body does. @local is the name where it is bound,
; @local.scope the body. In @local.past the name means something else still, in @local.around it means this already.
; @label is a word that is never such a name.

(function_definition body: (_) @local.scope)
(lambda) @local.scope
(list_comprehension) @local.scope
(set_comprehension) @local.scope
(dictionary_comprehension) @local.scope
(generator_expression) @local.scope

(assignment left: (identifier) @local)
(assignment left: (pattern_list (identifier) @local))
(assignment left: (tuple_pattern (identifier) @local))
(assignment left: (pattern_list (list_splat_pattern (identifier) @local)))
(for_statement left: (identifier) @local)
(for_statement left: (_ (identifier) @local))
(list_comprehension (for_in_clause left: (identifier) @local)) @local.around
(set_comprehension (for_in_clause left: (identifier) @local)) @local.around
(dictionary_comprehension (for_in_clause left: (identifier) @local)) @local.around
(generator_expression (for_in_clause left: (identifier) @local)) @local.around
(list_comprehension (for_in_clause left: (_ (identifier) @local))) @local.around
(set_comprehension (for_in_clause left: (_ (identifier) @local))) @local.around
(dictionary_comprehension (for_in_clause left: (_ (identifier) @local))) @local.around
(generator_expression (for_in_clause left: (_ (identifier) @local))) @local.around
(as_pattern alias: (as_pattern_target (identifier) @local))
(named_expression name: (identifier) @local)
(lambda_parameters (identifier) @local)

(keyword_argument name: (identifier) @label)
