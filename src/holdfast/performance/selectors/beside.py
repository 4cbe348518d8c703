"""Others beside us: what the Department publishes for England, our region and our neighbours, year beside year.

Not here: reading a file (analytics) or our own figures (indicators.py). Rules: only full financial years are set beside
each other; every published value comes with its source and release; a difference is shown and never called more than
chance, since nothing here tests it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.db.models import QuerySet

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.jobs import kept
from holdfast.pages.words import date_words, listed, upper_first
from holdfast.performance.keeping import PUBLISHED
from holdfast.performance.models import PublishedFile
from holdfast.performance.selectors.indicators import Series
from holdfast.performance.selectors.written import dated_words, is_before

SINGLE: Final = "single figures"
NO_COUNTERPART: Final = "The Department publishes no figure, in a table that is read here, that this can be set beside."
NOTHING_SENT: Final = (
    "Nothing has been submitted to set beside this yet. When the council’s performance analyst submits the tables "
    "of the Department, England, the region and the median of our statistical neighbours appear here, year beside year."
)
NO_SAME_YEAR: Final = "No full year of ours has ended that the submitted tables hold too."
SIDE_BY_SIDE: Final = "They are set side by side: whether a difference is more than chance is not tested."
MADE_ALIKE: Final = (
    "The published figures are the Department’s own; ours are invented, and were made to come out at or near what was "
    "published for this council, so that they agree shows nothing."
)
MODEL_AFTER: Final = "The model of neighbours was made after the year: an earlier one has not been submitted."


@dataclass(frozen=True)
class Value:
    """One published value in words ("24.7", "5,648", a symbol and its meaning), and as a number; None for a symbol."""

    words: str
    number: Decimal | int | None


@dataclass(frozen=True)
class BesideYear:
    """One full year: ours as the reader may see it, and the Department's. None: the place has no row of that year.

    `n_neighbours` is how many of the ten had a published value (k), `model` the year of their model.
    """

    year: int
    ours: "analytics.Protected"
    ours_words: str
    when: str
    published: Value | None
    region: Value | None
    england: Value | None
    neighbours: Value | None
    n_neighbours: int
    model: str

    @property
    def neighbours_words(self) -> str:
        """ "20.0 (8 of 10, 2021 model)", or why there is none."""
        if self.neighbours is not None:
            return f"{self.neighbours.words} ({self.n_neighbours} of 10, {self.model} model)"
        if not self.model:
            return "not given"
        return f"given for {self.n_neighbours} of 10 only" if self.n_neighbours else "given for none of the 10"


@dataclass(frozen=True)
class Beside:
    """What stands beside an indicator. `years` oldest first; empty where there is none, and `words` says why.

    `words` otherwise says the last year in a sentence. `region` and `council` are names; `differs` says what is counted
    otherwise; `sources` has a sentence for each file: what, which release, its name, hash and day.
    """

    years: Sequence[BesideYear]
    words: str
    council: str = ""
    region: str = ""
    differs: str = ""
    sources: Sequence[str] = ()
    is_missing: bool = False
    """Nothing was submitted that could be set beside it: somebody can."""


def published_files(user: Actor, code: str) -> QuerySet[PublishedFile]:
    """Every file of published figures, the last sent first."""
    check(user, Permission.SEE_RETURNS, code)
    return _files(code)


def _files(code: str) -> QuerySet[PublishedFile]:
    return PublishedFile.objects.filter(programme__code=code).select_related("programme", "submitted_by")


def beside(user: Actor, seen: Series) -> Beside:
    """What the Department published of the years that a series holds in full. The whole indicator, never a group."""
    programme = seen.release.programme
    check(user, Permission.SEE_INDICATORS, programme.code)
    counterpart = next((each for each in analytics.COUNTERPARTS if each.indicator == seen.definition.id), None)
    if counterpart is None:
        return Beside((), NO_COUNTERPART)
    standing = {file.what: file for file in reversed(_files(programme.code))}
    tables = [standing[what] for what in (counterpart.table, SINGLE) if what in standing]
    held = [(file, _of(file.sha256, counterpart.indicator)) for file in tables]
    if not any(values for _, values in held):
        return Beside((), NOTHING_SENT, is_missing=True)
    models = {file.what.rpartition(" ")[2]: file for what, file in standing.items() if what.startswith("neighbours")}
    values: dict[int, list[analytics.PublishedValue]] = {}
    for _, found in held:
        for value in found:
            values.setdefault(value.year, []).append(value)
    own = [value for found in values.values() for value in found if value.code == programme.council.code]
    region = next((value.region_code for value in own), "")
    years = [
        _year(figure, seen, values[figure.period.ends_on.year], programme.council.code, region, models)
        for figure in seen.of_kind("year")
        if not figure.period.is_part and figure.period.ends_on.year in values
    ]
    if not years:
        return Beside((), NO_SAME_YEAR, is_missing=True)
    name = next((v.name for found in values.values() for v in found if region and v.code == region), "The region")
    council = next((value.name for value in own), programme.council.name)
    used = [file for model, file in models.items() if any(year.model == model for year in years)]
    differs = counterpart.differs
    if any(year.model and year.year < int(year.model) for year in years):
        differs = f"{differs} {MODEL_AFTER}"
    differs = f"{differs} {made_alike()}".strip()
    return Beside(years, _sentence(years[-1], seen, council, name), council, name, differs, _sources(held, used))


def made_alike() -> str:
    """Of a demonstration, that its figures were made to agree with those published; "" of any other installation."""
    return MADE_ALIKE if settings.MODE == "demo" else ""


@lru_cache(maxsize=32)
def _read(sha256: str) -> "analytics.Published":
    """A file as it was kept: read once a process, since what has its hash is that file for ever."""
    return analytics.read_published(kept.read(kept.path_of(PUBLISHED, sha256), sha256, "submitted"))


@lru_cache(maxsize=64)
def _of(sha256: str, indicator: str) -> "tuple[analytics.PublishedValue, ...]":
    return tuple(value for value in _read(sha256).values if value.indicator == indicator)


def _year(
    ours: "analytics.Protected",
    seen: Series,
    values: Sequence["analytics.PublishedValue"],
    council: str,
    region: str,
    models: Mapping[str, PublishedFile],
) -> BesideYear:
    """One year of ours with what was published of it. A table's value stands before a single figure."""
    year = ours.period.ends_on.year

    def of(level: str, code: str = "") -> "analytics.PublishedValue | None":
        return next((value for value in values if value.level == level and value.code == code), None)

    found, k, model = _median(values, council, analytics.model_for(year, models), models)
    when = dated_words(ours, seen.definition, seen.notice_on)
    return BesideYear(
        year=year,
        ours=ours,
        ours_words=ours.words(seen.definition.unit),
        when=when,
        published=_value(of("authority", council)),
        region=_value(of("region", region)),
        england=_value(of("England")),
        neighbours=found,
        n_neighbours=k,
        model=model,
    )


def _median(
    values: Sequence["analytics.PublishedValue"], council: str, model: str, models: Mapping[str, PublishedFile]
) -> tuple[Value | None, int, str]:
    """The median of the ten neighbours' shares, of how many, and by which model. Counts have none: sizes differ."""
    single = next((value for value in values if value.level == "neighbours' median"), None)
    ten = dict((_read(models[model].sha256).neighbours or {}).get(council, ())) if model else {}
    shares = [value.share for value in values if value.level == "authority" and value.code in ten]
    found, k = analytics.median_of(shares)
    if shares and any(share is not None for share in shares):
        return (None if found is None else Value(_one_place(found), found)), k, model
    if single is None or single.share is None:
        return None, 0, model if ten else ""
    return Value(_one_place(Decimal(single.share)), single.value), single.k, single.model


def _one_place(median: Decimal) -> str:
    """A median as the shares beside it are published: with one decimal, halves rounded up."""
    return str(median.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def _value(found: "analytics.PublishedValue | None") -> Value | None:
    if found is None:
        return None
    return Value(_number_words(found.value) if found.value is not None else _symbol_words(found.symbol), found.value)


def _symbol_words(symbol: str) -> str:
    """A symbol with what it stands for: "u (not reliable enough to publish)"; "not given" for an empty cell."""
    meaning = analytics.SYMBOLS.get(symbol.lower(), "")
    return f"{symbol} ({meaning})" if symbol and meaning else symbol or "not given"


def _number_words(number: Decimal | int) -> str:
    """A share with at least one decimal, as published; a count with its commas."""
    if isinstance(number, int):
        return analytics.count_words(number)
    return str(number) if -int(number.as_tuple().exponent) >= 1 else f"{number}.0"


def _sentence(last: BesideYear, seen: Series, council: str, region: str) -> str:
    """The last year in words. It says which is which, and claims nothing of the difference."""
    unit = "" if seen.definition.unit == "count" else " per cent"
    places = [
        (f"{council} as published", last.published),
        (region, last.region),
        ("England", last.england),
    ]
    said = [f"{name} {value.words}{unit}" for name, value in places if value and value.number is not None]
    if last.neighbours is not None:
        said.append(
            f"the median of the {last.n_neighbours} of our 10 statistical neighbours with a figure "
            f"({last.model} model) {last.neighbours.words}{unit}"
        )
    elif unit and last.model:
        said.append(f"no median, because only {last.n_neighbours} of our 10 neighbours have a figure")
    pause = "," if is_before(last.ours, seen.notice_on) else ""
    when = f"{'' if seen.definition.kind == 'stock' else 'in the '}{last.when}{pause}"
    return f"{upper_first(when)} ours was {last.ours_words}; {listed(said)}. {SIDE_BY_SIDE}" if said else NO_SAME_YEAR


def _sources(
    held: Iterable[tuple[PublishedFile, Sequence["analytics.PublishedValue"]]], models: Iterable[PublishedFile]
) -> list[str]:
    """A sentence for each file that a value came from; of single figures, the sources that they name."""
    files = [(file, values) for file, values in held if values] + [(file, ()) for file in models]
    said = []
    for file, values in files:
        named = sorted({value.source for value in values if value.source})
        what = "; ".join(named) if named else f"{file.title}, {file.release}"
        day = date_words(clock.day_of(file.submitted_at))
        said.append(f"{what}. From the file {file.name} (SHA-256 {file.sha256[:8]}), submitted on {day}.")
    return said
