; What tests are made of. Which methods are tests, their names, classes and attributes decide.

(attribute_list) @attribute

; A doc comment with @test makes a test of the method below it: @test.case with its @name.
(declaration_list (comment) @_doc . (method_declaration name: (_) @name) @test.case (#match? @_doc "@test\\b"))

; Pest: it("name", function () { ... }), with ->skip() behind it.
(function_call_expression
  function: (name) @test.callee
  arguments: (arguments
    . (argument [(string) (encapsed_string)] @test.title)
    . (argument (_) @test.more)?)) @test.call
(member_call_expression
  object: (function_call_expression) @skip
  name: (name) @_skip
  arguments: [(arguments "(" . ")") (arguments . (argument (string)) .)]
  (#any-of? @_skip "skip" "todo"))

; @skip is the node that is skipped without a condition.
(method_declaration
  body: (compound_statement (expression_statement [
    (member_call_expression name: (name) @_skip)
    (scoped_call_expression name: (name) @_skip)
  ]))
  (#any-of? @_skip "markTestSkipped" "markTestIncomplete")) @skip

; @test.display is a title beside the name.
(attribute
  (name) @_name
  parameters: (arguments . (argument (string) @test.display))
  (#eq? @_name "TestDox"))

; @assertion.callee: it asserts if its name says so.
(member_call_expression name: (name) @assertion.callee)
(scoped_call_expression name: (name) @assertion.callee)
(function_call_expression function: (name) @assertion.callee)
