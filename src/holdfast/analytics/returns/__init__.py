"""Reads a file that somebody sent into canonical tables and faults. One folder per kind of return, named for it.

A folder here whose reader.py has a READER is a kind that can be read: nothing else lists them, none knows another, and
the modules beside the folders are for all of them. Not here: whose file it should be, or
whether to keep it (the performance room), and the store. Rule: no clock and no database; the same bytes give the same
tables.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns import unknown
from holdfast.analytics.returns.reading import Gives, Reader, Reading, Recognised

__all__ = ["Gives", "Reader", "Reading", "Recognised", "read_return", "readers", "recognise", "why_unknown"]


@lru_cache(maxsize=1)
def readers() -> Mapping[str, Reader]:
    """Every kind of return that can be read."""
    kinds = [found.name for found in iter_modules(__path__) if found.ispkg]
    return {kind: import_module(f"{__name__}.{kind}.reader").READER for kind in kinds}


def recognise(path: Path) -> Recognised | None:
    """What a file, or a folder of files, says that it is; None when no reader knows it. Reads its beginning only."""
    said = (reader.recognise(path) for reader in readers().values())
    return next((recognised for recognised in said if recognised is not None), None)


def read_return(path: Path, *, into: Path, kind: str | None = None) -> Reading:
    """Stream a file, or a folder of files, into Parquet files in the folder `into`, in bounded memory.

    No kind: the one that it is recognised as. Raises UnreadableReturn when it cannot be read as that kind, when nothing
    recognises it, and when the kind is not one we read.
    """
    if kind is None:
        recognised = recognise(path)
        if recognised is None:
            raise why_unknown(path)
        kind = recognised.kind
    if kind not in readers():
        raise UnreadableReturn(kind, expected=f"The kinds that can be read are: {', '.join(readers())}.")
    return readers()[kind].read(path, into)


def why_unknown(path: Path) -> UnreadableReturn:
    """Why nothing recognises a file, or a folder of files: the refusal that reading it would end in."""
    return unknown.why_unknown(path, [reader.title for reader in readers().values()])
