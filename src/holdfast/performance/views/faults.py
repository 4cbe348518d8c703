"""Pages of faults as work: the rules that found something in a return, the rows of one, one row; and the same as files.

Not here: the faults that reading itself saw (returns.py). Rule: a row is known in an address by a mark, never a child.
"""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.jobs.attachments import download
from holdfast.organisation.selectors import people_who_may
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import Crumb, crumbs
from holdfast.pages.files import as_csv, as_xlsx
from holdfast.pages.paging import page_number
from holdfast.performance.forms import AssignFaultForm, ExplainFaultForm, FindChildForm, MarkFaultFixedForm
from holdfast.performance.selectors import fault_rows as rows_found
from holdfast.performance.selectors import faults as selectors
from holdfast.performance.services import faults as services
from holdfast.performance.views.fault_tables import (
    FILE_HEAD,
    done_table,
    file_rows,
    found_table,
    rows_table,
    rules_table,
    team_choices,
    validation_words,
    waiting_link,
    whose_choices,
)

WHOLE_RULE = "all"


@requires(Permission.SEE_RETURNS)
def latest_faults(request: HttpRequest, programme: str) -> HttpResponse:
    """The faults of the newest return that was held to the rules, or the returns where none was."""
    latest = selectors.latest_validation(request.user, programme)
    if latest is None:
        return redirect("returns", programme=programme)
    return redirect("fault_rules", programme=programme, number=latest.returned.number)


@requires(Permission.SEE_RETURNS)
def fault_rules(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    validation = selectors.validation_of(request.user, programme, number)
    severity = request.GET.get("severity", "")
    found = [one for one in selectors.rules_found(validation) if severity in ("", one.severity)]
    context = {
        "heading": f"Faults by the Department’s rules, return {number}",
        "caption": validation.returned.name,
        "breadcrumbs": _way(programme, number)[:-1],
        "words": validation_words(validation, selectors.why_these_rules(validation)),
        "table": rules_table(found, programme, number),
        "choices": [
            {"text": words, "url": f"?severity={value}" if value else "?", "current": value == severity}
            for value, words in (("", "All"), ("error", "Errors"), ("query", "Queries"))
        ],
        "not_run": [f"{rule}: {why}" for rule, why in validation.not_run.items()],
        "rows_url": reverse("fault_rows", args=[programme, number]),
        "csv_url": reverse("fault_rules_csv", args=[programme, number]),
        "xlsx_url": reverse("fault_rules_xlsx", args=[programme, number]),
    }
    return render(request, "performance/fault_rules.html", context)


@requires(Permission.SEE_RETURNS)
def fault_rows(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Every rule's rows: everybody's, one's own, a team's or one child's, who is asked for in a form and never here."""
    asked = {name: value for name in ("mine", "team", "child") if (value := request.GET.get(name, ""))}
    form = FindChildForm(sent(request))
    mark = _child_found(request, form, programme, number)
    if mark:
        return redirect(_child_url(programme, number, mark=mark))
    chosen = {"team": asked.get("team", ""), "mark": asked.get("child", ""), "is_mine": "mine" in asked}
    seen = rows_found.fault_rows(request.user, programme, number, **chosen, page=page_number(request))
    context = {
        "heading": f"Faults of every rule, return {number}",
        "breadcrumbs": _way(programme, number),
        "seen": seen,
        "form": form,
        "table": found_table(seen, programme),
        "choices": whose_choices(seen),
        "query": f"{urlencode(asked)}&" if asked else "",
    }
    return render(request, "performance/fault_rows.html", context)


@requires(Permission.SEE_RETURNS)
def rule_faults(request: HttpRequest, programme: str, number: int, rule: str) -> HttpResponse:
    team = request.GET.get("team", "")
    seen = selectors.rows_of_rule(request.user, programme, number, rule, team=team, page=page_number(request))
    context = {
        "heading": f"Rule {rule} in return {number}",
        "caption": f"{seen.found.severity.capitalize()}, {seen.found.module}",
        "breadcrumbs": _way(programme, number),
        "seen": seen,
        "table": rows_table(seen, programme),
        "choices": team_choices(seen),
        "query": f"{urlencode({'team': seen.team})}&" if seen.team else "",
        "may_work": may(request.user, Permission.WORK_ON_FAULTS, programme),
        "ways": _ways(programme, number, rule, WHOLE_RULE),
    }
    return render(request, "performance/rule_faults.html", context)


@requires(Permission.SEE_RETURNS)
def one_fault(request: HttpRequest, programme: str, number: int, rule: str, mark: str) -> HttpResponse:
    user = request.user
    validation, row, done = selectors.one_row(user, programme, number, rule, mark)
    context = {
        "heading": f"Rule {rule}, line {row.line:,}" if row.line else f"Rule {rule}, the whole return",
        "caption": f"Return {number}",
        "breadcrumbs": [
            *_way(programme, number),
            *crumbs(programme, (f"Rule {rule}", "rule_faults", number, rule))[1:],
        ],
        "row": row,
        "found": next(one for one in selectors.rules_found(validation) if one.rule == rule),
        "table": done_table(done),
        "worklists": [waiting_link(programme, *on) for on in rows_found.worklists_with(user, programme, row.child)]
        if row.child
        else [],
        "child_url": _child_url(programme, number, row.child),
        "may_work": may(request.user, Permission.WORK_ON_FAULTS, programme),
        "ways": _ways(programme, number, rule, mark),
    }
    return render(request, "performance/one_fault.html", context)


@requires(Permission.WORK_ON_FAULTS)
def assign_fault(request: HttpRequest, programme: str, number: int, rule: str, mark: str) -> HttpResponse:
    able = people_who_may(request.user, programme, Permission.WORK_ON_FAULTS)
    return _ask_about(
        request,
        AssignFaultForm(sent(request), people=able),
        services.assign_fault,
        (programme, number, rule, mark),
        said="It is given to them. Their name stands beside the fault until it is explained, put right or closed.",
        submit="Assign",
    )


@requires(Permission.WORK_ON_FAULTS)
def explain_fault(request: HttpRequest, programme: str, number: int, rule: str, mark: str) -> HttpResponse:
    return _ask_about(
        request,
        ExplainFaultForm(sent(request)),
        services.explain_fault,
        (programme, number, rule, mark),
        said="The reason is kept, and goes with the fault into the file for the statutory return.",
        submit="Explain",
    )


@requires(Permission.WORK_ON_FAULTS)
def mark_fault_fixed(request: HttpRequest, programme: str, number: int, rule: str, mark: str) -> HttpResponse:
    return _ask_about(
        request,
        MarkFaultFixedForm(sent(request)),
        services.mark_fault_fixed,
        (programme, number, rule, mark),
        said="It is marked as fixed. The next return of the census year shows whether it is.",
        submit="Mark as fixed",
    )


def _ask_about(
    request: HttpRequest, form: Any, save: Any, about: tuple[str, int, str, str], *, said: str, submit: str
) -> HttpResponse:
    """Ask what to do about one fault, or a whole rule's."""
    programme, number, rule, mark = about
    validation = selectors.validation_of(request.user, programme, number)
    own = "" if mark == WHOLE_RULE else selectors.key_meant(validation, rule, mark)
    then = reverse("one_fault", args=about) if own else reverse("rule_faults", args=[programme, number, rule])
    rows = "this fault" if own else f"all {validation.n_named.get(rule, 0):,} of the rule"
    return ask(
        request,
        form,
        partial(save, validation=validation, rule=rule, key=own),
        then=then,
        said=said,
        heading=f"{submit}: rule {rule}, {rows}",
        caption=f"Return {number}",
        submit=submit,
        breadcrumbs=[*_way(programme, number), *crumbs(programme, (f"Rule {rule}", "rule_faults", number, rule))[1:]],
    )


@requires(Permission.SEE_RETURNS)
def fault_rules_csv(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Every row that a rule names, as CSV. One look in the trail."""
    written = as_csv(FILE_HEAD, file_rows(*selectors.every_row(request.user, programme, number)))
    return download(written, f"{programme}-faults-return-{number}.csv")


@requires(Permission.SEE_RETURNS)
def fault_rules_xlsx(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """The same as a workbook."""
    written = as_xlsx("Faults", FILE_HEAD, file_rows(*selectors.every_row(request.user, programme, number)))
    return download(written, f"{programme}-faults-return-{number}.xlsx")


def _child_found(request: HttpRequest, form: FindChildForm, programme: str, number: int) -> str:
    """What means the child that was asked for in an address; "" where nobody was, or no fault is about them."""
    if request.method != "POST" or not form.is_valid():
        return ""
    mark = rows_found.find_child(request.user, programme, number, form.cleaned_data["reference"])
    if not mark:
        form.add_error("reference", "No fault of this return is about that child. Check the reference")
    return mark


def _child_url(programme: str, number: int, child: str = "", *, mark: str = "") -> str:
    """Every fault of one child, who is meant by a mark; "" of nobody."""
    meant = mark or (rows_found.mark_of(programme, child) if child else "")
    return f"{reverse('fault_rows', args=[programme, number])}?child={meant}" if meant else ""


def _way(programme: str, number: int) -> list[Crumb]:
    own = (f"Return {number}", "return_page", number), ("Faults by rule", "fault_rules", number)
    return crumbs(programme, ("Returns", "returns"), *own)


def _ways(programme: str, number: int, rule: str, mark: str) -> list[dict[str, str]]:
    """What may be done about a fault, as links."""
    names = (("Assign", "assign_fault"), ("Explain", "explain_fault"), ("Mark as fixed", "mark_fault_fixed"))
    return [{"text": text, "url": reverse(name, args=[programme, number, rule, mark])} for text, name in names]
