; @import.path is what is imported. Requires bind no names.

(call
  !receiver
  method: (identifier) @_require
  arguments: (argument_list . (string) @import.path)
  (#any-of? @_require "require" "require_relative" "load"))
