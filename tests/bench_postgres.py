"""A PostgreSQL of a bench's own: on a Unix socket, as careful with the disk as a real one, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path


def binaries() -> Path | None:
    """Return where the server's programs are, if it is installed."""
    found = shutil.which("initdb") or next(iter(sorted(glob("/usr/lib/postgresql/*/bin/initdb"), reverse=True)), None)
    return Path(found).resolve().parent if found else None


@contextmanager
def postgresql(place: Path) -> Iterator[tuple[str, int]]:
    """Run a server; yield the folder of its socket and its process number."""
    room = Path(tempfile.mkdtemp(dir=place))
    user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    if user:
        os.chmod(place, 0o711)  # noqa: S103  # the server's user has to reach its folder inside
        shutil.chown(room, user.pw_uid, user.pw_gid)

    def run(program: str, *words: str) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": room, "check": True}
        subprocess.run([str(binaries() / program), "-D", str(room / "data"), *words], **quiet, **who)

    run("initdb", "-U", "colead", "-A", "trust", "-E", "UTF8", "--locale=C")
    settings = f"-c listen_addresses='' -c unix_socket_directories='{room}' -c wal_recycle=off"
    run("pg_ctl", "-l", str(room / "log"), "-w", "-o", settings, "start")
    try:
        for name in ("people", "ballots"):
            made = [str(binaries() / "createdb"), "-h", str(room), "-U", "colead", name]
            subprocess.run(made, check=True)
        yield str(room), int((room / "data/postmaster.pid").read_text().split()[0])
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(room, ignore_errors=True)


def on_both(module: str) -> int:
    """Run a bench on SQLite, then on a PostgreSQL of its own; return how many of the two missed a goal."""
    missed = _run(module, "SQLite", {})
    if not binaries():
        print("\nPostgreSQL is not installed here, so it was left out.")
        return missed
    place = Path(tempfile.mkdtemp())
    with postgresql(place) as (socket, pid):
        names = {"COLEAD_DATABASE": "people", "COLEAD_BALLOTS": "ballots"}
        where = {key: f"postgresql:{name}?host={socket}&user=colead" for key, name in names.items()}
        missed += _run(module, "PostgreSQL", where | {"BENCH_SOCKET": socket, "BENCH_POSTGRES_PID": str(pid)})
    shutil.rmtree(place, ignore_errors=True)
    return missed


def _run(module: str, name: str, where: dict[str, str]) -> int:
    print(f"\n== On {name}", flush=True)
    env = {**os.environ, "BENCH_HERE": "yes", **where}
    return int(subprocess.run([sys.executable, "-W", "ignore", "-m", module, *sys.argv[1:]], env=env).returncode != 0)
