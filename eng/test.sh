#!/usr/bin/env bash
# Runs `dotnet test` on what has been built and counts from the reports that the tests write themselves.
# Last line: "N passed, N failed, N skipped".
#
# exit: 0 when every test project reported, some test ran and none failed; with CI=true, also none was skipped
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

results=$PWD/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

verdict=0
# The whole takes half a minute; a test that hangs would never end by itself.
timeout --kill-after=10s 8m dotnet test --no-build --results-directory "$results" --report-xunit --no-ansi || verdict=1
echo

attribute() { sed -nE "s/.* $2=\"([^\"]*)\".*/\1/p" <<<"$1"; }

# A report's tests, one line each: result, type.method, display name, reason of a skip; between them tabs.
tests_of() {
  tr '\n\t' '  ' <"$1" | sed 's/<test /\n&/g' | sed -nE \
    's/^<test [^>]* name="([^"]*)" result="([^"]*)"[^>]* type="([^"]*)" method="([^"]*)"[^>]*>(<reason><!\[CDATA\[(.*)\]\]><\/reason>)?.*/\2\t\3.\4\t\1\t\6/p'
}

passed=0 failed=0 skipped=0
declare -A reported=()

for report in "$results"/*.xunit; do
  [ -e "$report" ] || break
  summary=$(grep -o '<assembly [^>]*>' "$report")
  assembly=$(attribute "$summary" name)
  reported[$(basename "$assembly" .dll)]=1
  passed=$((passed + $(attribute "$summary" passed)))
  failed=$((failed + $(attribute "$summary" failed) + $(attribute "$summary" errors)))
  skipped=$((skipped + $(attribute "$summary" skipped) + $(attribute "$summary" not-run)))

  tests_of "$report" | awk -F '\t' '$1 == "Skip" { print "skipped: " $3 ": " $4 }'
done

# A process that died, such as by the connection guard, leaves no report.
while read -r project; do
  if [ -z "${reported[$project]:-}" ]; then
    echo "FAILED: $project has not reported: it was not built, had no tests, or its process died"
    failed=$((failed + 1))

    # Alone and for a short while once more, only to see what it says of itself.
    (timeout --kill-after=5s 1m dotnet "artifacts/bin/$project/debug/$project.dll" --no-ansi 2>&1 || true) |
      grep -vE '^ *(at .*)?$' | tail -n 15 | sed 's/^/  | /' || true
  fi
done < <(sed -nE 's|.*"test/[^"]*/([^"/]*\.Tests)\.csproj".*|\1|p' Keyless.slnx)

if [ $((passed + failed)) = 0 ] || [ "$failed" -gt 0 ]; then verdict=1; fi
if [ "${CI:-}" = true ] && [ "$skipped" -gt 0 ]; then
  echo "FAILED: $skipped skipped, where nothing is missing that a test could need"
  verdict=1
fi

echo "$passed passed, $failed failed, $skipped skipped"
exit "$verdict"
