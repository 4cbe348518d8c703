"""What a decision can change: one kind of effect each, carried out by the room whose thing it is, in one transaction.

    register_effect(EffectKind("due-date", "Move a due date", move_due_date, due_date_page))

A kind carries out what was decided and says how the thing stood before and after. What the room below will not do it
raises as NotDone, and so the whole decision is refused. Not here: recording the decision (services/deciding.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse

from holdfast.access.doors import Actor
from holdfast.access.writes import NotDone
from holdfast.agreements import selectors as agreements
from holdfast.agreements import services as agreeing
from holdfast.governance.models import Decision
from holdfast.organisation.models import Body, Programme
from holdfast.pages.words import date_words, month_words
from holdfast.performance.selectors import indicators as performance
from holdfast.performance.selectors.decided import adopted_versions, aims_of, rebases_of
from holdfast.performance.selectors.unanswerable import NoSuchIndicator
from holdfast.performance.services import deciding as measuring
from holdfast.plan.models import Action, Milestone
from holdfast.plan.services.revising import revise_due_date


@dataclass(frozen=True)
class Deciding:
    """The decision that is being recorded, as its effects need to know it."""

    by: Actor
    at: datetime
    decision: Decision

    @property
    def programme(self) -> Programme:
        return self.decision.programme

    @property
    def body(self) -> Body:
        return self.decision.body

    @property
    def number(self) -> str:
        return self.decision.number

    @property
    def made_on(self) -> date:
        return self.decision.made_on

    @property
    def reason(self) -> str:
        return self.decision.reason

    @property
    def label(self) -> dict[str, Any]:
        """What every receiving service is told of it."""
        return {"by": self.by, "at": self.at, "decision": self.number, "decided_on": self.made_on}


@dataclass(frozen=True)
class Change:
    """One effect as it is asked for: what kind, of what, and what it is given, by name."""

    kind: str
    subject: str
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Changed:
    """One effect carried out: what its subject is called, and how it stood before ("" for nothing) and stands now."""

    title: str
    before: str
    after: str
    subject: str = ""
    """Its label where that is only known now, as of a risk put on the register; "" keeps the one asked for."""


@dataclass(frozen=True)
class EffectKind:
    """One kind of effect. `page` gives the address of its subject, "" where there is none to open."""

    code: str
    words: str
    carry_out: Callable[[Deciding, Change], Changed]
    page: Callable[[str, str], str]


_kinds: dict[str, EffectKind] = {}


def register_effect(kind: EffectKind) -> None:
    _kinds[kind.code] = kind


def effect_kinds() -> tuple[EffectKind, ...]:
    return tuple(_kinds.values())


def effect_kind(code: str) -> EffectKind:
    """Raises NotDone for a kind that nothing here carries out."""
    if code not in _kinds:
        raise NotDone("A decision cannot change that here.")
    return _kinds[code]


# Dates of the plan


def move_due_date(deciding: Deciding, change: Change) -> Changed:
    """`due_on`, and the decision's own reason unless one is given."""
    item = _planned(deciding, change.subject)
    revision = revise_due_date(
        item=item,
        due_on=change.given["due_on"],
        reason=change.given.get("reason") or deciding.reason,
        **deciding.label,
    )
    return Changed(str(item), f"Due {date_words(revision.was_due_on)}", f"Due {date_words(revision.due_on)}")


def _planned(deciding: Deciding, ref: str) -> Action | Milestone:
    for kind in (Action, Milestone):
        item = kind._default_manager.filter(programme=deciding.programme, ref=ref).first()
        if item is not None:
            return item
    raise NotDone(f"There is no action or milestone “{ref}” in the plan.", field="subject")


def planned_page(code: str, ref: str) -> str:
    name = "plan_action" if Action._default_manager.filter(programme__code=code, ref=ref).exists() else "plan_milestone"
    return reverse(name, args=[code, ref])


# Figures


def set_target(deciding: Deciding, change: Change) -> Changed:
    """`direction`, `from_on`, `standard_words` and `value` or `trajectory`."""
    card = _card(change.subject)
    before = aims_of(deciding.programme).get(card.id, ())
    target = measuring.set_target(programme=deciding.programme, indicator=card.id, **change.given, **deciding.label)
    after = [aim for aim in aims_of(deciding.programme)[card.id] if aim.target == target]
    return Changed(f"{card.id} {card.title}", _aims_words(before, card.unit), _aims_words(after, card.unit))


def _aims_words(aims: Any, unit: str) -> str:
    if not aims:
        return "No target"
    first, last = aims[0], aims[-1]
    if len(aims) == 1:
        return f"{last.words(unit).capitalize()} from {date_words(last.from_on)}"
    return (
        f"{first.words(unit).capitalize()} from {date_words(first.from_on)}, month by month to "
        f"{last.words(unit)} from {date_words(last.from_on)}"
    )


def rebase_chart(deciding: Deciding, change: Change) -> Changed:
    """`from_month` and `reason`."""
    card = _card(change.subject)
    before = rebases_of(deciding.programme).get(card.id, ())
    rebase = measuring.rebase_chart(
        programme=deciding.programme,
        indicator=card.id,
        from_month=change.given["from_month"],
        reason=change.given.get("reason") or deciding.reason,
        **deciding.label,
    )
    was = f"Judged anew from {month_words(before[-1].from_on)}" if before else "Judged by the months before the notice"
    return Changed(
        f"{card.id} {card.title}", was, f"Judged anew from {month_words(rebase.from_on)}, by the next release"
    )


def adopt_definition(deciding: Deciding, change: Change) -> Changed:
    """`version`."""
    card = _card(change.subject)
    before = adopted_versions(deciding.programme).get(card.id)
    adopted = measuring.adopt_definition(
        programme=deciding.programme, indicator=card.id, version=change.given["version"], **deciding.label
    )
    was = f"Version {before.version}" if before else "No version adopted"
    return Changed(f"{card.id} {card.title}", was, f"Version {adopted.version}")


def _card(indicator: str) -> Any:
    try:
        return performance.definition_card(indicator)
    except NoSuchIndicator:
        raise NotDone(f"There is no indicator “{indicator}”.", field="subject") from None


def indicator_page(code: str, indicator: str) -> str:
    return reverse("indicator", args=[code, indicator])


# Agreements


def agree_version(deciding: Deciding, change: Change) -> Changed:
    """The body's own answer to a version put forward: `answer`, and `words` where it is not a plain yes.

    The subject is "<code>/<number>".
    """
    code, _, number = change.subject.partition("/")
    try:
        _, version = agreements.one_version(deciding.by, deciding.programme.code, code, int(number or 0))
    except (agreements.NoSuchAgreement, ValueError):
        raise NotDone(f"There is no version “{change.subject}” to agree.", field="subject") from None
    party = next(
        (each for each in version.parties.all() if (each.kind, each.key) == ("body", deciding.body.code)), None
    )
    if party is None:
        raise NotDone(f"The {deciding.body} is not asked to agree {version}.", field="subject")
    answer = agreeing.say(
        by=deciding.by,
        at=deciding.at,
        version=version,
        party=party,
        answer=change.given.get("answer", "agreed"),
        words=change.given.get("words", ""),
        minute=deciding.number,
        said_on=deciding.made_on,
    )
    return Changed(str(version), f"Not yet answered by the {deciding.body}", answer.get_says_display())


def agreement_page(code: str, subject: str) -> str:
    return reverse("agreement", args=[code, subject.partition("/")[0]])


KINDS: Final = (
    EffectKind("due-date", "Move a due date", move_due_date, planned_page),
    EffectKind("target", "Set or change a target", set_target, indicator_page),
    EffectKind("rebase", "Judge a chart anew", rebase_chart, indicator_page),
    EffectKind("definition", "Adopt a version of an indicator", adopt_definition, indicator_page),
    EffectKind("agreement", "Agree a version", agree_version, agreement_page),
)


def register() -> None:
    """Called once, when the application starts."""
    for kind in KINDS:
        register_effect(kind)
