; Calls. Which are tests and groups (`describe`, `it.each(...)`, `test.skip`), their callee decides;
; @test.title is their first argument, @test.more tells that there is a second.

(call_expression
  function: (_) @test.callee
  arguments: (arguments
    . [(string) (template_string) (binary_expression) (identifier) (member_expression)] @test.title
    . (_)? @test.more)) @test.call

; @assertion.callee: it asserts if its name says so.
(call_expression function: (_) @assertion.callee)
; chai: x.should.equal(y), expect(x).to.be.true
(member_expression property: (property_identifier) @_should (#eq? @_should "should")) @assertion

(class_body (decorator) @attribute)

; What throws tells the runner, too.
(throw_statement) @assertion
