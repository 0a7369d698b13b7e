; What tests are made of. Which functions are tests, their annotations decide.

(modifiers (annotation) @attribute)
(annotated_expression (annotation) @attribute)

; Kotest: "name" { }, test("name") { }, both with .config(...), "name" - { }, "name" should { }.
(call_expression . (string_literal) @test.title @test.callee . (annotated_lambda)) @test.call
(call_expression
  . (call_expression
    . (identifier) @test.callee
    . (value_arguments . (value_argument . (string_literal) @test.title)))
  . (annotated_lambda)) @test.call
(call_expression
  . (call_expression . (navigation_expression . [
    (string_literal) @test.title @test.callee
    (call_expression
      . (identifier) @test.callee
      . (value_arguments . (value_argument . (string_literal) @test.title)))
  ] . (identifier) @_config))
  . (annotated_lambda)
  (#eq? @_config "config")) @test.call
(binary_expression left: (string_literal) @test.title @test.callee right: (lambda_literal)) @test.call
(infix_expression . (string_literal) @test.title @test.callee . (identifier) . (lambda_literal)) @test.call

; @test.display is a title beside the name.
(annotation
  (constructor_invocation
    (user_type (identifier) @_name)
    (value_arguments . (value_argument . (string_literal) @test.display)))
  (#eq? @_name "DisplayName"))

; @assertion.callee: it asserts if its name says so.
(call_expression . (_) @assertion.callee)
; `assertFailsWith<E> { }` is a comparison to the grammar.
(binary_expression left: (identifier) @assertion.callee)
(infix_expression . (_) . (identifier) @assertion (#match? @assertion "^should"))
(call_expression . (identifier) @assertion (#match? @assertion "^(coVerify|then)"))
