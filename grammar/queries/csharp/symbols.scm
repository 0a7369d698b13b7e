; Named items. @symbol.<kind> is the item, @name its name, @body what the signature ends before.
; Of equal items the pattern that stands first wins.

(namespace_declaration name: (_) @name body: (_) @body) @symbol.module
(file_scoped_namespace_declaration name: (_) @name) @symbol.module
(class_declaration name: (_) @name (base_list)? @bases body: (_)? @body) @symbol.class
(record_declaration "struct" name: (_) @name body: (_)? @body) @symbol.struct
(record_declaration name: (_) @name body: (_)? @body) @symbol.class
(record_declaration (parameter_list (parameter name: (_) @name) @symbol.field))
(struct_declaration name: (_) @name body: (_)? @body) @symbol.struct
(interface_declaration name: (_) @name body: (_)? @body) @symbol.interface
(enum_declaration name: (_) @name body: (_)? @body) @symbol.enum
(enum_member_declaration name: (_) @name) @symbol.variant
(delegate_declaration name: (_) @name) @symbol.type

(method_declaration name: (_) @name body: (_)? @body) @symbol.method
(constructor_declaration name: (_) @name body: (_)? @body) @symbol.method
(destructor_declaration name: (_) @name body: (_)? @body) @symbol.method
(operator_declaration operator: _ @name body: (_)? @body) @symbol.method
(local_function_statement name: (_) @name body: (_)? @body) @symbol.function

(property_declaration name: (_) @name [(accessor_list) (arrow_expression_clause)]? @body) @symbol.field
(indexer_declaration "this" @name [(accessor_list) (arrow_expression_clause)]? @body) @symbol.field
(event_declaration name: (_) @name (accessor_list)? @body) @symbol.field
(event_field_declaration (variable_declaration (variable_declarator name: (_) @name))) @symbol.field
(field_declaration (modifier "const") (variable_declaration (variable_declarator name: (_) @name))) @symbol.constant
(field_declaration (variable_declaration (variable_declarator name: (_) @name))) @symbol.field
