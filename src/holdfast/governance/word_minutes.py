"""Minutes as a Word document, to be edited elsewhere. Not here: the minutes themselves (selectors).

Rule: the file's properties name no person and no time of making, and the same minutes give the same bytes.
"""

import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from holdfast.governance.selectors.meetings import SeatAtMeeting
from holdfast.governance.selectors.minutes import MinutesRead
from holdfast.pages.words import date_words

FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip file can say: every part of the document carries it."""


def as_docx(read: MinutesRead, attendance: Sequence[SeatAtMeeting], mark: str = "") -> bytes:
    """The minutes as .docx: who came, then each item with its entries and decisions.

    `mark`: what stands at the head of every page, as of a demonstration.
    """
    from docx import Document

    document = Document()
    _say_nothing_of_anybody(document, f"Minutes of {read.meeting}", datetime(*read.meeting.held_on.timetuple()[:3]))  # noqa: DTZ001 - a day, in no zone
    document.sections[0].header.paragraphs[0].text = mark
    document.add_heading(f"{read.meeting.body}: minutes of meeting {read.meeting.number}", 0)
    document.add_paragraph(f"{date_words(read.meeting.held_on)}. {read.state}.")
    _attendance(document, attendance)
    for line in read.lines:
        document.add_heading(f"{line.order}. {line.title}", 2)
        for entry in line.item.standing_entries if line.item else ():
            words = f"{entry.get_kind_display()}: {entry.text}{f' ({entry.ref})' if entry.ref else ''}"
            document.add_paragraph(words, style="List Bullet")
        for decision in line.item.decisions.all() if line.item else ():
            document.add_paragraph(f"Decision {decision.number}: {decision.text}", style="List Bullet")
    for decision in read.decisions:
        document.add_paragraph(f"Decision {decision.number}: {decision.text}", style="List Bullet")
    for amendment in read.amendments:
        document.add_paragraph(f"Corrected on approval. It said: {amendment.before} It says: {amendment.after}")
    made = BytesIO()
    document.save(made)
    return _timeless(made.getvalue())


def _attendance(document: Any, attendance: Sequence[SeatAtMeeting]) -> None:
    grid = document.add_table(rows=1, cols=3)
    for cell, words in zip(grid.rows[0].cells, ("Seat", "Agency", "Came"), strict=True):
        cell.text = words
    for at in attendance:
        came = at.attendance.get_came_display() if at.attendance else "Nothing was heard"
        deputy = f": {at.attendance.deputy.seat}" if at.attendance and at.attendance.deputy else ""
        for cell, words in zip(grid.add_row().cells, (at.seat.seat, str(at.seat.agency), came + deputy), strict=True):
            cell.text = words


def _say_nothing_of_anybody(document: Any, title: str, day: datetime) -> None:
    known = document.core_properties
    known.author = known.last_modified_by = known.comments = known.keywords = known.category = ""
    known.title, known.created, known.modified, known.revision = title, day, day, 1


def _timeless(content: bytes) -> bytes:
    """The same document with every part of the file dated alike."""
    whole = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as given, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in sorted(given.infolist(), key=lambda each: each.filename):
            kept.writestr(zipfile.ZipInfo(part.filename, FIRST_DAY), given.read(part), zipfile.ZIP_DEFLATED)
    return whole.getvalue()
