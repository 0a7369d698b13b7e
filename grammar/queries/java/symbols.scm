; Named items. @symbol.<kind> is the item, @name its name, @body what the signature ends before.
; Of equal items the pattern that stands first wins.

(class_declaration name: (_) @name superclass: (_)? @bases body: (_) @body) @symbol.class
(record_declaration name: (_) @name body: (_) @body) @symbol.class
(record_declaration parameters: (formal_parameters (formal_parameter name: (_) @name) @symbol.field))
(interface_declaration name: (_) @name body: (_) @body) @symbol.interface
(annotation_type_declaration name: (_) @name body: (_) @body) @symbol.interface
(enum_declaration name: (_) @name body: (_) @body) @symbol.enum
(enum_constant name: (_) @name body: (_)? @body) @symbol.variant
(module_declaration name: (_) @name body: (_) @body) @symbol.module

(method_declaration name: (_) @name body: (_)? @body) @symbol.method
(constructor_declaration name: (_) @name body: (_) @body) @symbol.method
(compact_constructor_declaration name: (_) @name body: (_) @body) @symbol.method
(annotation_type_element_declaration name: (_) @name) @symbol.method

(field_declaration (modifiers "static" "final") declarator: (variable_declarator name: (_) @name)) @symbol.constant
(field_declaration declarator: (variable_declarator name: (_) @name)) @symbol.field
(constant_declaration declarator: (variable_declarator name: (_) @name)) @symbol.constant
