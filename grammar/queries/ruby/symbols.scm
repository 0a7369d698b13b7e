; Named items. @symbol.<kind> is the item, @name its name, @body what the signature ends before, @container a container
; that stands in the name itself (`class Auth::Store`).
; @symbol.mixin is a module whose functions are methods. @name.marked is a name behind a colon or between quotes.

(module name: [(constant) @name (scope_resolution scope: (_)? @container name: (_) @name)] body: (_)? @body) @symbol.mixin
(class
  name: [(constant) @name (scope_resolution scope: (_)? @container name: (_) @name)]
  superclass: (superclass (_) @bases)?
  body: (_)? @body) @symbol.class
(method name: (_) @name body: (_)? @body) @symbol.function
(singleton_method name: (_) @name body: (_)? @body) @symbol.method
(alias name: (_) @name.marked) @symbol.method

(assignment
  left: [(constant) @name (scope_resolution scope: (_)? @container name: (constant) @name)]) @symbol.constant
(left_assignment_list (constant) @name @symbol.constant)
(operator_assignment left: (constant) @name) @symbol.constant
(program (assignment left: (global_variable) @name) @symbol.constant)
(class body: (_ (assignment left: (class_variable) @name) @symbol.field))
(assignment
  left: (constant) @name
  right: (call receiver: (constant) @_type method: (identifier) @_new block: (_)? @body)
  (#any-of? @_type "Struct" "Class" "Data" "Module")
  (#any-of? @_new "new" "define")) @symbol.class

; Members that calls make.
(call
  !receiver
  method: (identifier) @_attr
  arguments: (argument_list [(simple_symbol) (string . (string_content) .)] @name.marked @symbol.field)
  (#any-of? @_attr "attr_reader" "attr_writer" "attr_accessor" "attr" "cattr_accessor" "mattr_accessor" "class_attribute"))
(call
  !receiver
  method: (identifier) @_define
  arguments: (argument_list . [(simple_symbol) (string . (string_content) .)] @name.marked)
  (#any-of? @_define "define_method" "define_singleton_method" "alias_method")) @symbol.method
