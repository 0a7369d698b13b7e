; Which calls are tests and groups (`describe`, `it`, `test`), their method decides.

(call) @call
((identifier) @assertion (#eq? @assertion "is_expected"))

; @skip is the node that is skipped without a condition.
(method
  body: (body_statement . [(identifier) @_skip (call !receiver method: (identifier) @_skip)])
  (#any-of? @_skip "skip" "pending" "omit")) @skip
