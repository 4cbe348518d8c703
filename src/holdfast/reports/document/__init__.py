"""A report as a structured document: plain data that says everything the HTML, the PDF and the JSON will show.

One file per chapter: standing (requirements), indicators, planning (milestones and actions), gaps, method. Not here:
how it looks (rendering). Rule: everything is read as PublicReader for one date, so that the same records give the same
document whoever makes it and whenever; nothing here reads today's date.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings

from holdfast.access import clock
from holdfast.notice.selectors import notices, positions
from holdfast.notice.selectors.notices import NoNotice
from holdfast.organisation.models import Programme
from holdfast.pages.words import date_words
from holdfast.performance.models import Release
from holdfast.reports.document import differing, gaps, indicators, method, planning, standing
from holdfast.reports.reader import PublicReader

FORMAT: Final = "holdfast-report-1"
NO_CHANGE: Final = "The trail records no change to the records since"
INVENTED: Final = (
    "A demonstration: apart from the Department’s published figures, each with its source, every figure, plan and "
    "judgement here is invented, and says nothing of any real council."
)


def ministers(
    programme: Programme, on: date, release: Release | None, covering: dict[str, str] | None
) -> dict[str, Any]:
    """The report to Ministers for one date. `covering` is the chair's own words and office, or None.

    Documented in docs/formats/report.schema.json. The edition's number, day and maker are added when it is frozen.
    """
    reader = PublicReader(programme.code)
    of_notice = _notice(reader, programme.code)
    lines = positions.position_lines(reader, programme.code, on) if of_notice else []
    stands = standing.chapter(programme.code, lines) if of_notice else None
    held = indicators.of_release(reader, programme.code, on, release)
    figures = indicators.chapter(reader, programme.code, held, on)
    plan = planning.chapter(reader, programme.code, on)
    return {
        "format": FORMAT,
        "kind": "ministers",
        "title": "Report to Ministers",
        "prepared_for": on.isoformat(),
        "prepared_for_words": date_words(on),
        "address": settings.HOLDFAST_ADDRESS.rstrip("/"),
        "invented": INVENTED if settings.MODE == "demo" else "",
        "programme": {"code": programme.code, "name": programme.name, "council": programme.council.name},
        "notice": of_notice,
        "release": _release(release),
        "covering": covering,
        "summary": [
            *standing.summary(stands),
            *indicators.summary(held, figures, release, on),
            *planning.summary(plan),
        ],
        "standing": stands,
        "indicators": figures,
        "plan": plan,
        "not_achieved": standing.not_achieved(programme.code, lines),
        "no_evidence": standing.no_evidence(programme.code, lines),
        "who_links": positions.who_links(),
        "gaps": gaps.chapter(reader, programme.code, on) if of_notice else None,
        "method": method.chapter(on, release),
    }


def _notice(reader: PublicReader, code: str) -> dict[str, Any] | None:
    try:
        found = notices.notice_of(reader, code)
    except NoNotice:
        return None
    return {
        "title": found.title,
        "kind": found.kind,
        "issued_on": found.issued_on.isoformat(),
        "issued_on_words": date_words(found.issued_on),
        "issued_by": found.issued_by,
        "is_invented": found.is_invented,
    }


def _release(release: Release | None) -> dict[str, Any] | None:
    if release is None:
        return None
    return {
        "number": release.number,
        "reference": release.reference,
        "calculation": release.calculation_id,
        "as_at": release.as_at.isoformat(),
        "as_at_words": date_words(release.as_at),
    }


@dataclass(frozen=True)
class Replaced:
    """The edition that a new one for the same date takes the place of, and what the trail says was written since."""

    number: int
    document: dict[str, Any]
    changes: list[str]


def edition_facts(
    number: int, at: datetime, maker: str, inputs_sha256: str, inputs: dict[str, Any], replaced: Replaced | None
) -> dict[str, Any]:
    """What freezing adds to the document: which edition it is, when and by whom, and what it says of the last one."""
    day = clock.day_of(at)
    return {
        "number": number,
        "frozen_on": day.isoformat(),
        "frozen_on_words": date_words(day),
        "frozen_by": maker,
        "inputs_sha256": inputs_sha256,
        "replaces": _replaces(number, day, replaced, inputs) if replaced else None,
    }


def _replaces(number: int, day: date, replaced: Replaced, inputs: dict[str, Any]) -> dict[str, Any]:
    since = f"Since edition {replaced.number} was frozen the trail records: {', '.join(replaced.changes)}."
    before = replaced.document["edition"]["frozen_on_words"]
    nothing = f"{NO_CHANGE}." if before == date_words(day) else f"{NO_CHANGE}: the day moved on."
    return {
        "number": replaced.number,
        "stands": f"This is edition {number} for this date, and the one that stands. Edition {replaced.number}, frozen "
        f"on {before}, is kept as it was.",
        "differs": differing.differences(replaced.document, inputs),
        "because": since if replaced.changes else nothing,
    }
