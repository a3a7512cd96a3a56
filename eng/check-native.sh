#!/usr/bin/env bash
# Publishes the tool, the program that uses everything, and the smallest program as native code; a warning about trimming or
# native code is a failure. Runs the second, and compares the sizes of the others with eng/size-budget.json.
# Nothing leaves the machine: the clients know no endpoint but those of the tool's emulator.
#
# exit: 0 all well, 1 not, 77 there is no C compiler
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v clang >/dev/null || command -v gcc >/dev/null || {
  echo "There is neither clang nor gcc. Install one of them (Debian: build-essential)."
  exit 77
}

failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for project in src/Keyless.Cli test/Keyless.AotSmoke bench/StartUp.Core; do
  started=$SECONDS
  # The code's own analyzers have run with the ordinary build; the compiler of native code warns by itself.
  if eng/publish-native.sh "$project" -p:RunAnalyzers=false >"$log" 2>&1 && ! grep -qE 'warning [A-Z]+[0-9]+' "$log"; then
    printf 'ok    %s is published without a warning (%d s)\n' "$project" $((SECONDS - started))
  else
    printf 'FAIL  %s\n' "$project"
    sort -u "$log"
    exit 1
  fi
done

published=artifacts/native/publish
tool=$PWD/$published/Keyless.Cli/release_linux-x64/keyless
env -i PATH="$PATH" TMPDIR="${TMPDIR:-/tmp}" timeout 120 \
  "$published/Keyless.AotSmoke/release_linux-x64/Keyless.AotSmoke" "$tool" || failed=1
eng/check-sizes.sh native/ || failed=1
exit "$failed"
