#!/usr/bin/env bats
load test_helper

setup() { STORE="$(mktemp)"; }

# US1
@test "FR-001: adds two" {
  run add 1
  [ "$status" -eq 0 ]
}

@test 'is put off' {
  skip "FR-002 is not built"
  [[ "$output" == "y" ]]
}

@test "says nothing" {
  run add
}
