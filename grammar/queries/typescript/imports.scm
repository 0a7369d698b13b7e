; @import.path is what is imported, @import what holds it together with the names it binds: @import.name.

(import_statement source: (string) @import.path) @import
(import_statement (import_require_clause (identifier) @import.name source: (string) @import.path) @import)
(export_statement source: (string) @import.path)
(import_clause (identifier) @import.name)
(namespace_import (identifier) @import.name)
(import_specifier name: (_) @import.name !alias)
(import_specifier alias: (_) @import.name)

; `import("./x")`, `require("./x")`, `const { a, b: c } = require("./x")`
(call_expression
  function: [(import) (identifier) @_require]
  arguments: (arguments . (string) @import.path)
  (#eq? @_require "require"))
(variable_declarator
  name: [
    (identifier) @import.name
    (object_pattern [
      (shorthand_property_identifier_pattern) @import.name
      (pair_pattern value: (identifier) @import.name)
    ])
  ]
  value: (call_expression function: (identifier) @_require arguments: (arguments . (string) @import.path))
  (#eq? @_require "require")) @import
