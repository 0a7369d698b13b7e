; Named items. @symbol.<kind> is the item, @name its name, @body what the signature ends before.

(package_clause name: (_) @name body: (_) @body) @symbol.module
(package_object name: (_) @name body: (_)? @body) @symbol.module
(class_definition name: (_) @name extend: (_)? @bases body: (_)? @body) @symbol.class
(object_definition name: (_) @name body: (_)? @body) @symbol.class
(trait_definition name: (_) @name body: (_)? @body) @symbol.trait
(enum_definition name: (_) @name body: (_)? @body) @symbol.enum
(simple_enum_case name: (_) @name) @symbol.variant
(full_enum_case name: (_) @name) @symbol.variant
(type_definition name: (_) @name) @symbol.type

(function_definition name: (_) @name body: (_) @body) @symbol.function
(function_declaration name: (_) @name) @symbol.function

; Values of a file or type, and the parameters that are values. Locals are none.
; What has a name and is none of the above is a value without a definition, or a given.
(template_body (_ pattern: [(identifier) @name (identifiers (identifier) @name)]) @symbol.field)
(template_body (_ name: (_) @name) @symbol.field)
(compilation_unit (_ pattern: [(identifier) @name (identifiers (identifier) @name)]) @symbol.constant)
(compilation_unit (given_definition name: (_) @name) @symbol.constant)
(class_parameter ["val" "var"] name: (_) @name) @symbol.field
; Of a case class the first list of parameters only.
(class_definition "case" name: (_) . type_parameters: (_)? . (annotation)? . (access_modifier)?
  . class_parameters: (class_parameters (class_parameter name: (_) @name) @symbol.field))

; What an anonymous class has belongs to it and not to what is around it.
(instance_expression (type_identifier) @name (template_body)) @scope
(instance_expression (generic_type type: (type_identifier) @name) (template_body)) @scope
(instance_expression (applied_constructor_type . (type_identifier) @name) (template_body)) @scope
(instance_expression
  (applied_constructor_type . (generic_type type: (type_identifier) @name)) (template_body)) @scope
(instance_expression
  (compound_type base: [
    (type_identifier) @name
    (generic_type type: (type_identifier) @name)
    (applied_constructor_type . [(type_identifier) @name (generic_type type: (type_identifier) @name)])])
  (template_body)) @scope
