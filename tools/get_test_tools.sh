#!/usr/bin/env bash
# What some tests need beyond Python and Node: a browser and common type, Java for the HTML checker, another reader of
# calendars, PostgreSQL.
# Installs them where that is possible without asking (Debian or Ubuntu, as root); else says how. Never fails.
set -u
missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
command -v java >/dev/null || missing+=(default-jre-headless)
# Every visitor's machine has Arial or its like, whose measures stand in until our own type is there.
ls /usr/share/fonts/truetype/liberation*/*.ttf >/dev/null 2>&1 || missing+=(fonts-liberation)
ls /usr/lib/*/libical.so.3 >/dev/null 2>&1 || missing+=(libical3)
command -v xgettext >/dev/null || missing+=(gettext)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 && exit 0
fi
echo "For the tests that need them, please install: ${missing[*]}. Without them these tests are reported as skipped."
