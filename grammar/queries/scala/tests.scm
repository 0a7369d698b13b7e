; What tests are made of. Which calls and infix expressions are tests, their words decide.

(annotation) @attribute

; test("name") { }, test("name".ignore) { }, it("name") { }, describe("name") { }
(call_expression
  function: (call_expression
    function: (identifier) @test.callee
    arguments: (arguments . [(string) @test.title (field_expression value: (string) @test.title)]))
  arguments: (_) @test.more) @test.call
; "name" in { }, "subject" should { }, "subject" - { }
(infix_expression left: (string) @test.title @test.callee) @test.call
; "subject" should "name" in { }, it should "name" ignore { }, the same with taggedAs(...)
(infix_expression left: (infix_expression right: (string) @test.title) @test.callee) @test.call
(infix_expression
  left: (infix_expression left: (infix_expression right: (string) @test.title) @test.callee)) @test.call

; @assertion.callee: it asserts if its name says so.
(call_expression function: (_) @assertion.callee)
; "subject" should "name" is a title.
(infix_expression
  left: (_) @_left
  operator: (_) @assertion
  (#not-match? @_left "^(\"|it$|they$|ignore$)")
  (#match? @assertion "^(should|must|===$|==>$|<->$)"))
