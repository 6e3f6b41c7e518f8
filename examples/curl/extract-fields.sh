#!/usr/bin/env bash
# Hands in one document, waits, and prints the result as JSON. Needs curl alone.
#
#     bash examples/curl/extract-fields.sh receipt.jpg
#
# WAYBILL_URL and WAYBILL_API_KEY say where and as whom.
set -euo pipefail
file=${1:?Name a document: bash examples/curl/extract-fields.sh receipt.jpg}
url=${WAYBILL_URL:-http://127.0.0.1:8080}

# A refusal is printed as the API words it, and ends the script.
ask() { curl --silent --show-error --fail-with-body --retry 5 -H "Authorization: Bearer ${WAYBILL_API_KEY:-}" "$@"; }

# An id of our own makes the submission safe to repeat, so curl may do it.
id="curl-$(date +%s)-$$"
ask -F "submission={\"id\":\"$id\",\"task\":{\"kind\":\"extract\"}}" -F "file=@$file" "$url/v1/jobs" >&2
echo >&2

# Each request waits for up to 30 seconds; a job has finishedAt once it is final.
job=''
until grep -q '"finishedAt"' <<<"$job"; do job=$(ask "$url/v1/jobs/$id?wait=30s"); done

ask "$url/v1/jobs/$id/result"
echo
