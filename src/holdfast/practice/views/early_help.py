"""The pages of early help, agency by agency, and of late assessments with why."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import crumbs
from holdfast.pages.paging import one_page, page_number
from holdfast.pages.words import date_words, month_words
from holdfast.practice import written, written_early_help
from holdfast.practice.forms import LateForm, MonthForm
from holdfast.practice.selectors import early_help as selectors
from holdfast.practice.selectors import late as lateness
from holdfast.practice.selectors import thresholds as agreed
from holdfast.practice.services import early_help as services
from holdfast.practice.whose import own_agencies, own_agency

EARLY_HELP, WORKLISTS = ("Early help", "early_help"), ("Worklists", "worklists")
LATE = ("Why it is late", "late_assessments")
ROWS = 25


@requires(Permission.SEE_PROGRAMME)
def early_help(request: HttpRequest, programme: str) -> HttpResponse:
    user, today = request.user, clock.today()
    months = selectors.months_ended(today)
    context = {
        "heading": "Early help",
        "lede": "How each agency uses the agreed assessment, and how it ends.",
        "breadcrumbs": crumbs(programme),
        "first": month_words(months[-1]),
        "last": month_words(months[0]),
        "today": today,
        "in_force": written.in_force_table(programme, agreed.in_force(user, programme, today, ["early-help"]), today),
        "helps": written_early_help.helps_table(selectors.early_help(user, programme, today)),
        "put_right": written_early_help.put_right_table(selectors.to_put_right(user, programme, today), today),
        "may_report": bool(own_agencies(user, programme)),
    }
    return render(request, "practice/early_help.html", context)


@requires(Permission.SEE_PROGRAMME)
def report_early_help(request: HttpRequest, programme: str) -> HttpResponse:
    user = request.user
    own_agency(user, programme)
    months = [(month.isoformat(), month_words(month)) for month in selectors.months_ended(clock.today())]
    return ask(
        request,
        MonthForm(sent(request), agencies=selectors.to_report_for(user, programme), months=months),
        partial(services.report_early_help, programme=organisation.programme(user, programme)),
        then=reverse("early_help", args=[programme]),
        said="The month is reported. A correction is another report of the same month: the newest counts.",
        heading="Report a month of early help",
        inset="Numbers of families whose assessment your agency leads. No names.",
        submit="Report it",
        breadcrumbs=crumbs(programme, EARLY_HELP),
    )


@requires(Permission.SEE_CHILD_RECORDS, or_team=True)
def late_assessments(request: HttpRequest, programme: str) -> HttpResponse:
    found = lateness.late(request.user, programme, request.GET.get("clock") or lateness.FIRST)
    shown = one_page(found.rows, page_number(request), ROWS)
    context = {
        "heading": f"Why {lateness.CLOCKS[found.clock][1]} are late",
        "breadcrumbs": crumbs(programme, WORKLISTS),
        "seen": found.seen,
        "page": shown,
        "late": written_early_help.late_table(programme, found.clock, shown.rows),
        "others": [(clock, words) for clock, (_, words) in lateness.CLOCKS.items() if clock != found.clock],
        "query": "" if found.clock == lateness.FIRST else f"clock={found.clock}&",
        "reasons": written_early_help.reasons_table(found),
    }
    return render(request, "practice/late_assessments.html", context)


@requires(Permission.SEE_CHILD_RECORDS, or_team=True)
def explain_late(request: HttpRequest, programme: str, mark: str, due: str) -> HttpResponse:
    clock_asked = request.GET.get("clock") or lateness.FIRST
    found = lateness.one_late(request.user, programme, mark, due, clock_asked)
    due_on = found.waiting.due_on
    return ask(
        request,
        LateForm(sent(request)),
        partial(
            services.explain_late,
            programme=organisation.programme(request.user, programme),
            mark=mark,
            due_on=due_on,
            what=lateness.CLOCKS[clock_asked][0],
        ),
        then=f"{reverse('late_assessments', args=[programme])}?clock={clock_asked}",
        said="The reason is kept. It is counted with the others, and the child is not kept with it.",
        heading=f"Say why {lateness.CLOCKS[clock_asked][0]} is late",
        caption=f"{found.waiting.child}, due {date_words(due_on)}" if due_on else found.waiting.child,
        submit="Keep the reason",
        breadcrumbs=crumbs(programme, WORKLISTS, LATE),
    )
