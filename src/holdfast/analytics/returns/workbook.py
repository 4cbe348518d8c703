"""A workbook that somebody sends as a return, measured before it is opened: a file refused names the kind of return.

Not here: the measuring (the room workbooks), or rows (tabular.py). Rule: macros are never opened, so a workbook that
holds them is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from holdfast.analytics.faults import UnreadableReturn
from holdfast.workbooks import measuring


def refused(kind: str, words: str) -> UnreadableReturn:
    return UnreadableReturn(kind, expected=words)


@contextmanager
def _of_kind(kind: str) -> Iterator[None]:
    try:
        yield
    except measuring.OddWorkbook as odd:
        raise refused(kind, str(odd)) from odd


def check_packed(path: Path, kind: str) -> None:
    """Raise UnreadableReturn for a workbook that is locked, has macros, is damaged, or unpacks into far too much."""
    with _of_kind(kind):
        names = measuring.checked_parts(path)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise refused(kind, "The workbook holds macros, which are never opened. Save it as .xlsx, without macros.")


def measured(path: Path, part: str, kind: str) -> measuring.Extent:
    """How far the sheet in this part of the file reaches. Raises UnreadableReturn for one that reaches too far."""
    with _of_kind(kind):
        return measuring.measured(path, part)
