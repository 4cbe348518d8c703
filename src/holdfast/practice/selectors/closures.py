"""Reading whether cases are closed too soon: what the records say of every closure, and what audits found of some.

The first argument is the account. Rule: none found in a sample is never said as none, and what nobody holds is said as
not held; a record shows what was left, never that closing was right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from holdfast.access.doors import Actor
from holdfast.pages.words import counted, days_words, listed, lower_first
from holdfast.performance.selectors.closings import (
    AGAIN,
    UNFINISHED,
    ClosingCounts,
    ClosingsSeen,
    closing_counts,
    sign_words,
)
from holdfast.performance.selectors.figures import answers_for, versions
from holdfast.performance.selectors.shares import Share, share_of

JUDGED: Final = "I61"
"""Closures audited at random that were not closed too soon."""
TOLD_OF: Final = {True: "before closing,", False: "after closing,"}


@dataclass(frozen=True)
class Closures:
    """A year of closures by the records, and by audit. `audited`: those judged too soon of those audited at random in
    the latest year of audits; None where no release holds any, or the numbers are not for this account."""

    counts: ClosingCounts
    audited: Share | None
    audited_in: str
    is_hidden: bool

    def as_data(self) -> dict[str, Any]:
        """For --json: the year's signs, those alone that the account may see as numbers."""
        year = self.counts.year
        signs = {code: {"words": sign.words, "shown": self.counts.shown(sign)} for code, sign in year.signs.items()}
        if self.counts.sees:
            signs = {code: {**signs[code], **sign.as_data()} for code, sign in year.signs.items()}
        days = {"from": year.first.isoformat(), "to": year.last.isoformat()}
        said = list(self.sentences)
        return {"release": self.counts.release.reference, **days, "closed": year.n, "signs": signs, "sentences": said}

    def in_words(self) -> str:
        lines = [f"Are cases closed too soon? {self.counts.release.reference}", *self.sentences]
        return "\n".join(
            [*lines, *(f"  {sign.words:<66}{self.counts.shown(sign)}" for sign in self.counts.year.signs.values())]
        )

    @property
    def sentences(self) -> Sequence[str]:
        """What may be said of them, a sentence each, the plainest first."""
        year, said = self.counts.year, []
        days = f"from {days_words(year.first, year.last)}"
        said.append(f"{counted(year.n, 'case was', 'cases were')} closed {days}.")
        said.append(self._unfinished())
        missing = [
            lower_first(sign.words)
            for code, sign in year.signs.items()
            if not sign.is_held and code != UNFINISHED and not code.startswith(AGAIN)
        ]
        if missing:
            said.append(f"Not held, so not known of any case: {listed(missing)}.")
        said.append(self._by_audit())
        return said

    def _unfinished(self) -> str:
        sign = self.counts.year.signs[UNFINISHED]
        if not sign.is_held:
            return "Whether anything was left unfinished is not held."
        if not sign.share.n_in:
            return (
                f"Of {sign.share.n:,} no record shows anything left unfinished. That is what was recorded: it does not "
                "show that no case was closed too soon."
            )
        return f"{sign.words}: {self.counts.shown(sign)}."

    def _by_audit(self) -> str:
        if self.is_hidden:
            return f"How many closures audits judged too soon ({self.audited_in}) is not shown: the numbers are small."
        if self.audited is None or not self.audited.n:
            return "No closure audited at random is in the release, so nothing says whether closing was right."
        return self.audited.of_sample(f"Judged too soon by audits of closures drawn at random, {self.audited_in}")


def closures(user: Actor, code: str) -> Closures:
    """The closures of the last release. Raises Refused or NoRelease."""
    found = closing_counts(user, code)
    audited, words, is_hidden = _audited(user, found)
    return Closures(found, audited, words, is_hidden)


def _audited(user: Actor, found: ClosingCounts) -> tuple[Share | None, str, bool]:
    """Those judged too soon, the year they are of, and whether they are hidden from the account."""
    if JUDGED not in versions(found.release):
        return None, "", False
    figure: Any = answers_for(user, found.release, JUDGED)[""].latest_year
    if figure is None:
        return None, "", False
    if figure.n_in is None or figure.denominator is None:
        return None, figure.period.words, True
    return share_of(figure.denominator - figure.n_in, figure.denominator), figure.period.words, False


@dataclass(frozen=True)
class Closed:
    """One closure of a list: the words of the signs it shows, and of those that are known of others and not of it."""

    closing: Any
    shown: Sequence[str]
    not_known: Sequence[str]


def closed(seen: ClosingsSeen) -> list[Closed]:
    """Each closure of a page with what it shows. What is not held of any of them is said once, and not again here."""
    words = {code: lower_first(sign_words(code)[0]) for code in seen.counts if code not in ("", UNFINISHED)}
    found = []
    for closing in seen.page.rows:
        shown = [words[code] for code, is_there in closing.signs.items() if is_there]
        not_known = [
            words[code]
            for code, is_there in closing.signs.items()
            if is_there is None and code not in seen.not_held and not code.startswith(AGAIN)
        ]
        found.append(Closed(closing, shown, not_known))
    return found


def not_held_words(seen: ClosingsSeen) -> str:
    """What is known of no closure in the list, in a sentence; "" where everything is known of some."""
    missing = [lower_first(sign_words(code)[0]) for code in seen.not_held if not code.startswith(AGAIN)]
    if not missing:
        return ""
    return f"Not known of any of them: {listed(missing)}. What no return says is not taken to be in order."
