; @import.path is what is imported, @import what holds it together with the names it binds: @import.name.

(import_declaration . (_) @import.path (_) @import.path .) @import
(import_declaration (identifier) @import.name .)
(namespace_selectors (identifier) @import.name)
(arrow_renamed_identifier alias: (identifier) @import.name)
(as_renamed_identifier alias: (identifier) @import.name)
