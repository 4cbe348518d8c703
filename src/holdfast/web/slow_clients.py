"""gunicorn's threaded worker, for clients that are slow or silent: each has a little while, then its thread is free.

gunicorn limits how long a worker may be stuck, not how slowly a client may send, so a byte a second kept a page waiting
for ever. Not here: a great many slow clients at once, which the proxy in front is for (docs/running).
"""

import time
from types import MethodType
from typing import Any, Final

from gunicorn.workers.gthread import TConn, ThreadWorker

GRACE_SECONDS: Final = 20.0
"""How long a request may take to arrive, beside the time that its bytes earn it."""
SLOWEST_BYTES_PER_SECOND: Final = 20_000
"""Below this for long, a sender is hung up on: the largest census takes three hours at this rate."""
SILENT_SECONDS: Final = 0.1
"""How long a thread waits for the first byte of a connection, before it is put aside until there is one."""
READ_SECONDS: Final = 30.0
PIECE: Final = 64 * 1024
"""A reader must take each such piece of an answer within READ_SECONDS."""


class Paced:
    """A client's socket that gives up, as if the client had gone, on one that sends or reads too slowly."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self.begin()

    def begin(self) -> None:
        """A new request on the connection: its time starts now."""
        self._began, self._n_bytes = time.monotonic(), 0

    def recv(self, size: int) -> bytes:
        earned = self._n_bytes / SLOWEST_BYTES_PER_SECOND
        left = self._began + GRACE_SECONDS + earned - time.monotonic()
        got: bytes = self._within(left, self._sock.recv, size)
        self._n_bytes += len(got)
        return got

    def sendall(self, content: bytes) -> None:
        view = memoryview(content)
        for start in range(0, len(view), PIECE):
            self._within(READ_SECONDS, self._sock.sendall, view[start : start + PIECE])

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> Any:
        return self._within(READ_SECONDS, self._sock.sendfile, file, offset, count)

    def _within(self, seconds: float, work: Any, *given: Any) -> Any:
        if seconds <= 0:
            raise ConnectionResetError("The client was too slow.")
        before = self._sock.gettimeout()
        self._sock.settimeout(seconds)
        try:
            return work(*given)
        except TimeoutError as slow:
            raise ConnectionResetError("The client was too slow.") from slow
        finally:
            self._sock.settimeout(before)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class PacedWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    def handle(self, conn: Any) -> Any:
        if isinstance(conn.sock, Paced):
            conn.sock.begin()
        else:
            conn.sock = Paced(conn.sock)
            conn.wait_for_data = MethodType(_wait_a_moment, conn)
        return super().handle(conn)


def _wait_a_moment(conn: Any, timeout: float) -> Any:
    return TConn.wait_for_data(conn, min(timeout, SILENT_SECONDS))
