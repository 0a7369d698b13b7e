; What tests are made of. Which functions are tests, their attributes, names and classes decide.
; Named items are found by `swift.rs`.

(attribute) @attribute

; @test.display is a title beside the name.
(attribute (user_type (type_identifier) @_name) . (line_string_literal) @test.display
  (#any-of? @_name "Test" "Suite"))

; @assertion.callee: it asserts if its name says so; `#expect` and `#require` do.
(call_expression . (_) @assertion.callee)
(macro_invocation . (_) @assertion.callee)
