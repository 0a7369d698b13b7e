; @import.path is the source of a module.

(block
  (identifier) @_module
  (body (attribute (identifier) @_source (expression (literal_value (string_lit) @import.path))))
  (#eq? @_module "module")
  (#eq? @_source "source"))
