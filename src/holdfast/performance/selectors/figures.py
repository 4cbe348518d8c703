"""Figures of a release as one account may see them: those that were kept when it was calculated. Nothing is worked out.

Here: which answers are whose, and what a release can give. Not here: the scorecard and the series made of them
(indicators.py), or how small counts are hidden (analytics, when the release is calculated). Rule: only the last
published release is broken down where small counts are hidden, so that two cannot be set beside each other.
"""

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import Actor, may
from holdfast.access.permissions import Permission
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors.decided import judged_by
from holdfast.performance.selectors.unanswerable import (
    BreakdownNotHeld,
    BreakdownOfAnEarlierRelease,
    NoAnswersYet,
    NoSuchBreakdown,
    NoSuchGroup,
    NoSuchIndicator,
    NotCounted,
    Withheld,
)

NOT_COUNTED_YET: Final = ("team", "locality")
"""Ways of breaking figures down that returns may one day hold. Asked for, they are refused in words."""


def policy_for(user: Actor, code: str) -> str:
    """The disclosure policy for what an account sees: "inside" only for those permitted, "publish" for all others.

    No figure is narrowed to a team or agency, so a role held over one gives no small count in it, which is the doors'
    own rule (access); the records of one's own team, and how many wait, are whose.py's. Fails closed.
    """
    return "inside" if may(user, Permission.SEE_SMALL_COUNTS, code) else "publish"


def answers_of(release: Release) -> "analytics.Answers":
    """What was kept with a release when it was calculated. Raises NoAnswersYet for one made before they were kept."""
    if not release.answers_id:
        raise NoAnswersYet(release.reference)
    return analytics.kept_answers(store(), release.answers_id)


def load_answers(release: Release) -> None:
    """Read what a release answers for everybody, under each policy, into this process: for a server that starts.

    Whose each is, is asked when somebody does. Raises NoAnswersYet.
    """
    kept = answers_of(release)
    for policy in analytics.POLICIES:
        kept.scorecard(policy)
        for indicator in kept.versions:
            if policy == "inside" or kept.is_published(indicator):
                kept.by_group(indicator, policy)
    analytics.by_luck_words(len(kept.versions))  # loads what judges, which pages take words from
    analytics.working_days(clock.today(), clock.today())  # loads the bank holidays, which worklists leave out


def versions(release: Release) -> Mapping[str, int]:
    """The indicators a release counted, and the version of each that it counted by."""
    return answers_of(release).versions


def check_counted(release: Release, indicator: str) -> None:
    """Raise NoSuchIndicator, or NotCounted where the indicator is newer than the release."""
    if indicator not in analytics.INDICATORS:
        raise NoSuchIndicator(indicator)
    if indicator not in versions(release):
        raise NotCounted(release.reference, indicator)


def breakdowns_held(release: Release, indicator: str) -> tuple[str, ...]:
    """The breakdowns that both the release's returns and the indicator's definition can give."""
    return answers_of(release).breakdowns[indicator]


def check_held(release: Release, indicator: str, breakdown: str) -> None:
    """Raise BreakdownNotHeld, in words, for a breakdown that the release cannot give. None at all is always held.

    NoSuchBreakdown for one that no release could ever give, which is not repeated.
    """
    held = breakdowns_held(release, indicator)
    if breakdown and breakdown not in held:
        if breakdown not in analytics.BREAKDOWNS and breakdown not in NOT_COUNTED_YET:
            raise NoSuchBreakdown
        can = tuple(analytics.breakdown_words(name) for name in held)
        raise BreakdownNotHeld(release.reference, indicator, analytics.breakdown_words(breakdown), can)


def _check_is_last(release: Release) -> None:
    published = Release.objects.filter(programme=release.programme, state=Release.State.PUBLISHED)
    if published.order_by("-number").values_list("number", flat=True).first() != release.number:
        raise BreakdownOfAnEarlierRelease(release.reference)


def answers_for(
    user: Actor,
    release: Release,
    indicator: str,
    breakdown: str = "",
    group: str = "",
    until: date | None = None,
    judging: Mapping[str, Any] | None = None,
) -> Mapping[str, "analytics.Answer"]:
    """An indicator as the account may see it, by group: everybody (""), every group, or the one asked for.

    Raises NoSuchIndicator, NotCounted, Withheld, BreakdownNotHeld, NoSuchBreakdown or NoSuchGroup. The caller has
    checked that the account may see indicators. `until`: no period that ends after that day. `judging`: what
    `judging_of` gives, where it is known.
    """
    check_counted(release, indicator)
    check_held(release, indicator, breakdown)
    policy = policy_for(user, release.programme.code)
    if breakdown and policy != "inside":
        _check_is_last(release)
    if policy != "inside" and not answers_of(release).is_published(indicator):
        raise Withheld(indicator)
    found = answers_of(release).by_group(indicator, policy, breakdown)
    if group and group not in found:
        raise NoSuchGroup
    judging = judging_of(release, until) if judging is None else judging
    if indicator in _asked_anew(release, until, judging, (indicator,)):
        found = {
            name: anew(answers_of(release), indicator, policy, breakdown, name, until, *judging.items())
            for name in found
        }
    return {group: found[group]} if group else found


def judging_of(release: Release, until: date | None = None) -> Mapping[str, Any]:
    """What a release's figures are judged by, as decided by a day."""
    return judged_by(release.programme, until, known_at=release.calculated_at)


def scorecard_answers(
    user: Actor, release: Release, until: date | None = None, *, is_public: bool = False
) -> Mapping[str, "analytics.Answer"]:
    """Each indicator's latest figures and what may be said, as the account may see it. Who may is the caller's.

    `is_public`: as everybody may see them, whoever asks.
    """
    policy = "publish" if is_public else policy_for(user, release.programme.code)
    kept = answers_of(release)
    judging = judging_of(release, until)
    found = kept.scorecard(policy)
    again = _asked_anew(release, until, judging, found)
    return {
        name: anew(kept, name, policy, "", "", until, *judging.items()) if name in again else answer
        for name, answer in found.items()
    }


def _asked_anew(
    release: Release, until: date | None, judging: Mapping[str, Any], indicators: Collection[str]
) -> Collection[str]:
    """The indicators whose kept answers are not to this question.

    All of them for a day before they end, or under another notice; one whose target was decided since.
    """
    kept = answers_of(release)
    if until is not None and until < kept.last_day:
        return indicators
    if repr(dict(judging)) == kept.judged_by:
        return ()
    then = judged_by(release.programme, known_at=release.calculated_at, as_it_was=True)
    if repr(then) != kept.judged_by or then["rebases"] != judging["rebases"]:
        return indicators
    before, now = dict(then.get("targets", ())), dict(judging.get("targets", ()))
    return {name for name in indicators if before.get(name) != now.get(name)}


@lru_cache(maxsize=512)
def anew(
    kept: "analytics.Answers",
    indicator: str,
    policy: str,
    breakdown: str,
    group: str,
    until: date | None,
    *judging: tuple[str, Any],
) -> "analytics.Answer":
    """An answer as it would have been given with nothing after a day, or is when it is judged by something else."""
    whole, shown = (kept.by_group(indicator, name, breakdown)[group] for name in ("inside", policy))
    is_published = kept.is_published(indicator)
    card = analytics.INDICATORS[indicator]
    return analytics.told(
        card,
        shown.version,
        whole.figures,
        shown.figures,
        kept.by_group(indicator, "publish", breakdown)[group].figures if is_published else (),
        judged_by=dict(judging),
        until=until,
        revised=whole.revised,
    )
