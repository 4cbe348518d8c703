"""Building the demonstration, and starting it a second time on an unchanged tree."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def build(data: Path) -> None:
    """Build a demonstration in a folder, where there is none yet: for the benches that measure one."""
    environment = {**os.environ, "HOLDFAST_DATA": str(data), "HOLDFAST_MODE": "demo", "PYTHONPATH": "src"}
    command = [sys.executable, "-m", "holdfast.web", "demo", "--no-serve"]
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def run(folder: str | None = None) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "HOLDFAST_DATA": str(Path(folder or scratch) / "demo")}
        seconds = []
        for _ in range(2):
            started = time.perf_counter()
            command = ["./run", "demo", "--no-serve"]
            subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
            seconds.append(time.perf_counter() - started)
    return {
        "first build, seconds (under 90)": round(seconds[0], 1),
        "second start, seconds (under 3)": round(seconds[1], 2),
    }
