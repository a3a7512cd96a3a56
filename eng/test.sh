#!/usr/bin/env bash
# Runs `dotnet test` on what has been built and counts from the reports that the tests write themselves.
# Last lines: "failed: test: message", a line each, of the first ten; then "N passed, N failed, N skipped".
#
# exit: 0 when every test project reported, some test ran and none failed; with CI=true, also none was skipped
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

results=$PWD/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

code=0
# The whole takes half a minute; a test that hangs would never end by itself.
timeout --kill-after=10s 8m dotnet test --no-build -p:ReportTests=true --results-directory "$results" --no-ansi || code=$?
echo

attribute() { sed -nE "s/.* $2=\"([^\"]*)\".*/\1/p" <<<"$1"; }

# A report as one line for each test, and for each error outside of tests.
lines_of() { tr '\n\r\t' '   ' <"$1" | sed -E 's/<(test|error) /\n&/g'; }

plain() { sed -E "s/&#x[0-9A-F]+;/ /g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/\"/g; s/&apos;/'/g; s/&amp;/\&/g; s/ +/ /g"; }

skipped_of() {
  lines_of "$1" | sed -nE \
    's/^<test [^>]* name="([^"]*)" result="Skip"[^>]*>.*<reason><!\[CDATA\[(.*)\]\]><\/reason>.*/skipped: \1: \2/p' | plain
}

failed_of() {
  lines_of "$1" | sed -nE \
    's/^<(test|error) [^>]* name="([^"]*)".*<message><!\[CDATA\[(.*)\]\]><\/message>.*/failed: \2: \3/p' | plain
}

verdict=0 passed=0 failed=0 skipped=0 failures=()
declare -A reported=()

for report in "$results"/*.xunit; do
  [ -e "$report" ] || break
  summary=$(grep -o '<assembly [^>]*>' "$report")
  assembly=$(attribute "$summary" name)
  reported[$(basename "$assembly" .dll)]=1
  passed=$((passed + $(attribute "$summary" passed)))
  failed=$((failed + $(attribute "$summary" failed) + $(attribute "$summary" errors)))
  skipped=$((skipped + $(attribute "$summary" skipped) + $(attribute "$summary" not-run)))

  skipped_of "$report"
  mapfile -t -O ${#failures[@]} failures < <(failed_of "$report")
done

# A process that died, such as by the connection guard, leaves no report.
while read -r project; do
  if [ -z "${reported[$project]:-}" ]; then
    failures+=("failed: $project: it has not reported: it was not built, had no tests, or its process died")
    failed=$((failed + 1))

    # Alone and for a short while once more, only to see what it says of itself.
    echo "$project has not reported. By itself it says:"
    (timeout --kill-after=5s 1m dotnet "artifacts/bin/$project/debug/$project.dll" --no-ansi 2>&1 || true) |
      grep -vE '^ *(at .*)?$' | tail -n 15 | sed 's/^/  | /' || true
  fi
done < <(sed -nE 's|.*"test/[^"]*/([^"/]*\.Tests)\.csproj".*|\1|p' Keyless.slnx)

if [ "$code" != 0 ]; then
  verdict=1
  [ ${#failures[@]} -gt 0 ] || failures+=("failed: dotnet test: it ended with code $code, though no report tells of a failure")
fi
if [ $((passed + failed)) = 0 ] || [ "$failed" -gt 0 ]; then verdict=1; fi
if [ "${CI:-}" = true ] && [ "$skipped" -gt 0 ]; then
  failures+=("failed: $skipped skipped, where nothing is missing that a test could need")
  verdict=1
fi

if [ ${#failures[@]} -gt 0 ]; then
  printf '%s\n' "${failures[@]:0:10}" | LC_ALL=C.UTF-8 sed -E 's/^(.{199}).{2,}/\1…/'
  [ ${#failures[@]} -le 10 ] || echo "failed: and $((${#failures[@]} - 10)) more"
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$verdict"
