"""Where editions are kept: HOLDFAST_DATA/editions/<hash of the document>/, outside the web root.

Rule: a folder is written aside, flushed, then renamed to its hash, so a half-written edition is never seen; a file is
read back only when its own hash is still the one recorded.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

DOCUMENT = "document.json"


class EditionChanged(Exception):
    """A file of an edition is missing, or is not what was frozen. It is not shown."""

    def __init__(self, edition: str, file: str, problem: str) -> None:
        super().__init__(f"{edition}: the file {file} {problem}, so it is not shown. Restore it from a backup.")


def canonical(document: Mapping[str, Any]) -> bytes:
    """The document as bytes, always the same for the same content: sorted keys, UTF-8, a final newline."""
    return (json.dumps(document, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def folder_of(sha256: str) -> Path:
    """Where an edition is, or would be. Raises ValueError for what is not a SHA-256, so no path can be smuggled in."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError("An edition is named by 64 hexadecimal digits.")
    return Path(settings.HOLDFAST_DATA) / "editions" / sha256


def keep(sha256: str, files: Mapping[str, bytes]) -> dict[str, str]:
    """Write an edition's files and give each one's SHA-256. Kept already, they are left as they are."""
    folder = folder_of(sha256)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix="aside-"))
    try:
        for name, content in files.items():
            with (aside / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        if not folder.exists():
            os.replace(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return {name: digest(content) for name, content in files.items()}


def problem_with(sha256: str, name: str, expected: str) -> str:
    """Why a file is not what was frozen, or "": "is missing" or "has been changed since it was frozen"."""
    path = folder_of(sha256) / name
    if not path.is_file():
        return "is missing"
    return "" if digest(path.read_bytes()) == expected else "has been changed since it was frozen"


def read(edition: str, sha256: str, name: str, expected: str) -> bytes:
    """A file's bytes. Raises EditionChanged when they are not the ones frozen: nothing is shown."""
    path = folder_of(sha256) / name
    content = path.read_bytes() if path.is_file() else None
    if content is None or digest(content) != expected:
        problem = "is missing" if content is None else "has been changed since it was frozen"
        raise EditionChanged(edition, name, problem)
    return content
