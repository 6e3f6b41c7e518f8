#!/bin/sh
# Runs one app of the image: `intake`, `ocr`, `reasoning`, `results`, `gateway`, or `cli …`.
set -eu
app="$1"
shift
if [ ! -f "dist/apps/$app/src/main.js" ]; then
  echo "There is no app named $app in this image; use intake, ocr, reasoning, results, gateway or cli." >&2
  exit 64
fi
# The gateway is to stay small; libs/platform/src/small-heap.ts says how.
if [ "$app" = gateway ]; then
  export MALLOC_ARENA_MAX=1
  exec node --enable-source-maps --max-semi-space-size=4 --heap-growing-percent=20 "dist/apps/$app/src/main.js" "$@"
fi
exec node --enable-source-maps "dist/apps/$app/src/main.js" "$@"
