; What tests are made of. Which calls and infix expressions are tests, their words decide.

(annotation) @attribute

; test("name") { }, test("name".ignore) { }, it("name") { }, describe("name") { }
(call_expression
  function: (call_expression
    function: (identifier) @test.callee
    arguments: (arguments . [(string) @test.title (field_expression value: (string) @test.title)]))
  arguments: (_) @test.more) @test.call
; "name" in { }, "subject" should { }, "subject" - { }
(infix_expression
  left: (string) @test.title @test.callee
  operator: (_)
  right: [(block) (case_block)]) @test.call
; "subject" should "name" in { }, it should "name" ignore { }, the same with taggedAs(...)
(infix_expression
  left: [
    (infix_expression left: [(string) (identifier)] @test.callee operator: (identifier) right: (string) @test.title)
    (infix_expression
      left: (infix_expression left: [(string) (identifier)] @test.callee operator: (identifier) right: (string) @test.title))
  ]
  operator: (identifier)
  right: (_)) @test.call

; @assertion.callee: it asserts if its name says so.
(call_expression function: (_) @assertion.callee)
(infix_expression
  operator: (_) @assertion
  (#match? @assertion "^(should[A-Z_].*|must[A-Z_].*|===|==>|<->)$"))
(infix_expression
  operator: (identifier) @assertion
  right: [
    (identifier) (call_expression) (field_expression) (infix_expression) (parenthesized_expression) (generic_function)
    (integer_literal) (boolean_literal) (instance_expression)
  ]
  (#any-of? @assertion "should" "must"))
