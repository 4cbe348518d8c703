"""The pages of themes: all of them with what may be said, and one with data, audits and voice side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.audits.selectors.themed import Asked
from holdfast.notice.figures import BETTER, WORSE
from holdfast.pages.addresses import address
from holdfast.pages.crumbs import crumbs
from holdfast.pages.tables import Column, Table, link, table
from holdfast.pages.words import counted, upper_first
from holdfast.performance.selectors.indicators import ScorecardLine
from holdfast.performance.selectors.written import printed_words
from holdfast.reports import themes as selectors
from holdfast.reports.themes import ThemeRead

THEMES = ("Themes", "themes")


@requires(Permission.SEE_REPORTS)
def themes(request: HttpRequest, programme: str) -> HttpResponse:
    columns = [
        Column[ThemeRead]("Theme", lambda read: link(read.title, "theme", programme, read.code)),
        Column("Together", lambda read: upper_first(read.state)),
        Column("Data", lambda read: upper_first(selectors.data_words(read).removeprefix("Data: "))),
        Column("Audits", lambda read: upper_first(selectors.audit_words(read).removeprefix("Audits: "))),
    ]
    context = {
        "heading": "Themes",
        "lede": "What data, audits and voice say of one thing, set side by side.",
        "breadcrumbs": crumbs(programme),
        "table": table("What may be said of each theme", columns, selectors.themes(request.user, programme)),
    }
    return render(request, "reports/themes.html", context)


@requires(Permission.SEE_REPORTS)
def theme(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    read = selectors.one_theme(request.user, programme, code)
    context = {
        "heading": read.title,
        "breadcrumbs": crumbs(programme, THEMES),
        "read": read,
        "data": [_data_line(programme, line) for line in read.data],
        "audited": [_audit_lines(read, found.question_set.title, found.n, own) for found, own in read.audited],
        "no_data": selectors.NO_DATA,
        "no_voice": selectors.NO_VOICE,
        "speaks": selectors.SPEAKS,
        "tables": [_questions(read, found.question_set.title, own) for found, own in read.audited],
    }
    return render(request, "reports/theme.html", context)


def _data_line(programme: str, line: ScorecardLine) -> dict[str, str]:
    month, claim = line.latest_month, line.assessment.claim
    said = f"{month.period.words}: {printed_words(month, line.definition)}" if month else line.none_words
    way = "Better. " if claim in BETTER else "Worse. " if claim in WORSE else ""
    return {
        "title": f"{line.definition.id} {line.definition.title}",
        "url": address("indicator", programme, line.definition.id),
        "figure": said,
        "open": line.open_words,
        "said": f"{way}{line.assessment.headline}",
    }


def _audit_lines(read: ThemeRead, title: str, n: int, asked: list[Asked]) -> dict[str, str]:
    """What most often falls short of what is looked for; the table below has every question."""
    worst, more = asked[0], len(asked) - 1
    return {
        "title": title,
        "n": counted(n, "audit"),
        "worst": f"{worst.ask} {read.now(worst)}. {read.change(worst)}.",
        "more": f"{counted(more, 'more question')} below." if more else "",
    }


def _questions(read: ThemeRead, title: str, asked: list[Asked]) -> Table:
    columns = [
        Column[Asked]("Question", lambda one: one.ask),
        Column("Short of what is looked for, with 95% interval", read.now),
        Column("The cycle before", lambda one: read.earlier(one) or "Not asked so"),
        Column("Beside it", read.change),
    ]
    return table(title, columns, asked)
