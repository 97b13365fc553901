#!/bin/sh
# Draws docs/images: one example report as a page, in a wide light window and in a narrow dark one.
#   sh scripts/screenshots.sh [REPORT]     REPORT is an id in examples/reports.jsonl
# Needs Chromium; WHOHOLDS names the command, BROWSER the browser. Nothing is fetched from anywhere.
set -eu

REPORT=${1:-syr-033}
WHOHOLDS=${WHOHOLDS:-.venv/bin/whoholds}
BROWSER=${BROWSER:-chromium}
OUT=docs/images

command -v "$BROWSER" >/dev/null 2>&1 || {
    printf 'screenshots: there is no %s: install Chromium, or name it with BROWSER=...\n' "$BROWSER" >&2
    exit 1
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM

grep "\"id\": \"$REPORT\"" examples/reports.jsonl >"$folder/report.jsonl" || {
    printf 'screenshots: examples/reports.jsonl has no report %s\n' "$REPORT" >&2
    exit 1
}
$WHOHOLDS read "$folder/report.jsonl" --format html --output "$folder/page.html"

# shoot NAME SIZE FRAGMENT [FLAG]: what the page's own script complains of ends the run.
shoot() {
    "$BROWSER" --headless --no-sandbox --disable-gpu --disable-background-networking --hide-scrollbars \
        --force-prefers-reduced-motion --virtual-time-budget=2000 --enable-logging=stderr \
        --user-data-dir="$folder/profile" --window-size="$2" ${4:+"$4"} \
        --screenshot="$folder/$1.png" "file://$folder/page.html$3" 2>"$folder/log" || {
        cat "$folder/log" >&2
        exit 1
    }
    if grep CONSOLE "$folder/log" >&2; then
        exit 1
    fi
    mkdir -p "$OUT"
    mv "$folder/$1.png" "$OUT/$1.png"
    printf 'screenshots: %s\n' "$OUT/$1.png"
}

# High enough for the whole page: Chromium draws a scrolled page askew.
shoot read-a-report-light 1280,1260 '#r1-t2'
shoot read-a-report-phone-dark 390,844 '' --blink-settings=preferredColorScheme=0
