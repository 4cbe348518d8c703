"""Rows and words for the reports room's pages, made from editions. No query and no number is made here."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.urls import reverse

from holdfast.pages.tables import Cell, Column, Table, facts, link, table, tag
from holdfast.pages.words import counted, date_words, month_words
from holdfast.reports.letter import SECTIONS
from holdfast.reports.models import SHORT, ChairDraft, ChairReport, Edition
from holdfast.reports.sayable import beside
from holdfast.reports.selectors import ChairMonth

CONTENT_TYPES: Final = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "json": "application/json"}
FORMS: Final = {
    "pdf": "PDF, to read or print",
    "html": "HTML, one file that needs nothing else",
    "json": "JSON, as data",
}


def _address(page: str, code: str, edition: Edition, *more: str) -> str:
    return reverse(page, args=[code, edition.kind, edition.on, edition.number, *more])


def file_name(edition: Edition, form: str) -> str:
    """westmere-2031-ministers-2013-12-31-edition-1.pdf."""
    return f"{edition.programme.code}-{edition.kind}-{edition.on.isoformat()}-edition-{edition.number}.{form}"


def _stands(edition: Edition, last: int) -> str:
    return "Stands" if edition.number == last else f"Replaced by edition {last}, which says what differs"


def edition_table(code: str, editions: Iterable[Edition]) -> dict[str, Any]:
    editions = list(editions)
    last: dict[Any, int] = {}
    for made in editions:
        last[made.kind, made.on] = max(made.number, last.get((made.kind, made.on), 0))
    return {
        "caption": "Editions of reports",
        "head": ["Report for", "Report", "Edition", "Which stands", "Figures from", "Frozen on", "Frozen by"],
        "rows": [
            [
                {"text": date_words(each.on), "url": _address("edition", code, each), "header": True},
                each.get_kind_display(),
                str(each.number),
                _stands(each, last[each.kind, each.on]),
                each.release.reference if each.release else "no release",
                date_words(each.frozen_at),
                each.maker,
            ]
            for each in editions
        ],
    }


def trail(code: str) -> list[tuple[str, str]]:
    return [("Reports", reverse("editions", args=[code]))]


def edition_context(code: str, edition: Edition, latest: Edition | None) -> dict[str, Any]:
    """What frames an edition's page: its facts, its files and whether a newer one has taken its place."""
    newer = latest if latest is not None and latest.number > edition.number else None
    return {
        "heading": f"{edition.get_kind_display()}, {date_words(edition.on)}",
        "caption": f"Edition {edition.number}",
        "breadcrumbs": trail(code),
        "facts": edition_rows(code, edition),
        "newer": newer,
        "newer_url": _address("edition", code, newer) if newer else "",
        "files": [
            {"text": words, "url": _address("edition_file", code, edition, form)} for form, words in FORMS.items()
        ],
    }


def edition_rows(code: str, edition: Edition) -> list[dict[str, Any]]:
    release = edition.release
    figures = {"key": "Figures from", "value": release.reference if release else "no release had been published"}
    if release:
        figures["url"] = f"{reverse('scorecard', args=[code])}?release={release.number}"
    return [
        {"key": "Report for", "value": date_words(edition.on)},
        {
            "key": "Frozen on",
            "value": f"{date_words(edition.frozen_at)}, by {edition.maker}",
        },
        figures,
        {"key": "Edition", "value": f"{edition.number} ({edition.sha256[:SHORT]})"},
    ]


def consequence(on: date | None) -> str:
    """What freezing a report will do, to be read before it is done; "" while no date is typed."""
    if on is None:
        return ""
    return (
        f"A report to Ministers for {date_words(on)} will be frozen. Everybody who may see reports will see it, and "
        "nobody can change or remove it. If it was frozen before and nothing has changed, you are shown that edition."
    )


# The chair's reports


def under_chair(code: str) -> list[tuple[str, str]]:
    return [*trail(code), ("The chair’s reports", reverse("chair_reports", args=[code]))]


def edition_url(code: str, edition: Edition) -> str:
    return _address("edition", code, edition)


def months_table(code: str, months: Sequence[ChairMonth], today: date, *, is_chair: bool) -> Table:
    """Each month in which a report is due: what was sent for it, or what is being written, and what to do."""
    columns = [
        Column[ChairMonth]("Due in", lambda month: month_words(month.due_on)),
        Column("Where it stands", lambda month: _month_state(month, today)),
        Column("Report", lambda month: _report_cell(code, month)),
        *([Column("Draft", lambda month: _draft_cell(code, month, is_chair=is_chair))]),
    ]
    return table("Reports of the chair, by the month they are due in", columns, months)


def _month_state(month: ChairMonth, today: date) -> Cell:
    if month.sent:
        first = month.sent[0]
        late = f"{counted(first.days_late, 'day')} late" if first.days_late else "in time"
        return tag("Sent", "orange" if first.days_late else "green", hint=f"{date_words(first.sent_on)}, {late}")
    if today > month.due_on:
        return tag(
            "Overdue", "red", hint=f"{counted((today - month.due_on).days, 'day')} past {date_words(month.due_on)}"
        )
    return tag("Due", "blue", hint=f"by {date_words(month.due_on)}, in {counted((month.due_on - today).days, 'day')}")


def _report_cell(code: str, month: ChairMonth) -> Cell:
    if not month.sent:
        return "Not sent"
    last = month.sent[-1]
    hint = f"It corrects report {last.corrects.number}" if last.corrects else ""
    return link(last.in_words, "chair_report", code, last.number, hint=hint)


def _draft_cell(code: str, month: ChairMonth, *, is_chair: bool) -> Cell:
    if month.draft is not None:
        return link("Go on with the draft" if is_chair else "Read the draft", "chair_draft", code, month.due_on)
    if is_chair and not month.sent:
        return link(
            "Begin", "begin_chair_report", code, month.due_on, hidden=f"the report for {month_words(month.due_on)}"
        )
    return "" if month.sent else "Not shared"


def draft_sections(draft: ChairDraft, edition: dict[str, Any]) -> list[dict[str, Any]]:
    """Each section: its heading, the chair's words so far, what stands beside them, and where it is written."""
    code = draft.programme.code
    return [
        {
            "title": title,
            "words": draft.words.get(name, ""),
            "beside": beside(edition, chapter),
            "url": reverse("write_section", args=[code, draft.due_on, name]),
        }
        for name, (title, chapter) in SECTIONS.items()
    ]


def chair_report_context(code: str, report: ChairReport, *, is_chair: bool) -> dict[str, Any]:
    late = f", {counted(report.days_late, 'day')} late" if report.days_late else ""
    rows = facts(
        ("For", month_words(report.due_on)),
        ("Sent", f"{date_words(report.sent_on)}, by {report.sent_by.display_name}{late}"),
        ("Beside the figures of", report.edition.in_words),
        ("Corrects", report.corrects.in_words if report.corrects else ""),
        ("Hash", report.sha256[:SHORT]),
    )
    return {
        "heading": report.in_words,
        "caption": "Sent to Ministers by the independent chair",
        "breadcrumbs": under_chair(code),
        "facts": rows,
        "report": report,
        "is_chair": is_chair,
        "files": [
            {"text": words, "url": reverse("chair_report_file", args=[code, report.number, form])}
            for form, words in FORMS.items()
        ],
    }
