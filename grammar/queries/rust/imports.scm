; @import.path is what is imported, @import what holds it together with the names it binds: @import.name.

(use_declaration argument: (_) @import.path) @import
(extern_crate_declaration name: (_) @import.path) @import
(use_declaration argument: (identifier) @import.name)
(use_declaration argument: (scoped_identifier name: (identifier) @import.name))
(use_list (identifier) @import.name)
(scoped_use_list
  path: [(identifier) @import.name (scoped_identifier name: (_) @import.name)]
  list: (use_list (self)))
(use_list (scoped_identifier name: (identifier) @import.name))
(use_as_clause alias: (_) @import.name)
(extern_crate_declaration alias: (_) @import.name)
