"""Rows and words for the reports room's pages, made from editions. No query and no number is made here."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.urls import reverse

from holdfast.pages.words import date_words
from holdfast.reports.models import SHORT, Edition

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
