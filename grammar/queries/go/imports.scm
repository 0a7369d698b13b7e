; @import.path is what is imported, @import what holds it together with the name it binds: @import.name.

(import_spec path: (_) @import.path) @import
(import_spec name: (package_identifier) @import.name)
