"""The checks that released indicators, the organisation and the notice itself can answer today.

Each is `check(asking, requirement, **params)`; its parameters are data in the notice's file. Checks about the plan are
in plan/checks.py. Rule: a check says what the records show and no more; what they cannot show is "no evidence".
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Any

from holdfast.access.doors import SYSTEM
from holdfast.access.roles import ROLES, STAFF
from holdfast.notice.answers import WORST_FIRST, Asking, CheckAnswer, register_check, worst
from holdfast.notice.figures import BETTER, UNCHANGED, WORSE, IndicatorFact, fact
from holdfast.notice.models import AttachedText, Requirement
from holdfast.organisation import selectors as organisation
from holdfast.organisation.models import Agency, Body
from holdfast.pages.addresses import address
from holdfast.pages.words import date_words, listed

NOTHING_PUBLISHED = "No published release holds this yet."


def _no_better_than(state: str, limit: str) -> str:
    return worst([state, limit])


def _no_worse_than(state: str, limit: str) -> str:
    return max(state, limit, key=WORST_FIRST.index)


# What released figures show


def indicators_at_standard(
    asking: Asking, requirement: Requirement, *, indicators: Sequence[str], at_least: float, standard: str
) -> CheckAnswer:
    """Does every one of the indicators reach a standard? The worst answers for all. `standard` says it in words.

    Unknowns count neither way: met needs the standard with every unknown a no; not met means short of it with every
    unknown a yes, and not improving. Anything between is at risk.
    """
    found = [fact(asking, indicator) for indicator in indicators]
    known = [one for one in found if one is not None]
    if not known:
        return CheckAnswer("no evidence", NOTHING_PUBLISHED)
    states = [_against(one, at_least) for one in known] + ["no evidence"] * (len(found) - len(known))
    each, lead = _said(known), f"{not_counted(indicators, known)}The standard is {standard}."
    links = tuple(one.link for one in known)
    return CheckAnswer(worst(states), f"{' '.join(each)} {lead}", links, lead=lead, each=each)


def _against(one: IndicatorFact, at_least: float) -> str:
    figure = one.figure
    if figure is None or figure.n_in is None or not figure.denominator:
        return "no evidence"
    unknown = figure.n_unknown or 0
    everyone = figure.denominator + unknown
    if figure.n_in >= at_least * everyone:
        return "met"
    return "at risk" if one.claim in BETTER or figure.n_in + unknown >= at_least * everyone else "not met"


def indicator_improves(
    asking: Asking,
    requirement: Requirement,
    *,
    indicator: str,
    at_best: str = "met",
    at_worst: str = "not met",
    caution: str = "",
) -> CheckAnswer:
    """Do the statistics allow us to say that the indicator improves? `caution` says what a figure cannot show.

    A rate whose number counted has shifted is called neither better nor worse, and the sentence warns of it. Where no
    change may be claimed, a target is what evidence there is: a month on its wrong side is at risk, and one on the
    other shows a level alone.
    """
    found = fact(asking, indicator)
    if found is None:
        return CheckAnswer("no evidence", NOTHING_PUBLISHED)
    unchanged = "no evidence" if at_best == "no evidence" else "at risk"
    state = unchanged if found.claim in UNCHANGED else "no evidence"
    if found.claim in BETTER | WORSE:
        state = "met" if found.claim in BETTER else "not met"
    level = ""
    if state == "no evidence" and found.level:
        state = "at risk" if found.is_off_target else state
        level = f"{found.level} That is a level, and no change may be claimed from it."
    state = _no_better_than(_no_worse_than(state, at_worst), at_best)
    return CheckAnswer(state, " ".join(filter(None, (found.sentence, level, caution))), (found.link,))


def outcomes_improve(asking: Asking, requirement: Requirement, *, indicators: Sequence[str]) -> CheckAnswer:
    """Several outcome measures: met when most improve and none worsens; not met when some worsen and none improves.

    Never met while the release does not count one that the notice names: it may have got worse.
    """
    known = [one for one in (fact(asking, indicator) for indicator in indicators) if one is not None]
    if not known:
        return CheckAnswer("no evidence", NOTHING_PUBLISHED)
    claims = [one.claim for one in known]
    state = _of_outcomes(claims, len(indicators))
    counts = "; ".join(f"{n} {claim}" for claim, n in Counter(claims).most_common())
    each, lead = _said(known), f"Of {len(indicators)} outcome measures: {counts}."
    lead += f" {not_counted(indicators, known)}".rstrip()
    return CheckAnswer(state, f"{lead} {' '.join(each)}", tuple(one.link for one in known), lead=lead, each=each)


def _said(known: Sequence[IndicatorFact]) -> tuple[str, ...]:
    """Each figure with the word that may be said of it and what that rests on: the same as on its own page."""
    return tuple(f"{one.figure_words} {one.over_time}".strip() for one in known)


def not_counted(indicators: Sequence[str], known: Sequence[IndicatorFact]) -> str:
    """ "Not counted by this release: I20. ", of those that the notice names; "" where all are."""
    missing = [name for name in indicators if name not in {one.id for one in known}]
    return f"Not counted by this release: {listed(missing)}. " if missing else ""


def _n_of(claims: Sequence[str], words: Collection[str]) -> int:
    return sum(claim in words for claim in claims)


def _of_outcomes(claims: Sequence[str], n_named: int) -> str:
    n_better = _n_of(claims, BETTER)
    if _n_of(claims, WORSE):
        return "at risk" if n_better else "not met"
    if len(claims) == n_named and n_better * 2 > n_named:
        return "met"
    return "at risk" if n_better or _n_of(claims, UNCHANGED) else "no evidence"


def indicators_as_context(asking: Asking, requirement: Requirement, *, indicators: Sequence[str]) -> CheckAnswer:
    """Figures that bear on the requirement but are neither good nor bad in themselves: a person must judge."""
    known = [one for one in (fact(asking, indicator) for indicator in indicators) if one is not None]
    if not known:
        return CheckAnswer("no evidence", NOTHING_PUBLISHED)
    each = _said(known)
    lead = f"{not_counted(indicators, known)}Neither way is better in itself, so a person must judge."
    links = tuple(one.link for one in known)
    return CheckAnswer("no evidence", f"{' '.join(each)} {lead}", links, lead=lead, each=each)


# What the organisation's records show


def _people_page(asking: Asking) -> tuple[str, str]:
    return ("Who the programme is made of", address("people", asking.programme.code))


def body_recorded(asking: Asking, requirement: Requirement, *, body: str) -> CheckAnswer:
    """Is there a body that goes by this name or alias?"""
    found = bodies_on_record(asking).get(body.lower())
    if found is None:
        return CheckAnswer(
            "no evidence", f"No body called {body} is on record {_day(asking)}.", (_people_page(asking),)
        )
    aliases = [alias.name for alias in found.aliases.all()]
    also = f" (also called {', '.join(aliases)})" if aliases else ""
    return CheckAnswer("met", f"{found.name}{also} is on record as a body {_day(asking)}.", (_people_page(asking),))


def bodies_on_record(asking: Asking) -> dict[str, Body]:
    """The bodies that there were on the day, by every name they go by, in small letters."""
    every = asking.once("bodies", lambda: list(organisation.bodies(SYSTEM, asking.programme.code)))
    return {
        name.lower(): body
        for body in every
        if body.stood_on(asking.on)
        for name in (body.name, body.code, *(alias.name for alias in body.aliases.all()))
    }


def agencies_on_record(asking: Asking) -> list[Agency]:
    return asking.once("agencies", lambda: list(organisation.agencies(SYSTEM, asking.programme.code)))


def holders_on_the_day(asking: Asking) -> list[Any]:
    return asking.once(
        "role holders", lambda: list(organisation.role_holders(SYSTEM, asking.programme.code, asking.on))
    )


def _day(asking: Asking) -> str:
    return f"on {date_words(asking.on)}" if asking.is_past else "today"


def role_held(asking: Asking, requirement: Requirement, *, role: str) -> CheckAnswer:
    """Does anybody hold the role on the day?"""
    holders = {holding.account_id for holding in holders_on_the_day(asking) if holding.role == role}
    name = ROLES[role].name
    if not holders:
        return CheckAnswer("no evidence", f"Nobody holds the role {name} {_day(asking)}.", (_people_page(asking),))
    people = "1 person holds" if len(holders) == 1 else f"{len(holders)} people hold"
    return CheckAnswer("met", f"{people} the role {name} {_day(asking)}.", (_people_page(asking),))


def role_is_independent(
    asking: Asking, requirement: Requirement, *, role: str, of_roles: Collection[str] = STAFF, post: str = ""
) -> CheckAnswer:
    """Does whoever holds the role hold none of those that it should be independent of, and is its post filled?

    `post` is the code of the post that goes with the role, where the programme has one. A vacant post and a role that
    somebody holds contradict each other, so that is no evidence.
    """
    holders = {holding.account_id for holding in holders_on_the_day(asking) if holding.role == role}
    name = ROLES[role].name
    if not holders:
        return CheckAnswer("no evidence", f"Nobody holds the role {name} {_day(asking)}.", (_people_page(asking),))
    others = {ROLES[h.role].name for h in holders_on_the_day(asking) if h.account_id in holders and h.role in of_roles}
    if others:
        return CheckAnswer(
            "not met", f"Whoever is {name} is also {', '.join(sorted(others))}.", (_people_page(asking),)
        )
    words = f"Whoever is {name} holds no role of the council's own here."
    kept = _posts(asking).get(post)
    if kept is not None and post not in _held_posts(asking):
        words = f"{words} But the post {kept.title} is vacant on record {_day(asking)}, so the two do not agree."
        return CheckAnswer("no evidence", words, (_people_page(asking),))
    return CheckAnswer("met", words, (_people_page(asking),))


def _posts(asking: Asking) -> dict[str, Any]:
    return asking.once("posts", lambda: {kept.code: kept for kept in organisation.posts(SYSTEM, asking.programme.code)})


def _held_posts(asking: Asking) -> set[str]:
    """The codes of the posts that somebody held on the day."""
    return {
        code for code, post in _posts(asking).items() if any(held.covers(asking.on) for held in post.holdings.all())
    }


def posts_filled(
    asking: Asking, requirement: Requirement, *, posts: Sequence[str], at_best: str = "met", caution: str = ""
) -> CheckAnswer:
    """Are these posts on record, each with somebody in it on the day?"""
    every, held = _posts(asking), _held_posts(asking)
    filled = [code for code in posts if code in every and code in held]
    recorded = [code for code in posts if code in every]
    state = "met" if len(filled) == len(posts) else "no evidence"
    words = f"{len(recorded)} of {len(posts)} posts are on record, {len(filled)} with somebody in it {_day(asking)}."
    words = f"{words} {caution}".strip()
    return CheckAnswer(_no_better_than(state, at_best), words, (_people_page(asking),))


def partners_take_part(asking: Asking, requirement: Requirement, *, role: str, kinds: Sequence[str]) -> CheckAnswer:
    """Does somebody hold the role for an agency of each kind? The role must be held over the agency to count."""
    agencies = asking.once("agencies", lambda: list(organisation.agencies(SYSTEM, asking.programme.code)))
    held = {holding.key for holding in holders_on_the_day(asking) if holding.role == role and holding.kind == "agency"}
    labels = dict(agencies[0].KINDS) if agencies else {}
    taking = {agency.kind for agency in agencies if agency.code in held}
    missing = [labels.get(kind, kind).lower() for kind in kinds if kind not in taking]
    name = ROLES[role].name.lower()
    if not missing:
        return CheckAnswer("met", f"Every kind of agency expected has a {name} on record.", (_people_page(asking),))
    state = "at risk" if len(missing) < len(kinds) else "no evidence"
    return CheckAnswer(state, f"No {name} is on record for: {', '.join(missing)}.", (_people_page(asking),))


# What the notice itself shows


def has_attached_text(asking: Asking, requirement: Requirement) -> CheckAnswer:
    """Is the notice's own text attached?"""
    found = AttachedText.objects.filter(notice=asking.notice, attached_on__lte=asking.on).first()
    if found is None:
        return CheckAnswer("no evidence", "The notice's own text is not attached.")
    link = ("The notice", address("notice", asking.programme.code))
    if found.is_summary:
        said = "The notice's own text is not attached: a summary in our own words stands in for it."
        return CheckAnswer("no evidence", said, (link,))
    return CheckAnswer("met", f"The notice's own text was attached on {date_words(found.attached_on)}.", (link,))


CHECKS: dict[str, Callable[..., CheckAnswer]] = {
    check.__name__: check
    for check in (
        indicators_at_standard,
        indicator_improves,
        outcomes_improve,
        indicators_as_context,
        body_recorded,
        role_held,
        role_is_independent,
        posts_filled,
        partners_take_part,
        has_attached_text,
    )
}


def register() -> None:
    """Called once, when the application starts."""
    for name, check in CHECKS.items():
        register_check(name, check)
