"""Finds the tables of an SSD extract in a folder.

A table is known by its name, in any case, with or without a schema and "ssd_" before it, else by its own key among its
headings. Not here: laying them out to be read (staged.py), and what a row becomes (reader.py).
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from holdfast.analytics.returns.several import files_of
from holdfast.analytics.returns.staged import SUFFIXES, beginning_of

KIND: Final = "ssd"
TAKEN: Final = "taken.json"
"""The file of a copied database that says on which day it was copied."""
NAME = re.compile(r"(?:.*[.\]\[])?#*\[?(?:ssd_)?([a-z0-9_]+)\]?", re.ASCII)
OTHER_NAMES = {"cla_placements": "cla_placement", "cp_plan": "cp_plans", "persons": "person"}


def name_of(file: str) -> str:
    """The SSD's name of a table without "ssd_", from a file's or a table's: "dbo.ssd_person.csv" is person."""
    stem = file.lower()
    for suffix in SUFFIXES:
        stem = stem.removesuffix(suffix)
    found = NAME.fullmatch(stem.strip())
    name = found[1] if found else stem
    return OTHER_NAMES.get(name, name)


def tables_of(folder: Path, keys: Mapping[str, str]) -> dict[str, list[Path]]:
    """The files of each table by its name; a file of another name by its headings. `keys`: each table's own key."""
    found: dict[str, list[Path]] = {}
    for path in files_of(folder):
        if path.suffix.lower() in SUFFIXES or path == folder:
            name = name_of(path.name)
            heads = [] if name in keys else beginning_of(path)
            of_heads = [table for table, key in keys.items() if key in heads]
            found.setdefault(of_heads[0] if len(of_heads) == 1 else name, []).append(path)
    return found


def taken_on(folder: Path) -> date | None:
    """The day on which a database was copied into this folder; None where it does not say."""
    try:
        return date.fromisoformat(json.loads((folder / TAKEN).read_text(encoding="utf-8"))["taken_on"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
