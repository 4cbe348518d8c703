"""Figures as words, as JSON and as CSV: the same cells wherever they are written. "c" is hidden; it is never 0.

Not here: what is hidden (analytics decides), or how CSV is written (pages.files).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from holdfast import analytics
from holdfast.pages.files import as_csv
from holdfast.pages.words import lower_first, upper_first

if TYPE_CHECKING:
    from holdfast.performance.models import Release

CSV_HEAD = (
    "release",
    "calculation",
    "as_at",
    "indicator",
    "version",
    "title",
    "unit",
    "breakdown",
    "group",
    "period",
    "period_words",
    "n_in",
    "denominator",
    "n_unknown",
    "share",
    "lowest_share",
    "highest_share",
    *analytics.WHY_COLUMNS.values(),
    "still_open_indicator",
    "n_open_and_over",
    "n_open_in_all",
)
N_NUMBERS = 6 + len(analytics.WHY_COLUMNS)
"""How many of them are numbers: the last."""


NONE_WAITING: Final[Mapping[tuple[str, str], "analytics.Protected"]] = MappingProxyType({})


def when_words(figure: "analytics.Protected", definition: "analytics.Definition") -> str:
    """When a figure is of: "year to 31 March 2013"; of what is counted on one day, "at 31 March 2013"."""
    return f"at {analytics.date_words(figure.period.ends_on)}" if definition.kind == "stock" else figure.period.words


def is_before(figure: "analytics.Protected", notice_on: date | None) -> bool:
    """Whether all that a figure is of was over before the notice."""
    return notice_on is not None and figure.period.ends_on < notice_on


def dated_words(figure: "analytics.Protected", definition: "analytics.Definition", notice_on: date | None) -> str:
    """When a figure is of, and that it was before the notice where it was."""
    return f"{when_words(figure, definition)}{', before the notice' if is_before(figure, notice_on) else ''}"


def interval_words(figure: "analytics.Protected") -> str:
    """The 95% interval of a share, "15.6% to 17.2%", "0.1%" where both ends print so; "c" hidden; "" of nothing.

    None is given where most is not known: an interval speaks of chance, not of what was left out.
    """
    if figure.n_in is None or figure.denominator is None:
        return "c"
    if figure.is_mostly_unknown:
        return "too much not known"
    limits = analytics.wilson(figure.n_in, figure.denominator)
    return analytics.from_to(*(f"{analytics.per_cent(limit)}%" for limit in limits)) if limits else ""


def trust_words(figure: "analytics.Protected", definition: "analytics.Definition") -> str:
    """How far a share may be trusted: "Between 76.0% and 94.0%: 12.0% lack an end date." "" where there is no share.

    The range is left out where the figure itself is printed as one, or nothing at all is known.
    Each reason as its share of all, known or not; where reasons are hidden, the share of all that are not known.
    """
    if definition.unit == "count" or figure.suppressed or figure.denominator is None:
        return ""
    if figure.n_unknown is None:
        return "How many are not known is hidden, and with it how far off the share could be."
    if not figure.n_unknown:
        return "All are known." if figure.denominator else ""
    reasons = [
        f"{_part(figure, count)} {definition.unknown_words[reason]}"
        for reason, count in (figure.unknown_because or {}).items()
        if count
    ]
    said = ", ".join(reasons) or f"{_part(figure, figure.n_unknown)} not known"
    return f"{upper_first(figure.range_beside)}: {said}." if figure.range_beside else f"{upper_first(said)}."


def unsure_words(figure: "analytics.Protected", definition: "analytics.Definition") -> str:
    """The same of a figure of which some are not known; "" of one of which all are, or of which that is hidden."""
    return trust_words(figure, definition) if figure.n_unknown else ""


OPEN_AND_OVER: Final = "Open and already over"
"""What always stands beside a share of what was finished in time."""


def open_words(figure: "analytics.Protected | None", definition: "analytics.Definition", differs: str = "") -> str:
    """ "Open and already over: 28.3% (34 of 120) at 31 January 2014; not known for 12 more".

    `definition` is of what is still open; `differs` says what it counts otherwise than what it stands beside.
    """
    if figure is None:
        return f"{OPEN_AND_OVER}: not held"
    said = f"{OPEN_AND_OVER}: {figure.words(definition.unit)} {when_words(figure, definition)}"
    unknown = "a few" if figure.n_unknown is None else figure.unknown_words
    unknown_words = "" if figure.n_unknown == 0 else f"not known for {unknown} more"
    parts = (said, unknown_words, f"counted {differs}" if differs else "")
    return "; ".join(filter(None, parts))


def open_briefly(
    figure: "analytics.Protected | None", definition: "analytics.Definition", month: "analytics.Protected", differs: str
) -> str:
    """The same within one line, beside the month: "then open and already over: 34 of 120; not known for 12 more".

    "Then" is the month's end. Of what it counts otherwise, the first clause ("already over, from the referral: …").
    Never left out: neither is said without the other.
    """
    over = lower_first(OPEN_AND_OVER)
    if figure is None:
        return f"{over}: not held"
    over = ", ".join(filter(None, (over, differs.partition(",")[0])))
    is_at_its_end = figure.period.ends_on == month.period.ends_on
    day = "then " if is_at_its_end else f"{when_words(figure, definition)} "
    unknown = "a few" if figure.n_unknown is None else figure.unknown_words
    said = f"{day}{over}: {figure.n_in_words} of {figure.denominator_words}"
    return said if figure.n_unknown == 0 else f"{said}; not known for {unknown} more"


def words_with_unknown(figure: "analytics.Protected", unit: str) -> str:
    """A figure as it is printed; where a twentieth or more is not known, that comes first.

    "Not known for 862; of the rest 24.4% (1,218 of 4,994)". A year of which so much is not known is not a whole one.
    """
    words = figure.words(unit)
    if unit == "count" or not figure.is_much_unknown:
        return words
    return f"Not known for {figure.unknown_words}; of the rest {words}"


def printed_words(figure: "analytics.Protected", definition: "analytics.Definition") -> str:
    """A figure by itself, as it is printed: of audits, which are a sample, never without its 95% interval.

    "0.0% (0 of 6), 95% interval 0.0% to 39.0%". A hidden one stays as it is.
    """
    words = words_with_unknown(figure, definition.unit)
    if not definition.is_of_audits or definition.unit == "count" or figure.suppressed:
        return words
    interval = interval_words(figure)
    return f"{words}, 95% interval {interval}" if " to " in interval else words


def open_count_words(figure: "analytics.Protected | None") -> str:
    """The same in a table: "34 of 120", "34 of 120, 12 more not known"; "not held"."""
    if figure is None:
        return "not held"
    said = f"{figure.n_in_words} of {figure.denominator_words}"
    return said if figure.n_unknown == 0 else f"{said}, {figure.unknown_words} more not known"


def _part(figure: "analytics.Protected", count: int) -> str:
    share = figure.share_of_all(count)
    if share is None:
        return analytics.count_words(count)
    words = analytics.per_cent(share)
    return "under 0.1%" if count and float(words) == 0 else f"{words}%"


def figure_data(figure: "analytics.Protected") -> dict[str, Any]:
    """One figure as plain data. Hidden numbers are null and `suppressed` says so; shares are 0 to 1.

    `unknown_because`: how many are not known by why; null where that was not kept, or is not for these readers.
    """
    return {
        "period": figure.period.id,
        "period_words": figure.period.words,
        "kind": figure.period.kind,
        "part_year": figure.period.is_part,
        "group": figure.group,
        "n_in": figure.n_in,
        "denominator": figure.denominator,
        "n_unknown": figure.n_unknown,
        "share": figure.share,
        "lowest_share": figure.lowest_share,
        "highest_share": figure.highest_share,
        "unknown_because": figure.unknown_because,
        "suppressed": figure.suppressed,
    }


def not_held_data(gap: "analytics.NotHeld") -> dict[str, Any]:
    """A period for which an indicator is not held, as plain data."""
    period = gap.period
    return {"period": period.id, "period_words": period.words, "kind": period.kind, "words": gap.words}


def csv_text(
    definition: "analytics.Definition",
    version: int,
    release: "Release",
    breakdown: str,
    figures: Iterable["analytics.Protected"],
    not_held: Iterable["analytics.NotHeld"] = (),
    waiting: Mapping[tuple[str, str], "analytics.Protected"] = NONE_WAITING,
) -> str:
    """The figures as CSV (RFC 4180), one row each, then the periods that are not held, which say so in every number.

    Shares have every digit; counts have no commas; "c" is hidden. `waiting`: by period and group, what is still open.
    """
    made_by = (release.number, release.calculation_id, release.as_at.isoformat(), definition.id, version)
    lead = (*made_by, definition.title, definition.unit, breakdown)

    def still_open(one: "analytics.Protected") -> tuple[str, str, str]:
        beside = waiting.get((one.period.id, one.group))
        counted = ("", "") if beside is None else (_count(beside.n_in), _count(beside.denominator))
        return (definition.still_open, *counted)

    def row(one: "analytics.Protected") -> Sequence[str | int]:
        counts = (_count(one.n_in), _count(one.denominator), _count(one.n_unknown))
        shares = (_share(one, share) for share in (one.share, one.lowest_share, one.highest_share))
        reasons = (_count(n) for n in one.why) if one.why is not None else [""] * len(analytics.WHY_COLUMNS)
        return (*lead, one.group, one.period.id, one.period.words, *counts, *shares, *reasons, *still_open(one))

    def gap(one: "analytics.NotHeld") -> Sequence[str | int]:
        return (*lead, "", one.period.id, one.period.words, *[one.words] * N_NUMBERS, definition.still_open, "", "")

    return as_csv(CSV_HEAD, chain(map(row, figures), map(gap, not_held)))


def _count(count: int | None) -> str:
    return "c" if count is None else str(count)


def _share(figure: "analytics.Protected", share: float | None) -> str:
    if figure.suppressed:
        return "c"
    return "" if share is None else repr(share)
