"""Where editions are kept: HOLDFAST_DATA/editions/<hash of the document>/, outside the web root.

Not here: how a folder is kept under its hash (jobs.kept). Rule: a file is read back only when its own hash is still the
one recorded.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from holdfast.jobs import kept

SHELF = "editions"
SINCE = "frozen"
DOCUMENT = "document.json"


def canonical(document: Mapping[str, Any]) -> bytes:
    """The document as bytes, always the same for the same content: sorted keys, UTF-8, a final newline."""
    return (json.dumps(document, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def folder_of(sha256: str) -> Path:
    """Where an edition is, or would be. Raises kept.NotAsKept for what is not a SHA-256."""
    return kept.path_of(SHELF, sha256)


def keep(sha256: str, files: Mapping[str, bytes]) -> dict[str, str]:
    """Write an edition's files and give each one's SHA-256. Kept already, they are left as they are."""
    return kept.keep_folder(SHELF, sha256, files)


def problem_with(sha256: str, name: str, expected: str) -> str:
    """Why a file is not what was frozen, or "": "is missing" or "has been changed since it was frozen"."""
    return kept.problem_with(SHELF, sha256, SINCE, file=name, expected=expected)


def read(edition: str, sha256: str, name: str, expected: str) -> bytes:
    """A file's bytes. Raises kept.NotAsKept when they are not the ones frozen: nothing is shown."""
    return kept.read(folder_of(sha256) / name, expected, SINCE, f"{edition}: the file {name}")
