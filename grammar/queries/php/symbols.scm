; Named items. @symbol.<kind> is the item, @name its name, @body what the signature ends before.

(namespace_definition name: (_) @name body: (_)? @body) @symbol.module
(class_declaration name: (_) @name (base_clause)? @bases body: (_) @body) @symbol.class
(interface_declaration name: (_) @name body: (_) @body) @symbol.interface
(trait_declaration name: (_) @name body: (_) @body) @symbol.trait
(enum_declaration name: (_) @name body: (_) @body) @symbol.enum
(enum_case name: (_) @name) @symbol.variant
(function_definition name: (_) @name body: (_) @body) @symbol.function
(method_declaration name: (_) @name body: (_)? @body) @symbol.method

(property_declaration (property_element name: (variable_name (name) @name))) @symbol.field
(property_promotion_parameter name: (variable_name (name) @name)) @symbol.field
(const_declaration (const_element . (name) @name)) @symbol.constant
(function_call_expression
  function: (name) @_define
  arguments: (arguments . (argument (string (string_content) @name)))
  (#eq? @_define "define")) @symbol.constant
(program (expression_statement (assignment_expression left: (variable_name (name) @name))) @symbol.constant)
