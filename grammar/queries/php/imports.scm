; @import.path is what is imported, @import what holds it together with the names it binds: @import.name.

(namespace_use_declaration (namespace_use_clause [(name) (qualified_name)] @import.path) @import)
(namespace_use_declaration (namespace_name) @import.path body: (_) @import.path) @import
(namespace_use_clause (name) @import.name !alias)
(namespace_use_clause (qualified_name (name) @import.name) !alias)
(namespace_use_clause alias: (_) @import.name)

(require_expression (_) @import.path)
(require_once_expression (_) @import.path)
(include_expression (_) @import.path)
(include_once_expression (_) @import.path)
