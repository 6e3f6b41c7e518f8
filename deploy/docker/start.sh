#!/bin/sh
# Runs one app of the image: `intake`, `ocr`, `reasoning`, `results`, `gateway`, or `cli …`.
set -eu
app="$1"
shift
if [ ! -f "dist/apps/$app/src/main.js" ]; then
  echo "There is no app named $app in this image; use intake, ocr, reasoning, results, gateway or cli." >&2
  exit 64
fi
# libs/platform/src/heap-sizes.ts says why.
case "$app" in
  gateway)
    export MALLOC_ARENA_MAX=1
    heap="--min-semi-space-size=8 --max-semi-space-size=8 --heap-growing-percent=12 --liftoff-only --no-parallel-scavenge"
    ;;
  cli) heap="" ;;
  ocr) heap="--min-semi-space-size=16 --max-semi-space-size=16 --no-parallel-scavenge" ;;
  *) heap="--min-semi-space-size=32 --max-semi-space-size=32 --no-parallel-scavenge" ;;
esac
# shellcheck disable=SC2086 # Flags are words.
exec node --enable-source-maps $heap "dist/apps/$app/src/main.js" "$@"
