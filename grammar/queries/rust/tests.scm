; What tests are made of. Which functions are tests, their attributes decide.

(attribute_item) @attribute

; @assertion.callee: a macro or function; it asserts if its name says so.
(macro_invocation macro: (_) @assertion.callee)
(call_expression function: (_) @assertion.callee)

; Inside `proptest! { ... }` there are only tokens: @name is the test, @test.last its block.
(token_tree
  "#" . (token_tree . (identifier) @_test .) . "fn" . (identifier) @name . (token_tree) . (token_tree) @test.last
  (#eq? @_test "test"))
