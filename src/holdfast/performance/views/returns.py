"""Pages of returns: the list, one return, confirming its authority, its faults."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.jobs.queue import has_worker
from holdfast.organisation.selectors import programme as programme_seen
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import crumbs
from holdfast.pages.paging import page_number
from holdfast.performance.forms import MatchTeamsForm
from holdfast.performance.models import Return
from holdfast.performance.selectors import returns as selectors
from holdfast.performance.selectors.faults import validation_if_any, why_these_rules
from holdfast.performance.selectors.own_teams import teams_named
from holdfast.performance.selectors.uploads import effect_of_return
from holdfast.performance.services import naming
from holdfast.performance.services import returns as services
from holdfast.performance.views.fault_tables import validation_words
from holdfast.performance.views.rows import (
    NO_WORKER,
    fault_rows,
    how_far,
    in_plain_words,
    jobs_table,
    named_teams_table,
    read_table,
    return_facts,
    returns_table,
    rules_table,
)
from holdfast.performance.views.waiting_rows import effect_rows


@requires(Permission.SEE_RETURNS)
def returns(request: HttpRequest, programme: str) -> HttpResponse:
    jobs = list(selectors.open_jobs(request.user, programme))
    context = {
        "heading": "Returns",
        "lede": "Every file submitted, what became of it, and the faults found in it.",
        "breadcrumbs": crumbs(programme),
        "may_submit": may(request.user, Permission.SUBMIT_RETURN, programme),
        "returns": returns_table(selectors.returns(request.user, programme), jobs),
        "no_worker": "" if has_worker() else NO_WORKER,
        "jobs": jobs_table(jobs),
    }
    return render(request, "performance/returns.html", context)


@requires(Permission.SEE_RETURNS)
def return_page(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    returned = selectors.one_return(request.user, programme, number)
    effect, reading = effect_of_return(request.user, returned), selectors.reading_of(request.user, returned)
    context = {
        "heading": f"Return {number}",
        "caption": returned.name,
        "breadcrumbs": crumbs(programme, ("Returns", "returns")),
        "returned": returned,
        "facts": return_facts(returned, reading),
        "effect": effect_rows(effect) if effect else None,
        "may_submit": may(request.user, Permission.SUBMIT_RETURN, programme),
        **how_far(reading),
        "held": _held_to_rules(returned),
        "tables": read_table(selectors.rows_of(request.user, returned)),
        "rules": rules_table(selectors.faults(request.user, programme, number).rules, programme, number),
    }
    return render(request, "performance/return_page.html", context)


def _held_to_rules(returned: Return) -> dict[str, Any] | None:
    """How the return stood with the Department's rules, and where to see it; None: it is not held to any yet."""
    found = validation_if_any(returned)
    if found is None:
        return None
    url = reverse("fault_rules", args=[returned.programme.code, returned.number]) if found.folder_id else ""
    words = validation_words(found, why_these_rules(found)) if found.folder_id else [found.problem]
    return {"words": words, "url": url}


@requires(Permission.SUBMIT_RETURN)
def confirm_authority(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    returned = selectors.one_return(request.user, programme, number)
    return _read_all_the_same(
        request,
        returned,
        partial(services.confirm_authority, returned=returned),
        heading="Submit a file for another authority?",
        words="If you submit it anyway, its children are counted in this programme's figures, on the days for which no "
        "other return stands before it: its page says which.",
        submit="Submit it anyway",
    )


@requires(Permission.SUBMIT_RETURN)
def accept_loss(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    returned = selectors.one_return(request.user, programme, number)
    return _read_all_the_same(
        request,
        returned,
        partial(services.accept_loss, returned=returned),
        heading="Read a file of which much is lost?",
        words="If you accept it, the file is read as it is, "
        "and what hangs on the lost values is not known in any figure.",
        submit="Accept the loss and read it",
    )


def _read_all_the_same(
    request: HttpRequest, returned: Return, save: Callable[..., Any], *, heading: str, words: str, submit: str
) -> HttpResponse:
    """Ask whether to read a file that was refused for a reason that a person may overrule."""
    programme, number = returned.programme.code, returned.number
    return ask(
        request,
        Form(sent(request)),
        save,
        then=reverse("return_page", args=[programme, number]),
        said=f"Return {number} is waiting to be read. Its page says what became of it.",
        heading=heading,
        caption=str(returned),
        inset=f"{words} Your name and the date are kept in the trail.",
        warning=returned.reason,
        submit=submit,
        breadcrumbs=crumbs(programme, ("Returns", "returns"), (f"Return {number}", "return_page", number)),
    )


@requires(Permission.SEE_RETURNS)
def faults(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    rule, page = request.GET.get("rule", ""), page_number(request)
    seen = selectors.faults(request.user, programme, number, rule=rule, page=page)
    context = {
        "heading": f"Faults in return {number}",
        "caption": seen.returned.name,
        "breadcrumbs": crumbs(programme, ("Returns", "returns"), (f"Return {number}", "return_page", number)),
        "seen": seen,
        "chosen_words": in_plain_words(seen.rule),
        "chosen": next((one for one in seen.rules if one.rule == seen.rule), None),
        "rules": rules_table(seen.rules, programme, number),
        **fault_rows(seen),
    }
    return render(request, "performance/faults.html", context)


@requires(Permission.SUBMIT_RETURN)
def match_teams(request: HttpRequest, programme: str) -> HttpResponse:
    chosen = programme_seen(request.user, programme)
    named, teams = teams_named(request.user, chosen)
    form = MatchTeamsForm(sent(request), named=[one for one in named if one.is_said or one.team is None], teams=teams)
    if form.is_valid() and form.teams:
        naming.name_teams(by=request.user, at=clock.now(), programme=chosen, teams=form.teams)
        messages.success(request, "Saved. It holds for the records that are shown now, and for every later return.")
        return redirect("match_teams", programme=programme)
    context = {
        "heading": "Match the teams",
        "breadcrumbs": crumbs(programme, ("Returns", "returns")),
        "form": form,
        "has_teams": bool(teams),
        "named": named_teams_table(named, teams),
    }
    return render(request, "performance/match_teams.html", context)
