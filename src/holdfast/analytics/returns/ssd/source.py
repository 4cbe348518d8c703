"""Finds the tables of an SSD extract in a folder.

A table is known by its name, in any case, with or without a schema and "ssd_" before it, else by its own key among its
headings. Not here: laying them out to be read (staged.py), and what a row becomes (reader.py).
"""

import json
import re
from collections.abc import Mapping, Sequence
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


def tables_of(folder: Path, fields: Mapping[str, Sequence[str]]) -> dict[str, list[Path]]:
    """The files of each table by its name and a heading of its own; a file of another name by its key's heading.

    `fields` are those that are read of each table, its own key first. A file that is none stands under its own name.
    """
    found: dict[str, list[Path]] = {}
    for path in files_of(folder):
        if path.name == TAKEN:
            continue
        if path.suffix.lower() not in SUFFIXES and path != folder:
            found.setdefault(path.name, []).append(path)
        else:
            name, heads = name_of(path.name), beginning_of(path)
            if name not in fields or (heads and not set(fields[name]) & set(heads)):  # unreadable: said when it is read
                of_heads = [table for table, own in fields.items() if own[0] in heads]
                other = path.name if name in fields else name
                name = of_heads[0] if len(of_heads) == 1 else other
            found.setdefault(name, []).append(path)
    return found


def taken_on(folder: Path) -> date | None:
    """The day on which a database was copied into this folder; None where it does not say."""
    try:
        return date.fromisoformat(json.loads((folder / TAKEN).read_text(encoding="utf-8"))["taken_on"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
