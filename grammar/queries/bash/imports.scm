; @import.path is what is read in; of `"$(dirname "$0")/lib.sh"` what stands behind the last expansion.

(command
  name: (command_name) @_source
  . argument: [
    (word) @import.path
    (concatenation) @import.path
    (raw_string) @import.path
    (string (string_content) @import.path .)
  ]
  (#any-of? @_source "source" "." "load"))
