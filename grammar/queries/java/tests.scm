; What tests are made of. Which methods are tests, their annotations decide.

(modifiers [(annotation) (marker_annotation)] @attribute)

; @test.display is a title beside the name.
(annotation
  name: (identifier) @_name
  arguments: (annotation_argument_list . (string_literal) @test.display)
  (#eq? @_name "DisplayName"))

; @assertion.callee: it asserts if its name says so.
(assert_statement) @assertion
(method_invocation name: (identifier) @assertion.callee)
(method_invocation object: (identifier) @assertion (#match? @assertion "Assert|Verifier|Expect"))
(method_invocation name: (identifier) @assertion (#match? @assertion "^(andExpect|then|statusCode|until|satisfies)"))

; What throws tells the runner, too.
(throw_statement) @assertion
