; TypeScript, TSX and JavaScript. @symbol.<kind> is the item, @name its name, @body what the signature ends before.
; Where several patterns find one name, a function is preferred to a constant or field, then the longest item.

(class_declaration name: (_) @name body: (_) @body) @symbol.class
(abstract_class_declaration name: (_) @name body: (_) @body) @symbol.class
(interface_declaration name: (_) @name body: (_) @body) @symbol.interface
(type_alias_declaration name: (_) @name) @symbol.type
(enum_declaration name: (_) @name body: (_) @body) @symbol.enum
(enum_body (property_identifier) @name @symbol.variant)
(enum_body (enum_assignment name: (property_identifier) @name) @symbol.variant)
(internal_module name: (_) @name body: (_) @body) @symbol.module
(module name: (identifier) @name body: (_) @body) @symbol.module
(module name: (string (string_fragment) @name) body: (_) @body) @symbol.module

(function_declaration name: (_) @name body: (_) @body) @symbol.function
(generator_function_declaration name: (_) @name body: (_) @body) @symbol.function
(function_signature name: (_) @name) @symbol.function

; What wraps an item belongs to it: @outer is the wrapper of @inner.
(export_statement declaration: (_) @inner) @outer
(ambient_declaration (_) @inner) @outer

(export_statement "default" @name value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)
]) @symbol.function
(export_statement "default" @name value: (class body: (_) @body)) @symbol.class
(export_statement "default" @name value: [(object) (call_expression) (new_expression)]) @symbol.constant

; Constants: those of a file or namespace only. Functions kept in a variable: everywhere.
(program (lexical_declaration (variable_declarator name: (identifier) @name)) @symbol.constant)
(program (variable_declaration (variable_declarator name: (identifier) @name)) @symbol.constant)
(program (ambient_declaration (_ (variable_declarator name: (identifier) @name))) @symbol.constant)
(export_statement declaration: (_ (variable_declarator name: (identifier) @name)) @symbol.constant)
(export_statement declaration: (_ (variable_declarator
  name: (object_pattern (shorthand_property_identifier_pattern) @name))) @symbol.constant)
(lexical_declaration (variable_declarator name: (identifier) @name value: (arrow_function body: (_) @body))) @symbol.function
(lexical_declaration (variable_declarator name: (identifier) @name value: (function_expression body: (_) @body))) @symbol.function
(lexical_declaration (variable_declarator name: (identifier) @name value: (generator_function body: (_) @body))) @symbol.function
(variable_declaration (variable_declarator name: (identifier) @name value: (arrow_function body: (_) @body))) @symbol.function
(variable_declaration (variable_declarator name: (identifier) @name value: (function_expression body: (_) @body))) @symbol.function
(expression_statement (assignment_expression
  left: (member_expression property: (property_identifier) @name)
  right: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])) @symbol.function

; Members. Object literals: shorthand methods everywhere, functions after a colon in constants only.
(method_definition name: [(property_identifier) (private_property_identifier)] @name body: (_) @body) @symbol.method
(abstract_method_signature name: (property_identifier) @name) @symbol.method
(method_signature name: (property_identifier) @name) @symbol.method
(public_field_definition name: [(property_identifier) (private_property_identifier)] @name) @symbol.field
(public_field_definition
  name: [(property_identifier) (private_property_identifier)] @name
  value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @symbol.method
; @symbol.property is a field if the symbol around it is a type or a field, else nothing: a type written beside a
; parameter or a cast has no name.
(property_signature name: (property_identifier) @name) @symbol.property
; @symbol.member is a method if the symbol around it is a constant, else nothing.
(pair key: (property_identifier) @name value: (arrow_function body: (_) @body)) @symbol.member
(pair key: (property_identifier) @name value: (function_expression body: (_) @body)) @symbol.member
