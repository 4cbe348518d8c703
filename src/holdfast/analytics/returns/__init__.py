"""Reads a file that somebody sent into canonical tables and faults. One module per kind of return, named for it.

A module here with a READER is a kind that can be read: nothing else lists them. Not here: whose file it should be, or
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
    names = [found.name for found in iter_modules(__path__)]
    modules = {name: import_module(f"{__name__}.{name}") for name in names}
    return {name: module.READER for name, module in modules.items() if hasattr(module, "READER")}


def read_return(path: Path, *, into: Path, kind: str = "cin_census") -> Reading:
    """Stream the file into Parquet files in the folder `into`. Memory is bounded whatever the file's size.

    Raises UnreadableReturn when the file cannot be read as that kind, and when the kind is not one we read.
    """
    if kind not in readers():
        raise UnreadableReturn(kind, expected=f"The kinds that can be read are: {', '.join(readers())}.")
    return readers()[kind].read(path, into)
