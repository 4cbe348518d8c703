"""Pages that show the notice and where each requirement stands. Nothing here changes anything."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access.doors import Actor, may, requires
from holdfast.access.permissions import Permission
from holdfast.notice.covering import decided
from holdfast.notice.forms import FilterForm
from holdfast.notice.selectors import notices, requirements
from holdfast.notice.selectors.coverage import coverage as coverage_of
from holdfast.notice.selectors.notices import NoNotice
from holdfast.notice.selectors.positions import counts, position_lines, who_links
from holdfast.notice.views import written
from holdfast.pages.kept import keep

COVERAGE = "What answers each requirement"
ADRIFT = "Actions that answer nothing in the notice or the inspection"


@requires(Permission.SEE_PROGRAMME)
def notice(request: HttpRequest, programme: str) -> HttpResponse:
    try:
        found = notices.notice_of(request.user, programme)
    except NoNotice as missing:
        context = {"heading": "The notice", "missing": missing}
        return render(request, "notice/notice.html", context)
    lines = position_lines(request.user, programme)
    context = {
        "heading": found.title,
        "caption": found.kind.capitalize(),
        "lede": f"{len(lines)} requirements, and where each stands today.",
        "notice": found,
        "counts": written.count_items(programme, counts(lines)),
        "facts": written.frame_rows(found),
        "sections": written.section_table(programme, found, lines),
        "text": notices.attached_text(request.user, programme),
        "n_unclaimed": len(notices.unclaimed_clauses(request.user, programme)),
        "may_attach": may(request.user, Permission.ATTACH_NOTICE, programme),
    }
    return render(request, "notice/notice.html", context)


@requires(Permission.SEE_PROGRAMME)
def positions(request: HttpRequest, programme: str) -> HttpResponse:
    context: dict[str, Any] = {"heading": "Where every requirement stands"}
    try:
        found = notices.notice_of(request.user, programme)
    except NoNotice as missing:
        return render(request, "notice/positions.html", {**context, "missing": missing})
    form = FilterForm(request.GET, sections=found.sections)
    lines = position_lines(request.user, programme)
    shown = requirements.filtered(lines, **form.chosen())
    context |= {
        "lede": "What the records show, what a person judged, and whether somebody else accepted it.",
        "breadcrumbs": written.trail(programme, found),
        "form_filter": form,
        "is_filtered": bool(form.chosen()),
        "counts": written.count_items(programme, counts(lines)),
        "shown_words": f"{len(shown)} of {len(lines)} requirements",
        "parts": written.position_parts(programme, found, shown),
    }
    return render(request, "notice/positions.html", context)


@requires(Permission.SEE_PROGRAMME)
def requirement(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    found = requirements.requirement(request.user, programme, ref)
    subject = found.line.requirement
    context = {
        "heading": f"{subject.ref} {subject.name}",
        "caption": found.line.section_title,
        "breadcrumbs": written.trail(programme, None, positions=True),
        "seen": found,
        "facts": written.requirement_rows(found),
        "evidence": written.evidence_table(programme, found),
        "actions": written.action_table("Actions that answer this requirement", found.actions),
        "decisions": decided(request.user, programme, ref),
        "who_links": who_links(),
    }
    return render(request, "notice/requirement.html", context)


@requires(Permission.SEE_PROGRAMME)
def coverage(request: HttpRequest, programme: str) -> HttpResponse:
    try:
        context = keep("coverage", request.user, programme, lambda: _coverage(request.user, programme))
    except NoNotice as missing:
        context = {"heading": COVERAGE, "missing": missing}
    return render(request, "notice/coverage.html", context)


def _coverage(user: Actor, programme: str) -> dict[str, Any]:
    notice, found = notices.notice_of(user, programme), coverage_of(user, programme)
    return {
        "heading": COVERAGE,
        "lede": "From requirement to action, to the indicator that would show it worked, to evidence; and the gaps.",
        "breadcrumbs": written.trail(programme, None),
        "gaps": [{"n": n, "words": words} for words, n in found.gap_counts],
        "parts": written.coverage_parts(programme, notice, found.requirements),
        "recommendations": written.recommendation_table(found.recommendations),
        "adrift": written.action_table(ADRIFT, found.adrift),
    }


@requires(Permission.SEE_PROGRAMME)
def unclaimed_clauses(request: HttpRequest, programme: str) -> HttpResponse:
    context: dict[str, Any] = {"heading": "Clauses that no requirement claims"}
    try:
        text = notices.attached_text(request.user, programme)
    except NoNotice as missing:
        return render(request, "notice/unclaimed_clauses.html", {**context, "missing": missing})
    context |= {
        "lede": "An address, a date or a signature belongs here. Anything else may be a duty that our words miss.",
        "breadcrumbs": written.trail(programme, None),
        "text": text,
        "clauses": notices.unclaimed_clauses(request.user, programme),
        "n_clauses": len(notices.clauses(request.user, programme)),
        "may_attach": may(request.user, Permission.ATTACH_NOTICE, programme),
    }
    return render(request, "notice/unclaimed_clauses.html", context)
