"""A slow or silent client costs nobody else anything: the real server, on loopback."""

import http.client
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from holdfast.web import slow_clients

pytestmark = pytest.mark.skipif(os.name == "nt", reason="gunicorn runs on POSIX; waitress takes in whole requests")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """One worker, with the threads that ship."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    code = f"from holdfast.web import server; server.WORKERS = 1; server.serve('127.0.0.1', {port})"
    folder = tmp_path_factory.mktemp("served")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HOLDFAST_", "DJANGO_"))}
    given = plain | {"HOLDFAST_MODE": "test", "HOLDFAST_DATA": str(folder), "PYTHONPATH": str(ROOT / "src")}
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen([sys.executable, "-c", code], env=given, stdout=log, stderr=log)
        try:
            waiting = threading.Event()
            for _ in range(600):
                if running.poll() is None and answers(port):
                    break
                waiting.wait(0.1)
            yield port
        finally:
            running.terminate()
            running.wait()


def answers(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as asked:
        try:
            asked.request("GET", "/health", headers={"Host": "localhost"})
            return asked.getresponse().status in (200, 503)
        except OSError:
            return False


def connect(stack: ExitStack, port: int) -> socket.socket:
    return stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))


def test_pages_answer_while_silent_clients_wait(port: int) -> None:
    with ExitStack() as stack:
        for _ in range(20):
            connect(stack, port)
        assert all(answers(port) for _ in range(3))


def test_pages_answer_while_four_clients_send_a_byte_at_a_time(port: int) -> None:
    stop = threading.Event()

    def drip(sock: socket.socket) -> None:
        sock.sendall(b"POST /account/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n")
        while not stop.wait(0.2):
            sock.sendall(b"x")

    with ExitStack() as stack:
        senders = [threading.Thread(target=drip, args=(connect(stack, port),)) for _ in range(4)]
        for sender in senders:
            sender.start()
        try:
            assert all(answers(port) for _ in range(3))
        finally:
            stop.set()
            for sender in senders:
                sender.join()


class Instant:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Instant:
    instant = Instant()
    monkeypatch.setattr(slow_clients, "time", instant)
    return instant


def test_a_request_has_its_time_and_what_its_bytes_earn_and_then_the_client_is_gone(clock: Instant) -> None:
    client, taken = socket.socketpair()
    with client, taken:
        sock = slow_clients.Paced(taken)
        client.sendall(b"x" * 40_000)
        assert len(sock.recv(40_000)) == 40_000, "two seconds earned"
        clock.now += slow_clients.GRACE_SECONDS + 1.9
        client.sendall(b"x")
        assert sock.recv(1) == b"x"
        clock.now += 0.2
        client.sendall(b"x")
        with pytest.raises(ConnectionResetError, match="too slow"):
            sock.recv(1)
        sock.begin()
        assert sock.recv(1) == b"x", "the next request has its own time"


def test_a_client_that_never_reads_its_answer_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_clients, "READ_SECONDS", 0.01)
    client, taken = socket.socketpair()
    with client, taken, pytest.raises(ConnectionResetError, match="too slow"):
        slow_clients.Paced(taken).sendall(b"x" * 10_000_000)
