; @import.path is what is imported, @import what holds it together with the name it binds: @import.name.

(import (qualified_identifier) @import.path "*"? @import.path) @import
(import (qualified_identifier) (identifier) @import.name)
((import (qualified_identifier (identifier) @import.name .)) @_all
  (#not-match? @_all "[*]\\s*$|\\sas\\s+\\S+\\s*$"))
