; Named items. @symbol.<kind> is the item, @name its name, @body what the signature ends before.
; Of equal items the pattern that stands first wins.

(class_declaration "interface" name: (_) @name (class_body)? @body) @symbol.interface
(class_declaration (modifiers (class_modifier "enum")) name: (_) @name (enum_class_body)? @body) @symbol.enum
(class_declaration name: (_) @name (delegation_specifiers)? @bases [(class_body) (enum_class_body)]? @body) @symbol.class
; `annotation class` behind other annotations is an expression to the grammar.
((infix_expression . (identifier) @_annotation . (identifier) @_class . (identifier) @name) @symbol.class
  (#eq? @_annotation "annotation") (#eq? @_class "class"))
(object_declaration name: (_) @name (class_body)? @body) @symbol.class
(companion_object name: (_) @name (class_body)? @body) @symbol.class
(type_alias type: (_) @name) @symbol.type
(enum_entry (identifier) @name) @symbol.variant

(class_body (function_declaration name: (_) @name.marked (function_body)? @body) @symbol.method)
(function_declaration name: (_) @name.marked (function_body)? @body) @symbol.function
(secondary_constructor "constructor" @name (block)? @body) @symbol.method

; Properties of a file or type, and the parameters that are properties. Locals are none.
((property_declaration (modifiers (property_modifier) @_const) (variable_declaration (identifier) @name)) @symbol.constant
  (#eq? @_const "const"))
(source_file (property_declaration (variable_declaration (identifier) @name)) @symbol.constant)
(class_body (property_declaration (variable_declaration (identifier) @name)) @symbol.field)
(enum_class_body (property_declaration (variable_declaration (identifier) @name)) @symbol.field)
(class_parameter ["val" "var"] . (identifier) @name) @symbol.field
