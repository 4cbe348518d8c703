"""One clock, and no network: a test, a demonstration and a report stand on the day they are told."""

import ast
import socket

import pytest
from pytest_socket import SocketBlockedError, SocketConnectBlockedError

from house.ground import modules, place

CLOCK = ("access", "clock.py")
READS = {
    "now": ("datetime", "timezone", "dt"),
    "utcnow": ("datetime",),
    "today": ("date", "datetime"),
    "time": ("time",),
    "time_ns": ("time",),
    "localtime": ("time", "timezone"),
    "gmtime": ("time",),
    "localdate": ("timezone",),
}
REACHES = {"requests", "httpx", "urllib.request", "http.client", "ftplib", "smtplib", "telnetlib", "aiohttp", "urllib3"}


def test_nothing_reads_the_time_but_the_clock():
    """Promise: HOLDFAST_TODAY feeds every `at=`. Only access/clock.py reads it (perf_counter is for durations)."""
    found = []
    for path, tree in modules():
        if path.parts[-2:] == CLOCK:
            continue
        converts = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in READS:
                if node.attr.startswith(("local", "gm")) and id(node) in converts:
                    continue  # given an instant, it only converts it
                owner = ast.unparse(node.value).split(".")[-1]
                if owner in READS[node.attr]:
                    found.append(f"{place(path, node)}: {ast.unparse(node)}")
            elif isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
                found.append(f"{place(path, node.value)}: {node.arg}")
            elif isinstance(node, ast.ImportFrom):
                names = {one.name for one in node.names}
                if (node.module == "time" and "time" in names) or (
                    node.module == "django.db.models.functions" and "Now" in names
                ):
                    found.append(f"{place(path, node)}: imports a clock")
    assert not found, found


def test_the_product_calls_nobody():
    """Promise: nothing in the product opens a connection of its own to another machine: databases and
    the mail server that HOLDFAST_MAIL names apart, which Django reaches."""
    found = []
    for path, tree in modules():
        for node in ast.walk(tree):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
            found += [f"{place(path, node)}: {name}" for name in names if name in REACHES]
    assert not found, found


def test_no_test_reaches_the_network():
    """Promise: a test that tries to reach another machine fails."""
    stopped = (SocketBlockedError, SocketConnectBlockedError, UserWarning)
    with pytest.raises(stopped, match="A test tried to use socket"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
