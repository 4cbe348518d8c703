"""Every read of the reports room. The first argument is the account (or SYSTEM); no permission, no edition.

Rule: a file of an edition is given only when its hash is still the one frozen; a changed one is refused, and named by
`verify_editions`.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from holdfast.access.doors import SYSTEM, Actor, Missing, Refused, check, grants, may
from holdfast.access.models import TrailRow
from holdfast.access.permissions import Permission
from holdfast.jobs import kept
from holdfast.notice.due import end_of_month
from holdfast.notice.models import Notice
from holdfast.organisation.models import Programme
from holdfast.reports import keeping
from holdfast.reports.models import CHAIR_SHELF, ChairDraft, ChairReport, Edition

FILES: Final = {"json": keeping.DOCUMENT, "html": "report.html", "pdf": "report.pdf"}
CHAIR: Final = "board-chair"


class NoSuchEdition(Missing):
    """The programme has no such edition."""

    def __init__(self) -> None:
        super().__init__("There is no such edition of a report in this programme.")


class NoSuchForm(Missing):
    """A report was asked for in a form that it does not come in."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"A report comes as pdf, html or json, not as {kind or 'nothing'}.")


def editions(user: Actor, code: str) -> QuerySet[Edition]:
    """Every edition of every report, the latest date first, then the latest edition."""
    check(user, Permission.SEE_REPORTS, code)
    return Edition.objects.filter(programme__code=code).select_related("programme", "release", "frozen_by")


def edition(user: Actor, code: str, kind: str, on: date, number: int) -> Edition:
    """One edition. Raises Refused or NoSuchEdition."""
    found = editions(user, code).filter(kind=kind, on=on, number=number).first()
    if found is None:
        raise NoSuchEdition
    return found


def latest_edition(user: Actor, code: str, kind: str, on: date) -> Edition | None:
    """The last edition of a report for one date. None before the first."""
    return editions(user, code).filter(kind=kind, on=on).first()


def document(user: Actor, found: Edition) -> dict[str, Any]:
    """What an edition says, as documented in docs/formats/report.schema.json. Raises Refused or kept.NotAsKept."""
    return dict(json.loads(render(user, found, "json")))


def render(user: Actor, found: Edition, kind: str) -> bytes:
    """An edition as "pdf", "html" or "json": the bytes frozen, the same every time.

    Raises Refused, NoSuchForm, or kept.NotAsKept when the file is missing or is not what was frozen.
    """
    check(user, Permission.SEE_REPORTS, found.programme.code)
    if kind not in FILES:
        raise NoSuchForm(kind)
    name = FILES[kind]
    return keeping.read(found.in_words, found.sha256, name, found.files[name])


def named_editions(user: Actor, code: str) -> list[tuple[str, str]]:
    """The editions as evidence may name them: "ministers/2013-12-31/1" and its words."""
    if not may(user, Permission.SEE_REPORTS, code):
        return []
    return [(f"{made.kind}/{made.on.isoformat()}/{made.number}", made.in_words) for made in editions(user, code)]


def edition_records(user: Actor, code: str) -> list[tuple[str, str]]:
    """The editions that a paper may be made from, as "edition/ministers/2013-12-31/1" and its words."""
    return [(f"edition/{key}", words) for key, words in named_editions(user, code)]


def edition_address(code: str, key: str) -> str:
    kind, on, number = key.split("/")
    return reverse("edition", args=[code, kind, on, number])


def first_day(programme: Programme) -> date:
    """The first day a report may be for: the day the notice was issued, or the programme began while none is loaded."""
    notice = Notice.objects.filter(programme=programme).first()
    return notice.issued_on if notice else programme.starts_on


def changes_since(edition: Edition) -> list[str]:
    """What the trail says was written since an edition was frozen: "action added (2)". Reads are left out.

    So is what is written of one child who may not be safe: an edition goes to everybody, and how many is a small count.
    Since is later in the trail: a demonstration writes of days before the one on which it freezes.
    """
    frozen = TrailRow.objects.filter(action="report frozen", detail__sha256=edition.sha256).order_by("number")
    number = frozen.values_list("number", flat=True).last() or 0
    rows = TrailRow.objects.filter(programme=edition.programme.code, number__gt=number)
    counted = Counter(rows.values_list("action", flat=True))
    quiet = ("saw ", "looked ", "refused", "report ", "evidence opened", "signed ", "child ", "step for a child")
    return [f"{action} ({n})" for action, n in sorted(counted.items()) if not action.startswith(quiet)]


def is_chair(user: Actor, code: str) -> bool:
    """Whether the account chairs the programme's Board today: only the chair writes to Ministers in a report."""
    return any(grant.role == CHAIR and grant.programme == code for grant in grants(user))


def verify_editions(user: Actor = SYSTEM) -> list[str]:
    """A sentence naming each file of an edition that is missing or changed. [] when all is as it was frozen."""
    check(user, Permission.SEE_REPORTS)
    problems = []
    rows = TrailRow.objects.filter(action="report frozen").values_list("programme", "detail")
    frozen = {(code, detail.get("sha256")) for code, detail in rows}
    for found in Edition.objects.select_related("programme").order_by("pk"):
        for name, expected in sorted(found.files.items()):
            problem = keeping.problem_with(found.sha256, name, expected)
            if problem:
                problems.append(f"{found.in_words} ({found.programme.code}): the file {name} {problem}.")
        if (found.programme.code, found.sha256) not in frozen:
            problems.append(f"{found.in_words} ({found.programme.code}) is not one that the trail says was frozen.")
        if found.files.get(keeping.DOCUMENT) != found.sha256:
            problems.append(f"{found.in_words} ({found.programme.code}): its record does not name its own document.")
    return problems


# The chair's reports


class NoSuchDraft(Missing):
    """There is no draft, or no report that was sent, under that address; or none that this account may know of."""

    def __init__(self) -> None:
        super().__init__("There is no such report of the chair here.")


@dataclass(frozen=True)
class ChairMonth:
    """One month in which a report of the chair is due: what was sent for it, and what is being written, if seen."""

    due_on: date
    sent: Sequence[ChairReport]
    draft: ChairDraft | None


def due_days(programme: Programme) -> list[date]:
    """The last day of each month in which the notice asks for a report to Ministers, in order."""
    notice = Notice.objects.filter(programme=programme).first()
    months = (notice.frame.get("reports") or {}).get("months", []) if notice else []
    return sorted(end_of_month(month) for month in months)


def newest_edition(user: Actor, code: str) -> Edition | None:
    """The edition of the report to Ministers for the latest day. None before the first."""
    return editions(user, code).filter(kind=Edition.Kind.MINISTERS).first()


def may_read_drafts(user: Actor, code: str) -> tuple[bool, bool]:
    """Whether the account reads every draft (the chair), and whether it reads those that are shared."""
    return may(user, Permission.WRITE_CHAIR_REPORT, code), may(user, Permission.MAKE_REPORT, code)


def chair_months(user: Actor, programme: Programme) -> list[ChairMonth]:
    """Every month in which a report is due, with what was sent and the draft that this account may read."""
    check(user, Permission.SEE_REPORTS, programme.code)
    sent = list(chair_reports(user, programme.code))
    drafts = {draft.due_on: draft for draft in _drafts(user, programme.code)}
    return [
        ChairMonth(day, [one for one in reversed(sent) if one.due_on == day], drafts.get(day))
        for day in due_days(programme)
    ]


def chair_reports(user: Actor, code: str) -> QuerySet[ChairReport]:
    """Every report that the chair sent, the last first."""
    check(user, Permission.SEE_REPORTS, code)
    found = ChairReport.objects.filter(programme__code=code)
    return found.select_related("programme", "edition", "corrects", "sent_by")


def chair_report(user: Actor, code: str, number: int) -> ChairReport:
    """One that was sent. Raises Refused or NoSuchDraft."""
    found = chair_reports(user, code).filter(number=number).first()
    if found is None:
        raise NoSuchDraft
    return found


def _drafts(user: Actor, code: str) -> list[ChairDraft]:
    is_chair_here, reads_shared = may_read_drafts(user, code)
    found = ChairDraft.objects.filter(programme__code=code).select_related("programme", "edition", "corrects")
    if is_chair_here:
        return list(found)
    return list(found.filter(is_shared=True)) if reads_shared else []


def chair_draft(user: Actor, code: str, due_on: date) -> ChairDraft:
    """The draft for a month: for the chair, and where it is shared for those who make reports.

    Raises Refused for who may read no draft, NoSuchDraft where there is none that this account may know of.
    """
    if not any(may_read_drafts(user, code)):
        raise Refused(Permission.WRITE_CHAIR_REPORT, code)
    found = next((draft for draft in _drafts(user, code) if draft.due_on == due_on), None)
    if found is None:
        raise NoSuchDraft
    return found


def render_chair_report(user: Actor, report: ChairReport, kind: str) -> bytes:
    """What was sent, as "pdf", "html" or "json": the bytes kept then. Raises Refused, NoSuchForm or kept.NotAsKept."""
    check(user, Permission.SEE_REPORTS, report.programme.code)
    if kind not in FILES:
        raise NoSuchForm(kind)
    name = FILES[kind]
    path = kept.path_of(CHAIR_SHELF, report.sha256) / name
    return kept.read(path, report.files[name], "sent", named=f"{report.in_words}: the file {name}")


def verify_chair_reports(user: Actor = SYSTEM) -> list[str]:
    """A sentence naming each file of a report of the chair that is missing or changed. [] when all is as sent."""
    check(user, Permission.SEE_REPORTS)
    rows = TrailRow.objects.filter(action="chair's report sent").values_list("programme", "detail")
    known = {(code, detail.get("sha256")) for code, detail in rows}
    problems = []
    for report in ChairReport.objects.select_related("programme").order_by("pk"):
        for name, expected in sorted(report.files.items()):
            problem = kept.problem_with(CHAIR_SHELF, report.sha256, "sent", file=name, expected=expected)
            if problem:
                problems.append(f"{report.in_words} ({report.programme.code}): the file {name} {problem}.")
        if (report.programme.code, report.sha256) not in known:
            problems.append(f"{report.in_words} ({report.programme.code}) is not one that the trail says was sent.")
    return problems
