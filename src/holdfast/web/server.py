"""Serving the pages: gunicorn where it runs, waitress on Windows. Neither is configured anywhere else."""

import os
import sys

WORKERS = 2


def serve(host: str, port: int) -> None:
    """Replace this process with the server (POSIX), or run it in this process (Windows)."""
    if os.name == "nt":
        import waitress

        from holdfast.web.wsgi import application

        waitress.serve(application, host=host, port=port)
        return
    command = [sys.executable, "-m", "gunicorn", "holdfast.web.wsgi", "--workers", str(WORKERS)]
    # The query is left out of the log: it may say which record somebody looked for.
    log = ["--access-logfile", "-", "--access-logformat", "method=%(m)s path=%(U)s status=%(s)s seconds=%(L)s"]
    os.execv(sys.executable, [*command, "--bind", f"{host}:{port}", *log])  # noqa: S606 - our own interpreter
