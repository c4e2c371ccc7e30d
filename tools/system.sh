#!/bin/sh
# Makes sure that the tests find what Python packages cannot bring: Debian's Chromium (browser tests), Pango (PDF), a font,
# poppler's pdftoppm (to look at the PDF). Nothing to do where they are there.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
ldconfig -p 2>/dev/null | grep -q 'libpangoft2-1.0.so.0' || missing="$missing libpango-1.0-0 libpangoft2-1.0-0"
ldconfig -p 2>/dev/null | grep -q 'libharfbuzz-subset.so.0' || missing="$missing libharfbuzz-subset0"
[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || missing="$missing fonts-dejavu-core"
[ -n "$missing" ] || exit 0
become=""
[ "$(id -u)" = 0 ] || become="sudo -n"
echo "set-up: installing$missing for the tests"
if command -v apt-get >/dev/null 2>&1; then
  $become apt-get update -qq >/dev/null
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $become apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1
fi
command -v chromium >/dev/null 2>&1 || { echo "set-up: no Chromium: install the package chromium and run make test again" >&2; exit 1; }
