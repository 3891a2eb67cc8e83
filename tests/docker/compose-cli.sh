#!/usr/bin/env bash
# Prints the path of the real `docker compose`, for the tests that compare ours with it. Where it is not in the cache
# yet, it is built there from its Go module: some minutes, once a machine.
set -euo pipefail

version=v2.40.3
module=github.com/docker/compose/v2
cache="${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/riacho-tests"
binary="$cache/docker-compose-$version"

if [ ! -x "$binary" ]; then
  command -v go >/dev/null || { echo 'Missing on this machine: go (1.24 or newer)' >&2; exit 1; }
  mkdir -p "$cache"
  # A module around it, since `go install` takes none that replaces its own dependencies; in the cache's folder, so
  # that a finished build gets its name in one step and two builds at once do no harm.
  build="$(mktemp -d "$cache/build-XXXXXX")"
  trap 'rm -rf "$build"' EXIT
  (
    cd "$build"
    go mod init compose-cli
    go get "$module/cmd@$version"
    go build -trimpath -ldflags "-s -w -X $module/internal.Version=$version" -o docker-compose "$module/cmd"
  ) >&2
  mv "$build/docker-compose" "$binary"
fi
echo "$binary"
