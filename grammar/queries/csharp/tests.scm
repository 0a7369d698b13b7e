; What tests are made of. Which methods are tests, their attributes decide.

(attribute_list) @attribute

; @test.display is a title beside the name.
(attribute_argument name: (identifier) @_name (string_literal) @test.display (#eq? @_name "DisplayName"))

; @skip is the node that is skipped without a condition.
(method_declaration
  body: (block (expression_statement (invocation_expression function: (member_access_expression) @_skip)))
  (#any-of? @_skip "Assert.Ignore" "Assert.Inconclusive" "Assert.Skip")) @skip

; @assertion.callee: it asserts if its name says so.
(invocation_expression function: (_) @assertion.callee)
(invocation_expression
  function: (member_access_expression name: (_) @assertion)
  (#match? @assertion "^(Should|Verify|Received|DidNotReceive|Expect|Throw|Must)"))

; What throws tells the runner, too.
[(throw_statement) (throw_expression)] @assertion
