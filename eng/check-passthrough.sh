#!/usr/bin/env bash
# A tool for images is built without the package that gets real tokens (-p:Passthrough=false): it starts, and has no trace of it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

dotnet build src/Keyless.Cli -p:Passthrough=false -p:ArtifactsPath="$scratch" -p:RunAnalyzers=false -v quiet -nologo
tool=$scratch/bin/Keyless.Cli/debug

if ls "$tool" | grep -i passthrough; then
  echo "check-passthrough: the tool that was built without pass-through holds its package" >&2
  exit 1
fi
if dotnet "$tool/Keyless.Cli.dll" emulate --help | grep -- --passthrough; then
  echo "check-passthrough: the tool that was built without pass-through offers it" >&2
  exit 1
fi
echo "check-passthrough: the tool for images cannot hand out a real token"
