#!/bin/sh
# Runs one app of the image: `intake`, `ocr`, `reasoning`, `results`, `gateway`, or `cli …`.
set -eu
app="$1"
shift
if [ ! -f "dist/apps/$app/src/main.js" ]; then
  echo "There is no app named $app in this image; use intake, ocr, reasoning, results, gateway or cli." >&2
  exit 64
fi
exec node --enable-source-maps "dist/apps/$app/src/main.js" "$@"
