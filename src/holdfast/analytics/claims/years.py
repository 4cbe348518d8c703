"""The last two full years side by side, widened by what their months show beyond chance.

Not here: the months' own claim (verdict). Rules: a year is compared on whole figures and said only where both are
shown; a stock is as it was on a day, and two days that share children are not compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.analytics.claims import verdict as v
from holdfast.analytics.claims.baseline import Judging, month_number
from holdfast.analytics.claims.judging import Judged, is_mostly_unknown, kind_of, month_of
from holdfast.analytics.claims.measure import Cell, Compared, compare_years
from holdfast.analytics.claims.since import HOLD, Kind, Month
from holdfast.analytics.claims.words import base_warning, n_of_n_words, period_words, upper_first
from holdfast.analytics.disclosure import Protected
from holdfast.analytics.figure import Figure, Period


@dataclass(frozen=True)
class YearComparison:
    """The last two full years side by side. `is_clear`: they differ by more than chance gives, unknowns against it.

    `claim` is one of CLAIMS. `sentence` and `warning` are for the reader that `before` and `after` were protected for.
    """

    before: Protected
    after: Protected
    is_clear: bool
    claim: str
    sentence: str
    warning: str
    is_before_notice: bool = False


def compare_last_years(
    years: Sequence[Figure | Protected],
    months: Sequence[Figure | Protected],
    seen: Sequence[Protected],
    definition: Judged,
    judging: Judging,
) -> YearComparison | None:
    """The last two full, neighbouring years. None when there are not two, or either is not shown or cannot be judged.

    `years` and `months` are whole figures in order; `seen` are the same years as the reader may see them.
    """
    kind = kind_of(definition)
    full = [(whole, shown) for whole, shown in zip(years, seen, strict=True) if not whole.period.is_part]
    if len(full) < 2:
        return None
    (before, was), (after, now) = full[-2:]
    cannot = [_cannot_be_judged(whole, kind) or shown.n_in is None for whole, shown in full[-2:]]
    if any(cannot) or (after.period.starts_on - before.period.ends_on).days != 1:
        return None
    found = _compared(before, after, months, kind)
    if found is None:
        return None
    direction = 1 if found.difference > 0 else -1
    is_clear = not kind.is_stock and _is_clear(before, after, found, direction, kind)
    is_before = judging.notice_on is not None and after.period.ends_on < judging.notice_on
    warning = ""
    if not kind.is_count and before.denominator and after.denominator is not None:
        warning = base_warning(after.denominator / before.denominator, definition, "the year before")
    claim = _claim(before, after, direction, is_clear, warning, kind)
    sentence = _sentence(was, now, direction, is_clear, is_before, definition)
    if not is_clear and _is_open(was, now, found, kind):
        sentence = _open_sentence(was, now, months, is_before, definition)
    return YearComparison(was, now, is_clear, claim, sentence, warning, is_before)


def _cannot_be_judged(figure: Figure | Protected, kind: Kind) -> bool:
    return figure.n_in is None or (not kind.is_count and (not figure.denominator or is_mostly_unknown(figure)))


def _cell(figure: Figure | Protected, kind: Kind, n_more_in: int = 0, n_more: int = 0) -> Cell:
    n = 1 if kind.is_count else (figure.denominator or 0) + n_more
    return Cell(month_number(figure.period.starts_on), (figure.n_in or 0) + n_more_in, n)


def _compared(
    before: Figure | Protected, after: Figure | Protected, months: Sequence[Figure | Protected], kind: Kind
) -> Compared | None:
    pairs = _pairs(before, after, months, kind)
    if not (before.n_in or after.n_in):
        return None
    return compare_years(_cell(before, kind), _cell(after, kind), pairs, is_count=kind.is_count, is_stock=kind.is_stock)


def _pairs(
    before: Figure | Protected, after: Figure | Protected, months: Sequence[Figure | Protected], kind: Kind
) -> list[tuple[Cell, Cell]]:
    """Each month of the year before with the same month a year later, where both can be judged."""
    by_number: dict[int, Month] = {}
    for figure in months:
        month = month_of(figure, kind)
        if month.is_usable and before.period.starts_on <= figure.period.starts_on <= after.period.ends_on:
            by_number[month.at] = month

    def cell(month: Month) -> Cell:
        return Cell(month.at, month.n_in, 1 if kind.is_count else month.n)

    return [(cell(by_number[at]), cell(by_number[at + 12])) for at in sorted(by_number) if at + 12 in by_number]


def _is_clear(
    before: Figure | Protected, after: Figure | Protected, found: Compared, direction: int, kind: Kind
) -> bool:
    """Past HOLD errors, and still when every not-known is counted against it."""
    if direction * found.z < HOLD:
        return False
    if kind.is_count:
        return True
    then, now = before.n_unknown or 0, after.n_unknown or 0
    least_after = _cell(after, kind, now if direction < 0 else 0, now)
    most_before = _cell(before, kind, then if direction > 0 else 0, then)
    gap = least_after.n_in / least_after.n - most_before.n_in / most_before.n
    return direction * gap >= HOLD * found.error


def _is_open(was: Protected, now: Protected, found: Compared, kind: Kind) -> bool:
    """Whether the not-known, counted one way and the other, move the difference further than chance does.

    Then some way of counting them makes it pass HOLD, whatever the known ones say. A hidden number of them is a few.
    """
    if kind.is_count or kind.is_stock:
        return False
    return sum(_width(each) for each in (was, now)) > 2 * HOLD * found.error


def _width(figure: Protected) -> float:
    """How far apart the shares are with every not-known counted out and with every one counted in."""
    unknown = figure.n_unknown or 0
    return unknown / ((figure.denominator or 0) + unknown) if unknown else 0.0


def _claim(
    before: Figure | Protected, after: Figure | Protected, direction: int, is_clear: bool, warning: str, kind: Kind
) -> str:
    if not is_clear:
        return v.NO_CLEAR_CHANGE
    if kind.polarity == "neither":
        return v.NEITHER
    if not kind.is_better(direction):
        return v.WORSENING
    bad_before, bad_after = (_bad(each, kind) for each in (before, after))
    return v.DO_NOT_CLAIM if warning or (not kind.is_count and bad_after >= bad_before) else v.IMPROVING


def _bad(figure: Figure | Protected, kind: Kind) -> int:
    """The number on the side of the share that should fall."""
    n_in = figure.n_in or 0
    return n_in if kind.polarity == "lower" else (figure.denominator or 0) - n_in


def _sentence(
    before: Protected, after: Protected, direction: int, is_clear: bool, is_before: bool, definition: Judged
) -> str:
    kind, was = kind_of(definition), _with_unknown(before, definition.unit)
    opening = _opening(after, is_before, definition)
    if kind.is_stock:
        return f"{opening}; {period_words(before.period, is_stock=True)}, {was}."
    if not is_clear:
        return f"{opening}, not clearly different from {was} the year before."
    word = "lower" if direction < 0 else "higher"
    return f"{opening}, {word} than {was} the year before, by more than chance would explain."


def _open_sentence(
    before: Protected, after: Protected, months: Sequence[Figure | Protected], is_before: bool, definition: Judged
) -> str:
    """Two years that cannot be told apart or alike; and of how many months most is known, where those differ."""
    was = _with_unknown(before, definition.unit)
    said = (
        f"{_opening(after, is_before, definition)}. Whether that differs from {was} the year before cannot be told, "
        "because so many are not known"
    )
    n_now, n_was = (_n_known(each.period, months) for each in (after, before))
    if n_now == n_was or not (n_now and n_was):
        return f"{said}."
    return f"{said}: most is known of {n_now} {'month' if n_now == 1 else 'months'}, against {n_was} the year before."


def _n_known(year: Period, months: Sequence[Figure | Protected]) -> int:
    inside = [each for each in months if year.starts_on <= each.period.starts_on <= year.ends_on]
    return sum(not is_mostly_unknown(each) for each in inside)


def _opening(after: Protected, is_before: bool, definition: Judged) -> str:
    kind, unit = kind_of(definition), definition.unit
    now = _with_unknown(after, unit)
    opening = f"{upper_first(period_words(after.period, is_stock=kind.is_stock))} it was {now}"
    if not kind.is_count and after.is_much_unknown:
        when = upper_first(period_words(after.period, is_stock=kind.is_stock))
        opening = f"{when}, with {after.unknown_words} not known, it was {n_of_n_words(after, unit)}"
    return f"Before the notice, {opening[0].lower()}{opening[1:]}" if is_before else opening


def _with_unknown(figure: Protected, unit: str) -> str:
    """The figure with how many more are not known, where any are."""
    words = n_of_n_words(figure, unit)
    if unit == "count" or figure.n_unknown == 0:
        return words
    more = "a few" if figure.n_unknown is None else figure.unknown_words
    return f"{words.removesuffix(')')}; not known for {more} more)"
