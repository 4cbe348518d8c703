"""A folder that other systems put files into: which of them have arrived whole, and where they go when they were taken.

Not here: submitting and reading (services/watching.py). Rule: a file is taken only when it has stopped changing between
two looks, and is moved away only when what became of it is in the database; whatever stops in between is done again.
"""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

DONE, REFUSED = "done", "refused"
UNFINISHED: Final = (".part", ".partial", ".tmp", ".filepart", ".crdownload", ".lock")
State = tuple[tuple[str, int, int], ...]


class NoSuchFolder(Exception):
    """What is to be watched is no folder, or cannot be written to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no folder {folder} that can be watched. Make it, and let this account write to it.")


def look(folder: Path) -> dict[str, State]:
    """What is in the folder by name, each with the names, sizes and times of its files. Raises NoSuchFolder.

    Left away: done and refused, what is hidden, and names that say that they are not finished.
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as missing:
        raise NoSuchFolder(folder) from missing
    found = {}
    for name in names:
        if name in (DONE, REFUSED) or name.startswith((".", "~")) or name.lower().endswith(UNFINISHED):
            continue
        state = state_of(folder / name)
        if state:
            found[name] = state
    return found


def state_of(path: Path) -> State:
    """The name, size and time of each file there; () where there is none, or it went meanwhile."""
    try:
        return tuple(
            (str(file.relative_to(path)), file.stat().st_size, file.stat().st_mtime_ns) for file in sorted(_files(path))
        )
    except FileNotFoundError:
        return ()


def _files(path: Path) -> Iterator[Path]:
    yield from (file for file in path.rglob("*") if file.is_file()) if path.is_dir() else (path,)


def settled(before: Mapping[str, State], now: Mapping[str, State]) -> list[str]:
    """The names of what has not changed between two looks: it has arrived whole."""
    return [name for name, state in now.items() if before.get(name) == state]


def put_away(path: Path, where: str, reason: str = "") -> Path:
    """Move what was taken into done or refused beside it, under a name that is free, with the reason in a text file."""
    place = path.parent / where
    place.mkdir(exist_ok=True)
    to, n = place / path.name, 1
    while to.exists():
        n += 1
        to = place / f"{path.stem} ({n}){path.suffix}"
    shutil.move(path, to)
    if reason:
        to.with_name(f"{to.name}.reason.txt").write_text(f"{reason}\n", encoding="utf-8")
    return to
