; Named items. @symbol.<kind> is the item, @name its name, @body what the signature ends before.

(class_definition name: (_) @name superclasses: (_)? @bases body: (_) @body) @symbol.class
(function_definition name: (_) @name body: (_) @body) @symbol.function
(module (expression_statement (assignment left: (identifier) @name)) @symbol.constant)
(class_definition body: (block (expression_statement (assignment left: (identifier) @name)) @symbol.field))
(type_alias_statement left: (type (identifier) @name)) @symbol.type
