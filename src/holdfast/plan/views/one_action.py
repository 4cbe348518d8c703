"""The page of one action: how it stands, what was said and shown of it, and what its reader may do next."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.pages.crumbs import crumbs
from holdfast.pages.tables import Cell, Column, facts, link, table, tag
from holdfast.pages.words import date_words, day_or, listed
from holdfast.plan import selectors
from holdfast.plan.models import Action, EvidenceItem, ImpactReview, ProgressUpdate, Reopening
from holdfast.plan.owning import LINE, may_answer, speaks_for
from holdfast.plan.selectors.impact import to_reopen
from holdfast.plan.services.completing import what_blocks_closing
from holdfast.plan.views import cells
from holdfast.plan.views.cells import THE_PLAN

EVIDENCE_COLOURS = {"Waits for an answer": "purple", "Accepted": "green", "Returned": "orange"}


@requires(Permission.SEE_PROGRAMME)
def plan_action(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action, today, user = selectors.action_to_read(request.user, programme, ref), clock.today(), request.user
    context = {
        "heading": str(action),
        "caption": str(action.objective),
        "breadcrumbs": crumbs(programme, THE_PLAN),
        "action": action,
        "state": cells.state(action, today),
        "impact": cells.impact(action, today),
        "asked": cells.asked_after(action, today),
        "facts": action_facts(action, today),
        "line": LINE,
        "blocks": what_blocks_closing(action, today) if action.done_on and not action.closure_by(today) else [],
        "proposed": [proposed.words for proposed in to_reopen(user, programme, [action], today)],
        "may_do": _may_do(user, action, today),
        **_tables(user, programme, action, today),
    }
    return render(request, "plan/plan_action.html", context)


def _tables(user: Any, programme: str, action: Action, today: date) -> dict[str, Any]:
    """Every table of the page; one without rows is left out by the template."""
    milestones = [point for point in action.milestones.all() if point.stood_on(today)]
    waiting = _waiting_columns(programme, today)
    recovers = selectors.recovered_by(user, programme, action)
    return {
        "moves": table("How its date was moved", cells.revision_columns(programme), action.revisions_by(today)),
        "updates": table("How it has gone, newest first", _updates(programme), list(reversed(action.updates.all()))),
        "evidence": table("Evidence that it was done", _evidence(programme, user, action), action.evidence.all()),
        "reviews": table("What it changed", REVIEWS, list(reversed(action.reviews.all()))),
        "waits_for": table("What it waits for", waiting, action.waits_for.all()),
        "holds_up": table("What waits for it", waiting, selectors.held_up_by(user, programme, action)),
        "recovers": table("What it recovers", waiting, recovers),
        "milestones": table("Its milestones", cells.milestone_columns(today), milestones),
    }


def _may_do(user: Any, action: Action, today: date) -> list[tuple[str, str]]:
    """What the reader may do next, as words and an address."""
    if action.withdrawn_on:
        return []
    manages, is_done = may(user, Permission.MANAGE_PLAN, action.programme.code), action.done_on is not None
    is_closed = action.closure_by(today) is not None
    speaks = speaks_for(user, action)
    may_close = manages and is_done and not what_blocks_closing(action, today)
    steps = [
        ("Say how it is going", "update_progress", speaks and not is_done),
        ("Mark as done", "mark_done", manages and not is_done),
        ("Offer evidence", "offer_evidence", speaks and not is_closed),
        ("Review what it changed", "review_impact", is_done and may_answer(user, action)),
        ("Close it as complete", "close_action", may_close and not is_closed),
        ("Reopen it", "reopen_action", manages and is_closed),
        ("It was marked as done by mistake", "take_back_done", manages and is_done and not is_closed),
        ("Change what the plan says of it", "change_action", manages),
        ("It was entered by mistake", "withdraw_action", manages),
    ]
    return [(words, reverse(name, args=[action.programme.code, action.ref])) for words, name, may_so in steps if may_so]


def action_facts(action: Action, today: date) -> list[dict[str, str]]:
    kind, ref, title = action.raised_from
    closure = action.closure_by(today)
    return facts(
        ("What", action.detail),
        ("Owner", f"{action.owner.title}{'' if action.has_live_owner else ' (no live owner)'}"),
        ("Accountable", action.accountable.title if action.accountable else ""),
        ("Lead agency", action.agency.name),
        ("Contributing", listed([agency.name for agency in action.contributing.all()])),
        ("Starts", day_or(action.starts_on, "")),
        *cells.date_facts(action, today),
        ("Done", day_or(action.finished_on(today), "Not yet")),
        ("What was done", action.done_note),
        ("Complete", f"{date_words(closure.closed_on)}: {closure.note}" if closure else "Not yet"),
        *[(f"Reopened {date_words(again.reopened_on)}", again.reason) for again in _reopenings(action, today)],
        ("Intended impact", intended(action)),
        *cells.taken_back(action),
        ("Raised from", ": ".join(part for part in (f"{kind} {ref}".strip(), title) if part)),
    )


def _reopenings(action: Action, today: date) -> list[Reopening]:
    found = [closure.reopened_by(today) for closure in action.closures.all()]
    return [again for again in found if again is not None]


def intended(action: Action) -> str:
    """What it is meant to change, in words: the indicator, which way, by how much and by when, as far as was said."""
    way = f" {action.get_impact_direction_display().lower()}" if action.impact_direction else ""
    size = f" by {action.impact_size.normalize():f}" if action.impact_size is not None else ""
    by = f" by {date_words(action.impact_by)}" if action.impact_by else ""
    return "\n".join(part for part in (action.intended_impact, f"{action.indicator}{way}{size}{by}".strip()) if part)


def _updates(programme: str) -> list[Column[ProgressUpdate]]:
    return [
        Column("When", lambda said: day_or(said.said_on, "Before days were kept")),
        Column("On track?", lambda said: "On track" if said.is_on_track else said.get_cause_display()),
        Column(
            "How it goes", lambda said: {"text": said.words, "hint": said.help_needed and f"Help: {said.help_needed}"}
        ),
        Column("What will recover it", lambda said: _recovery(programme, said)),
        Column("Now expected", lambda said: day_or(said.forecast_on, "Not said")),
    ]


def _recovery(programme: str, said: ProgressUpdate) -> Cell:
    if said.recovered_by is None:
        return said.recovery or "Nothing said"
    return link(str(said.recovered_by), "plan_action", programme, said.recovered_by.ref, hint=said.recovery)


def _evidence(programme: str, user: Any, action: Action) -> list[Column[EvidenceItem]]:
    return [
        Column("Evidence", lambda item: _open(programme, action, item)),
        Column("Offered", lambda item: {"text": item.offered_by.display_name, "hint": date_words(item.offered_on)}),
        Column("State", _evidence_state),
        Column("Answer", lambda item: _answer(programme, user, action, item)),
    ]


def _evidence_state(item: EvidenceItem) -> Cell:
    words = item.state_words(clock.today())
    return tag(words, EVIDENCE_COLOURS[words])


def _open(programme: str, action: Action, item: EvidenceItem) -> Cell:
    return link(item.title, "open_action_evidence", programme, action.ref, item.pk, hint=item.get_kind_display())


def _answer(programme: str, user: Any, action: Action, item: EvidenceItem) -> Cell:
    """What was answered and by whom; or, to those who may, the way to answer."""
    given = item.answer_by(clock.today())
    if given is not None:
        return {
            "text": given.answered_by.display_name,
            "hint": f"{date_words(given.answered_on)}. {given.reason}".strip(),
        }
    if may_answer(user, action) and item.offered_by_id != user.pk:
        return link("Accept or return", "answer_evidence", programme, action.ref, item.pk, hidden=item.title)
    return "Not yet"


REVIEWS = [
    Column[ImpactReview]("When", lambda review: date_words(review.reviewed_on)),
    Column("What a person says", lambda review: {"text": review.get_says_display(), "hint": review.reason}),
    Column("What the figures allow to be said", lambda review: _claimed(review)),
    Column("By", lambda review: review.reviewed_by.display_name),
]


def _claimed(review: ImpactReview) -> Cell:
    if not review.claim:
        return "Nothing published measures it"
    return {"text": f"{review.indicator}: {review.claim}", "hint": f"Release {review.release}"}


def _waiting_columns(programme: str, today: date) -> list[Column[Action]]:
    """What an action waits for, or what waits for it."""
    return [
        Column("Action", lambda other: link(str(other), "plan_action", programme, other.ref)),
        Column("Due", lambda other: date_words(other.due_at(today))),
        Column("State", lambda other: _waiting_state(other, today)),
    ]


def _waiting_state(other: Action, today: date) -> Cell:
    if other.was_done(today):
        return tag("Done", "green")
    return tag("Late", "red") if other.is_late(today) else tag("Not yet done", "grey")
