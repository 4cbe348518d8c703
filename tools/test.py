"""Run the whole suite: on SQLite, then the tests in which the database can differ on PostgreSQL too (decision 110).

With arguments, passes them to pytest once, on SQLite. What could not be run is said on the last lines.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "chromium-headless-shell"
sys.path.insert(0, str(ROOT / "tests"))


def install_chromium() -> None:
    """From Debian, where we are allowed to. Silent where we are not: the tests then say what they skipped."""
    if shutil.which(CHROMIUM) or not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", CHROMIUM]
    subprocess.run(command, env=environment, **quiet)


def pytest(*arguments: str, **environment: str) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "--durations=10", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": "src", **environment}).returncode


def main() -> int:
    if sys.argv[1:]:
        return subprocess.run([sys.executable, "-m", "pytest", *sys.argv[1:]], cwd=ROOT).returncode
    install_chromium()
    from postgres import NoPostgres, running_postgres

    try:
        with running_postgres() as dsn:
            print("The suite, on SQLite:", flush=True)
            first = pytest(HOLDFAST_TEST_POSTGRES=dsn)
            print("What writes to the database and what asks it, on PostgreSQL:", flush=True)
            second = pytest("-m", "postgres_too", HOLDFAST_TEST_POSTGRES=dsn, HOLDFAST_DATABASE_URL=dsn)
            return first or second
    except NoPostgres as absent:
        first = pytest()
        print(f"NOT RUN on PostgreSQL: {absent}")
        return first


if __name__ == "__main__":
    sys.exit(main())
