"""The sentences of a claim: a headline of at most two lines, and the whole of what may be said. Words only.

Not here: what is decided (verdict) or hidden (seen). Rules: a number is printed only when every month it is made of is
shown; a word names its months, its n, its interval and its baseline; the indicator's title is never in its sentence.
"""

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Final

from holdfast.analytics.claims import verdict as v
from holdfast.analytics.claims.baseline import BASELINE_MONTHS, Judging, period_of, whole_month_from
from holdfast.analytics.claims.judging import Judged, Judgement, is_mostly_unknown, kind_of
from holdfast.analytics.claims.measure import Compared
from holdfast.analytics.claims.seen import Seen
from holdfast.analytics.claims.since import BASE_SHIFT
from holdfast.analytics.disclosure import Protected
from holdfast.analytics.figure import Period, count_words, date_words, from_to, month, per_cent
from holdfast.analytics.intervals import wilson
from holdfast.analytics.spc import Signal

NUMBERS_SMALL: Final = "The numbers are not given, because some months are hidden."
TO_PROTECT: Final = "to protect small numbers here or beside it"
"""Why a number is hidden. True of a small one and of one that would give a small one away: which of them is not said,
since that would say which is small."""
BANDS: Final = (0.05, 0.1, 0.2, 0.5)
"""What the smallest visible change is rounded up to where months behind it are hidden."""


def value_words(value: float, unit: str) -> str:
    """702, or "16.4 per cent"."""
    return count_words(round(value)) if unit == "count" else f"{per_cent(value)} per cent"


def period_words(period: Period, *, is_stock: bool = False) -> str:
    """How a sentence says when: "in April 2013", "in the year to 31 March 2014"; a stock is as it was on a day."""
    if is_stock:
        return f"at {date_words(period.ends_on)}"
    if period.is_part:
        return f"from {date_words(period.starts_on)} to {date_words(period.ends_on)}"
    return f"in {period.words}" if period.kind == "month" else f"in the {period.words}"


def n_of_n_words(figure: Protected, unit: str) -> str:
    """ "16.4 per cent (1,426 of 8,717)", "702", or why there is no number."""
    if figure.suppressed:
        return f"not shown, {TO_PROTECT}"
    if unit == "count":
        return figure.n_in_words
    if figure.share is None:
        return "nothing to count"
    return f"{per_cent(figure.share)} per cent ({figure.n_in_words} of {figure.denominator_words})"


def latest_words(latest: Protected | None, definition: Judged, notice_on: date | None = None) -> str:
    """The latest figure and when it is of; where that ended before the notice, it says so."""
    if latest is None:
        return "There are no figures yet."
    when = period_words(latest.period, is_stock=kind_of(definition).is_stock)
    if notice_on is not None and latest.period.ends_on < notice_on:
        when = f"{when}, before the notice"
    if latest.suppressed:
        return f"The figure {when} is not shown, {TO_PROTECT}."
    return upper_first(f"{n_of_n_words(latest, definition.unit)} {when}{_of_sample(latest, definition)}.")


def _of_sample(figure: Protected, definition: Judged) -> str:
    """How far off a share of audited cases may be, which are a sample; "" for what returns count."""
    limits = wilson(figure.n_in, figure.denominator) if figure.n_in is not None and figure.denominator else None
    if not definition.is_of_audits or definition.unit == "count" or limits is None or figure.is_mostly_unknown:
        return ""
    return f", 95 per cent interval {from_to(per_cent(limits[0]), per_cent(limits[1]))}"


def upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


class Saying:
    """What one reader may be told of a judgement. `seen` says which months are shown."""

    def __init__(self, judgement: Judgement, definition: Judged, judging: Judging, seen: Seen) -> None:
        self.found, self.definition, self.judging, self.seen = judgement.verdict, definition, judging, seen
        self.judgement, self.kind = judgement, kind_of(definition)

    def headline(self) -> str:
        """The word with the months that carry it, in at most two lines."""
        found = self.found
        if found.word == v.TOO_EARLY:
            return f"Too early to say: {self._too_early()}."
        if found.word == v.UNUSUAL:
            return f"An unusual month, check it: {self._unusual()}."
        if found.word == v.TOO_LITTLE:
            return f"Too little to tell: {self._too_little()}."
        opening = self._opening()
        if found.now is None or found.word == v.DO_NOT_CLAIM:
            return f"{opening}."
        if found.reason == "turn":
            return f"{opening}: {self._turn(found.now)}"
        return f"{opening}: {self._against(found.now)}"

    def details(self) -> list[str]:
        """What stands behind the headline: the interval, the number counted, what could still be seen, the chart."""
        now = self.found.now if self.found.word in (v.DO_NOT_CLAIM, v.TOO_LITTLE) else None
        against = upper_first(self._against(now)) if now is not None else ""
        parts = (against, self._interval(), self.warning(), self._uneven(), self._smallest(), self._chart_run())
        return [part for part in parts if part]

    def warning(self) -> str:
        """That the number counted moved, where it moved by a fifth or more (BASE_SHIFT). "" otherwise."""
        ratio = self.found.base_ratio
        if ratio is None or self.found.now is None or self.found.word in (v.DO_NOT_CLAIM, v.TOO_EARLY):
            return ""
        return base_warning(ratio, self.definition, self._base_words(), is_given=self._is_shown())

    def _opening(self) -> str:
        found = self.found
        since = period_of(found.since).words if found.since is not None else ""
        if found.word == v.DO_NOT_CLAIM:
            return f"Do not claim a change: {self._doubt()}"
        if found.word == v.BOTH_WAYS:
            return "The signs point both ways"
        if found.word in (v.IMPROVED, v.WORSENED):
            return f"{upper_first(found.word.split()[0])} in {since} and steady since"
        if found.word == v.NO_CLEAR_CHANGE and (least := self._least_words()):
            return f"No clear change (the smallest that could be seen by {self._by()} is {least}{self._past_room()})"
        return upper_first(found.word)

    def _doubt(self) -> str:
        noun = self.definition.counted
        moved = "fell" if self.found.direction < 0 else "rose"
        did = "did not"
        if self.definition.polarity == "higher" and self.found.reason == "more counted":
            did = "outside it did not fall"
        return {
            "more counted": f"the share {moved} because more {noun} were counted; the number {did}",
            "fewer counted": f"the share {moved} because fewer {noun} were counted; the number did not",
            "base fell": f"so many fewer {noun} were counted that the share may have moved with what is counted",
            "not known": "those not known could undo it",
            "late recording": "late records usually move the latest months as far",
            "baseline moved": "the last year before the notice alone does not bear it out",
        }[self.found.reason]

    def _too_early(self) -> str:
        reason = self.found.reason
        if reason == "short baseline" and self.judgement.months[-1].at < self._notice_month() - 1:
            return "the months before the notice are not all known yet"
        if reason == "short baseline":
            n = sum(month.is_usable and month.at < self._notice_month() for month in self.judgement.months)
            there = f"{min(n, BASELINE_MONTHS - 1)} of the {BASELINE_MONTHS} whole months needed before the notice"
            never = self.judgement.months[0].at > self._notice_month() - BASELINE_MONTHS
            if not never:
                return there
            return f"{there}, and no earlier ones will come: it is judged once a decision sets another baseline"
        return {
            "no months": "there are no months to judge",
            "no notice": "no notice has been issued, so there is no baseline to judge by",
            "no months since": "no whole month since the notice is counted yet",
            "one month since": "one whole month since the notice, and at least two are needed",
            "small numbers": "too few are counted since the notice to tell a change from chance",
        }[reason]

    def _notice_month(self) -> int:
        on = self.judging.notice_on
        return on.year * 12 + on.month - 1 if on else 0

    def _unusual(self) -> str:
        found = self.found
        if found.reason == "one month carries it":
            return f"without one month, {self._span()} would not stand apart from {self._base_words()}"
        side = "above" if found.direction > 0 else "below"
        return f"{period_of(found.first or 0).words} is {side} the range that ordinary variation gives"

    def _against(self, now: Compared) -> str:
        if not self._is_shown():
            return f"{self._together()} {NUMBERS_SMALL}"
        return f"{self._pooled(now, now=True)} {self._span()}, against {self._pooled(now)} in {self._base_words()}."

    def _together(self) -> str:
        """The comparison without its numbers."""
        if self.found.word in (v.NO_CLEAR_CHANGE, v.TOO_LITTLE):
            return f"nothing clear {self._span()}, taken together, against {self._base_words()}."
        side = "lower" if self.found.direction < 0 else "higher"
        return f"{side} {self._span()}, taken together, than in {self._base_words()}."

    def _turn(self, now: Compared) -> str:
        was = "better" if self.kind.is_better(self.found.direction) else "worse"
        if self.kind.polarity == "neither":
            was = "higher" if self.found.direction > 0 else "lower"
        tail = f"which was {was} than before the notice"
        before = self.found.before
        if before is None or not self._is_shown():
            return f"{self._span()}, going back from a level {tail}. {NUMBERS_SMALL}"
        from_level = self._pooled(before, now=True)
        return f"{self._pooled(now, now=True)} {self._span()}, going back from {from_level}, {tail}."

    def _pooled(self, compared: Compared, *, now: bool = False) -> str:
        n_in, n = (compared.n_in, compared.n) if now else (compared.n_in_before, compared.n_before)
        if self.kind.is_count:
            return f"{count_words(round(n_in / n))} a month"
        if self.kind.is_stock:
            return f"{per_cent(n_in / n)} per cent on average"
        return f"{per_cent(n_in / n)} per cent ({count_words(round(n_in))} of {count_words(round(n))})"

    def _span(self) -> str:
        first, last = self.found.first or 0, self.found.last or 0
        n, n_before = last - first + 1, self._n_before_notice(first, last)
        before = f" ({n_before} of them from before the notice)" if n_before else ""
        if self.kind.is_stock:
            return f"at the ends of the {n} months to {period_of(last).words}{before}"
        return f"in the {n} months to {period_of(last).words}{before}"

    def _n_before_notice(self, first: int, last: int) -> int:
        """How many of these months begin before the notice, as they may where a decision set the baseline."""
        on = self.judging.notice_on
        return 0 if on is None else max(0, min(last + 1, whole_month_from(on)) - first)

    def _base_words(self) -> str:
        held = self.found.baseline
        if held is not None and held.reference:
            return f"the same months of the baseline set from {period_of(held.first).words} ({held.reference})"
        return "the same months of the two years before the notice"

    def _is_shown(self) -> bool:
        held = self.found.baseline
        spans = [(self.found.first or 0, self.found.last or 0)]
        if self.found.before is not None and held is not None:
            spans = [(held.judged_from, self.found.last or 0)]
        spans += [(held.first, held.last)] if held is not None else []
        return all(self.seen.shows(first, last) for first, last in spans)

    def _interval(self) -> str:
        found, now = self.found, self.found.now
        if now is None or found.word in (v.TOO_EARLY, v.UNUSUAL, v.BOTH_WAYS) or not self._is_shown():
            return ""
        if not now.error:
            return ""
        low, high = now.interval(None if self.kind.is_count else 1.0)
        if self.kind.is_count:
            return f"The difference is between {_signed(low, 0)} and {_signed(high, 0)} a month (99 per cent interval)."
        return (
            f"The difference is between {_signed(100 * low)} and {_signed(100 * high)} points (99 per cent interval)."
        )

    def _uneven(self) -> str:
        """Of a count that moved by a fifth or more and carries no claim: what stands in the way."""
        now = self.found.now
        if self.found.word != v.NO_CLEAR_CHANGE or not self.kind.is_count or now is None or not self._is_shown():
            return ""
        more, less = BASE_SHIFT
        if less * now.now < more * now.before and more * now.now > less * now.before:
            return ""
        side = "more" if now.now > now.before else "fewer"
        return f"There were many {side}, but the months before the notice were too uneven to tell that from chance."

    def _smallest(self) -> str:
        """The smallest change that could be seen, where the headline does not say it already."""
        if self.found.word != v.TOO_EARLY or not (least := self._least_words()):
            return ""
        return f"The smallest change that could be seen by {self._by()} is {least}."

    def _too_little(self) -> str:
        of_share, of_count = v.HARDLY_SEEN
        least = f"more than {per_cent(of_count, 0)} per cent of it" if self.kind.is_count else ""
        least = least or f"more than {per_cent(of_share, 0)} points"
        if self._is_shown():
            least = f"{self._least_words()} or more"
        return f"so little is counted that only a change of {least} could be seen by {self._by()}"

    def _past_room(self) -> str:
        """That the smallest change is larger than the share could change by for the better, where it is."""
        least, now = self.found.smallest, self.found.now
        room = {"lower": now.before, "higher": 1 - now.before}.get(self.kind.polarity) if now is not None else None
        if self.kind.is_count or room is None or least is None or least <= room or not self._is_shown():
            return ""
        way = "fall" if self.kind.polarity == "lower" else "rise"
        return f", more than the {per_cent(room)} that it could {way} by"

    def _by(self) -> str:
        ends_on = self.judging.ends_on
        return _month_words(ends_on) if ends_on is not None else "then"

    def _least_words(self) -> str:
        """The smallest change that could be seen: "about 3 points". From hidden months "at most 5 points", coarsely.

        "" where nothing was compared.
        """
        least, now = self.found.smallest, self.found.now
        if least is None or now is None or self.judging.ends_on is None:
            return ""
        if not self._is_shown():
            part = least / now.before if self.kind.is_count and now.before else least
            band = next((band for band in BANDS if part <= band), 1.0)
            return f"at most {per_cent(band, 0)} {'per cent of it' if self.kind.is_count else 'points'}"
        if self.kind.is_count:
            return f"about {count_words(ceil(least))} a month"
        n = ceil(100 * least)
        return f"about {n} point{'' if n == 1 else 's'}"

    def _chart_run(self) -> str:
        """A run on the chart that reaches the last month and carries no claim: something to look into."""
        chart = self.judgement.chart
        if self.found.word != v.NO_CLEAR_CHANGE or chart.state != "limits":
            return ""
        last = max((place for place, point in enumerate(chart.points) if point.value is not None), default=-1)
        periods = [period_of(month.at) for month in self.judgement.months]
        runs = [s for s in chart.signals if last in s.places and s.rule != "beyond limits" and self._signal_shown(s)]
        if not runs:
            return ""
        words = signal_words(runs[0], periods, self.judging.notice_on)
        return f"The chart marks something to look into: {_lower_first(words)}."

    def _signal_shown(self, signal: Signal) -> bool:
        return all(self.seen.shows_place(place) for place in signal.places)


def _lower_first(words: str) -> str:
    """The sentence continued after a colon. A month keeps its capital."""
    return f"{words[0].lower()}{words[1:]}" if words.startswith(("The ", "Two ")) else words


def _signed(value: float, places: int = 1) -> str:
    rounded = round(value, places) + 0.0
    size = f"{abs(rounded):,.{places}f}"
    return f"{'minus ' if rounded < 0 else 'plus ' if rounded > 0 else ''}{size}"


def _month_words(day: date) -> str:
    return month(day.year, day.month).words


def base_warning(ratio: float, definition: Judged, against: str, *, is_given: bool = True) -> str:
    """That the number counted moved by a fifth or more against some months. "" when it moved less."""
    more, less = BASE_SHIFT
    if less * ratio < more and more * ratio > less:
        return ""
    verb = "rose" if ratio > 1 else "fell"
    by = f" by {per_cent(abs(ratio - 1), 0)} per cent" if is_given else ""
    return (
        f"The number of {definition.counted} {verb}{by} against {against}, so the share may have "
        "moved because what is counted changed."
    )


def signal_words(signal: Signal, periods: Sequence[Period], notice_on: date | None = None) -> str:
    """What the chart marks; where some of its months are from before the notice, it says so."""
    begins = periods[signal.places[0]].starts_on
    words = _marked_words(signal, periods)
    return f"{words}, begun before the notice" if notice_on is not None and begins < notice_on else words


def _marked_words(signal: Signal, periods: Sequence[Period]) -> str:
    first, last = periods[signal.places[0]].words, periods[signal.places[-1]].words
    n, is_high = len(signal.places), signal.direction == "high"
    if signal.rule == "beyond limits":
        return f"{first} is {'above' if is_high else 'below'} the range that ordinary variation gives"
    if signal.rule == "shift":
        return f"The {n} months from {first} to {last} are all {'above' if is_high else 'below'} the baseline's average"
    if signal.rule == "trend":
        return f"The {n} months from {first} to {last} each {'rise' if is_high else 'fall'} from the one before"
    return f"Two of the three months to {last} are unusually {'high' if is_high else 'low'}"


def unknown_words(latest: Protected | None, definition: Judged) -> str:
    if latest is None or definition.unit == "count":
        return ""
    if latest.n_unknown is None:
        return "A few more are not known."
    if latest.n_unknown == 0:
        return ""
    known = f"Not known for {latest.unknown_words} more"
    if latest.lowest_share is None or latest.highest_share is None:
        return f"{known}."
    if not latest.denominator:
        return f"{known}: nothing is known of it."
    low, high = per_cent(latest.lowest_share), per_cent(latest.highest_share)
    return f"{known}: between {low} and {high} per cent if the unknown ones are counted either way."


def left_out_words(months: Sequence[Protected], definition: Judged) -> str:
    """How many months are not shown, and how many take no part."""
    n_hidden = sum(each.suppressed for each in months)
    n_unknown = sum(is_mostly_unknown(each) for each in months) if definition.unit != "count" else 0
    of = f"of the {len(months)} months"
    parts = []
    if n_hidden:
        parts.append(f"{n_hidden} {of} {_are(n_hidden)} not shown, to protect small numbers.")
    if n_unknown:
        parts.append(f"{n_unknown} {of} {_are(n_unknown)} not judged because more is not known than known.")
    return " ".join(parts)


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
