#!/bin/sh
# Makes sure that the browser tests find Debian's Chromium and a font; nothing to do if they are there.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
become=""
[ "$(id -u)" = 0 ] || become="sudo -n"
echo "set-up: installing Chromium for the browser tests"
if command -v apt-get >/dev/null 2>&1; then
  $become apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive $become apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
fi
command -v chromium >/dev/null 2>&1 || { echo "set-up: no Chromium: install the package chromium and run make test again" >&2; exit 1; }
