"""What a command costs from cold, against printing the help: processor time, the least of several starts of each.

python -m bench.commands FOLDER     on the demonstration in that folder
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
STARTS = 7
COMMANDS = {
    "--help": (["--help"], 0),
    "position": (["position", "--json"], 5),
    "series": (["series", "I04", "--json"], 4),
}
"""By name: what is typed, and the aim: at most so many times what the help takes."""
MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime)
"""


def seconds(arguments: list[str], data: str) -> float:
    """Processor time of one start, user and system, in a process of its own so that no other's is counted."""
    environment = {**os.environ, "HOLDFAST_DATA": data, "HOLDFAST_MODE": "demo", "PYTHONPATH": "src"}
    command = [sys.executable, "-c", MEASURE, sys.executable, "-m", "holdfast.web", *arguments]
    return float(subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True, text=True).stdout)


def run(data: str) -> dict[str, Any]:
    """`data`: the folder of a demonstration that is there already."""
    turns = [{name: seconds(typed, data) for name, (typed, _) in COMMANDS.items()} for _ in range(STARTS)]
    least = {name: min(turn[name] for turn in turns) for name in COMMANDS}
    return {
        " ".join(typed): {
            "processor milliseconds": round(1000 * least[name]),
            "times the help": round(least[name] / least["--help"], 1),
            "aim, at most": aim or "",
        }
        for name, (typed, aim) in COMMANDS.items()
    }


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1]), indent=2))
