; @import.path is what is imported, @import what holds it together with the names it binds: @import.name.

(import_statement name: (dotted_name) @import.path)
(import_statement name: (aliased_import name: (_) @import.path) @import)
(import_from_statement module_name: (_) @import.path) @import
(future_import_statement "__future__" @import.path) @import
(import_from_statement name: (dotted_name) @import.name)
(future_import_statement name: (dotted_name) @import.name)
(aliased_import alias: (_) @import.name)
