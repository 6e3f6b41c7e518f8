#!/usr/bin/env python3
"""Hands in one document, waits, and prints its fields. Python 3.9 or newer, no packages.

    python3 examples/python/extract-fields.py receipt.jpg

WAYBILL_URL and WAYBILL_API_KEY say where and as whom.
"""
import base64
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

URL = os.environ.get("WAYBILL_URL", "http://127.0.0.1:8080").rstrip("/")
KEY = os.environ.get("WAYBILL_API_KEY", "")


def ask(path, body=None, attempts=5):
    """The JSON answer to GET, or to POST with a body. What may pass (429, 502, 503, 504) is asked again."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    for attempt in range(1, attempts + 1):
        try:
            with urllib.request.urlopen(urllib.request.Request(URL + path, data, headers), timeout=90) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            if error.code in (429, 502, 503, 504) and attempt < attempts:
                time.sleep(float(error.headers.get("Retry-After") or attempt))
                continue
            # Every refusal is a problem document (RFC 9457): its detail says what to do.
            try:
                problem = json.load(error)
                sys.exit(f"{problem['title']}: {problem['detail']}")
            except (ValueError, KeyError):
                sys.exit(f"{path} was answered with status {error.code}.")
        except urllib.error.URLError as error:
            sys.exit(f"Nothing answers at {URL} ({error.reason}).")


def main(path):
    with open(path, "rb") as file:
        document = {"inline": base64.b64encode(file.read()).decode(), "name": os.path.basename(path)}
    # An id of our own makes the submission safe to repeat.
    submission = {"id": f"py-{uuid.uuid4().hex}", "task": {"kind": "extract"}, "documents": [document]}
    job = ask("/v1/jobs", submission)
    while "finishedAt" not in job:
        job = ask(f"/v1/jobs/{submission['id']}?wait=30s")

    result = ask(f"/v1/jobs/{job['id']}/result")
    for document in result["documents"]:
        print(result["status"], document.get("kind", "document"))
        for field in document.get("fields", []):
            if field["value"] is not None:
                value = json.dumps(field["value"], ensure_ascii=False)
                print(f"{field['path']}: {value} (page {field['page']}, {field['confidence']:.2f})")
    for problem in result["problems"]:
        print(problem["message"], file=sys.stderr)
    return 0 if result["status"] == "completed" else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name a document: python3 examples/python/extract-fields.py receipt.jpg")
    sys.exit(main(sys.argv[1]))
