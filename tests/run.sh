#!/usr/bin/env bash
# The whole suite: on SQLite, on a PostgreSQL that this script starts itself, and the journeys in a real Chromium.
# What is missing on the machine is installed from the system's packages where that is allowed, else named.
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-.venv/bin/python}
export COLEAD_MODE=test PYTHONDONTWRITEBYTECODE=1
unset COLEAD_DATABASE COLEAD_BALLOTS COLEAD_SECRET_KEY COLEAD_SITE_URL

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
find_postgres() { command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb 2>/dev/null | tail -n 1; }
missing() {
    find_chromium >/dev/null || echo chromium
    [ -n "$(find_postgres)" ] || echo postgresql
    command -v pdftotext >/dev/null || echo poppler-utils
}

if [ -n "$(missing)" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing from the system's packages: $(missing | xargs)"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $(missing); } >/dev/null 2>&1 || true
fi
if [ -n "$(missing)" ]; then
    echo "The tests need: $(missing | xargs). Please install them, for example:"
    echo "    sudo apt-get install $(missing | xargs)"
    exit 1
fi
COLEAD_CHROMIUM=$(find_chromium)
export COLEAD_CHROMIUM

# A PostgreSQL of our own, on a Unix socket only, thrown away at the end. It will not run as root.
room=$(mktemp -d)
as_postgres() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || useradd --system postgres
    chown postgres "$room"
    as_postgres() { setpriv --reuid=postgres --regid="$(id -g postgres)" --clear-groups env HOME="$room" "$@"; }
fi
binaries=$(dirname "$(find_postgres)")
stop() { (cd "$room" && as_postgres "$binaries/pg_ctl" -D "$room/data" -m immediate stop >/dev/null 2>&1) || true; rm -rf "$room"; }
trap stop EXIT
(
    cd "$room"
    as_postgres "$binaries/initdb" -D "$room/data" -U colead -A trust -E UTF8 --locale=C --no-sync >/dev/null
    as_postgres "$binaries/pg_ctl" -D "$room/data" -l "$room/log" -w \
        -o "-c listen_addresses='' -c unix_socket_directories='$room' -c fsync=off -c full_page_writes=off -c wal_recycle=off" start >/dev/null
)

# Two lanes at the same time: SQLite and then the journeys; PostgreSQL and then what needs no database, or only once.
once=(tests/test_analysis* tests/test_documents* tests/test_content* tests/test_timetable* tests/test_web* tests/test_accounts_passkeys.py
    tests/test_architecture.py)
run() { # what it is called, and what pytest is told
    echo "== $1"
    "$PYTHON" -m pytest -q --basetemp="$room/tmp-$1" -o cache_dir="$room/cache-$1" "${@:2}"
}
both=("${once[@]/#/--ignore=}" --ignore=tests/journeys "$@")
(
    failed=0
    COLEAD_DATABASE="postgresql:colead?host=$room&user=colead" COLEAD_BALLOTS="postgresql:ballots?host=$room&user=colead" \
        run PostgreSQL "${both[@]}" || failed=1
    run Alone "${once[@]}" "$@" || failed=1
    exit $failed
) >"$room/beside" 2>&1 &
beside=$!
failed=0
run SQLite "${both[@]}" || failed=1
run Journeys tests/journeys "$@" || failed=1
wait $beside || failed=1
cat "$room/beside"
exit $failed
