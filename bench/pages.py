"""Home, scorecard, indicator and position pages of the demonstration, beside the help page, read by 20 at once.

The help page asks next to nothing of the database and has no table: what any page costs here. The pages take turns, so
that a busy moment of the machine falls on all of them. Then each is the first to be asked of a server that has just
started. Everything is on the loopback address; the number of requests is fixed; each server is stopped by its own id.

    python -m bench.pages FOLDER     on the demonstration in that folder
"""

import http.client
import http.cookiejar
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
READERS, ROUNDS, REQUESTS_EACH = 20, 4, 5
READER = "performance-analyst"
MOST = 6
"""The aim: no page takes more than this many times as long as the help page."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def sign_in(port: int, username: str, password: str) -> str:
    """Sign in through the form; returns the Cookie header."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"http://127.0.0.1:{port}/account/sign-in"
    page = opener.open(address).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    fields = {"csrfmiddlewaretoken": token[1], "login": username, "password": password}
    opener.open(urllib.request.Request(address, urllib.parse.urlencode(fields).encode(), {"Referer": address}))
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def read(port: int, path: str, cookie: str) -> float:
    """Seconds that one page took, read to its end."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    started = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return time.perf_counter() - started


def at_once(port: int, path: str, cookie: str) -> list[float]:
    """Every reader asks for the page several times, one after another, all readers at once."""
    seconds: list[float] = []

    def keep_reading() -> None:
        seconds.extend([read(port, path, cookie) for _ in range(REQUESTS_EACH)])

    threads = [threading.Thread(target=keep_reading) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(seconds) != READERS * REQUESTS_EACH:
        raise RuntimeError(f"{path}: some readers got no answer")
    return seconds


@contextmanager
def serving(data: str) -> Iterator[int]:
    """A server of the demonstration, as it is served; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "holdfast.web", "serve", "--port", str(port)]
    server = subprocess.Popen(command, **surroundings(data))
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def surroundings(data: str) -> dict[str, Any]:
    environment = {**os.environ, "HOLDFAST_DATA": data, "HOLDFAST_MODE": "demo", "PYTHONPATH": "src"}
    return {"cwd": ROOT, "env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def measured(
    data: str,
    pages: dict[str, str],
    password: str,
    reader: str = READER,
    *,
    rounds: int = ROUNDS,
    asked_first: Collection[str] | None = None,
) -> dict[str, dict[str, float]]:
    """Milliseconds of each page: alone, at the median and the 95th of 100 with 20 readers, and asked for first.

    Each page of `asked_first` (None: of all) takes a server of its own, which makes everything ready as it starts.
    """
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    with serving(data) as port:
        cookie = sign_in(port, reader, password)
        alone = {name: [read(port, path, cookie) for _ in range(20)][10:] for name, path in pages.items()}
        for _ in range(rounds):
            for name, path in pages.items():
                seconds[name] += at_once(port, path, cookie)
    found = {}
    for name, path in pages.items():
        cuts = statistics.quantiles(seconds[name], n=100)
        found[name] = {"alone": statistics.median(alone[name]), "p50": cuts[49], "p95": cuts[94]}
        if asked_first is None or name in asked_first:
            with serving(data) as port:
                found[name]["first"] = read(port, path, cookie)
    return {name: {what: 1000 * value for what, value in each.items()} for name, each in found.items()}


def run(data: str) -> dict[str, Any]:
    """`data`: the folder of a demonstration that is there already."""
    facts = json.loads((ROOT / "src/holdfast/web/library/demo.json").read_text())
    code = facts["programmes"][0]["code"]
    pages = {
        "help": "/help",
        "home": f"/{code}/",
        "scorecard": f"/{code}/indicators/",
        "indicator I20": f"/{code}/indicators/I20/",
        "positions": f"/{code}/notice/positions/",
    }
    found = measured(data, pages, facts["password"])
    least = found["help"]
    return {
        name: {
            "alone, ms": round(each["alone"], 1),
            "20 readers, p50 ms": round(each["p50"]),
            "p95 ms": round(each["p95"]),
            f"p50, times the help page's (at most {MOST})": round(each["p50"] / least["p50"], 1),
            f"p95, times the help page's (at most {MOST})": round(each["p95"] / least["p95"], 1),
            "the first page that a server is asked for, ms": round(each["first"]),
        }
        for name, each in found.items()
    }


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1]), indent=2))
