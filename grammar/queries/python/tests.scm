; What tests are made of. Which functions are tests, their names and classes decide.

(decorator) @attribute

(assert_statement) @assertion
; @assertion.callee: it asserts if its name says so.
(call function: (_) @assertion.callee)

; @skip is the node that is skipped without a condition.
(function_definition
  body: (block . (expression_statement (string))? . (expression_statement (call function: (_) @_skip)))
  (#any-of? @_skip "pytest.skip" "self.skipTest" "skip")) @skip
(module
  (expression_statement (assignment left: (identifier) @_mark right: (_) @_skip))
  (#eq? @_mark "pytestmark")
  (#match? @_skip "^\\[?\\s*pytest\\.mark\\.skip\\b")) @skip
(class_definition
  body: (block (expression_statement (assignment left: (identifier) @_mark right: (_) @_skip)))
  (#eq? @_mark "pytestmark")
  (#match? @_skip "^\\[?\\s*pytest\\.mark\\.skip\\b")) @skip

; What raises tells the runner, too.
(raise_statement) @assertion
