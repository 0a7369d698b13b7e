; @import.path is what is imported, @import what holds it together with the name it binds: @import.name.

(import_declaration [(identifier) (scoped_identifier)] @import.path (asterisk)? @import.path) @import
(import_declaration (scoped_identifier name: (_) @import.name) . ";")
