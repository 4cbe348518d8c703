"""Pages of decisions: the list, one with what it changed, and the three steps that record or supersede one.

Rule: the two first steps only ask, and keep what was chosen in the address; the last writes, once.
"""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.governance import looking_back
from holdfast.governance.decision_forms import OUTSIDE, DecisionForm, WhichBodyForm, WhichMeetingForm
from holdfast.governance.effect_kinds import effect_kinds
from holdfast.governance.models import Decision, Meeting
from holdfast.governance.selectors import decisions as selectors
from holdfast.governance.services import deciding
from holdfast.organisation import selectors as organisation
from holdfast.organisation.models import Body
from holdfast.pages.asking import ask, sent, why_not
from holdfast.pages.confirming import confirm
from holdfast.pages.crumbs import crumbs
from holdfast.pages.kept import keep
from holdfast.pages.tables import Column, facts, link, table
from holdfast.pages.words import date_words, listed

DECISIONS = ("Decisions", "decisions")


def _columns(request: HttpRequest, code: str) -> list[Column[Decision]]:
    def text(decision: Decision) -> str:
        return "Taken under a reserved item" if selectors.is_withheld(request.user, decision) else decision.text

    def changed(decision: Decision) -> str:
        return "; ".join(f"{effect.title}: {effect.after}" for effect in decision.effects.all()) or "Nothing by itself"

    return [
        Column("Number", lambda decision: link(decision.number, "decision", code, decision.number)),
        Column("Decided", lambda decision: date_words(decision.made_on)),
        Column("By", lambda decision: str(decision.body)),
        Column("What was decided", text),
        Column("What it changed", changed),
        Column("Stands", lambda decision: decision.standing),
    ]


@requires(Permission.SEE_PROGRAMME)
def decisions(request: HttpRequest, programme: str) -> HttpResponse:
    """Every decision, narrowed to a body or to a kind of effect."""
    body, kind = request.GET.get("body", ""), request.GET.get("effect", "")
    make = partial(_decisions, request, programme, body, kind)
    context = make() if body or kind else keep("the decision log", request.user, programme, make)
    return render(request, "governance/decisions.html", context)


def _decisions(request: HttpRequest, programme: str, body: str, kind: str) -> dict[str, Any]:
    made = selectors.decisions(request.user, programme, body, kind)
    bodies = selectors.deciding_bodies(request.user, programme)
    return {
        "heading": "Decisions",
        "lede": "What each body decided, why, and what it changed. Nothing else moves a date, a target or a baseline.",
        "breadcrumbs": crumbs(programme),
        "table": table("Decisions, the latest first", _columns(request, programme), made),
        "by_body": [link(each.name, "decisions", programme, body=each.code, effect=kind) for each in bodies],
        "by_kind": [link(each.words, "decisions", programme, body=body, effect=each.code) for each in effect_kinds()],
        "is_narrowed": bool(body or kind),
        "may_record": may(request.user, Permission.RECORD_DECISION, programme),
        "programme_code": programme,
    }


@requires(Permission.SEE_PROGRAMME)
def decision(request: HttpRequest, programme: str, number: str) -> HttpResponse:
    made = selectors.one_decision(request.user, programme, number)
    after = getattr(made, "superseded_by", None)
    context = {
        "heading": f"Decision {made.number}",
        "caption": f"{made.body}",
        "breadcrumbs": crumbs(programme, DECISIONS),
        "decision": made,
        "is_withheld": selectors.is_withheld(request.user, made),
        "facts": _facts(made),
        "effects": selectors.effect_lines(programme, list(made.effects.all())),
        "after": after,
        "may_supersede": after is None and may(request.user, Permission.RECORD_DECISION, programme),
        "programme_code": programme,
    }
    return render(request, "governance/decision.html", context)


def _facts(made: Decision) -> list[dict[str, str]]:
    agreed = [f"{one.membership.seat} ({one.membership.agency})" for one in made.assents.all()]
    return facts(
        ("Decided", selectors.where_words(made)),
        ("Under item", f"{made.item}" if made.item and not made.item.is_reserved else ""),
        ("Agreed by", listed(agreed)),
        ("Stands", made.standing),
        ("Takes the place of", made.supersedes.number if made.supersedes else ""),
    )


@requires(Permission.RECORD_DECISION)
def choose_body(request: HttpRequest, programme: str) -> HttpResponse:
    """The first step: which body decided."""
    typed = request.GET if "body" in request.GET or "step" in request.GET else None
    form = WhichBodyForm(typed, bodies=selectors.deciding_bodies(request.user, programme))
    if form.is_bound and form.is_valid():
        return redirect("choose_meeting", programme, form.cleaned_data["body"])
    context = {"heading": "Record a decision: whose?", "breadcrumbs": crumbs(programme, DECISIONS), "form": form}
    return render(request, "governance/choose.html", context)


@requires(Permission.RECORD_DECISION)
def choose_meeting(request: HttpRequest, programme: str, body: str) -> HttpResponse:
    """The second step: at which meeting, and how much it changes."""
    whose = organisation.one_body(request.user, programme, body)
    meetings = selectors.meetings_of(request.user, programme, body, clock.today())
    chosen = {"meeting": request.GET.get("meeting", "")}
    form = WhichMeetingForm(request.GET if "step" in request.GET else None, meetings=meetings, initial=chosen)
    if form.is_bound and form.is_valid():
        effects = [kind.code for kind in form.asked()]
        asked = urlencode({"effect": effects, **_kept(request)}, doseq=True)
        return redirect(f"{reverse('record_decision', args=[programme, body, form.cleaned_data['meeting']])}?{asked}")
    heading, steps = "Record a decision: when, and what it changes", crumbs(programme, DECISIONS)
    context = {"heading": heading, "caption": whose.name, "breadcrumbs": steps, "form": form, "kept": _kept(request)}
    return render(request, "governance/choose.html", context)


def _kept(request: HttpRequest) -> dict[str, str]:
    """Which decision is superseded, and under which item it was made, handed on from step to step."""
    return {name: request.GET[name] for name in ("supersedes", "item") if request.GET.get(name)}


@requires(Permission.RECORD_DECISION)
def record_decision(request: HttpRequest, programme: str, body: str, meeting: str) -> HttpResponse:
    """The last step: the words, who agreed, and each effect. All is done together, or nothing is."""
    whose = organisation.one_body(request.user, programme, body)
    held = selectors.meetings_of(request.user, programme, body, clock.today())
    at_meeting = None if meeting == OUTSIDE else selectors.one_meeting_of(held, meeting)
    number = request.GET.get("supersedes", "")
    superseding = selectors.one_decision(request.user, programme, number) if number else None
    kinds, item = selectors.kinds_asked(request.GET.getlist("effect")), {"item": request.GET.get("item", "")}
    asked = {"user": request.user, "body": whose, "meeting": at_meeting, "kinds": kinds, "on": clock.today()}
    form = DecisionForm(sent(request), superseding=superseding, initial=item, **asked)
    frame = {
        "heading": f"Supersede {number}" if number else "Record a decision",
        "caption": f"{whose}, {at_meeting or 'outside a meeting'}",
        "breadcrumbs": crumbs(programme, DECISIONS),
    }
    sure = confirm(request, form, _looking_back(form, whose, at_meeting), submit="Yes, record it so", **frame)
    return sure or ask(
        request,
        form,
        partial(deciding.record_decision, body=whose),
        then=lambda made: reverse("decision", args=[programme, made.number]),
        said=lambda made: f"{made.number} is recorded and carried out. Every change it made shows its number.",
        inset="All that it changes is changed at once, or nothing. A decision is superseded by another, not edited.",
        submit="Record the decision",
        **frame,
    )


def _looking_back(form: DecisionForm, body: Body, meeting: Meeting | None) -> str:
    """What a sound decision would change of days that are over, to be read back; "" where it changes none.

    Of one whose votes do not count nothing is read back: it is refused at once.
    """
    if not form.is_bound or not form.is_valid():
        return ""
    made_on = meeting.held_on if meeting else form.cleaned_data["made_on"]
    if why_not(deciding.refuse_votes, body, meeting, form.cleaned_data["agreed_by"], made_on):
        return ""
    return looking_back.consequence(looking_back.looks_back(body.programme, made_on, form.cleaned_data["effects"]))
