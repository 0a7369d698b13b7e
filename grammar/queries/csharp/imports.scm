; @import.path is what is imported, @import what holds it together with the name it binds: @import.name.

(using_directive !name [(identifier) (qualified_name) (alias_qualified_name)] @import.path)
(using_directive name: (_) @import.name (_) @import.path) @import
