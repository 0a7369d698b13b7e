; What tests are made of. Which functions are tests, their names and parameters decide.

; t.Run("name", func ...), Ginkgo's It("name", func ...): the callee decides.
(call_expression
  function: [(identifier) (selector_expression)] @test.callee
  arguments: (argument_list
    . [(interpreted_string_literal) (raw_string_literal)] @test.title
    . (_) @test.more)) @test.call

; Ginkgo's Entry("name", ...) in a table: the same with nothing behind its name. The callee decides.
(call_expression
  function: [(identifier) (selector_expression)] @test.callee @test.more
  arguments: (argument_list . [(interpreted_string_literal) (raw_string_literal)] @test.title .)) @test.call

; Table tests: @test.table is kept in @name; @test.loop runs over @test.rows and names each after @test.title.
(short_var_declaration
  left: (expression_list . (identifier) @name .)
  right: (expression_list . (composite_literal) @test.table .))
(var_spec name: (identifier) @name value: (expression_list . (composite_literal) @test.table .))
(for_statement
  (range_clause right: [(identifier) (composite_literal)] @test.rows)
  body: (block (statement_list (expression_statement (call_expression
    function: (selector_expression field: (field_identifier) @_run)
    arguments: (argument_list . [(identifier) (selector_expression)] @test.title . (_))))))
  (#eq? @_run "Run")) @test.loop

; @skip is the node that is skipped without a condition.
(function_declaration
  body: (block (statement_list (expression_statement (call_expression
    function: (selector_expression field: (field_identifier) @_skip)))))
  (#any-of? @_skip "Skip" "Skipf" "SkipNow")) @skip
(call_expression
  arguments: (argument_list (func_literal
    body: (block (statement_list (expression_statement (call_expression
      function: (selector_expression field: (field_identifier) @_skip)))))))
  (#any-of? @_skip "Skip" "Skipf" "SkipNow")) @skip

; @assertion.callee: it asserts if its name says so. Who is handed `t` may assert too.
(call_expression function: (_) @assertion.callee)
(call_expression
  function: (selector_expression) @assertion
  (#match? @assertion "^(t|b|f|c|g|s|tb|ts|tt|suite)\\.Error(f)?$|^(is|qt|require)\\.|^(Expect|Eventually)[(]|\\.(Fatal|Fatalf|Fail|FailNow|Expect|Equal|NoError|Eventually)$"))
(call_expression
  arguments: (argument_list . (identifier) @_t)
  (#any-of? @_t "t" "tb")) @assertion
