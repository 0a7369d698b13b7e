#!/bin/bash

LIMIT=30

# Adds one.
add() {
  local locA="$1"
  local locB
  # twice
  locB=$((locA + LIMIT))
  if [ "$locB" -gt 4 ]; then
    echo "$locA"
    return 1
  fi
  split "$locB"
}

split() {
  echo "$1"
}
