; Which calls are tests (`TEST_CASE("...") { ... }`), their callee decides. An assertion is a call with a telling name.

(call_expression) @call
