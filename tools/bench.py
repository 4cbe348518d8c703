"""Measure speed and memory, as ratios within one run, and keep the last figures in docs/benchmarks.md.

./run bench                 everything
./run bench read calculate  only those named; the others keep their last figures
"""

import importlib
import json
import os
import platform
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "tests")]
os.environ.setdefault("HOLDFAST_MODE", "test")
KEPT = ROOT / "docs" / "benchmarks.json"
PAGE = ROOT / "docs" / "benchmarks.md"
TITLES = {
    "read": "Reading a CIN census of 100,000 invented children",
    "validate": "Holding a CIN census to the 109 validation rules of 2025/26",
    "annex_a": "Reading an Annex A workbook of 50,000 rows",
    "ssd": "Reading an extract of the Standard Safeguarding Dataset, as CSV",
    "calculate": "Fourteen indicators, monthly over ten years, by referral source and age band, 150,000 referrals",
    "demonstration": "The demonstration programme",
    "pages": "Pages of the demonstration, 20 readers at once, beside the help page",
    "programme": "Pages of a programme of five years, 20 readers at once, beside the help page",
    "commands": "Commands from cold, on the demonstration, against printing the help",
    "writers": "Fifty writers at once, forty writes each, on SQLite",
    "saved_pages": "Fifty people at once, forty pages saved each, on SQLite, through the server",
    "audits": "Ten thousand audits of 65 questions, and samples from 150,000 cases, by the clock and of a processor",
    "attack": "A reader with all that the demonstration publishes tries to recover what is hidden",
    "claims": "How often each word of a claim is right (the tables are in claims.md)",
}


ON_THE_DEMONSTRATION = ("pages", "programme", "commands", "attack")
"""Those that measure a demonstration which is there: built once for all of them."""


def measured(name: str, shared: Path) -> Any:
    bench = importlib.import_module(f"bench.{name}")
    if name == "demonstration":
        return bench.run(str(shared))
    if name not in ON_THE_DEMONSTRATION:
        return bench.run()
    importlib.import_module("bench.demonstration").build(shared / "demo")
    return bench.run(str(shared / "demo"))


def lines(figures: dict[str, Any]) -> list[str]:
    nested = [value for value in figures.values() if isinstance(value, dict)]
    if nested:
        head = list(nested[0])
        rows = [[name, *(value[key] for key in head)] for name, value in figures.items()]
        return ["| | " + " | ".join(head) + " |", "|---" * (len(head) + 1) + "|"] + [
            "| " + " | ".join(str(part) for part in row) + " |" for row in rows
        ]
    return ["| what | figure |", "|---|---|"] + [f"| {name} | {value} |" for name, value in figures.items()]


def keep(kept: dict[str, Any]) -> None:
    KEPT.write_text(json.dumps(kept, indent=2) + "\n")
    text = [
        "# Benchmarks",
        "",
        "Written by `./run bench`. Ratios compare two things in the same run on the same machine.",
    ]
    text += [f"Last run with Python {platform.python_version()} on {os.cpu_count()} processors."]
    for name, title in TITLES.items():
        if name in kept:
            text += ["", f"## {title}", "", *lines(kept[name])]
    PAGE.write_text("\n".join(text) + "\n")


def main() -> int:
    """Keep each figure as it comes: one that cannot be measured keeps its last, and is named at the end."""
    wanted = sys.argv[1:] or list(TITLES)
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    failed = []
    with tempfile.TemporaryDirectory() as shared:
        for name in wanted:
            print(f"Measuring: {TITLES[name]}", flush=True)
            try:
                kept[name] = measured(name, Path(shared))
            except Exception:
                traceback.print_exc()
                failed.append(name)
                continue
            print(json.dumps(kept[name], indent=2), flush=True)
            keep(kept)
    if failed:
        print(f"NOT MEASURED: {', '.join(failed)}; what is kept of them is from before.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
