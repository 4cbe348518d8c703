"""Debian's PostgreSQL, started for the tests on a free port and stopped by its process id. Nothing is left behind.

`running_postgres()` yields a postgresql:// address. PostgreSQL refuses to run as root, so as root it is started as
the user postgres, or nobody.
"""

import contextlib
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class NoPostgres(Exception):
    """PostgreSQL cannot be started here; the words say why and how to get it."""


def _programs() -> Path:
    for folder in sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True):
        if (Path(folder) / "initdb").exists() and (Path(folder) / "postgres").exists():
            return Path(folder)
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    raise NoPostgres("PostgreSQL is not installed. On Debian: apt-get install postgresql")


def _who() -> dict[str, Any]:
    """The account to start as: this one, unless it is root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise NoPostgres("PostgreSQL does not run as root, and there is no other account here.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: "subprocess.Popen[bytes]", programs: Path, port: int, log: Path) -> None:
    ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(300):
        if server.poll() is not None:
            raise NoPostgres(f"PostgreSQL stopped as it started: {log.read_text(errors='replace')[-500:]}")
        if subprocess.run(ready).returncode == 0:
            return
        time.sleep(0.1)
    raise NoPostgres("PostgreSQL did not answer within 30 seconds.")


@contextlib.contextmanager
def running_postgres() -> Iterator[str]:
    """A fresh server, durable settings off since it is thrown away. Raises NoPostgres where it cannot be had."""
    if os.name == "nt":
        raise NoPostgres("The tests start PostgreSQL on Linux and macOS only.")
    programs, who, port = _programs(), _who(), _free_port()
    folder = Path(tempfile.mkdtemp(prefix="holdfast-postgres-"))
    try:
        if who:
            os.chown(folder, who["user"], who["group"])
        data, log = folder / "data", folder / "log"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/", **who}
        make = [str(programs / "initdb"), "-D", str(data), "-U", "holdfast", "-A", "trust", "-E", "UTF8"]
        if subprocess.run([*make, "--locale=C", "--no-sync"], **quiet).returncode != 0:
            raise NoPostgres("PostgreSQL could not make a database cluster in a temporary folder.")
        settings = [f"-cport={port}", "-clisten_addresses=127.0.0.1", f"-cunix_socket_directories={folder}"]
        settings += ["-cfsync=off", "-csynchronous_commit=off", "-cfull_page_writes=off", "-cmax_connections=60"]
        command = [str(programs / "postgres"), "-D", str(data), *settings]
        with log.open("wb") as output:
            server = subprocess.Popen(command, stdout=output, stderr=output, cwd="/", **who)
        try:
            _wait(server, programs, port, log)
            yield f"postgresql://holdfast@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(20)
            if server.poll() is None:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
