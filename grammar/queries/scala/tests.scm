; What tests are made of. Which calls are tests, their words decide.

(annotation) @attribute

; test("name") { }, test("name".ignore) { }, it("name") { }, describe("name") { }
(call_expression
  function: (call_expression
    function: (identifier) @test.callee
    arguments: (arguments . [(string) @test.title (field_expression value: (string) @test.title)]))
  arguments: (_) @test.more) @test.call
; "name" in { }, "subject" should "name" in { }: found by `scala.rs`.

; @assertion.callee: it asserts if its name says so.
(call_expression function: (_) @assertion.callee)
; "subject" should "name" is a title.
(infix_expression
  left: (_) @_left
  operator: (_) @assertion
  (#not-match? @_left "^(\"|it$|they$|ignore$)")
  (#match? @assertion "^(should|must|===$|==>$|<->$)"))
