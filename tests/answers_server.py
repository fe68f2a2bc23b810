"""A server of ballots that can be killed: workers that a supervisor starts anew, and clients that do not give up."""

import contextlib
import itertools
import json
import os
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import connections

from colead.answers import box
from tests.answers_store import DAY

REFUSALS = (box.CodeUsed, box.KeyInUse, box.UnknownCode, box.Closed)


def in_child(work: Callable[[], Any]) -> int:
    """Do some work in a process of its own and return its process number. No connection is shared."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
        os._exit(1)


def finished(child: int) -> int:
    """Wait for a process; return 0 if it ended well, minus the signal if it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Server:
    """Answer submissions on a Unix socket; `drop` the reply to every n-th ballot after it was stored."""

    def __init__(self, place: Path, *, drop: int = 0) -> None:
        self.address = str(place / "s")
        self.drop = drop
        self.kills = 0

    def __enter__(self) -> "Server":
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(self.address)
        self.door.listen(64)
        read, self.write = os.pipe()
        self.workers = os.fdopen(read)
        self.supervisor = in_child(self._supervise)
        self.worker = int(self.workers.readline())
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.supervisor, signal.SIGKILL)
        os.waitpid(self.supervisor, 0)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.worker, signal.SIGKILL)
        self.workers.close()
        os.close(self.write)
        self.door.close()

    def kill(self) -> None:
        """Kill the worker with signal 9, wherever it is; the supervisor starts another."""
        os.kill(self.worker, signal.SIGKILL)
        self.worker = int(self.workers.readline())
        self.kills += 1

    def _supervise(self) -> None:
        while True:
            child = in_child(self._work)
            os.write(self.write, f"{child}\n".encode())
            os.waitpid(child, 0)

    def _work(self) -> None:
        served = itertools.count(1)
        threads = [threading.Thread(target=self._serve, args=(served,), daemon=True) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _serve(self, served: Iterator[int]) -> None:
        while True:
            client, _ = self.door.accept()
            with client, client.makefile("rw") as talk:
                reply = answer(json.loads(talk.readline()))
                fresh = "receipt" in reply and not reply["again"]
                if not (self.drop and fresh and next(served) % self.drop == 0):
                    with contextlib.suppress(BrokenPipeError):
                        talk.write(json.dumps(reply) + "\n")
                        talk.flush()


def answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        receipt = box.put_ballot(**request, today=DAY)
    except REFUSALS as refusal:
        return {"refused": type(refusal).__name__}
    return {"receipt": receipt.text, "again": receipt.again}


def submit(address: str, request: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Send until an answer comes, as a browser does; `request` is asked again for every try."""
    for _ in range(2000):
        try:
            with socket.socket(socket.AF_UNIX) as door:
                door.settimeout(20)
                door.connect(address)
                with door.makefile("rw") as talk:
                    talk.write(json.dumps(request()) + "\n")
                    talk.flush()
                    if line := talk.readline():
                        return dict(json.loads(line))
        except OSError:
            time.sleep(0.003)
    raise AssertionError("the server never answered")
