"""What each kind of effect does: it calls the room whose thing is changed, and says how it stood before and after.

Carried out in the transaction of the decision. What a room below will not do it raises as NotDone, and so the whole
decision is refused. Not here: the register of kinds (effect_kinds.py), or recording one (services/deciding.py).
"""

from typing import Any, Final

from django.urls import reverse

from holdfast.access.writes import NotDone
from holdfast.agreements import selectors as agreements
from holdfast.agreements import services as agreeing
from holdfast.governance import looking_back
from holdfast.governance.effect_kinds import Change, Changed, Deciding, EffectKind, register_effect
from holdfast.governance.models import Risk
from holdfast.governance.services import registering
from holdfast.pages.words import date_words, month_words, months_words
from holdfast.performance.selectors import indicators as performance
from holdfast.performance.selectors.decided import adopted_versions, aims_of, judged_again, rebases_of
from holdfast.performance.selectors.unanswerable import NoSuchIndicator
from holdfast.performance.services import deciding as measuring
from holdfast.plan.models import Action, Milestone
from holdfast.plan.services.revising import revise_due_date, revise_target

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


def change_milestone(deciding: Deciding, change: Change) -> Changed:
    """`target`: what its indicator must reach."""
    item = _planned(deciding, change.subject)
    if not isinstance(item, Milestone):
        raise NotDone(f"{item.ref} is an action. Choose a milestone.", field="subject")
    made = revise_target(milestone=item, target=change.given["target"], **deciding.label)
    return Changed(str(item), f"Target: {made.before}" if made.before else "No target", f"Target: {made.after}")


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
    again = judged_again(after[0].from_on, deciding.made_on)
    late = f"; set afterwards for {months_words(*again)}" if again else ""
    return Changed(f"{card.id} {card.title}", _aims_words(before, card.unit), _aims_words(after, card.unit) + late)


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


# Risks


def impose_risk(deciding: Deciding, change: Change) -> Changed:
    """`title`, `cause`, `event`, `effect` and `owner` (a post)."""
    given = {name: change.given[name] for name in ("title", "cause", "event", "effect", "owner")}
    by = {"by": deciding.by, "at": deciding.at, "decision": deciding.number, "raised_on": deciding.made_on}
    risk = registering.raise_risk(programme=deciding.programme, **given, **by)
    return Changed(f"Risk {risk.number}: {risk.title}", "Not on the register", "On the register", str(risk.number))


def lift_risk(deciding: Deciding, change: Change) -> Changed:
    """`reason`, or the decision's own."""
    number = int(change.subject) if change.subject.isdigit() else 0
    risk = Risk.objects.filter(programme=deciding.programme, number=number).first()
    if risk is None:
        raise NotDone(f"There is no risk “{change.subject}” on the register.", field="subject")
    reason = (change.given.get("reason") or deciding.reason)[:500]
    registering.lift_risk(risk=risk, reason=reason, **deciding.label)
    return Changed(f"Risk {risk.number}: {risk.title}", "On the register", "Lifted")


def risk_page(code: str, number: str) -> str:
    return reverse("risk", args=[code, number])


KINDS: Final = (
    EffectKind("due-date", "Move a due date", move_due_date, planned_page, looking_back.of_date),
    EffectKind(
        "milestone", "Change what a milestone must reach", change_milestone, planned_page, looking_back.of_milestone
    ),
    EffectKind("target", "Set or change a target", set_target, indicator_page, looking_back.of_target),
    EffectKind("rebase", "Judge a chart anew", rebase_chart, indicator_page, looking_back.of_rebase),
    EffectKind("definition", "Adopt a version of an indicator", adopt_definition, indicator_page),
    EffectKind("agreement", "Agree a version", agree_version, agreement_page),
    EffectKind("impose-risk", "Put a risk on the register", impose_risk, risk_page),
    EffectKind("lift-risk", "Lift a risk", lift_risk, risk_page),
)


def register() -> None:
    """Called once, when the application starts."""
    for kind in KINDS:
        register_effect(kind)
