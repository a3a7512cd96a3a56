#!/usr/bin/env bash
# Keeps the core small: its size against eng/size-budget.json, and what its package depends on. Builds what it measures.
#
# exit: 0 within bounds, 1 not
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly only_dependency=Microsoft.Extensions.Logging.Abstractions

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
rm -f artifacts/obj/Keyless/Release/*.nuspec
dotnet pack src/Keyless/Keyless.csproj -c Release -o "$scratch" -v quiet -nologo

failed=0
eng/check-sizes.sh bin/ || failed=1

# What goes into the package as its specification, left behind by the pack.
specification=$(cat artifacts/obj/Keyless/Release/*.nuspec)
groups=$(grep -c '<group ' <<<"$specification" || true)
dependencies=$(sed -nE 's/.*<dependency id="([^"]+)".*/\1/p' <<<"$specification" | sort)
if [ "$(uniq <<<"$dependencies")" = "$only_dependency" ] && [ "$(wc -l <<<"$dependencies")" = "$groups" ]; then
  printf 'ok    the package depends on %s alone, in each of %d target frameworks\n' "$only_dependency" "$groups"
else
  printf 'FAIL  the package may depend on %s alone, and depends on:\n%s\n' "$only_dependency" "$dependencies"
  failed=1
fi

exit "$failed"
