"""Fifty people at once, each in their own session, save forty pages each, on SQLite, through the server as served.

Each begins with a wrong password, so that throttle, sign-in and trail are written at once too; each page saved also
writes its message to the session. Everything is on the loopback address; the server is stopped by its own process id.

    python -m bench.saved_pages prepare      makes the programme and its people in the database of HOLDFAST_DATA
    python -m bench.saved_pages check        what is there afterwards, as JSON
"""

import http.client
import http.cookiejar
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bench.pages import free_port, wait_for
from bench.writers import WRITERS, WRITES_EACH, set_up

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "four plain invented words"  # noqa: S105  of invented people, for the length of one run
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def prepare() -> None:
    programme = set_up()
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.organisation import services

    at = clock.now()
    for number in range(WRITERS):
        name = f"writer-{number}"
        account = services.create_account(by=SYSTEM, at=at, username=name, first_name=name, password=PASSWORD)
        services.grant_role(
            by=SYSTEM, at=at, account=account, role="programme-office", programme=programme, from_on=date(2013, 9, 12)
        )


@dataclass
class Writer:
    """One person at a browser, at an address of their own behind the one trusted proxy."""

    port: int
    number: int
    saved: int = 0
    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def work(self) -> None:
        try:
            cookie, token = self.sign_in()
            for turn in range(WRITES_EACH):
                self.save(cookie, token, f"t-{self.number}-{turn}")
        except Exception as problem:  # counted, whatever it is: none is expected
            self.failed.append(repr(problem))

    def sign_in(self) -> tuple[str, str]:
        """The cookies and the token of a session: refused once for a wrong password, then let in."""
        jar = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        opener.addheaders = [("X-Forwarded-For", f"10.0.0.{self.number + 1}")]
        address = f"http://127.0.0.1:{self.port}/account/sign-in"
        for password in ("not the right words", PASSWORD):
            token = TOKEN.search(opener.open(address).read().decode())
            assert token
            fields = {"csrfmiddlewaretoken": token[1], "login": f"writer-{self.number}", "password": password}
            opener.open(urllib.request.Request(address, urllib.parse.urlencode(fields).encode(), {"Referer": address}))
        page = opener.open(f"http://127.0.0.1:{self.port}/westmere/people/teams/add/").read().decode()
        token = TOKEN.search(page)
        assert token
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar), token[1]

    def save(self, cookie: str, token: str, name: str) -> None:
        """Post the form that adds a team. Kept, it answers with the page that follows."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        fields = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "name": name, "code": name})
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        started = time.perf_counter()
        connection.request("POST", "/westmere/people/teams/add/", fields, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        self.seconds.append(time.perf_counter() - started)
        if answer.status == 302:
            self.saved += 1
        else:
            self.failed.append(f"answered {answer.status}")


def check() -> dict[str, int]:
    set_up()
    from django.contrib.sessions.models import Session

    from holdfast.access.checking import check_records
    from holdfast.access.models import TrailRow
    from holdfast.access.trail import broken_rows
    from holdfast.organisation.models import Team

    actions = list(TrailRow.objects.values_list("action", flat=True))
    return {
        "kept": Team.objects.count(),
        "sessions": Session.objects.count(),
        "sign-ins": sum(action == "signed in" for action in actions),
        "problems": len([*check_records(), *broken_rows()]),
    }


def run() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "HOLDFAST_DATA": data, "HOLDFAST_MODE": "test", "PYTHONPATH": f"src:{ROOT}"}
        environment["HOLDFAST_PROXIES"] = "1"
        ours = [sys.executable, "-m", "bench.saved_pages"]
        subprocess.run([*ours, "prepare"], check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "holdfast.web", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(port)
            writers = [Writer(port, number) for number in range(WRITERS)]
            threads = [threading.Thread(target=writer.work) for writer in writers]
            started = time.perf_counter()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            elapsed = time.perf_counter() - started
        finally:
            server.terminate()
            server.wait()
        checked = subprocess.run(
            [*ours, "check"], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
    return told(writers, json.loads(checked.stdout), elapsed)


def told(writers: list[Writer], found: dict[str, int], elapsed: float) -> dict[str, Any]:
    seconds = sorted(second for writer in writers for second in writer.seconds)
    failed = [problem for writer in writers for problem in writer.failed]
    if failed:
        print(f"Failed, such as: {failed[0]}", file=sys.stderr)
    return {
        "pages saved": len(seconds),
        "lost (none)": sum(writer.saved for writer in writers) - found["kept"],
        "failed (none)": len(failed),
        "people signed in": found["sign-ins"],
        "sessions": found["sessions"],
        "rows not as trailed (none)": found["problems"],
        "seconds": round(elapsed, 1),
        "half within, seconds": round(seconds[len(seconds) // 2], 2),
        "longest, seconds": round(seconds[-1], 2),
    }


if __name__ == "__main__":
    print(json.dumps(check())) if sys.argv[1] == "check" else prepare()
