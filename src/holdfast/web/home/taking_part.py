"""The homes of partners of the council on its boards: a partner's member, and the safeguarding board's."""

from holdfast.organisation import selectors as organisation
from holdfast.pages.words import counted, date_words, listed
from holdfast.plan.models import Action
from holdfast.web.home.answer import Home, five, said, sentences
from holdfast.web.home.asked import Asked, Dated
from holdfast.web.home.auditing import asked_things
from holdfast.web.home.board import board_words, challenge_things
from holdfast.web.home.things import (
    agreement_things,
    by_luck,
    coming_things,
    elsewhere,
    evidence_returned,
    getting_worse,
    late_things,
    meets,
    requirement_things,
    worse,
)


def partner_member(asked: Asked) -> Home:
    """What is ours, and what is late: the agency's own actions, then those it helps with; everybody's is a count."""
    if not asked.has_plan:
        return Home("No plan has been entered yet.", (), "Your actions will appear here.", elsewhere(asked))
    everybody = f"of everybody's {counted(len(asked.actions), 'action')}, {_late_words(_late(asked.actions, asked))}"
    ours = [action for action in asked.actions if action.agency.code in asked.agencies]
    helped = [action for action in asked.actions if action not in ours and _helps(asked, action)]
    if not asked.agencies:
        first = "Your role is over the whole programme and not one agency, so nothing here is yours alone"
    else:
        known = {agency.code: agency.name for agency in organisation.agencies(asked.user, asked.code)}
        name = listed([known.get(code, code) for code in asked.agencies])
        first = f"{name}: {counted(len(ours), 'action')} in the plan, {_late_words(_late(ours, asked))}"
        first += f" on {date_words(asked.today)}"
    helps = f"It helps with {counted(len(helped), 'other')}, {_late_words(_late(helped, asked))}" if helped else ""
    coming = [dated for dated in asked.coming if dated in (*ours, *helped)]
    return Home(
        sentences(first, helps),
        five(
            asked_things(asked),
            agreement_things(asked, asked.to_answer),
            evidence_returned(asked),
            late_things(asked, _late(ours, asked)),
            late_things(asked, _late(helped, asked)),
            coming_things(asked, coming),
        ),
        "Nothing of yours is to do, and nobody waits for your answer.",
        elsewhere(asked),
        more=said(_to_agree(asked), everybody, meets(asked)),
    )


def _helps(asked: Asked, action: Action) -> bool:
    """Whether another agency leads an action that one of the account's agencies contributes to."""
    return any(agency.code in asked.agencies for agency in action.contributing.all())


def _to_agree(asked: Asked) -> str:
    """How many agreements wait for this account; "" where none does."""
    n = len(asked.to_answer)
    return f"{counted(n, 'agreement')} {'waits' if n == 1 else 'wait'} for your answer" if n else ""


def _late(actions: list[Action], asked: Asked) -> list[Dated]:
    return sorted((action for action in actions if action.is_late(asked.today)), key=lambda one: (one.due_on, one.ref))


def _late_words(late: list[Dated]) -> str:
    return f"{len(late)} late" if late else "none late"


def dscb_member(asked: Asked) -> Home:
    """What to challenge: measures worse with nothing done about them, requirements not met, promises late."""
    measures = f"{getting_worse(asked)}; figures are to {date_words(asked.release.as_at)}" if asked.release else ""
    n = asked.standing
    standing = f"{n['not met']} of {sum(n.values())} requirements are not met" if n else ""
    if n and not n["not met"]:
        standing = f"of {sum(n.values())} requirements none is found not met, and {n['no evidence']} have no evidence"
    return Home(
        sentences(measures, standing),
        five(
            challenge_things(asked),
            agreement_things(asked, asked.to_answer),
            worse(asked),
            requirement_things(asked, "not met"),
            late_things(asked, asked.late),
        ),
        "No measure is getting worse, no requirement is not met and nothing is late.",
        elsewhere(asked),
        note=by_luck(asked),
        more=said(_to_agree(asked), board_words(asked)),
    )
