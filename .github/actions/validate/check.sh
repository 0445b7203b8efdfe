#!/usr/bin/env bash
# Validates the definitions that INPUT_PATHS names, a path a line, and runs their
# tests. Nothing of the inputs is ever read as a command.
set -uo pipefail

paths=()
while IFS= read -r path; do
  path="${path#"${path%%[![:space:]]*}"}"
  path="${path%"${path##*[![:space:]]}"}"
  [ -n "$path" ] && paths+=("$path")
done <<<"${INPUT_PATHS:-.}"

options=(--format github)
[ -n "${INPUT_SARIF:-}" ] && options+=(--format "sarif=$INPUT_SARIF")
[ "${INPUT_STRICT:-false}" = true ] && options+=(--strict)

"$ROLEFIT" validate "${options[@]}" -- "${paths[@]}"
worst=$?

if [ "${INPUT_TEST:-true}" = true ]; then
  tests=()
  for path in "${paths[@]}"; do
    # A folder without tests is no fault here.
    if [ ! -d "$path" ] || [ -n "$(find "$path" -name '*_test.toml' -not -path '*/.*/*' -print -quit)" ]; then
      tests+=("$path")
    fi
  done
  options=()
  [ "${INPUT_MUTATE:-false}" = true ] && options+=(--mutate)
  if [ ${#tests[@]} -gt 0 ]; then
    "$ROLEFIT" test ${options[@]+"${options[@]}"} -- "${tests[@]}"
    status=$?
    [ "$status" -gt "$worst" ] && worst=$status
  fi
fi
exit "$worst"
