"""Reads a file that somebody sent into canonical tables and faults. One module per kind of return.

Not here: whose file it should be, or whether to keep it (the performance room), and the store. Rule: no clock and no
database; the same bytes give the same tables.
"""

from pathlib import Path

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.reading import Reading

__all__ = ["READABLE_KINDS", "Reading", "read_return"]

READABLE_KINDS = ("cin_census",)


def read_return(path: Path, *, into: Path, kind: str = "cin_census") -> Reading:
    """Stream the file into Parquet files in the folder `into`. Memory is bounded whatever the file's size.

    Raises UnreadableReturn when the file cannot be read as that kind, and when the kind is not one we read.
    """
    if kind not in READABLE_KINDS:
        raise UnreadableReturn(kind, expected=f"The kinds that can be read are: {', '.join(READABLE_KINDS)}.")
    from holdfast.analytics.returns.cin_census import read_cin_census

    return read_cin_census(path, into)
