"""Each indicator's latest figures, the sentence that may be said of it, its chart and its reference.

Not here: any count, share or claim of our own; all come from performance, protected and stopped at the date. Rule:
every figure carries release, indicator and version, and the way down to its page.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, Final

from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import Actor
from holdfast.notice.figures import BETTER, WORSE
from holdfast.pages.words import counted, date_words, lower_first, upper_first
from holdfast.performance.models import Release
from holdfast.performance.selectors import cover, indicators, written
from holdfast.performance.selectors.beside import Beside, BesideYear, beside, made_alike
from holdfast.performance.selectors.decided import Aim, aim_for, aim_on, aims_of
from holdfast.performance.selectors.indicators import Series
from holdfast.performance.selectors.unanswerable import NotCounted, Withheld

N_YEARS: Final = 4
NOT_HELD: Final = "not held"
NEVER_HELD: Final = "Not held: nothing that it needs was sent or given."


def of_release(reader: Actor, code: str, on: date, release: Release | None) -> list[Series]:
    """Each indicator that the release counted and the reader may have, in the order of their codes.

    None at all before the first release.
    """
    if release is None:
        return []
    found: list[Series] = []
    for card in indicators.definition_cards():
        with suppress(NotCounted, Withheld):  # newer than the release, or not for this reader
            found.append(indicators.series(reader, code, card.id, release=release.number, until=on))
    return found


def chapter(reader: Actor, code: str, held: Sequence[Series], on: date) -> list[dict[str, Any]]:
    """One entry per indicator of the release, with the target of the report's own day."""
    aims: Mapping[str, Sequence[Aim]] = aims_of(held[0].release.programme, on) if held else {}
    return [_indicator(reader, code, each) | _targets(aims.get(each.definition.id, ()), each, on) for each in held]


def _targets(aims: Sequence[Aim], series: Series, on: date) -> dict[str, Any]:
    return {"target": target_of(aims, series), "target_words": target_words(aims, series, on)}


def target_of(aims: Sequence[Aim], series: Series) -> dict[str, str] | None:
    """The target that the last period measured fell under, and that it was set when that was over. None without one."""
    latest = series.assessment.latest if series.assessment else None
    aim = aim_for(aims, latest)
    if aim is None:
        return None
    return {
        "words": aim.words(series.definition.unit),
        "decision": aim.target.decision,
        "set_afterwards": aim.set_after_words(latest),
    }


def target_words(aims: Sequence[Aim], series: Series, on: date) -> str:
    """The target of a day, where the last period measured fell under another, with both; "" where it is the same, or
    where the sentence of the series says which target followed."""
    latest = series.assessment.latest if series.assessment else None
    now, then = aim_on(aims, on), aim_for(aims, latest)
    if now is None or latest is None or now == then:
        return ""
    if series.assessment and f"decision {now.target.decision}" in series.assessment.sentence:
        return ""
    unit = series.definition.unit
    earlier = f"the one before it, {then.words(unit)} (decision {then.target.decision})" if then else "none"
    return (
        f"On {date_words(on)} the target was {now.words(unit)}, from {date_words(now.from_on)} "
        f"(decision {now.target.decision}); the last figure, {written.when_words(latest, series.definition)}, "
        f"fell under {earlier}."
    )


def summary(held: Sequence[Series], figures: Sequence[dict[str, Any]], release: Release | None, on: date) -> list[str]:
    """How many of each word; what got worse and what got better, with its numbers; luck; others; how old it all is."""
    if release is None:
        return ["No release of figures has been published, so there are no indicators to report on."]
    claims = Counter(NOT_HELD if each["none_words"] == "Not held" else each["claim"] for each in figures)
    parts = [f"{n} {claim}" for claim, n in sorted(claims.items(), key=lambda item: (-item[1], item[0]))]
    return [
        f"Of {counted(len(figures), 'indicator')}: {'; '.join(parts)}. {_source(release, on)}",
        *(_named(held, claims_of) for claims_of in (WORSE, BETTER) if _of(held, claims_of)),
        *([] if _of(held, BETTER) else ["Nothing can yet be called better since the notice."]),
        *_in_time(held),
        indicators.headline(held)[1],
        *_others(figures),
    ]


def _source(release: Release, on: date) -> str:
    """Which release the figures are from, how old, and whether anybody had it on the day of the report."""
    when = f", published on {date_words(clock.day_of(release.published_at))}" if release.published_at else ""
    days = f", {(on - release.as_at).days} days before" if release.as_at < on else ""
    said = f"The figures are from {release.reference}{when}, with data as at {date_words(release.as_at)}{days}"
    if release.was_published_by(on):
        return f"{said}: the newest release on the day of this report."
    return (
        f"{said}. No release had been published by {date_words(on)}: this one was made later. It gives the periods "
        "that had ended by then, with what was recorded of them up to its own day."
    )


def _of(held: Sequence[Series], claims: Collection[str]) -> list[Series]:
    return [series for series in held if series.assessment and series.assessment.claim in claims]


def _named(held: Sequence[Series], claims: Collection[str]) -> str:
    """Which indicators the statistics allow this to be said of, each with what it rests on."""
    return " ".join(
        f"{series.definition.id} {series.definition.title}: {lower_first(series.assessment.headline)}"
        for series in _of(held, claims)
        if series.assessment
    )


def _in_time(held: Sequence[Series]) -> list[str]:
    """Each statutory clock: how many were in time, how many are open and over, and the word, which is named already
    where it got better or worse."""
    return [
        f"{series.definition.id} {series.definition.title}: "
        f"{lower_first(written.words_with_unknown(figure, series.definition.unit))} in {figure.period.words}. "
        f"{series.open_words}. {'' if series in _of(held, WORSE | BETTER) else _headline(series)}".strip()
        for series in held
        if series.definition.kind == "clock" and (figure := series.latest_month) is not None
    ]


def _headline(series: Series) -> str:
    return series.assessment.headline if series.assessment else ""


def _others(figures: Sequence[dict[str, Any]]) -> list[str]:
    """Our last full year beside the region, England and our neighbours; nothing where none was sent."""
    last = [(each, each["beside"]["years"][-1]) for each in figures if each["beside"] and each["beside"]["years"]]
    shares = [(each, year) for each, year in last if each["unit"] != "count" and year["england"] is not None]
    said = [
        f"Beside others, {each['id']} {each['title']}, {lower_first(year['period_words'])}: ours {year['ours_words']}; "
        f"{each['beside']['region']} {year['region_words']}; England {year['england_words']}; median of neighbours "
        f"{year['neighbours_words']}."
        for each, year in shares
    ]
    opening = (
        "Our last full year stands beside others in what follows, set side by side and not tested. "
        "Where their figures are from is listed after the indicators."
    )
    return [f"{opening} {made_alike()}".strip(), *said] if said else []


def _indicator(reader: Actor, code: str, series: Series) -> dict[str, Any]:
    """One indicator as the release counted it, by the version it was counted by."""
    card, assessed = series.definition, series.assessment
    is_held = cover.is_held(series.release, card.id)
    latest = assessed.latest if assessed and assessed.latest and assessed.latest.period.kind == "month" else None
    years = [each for each in series.of_kind("year") if not each.period.is_part and not each.is_mostly_unknown]
    latest_year = years[-1] if years else None
    return {
        "id": card.id,
        "version": series.version,
        "title": card.title,
        "question": card.question,
        "numerator": card.numerator,
        "denominator": card.denominator,
        "left_out": card.left_out,
        "unit": card.unit,
        "clock": card.clock,
        "polarity": card.polarity,
        "polarity_words": card.polarity_words,
        "unverified": list(card.unverified),
        "claim": assessed.claim if assessed else "too early to say",
        **_said(assessed if is_held else None, "" if is_held else NEVER_HELD),
        "warnings": list(assessed.warnings) if assessed else [],
        "latest_month": _figure(latest, series) if latest else None,
        "so_far": _figure(series.so_far, series) if series.so_far else None,
        "latest_year": _figure(latest_year, series) if latest_year else None,
        "still_open": _still_open(series),
        "years": [_figure(each, series) for each in years[-N_YEARS:]],
        "held": cover.days_held(series.release, card.id),
        "none_words": "None yet" if is_held else "Not held",
        "beside": _beside(beside(reader, series)),
        "chart": _chart(series),
        "reference": f"{series.release.reference}, {card.id} version {series.version}",
        "path": f"{reverse('indicator', args=[code, card.id])}?release={series.release.number}",
    }


def _said(assessed: Any, none: str) -> dict[str, Any]:
    """The whole that may be said, and the same parted for a page: what it comes to, and each sentence behind that."""
    if assessed is None:
        return {"sentence": none, "headline": none, "opening": none, "rest": []}
    said = {"sentence": assessed.sentence, "headline": assessed.headline, "opening": assessed.opening}
    return said | {"rest": assessed.rest}


def _still_open(series: Series) -> dict[str, Any] | None:
    """What is open and already over, beside which what was finished in time stands. None of any other indicator."""
    card = series.definition
    if not card.still_open:
        return None
    return {"indicator": card.still_open, "words": series.open_words}


def _figure(figure: Any, series: Series) -> dict[str, Any]:
    """One figure, in numbers and in words. Hidden numbers are null and read "c" in words."""
    unit = series.definition.unit
    return {
        "period": figure.period.id,
        "period_words": upper_first(written.when_words(figure, series.definition)),
        "is_before_notice": written.is_before(figure, series.notice_on),
        "n_in": figure.n_in,
        "denominator": figure.denominator if unit != "count" else None,
        "n_unknown": figure.n_unknown,
        "share": figure.share if unit != "count" else None,
        "suppressed": figure.suppressed,
        "words": written.words_with_unknown(figure, unit),
        "unknown_words": figure.unknown_words,
        "range_words": figure.range_beside if unit != "count" else "",
        "trust_words": written.trust_words(figure, series.definition),
    }


def _beside(found: Beside) -> dict[str, Any] | None:
    """What the Department published of the same years, in numbers and in words. None where there is no counterpart."""
    if not found.years and not found.is_missing:
        return None
    return {
        "words": found.words,
        "council": found.council,
        "region": found.region,
        "differs": found.differs,
        "sources": list(found.sources),
        "years": [_beside_year(year) for year in found.years],
    }


def _beside_year(year: BesideYear) -> dict[str, Any]:
    places = {"published": year.published, "region": year.region, "england": year.england}
    return {
        "period": year.ours.period.id,
        "period_words": upper_first(year.when),
        "ours_words": year.ours_words,
        **{name: float(value.number) if value and value.number is not None else None for name, value in places.items()},
        **{f"{name}_words": value.words if value else "not given" for name, value in places.items()},
        "neighbours": float(year.neighbours.number) if year.neighbours and year.neighbours.number is not None else None,
        "neighbours_words": year.neighbours_words,
        "n_neighbours": year.n_neighbours,
        "model": year.model,
    }


def _chart(series: Series) -> dict[str, Any] | None:
    drawing = series.drawing
    if drawing is None:
        return None
    return {
        "svg": drawing.svg,
        "alt": f"{drawing.title}. {drawing.sentence}",
        "caption": drawing.caption,
        "head": drawing.table_head,
        "rows": drawing.table_rows,
        "numeric_columns": list(drawing.numeric_columns),
    }
