"""`holdfast verify`: is everything as it was written? One sentence for each thing that is not."""

from collections.abc import Iterator

from holdfast.access.doors import SYSTEM
from holdfast.access.trail import broken_rows
from holdfast.performance.selectors import verify_store
from holdfast.reports.selectors import verify_editions


def problems() -> Iterator[str]:
    """A sentence for each changed, removed or reordered trail row and each changed or missing file."""
    for row in broken_rows():
        yield row.problem
    yield from verify_store(SYSTEM)
    yield from verify_editions(SYSTEM)
