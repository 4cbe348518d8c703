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
from holdfast.analytics.returns.reading import Gives, Reader, Reading

__all__ = ["Gives", "Reader", "Reading", "read_return", "readers"]


@lru_cache(maxsize=1)
def readers() -> Mapping[str, Reader]:
    """Every kind of return that can be read."""
    kinds = [found.name for found in iter_modules(__path__) if found.ispkg]
    return {kind: import_module(f"{__name__}.{kind}.reader").READER for kind in kinds}


def read_return(path: Path, *, into: Path, kind: str = "cin_census") -> Reading:
    """Stream the file into Parquet files in the folder `into`. Memory is bounded whatever the file's size.

    Raises UnreadableReturn when the file cannot be read as that kind, and when the kind is not one we read.
    """
    if kind not in readers():
        raise UnreadableReturn(kind, expected=f"The kinds that can be read are: {', '.join(readers())}.")
    return readers()[kind].read(path, into)
