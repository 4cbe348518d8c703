"""Home, scorecard, indicator and position pages of the demonstration, with 20 readers at once, each signed in.

Everything is on the loopback address; the number of requests is fixed and the server is stopped by its process id.
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
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
READERS, REQUESTS_EACH = 20, 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(200):
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


def read_repeatedly(port: int, path: str, cookie: str, seconds: list[float]) -> None:
    for _ in range(REQUESTS_EACH):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        started = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        seconds.append(time.perf_counter() - started)
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")


def at_once(port: int, path: str, cookie: str) -> dict[str, Any]:
    seconds: list[float] = []
    started = time.perf_counter()
    threads = [threading.Thread(target=read_repeatedly, args=(port, path, cookie, seconds)) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    cuts = statistics.quantiles(seconds, n=100)
    return {
        "p50 ms": round(cuts[49] * 1000),
        "p95 ms": round(cuts[94] * 1000),
        "p99 ms": round(cuts[98] * 1000),
        "pages a second": round(len(seconds) / elapsed, 1),
    }


def run() -> dict[str, Any]:
    facts = json.loads((ROOT / "src/holdfast/web/library/demo.json").read_text())
    code, port = facts["programmes"][0]["code"], free_port()
    pages = {
        "home": f"/{code}/",
        "scorecard": f"/{code}/indicators/",
        "indicator": f"/{code}/indicators/I04/",
        "positions": f"/{code}/notice/positions/",
    }
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "HOLDFAST_DATA": f"{scratch}/demo", "HOLDFAST_MODE": "demo", "PYTHONPATH": "src"}
        quiet = {"cwd": ROOT, "env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([sys.executable, "-m", "holdfast.web", "demo", "--no-serve"], check=True, **quiet)
        server = subprocess.Popen([sys.executable, "-m", "holdfast.web", "serve", "--port", str(port)], **quiet)
        try:
            wait_for(port)
            cookie = sign_in(port, "performance-analyst", facts["password"])
            for path in pages.values():
                read_repeatedly(port, path, cookie, [])
            return {name: at_once(port, path, cookie) for name, path in pages.items()}
        finally:
            server.terminate()
            server.wait()
