"""Resolve the dependency locks again: hash-only exports, with no registry address in them.

uv.lock records addresses, so it is not committed; requirements/*.txt are what set-up installs from. A week's
cooldown keeps out releases too new to have been looked at by others.
"""

import datetime
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = [sys.executable, "-m", "uv"]


def main() -> int:
    week_ago = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=7)).strftime("%Y-%m-%dT00:00:00Z")
    subprocess.run([*UV, "lock", "-q", "--upgrade", "--exclude-newer", week_ago], cwd=ROOT, check=True)
    export = [*UV, "export", "-q", "--format", "requirements-txt", "--no-emit-project", "--no-header", "--frozen"]
    subprocess.run([*export, "--no-dev", "-o", "requirements/runtime.txt"], cwd=ROOT, check=True)
    subprocess.run([*export, "-o", "requirements/dev.txt"], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
