; @import.path is what is imported. An import names no names of its own.

(import_declaration (identifier) @import.path)
