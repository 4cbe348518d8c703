"""What moved between any two releases, figure by figure, and why: as the account may see it.

Who sees small counts sees every figure that moved, with how many records each cause moved. Everybody else sees the
figures that both releases show whole, with their causes in words alone. Not here: finding moves and causes (analytics).
Rule: a figure of which either release hides anything is never named to them, whether it moved or not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from holdfast import analytics
from holdfast.access.doors import Actor, check, may
from holdfast.access.permissions import Permission
from holdfast.pages.words import counted, listed
from holdfast.performance.models import Release
from holdfast.performance.selectors import outcomes
from holdfast.performance.selectors.figures import answers_of, policy_for
from holdfast.performance.selectors.releases import chosen_release, moves_between
from holdfast.performance.selectors.unanswerable import NothingToCompare


@dataclass(frozen=True)
class Revision:
    """One figure that both releases give, and that moved. `shows_records` False: causes are named and not counted."""

    move: "analytics.Move"
    shows_records: bool

    @property
    def title(self) -> str:
        card = analytics.INDICATORS.get(self.move.indicator)
        return card.title if card else self.move.indicator

    @property
    def causes_words(self) -> str:
        """ "Late recording 2 (+2 late, -1 not known), correction 1 (+1 in time, -1 late)"; else the names alone."""
        if not self.shows_records:
            return listed(self.causes) or self.move.because
        return cause_words(self.move) or self.move.because

    @property
    def causes(self) -> list[str]:
        """In the order that they are explained in, so that which is the largest is not told."""
        found = {each.cause for each in self.move.causes}
        return [cause for cause in analytics.CAUSES if cause in found]

    def as_data(self) -> dict[str, Any]:
        move = self.move
        causes = [vars(each) for each in move.causes] if self.shows_records else [{"cause": one} for one in self.causes]
        counts = {name: _counts(figure) for name, figure in (("before", move.before), ("after", move.after))}
        period = {"period": move.period.id, "period_words": move.period.words}
        return {"indicator": move.indicator, "title": self.title, **period, **counts, "causes": causes}


@dataclass(frozen=True)
class Revisions:
    """What moved from one release to a later one. `n_not_shown`: figures of both of which one hides anything."""

    older: Release
    newer: Release
    shows_records: bool
    revisions: Sequence[Revision]
    n_first_given: int
    n_no_longer_given: int
    n_not_shown: int

    @property
    def n_by_cause(self) -> dict[str, int]:
        """How many of the figures shown each cause had a part in, in the order they are explained in."""
        every = [cause for revision in self.revisions for cause in revision.causes]
        return {cause: every.count(cause) for cause in analytics.CAUSES if cause in every}

    def as_data(self) -> dict[str, Any]:
        """For --json: documented keys (docs/formats/figures.md)."""
        return {
            "programme": self.newer.programme.code,
            "older": _release_data(self.older),
            "newer": _release_data(self.newer),
            "suppressed": not self.shows_records,
            "moved": [revision.as_data() for revision in self.revisions],
            "first_given": self.n_first_given,
            "no_longer_given": self.n_no_longer_given,
            "not_shown": self.n_not_shown,
        }

    def in_words(self) -> str:
        lines = [f"{self.older.reference} and {self.newer.reference}: {counted(len(self.revisions), 'figure')} moved"]
        for revision in self.revisions:
            move = revision.move
            figures = f"{whole_words(move.before)} -> {whole_words(move.after)}"
            lines.append(f"  {move.indicator:<17}{move.period.words:<44}{figures}: {revision.causes_words}")
        lines.append(f"{self.n_first_given:,} given for the first time; {self.n_no_longer_given:,} no longer given.")
        if not self.shows_records:
            lines.append(f"{counted(self.n_not_shown, 'figure')} hidden in part by one or the other: not compared.")
        return "\n".join(lines)


def revisions(user: Actor, code: str, older: int | None = None, newer: int | None = None) -> Revisions:
    """What moved between two releases; without numbers, between the last published and the one published before it.

    Raises Refused, NoRelease, or NothingToCompare for one release alone.
    """
    check(user, Permission.SEE_INDICATORS, code)
    last = chosen_release(user, code, newer)
    first = chosen_release(user, code, older) if older is not None else _before(last)
    if first is None or first.number == last.number:
        raise NothingToCompare
    if first.number > last.number:
        first, last = last, first
    moves = moves_between(Path(settings.HOLDFAST_DATA), first.calculation_id, last.calculation_id)
    whole = policy_for(user, code) == "inside"
    shown = None if whole else _shown_by_both(first, last)
    of_both = [move for move in moves if move.before is not None and move.after is not None]
    seen = of_both if shown is None else [move for move in of_both if shown.get(_place(move)) and _differs(move)]
    return Revisions(
        first,
        last,
        whole,
        [Revision(move, whole) for move in seen],
        n_first_given=sum(move.before is None for move in moves),
        n_no_longer_given=sum(move.after is None for move in moves),
        n_not_shown=0 if shown is None else sum(not is_whole for is_whole in shown.values()),
    )


def to_compare(user: Actor, code: str) -> list[Release]:
    """The releases an account may set beside each other, the latest first."""
    check(user, Permission.SEE_INDICATORS, code)
    found = Release.objects.filter(programme__code=code).select_related("programme")
    if not may(user, Permission.SEE_RETURNS, code):
        found = found.filter(state=Release.State.PUBLISHED)
    return list(found)


def _before(release: Release) -> Release | None:
    published = Release.objects.filter(programme=release.programme, state=Release.State.PUBLISHED)
    return published.filter(number__lt=release.number).select_related("programme").first()


def _place(move: "analytics.Move") -> tuple[str, str]:
    return move.indicator, move.period.id


def _differs(move: "analytics.Move") -> bool:
    return _counts(move.before) != _counts(move.after)


def _shown_by_both(older: Release, newer: Release) -> dict[tuple[str, str], bool]:
    """Each figure that both give, and whether both show it whole to everybody."""
    then, now = dict(_published(older)), dict(_published(newer))
    return {place: then[place] and now[place] for place in now if place in then}


def _published(release: Release) -> Iterator[tuple[tuple[str, str], bool]]:
    kept = answers_of(release)
    for indicator in filter(kept.is_published, kept.versions):
        for figure in kept.by_group(indicator, "publish")[""].figures:
            is_whole = None not in (figure.n_in, figure.denominator, figure.n_unknown)
            yield (indicator, figure.period.id), is_whole


def cause_words(move: "analytics.Move") -> str:
    """Each cause with how many records it moved and what that did to each count, in the indicator's own words."""
    words = outcomes.choices(move.indicator)
    said = []
    for each in move.causes:
        counts = (("in", each.n_in), ("not", each.n_not), ("unknown", each.n_unknown))
        parts = ", ".join(f"{n:+,} {words[outcome].lower()}" for outcome, n in counts if n)
        said.append(f"{each.cause} {each.n_records:,} ({parts})" if parts else f"{each.cause} {each.n_records:,}")
    return ", ".join(said)


def whole_words(figure: Any) -> str:
    """A figure with all its counts: "10 of 12 (1 not known)"; "not given" for none."""
    if figure is None:
        return "not given"
    return f"{figure.n_in:,} of {figure.denominator:,} ({figure.n_unknown:,} not known)"


def _counts(figure: "analytics.Figure | None") -> dict[str, int] | None:
    if figure is None:
        return None
    return {"n_in": figure.n_in, "denominator": figure.denominator, "n_unknown": figure.n_unknown}


def _release_data(release: Release) -> dict[str, Any]:
    facts = {"number": release.number, "reference": release.reference, "calculation": release.calculation_id}
    return {**facts, "as_at": release.as_at.isoformat()}
