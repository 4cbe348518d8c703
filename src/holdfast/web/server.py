"""Serving the pages: gunicorn where it runs, waitress on Windows. Neither is configured anywhere else."""

import os
import socket
import sys

WORKERS = 2
THREADS = 16
"""Of each: a page that waits for the database, or a client that sends slowly, holds one of them and no more."""


class CannotListen(Exception):
    """The address cannot be listened on."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"Nothing can be served at {host}, port {port} ({why}). Choose another with --port.")


def check_free(host: str, port: int) -> None:
    """Raise CannotListen, in words, before the server tries."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            if os.name != "nt":  # there it would let two servers share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as problem:
        why = getattr(problem, "strerror", None) or "there is no such port"
        raise CannotListen(host, port, why) from None


def serve(host: str, port: int) -> None:
    """Replace this process with the server (POSIX), or run it in this process (Windows)."""
    check_free(host, port)
    if os.name == "nt":
        import waitress

        from holdfast.web.wsgi import application

        # It takes in a whole request before a thread has it, so a slow client costs nobody a thread.
        waitress.serve(application, host=host, port=port, threads=THREADS, channel_timeout=30)
        return
    command = [sys.executable, "-m", "gunicorn", "holdfast.web.wsgi", "--workers", str(WORKERS)]
    command += ["--worker-class", "holdfast.web.slow_clients.PacedWorker", "--threads", str(THREADS)]
    command.append("--no-control-socket")  # it would be a file in somebody's home, for nobody to use
    # The query is left out of the log: it may say which record somebody looked for.
    log = ["--access-logfile", "-", "--access-logformat", "method=%(m)s path=%(U)s status=%(s)s seconds=%(L)s"]
    os.execv(sys.executable, [*command, "--bind", f"{host}:{port}", *log])  # noqa: S606 - our own interpreter
