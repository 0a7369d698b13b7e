; Tests are found by `bash.rs`.

(test_command) @assertion
; @assertion.callee: it asserts if its name says so.
(command_name) @assertion.callee
