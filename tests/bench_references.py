"""Two servers to compare with: a Django view that does nothing but insert one row, and SQLite behind bare WSGI."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

PAGE = b"<!doctype html><title>A page</title><form method=post>" + b"<p>One question</p>" * 200 + b"</form>"
FILE = os.environ.get("BENCH_FILE", "")
PRAGMAS = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"


def _database() -> dict[str, Any]:
    """Return the same kind of database as the box has: SQLite, or the PostgreSQL that BENCH_SOCKET names."""
    if socket := os.environ.get("BENCH_SOCKET"):
        named = {"HOST": socket, "USER": "colead", "NAME": "postgres", "CONN_MAX_AGE": 600}
        return {"ENGINE": "django.db.backends.postgresql", **named}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FILE,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": PRAGMAS},
    }


def lean() -> Callable[..., Iterable[bytes]]:
    """Return a Django site of one view and no middleware: GET a page, POST a row."""
    import django
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    settings.configure(
        DEBUG=False, SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF="urls", DATABASES={"default": _database()}
    )
    django.setup()
    from django.db import connection, models

    class Row(models.Model):
        token = models.CharField(max_length=40)
        answers = models.TextField()

        class Meta:
            app_label = "bench"

    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            Row.objects.create(token=request.POST["code"], answers=request.POST.urlencode())
            return HttpResponse(b"counted", headers={"Content-Length": 7})
        return HttpResponse(PAGE, headers={"Content-Length": len(PAGE)})

    import sys
    import types

    urls: Any = types.ModuleType("urls")
    urls.urlpatterns = [path("", view)]
    sys.modules["urls"] = urls
    number = "INTEGER PRIMARY KEY" if connection.vendor == "sqlite" else "SERIAL PRIMARY KEY"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS bench_row (id {number}, token TEXT, answers TEXT)")
    connection.close()
    return get_wsgi_application()


def raw() -> Callable[..., Iterable[bytes]]:
    """Return a WSGI function: GET a page, POST a row, one connection a thread."""
    here = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(here, "line"):
            here.line = sqlite3.connect(FILE, timeout=20, isolation_level=None)
            here.line.executescript(PRAGMAS)
        return here.line

    connection().execute("CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, token TEXT, answers TEXT)")

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        body = PAGE
        if environ["REQUEST_METHOD"] == "POST":
            sent = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
            connection().execute("INSERT INTO row (token, answers) VALUES (?, ?)", (parse_qs(sent)["code"][0], sent))
            body = b"counted"
        start("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
        return [body]

    return application
