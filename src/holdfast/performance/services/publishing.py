"""What the Department publishes comes in: a file is read, kept under its hash, and noted. It changes no release.

Not here: what a file may hold (analytics) or what is set beside what (selectors/beside.py). Rule: a file that cannot be
read is not kept; one that was kept is never changed, and the later file of the same table stands.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from holdfast import analytics
from holdfast.access.doors import Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, outside_transaction, record, service
from holdfast.jobs import kept
from holdfast.organisation.models import Programme
from holdfast.performance.keeping import PUBLISHED
from holdfast.performance.models import PublishedFile

MOST_BYTES = 20 * 1024 * 1024


class NotPublishedFigures(NotDone):
    """The file is too large, or is none that is read here."""

    def __init__(self, words: str) -> None:
        super().__init__(words, field="file")


def contents_of(file: Path, name: str) -> "analytics.Contents":
    """What a file is and holds. Raises NotPublishedFigures."""
    if file.stat().st_size > MOST_BYTES:
        raise NotPublishedFigures(str(kept.TooLarge(MOST_BYTES, name)))
    try:
        return analytics.published_contents(file)
    except analytics.UnreadableReturn as problem:
        raise NotPublishedFigures(str(problem)) from None


@outside_transaction("reads and keeps a whole file, then calls receive_published")
def submit_published(*, by: Actor, at: datetime, programme: Programme, file: Path, name: str) -> PublishedFile:
    """Read a file of published figures and keep it. The same bytes again are the same file.

    Raises Refused, or NotPublishedFigures before anything is kept.
    """
    check(by, Permission.SUBMIT_RETURN, programme.code)
    found = contents_of(file, name)
    original = kept.keep_file(PUBLISHED, file, MOST_BYTES)
    return receive_published(by=by, at=at, programme=programme, original=original, name=name, found=found)


@service
def receive_published(
    *, by: Actor, at: datetime, programme: Programme, original: kept.Kept, name: str, found: "analytics.Contents"
) -> PublishedFile:
    """Note a file that was read and whose bytes are kept."""
    check(by, Permission.SUBMIT_RETURN, programme.code)
    Programme.objects.select_for_update().get(pk=programme.pk)  # the same file twice is noted once
    held = PublishedFile.objects.filter(programme=programme, sha256=original.sha256).first()
    action = "published figures sent again"
    if held is None:
        action = "published figures submitted"
        held = PublishedFile.objects.create(
            programme=programme,
            name=kept.plain_name(name),
            sha256=original.sha256,
            n_bytes=original.n_bytes,
            what=found.what,
            title=found.title,
            release=found.release,
            n_rows=found.n_rows,
            symbols=dict(found.symbols),
            submitted_by=account_of(by),
            submitted_at=at,
        )
    record(action, programme=programme.code, subject=held.title, detail={"sha256": original.sha256})
    return held


def counted_words(file: PublishedFile) -> str:
    """What was read of a file, as it was counted when it came in."""
    if file.n_rows is None or file.symbols is None:
        return "It was sent before its rows were counted."
    return rows_words(file.n_rows, file.symbols)


def rows_words(n_rows: int, symbols: Mapping[str, int]) -> str:
    """ "5,330 rows; c 62 times, u 10 times in place of a figure." """
    said = f"{analytics.symbols_words(symbols)} in place of a figure" if symbols else "no symbol in place of a figure"
    return f"{n_rows:,} {'row' if n_rows == 1 else 'rows'}; {said}."
