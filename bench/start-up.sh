#!/usr/bin/env bash
# Compares programs as whole processes, compiled while they run and native: on Keyless, on MSAL.NET, on HttpClient alone,
# and the tool. Writes bench/results/start-up.md; builds what it runs. Linux on x64, on an otherwise quiet machine.
#
#   bench/start-up.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
for name in $(compgen -e); do
  case $name in IDENTITY_* | MSI_* | IMDS_* | AZURE_* | DEFAULT_IDENTITY_* | KEYLESS_*) unset "$name" ;; esac
done

readonly programs=(StartUp.Core StartUp.MsalNet StartUp.HttpClient)
for program in "${programs[@]}"; do
  dotnet build "bench/$program" -c Release -v quiet -nologo
  eng/publish-native.sh "bench/$program"
done
eng/publish-native.sh src/Keyless.Cli
dotnet build bench/Keyless.StartUp -c Release -v quiet -nologo

compiler=$(sed -nE 's|.*"microsoft.dotnet.ilcompiler/([0-9.]+)".*|the compiler of .NET \1|ip' \
  artifacts/native/obj/StartUp.Core/project.assets.json | head -n 1)
result=$(mktemp)
trap 'rm -f "$result"' EXIT
dotnet artifacts/bin/Keyless.StartUp/release/Keyless.StartUp.dll artifacts/bin artifacts/native/publish "$compiler" "$@" >"$result"
mv "$result" bench/results/start-up.md
cat bench/results/start-up.md
